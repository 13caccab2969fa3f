"""Checks that a learner can read, and a grader can count."""

from __future__ import annotations

import pytest

import nemo_nb as nemo
from nemo_nb import errors
from nemo_nb.draft import Draft


def _segment(start: int, length: int, **meta: object) -> dict[str, object]:
    return {"s": start, "d": length, "m": meta}


DRAFT = Draft.read(
    {
        "t": [
            {"tt": 0, "m": {"name": "Video"}, "sg": [_segment(0, 4000, kind="video", file="city.mp4")]},
            {
                "tt": 1,
                "m": {"name": "BGM"},
                "sg": [_segment(0, 4000, kind="audio", file="tune.mp3", volume=0.4, fade_out_ms=1000)],
            },
            {"tt": 7, "m": {"name": "Title"}, "sg": [_segment(500, 2000, kind="text", text="Urban Dreams")]},
        ]
    }
)


def test_checks_can_be_chained() -> None:
    seen = (
        nemo.expect(DRAFT)
        .has_track("audio", under="Title")
        .has_track("video", name="video")
        .has_track("video", under="Urban Dreams")
        .has_text("urban dreams", start=0.5, duration=2)
        .has_clip("city.mp4", start=0, duration=4)
        .has_segments("audio", 1)
        .fades_out("tune.mp3", 1)
        .fades_out("BGM")
        .has_volume("tune", 0.4)
        .lasts(4)
        .same_edit_as(DRAFT.edit_hash)
    )
    assert seen
    assert seen.score == 1.0
    assert repr(seen) == "15 of 15 checks passed"


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (lambda e: e.has_track("audio", under="city"), "It is there, but above 'city'"),
        (lambda e: e.has_track("audio", name="Voice"), "No audio track has that name"),
        (lambda e: e.has_track("text", under="BGM"), "It is there, but above 'BGM'"),
        (lambda e: e.has_track("audio", under="Subtitles"), "no track or title 'Subtitles'"),
        (lambda e: e.has_text("Holiday"), "The texts are 'Urban Dreams'"),
        (lambda e: e.has_text("Urban Dreams", start=0), r"starting at 0 s. It is 0\.5s"),
        (lambda e: e.has_text("Urban Dreams", duration=3), "lasting 3 s. It is 2s"),
        (lambda e: e.has_clip("other.mp4"), "no 'other.mp4' on the timeline"),
        (lambda e: e.has_segments("video", 2), "There are 1"),
        (lambda e: e.fades_in("tune.mp3"), "does not fade in yet"),
        (lambda e: e.fades_out("tune.mp3", 3), "It fades out in 1s"),
        (lambda e: e.has_volume("tune.mp3", 1.0), "Its volume is 40%"),
        (lambda e: e.lasts(10), "It lasts 4s"),
        (lambda e: e.same_edit_as("0" * 64), "This one is another"),
    ],
)
def test_what_is_not_there_yet_is_told_with_what_is(check, said: str) -> None:
    with pytest.raises(errors.ExpectationFailed, match=said) as failed:
        check(nemo.expect(DRAFT))
    assert "Now: Timeline (3 tracks)" in failed.value.next_step
    with pytest.raises(AssertionError):  # what test runners and graders know
        check(nemo.expect(DRAFT))
    graded = nemo.expect(DRAFT, grade=True)
    check(graded)
    assert not graded
    assert graded.score < 1
    assert "✗" in graded._repr_html_()


def test_an_empty_timeline_is_no_crash() -> None:
    graded = (
        nemo.expect(Draft.empty(), grade=True)
        .has_text("x", start=1)
        .has_track("audio")
        .fades_in("x")
        .lasts(0)
    )
    assert graded.score == 0.25


def test_what_has_no_timeline() -> None:
    with pytest.raises(errors.InvalidInput, match="no timeline"):
        nemo.expect("my edit")
    with pytest.raises(errors.InvalidInput, match="video, audio or text"):
        nemo.expect(DRAFT).has_track("music")
