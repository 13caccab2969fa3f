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


# ---- which stretch a message is about


def test_i_need_is_a_wish_and_the_complaint_before_says_of_what() -> None:
    conversation = talk("ok the second one is way too long, I only need from about 1 second to 3")
    assert [clip.duration_ms for clip in clips(conversation)] == [4000, 2000, 5000]


def test_also_a_stretch_is_more_of_the_wish_before_it() -> None:
    conversation = talk("remove 1-2, also 3-4 and mute 6 to 7", setup="clip10")
    assert conversation.draft.duration_ms == 8000
    assert [clip.duration_ms for clip in clips(conversation) if clip.muted] == [1000]


def test_the_part_that_was_cut_out_comes_back() -> None:
    conversation = talk("cut out the middle third", "Put the middle part back, I do need it.", setup="clip10")
    assert conversation.draft.duration_ms == 10_000


def test_the_stretch_that_is_told_first_is_that_of_the_wish() -> None:
    conversation = talk("Von 3 bis 5 redet er so komisch, da bitte lauter", setup="clip10")
    assert parts(conversation) == [(0, 3000), (3000, 5000), (5000, 10000)]
    assert [clip.volume > 1 for clip in clips(conversation)] == [False, True, False]


def test_where_something_begins_is_no_question() -> None:
    assert unchanged(
        talk("the song should start where the chorus is, thats 48 seconds into it", setup="clip10")
    )


def test_what_was_done_may_be_spoken_of_as_a_thing() -> None:
    conversation = talk("loop it once", "the replay's too long.", setup="clip10")
    assert len(clips(conversation)) == 2


def test_cut_down_to_a_part_keeps_it() -> None:
    conversation = talk("cut b down to the bit between 1 and 3 seconds")
    assert [clip.duration_ms for clip in clips(conversation)] == [4000, 2000, 5000]


def test_one_of_those_is_no_other() -> None:
    conversation = talk("keep 0-2, 4-6 and 8-9", "play the second of those in slow motion", setup="clip10")
    assert [clip.speed for clip in clips(conversation)] == [1, 0.5, 1]


def test_till_the_end_is_how_long_and_no_place() -> None:
    conversation = talk("lofi music, loop it till the end, 35 percent", setup="clip+music")
    music = next(item for item in conversation.draft.segments if item.kind == "audio")
    assert (music.start_ms, music.end_ms, music.volume) == (0, 10_000, 0.35)
