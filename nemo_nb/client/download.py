"""Streaming an answer into a file that appears only when it is whole."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import re
import secrets
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import IO

import httpx

from ..errors import BackendError, InvalidInput, NoSpaceLeft, TimedOut, Unreachable
from ..media.formats import in_bytes
from ..media.limits import room_for
from .bounds import MOST_FILE, TooMuch
from .leftovers import noted
from .masked import Secret
from .settings import Settings
from .unlogged import unlogged
from .wire import Wire, read_bounded

__all__ = ["Fetch", "OnDownload", "fetcher", "save"]

OnDownload = Callable[[int, int | None], None]
"""Called with bytes received and bytes in all, where that is known; on the client's loop, so it must be quick."""

Fetch = Callable[[dict[str, str]], AbstractAsyncContextManager[httpx.Response]]
"""Asks for the file, with more headers."""

_STEP = (
    65_536  # bytes that come within the time of a whole answer, and that an attempt brings to count as one
)
_LONGEST = 20  # digits of a length
_FRUITLESS = 3  # attempts in a row that brought next to nothing new
_PLACE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


def fetcher(wire: Wire, url: Secret, *, read_s: float) -> Fetch:
    """How to get `url`: a path or URL of the API is signed, one elsewhere never sees the token."""

    @asynccontextmanager
    async def fetch(headers: dict[str, str]) -> AsyncIterator[httpx.Response]:
        response = await _get(wire, url, headers, read_s)
        try:
            place = Secret(response.headers.get("location", ""))
            if response.is_redirect and place:  # the API sends us to its CDN
                await response.aclose()
                response = await _get(wire, place, headers, read_s)
            yield response
        finally:
            await response.aclose()

    return fetch


async def _get(wire: Wire, url: Secret, headers: dict[str, str], read_s: float) -> httpx.Response:
    client = wire.api if wire.owns(url) else wire.elsewhere
    with unlogged():
        return await client.send(
            client.build_request(
                "GET",
                url.reveal(),
                headers={"Accept-Encoding": "identity", **headers},  # sizes must be those of the file
                timeout=wire.timeout(read_s),
            ),
            stream=True,
        )


async def save(wire: Wire, fetch: Fetch, path: Path, on_progress: OnDownload | None = None) -> Path:
    """Fetch into a hidden file beside `path` and rename it once it is whole, replacing what was there.

    A cut download goes on where it stopped. Raises a `BackendError`, or `NoSpaceLeft`; before anything is written where
    the file is told to be larger than the disk has room for.
    """
    partial = path.with_name(f".{secrets.token_hex(8)}.part")  # its own name may be as long as any can be
    try:
        with noted(Settings.from_environment().home, partial), partial.open("wb") as file:
            await _Download(wire, fetch, file, on_progress).run()
            file.flush()
            await asyncio.to_thread(os.fsync, file.fileno())
        partial.replace(path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise NoSpaceLeft(f"There is no space left for {path.name}.") from None
        raise InvalidInput(
            f"{path} can't be written: {error.strerror}.", next_step="Name a folder that you can write to."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()
    return path


class _Download:
    """One file and the attempts that it takes."""

    def __init__(self, wire: Wire, fetch: Fetch, file: IO[bytes], on_progress: OnDownload | None) -> None:
        self._wire, self._fetch, self._file, self._on_progress = wire, fetch, file, on_progress
        self._received = 0
        self._total: int | None = None
        self._version: str | None = None

    async def run(self) -> None:
        fruitless = most = 0
        while True:
            try:
                await self._attempt()
                if self._total is None or self._received == self._total:
                    return
                failure: BackendError = Unreachable("The download ended before the file was whole.")
            except (Unreachable, TimedOut) as error:
                failure = error
            # Against all that there ever was: what is fetched anew, a little more, a little less, would go on for ever.
            fruitless = fruitless + 1 if self._received < most + _STEP else 0
            most = max(most, self._received)
            if fruitless == _FRUITLESS:
                raise failure
            await self._wire.clock.sleep(0.5 * fruitless)

    async def _attempt(self) -> None:
        loop, patience_s, checked = asyncio.get_running_loop(), self._wire.limits.total, 0
        with self._wire.translated():
            async with (
                asyncio.timeout(patience_s) as patience,
                self._fetch(self._resume_headers()) as response,
            ):
                await self._begin(response)
                async for block in response.aiter_bytes():
                    self._file.write(block)
                    self._received += len(block)
                    if self._received >= checked + _STEP:
                        checked = self._received
                        patience.reschedule(loop.time() + patience_s)
                        self._check_untold()
                    if self._on_progress:
                        self._on_progress(self._received, self._total)

    def _check_untold(self) -> None:
        """A file of unknown length has an end, and leaves the disk some room."""
        if self._total is None:
            if self._received > MOST_FILE:
                raise TooMuch("The backend's file has no end.")
            room_for(Path(self._file.name))

    def _resume_headers(self) -> dict[str, str]:
        """Only with a validator may parts of two answers be joined: else the file is fetched anew."""
        if not self._received or not self._version:
            return {}
        return {"Range": f"bytes={self._received}-", "If-Range": self._version}

    async def _begin(self, response: httpx.Response) -> None:
        kind = response.headers.get("content-type", "")
        if response.status_code not in (200, 206) or "json" in kind or kind.startswith("text/"):
            await read_bounded(response)
            self._wire.open(response)
            raise BackendError("The backend answered with something that is not the file.")
        if response.status_code == 206:
            place = _PLACE.fullmatch(response.headers.get("content-range", ""))
            if place and int(place[1]) == self._received:
                return
            self._version = None  # it can't resume after all: the next attempt fetches all of it
            raise Unreachable("The download could not go on where it stopped.")
        self._file.seek(0)
        self._file.truncate()
        self._received = 0
        length = response.headers.get("content-length", "")
        self._total = int(length) if length.isdecimal() and len(length) < _LONGEST else None
        if self._total and self._total > shutil.disk_usage(Path(self._file.name).parent).free:
            raise NoSpaceLeft(f"The file has {in_bytes(self._total)}, for which the disk has no room.")
        etag = response.headers.get("etag", "")
        self._version = etag if etag and not etag.startswith("W/") else response.headers.get("last-modified")
