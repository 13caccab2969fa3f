"""What a conversation remembers: answers, follow-ups, corrections; and frames that come from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from bank import Conversation
from damage import same

from nemo_nb.draft import Segment
from nemo_nb.engine.planner import plan
from nemo_nb.engine.planner.turn import carry_out
from nemo_nb.errors import InvalidInput


def talk(setup: str, *messages: str) -> Conversation:
    conversation = Conversation(setup)
    for message in messages:
        conversation.say(message)
    return conversation


def named(conversation: Conversation, name: str) -> Segment:
    return next(item for item in conversation.draft.segments if name in (item.file, item.text))


def files(conversation: Conversation) -> list[str]:
    return [item.file for item in conversation.draft.segments]


def muted(conversation: Conversation) -> set[str]:
    return {item.file for item in conversation.draft.segments if item.muted}


def brightness(conversation: Conversation, file: str) -> float:
    return sum(look["amount"] for look in named(conversation, file).meta.get("filters", ()))


# ---- a question and its answer


@pytest.mark.parametrize("answer", ["the second one", "b.mp4", "clip 2"])
def test_an_answer_does_what_was_asked_about(answer: str) -> None:
    asked = talk("three", "mute the clip")
    assert "a.mp4, b.mp4, c.mp4" in asked.reply
    assert muted(asked) == set()
    asked.say(answer)
    assert muted(asked) == {"b.mp4"}


@pytest.mark.parametrize(
    ("setup", "request_", "answer", "left"),
    [
        ("three", "delete the clip", "b.mp4", ["a.mp4", "c.mp4"]),
        ("three", "delete the drone clip", "the last one", ["a.mp4", "b.mp4"]),
        ("three", "删掉那一段", "第二段", ["a.mp4", "c.mp4"]),
        ("three", "lösche den Strand-Clip", "den ersten", ["b.mp4", "c.mp4"]),
        ("clip10", "delete tape.mp4", "clip.mp4", []),
    ],
)
def test_an_answer_in_each_language(setup: str, request_: str, answer: str, left: list[str]) -> None:
    asked = talk(setup, request_)
    assert same(asked.draft, asked.past[0])
    asked.say(answer)
    assert files(asked) == left


@pytest.mark.parametrize(
    ("answer", "title"), [("the second one", "Bye"), ("Bye", "Bye"), ("the first", "Hello")]
)
def test_a_title_is_told_by_its_place_or_its_words(answer: str, title: str) -> None:
    asked = talk("two-titles", "make the title red", answer)
    styled = {item.text: item.meta.get("style") for item in asked.draft.segments if item.text}
    assert [text for text, style in styled.items() if style] == [title]


def test_a_wish_of_its_own_lets_a_question_go() -> None:
    asked = talk("three", "mute the clip", "delete the last clip")
    assert files(asked) == ["a.mp4", "b.mp4"]
    assert muted(asked) == set()


# ---- follow-ups


@pytest.mark.parametrize(
    "more", ["same for c.mp4", "c.mp4 too", "and c.mp4", "the last one as well", "do the same to c.mp4"]
)
def test_the_same_for_another(more: str) -> None:
    assert muted(talk("three", "mute a.mp4", more)) == {"a.mp4", "c.mp4"}
    assert named(talk("three", "speed a.mp4 up 2x", more), "c.mp4").speed == 2


@pytest.mark.parametrize(
    ("first", "more", "all_"),
    [
        ("把a.mp4静音", "c.mp4也一样", {"a.mp4", "c.mp4"}),
        ("schalte a.mp4 stumm", "c.mp4 auch", {"a.mp4", "c.mp4"}),
    ],
)
def test_the_same_in_other_languages(first: str, more: str, all_: set[str]) -> None:
    assert muted(talk("three", first, more)) == all_


def test_a_bit_more_and_a_bit_less() -> None:
    conversation = talk("three", "make b.mp4 brighter")
    first = brightness(conversation, "b.mp4")
    conversation.say("a bit more")
    second = brightness(conversation, "b.mp4")
    conversation.say("a bit less")
    assert first < second
    assert brightness(conversation, "b.mp4") < second
    assert brightness(conversation, "a.mp4") == brightness(conversation, "c.mp4") == 0


def test_an_amount_alone_is_that_of_the_wish_before() -> None:
    conversation = talk("music-placed", "set the music to 50%", "hmm 70%")
    assert named(conversation, "lofi.mp3").volume == pytest.approx(0.7)
    assert named(conversation, "clip.mp4").volume == 1


@pytest.mark.parametrize("but", ["except b.mp4", "but not b.mp4", "not b.mp4 though"])
def test_an_exception_that_comes_later(but: str) -> None:
    assert muted(talk("three", "mute everything", but)) == {"a.mp4", "c.mp4"}


@pytest.mark.parametrize("correction", ["I meant c.mp4", "no, c.mp4", "no, the last one"])
def test_a_correction_goes_to_the_right_one_and_the_wrong_one_is_as_before(correction: str) -> None:
    assert muted(talk("three", "mute b.mp4", correction)) == {"c.mp4"}


@pytest.mark.parametrize("correction", ["no, 3x", "make that 3x", "3x instead"])
def test_a_corrected_amount_takes_the_place_of_the_first(correction: str) -> None:
    conversation = talk("three", "speed b.mp4 up 2x", correction)
    assert [item.speed for item in conversation.draft.segments] == [1, 3, 1]


def test_not_that_one_is_taken_back() -> None:
    conversation = talk("three", "mute b.mp4", "not that one")
    assert muted(conversation) == set()


def test_what_was_made_is_it() -> None:
    conversation = talk(
        "clip10", 'add a title "Hi" at the start for 3 seconds', "make it yellow", "at the end instead"
    )
    title = named(conversation, "Hi")
    assert (title.start_ms, title.end_ms) == (7000, 10000)
    assert title.meta["style"]["color"].startswith("#ff")


@pytest.mark.parametrize("back", ["undo the rotation", "take back the rotation"])
def test_an_earlier_wish_is_taken_back_and_the_later_one_stays(back: str) -> None:
    conversation = talk("three", "rotate a.mp4 90 degrees", "mute b.mp4", back)
    assert not named(conversation, "a.mp4").meta.get("rotation")
    assert muted(conversation) == {"b.mp4"}


def test_what_is_to_be_kept_is_not_done_again() -> None:
    conversation = talk("three", "speed up b.mp4 and brighten it", "undo the speed but keep the brightness")
    clip = named(conversation, "b.mp4")
    assert clip.speed == 1
    assert [round(look["amount"], 2) for look in clip.meta["filters"]] == [0.2]


def test_one_of_two_wishes_of_a_message_is_taken_back() -> None:
    conversation = talk("three", "rotate a.mp4 90 degrees and mute b.mp4", "undo the rotation")
    assert not named(conversation, "a.mp4").meta.get("rotation")
    assert muted(conversation) == {"b.mp4"}


# ---- the memory itself


def test_memory_is_json_and_works_after_it_was_stored() -> None:
    conversation = talk("three", "speed b.mp4 up 2x")
    conversation.memory = json.loads(json.dumps(conversation.memory))
    conversation.say("same for c.mp4")
    assert named(conversation, "c.mp4").speed == 2


@pytest.mark.parametrize(
    "memory",
    [
        {"deeds": 3},
        {"of": "another planner"},
        {"mentions": [{"what": None}]},
        {"question": {"slot": []}},
        {"version": 99},
    ],
)
def test_the_memory_of_another_planner_is_ignored(memory: dict[str, Any]) -> None:
    material = replace(Conversation("three").material, memory=memory)
    assert (
        plan("mute b.mp4", material).operations
        == plan("mute b.mp4", Conversation("three").material).operations
    )
    assert not plan("same for c.mp4", material).edits


def test_it_is_never_what_is_gone() -> None:
    conversation = talk("three", "mute b.mp4", "delete b.mp4", "speed it up 2x")
    assert files(conversation) == ["a.mp4", "c.mp4"]
    assert [item.speed for item in conversation.draft.segments] in ([1, 1], [2, 2])


# ---- frames from elsewhere


@pytest.mark.parametrize(
    "text",
    [
        "mute b.mp4", "speed b.mp4 up 2x", "cut the first 3 seconds", "delete the second clip",
        "move c.mp4 to the front",
        "make everything except b.mp4 black and white", 'add a title "Lisbon" at the start for 4 seconds',
        "crossfade between all clips, half a second", "rotate a.mp4 90 degrees and mute the last clip",
    ],
)  # fmt: skip
def test_frames_do_what_the_sentence_does(text: str) -> None:
    said = plan(text, Conversation("three").material)
    made = carry_out(wishes(said.frames), Conversation("three").material)
    assert made.operations == said.operations
    assert made.frames == said.frames


def wishes(frames: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What a plan's frames say, without what came of them."""
    return [
        {key: value for key, value in item.items() if key not in ("ops", "ids", "kind")} for item in frames
    ]


def test_frames_can_be_followed_up() -> None:
    conversation = Conversation("three")
    frame = {"frame": "set_speed", "target": {"names": ["a.mp4"]}, "amount": {"value": 2, "unit": "factor"}}
    conversation.do(carry_out([frame], conversation.material))
    conversation.say("same for c.mp4")
    assert [item.speed for item in conversation.draft.segments] == [2, 1, 2]


def test_a_frame_about_what_is_not_there_changes_nothing() -> None:
    made = carry_out([{"frame": "mute", "target": {"names": ["drone.mp4"]}}], Conversation("three").material)
    assert not made.edits
    assert "drone.mp4" in (made.question or "")


@pytest.mark.parametrize(
    ("frames", "part"),
    [
        ([{"frame": "nonsense"}], "nonsense"),
        ([{"frame": "mute", "target": 3}], "mute.target"),
        ([{"frame": "set_speed", "amount": {"value": "fast"}}], "set_speed.amount.value"),
        ([{"frame": "mute"}, {"frame": "mute", "who": "b.mp4"}], "mute.who"),
        ([{"target": {"names": ["b.mp4"]}}], "frame"),
        (["mute"], "frame"),
    ],
)
def test_a_frame_that_cannot_be_read_says_where(frames: list[Any], part: str) -> None:
    with pytest.raises(InvalidInput, match=part):
        carry_out(frames, Conversation("three").material)


# ---- wishes that depend on how long something is


@pytest.mark.parametrize(
    ("request_", "lengths"),
    [
        ("if the second clip is longer than 5 s, trim it to 5, otherwise leave it", [4000, 5000, 5000]),
        ("if the first clip is longer than 5 s, trim it to 5", [4000, 6000, 5000]),
        ("if any of the clips is over 4.5 seconds cut it down to 4", [4000, 4000, 4000]),
        ("falls der zweite Clip kürzer als 10 s ist, mach ihn doppelt so schnell, sonst lass ihn", [4000, 3000, 5000]),
        ("如果第二段超过5秒就剪到5秒", [4000, 5000, 5000]),
    ],
)  # fmt: skip
def test_a_condition_says_of_which_clips_it_is_done(request_: str, lengths: list[int]) -> None:
    assert [item.duration_ms for item in talk("three", request_).draft.segments] == lengths


def test_otherwise_is_done_where_the_condition_is_not_true() -> None:
    done = talk("three", "if a.mp4 is longer than 10 s mute it, otherwise make it black and white")
    assert muted(done) == set()
    assert [item.file for item in done.draft.segments if item.meta.get("filters")] == ["a.mp4"]


# ---- which one: by what was done to it, by a remark, by a correction


def test_a_part_is_told_by_what_was_done_to_it() -> None:
    done = talk("clip10", "speed up from 2 s to 6 s by 2x", "the part I sped up should be muted as well")
    assert [(item.speed, item.muted) for item in done.draft.segments] == [(1, False), (2, True), (1, False)]


def test_a_complaint_says_what_them_means() -> None:
    done = talk(
        "three", "mute a.mp4", "the last two are a bit dark because it was evening, make them brighter"
    )
    assert [brightness(done, name) > 0 for name in ("a.mp4", "b.mp4", "c.mp4")] == [False, True, True]


@pytest.mark.parametrize(
    ("swap", "no"),
    [
        ("swap the first and the last one", "no the second and the last"),
        ("vertausche den ersten und den letzten", "nein, den zweiten und den letzten"),
        ("把第一段和最后一段对调", "不对，是第二段和最后一段"),
    ],
)
def test_a_swap_is_put_right(swap: str, no: str) -> None:
    assert files(talk("three", swap, no)) == ["a.mp4", "c.mp4", "b.mp4"]


# ---- copies of a look


@pytest.mark.parametrize(
    "copy",
    [
        "make the third one look like the first",
        "der letzte soll so aussehen wie der erste",
        "最后一段也弄成第一段的样子",
    ],
)
def test_a_look_is_taken_over(copy: str) -> None:
    done = talk("three", "make a.mp4 sepia and a bit brighter", copy)
    assert named(done, "c.mp4").meta["filters"] == named(done, "a.mp4").meta["filters"]
    assert files(done) == ["a.mp4", "b.mp4", "c.mp4"]


# ---- parts of what was split, and what is not to have something


@pytest.mark.parametrize(
    ("request_", "left"),
    [
        ("split b.mp4 in half and throw away the first part", [4000, 3000, 5000]),
        ("b.mp4 bei der Hälfte durchschneiden und den vorderen Teil wegwerfen", [4000, 3000, 5000]),
        ("把第二段从中间切开，前半段删掉", [4000, 3000, 5000]),
    ],
)
def test_a_part_is_one_of_what_was_just_split(request_: str, left: list[int]) -> None:
    done = talk("three", request_)
    assert [item.duration_ms for item in done.draft.segments] == left
    assert named(done, "b.mp4").ms("source_start_ms") == 3000
    done.say("不对，是后半段" if "把" in request_ else "no I meant the second part")
    assert [item.duration_ms for item in done.draft.segments] == left
    assert named(done, "b.mp4").ms("source_start_ms") == 0


def test_what_lies_over_the_picture_goes_where_it_is_not_wanted() -> None:
    done = talk(
        "clip+logo", "split it at 4 s", "put the logo top right the whole time, not on the first clip"
    )
    logo = named(done, "logo.png")
    assert (logo.start_ms, logo.end_ms) == (4000, 10000)


# ---- back to how it was


@pytest.mark.parametrize(
    ("cut", "back"),
    [
        ("trim b.mp4 to 2 seconds", "put b.mp4 back to its full length"),
        ("kürze b.mp4 auf 2 Sekunden", "die Kürzung zurücknehmen"),
        ("把b.mp4剪到2秒", "b.mp4恢复原样吧"),
        ("delete b.mp4", "bring the deleted one back"),
    ],
)
def test_time_that_was_cut_comes_back(cut: str, back: str) -> None:
    done = talk("three", "mute c.mp4", cut)
    assert done.draft.duration_ms < 15000
    done.say(back)
    assert done.draft.duration_ms == 15000
    assert muted(done) == {"c.mp4"}


def test_undoing_one_of_two_leaves_the_other() -> None:
    done = talk("three", "kürze a.mp4 auf 2 Sekunden", "b.mp4 auch", "nein, b.mp4 doch nicht, den lass ganz")
    assert [item.duration_ms for item in done.draft.segments] == [2000, 6000, 5000]


# ---- one sentence after another


@pytest.mark.parametrize(
    ("request_", "reply"),
    [
        ("thanks! one more thing, mute b.mp4", ""),
        ("which one is the longest? mute it", "b.mp4 is the longest"),
        ("how long is a.mp4 and how many clips are there? mute b.mp4", "a.mp4 is 4s long"),
        ("I don't like the sound of it, it hums. mute b.mp4", ""),
        ("is there a title? if not mute b.mp4", ""),
    ],
)
def test_a_wish_behind_thanks_a_question_or_a_complaint_is_done(request_: str, reply: str) -> None:
    done = talk("three", request_)
    assert muted(done) == {"b.mp4"}
    assert reply in done.reply


@pytest.mark.parametrize("no", ["ah no, not the third, the second", "nicht den dritten, sondern den zweiten"])
def test_of_two_the_second_is_meant(no: str) -> None:
    assert muted(talk("three", "mute the third", no)) == {"b.mp4"}


@pytest.mark.parametrize(
    "request_",
    [
        "no forget b.mp4",
        "die längere bitte stumm",
        "make the longest one the opener",
    ],
)
def test_what_takes_nothing_away_takes_nothing_away(request_: str) -> None:
    done = talk("three", "delete a.mp4")
    before = done.draft
    done.say(request_)
    assert same(before, done.draft), done.reply


def test_a_bare_wish_after_a_question_is_of_what_was_asked_about() -> None:
    asked = talk("three", "mute the drone clip")
    asked.say("just quieter, around 40%")
    assert [item.volume for item in asked.draft.segments] == [1, 1, 1]


def test_a_number_after_music_at_a_volume_is_a_volume() -> None:
    done = talk("clip+music", "add lofi.mp3 at 15%", "hmm 25")
    assert named(done, "lofi.mp3").volume == 0.25
    assert named(done, "lofi.mp3").duration_ms == 10000
