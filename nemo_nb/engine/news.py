"""Who listens for changes of a project, and who made them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from starlette.requests import Request

MARK_HEADER = "x-nemo-mark"
_MARK_LENGTH = 32
_WAITING = 100  # changes that may wait for a listener who doesn't read: he asks how things stand anyway

mark: ContextVar[str] = ContextVar("mark", default="")
"""By which the client of the request that is worked on can be told from others."""


def mark_of(request: Request) -> str:
    return request.headers.get(MARK_HEADER, "")[:_MARK_LENGTH]


class News:
    """Who listens to which session."""

    def __init__(self) -> None:
        self._boxes: dict[str, set[asyncio.Queue[str]]] = {}

    def tell(self, session_id: str) -> None:
        """That it has changed, by whoever asked for what is being done."""
        for box in self._boxes.get(session_id, ()):
            with suppress(asyncio.QueueFull):
                box.put_nowait(mark.get())

    @contextmanager
    def heard(self, session_id: str) -> Iterator[asyncio.Queue[str]]:
        box: asyncio.Queue[str] = asyncio.Queue(_WAITING)
        self._boxes.setdefault(session_id, set()).add(box)
        try:
            yield box
        finally:
            self._boxes[session_id].discard(box)
            if not self._boxes[session_id]:
                del self._boxes[session_id]
