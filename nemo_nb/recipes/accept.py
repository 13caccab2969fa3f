"""What a replay made, taken over into its recipe: what was left out of it, or changed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..client import Turn
from ..errors import RecipeError
from .binding import as_recorded, drafts, refer, said
from .document import Document, Holds, Input, Step, read
from .parameters import put_back
from .record import standing, tracks_of
from .replay import Made

__all__ = ["accepted"]


def accepted(document: Document, made: Made, history: Sequence[Turn]) -> Document:
    """The recipe with the files that were used, operations for every sentence, and what must hold from now on.

    A sentence that a later one took back gets none. RecipeError where the operations alone don't make the same edit.
    """
    draft = made.drafts[-1]
    inputs = {name: _used(item, made, name) for name, item in document.inputs.items()}
    steps = tuple(_steps(document, made, history))
    holds = Holds(
        duration_ms=draft.duration_ms, tracks=tracks_of(draft), edit_hash=draft.edit_hash, hash=draft.hash,
        said=said(document, steps),
    )  # fmt: skip
    now = read(document.model_copy(update={"inputs": inputs, "steps": steps, "holds": holds}).model_dump())
    _check(now, made)
    return now


def _used(item: Input, made: Made, name: str) -> Input:
    bound = made.bound.get(name)
    if bound is None or bound.same:
        return item
    fields: dict[str, Any] = {"hash": bound.asset, "duration_ms": bound.facts.get("duration_ms", 0)}
    return item.model_copy(update=fields | {"file": bound.file})


def _steps(document: Document, made: Made, history: Sequence[Turn]) -> Iterator[Step]:
    names = {(bound.asset, bound.file): name for name, bound in made.bound.items()}
    left = {turn.turn: operations for turn, operations, _ in standing(history)}
    before = 0
    for number, (step, after) in enumerate(zip(document.steps, made.turns, strict=True), start=1):
        turns = [turn for turn in history if before < turn.turn <= after]
        did = [item for turn in turns for item in left.get(turn.turn, ())]
        of_another = any(not made.bound[name].same for name in step.upload or () if name in made.bound)
        taken_back = did != [item for turn in turns for item in turn.operations]
        if step.operations is None or number in made.said or of_another or taken_back:
            operations = [put_back(refer(item, names), step.say, document.parameters) for item in did]
            step = step.model_copy(update={"operations": tuple(operations)})
        before = after
        yield step


def _check(document: Document, made: Made) -> None:
    """Whether the operations lead to what there was in the end, and at each export."""
    due = {export.after: made.drafts[export.after - 1] for export in document.exports if export.after}
    due[len(document.steps)] = made.drafts[-1]
    again = drafts(document, as_recorded(document), document.parameters)
    if any(again[number - 1].edit_hash != draft.edit_hash for number, draft in due.items()):
        raise RecipeError(
            "What was done can't be written as operations: a sentence takes an earlier one back.",
            next_step="Leave out both of them, and run it again.",
        )
