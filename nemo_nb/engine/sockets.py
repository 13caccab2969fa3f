"""The Unix socket of an engine: in an owner-only folder of its own, both gone with the engine.

The folder isn't in the home: a socket's path ends at 108 bytes, and homes can be deeper than that. So what an engine
that was killed left behind is cleaned up by the next one, of whichever home.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from .home import EngineHome

_LONGEST = 90
_NAME = "s"
_STARTING_S = 120  # an engine that is just starting has a folder, and a socket that nobody answers yet


@contextlib.contextmanager
def unix_socket(home: EngineHome) -> Iterator[socket.socket]:
    """A bound socket that only the owner can reach. PermissionError when somebody else's folder is in its place.

    Whoever comes here holds the home's lock: no other engine has this socket.
    """
    _clean_up()
    folder = _folder(home)
    path = folder / _NAME
    path.unlink(missing_ok=True)  # of an engine of this home that was killed
    # Made by us: uvicorn would make it 0666.
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        try:
            listener.bind(str(path))
            path.chmod(0o600)
            yield listener
        finally:
            _remove(folder)


def _folder(home: EngineHome) -> Path:
    digest = hashlib.sha256(os.fsencode(home.root)).hexdigest()[:16]
    folder = _base() / f"{_prefix()}{digest}"
    if len(os.fsencode(folder)) > _LONGEST:
        folder = Path("/tmp") / folder.name  # noqa: S108 - made owner-only and checked below
    folder.mkdir(mode=0o700, exist_ok=True)
    if not _is_ours(folder):
        raise PermissionError(f"The socket folder {folder.name!r} belongs to somebody else.")
    folder.chmod(0o700)
    return folder


def _clean_up() -> None:
    """Remove the folders of this user's engines that ended without doing so."""
    named = re.compile(rf"{re.escape(_prefix())}[0-9a-f]{{16}}")
    for base in {_base(), Path("/tmp")}:  # noqa: S108 - as above
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


def _base() -> Path:
    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())


def _prefix() -> str:
    return f"nemo-nb-{os.getuid() if sys.platform != 'win32' else 0}-"
