"""An upload made once more on another draft: what it put there because it was missing stays as it is where it isn't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..draft import Draft
from ..draft.operations import Operation, PlaceClip, apply_all, parse
from .records import DraftOf

__all__ = ["Uploaded", "one_too_many"]


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What an upload did when it was made first, and how to read the draft that it was made on."""

    operations: Sequence[Any]
    was: DraftOf

    def again(self, now: Draft) -> tuple[list[Operation], Draft]:
        """What it does on another draft, and the draft after it."""
        operations = parse(self.operations)
        left = one_too_many(operations, self.was(), now)
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
