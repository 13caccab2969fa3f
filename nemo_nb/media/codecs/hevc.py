"""HEVC: its parameter sets, the pictures at which decoding may begin, and encoded pieces that get ids of their own.

x265 numbers all its sets 0, as most cameras do, and Apple's players want every set in the one box of an `hvc1` track.
So what was encoded gets other ids. In the head of each slice stands the id of its picture set; one whose code is
exactly eight bits longer leaves all that comes after it where it was within its byte.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from .bits import Bits, golomb, guarded, plain, replaced, sample_of, units
from .track import Coding, Rewrite, Sets

_VPS, _SPS, _PPS = 32, 33, 34
_FIRST_IRAP, _LAST_IRAP = 16, 23
_CRA, _BROKEN_LINK = 21, 18
_HEAD = struct.Struct(">B B I 6s B H B B B B H B")
_LONG_IDS = range(15, 31)  # those whose code has nine bits


@dataclass(frozen=True, slots=True)
class HevcSets:
    """The payload of an `hvcC` box: a head that describes the decoder that is needed, and sets by their kind."""

    head: tuple[int | bytes, ...]
    sets: tuple[bytes, ...]

    @classmethod
    def parse(cls, box: bytes) -> HevcSets:
        if len(box) < 23 or box[0] != 1:
            raise ValueError("its packets aren't those of an MP4")
        head = _HEAD.unpack_from(box)
        if head[-1] & 3 != 3:
            raise ValueError("its packets have short lengths")
        sets, at = [], 23
        try:
            for _ in range(box[22]):
                (count,) = struct.unpack_from(">H", box, at + 1)
                at += 3
                for _ in range(count):
                    (size,) = struct.unpack_from(">H", box, at)
                    sets.append(box[at + 2 : at + 2 + size])
                    at += 2 + size
        except struct.error:
            raise ValueError("its parameters are damaged") from None
        return cls(head, tuple(item for item in sets if item))

    def box(self) -> bytes:
        """The payload of `hvcC`."""
        kinds = sorted({kind(item) for item in self.sets})
        arrays = b""
        for each in kinds:
            same = [item for item in self.sets if kind(item) == each]
            arrays += struct.pack(">BH", 0x80 | each, len(same))
            arrays += b"".join(struct.pack(">H", len(item)) + item for item in same)
        return _HEAD.pack(*self.head) + bytes([len(kinds)]) + arrays

    def merged(self, other: HevcSets) -> HevcSets:
        """Both, under a level that covers both. ValueError where they use an id twice, or differ in kind."""
        if self.head[5 + 2 : 5 + 5] != other.head[5 + 2 : 5 + 5]:
            raise ValueError("pictures of two kinds")
        both = tuple(dict.fromkeys(self.sets + other.sets))
        ids = [(kind(item), _id(item)) for item in both if kind(item) in (_VPS, _SPS, _PPS)]
        if len(set(ids)) < len(ids):
            raise ValueError("two parameter sets of one id")
        head = list(self.head)
        head[2] = int(self.head[2]) & int(other.head[2])
        head[4] = max(int(self.head[4]), int(other.head[4]))
        return HevcSets(tuple(head), both)

    def ids(self, of: int) -> set[int]:
        return {_id(item) for item in self.sets if kind(item) == of}


class Hevc:
    """The room of HEVC. See `Room`."""

    codec, tag = "hevc", "hvc1"
    pix_fmts = ("yuv420p", "yuvj420p", "yuv420p10le")
    containers = ("mp4", "mov", "mkv")

    def sets(self, extradata: bytes) -> HevcSets:
        parsed = HevcSets.parse(extradata)
        if not all(parsed.ids(of) for of in (_VPS, _SPS, _PPS)):
            raise ValueError("its parameters stand among its pictures")
        return parsed

    def framing(self, extradata: bytes) -> Rewrite | None:
        return None

    def entry(self, picture: bytes, sets: Sets | None) -> bool | None:
        known = set(sets.sets) if isinstance(sets, HevcSets) else set()
        for unit in units(picture):
            of = kind(unit)
            if of in (_VPS, _SPS, _PPS):
                if unit not in known:
                    raise ValueError("its parameters change on the way")
            elif of < _VPS:
                return of == _CRA if _FIRST_IRAP <= of <= _CRA else None
        return None

    def encoder(self, crf: int, preset: str, coding: Coding) -> list[str]:
        if isinstance(coding.sets, HevcSets):
            _free_ids(coding.sets)
            preset, crf = "ultrafast", crf - 2  # of the few pictures between copies, none saves much
        pix_fmt = coding.pix_fmt.replace("yuvj", "yuv")
        return [
            "-c:v", "libx265", "-preset", preset, "-crf", str(crf + 2), "-pix_fmt", pix_fmt,
            "-x265-params", "open-gop=0:repeat-headers=0:info=0:log-level=error:pools=4:frame-threads=2",
        ]  # fmt: skip

    def beside(self, made: Sets, copied: Sets) -> tuple[Sets, Rewrite | None]:
        if not isinstance(made, HevcSets) or not isinstance(copied, HevcSets):
            raise ValueError("its parameters can't be told")
        if any(made.ids(of) != {0} for of in (_VPS, _SPS, _PPS)):
            raise ValueError("the encoder numbers its parameters in a way of its own")
        vps, sps, pps = _free_ids(copied)
        sets = tuple(_renumbered(item, vps, sps, pps) for item in made.sets if kind(item) <= _PPS)
        return replace(made, sets=sets), partial(_with_picture_set, pps)

    def opening(self, picture: bytes) -> bytes:
        """One byte is changed: a clean random access becomes a broken link without leading pictures. A mark of the end
        before it would not do, as a decoder then throws away what it hasn't shown yet."""
        return sample_of([bytes([_BROKEN_LINK << 1 | unit[0] & 0x81]) + unit[1:] if kind(unit) == _CRA else unit
                          for unit in units(picture)])  # fmt: skip


def kind(unit: bytes) -> int:
    return unit[0] >> 1 & 63


def _free_ids(sets: HevcSets) -> tuple[int, int, int]:
    """Of the three kinds of sets, one each. ValueError when there is none."""
    ranges = ((_VPS, range(16)), (_SPS, range(16)), (_PPS, _LONG_IDS))
    free = [next((item for item in all_ if item not in sets.ids(of)), None) for of, all_ in ranges]
    if None in free:
        raise ValueError("no id left")
    vps, sps, pps = (item or 0 for item in free)
    return vps, sps, pps


def _id(unit: bytes) -> int:
    bits = Bits(unit[2:])
    if kind(unit) == _VPS:
        return bits.take(4)
    if kind(unit) == _SPS:
        _to_sps_id(bits)
    return bits.unsigned()


def _to_sps_id(bits: Bits) -> None:
    bits.skip(4)
    layers = bits.take(3)
    bits.skip(1 + 96)
    present = [(bits.take(1), bits.take(1)) for _ in range(layers)]
    if layers:
        bits.skip(2 * (8 - layers))
    for profile, level in present:
        bits.skip(88 * profile + 8 * level)


def _renumbered(unit: bytes, vps: int, sps: int, pps: int) -> bytes:
    """A parameter set that had the id 0, and referred to others of the id 0."""
    head, payload = unit[:2], unit[2:]
    if kind(unit) == _VPS:
        return head + replaced(payload, 0, 4, vps, 4)
    if kind(unit) == _SPS:
        bits = Bits(payload)
        _to_sps_id(bits)
        return head + replaced(replaced(payload, bits.at, 1, *golomb(sps)), 0, 4, vps, 4)
    (own, own_bits), (of, of_bits) = golomb(pps), golomb(sps)
    return head + replaced(payload, 0, 2, own << of_bits | of, own_bits + of_bits)


def _with_picture_set(pps: int, picture: bytes) -> bytes:
    return sample_of(list(_slices_of(pps, picture)))


def _slices_of(pps: int, picture: bytes) -> Iterator[bytes]:
    for unit in units(picture):
        of = kind(unit)
        if of >= _VPS:
            if of not in (_VPS, _SPS, _PPS):
                yield unit
            continue
        flags = 2 if _FIRST_IRAP <= of <= _LAST_IRAP else 1
        payload = plain(unit[2:])
        first = payload[0]
        if not first >> (7 - flags) & 1:
            raise ValueError("the encoder numbers its parameters in a way of its own")
        code, bits = golomb(pps)
        rest = 7 - flags  # bits of the first byte after the id
        value = ((first >> (8 - flags)) << bits | code) << rest | first & ((1 << rest) - 1)
        yield unit[:2] + guarded(value.to_bytes(2, "big") + payload[1:])
