"""`nemo-nb demo`: the whole way once, from sample media to a finished video."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from ..errors import AlreadyThere

FLAGSHIP = "add this background music to my video and fade it out at the end"


def add(commands: Any) -> None:
    command = commands.add_parser("demo", help="make sample media, add music to a 2-minute video, export it")
    command.add_argument(
        "--out", type=Path, default=Path("demo"), help="folder for all of it (default: demo)"
    )
    command.add_argument(
        "--seconds", type=_seconds, default=120, help="length of the sample video (default: 120)"
    )
    command.set_defaults(run=demo, steps={AlreadyThere: "Name another folder: --out FOLDER."})


def demo(options: argparse.Namespace) -> int:
    """Make sample media, do the flagship edit on the embedded engine, export it; the last line is JSON."""
    from ..connection import connect
    from ..samples import make_samples

    began = time.monotonic()
    folder: Path = options.out
    _say(f"Making sample media in {folder} ...")
    clip, tune = make_samples(folder, seconds=options.seconds)
    with connect("embedded", project="demo " + time.strftime("%Y-%m-%d %H.%M.%S")) as project:
        _say(f"Uploading {clip.name} and {tune.name} ...")
        project.upload(clip, tune)
        _say(f"> {FLAGSHIP}")
        _say(project.say(FLAGSHIP).text)
        _say("Exporting ...")
        export = project.export(folder / "demo.mp4")
        result = {
            "video": str(export.path),
            "timeline": project.draft.summary(),
            "duration_ms": export.duration_ms,
            "seconds": round(time.monotonic() - began, 2),
        }
    print(json.dumps(result))
    return 0


def _seconds(text: str) -> int:
    from ..samples import LONGEST_S

    if not text.isdecimal() or not 1 <= int(text) <= LONGEST_S:
        raise argparse.ArgumentTypeError(f"a whole number of seconds, 1 to {LONGEST_S}")
    return int(text)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
