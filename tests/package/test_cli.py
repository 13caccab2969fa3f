"""The command line, as a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from decode import levels, packets, stream_facts


def nemo_nb(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nemo_nb", *arguments], capture_output=True, text=True, cwd=cwd
    )


def test_the_demo_ends_with_one_line_that_says_what_was_made(tmp_path: Path) -> None:
    done = nemo_nb("demo", "--seconds", "10", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    video = Path(said["video"])
    assert video.is_file()
    assert said["duration_ms"] == 10_000
    assert said["seconds"] > 0
    assert said["timeline"].startswith("Timeline (2 tracks): 1. Video: city.mp4 (0-10s) 2. BGM: tune.mp3")
    facts = stream_facts(video)
    assert (facts.width, facts.height, facts.frames) == (1920, 1080, 300)
    assert packets(video) == packets(video.with_name("city.mp4"))
    loudness = levels(video, 1.0)
    assert loudness[4.0] > -30, "the music is there"
    assert loudness[9.0] < loudness[4.0] - 6
    assert levels(video)[9.9] < -45, "and falls to silence"


def test_version_and_help() -> None:
    assert nemo_nb("--version").stdout.strip()
    assert "demo" in nemo_nb("--help").stdout


def test_it_speaks_in_its_own_flags(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "demo.mp4").write_text("mine")
    done = nemo_nb("demo", "--seconds", "1", cwd=tmp_path)
    assert done.stderr.strip().endswith("Name another folder: --out FOLDER.")
    assert (tmp_path / "demo" / "demo.mp4").read_text() == "mine"
    assert "stands behind --" in nemo_nb("lab", "--no-browser").stderr
    assert "--seconds: a whole number of seconds, 1 to 3600" in nemo_nb("demo", "--seconds", "0").stderr


def test_what_goes_wrong_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "samples").write_text("a file where a folder should be")
    done = nemo_nb("demo", "--out", "samples/deep", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2
