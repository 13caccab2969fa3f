"""Whether the ffmpeg program gets to the first packets of a file, within reason.

The library that `probe` reads a file with isn't the program that renders it: where the one takes a moment for a file's
titles, the other may take minutes, and an export opens its files many times.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from ..errors import BrokenMedia, ExportFailed
from .ffmpeg import guarded, run

_SECONDS = 5
_WAITING = 5  # as many times as long where others have the cores
_MEMORY = 300_000_000


async def check_beginning(path: Path, name: str) -> None:
    """Open a file as an export would: some 40 ms. `name` is the file's own, where `path` isn't.

    BrokenMedia where that fails, or takes more than 5 s or 300 MB.
    """
    streams = ["-map", "0:v:0?", "-map", "0:a:0?", "-c", "copy", "-t", "0", "-f", "null"]
    nothing = path.with_name(f"{path.name}.none")  # is never written
    try:
        async with asyncio.timeout(_SECONDS * _WAITING):
            await run([*guarded(path), *streams], nothing, memory=_MEMORY, seconds=_SECONDS)
    except (TimeoutError, ExportFailed):
        raise BrokenMedia(
            f"{name!r} is damaged, or only opening it takes longer than {_SECONDS} s."
        ) from None
