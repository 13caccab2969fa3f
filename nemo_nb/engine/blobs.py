"""The content-addressed store: a file's name is the hash of its bytes."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import sqlite3
from pathlib import Path
from types import TracebackType

from ..errors import FileTooLarge, NoSpaceLeft
from ..media import formats

_FULL = (errno.ENOSPC, errno.EDQUOT)


class Blobs:
    """Files by their SHA-256, written once and never changed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        for left_over in root.glob("*.part"):  # of an engine that was killed while it received a file
            left_over.unlink(missing_ok=True)

    def path(self, asset: str, file: str) -> Path:
        """Where the blob of `asset` (`sha256:…`) lies. It keeps the extension, which tells ffmpeg the format."""
        digest = asset.removeprefix("sha256:")
        return self._root / digest[:2] / f"{digest}{Path(file).suffix.lower()}"

    def writer(self, file: str) -> BlobWriter:
        return BlobWriter(self, self._root / f"{secrets.token_hex(8)}.part", file)

    def sweep(self, used: set[str]) -> None:
        """Remove what no session uses: left by an engine that was killed between storing and noting a file."""
        for blob in self._root.glob("??/*"):
            if f"sha256:{blob.stem}" not in used:
                blob.unlink(missing_ok=True)

    def remove(self, asset: str, file: str) -> None:
        self.path(asset, file).unlink(missing_ok=True)


class BlobWriter:
    """Takes a file's bytes as they come: hashed, checked and counted on the way to the disk.

    A context manager; what was not `keep`-ed when it ends is removed.
    """

    def __init__(self, blobs: Blobs, part: Path, file: str) -> None:
        self.file = file
        self.size = 0
        self._blobs = blobs
        self._part = part
        self._head = b""
        self._checked = False
        self._digest = hashlib.sha256()
        try:
            descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except OSError as error:
            raise disk_error(error) from None
        self._out = os.fdopen(descriptor, "wb", buffering=1 << 20)

    @property
    def part(self) -> Path:
        """The file as far as it is written; whole after `close`."""
        return self._part

    def write(self, data: bytes) -> None:
        """Raises UnsupportedFile or FileTooLarge as soon as it shows, NoSpaceLeft when the disk is full."""
        self.size += len(data)
        if self.size > formats.MAX_BYTES:
            raise FileTooLarge(f"{self.file!r} has over {formats.MAX_BYTES // 1_000_000} MB.")
        if not self._checked:
            self._head += data[: formats.SNIFF_BYTES]
            if len(self._head) >= formats.SNIFF_BYTES:
                self._check()
        self._digest.update(data)
        try:
            self._out.write(data)
        except OSError as error:
            raise disk_error(error) from None

    def close(self) -> None:
        """To be called when all bytes are in; the last checks are made here."""
        if not self._checked:
            self._check()
        try:
            self._out.close()
        except OSError as error:
            raise disk_error(error) from None

    def keep(self) -> str:
        """Put the file into the store and return its asset id."""
        asset = f"sha256:{self._digest.hexdigest()}"
        path = self._blobs.path(asset, self.file)
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            if not path.exists():  # else it is the very same, and a render may be reading it
                self._part.replace(path)
        except OSError as error:
            raise disk_error(error) from None
        return asset

    def __enter__(self) -> BlobWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._out.close()
        self._part.unlink(missing_ok=True)

    def _check(self) -> None:
        formats.check(self.file, self.size or 0, self._head)
        self._checked = True


def disk_error(error: OSError | sqlite3.OperationalError) -> Exception:
    """NoSpaceLeft where the disk is full, else the error itself. SQLite says it in words, the system by number."""
    full = "full" in str(error) if isinstance(error, sqlite3.OperationalError) else error.errno in _FULL
    return NoSpaceLeft("There is no space left on the engine's disk.") if full else error
