"""Formats that are made in one go, and never put together from pieces: sound alone, WebM and GIF."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from ...media.ffmpeg import THREADS, guarded, run
from .drawings import draw
from .graph import Graph, number
from .output import GIF_RATES
from .picture import picture
from .pieces import AAC, OnProgress
from .plan import RenderPlan
from .sound import sound
from .submixes import submixed

_BARE = ("-map_metadata", "-1", "-map_chapters", "-1")  # a phone's metadata holds the place it was filmed at
_SOUND = {
    "m4a": (*AAC, "-movflags", "+faststart", *_BARE, "-f", "ipod"),
    "mp3": ("-c:a", "libmp3lame", "-q:a", "2", "-ar", "48000", *_BARE, "-f", "mp3"),
    "wav": ("-c:a", "pcm_s16le", "-ar", "48000", *_BARE, "-f", "wav"),
}
# The constant rate factor of VP9, of which 31 is about x264's 23.
_VP9_CRF = {"low": 40, "medium": 33, "high": 26}
# Lossless, quick, and able to hold whatever a GIF may show; small as the picture is small.
_KEPT = ("-c:v", "ffv1", "-threads", str(THREADS), "-pix_fmt", "yuv444p", "-f", "matroska")
_COLOURS = {"low": 96, "medium": 192, "high": 256}


async def make_whole(plan: RenderPlan, part: Path, work: Path, on_progress: OnProgress) -> None:
    """Make the file of `plan` at `part`. `work` is an existing folder. Errors as `render`."""
    match plan.output.format:
        case "gif":
            await _gif(plan, part, work, on_progress)
        case "webm":
            await _webm(plan, part, work, on_progress)
        case kind:
            graph = Graph()
            label = sound(graph, plan.scene, await submixed(plan.scene, work))
            streams = ["-map", f"[{label}]", *_SOUND[kind]]
            await _run(graph, streams, part, plan, on_progress)


async def _webm(plan: RenderPlan, part: Path, work: Path, on_progress: OnProgress) -> None:
    graph = Graph()
    seen = picture(graph, plan.scene, await asyncio.to_thread(draw, plan.scene, work))
    heard = sound(graph, plan.scene, await submixed(plan.scene, work))
    # Ten times as fast as the encoder's default for a file some tenth larger.
    speed = ["-deadline", "realtime", "-cpu-used", "6", "-row-mt", "1", "-tile-columns", "2"]
    streams = [
        "-map", f"[{seen}]", "-c:v", "libvpx-vp9", *speed, "-threads", str(THREADS), "-pix_fmt", "yuv420p",
        "-crf", str(_VP9_CRF[plan.output.quality]), "-b:v", "0", "-g", str(round(8 * plan.scene.fps)),
        "-frames:v", str(plan.frames), "-map", f"[{heard}]", "-c:a", "libopus", "-b:a", "128k",
        *_BARE, "-f", "webm",
    ]  # fmt: skip
    await _run(graph, streams, part, plan, on_progress)


async def _gif(plan: RenderPlan, part: Path, work: Path, on_progress: OnProgress) -> None:
    """Its palette needs all of the picture first: kept in a file, as in memory it would take gigabytes."""
    quality = plan.output.quality
    rate = min(plan.scene.fps, Fraction(GIF_RATES[quality]))
    graph = Graph()
    seen = picture(graph, plan.scene, await asyncio.to_thread(draw, plan.scene, work))
    seen = graph.chain([seen], [f"fps={number(rate)}"])
    film, palette = work / "gif.mkv", work / "palette.png"
    await _run(graph, ["-map", f"[{seen}]", *_KEPT], film, plan, lambda done: on_progress(0.6 * done))
    colours = f"palettegen=max_colors={_COLOURS[quality]}:reserve_transparent=0"
    await run([*guarded(film), "-vf", colours, "-frames:v", "1", "-update", "1", "-f", "image2"], palette)
    await run(
        [*guarded(film), *guarded(palette), "-filter_complex",
         "[0:v][1:v]paletteuse=dither=sierra2_4a:diff_mode=rectangle", *_BARE, "-f", "gif"],
        part,
        on_progress=lambda done: on_progress(0.75 + 0.25 * done),
        duration_ms=plan.duration_ms,
    )  # fmt: skip


async def _run(
    graph: Graph, streams: Sequence[str], target: Path, plan: RenderPlan, on_progress: OnProgress
) -> None:
    await run(
        [*graph.inputs, "-filter_complex", graph.text, *streams],
        target,
        on_progress=on_progress,
        duration_ms=plan.duration_ms,
    )
