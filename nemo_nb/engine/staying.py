"""An upload made once more on another draft: what it put there because it was missing stays as it is where it isn't."""

from __future__ import annotations

from collections.abc import Sequence

from ..draft import Draft
from ..draft.operations import Operation, PlaceClip, apply_all

__all__ = ["one_too_many", "uploaded_again"]


def uploaded_again(operations: Sequence[Operation], was: Draft, now: Draft) -> tuple[list[Operation], Draft]:
    """What an upload that was made on the draft `was` does on `now`, and the draft after it."""
    left = one_too_many(operations, was, now)
    made = [operation for number, operation in enumerate(operations) if number not in left]
    return made, apply_all(now, made)


def one_too_many(operations: Sequence[Operation], was: Draft, now: Draft) -> set[int]:
    """Which of an upload's operations place a file that is on the timeline now and wasn't then.

    Only the first of each file: named twice at once it was wanted twice.
    """
    stays = _files(now) - _files(was)
    found: dict[tuple[str, str], int] = {}
    for number, operation in enumerate(operations):
        if isinstance(operation, PlaceClip) and (operation.asset, operation.file) in stays:
            found.setdefault((operation.asset, operation.file), number)
    return set(found.values())


def _files(draft: Draft) -> set[tuple[str, str]]:
    return {(segment.asset, segment.file) for segment in draft.segments}
