"""A clock that nobody waits for."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from ..client.clock import switch


class FakeClock:
    """A clock that nobody waits for.

    `sleep` returns at once and moves the time; `until` (a limit on something that goes on meanwhile) returns once the
    time has got there, by sleeping or by `advance`. Safe to use from any thread.

    >>> clock = FakeClock()
    >>> asyncio.run(clock.sleep(30))
    >>> clock.slept
    [30]
    """

    def __init__(self, start_ms: int | None = None) -> None:
        self.slept: list[float] = []
        self._start_ms = time.time_ns() // 1_000_000 if start_ms is None else start_ms
        self._now = 0.0
        self._lock = threading.Lock()
        self._waiting: list[tuple[float, asyncio.AbstractEventLoop, asyncio.Future[None]]] = []

    def monotonic(self) -> float:
        return self._now

    def wall_ms(self) -> int:
        return self._start_ms + round(self._now * 1000)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(seconds)
        await asyncio.sleep(0)

    async def until(self, moment: float) -> None:
        loop = asyncio.get_running_loop()
        with self._lock:
            if self._now >= moment:
                return
            reached: asyncio.Future[None] = loop.create_future()
            self._waiting.append((moment, loop, reached))
        await reached

    def advance(self, seconds: float) -> None:
        """Let so much time pass."""
        with self._lock:
            self._now += seconds
            due = [waiter for waiter in self._waiting if waiter[0] <= self._now]
            self._waiting = [waiter for waiter in self._waiting if waiter[0] > self._now]
        for _, loop, reached in due:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_wake, reached)


@contextmanager
def no_waiting(clock: FakeClock | None = None) -> Iterator[FakeClock]:
    """What `connect` makes within it goes by a fake clock: neither a rate limit nor a cut stream takes time."""
    clock = clock or FakeClock()
    before = switch(clock)
    try:
        yield clock
    finally:
        switch(before)


def _wake(reached: asyncio.Future[None]) -> None:
    if not reached.done():
        reached.set_result(None)
