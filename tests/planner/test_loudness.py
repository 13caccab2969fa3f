"""Loudness: planned against what was measured, and measured again in what a real engine exports."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest
from bank import Conversation

import nemo_nb as nemo
from nemo_nb.draft import Draft
from nemo_nb.engine.planner import Material, plan
from nemo_nb.media.ffmpeg import binary, guarded
from nemo_nb.media.loudness import METER, Reading, measure


def test_a_plan_says_what_it_must_hear_first() -> None:
    talk = Conversation("three")
    first = plan("normalize the audio", Material(talk.draft, talk.assets))
    assert first.operations == ()
    assert sorted(draft.duration_ms for draft in first.wants if isinstance(draft, Draft)) == [
        4000,
        5000,
        6000,
    ]
    readings = {draft: Reading(-20, -9) for draft in first.wants}
    then = plan("normalize the audio", Material(talk.draft, talk.assets, loudness=readings))
    mixes = list(then.wants)
    assert [draft.duration_ms for draft in mixes if isinstance(draft, Draft)] == [15_000]


def test_a_silent_clip_is_told_and_left_alone() -> None:
    talk = Conversation("three")
    readings: dict[Draft, Reading | None] = {}
    while True:
        made = plan("normalize to -16 LUFS", Material(talk.draft, talk.assets, loudness=readings))
        asked = [draft for draft in made.wants if isinstance(draft, Draft)]
        if not asked:
            break
        files = [[segment.file for segment in draft.segments] for draft in asked]
        readings |= {
            d: None if f == ["b.mp4"] else Reading(-20, -9) for d, f in zip(asked, files, strict=True)
        }
    assert [operation.segments for operation in made.operations] == [("seg-1", "seg-3")]
    assert any("b.mp4" in refusal for refusal in made.refusals)


def noise(path: Path, amplitude: float, seconds: float) -> Path:
    sound = f"anoisesrc=r=48000:c=pink:seed=3:a={amplitude}:d={seconds}"
    picture = [] if path.suffix == ".mp3" else ["-f", "lavfi", "-i", f"testsrc2=s=64x64:r=30:d={seconds}"]
    made = [*picture, "-f", "lavfi", "-i", sound, "-pix_fmt", "yuv420p", str(path)]
    subprocess.run([binary(), "-v", "error", *made], check=True)
    return path


def read(path: Path, *options: str) -> Reading:
    reading = asyncio.run(measure([*guarded(path, *options), "-vn", "-af", METER], path.parent))
    assert reading is not None
    return reading


def test_what_is_exported_is_as_loud_as_was_asked(tmp_path: Path) -> None:
    quiet, loud = noise(tmp_path / "quiet.mp4", 0.3, 3), noise(tmp_path / "loud.mp4", 0.9, 3)
    tune = noise(tmp_path / "tune.mp3", 0.5, 3)
    assert read(loud).lufs - read(quiet).lufs > 8
    with nemo.connect() as project:
        project.upload(quiet, loud, tune)

        project.say("normalize to -16 LUFS")
        film = Path(project.export(tmp_path / "clips.wav").path)
        assert read(film).lufs == pytest.approx(-16, abs=0.5)
        assert read(film, "-t", "3").lufs == pytest.approx(read(film, "-ss", "3").lufs, abs=0.5)

        planned = project.plan(
            "add the music at 30%, crossfade the clips for 1 s and normalize it all to -20 LUFS"
        )
        project.apply(planned.operations)
        mixed = Path(project.export(tmp_path / "mix.mp4").path)
        assert read(mixed).lufs == pytest.approx(-20, abs=1)
        held = {segment.file: segment.volume for segment in project.draft.segments}
        assert held["tune.mp3"] < held["loud.mp4"] < held["quiet.mp4"]

        reply = project.say("响度调到-6 LUFS")
        assert "不允许更响" in reply.text
        most = read(Path(project.export(tmp_path / "most.wav").path))
        assert most.peak_db < -0.5
        assert f"−{-most.lufs:.1f}".removesuffix(".0") in reply.text
        assert (
            "−6 LUFS" not in project.say("响度调到-6 LUFS").text
        )  # nothing to change, and not so loud either
        project.undo()
        assert {segment.file: segment.volume for segment in project.draft.segments} == held


def test_music_does_not_drown_a_clip_that_cannot_come_up(tmp_path: Path) -> None:
    whisper, tune = noise(tmp_path / "whisper.mp4", 0.004, 3), noise(tmp_path / "tune.mp3", 0.5, 3)
    with nemo.connect() as project:
        project.upload(whisper, tune)
        project.say("add the music")

        reply = project.say("normalize to -16 LUFS")

        mix = Path(project.export(tmp_path / "mix.wav").path)
        assert read(mix).lufs == pytest.approx(-16, abs=1)
        assert "whisper.mp4" in reply.text
