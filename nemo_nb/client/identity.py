"""Who an anonymous user is: the client id, and the token that was given for it.

An anonymous token *is* a user: whoever loses it loses the projects. So both are kept, owner-only, and
shared by all notebooks of this machine.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from filelock import AsyncFileLock, FileLock

from ..errors import InvalidInput
from .files import NotAFile, data_of, private_folder, read_file, usable, write_private
from .masked import Secret
from .settings import Settings

__all__ = ["Identity", "Token", "TokenStore", "backend_key"]

_MOST_BYTES = 100_000
_USABLE = re.compile(r"[!-~]{1,200}")
_VALIDITY_MS = 7 * 24 * 3600 * 1000


def backend_key(base_url: str) -> str:
    """A file name for what is kept about one backend.

    >>> backend_key("https://mega-api-prod.nemovideo.ai/")
    'https-mega-api-prod.nemovideo.ai'
    """
    try:
        parts = urlsplit(base_url.rstrip("/").lower())
    except ValueError:
        raise InvalidInput("That is not the URL of a backend.", next_step="Check NEMO_API_URL.") from None
    return re.sub(r"[^a-z0-9.]+", "-", f"{parts.scheme}-{parts.netloc}{parts.path}").strip("-.")


class Identity:
    """The client id: `NEMO_CLIENT_ID` where it is set, else the one in the shared file, made when missing."""

    def __init__(self, file: Path, given: Secret | None = None) -> None:
        if given and not _USABLE.fullmatch(given.reveal()):
            raise InvalidInput(
                "The client id has characters that no header can carry.", next_step="Check NEMO_CLIENT_ID."
            )
        self._file = file
        self._given = given

    @classmethod
    def from_settings(cls, settings: Settings) -> Identity:
        return cls(settings.client_id_file, settings.client_id)

    @property
    def replaceable(self) -> bool:
        """Whether a refused id may be replaced: one that the user set may not."""
        return self._given is None

    def client_id(self) -> Secret:
        if self._given:
            return self._given
        with self._lock():
            return self._read() or self._make()

    def replace(self, refused: Secret) -> Secret:
        """A new id for one that the backend refused, or the one that another notebook has made by now."""
        with self._lock():
            kept = self._read()
            return kept if kept and kept != refused else self._make()

    @contextmanager
    def _lock(self) -> Iterator[None]:
        private_folder(self._file.parent)
        with usable(self._file), FileLock(self._file.with_name(self._file.name + ".lock"), mode=0o600):
            yield

    def _read(self) -> Secret | None:
        try:
            kept = Secret(read_file(self._file, _MOST_BYTES).decode("utf-8").strip())
        except (FileNotFoundError, NotAFile, UnicodeDecodeError):
            return None
        return kept if _USABLE.fullmatch(kept.reveal()) else None

    def _make(self) -> Secret:
        made = Secret(str(uuid.uuid4()))
        write_private(self._file, made)
        return made


@dataclass(frozen=True, slots=True)
class Token:
    """A token that a backend gave to an anonymous user."""

    secret: Secret
    user_id: str
    expires_ms: int

    @classmethod
    def read(cls, data: object, now_ms: int) -> Token | None:
        """From the answer to the anonymous-token call; `None` when there is no usable token in it."""
        if not isinstance(data, dict) or not isinstance(data.get("token"), str):
            return None
        if not _USABLE.fullmatch(data["token"]):
            return None
        expires = _moment_ms(data.get("expires_at"), default=now_ms + _VALIDITY_MS)
        return cls(Secret(data["token"]), str(data.get("user_id") or ""), expires)

    def valid(self, now_ms: int) -> bool:
        return now_ms < self.expires_ms


class TokenStore:
    """Where one client id's token for one backend is kept until it expires."""

    def __init__(self, home: Path, key: str) -> None:
        self._folder = home / "tokens"
        self._key = key

    @asynccontextmanager
    async def lock(self) -> AsyncIterator[None]:
        """Held while a token is asked for, so that two notebooks starting at once end with one."""
        path = private_folder(self._folder) / f"{self._key}.lock"
        # Without the executor it polls on the loop itself, and a cancelled wait leaves nothing behind.
        lock = AsyncFileLock(path, mode=0o600, timeout=180, run_in_executor=False, poll_interval=0.05)
        with usable(path):
            await lock.acquire()
        try:
            yield
        finally:
            await lock.release()

    def load(self, client_id: Secret) -> Token | None:
        path = self._path(client_id)
        with usable(path):
            try:
                return Token.read(data_of(read_file(path, _MOST_BYTES).decode("utf-8")), now_ms=0)
            except (FileNotFoundError, NotAFile, ValueError):
                return None

    def save(self, client_id: Secret, token: Token) -> None:
        kept = {"token": token.secret, "user_id": token.user_id, "expires_at": token.expires_ms}
        write_private(self._path(client_id), Secret(json.dumps(kept, default=Secret.reveal)))

    def _path(self, client_id: Secret) -> Path:
        """The id is part of the name (hashed): another id is another user, with another token."""
        digest = hashlib.sha256(client_id.reveal().encode()).hexdigest()[:12]
        return self._folder / f"{self._key}-{digest}.json"


def _moment_ms(value: object, default: int) -> int:
    """A moment as backends write it: ISO 8601, seconds or milliseconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e15:
        return int(value if value > 1e11 else value * 1000)
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return default
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return int(aware.timestamp() * 1000)
    return default
