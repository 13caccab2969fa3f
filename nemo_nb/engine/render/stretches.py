"""Which frames of the export are copied, and which are made: decided on the timeline, as plain data.

Between two moments at which anything begins or ends, the topmost element decides. A clip there that is shown as it is
shows its own frames at their own times, so they could be copied; anything else touches them. A copy begins where
decoding may begin, and ends wherever nothing that is left out is needed; what is left of a clip's untouched frames is
encoded, together with the touched frames beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Literal

from ...draft.timecode import parse_fps
from ...errors import InvalidInput
from ...media.codecs import ROOMS, Coding, Entry, Room, Track
from ...media.timing import Timing
from .cadence import moments
from .colours import HDR
from .output import even
from .scene import MAX_ELEMENTS, Element, Scene, Shot, Source, Title

Work = Literal["copy", "encode", "draw"]
TrackOf = Callable[[Source], Track]

UNTOUCHED = "picture untouched"
_TO_KEYFRAME = "up to a keyframe"
_ALONE = "no keyframes to cut at"
# Made frames are made in one go, unless a change beside them would have much made again that it doesn't touch.
_PIECE_S, _LEAST_PIECE_S = 10, 2
_MANY_SHOTS = 6
_STILLS = 4  # one after the other in one ffmpeg, where each takes some 90 MB at 1080p
_REVERSED_BYTES = 250_000_000  # 2.7 s of 1080p at 30 frames a second
# An even film whose last picture stays for longer is shown at an even rate to the end.
_HOLD_S = 1
# Moments of the timeline are whole frames of the canvas, those of a draft whole milliseconds.
_NEAR_S = Fraction(3, 2000)
# A copy shorter than this between two made parts is made too, where one piece more costs more than it saves.
_FEW_S = Fraction(1, 4)
_A_PIECE_S, _A_PIXEL_S = 0.2, 1e-8
_LONG_NAMES = {"h264": "H.264", "hevc": "HEVC", "vp9": "VP9"}


@dataclass(frozen=True, slots=True)
class Allowed:
    """Of which codecs copies may be; whether of `even` sources alone; whether of `any` codec, HDR too, that the
    export's format can hold."""

    rooms: tuple[Room, ...]
    even: bool = False
    any: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Frames `[start, end)` of the export, shown from second `begin` to `until`; what is done with them, and why.

    `draw`: made of texts, stills and background alone. A copy is of `source` from `entry` on, its pictures shown
    `shift` seconds earlier than in the file. What is made shows the scene's frames from `first` on, at their own times,
    or what the scene shows at `moments`, in seconds.
    """

    start: int
    frames: int
    work: Work
    reason: str
    begin: Fraction
    until: Fraction
    first: int = 0
    source: Source | None = None
    entry: Entry | None = None
    shift: Fraction = Fraction(0)
    moments: tuple[Fraction, ...] = ()

    @property
    def end(self) -> int:
        return self.start + self.frames

    @property
    def source_frame(self) -> int:
        """The frame of its source with which a copy begins."""
        return self.entry.frame if self.entry else 0


@dataclass(frozen=True, slots=True)
class _Span:
    """Frames of the canvas in which nothing begins or ends. With a `source` they are its own, `shift` seconds on, as
    far as they begin before second `until`."""

    start: int
    end: int
    reason: str
    source: Source | None = None
    shift: Fraction = Fraction(0)
    until: Fraction = Fraction(0)
    decodes: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """Seconds of the timeline that are made, or copied from `entry` to before frame `last` of a source."""

    begin: Fraction
    until: Fraction
    reason: str
    decodes: bool = True
    source: Source | None = None
    entry: Entry | None = None
    last: int = 0
    shift: Fraction = Fraction(0)


def decide(scene: Scene, allowed: Allowed, track_of: TrackOf) -> tuple[Stretch, ...]:
    """The stretches of a scene without gaps, first to last. What is copied is of one coding, of an allowed codec."""
    spans = [_examine(scene, start, end, allowed) for start, end in _between_moments(scene)]
    spans = list(_as_one(_one_coding(_divisible(spans, scene, track_of), track_of), scene.fps))
    parts = [part for span in spans for part in _copied(span, scene, track_of)]
    stretches = list(_bounded(_put_together(_worthwhile(parts, scene), scene), scene))
    return _numbered(
        stretches if allowed.even else [_in_its_cadence(item, scene, track_of) for item in stretches]
    )


def made(scene: Scene, reason: str) -> tuple[Stretch, ...]:
    """The stretches of a scene of which nothing may be copied, for one reason."""
    whole = _Part(Fraction(0), scene.frames / scene.fps, reason)
    return _numbered(_bounded(_put_together([whole], scene), scene))


def _in_its_cadence(stretch: Stretch, scene: Scene, track_of: TrackOf) -> Stretch:
    """A made stretch at the times of the film that is seen in it, where those aren't the canvas's."""
    times = () if stretch.source else moments(scene, stretch.begin, stretch.until, track_of)
    return replace(stretch, moments=times, frames=len(times)) if times else stretch


def _numbered(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The stretches, their frames counted through."""
    numbered: list[Stretch] = []
    for stretch in stretches:
        numbered.append(replace(stretch, start=numbered[-1].end if numbered else 0))
    return tuple(numbered)


def _bounded(stretches: Iterable[Stretch], scene: Scene) -> Iterator[Stretch]:
    """What one ffmpeg can't hold is made in pieces: many elements, and frames that run backwards."""
    for stretch in stretches:
        if stretch.source:
            yield stretch
            continue
        for piece in _of_few_elements(stretch, scene):
            yield from _backwards_in_short(piece, scene)


def _of_few_elements(stretch: Stretch, scene: Scene) -> Iterator[Stretch]:
    elements = sorted((item for layer in scene.layers for item in layer), key=lambda item: item.start)
    while stretch.frames:
        end = stretch.first + stretch.frames
        inside = [item for item in elements if item.start < end and item.end > stretch.first]
        least = inside[MAX_ELEMENTS].start if len(inside) > MAX_ELEMENTS else end
        if least <= stretch.first:
            raise InvalidInput(
                f"More than {MAX_ELEMENTS} pictures and texts at once can't be rendered.",
                next_step="Take some of them away where they lie over each other.",
            )
        stills = [item for item in inside if isinstance(item, Shot) and item.source.info.kind == "image"]
        least = min([least, *(item.start for item in stills[_STILLS:] if item.start > stretch.first)])
        piece, stretch = _parted(stretch, least, scene)
        yield piece


def _backwards_in_short(stretch: Stretch, scene: Scene) -> Iterator[Stretch]:
    """ffmpeg holds in memory every frame of what it turns around."""
    shots = [item for layer in scene.layers for item in layer if isinstance(item, Shot) and item.reverse]
    end = stretch.first + stretch.frames
    held = sum(shot.start < end and shot.end > stretch.first for shot in shots)
    each = (
        max(1, int(_REVERSED_BYTES / (held * scene.width * scene.height * 1.5))) if held else stretch.frames
    )
    while stretch.frames > each:
        piece, stretch = _parted(stretch, stretch.first + each, scene)
        yield piece
    yield stretch


def _parted(stretch: Stretch, frame: int, scene: Scene) -> tuple[Stretch, Stretch]:
    """A made stretch in two, the second from a frame of the scene on; that may have no frames."""
    count = frame - stretch.first
    if count == stretch.frames:
        return stretch, replace(stretch, first=frame, frames=0, begin=stretch.until)
    at = frame / scene.fps
    return (
        replace(stretch, frames=count, until=at),
        replace(stretch, first=frame, frames=stretch.frames - count, begin=at),
    )


def _between_moments(scene: Scene) -> Iterator[tuple[int, int]]:
    """The timeline, cut wherever something begins or ends."""
    moments = {0, scene.frames}
    for element in (element for layer in scene.layers for element in layer):
        moments |= {
            element.start,
            element.end,
            element.start + element.fade_in,
            element.end - element.fade_out,
        }
        if isinstance(element, Shot):
            moments |= {element.start + element.transition_frames, _held_from(element, scene.fps)}
    return pairwise(sorted(moment for moment in moments if 0 <= moment <= scene.frames))


def _shift(shot: Shot, fps: Fraction) -> Fraction:
    """How many seconds later than on the timeline a picture of a shot at normal speed stands in its file."""
    return shot.begin - shot.start / fps


def _held_from(shot: Shot, fps: Fraction) -> int:
    """The frame from which on its source has none left, and the last one is shown for long."""
    timing = shot.source.info.timing
    if shot.speed != 1 or shot.reverse or shot.freeze or timing is None:
        return shot.end
    end = max(shot.start, round((timing.end_s - _shift(shot, fps)) * fps))
    patience = 0 if shot.loop else _HOLD_S * fps if timing.is_even else shot.frames
    return end if shot.end - end > patience else shot.end


# ---- one span -----------------------------------------------------------------------------------

# What only says where a shot is, and the words for what else may be said of it. A property that nobody thought of here
# is a change like any other.
_PLACE = {"id", "source", "start", "end", "begin", "until"}
_WORDS = {
    "transition": "transition {}",
    "freeze": "a still picture",
    "speed": "speed or direction changed",
    "reverse": "speed or direction changed",
    "loop": "repeated",
    "looks": "filter {}",
    "crop": "cropped, turned or flipped",
    "rotation": "cropped, turned or flipped",
    "flip": "cropped, turned or flipped",
    "scale": "placed, scaled or transparent",
    "position": "placed, scaled or transparent",
    "opacity": "placed, scaled or transparent",
    "fade_in": "picture fades",
    "fade_out": "picture fades",
}


def _examine(scene: Scene, start: int, end: int, allowed: Allowed) -> _Span:
    visible = [[item for item in layer if item.start <= start < item.end] for layer in scene.layers]
    seen = [layer for layer in visible if layer]
    decodes = any(isinstance(item, Shot) and item.source.info.duration_ms for layer in seen for item in layer)
    if not seen:
        return _Span(start, end, "background")
    top = seen[-1]
    reason = next(_touches(top, scene, start, end, allowed), None)
    shot = top[0]
    if reason is None and isinstance(shot, Shot):
        until = shot.own_until(end, scene.fps)
        return _Span(start, end, UNTOUCHED, shot.source, _shift(shot, scene.fps), until, decodes)
    return _Span(start, end, reason or "", decodes=decodes)


def _touches(top: Sequence[Element], scene: Scene, start: int, end: int, allowed: Allowed) -> Iterator[str]:
    """Why frames with these elements on top can't be copied, the plainest reason first; none when they can."""
    if any(isinstance(item, Title) for item in top):
        yield "text is drawn"
    shots = [item for item in top if isinstance(item, Shot)]
    for shot in shots:
        if shot.transition and start < shot.start + shot.transition_frames:
            yield f"transition {shot.transition}"
    if len(shots) != 1 or len(shots) < len(top):
        yield "pictures are put together"
        return
    (shot,) = shots
    if shot.source.info.kind != "video":
        yield "a still picture"
    yield from _changes(_between(shot, start, end, scene.fps))
    yield from _coding(shot, scene, allowed)
    if start >= _held_from(shot, scene.fps):
        yield "the last picture is held"


def _between(shot: Shot, start: int, end: int, fps: Fraction) -> Shot:
    """A shot without what does nothing to it between two frames of the canvas."""
    moving = start < shot.start + shot.transition_frames
    return replace(
        shot,
        transition=shot.transition if moving else None,
        transition_frames=shot.transition_frames if moving else 0,
        fade_in=shot.fade_in if start < shot.start + shot.fade_in else 0,
        fade_out=shot.fade_out if end > shot.end - shot.fade_out else 0,
        loop=shot.loop and _held_from(shot, fps) < shot.end,
        fit=None,  # of a picture that has the canvas's size
    )


def _changes(shot: Shot) -> Iterator[str]:
    """By comparing a shot with its untouched self."""
    for field in sorted(fields(shot), key=lambda field: [*_WORDS, field.name].index(field.name)):
        value = getattr(shot, field.name)
        if field.name not in _PLACE and value != field.default:
            first = value[0].name if field.name == "looks" else value
            yield _WORDS.get(field.name, f"{field.name.replace('_', ' ')} changed").format(first)


def _coding(shot: Shot, scene: Scene, allowed: Allowed) -> Iterator[str]:
    """What of a source's coding makes its packets unfit for the export."""
    source, info = shot.source, shot.source.info
    if not _at_its_pace(source, scene, allowed):
        yield f"frame rate made an even {float(scene.fps):g}"
    if (even(info.width), even(info.height)) != (scene.width, scene.height):
        yield f"scaled from {info.width}x{info.height} to {scene.width}x{scene.height}"
    if not any(_takes(room, source) for room in allowed.rooms) or info.interlaced or info.alpha:
        kept = not allowed.any and any(_takes(room, source) for room in ROOMS.values() if room.codec != "vp9")
        hint = ' (codec="source" would copy it)' if kept and not info.interlaced and not info.alpha else ""
        yield f"{info.video_codec} {info.pix_fmt} re-encoded as {_LONG_NAMES[allowed.rooms[0].codec]}{hint}"
    if info.transfer in HDR and not allowed.any:
        yield "HDR shown in ordinary colours"


def _takes(room: Room, source: Source) -> bool:
    return room.codec == source.info.video_codec and source.info.pix_fmt in room.pix_fmts


def _at_its_pace(source: Source, scene: Scene, allowed: Allowed) -> bool:
    """Whether a film may keep its own times: it has the canvas's rate, by its commonest step."""
    timing, rate = source.info.timing, source.info.fps
    if timing is None or rate is None or (allowed.even and not timing.is_even):
        return False
    return rate == scene.fps or parse_fps(rate) == scene.fps


# ---- all spans ----------------------------------------------------------------------------------


def _divisible(spans: Sequence[_Span], scene: Scene, track_of: TrackOf) -> list[_Span]:
    """Tracks that can't be divided are copied with nothing beside them, or not at all."""
    alone = len({(span.source, span.shift) for span in spans}) == 1
    kept = []
    for span in spans:
        track = track_of(span.source) if span.source else None
        timing = span.source.info.timing if span.source else None
        problem = track.problem if track else ""
        if track and timing and track.frames != timing.count:
            problem = problem or "its packets can't be told apart"
        elif problem and alone and timing and track and not track.hidden and not track.rewrite:
            whole = replace(span, start=spans[0].start, end=spans[-1].end, until=spans[-1].until)
            first, last = _frames(whole, scene, timing)
            problem = "" if not first and track.from_start(last) == (Entry(0, 0), last) else problem
        kept.append(_made(span, problem) if problem else span)
    return kept


def _one_coding(spans: Sequence[_Span], track_of: TrackOf) -> list[_Span]:
    """A track has one coding for all that is copied: that which most of it has stays."""
    frames: Counter[Coding] = Counter()
    for span in spans:
        if span.source:
            frames[track_of(span.source).coding] += span.end - span.start
    if len(frames) < 2:
        return list(spans)
    ((kept, _),) = frames.most_common(1)
    return [
        span
        if span.source is None or track_of(span.source).coding == kept
        else _made(span, "coded unlike the clips beside it")
        for span in spans
    ]


def _made(span: _Span, reason: str) -> _Span:
    return _Span(span.start, span.end, reason, decodes=True)


def _as_one(spans: Sequence[_Span], fps: Fraction) -> Iterator[_Span]:
    """Neighbours that go on in one file count as one: those of a clip that was split begin at whole frames."""
    going: _Span | None = None
    for span in spans:
        if going and going.source and going.source == span.source and _goes_on(going.shift, span.shift, fps):
            going = replace(going, end=span.end, until=span.until)
            continue
        if going:
            yield going
        going = span
    if going:
        yield going


def _goes_on(one: Fraction, other: Fraction, fps: Fraction) -> bool:
    return abs(one - other) <= 1 / (2 * fps)


def _frames(span: _Span, scene: Scene, timing: Timing) -> tuple[int, int]:
    """The frames of a span's source that are shown in it: the first, and the one after the last."""
    first = timing.shown_at(span.start / scene.fps + span.shift)
    return first, max(first + 1, timing.begins_at(span.until + span.shift))


def _copied(span: _Span, scene: Scene, track_of: TrackOf) -> Iterator[_Part]:
    """A span as what is copied of it, and what is made before and after that."""
    begin, until = span.start / scene.fps, span.end / scene.fps
    timing = span.source.info.timing if span.source else None
    if span.source is None or timing is None:
        yield _Part(begin, until, span.reason, span.decodes)
        return
    track, (first, last) = track_of(span.source), _frames(span, scene, timing)
    found = track.from_start(last) if not begin and not first else None
    found = found or track.inside(first, last)
    if found is None:
        yield _Part(begin, until, _ALONE)
        return
    entry, end = found
    begins = begin if entry.frame == first else timing.at(entry.frame) - span.shift
    ends = timing.ends(end - 1) - span.shift
    if end == last and abs(ends - until) > _NEAR_S:
        ends = until
    if begins > begin:
        yield _Part(begin, begins, _TO_KEYFRAME)
    yield _Part(begins, ends, UNTOUCHED, True, span.source, entry, end, span.shift)
    if end != last:
        yield _Part(ends, until, _TO_KEYFRAME)


def _worthwhile(parts: Sequence[_Part], scene: Scene) -> list[_Part]:
    """Copies without those that make more work than they save: a copy between two made parts costs one more of them."""
    pixels = scene.width * scene.height
    least = _A_PIECE_S / (pixels * _A_PIXEL_S)  # frames that are made in the time that one more piece takes
    few = min(least, float(_FEW_S * scene.fps))
    kept = []
    for number, part in enumerate(parts):
        between = 0 < number < len(parts) - 1 and not (parts[number - 1].source or parts[number + 1].source)
        short = part.source and between and (part.until - part.begin) * scene.fps < few
        kept.append(_Part(part.begin, part.until, _TO_KEYFRAME) if short else part)
    return kept


def _put_together(parts: Sequence[_Part], scene: Scene) -> Iterator[Stretch]:
    """Neighbours that are made in one go are one stretch."""
    for copied, run in groupby(parts, key=lambda part: part.source is not None):
        if copied:
            for part in run:
                count = part.last - (part.entry.frame if part.entry else 0)
                yield Stretch(
                    0,
                    count,
                    "copy",
                    part.reason,
                    part.begin,
                    part.until,
                    0,
                    part.source,
                    part.entry,
                    part.shift,
                )
            continue
        gathered: list[_Part] = []
        for part in run:
            if gathered and _is_enough(gathered, part, scene):
                yield _gathered(gathered, scene)
                gathered = []
            gathered.append(part)
        yield _gathered(gathered, scene)


def _is_enough(gathered: Sequence[_Part], part: _Part, scene: Scene) -> bool:
    """Whether a new stretch begins with a part: where a long one has something long beside it, and where there are so
    many pictures that they would take much memory at once."""
    begin, length = gathered[0].begin, part.until - part.begin
    if part.begin - begin >= _PIECE_S and length >= _LEAST_PIECE_S:
        return True
    first, last = begin * scene.fps, part.begin * scene.fps
    shots = (item for layer in scene.layers for item in layer if isinstance(item, Shot))
    many = sum(shot.start < last and shot.end > first for shot in shots) >= _MANY_SHOTS
    return many and length >= _FEW_S and not part.reason.startswith("transition")


def _gathered(parts: Sequence[_Part], scene: Scene) -> Stretch:
    reasons = list(dict.fromkeys(part.reason for part in parts))
    words = ", ".join(reasons[:3]) + (", …" if len(reasons) > 3 else "")
    work: Work = "encode" if any(part.decodes for part in parts) else "draw"
    begin, until = parts[0].begin, parts[-1].until
    first, last = round(begin * scene.fps), round(until * scene.fps)
    if first == last:  # less than half a frame of the canvas
        first = min(first, scene.frames - 1)
        last = first + 1
    return Stretch(0, last - first, work, words, begin, until, first)
