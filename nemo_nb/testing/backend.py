"""A backend whose every answer can be scripted."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from .answers import Answer, Cut, Hang, bare, cut, events, failure, ok
from .server import Connections, Server, until

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send


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
    ("cache", "GET", "/nb/v1/cache"),
    ("empty_cache", "DELETE", "/nb/v1/cache"),
    *(
        (call, method, f"/nb/v1/sessions/{{id}}/{call}")
        for call, method in (
            ("plan", "POST"),
            ("apply", "POST"),
            ("undo", "POST"),
            ("redo", "POST"),
            ("leave_out", "POST"),
            ("context", "GET"),
            ("history", "GET"),
            ("preview", "GET"),
            ("filmstrip", "GET"),
            ("waveform", "GET"),
            ("assets", "GET"),
        )
    ),
    ("draft_at", "GET", "/nb/v1/sessions/{id}/drafts/{turn}"),
    ("preview_video", "GET", "/nb/v1/sessions/{id}/preview.mp4"),
    ("tokens", "GET", "/nb/v1/tokens"),
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
        self.infos: list[dict[str, Any]] = []
        """The uploads that it tells."""
        self._scripts: defaultdict[str, deque[Answer]] = defaultdict(deque)
        self._hangs: list[Hang] = []
        self._server: Server | None = None
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
        self.infos = []

    def __enter__(self) -> Self:
        self._server = Server(self._app())
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
            Connections.drop(scope)
            return
        headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        for step in answer.steps:
            if isinstance(step, Cut):
                Connections.drop(scope)
                return
            if isinstance(step, Hang):
                self._hangs.append(step)
                step.reached.set()
                await until(lambda: step._resumed.is_set() or Connections.gone(scope))  # noqa: B023
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
                return ok({"state": {"draft": self.draft, "video_infos": self.infos}})
            case "export":
                return bare({"id": json.loads(body)["id"], "status": "pending", "progress": 0})
            case "export_status":
                url = {"url": f"{self.url}/files/{ident}.mp4"}
                return bare({"id": ident, "status": "completed", "progress": 100, "output": url})
            case "download" | "file":
                return Answer((b"video",), headers={"content-type": "video/mp4", "content-length": "5"})
            case "export_cancel" | "delete_project":
                return ok()
        return failure(404, "There is no such call.", status=404)
