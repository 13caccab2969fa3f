"""The parts of an export that ffmpeg makes: stretches of the picture, and the sound as one stream."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from ...draft.timecode import frame_ms
from ...errors import ExportFailed
from ...media.ffmpeg import THREADS, guarded, run
from ...media.opening import open_media
from .aac import encode_long, is_long
from .drawings import draw
from .effort import Effort, OnProgress
from .graph import Graph
from .h264 import time_scale
from .output import CRF
from .picture import picture, whole_transitions
from .plan import RenderPlan
from .sound import sound
from .stretches import Stretch
from .submixes import LOSSLESS, submixed
from .untouched import untouched_sound

_MIXED, _ENCODED = 1, 3  # what decoding and mixing a sound costs beside encoding it, on two cores


def picture_encoder(plan: RenderPlan, preset: str) -> list[str]:
    """The options of x264. What it writes must stand beside copied packets: closed groups, an id of its own."""
    own_id = plan.beside.free_id if plan.beside else 0
    return [
        "-c:v", "libx264", "-preset", preset, "-crf", str(CRF[plan.output.quality]), "-pix_fmt", "yuv420p",
        "-threads", str(THREADS), "-x264-params", f"open-gop=0:sps-id={own_id}",
    ]  # fmt: skip


async def make_stretch(
    plan: RenderPlan, stretch: Stretch, target: Path, preset: str, on_progress: OnProgress
) -> None:
    """Encode the frames of one stretch into an MP4 without sound. `target`'s folder is drawn into."""
    scene = plan.scene
    work = target.with_suffix("")
    work.mkdir()
    drawn = await asyncio.to_thread(draw, scene, work, *whole_transitions(scene, stretch.start, stretch.end))
    graph = Graph()
    label = picture(graph, scene, drawn, stretch.start, stretch.end, plan.colours)
    scale, _ = time_scale(scene.fps)
    await run(
        [
            *graph.inputs, "-filter_complex", graph.text, "-map", f"[{label}]", "-an",
            *picture_encoder(plan, preset), "-frames:v", str(stretch.frames), "-map_metadata", "-1",
            "-video_track_timescale", str(scale), "-f", "mp4",
        ],
        target,
        on_progress=on_progress,
        duration_ms=frame_ms(stretch.frames, scene.fps),
    )  # fmt: skip
    await asyncio.to_thread(_check, target, stretch)


def _check(piece: Path, stretch: Stretch) -> None:
    """ExportFailed for a piece that ffmpeg ended early, calling it success: it would be kept for every later export."""
    with open_media(piece) as made:
        frames = sum(video.frames for video in made.streams.video)
    if frames != stretch.frames:
        raise ExportFailed(
            f"A part of the picture came out at {frames} frames instead of {stretch.frames}.",
            next_step="A source may be damaged: look at it in a player, then upload it again.",
        )


async def make_sound(plan: RenderPlan, target: Path, aac: Sequence[str], on_progress: OnProgress) -> None:
    """The sound of the whole scene as one stream, copied where nothing was done to it, else encoded.

    `target`'s folder is used for what comes before.
    """
    if source := await asyncio.to_thread(untouched_sound, plan.scene):
        copy = ["-map", "0:a:0", "-c:a", "copy", "-map_metadata", "-1", "-map_chapters", "-1", "-f", "mp4"]
        await run(
            [*guarded(source.path), *copy], target, on_progress=on_progress, duration_ms=plan.duration_ms
        )
        return
    graph = Graph()
    label = sound(graph, plan.scene, await submixed(plan.scene, target.parent))
    mix = [*graph.inputs, "-filter_complex", graph.text, "-map", f"[{label}]"]
    duration_ms = plan.duration_ms
    if not is_long(duration_ms):
        options = (*aac, "-map_metadata", "-1", "-f", "mp4")
        await run([*mix, *options], target, on_progress=on_progress, duration_ms=duration_ms)
        return
    effort = Effort(on_progress)
    tell_mixed, tell_encoded = effort.part(_MIXED), effort.part(_ENCODED)
    mixed = target.with_suffix(".wav")
    await run([*mix, *LOSSLESS], mixed, on_progress=tell_mixed, duration_ms=duration_ms)
    await encode_long(mixed, duration_ms, target, aac, tell_encoded)
    mixed.unlink()
