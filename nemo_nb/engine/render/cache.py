"""Pieces of exports, and whole ones, kept for the next export that needs the same.

Files by the hash of what they were made from. The ones unused for longest go first when the folder grows
over its limit; a user loses nothing by it but time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 4_000_000_000
_SHARE_OF_FREE = 0.2


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
        """Put the file of `key` at `path`, which is replaced. It may be deleted there, never changed.

        False when there is none.
        """
        if key is None:
            return False
        kept = self._folder / key
        try:
            _link(kept, path)
            os.utime(kept)
        except OSError:
            return False
        return True

    def keep(self, key: str | None, path: Path) -> None:
        """Remember a finished file, which nobody may change from here on. A full disk is no error: it isn't kept."""
        if key is None:
            return
        part = self._folder / f"{key}.part"
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _link(path, part)
            os.utime(part)
            part.replace(self._folder / key)
            self.prune(self._limit())
        part.unlink(missing_ok=True)

    def usage(self) -> Usage:
        sizes = [status.st_size for _, status in self._files()]
        return Usage(len(sizes), sum(sizes))

    def prune(self, max_bytes: int = 0) -> Usage:
        """Remove files, those unused for longest first, until `max_bytes` are left. Returns what went."""
        files = sorted(self._files(), key=lambda item: item[1].st_mtime_ns, reverse=True)
        kept = gone = freed = 0
        for path, status in files:
            kept += status.st_size
            if kept > max_bytes:
                with contextlib.suppress(OSError):
                    path.unlink()
                    gone, freed = gone + 1, freed + status.st_size
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


def _link(source: Path, target: Path) -> None:
    """A second name for a file, or a copy where the disk has no such thing."""
    target.unlink(missing_ok=True)
    try:
        target.hardlink_to(source)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)
