"""Files as the engine of this machine may take them: by where they lie.

It opens them itself, so it is told which file is meant: a path may lead to another one by then.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from typing import Any

from .uploads import LocalFile

__all__ = ["told"]


def told(files: Sequence[LocalFile]) -> list[dict[str, Any]]:
    """Where the files lie, and which they are. Empty where one of them has to go as bytes.

    So does what lies in memory or was opened by the user, what isn't a regular file any more, and what another user
    of the machine owns: only one's own files go by path.
    """
    rows = [_told(file) for file in files]
    return [] if None in rows else [row for row in rows if row]


def _told(file: LocalFile) -> dict[str, Any] | None:
    if file.path is None or not hasattr(os, "geteuid"):
        return None
    try:
        path = file.path.resolve(strict=True)
        status = path.lstat()
        str(path).encode()
    except (OSError, RuntimeError, UnicodeEncodeError):  # the last: a path that JSON can't carry
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid() or status.st_size != file.size:
        return None
    return {
        "path": str(path),
        "name": file.name,
        "device": status.st_dev,
        "inode": status.st_ino,
        "size": status.st_size,
        "changed_ns": status.st_mtime_ns,
    }
