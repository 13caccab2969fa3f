"""Files as the notebook's server names them."""

from __future__ import annotations

from pathlib import Path

from ..errors import MissingFile


def on_server(path: str) -> Path:
    """A path as a person types it, or as JupyterLab's file browser names it: relative to the server's root.

    The root is not known to a kernel, but it is this folder or one above it.
    """
    asked = Path(path).expanduser()
    if asked.is_absolute():
        return asked
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / asked).is_file():
            return folder / asked
    raise MissingFile(f"There is no file at {path[:200]!r}.")
