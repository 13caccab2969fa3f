"""A part of a clause that its edits don't show is named; whatever the rules did with the rest."""

from __future__ import annotations

import pytest
from bank import CLIP, Conversation

from nemo_nb.draft import Draft
from nemo_nb.draft.operations import CutOut, Volume, apply_all, place
from nemo_nb.engine.planner.unmet import unmet
from nemo_nb.language import parse

PLACED = apply_all(Draft.empty(), [place(CLIP)])
CUT = CutOut(start_ms=8000, end_ms=10_000)
QUIETER = Volume(segments=("seg-1",), volume=0.8)


@pytest.mark.parametrize(
    ("text", "operation", "lost"),
    [
        ("cut the last 2 seconds", CUT, []),
        ("cut the last fifth", CUT, []),
        ("make it 8 seconds long", CUT, []),
        ("cut from 0:08 on", CUT, []),
        ("cut the first 3 seconds", CUT, ["3 seconds"]),
        ('cut the last 2 seconds and write "The End"', CUT, ["The End"]),
        ("cut the last 2 seconds in sepia", CUT, ["sepia"]),
        ("clip.mp4 20% quieter", QUIETER, []),
        ("set it to 80%", QUIETER, []),
        ("20% quieter and twice as loud from 5s", QUIETER, ["5s"]),
        ("80%, top left", QUIETER, ["top left"]),
    ],
)
def test_what_the_operations_show_is_found_in_them(
    text: str, operation: CutOut | Volume, lost: list[str]
) -> None:
    request = parse(text, ["clip.mp4"])
    clips = tuple(PLACED.segments)
    after = operation.apply(PLACED)

    found = [
        words for clause in request.clauses for words in unmet(clause, PLACED, after, [operation], clips)
    ]

    assert found == lost


def test_the_reply_names_what_no_edit_answers() -> None:
    talk = Conversation("clip10")

    reply = talk.say('title "Rome" at the top, wobble 47%')

    assert [item.text for item in talk.draft.segments] == ["", "Rome"]
    assert "47%" in reply


def test_where_one_reading_loses_something_another_is_taken() -> None:
    talk = Conversation("three")

    reply = talk.say("remove a.mp4 and play the rest twice as fast")

    assert [(clip.file, clip.speed) for clip in talk.draft.segments] == [("b.mp4", 2), ("c.mp4", 2)]
    assert "can't" not in reply


def test_words_that_nobody_knows_do_not_make_a_reading_better() -> None:
    reply = Conversation("clip10").say("cut the first 2 seconds, frobnicate the wibble and mute it")

    assert "frobnicate the wibble" in reply
