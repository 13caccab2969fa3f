"""For tests of notebooks: a backend that does as it is told, and a clock that nobody waits for.

    with ScriptedBackend() as backend:
        backend.on("message", events({"content": {"parts": [{"text": "Done."}]}}))
        client = Client(backend.url, credentials=UserToken(Secret("test")))

It is a real HTTP server on a loopback port. Each call of the protocol has a sensible answer of its own; `on` queues
others, which are given once each, in order. `requests` holds what came in.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

__all__ = [
    "Answer",
    "FakeClock",
    "Hang",
    "Received",
    "ScriptedBackend",
    "Step",
    "cut",
    "events",
    "failure",
    "ok",
    "pause",
]


@dataclass(frozen=True, slots=True)
class Hang:
    """A step that waits until `resume` is called, or the client goes away.

    `reached` is set when it is come to, `ended` when it is over.
    """

    reached: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    _resumed: threading.Event = field(default_factory=threading.Event)

    def resume(self) -> None:
        self._resumed.set()


class _Cut:
    def __repr__(self) -> str:
        return "cut"


cut = _Cut()
"""A step at which the connection is lost."""

Step = bytes | Hang | _Cut


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call is answered with: steps in order. A `cut` as the first one comes before any answer."""

    steps: tuple[Step, ...] = (b"",)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def ok(data: object = None, **headers: str) -> Answer:
    """An envelope that says yes."""
    return _json({"code": 0, "data": {} if data is None else data}, 200, headers)


def failure(code: int, message: str = "", *, status: int = 200, **headers: str) -> Answer:
    """An envelope that says no. `headers` with underscores for hyphens: `Retry_After="5"`."""
    return _json({"code": code, "message": message}, status, headers)


def events(*items: Mapping[str, Any] | Step | str, status: int = 200) -> Answer:
    """A stream of server-sent events. Dicts become events; bytes, `Hang` and `cut` stand for themselves."""
    steps = tuple(
        f"data: {json.dumps(item, ensure_ascii=False)}\n\n".encode()
        if isinstance(item, Mapping)
        else f"data: {item}\n\n".encode()
        if isinstance(item, str)
        else item
        for item in items
    )
    return Answer(steps, status, {"content-type": "text/event-stream"})


def pause() -> Hang:
    """A step to stop at: see `Hang`."""
    return Hang()


def _json(body: object, status: int, headers: Mapping[str, str]) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer((json.dumps(body).encode(),), status, {"content-type": "application/json", **named})


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came in. Header names are in lower case."""

    call: str
    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


_AGENT = "nemo_agent/me"
_CALLS: tuple[tuple[str, str, str], ...] = (
    ("token", "POST", "/api/auth/anonymous-token"),
    ("claim", "POST", "/api/auth/claim-token"),
    ("session", "POST", "/api/tasks/me/with-session/nemo_agent"),
    ("message", "POST", "/run_sse"),
    ("upload", "POST", f"/api/upload-video/{_AGENT}/{{id}}"),
    ("credits", "GET", "/api/credits/balance/simple"),
    ("state", "GET", f"/api/state/{_AGENT}/{{id}}/latest"),
    ("export", "POST", "/api/render/proxy/lambda"),
    ("export_status", "GET", "/api/render/proxy/lambda/{id}"),
    ("export_cancel", "POST", "/api/render/proxy/lambda/{id}/cancel"),
    ("download", "GET", "/api/render/proxy/{id}/download"),
    ("capabilities", "GET", "/nb/v1/capabilities"),
    ("projects", "GET", "/nb/v1/projects"),
    ("delete_project", "DELETE", "/nb/v1/projects/{id}"),
    *(
        (call, method, f"/nb/v1/sessions/{{id}}/{call}")
        for call, method in (
            ("plan", "POST"),
            ("apply", "POST"),
            ("undo", "POST"),
            ("redo", "POST"),
            ("history", "GET"),
            ("preview", "GET"),
            ("assets", "GET"),
        )
    ),
    ("preview_video", "GET", "/nb/v1/sessions/{id}/preview.mp4"),
    ("file", "GET", "/files/{id}"),
)


class ScriptedBackend:
    """A backend whose every answer can be scripted. Use it as a context manager.

    Calls go by name: `token claim session message upload credits state export export_status export_cancel download`,
    those of the embedded engine (`capabilities plan apply …`), and `file` for `/files/<anything>`, which can be a CDN.
    """

    def __init__(self) -> None:
        self.requests: list[Received] = []
        self.draft: dict[str, Any] = {"v": 1, "t": []}
        """What `state` answers with."""
        self._scripts: defaultdict[str, deque[Answer]] = defaultdict(deque)
        self._hangs: list[Hang] = []
        self._server: _Server | None = None
        self.url = ""

    def on(self, call: str, *answers: Answer) -> None:
        """Queue answers to a call; each is given once. After them the call's own answer is back."""
        known = [name for name, _, _ in _CALLS]
        if call not in known:
            raise ValueError(f"No call is named {call!r}; there are {', '.join(known)}.")
        self._scripts[call].extend(answers)

    def received(self, call: str) -> list[Received]:
        return [request for request in self.requests if request.call == call]

    def reset(self) -> None:
        """Forget scripts and requests, so that one backend can serve many tests."""
        for hang in self._hangs:
            hang.resume()
        self._hangs.clear()
        self._scripts.clear()
        self.requests.clear()
        self.draft = {"v": 1, "t": []}

    def __enter__(self) -> Self:
        self._server = _Server(self._app())
        self.url = self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.reset()
        if self._server:
            self._server.stop()

    # -- serving ---------------------------------------------------------------------------------------------

    def _app(self) -> Any:
        from starlette.applications import Starlette
        from starlette.routing import Route

        return Starlette(
            routes=[Route(path, self._endpoint(call), methods=[method]) for call, method, path in _CALLS]
        )

    def _endpoint(self, call: str) -> Callable[[Request], Awaitable[Any]]:
        async def endpoint(request: Request) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
            script = self._scripts[call]
            answer = script.popleft() if script else None
            early = answer is not None and answer.steps[:1] == (cut,)
            body = b"" if early else await request.body()
            headers = {name.lower(): value for name, value in request.headers.items()}
            self.requests.append(Received(call, request.method, str(request.url.path), headers, body))
            if answer is None:
                answer = self._default(call, request, body)
            return lambda scope, receive, send: self._send(answer, scope, send)

        return endpoint

    async def _send(self, answer: Answer, scope: Scope, send: Send) -> None:
        if answer.steps[:1] == (cut,):
            _Connection.drop(scope)
            return
        headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        for step in answer.steps:
            if isinstance(step, _Cut):
                _Connection.drop(scope)
                return
            if isinstance(step, Hang):
                self._hangs.append(step)
                step.reached.set()
                await _until(lambda: step._resumed.is_set() or _Connection.gone(scope))  # noqa: B023
                step.ended.set()
            else:
                await send({"type": "http.response.body", "body": step, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def _default(self, call: str, request: Request, body: bytes) -> Answer:
        ident = request.path_params.get("id", "")
        match call:
            case "token":
                return ok({"token": "nmv_usr_scripted", "user_id": "user-1", "credits": 100})
            case "claim":
                return ok({"claim_token": "clm_scripted", "expires_in": 600})
            case "session":
                number = len(self.received("session"))
                return ok(
                    {"session_id": f"session-{number}", "task_id": f"task-{number}", "user_id": "user-1"}
                )
            case "message":
                return events(
                    {"content": {"parts": [{"text": "Done."}], "role": "model"}, "author": "nemo_agent"}
                )
            case "upload":
                return ok({"files": [], "session_state_applied": True})
            case "credits":
                return ok({"available": 100, "frozen": 0, "total": 100})
            case "state":
                return ok({"state": {"draft": self.draft, "video_infos": []}})
            case "export":
                return _json({"id": json.loads(body)["id"], "status": "pending", "progress": 0}, 200, {})
            case "export_status":
                url = {"url": f"{self.url}/files/{ident}.mp4"}
                return _json({"id": ident, "status": "completed", "progress": 100, "output": url}, 200, {})
            case "download" | "file":
                return Answer((b"video",), headers={"content-type": "video/mp4", "content-length": "5"})
            case "export_cancel" | "delete_project":
                return ok()
        return failure(404, "There is no such call.", status=404)


class _Connection:
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


async def _until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110  what is waited for happens on other threads
        await asyncio.sleep(0.01)


class _Server:
    """uvicorn on a thread of its own."""

    def __init__(self, app: Any) -> None:
        import uvicorn
        from uvicorn.protocols.http.h11_impl import H11Protocol

        class Protocol(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                _Connection.made(transport)

            def connection_lost(self, exc: Exception | None) -> None:
                _Connection.lost(self.transport)
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


class FakeClock:
    """A clock that nobody waits for.

    `sleep` returns at once and moves the time; `until` (a limit on something that goes on meanwhile) returns once the
    time has got there, by sleeping or by `advance`. Safe to use from any thread.

    >>> clock = FakeClock()
    >>> asyncio.run(clock.sleep(30))
    >>> clock.slept
    [30]
    """

    def __init__(self, start_ms: int | None = None) -> None:
        self.slept: list[float] = []
        self._start_ms = time.time_ns() // 1_000_000 if start_ms is None else start_ms
        self._now = 0.0
        self._lock = threading.Lock()
        self._waiting: list[tuple[float, asyncio.AbstractEventLoop, asyncio.Future[None]]] = []

    def monotonic(self) -> float:
        return self._now

    def wall_ms(self) -> int:
        return self._start_ms + round(self._now * 1000)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(seconds)
        await asyncio.sleep(0)

    async def until(self, moment: float) -> None:
        loop = asyncio.get_running_loop()
        with self._lock:
            if self._now >= moment:
                return
            reached: asyncio.Future[None] = loop.create_future()
            self._waiting.append((moment, loop, reached))
        await reached

    def advance(self, seconds: float) -> None:
        """Let so much time pass."""
        with self._lock:
            self._now += seconds
            due = [waiter for waiter in self._waiting if waiter[0] <= self._now]
            self._waiting = [waiter for waiter in self._waiting if waiter[0] > self._now]
        for _, loop, reached in due:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_wake, reached)


def _wake(reached: asyncio.Future[None]) -> None:
    if not reached.done():
        reached.set_result(None)
