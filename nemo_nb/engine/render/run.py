"""Carrying a plan out: one file, which appears only when it is whole.

A picture in H.264 is put together from pieces, each copied, found in the cache or encoded, while the sound is
encoded beside them. Other formats are one ffmpeg process.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from ...errors import ExportFailed
from ...media.codecs import Entry
from ...media.codecs.reading import read_track
from ...media.opening import open_media
from . import effort, keys
from .aac import AAC
from .cache import Cache
from .effort import Effort, OnProgress
from .join import Joint, Piece, Unjoinable, join
from .pieces import make_sound, make_stretch, picture_encoder
from .plan import RenderPlan, track_of
from .stretches import Stretch
from .tasks import in_thread, together
from .whole import FILM_SHARE, make_whole, sound_encoder

if TYPE_CHECKING:
    from av.container import InputContainer

# Stretches that are made at a time: each takes some hundred megabytes.
_MANY_PIXELS = 1_500_000
_AT_ONCE = min(4, (os.cpu_count() or 1) // 2 + 1)


async def render(
    plan: RenderPlan,
    target: Path,
    work: Path,
    on_progress: OnProgress | None = None,
    *,
    preset: str = "veryfast",
    aac: Sequence[str] = AAC,
    cache: Cache | None = None,
) -> RenderPlan:
    """Make the file of `plan` at `target`, replacing what is there, when it is whole.

    `work` is an existing folder for what comes before; the caller removes it. `on_progress`
    hears the share done, 0 to 1. Cancelling the task ends ffmpeg and leaves nothing behind. Returns the plan
    that was carried out: another one when a source turned out to be unfit for copying.

    NoSpaceLeft; InvalidInput for a text that can't be drawn; ExportFailed for anything else that went
    wrong, a file that came out shorter than planned among it.

        await render(plan_render(draft, sources), Path("out.mp4"), Path(folder), print)
    """
    part = target.with_name(f"{target.name}.part")
    on_progress = on_progress or (lambda _: None)
    try:
        if plan.in_pieces:
            plan = await _put_together(plan, part, work, on_progress, preset, aac, cache)
        else:
            await _at_once(plan, part, work, on_progress, cache)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)  # there still after an error
    return plan


async def _at_once(
    plan: RenderPlan, part: Path, work: Path, on_progress: OnProgress, cache: Cache | None
) -> None:
    how = [plan.output.format, plan.output.quality, *sound_encoder(plan)]
    pictures = [keys.of_stretch(plan, stretch, how) for stretch in plan.stretches]
    key = keys.of_whole(plan, [keys.of_sound(plan, how), *pictures])
    if cache is None or not await asyncio.to_thread(cache.lend, key, part):
        film = await _film(plan, work, on_progress, cache) if len(plan.stretches) > 1 else None
        await make_whole(plan, part, work, on_progress, film)
        await asyncio.to_thread(_check, part, plan)
        if cache is not None:
            await asyncio.to_thread(cache.keep, key, part)


async def _film(plan: RenderPlan, work: Path, on_progress: OnProgress, cache: Cache | None) -> Path:
    """A picture that is too much for one ffmpeg, put together as an MP4 that is good enough to be encoded again."""
    film = work / "film.mp4"
    between = replace(plan, output=replace(plan.output, format="mp4", quality="high"))
    await _put_together(
        between, film, work, lambda done: on_progress(FILM_SHARE * done), "veryfast", AAC, cache
    )
    return film


async def _put_together(
    plan: RenderPlan,
    part: Path,
    work: Path,
    on_progress: OnProgress,
    preset: str,
    aac: Sequence[str],
    cache: Cache | None,
) -> RenderPlan:
    try:
        await _Assembly(plan, work, on_progress, preset, aac, cache).into(part)
    except Unjoinable as reason:
        plan = plan.without_copies(str(reason))
        try:
            await _Assembly(plan, work, on_progress, preset, aac, cache).into(part)
        except Unjoinable as why:
            raise ExportFailed(f"The pieces of the export don't fit together: {why}.") from None
    return plan


class _Assembly:
    """One export's pieces, made or found, and joined."""

    def __init__(
        self,
        plan: RenderPlan,
        work: Path,
        on_progress: OnProgress,
        preset: str,
        aac: Sequence[str],
        cache: Cache | None,
    ) -> None:
        self._plan = plan
        self._preset = preset
        self._aac = aac
        self._cache = cache
        self._work = Path(tempfile.mkdtemp(prefix="pieces-", dir=work))
        self._effort = Effort(on_progress)
        encoder = picture_encoder(plan, preset)
        self._made = [stretch for stretch in plan.stretches if stretch.source is None]
        self._keys = {stretch: keys.of_stretch(plan, stretch, encoder) for stretch in self._made}
        self._sound_key = keys.of_sound(plan, [plan.output.format, *aac])
        self._whole_key = keys.of_whole(plan, [self._sound_key, *self._keys.values()])

    async def into(self, part: Path) -> None:
        """Write the whole at `part`."""
        if await self._lend(self._whole_key, part):
            return
        heard = self._work / "sound.mp4"
        missing = [item for item in self._made if not await self._lend(self._keys[item], self._path(item))]
        silent = not await self._lend(self._sound_key, heard)
        # All are announced before any begins: what was found in the cache is no progress.
        tell = {stretch: self._effort.part(effort.of_stretch(self._plan, stretch)) for stretch in missing}
        tell_sound = self._effort.part(effort.of_sound(self._plan)) if silent else None
        tell_joined = self._effort.part(effort.of_joining(self._plan))
        sounds = [self._sound(heard, tell_sound)] if tell_sound else []
        await together(self._pictures(tell), *sounds)
        await self._join(heard, part, tell_joined)
        await asyncio.to_thread(_check, part, self._plan)
        await self._keep(self._whole_key, part)

    async def _sound(self, heard: Path, tell: OnProgress) -> None:
        await make_sound(self._plan, heard, self._aac, tell)
        await self._keep(self._sound_key, heard)
        tell(1)

    async def _pictures(self, tell: Mapping[Stretch, OnProgress]) -> None:
        """A few side by side: an encoder uses every core, but what comes before it, and its beginning, one."""
        free = asyncio.Semaphore(_AT_ONCE)
        scene = self._plan.scene
        # A slideshow takes its memory from what is drawn, and has both cores busy by itself.
        alone = asyncio.Semaphore(1 if scene.width * scene.height > _MANY_PIXELS else _AT_ONCE)

        async def make(stretch: Stretch, told: OnProgress) -> None:
            async with alone if stretch.work == "draw" else free:
                path = self._path(stretch)
                await make_stretch(self._plan, stretch, path, self._preset, told)
                await self._keep(self._keys[stretch], path)
                told(1)

        await together(*(make(stretch, told) for stretch, told in tell.items()))

    async def _join(self, heard: Path, part: Path, tell: OnProgress) -> None:
        loop = asyncio.get_running_loop()

        def told(share: float) -> None:
            loop.call_soon_threadsafe(tell, share)

        def work(stop: Event) -> None:
            pieces = self._pieces()
            model = next((n for n, stretch in enumerate(self._plan.stretches) if stretch.source), 0)
            joint = Joint(self._plan.output.format, self._plan.scale, self._plan.end, model)
            join(pieces, heard, part, joint, told, stop)

        await in_thread(work)
        tell(1)

    def _pieces(self) -> list[Piece]:
        copied = any(stretch.source for stretch in self._plan.stretches)
        return [self._piece(stretch, beside_copies=copied) for stretch in self._plan.stretches]

    def _piece(self, stretch: Stretch, *, beside_copies: bool) -> Piece:
        times = self._plan.times(stretch)
        if stretch.source and stretch.entry:
            track = track_of(stretch.source)
            return Piece(stretch.source.path, track, stretch.entry, times, track.coding.sets, track.rewrite)
        path = self._path(stretch)
        track = read_track(path)
        sets, rewrite = track.coding.sets, None
        if track.problem or not track.entries:
            raise Unjoinable(track.problem or "the encoder began with no keyframe")
        if beside_copies and sets and self._plan.coding.sets:
            try:
                sets, rewrite = self._plan.room.beside(sets, self._plan.coding.sets)
            except ValueError as error:
                raise Unjoinable(str(error)) from None
        return Piece(path, track, Entry(0, 0), times, sets, rewrite)

    def _path(self, stretch: Stretch) -> Path:
        return self._work / f"{stretch.start}.mp4"

    async def _lend(self, key: str | None, path: Path) -> bool:
        return self._cache is not None and await asyncio.to_thread(self._cache.lend, key, path)

    async def _keep(self, key: str | None, path: Path) -> None:
        if self._cache is not None:
            await asyncio.to_thread(self._cache.keep, key, path)


def _check(part: Path, plan: RenderPlan) -> None:
    """ExportFailed for a file that isn't as long as planned: ffmpeg may end early and call it success."""
    with open_media(part) as made:
        lengths_ms = [round((made.duration or 0) / 1000), *(round(s * 1000) for s in _heard(made))]
        length_ms = max(lengths_ms, key=lambda length: abs(length - plan.duration_ms))
        frames = _frames(made, plan)
    # Without a picture, an encoder's delay and padding; and a GIF has slower frames.
    exact = plan.output.has_picture and plan.output.format != "gif"
    tolerated = 50 + float(1000 / plan.scene.fps) if exact else 150
    if frames != plan.frames or abs(length_ms - plan.duration_ms) > tolerated:
        raise ExportFailed(
            f"The export came out at {frames} frames and {length_ms / 1000:g} s instead of {plan.frames} "
            f"and {plan.duration_ms / 1000:g} s.",
            next_step="A source may be damaged: look at it in a player, then upload it again.",
        )


def _heard(made: InputContainer) -> list[Fraction]:
    """The length of the sound in seconds, where the container tells it apart from the picture's."""
    return [item.duration * item.time_base for item in made.streams.audio if item.duration and item.time_base]


def _frames(made: InputContainer, plan: RenderPlan) -> int:
    if not made.streams.video or plan.output.format == "gif":
        return plan.frames
    video = made.streams.video[0]
    return video.frames or sum(1 for packet in made.demux(video) if packet.size)
