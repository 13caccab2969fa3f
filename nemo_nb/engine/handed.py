"""Uploads by path: over its own socket the engine opens the owner's file itself, so no byte of it goes through HTTP.

Whoever names a path tells which file was meant, by the numbers that the system gives it. Only that very file is taken,
only a regular one of the engine's own user, and it is opened once, without following a link. Anything else isn't an
error: the caller is asked for the bytes.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import BrokenMedia, InvalidInput
from ..media import formats
from .blobs import BlobWriter

MAX_PATHS = 100
_FLAGS = ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY")  # a pipe or a terminal keeps nobody waiting
_IDENTITY = ("device", "inode", "size", "changed_ns")


class NotTaken(Exception):
    """The file can't be taken by its path; its bytes may be."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that somebody names. `identity`: device, inode, size in bytes, time of its last change in ns."""

    path: Path
    name: str
    identity: tuple[int, int, int, int]

    @classmethod
    def read(cls, row: object) -> Handed:
        """From `{"path", "name", "device", "inode", "size", "changed_ns"}`. InvalidInput for anything else."""
        fields = row if isinstance(row, dict) else {}
        path, name, numbers = fields.get("path"), fields.get("name"), [fields.get(key) for key in _IDENTITY]
        usable = isinstance(path, str) and "\0" not in path and Path(path).is_absolute()
        if not usable or not isinstance(name, str) or not all(type(number) is int for number in numbers):
            raise InvalidInput(
                "A path comes as an absolute 'path', with a 'name' and the numbers of its file."
            )
        device, inode, size, changed_ns = (int(number) for number in numbers if number is not None)
        return cls(Path(str(path)), formats.base_name(name), (device, inode, size, changed_ns))

    @contextlib.contextmanager
    def opened(self) -> Iterator[int]:
        """The file, open for reading. NotTaken where it isn't the one that was meant, or none that may be taken."""
        flags = os.O_RDONLY
        for name in _FLAGS:
            flags |= getattr(os, name, 0)
        try:
            descriptor = os.open(self.path, flags)
        except OSError:
            raise NotTaken from None
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
                raise NotTaken
            if _identity(status) != self.identity:
                raise NotTaken
            yield descriptor
        finally:
            os.close(descriptor)


def read_all(rows: object) -> list[Handed]:
    """The files of a request's body. InvalidInput for what is no list of them."""
    if not isinstance(rows, list) or not 0 < len(rows) <= MAX_PATHS:
        raise InvalidInput(f"'paths' must be a list of 1 to {MAX_PATHS} files.")
    return [Handed.read(row) for row in rows]


def copy(files: Sequence[Handed], writers: Sequence[BlobWriter]) -> None:
    """Take a copy of each, hashed as it is copied: never a link, as its owner may write into the file. Blocks.

    NotTaken before anything is copied; BrokenMedia for a file that is written to meanwhile; what a writer raises.
    """
    with contextlib.ExitStack() as stack:
        descriptors = [stack.enter_context(file.opened()) for file in files]
        for file, descriptor, writer in zip(files, descriptors, writers, strict=True):
            writer.copy(descriptor, file.identity[2])
            if writer.size != file.identity[2] or _identity(os.fstat(descriptor)) != file.identity:
                raise BrokenMedia(
                    f"{file.name!r} was written to while it was read.", next_step="Upload it again."
                )
            writer.close()


def _identity(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
