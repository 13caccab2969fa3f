"""Whether a file is still what was written: by a hash or a checksum, taken anew whenever the system says it changed."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
import zlib
from collections.abc import Callable
from pathlib import Path

_BLOCK = 1 << 20
_REMEMBERED = 4096


class Proven:
    """Remembers which files were found whole, by what the system knows of them: number, size, times of change."""

    def __init__(self) -> None:
        self._states: dict[Path, tuple[int, ...]] = {}

    def check(self, path: Path, proof: Callable[[Path], bool]) -> bool:
        """Whether `path` is whole: asks `proof`, unless the file is as it was when it was last found so."""
        try:
            state = _state(path)
            if self._states.get(path) != state:
                if not proof(path):
                    return False
                self._remember(path, state)
        except OSError:
            return False
        return True

    def note(self, path: Path) -> None:
        """`path` is whole: we have just written it."""
        with contextlib.suppress(OSError):
            self._remember(path, _state(path))

    def _remember(self, path: Path, state: tuple[int, ...]) -> None:
        self._states[path] = state
        while len(self._states) > _REMEMBERED:
            del self._states[next(iter(self._states))]


class Seals:
    """Sizes and checksums of finished files, written down in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._proven = Proven()

    def seal(self, path: Path) -> None:
        """Have the disk hold a finished file, and write down what it is. Blocks: the file is read once."""
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        told = {"size": path.stat().st_size, "crc32": _crc(path)}
        note = self._note(path)
        discard(note)  # what is written over may be a pipe by now
        note.write_text(json.dumps(told), "ascii")
        sync_folder(path.parent)
        self._proven.note(path)

    def is_whole(self, path: Path) -> bool:
        """Whether a file is as it was when it was sealed. One that never was is taken as it is."""
        return self._proven.check(path, self._is_as_sealed)

    def forget(self, path: Path) -> None:
        """Remove a file, and what is written down about it."""
        discard(path)
        discard(self._note(path))

    def _is_as_sealed(self, path: Path) -> bool:
        note = self._note(path)
        if not os.path.lexists(note):
            return True
        try:
            told = json.loads(read_file(note))
            return bool(path.stat().st_size == told["size"] and _crc(path) == told["crc32"])
        except (ValueError, LookupError, TypeError, RecursionError):
            return False

    def _note(self, path: Path) -> Path:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        return self._folder / f"{path.name}.json"


def read_file(path: Path) -> bytes:
    """What stands in a file. OSError for anything else: a pipe would be waited for without end."""
    _state(path)
    return path.read_bytes()


def discard(path: Path) -> None:
    """Remove a file of ours, or whatever a disk made of it."""
    try:
        path.unlink(missing_ok=True)
    except OSError:  # a folder
        shutil.rmtree(path, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Have the disk hold the names in a folder. Not every system can; none minds being asked."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            crc = zlib.crc32(block, crc)
    return crc


def _state(path: Path) -> tuple[int, ...]:
    """What the system knows of a file. OSError for what isn't one."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(f"{path} is no file")
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
