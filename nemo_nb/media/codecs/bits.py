"""Units of a coded picture, and their payloads bit by bit, as H.264 and HEVC have them in common."""

from __future__ import annotations

import re
from collections.abc import Iterator

_START_LIKE = re.compile(rb"\0\0(?=[\0-\3])")


def units(sample: bytes, size_bytes: int = 4) -> Iterator[bytes]:
    """The units of one picture in an MP4, each after its length. Ends where a length can't be right.

    >>> [unit.hex() for unit in units(bytes.fromhex("00000002aabb00000001cc"))]
    ['aabb', 'cc']
    """
    at, end = 0, len(sample)
    while at + size_bytes < end:
        size = int.from_bytes(sample[at : at + size_bytes], "big")
        at += size_bytes
        if not size or at + size > end:
            return
        yield sample[at : at + size]
        at += size


def between_start_codes(stream: bytes) -> list[bytes]:
    """The units of a stream in which each follows a start code, as in AVI and MPEG-TS.

    >>> [unit.hex() for unit in between_start_codes(bytes.fromhex("00000001aabb0000000001cc"))]
    ['aabb', 'cc']
    """
    return [unit.rstrip(b"\0") for unit in stream.split(b"\0\0\1")[1:] if unit.rstrip(b"\0")]


def sample_of(parts: list[bytes]) -> bytes:
    """The way back: a picture of these units, with lengths of four bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def plain(payload: bytes) -> bytes:
    """A payload without the bytes that only keep it from looking like a start code."""
    return payload.replace(b"\0\0\3", b"\0\0")


def guarded(payload: bytes) -> bytes:
    """The way back.

    >>> plain(guarded(bytes([0, 0, 0, 0, 1]))) == bytes([0, 0, 0, 0, 1]), guarded(bytes([0, 0, 1])).hex()
    (True, '00000301')
    """
    return _START_LIKE.sub(b"\0\0\3", payload)


class Bits:
    """A payload read bit by bit. ValueError where it ends too early."""

    def __init__(self, payload: bytes) -> None:
        clean = plain(payload)
        self._value = int.from_bytes(clean, "big")
        self._length = self._left = 8 * len(clean)

    @property
    def at(self) -> int:
        """How many bits have been read."""
        return self._length - self._left

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


def golomb(number: int) -> tuple[int, int]:
    """An Exp-Golomb number as its code and how many bits that has.

    >>> golomb(0), golomb(15)
    ((1, 1), (16, 9))
    """
    return number + 1, 2 * (number + 1).bit_length() - 1


def replaced(payload: bytes, at: int, length: int, code: int, bits: int) -> bytes:
    """A payload that ends with a stop bit, with `length` of its bits from `at` on replaced by `bits` others."""
    clean = plain(payload)
    total = 8 * len(clean)
    value = int.from_bytes(clean, "big")
    stop = (value & -value).bit_length() - 1  # so many zeros follow the stop bit
    value, total = value >> stop, total - stop
    after = total - at - length
    head, tail = value >> (after + length), value & ((1 << after) - 1)
    value, total = ((head << bits | code) << after) | tail, total - length + bits
    pad = -total % 8
    return guarded((value << pad).to_bytes((total + pad) // 8, "big"))
