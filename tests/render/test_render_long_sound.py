"""Long sounds are encoded in chunks, on all cores: decoded, they are what one encoder would have made."""

from __future__ import annotations

import asyncio
import subprocess

import numpy as np
import pytest

from nemo_nb.engine.render import Output, aac, plan_render, render
from nemo_nb.media.ffmpeg import binary

LENGTH_MS = 12_800  # a whole number of packets


@pytest.fixture
def draft(studio):
    return studio.draft([{"file": "long.wav", "d": LENGTH_MS, "fade_out_ms": 500}], fps=5)


def chunks(studio):
    return list((studio.folder / "work").glob("*/chunk-*.mp4"))


def test_chunks_sound_as_one(studio, draft, monkeypatch):
    given = studio.film(draft, format="wav").sound
    at_once = studio.film(draft).sound
    assert not chunks(studio)
    monkeypatch.setattr(aac, "_CHUNK_MS", 4000)
    together = studio.film(draft).sound
    assert len(chunks(studio)) == 3
    assert together.shape == at_once.shape == given.shape == (2, LENGTH_MS * 48)

    def noise(sound):
        """Of each tenth of a second, its first seconds without which an encoder hasn't settled."""
        return np.sqrt(((sound - given) ** 2).reshape(2, -1, 4800).mean(axis=(0, 2)))[30:]

    assert noise(together).max() < 1.5 * noise(at_once).max()
    assert np.median(noise(together)) == pytest.approx(np.median(noise(at_once)), rel=0.2)


@pytest.mark.parametrize(("kind", "chunk_ms"), [("mp4", 30_000), ("mp4", 4000), ("m4a", 30_000)])
def test_beats_are_heard_as_they_were_given(studio, monkeypatch, kind, chunk_ms):
    """An encoder short of bits adds clicks of its own: of 0.1 to 0.3 here, as it is by default and at 192k."""
    monkeypatch.setattr(aac, "_CHUNK_MS", chunk_ms)
    draft = studio.draft([{"file": "drums.wav", "d": 8000}], fps=5)
    given = studio.film(draft, format="wav").sound
    heard = studio.film(draft, format=kind).sound[:, : given.shape[1]]
    assert len(chunks(studio)) == (2 if chunk_ms < 8000 else 0)
    assert np.abs(heard - given).max() < 0.05


def test_where_chunks_fit_nowhere_one_encoder_makes_it_all(studio, draft, monkeypatch):
    at_once = studio.film(draft).sound
    monkeypatch.setattr(aac, "_CHUNK_MS", 4000)
    monkeypatch.setattr(aac, "window", lambda packet: None)
    assert (studio.film(draft).sound == at_once).all()


def test_a_long_sound_is_cancelled(studio, draft, monkeypatch):
    """In every part of the way: while it is mixed, encoded, put together and joined."""
    monkeypatch.setattr(aac, "_CHUNK_MS", 4000)
    plan = plan_render(draft, studio.sources(draft), Output())
    target, work = studio.folder / "film.mp4", studio.folder / "work"
    work.mkdir()

    async def cancelled_at(share: float) -> None:
        reached = asyncio.Event()
        task = asyncio.ensure_future(render(plan, target, work, lambda done: done >= share and reached.set()))
        await reached.wait()
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()

    for share in (0.05, 0.3, 0.6, 0.9):
        asyncio.run(cancelled_at(share))
    assert not target.exists()
    assert not list(studio.folder.glob("*.part"))


def test_a_chunk_waits_for_its_own_samples_and_for_no_others(tmp_path):
    async def watched() -> list[bool]:
        mixed = aac.Mixed(tmp_path / "mix.wav")
        first, last = (asyncio.ensure_future(mixed.reaches(packet)) for packet in (100, None))
        seen = []
        for samples in (0, 100 * 1024, 200 * 1024):
            mixed.path.write_bytes(bytes(8 * samples))
            await asyncio.wait([first, last], timeout=0.3)
            seen += [first.done(), last.done()]
        mixed.whole.set()
        await last
        return seen

    assert asyncio.run(watched()) == [False, False, False, False, True, False]


@pytest.mark.parametrize("ms", [2000, 4000])
def test_a_sound_begins_with_as_little_noise_as_it_goes_on(studio, ms):
    """An encoder that begins with it makes sixty times the noise."""
    swells = "min(1,10*t)*"
    left, right = (f"{swells}(0.1*sin(2*PI*{hz}*t)+0.05*sin(2*PI*1330*t))" for hz in (220, 330))
    chord = studio.folder / "chord.wav"
    command = [
        binary(),
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        f"aevalsrc='{left}|{right}':s=48000:d=4",
        str(chord),
    ]
    subprocess.run(command, check=True)
    given = studio.media
    studio.media = lambda name: chord if name == "chord.wav" else given(name)
    draft = studio.draft([{"file": "chord.wav", "d": ms}], fps=5)
    wanted, made = studio.film(draft, format="wav").sound, studio.film(draft).sound
    noise = np.sqrt(((made[:, : 48 * ms] - wanted) ** 2).reshape(2, -1, 4800).mean(axis=(0, 2)))
    assert noise[:5].max() < 2 * np.median(noise[10:])
