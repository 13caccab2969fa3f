"""The engine as a process: one for each home, on its Unix socket, gone when nobody needs it.

Run by `launch` as `python -m nemo_nb.engine.server HOME`, and by `nemo-nb serve`. It prints one line of JSON
when it listens.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import os
import secrets
import signal
import socket
import sqlite3
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path

import uvicorn
from filelock import FileLock, Timeout

from .. import __version__
from ..errors import NemoError
from ..media.limits import number_of
from . import build
from .access import Access
from .app import build_app
from .connections import BoundedProtocol
from .faults import ours
from .home import NOT_FOR_US, EngineHome
from .proof import discard, read_file
from .service import Engine
from .sockets import unix_socket

log = logging.getLogger(__name__)

IDLE_SECONDS = number_of("NEMO_NB_ENGINE_IDLE", 900, most=100_000_000)
OWNER = "nemo-nb serve"
PATIENCE_SECONDS = 10
OWNER_DAYS = 3650  # the token of an engine, which ends with it however long it lives
_A_MINUTE = 20
_LOOK_S = 3.0
HAS_UNIX_SOCKETS = hasattr(socket, "AF_UNIX") and sys.platform != "win32"


Ready = Callable[[dict[str, object], str], None]
"""Called with where the engine listens, and a token for its owner."""


class AlreadyServed(NemoError):
    default_step = "Stop it first, or set NEMO_NB_HOME to another folder."


def serve(home: Path, *, port: int | None = None, on_ready: Ready) -> None:
    """Serve `home` until told to stop, or, without a TCP port, until idle for 15 minutes.

    `on_ready` is called once with what a client needs to know. Raises AlreadyServed.
    """
    for name in NOT_FOR_US:  # `nemo-nb serve` may have them; its helpers don't get them
        os.environ.pop(name, None)
    engine_home = EngineHome.inside(home)
    lock = FileLock(engine_home.lock, mode=0o600)
    try:
        lock.acquire(timeout=PATIENCE_SECONDS)  # the one before may still be ending its exports
    except Timeout:
        log.error("another engine serves this home")
        raise AlreadyServed("An engine already serves this home.") from None
    try:
        with unix_socket() if HAS_UNIX_SOCKETS else contextlib.nullcontext() as unix:
            # What any part of the engine makes on the way lies where the next engine cleans up.
            tempfile.tempdir = str(engine_home.work)
            asyncio.run(_serve(engine_home, unix, port, on_ready))
    finally:
        lock.release()


async def _serve(home: EngineHome, unix: socket.socket | None, port: int | None, on_ready: Ready) -> None:
    access = Access(secret=secrets.token_urlsafe(32))
    engine = Engine(home, access)
    tcp = _tcp_socket(port or 0) if port is not None or unix is None else None
    config = uvicorn.Config(
        build_app(engine),
        http=BoundedProtocol,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=2,
        timeout_keep_alive=75,  # longer than any client keeps a connection: a POST must not meet a closed one
    )
    server = _Server(config)
    engine.leave = partial(setattr, server, "should_exit", True)
    engine.leaving = partial(getattr, server, "should_exit")
    endpoint = {
        "pid": os.getpid(),
        "version": __version__,
        "build": build.here(),
        "socket": str(unix.getsockname()) if unix else None,
        "url": f"http://127.0.0.1:{tcp.getsockname()[1]}" if tcp else None,
        "secret": access.secret,
    }
    owner = engine.records.user_of_client(OWNER)
    engine.records.revoke(user=owner)  # of an engine that was killed
    queue = asyncio.create_task(engine.queue.serve())
    queue.add_done_callback(partial(_mourn, engine))
    running = asyncio.create_task(server.serve(sockets=[item for item in (unix, tcp) if item]))
    staying: asyncio.Task[None] | None = None
    warming: asyncio.Task[None] | None = None
    watch = asyncio.create_task(_leave_when_idle(server, engine)) if port is None else None
    try:
        await asyncio.wait(
            [running, asyncio.create_task(server.listening.wait())], return_when="FIRST_COMPLETED"
        )
        _write_private(home.endpoint, json.dumps(endpoint))
        staying = asyncio.create_task(_stay_found(server, home, json.dumps(endpoint)))
        log.info("serving, process %d", os.getpid())
        gc.freeze()  # all that is there now stays: looking through it again would hold every answer up for 30 ms
        on_ready(endpoint, engine.records.new_token(owner, OWNER_DAYS)[0])
        warming = asyncio.create_task(engine.planners.warm())
        await running
    finally:
        if _holds(home.endpoint, json.dumps(endpoint)):  # it may be another's by now
            discard(home.endpoint)
        for task in (watch, staying, queue, warming):
            if task:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        await engine.planners.close()
        await engine.readers.close()
        with contextlib.suppress(sqlite3.Error):
            engine.records.revoke(user=owner)
        engine.records.close()


def _mourn(engine: Engine, queue: asyncio.Task[None]) -> None:
    """Without its queue an engine would take exports that nobody makes: it ends, and the next one goes on."""
    if not queue.cancelled() and (error := queue.exception()):
        log.error("the queue ended", exc_info=error)
        engine.give_up_on_records()


class _Server(uvicorn.Server):
    """uvicorn, telling when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """uvicorn's own ends the process with the signal, before the queue could be handed back."""
        with contextlib.ExitStack() as undo:
            if threading.current_thread() is threading.main_thread():
                for number in (signal.SIGINT, signal.SIGTERM):
                    undo.callback(signal.signal, number, signal.signal(number, self.handle_exit))
            yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()


async def _leave_when_idle(server: uvicorn.Server, engine: Engine) -> None:
    while True:
        await asyncio.sleep(max(0.05, min(IDLE_SECONDS / 4, 30)))
        if engine.access.idle_seconds() > IDLE_SECONDS and not engine.queue.busy:
            server.should_exit = True


async def _stay_found(server: uvicorn.Server, home: EngineHome, endpoint: str) -> None:
    """Write down anew where this engine listens, once somebody has removed or changed that. Without the lock, or the
    whole home, another may serve it at any time: this one ends, as two would write into one database."""
    mine = _number(home.lock)
    while True:
        await asyncio.sleep(_LOOK_S)
        if _number(home.lock) != mine:
            log.warning("the lock of this home is gone, or another engine's")
            server.should_exit = True
            return
        with contextlib.suppress(OSError):
            if not _holds(home.endpoint, endpoint):
                _write_private(home.endpoint, endpoint)


def _number(path: Path) -> int | None:
    """What the system knows a file by; None where there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return None


def _holds(path: Path, text: str) -> bool:
    try:
        return read_file(path) == text.encode()
    except OSError:
        return False


def _tcp_socket(port: int) -> socket.socket:
    # The protocol is named: without it asyncio leaves Nagle's delay on, some 40 ms an answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    return listener


def _write_private(path: Path, text: str) -> None:
    """Whole or not at all, and readable by the owner only."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
    if not path.is_file():
        discard(path)
    part.replace(path)


def log_to_file(home: Path) -> None:
    """The engine's log: two files of a megabyte at most, readable by the owner, with no line repeated without end."""
    file = RotatingFileHandler(
        EngineHome.inside(home).log, maxBytes=1_000_000, backupCount=1, encoding="utf-8"
    )
    file.addFilter(_Sparing())
    logging.basicConfig(
        handlers=[file], level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs whole URLs, signed ones too


class _Sparing(logging.Filter):
    """Lets a line from one place of the code pass some times a minute: whoever knocks can't fill the log."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[tuple[str, int]] = Counter()
        self._minute = 0

    def filter(self, record: logging.LogRecord) -> bool:
        if (minute := int(record.created // 60)) != self._minute:
            self._minute = minute
            self._counts.clear()
        self._counts[record.pathname, record.lineno] += 1
        return self._counts[record.pathname, record.lineno] <= _A_MINUTE


def main() -> None:
    home = Path(sys.argv[1])
    os.umask(0o077)  # whatever is made here, by SQLite and by ffmpeg too, is the owner's alone
    log_to_file(home)

    def say(**told: object) -> None:
        print(json.dumps(told), flush=True)
        # Whoever started us reads that line and goes away; nothing may be written to a pipe that nobody reads.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def ready(endpoint: dict[str, object], token: str) -> None:
        say(ready=True)

    try:
        serve(home, on_ready=ready)
    except AlreadyServed:
        pass
    except Exception as error:
        log.exception("the engine ended")
        say(ready=False, why=str(ours(error)))


if __name__ == "__main__":
    main()
