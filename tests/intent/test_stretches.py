"""Which time is meant: stretches that are left alone, what happens in them, and several of them in one message.

The clip is clip.mp4 (10 s); of the three, a.mp4 has 4 s, b.mp4 6 s and c.mp4 5 s.
"""

from __future__ import annotations

import pytest
from bank import Conversation, talk
from damage import same

from nemo_nb.draft import Segment


def clips(conversation: Conversation) -> list[Segment]:
    return [item for item in conversation.draft.segments if item.kind == "video"]


def parts(conversation: Conversation) -> list[tuple[int, int]]:
    return [(clip.start_ms, clip.end_ms) for clip in clips(conversation)]


def unchanged(conversation: Conversation) -> bool:
    return same(conversation.draft, conversation.past[0])


# ---- left alone


@pytest.mark.parametrize(
    "message",
    [
        "mute it, but not from 4 to 6",
        "mute it except from 4 to 6",
        "except for 4 to 6 s mute everything",
        "mute it, it's only wind, but not from 4 to 6",
        "除了4到6秒，全部静音",
        "除了4到6秒以外都静音",
        "mach alles stumm, außer von 4 bis 6",
    ],
)
def test_a_stretch_is_spared(message: str) -> None:
    conversation = talk(message, setup="clip10")
    assert [(clip.start_ms, clip.end_ms, clip.muted) for clip in clips(conversation)] == [
        (0, 4000, True),
        (4000, 6000, False),
        (6000, 10000, True),
    ]


def test_of_a_clip_its_own_start_is_spared() -> None:
    conversation = talk("slow b.mp4 down to half speed but not the first 2 seconds")
    assert parts(conversation)[1:3] == [(4000, 6000), (6000, 14000)]


def test_all_but_a_stretch_is_kept() -> None:
    assert clips(talk("keep everything except 4 to 6", setup="clip10"))[-1].end_ms == 8000


def test_what_can_be_done_to_no_stretch_waits() -> None:
    assert unchanged(talk("make it vertical except from 4 to 6", setup="clip10"))


# ---- what is seen or heard there


@pytest.mark.parametrize(
    "message",
    [
        "between 4 and 6 I lose my train of thought, take that out please",
        "from 4 to 6 he coughs, cut that out",
        "remove the part from 4 to 6 where a student walks in",
        "schneid von 4 bis 6 raus, wo er hustet",
    ],
)
def test_what_happens_in_a_stretch_says_why(message: str) -> None:
    conversation = talk(message, setup="clip10")
    assert parts(conversation) == [(0, 4000), (4000, 8000)]
    assert [clip.source_start_ms for clip in clips(conversation)] == [0, 6000]


def test_a_bare_wish_is_of_the_stretch_that_was_spoken_of() -> None:
    conversation = talk("4秒到6秒那里咳嗽，消音", setup="clip10")
    assert [clip.muted for clip in clips(conversation)] == [False, True, False]


def test_what_begins_in_the_film_is_no_wish() -> None:
    assert unchanged(talk("the reaction begins at 4 s", setup="clip10"))


def test_how_two_things_are_is_no_wish() -> None:
    conversation = talk(
        "add the music",
        "hmm the song is still louder than the voices, bring that down a bit",
        setup="clip+music",
    )
    assert [s.volume < 1 for s in conversation.draft.segments if s.kind == "audio"] == [True]


# ---- several in one message


def test_all_times_of_a_message_are_those_of_the_film_as_it_is() -> None:
    conversation = talk("remove 1 to 2 s and cut 0:04-0:06", setup="clip10")
    assert [clip.source_start_ms for clip in clips(conversation)] == [0, 2000, 6000]


def test_then_is_after_that() -> None:
    conversation = talk("remove 1 to 2 s, then cut 4-6", setup="clip10")
    assert [clip.source_start_ms for clip in clips(conversation)] == [0, 2000, 7000]


# ---- sound is no time


@pytest.mark.parametrize("message", ["cut the sound from 4 to 6", "reduce the volume between 4 and 6"])
def test_lowering_the_sound_cuts_no_film(message: str) -> None:
    conversation = talk(message, setup="clip10")
    assert parts(conversation) == [(0, 4000), (4000, 6000), (6000, 10000)]
    assert clips(conversation)[1].muted or clips(conversation)[1].volume < 1


@pytest.mark.parametrize(
    "message", ["take out every second second", "make it gradually faster", "cut from the second"]
)
def test_what_would_take_something_else_is_refused(message: str) -> None:
    assert unchanged(talk(message, setup="three"))


def test_minutes_and_seconds_without_their_unit() -> None:
    assert unchanged(talk("delete everything after 4 minutes 10", setup="clip10"))


# ---- ordinary words


@pytest.mark.parametrize("word", ["drone", "sting", "waves", "expect", "moment", "finale", "pasta", "shouts"])
def test_no_slip_is_seen_in_an_ordinary_word(word: str) -> None:
    assert unchanged(talk(f"mute the {word} clip"))
