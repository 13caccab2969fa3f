"""A session's history as callers get it: page by page, each turn with its draft's hash and what changed, never a draft.

What a turn said and changed is kept with it. Of turns that an earlier version made, or that were made once more behind
an undo, it is worked out when somebody asks, and kept from then on.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Sequence
from typing import Any

from ..draft import Draft
from ..errors import InvalidInput
from .records import DraftOf, Records, Session, Turn, load
from .remaking import undone

PAGE = 200  # turns in one answer


async def page(records: Records, session: Session, since: int) -> dict[str, Any]:
    """The turns after number `since`, the oldest first, at most 200; `more` says whether there are others after them.

    `stand`: see there.
    """
    turns = records.turns(session, since, PAGE + 1)
    shown = await _worked_out(records, session, turns[:PAGE])
    gone = set(undone(records.steps(session), session.head))
    rows = [_row(turn, undone=turn.n in gone) for turn in shown]
    return {"turns": rows, "more": len(turns) > PAGE, "stand": stand(records, session)}


def stand(records: Records, session: Session) -> dict[str, Any]:
    """Where a session stands: the number of its newest `turn`, and which are `undone`, as runs of numbers.

    `{"turn": 7, "undone": [[3, 5], [7, 7]]}`: turns 3, 4, 5 and 7 are.
    """
    steps = records.steps(session)
    return {"turn": steps[-1].n if steps else 0, "undone": _runs(undone(steps, session.head))}


def draft_at(records: Records, session: Session, n: int) -> Draft:
    """The draft that turn `n` led to; 0 is the empty one. InvalidInput for a turn that there never was."""
    if n and not any(step.n == n for step in records.steps(session)):
        raise InvalidInput(f"There is no turn {n}.", next_step="Look at project.history for their numbers.")
    return records.turn(session, n).draft


async def _worked_out(records: Records, session: Session, turns: Sequence[Turn]) -> list[Turn]:
    """The turns, all with their hashes and changes. What is missing is made on a thread: it may be long."""
    missing = [
        (turn.n, records.reader(session, turn.parent), turn.read_draft) for turn in turns if not turn.hash
    ]
    if not missing:
        return list(turns)
    records.tell(session, await asyncio.to_thread(_work_out, missing))
    return records.turns(session, turns[0].n - 1, len(turns))


def _work_out(turns: Iterable[tuple[int, DraftOf, Any]]) -> list[tuple[int, str, str]]:
    told = []
    for n, read_before, read_after in turns:
        after = read_after()
        changes = [change.to_json() for change in read_before().diff(after)]
        told.append((n, after.hash, json.dumps(changes, separators=(",", ":"))))
    return told


def _row(turn: Turn, *, undone: bool) -> dict[str, Any]:
    return {
        "turn": turn.n,
        "kind": turn.kind,
        "text": turn.text,
        "reply": turn.reply,
        "operations": turn.operations,
        "frames": turn.frames,
        "left_out": turn.left_out,
        "way": turn.remade["way"] if turn.remade else None,
        "hash": turn.hash,
        "changes": load(turn.told, list),
        "undone": undone,
        "at_ms": turn.at_ms,
    }


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    """Ascending numbers as runs from … to.

    >>> _runs([1, 2, 3, 7])
    [[1, 3], [7, 7]]
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return runs
