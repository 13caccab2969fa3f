"""Carrying a plan out: one ffmpeg process, one file, which appears only when it is whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from ...errors import ExportFailed
from ...media.ffmpeg import THREADS, run
from .drawings import draw
from .graph import Graph
from .output import CRF
from .picture import picture
from .plan import RenderPlan
from .scene import Shot
from .sound import sound

_MUXER = {"mp4": "mp4", "mov": "mov", "m4a": "ipod", "mp3": "mp3", "wav": "wav"}
_AAC = ("-c:a", "aac", "-b:a", "192k")
_SOUND_CODEC = {
    "mp4": _AAC, "mov": _AAC, "m4a": _AAC, "mp3": ("-c:a", "libmp3lame", "-q:a", "2"), "wav": ("-c:a", "pcm_s16le"),
}  # fmt: skip


async def render(
    plan: RenderPlan,
    target: Path,
    work: Path,
    on_progress: Callable[[float], None] | None = None,
    *,
    preset: str = "veryfast",
) -> None:
    """Make the file of `plan` at `target`, replacing what is there, when it is whole.

    `work` is an existing folder for drawn pictures; the caller removes it. `on_progress` hears the
    share done, 0 to 1. Cancelling the task ends ffmpeg and leaves nothing behind.

    NoSpaceLeft; InvalidInput for a text that can't be drawn; ExportFailed for anything else that went
    wrong, a file that came out shorter than planned among it.

        await render(plan_render(draft, sources), Path("out.mp4"), Path(folder), print)
    """
    graph = Graph()
    streams: list[str] = []
    if plan.output.has_picture:
        streams += await _picture(graph, plan, work, preset)
    streams += ["-map", f"[{sound(graph, plan.scene)}]", *_SOUND_CODEC[plan.output.format], "-ar", "48000"]
    part = target.with_name(f"{target.name}.part")
    await run(
        [*graph.inputs, "-filter_complex", graph.text, *streams, *_wrapping(plan)],
        part,
        on_progress=on_progress,
        duration_ms=plan.duration_ms,
    )
    await asyncio.to_thread(_accept, part, target, plan)


async def _picture(graph: Graph, plan: RenderPlan, work: Path, preset: str) -> list[str]:
    copied = plan.copied
    if copied is not None:
        return ["-map", f"{graph.open(copied.source.path, '-an')}:v:0", "-c:v", "copy"]
    drawn = await asyncio.to_thread(draw, plan.scene, work)
    label = picture(graph, plan.scene, drawn)
    return [
        "-map", f"[{label}]", "-c:v", "libx264", "-preset", preset, "-crf", str(CRF[plan.output.quality]),
        "-pix_fmt", "yuv420p", "-threads", str(THREADS), "-frames:v", str(plan.frames),
    ]  # fmt: skip


def _wrapping(plan: RenderPlan) -> list[str]:
    """The container, and none of the sources' metadata: a phone's holds the place it was filmed at."""
    kind = plan.output.format
    start = ["-movflags", "+faststart"] if kind in ("mp4", "mov", "m4a") else []
    return ["-map_metadata", "-1", "-map_chapters", "-1", *start, "-f", _MUXER[kind]]


def _accept(part: Path, target: Path, plan: RenderPlan) -> None:
    """Give the file its name, if it is what was planned: ffmpeg may end early and call it success."""
    try:
        _check(part, plan)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _check(part: Path, plan: RenderPlan) -> None:
    import av

    with av.open(str(part)) as made:
        length_ms = round((made.duration or 0) / 1000)
        frames = made.streams.video[0].frames if made.streams.video else plan.frames
    one_frame = float(1000 / plan.scene.fps)
    tolerated = 1 if isinstance(plan.copied, Shot) else 0
    if not plan.output.has_picture:
        frames, one_frame = plan.frames, 100.0  # an encoder's delay and padding
    if abs(frames - plan.frames) > tolerated or abs(length_ms - plan.duration_ms) > one_frame + 50:
        raise ExportFailed(
            f"The export came out at {frames} frames and {length_ms / 1000:g} s instead of {plan.frames} "
            f"and {plan.duration_ms / 1000:g} s.",
            next_step="A source may be damaged: look at it in a player, then upload it again.",
        )
