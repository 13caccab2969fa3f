"""How much: amounts that come later than their wish, levels taken over, and what leans on what isn't there.

The clip is clip.mp4 (10 s), lofi.mp3 waits beside it; of the three, a.mp4 has 4 s, b.mp4 6 s and c.mp4 5 s.
"""

from __future__ import annotations

import pytest
from bank import Conversation, talk
from damage import same


def volumes(conversation: Conversation) -> list[float]:
    return [round(item.volume, 3) for item in conversation.draft.segments if item.kind == "video"]


@pytest.mark.parametrize(
    ("message", "volume"),
    [
        ("quieter. say half", 0.5),
        ("it needs to be louder. double it", 2.0),
        ("make it more quiet, so 40 percent", 0.4),
        ("quieter, say 20 percent", 0.2),
    ],
)
def test_what_comes_behind_a_vague_wish_is_its_amount(message: str, volume: float) -> None:
    assert volumes(talk(message, setup="clip10")) == [volume]


def test_the_same_speed_as_what_was_made_to_fit() -> None:
    conversation = talk("play b at 3x", "c at the same speed")
    assert [round(item.speed, 2) for item in conversation.draft.segments] == [1, 3, 3]


def test_a_word_put_right_without_a_comma() -> None:
    conversation = talk("on the second clip no wait on the first clip make it black and white")
    assert [bool(item.meta.get("filters")) for item in conversation.draft.segments] == [True, False, False]


@pytest.mark.parametrize("then", ["fade it out", "make it louder", "even quieter please"])
def test_what_leans_on_a_file_that_is_not_there_yet_is_done_to_no_other(then: str) -> None:
    conversation = talk("use lofi as the frobnicator", then, setup="clip+music")
    assert same(conversation.draft, conversation.past[0])


@pytest.mark.parametrize(
    ("message", "start", "end"),
    [
        ("add the music for the last 4", 6000, 10000),
        ("music from a quarter of the way in to the end", 2500, 10000),
    ],
)
def test_times_without_a_unit_and_in_parts_of_the_film(message: str, start: int, end: int) -> None:
    music = next(s for s in talk(message, setup="clip+music").draft.segments if s.kind == "audio")
    assert (music.start_ms, music.end_ms) == (start, end)


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("chop half a dozen seconds off the front", 4000),
        ("cut out the middle third", 6667),
        ("remove 2 til 5", 7000),
    ],
)
def test_numbers_as_people_say_them(message: str, left: int) -> None:
    assert talk(message, setup="clip10").draft.duration_ms == pytest.approx(left, abs=40)


@pytest.mark.parametrize(
    "message",
    [
        "Could you read the words aloud?",
        "if it's longer than the photos cut it",
        "if the music is shorter than 5 seconds, make it 5",
        "make it louder if my aunt agrees",
    ],
)
def test_what_cannot_be_told_or_done_changes_nothing(message: str) -> None:
    assert same((asked := talk("add the title Hello", message, setup="clip10")).draft, asked.past[1])


def test_who_wants_it_is_no_title() -> None:
    conversation = talk(
        "put the logo top left", "Legal says the logo needs to be a bit bigger", setup="clip+logo"
    )
    assert not [item for item in conversation.draft.segments if item.kind == "text"]
    now, before = (
        list(draft.segments)[1].meta["scale"] for draft in (conversation.draft, conversation.past[1])
    )
    assert now > before
