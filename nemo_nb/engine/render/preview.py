"""Looking before exporting: made of the same graph as the export, so it looks the same."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from ...draft.model import Draft
from ...draft.timecode import frame_at
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

    At half the frame rate where that is 24 or more. With a `cache`, only what changed since the last one is made.
    """
    plan = plan_render(_at_half_rate(draft), sources, Output(quality="low", height=height))
    with tempfile.TemporaryDirectory(prefix="nemo-proxy-") as work:
        await render(plan, target, Path(work), preset="ultrafast", cache=cache)


def _at_half_rate(draft: Draft) -> Draft:
    """Enough to judge a cut by, at not much more than half the work."""
    fps = draft.canvas.fps
    if fps < _SMOOTH:
        return draft
    raw = draft.to_dict()
    raw["m"] = {**(raw.get("m") or {}), "fps": f"{fps.numerator}/{fps.denominator * 2}"}
    return Draft.read(raw)
