"""`nemo-nb lab`: JupyterLab with the quickstart in it, as a copy that is the user's own."""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..errors import InvalidInput

QUICKSTART = "01_quickstart.ipynb"
COPY = "quickstart.ipynb"
NEEDED = ("jupyterlab", "ipykernel")
ALLOW_ROOT = "--allow-root"


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

    handed = [str(notebook), *options.options]
    if getattr(os, "geteuid", lambda: 1)() == 0 and ALLOW_ROOT not in handed:
        # In a container there is nobody else, and JupyterLab would stop.
        print(f"nemo-nb: this is root, so JupyterLab is told {ALLOW_ROOT}", file=sys.stderr)
        handed.append(ALLOW_ROOT)
    main(handed)
    return 0


def own_copy(folder: Path) -> Path:
    """The quickstart in `folder`: copied there, or the one from an earlier time."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / COPY
    if not copy.exists():
        notebook = json.loads(_quickstart().read_text("utf-8"))
        notebook["metadata"] |= _kernel()
        copy.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return copy.resolve()


def _kernel() -> dict[str, Any]:
    """What JupyterLab writes of its kernel into a notebook that it opens: where it stands there, nothing is unsaved."""
    from ipykernel.ipkernel import IPythonKernel
    from jupyter_client.kernelspec import KernelSpecManager

    name = "python3"
    spec = KernelSpecManager().get_kernel_spec(name)
    return {
        "kernelspec": {"display_name": spec.display_name, "language": spec.language, "name": name},
        "language_info": dict(IPythonKernel.language_info),
    }


def _quickstart() -> Path:
    """In an installed package it lies beside the code, in a checkout beside the package."""
    package = Path(__file__).parents[1]
    places = (package / "notebooks" / QUICKSTART, package.parent / "notebooks" / QUICKSTART)
    return next(place for place in places if place.is_file())
