"""uvicorn on a thread of its own, whose connections can be cut."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from starlette.types import Scope


class Connections:
    """uvicorn's connections by the client's address, so that one can be cut."""

    _open: ClassVar[dict[tuple[str, int], asyncio.Transport]] = {}

    @classmethod
    def made(cls, transport: asyncio.Transport) -> None:
        cls._open[transport.get_extra_info("peername")[:2]] = transport

    @classmethod
    def lost(cls, transport: asyncio.Transport) -> None:
        cls._open = {peer: other for peer, other in cls._open.items() if other is not transport}

    @classmethod
    def drop(cls, scope: Scope) -> None:
        if transport := cls._open.get(tuple(scope["client"])):
            transport.close()  # not abort: a reset could overtake what was sent before

    @classmethod
    def gone(cls, scope: Scope) -> bool:
        return tuple(scope["client"]) not in cls._open


async def until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110  what is waited for happens on other threads
        await asyncio.sleep(0.01)


class Server:
    """uvicorn on a thread of its own."""

    def __init__(self, app: Any) -> None:
        import uvicorn
        from uvicorn.protocols.http.h11_impl import H11Protocol

        class Protocol(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                Connections.made(transport)

            def connection_lost(self, exc: Exception | None) -> None:
                Connections.lost(self.transport)
                super().connection_lost(exc)

        # With the protocol named, for only then does asyncio turn Nagle's algorithm off: 40 ms an answer.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()
        config = uvicorn.Config(
            app, http=Protocol, ws="none", lifespan="off", log_config=None, log_level="critical"
        )
        config.timeout_graceful_shutdown = 1
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="scripted-backend", daemon=True
        )

    def start(self) -> str:
        """The base URL. The socket listens already, so early requests wait for the loop."""
        self._thread.start()
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
