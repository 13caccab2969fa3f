"""A disk that fills up, wherever the export stands by then: said as what it is, and nothing is left behind."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from nemo_nb.engine.render import cut_proxy, frame_png
from nemo_nb.errors import NoSpaceLeft
from nemo_nb.media import limits
from nemo_nb.media.proxy import make_proxy
from nemo_nb.media.strips import waveform

WHOLE = {"file": "film.mp4", "d": 2000}
TUNE = {"file": "music.mp3", "d": 2000}


@pytest.fixture
def nearly_full(monkeypatch):
    """No file may get larger than 4 kB, as on a disk that has no more room."""
    monkeypatch.setattr(limits, "room_for", lambda path, needed=1: 4096)


@pytest.mark.parametrize(
    ("tracks", "output"),
    [
        pytest.param([[{"file": "beep.mp4", "d": 5000}]], {}, id="the sound beside a copied picture"),
        pytest.param([[{**WHOLE, "flip": "h"}]], {}, id="a piece of the picture"),
        pytest.param([[WHOLE]], {"format": "webm"}, id="webm"),
        pytest.param([[WHOLE]], {"format": "gif"}, id="gif"),
        pytest.param([[TUNE]], {"format": "wav"}, id="wav"),
    ],
)
def test_at_each_stage_of_an_export(studio, nearly_full, tracks, output):
    with pytest.raises(NoSpaceLeft):
        studio.film(studio.draft(*tracks), **output)
    assert not list(studio.folder.glob("film.*"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_while_the_pieces_are_joined(studio):
    (studio.folder / "film.mp4.part").symlink_to("/dev/full")
    with pytest.raises(NoSpaceLeft):
        studio.film(studio.draft([WHOLE]))
    assert not list(studio.folder.glob("film.*"))


def test_while_one_looks_at_the_cut(studio, nearly_full, tmp_path):
    draft = studio.draft([{**WHOLE, "flip": "h"}])
    sources = studio.sources(draft)
    film, tune = studio.media("film.mp4"), studio.media("music.mp3")
    for look in (
        frame_png(draft, sources, 0),
        cut_proxy(draft, sources, tmp_path / "proxy.mp4"),
        make_proxy(film),
        waveform(tune),
    ):
        with pytest.raises(NoSpaceLeft):
            asyncio.run(look)
    assert not (tmp_path / "proxy.mp4").exists()
