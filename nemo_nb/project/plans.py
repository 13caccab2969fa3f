"""Operations as they are handed to a project: a plan that was looked at first, or a list made by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ..client import Plan
from ..errors import DraftError, InvalidInput

Operations = Plan | Sequence[Mapping[str, Any]]


def listed(operations: Operations) -> Sequence[Mapping[str, Any]]:
    """The operations one by one. InvalidInput for what is no list of objects."""
    items = operations.operations if isinstance(operations, Plan) else operations
    if isinstance(items, (str, Mapping)) or not all(isinstance(item, Mapping) for item in items):
        raise InvalidInput("Operations are a list of objects.", next_step="Sentences go to say() or plan().")
    return items


@contextmanager
def still_fitting(operations: Operations) -> Iterator[None]:
    """Of a plan that cannot be made any more, say that: it fitted the draft that it was made for."""
    try:
        yield
    except DraftError as error:
        if not isinstance(operations, Plan):
            raise
        raise DraftError(
            f"This plan is out of date: the edit has changed since it was made. {error.what}",
            next_step="Make it anew with project.plan(…), and apply that.",
        ) from None
