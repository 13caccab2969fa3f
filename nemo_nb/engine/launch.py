"""Finding the engine of a home, or starting it; and a transport that does so when it is needed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess  # noqa: TID251 - starts the engine
import sys
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote

import httpx
from filelock import FileLock, Timeout

from ..errors import Unreachable
from . import build
from .home import HANDOVER_HEADER, NOT_FOR_US, PLACE_HEADER, SECRET_HEADER, EngineHome
from .proof import read_file

URL = "http://nemo-nb.localhost"
START_SECONDS = 30
_MORE_TRIES = 3
_BLOCK = 1 << 18


@dataclass(frozen=True)
class Endpoint:
    """Where an engine listens, and which one it is: see `build`."""

    pid: int
    socket: str | None
    url: str | None
    secret: str = field(repr=False)
    build: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Endpoint:
        """From what the engine wrote, of whichever version. ValueError, LookupError or TypeError for anything else."""
        told = json.loads(text)
        unix, url = (None if told[key] is None else str(told[key]) for key in ("socket", "url"))
        return cls(int(told["pid"]), unix, url, str(told["secret"]), dict(told.get("build") or {}))

    def is_up(self) -> bool:
        """Whether somebody accepts connections there."""
        try:
            if self.socket:
                with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
                    probe.settimeout(2)
                    probe.connect(self.socket)
            else:
                address = httpx.URL(self.url or "")
                socket.create_connection((address.host, address.port or 80), timeout=2).close()
        except BlockingIOError:  # so many are calling that we would have to wait
            return True
        except (OSError, ValueError, OverflowError, httpx.InvalidURL):  # also for what is no place at all
            return False
        return True


def find_or_start(home: Path, *, again: bool = False) -> Endpoint:
    """The running engine of this home, where it is the one that would be started here; else that is started.

    Blocks for half a second or so then. `again`: another client may have started one of its own environment since;
    that is taken where it speaks the same. Raises Unreachable, naming the log, when none comes up.
    """
    engine_home = EngineHome.inside(home)
    if (endpoint := _running(engine_home)) and build.fits(endpoint.build, closely=not again):
        return endpoint
    try:
        with FileLock(engine_home.launch_lock, timeout=START_SECONDS, mode=0o600):
            endpoint = _running(engine_home)
            if endpoint and not build.fits(endpoint.build, closely=not again):
                retire(home)  # left from before an upgrade, say; its queue goes on in the new one
                endpoint = None
            return endpoint or _start(engine_home)
    except Timeout:
        raise Unreachable("The engine is being started elsewhere and does not come up.") from None


def retire(home: Path) -> None:
    """Ask the engine of this home, if there is one, to stop, and wait for it. The next one takes its queue over."""
    engine_home = EngineHome.inside(home)
    if endpoint := _running(engine_home):
        with contextlib.suppress(ProcessLookupError, PermissionError, OverflowError):
            if endpoint.pid > 0:  # 0 would be our own process group
                os.kill(endpoint.pid, signal.SIGTERM)
        with contextlib.suppress(Timeout), FileLock(engine_home.lock, timeout=10, mode=0o600):
            pass


class EngineTransport(httpx.AsyncBaseTransport):
    """An httpx transport to the engine of a home, whichever process that is just now.

    The engine is started by the first request. One that has gone is started again by the request that
    could not connect: nothing of it was sent, so it may go once more. So may one that only asked. A process
    that is being killed can still take a connection or two, so that is tried more than once.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._joining = asyncio.Lock()
        self._joined: _EndpointTransport | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        transport = await self._transport()
        for _ in range(_MORE_TRIES):
            try:
                return await transport.handle_async_request(request)
            except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
                if not isinstance(error, httpx.ConnectError) and request.method != "GET":
                    raise
                transport = await self._transport(gone=transport)
        return await transport.handle_async_request(request)

    async def aclose(self) -> None:
        if self._joined:
            await self._joined.aclose()

    async def _transport(self, gone: _EndpointTransport | None = None) -> _EndpointTransport:
        async with self._joining:
            if self._joined is None or self._joined is gone:
                if gone:
                    await gone.aclose()
                endpoint = await asyncio.to_thread(find_or_start, self._home, again=gone is not None)
                self._joined = _EndpointTransport(endpoint)
            return self._joined


class _EndpointTransport(httpx.AsyncHTTPTransport):
    """To one engine process: over its socket or, where there are none, over TCP with its secret."""

    def __init__(self, endpoint: Endpoint) -> None:
        # No proxy of the environment's: this never leaves the machine.
        super().__init__(uds=endpoint.socket, trust_env=False)
        self._tcp = None if endpoint.socket else endpoint

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._tcp:
            address = httpx.URL(self._tcp.url or "")
            request.url = request.url.copy_with(host=address.host, port=address.port)
            request.headers["Host"] = f"{address.host}:{address.port}"
            request.headers[SECRET_HEADER] = self._tcp.secret
        elif request.method == "GET" and "range" not in request.headers:
            request.headers[HANDOVER_HEADER] = "1"
        response = await super().handle_async_request(request)
        place = response.headers.get(PLACE_HEADER)
        return await _from_disk(response, Path(unquote(place))) if place and not self._tcp else response


async def _from_disk(answer: httpx.Response, file: Path) -> httpx.Response:
    """The answer with a file of this machine as its body."""
    await answer.aclose()
    try:
        opened = await asyncio.to_thread(file.open, "rb", 0)
    except OSError as error:
        raise httpx.ReadError("The engine's file is gone.") from error
    length = str(os.fstat(opened.fileno()).st_size)
    return httpx.Response(answer.status_code, headers={"content-length": length}, stream=_FileStream(opened))


class _FileStream(httpx.AsyncByteStream):
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    async def __aiter__(self) -> AsyncIterator[bytes]:
        # Not in a thread: the file was written just now, so reading takes less than changing threads.
        while block := self._file.read(_BLOCK):
            yield block
            await asyncio.sleep(0)

    async def aclose(self) -> None:
        self._file.close()


def _running(home: EngineHome) -> Endpoint | None:
    try:
        endpoint = Endpoint.read(read_file(home.endpoint).decode())
    except (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError):
        return None
    return endpoint if endpoint.is_up() else None


def _start(home: EngineHome) -> Endpoint:
    command = [sys.executable, "-m", "nemo_nb.engine.server", str(home.root.parent)]
    home.log.touch(mode=0o600)
    with home.log.open("ab") as log:  # what goes wrong before logging is set up
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,  # an interrupt of the notebook is none of the engine's
            cwd=home.root,
            env={name: value for name, value in os.environ.items() if name not in NOT_FOR_US}
            | {"PYTHONSAFEPATH": "1"},
        )
    # It outlives us as a rule; where it doesn't, somebody has to take note of its end.
    threading.Thread(target=process.wait, name="nemo-nb-engine", daemon=True).start()
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    with process.stdout as ready:
        # Bounded, since the launch lock is held meanwhile.
        stop = threading.Timer(START_SECONDS, process.kill)
        stop.start()
        told = ready.readline()
        stop.cancel()
    if endpoint := _running(home):
        return endpoint
    raise Unreachable(
        f"The embedded engine did not start{_reason(told)}",
        next_step=f"Its log says more: {home.log.name} in {home.root}.",
    )


def _reason(told: bytes) -> str:
    try:
        return f": {json.loads(told)['why']}"
    except (ValueError, LookupError, TypeError):
        return "."
