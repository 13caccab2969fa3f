"""What it takes to make a piece of the reel, by which the studio plays the cut, against the time that it plays.

    python benchmarks/playing.py [--pieces 5]

Over HTTP, from an engine that is warm: a clip of 1080p, the same with music and a title over it, and the first piece
after a cut in the middle, the reel's list among it. The picture and the sound of a piece are asked for at once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path

import nemo_nb as nemo
from nemo_nb.client import Reel, ReelPiece
from nemo_nb.engine.launch import retire
from nemo_nb.project import AsyncProject


async def made(project: AsyncProject, piece: ReelPiece, reel: Reel) -> float:
    """How long a piece takes, as a share of the time that it plays."""
    began = time.perf_counter()
    await asyncio.gather(project.reel_piece(piece, "picture"), project.reel_piece(piece, "sound"))
    return (time.perf_counter() - began) * reel.fps[0] / reel.fps[1] / piece.frames


async def several(project: AsyncProject, pieces: int) -> list[float]:
    reel = await project.reel()
    return [await made(project, piece, reel) for piece in reel.pieces[1 : pieces + 1]]


async def after_a_cut(project: AsyncProject) -> float:
    """From the end of the edit until the piece behind the cut is there, in seconds."""
    await project.say("cut out 0:30 to 0:31")
    began = time.perf_counter()
    reel = await project.reel()
    piece = next(item for item in reel.pieces if item.first * reel.fps[1] >= 30 * reel.fps[0])
    await asyncio.gather(project.reel_piece(piece, "picture"), project.reel_piece(piece, "sound"))
    return time.perf_counter() - began


async def measure(clip: Path, tune: Path, pieces: int) -> None:
    async with await nemo.aconnect("embedded") as project:
        await project.upload(clip, tune)
        plain = await several(project, pieces)
        await project.say("add the music at 30% and fade it out at the end")
        await project.say("add the title “Hello” from 0:00 to 0:20")
        laid = await several(project, pieces)
        cut = await after_a_cut(project)
    for name, shares in (("a clip", plain), ("with music and a title", laid)):
        print(f"{name}: {statistics.median(shares):.2f} of its time ({min(shares):.2f}-{max(shares):.2f})")
    print(f"after a cut: {cut:.2f} s until the piece behind it is there")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pieces", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["NEMO_NB_HOME"] = str(Path(name) / "home")
        clip, tune = nemo.make_samples(name, seconds=60)
        try:
            asyncio.run(measure(clip, tune, options.pieces))
        finally:
            retire(Path(name) / "home")


if __name__ == "__main__":
    main()
