"""The parts of an export that ffmpeg makes: stretches of the picture, and the sound as one stream."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from ...draft.timecode import frame_ms
from ...errors import ExportFailed
from ...media.ffmpeg import THREADS, run
from ...media.opening import open_media
from . import colours
from .aac import Mixed, NoSeam, encode, encode_long, is_long, led_in
from .cadence import as_even
from .drawings import draw
from .effort import Effort, OnProgress
from .graph import Graph
from .output import CRF
from .picture import picture, whole_transitions
from .plan import RenderPlan, track_of
from .scene import Scene
from .sound import sound
from .splice import splice
from .stretches import Stretch
from .submixes import LOSSLESS, submixed
from .tasks import in_thread, together
from .untouched import untouched_sound
from .whole import sound_encoder

_MIXED, _ENCODED = 1, 3  # what decoding and mixing a sound costs beside encoding it, on two cores


def picture_encoder(plan: RenderPlan, preset: str) -> list[str]:
    """The options of the encoder. What it writes must stand beside copied packets."""
    return [
        *plan.room.encoder(CRF[plan.output.quality], preset, plan.coding), "-threads", str(THREADS)
    ]  # fmt: skip


async def make_stretch(
    plan: RenderPlan, stretch: Stretch, target: Path, preset: str, on_progress: OnProgress
) -> None:
    """Encode the frames of one stretch into an MP4 without sound. `target`'s folder is drawn into."""
    scene, first, last = plan.scene, stretch.first, stretch.first + stretch.frames
    work = target.with_suffix("")
    work.mkdir()
    if stretch.moments:
        scene, first, last = await _as_even(scene, stretch, work), 0, stretch.frames
    drawn = await asyncio.to_thread(draw, scene, work, *whole_transitions(scene, first, last))
    graph = Graph()
    label = picture(graph, scene, drawn, first, last, plan.coding.colours, deep="10" in plan.coding.pix_fmt)
    label = graph.chain([label], [*_as_coded(plan), f"setparams={colours.tags(plan.coding.colours)}"])
    await run(
        [
            *graph.inputs, "-filter_complex", graph.text, "-map", f"[{label}]", "-an",
            *picture_encoder(plan, preset), "-frames:v", str(stretch.frames), "-map_metadata", "-1", "-f", "mp4",
        ],
        target,
        on_progress=on_progress,
        duration_ms=frame_ms(stretch.frames, scene.fps),
    )  # fmt: skip
    await asyncio.to_thread(_check, target, stretch)


async def _as_even(scene: Scene, stretch: Stretch, work: Path) -> Scene:
    made: list[Scene] = []
    await in_thread(
        lambda stop: made.append(as_even(scene, stretch.moments, stretch.until, track_of, work, stop))
    )
    return made[0]


def _as_coded(plan: RenderPlan) -> list[str]:
    """Filters that make of an upright picture one as those beside it are coded: turned, its pixels not square."""
    coding = plan.coding
    back: list[str] = {90: ["transpose=cclock"], 180: ["hflip", "vflip"], 270: ["transpose=clock"]}.get(
        coding.rotation, []
    )
    width, height = coding.size
    upright = (plan.scene.width, plan.scene.height)
    given = upright[::-1] if coding.rotation in (90, 270) else upright
    shape = f"setsar={coding.pixel.numerator}/{coding.pixel.denominator}"
    fitted = [f"scale={width}:{height}", shape] if (width, height) != given or coding.pixel != 1 else []
    return [*back, *(["vflip"] if coding.flipped else []), *fitted]


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

    `target`'s folder is used for what comes before. `aac` are the options of AAC, which no WebM can hold.
    """
    if plan.output.format == "webm":
        graph = Graph()
        label = sound(graph, plan.scene, await submixed(plan.scene, target.parent))
        args = [*graph.inputs, "-filter_complex", graph.text, "-map", f"[{label}]", *sound_encoder(plan)]
        await run(args, target, on_progress=on_progress, duration_ms=plan.duration_ms)
        return
    if runs := await asyncio.to_thread(untouched_sound, plan.scene):
        try:
            await splice(plan.scene, runs, target, aac, on_progress)
        except NoSeam:
            pass  # then all of it
        else:
            return
    graph = Graph()
    duration_ms = plan.duration_ms
    label = led_in(graph, sound(graph, plan.scene, await submixed(plan.scene, target.parent)), duration_ms)
    mix = [*graph.inputs, "-filter_complex", graph.text, "-map", f"[{label}]"]
    if not is_long(duration_ms):
        await encode(mix, duration_ms, target, aac, on_progress)
        return
    effort = Effort(on_progress)
    tell_mixed, tell_encoded = effort.part(_MIXED), effort.part(_ENCODED)
    mixed = Mixed(target.with_suffix(".wav"))

    async def write() -> None:
        await run([*mix, *LOSSLESS], mixed.path, on_progress=tell_mixed, duration_ms=duration_ms)
        mixed.whole.set()

    await together(write(), encode_long(mixed, duration_ms, target, aac, tell_encoded))
    mixed.path.unlink()
