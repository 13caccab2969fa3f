"""An engine in this process whose requests are counted as they reach it: which, and how many bytes they move."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from nemo_nb.engine.app import build_app
from nemo_nb.engine.home import EngineHome
from nemo_nb.engine.service import Engine
from nemo_nb.testing.server import Server


@dataclass
class Call:
    """A request as the engine met it. `sent` and `answered` are the bytes of its body and of the answer's."""

    method: str
    path: str
    sent: int = 0
    answered: int = 0

    @property
    def name(self) -> str:
        """`GET latest` is the state, `POST run_sse` a message."""
        return f"{self.method} {self.path.rstrip('/').rpartition('/')[2]}"


@dataclass
class Counted:
    """What reached the engine since `clear`. `token` is what it takes."""

    url: str = ""
    token: str = field(default="", repr=False)
    calls: list[Call] = field(default_factory=list)
    as_owner: bool = False
    """Whether requests pass for such that came over the owner's own socket."""
    engine: Any = None
    loop: Any = None

    @property
    def names(self) -> list[str]:
        return [call.name for call in self.calls]

    @property
    def bytes(self) -> int:
        return sum(call.sent + call.answered for call in self.calls)

    def clear(self) -> None:
        self.calls.clear()

    def inside(self, work: Callable[[Engine], Any]) -> Any:
        """Have something done with the engine, where it lives."""

        async def done() -> Any:
            return work(self.engine)

        return asyncio.run_coroutine_threadsafe(done(), self.loop).result(60)


class _Counting:
    """The engine's app, made by its first request: on the thread that serves it, for SQLite wants to stay on one."""

    def __init__(self, home: Path, counted: Counted) -> None:
        self._home, self._counted = home, counted
        self._app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self._app is None:
            engine = self._counted.engine = Engine(EngineHome.inside(self._home))
            self._counted.loop = asyncio.get_running_loop()
            self._counted.token, _ = engine.records.new_token(engine.records.user_of_client("counted"))
            self._app = build_app(engine)
        if self._counted.as_owner:
            scope["server"] = ("engine.sock", None)
        call = Call(scope["method"], scope["path"])
        self._counted.calls.append(call)

        async def received() -> Any:
            message = await receive()
            call.sent += len(message.get("body", b""))
            return message

        async def sent(message: Any) -> None:
            call.answered += len(message.get("body", b""))
            await send(message)

        await self._app(scope, received, sent)


@contextmanager
def counted_engine(home: Path) -> Iterator[Counted]:
    """An engine on a thread of this process, without its queue of exports, which keeps its things in `home`."""
    counted = Counted()
    server = Server(_Counting(home, counted))
    counted.url = server.start()
    try:
        httpx.get(f"{counted.url}/nb/v1/capabilities", trust_env=False)
        counted.clear()
        yield counted
    finally:
        server.stop()
