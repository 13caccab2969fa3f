"""What holds for every request: no exceptions, no claims."""

from __future__ import annotations

import pytest
from bank import CLIP, FIXTURES, LOFI, LOGO, Conversation, asset
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_nb.draft import Draft
from nemo_nb.draft.operations import PlaceClip, apply_all, place
from nemo_nb.engine.planner import Material, compose, plan
from nemo_nb.language.lexicon import LEXICONS

WORDS = [
    word
    for lexicon in LEXICONS["zh"]
    for phrases in lexicon.phrases.values()
    for word in phrases.split(" | ")
]
VALUES = [
    "3",
    "2 seconds",
    "0:05",
    "30%",
    "2x",
    "9:16",
    "1080p",
    "90度",
    "第二段",
    "“x”",
    "clip.mp4",
    "lofi.mp3",
    ",",
    ".",
]
requests = st.text(max_size=120) | st.lists(st.sampled_from(WORDS + VALUES * 20), max_size=12).map(" ".join)


@settings(max_examples=250)
@given(requests, st.sampled_from(sorted(FIXTURES)))
def test_any_text_gets_a_plan_that_can_be_carried_out_and_a_reply(text: str, setup: str) -> None:
    talk = Conversation(setup)
    made = plan(text, Material(talk.draft, talk.assets))
    after = apply_all(talk.draft, made.operations)
    assert compose(made, talk.draft, after)


def test_the_same_request_gives_the_same_plan() -> None:
    talk = Conversation("clip+music")
    material = Material(talk.draft, talk.assets)
    assert plan("add the music and fade it out", material) == plan("add the music and fade it out", material)


@pytest.mark.parametrize(
    "request_text",
    ["cut the first 3 seconds", "add the music at 30%", "make it vertical", "把视频静音", "undo"],
)
def test_no_reply_claims_what_the_draft_does_not_hold(request_text: str) -> None:
    talk = Conversation("clip+music")
    made = plan(request_text, Material(talk.draft, talk.assets, undo_steps=1))
    broken = compose(made, talk.draft, talk.draft)  # as if carrying it out had done nothing
    assert "Done" not in broken
    assert "完成" not in broken
    assert "Nothing changed" in broken or "没有变化" in broken


def test_what_is_not_understood_is_named() -> None:
    reply = Conversation("clip10").say("cut the first 2 seconds and then frobnicate the wibbles")
    assert "10s → 8s" in reply
    assert "frobnicate the wibbles" in reply


def test_a_reply_says_what_changed_from_what_to_what_and_what_could_come_next() -> None:
    talk = Conversation("music-placed")
    assert "lofi.mp3: volume 100% → 30%" in talk.say("set the music to 30%")
    assert talk.offered


@pytest.mark.parametrize(
    ("request_text", "steps"),
    [("undo twice", 2), ("undo three times", 3), ("go back two steps", 2), ("撤销两次", 2), ("后退三步", 3)],
)
def test_an_undo_goes_as_many_steps_as_it_says(request_text: str, steps: int) -> None:
    draft = Conversation("clip10").draft
    assert plan(request_text, Material(draft, undo_steps=5)).undo == steps
    assert plan(request_text, Material(draft, undo_steps=1)).undo == 1


@pytest.mark.parametrize(
    "done", ["cut the first 2 seconds", "make it vertical", "play it at 2x", "add a warm look"]
)
def test_two_things_are_suggested_next_and_never_what_was_just_done(done: str) -> None:
    talk = Conversation("clip10")
    talk.say(done)
    assert len(talk.offered) == 2
    alike = {"cut": "cut ", "make": "vertical", "play": "2x", "add": "warm"}[done.split()[0]]
    assert not any(alike in line for line in talk.offered)


def test_after_an_undo_the_rest_is_done_to_what_was_before() -> None:
    draft = Conversation("clip10").draft
    made = plan("undo, then mute it", Material(draft, [CLIP], undo_steps=1))
    assert made.undo == 1
    assert [operation.op for operation in made.operations] == ["mute"]


def test_this_music_with_two_candidates_is_asked() -> None:
    draft = Conversation("clip10").draft
    made = plan("add this music", Material(draft, [CLIP, LOFI, asset("jazz.mp3", "audio", 20)]))
    assert made.operations == ()
    assert made.question is not None
    assert "jazz.mp3" in made.question
    assert len(made.suggestions) == 2


@pytest.mark.parametrize("length", [1_000, 10_000])
@pytest.mark.parametrize(
    "text", ["cut the first 1 seconds and ", "x", "3:", "“", "一", "a b.mp4 ", "- x\n", "3 "]
)
def test_long_messages_are_answered(text: str, length: int) -> None:
    """`benchmarks/planner.py` has what it takes: less than a second."""
    talk = Conversation("clip10")
    assert talk.say((text * length)[:length])


def test_of_too_many_wishes_the_first_are_done_and_the_rest_is_told() -> None:
    assert "the first 60 steps" in Conversation("clip10").say("mute it, " * 90)


def test_a_thousand_segments_are_no_trouble() -> None:
    clips = [place(CLIP)] * 1
    draft = apply_all(Draft.empty(), clips)
    raw = draft.to_dict()
    raw["t"][0]["sg"] = [
        {**raw["t"][0]["sg"][0], "id": f"seg-{n + 1}", "s": n * 10_000, "d": 10_000} for n in range(1000)
    ]
    raw["d"] = 10_000_000
    long = Draft.read(raw)
    made = plan("cut the first 3 seconds", Material(long, [CLIP, LOGO]))
    assert apply_all(long, made.operations).duration_ms == 9_997_000


def test_uploads_are_placed_as_they_are() -> None:
    assert isinstance(place(CLIP), PlaceClip)
