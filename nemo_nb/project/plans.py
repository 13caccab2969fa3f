"""What is handed to a project beside sentences: operations (a plan, or a list made by hand), and a focus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from ..client import Plan
from ..errors import DraftError, InvalidInput

Operations: TypeAlias = Plan | Sequence[Mapping[str, Any]]
Focus: TypeAlias = Mapping[str, Any]


def check_sentence(text: object) -> None:
    """InvalidInput for what is no sentence."""
    if not isinstance(text, str) or not text.strip():
        raise InvalidInput("There is nothing to say.", next_step="Describe the edit in a sentence.")


def checked_focus(focus: Focus | None) -> dict[str, Any] | None:
    """A focus to be sent; None where it says nothing. InvalidInput for what is none."""
    if focus is None:
        return None
    fields = dict(focus) if isinstance(focus, Mapping) else {"?": focus}
    at, segments = fields.pop("at", None), fields.pop("segments", ())
    moment = at is None or (isinstance(at, int) and not isinstance(at, bool) and at >= 0)
    listed = isinstance(segments, (list, tuple)) and all(isinstance(item, str) for item in segments)
    if fields or not moment or not listed:
        raise InvalidInput(
            "That is no focus.", next_step='Write {"at": ms, "segments": [ids]}; both may be left out.'
        )
    return {"at": at, "segments": list(segments)} if segments or at is not None else None


def listed(operations: Operations) -> Sequence[Mapping[str, Any]]:
    """The operations one by one. InvalidInput for what is no list of objects."""
    items = operations.operations if isinstance(operations, Plan) else operations
    if isinstance(items, Sequence) and all(isinstance(item, Mapping) for item in items):
        return items
    raise InvalidInput("Operations are a list of objects, each with an `op`.", next_step=_meant(items))


def _meant(items: object) -> str:
    """What to do with what was given in place of operations."""
    first = items[0] if isinstance(items, (list, tuple)) and items else items
    if isinstance(first, str):
        return "Sentences go to say() or plan()."
    if isinstance(items, Mapping):
        return f"Put it into a list: project.apply([{{'op': {items.get('op', '…')!r}, …}}])."
    if hasattr(items, "iloc"):
        return (
            "A table that was changed isn't applied: say what is to change, or write it as operations, with the ids "
            'of the column `id`: project.apply([{"op": "cut_out", "start_ms": 0, "end_ms": 2000}]).'
        )
    if hasattr(items, "changes"):
        return "What a reply tells is done already; project.plan(…) is what can be applied later."
    return 'For example: project.apply([{"op": "mute", "segments": ["seg-1"]}]).'


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
