"""A film in a better container: what has no index is copied into Matroska once, and read from there."""

from __future__ import annotations

import secrets
from pathlib import Path

from .ffmpeg import guarded, run


async def rewrap(path: Path, target: Path) -> None:
    """Copy a film's first picture and all its sounds into a Matroska file at `target`, which appears when it is whole.

    Some 3 s for a gigabyte. Errors as `run`.

        await rewrap(Path("camera.mts"), Path("camera.mkv"))
    """
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    streams = ["-map", "0:v:0?", "-map", "0:a?", "-c", "copy", "-map_metadata:g", "-1"]
    await run([*guarded(path), *streams, "-f", "matroska"], part)
    part.replace(target)
