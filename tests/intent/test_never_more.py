"""Never more than was understood: what isn't there isn't replaced by what is, and what wasn't named is left alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bank import Conversation
from damage import same
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_nb.draft import Draft

ENGLISH = (
    "mute {}", "delete {}", "speed {} up 2x", "make {} black and white", "rotate {} by 90 degrees", "duplicate {}",
    "set the volume of {} to 30%", "move {} to the front", "reverse {}", "split {} in half", "zoom in on {}",
    "cut the first second of {}", "slow {} down", "trim {} to 2 seconds", "swap {} and a.mp4",
    "can you crop {}, please?",
)  # fmt: skip
CHINESE = (
    "把{}静音",
    "删掉{}",
    "{}加速两倍",
    "把{}变成黑白",
    "把{}旋转90度",
    "{}音量调到30%",
    "复制{}",
    "{}倒放",
)
GERMAN = ("lösche {}", "mach {} schneller", "mach {} schwarzweiß", "schalte {} stumm", "drehe {} um 90 Grad")
# What is named and isn't there, and the part of it that the reply takes up.
ABSENT = {
    ENGLISH: [
        ("the drone clip", "drone"), ("tape.mp4", "tape.mp4"), ("drone.mp4", "drone.mp4"), ("the fifth clip", "5"),
        ("clip 7", "7"), ("the last drone shot", "drone"),
    ],
    CHINESE: [("无人机那段", "无人机"), ("tape.mp4", "tape.mp4"), ("第五段", "5"), ("海滩片段", "海滩")],
    GERMAN: [("den Strand-Clip", "strand"), ("tape.mp4", "tape.mp4"), ("den fünften Clip", "5")],
}  # fmt: skip
MISSING = [
    pytest.param(form.format(target), part, id=form.format(target))
    for forms, targets in ABSENT.items()
    for form in forms
    for target, part in targets
]


@pytest.mark.parametrize(("text", "part"), MISSING)
def test_what_is_not_there_is_named_and_nothing_changes(text: str, part: str) -> None:
    talk = Conversation("three")
    before = talk.draft
    reply = talk.say(text)
    assert same(before, talk.draft), reply
    assert part in reply.lower()


def changed(before: Draft, after: Draft) -> set[str]:
    """The ids of segments that are there no more, are new or are otherwise; when they are there doesn't count."""
    were, are = _looks(before), _looks(after)
    return {key for key in were.keys() | are.keys() if were.get(key) != are.get(key)}


def _looks(draft: Draft) -> dict[str, str]:
    looks: dict[str, Any] = {}
    for item in draft.segments:
        looks[item.id] = json.dumps(
            {key: value for key, value in item.raw.items() if key not in ("s", "d")}, sort_keys=True
        )
    return looks


def ids(draft: Draft, *files: str) -> set[str]:
    return {item.id for item in draft.segments if item.file in files}


NAMES = {
    "a.mp4": "a.mp4", "the first clip": "a.mp4", "the second clip": "b.mp4", "b.mp4": "b.mp4", "clip 3": "c.mp4",
    "the last clip": "c.mp4", "第一段": "a.mp4", "最后一段": "c.mp4", "den zweiten Clip": "b.mp4",
    "den letzten Clip": "c.mp4",
}  # fmt: skip
WISHES = {
    "en": (
        "mute {}", "speed {} up 2x", "slow {} down to half speed", "make {} black and white", "make {} a bit brighter",
        "set the volume of {} to 30%", "rotate {} by 90 degrees", "zoom in on {}", "reverse {}",
    ),
    "zh": ("把{}静音", "{}加速两倍", "把{}变成黑白", "{}音量调到30%", "{}旋转90度", "{}倒放"),
    "de": ("schalte {} stumm", "mach {} schneller", "mach {} schwarzweiß", "mach {} leiser", "drehe {} um 90 Grad"),
}  # fmt: skip
ONE = [
    (wish.format(name), file)
    for language, wishes in WISHES.items()
    for wish in wishes
    for name, file in NAMES.items()
    if language == ("zh" if name >= "一" else "de" if name.startswith("den") else "en")
]


@pytest.mark.parametrize(("text", "file"), ONE, ids=[text for text, _ in ONE])
def test_one_named_clip_changes_alone(text: str, file: str) -> None:
    talk = Conversation("three")
    before = talk.draft
    reply = talk.say(text)
    assert changed(before, talk.draft) == ids(before, file), reply


ADJECTIVES = ("gloomy", "wobbly", "glorious", "purple-ish", "zesty", "unloved")
PLAIN = (
    "mute the {} last clip", "make the {} second clip brighter", "speed up the {} a.mp4 2x",
    "reverse the {} first clip",
)  # fmt: skip


@pytest.mark.parametrize("adjective", ADJECTIVES)
@pytest.mark.parametrize("form", PLAIN)
def test_an_unknown_adjective_widens_nothing(form: str, adjective: str) -> None:
    plain, described = Conversation("three"), Conversation("three")
    before = plain.draft
    plain.say(form.replace("{} ", ""))
    described.say(form.format(adjective))
    assert changed(before, described.draft) <= changed(before, plain.draft)


UNHEARD = ("gronk the sprocket", "sing me a lullaby", "frobnicate the widget")


HALVES = [
    *(
        (wish, joint)
        for wish in ("mute a.mp4", "delete the last clip")
        for joint in (" and ", ", then ", ". ")
    ),
    *(
        (wish, joint)
        for wish in ("cut the first 2 seconds", "speed b.mp4 up 2x")
        for joint in (", then ", ". ")
    ),
]


@pytest.mark.parametrize("unheard", UNHEARD)
@pytest.mark.parametrize(("wish", "joint"), HALVES)
def test_what_was_not_understood_is_said_and_the_rest_is_done(wish: str, joint: str, unheard: str) -> None:
    plain, talk = Conversation("three"), Conversation("three")
    plain.say(wish)
    reply = talk.say(wish + joint + unheard)
    assert unheard in reply
    assert same(plain.draft, talk.draft)


def test_each_of_two_wishes_stays_with_its_own() -> None:
    talk = Conversation("three")
    before = talk.draft
    talk.say("mute a.mp4 and make c.mp4 black and white")
    one, _, three = (item for item in talk.draft.segments)
    assert changed(before, talk.draft) == ids(before, "a.mp4", "c.mp4")
    assert (one.muted, three.muted) == (True, False)
    assert not one.meta.get("filters")
    assert three.meta["filters"]


def test_half_of_a_message_is_done_and_the_missing_half_is_asked_about() -> None:
    talk = Conversation("three")
    before = talk.draft
    reply = talk.say("mute b.mp4 and speed up the drone clip 2x")
    assert changed(before, talk.draft) == ids(before, "b.mp4")
    assert "drone" in reply


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["a.mp4", "b.mp4", "c.mp4"]), min_size=1, max_size=2, unique=True))
@pytest.mark.parametrize("wish", ["mute {}", "make {} black and white", "reverse {}"])
def test_all_that_are_named_and_no_others(wish: str, files: list[str]) -> None:
    talk = Conversation("three")
    before = talk.draft
    talk.say(wish.format(" and ".join(files)))
    assert changed(before, talk.draft) == ids(before, *files)


@pytest.mark.parametrize("wish", ["mute {}", "make {} black and white", "reverse {}"])
@pytest.mark.parametrize("file", ["a.mp4", "b.mp4", "c.mp4"])
@pytest.mark.parametrize("form", ["everything except {}", "all clips but {}"])
def test_what_is_excepted_is_left_alone(wish: str, form: str, file: str) -> None:
    talk = Conversation("three")
    before = talk.draft
    talk.say(wish.format(form.format(file)))
    assert changed(before, talk.draft) == ids(before, "a.mp4", "b.mp4", "c.mp4") - ids(before, file)
