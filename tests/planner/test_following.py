"""A conversation goes on: what "a bit longer" is about, what is taken back, what is not meant, what breaks off."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bank import Conversation

from nemo_nb.draft import Segment


def said(setup: str, *messages: str) -> Conversation:
    talk = Conversation(setup)
    for message in messages:
        talk.say(message)
    return talk


def segments(talk: Conversation) -> list[Segment]:
    return list(talk.draft.segments)


@pytest.mark.parametrize(
    ("then", "length"),
    [("a bit longer", 2000), ("shorter", 500), ("make it 3 seconds", 3000), ("长一点", 2000)],
)
def test_a_fade_gets_another_length(then: str, length: int) -> None:
    talk = said("clip10", "fade out over 1 second", then)
    assert segments(talk)[0].meta["video_fade_out_ms"] == length


def test_transitions_get_another_length_and_nothing_is_trimmed() -> None:
    talk = said("three", "slide up between all clips, 1 second each", "make them half a second")
    assert [clip.meta["transition"]["duration_ms"] for clip in segments(talk)[1:]] == [500, 500]
    assert talk.draft.duration_ms == 14_000


@pytest.mark.parametrize("then", ["the same for c.mp4", "c.mp4 too", "c.mp4 as well"])
def test_the_edit_before_is_made_on_something_else(then: str) -> None:
    talk = said("three", "make a.mp4 black and white", then)
    assert ["filters" in clip.meta for clip in segments(talk)] == [True, False, True]


def test_a_short_length_is_a_fades_and_a_long_one_the_videos() -> None:
    talk = said("clip10", "fade out over 1 second", "make it 8 seconds")
    assert talk.draft.duration_ms == 8000


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("cut the first 3, no, 4 seconds", 6000),
        ("cut the first 3 seconds, sorry I mean the last 2 seconds", 8000),
        ("trim it to 5. actually no, make that 6 seconds", 6000),
        ("chop off the last 2 sec... wait no, 3 sec", 7000),
        ("剪掉前三秒，不对，前四秒", 6000),
    ],
)
def test_who_puts_himself_right_is_believed(text: str, length: int) -> None:
    assert said("clip10", text).draft.duration_ms == length


@pytest.mark.parametrize(
    ("text", "start_ms"),
    [
        ("have the title come in at 4 seconds, not right at the start", 4000),
        ("move the title to 4 seconds instead of the start", 4000),
    ],
)
def test_what_is_not_meant_is_not_done(text: str, start_ms: int) -> None:
    assert segments(said("titled", text))[-1].start_ms == start_ms


def test_a_refusal_of_a_place_takes_nothing_away() -> None:
    talk = said("clip+logo", "put the logo top left", "no, bottom right")
    assert segments(talk)[-1].meta["position"] == "bottom-right"


@pytest.mark.parametrize("text", ["then in the second half I want", "put the title from", "把标题放在"])
def test_a_sentence_that_breaks_off_is_asked_about(text: str) -> None:
    talk = said("titled", text)
    assert talk.draft == talk.past[0]
    assert "?" in talk.reply or "？" in talk.reply


def test_a_complaint_before_its_wish_is_no_wish_of_its_own() -> None:
    talk = said("three", "b.mp4 is way too loud, cut its volume in half")
    assert [clip.volume for clip in segments(talk)] == [1, 0.5, 1]


def test_a_complaint_says_what_it_is() -> None:
    talk = said("three", "b.mp4 drags on. Run that one at 2x")
    assert [clip.speed for clip in segments(talk)] == [1, 2, 1]


def test_a_wish_with_a_part_that_nothing_was_made_of_is_not_done() -> None:
    talk = said("clip10", "mute it for the wombats")
    assert not segments(talk)[0].muted
    assert "for the wombats”" in talk.reply


def test_a_logo_that_no_edit_shows_is_named() -> None:
    talk = said("clip10", "make it vertical with the logo")
    assert "logo" in talk.reply


@pytest.mark.parametrize(
    ("text", "length"), [("幫我把前兩秒卡掉", 8000), ("後面四秒不要了，幫我剪掉喔", 6000)]
)
def test_traditional_characters_are_read_too(text: str, length: int) -> None:
    assert said("clip10", text).draft.duration_ms == length


@pytest.mark.parametrize(
    ("first", "then", "length"),
    [
        ("cut the first 2 seconds", "no, the first 3 seconds", 7000),
        ("cut the first 2 seconds", "sorry, I meant 3 seconds", 7000),
        ("trim it to 8 seconds", "no, make that 7", 7000),
        ("剪掉前两秒", "不对，前三秒", 7000),
    ],
)
def test_a_message_puts_the_one_before_right(first: str, then: str, length: int) -> None:
    talk = said("clip10", first, then)
    assert talk.draft.duration_ms == length
    assert said("clip10", first, then, "undo").draft == talk.past[0]


def test_it_is_put_right_again_and_again() -> None:
    talk = said("clip10", "cut the first 2 seconds", "no, 3 seconds", "no, 4 seconds")
    assert talk.draft.duration_ms == 6000


def test_another_clip_was_meant() -> None:
    talk = said("three", "make b.mp4 black and white", "no, c.mp4")
    assert ["filters" in clip.meta for clip in segments(talk)] == [False, False, True]


def test_undo_and_another_edit_instead() -> None:
    talk = said("three", "make b.mp4 black and white", "undo that, make it sepia instead")
    looks = [[look["name"] for look in clip.meta.get("filters", [])] for clip in segments(talk)]
    assert looks == [[], ["sepia"], []]


@pytest.mark.parametrize("then", ["no", "no thanks", "不对"])
def test_a_mere_no_is_asked_about(then: str) -> None:
    talk = said("clip10", "mute it", then)
    assert talk.draft == talk.past[1]
    assert "undo" in talk.reply or "撤销" in talk.reply


@pytest.mark.parametrize(
    ("asked", "answer", "text"),
    [
        ("add a title", "My Film", "My Film"),
        ("add a title at the end", "The End", "The End"),
        ("add an intro", "Welcome to my channel", "Welcome to my channel"),
        ("加个标题", "我的旅行", "我的旅行"),
    ],
)
def test_what_was_asked_for_is_taken_as_the_answer(asked: str, answer: str, text: str) -> None:
    assert [item.text for item in segments(said("clip10", asked, answer)) if item.kind == "text"] == [text]


def test_an_answer_belongs_to_the_wish_that_was_asked_about() -> None:
    """By itself "3 seconds" would be the length of the whole: most of the film would go."""
    assert said("clip10", "cut the first", "3 seconds").draft.duration_ms == 7000
    assert segments(said("clip10", "change the volume", "50%"))[0].volume == 0.5


@pytest.mark.parametrize("never_mind", ["never mind", "no thanks", "forget it", "算了"])
def test_a_question_may_be_dismissed(never_mind: str) -> None:
    talk = said("clip10", "cut the first 2 seconds", "add a title", never_mind)
    assert talk.draft.duration_ms == 8000, "nothing is undone"
    assert "stays as it is" in talk.reply or "保持原样" in talk.reply


def test_who_says_something_else_is_not_taken_to_answer() -> None:
    talk = said("clip10", "add a title", "cut the first 2 seconds")
    assert talk.draft.duration_ms == 8000
    assert [item.kind for item in segments(talk)] == ["video"]


@pytest.mark.parametrize(
    ("setup", "before", "text", "file", "kept"),
    [
        (
            "music-placed",
            "set the music to 30% and fade it out over 2 seconds",
            "replace the music with new.mp3",
            "new.mp3",
            {"volume": 0.3, "fade_out_ms": 2000},
        ),
        (
            "clip+logo",
            "put logo.png bottom left at 40% opacity",
            "replace the logo with new.png",
            "new.png",
            {"position": "bottom-left", "opacity": 0.4, "scale": 0.15},
        ),
    ],
)
def test_what_takes_a_place_keeps_how_it_was(
    setup: str, before: str, text: str, file: str, kept: dict[str, object]
) -> None:
    talk = Conversation(setup)
    talk.assets = (*talk.assets, replace(talk.assets[-1], asset=f"sha256:{'9' * 64}", file=file))
    talk.say(before)
    talk.say(text)
    (item,) = [item for item in segments(talk) if item.kind != "video"]
    assert item.file == file
    assert {key: item.meta.get(key) for key in kept} == kept
    assert f"added {file}" in talk.reply
