"""Which project is a notebook's."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from .journal import Entry
from .notebook import Notebook

__all__ = ["Belonging", "Own", "own_of_kernel", "whose"]


@dataclass(frozen=True, slots=True)
class Belonging:
    """A notebook's project. `copied`: it is that of the notebook which this one is a copy of."""

    entry: Entry
    notebook: Notebook
    copied: bool = False
    former_name: str = ""
    """What the notebook was called when it was seen last, where that is another name."""


def whose(notebook: Notebook, entries: Iterable[Entry]) -> Belonging | None:
    """The project of a notebook among those of this machine; None where it has none yet."""
    known = list(entries)
    claims = [(claim, entry) for entry in known for claim in entry.claims]
    claims.sort(key=lambda item: item[0].at_ms, reverse=True)
    for claim, entry in claims:
        if notebook.kernel and notebook.kernel == claim.notebook.kernel:
            # What the kernel was told of its notebook when it began may be long out of date.
            return Belonging(entry, claim.notebook if claim.notebook.path else notebook)
    if not notebook.path:
        return None
    for claim, entry in claims:
        if notebook.is_again(claim.notebook):
            # A copy may have got the name that the other one had before.
            copied = notebook.file != claim.notebook.file and _lies_elsewhere(notebook, entry)
            return Belonging(entry, notebook, copied, "" if copied else _former(notebook, claim.notebook))
    for entry in (entry for id in notebook.projects for entry in known if entry.id == id):
        if _lies_elsewhere(notebook, entry):
            return Belonging(entry, notebook, copied=True)
        seen = [claim.notebook for claim in entry.claims if claim.notebook.path]
        return Belonging(entry, notebook, former_name=_former(notebook, seen[-1]) if seen else "")
    # Before there were ids, a studio's project was the one named after the notebook.
    named = (entry for entry in known if entry.old and not entry.claims and entry.name == notebook.name)
    found = max(named, key=lambda entry: entry.updated_ms, default=None)
    return Belonging(found, notebook) if found else None


@dataclass(slots=True)
class Own:
    """What a kernel has opened as its notebook's project, so that the same cell finds it again."""

    id: str = ""
    notebook: Notebook = field(default_factory=Notebook)

    def becomes(self, id: str, notebook: Notebook) -> None:
        self.id, self.notebook = id, notebook


def own_of_kernel() -> Own:
    """This kernel's: IPython's shell stands for it, or a thread, as one process may have one for each visitor."""
    ipython = sys.modules.get("IPython")
    kernel: Any = (ipython and ipython.get_ipython()) or threading.current_thread()
    return _owns.setdefault(kernel, Own())


_owns: WeakKeyDictionary[Any, Own] = WeakKeyDictionary()


def _lies_elsewhere(notebook: Notebook, entry: Entry) -> bool:
    """Whether one that the project was open in is on the disk still, and isn't this one."""
    folder = Path(notebook.path).parent
    seen = (claim.notebook for claim in entry.claims if claim.notebook.path)
    return any(one.is_there(entry.id, folder, but=notebook.path) for one in seen)


def _former(notebook: Notebook, seen: Notebook) -> str:
    return seen.name if seen.name != notebook.name else ""
