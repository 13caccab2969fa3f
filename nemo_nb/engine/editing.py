"""A session's edits: sentence or operations in, new draft and reply out, every step kept.

Turns form a tree by their `parent`; the session's head is where it stands. Undo moves the head back, redo
forward again, and an edit after an undo starts a branch. So each draft that ever was is still there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..draft import Draft, operations
from ..draft.operations import Operation
from ..errors import DraftError
from . import planner
from .intake import media_asset
from .planner import Material, Plan
from .records import Records, Session, Turn, Upload


@dataclass(frozen=True, slots=True)
class Step:
    """What a turn did."""

    reply: str
    operations: tuple[Operation, ...]
    before: Draft
    after: Draft


class Editor:
    def __init__(self, records: Records) -> None:
        self._records = records

    def look(self, session: Session, text: str) -> tuple[Plan, str]:
        """What a message would do, and what would be said to it, without doing it."""
        plan = planner.plan(text, self._material(session))
        before = self._records.head(session).draft
        return plan, planner.compose(plan, before, operations.apply_all(before, plan.operations))

    def say(self, session: Session, text: str) -> Step:
        """One message. What cannot be done is told in the reply; the draft changes whole or not at all."""
        before = self._records.head(session).draft
        plan = planner.plan(text, self._material(session))
        if plan.undo or plan.redo:
            session, _ = self._walk(session, -plan.undo or plan.redo)
            after = self._records.head(session).draft
        else:
            try:
                after = operations.apply_all(before, plan.operations)
            except DraftError as error:
                after = before
                plan = dataclasses.replace(plan, operations=(), refusals=(*plan.refusals, str(error)))
        reply = planner.compose(plan, before, after)
        self._records.add_turn(session, "message", text, reply, _dump(plan.operations), after)
        return Step(reply, plan.operations, before, after)

    def apply(self, session: Session, raw: Sequence[Any], label: str) -> Step:
        """Operations made elsewhere. DraftError, with nothing changed, when one of them cannot be carried out."""
        before = self._records.head(session).draft
        parsed = tuple(operations.parse(raw))
        after = operations.apply_all(before, parsed)
        reply = "; ".join(map(str, before.diff(after)))
        self._records.add_turn(session, "apply", label, reply, _dump(parsed), after)
        return Step(reply, parsed, before, after)

    def place(self, session: Session, uploads: Sequence[Upload]) -> None:
        """Put uploaded videos on the timeline, in order; audio and images wait to be asked for."""
        placed = [
            operations.place(media_asset(upload)) for upload in uploads if upload.info["kind"] == "video"
        ]
        before = self._records.head(session).draft
        after = operations.apply_all(before, placed)
        names = ", ".join(upload.file for upload in uploads)
        reply = "; ".join(map(str, before.diff(after)))
        self._records.add_turn(session, "upload", names, reply, _dump(placed), after)

    def undo(self, session: Session, steps: int) -> int:
        """How many steps back it really went."""
        return self._walk(session, -steps)[1]

    def redo(self, session: Session, steps: int) -> int:
        return self._walk(session, steps)[1]

    def history(self, session: Session) -> list[tuple[Turn, bool]]:
        """Every turn with whether it is undone: it changed the draft, but lies off the way to the head."""
        turns = self._records.turns(session)
        held = {turn.n for turn in self._trail(session, turns)}
        drafts = {turn.n: turn.draft for turn in turns} | {0: Draft.empty(session.name)}
        return [(turn, turn.n not in held and turn.draft != drafts[turn.parent]) for turn in turns]

    def _material(self, session: Session) -> Material:
        turns = self._records.turns(session)
        trail = self._trail(session, turns)
        redo, at = 0, session.head
        while (ahead := _ahead(turns, at)) is not None:
            redo, at = redo + 1, ahead.n
        return Material(
            draft=self._records.head(session).draft,
            assets=tuple(media_asset(upload) for upload in self._records.uploads(session.id)),
            undo_steps=sum(turn.kind != "upload" for turn in trail),
            redo_steps=redo,
        )

    def _walk(self, session: Session, steps: int) -> tuple[Session, int]:
        """Move the head by steps, back where negative; stops at the end. The session and the steps made."""
        for made in range(abs(steps)):
            moved = self._back(session) if steps < 0 else self._forward(session)
            if moved is None:
                return session, made
            session = moved
        return session, abs(steps)

    def _back(self, session: Session) -> Session | None:
        """Before the last message or `apply`. What was uploaded since stays: it is no message to be undone."""
        turn = self._records.head(session)
        uploads: list[Turn] = []
        while turn.kind == "upload":
            uploads.append(turn)
            turn = self._records.turn(session, turn.parent)
        if turn.n == 0:
            return None
        session = self._records.move_head(session, turn.parent)
        for upload in reversed(uploads):
            draft = operations.apply_all(
                self._records.head(session).draft, operations.parse(upload.operations)
            )
            session = self._records.add_turn(session, "upload", upload.text, "", upload.operations, draft)
        return session

    def _forward(self, session: Session) -> Session | None:
        ahead = _ahead(self._records.turns(session), session.head)
        return None if ahead is None else self._records.move_head(session, ahead.n)

    def _trail(self, session: Session, turns: Sequence[Turn]) -> list[Turn]:
        """The turns from the head back to the start."""
        by_number = {turn.n: turn for turn in turns}
        trail, at = [], session.head
        while at:
            trail.append(by_number[at])
            at = by_number[at].parent
        return trail


def _ahead(turns: Sequence[Turn], head: int) -> Turn | None:
    """The newest step that was made from here and undone."""
    here = next((turn.draft for turn in turns if turn.n == head), None)
    steps = [
        t for t in turns if t.parent == head and t.kind != "upload" and t.draft != (here or Draft.empty())
    ]
    return steps[-1] if steps else None


def _dump(parsed: Sequence[Operation]) -> list[dict[str, Any]]:
    return [operation.model_dump(mode="json", exclude_defaults=False) for operation in parsed]
