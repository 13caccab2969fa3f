"""What rendering costs, each as a ratio of two ways within one run, on media made here.

    python benchmarks/rendering.py [title] [cut] [encode] [--runs 5]

title: a title over 3 s of 120 s of 1080p against encoding all of it, both by this project.
    The long way is taken once, in the middle of the runs of the short one.
cut: 20 s from an arbitrary frame deep inside 10 minutes against the same of 1 minute, without sound.
encode: 20 s scaled to 720p, so that nothing can be copied, against one hand-written ffmpeg command.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pairs import compare, compare_with_long

from nemo_nb.draft import Draft
from nemo_nb.engine.render import Output, RenderPlan, Source, plan_render, render
from nemo_nb.engine.render.aac import AAC
from nemo_nb.media.ffmpeg import THREADS, binary
from nemo_nb.media.probe import probe
from nemo_nb.media.samples import make_city

ASSET = "sha256:" + "0" * 64


def plan(clip: Path, *tracks: list[dict[str, Any]], height: int | None = None) -> RenderPlan:
    laid = [
        {"id": f"t{number}", "tt": 7 if "text" in segments[0]["m"] else 0, "m": {}, "sg": segments}
        for number, segments in enumerate(tracks)
    ]
    canvas = {"width": 1920, "height": 1080, "fps": 30}
    draft = Draft.read({"v": 1, "d": 0, "m": canvas, "t": laid})
    return plan_render(draft, {ASSET: Source(clip, probe(clip))}, Output(height=height))


def shot(length_ms: int, **meta: Any) -> dict[str, Any]:
    held = {"kind": "video", "asset": ASSET, "file": "city.mp4", **meta}
    return {"id": "shot", "s": 0, "d": length_ms, "m": held}


def rendered(planned: RenderPlan, folder: Path) -> Callable[[], object]:
    def work() -> None:
        with tempfile.TemporaryDirectory(dir=folder) as pieces:
            asyncio.run(render(planned, folder / "out.mp4", Path(pieces)))

    return work


def title(folder: Path, runs: int) -> None:
    clip = made(folder, 120)
    text = {"id": "text", "s": 10_000, "d": 3000, "m": {"kind": "text", "text": "Urban Dreams"}}
    smart = plan(clip, [shot(120_000)], [text])
    print(*smart.rows(), sep="\n")
    whole = smart.without_copies("to compare")
    compare_with_long("title", rendered(smart, folder), rendered(whole, folder), runs)


def cut(folder: Path, runs: int) -> None:
    long = plan(made(folder, 600), [shot(20_000, source_start_ms=417_433, muted=True)])
    short = plan(made(folder, 60), [shot(20_000, source_start_ms=17_433, muted=True)])
    compare("cut", rendered(long, folder), rendered(short, folder), runs)


def encode(folder: Path, runs: int) -> None:
    clip = made(folder, 20)

    def by_hand() -> None:
        command = [
            binary(), "-v", "error", "-nostdin", "-y", "-i", str(clip), "-vf", "scale=1280:720",
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p", "-threads", str(THREADS),
            *AAC, "-ac", "2", "-movflags", "+faststart",
            str(folder / "theirs.mp4"),
        ]  # fmt: skip
        subprocess.run(command, check=True)

    compare("encode", rendered(plan(clip, [shot(20_000)], height=720), folder), by_hand, runs)


def made(folder: Path, seconds: int) -> Path:
    clip = folder / f"city-{seconds}.mp4"
    if not clip.exists():
        asyncio.run(make_city(clip, seconds))
    return clip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "which",
        nargs="*",
        choices=["title", "cut", "encode", []],
        default=[],
        help="all of them where none is named",
    )
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in options.which or ("title", "cut", "encode"):
            {"title": title, "cut": cut, "encode": encode}[name](Path(folder), options.runs)


if __name__ == "__main__":
    main()
