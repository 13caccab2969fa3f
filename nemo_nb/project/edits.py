"""Edits of one project that aren't sentences: operations, steps back and forth, and turns of the past."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from ..client import Client, Runner, Turn
from ..client.answers import Applied
from ..draft import Change, Draft
from . import plans
from .plans import Operations


class Edits:
    """`lock` is held while the edit changes, so that nobody is told what somebody else did."""

    def __init__(self, client: Client, runner: Runner, lock: asyncio.Lock) -> None:
        self._client = client
        self._runner = runner
        self._lock = lock

    async def draft(self, session_id: str) -> Draft:
        return (await self._client.state(session_id)).draft

    async def apply(self, session_id: str, operations: Operations, label: str | None = None) -> list[Change]:
        listed = plans.listed(operations)
        with plans.still_fitting(operations):
            return await self._made(session_id, lambda: self._client.apply(session_id, listed, label))

    async def leave_out(self, session_id: str, turns: Sequence[int]) -> list[Change]:
        label = ", ".join(f"undo turn {n}" for n in turns)
        named = [(n, None) for n in turns]
        return await self._made(session_id, lambda: self._client.leave_out(session_id, named, label))

    async def walk(
        self, session_id: str, direction: str, steps: int, say: Callable[[str], Awaitable[Any]]
    ) -> list[Change]:
        """`direction`: undo or redo. A plain backend has no call for it, but it can be asked with `say`."""
        call = self._client.undo if direction == "undo" else self._client.redo
        if await self._client.can("undo"):
            return await self._made(session_id, lambda: call(session_id, steps))
        before = await self.draft(session_id)
        for _ in range(steps):
            await say(direction)
        return before.diff(await self.draft(session_id))

    async def history(self, session_id: str) -> list[Turn]:
        """Every turn; the drafts are fetched when they are asked for."""

        def fetch(turn: int) -> Draft:
            return self._runner.run(self._client.draft_at(session_id, turn))

        return [replace(turn, fetch=fetch) for turn in await self._client.history(session_id)]

    async def _made(self, session_id: str, call: Callable[[], Awaitable[Applied]]) -> list[Change]:
        """Make an edit; what changed by it. Where the backend doesn't tell, the drafts before and after do."""
        async with self._lock:
            before = None if await self._client.tells_turns() else await self.draft(session_id)
            applied = await call()
        return list(applied.changes or ()) if before is None else before.diff(applied.draft)
