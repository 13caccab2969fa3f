"""What is drawn over a film keeps the film's own cadence, however uneven that is.

Made pictures stand at the times of the film's own, and wherever something begins, ends or fades over it. To ffmpeg they
are shown as pictures of an even film: one for each of those moments. The part of the film that is needed is copied for
it beforehand, its pictures put where they are wanted, so that nothing is left to be rounded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import TypeVar

from ...media.codecs import ROOMS, Track
from ...media.timing import Timing
from .join import Joint, Piece, join
from .scene import MAX_ELEMENTS, Element, Scene, Shot, Source

_ALIKE = Fraction(1, 50)
_NEAR_S = Fraction(1, 1000)  # moments closer than this are one
AnyElement = TypeVar("AnyElement", bound=Element)
_SLOT = 1000  # ticks


def moments(
    scene: Scene, begin: Fraction, until: Fraction, track_of: Callable[[Source], Track]
) -> tuple[Fraction, ...]:
    """The seconds at which pictures made from `begin` to `until` are shown; none where those of the canvas do."""
    shots = _films(scene, begin, until)
    if all(_on_the_grid(shot, scene.fps) for shot in shots):
        return ()
    times = set(_changes(scene, begin, until))
    for shot in shots:
        timing, shift = shot.source.timing, shot.begin - shot.start / scene.fps
        first, last = max(begin, shot.start / scene.fps), min(until, shot.own_until(shot.end, scene.fps))
        if not _usable(track_of(shot.source), timing, timing.shown_at(first + shift)):
            return ()
        numbers = range(timing.shown_at(first + shift) + 1, timing.begins_at(last + shift))
        times.update(timing.at(number) - shift for number in numbers)
    kept = [begin]
    for time in sorted(time for time in times if begin < time < until):
        if time - kept[-1] >= _NEAR_S:
            kept.append(time)
    if len(kept) > 1 and until - kept[-1] < _NEAR_S:
        kept.pop()
    return tuple(kept)


def _films(scene: Scene, begin: Fraction, until: Fraction) -> list[Shot]:
    """The films that are seen, where it is one after the other, each at its own speed, and nothing else moves."""
    first, last = begin * scene.fps, until * scene.fps
    seen = [item for layer in scene.layers for item in layer if item.start < last and item.end > first]
    films = sorted(
        (item for item in seen if isinstance(item, Shot) and item.source.info.duration_ms),
        key=lambda shot: shot.start,
    )
    plain = all(
        shot.source.info.kind == "video"
        and shot.speed == 1
        and not (shot.reverse or shot.loop or shot.freeze or shot.source.skim)
        for shot in films
    )
    moving = any(
        isinstance(item, Shot) and item.transition and item.start + item.transition_frames > first
        for item in seen
    )
    if not films or not plain or moving or len(seen) > MAX_ELEMENTS:
        return []
    covering = films[0].start <= first + 1 and films[-1].end >= last - 1
    return films if covering and all(one.end == other.start for one, other in pairwise(films)) else []


def _on_the_grid(shot: Shot, fps: Fraction) -> bool:
    timing = shot.source.timing
    if abs(timing.rate / fps - 1) > _ALIKE:
        return True  # it is made the canvas's rate
    if not timing.is_even:
        return False
    phase = (timing.at(0) - shot.begin) * fps
    return abs(phase - round(phase)) / fps < _NEAR_S


def _usable(track: Track, timing: Timing, first: int) -> bool:
    """Whether a part of a film from picture `first` on can be decoded by itself."""
    known = track.coding.codec in ROOMS and not track.problem and track.frames == timing.count
    return known and any(entry.frame <= first for entry in track.entries)


def _changes(scene: Scene, begin: Fraction, until: Fraction) -> Iterator[Fraction]:
    """When something begins or ends, and every frame of the canvas while something fades."""
    for item in (item for layer in scene.layers for item in layer):
        yield from (frame / scene.fps for frame in (item.start, item.end))
        for start, end in (
            (item.start, item.start + item.fade_in),
            (item.end - item.fade_out, item.end),
        ):
            first, last = max(start, int(begin * scene.fps)), min(end, int(until * scene.fps) + 1)
            if end > start:
                yield from (frame / scene.fps for frame in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class _Slots:
    """The numbers of moments, which go on at the canvas's rate before the first and after the last."""

    moments: tuple[Fraction, ...]
    until: Fraction
    fps: Fraction

    def of(self, frame: int) -> int:
        """The first that isn't before a frame of the canvas."""
        second = frame / self.fps
        if second < self.moments[0]:
            return -max(1, round((self.moments[0] - second) * self.fps))
        if second >= self.until:
            return len(self.moments) + round((second - self.until) * self.fps)
        return bisect_left(self.moments, second - _NEAR_S)


def as_even(
    scene: Scene,
    times: tuple[Fraction, ...],
    until: Fraction,
    track_of: Callable[[Source], Track],
    work: Path,
    stop: Event,
) -> Scene:
    """A scene of as many frames as there are `times`, each showing what the given one shows then. Blocks.

    The part of the film that is seen comes into the folder `work`.
    """
    slots = _Slots(times, until, scene.fps)
    films = {
        shot: _cut_out(shot, scene, slots, track_of, work / f"cadence-{number}.mp4", stop)
        for number, shot in enumerate(_films(scene, times[0], until))
    }
    layers = (
        [
            films[item] if isinstance(item, Shot) and item in films else _moved(item, slots)
            for item in layer
            if slots.of(item.start) < len(times) and slots.of(item.end) > 0
        ]
        for layer in scene.layers
    )
    kept = tuple(tuple(layer) for layer in layers if layer)
    return replace(scene, layers=kept, frames=len(times), sounds=())


def _moved(item: AnyElement, slots: _Slots) -> AnyElement:
    start, end = slots.of(item.start), slots.of(item.end)
    fade_in, fade_out = slots.of(item.start + item.fade_in) - start, end - slots.of(item.end - item.fade_out)
    return replace(item, start=start, end=end, fade_in=fade_in, fade_out=fade_out)


def _cut_out(
    shot: Shot,
    scene: Scene,
    slots: _Slots,
    track_of: Callable[[Source], Track],
    path: Path,
    stop: Event,
) -> Shot:
    """The shot with a file of its own, in which its pictures stand at the numbers of the moments that show them."""
    timing, track = shot.source.timing, track_of(shot.source)
    shift = shot.begin - shot.start / scene.fps
    moved = _moved(shot, slots)
    first, last = max(0, moved.start), min(len(slots.moments), moved.end)
    shown = [timing.shown_at(time + shift) for time in slots.moments[first:last]]
    entry = [entry for entry in track.entries if entry.frame <= shown[0]][-1]
    end = track.ends[bisect_left(track.ends, shown[-1] + 1)]
    start = max(moved.start, -moved.fade_in - 1)
    ahead = max(shown[0] - entry.frame, first - start)  # pictures before the first moment
    first_at = {number: slot for slot, number in reversed(list(enumerate(shown)))}
    beyond = ahead + len(shown)
    places = [
        _SLOT * (ahead - shown[0] + frame)
        if frame < shown[0]
        else _SLOT * (ahead + first_at[frame])
        if frame in first_at
        else _SLOT * (beyond + frame)
        for frame in range(entry.frame, end)
    ]
    for number in range(len(places) - 1, 0, -1):  # what no moment shows comes right before what one does
        places[number - 1] = min(places[number - 1], places[number] - 1)
    length = scene.fps.denominator
    joint = Joint("mp4", _SLOT * scene.fps.numerator, (places[-1] + _SLOT) * length)
    piece = Piece(
        shot.source.path, track, entry, [place * length for place in places], track.coding.sets, track.rewrite
    )
    join([piece], None, path, joint, None, stop)
    even = Timing(
        1 / (_SLOT * scene.fps), 0, places[0], places[-1] + _SLOT, len(places), Fraction(_SLOT), tuple(places)
    )
    info = replace(shot.source.info, timing=even, zero=Fraction(0), duration_ms=round(even.end_s * 1000) + 1)
    return replace(moved, start=start, source=Source(path, info), begin=(ahead + start - first) / scene.fps)
