"""Submixes: sounds that are too many for one ffmpeg are mixed in groups first, losslessly.

Each group becomes one sound that stands in its place. A group holds sounds of one role, so that music is still
lowered under the picture's own sound, and such as lie side by side, so that its file is no longer than it must be.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from ...media.ffmpeg import run
from ...media.probe import probe
from .graph import Graph
from .scene import Scene, Sound, Source
from .sound import RATE, mix

_AT_ONCE = 50  # inputs of one ffmpeg
# Sums go beyond full scale before the limiter of the whole mix sees them: floating point keeps them.
LOSSLESS = ("-c:a", "pcm_f32le", "-ar", str(RATE), "-rf64", "auto", "-f", "wav")


async def submixed(scene: Scene, work: Path) -> tuple[Sound, ...]:
    """The sounds of a scene, few enough to be mixed at once. Files of groups come into the folder `work`."""
    if len(scene.sounds) <= _AT_ONCE:
        return scene.sounds
    return tuple(
        [await _submix(group, work / f"submix-{i}.wav") for i, group in enumerate(_groups(scene.sounds))]
    )


def _groups(sounds: Sequence[Sound]) -> Iterator[list[Sound]]:
    for _, same in groupby(sorted(sounds, key=_order), key=_role):
        alike = list(same)
        for first in range(0, len(alike), _AT_ONCE):
            yield alike[first : first + _AT_ONCE]


def _role(sound: Sound) -> tuple[bool, float]:
    return sound.of_picture, sound.duck_db


def _order(sound: Sound) -> tuple[bool, float, int]:
    return *_role(sound), sound.start_ms


async def _submix(group: Sequence[Sound], target: Path) -> Sound:
    """One sound, of the same role, that is heard as all of the group. What ducks them is still to come."""
    start, end = min(item.start_ms for item in group), max(item.end_ms for item in group)
    moved = [
        replace(item, start_ms=item.start_ms - start, end_ms=item.end_ms - start, duck_db=0.0)
        for item in group
    ]
    graph = Graph()
    label = mix(graph, moved, end - start)
    await run([*graph.inputs, "-filter_complex", graph.text, "-map", f"[{label}]", *LOSSLESS], target)
    info = await asyncio.to_thread(probe, target)
    of_picture, duck_db = _role(group[0])
    return Sound(group[0].id, Source(target, info), start, end, of_picture=of_picture, duck_db=duck_db)
