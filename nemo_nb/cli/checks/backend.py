"""The other side of the wire: which backend there would be, whether it is there, and the embedded engine."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...errors import NemoError
from ...project.show import size
from .finding import BROKEN, OK, Finding

if TYPE_CHECKING:
    from ...client import Client, ProjectEntry, Settings

OLD_DAYS = 30
_PATIENCE_S = 10
_FIX = "Check the network and NEMO_API_URL, or unset it to use the embedded engine."


def sign_in() -> Iterator[Finding]:
    """Which backend `connect()` would take, and how it would sign in. No account is made, and no token shown."""
    from ...backends import client_for
    from ...client import Settings

    settings = Settings.from_environment()
    try:
        client, described = client_for(None, settings)
        if client.key == "embedded":
            yield Finding("sign-in", OK, described)
        elif client.credentials.anonymous:
            yield _reached(client, settings, described)
        else:
            # The one call that says whether a token is good, and changes nothing.
            credits = asyncio.run(_credits(client))
            yield Finding("sign-in", OK, f"{described}, which is good; {credits:g} credits")
    except NemoError as error:
        yield Finding("sign-in", BROKEN, error.what, error.next_step)


def _reached(client: Client, settings: Settings, described: str) -> Finding:
    """A backend without an account of the user's. Any answer will do: a signed call would make one."""
    import httpx

    from ...client import CLOUD_URL

    url = CLOUD_URL if settings.api_url in (None, "cloud") else settings.api_url
    try:
        httpx.get(str(url), timeout=_PATIENCE_S, trust_env=not client.local)
    except httpx.HTTPError as error:
        return Finding("sign-in", BROKEN, f"{described}: not reached ({type(error).__name__})", _FIX)
    token = "is kept here" if _has_token(settings, client.key) else "will be asked for when it is needed"
    return Finding("sign-in", OK, f"{described}: reached; the token {token}")


def _has_token(settings: Settings, key: str) -> bool:
    """Whether a valid anonymous token is kept. Does not make the client id that it would belong to."""
    from ...client import Identity, TokenStore

    if not (settings.client_id or settings.client_id_file.exists()):
        return False
    token = TokenStore(settings.home, key).load(Identity.from_settings(settings).client_id())
    return token is not None and token.valid(time.time_ns() // 1_000_000)


def engine() -> Iterator[Finding]:
    """Whether the embedded engine starts and answers."""
    from ...backends import client_for
    from ...client import Settings

    began = time.monotonic()
    try:
        client, _ = client_for("embedded", Settings.from_environment())
        version = asyncio.run(_version(client))
    except NemoError as error:
        yield Finding("engine", BROKEN, error.what, error.next_step)
    except OSError as error:
        fix = "Set NEMO_NB_HOME to a folder of yours, on a local disk."
        yield Finding("engine", BROKEN, f"it can't be started: {error.strerror or error}", fix)
    else:
        spent = time.monotonic() - began
        yield Finding("engine", OK, f"version {version} answers, after {spent:.1f} s")


def storage() -> Iterator[Finding]:
    """How much disk the embedded engine's cache and projects take, and how to have it back."""
    from ...backends import client_for
    from ...client import Settings

    try:
        client, _ = client_for("embedded", Settings.from_environment())
        cached, projects = asyncio.run(_kept(client))
    except NemoError as error:
        yield Finding("storage", BROKEN, error.what, error.next_step)
        return
    yield Finding("storage", OK, f"the cache has {size(cached)}", "nemo-nb doctor --prune" if cached else "")
    old = [item for item in projects if time.time() * 1000 - item.updated_ms > OLD_DAYS * 86_400_000]
    yield Finding(
        "storage",
        OK,
        f"{_counted(projects)}; unchanged for {OLD_DAYS} days: {_counted(old)}",
        f"nemo-nb doctor --prune-projects {OLD_DAYS} deletes those" if old else "",
    )


def _counted(projects: Sequence[ProjectEntry]) -> str:
    noun = "project" if len(projects) == 1 else "projects"
    return f"{len(projects)} {noun} with {size(sum(item.bytes for item in projects))}"


async def _kept(client: Client) -> tuple[int, list[ProjectEntry]]:
    try:
        return await client.cache_bytes(), await client.projects()
    finally:
        await client.aclose()


async def _version(client: Client) -> str:
    try:
        return (await client.capabilities()).version
    finally:
        await client.aclose()


async def _credits(client: Client) -> float:
    try:
        return (await client.credits()).available
    finally:
        await client.aclose()
