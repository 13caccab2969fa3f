"""When the pictures of a film are shown: what is shown at a moment, and what begins there.

A film's time runs in whole ticks of its picture track's time base, counted from one zero that its picture, its sound
and its container share. Times come from the packets themselves, as only they know: an index tells when pictures are
decoded, and a container's rate is an average.
"""

from __future__ import annotations

import base64
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .opening import open_media, whole_packets

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream

# A draft counts in milliseconds, Matroska too: a moment this little before a picture begins is the picture's own.
SLACK = Fraction(1, 1000)
_ZERO_SLACK_S = (
    1  # a subtitle or a cover that stands so far before picture and sound is none of the film's beginning
)
_ALIKE = Fraction(1, 50)  # steps that differ by less are one step that jitters
_SNAP = Fraction(1, 400)  # a jittering camera's rate is one of the usual ones when it is as close as this
_FINE_S = Fraction(1, 5000)  # ticks too coarse to tell a rate by one step
_USUAL = sorted(
    [Fraction(n) for n in range(1, 241)]
    + [Fraction(n * 1000, 1001) for n in (24, 30, 48, 60, 120, 240)]
    + [Fraction(15, 2), Fraction(25, 2)]
)


@dataclass(frozen=True, slots=True)
class Timing:
    """When each picture of a film is shown. Picture numbers count from 0 in the order in which they are shown.

    All ticks are of `time_base` seconds and count from the film's zero; a packet's own time is `zero` more.
    `first` is when the first picture begins, later than 0 where the sound begins before it; `end` is when the last
    one ends. `step` is the commonest length of a picture, whole or not. `ticks` are the times of all `count`
    pictures where they are uneven; empty where picture n begins at `first + n * step`, give or take what whole ticks
    round away. `hidden`: some packets are only decoded, never shown (an edit list cuts into a group of pictures).
    `lead` is how much earlier a keyframe may be decoded than shown: so much further back a picture has to be sought, as
    an index finds keyframes by when they are decoded, and then that which comes after the picture.

        timing.shown_at(Fraction("4.5"))   # the number of the picture on the screen
        timing.at(29)                      # Fraction(29, 30): when that picture begins, in seconds
    """

    time_base: Fraction
    zero: int
    first: int
    end: int
    count: int
    step: Fraction
    ticks: tuple[int, ...] = field(default=(), repr=False, hash=False)
    hidden: bool = False
    lead: int = 0

    @classmethod
    def even(cls, rate: Fraction, count: int) -> Timing:
        """That of `count` pictures at one rate, the first one at zero."""
        return cls(1 / rate, 0, 0, count, count, Fraction(1))

    @property
    def is_even(self) -> bool:
        """Whether all pictures but perhaps the last are equally long."""
        return not self.ticks

    @property
    def rate(self) -> Fraction:
        """Pictures a second, by the commonest step."""
        return 1 / (self.step * self.time_base)

    def tick(self, number: int) -> Fraction:
        """When picture `number` begins, in ticks; of even pictures, before rounding."""
        return Fraction(self.ticks[number]) if self.ticks else self.first + number * self.step

    def at(self, number: int) -> Fraction:
        """When picture `number` begins, in seconds from the film's zero."""
        return self.tick(number) * self.time_base

    def ends(self, number: int) -> Fraction:
        """When picture `number` gives way to the next one, in seconds; for the last one, when it ends."""
        return self.at(number + 1) if number + 1 < self.count else self.end * self.time_base

    @property
    def end_s(self) -> Fraction:
        """When the last picture ends, in seconds."""
        return self.end * self.time_base

    def stays_until(self, second: Fraction) -> Timing:
        """The same, its last picture shown until that second of the film where that is long after it."""
        end = round(second / self.time_base)
        alone = self.end - int(self.tick(self.count - 1))
        return replace(self, end=end) if end - self.end > alone else self

    @property
    def slack(self) -> Fraction:
        """How many seconds before its time a picture may be asked for: a millisecond, less where steps are short."""
        return min(SLACK, self.step * self.time_base / 4)

    def shown_at(self, second: Fraction) -> int:
        """The number of the picture that is shown at `second`: the last one that has begun.

        Before the first one begins that is the first; after the end it is the last, which stays.

        >>> Timing(Fraction(1, 30), 0, 0, 10, 3, Fraction(1), (0, 1, 7)).shown_at(Fraction(6, 30))
        1
        """
        tick = (second + self.slack) / self.time_base
        begun = bisect_right(self.ticks, tick) if self.ticks else int((tick - self.first) // self.step) + 1
        return min(max(begun - 1, 0), self.count - 1)

    def begins_at(self, second: Fraction) -> int:
        """The number of the first picture that begins at `second` or later; `count` where none does.

        >>> Timing(Fraction(1, 30), 0, 0, 10, 3, Fraction(1), (0, 1, 7)).begins_at(Fraction(2, 30))
        2
        """
        tick = (second - self.slack) / self.time_base
        if self.ticks:
            return bisect_left(self.ticks, tick)
        return min(max(int(-((self.first - tick) // self.step)), 0), self.count)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, a byte or two for a picture. `from_json` is the way back."""
        steps = array("q", (after - before for before, after in pairwise((self.first, *self.ticks))))
        return {
            "time_base": str(self.time_base),
            "zero": self.zero,
            "first": self.first,
            "end": self.end,
            "count": self.count,
            "step": str(self.step),
            "steps": base64.b64encode(zlib.compress(steps.tobytes())).decode() if steps else "",
            "hidden": self.hidden,
            "lead": self.lead,
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Timing:
        """KeyError or ValueError for anything that `to_json` didn't write."""
        steps: array[int] = array("q")
        if raw["steps"]:
            steps.frombytes(zlib.decompress(base64.b64decode(raw["steps"])))
        return cls(
            time_base=Fraction(raw["time_base"]),
            zero=raw["zero"],
            first=raw["first"],
            end=raw["end"],
            count=raw["count"],
            step=Fraction(raw["step"]),
            ticks=tuple(accumulate(steps[1:], initial=raw["first"])) if steps else (),
            hidden=raw["hidden"],
            lead=raw.get("lead", 0),
        )


def zero_of(container: InputContainer, starts: Iterable[Fraction | None]) -> Fraction:
    """The second of a file's own clock that is the film's zero. `starts`: when each track that is used begins.

    The container's beginning, unless that is of something that is neither seen nor heard.
    """
    first = min((start for start in starts if start is not None), default=Fraction(0))
    begins = Fraction(container.start_time or 0, 1_000_000)
    return begins if begins <= first <= begins + _ZERO_SLACK_S else first


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass through a file's packets tells: its zero in seconds of its own clock, the timing of its picture,
    and when each sound track begins and ends in seconds from zero. `told_end`: the same for the whole, as a Matroska
    file says it where it holds nothing else; its last picture may stay for long after its packet."""

    zero: Fraction
    timing: Timing | None
    sounds: tuple[tuple[Fraction, Fraction], ...] = ()
    told_end: Fraction | None = None


def read_packets(path: Path, video: int | None, audios: Sequence[int] = ()) -> Pass:
    """Read the times of all packets of a film's picture and sounds, which are given by their stream's index.

    Decodes nothing; some 0.1 s for 100 MB. Errors as `open_media` and PyAV's own.
    """
    # Opened anew and never sought: where the picture begins late, even seeking to 0 would skip the sound before it.
    with open_media(path) as container:
        film = container.streams[video] if video is not None else None
        pictures = _Pictures(film.codec_context.name if film is not None else "")
        spans = {index: _Span(container.streams[index]) for index in audios}
        used = [container.streams[index] for index in (*([video] if video is not None else []), *audios)]
        for packet in whole_packets(container, *used):
            if packet.stream_index == video:
                pictures.add(packet)
            else:
                spans[packet.stream_index].add(packet)
        shown = sorted(pictures.shown.items())
        base = (film.time_base if film is not None else None) or Fraction(1, 1000)
        starts = [shown[0][0] * base] if shown else []
        zero = zero_of(container, [*starts, *(span.start for span in spans.values())])
        timing = None
        if shown and film is not None:
            timing = timing_of(
                shown,
                base,
                zero=zero,
                told=film.guessed_rate,
                hidden=pictures.hidden,
                lead=pictures.lead,
            )
        told = _told_end(container, used)
        return Pass(
            zero,
            timing,
            tuple(spans[index].after(zero) for index in audios),
            None if told is None else told - zero,
        )


def _told_end(container: InputContainer, used: Sequence[Stream]) -> Fraction | None:
    """When a Matroska film says that it ends, by its own clock; None where something else may go on for so long."""
    alone = len(used) == len(container.streams)
    if not alone or "matroska" not in container.format.name or not container.duration:
        return None
    return Fraction(container.duration, 1_000_000)


class _Pictures:
    """The times and lengths of the pictures that are shown, packet by packet; and whether others are hidden."""

    def __init__(self, codec: str) -> None:
        self.shown: dict[int, int] = {}
        self.hidden = False
        self.lead = 0
        self._codec = codec
        self._begun = False

    def add(self, packet: Packet[Any]) -> None:
        time = packet.pts if packet.pts is not None else packet.dts
        self._begun = self._begun or packet.is_keyframe
        if time is None or not self._begun:
            return
        if packet.is_keyframe:
            self.lead = max(self.lead, time - (packet.dts if packet.dts is not None else time))
        if packet.is_discard:
            self.hidden = True
        elif _is_shown(packet, self._codec):
            self.shown[time] = packet.duration or 0


class _Span:
    """From when to when a sound track has packets, in seconds of the file's own clock."""

    def __init__(self, stream: Stream) -> None:
        self._base = stream.time_base or Fraction(1, 1000)
        self._told = stream.start_time
        self._first: int | None = None
        self._last = 0

    def add(self, packet: Packet[Any]) -> None:
        time = packet.pts if packet.pts is not None else packet.dts
        if time is not None and not packet.is_discard:
            self._first = time if self._first is None else min(self._first, time)
            self._last = max(self._last, time + (packet.duration or 0))

    @property
    def start(self) -> Fraction | None:
        """What is only there to prime the decoder is before it."""
        if self._first is None:
            return None
        return max(self._first, self._first if self._told is None else self._told) * self._base

    def after(self, zero: Fraction) -> tuple[Fraction, Fraction]:
        if self.start is None:
            return Fraction(0), Fraction(0)
        return self.start - zero, self._last * self._base - zero


def timing_of(
    shown: Sequence[tuple[int, int]],
    time_base: Fraction,
    *,
    zero: Fraction = Fraction(0),
    told: Fraction | None = None,
    hidden: bool = False,
    lead: int = 0,
) -> Timing:
    """The timing of pictures by their times and lengths in ticks (0: not said), in the order in which they are shown.

    `zero` in seconds; `told` is the rate that the file claims, believed where the times agree.
    """
    offset = round(zero / time_base)
    times = [time - offset for time, _ in shown]
    step = _step(times, time_base, told)
    last = Fraction(shown[-1][1]) or step or Fraction(1, 25) / time_base
    even = step is None or _is_even(times, step)
    if even and step and abs(last - step) <= 1:
        end = times[0] + round(len(times) * step)
    else:
        end = times[-1] + max(1, round(last))
    return Timing(
        time_base=time_base,
        zero=offset,
        first=times[0],
        end=end,
        count=len(times),
        step=step or last,
        ticks=() if even else tuple(times),
        hidden=hidden,
        lead=lead,
    )


def _is_shown(packet: Packet[Any], kind: str) -> bool:
    """Whether a packet is a picture: VP8 and VP9 have some that only help to decode others."""
    if "vp8" in kind:
        return bool(bytes(packet)[0] & 0x10)
    if "vp9" in kind:
        data = bytes(packet)
        if data[-1] & 0xE0 == 0xC0:  # several frames in one, the last of which is shown
            return True
        bits = data[0] << 8 | (data[1] if len(data) > 1 else 0)
        at = 11 if data[0] >> 4 & 3 < 3 else 10  # of `show_existing_frame`
        return bool(bits >> at & 1 or bits >> (at - 2) & 1)
    return True


def _step(times: Sequence[int], time_base: Fraction, told: Fraction | None) -> Fraction | None:
    """The commonest step, exact where nearly all agree, else that of the rate it must be; None for a lone picture."""
    steps = Counter(after - before for before, after in pairwise(times))
    if not steps:
        return None
    commonest = max(steps, key=lambda step: (steps[step], step))
    if steps[commonest] == steps.total() or (
        time_base <= _FINE_S and steps[commonest] * 10 >= steps.total() * 9
    ):
        return Fraction(commonest)
    reach = max(commonest * _ALIKE, Fraction(1))
    alike = {step: count for step, count in steps.items() if abs(step - commonest) <= reach}
    number = sum(alike.values())
    mean = Fraction(sum(step * count for step, count in alike.items()), number)
    rate = 1 / (mean * time_base)
    near = max(
        _SNAP, Fraction(2) / (mean * number)
    )  # what whole ticks round away, spread over so many pictures
    rates = [usual for usual in [*([told] if told else []), *_USUAL] if abs(usual / rate - 1) <= near]
    chosen = min(
        rates,
        key=lambda usual: (not _is_even(times, 1 / (usual * time_base)), usual != told, abs(usual - rate)),
        default=rate.limit_denominator(1001),
    )
    return 1 / (chosen * time_base)


def _is_even(times: Sequence[int], step: Fraction) -> bool:
    """Whether pictures of that length begin at those times, but for what whole ticks round away."""
    most = 0 if step.denominator == 1 else min(Fraction(1), step / 4)
    first = times[0]
    return all(abs(time - first - number * step) <= most for number, time in enumerate(times))
