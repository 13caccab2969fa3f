"""Where files are silent, heard in real files."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest

from nemo_nb.errors import ExportFailed
from nemo_nb.media.ffmpeg import binary
from nemo_nb.media.pauses import pauses


def speech(path: Path, loud: float, hum: float = 0.0) -> Path:
    """6 s: a tone that stops at 2-3 s and at 4.5-5 s, with a hum underneath."""
    heard = f"{loud}*sin(880*PI*t)*(1-between(t,2,3)-between(t,4.5,5))+{hum}*sin(100*PI*t)"
    made = ["-f", "lavfi", "-i", f"aevalsrc='{heard}':s=44100:d=6", str(path)]
    subprocess.run([binary(), "-v", "error", *made], check=True)
    return path


@pytest.mark.parametrize(("loud", "hum"), [(0.5, 0.0), (0.5, 0.005), (0.02, 0.0)])
def test_pauses_are_found_by_the_files_own_loudness(tmp_path: Path, loud: float, hum: float) -> None:
    found = asyncio.run(pauses(speech(tmp_path / "talk.wav", loud, hum)))
    assert len(found) == 2
    for (start, end), (first, last) in zip(found, [(2000, 3000), (4500, 5000)], strict=True):
        assert abs(start - first) <= 40
        assert abs(end - last) <= 40


def test_shorter_ones_are_passed_over(tmp_path: Path) -> None:
    assert len(asyncio.run(pauses(speech(tmp_path / "talk.wav", 0.5), shortest_ms=800))) == 1


def test_a_file_without_sound_is_refused(tmp_path: Path) -> None:
    silent = tmp_path / "silent.mp4"
    made = ["-f", "lavfi", "-i", "color=s=64x64:d=1", str(silent)]
    subprocess.run([binary(), "-v", "error", *made], check=True)
    with pytest.raises(ExportFailed):
        asyncio.run(pauses(silent))
