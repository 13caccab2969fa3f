"""Hearing what others do to a project, while somebody watches it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from ..client import Client
from ..errors import NemoError


class Follower:
    """Listens on the backend, where that can tell, and has `changed` called after each change that others made.

    A connection that ends isn't made anew by itself, as that would start an engine that was stopped; the next call of
    the project's does it, and asks how things stand anyway.
    """

    def __init__(self, client: Client, changed: Callable[[], Awaitable[None]]) -> None:
        self._client = client
        self._changed = changed
        self._task: asyncio.Task[None] | None = None

    def follow(self, session_id: str, wanted: Callable[[], object]) -> None:
        """From now on, as long as it is `wanted`. Called on the loop that owns the connections."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._listen(session_id, wanted))

    async def let_go(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _listen(self, session_id: str, wanted: Callable[[], object]) -> None:
        with contextlib.suppress(NemoError):
            if not await self._client.can("events"):
                return
            async with contextlib.aclosing(self._client.events(session_id)) as events:
                async for by in events:
                    if not wanted():
                        return
                    if by == "others":
                        await self._changed()
