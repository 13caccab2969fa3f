"""Tables of the timeline that a user was given. One that is changed is no edit, and that is said once."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_KEPT = 8  # of a notebook that shows the timeline again and again

CHANGED = (
    "a table of the timeline was changed, which changes nothing in the video: say what is to change, or apply it as "
    'operations, project.apply([{"op": "cut_out", "start_ms": 0, "end_ms": 2000}])'
)


class Tables:
    """Those that are still held by somebody, each with how it was handed out."""

    def __init__(self) -> None:
        self._handed: list[tuple[weakref.ref[pd.DataFrame], pd.DataFrame]] = []

    def hand(self, table: pd.DataFrame) -> pd.DataFrame:
        held = [pair for pair in self._handed if pair[0]() is not None]
        self._handed = [*held, (weakref.ref(table), table.copy())][-_KEPT:]
        return table

    def changed(self) -> bool:
        """Whether somebody changed one of them since this was asked last. More columns or fewer rows are no change."""
        found = [pair for pair in self._handed if (now := pair[0]()) is not None and _differs(now, pair[1])]
        self._handed = [pair for pair in self._handed if pair not in found]
        return bool(found)


def _differs(now: pd.DataFrame, was: pd.DataFrame) -> bool:
    if "id" not in now.columns:
        return False
    now, was = now.set_index("id"), was.set_index("id")
    rows = was.index.intersection(now.index)
    columns = was.columns.intersection(now.columns)
    return not now.loc[rows, columns].equals(was.loc[rows, columns])
