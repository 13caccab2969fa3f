"""Tables of the timeline that a user was given. One that is changed is no edit, and that is said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_KEPT = 8  # of a notebook that shows the timeline again and again

CHANGED = (
    "a table of the timeline was changed, which changes nothing in the video: say what is to change, or apply it as "
    'operations, project.apply([{"op": "cut_out", "start_ms": 0, "end_ms": 2000}])'
)


class Tables:
    """Those that were handed out last, each with how it was.

    They are held here, for what is changed may have no other name: `project.timeline.loc[0, "volume"] = 0.5`.
    """

    def __init__(self) -> None:
        self._handed: list[tuple[pd.DataFrame, pd.DataFrame]] = []

    def hand(self, table: pd.DataFrame) -> pd.DataFrame:
        from .table import Timeline

        handed = Timeline(table)
        self._handed = [*self._handed, (handed, table.copy())][-_KEPT:]
        return handed

    def changed(self) -> bool:
        """Whether somebody changed one of them since this was asked last. More columns or fewer rows are no change."""
        handed = self._handed
        self._handed = [(now, was) for now, was in handed if not _differs(now, was)]
        return len(self._handed) < len(handed)


def _differs(now: pd.DataFrame, was: pd.DataFrame) -> bool:
    if "id" not in now.columns:
        return False
    now, was = now.set_index("id"), was.set_index("id")
    rows = was.index.intersection(now.index)
    columns = was.columns.intersection(now.columns)
    return not now.loc[rows, columns].equals(was.loc[rows, columns])
