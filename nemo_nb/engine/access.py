"""Who may reach the engine. Its Unix socket lies in an owner-only folder, so whoever comes that way is the owner.

A TCP port can be reached by every process of the machine, and by every page in its browser. So whoever comes that way
signs in before anything else of the request is read; a request must have come to a loopback name, as a page that
rebinds its own name to 127.0.0.1 sends that name as the host; and a page of another origin is turned away, whatever it
sends.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import InvalidInput, SignInFailed
from .home import SECRET_HEADER
from .news import mark, mark_of

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
MAX_BODY = 32_000_000  # the draft of a film of 20,000 clips has some 10 MB
MAX_UPLOAD = 2_000_000_000  # a request may bring several files
_UPLOADS = "/api/upload-video/"
_OPEN = ("/api/auth/anonymous-token", "/nb/v1/capabilities")  # these ask for more, or for nothing


class BodyTooLarge(InvalidInput):
    code = 413
    default_step = "Send it in parts."


class WrongContentType(InvalidInput):
    code = 415
    default_step = "Send JSON as application/json, and files as multipart/form-data."


@dataclass
class Access:
    """The engine's secret, the token of whoever serves it over TCP, and when somebody last came by."""

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
    """Turns away strangers and foreign pages, bounds what is read, and has every error answered by `on_error`.

    `signed_in` raises SignInFailed for a request without a valid token.
    """

    def __init__(
        self, app: ASGIApp, access: Access, signed_in: Callable[[Request], object], on_error: OnError
    ) -> None:
        self._app = app
        self._access = access
        self._signed_in = signed_in
        self._on_error = on_error

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, began = Request(scope), False

        async def answer(message: Message) -> None:
            nonlocal began
            if (
                message["type"] == "http.response.start"
                and not began
                and message["status"] in (401, 403, 413)
            ):
                message["headers"] = [*message["headers"], (b"connection", b"close")]
            began = True
            await send(message)

        self._access.active += 1
        try:
            if not over_socket(scope) and (foreign := _foreign(request)):
                refusal = JSONResponse({"code": 403, "message": foreign}, status_code=403)
                await refusal(scope, receive, answer)
                return
            if not _is_open(request):
                self._signed_in(request)
            mark.set(mark_of(request))
            if not over_socket(scope):
                _check_content_type(request)
            await self._app(scope, _bounded(request, receive), answer)
        except Exception as error:
            if began:  # too late for words
                raise
            await (await self._on_error(request, error))(scope, receive, answer)
        finally:
            self._access.active -= 1
            self._access.last_seen = time.monotonic()


def _is_open(request: Request) -> bool:
    """A few calls need no token: they are signed otherwise, or tell nothing."""
    path = request.url.path
    return path in _OPEN or (path.startswith("/api/render/proxy/") and path.endswith("/file"))


def _foreign(request: Request) -> str:
    """Why a request over TCP is turned away; empty where it isn't."""
    if _name(request.headers.get("host", "")) not in LOOPBACK:
        return "This host is not served here."
    origin = request.headers.get("origin")
    same = origin is None or origin.partition("://")[2] == request.headers.get("host")
    if not same or request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return "Pages of other origins are not served here."
    return ""


def _name(host: str) -> str:
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _check_content_type(request: Request) -> None:
    """A form of a foreign page can send text or its fields, but never JSON unasked."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    form = kind == "multipart/form-data" and request.url.path.startswith(_UPLOADS)
    if request.method not in ("GET", "HEAD") and kind not in ("", "application/json") and not form:
        raise WrongContentType("The body is of a kind that this call does not take.")


def _bounded(request: Request, receive: Receive) -> Receive:
    """The request's body as it comes. BodyTooLarge as soon as it is known to be."""
    files = request.url.path.startswith(_UPLOADS) and "json" not in request.headers.get("content-type", "")
    most, come = MAX_UPLOAD if files else MAX_BODY, 0
    length = request.headers.get("content-length", "")
    too_large = BodyTooLarge(f"The body has over {most // 1_000_000} MB.")
    if length.isdecimal() and (len(length) > 15 or int(length) > most):
        raise too_large

    async def bounded() -> Message:
        nonlocal come
        message = await receive()
        come += len(message.get("body", b""))
        if come > most:
            raise too_large
        return message

    return bounded
