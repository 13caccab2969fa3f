"""What has to be known of an H.264 track before its packets may stand beside freshly encoded ones.

A group of pictures can be copied by itself when it begins with an IDR picture and the next one does too:
nothing refers across those. "Keyframe" in a container is not enough, as the key picture of an open group
is followed by pictures that need the group before it. So the pictures themselves are looked at, a few
bytes of each keyframe, which costs a millisecond a minute.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

from ...media.opening import open_media
from .colours import BT709, Colours

_SLICE, _IDR, _SPS, _PPS = 1, 5, 7, 8
# Profiles whose parameter sets say more about chroma; of them only High itself is 8-bit 4:2:0.
_BASELINE, _MAIN, _HIGH = 66, 77, 100
_MAX_UNITS = 32  # of one picture, before its first slice
_FULL_RANGE = 2  # as FFmpeg numbers it


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameter sets that a decoder of an `avc1` track is given: the payload of its `avcC` box."""

    profile: int
    constraints: int
    level: int
    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]

    @classmethod
    def parse(cls, box: bytes) -> Parameters:
        """ValueError for anything but a plain box with four-byte lengths.

        >>> Parameters.parse(Parameters(66, 0, 30, (b"gB",), (b"h",)).box()).level
        30
        """
        if len(box) < 7 or box[0] != 1 or box[4] & 3 != 3:
            raise ValueError("its packets aren't those of an MP4")
        sps, at = _sets(box, 6, box[5] & 31)
        if at >= len(box):
            raise ValueError("its parameters are damaged")
        pps, _ = _sets(box, at + 1, box[at])
        return cls(box[1], box[2], box[3], sps, pps)

    def merged(self, other: Parameters) -> Parameters:
        """Both, under a profile and level that cover both. ValueError where they use the same id twice."""
        merged = Parameters(
            profile=max(self.profile, other.profile),
            constraints=self.constraints & other.constraints,
            level=max(self.level, other.level),
            sps=tuple(dict.fromkeys(self.sps + other.sps)),
            pps=tuple(dict.fromkeys(self.pps + other.pps)),
        )
        for sets in ([sps_id(item) for item in merged.sps], [pps_id(item) for item in merged.pps]):
            if len(set(sets)) < len(sets):
                raise ValueError("two parameter sets of one id")
        return merged

    @property
    def free_id(self) -> int:
        """An id that neither kind of set uses yet. ValueError when there is none."""
        used = {sps_id(item) for item in self.sps} | {pps_id(item) for item in self.pps}
        free = next((number for number in range(32) if number not in used), None)
        if free is None:
            raise ValueError("no id left")
        return free

    def box(self) -> bytes:
        """The payload of `avcC`."""
        head = bytes([1, self.profile, self.constraints, self.level, 0xFF, 0xE0 | len(self.sps)])
        tail = bytes([0xFD, 0xF8, 0xF8, 0]) if self.profile >= _HIGH else b""  # 4:2:0, eight bits
        pps = b"".join(struct.pack(">H", len(item)) + item for item in self.pps)
        sps = b"".join(struct.pack(">H", len(item)) + item for item in self.sps)
        return head + sps + bytes([len(self.pps)]) + pps + tail


@dataclass(frozen=True, slots=True)
class Track:
    """The picture of a file with steady frames, as far as copying parts of it is concerned.

    `idrs` are the frames with which a group begins that refers to none before; `ticks` is a frame's
    length in the track's own time base, and `first_dts` when its first packet is decoded. A `problem` says
    why nothing of it can be copied but the whole.
    """

    frames: int = 0
    ticks: int = 1
    first_dts: int = 0
    idrs: tuple[int, ...] = ()
    parameters: Parameters | None = None
    colours: Colours = BT709
    problem: str = ""

    @property
    def delay(self) -> int:
        """How many frames its decoding runs ahead of what is shown."""
        return -(self.first_dts // self.ticks)

    def inside(self, first: int, last: int) -> tuple[int, int]:
        """The longest run of whole groups within frames `[first, last)`; empty where there is none.

        >>> Track(100, (0, 30, 60)).inside(10, 100), Track(100, (0, 30, 60)).inside(10, 50)
        ((30, 100), (30, 30))
        """
        begins = [frame for frame in self.idrs if first <= frame < last]
        if not begins:
            return first, first
        ends = [frame for frame in (*self.idrs, self.frames) if begins[0] <= frame <= last]
        return begins[0], ends[-1]


def read_track(path: Path) -> Track:
    """Look at the H.264 track of a file that `probe` found steady. Blocks for some 10 ms; never raises."""
    import av

    try:
        with open_media(path) as container, path.open("rb") as file:
            stream = container.streams.video[0]
            index = list(stream.index_entries)
            track = Track(len(index), index[1].timestamp - index[0].timestamp, index[0].timestamp)
            context = stream.codec_context
            colours = Colours(int(context.color_primaries), int(context.color_trc), int(context.colorspace))
            if context.color_range == _FULL_RANGE:
                return replace(track, problem="its colours have the full range")
            try:
                parameters = Parameters.parse(bytes(context.extradata or b""))
                colours.tags()
                idrs = tuple(_idrs(file, index, parameters))
                if not parameters.sps or not all(_is_plain(item) for item in parameters.sps):
                    return replace(track, problem="its pictures aren't 8-bit 4:2:0 frames")
            except ValueError as error:
                return replace(track, problem=str(error))
            return replace(track, idrs=idrs, parameters=parameters, colours=colours)
    except (OSError, IndexError, av.error.FFmpegError):
        return Track(problem="its index can't be read")


def time_scale(fps: Fraction) -> tuple[int, int]:
    """A time scale fine enough for players' clocks, and a frame's length in it.

    >>> time_scale(Fraction(30)), time_scale(Fraction(30000, 1001))
    ((15360, 512), (30000, 1001))
    """
    scale, length = fps.numerator, fps.denominator
    while scale < 10_000:
        scale, length = scale * 2, length * 2
    return scale, length


def _sets(box: bytes, at: int, count: int) -> tuple[tuple[bytes, ...], int]:
    sets = []
    for _ in range(count):
        (length,) = struct.unpack_from(">H", box, at) if at + 2 <= len(box) else (0,)
        if not length or at + 2 + length > len(box):
            raise ValueError("its parameters are damaged")
        sets.append(box[at + 2 : at + 2 + length])
        at += 2 + length
    return tuple(sets), at


def _idrs(file: BinaryIO, index: Sequence[Any], parameters: Parameters) -> Iterator[int]:
    """The frames of `index` that are IDR pictures. ValueError where parameters change inside the track."""
    known = {*parameters.sps, *parameters.pps}
    for frame, entry in enumerate(index):
        if not entry.is_keyframe:
            continue
        for kind, at, size in _units(file, entry.pos, entry.pos + entry.size):
            if kind in (_SPS, _PPS):
                file.seek(at)
                if file.read(size) not in known:
                    raise ValueError("its parameters change on the way")
            elif _SLICE <= kind <= _IDR:
                if kind == _IDR:
                    yield frame
                break


def _units(file: BinaryIO, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of a sample's units."""
    for _ in range(_MAX_UNITS):
        file.seek(at)
        head = file.read(5)
        size = int.from_bytes(head[:4], "big")
        if len(head) < 5 or not size or at + 4 + size > end:
            return
        yield head[4] & 31, at + 4, size
        at += 4 + size


# ---- parameter sets, bit by bit -----------------------------------------------------------------


def sps_id(sps: bytes) -> int:
    bits = _Bits(sps[1:])
    bits.skip(24)
    return bits.unsigned()


def pps_id(pps: bytes) -> int:
    return _Bits(pps[1:]).unsigned()


def _is_plain(sps: bytes) -> bool:
    """Whether a sequence parameter set describes 8-bit 4:2:0 pictures, every one a whole frame."""
    bits = _Bits(sps[1:])
    profile = bits.take(8)
    bits.skip(16)
    bits.unsigned()  # id
    if profile not in (_BASELINE, _MAIN, _HIGH):
        return False
    if profile == _HIGH:
        chroma, luma_depth, chroma_depth = bits.unsigned(), bits.unsigned(), bits.unsigned()
        if (chroma, luma_depth, chroma_depth) != (1, 0, 0):
            return False
        bits.skip(1)
        if bits.take(1):
            _skip_scaling(bits)
    bits.unsigned()  # bits of the frame number
    match bits.unsigned():  # how the order of output is told
        case 0:
            bits.unsigned()
        case 1:
            bits.skip(1)
            bits.unsigned(), bits.unsigned()
            for _ in range(bits.unsigned()):
                bits.unsigned()
    bits.unsigned()  # reference frames
    bits.skip(1)
    bits.unsigned(), bits.unsigned()  # width, height
    return bool(bits.take(1))  # frames only, no fields


def _skip_scaling(bits: _Bits) -> None:
    for number in range(8):
        if not bits.take(1):
            continue
        last = after = 8
        for _ in range(16 if number < 6 else 64):
            if after:
                after = (last + bits.signed()) % 256
            last = after or last


class _Bits:
    """A payload read bit by bit, the bytes that only keep start codes apart left out."""

    def __init__(self, payload: bytes) -> None:
        clean = payload.replace(b"\0\0\3", b"\0\0")
        self._value = int.from_bytes(clean, "big")
        self._left = 8 * len(clean)

    def take(self, count: int) -> int:
        self._left -= count
        if self._left < 0:
            raise ValueError("its parameters are damaged")
        return (self._value >> self._left) & ((1 << count) - 1)

    def skip(self, count: int) -> None:
        self.take(count)

    def unsigned(self) -> int:
        """An Exp-Golomb number."""
        zeros = 0
        while not self.take(1):
            zeros += 1
        return (1 << zeros) - 1 + self.take(zeros)

    def signed(self) -> int:
        code = self.unsigned()
        return (code + 1) // 2 if code % 2 else -(code // 2)
