"""What a message did, found out from the backend where no answer tells it: cut off, stopped, or a plain one's.

On the embedded engine every message becomes a turn of the history, so it is looked for there. Of any other backend the
draft before is compared with the draft now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ..client.answers import State, Turn
from ..draft import Change, Draft

__all__ = ["Backend", "ByDraft", "ByTurn", "Found", "Trace", "begin"]


class Backend(Protocol):
    """What is asked of the client."""

    async def state(self, session_id: str) -> State: ...
    async def history(self, session_id: str, since: int = 0) -> Sequence[Turn]: ...
    async def newest_turn(self, session_id: str) -> int: ...
    async def tells_turns(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Found:
    """What is known by now: whether the message was `done`, what it changed, and its turn where there are turns.

    `state` is how things stand, where the look had to ask for that.
    """

    done: bool
    changes: tuple[Change, ...] = ()
    turn: int | None = None
    state: State | None = None


class Trace(Protocol):
    """Begun before a message is sent."""

    @property
    def tells(self) -> bool:
        """Whether the message's own answer will tell as well what it did."""
        ...

    async def look(self) -> Found: ...


@dataclass(frozen=True, slots=True)
class ByDraft:
    """By the draft before; somebody else's edit meanwhile looks like one's own."""

    backend: Backend
    session_id: str
    before: Draft
    tells: bool = False

    async def look(self) -> Found:
        state = await self.backend.state(self.session_id)
        changes = tuple(self.before.diff(state.draft))
        return Found(state.draft != self.before, changes, state=state)


@dataclass(frozen=True, slots=True)
class ByTurn:
    """By the turn of that text, after the newest one that was there before."""

    backend: Backend
    session_id: str
    text: str
    since: int
    tells: bool = True

    async def look(self) -> Found:
        for turn in await self.backend.history(self.session_id, self.since):
            if turn.kind == "message" and turn.text == self.text.strip():
                return Found(True, turn.changes, turn.turn)
        return Found(False)


async def begin(backend: Backend, session_id: str, text: str) -> Trace:
    """The trace of a message that is about to be sent."""
    if await backend.tells_turns():
        return ByTurn(backend, session_id, text, await backend.newest_turn(session_id))
    return ByDraft(backend, session_id, (await backend.state(session_id)).draft)
