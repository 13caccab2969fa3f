"""Work beside other work, which ends when nobody wants it any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from threading import Event
from typing import Any


async def together(*works: Coroutine[Any, Any, None]) -> None:
    """Do all at once. The first error ends the others and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(work)
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None


async def in_thread(work: Callable[[Event], None]) -> None:
    """Do blocking work in a thread, and wait for its end even when cancelled: it may write to a folder of ours.

    The event that `work` is given is set then; it should look at it often.
    """
    stop = Event()
    working = asyncio.ensure_future(asyncio.to_thread(work, stop))
    try:
        await asyncio.shield(working)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([working])
        working.exception()  # of no interest any more, and no noise in the log
        raise
