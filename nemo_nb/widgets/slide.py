"""Rows that only changed their place in time, told in a few bytes.

A cut at the start of a long timeline moves everything after it by as much. Sent as a *slide*, "what starts in
`[from, to)` goes `by` ms", that is one short message, where a row each would be a hundred kilobytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

Row = dict[str, Any]
Slide = dict[str, int]
_FEW = 8  # so many rows may as well be sent as they are


def find_slide(held: Mapping[str, Row], wanted: Mapping[str, Row]) -> Slide | None:
    """The slide that brings most rows to where they are wanted; None where it is not worth the while.

    >>> held = {str(n): {"id": str(n), "start": n * 10, "end": n * 10 + 10} for n in range(20)}
    >>> find_slide(held, {key: row | {"start": row["start"] + 5, "end": row["end"] + 5} for key, row in held.items()})
    {'from': 0, 'to': 191, 'by': 5}
    """
    starts: dict[int, list[int]] = defaultdict(list)
    for key, row in held.items():
        new = wanted.get(key)
        if new and "start" in row and new["start"] != row["start"]:
            starts[new["start"] - row["start"]].append(row["start"])
    if not starts:
        return None
    by = max(starts, key=lambda each: len(starts[each]))
    if len(starts[by]) < _FEW:
        return None
    return {"from": min(starts[by]), "to": max(starts[by]) + 1, "by": by}


def slid(rows: Iterable[Row], slide: Slide) -> dict[str, Row]:
    """The rows after it, by id."""
    by = slide["by"]
    return {
        row["id"]: row | {"start": row["start"] + by, "end": row["end"] + by}
        if slide["from"] <= row["start"] < slide["to"]
        else row
        for row in rows
    }
