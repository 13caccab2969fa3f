"""Connections over TCP, which anybody on the machine can open: bounded in number, and in how long they may do nothing.

Without it, connections that say nothing would take every descriptor that the engine may have, and lock its owner out.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 100
HEAD_S = 10.0  # from the first byte of a request, or from connecting, to the end of its head
BODY_S = 30.0  # between two blocks of a body
READING_S = 120.0  # for a client that does not take what it asked for
_LOOK_S = 1.0


class BoundedProtocol(H11Protocol):
    """uvicorn's, with limits for whoever comes over TCP."""

    _open: ClassVar[dict[BoundedProtocol, None]] = {}  # in the order of their coming

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._waits_since: float | None = time.monotonic()  # for a request's head
        self._heard = self._stuck = time.monotonic()
        self._answered = 0
        self._writable = True
        self._look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        if self.server is None or self.server[1] is None:
            return  # over the owner's own socket
        if len(self._open) >= MOST and not self._make_room():
            transport.close()
            return
        self._open[self] = None
        self._look = self.loop.call_later(_LOOK_S, self._check)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._open.pop(self, None)
        if self._look:
            self._look.cancel()

    def data_received(self, data: bytes) -> None:
        self._heard = time.monotonic()
        if self._waits_since is None and not self._busy:
            self._waits_since = self._heard
        super().data_received(data)
        if self._busy:
            self._waits_since = None

    def on_response_complete(self) -> None:
        self._answered += 1
        self._waits_since = None  # it may stay and say nothing: uvicorn ends that after a while
        super().on_response_complete()

    def pause_writing(self) -> None:
        self._writable, self._stuck = False, time.monotonic()
        super().pause_writing()

    def resume_writing(self) -> None:
        self._writable = True
        super().resume_writing()

    @property
    def _busy(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _make_room(self) -> bool:
        """End the connection that has said nothing of use for longest. False: all are at work."""
        idle = [one for one in self._open if not one._busy]
        for one in sorted(idle, key=lambda one: one._answered > 0):
            self._open.pop(one, None)
            one.transport.abort()
            return True
        return False

    def _check(self) -> None:
        now = time.monotonic()
        late = (
            (self._waits_since is not None and now - self._waits_since > HEAD_S)
            or (
                self._busy
                and self.cycle.more_body
                and not self.flow.read_paused
                and now - self._heard > BODY_S
            )
            or (not self._writable and now - self._stuck > READING_S)
        )
        if late:
            self.transport.abort()
        else:
            self._look = self.loop.call_later(_LOOK_S, self._check)
