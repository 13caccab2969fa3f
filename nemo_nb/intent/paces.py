"""Stretches that one message gives a speed each: its times are those of the video before any of it was done."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Paces:
    """`done`: stretches as (start, end, factor), in the time of a video that was `total` ms long before.

    >>> Paces(10_000).with_one(0, 5000, 0.5).now(7000)
    12000
    >>> Paces(10_000).with_one(2000, 5000, 2).rest
    ((0, 2000), (5000, 10000))
    """

    total: int
    done: tuple[tuple[int, int, float], ...] = ()

    def with_one(self, start_ms: int, end_ms: int, factor: float) -> Paces:
        return replace(self, done=(*self.done, (start_ms, end_ms, factor)))

    @property
    def times(self) -> frozenset[int]:
        """Where the stretches begin and end, as they were named."""
        return frozenset(ms for start, end, _ in self.done for ms in (start, end))

    @property
    def rest(self) -> tuple[tuple[int, int], ...]:
        """The stretches between those that are done, and around them."""
        starts, ends = zip(*((start, end) for start, end, _ in sorted(self.done)), strict=True)
        around = zip((0, *ends), (*starts, self.total), strict=True)
        return tuple((start, end) for start, end in around if start < end)

    def now(self, ms: int) -> int:
        """Where that moment lies with the stretches as fast as they have become."""
        won = sum(max(0, min(ms, end) - start) * (1 / factor - 1) for start, end, factor in self.done)
        return round(ms + won)
