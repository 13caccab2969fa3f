"""Silences become cuts: planned against what was heard, and heard in real files."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from bank import CLIP, Conversation

import nemo_nb as nemo
from nemo_nb.draft.operations import apply_all
from nemo_nb.engine.planner import Material, Plan, compose, plan
from nemo_nb.media.ffmpeg import binary


def planned(text: str, pauses: list[tuple[int, int]], *before: str) -> tuple[Plan, int, str]:
    talk = Conversation("clip10")
    for message in before:
        talk.say(message)
    made = plan(text, Material(talk.draft, [CLIP], pauses={CLIP.asset: pauses}))
    after = apply_all(talk.draft, made.operations)
    return made, after.duration_ms, compose(made, talk.draft, after)


def test_a_plan_says_what_it_must_know_first() -> None:
    made = plan("remove the silences", Material(Conversation("clip10").draft, [CLIP]))
    assert made.wants == {CLIP.asset}
    assert made.operations == ()


@pytest.mark.parametrize(
    "text", ["remove the silences", "cut out the pauses", "去掉停顿", "cut the dead air"]
)
def test_silences_are_cut_with_a_breath_left(text: str) -> None:
    made, length, reply = planned(text, [(2000, 3000), (7000, 8500)])
    assert [(cut.start_ms, cut.end_ms) for cut in made.operations] == [(7100, 8400), (2100, 2900)]
    assert length == 10_000 - 1300 - 800
    assert "10s → 7.9s" in reply or "10 秒 → 7.9 秒" in reply


def test_only_those_as_long_as_was_said() -> None:
    made, _, _ = planned("cut pauses longer than 1.2 seconds", [(2000, 3000), (7000, 8500)])
    assert [(cut.start_ms, cut.end_ms) for cut in made.operations] == [(7100, 8400)]


def test_a_silence_is_found_where_an_edit_has_moved_it() -> None:
    made, _, _ = planned(
        "remove the pauses", [(2000, 3000), (7000, 8500)], "cut the first 5 seconds", "play it at 2x"
    )
    assert [(cut.start_ms, cut.end_ms) for cut in made.operations] == [(1100, 1650)]


def test_no_silence_no_edit() -> None:
    made, length, reply = planned("remove the silences", [])
    assert (made.operations, length) == ((), 10_000)
    assert "no silence" in reply


def test_a_real_files_silences_are_cut_by_a_real_engine(tmp_path: Path) -> None:
    talk = tmp_path / "talk.mp4"
    heard = "aevalsrc='0.5*sin(880*PI*t)*(1-between(t,2,3.5))':s=44100:d=5"
    made = ["-f", "lavfi", "-i", "testsrc2=s=320x180:d=5", "-f", "lavfi", "-i", heard, "-pix_fmt", "yuv420p"]
    subprocess.run([binary(), "-v", "error", *made, str(talk)], check=True)
    with nemo.connect() as project:
        project.upload(talk)
        assert len(project.plan("remove the silences").operations) == 1
        project.say("remove the silences")
        assert abs(project.draft.duration_ms - 3700) < 60
