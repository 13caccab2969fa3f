"""A draft made ready to render: every value checked and bounded, every time counted in frames.

The draft's own model is tolerant and open; this one is neither. What the rest of this package reads
are numbers within bounds, names out of fixed lists and paths of our own store.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ...draft.lettering import PLAIN
from ...draft.model import Draft, Segment, Track
from ...draft.schema import Filter, Point, SegmentMeta
from ...draft.timecode import frame_at
from ...errors import InvalidInput, NothingToExport
from ...media.probe import MediaInfo
from ...media.skimming import Skim
from ...media.timing import Timing

MAX_ELEMENTS = 100  # of one ffmpeg, which opens them all at once: some 16 MB for each 1080p clip
MAX_SIDE = 7680
_ROUNDED_MS = Fraction(3, 4)  # whole milliseconds are so near to the frame that they mean
_ROUNDED_S = Fraction(3, 2000)  # what whole milliseconds round away of a picture's time, and of a frame's
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
TRANSITION_KINDS = ("video", "image")


@dataclass(frozen=True, slots=True)
class Source:
    """A media file of the session: where it is, what it holds, and the id that its bytes alone decide.

    With a `skim`, what is decoded of it stands for what is between.
    """

    path: Path
    info: MediaInfo
    asset: str = ""
    skim: Skim | None = None

    @property
    def timing(self) -> Timing:
        """When its pictures are shown."""
        return self.info.timing or Timing.even(self.info.fps or Fraction(25), max(1, self.info.frames))


Sources = Mapping[str, Source]
Position = str | tuple[float, float]


@dataclass(frozen=True, slots=True)
class Crop:
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Look:
    """A picture filter by its name in the draft, and how strong it is."""

    name: str
    amount: float


@dataclass(frozen=True, slots=True)
class Shot:
    """The picture of a video or image segment. `start`, `end`, fades and transition are in frames.

    `begin` is the second of the source that its first frame shows. `until` is the second of the timeline at which it
    ends: a picture that begins then or later is none of its own, though its last frame may last a little longer.
    """

    id: str
    source: Source
    start: int
    end: int
    begin: Fraction = Fraction(0)
    until: Fraction | None = None
    speed: float = 1.0
    reverse: bool = False
    freeze: bool = False
    loop: bool = False
    fade_in: int = 0
    fade_out: int = 0
    fit: str | None = None  # none said: contained, an overlay as wide as its scale says
    crop: Crop | None = None
    rotation: float = 0.0
    flip: str | None = None
    opacity: float = 1.0
    position: Position = "center"
    scale: float = 1.0
    looks: tuple[Look, ...] = ()
    transition: str | None = None
    transition_frames: int = 0

    @property
    def frames(self) -> int:
        return self.end - self.start

    @property
    def pace(self) -> Fraction:
        """Its speed, exact."""
        return Fraction(self.speed).limit_denominator(1000)

    def own_until(self, frame: int, fps: Fraction) -> Fraction:
        """Until which second of the timeline its pictures begin, of those before a frame of the canvas."""
        second = frame / fps
        return second if self.until is None or frame < self.end else min(second, self.until)


@dataclass(frozen=True, slots=True)
class Title:
    """A text. `size` is its height as a fraction of the canvas's; times are in frames."""

    id: str
    text: str
    start: int
    end: int
    size: float = 0.07
    font: str = ""
    color: str = "#ffffff"
    background: str | None = None
    bold: bool = False
    italic: bool = False
    outline: str | None = None
    shadow: bool = False
    align: str = "center"
    position: Position = "center"
    opacity: float = 1.0
    fade_in: int = 0
    fade_out: int = 0

    @property
    def frames(self) -> int:
        return self.end - self.start


Element = Shot | Title


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound of a video or audio segment, in milliseconds; `tracks` are those of its file that are heard."""

    id: str
    source: Source
    start_ms: int
    end_ms: int
    source_start_ms: int = 0
    speed: float = 1.0
    reverse: bool = False
    loop: bool = False
    volume: float = 1.0
    fade_in_ms: int = 0
    fade_out_ms: int = 0
    duck_db: float = 0.0
    of_picture: bool = False
    tracks: tuple[int, ...] = (1,)

    @property
    def duration_ms(self) -> int:
        return self.end_ms - self.start_ms

    @property
    def pace(self) -> Fraction:
        """Its speed, exact."""
        return Fraction(self.speed).limit_denominator(1000)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything to be seen and heard. `layers` from the bottom up, each in the order of time."""

    width: int
    height: int
    fps: Fraction
    background: str
    frames: int
    duration_ms: int
    layers: tuple[tuple[Element, ...], ...]
    sounds: tuple[Sound, ...]


def build_scene(
    draft: Draft, sources: Sources, size: tuple[int, int], frame_rate: Fraction | None = None
) -> Scene:
    """The scene of `draft` on a picture of `size` pixels, at the canvas's frame rate unless another is given.

    NothingToExport for a draft without segments, InvalidInput naming the segment and the key for any
    value that can't be rendered.
    """
    if not draft.can_export or draft.duration_ms <= 0:
        raise NothingToExport("There is nothing on the timeline yet.")
    width, height = size
    if not (16 <= width <= MAX_SIDE and 16 <= height <= MAX_SIDE):
        raise InvalidInput(f"A picture of {width}x{height} can't be made: 16 to {MAX_SIDE} pixels a side.")
    canvas = draft.canvas
    fps = frame_rate or canvas.fps
    if not 1 <= fps <= 240:
        raise InvalidInput(f"{fps} frames a second can't be made: 1 to 240.")
    frames = max(1, frame_at(draft.duration_ms, fps))
    reader = _Reader(sources, fps, frames)
    layers: list[tuple[Element, ...]] = []
    sounds: list[Sound] = []
    for track in draft.tracks:
        elements, heard = reader.track(track, above=bool(layers))
        layers += [elements] if elements else []
        sounds += heard
    return Scene(
        width=width,
        height=height,
        fps=fps,
        background=_colour(canvas.background, "the canvas's background"),
        frames=frames,
        duration_ms=draft.duration_ms,
        layers=tuple(layers),
        sounds=tuple(sounds),
    )


class _Reader:
    def __init__(self, sources: Sources, fps: Fraction, frames: int) -> None:
        self.sources = sources
        self.fps = fps
        self.frames = frames

    def track(self, track: Track, *, above: bool) -> tuple[tuple[Element, ...], list[Sound]]:
        """What is seen and heard of a track; `above`: it lies over another picture."""
        elements: list[Element] = []
        sounds: list[Sound] = []
        read = [(segment, _meta(segment)) for segment in track.segments if segment.duration_ms > 0]
        _refuse_overlaps(read)
        for index, (segment, meta) in enumerate(read):
            if meta.kind == "text":
                elements += self._title(segment, meta)
                continue
            source = self._source(segment, may_be_over=above and meta.kind == "video")
            if meta.kind in ("video", "image"):
                elements += self._shot(segment, meta, source)
            if not track.muted and _is_heard(segment, meta, source):
                following = read[index + 1] if index + 1 < len(read) else None
                sounds.append(_sound(segment, meta, source, following))
        return tuple(elements), sounds

    def _source(self, segment: Segment, *, may_be_over: bool) -> Source:
        source = self.sources.get(segment.asset)
        if source is None:
            raise InvalidInput(f"The file of segment {segment.id} ({segment.name!r}) isn't in this project.")
        # A film over the picture may be shown for longer than it lasts, its last frame held. A cut in it leaves
        # a piece that has only that.
        if _is_over(segment, source) and not may_be_over:
            start, length = segment.source_start_ms, source.info.duration_ms
            raise InvalidInput(
                f"source_start_ms of segment {segment.id} is {start}, but its file ends at {length}."
            )
        return source

    def _shot(self, segment: Segment, meta: SegmentMeta, source: Source) -> list[Element]:
        if not source.info.has_video:
            raise InvalidInput(f"Segment {segment.id} shows {segment.name!r}, which has no picture.")
        start, end = self._span(segment)
        if start == end:
            return []
        transition = meta.transition
        return [
            Shot(
                id=segment.id,
                source=source,
                start=start,
                end=end,
                begin=self._begin(segment, meta, source, start),
                until=Fraction(segment.end_ms, 1000),
                speed=meta.speed,
                reverse=meta.reverse,
                freeze=meta.freeze,
                # A moving GIF runs on for as long as it is shown, as everywhere else.
                loop=meta.loop or meta.kind == "image",
                fade_in=self._frames(meta.video_fade_in_ms),
                fade_out=self._frames(meta.video_fade_out_ms),
                fit=meta.fit if "fit" in meta.model_fields_set else None,
                crop=_crop(segment, meta),
                rotation=meta.rotation % 360,
                flip=meta.flip,
                opacity=meta.opacity,
                position=_position(meta),
                scale=meta.scale,
                looks=tuple(_look(item, segment) for item in meta.filters),
                transition=transition.type if transition else None,
                transition_frames=self._frames(transition.duration_ms) if transition else 0,
            )
        ]

    def _title(self, segment: Segment, meta: SegmentMeta) -> list[Element]:
        start, end = self._span(segment)
        if meta.transition:
            raise InvalidInput(f"transition of segment {segment.id}: a text fades, it has no transitions.")
        if start == end or not (meta.text or "").strip():
            return []
        style: Mapping[str, Any] = {
            **PLAIN,
            **(meta.style.model_dump(exclude_none=True) if meta.style else {}),
        }
        outline = style.get("outline")
        return [
            Title(
                id=segment.id,
                text=meta.text or "",
                start=start,
                end=end,
                size=float(style["font_size"]),
                font=str(style.get("font", "")),
                color=str(style["color"]),
                background=style.get("background"),
                bold=bool(style.get("bold")),
                italic=bool(style.get("italic")),
                outline=_colour("#000000" if outline is True else outline, "outline") if outline else None,
                shadow=bool(style.get("shadow")),
                align=str(style["align"]),
                position=_position(meta),
                opacity=meta.opacity,
                fade_in=self._frames(meta.video_fade_in_ms),
                fade_out=self._frames(meta.video_fade_out_ms),
            )
        ]

    def _span(self, segment: Segment) -> tuple[int, int]:
        """A frame shows what there is when it begins: a segment's first one is the first that begins within it."""
        moments = segment.start_ms, segment.end_ms
        start, end = (max(0, math.ceil((ms - _ROUNDED_MS) * self.fps / 1000)) for ms in moments)
        return start, min(end, self.frames)

    def _begin(self, segment: Segment, meta: SegmentMeta, source: Source, frame: int) -> Fraction:
        """Which second of its source a segment's first frame shows: nothing from before its own first moment.

        Exactly when a picture begins, where that is no further than a frame's beginning may be from the segment's.
        """
        second, timing = Fraction(meta.source_start_ms, 1000), source.timing
        if not meta.freeze and not meta.reverse:
            late = (frame / self.fps - Fraction(segment.start_ms, 1000)) * Fraction(meta.speed)
            # A frame that begins before the segment begins with the same picture, or with the segment's first.
            if late > 0 or timing.shown_at(second + late) == timing.shown_at(second):
                second += late
        shown = timing.shown_at(second)
        begun, following = timing.at(shown), timing.at(min(shown + 1, timing.count - 1))
        for near in (begun, following):
            if abs(near - second) <= _ROUNDED_S:
                return near
        # Of a film at the canvas's rate each frame shows one picture: as well from its beginning.
        as_even = timing.is_even and not meta.freeze and (timing.rate / self.fps).denominator == 1
        return max(
            Fraction(0), begun if as_even and 0 <= second - begun < timing.step * timing.time_base else second
        )

    def _frames(self, ms: int) -> int:
        return frame_at(ms, self.fps)


def _meta(segment: Segment) -> SegmentMeta:
    try:
        return SegmentMeta.model_validate({**segment.meta, "kind": segment.kind})
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(map(str, fault["loc"]))
        raise InvalidInput(f"{key} of segment {segment.id} can't be rendered: {fault['msg']}.") from None


def _refuse_overlaps(read: Sequence[tuple[Segment, SegmentMeta]]) -> None:
    """Two pictures of one track share time only in a transition, and never one within the other."""
    for (before, _), (after, meta) in pairwise(read):
        shared = before.end_ms - after.start_ms
        allowed = meta.transition.duration_ms if meta.transition else 0
        if shared > allowed or (shared > 0 and after.end_ms < before.end_ms):
            raise InvalidInput(f"Segments {before.id} and {after.id} overlap without a transition.")


def _is_over(segment: Segment, source: Source) -> bool:
    """Whether its file has ended where it would start."""
    return 0 < source.info.duration_ms <= segment.source_start_ms


def _is_heard(segment: Segment, meta: SegmentMeta, source: Source) -> bool:
    if meta.kind == "audio" and not source.info.has_audio:
        raise InvalidInput(f"Segment {segment.id} plays {segment.name!r}, which has no sound.")
    if not source.info.has_audio or _is_over(segment, source):
        return False
    return not meta.muted and not meta.freeze and meta.volume > 0


def _sound(
    segment: Segment, meta: SegmentMeta, source: Source, following: tuple[Segment, SegmentMeta] | None
) -> Sound:
    """With the sound of a transition: the one clip's fades out while the next one's fades in."""
    fade_in, fade_out = meta.fade_in_ms, meta.fade_out_ms
    if meta.transition:
        fade_in = max(fade_in, meta.transition.duration_ms)
    if following and following[1].transition:
        fade_out = max(fade_out, segment.end_ms - following[0].start_ms)
    return Sound(
        id=segment.id,
        source=source,
        start_ms=segment.start_ms,
        end_ms=segment.end_ms,
        source_start_ms=meta.source_start_ms,
        speed=meta.speed,
        reverse=meta.reverse,
        loop=meta.loop,
        volume=meta.volume,
        fade_in_ms=min(fade_in, segment.duration_ms),
        fade_out_ms=min(fade_out, segment.duration_ms),
        duck_db=float(meta.duck.amount_db) if meta.duck and meta.kind == "audio" else 0.0,
        of_picture=meta.kind == "video",
        tracks=_tracks(segment, meta, source),
    )


def _tracks(segment: Segment, meta: SegmentMeta, source: Source) -> tuple[int, ...]:
    """Which of its file's sounds are heard: the chosen ones, or what the file prefers."""
    info = source.info
    heard = {track.number for track in info.sounds if track.is_heard}
    for number in meta.sound_tracks or ():
        if heard and number not in heard:
            raise InvalidInput(
                f"sound_tracks of segment {segment.id} has {number}, which isn't among the sounds of {segment.name!r}.",
                next_step=f"There is {', '.join(map(str, sorted(heard)))}.",
            )
    return tuple(meta.sound_tracks or info.heard or (1,))


def _position(meta: SegmentMeta) -> Position:
    place = meta.position
    return (place.x, place.y) if isinstance(place, Point) else place


def _crop(segment: Segment, meta: SegmentMeta) -> Crop | None:
    box = meta.crop
    if box is None or (box.x, box.y, box.w, box.h) == (0, 0, 1, 1):
        return None
    if box.x + box.w > 1.0001 or box.y + box.h > 1.0001:
        raise InvalidInput(f"crop of segment {segment.id} reaches over the picture's edge.")
    return Crop(box.x, box.y, box.w, box.h)


def _look(item: Filter, segment: Segment) -> Look:
    if item.amount < 0 and item.name not in ("brightness", "contrast", "saturation"):
        raise InvalidInput(f"filters of segment {segment.id}: the amount of {item.name} is 0 to 1.")
    return Look(item.name, item.amount)


def _colour(value: object, what: str) -> str:
    if not isinstance(value, str) or not COLOUR.fullmatch(value):
        raise InvalidInput(f"{what} must be a colour like #ffcc00.")
    return value
