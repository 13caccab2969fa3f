"""The Unix socket of an engine: in an owner-only folder of its own, both gone with the engine.

Its name is made up anew each time, so that nobody can be there first. The folder isn't in the home: a socket's path
ends at 108 bytes, and homes can be deeper than that. So what an engine that was killed left behind is cleaned up by the
next one, of whichever home.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ..errors import HomeNotWritable

_LONGEST = 90
_NAME = "s"
_STARTING_S = 120  # an engine that is just starting has a folder, and a socket that nobody answers yet


@contextlib.contextmanager
def unix_socket() -> Iterator[socket.socket]:
    """A bound socket that only the owner can reach."""
    _clean_up()
    folder = _folder()
    path = folder / _NAME
    # Made by us: uvicorn would make it 0666.
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        try:
            listener.bind(str(path))
            path.chmod(0o600)
            yield listener
        finally:
            _remove(folder)


def _folder() -> Path:
    """A new folder, in the first place that takes one."""
    name = f"{_prefix()}{secrets.token_hex(8)}"
    for base in _bases():
        folder = base / name
        if len(os.fsencode(folder)) > _LONGEST:
            continue
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700)
            folder.chmod(0o700)
            return folder
    raise HomeNotWritable(
        "There is no folder for the engine's socket.",
        next_step="Set TMPDIR to a folder of yours with a path of fewer than 50 characters, and restart the kernel.",
    )


def _clean_up() -> None:
    """Remove the folders of this user's engines that ended without doing so."""
    named = re.compile(rf"{re.escape(_prefix())}[0-9a-f]{{16}}")
    for base in _bases():
        with contextlib.suppress(OSError):
            for folder in base.iterdir():
                if named.fullmatch(folder.name) and _is_ours(folder) and _is_dead(folder):
                    _remove(folder)


def _is_ours(folder: Path) -> bool:
    if sys.platform == "win32":
        return True
    status = folder.lstat()
    return status.st_uid == os.getuid() and not folder.is_symlink()


def _is_dead(folder: Path) -> bool:
    if time.time() - folder.lstat().st_mtime < _STARTING_S:
        return False
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
            caller.settimeout(1)
            caller.connect(str(folder / _NAME))
    except (ConnectionRefusedError, FileNotFoundError):
        return True
    except OSError:  # too busy to answer, perhaps
        return False
    return False


def _remove(folder: Path) -> None:
    with contextlib.suppress(OSError):
        (folder / _NAME).unlink(missing_ok=True)
        folder.rmdir()


def _bases() -> list[Path]:
    """Where sockets may lie: what the system names for it, where that is a folder, else what is there for all."""
    named = Path(os.environ.get("XDG_RUNTIME_DIR") or "")
    bases = [named] if named.is_absolute() and named.is_dir() else []
    return list(dict.fromkeys([*bases, Path(tempfile.gettempdir()), Path("/tmp")]))  # noqa: S108 - made owner-only


def _prefix() -> str:
    return f"nemo-nb-{os.getuid() if sys.platform != 'win32' else 0}-"
