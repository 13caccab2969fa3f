"""The content-addressed store: a file's name is the hash of its bytes, which are proven before they are used."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from ..errors import BrokenMedia, NoSpaceLeft
from ..media import formats
from .proof import Proven, sync_folder

LOST_DAYS = 30
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FICLONE = 0x40049409  # Linux' ioctl for a copy that shares its blocks (btrfs, XFS)
_BLOCK = 1 << 20


class Blobs:
    """Files by their SHA-256, written once and never changed.

    `lost` is where files go that no session uses, for 30 days: a database that is older than they are may come back.
    """

    def __init__(self, root: Path, lost: Path | None = None) -> None:
        self._root = root
        self._lost = lost or root.with_name("lost")
        self._proven = Proven()
        for left_over in root.glob("*.part"):  # of an engine that was killed while it received a file
            left_over.unlink(missing_ok=True)

    @staticmethod
    def name(asset: str, file: str) -> str:
        """What the blob of `asset` (`sha256:…`) is called. It keeps the extension, which tells ffmpeg the format."""
        return f"{asset.removeprefix('sha256:')}{Path(file).suffix.lower()}"

    def path(self, asset: str, file: str) -> Path:
        """Where the blob lies: for looking at its size. Whoever reads it asks for `whole` first."""
        name = self.name(asset, file)
        return self._root / name[:2] / name

    def is_whole(self, asset: str, file: str) -> bool:
        """Whether the blob is there and its bytes are what its name says. Reads it once, some 0.5 s for 500 MB."""
        return self._proven.check(self.path(asset, file), lambda path: _digest(path) == asset)

    def whole(self, asset: str, file: str) -> Path:
        """Where the blob lies, proven. BrokenMedia when the disk has lost or damaged it. Blocks: see `is_whole`."""
        if self.is_whole(asset, file):
            return self.path(asset, file)
        raise BrokenMedia(
            f"The stored copy of {file!r} is damaged or gone.",
            next_step="Upload the file again: it takes the damaged one's place, and the edit is safe.",
        )

    def twin(self, asset: str, file: str) -> Path:
        """Where a copy of the blob in a better container lies, or may be made. Lost, it is made again."""
        folder = self._root / "twins"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder / f"{self.name(asset, file)}.mkv"

    def writer(self, file: str) -> BlobWriter:
        return BlobWriter(self, self._root / f"{secrets.token_hex(8)}.part", file)

    def store(self, part: Path, asset: str, file: str) -> None:
        """Give a file that was received its name. It replaces what is there, which may be damaged."""
        path = self.path(asset, file)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if path.is_dir():  # nothing is deleted that nobody here made
            self._lost.mkdir(mode=0o700, exist_ok=True)
            path.replace(self._lost / f"{path.name}.{time.time_ns()}")
        try:
            part.replace(path)
        except PermissionError:  # Windows, where a file that somebody reads can't be replaced
            if path.stat().st_size != part.stat().st_size:
                raise
        sync_folder(path.parent)
        self._proven.note(path)

    def sweep(self, used: set[str], known_since: float) -> None:
        """Put aside what no session uses: left by an engine that was killed between storing and noting a file.

        `used` are names. What is older than `known_since`, the moment from which on the database knows everything,
        stays where it is. Nothing is deleted before it lay aside for 30 days, and what is asked for again comes back.
        """
        for name in used:
            with contextlib.suppress(OSError):
                if not (blob := self._root / name[:2] / name).exists():
                    (self._lost / name).replace(blob)
        for blob in self._root.glob("??/*"):
            with contextlib.suppress(OSError):
                if blob.name not in used and blob.stat().st_mtime >= known_since:
                    self._lost.mkdir(mode=0o700, exist_ok=True)
                    os.utime(blob)
                    blob.replace(self._lost / blob.name)
        for blob in self._lost.glob("*"):
            with contextlib.suppress(OSError):
                if blob.stat().st_mtime < time.time() - LOST_DAYS * 86_400:
                    blob.unlink()

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            (self._root / name[:2] / name).unlink(missing_ok=True)
            (self._root / "twins" / f"{name}.mkv").unlink(missing_ok=True)


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

    @property
    def asset(self) -> str:
        return f"sha256:{self._digest.hexdigest()}"

    def write(self, data: bytes) -> None:
        """Raises UnsupportedFile or FileTooLarge as soon as it shows, NoSpaceLeft when the disk is full."""
        self._take(data)
        try:
            self._out.write(data)
        except OSError as error:
            raise disk_error(error) from None

    def copy(self, source: int, size: int) -> None:
        """Take the first `size` bytes of an open file, and raise what `write` does. Blocks.

        Where the file system can, the copy shares its blocks until one of the two is written to; it is read back then,
        so that the hash is that of what is stored.
        """
        if _clone(source, self._out.fileno(), size):
            with self._part.open("rb", buffering=0) as stored:
                for block in _blocks(stored.fileno(), size):
                    self._take(block)
        else:
            for block in _blocks(source, size):
                self.write(block)

    def _take(self, data: bytes) -> None:
        """Count, check and hash what is or will be on the disk."""
        self.size += len(data)
        if self.size > formats.HERE.max_bytes:
            raise formats.too_large(self.file, -1, formats.HERE)
        if not self._checked:
            self._head += data[: formats.SNIFF_BYTES]
            if len(self._head) >= formats.SNIFF_BYTES:
                self._check()
        self._digest.update(data)

    def close(self) -> None:
        """To be called when all bytes are in; the last checks are made here."""
        if not self._checked:
            self._check()
        try:
            self._out.close()
        except OSError as error:
            raise disk_error(error) from None

    def settle(self) -> None:
        """Have the disk hold every byte, before anybody is told that the file is here. Blocks as long as that takes."""
        try:
            with self._part.open("rb+") as written:
                os.fsync(written.fileno())
        except OSError as error:
            raise disk_error(error) from None

    def keep(self) -> str:
        """Put the file into the store and return its asset id."""
        try:
            self._blobs.store(self._part, self.asset, self.file)
        except OSError as error:
            raise disk_error(error) from None
        return self.asset

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


def _clone(source: int, target: int, size: int) -> bool:
    """Have `target`, an empty file, share the blocks of `source`. False where that can't be, with nothing done."""
    if sys.platform != "linux" or size > formats.HERE.max_bytes:
        return False
    import fcntl

    try:
        fcntl.ioctl(target, _FICLONE, source)
    except OSError:  # another file system, or one that can't
        return False
    os.ftruncate(target, size)
    return True


def _blocks(source: int, size: int) -> Iterator[bytes]:
    """The first `size` bytes of an open file, or as many as there are."""
    place = 0
    while place < size and (block := os.pread(source, min(_BLOCK, size - place), place)):
        yield block
        place += len(block)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def disk_error(error: OSError | sqlite3.OperationalError) -> Exception:
    """NoSpaceLeft where the disk is full, else the error itself. SQLite says it in words, the system by number."""
    full = "full" in str(error) if isinstance(error, sqlite3.OperationalError) else error.errno in _FULL
    return NoSpaceLeft("There is no space left on the engine's disk.") if full else error
