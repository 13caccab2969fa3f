"""Requests and answers: what every call has in common.

A `Wire` signs, sends, opens the envelope, and turns each failure into an error of `nemo_nb.errors`. It sends
a request once more only after a definite refusal: a bad anonymous token, a missing client id, a rate limit.

Errors are raised `from None`, away from httpx's frames: their locals hold headers.
"""

from __future__ import annotations

import asyncio
import json as json_module
import secrets
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Generator, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import httpx

from ..errors import (
    BackendError,
    ConnectTimedOut,
    InvalidInput,
    NemoError,
    NoCredits,
    ReadTimedOut,
    SessionNotFound,
    Unreachable,
)
from .auth import Credentials, OriginAuth, is_loopback, require_safe
from .bounds import MOST_BYTES, PACKED, TooMuch, unpackable
from .cassette import Tape
from .clock import Clock
from .envelope import Reason, Refused, open_envelope
from .identity import Token
from .masked import Secret, Veil, without_context
from .unlogged import mark_as_ours

__all__ = ["JSON_HEADER", "Attempts", "Limits", "Wire", "as_json", "read_bounded"]

T = TypeVar("T")
_HOOKS: dict[str, list[Callable[..., Any]]] = {"request": [mark_as_ours], "response": [unpackable]}
JSON_HEADER = {"Content-Type": "application/json"}
_MARK_HEADER = "X-Nemo-Mark"
_PATIENCE_S = 120.0  # a `Retry-After` beyond this is an answer for the user, not a pause


def as_json(value: object) -> bytes:
    """JSON in ASCII: a draft may hold half a character, or NaN, and goes back as it came. InvalidInput for no data."""
    try:
        return json_module.dumps(value, separators=(",", ":")).encode()
    except (RecursionError, ValueError, TypeError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else "no data of JSON"
        raise InvalidInput(f"That is {why}.", next_step="Send numbers, texts, lists and dicts.") from None


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the client waits, in seconds. What lasts longer ends in an error of its own, named beside it."""

    connect: float = 10.0
    """For a connection: `ConnectTimedOut`."""
    read: float = 60.0
    """For the next bytes of an ordinary answer: `ReadTimedOut`."""
    work: float = 300.0
    """The same for a call that the backend has to work for: an upload that it looks at, a preview."""
    idle: float = 600.0
    """For the next event of a message's stream, heartbeats not counted: a `StreamCut` with `IdleTimedOut`."""
    total: float = 900.0
    """For a message's whole stream: a `StreamCut` with `TotalTimedOut`. For any other answer as a whole, from the last
    byte sent on: `ReadTimedOut`."""
    still_working: float = 120.0
    """Between two `Waiting` events."""
    recovery: float = 300.0
    """After a cut stream, for the draft to change."""
    rate_limit: float = 30.0
    """Before the second try, where the backend names no time."""


class Wire:
    """The connection to one backend, usable from one event loop at a time.

    `transport_factory` makes the transport where it isn't plain TCP, over a Unix socket for example. It is a
    factory because connections can't move to another loop, nor into a forked process. `tape` records what is said, or
    plays back what was.
    """

    def __init__(
        self,
        base_url: str,
        *,
        credentials: Credentials,
        attribution: Mapping[str, str],
        web_url: str,
        transport_factory: Callable[[], httpx.AsyncBaseTransport] | None,
        clock: Clock,
        limits: Limits,
        tape: Tape | None = None,
    ) -> None:
        try:
            self.base_url = httpx.URL(base_url.rstrip("/"))
        except httpx.InvalidURL:
            raise InvalidInput("That is not the URL of a backend.", next_step="Check NEMO_API_URL.") from None
        require_safe(self.base_url, private_transport=transport_factory is not None)
        self.credentials = credentials
        self.clock = clock
        self.limits = limits
        self.user_id = ""
        self._auth = OriginAuth(self.base_url, credentials)
        self.mark = secrets.token_hex(4)
        """By which an engine of ours tells this client from others when it says who changed a project."""
        self._attribution = dict(attribution)
        self._web_url = web_url
        self._transport_factory = transport_factory
        self._tape = tape
        if tape:
            tape.keep_silent_about(self.secrets)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._api: httpx.AsyncClient | None = None
        self._elsewhere: httpx.AsyncClient | None = None

    @property
    def host(self) -> str:
        return self.base_url.host

    @property
    def taped(self) -> bool:
        """Whether what is said is written down, or played back."""
        return self._tape is not None

    @property
    def local(self) -> bool:
        """Whether the backend is on this machine."""
        return self._transport_factory is not None or is_loopback(self.host)

    def owns(self, url: Secret) -> bool:
        """Whether a URL is the API's own: a path, or on the same origin."""
        try:
            return self._auth.covers(self.base_url.join(url.reveal()))
        except httpx.InvalidURL:
            raise BackendError("The backend gave a URL that is none.") from None

    def secrets(self) -> tuple[Secret, ...]:
        """What may not stand in any message."""
        known = (
            self.credentials.current,
            self.credentials.client_id() if self._auth.send_client_id else None,
        )
        return tuple(secret for secret in known if secret)

    # -- sending -------------------------------------------------------------------------------------------

    async def call(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        params: Mapping[str, str | int] | None = None,
        body: Callable[[], AsyncIterator[bytes]] | None = None,
        headers: Mapping[str, str] | None = None,
        read_s: float | None = None,
        remedies: bool = True,
        secret: bool = False,
    ) -> Any:
        """One call, and the data of its answer: without a secret in it, but for a call whose very answer is `secret`.

        `body` makes the stream of bytes anew for every attempt. With `remedies` off it is sent once, come what may.
        """
        if json is not None:
            headers = {**JSON_HEADER, **(headers or {})}

        async def attempt() -> Any:
            request = self.api.build_request(
                method,
                path,
                params=params,
                content=body() if body else None if json is None else as_json(json),
                headers=headers,
                timeout=self.timeout(read_s or self.limits.read),
            )
            response = await self.answer(request)
            data = self.open(response)
            return data if secret else _veiled(data, response.text)

        return await self.conduct(attempt, remedies=remedies)

    async def content(self, path: str, params: Mapping[str, str | int]) -> bytes:
        """An answer that is a small file."""

        async def attempt() -> bytes:
            response = await self.answer(
                self.api.build_request("GET", path, params=params, timeout=self.timeout(self.limits.work))
            )
            if response.status_code == 200 and "json" not in response.headers.get("content-type", ""):
                return response.content
            self.open(response)
            raise BackendError("The backend answered with something that is not the file.")

        return await self.conduct(attempt)

    async def answer(self, request: httpx.Request, *, auth: httpx.Auth | None = None) -> httpx.Response:
        """What a request is answered with, read to its end. TooMuch for more than anybody means to say."""
        with self.translated():
            async with asyncio.timeout(None) as patience:
                # What is read from a file takes as long as it takes to send.
                if isinstance(request.stream, httpx.ByteStream):
                    _wait(patience, self.limits.total)
                else:
                    request.stream = _Sent(
                        cast(httpx.AsyncByteStream, request.stream),
                        lambda: _wait(patience, self.limits.total),
                    )
                response = await self.api.send(request, stream=True, auth=auth or self._auth)
                try:
                    await read_bounded(response)
                finally:
                    await response.aclose()
        return response

    def stream(
        self, method: str, url: str, **options: Any
    ) -> AbstractAsyncContextManager[httpx.Response, bool | None]:
        """An answer whose body is read as it comes. Raises httpx's own errors: see `translated`."""
        return self.api.stream(method, url, **options)

    async def conduct(self, attempt: Callable[[], Awaitable[T]], *, remedies: bool = True) -> T:
        """Run `attempt`, and once more after each kind of refusal that has a remedy."""
        attempts = Attempts(self, remedies=remedies)
        while True:
            await attempts.begin()
            try:
                return await attempt()
            except (Refused, NoCredits, SessionNotFound) as refusal:
                await attempts.remedy(refusal)
            except NemoError as error:
                without_context(error)
                raise

    def open(self, response: httpx.Response) -> Any:
        """The data of an answer that was read; see `open_envelope`."""
        return open_envelope(response, self.secrets())

    def timeout(self, read_s: float | None) -> httpx.Timeout:
        return httpx.Timeout(self.limits.read, connect=self.limits.connect, read=read_s)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """httpx's errors as ours."""
        try:
            yield
        except (httpx.ConnectTimeout, httpx.PoolTimeout):
            raise ConnectTimedOut(f"{self.host} could not be reached in time.") from None
        except httpx.ConnectError:
            raise Unreachable(f"No connection to {self.host}.") from None
        except (httpx.TimeoutException, TimeoutError):
            raise ReadTimedOut(f"{self.host} was asked, but gave no answer in time.") from None
        except httpx.RequestError:
            raise Unreachable(f"The connection to {self.host} was lost.") from None

    # -- signing in ----------------------------------------------------------------------------------------

    async def ask_token(self, client_id: Secret) -> Token:
        """The anonymous token of a client id. Raises `Refused` when the backend wants another id."""
        for last in (False, True):
            try:
                return await self._ask_token_once(client_id)
            except Refused as refused:
                if refused.reason == "client id":
                    raise
                if refused.reason != "rate" or last or not await self.pause(refused):
                    raise refused.error from None
        raise AssertionError("unreachable")

    async def _ask_token_once(self, client_id: Secret) -> Token:
        request = self.api.build_request(
            "POST", "/api/auth/anonymous-token", timeout=self.timeout(self.limits.read)
        )
        response = await self.answer(request, auth=_ClientIdAuth(client_id))
        try:
            token = Token.read(self.open(response), self.clock.wall_ms())
        except BackendError as error:
            if response.status_code == 400:
                raise Refused(error, "client id") from None
            raise
        if token is None:
            raise BackendError("The backend gave no token.")
        return token

    async def pause(self, refused: Refused) -> bool:
        """Wait as long as a rate limit asks for. False: longer than anybody wants to wait."""
        seconds = self.limits.rate_limit if refused.retry_after_s is None else refused.retry_after_s
        if seconds > _PATIENCE_S:
            return False
        await self.clock.sleep(seconds)
        return True

    def send_client_id(self) -> bool:
        """From now on send the client id along. False: there is none, or it was sent already."""
        if self._auth.send_client_id or self.credentials.client_id() is None:
            return False
        self._auth.send_client_id = True
        return True

    def explained(self, error: NemoError) -> NemoError:
        """What an anonymous user can do about it, or has lost."""
        if isinstance(error, SessionNotFound) and self.credentials.replaced:
            return SessionNotFound(
                error.what,
                next_step="The anonymous token that it was made with has ended, and the new one is another user: this "
                "project, its uploads and its draft can't be reached any more. Files that were exported are still "
                "there. Start a new project with connect() and upload the files again.",
            )
        user_id = self.user_id or self.credentials.user_id
        if isinstance(error, NoCredits) and self.credentials.anonymous and user_id:
            return NoCredits(
                error.what, next_step=f"Register at {self._web_url}/?bind={user_id} to get more."
            )
        return error

    # -- connections ---------------------------------------------------------------------------------------

    @property
    def api(self) -> httpx.AsyncClient:
        self._bind()
        if self._api is None:
            self._api = httpx.AsyncClient(
                base_url=self.base_url,
                auth=self._auth,
                headers={**self._attribution, **PACKED, **({_MARK_HEADER: self.mark} if self.local else {})},
                event_hooks=_HOOKS,
                transport=self._taped(self._transport_factory() if self._transport_factory else None),
                verify=self.base_url.scheme
                == "https",  # plain http needs no certificates, which take 50 ms to load
                trust_env=not self.local,  # a proxy has no business between us and this machine
            )
        return self._api

    @property
    def elsewhere(self) -> httpx.AsyncClient:
        """For other hosts (a CDN): knows no token, sends no attribution."""
        self._bind()
        if self._elsewhere is None:
            self._elsewhere = httpx.AsyncClient(
                headers=PACKED,
                event_hooks=_HOOKS,
                follow_redirects=True,
                transport=self._taped(None),
            )
        return self._elsewhere

    def _taped(self, transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncBaseTransport | None:
        if self._tape is None:
            return transport
        return self._tape.around(transport or httpx.AsyncHTTPTransport())

    async def aclose(self) -> None:
        if self._loop is asyncio.get_running_loop():
            for client in (self._api, self._elsewhere):
                if client is not None:
                    await client.aclose()
        self._api = self._elsewhere = self._loop = None

    def _bind(self) -> None:
        """Connections belong to a loop; on another one (after a fork, say) they are left alone and made anew."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._api, self._elsewhere = loop, None, None


class _Sent(httpx.AsyncByteStream):
    """A request's body that tells when it has been sent."""

    def __init__(self, body: AsyncIterable[bytes], told: Callable[[], None]) -> None:
        self._body, self._told = body, told

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for block in self._body:
            yield block
        self._told()


def _wait(patience: asyncio.Timeout, seconds: float) -> None:
    """From now on no longer than that."""
    patience.reschedule(asyncio.get_running_loop().time() + seconds)


async def read_bounded(response: httpx.Response) -> None:
    """Read a streamed answer. TooMuch for one beyond all bounds, as a few packed kB can become."""
    parts: list[bytes] = []
    left = MOST_BYTES
    async for part in response.aiter_bytes():
        parts.append(part)
        left -= len(part)
        if left < 0:
            raise TooMuch
    response._content = b"".join(parts)  # as httpx's own `aread` leaves it


def _veiled(data: Any, text: str) -> Any:
    """The data of an answer, whose `text` is known, without any long secret that this process holds."""
    veil = Veil(())
    try:
        return veil.inside(data) if veil.is_over(text) or "\\u" in text else data
    except RecursionError:
        raise BackendError("The answer is nested too deeply.") from None


class Attempts:
    """The rule for sending one request again: at most once after each kind of definite refusal."""

    def __init__(self, wire: Wire, *, remedies: bool = True) -> None:
        self._wire = wire
        self._remedies = remedies
        self._used: set[Reason] = set()
        self._signed_with: Secret | None = None

    async def begin(self) -> None:
        await self._wire.credentials.prepare(self._wire.ask_token)
        self._signed_with = self._wire.credentials.current

    async def remedy(self, refusal: Refused | NoCredits | SessionNotFound) -> None:
        """Do what lets the next attempt succeed. Raises the user's error when nothing does."""
        if not isinstance(refusal, Refused):
            raise self._wire.explained(refusal) from None
        if not self._remedies or refusal.reason in self._used or not await self._apply(refusal):
            raise refusal.error from None
        self._used.add(refusal.reason)

    async def _apply(self, refused: Refused) -> bool:
        match refused.reason:
            case "token":
                return await self._wire.credentials.renew(self._wire.ask_token, self._signed_with)
            case "client id":
                return self._wire.send_client_id()
            case "rate":
                return await self._wire.pause(refused)


class _ClientIdAuth(httpx.Auth):
    """The one call that is signed with the client id in place of a token."""

    def __init__(self, client_id: Secret) -> None:
        self._client_id = client_id

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["X-Client-Id"] = self._client_id.reveal()
        yield request
