"""What looking costs before an export, for 120 s of 1080p made here, each against one hand-written ffmpeg command.

    python benchmarks/previews.py [cut] [frame] [strip] [wave] [--runs 5]

cut: the whole cut as a small film, with a title and without a cache, against one command that decodes keyframes
alone as well, scales them the same and encodes the same sound.
frame: one frame at 1:05.5, against seeking there by hand.
strip: 48 pictures side by side, against tiling as many keyframes.
wave: the sound as a picture, against ffmpeg's own showwavespic.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from pairs import compare

from nemo_nb.draft import Draft
from nemo_nb.engine.render import Source, cut_proxy, frame_png
from nemo_nb.media.ffmpeg import THREADS, binary
from nemo_nb.media.probe import probe
from nemo_nb.media.samples import make_city
from nemo_nb.media.strips import filmstrip, waveform

ASSET = "sha256:" + "0" * 64
SECONDS = 120


def edit() -> Draft:
    """All of the clip, and a title."""
    clip = {"id": "clip", "s": 0, "d": SECONDS * 1000, "m": {"kind": "video", "asset": ASSET}}
    title = {"id": "title", "s": 10_000, "d": 3000, "m": {"kind": "text", "text": "Urban Dreams"}}
    tracks = [{"id": "a", "tt": 0, "m": {}, "sg": [clip]}, {"id": "b", "tt": 7, "m": {}, "sg": [title]}]
    return Draft.read({"v": 1, "d": 0, "m": {"width": 1920, "height": 1080, "fps": 30}, "t": tracks})


def by_hand(before: list[str], clip: Path, after: list[str], target: Path) -> Callable[[], object]:
    command = [binary(), "-v", "error", "-nostdin", "-y", *before, "-i", str(clip), *after, str(target)]
    return lambda: subprocess.run(command, check=True)


def cut(clip: Path, folder: Path, runs: int) -> None:
    sources = {ASSET: Source(clip, probe(clip), ASSET)}
    after = [
        "-vf", "scale=640:360:flags=fast_bilinear,fps=15", "-c:v", "libx264", "-preset", "superfast", "-crf", "28",
        "-pix_fmt", "yuv420p", "-threads", str(THREADS), "-c:a", "aac", "-aac_coder", "fast", "-b:a", "96k",
        "-ar", "48000", "-movflags", "+faststart",
    ]  # fmt: skip
    theirs = by_hand(["-skip_frame", "nokey"], clip, after, folder / "theirs.mp4")
    compare("cut", lambda: asyncio.run(cut_proxy(edit(), sources, folder / "ours.mp4")), theirs, runs)


def frame(clip: Path, folder: Path, runs: int) -> None:
    sources = {ASSET: Source(clip, probe(clip), ASSET)}
    after = ["-an", "-frames:v", "1", "-vf", "scale=960:540"]
    theirs = by_hand(["-ss", "65.5"], clip, after, folder / "theirs.png")
    compare("frame", lambda: asyncio.run(frame_png(edit(), sources, 65_500, 540)), theirs, runs)


def strip(clip: Path, folder: Path, runs: int) -> None:
    info = probe(clip)
    after = ["-an", "-vf", f"fps=48/{SECONDS},scale=114:64,tile=48x1", "-frames:v", "1"]
    theirs = by_hand(["-skip_frame", "nokey"], clip, after, folder / "theirs.jpg")
    compare("strip", lambda: asyncio.run(filmstrip(clip, info, 48, 64)), theirs, runs)


def wave(clip: Path, folder: Path, runs: int) -> None:
    after = ["-vn", "-filter_complex", "showwavespic=s=3000x64", "-frames:v", "1"]
    theirs = by_hand([], clip, after, folder / "theirs-wave.png")
    compare("wave", lambda: asyncio.run(waveform(clip, 3000, 64)), theirs, runs)


PARTS = {"cut": cut, "frame": frame, "strip": strip, "wave": wave}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("which", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clip = folder / "city.mp4"
        asyncio.run(make_city(clip, SECONDS))
        for part in options.which or PARTS:
            PARTS[part](clip, folder, options.runs)


if __name__ == "__main__":
    main()
