"""The command line: `nemo-nb demo`, `nemo-nb serve`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from . import __version__
from .errors import NemoError

FLAGSHIP = "add this background music to my video and fade it out at the end"


def main(arguments: Sequence[str] | None = None) -> int:
    """The entry point. 0 when it went well, 1 with one line on stderr when it did not, 130 when interrupted."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (NemoError, OSError) as error:
        print(f"nemo-nb: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def demo(options: argparse.Namespace) -> int:
    """Make sample media, do the flagship edit on the embedded engine, export it; the last line is JSON."""
    from .connection import connect
    from .samples import make_samples

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


def serve(options: argparse.Namespace) -> int:
    """Serve the embedded engine over TCP until stopped; one line of JSON says where, and which file has the token."""
    import logging

    from .client.files import write_private
    from .client.masked import Secret
    from .client.settings import Settings
    from .engine.home import EngineHome
    from .engine.launch import retire
    from .engine.server import serve as run

    logging.basicConfig(level=logging.WARNING)
    home = Settings.from_environment().home

    def ready(endpoint: dict[str, object], token: str) -> None:
        token_file = EngineHome.inside(home).token_file
        write_private(token_file, Secret(token))
        print(json.dumps({"url": endpoint["url"], "token_file": str(token_file)}), flush=True)

    retire(home)  # one engine for each home: what a notebook started, this one goes on with
    run(home, port=options.port, on_ready=ready)
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nemo-nb", description="Edit video by talking.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("demo", help="make sample media, add music to a 2-minute video, export it")
    command.add_argument(
        "--out", type=Path, default=Path("demo"), help="folder for all of it (default: demo)"
    )
    command.add_argument("--seconds", type=int, default=120, help="length of the sample video (default: 120)")
    command.set_defaults(run=demo)

    command = commands.add_parser("serve", help="serve the embedded engine over HTTP on this machine")
    command.add_argument("--port", type=int, default=0, help="0 picks a free one (default)")
    command.set_defaults(run=serve)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
