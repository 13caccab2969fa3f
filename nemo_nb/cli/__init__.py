"""The command line, a module for each command: `nemo-nb demo`, `lab`, `doctor`, `serve`, `tokens`, `run`.

A command's module has `add(commands)`, which describes it to argparse, and a function that runs it and returns the
exit code. `steps` of its defaults are what to do about an error, in the command's own flags.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence

from .. import __version__
from ..errors import NemoError
from . import demo, doctor, lab, run, serve, tokens


def main(arguments: Sequence[str] | None = None) -> int:
    """The entry point. 0 when it went well, 1 with one line on stderr when it did not, 130 when interrupted."""
    parser = _parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        behind = " (what JupyterLab is to get stands behind --)" if hasattr(options, "options") else ""
        parser.error(f"unrecognized arguments: {' '.join(unknown)}{behind}")
    try:
        return int(options.run(options))
    except (NemoError, OSError) as error:
        print(f"nemo-nb: {_told(error, getattr(options, 'steps', {}))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _told(error: Exception, steps: Mapping[type[NemoError], str]) -> str:
    """The error in a line, with the step that the command has for it: what is said in Python is a flag here."""
    step = next((step for kind, step in steps.items() if isinstance(error, kind)), "")
    return f"{error.what} {step}" if step and isinstance(error, NemoError) else str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nemo-nb", description="Edit video by talking.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (demo, lab, run, doctor, serve, tokens):
        command.add(commands)
    return parser
