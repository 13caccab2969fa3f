"""Formats that are made in one go, and never put together from pieces: sound alone, WebM and GIF."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from ...media.ffmpeg import THREADS, guarded, run
from .aac import AAC
from .drawings import draw
from .effort import OnProgress
from .graph import Graph, number
from .output import GIF_RATES
from .picture import picture
from .plan import RenderPlan
from .sound import sound
from .submixes import submixed

_BARE = ("-map_metadata", "-1", "-map_chapters", "-1")  # a phone's metadata holds the place it was filmed at
_SOUND = {
    "m4a": (*AAC, "-movflags", "+faststart", *_BARE, "-f", "ipod"),
    "mp3": ("-c:a", "libmp3lame", "-q:a", "2", "-ar", "48000", *_BARE, "-f", "mp3"),
    "wav": ("-c:a", "pcm_s16le", "-ar", "48000", *_BARE, "-f", "wav"),
    "webm": ("-c:a", "libopus", "-b:a", "128k", *_BARE, "-f", "webm"),
}
# The constant rate factor of VP9, of which 31 is about x264's 23.
_VP9_CRF = {"low": 40, "medium": 33, "high": 26}
# Lossless, quick, and able to hold whatever a GIF may show; small as the picture is small.
_KEPT = ("-c:v", "ffv1", "-threads", str(THREADS), "-pix_fmt", "yuv444p", "-f", "matroska")
# A pattern that stays where it is from frame to frame: what moves alone is written.
_DITHER = "bayer:bayer_scale=5"
# Of the time that an export takes whose picture is put together first.
FILM_SHARE = 0.6
_COLOURS = {"low": 64, "medium": 128, "high": 256}


def sound_encoder(plan: RenderPlan) -> Sequence[str]:
    """The options that the sound of a plan is encoded with; none for a GIF."""
    return _SOUND.get(plan.output.format, ())


async def make_whole(
    plan: RenderPlan, part: Path, work: Path, on_progress: OnProgress, film: Path | None = None
) -> None:
    """Make the file of `plan` at `part`. `work` is an existing folder. Errors as `render`.

    `film` holds the picture, where that was already put together.
    """
    if film:
        on_progress = _beyond(FILM_SHARE, on_progress)
    graph = Graph()
    match plan.output.format:
        case "gif":
            await _gif(graph, await _seen(graph, plan, work, film), part, work, plan, on_progress)
        case "webm":
            seen = await _seen(graph, plan, work, film)
            heard = sound(graph, plan.scene, await submixed(plan.scene, work))
            await _run(graph, _webm(seen, heard, plan), part, plan, on_progress)
        case kind:
            label = sound(graph, plan.scene, await submixed(plan.scene, work))
            await _run(graph, ["-map", f"[{label}]", *_SOUND[kind]], part, plan, on_progress)


def _beyond(share: float, on_progress: OnProgress) -> OnProgress:
    """What is told of the rest, once that share of all is done."""
    return lambda done: on_progress(share + (1 - share) * done)


async def _seen(graph: Graph, plan: RenderPlan, work: Path, film: Path | None) -> str:
    if film:
        return graph.chain([f"{graph.open(film)}:v"], ["null"])
    return picture(graph, plan.scene, await asyncio.to_thread(draw, plan.scene, work))


def _webm(seen: str, heard: str, plan: RenderPlan) -> list[str]:
    # Ten times as fast as the encoder's default for a file some tenth larger.
    speed = ["-deadline", "realtime", "-cpu-used", "6", "-row-mt", "1", "-tile-columns", "2"]
    return [
        "-map", f"[{seen}]", "-c:v", "libvpx-vp9", *speed, "-threads", str(THREADS), "-pix_fmt", "yuv420p",
        "-crf", str(_VP9_CRF[plan.output.quality]), "-b:v", "0", "-g", str(round(8 * plan.scene.fps)),
        "-frames:v", str(plan.frames), "-map", f"[{heard}]", *_SOUND["webm"],
    ]  # fmt: skip


async def _gif(
    graph: Graph, seen: str, part: Path, work: Path, plan: RenderPlan, on_progress: OnProgress
) -> None:
    """Its palette needs all of the picture first: kept in a file, as in memory it would take gigabytes."""
    quality = plan.output.quality
    rate = min(plan.scene.fps, Fraction(GIF_RATES[quality]))
    seen = graph.chain([seen], [f"fps={number(rate)}"])
    kept, palette = work / "gif.mkv", work / "palette.png"
    await _run(graph, ["-map", f"[{seen}]", *_KEPT], kept, plan, lambda done: on_progress(0.7 * done))
    colours = f"palettegen=max_colors={_COLOURS[quality]}:reserve_transparent=0"
    await run([*guarded(kept), "-vf", colours, "-frames:v", "1", "-update", "1", "-f", "image2"], palette)
    await run(
        [*guarded(kept), *guarded(palette), "-filter_complex",
         f"[0:v][1:v]paletteuse=dither={_DITHER}:diff_mode=rectangle", *_BARE, "-f", "gif"],
        part,
        on_progress=_beyond(0.8, on_progress),
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
