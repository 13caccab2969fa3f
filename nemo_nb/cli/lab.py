"""`nemo-nb lab`: JupyterLab with the quickstart in it, as a copy that is the user's own."""

from __future__ import annotations

import argparse
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..errors import InvalidInput

QUICKSTART = "01_quickstart.ipynb"
COPY = "quickstart.ipynb"
NEEDED = ("jupyterlab", "ipykernel")


def add(commands: Any) -> None:
    command = commands.add_parser(
        "lab",
        help="open the quickstart in JupyterLab",
        description=f"Put the quickstart into a folder, as {COPY}, and open it in JupyterLab. "
        "A copy that is there already is opened as you left it.",
    )
    command.add_argument(
        "--folder", type=Path, default=Path(), help="where to work (default: the current folder)"
    )
    command.add_argument(
        "options", nargs="*", metavar="-- OPTION", help="handed on to JupyterLab, after --: -- --no-browser"
    )
    command.set_defaults(run=lab)


def lab(options: argparse.Namespace) -> int:
    """Copy the quickstart and become JupyterLab, until that is stopped."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise InvalidInput(
            f"{' and '.join(missing)} can't be found in this environment.",
            next_step='Install it: pip install "nemo-nb[lab]"',
        )
    notebook = own_copy(options.folder.expanduser())

    from jupyterlab.labapp import main

    main([str(notebook), *options.options])
    return 0


def own_copy(folder: Path) -> Path:
    """The quickstart in `folder`: copied there, or the one from an earlier time."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / COPY
    if not copy.exists():
        shutil.copyfile(_quickstart(), copy)
    return copy.resolve()


def _quickstart() -> Path:
    """In an installed package it lies beside the code, in a checkout beside the package."""
    package = Path(__file__).parents[1]
    places = (package / "notebooks" / QUICKSTART, package.parent / "notebooks" / QUICKSTART)
    return next(place for place in places if place.is_file())
