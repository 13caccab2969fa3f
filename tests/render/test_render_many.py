"""Timelines of hundreds of segments, as a cut of every silence makes them."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from nemo_nb.engine.render import frame_png, stretches, submixes
from nemo_nb.errors import InvalidInput
from nemo_nb.media import ffmpeg


def cuts(count: int, **more) -> list[dict]:
    """Segments of three frames each, from all over a clip of which every frame tells its number."""
    return [
        {"file": "count.mp4", "s": n * 100, "d": 100, "source_start_ms": n * 700 % 2900, **more}
        for n in range(count)
    ]


def test_every_one_of_many_cuts_is_where_it_belongs(studio, monkeypatch):
    monkeypatch.setattr(stretches, "MAX_ELEMENTS", 12)  # as many pieces as a thousand cuts would be
    draft = studio.draft(cuts(60), [{"text": "over all of them", "d": 6000}])
    assert len(studio.plan(draft).stretches) > 4
    film = studio.film(studio.draft(cuts(60, flip="h")))
    assert len(film.frames) == 180
    wanted = [n * 700 % 2900 * 30 // 1000 + frame for n in range(60) for frame in range(3)]
    assert film.counted() == pytest.approx(wanted, abs=0.8)


def test_a_graph_longer_than_any_argument_is_carried_out(studio, monkeypatch):
    monkeypatch.setattr(ffmpeg, "_LONGEST_ARGUMENT", 0)
    film = studio.film(studio.draft(cuts(3, flip="h")))
    assert len(film.frames) == 9
    assert not list(studio.folder.rglob("*.graph"))


def test_a_mix_of_many_sounds_is_that_of_one(studio, monkeypatch):
    spoken = cuts(20, volume=0.6)
    music = [{"file": "music.mp3", "s": n * 500, "d": 500, "duck": {"amount_db": 12}} for n in range(4)]
    draft = studio.draft(spoken, music)
    at_once = studio.film(draft, format="wav").sound
    monkeypatch.setattr(submixes, "_AT_ONCE", 7)
    in_groups = studio.film(draft, format="wav").sound
    assert in_groups.shape == at_once.shape
    assert float(np.abs(in_groups - at_once).max()) < 0.002


def test_too_many_at_one_moment_are_refused(studio, monkeypatch):
    monkeypatch.setattr(stretches, "MAX_ELEMENTS", 3)
    pile = [[{"file": "count.mp4", "d": 1000, "opacity": 0.5}] for _ in range(5)]
    with pytest.raises(InvalidInput, match="at once"):
        studio.plan(studio.draft(*pile))


def test_a_frame_of_many_segments_can_be_looked_at(studio):
    draft = studio.draft(cuts(150))
    assert asyncio.run(frame_png(draft, studio.sources(draft), 14_900)).startswith(b"\x89PNG")
