"""A number that gets lost between the reading and the timeline stops its clause, wherever it got lost."""

from dataclasses import replace

import pytest

from nemo_nb.draft import Draft
from nemo_nb.draft.operations import apply_all, place
from nemo_nb.engine.planner import MediaAsset
from nemo_nb.intent import conversation
from nemo_nb.intent.accounted import heard_out
from nemo_nb.intent.outcome import Scene

CLIP = MediaAsset("sha256:" + "a" * 64, "clip.mp4", "video", 10_000, 1280, 720, 30)
SCENE = Scene(apply_all(Draft.empty(), [place(CLIP)]), [CLIP])


def said_of(text):
    outcome = heard_out(text, "en", SCENE)
    return [operation.op for operation in outcome.stage.operations], [
        part.clause.said for part in outcome.unread
    ]


@pytest.fixture
def forgetful(monkeypatch):
    """Clauses are put together, and a title's length is left behind."""

    def forget(reads, ground):
        for n, part in enumerate(reads):
            if part.frame is not None and part.frame.frame == "add_text":
                reads[n] = replace(part, frame=part.frame.model_copy(update={"length": None}))

    monkeypatch.setattr(conversation, "settle_among", forget)


def test_what_is_heard_is_done():
    assert said_of('title "Hi" for 7 seconds, and mute the clip') == (["add_text", "mute"], [])


def test_a_number_that_got_lost_stops_its_clause_and_no_other(forgetful):
    assert said_of('title "Hi" for 7 seconds, and mute the clip') == (["mute"], ['title "Hi" for 7 seconds'])
    assert said_of('title "Hi", and mute the clip') == (["add_text", "mute"], [])


@pytest.mark.parametrize(
    "text",
    [
        "volume 900%",  # more than there is: what is too much comes to the same as a little more
        "slice the clip into three pieces, at 0:02 and at 0:06",
        "speed it up from 1x to 2x",
        "cut the first 3 seconds",
    ],
)
def test_what_follows_from_the_rest_or_is_too_much_is_heard(text):
    operations, unread = said_of(text)
    assert operations
    assert not unread


@pytest.mark.parametrize(("length", "comes_to"), [("half-second", 500), ("0.3 s", 300)])
def test_a_slideshow_takes_the_length_of_its_crossfades(length, comes_to):
    photos = [MediaAsset("sha256:" + c * 64, f"{c}{c}{c}.jpg", "image", 0, 1280, 720) for c in "def"]
    outcome = heard_out(
        f"photos as a slideshow, 2.5s each, {length} crossfades in between",
        "en",
        Scene(Draft.empty(), photos),
    )
    assert outcome.stage.draft.duration_ms == 3 * 2500 - 2 * comes_to


def test_a_name_that_got_lost_is_told(monkeypatch):
    def forget(reads, ground):
        if len(reads) > 1 and reads[-1].frame is not None:
            del reads[-1]

    monkeypatch.setattr(conversation, "settle_among", forget)
    assert said_of("make it black and white, and mute clip.mp4") == (["filter"], ["mute clip.mp4"])
    assert said_of("make it black and white") == (["filter"], [])
