"""What requests are signed with, and where a signature may go.

Two kinds of credentials: `UserToken`, which the user set and nobody replaces, and `Anonymous`, which
is asked for when first needed and renewed when the backend no longer takes it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from ipaddress import ip_address
from typing import Protocol

import httpx
from filelock import Timeout

from ..errors import InvalidInput, TimedOut
from .clock import Clock, current
from .envelope import Refused
from .identity import Identity, Token, TokenStore
from .masked import Secret

__all__ = ["Anonymous", "AskToken", "Credentials", "OriginAuth", "UserToken", "is_loopback", "require_safe"]

AskToken = Callable[[Secret], Awaitable[Token]]
"""Asks the backend for the token of a client id. Raises `Refused` when it wants another id."""


class Credentials(Protocol):
    """How a client proves who it is."""

    @property
    def anonymous(self) -> bool: ...

    @property
    def current(self) -> Secret | None:
        """The token that requests are signed with now."""
        ...

    @property
    def expires_ms(self) -> int | None:
        """When the token ends, in milliseconds since 1970; `None` where that isn't known."""
        ...

    @property
    def user_id(self) -> str: ...

    @property
    def replaced(self) -> bool:
        """Whether another user took an earlier one's place: the earlier projects can't be reached any more."""
        ...

    async def prepare(self, ask: AskToken) -> None:
        """Make sure that there is a token."""
        ...

    async def renew(self, ask: AskToken, rejected: Secret | None) -> bool:
        """Get another token than the rejected one. False: there is none to be had."""
        ...

    def client_id(self) -> Secret | None:
        """Sent along once a backend has asked for it."""
        ...


class UserToken:
    """The token that the user gave (`NEMO_TOKEN`)."""

    anonymous = False
    expires_ms = None
    user_id = ""
    replaced = False

    def __init__(self, token: Secret, identity: Identity | None = None) -> None:
        shown = token.reveal().isascii() and token.reveal().isprintable() and " " not in token.reveal()
        if not token or not shown:
            raise InvalidInput(
                "The token is empty or has characters that no token has.", next_step="Check NEMO_TOKEN."
            )
        self.current: Secret | None = token
        self._identity = identity

    async def prepare(self, ask: AskToken) -> None:
        pass

    async def renew(self, ask: AskToken, rejected: Secret | None) -> bool:
        return False

    def client_id(self) -> Secret | None:
        return self._identity.client_id() if self._identity else None

    def __repr__(self) -> str:
        return "UserToken(…)"


class Anonymous:
    """A token for whoever has none, shared by all notebooks of this machine through `store`."""

    anonymous = True

    def __init__(self, identity: Identity, store: TokenStore, clock: Clock | None = None) -> None:
        self._identity = identity
        self._store = store
        self._clock = clock or current()
        self._token: Token | None = None
        self.replaced = False

    @property
    def current(self) -> Secret | None:
        return self._token.secret if self._token else None

    @property
    def expires_ms(self) -> int | None:
        return self._token.expires_ms if self._token else None

    @property
    def user_id(self) -> str:
        return self._token.user_id if self._token else ""

    async def prepare(self, ask: AskToken) -> None:
        if self._token is None or not self._token.valid(self._clock.wall_ms()):
            await self._take(ask, rejected=self.current)

    async def renew(self, ask: AskToken, rejected: Secret | None) -> bool:
        if self.current == rejected:  # else another call of this client has renewed it meanwhile
            await self._take(ask, rejected)
        return True

    def kept(self) -> Token | None:
        """The token of an earlier kernel, which may have ended by now. Asks nobody."""
        return self._store.load(self._identity.client_id())

    def client_id(self) -> Secret | None:
        return self._identity.client_id()

    async def _take(self, ask: AskToken, rejected: Secret | None) -> None:
        """The token in the store, if it is not the rejected one, else a new one from the backend."""
        client_id = self._identity.client_id()
        try:
            async with self._store.lock():
                token = self._store.load(client_id)
                if token is None or token.secret == rejected or not token.valid(self._clock.wall_ms()):
                    earlier = self._token or token
                    token = await self._ask(ask, client_id)
                    self.replaced |= earlier is not None and earlier.user_id != token.user_id
                self._token = token
        except Timeout:
            raise TimedOut(
                "Another notebook has been signing in for minutes.", next_step="Try again."
            ) from None

    async def _ask(self, ask: AskToken, client_id: Secret) -> Token:
        try:
            token = await ask(client_id)
        except Refused as refused:  # the id itself was refused
            if not self._identity.replaceable:
                raise refused.error from None
            client_id = self._identity.replace(client_id)
            try:
                token = await ask(client_id)
            except Refused as again:
                raise again.error from None
        self._store.save(client_id, token)
        return token

    def __repr__(self) -> str:
        return "Anonymous(…)"


class OriginAuth(httpx.Auth):
    """Signs requests to the API's own origin, and no others: a redirect or a CDN never sees the token."""

    def __init__(self, origin: httpx.URL, credentials: Credentials) -> None:
        self._origin = _origin(origin)
        self._credentials = credentials
        self.send_client_id = False

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self.covers(request.url):
            if self._credentials.current:
                request.headers["Authorization"] = f"Bearer {self._credentials.current.reveal()}"
            client_id = self._credentials.client_id() if self.send_client_id else None
            if client_id:
                request.headers["X-Client-Id"] = client_id.reveal()
        yield request

    def covers(self, url: httpx.URL) -> bool:
        return _origin(url) == self._origin

    def __repr__(self) -> str:
        return "OriginAuth(…)"


def require_safe(url: httpx.URL, *, private_transport: bool) -> None:
    """Refuse a backend to which a token would travel in the clear.

    Plain http is for this machine only: a loopback address, or a transport of our own (a Unix socket).
    """
    if url.scheme not in ("http", "https") or not url.host:
        raise InvalidInput(
            f"{url.host or 'That'} is not the URL of a backend.", next_step="Check NEMO_API_URL."
        )
    if url.userinfo:
        raise InvalidInput(
            "The backend's URL must not hold a password.", next_step="Use NEMO_TOKEN for the token."
        )
    if url.scheme == "http" and not private_transport and not is_loopback(url.host):
        raise InvalidInput(
            f"{url.host} is reached over plain http, where anybody on the way reads the token.",
            next_step="Use its https address.",
        )


def is_loopback(host: str) -> bool:
    """
    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("10.0.0.7")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)
