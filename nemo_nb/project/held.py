"""Which films the cells of this kernel's notebook show by themselves: a studio's copy would only make it larger.

A film is known by its file, as it is now, and by the cut that it shows: its project and the edit.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from weakref import WeakMethod

__all__ = ["forget", "hold", "is_held", "watch"]

_files: set[tuple[Path, int, int]] = set()
_cuts: set[tuple[str, str]] = set()
_watching: set[WeakMethod[Callable[[], None]]] = set()


def hold(file: Path | None = None, cut: tuple[str, str] = ("", "")) -> None:
    """A cell's output holds this film from now on."""
    if file is not None:
        _files.add(_state(file))
    if cut[1]:
        _cuts.add(cut)
    for known in list(_watching):
        if look := known():
            look()


def is_held(file: Path, cut: tuple[str, str]) -> bool:
    return cut in _cuts or (file.exists() and _state(file) in _files)


def watch(look: Callable[[], None]) -> None:
    """Have a method called whenever a cell shows a film, as long as its object lives."""
    _watching.difference_update([known for known in _watching if known() is None])
    _watching.add(WeakMethod(look))


def forget(look: Callable[[], None]) -> None:
    _watching.discard(WeakMethod(look))


def _state(path: Path) -> tuple[Path, int, int]:
    status = path.stat()
    return path, status.st_size, status.st_mtime_ns
