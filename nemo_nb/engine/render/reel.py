"""The reel: the cut in short pieces for a player, each made when it is wanted, and kept.

A piece is some two seconds of the timeline: a picture and a sound, two files that a page appends to what it plays.
Their borders follow the clips of the bottom layer, so that after a cut the pieces of later clips are what they were,
only elsewhere; by their keys they are known again. What is seen is what is exported, smaller.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from ...draft.model import Draft
from ...draft.timecode import frame_ms
from ...media.ffmpeg import run
from . import keys
from .drawings import draw
from .graph import Graph
from .output import Output
from .picture import picture, whole_transitions
from .scene import Scene, Shot, Sound, Sources, build_scene
from .sound import RATE, between, ceiling, mix
from .submixes import submixed

__all__ = ["CODECS", "Piece", "key_of", "make_picture", "make_sound", "pieces", "reel_scene"]

CODECS = {"picture": 'video/mp4; codecs="avc1.4d4028"', "sound": 'audio/mp4; codecs="flac"'}
"""What the files are, as a page has to tell its player. FLAC needs no run-up: pieces join without a gap."""

_PIECE_S, _SHORTEST_S = 2, Fraction(1, 2)
_MOST_FPS = 30  # a player's small picture needs no more
_RUN_UP_MS = 1000  # what a compressor or limiter has to have heard
_VIDEO = (
    "-c:v", "libx264", "-profile:v", "main", "-level", "4.0", "-preset", "superfast", "-tune", "fastdecode",
    "-crf", "26", "-bf", "0", "-g", "600", "-pix_fmt", "yuv420p",
)  # fmt: skip
# Blocks of one size: of what filters hand over, now and then an MP4 takes no last one.
_AUDIO = (
    "-c:a", "flac", "-frame_size", "4096", "-compression_level", "2", "-sample_fmt", "s16", "-ar", str(RATE),
    "-strict", "-2",
)  # fmt: skip
_FRAGMENTED = (
    "-map_metadata", "-1", "-movflags", "+empty_moov+default_base_moof+frag_keyframe", "-f", "mp4",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """Frames of the reel, and what their picture and sound are made of. A key is None where a source has no hash."""

    first: int
    frames: int
    picture: str | None
    sound: str | None


def reel_scene(draft: Draft, sources: Sources, height: int) -> Scene:
    """The scene that a reel is made of, its shorter side `height` pixels. Errors as `build_scene`."""
    canvas, fps = draft.canvas, draft.canvas.fps
    while fps > _MOST_FPS:
        fps /= 2
    return build_scene(draft, sources, Output(height=height).size(canvas.width, canvas.height), fps)


def pieces(scene: Scene) -> list[Piece]:
    """All pieces, in order, without a gap. Nothing is made yet."""
    borders = list(_borders(scene))
    spans = list(itertools.pairwise(borders))
    seen = _sorted_into(spans, [[(item.start, item.end) for item in layer] for layer in scene.layers])
    times = [(_heard_from(frame_ms(first, scene.fps)), frame_ms(last, scene.fps)) for first, last in spans]
    heard = _sorted_into(times, [[(item.start_ms, item.end_ms) for item in scene.sounds]])
    made = []
    for (first, last), (start_ms, end_ms), visible, audible in zip(spans, times, seen, heard, strict=True):
        layers = [[layer[n] for n in found] for layer, found in zip(scene.layers, visible, strict=True)]
        sounds = between([scene.sounds[n] for n in audible[0]], start_ms, end_ms)
        of_sound = keys.of_sounds(sounds, end_ms - frame_ms(first, scene.fps), _AUDIO)
        made.append(Piece(first, last - first, keys.of_frames(scene, layers, first, last, _VIDEO), of_sound))
    return made


def key_of(scene: Scene, kind: str, first: int, frames: int) -> str | None:
    """The key of one piece's "picture" or "sound", as `pieces` has it."""
    last = first + frames
    if kind == "picture":
        layers = [
            [item for item in layer if item.start < last and item.end > first] for layer in scene.layers
        ]
        return keys.of_frames(scene, layers, first, last, _VIDEO)
    start_ms, end_ms = frame_ms(first, scene.fps), frame_ms(last, scene.fps)
    return keys.of_sounds(between(scene.sounds, _heard_from(start_ms), end_ms), end_ms - start_ms, _AUDIO)


def _sorted_into(
    spans: Sequence[tuple[int, int]], groups: Sequence[Sequence[tuple[int, int]]]
) -> list[list[list[int]]]:
    """For each span, and each group, the numbers of those of its items that lie in the span. Spans are in order.

    Each item is asked once, however many there are: a film may have thousands, and thousands of pieces.
    """
    found: list[list[list[int]]] = [[[] for _ in groups] for _ in spans]
    ends, starts = [end for _, end in spans], [start for start, _ in spans]
    for place, group in enumerate(groups):
        for number, (start, end) in enumerate(group):
            for span in range(bisect_right(ends, start), bisect_left(starts, end)):
                found[span][place].append(number)
    return found


def _borders(scene: Scene) -> Iterator[int]:
    """Where one clip of the bottom layer ends and the next begins, and every two seconds between."""
    step, least = round(_PIECE_S * scene.fps), max(1, round(_SHORTEST_S * scene.fps))
    bottom = scene.layers[0] if scene.layers else ()
    shots = (shot.start for shot in bottom if isinstance(shot, Shot))
    last = 0
    yield 0
    for edge in [*sorted(set(shots)), scene.frames]:
        while edge - last >= step + least:
            last += step
            yield last
        if (edge - last >= least or edge == scene.frames) and edge > last:
            last = edge
            yield last


async def make_picture(scene: Scene, first: int, frames: int, target: Path) -> None:
    """Encode the picture of some frames, from time 0 on. Errors as `render`."""
    last = first + frames
    with tempfile.TemporaryDirectory(prefix="nemo-reel-") as work:
        drawn = await asyncio.to_thread(draw, scene, Path(work), *whole_transitions(scene, first, last))
        graph = Graph()
        label = picture(graph, scene, drawn, first, last)
        options = ["-filter_complex", graph.text, "-map", f"[{label}]", "-an", "-frames:v", str(frames)]
        await run([*graph.inputs, *options, *_VIDEO, *_FRAGMENTED], target, calm=True)


async def make_sound(scene: Scene, first: int, frames: int, target: Path) -> None:
    """Encode the sound of some frames, from time 0 on: exactly as long as they are. Errors as `render`."""
    start_ms, end_ms = frame_ms(first, scene.fps), frame_ms(first + frames, scene.fps)
    begin_ms = _heard_from(start_ms)
    with tempfile.TemporaryDirectory(prefix="nemo-reel-") as work:
        heard = await _few(between(scene.sounds, begin_ms, end_ms), scene, Path(work))
        graph = Graph()
        label = graph.chain([mix(graph, heard, end_ms - begin_ms)], [ceiling(scene.sounds)])
        begin, end = ((ms - begin_ms) * RATE // 1000 for ms in (start_ms, end_ms))
        label = graph.chain(
            [label], ["apad", f"atrim=start_sample={begin}:end_sample={end}", "asetpts=N/SR/TB"]
        )
        options = ["-filter_complex", graph.text, "-map", f"[{label}]", "-vn"]
        await run([*graph.inputs, *options, *_AUDIO, *_FRAGMENTED], target, calm=True)


def _heard_from(start_ms: int) -> int:
    return max(0, start_ms - _RUN_UP_MS)


async def _few(sounds: Sequence[Sound], scene: Scene, work: Path) -> Sequence[Sound]:
    return await submixed(replace(scene, sounds=tuple(sounds)), work)
