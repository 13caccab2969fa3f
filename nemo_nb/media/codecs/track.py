"""What has to be known of a picture track before parts of it may be copied, whatever its codec.

Packets stand in the order of decoding, pictures in the order in which they are shown. A part can be copied from a
packet on at which a decoder can begin (an *entry*) up to any place before which exactly the first pictures have been
decoded, none of a later time among them: nothing before such a place refers to what is behind it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Protocol, Self

Rewrite = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Colours:
    """How a picture is coded, by the numbers of H.273, 2 where it doesn't say; and whether it has the full range."""

    primaries: int = 1
    transfer: int = 1
    matrix: int = 1
    full: bool = False


BT709 = Colours()


class Sets(Protocol):
    """The parameter sets that the decoder of a track is given: the payload of a box beside its pictures."""

    def merged(self, other: Self) -> Self:
        """Both. ValueError where they use one id for two things."""

    def box(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Coding:
    """All that the pictures of one track must have in common. `size` in pixels as coded, `pixel` is a pixel's shape,
    `rotation` what a player turns them by, in degrees clockwise, after it has turned them upside down where `flipped`;
    `sets` None where the codec has none, or they can't be read."""

    codec: str
    pix_fmt: str
    size: tuple[int, int]
    pixel: Fraction = Fraction(1)
    rotation: int = 0
    flipped: bool = False
    colours: Colours = BT709
    sets: Sets | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Packet number `packet`, at which decoding may begin with picture number `frame`.

    `leading`: so many packets right after it are of earlier pictures, and are left out where a copy begins here.
    `linked`: the packet says that it goes on from what is before it.
    """

    packet: int
    frame: int
    leading: int = 0
    linked: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """The picture track of a file. `times` are its packets' own, in ticks and in the order of decoding. Frames count
    the pictures that are shown, in the order of time; `hidden` ones before them are only decoded. After `ends`, numbers
    of frames, packets may end. A `problem` says why nothing of it can be copied but the whole. `rewrite` makes packets
    as they stand in an MP4, where they are others in this file.
    """

    coding: Coding
    time_base: Fraction = Fraction(1)
    times: Sequence[int] = ()
    entries: tuple[Entry, ...] = ()
    hidden: int = 0
    frames: int = 0
    problem: str = ""
    ends: Sequence[int] = ()
    rewrite: Rewrite | None = None

    def inside(self, first: int, last: int) -> tuple[Entry, int] | None:
        """The longest copy within frames `[first, last)`: where it begins, and the frame before which it ends.

        >>> track = Track(Coding("h264", "yuv420p", (2, 2)), entries=(Entry(0, 0), Entry(30, 30)), frames=60,
        ...               ends=range(61))
        >>> track.inside(10, 45)
        (Entry(packet=30, frame=30, leading=0, linked=False), 45)
        >>> track.inside(31, 60) is None
        True
        """
        entry = next((entry for entry in self.entries if entry.frame >= first), None)
        end = bisect_right(self.ends, last)
        if entry is None or not end or self.ends[end - 1] <= entry.frame:
            return None
        return entry, self.ends[end - 1]

    def from_start(self, last: int) -> tuple[Entry, int] | None:
        """The same from the first frame on, for a copy with nothing before it, which so begins as the file does."""
        end = bisect_right(self.ends, last)
        if self.hidden or not self.frames or not end or self.ends[end - 1] <= 0:
            return None
        return Entry(0, 0), self.ends[end - 1]


def ranks(times: Sequence[int]) -> list[int]:
    """The place of each packet in the order in which pictures are shown. ValueError for two at one time.

    >>> ranks([0, 3, 1, 2])
    [0, 3, 1, 2]
    """
    order = sorted(times)
    if any(one == other for one, other in pairwise(order)):
        raise ValueError("it has two pictures at one time")
    return [bisect_left(order, time) for time in times]


def closed(places: Sequence[int]) -> array[int]:
    """After how many packets exactly the first pictures have been decoded.

    >>> list(closed([0, 3, 1, 2]))
    [1, 4]
    """
    found, highest = array("q"), -1
    for number, place in enumerate(places):
        highest = max(highest, place)
        if highest == number:
            found.append(number + 1)
    return found
