"""The small copy of a film that a notebook can hold."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest
from decode import levels, stream_facts
from kit import Kit

from nemo_nb.media import proxy, skimming
from nemo_nb.media.ffmpeg import binary


def made(path: Path, target: Path, **limit: int) -> Path:
    target.write_bytes(asyncio.run(proxy.make_proxy(path, **limit)))
    return target


def test_a_proxy_has_the_whole_length_and_keeps_to_its_size(kit: Kit, tmp_path: Path):
    small = made(kit.clip(), tmp_path / "small.mp4", max_bytes=60_000)
    facts = stream_facts(small)
    assert small.stat().st_size <= 60_000
    assert facts.duration_ms == pytest.approx(4000, abs=120)
    assert levels(small)[2.0] > -30


def test_of_what_is_much_to_decode_the_keyframes_are_shown(kit: Kit, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(skimming, "MANY_PIXELS", 1_000_000)
    often = stream_facts(made(kit.clip(), tmp_path / "often.mp4"))
    assert often.height == 240
    assert 6 <= often.frames <= 8
    assert often.duration_ms == pytest.approx(4000, abs=300)
    rare = tmp_path / "rare.mp4"
    subprocess.run([binary(), "-v", "error", "-i", str(kit.clip()), "-g", "999", str(rare)], check=True)
    assert stream_facts(made(rare, tmp_path / "whole.mp4")).frames == pytest.approx(48, abs=2)
