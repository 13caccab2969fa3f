"""How much of this machine one ffmpeg may take, so that a notebook on it can still be saved."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from functools import cache
from pathlib import Path

from ..errors import NoSpaceLeft

SPARE_BYTES = 50_000_000  # of every disk
# Without a frame, a moment or a byte more. Sound that is turned around is read to its end before the first.
STALLED_S = 600

_OF_CONTAINERS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def number_of(name: str, default: int, *, most: int) -> int:
    """A number from 1 to `most` that the environment names; `default` where it names none."""
    told = os.environ.get(name, "")
    return (
        int(told)
        if told.isascii() and told.isdecimal() and len(told) < 10 and 1 <= int(told) <= most
        else default
    )


@cache
def memory_bytes() -> int:
    """The memory of the machine, or of the container that we are in; 0 where the system doesn't tell."""
    told = []
    with suppress(AttributeError, OSError, ValueError):
        told.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for name in _OF_CONTAINERS:
        with suppress(OSError, ValueError):  # "max": none of its own
            told.append(int(Path(name).read_text()))
    return min(told, default=0)


def room_for(path: Path, needed: int = 1) -> int:
    """How many bytes a file at `path` may have. NoSpaceLeft when it is fewer than are `needed`.

    room_for(Path("out.mp4"), needed=46_000_000)
    """
    room = shutil.disk_usage(path.parent).free - SPARE_BYTES
    if room < needed:
        raise NoSpaceLeft("There is too little room left on the disk.")
    return room
