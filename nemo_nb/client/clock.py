"""Time as the client sees it, so that tests need not sleep."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol

__all__ = ["Clock", "SkippingClock", "SystemClock", "current", "switch"]


class Clock(Protocol):
    """What waits. `nemo_nb.testing.FakeClock` is the one for tests."""

    def monotonic(self) -> float:
        """Seconds that only go forward."""
        ...

    def wall_ms(self) -> int:
        """Milliseconds since 1970."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Do nothing for so long, between two polls for example."""
        ...

    async def until(self, moment: float) -> None:
        """Wait until `monotonic()` has reached `moment`: a limit on something else that goes on meanwhile."""
        ...


class SystemClock:
    """The real one."""

    def monotonic(self) -> float:
        return time.monotonic()

    def wall_ms(self) -> int:
        return time.time_ns() // 1_000_000

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def until(self, moment: float) -> None:
        await asyncio.sleep(max(0.0, moment - time.monotonic()))


class SkippingClock(SystemClock):
    """For what was recorded: a pause is over at once, and has moved the time."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self._skipped

    async def sleep(self, seconds: float) -> None:
        self._skipped += seconds
        await asyncio.sleep(0)

    async def until(self, moment: float) -> None:
        await asyncio.sleep(max(0.0, moment - self.monotonic()))


_current: Clock = SystemClock()


def current() -> Clock:
    """The clock of whoever is given none."""
    return _current


def switch(clock: Clock) -> Clock:
    """Make it the current one, for everything made from now on; returns the one before. For `nemo_nb.testing`."""
    global _current
    before, _current = _current, clock
    return before
