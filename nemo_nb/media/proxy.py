"""A film small enough to live inside a notebook."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..errors import ExportFailed
from . import skimming
from .ffmpeg import THREADS, guarded, run
from .probe import MediaInfo, probe

_TRIES = 4
_HEADROOM = 0.85  # the container, and a rate control that misses its aim in short films
_MOST_BITS_S = 300_000


async def make_proxy(path: Path, max_bytes: int = 3_000_000) -> bytes:
    """A low-rate MP4 of a film or a sound, of at most `max_bytes`, for a `data:` URL.

    240 pixels high and 12 frames a second at most; of what takes long to decode only the keyframes, 2 a
    second, while the sound goes on. Two or three seconds for two minutes of 1080p. Errors as `probe` and
    `run`; ExportFailed for a film too long to be made so small.

        html = '<video controls src="data:video/mp4;base64,…">'  # of await make_proxy(Path("out.mp4"))
    """
    info = await asyncio.to_thread(probe, path, path.name)
    rate = min(_MOST_BITS_S, max_bytes * 8 * _HEADROOM * 1000 / info.duration_ms)
    sparse = await asyncio.to_thread(_is_sparse, path, info)
    with tempfile.TemporaryDirectory(prefix="nemo-proxy-") as folder:
        target = Path(folder) / "proxy.mp4"
        for _ in range(_TRIES):
            await run(_arguments(path, rate, sparse, info.heard), target)
            made = await asyncio.to_thread(target.read_bytes)
            if len(made) <= max_bytes:
                return made
            rate *= 0.8 * max_bytes / len(made)
    raise ExportFailed(
        f"{info.duration_ms / 60_000:.0f} minutes don't fit into {max_bytes / 1e6:g} MB.",
        next_step="Play the file itself instead.",
    )


def _is_sparse(path: Path, info: MediaInfo) -> bool:
    """Whether to show keyframes alone."""
    pixels = info.frames * info.width * info.height
    return pixels > skimming.MANY_PIXELS and skimming.by_keyframes(path) is not None


def _arguments(path: Path, rate: float, sparse: bool, heard: Sequence[int]) -> list[str]:
    """For `rate` bits a second. What a small picture doesn't show is not decoded."""
    sound = max(8_000, min(48_000, rate / 4))
    picture = max(4_000, rate - sound)
    height, fps = (240, 12) if picture > 60_000 else (144, 6)
    fps = 2 if sparse else fps
    paced, small = f"fps={fps}", f"scale=-2:{height}:flags=fast_bilinear"
    seen = (
        f"{small},{paced}" if sparse else f"{paced},{small}"
    )  # neither what is dropped nor what is repeated
    return [
        *guarded(path, *(skimming.KEYFRAMES if sparse else skimming.REFERENCES)),
        "-map", "0:v:0?", "-map", f"0:a:{heard[0] - 1 if heard else 0}?", "-map_metadata", "-1",
        "-vf", f"{seen},format=yuv420p",
        "-c:v", "libx264", "-profile:v", "baseline", "-preset", "veryfast", "-g", str(fps * 5),
        "-threads", str(THREADS),
        "-b:v", str(round(picture)), "-maxrate", str(round(picture * 1.5)), "-bufsize", str(round(picture * 3)),
        "-c:a", "aac", "-aac_coder", "fast", "-b:a", str(round(sound)),
        "-ac", "1", "-ar", "32000" if sound > 24_000 else "16000",
        "-movflags", "+faststart", "-f", "mp4",
    ]  # fmt: skip
