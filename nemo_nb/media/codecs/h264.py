"""H.264: its parameter sets, and the pictures at which decoding may begin.

"Keyframe" in a container is not enough, as the key picture of an open group is followed by pictures that need the
group before it. So the pictures themselves are looked at.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from .bits import Bits, between_start_codes, sample_of, units
from .track import Coding, Rewrite, Sets

_SLICE, _IDR, _SPS, _PPS = 1, 5, 7, 8
_LEFT_OUT = (9, 12)  # where a picture begins, and filling
# Profiles whose parameter sets say more about chroma; of them only High itself is 8-bit 4:2:0.
_BASELINE, _MAIN, _HIGH = 66, 77, 100


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

    @classmethod
    def of(cls, sets: list[bytes]) -> Parameters:
        """Of sets that stand in a stream. ValueError where there are none."""
        sps = tuple(dict.fromkeys(item for item in sets if item[0] & 31 == _SPS and len(item) > 4))
        pps = tuple(dict.fromkeys(item for item in sets if item[0] & 31 == _PPS))
        if not sps or not pps:
            raise ValueError("its parameters stand among its pictures")
        return cls(sps[0][1], sps[0][2], max(item[3] for item in sps), sps, pps)

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


class H264:
    """The room of H.264. See `Room`."""

    codec, tag = "h264", "avc1"
    pix_fmts = ("yuv420p", "yuvj420p")
    containers = ("mp4", "mov", "mkv")

    def sets(self, extradata: bytes) -> Parameters:
        among = self.framing(extradata)
        parameters = Parameters.of(between_start_codes(extradata)) if among else Parameters.parse(extradata)
        if not parameters.sps or not all(_is_plain(item) for item in parameters.sps):
            raise ValueError("its pictures aren't 8-bit 4:2:0 frames")
        return parameters

    def framing(self, extradata: bytes) -> Rewrite | None:
        return _framed if extradata[:3] in (b"\0\0\0", b"\0\0\1") else None

    def entry(self, picture: bytes, sets: Sets | None) -> bool | None:
        known = {*sets.sps, *sets.pps} if isinstance(sets, Parameters) else set()
        for unit in units(picture):
            kind = unit[0] & 31
            if kind in (_SPS, _PPS):
                if unit not in known:
                    raise ValueError("its parameters change on the way")
            elif _SLICE <= kind <= _IDR:
                return False if kind == _IDR else None
        return None

    def encoder(self, crf: int, preset: str, coding: Coding) -> list[str]:
        own_id = coding.sets.free_id if isinstance(coding.sets, Parameters) else 0
        return [
            "-c:v", "libx264", "-preset", preset, "-crf", str(crf), "-pix_fmt", "yuv420p",
            "-x264-params", f"open-gop=0:sps-id={own_id}",
        ]  # fmt: skip

    def beside(self, made: Sets, copied: Sets) -> tuple[Sets, Rewrite | None]:
        return made, None  # it was encoded with an id of its own

    def opening(self, picture: bytes) -> bytes:
        return picture  # every entry says by itself that it begins anew


def _framed(picture: bytes) -> bytes:
    """A picture from between start codes, without what an MP4 has in its head or does without."""
    kept = [unit for unit in between_start_codes(picture) if unit[0] & 31 not in (_SPS, _PPS, *_LEFT_OUT)]
    return sample_of(kept)


def _sets(box: bytes, at: int, count: int) -> tuple[tuple[bytes, ...], int]:
    sets = []
    for _ in range(count):
        (length,) = struct.unpack_from(">H", box, at) if at + 2 <= len(box) else (0,)
        if not length or at + 2 + length > len(box):
            raise ValueError("its parameters are damaged")
        sets.append(box[at + 2 : at + 2 + length])
        at += 2 + length
    return tuple(sets), at


def sps_id(sps: bytes) -> int:
    bits = Bits(sps[1:])
    bits.skip(24)
    return bits.unsigned()


def pps_id(pps: bytes) -> int:
    return Bits(pps[1:]).unsigned()


def _is_plain(sps: bytes) -> bool:
    """Whether a sequence parameter set describes 8-bit 4:2:0 pictures, every one a whole frame."""
    bits = Bits(sps[1:])
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


def _skip_scaling(bits: Bits) -> None:
    for number in range(8):
        if not bits.take(1):
            continue
        last = after = 8
        for _ in range(16 if number < 6 else 64):
            if after:
                after = (last + bits.signed()) % 256
            last = after or last
