"""Looking before exporting: made of the same graph as the export, so it looks the same."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

from ...draft.model import Draft, Segment
from ...draft.timecode import frame_at
from ...media import keyframes
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

    At half the frame rate where that is 24 or more; of films that take long to decode the keyframes are shown, where
    they come often enough. With a `cache`, only what changed since the last one is made.
    """
    lighter = await asyncio.to_thread(_by_keyframes, draft, sources)
    plan = plan_render(_at_half_rate(draft), lighter, Output(quality="low", height=height))
    with tempfile.TemporaryDirectory(prefix="nemo-proxy-") as work:
        await render(plan, target, Path(work), preset=_PRESET, aac=_AAC, cache=cache)


def _by_keyframes(draft: Draft, sources: Sources) -> Sources:
    """The sources, marked where keyframes are to stand for the rest."""
    if sum(_pixels(segment, sources) for segment in draft.segments) <= keyframes.MANY_PIXELS:
        return sources
    used = {segment.asset for segment in draft.segments}
    return {
        asset: replace(source, keyframes_ms=keyframes.often_enough_ms(source.path))
        if asset in used and source.info.kind == "video"
        else source
        for asset, source in sources.items()
    }


def _pixels(segment: Segment, sources: Sources) -> float:
    """How many are decoded for a segment."""
    source = sources.get(segment.asset)
    if source is None or segment.kind != "video":
        return 0
    info = source.info
    return segment.duration_ms / 1000 * segment.speed * float(info.fps or 0) * info.width * info.height


def _at_half_rate(draft: Draft) -> Draft:
    """Enough to judge a cut by, at not much more than half the work."""
    fps = draft.canvas.fps
    if fps < _SMOOTH:
        return draft
    raw = draft.to_dict()
    raw["m"] = {**(raw.get("m") or {}), "fps": f"{fps.numerator}/{fps.denominator * 2}"}
    return Draft.read(raw)
