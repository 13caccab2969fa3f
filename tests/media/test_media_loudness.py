"""The meter of loudness, against signals whose loudness the standard gives (EBU Tech 3341)."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from nemo_nb.media.loudness import METER, Reading, measure


def heard(work: Path, expression: str, seconds: float = 4) -> Reading | None:
    source = f"aevalsrc='{expression}|{expression}':s=48000:d={seconds}"
    return asyncio.run(measure(["-f", "lavfi", "-i", f"{source},{METER}"], work))


def test_a_tone_of_1_khz_is_as_loud_as_its_level(tmp_path: Path) -> None:
    tone = heard(tmp_path, "pow(10,-23/20)*sin(2000*PI*t)")
    assert tone is not None
    assert (tone.lufs, tone.peak_db) == (pytest.approx(-23, abs=0.1), pytest.approx(-23, abs=0.2))
    assert not list(tmp_path.iterdir())


def test_what_is_silent_between_is_not_counted(tmp_path: Path) -> None:
    tone = heard(tmp_path, "pow(10,-20/20)*sin(2000*PI*t)*lt(t,10)", 20)
    assert tone is not None
    assert tone.lufs == pytest.approx(-20, abs=0.3)


def test_silence_and_the_shortest_of_sounds_have_no_loudness(tmp_path: Path) -> None:
    assert heard(tmp_path, "0") is None
    assert heard(tmp_path, "0.5*sin(2000*PI*t)", 0.2) is None
