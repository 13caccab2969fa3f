"""Who may reach the engine. Its Unix socket lies in an owner-only folder, so whoever comes that way is the owner.

A TCP port can be reached by every process of the machine, and by every page in its browser. There, a sign-in
needs the secret that only the owner can read, and a request must have come to a loopback name: a page that
rebinds its own name to 127.0.0.1 sends that name as the host.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import SignInFailed
from .home import SECRET_HEADER

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass
class Access:
    """The engine's secret, and when somebody last came by."""

    secret: str = field(default="", repr=False)
    active: int = 0
    last_seen: float = field(default_factory=time.monotonic)

    def check_sign_in(self, request: Request) -> None:
        """SignInFailed for a stranger on the TCP port."""
        if over_socket(request.scope):
            return
        given = request.headers.get(SECRET_HEADER, "")
        if not self.secret or not hmac.compare_digest(given.encode(), self.secret.encode()):
            raise SignInFailed(
                "This engine gives no anonymous tokens over TCP.",
                next_step="Set NEMO_TOKEN to what the token file of `nemo-nb serve` holds.",
            )

    def idle_seconds(self) -> float:
        return 0.0 if self.active else time.monotonic() - self.last_seen


def over_socket(scope: Scope) -> bool:
    """Whether a request came over the Unix socket: a server's address there has no port."""
    server = scope.get("server")
    return server is None or server[1] is None


OnError = Callable[[Request, Exception], Awaitable[Response]]


class Guard:
    """Turns away foreign hosts, keeps count of who is here, and has every error answered by `on_error`."""

    def __init__(self, app: ASGIApp, access: Access, on_error: OnError) -> None:
        self._app = app
        self._access = access
        self._on_error = on_error

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not over_socket(scope) and not _is_loopback(scope):
            refusal = JSONResponse({"code": 403, "message": "This host is not served here."}, status_code=403)
            await refusal(scope, receive, send)
            return
        began = False

        async def answer(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        self._access.active += 1
        try:
            await self._app(scope, receive, answer)
        except Exception as error:
            if began:  # too late for words
                raise
            await (await self._on_error(Request(scope), error))(scope, receive, send)
        finally:
            self._access.active -= 1
            self._access.last_seen = time.monotonic()


def _is_loopback(scope: Scope) -> bool:
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name in LOOPBACK
