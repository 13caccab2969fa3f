"""Looking before exporting: made of the same graph as the export, so it looks the same."""

from __future__ import annotations

import asyncio
import math
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from ...draft.model import Draft, Segment
from ...draft.timecode import frame_at
from ...media import skimming
from ...media.ffmpeg import run
from .cache import Cache
from .drawings import draw
from .graph import Graph
from .output import Output
from .picture import picture, whole_transitions
from .plan import plan_render
from .run import render
from .scene import Sources, build_scene

_SMOOTH = 24
_ENOUGH_FPS = Fraction(25, 2)  # where much is decoded: films of 24, 25, 30 and 60 come to 12, 12.5, 10 and 12
# What decoding may take of one core: with all the rest some ten seconds of two. That is two minutes of 1080p at 4
# Mbit/s, one at 8 and half a one of a phone's 17; of what is longer, keyframes are shown, and each shot's beginning and
# end, as the cuts are what a preview is for.
_PATIENCE_S = 16
_EDGES_MS = (1000, 500, 250)  # few lengths, so that one shot more doesn't have all others made again
_PRESET = "superfast"
_AAC = ("-c:a", "aac", "-aac_coder", "fast", "-b:a", "96k", "-ar", "48000")


async def frame_png(draft: Draft, sources: Sources, at_ms: int, height: int = 360) -> bytes:
    """One frame of the cut as PNG, its shorter side `height` pixels; past the end, the last one.

    NothingToExport, InvalidInput and ExportFailed as for an export.
    """
    canvas = draft.canvas
    scene = build_scene(draft, sources, Output(height=height).size(canvas.width, canvas.height))
    frame = max(0, min(frame_at(at_ms, scene.fps), scene.frames - 1))
    with tempfile.TemporaryDirectory(prefix="nemo-frame-") as folder:
        work = Path(folder)
        drawn = await asyncio.to_thread(draw, scene, work, *whole_transitions(scene, frame, frame + 1))
        graph = Graph()
        label = picture(graph, scene, drawn, frame, frame + 1)
        options = ["-filter_complex", graph.text, "-map", f"[{label}]", "-frames:v", "1", "-f", "image2"]
        target = work / "frame.png"
        await run([*graph.inputs, *options, "-update", "1", "-c:v", "png"], target)
        return await asyncio.to_thread(target.read_bytes)


async def cut_proxy(
    draft: Draft, sources: Sources, target: Path, height: int = 360, *, cache: Cache | None = None
) -> None:
    """A small MP4 of the whole cut at `target`, its shorter side `height` pixels. Errors as `render`.

    At half the frame rate where that is 24 or more; where there is much to decode, at 6 to 12.5 frames a second, and
    the sources are skimmed. With a `cache`, only what changed since the last one is made.
    """
    much = sum(_pixels(segment, sources) for segment in draft.segments) > skimming.MANY_PIXELS
    if much:
        sources = await asyncio.to_thread(_skimmed, draft, sources)
    plan = plan_render(_paced(draft, much), sources, Output(quality="low", height=height))
    with tempfile.TemporaryDirectory(prefix="nemo-proxy-") as work:
        await render(plan, target, Path(work), preset=_PRESET, aac=_AAC, cache=cache)


def _skimmed(draft: Draft, sources: Sources) -> Sources:
    """The sources, each with what is decoded of it: what others refer to, or keyframes where that takes too long."""
    films = {asset: source for asset, source in sources.items() if source.info.kind == "video"}
    shots = [segment for segment in draft.segments if segment.kind == "video" and segment.asset in films]
    efforts = {asset: skimming.effort(film.path, film.info) for asset, film in films.items()}
    skims = {asset: skimming.by_references(film.info) for asset, film in films.items()}
    if sum(shot.duration_ms / 1000 * shot.speed * efforts[shot.asset] for shot in shots) > _PATIENCE_S:
        # A shot has two edges, and before each as much again is decoded, from a keyframe on.
        most_ms = 1000 * _PATIENCE_S / 4 / sum(efforts[shot.asset] for shot in shots)
        edge_ms = next((edge_ms for edge_ms in _EDGES_MS if edge_ms <= most_ms), 0)
        for asset in {shot.asset for shot in shots}:
            if skim := skimming.by_keyframes(films[asset].path):
                skims[asset] = replace(skim, edge_ms=edge_ms)
    return {asset: replace(source, skim=skims.get(asset)) for asset, source in sources.items()}


def _pixels(segment: Segment, sources: Sources) -> float:
    """How many are decoded for a segment."""
    source = sources.get(segment.asset)
    if source is None or segment.kind != "video":
        return 0
    info = source.info
    return segment.duration_ms / 1000 * segment.speed * float(info.fps or 0) * info.width * info.height


def _paced(draft: Draft, much: bool) -> Draft:
    """At a rate that is enough to judge a cut by: each frame has to be scaled and encoded too."""
    fps = draft.canvas.fps
    each = math.ceil(fps / _ENOUGH_FPS) if much else 2 if fps >= _SMOOTH else 1
    if each == 1:
        return draft
    raw = draft.to_dict()
    raw["m"] = {**(raw.get("m") or {}), "fps": f"{fps.numerator}/{fps.denominator * each}"}
    return Draft.read(raw)
