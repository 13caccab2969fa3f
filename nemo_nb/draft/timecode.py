"""Milliseconds as people write them."""

from __future__ import annotations

import math
from fractions import Fraction


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

    23.976, 29.97 and 59.94 are how people write the rates of NTSC, which are n·1000/1001 exactly.
    """
    try:
        fps = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return Fraction(30)
    if not 0 < fps <= 1000:
        return Fraction(30)
    ntsc = Fraction(math.ceil(fps) * 1000, 1001)
    return ntsc if abs(ntsc - fps) < Fraction(1, 200) else fps.limit_denominator(1001)
