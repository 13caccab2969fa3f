"""What looking costs before an export, for 1080p made here, 120 s of it, each against one hand-written ffmpeg command.

    python benchmarks/previews.py [cut] [b-frames] [long] [frame] [strip] [wave] [--runs 5]

cut: the whole cut as a small film, with a title and without a cache, against one command that decodes what others
refer to as well, shows it at the same rate and encodes the same sound.
b-frames: the same of a grainy film by x264's medium preset, with B-frames and a keyframe every 8 seconds.
long: the same as `cut` of five minutes, of which keyframes are shown, against decoding those alone.
frame: one frame at 1:05.5, against seeking there by hand.
strip: 48 pictures side by side, against tiling as many keyframes.
wave: the sound as a picture, against ffmpeg's own showwavespic.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from pairs import compare

from nemo_nb.draft import Draft
from nemo_nb.engine.render import Source, cut_proxy, frame_png
from nemo_nb.media import skimming
from nemo_nb.media.ffmpeg import THREADS, binary
from nemo_nb.media.probe import probe
from nemo_nb.media.samples import make_city
from nemo_nb.media.strips import filmstrip, waveform

ASSET = "sha256:" + "0" * 64
SECONDS = 120


def edit(seconds: int = SECONDS) -> Draft:
    """All of the clip, and a title."""
    clip = {"id": "clip", "s": 0, "d": seconds * 1000, "m": {"kind": "video", "asset": ASSET}}
    title = {"id": "title", "s": 10_000, "d": 3000, "m": {"kind": "text", "text": "Urban Dreams"}}
    tracks = [{"id": "a", "tt": 0, "m": {}, "sg": [clip]}, {"id": "b", "tt": 7, "m": {}, "sg": [title]}]
    return Draft.read({"v": 1, "d": 0, "m": {"width": 1920, "height": 1080, "fps": 30}, "t": tracks})


def by_hand(before: list[str], clip: Path, after: list[str], target: Path) -> Callable[[], object]:
    command = [binary(), "-v", "error", "-nostdin", "-y", *before, "-i", str(clip), *after, str(target)]
    return lambda: subprocess.run(command, check=True)


def cut(clip: Path, folder: Path, runs: int) -> None:
    compare("cut", ours(clip, folder), by_one_command(clip, folder, skimming.REFERENCES), runs)


def b_frames(clip: Path, folder: Path, runs: int) -> None:
    piece, film = folder / "piece.mp4", folder / "film.mp4"
    grain = [
        "-vf",
        "noise=alls=7:allf=t",
        "-c:v",
        "libx264",
        "-preset",
        "medium",
        "-g",
        "250",
        "-c:a",
        "copy",
    ]
    by_hand(["-t", "10"], clip, grain, piece)()
    by_hand(["-stream_loop", str(SECONDS // 10 - 1)], piece, ["-c", "copy"], film)()
    compare("b-frames", ours(film, folder), by_one_command(film, folder, skimming.REFERENCES), runs)


def long(clip: Path, folder: Path, runs: int) -> None:
    film, seconds = folder / "long.mp4", SECONDS * 5 // 2
    by_hand(["-stream_loop", "2"], clip, ["-c", "copy", "-t", str(seconds)], film)()
    theirs = by_one_command(film, folder, skimming.KEYFRAMES)
    compare("long", ours(film, folder, seconds), theirs, runs)


def ours(film: Path, folder: Path, seconds: int = SECONDS) -> Callable[[], object]:
    sources = {ASSET: Source(film, probe(film), ASSET)}
    return lambda: asyncio.run(cut_proxy(edit(seconds), sources, folder / "ours.mp4"))


def by_one_command(film: Path, folder: Path, decoded: Sequence[str]) -> Callable[[], object]:
    small = ["fps=10", "scale=640:360:flags=fast_bilinear"]
    if decoded == skimming.KEYFRAMES:
        small.reverse()  # each is shown ten times
    after = [
        "-vf", ",".join(small), "-c:v", "libx264", "-preset", "superfast", "-crf", "28",
        "-pix_fmt", "yuv420p", "-threads", str(THREADS), "-c:a", "aac", "-aac_coder", "fast", "-b:a", "96k",
        "-ar", "48000", "-movflags", "+faststart",
    ]  # fmt: skip
    return by_hand([*decoded], film, after, folder / "theirs.mp4")


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


PARTS = {"cut": cut, "b-frames": b_frames, "long": long, "frame": frame, "strip": strip, "wave": wave}


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
