"""Milliseconds as people write them."""

from __future__ import annotations

from fractions import Fraction


def seconds(ms: int) -> str:
    """`3500` → `"3.5s"`, `120000` → `"120s"`."""
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".") + "s"


def span(start_ms: int, end_ms: int) -> str:
    """`(0, 10000)` → `"0-10s"`."""
    return f"{seconds(start_ms)[:-1]}-{seconds(end_ms)}"


def frame_at(ms: int, fps: Fraction) -> int:
    """The index of the frame that starts nearest to `ms`; frame n starts at round(n·1000/fps)."""
    return round(ms * fps / 1000)


def frame_ms(frame: int, fps: Fraction) -> int:
    """When frame `frame` starts."""
    return round(frame * 1000 / fps)


def parse_fps(value: object) -> Fraction:
    """`30`, `29.97` or `"30000/1001"` → a Fraction; anything else → 30."""
    try:
        fps = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return Fraction(30)
    return fps.limit_denominator(1001) if 0 < fps <= 1000 else Fraction(30)
