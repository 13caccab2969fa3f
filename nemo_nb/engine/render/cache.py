"""Pieces of exports, and whole ones, kept for the next export that needs the same.

Files by the hash of what they were made from, each with a checksum behind its last byte: what a disk has damaged is
noticed when it is lent, and made anew. The ones unused for longest go first when the folder grows over its limit; a
user loses nothing by it but time.

Lent and kept are copies, never second names of one file: whoever writes into a result changes no other.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..proof import discard

MAX_BYTES = 4_000_000_000
_SHARE_OF_FREE = 0.2
_BLOCK = 1 << 20
_SEAL = struct.Struct(">8sQL")  # a mark, how many bytes stand before it, and their CRC-32
_MARK = b"nemo-nb1"


@dataclass(frozen=True, slots=True)
class Usage:
    """How many files, and how many bytes."""

    files: int
    bytes: int


class Cache:
    """A folder of finished files by key.

    >>> cache = Cache(Path("cache"))  # doctest: +SKIP
    >>> cache.lend("5f…", Path("work/piece.mp4")) or make(Path("work/piece.mp4"))  # doctest: +SKIP
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes

    def lend(self, key: str | None, path: Path) -> bool:
        """Put a copy of the file of `key` at `path`, which is replaced.

        False when there is none, or a damaged one, which is removed. A full disk is an OSError.
        """
        if key is None:
            return False
        kept = self._folder / key
        if not kept.is_file():
            discard(kept)
            return False
        try:
            source = kept.open("rb")
        except OSError:
            return False
        with source:
            path.unlink(missing_ok=True)
            with path.open("wb") as target:
                whole = _copy_sealed(source, target)
        if not whole:
            path.unlink()
            kept.unlink(missing_ok=True)
            return False
        with contextlib.suppress(OSError):
            os.utime(kept)
        return True

    def keep(self, key: str | None, path: Path) -> None:
        """Remember a copy of a finished file. A full disk is no error: it isn't kept."""
        if key is None:
            return
        part = self._folder / f"{key}.{os.getpid()}.part"
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if path.stat().st_size > self._limit():
                return
            with path.open("rb") as source, part.open("wb") as target:
                _copy_and_seal(source, target)
            part.replace(self._folder / key)
            self.prune(self._limit())
        part.unlink(missing_ok=True)

    def usage(self) -> Usage:
        sizes = [_size(status) for _, status in self._files()]
        return Usage(len(sizes), sum(sizes))

    def prune(self, max_bytes: int = 0) -> Usage:
        """Remove files, those unused for longest first, until `max_bytes` are left. Returns what went."""
        files = sorted(self._files(), key=lambda item: item[1].st_mtime_ns, reverse=True)
        kept = gone = freed = 0
        for path, status in files:
            kept += _size(status)
            if kept > max_bytes:
                with contextlib.suppress(OSError):
                    path.unlink()
                    gone, freed = gone + 1, freed + _size(status)
        return Usage(gone, freed)

    def _limit(self) -> int:
        """Never more than a part of what the disk has to spare."""
        spare = shutil.disk_usage(self._folder).free + self.usage().bytes
        return min(self._max_bytes, int(spare * _SHARE_OF_FREE))

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        with contextlib.suppress(FileNotFoundError):
            for path in self._folder.iterdir():
                with contextlib.suppress(OSError):
                    yield path, path.stat()


def _copy_and_seal(source: IO[bytes], target: IO[bytes]) -> None:
    size = crc = 0
    while block := source.read(_BLOCK):
        target.write(block)
        size, crc = size + len(block), zlib.crc32(block, crc)
    target.write(_SEAL.pack(_MARK, size, crc))


def _copy_sealed(source: IO[bytes], target: IO[bytes]) -> bool:
    """Copy what the seal stands behind, and whether it is what was sealed."""
    left = source.seek(0, os.SEEK_END) - _SEAL.size
    if left < 0:
        return False
    source.seek(left)
    mark, size, sealed = _SEAL.unpack(source.read(_SEAL.size))
    if mark != _MARK or size != left:
        return False
    source.seek(0)
    crc = 0
    while left and (block := source.read(min(_BLOCK, left))):
        target.write(block)
        left, crc = left - len(block), zlib.crc32(block, crc)
    return not left and crc == sealed


def _size(status: os.stat_result) -> int:
    return max(0, status.st_size - _SEAL.size)
