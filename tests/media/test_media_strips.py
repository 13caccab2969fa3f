"""Pictures for a timeline's lanes."""

from __future__ import annotations

import asyncio
import io
import subprocess
from pathlib import Path

import numpy as np
import pytest
from kit import Kit
from PIL import Image

from nemo_nb.media.ffmpeg import binary
from nemo_nb.media.probe import probe
from nemo_nb.media.strips import filmstrip, waveform


@pytest.fixture
def made(tmp_path: Path):
    def make(name: str, *args: str) -> Path:
        subprocess.run([binary(), "-v", "error", *args, str(tmp_path / name)], check=True)
        return tmp_path / name

    return make


def strip_of(path: Path, **wished: int) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(asyncio.run(filmstrip(path, probe(path), **wished)))))


def test_a_filmstrip_shows_the_film_from_its_start_to_its_end(made):
    path = made(
        "two.mp4", "-f", "lavfi", "-i", "color=red:s=320x180:r=30:d=2", "-f", "lavfi", "-i",
        "color=blue:s=320x180:r=30:d=2", "-filter_complex", "[0][1]concat", "-g", "15",
    )  # fmt: skip
    strip = strip_of(path, frames=4, height=36)
    assert strip.shape == (36, 4 * 64, 3)
    colours = [strip[18, 32 + 64 * number].tolist() for number in range(4)]
    assert [red > blue for red, _, blue in colours] == [True, True, False, False]


def test_a_turned_film_stands_upright_in_it(made):
    flat = made("flat.mp4", "-f", "lavfi", "-i", "color=red:s=320x180:r=30:d=1", "-pix_fmt", "yuv420p")
    turned = made("turned.mp4", "-display_rotation", "90", "-i", str(flat), "-c", "copy")
    assert strip_of(turned, frames=2, height=64).shape == (64, 2 * 36, 3)


def test_a_still_is_shown_once(kit: Kit):
    assert strip_of(kit.image(), frames=9, height=36).shape == (36, 64, 3)


def test_a_waveform_is_high_where_it_is_loud(made):
    path = made("beep.wav", "-f", "lavfi", "-i", "sine=440:d=1", "-af", "apad=pad_dur=1")
    picture = np.asarray(Image.open(io.BytesIO(asyncio.run(waveform(path, width=100, height=40)))))
    assert picture.shape == (40, 100, 4)
    heights = (picture[:, :, 3] > 0).sum(axis=0)
    assert heights[:49].min() > 30
    assert heights[51:].max() <= 2
