"""What changed, all of it: a tuple of changes that a notebook shows as a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from .difference import Change

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Changes"]

_COLUMNS = ("kind", "subject", "field", "before", "after", "text")
_SHOWN = ("subject", "field", "text")


class Changes(tuple[Change, ...]):
    """The changes in order. Each is a `Change`; `frame()` has them as a pandas table, `to_dict()` as plain data."""

    __slots__ = ()

    def to_dict(self) -> list[dict[str, Any]]:
        """One dict a change, with its English words as `text`; as JSON, too."""
        return [change.to_json() for change in self]

    def frame(self) -> pd.DataFrame:
        """One row a change: `kind`, `subject`, `field`, its values `before` and `after`, and its words as `text`."""
        import pandas as pd

        return pd.DataFrame(
            [[row[name] for name in _COLUMNS] for row in self.to_dict()], columns=list(_COLUMNS)
        )

    def _repr_html_(self) -> str:
        if not self:
            return "<p>Nothing changed.</p>"
        head = "".join(f"<th>{name}</th>" for name in _SHOWN)
        rows = ([str(row[name]) for name in _SHOWN] for row in self.to_dict())
        cells = ("".join(f'<td style="text-align: left">{escape(cell)}</td>' for cell in row) for row in rows)
        return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
