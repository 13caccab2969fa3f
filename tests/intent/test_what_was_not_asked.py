"""What people say beside their wishes, and what nobody can resolve: neither edits anything that was not asked for.

The three clips are a.mp4 (4 s), b.mp4 (6 s) and c.mp4 (5 s), one after the other.
"""

from __future__ import annotations

import pytest
from bank import Conversation, talk
from damage import same

from nemo_nb.draft import Segment


def unchanged(conversation: Conversation) -> bool:
    return same(conversation.draft, conversation.past[0])


def clips(conversation: Conversation) -> list[Segment]:
    return [item for item in conversation.draft.segments if item.kind == "video"]


def looks(conversation: Conversation) -> list[list[str]]:
    return [[look["name"] for look in clip.meta.get("filters", ())] for clip in clips(conversation)]


# ---- reasons and remarks


@pytest.mark.parametrize(
    "reason",
    [
        "it was shot at dusk",
        "they look dull next to b.mp4",
        "I'm just fumbling with the camera there",
        "so that the people at the back can see something",
        "because my sister wears white",
    ],
)
def test_a_reason_edits_nothing_by_itself(reason: str) -> None:
    assert looks(talk(f"make a.mp4 brighter, {reason}")) == [["brightness"], [], []]


def test_a_remark_says_what_the_wish_is_about() -> None:
    conversation = talk("b.mp4 has black bars left and right, blur the background instead")
    assert [clip.meta.get("fit") for clip in clips(conversation)] == [None, "blur", None]


def test_what_is_right_as_it_is_stays() -> None:
    conversation = talk("mute a.mp4", "set b.mp4 to 30%", "b.mp4's fine but bring back the sound of a.mp4")
    assert [(clip.muted, clip.volume) for clip in clips(conversation)] == [
        (False, 1),
        (False, 0.3),
        (False, 1),
    ]


def test_a_reason_alone_is_asked_about() -> None:
    conversation = talk("I'm making this for my students")
    assert unchanged(conversation)
    assert "?" in conversation.reply


# ---- what isn't there


@pytest.mark.parametrize(
    "wish",
    [
        "trim the beach to 2 seconds",
        "cut the beach after 2 seconds",
        "mute the beach clip",
        "put the drone shot between them",
        "the phone clip has black bars, blur the background",
        "make the logo in the corner smaller, it covers the picture",
        "remove the background music, it distracts my pupils",
    ],
)
def test_what_nobody_finds_is_asked_about_and_nothing_else_is_taken(wish: str) -> None:
    assert unchanged(talk(wish)), wish


def test_a_sound_that_was_not_uploaded_is_not_the_one_that_was() -> None:
    conversation = talk("add a laugh track when the clip ends", setup="clip+music")
    assert unchanged(conversation)
    assert "laugh" in conversation.reply


def test_what_must_be_asked_about_is_not_begun() -> None:
    conversation = talk("put c.mp4 right after the beach clip")
    assert unchanged(conversation)


def test_an_answer_may_be_a_sentence() -> None:
    conversation = talk("trim the beach to 2 seconds", "oh right, I renamed it, it's b.mp4")
    assert [clip.duration_ms for clip in clips(conversation)] == [4000, 2000, 5000]


def test_a_bare_length_is_no_answer_to_another_question() -> None:
    """It would trim the film, which is what was done last."""
    conversation = talk("trim it to 12 seconds", "add a title", "3 seconds")
    assert conversation.draft.duration_ms == 12_000


# ---- one after the other


def test_a_bit_longer_is_no_matter_of_loudness() -> None:
    conversation = talk("set the volume of a.mp4 to 50%", "a bit longer")
    assert clips(conversation)[0].volume == 0.5


def test_what_cannot_be_done_the_other_way_stays_done() -> None:
    conversation = talk("play b.mp4 backwards", "no, the ninth one")
    assert [bool(clip.meta.get("reverse")) for clip in clips(conversation)] == [False, True, False]


def test_only_some_of_the_cuts() -> None:
    conversation = talk("crossfade all the clips", "actually only between the first two")
    assert ["transition" in clip.meta for clip in clips(conversation)] == [False, True, False]


def test_again_is_of_the_same_place() -> None:
    conversation = talk("cut the first second of b.mp4", "one more second")
    assert [(clip.source_start_ms, clip.duration_ms) for clip in clips(conversation)] == [
        (0, 4000),
        (2000, 4000),
        (0, 5000),
    ]


def test_the_other_half() -> None:
    conversation = talk("mute the second half", "no, the first one", setup="clip10")
    assert [(clip.start_ms, clip.muted) for clip in clips(conversation)] == [(0, True), (5000, False)]


def test_each_stays_each_when_one_is_excepted() -> None:
    conversation = talk("make each clip 2 seconds", "leave b.mp4 at its full length, it's the best one")
    assert [clip.duration_ms for clip in clips(conversation)] == [2000, 6000, 2000]


def test_of_one_thing_two_looks_and_one_is_taken_back() -> None:
    conversation = talk(
        "make b.mp4 brighter and turn it black and white", "undo the black and white but keep the rest"
    )
    assert looks(conversation) == [[], ["brightness"], []]


# ---- several wishes


def test_the_middle_part_is_that_of_what_was_split() -> None:
    conversation = talk("split b.mp4 at 2 seconds and at 4 seconds and delete the middle part")
    assert [(clip.file, clip.source_start_ms, clip.duration_ms) for clip in clips(conversation)] == [
        ("a.mp4", 0, 4000),
        ("b.mp4", 0, 2000),
        ("b.mp4", 4000, 2000),
        ("c.mp4", 0, 5000),
    ]


def test_so_that_says_how_and_not_once_more() -> None:
    assert len(clips(talk("duplicate b.mp4 so it plays twice in a row"))) == 4
    assert clips(talk("trim b.mp4 so it's only 2 seconds"))[1].duration_ms == 2000


def test_a_photo_goes_into_the_row() -> None:
    conversation = talk("show logo.png for 2 seconds right after clip.mp4", setup="clip+logo")
    assert [(item.file, item.track, item.duration_ms) for item in conversation.draft.segments] == [
        ("clip.mp4", 0, 10_000),
        ("logo.png", 0, 2000),
    ]


def test_stopping_the_music_before_a_clip_removes_no_clip() -> None:
    conversation = talk("add the music", "stop it before the last second", setup="clip+music")
    assert [item.duration_ms for item in conversation.draft.segments if item.kind == "video"] == [10_000]


def test_the_sound_of_a_clip_is_no_clip() -> None:
    conversation = talk("the sound of b is awful, kill it")
    assert [(item.file, item.muted) for item in conversation.draft.segments] == [
        ("a.mp4", False),
        ("b.mp4", True),
        ("c.mp4", False),
    ]


def test_a_lower_title_is_no_quieter_film() -> None:
    conversation = talk("title at the start: Summer 25", "make it yellow and a bit lower")
    assert all(item.volume == 1 for item in conversation.draft.segments if item.kind == "video")


def test_a_loop_that_is_spoken_of_is_not_made_again() -> None:
    conversation = talk("loop c twice", "mute the second loop")
    assert len([item for item in conversation.draft.segments if item.kind == "video"]) == 4
    assert not any(item.muted for item in conversation.draft.segments)


def test_what_is_wished_for_while_words_are_asked_for_is_no_title() -> None:
    conversation = talk("add a title", "too big, and give it a dark blue background")
    assert not [item for item in conversation.draft.segments if item.kind == "text"]
    assert talk("add a title", "Make It Pop").draft.segments


def test_the_same_of_what_nobody_found_copies_nothing_else() -> None:
    conversation = talk("字幕：大家好，开头3秒", "海边那段调亮", "晚饭也一样")
    assert len([item for item in conversation.draft.segments if item.kind == "text"]) == 1
