"""What is heard of a file where nobody chose: its own tracks together, from the film's zero on, as plain samples."""

from __future__ import annotations

import asyncio
from pathlib import Path

from .ffmpeg import guarded, run
from .probe import probe

# Times are followed: what a slow clock or a small gap would shift is stretched, and from 20 ms on put in its place.
IN_TIME = "async=1000:min_hard_comp=0.02:first_pts=0"


async def samples(path: Path, rate: int, target: Path) -> None:
    """Write the sound of a file to `target`, as mono of 16 bits at `rate`. Errors as `probe` and `run`.

    Reads the whole sound: some 0.1 s a minute.
    """
    info = await asyncio.to_thread(probe, path)
    tracks = info.heard or (1,)
    chains = [
        f"[0:a:{track - 1}]asetpts=PTS-{float(info.zero):.9f}/TB,aresample={rate}:{IN_TIME},"
        f"aformat=channel_layouts=mono[t{track}]"
        for track in tracks
    ]
    heard = "".join(f"[t{track}]" for track in tracks)
    mixed = (
        f"{heard}amix=inputs={len(tracks)}:normalize=0[heard]" if len(tracks) > 1 else f"{heard}anull[heard]"
    )
    graph = ";".join([*chains, mixed])
    plain = ["-vn", "-filter_complex", graph, "-map", "[heard]", "-ac", "1", "-ar", str(rate), "-f", "s16le"]
    await run([*guarded(path, "-seek_timestamp", "1"), *plain], target)
