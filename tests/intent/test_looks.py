"""How pictures look and lie: brighter and darker, cropped and turned; and what is said about it afterwards.

The three clips are a.mp4 (4 s), b.mp4 (6 s) and c.mp4 (5 s), one after the other.
"""

from __future__ import annotations

from typing import Any

import pytest
from bank import Conversation, talk


def metas(done: Conversation) -> list[dict[str, Any]]:
    return [dict(item.meta) for item in done.draft.segments if item.kind == "video"]


def amounts(done: Conversation, name: str) -> list[float]:
    """How much of a look each clip has."""
    return [
        next((float(look["amount"]) for look in meta.get("filters") or () if look["name"] == name), 0.0)
        for meta in metas(done)
    ]


@pytest.mark.parametrize("wish", ["make a and b darker", "make a darker. b too"])
def test_a_letter_may_be_a_name(wish: str) -> None:
    assert amounts(talk(wish), "brightness") == [-0.2, -0.2, 0]


def test_darker_is_darker_whatever_follows() -> None:
    done = talk("make b.mp4 sepia", "darken that clip a little so you can read it")
    assert amounts(done, "brightness") == [0, -0.1, 0]


@pytest.mark.parametrize(
    ("wish", "box"),
    [
        ("crop a bit off the top of b.mp4", {"x": 0, "y": 0.2, "w": 1, "h": 0.8}),
        ("crop a bit off the bottom of b.mp4", {"x": 0, "y": 0, "w": 1, "h": 0.8}),
        ("cut a bit off the left side of b.mp4", {"x": 0.2, "y": 0, "w": 0.8, "h": 1}),
        ("b.mp4裁掉左边一点", {"x": 0.2, "y": 0, "w": 0.8, "h": 1}),
        ("bei b.mp4 bitte oben etwas abschneiden", {"x": 0, "y": 0.2, "w": 1, "h": 0.8}),
    ],
)
def test_one_side_of_the_picture_is_cropped(wish: str, box: dict[str, float]) -> None:
    assert [meta.get("crop") for meta in metas(talk(wish))] == [None, box, None]


def test_each_crop_is_of_what_is_left() -> None:
    done = talk("crop 20% off the top of b.mp4", "crop a bit off the bottom of b.mp4")
    assert metas(done)[1]["crop"] == {"x": 0, "y": 0.2, "w": 1, "h": 0.64}


@pytest.mark.parametrize("other", ["no the other way", "wrong way", "turn it the other way"])
def test_the_other_way_is_said_of_what_was_turned(other: str) -> None:
    done = talk("rotate b.mp4, it's sideways", other)
    assert [meta.get("rotation", 0) for meta in metas(done)] == [0, 270, 0]


def test_a_zoom_that_moves_is_refused_and_leaves_size_and_speed() -> None:
    done = talk("slow zoom in on b.mp4")
    assert [(meta.get("speed", 1), meta.get("scale", 1)) for meta in metas(done)] == [(1, 1)] * 3


def test_black_bars_are_blurred_and_the_frame_is_filled() -> None:
    assert metas(talk("the b clip has black bars at the sides can you blur them"))[1]["fit"] == "blur"
    done = talk("b.mp4 is upright, let it fill the frame pls")
    assert [meta.get("fit") for meta in metas(done)] == [None, "cover", None]
    done = talk("make it 9;16", "show the whole picture with blurry background")
    assert [meta.get("fit") for meta in metas(done)] == ["blur", "blur", "blur"]


@pytest.mark.parametrize("length", ["make them shorter, like a quarter second", "make them shorter"])
def test_transitions_get_another_length(length: str) -> None:
    done = talk("crossfades between all the clips", length)
    assert [meta["transition"]["duration_ms"] for meta in metas(done)[1:]] == [250, 250]


@pytest.mark.parametrize(
    "wish", ["mirror the second video and zoom in 20%", "spiegel das zweite Video und zoom 20% rein"]
)
def test_the_next_wish_is_of_the_same_clip(wish: str) -> None:
    done = talk(wish)
    assert [meta.get("flip") for meta in metas(done)] == [None, "h", None]
    assert [meta.get("scale") for meta in metas(done)] == [None, 1.2, None]


def test_a_look_is_taken_back_from_one_of_several() -> None:
    done = talk("make everything grayscale", "revert the grayscale on a.mp4")
    assert amounts(done, "grayscale") == [0, 1, 1]


def test_an_answer_with_a_wish_of_its_own_is_that_wish() -> None:
    done = talk("have it fade in and out", "a.mp4 a bit warmer and with a vignette")
    assert amounts(done, "vignette")[0] > 0
    assert "fade_in_ms" not in metas(done)[0]


def test_the_other_one_of_three_is_asked_about() -> None:
    done = talk("slide between a and b, dissolve between b and c", "and the other one remove")
    assert len(metas(done)) == 3


@pytest.mark.parametrize("effect", ["slide between a and b", "make b.mp4 sepia", "fade b.mp4 in"])
def test_it_is_the_effect_that_is_removed(effect: str) -> None:
    done = talk(effect, "remove it")
    assert metas(done) == metas(talk("hello"))


def test_what_is_excepted_from_a_look_stays() -> None:
    done = talk("全片加电影感滤镜，b.mp4那段不要")
    assert amounts(done, "cinematic") == [1, 0, 1]


def test_between_the_second_and_the_third() -> None:
    done = talk("between first and second i want a slide, and between second and third a dip to black")
    assert [meta["transition"]["type"] for meta in metas(done)[1:]] == ["slide-left", "dip-black"]


def test_a_look_instead_takes_the_place_of_the_last() -> None:
    done = talk("b.mp4 in Schwarzweiß", "ach nein, doch lieber Sepia")
    assert [item["name"] for item in metas(done)[1]["filters"]] == ["sepia"]
    done.say("actually cinematic instead")
    assert [item["name"] for item in metas(done)[1]["filters"]] == ["cinematic"]
