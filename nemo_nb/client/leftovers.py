"""What a process would leave behind if it were killed: written down as it is made, swept by the next one.

Temporary folders of uploads and half-fetched files lie wherever they have to. Each has a note in the home, with the
process that it belongs to; a process that starts removes what belongs to none that is alive.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from .files import data_of, private_folder, read_file

__all__ = ["noted", "sweep"]

_MOST_BYTES = 100_000
_HERE = socket.gethostname()


@contextlib.contextmanager
def noted(home: Path, path: Path) -> Iterator[Path]:
    """`path` is passing: a file or folder that its maker removes when the block ends, and else the next process."""
    note = home / "passing" / f"{secrets.token_hex(8)}.json"
    with contextlib.suppress(OSError):  # a home that can't be written to must not keep anybody from working
        private_folder(note.parent)
        told = {"host": _HERE, "pid": os.getpid(), "began": _began(os.getpid()), "path": str(path.absolute())}
        note.write_text(json.dumps(told), encoding="utf-8")
    try:
        yield path
    finally:
        with contextlib.suppress(OSError):
            note.unlink(missing_ok=True)


def sweep(home: Path) -> None:
    """Remove what processes of this machine left behind that are no more. Never raises."""
    with contextlib.suppress(OSError):
        for note in list((home / "passing").glob("*.json")):
            with contextlib.suppress(OSError, ValueError, LookupError, TypeError, OverflowError):
                told: Any = data_of(read_file(note, _MOST_BYTES))
                if told["host"] != _HERE or _began(told["pid"]) == told["began"]:
                    continue
                path = Path(told["path"])
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)
                note.unlink()


def _began(pid: int) -> float | None:
    """When a process began: its number may be another's by now. None where it is no more."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return None
