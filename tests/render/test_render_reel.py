"""The reel: what a player appends, piece by piece, is the film that an export would be."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nemo_nb.draft import Draft
from nemo_nb.engine.render import reel
from nemo_nb.engine.render.reel import Piece

from .conftest import Studio, decode

LOOSE = {"text": "Words", "s": 2500, "d": 1500, "video_fade_in_ms": 500, "video_fade_out_ms": 500}


def pieces(studio: Studio, draft: Draft) -> list[Piece]:
    return reel.pieces(reel.reel_scene(draft, studio.sources(draft), 90))


def played(studio: Studio, draft: Draft) -> tuple[list[np.ndarray], np.ndarray]:
    """All pictures and all samples of the reel, one piece after the other."""
    scene = reel.reel_scene(draft, studio.sources(draft), 90)
    frames, samples = [], []
    for piece in reel.pieces(scene):
        for make, name in ((reel.make_picture, "picture"), (reel.make_sound, "sound")):
            path = Path(studio.folder, f"{piece.first}-{name}.mp4")
            asyncio.run(make(scene, piece.first, piece.frames, path))
            film = decode(path)
            frames += film.frames
            samples += [film.sound] if name == "sound" else []
        assert len(frames) == piece.first + piece.frames
    return frames, np.concatenate(samples, axis=1)


def off(one: np.ndarray, other: np.ndarray) -> float:
    """How far two sounds are from each other, at most, where full scale is 1."""
    length = min(one.shape[1], other.shape[1])
    assert abs(one.shape[1] - other.shape[1]) <= 48, "a millisecond"
    return float(np.abs(one[:, :length] - other[:, :length]).max())


def test_pieces_follow_each_other_and_the_clips(studio: Studio) -> None:
    clips = [{"file": "count.mp4", "d": 3000}, {"file": "red.mp4", "s": 3000, "d": 2000},
             {"file": "blue.mp4", "s": 5000, "d": 300}]  # fmt: skip
    made = pieces(studio, studio.draft(clips))
    assert [(piece.first, piece.frames) for piece in made] == [(0, 60), (60, 30), (90, 60), (150, 9)]
    assert pieces(studio, studio.draft(clips)) == made, "the same edit has the same keys"


def test_a_film_of_sixty_frames_is_played_with_thirty(studio: Studio) -> None:
    (piece,) = pieces(studio, studio.draft([{"file": "fast.mp4", "d": 1000}], fps=60))
    assert piece.frames == 30


@pytest.mark.parametrize(
    "change",
    [
        {"volume": 0.5},
        {"fade_in_ms": 2500, "fade_out_ms": 2500},
        {"speed": 0.5},
        {"speed": 0.4, "fade_out_ms": 4000},
        {"reverse": True, "d": 2900},
        {"source_start_ms": 300, "loop": True},
    ],
    ids=str,
)
def test_its_sound_is_that_of_the_export_to_the_sample(studio: Studio, change: dict[str, Any]) -> None:
    draft = studio.draft([{"file": "count.mp4", "d": 5000, "loop": "speed" not in change, **change}])
    exported = studio.film(draft, format="wav").sound
    _, heard = played(studio, draft)
    assert np.abs(exported).max() > 0.05
    assert off(heard, exported) < 3 / 32768


def test_a_sound_of_beeps_and_silence_is_made_to_its_end(studio: Studio) -> None:
    draft = studio.draft([{"file": "beep.mp4", "d": 5000}])
    _, heard = played(studio, draft)
    assert off(heard, studio.film(draft, format="wav").sound) < 3 / 32768


def test_music_is_lowered_under_a_voice_as_in_the_export(studio: Studio) -> None:
    voice = [{"file": "beep.mp4", "d": 5000}]
    music = [{"file": "music.mp3", "d": 5000, "loop": True, "duck": {"amount_db": 12.0}}]
    draft = studio.draft(voice, music)
    _, heard = played(studio, draft)
    assert off(heard, studio.film(draft, format="wav").sound) < 0.01


def test_its_pictures_are_those_of_the_export(studio: Studio) -> None:
    clips = [
        {"file": "count.mp4", "d": 2500, "video_fade_in_ms": 700},
        {"file": "pyramid.mp4", "s": 2100, "d": 2500, "transition": {"type": "wipe-left", "duration_ms": 400}},
    ]  # fmt: skip
    draft = studio.draft(clips, [LOOSE])
    seen, _ = played(studio, draft)
    exported = studio.film(draft).frames
    assert len(seen) == len(exported)
    worst = max(
        float(np.mean((a.astype(float) - b) ** 2)) for a, b in zip(seen, exported, strict=True)
    )  # fmt: skip
    assert 10 * np.log10(255**2 / worst) > 30


def test_only_what_was_touched_is_made_again(studio: Studio) -> None:
    clips = [
        {"file": "count.mp4", "d": 3000},
        {"file": "red.mp4", "s": 3000, "d": 2000},
        {"file": "blue.mp4", "s": 5000, "d": 2000},
    ]
    before = pieces(studio, studio.draft(clips))
    shorter = [clips[0], {**clips[1], "d": 1000}, {**clips[2], "s": 4000}]
    after = pieces(studio, studio.draft(shorter))
    assert [piece.first for piece in after] == [0, 60, 90, 120]
    kept = {piece.picture for piece in before} & {piece.picture for piece in after}
    assert kept == {before[n].picture for n in (0, 1, 3)}, "the last one only moved"
    quiet = pieces(studio, studio.draft([clips[0], {**clips[1], "volume": 0.5}, clips[2]]))
    assert [piece.picture for piece in quiet] == [piece.picture for piece in before]
    assert [a.sound == b.sound for a, b in zip(quiet, before, strict=True)] == [True, True, False, False], (
        "a limiter hears a second back"
    )
    titled = pieces(studio, studio.draft(clips, [LOOSE]))
    assert [a.picture == b.picture for a, b in zip(titled, before, strict=True)] == [True, False, False, True]
