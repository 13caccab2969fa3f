"""Which notebook this is, and how one is known again after it was renamed, moved or saved by another program.

A kernel is told little: JupyterLab and Notebook put the path of its notebook into `JPY_SESSION_NAME`, VS Code into the
variable `__vsc_ipynb_file__`, others nowhere. A path alone doesn't make a notebook: the next Untitled has that of the
last. So its file and the ids of its cells are looked at as well, and what a studio has left in its outputs.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from .files import data_of, read_file

__all__ = ["MIME", "Notebook", "here", "kernel_id", "shell_of_kernel", "told_by_page", "told_path"]

MIME = "application/vnd.nemo-nb+json"
"""What a studio leaves beside its plain HTML in the saved notebook: `{"project": id}`."""

_VS_CODES = "__vsc_ipynb_file__"
_CELLS = 20  # so many ids tell one notebook from another
_MOST_BYTES = 500_000_000  # a notebook that is larger is not read for them


@dataclass(frozen=True, slots=True)
class Notebook:
    """What is known of a notebook. Each part may be missing; all are, where no notebook can be told."""

    path: str = ""
    file: str = ""
    """Which file it is on its disk. A new file may get the number of one that was deleted."""
    cells: frozenset[str] = frozenset()
    """The ids of its first cells. Empty in formats that have none."""
    kernel: str = ""
    """The kernel that was asked. It keeps its id when it is restarted, and no other ever gets it."""
    projects: tuple[str, ...] = field(default=(), compare=False)
    """The ids of the projects that its saved outputs are of."""

    @classmethod
    def at(cls, path: Path, kernel: str = "", running: str = "") -> Notebook:
        """The notebook at a path; one that isn't on a disk that this machine sees is known by the path alone.

        `running`: the id of the cell that is run. A notebook that isn't saved yet has no other; one of a form without
        ids gets new ones whenever it is opened.
        """
        try:
            status = path.stat()
        except (OSError, ValueError):
            return cls(str(path), kernel=kernel)
        content = _read(path)
        cells = [cell for cell in _list(content.get("cells")) if isinstance(cell, dict)]
        ids = [cell["id"] for cell in cells if isinstance(cell.get("id"), str)][:_CELLS]
        if running and (ids or not cells):
            ids.append(running)
        return cls(
            path=str(path),
            file=f"{status.st_dev}:{status.st_ino}",
            cells=frozenset(ids),
            kernel=kernel,
            projects=tuple(dict.fromkeys(_left_behind(cells))),
        )

    def __bool__(self) -> bool:
        """Whether anything is known by which it can be found again."""
        return bool(self.path or self.kernel)

    @property
    def name(self) -> str:
        return Path(self.path).stem

    def is_again(self, seen: Notebook) -> bool:
        """Whether it is the one that was `seen` earlier, by where it lies and what is in it.

        It may have been renamed (its file is the same) or written anew (its path is the same); a cell of then is in
        it. Where the cells can't be compared, both have to be the same.
        """
        if not self.path or not seen.path:
            return False
        path, file = self.path == seen.path, self.file == seen.file
        if not self.file or not seen.file:  # not on this machine's disks, or not any more
            return path and file
        if self.cells and seen.cells:
            return (path or file) and not self.cells.isdisjoint(seen.cells)
        return file and (path or not self.cells)

    def is_there(self, project: str, *folders: Path, but: str = "") -> bool:
        """Whether the notebook that was seen is still on the disk: at its path, or under another name beside it or in
        one of the `folders`; elsewhere than at the path `but`. What is left in it of the `project` tells it, too."""
        if not self.file:
            return False
        places = {Path(self.path).parent, *folders}
        found = [Path(self.path), *(path for folder in places for path in _same_file(folder, self.file))]
        there = [Notebook.at(path) for path in found if str(path) != but and path.exists()]
        return any(one.is_again(self) or (one.file == self.file and project in one.projects) for one in there)

    def to_json(self) -> dict[str, Any]:
        return {"path": self.path, "file": self.file, "cells": sorted(self.cells), "kernel": self.kernel}

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Notebook:
        cells = frozenset(str(cell) for cell in _list(data.get("cells")))
        path, file, kernel = (str(data.get(key) or "") for key in ("path", "file", "kernel"))
        return cls(path, file, cells, kernel)


def here() -> Notebook:
    """The notebook whose kernel this is, as far as the kernel was told."""
    if not (path := told_path()):
        return Notebook(kernel=kernel_id())
    shell = shell_of_kernel()
    own_ids = path != shell.user_ns.get(_VS_CODES)  # which has others for its cells than those in the file
    return Notebook.at(Path(path), kernel_id(), _running_cell(shell) if own_ids else "")


def told_path() -> str:
    """The path of this kernel's notebook as the kernel was told; empty where it wasn't, or mustn't be heeded."""
    if not is_authors():
        return ""
    path = shell_of_kernel().user_ns.get(_VS_CODES)
    return path if isinstance(path, str) and path else _session_name()


def told_by_page(path: str) -> Notebook | None:
    """The notebook at a path as the page knows it: from the root of its server, which a kernel can only guess.

    A kernel begins in the folder of its notebook. None where nothing is there, or the page mustn't be heeded.
    """
    if not is_authors():
        return None
    begun = Path(getattr(shell_of_kernel(), "starting_dir", None) or Path.cwd())
    named = PurePosixPath(path)
    folders = named.parent.parts
    likely = [begun / named.name] if folders == begun.parts[len(begun.parts) - len(folders) :] else []
    for place in [*likely, *(folder / named for folder in (begun, *begun.parents))]:
        if place.is_file():
            return Notebook.at(place, kernel_id())
    return None


def is_authors() -> bool:
    """Whether this kernel is its author's, who runs the cells. Voila's are visitors', of whom none may see what is
    another's, and where there is no kernel one process may have many visitors."""
    return shell_of_kernel() is not None and not os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")


def shell_of_kernel() -> Any:
    """IPython's shell, where this runs in a Jupyter kernel; else None."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell if hasattr(shell, "kernel") else None


def kernel_id() -> str:
    """By which a page finds this kernel and its notebook on the server; empty outside a kernel that has such an id."""
    connect: Any = sys.modules.get("ipykernel.connect")
    try:
        found = (
            re.search(r"kernel-([0-9a-f-]{36})\.json$", connect.get_connection_file()) if connect else None
        )
    except RuntimeError:
        return ""
    return found[1] if found else ""


def _session_name() -> str:
    """The path that the server told this kernel. One that it has from the kernel that started it is not its own."""
    told = os.environ.get("JPY_SESSION_NAME", "")
    if not told:
        return ""
    import psutil

    with suppress(psutil.Error, ValueError, OverflowError):
        starter = psutil.Process(int(os.environ.get("JPY_PARENT_PID", "")))
        if starter.environ().get("JPY_SESSION_NAME") == told:
            return ""
    return told


def _running_cell(shell: Any) -> str:
    """The id of the cell that is run, as JupyterLab tells it."""
    with suppress(AttributeError, LookupError, TypeError):
        cell = shell.get_parent()["metadata"]["cellId"]
        return cell if isinstance(cell, str) else ""
    return ""


def _read(path: Path) -> dict[str, Any]:
    """What stands in a notebook; nothing for one of another form, or that can't be read."""
    try:
        content = data_of(read_file(path, _MOST_BYTES))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _left_behind(cells: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for cell in cells:
        for output in _list(cell.get("outputs")):
            with suppress(AttributeError, LookupError, TypeError):
                if isinstance(id := output["data"][MIME]["project"], str):
                    yield id


def _same_file(folder: Path, file: str) -> Iterator[Path]:
    with suppress(OSError, ValueError), os.scandir(folder) as found:
        device = folder.stat().st_dev
        yield from (Path(item.path) for item in found if f"{device}:{item.inode()}" == file)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
