"""What an export will do, decided before ffmpeg starts: plain data that people and tests can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from math import lcm

from ...draft.model import Draft
from ...draft.timecode import span
from ...media.codecs import ROOMS, Coding, Room, Track
from ...media.codecs.reading import read_track
from . import colours
from .output import CRF, Output
from .scene import Scene, Shot, Source, Sources, build_scene
from .stretches import Allowed, Stretch, TrackOf, decide, made

_FINE, _FINEST = 10_000, 10_000_000  # ticks in a second


@dataclass(frozen=True, slots=True)
class RenderPlan:
    """The scene, the file it becomes, and what happens to each stretch of the picture.

    `coding` is that of the packets that are copied: what is encoded must be coded alike, and its parameter sets must
    have ids that those beside it leave free. Times of the whole are in ticks, `scale` of them a second.
    """

    scene: Scene
    output: Output
    stretches: tuple[Stretch, ...]
    coding: Coding
    scale: int

    @property
    def duration_ms(self) -> int:
        return self.scene.duration_ms

    @property
    def frames(self) -> int:
        """How many pictures the export has."""
        return self.stretches[-1].end if self.stretches else self.scene.frames

    @property
    def room(self) -> Room:
        return ROOMS[self.coding.codec]

    @property
    def in_pieces(self) -> bool:
        """Whether the picture is put together from pieces: copied ones, and encoded ones that may be kept."""
        return bool(self.stretches) and (
            self.output.format in _IN_PIECES or any(stretch.source for stretch in self.stretches)
        )

    @property
    def end(self) -> int:
        """The tick at which the last picture ends."""
        return round(self.stretches[-1].until * self.scale)

    def times(self, stretch: Stretch) -> list[int]:
        """When each picture of a stretch is shown, in ticks."""
        begin = round(stretch.begin * self.scale)
        timing = stretch.source.info.timing if stretch.source else None
        if stretch.moments:
            return [begin, *(round(second * self.scale) for second in stretch.moments[1:])]
        if timing is None:
            fps = self.scene.fps
            later = [
                round(number * self.scale / fps)
                for number in range(stretch.first + 1, stretch.first + stretch.frames)
            ]
            return [begin, *later]
        # In whole numbers: a film has many pictures.
        first, length = stretch.source_frame, timing.time_base * self.scale
        back = stretch.shift * self.scale
        by = lcm(length.denominator, back.denominator, timing.step.denominator)
        a_tick, off = int(length * by), int(back * by)
        later = [
            (int(timing.tick(number) * a_tick) - off + by // 2) // by
            for number in range(first + 1, first + stretch.frames)
        ]
        return [begin, *later]

    def without_copies(self, reason: str) -> RenderPlan:
        """The same, with every frame made."""
        coding = _coding_of_its_own(self.scene, self.output.room, None)
        return replace(self, stretches=made(self.scene, reason), coding=coding)

    def rows(self) -> list[dict[str, str]]:
        """For people: `{"time": "0-120s", "picture": "copy", "reason": …}`. What is made for one reason is one row."""
        rows: list[dict[str, str]] = []
        for _, same in groupby(self.stretches, _seen_as_one):
            first, *others = same
            last = others[-1] if others else first
            time = span(round(first.begin * 1000), round(last.until * 1000))
            rows.append({"time": time, "picture": first.work, "reason": first.reason})
        return rows


# Formats whose picture is put together from pieces even where none is copied: a piece that was made is kept.
_IN_PIECES = ("mp4", "mov", "mkv")


def _seen_as_one(stretch: Stretch) -> tuple[str, str, int]:
    return stretch.work, stretch.reason, stretch.start if stretch.source else -1


@lru_cache(maxsize=256)
def track_of(source: Source) -> Track:
    """The track of a source, read from its file, which never changes. Blocks for 0.1 s for 100 MB the first time."""
    return read_track(source.path, rotation=source.info.rotation, flipped=source.info.flipped)


def plan_render(
    draft: Draft, sources: Sources, output: Output | None = None, *, track_of: TrackOf = track_of
) -> RenderPlan:
    """Decide how `draft` becomes a file. Of the media, at most the packets of what may be copied are looked at.

    NothingToExport for an empty draft; InvalidInput, naming segment and key, for what can't be rendered.

        plan = plan_render(draft, {"sha256:…": Source(path, probe(path))}, Output(height=720))
        plan.rows()
    """
    output = output or Output()
    canvas = draft.canvas
    scene = build_scene(draft, sources, output.size(canvas.width, canvas.height), output.frame_rate)
    own = _coding_of_its_own(scene, output.room, None)
    scale, _ = time_scale(scene.fps)
    if not output.has_picture:
        return RenderPlan(scene, output, (), own, scale)
    rooms = tuple(room for room in ROOMS.values() if output.format in room.containers)
    if output.codec != "source":
        rooms = tuple(room for room in rooms if room is output.room)
    if not rooms:
        return RenderPlan(scene, output, made(scene, f"encoded for {output.format}"), own, scale)
    allowed = Allowed(rooms, even=output.frame_rate is not None, any=output.codec == "source")
    stretches = decide(scene, allowed, track_of)
    copied = [stretch.source for stretch in stretches if stretch.source]
    if not copied and output.format not in _IN_PIECES:
        return RenderPlan(scene, output, made(scene, f"encoded for {output.format}"), own, scale)
    if not copied:
        chosen = _longest(scene, rooms) if output.codec == "source" else None
        own = _coding_of_its_own(scene, output.room, track_of(chosen).coding if chosen else None)
        return RenderPlan(scene, output, stretches, own, scale)
    coding = track_of(copied[0]).coding
    plan = RenderPlan(scene, output, stretches, coding, _common_scale(scene.fps, copied))
    alone = all(stretch.source for stretch in stretches)
    return plan if alone else _joinable(plan)


def _joinable(plan: RenderPlan) -> RenderPlan:
    """The plan, as long as what the encoder will write is sure to stand beside what is copied."""
    try:
        colours.tags(plan.coding.colours)
        plan.room.encoder(CRF[plan.output.quality], "", plan.coding)
        if any(side % 2 for side in plan.coding.size):
            raise ValueError("its pictures have an odd size")
    except ValueError as error:
        return plan.without_copies(str(error))
    return plan


def _coding_of_its_own(scene: Scene, room: Room, like: Coding | None) -> Coding:
    """How pictures are coded that stand beside no others; as deep as those of another coding, and in its codec."""
    size = (scene.width, scene.height)
    if like is None:
        seen = Counter({shot.source: shot.frames for shot in _films(scene)}).most_common(1)
        return Coding(room.codec, "yuv420p", size, colours=colours.kept(seen[0][0].info if seen else None))
    return Coding(like.codec, like.pix_fmt.replace("yuvj", "yuv"), size, colours=colours.known(like.colours))


def _longest(scene: Scene, rooms: tuple[Room, ...]) -> Source | None:
    """The source that is seen for longest, of those whose codec the export may have."""
    seen: Counter[Source] = Counter()
    for shot in _films(scene):
        info = shot.source.info
        if any(room.codec == info.video_codec and info.pix_fmt in room.pix_fmts for room in rooms):
            seen[shot.source] += shot.frames
    return next((source for source, _ in seen.most_common(1)), None)


def _films(scene: Scene) -> Iterator[Shot]:
    for layer in scene.layers:
        yield from (item for item in layer if isinstance(item, Shot) and item.source.info.kind == "video")


def time_scale(fps: Fraction) -> tuple[int, int]:
    """A time scale fine enough for players' clocks, and a frame's length in it.

    >>> time_scale(Fraction(30)), time_scale(Fraction(30000, 1001))
    ((15360, 512), (30000, 1001))
    """
    scale, length = fps.numerator, fps.denominator
    while scale < _FINE:
        scale, length = scale * 2, length * 2
    return scale, length


def _common_scale(fps: Fraction, sources: list[Source]) -> int:
    """One in which the pictures of all sources begin at whole ticks, and those of the canvas, where there is one.

    Otherwise a microsecond is near enough.
    """
    timings = [source.timing for source in sources]
    uneven = {
        timing.time_base.denominator for timing in timings if not (timing.is_even and timing.rate == fps)
    }
    if not uneven:
        return time_scale(fps)[0]
    scale = lcm(fps.numerator, *uneven)
    scale *= -(-_FINE // scale)
    return scale if scale <= _FINEST else 1_000_000
