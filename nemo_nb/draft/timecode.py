"""Milliseconds as people write them."""

from __future__ import annotations

import math
from fractions import Fraction

_NTSC = (24, 30, 48, 60, 120, 240)


def seconds(ms: int, unit: str = "s") -> str:
    """`3500` → `"3.5s"`, `120000` → `"120s"`."""
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".") + unit


def span(start_ms: int, end_ms: int, unit: str = "s") -> str:
    """`(0, 10000)` → `"0-10s"`."""
    return f"{seconds(start_ms, '')}-{seconds(end_ms, unit)}"


def frame_at(ms: int, fps: Fraction) -> int:
    """The index of the frame that starts nearest to `ms`; frame n starts at round(n·1000/fps)."""
    return round(ms * fps / 1000)


def frame_ms(frame: int, fps: Fraction) -> int:
    """When frame `frame` starts."""
    return round(frame * 1000 / fps)


def parse_fps(value: object) -> Fraction:
    """`30`, `29.97` or `"30000/1001"` → a Fraction; anything else → 30.

    23.976, 29.97 and 59.94 are how people write the rates of NTSC, which are n·1000/1001 exactly. A whole number
    is meant as it is.

    >>> parse_fps(29.97), parse_fps(5)
    (Fraction(30000, 1001), Fraction(5, 1))
    """
    try:
        fps = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return Fraction(30)
    if not 0 < fps <= 1000:
        return Fraction(30)
    ntsc = Fraction(math.ceil(fps) * 1000, 1001)
    meant = fps.denominator > 1 and math.ceil(fps) in _NTSC and abs(ntsc - fps) < Fraction(1, 200)
    return ntsc if meant else fps.limit_denominator(1001)
