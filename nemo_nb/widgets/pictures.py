"""Small stills of films and images."""

from __future__ import annotations

import asyncio
import base64
import tempfile
from contextlib import suppress
from pathlib import Path

from ..errors import NemoError


async def still(path: Path, height: int) -> str:
    """A picture of a film or an image as a JPEG `data:` URL, of the frame that says most among the first.

    Empty where none can be made: a picture is never worth an error.
    """
    from ..media.ffmpeg import guarded, run

    wanted = ("-frames:v", "1", "-an", "-vf", f"thumbnail=8,scale=-2:{height}", "-q:v", "6", "-f", "image2")
    with tempfile.TemporaryDirectory(prefix="nemo-still-") as folder:
        target = Path(folder) / "still.jpg"
        with suppress(NemoError, OSError):
            await run([*guarded(path), *wanted, "-c:v", "mjpeg"], target)
            picture = await asyncio.to_thread(target.read_bytes)
            return as_url(picture)
    return ""


def as_url(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode('ascii')}"
