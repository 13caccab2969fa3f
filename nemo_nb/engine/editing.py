"""A session's edits: sentence or operations in, new draft and reply out, every step kept.

Turns form a tree by their `parent`; the session's head is where it stands. Undo moves the head back, redo
forward again, and an edit after an undo starts a branch. So each draft that ever was is still there.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from ..draft import Change, Draft, operations
from ..draft.operations import Operation
from ..draft.schema import check
from ..errors import DraftError, InvalidInput, OutOfDate
from ..language import takes_back
from ..media.loudness import Reading
from ..media.subtitles import Cue
from . import focus, planner
from .answering import Told, noted
from .focus import NOWHERE, Focus
from .helpers import Helpers, InPlace
from .intake import Intake, media_asset, notes_on, sort_out
from .lettering import doubts
from .listening import Listener
from .past import Past
from .planner import InTheWay, Lines, Material, Pauses, Plan, TurnSeen
from .planner.wording import sentence
from .records import DraftOf, NewTurn, Records, Session, Turn, Upload
from .remaking import Chosen, Left, Way
from .staying import Uploaded


@dataclass(frozen=True, slots=True)
class Step:
    """What a turn did, and what is said about it."""

    turn: Turn
    operations: tuple[Operation, ...]
    before: Draft
    after: Draft
    told: Told

    @property
    def reply(self) -> str:
        return self.told.reply


@dataclass(frozen=True, slots=True)
class Walked:
    """Where undo or redo led: how many steps were really made, to which draft, and what changed by it."""

    steps: int
    after: Draft
    changes: tuple[Change, ...]


class Editor:
    """`listener` answers what a plan wants to know about media; `changed` is told of each session that changes."""

    def __init__(
        self,
        records: Records,
        listener: Listener,
        helpers: Helpers | InPlace | None = None,
        changed: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._records = records
        self._listener = listener
        self._helpers = helpers or InPlace()
        self._changed = changed
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def _alone(self, session: Session) -> AsyncIterator[Session]:
        """The session as it is once its other turns are through; nobody else changes it meanwhile."""
        lock = self._locks.setdefault(session.id, asyncio.Lock())
        async with lock:
            before = self._records.session(session.id, session.user)
            yield before
            if self._records.session(session.id, session.user) != before:
                self._changed(session.id)

    async def look(self, session: Session, text: str, eyes: Focus = NOWHERE) -> tuple[Plan, str]:
        """What a message would do, and what would be said to it, without doing it."""
        async with self._alone(session) as session:
            plan = await self._planned(session, partial(planner.plan, text), eyes)
            before = self._records.head(session).draft
            return await self._helpers.run(_looked, plan, before)

    async def say(self, session: Session, text: str, eyes: Focus = NOWHERE) -> Step:
        """One message. What cannot be done is told in the reply; the draft changes whole or not at all.

        `eyes` is what whoever says it has before them: see `focus`.
        """
        async with self._alone(session) as session:
            plan = await self._planned(session, partial(planner.plan, text), eyes, past=True)
            return await self._done(session, plan, "message", text)

    async def apply(
        self, session: Session, raw: Sequence[Any], text: str, *, if_hash: str | None = None
    ) -> Step:
        """Operations made elsewhere; `text` says what they are for.

        DraftError, with nothing changed, when one of them cannot be carried out; OutOfDate when the draft has
        another hash than `if_hash`.
        """
        async with self._alone(session) as session:
            before = self._records.head(session).draft
            _check_hash(before, if_hash)
            parsed, after, told = await self._helpers.run(_applied, raw, before)
            made = _made(parsed, before, after)
            new = NewTurn("apply", text, told.reply, made, after, told=told.changes)
            return Step(self._records.add_turn(session, new), parsed, before, after, told)

    async def carry_out(
        self, session: Session, frames: Sequence[Any], text: str, *, if_hash: str | None = None
    ) -> Step:
        """Frames made elsewhere, as `apply` does operations. InvalidInput when they can't be read or carried out."""
        carry_out: Callable[[Sequence[Any], Material], Plan] | None = getattr(planner, "carry_out", None)
        if carry_out is None:
            raise InvalidInput("This engine takes no frames.", next_step="Send operations.")
        async with self._alone(session) as session:
            plan = await self._planned(session, partial(carry_out, frames))
            _check_hash(self._records.head(session).draft, if_hash)
            if unsaid := [*plan.refusals, *([plan.question] if plan.question else [])]:
                raise InvalidInput(" ".join(["The frames can't be carried out.", *unsaid]))
            return await self._done(session, plan, "apply", text)

    async def _done(self, session: Session, plan: Plan, kind: str, text: str) -> Step:
        """Carry out a plan, as one turn."""
        before = self._records.head(session).draft
        if plan.undo or plan.redo:
            session, _ = self._walk(session, -plan.undo or plan.redo)
        base, left = self._records.head(session).draft, None
        if plan.leave_out:
            found, _ = await self._helpers.run(_without, self._way(session), plan.leave_out)
            if isinstance(found, Left):
                base, left = found.draft, found
            else:
                in_the_way = sentence(plan.language, "in_the_way", text=found.text)
                refusals = (*plan.refusals, in_the_way)
                plan = dataclasses.replace(plan, operations=(), leave_out=(), refusals=refusals)
        plan, after, told = await self._helpers.run(_carried_out, plan, before, base)
        made = _made(plan.operations, base, after)
        frames = plan.frames if made else [{**frame, "ops": [0, 0]} for frame in plan.frames]
        remade = left.to_json() if left else None
        new = NewTurn(
            kind, text, told.reply, made, after, frames, plan.memory, plan.leave_out, remade, told.changes
        )
        return Step(self._records.add_turn(session, new), plan.operations, before, after, told)

    async def leave_out(self, session: Session, turns: Chosen, text: str = "") -> Step | InTheWay:
        """Take turns back while the later ones stay, in a turn of its own; or, with nothing done, what is in the way.

        InvalidInput for one that is undone already or changed nothing.
        """
        async with self._alone(session) as session:
            left, changes = await self._helpers.run(_without, self._way(session), turns)
            if isinstance(left, InTheWay):
                return left
            before = self._records.head(session).draft
            told = Told("; ".join(map(str, changes)), changes)
            new = NewTurn(
                "undo", text, told.reply, (), left.draft, left_out=turns, remade=left.to_json(), told=changes
            )
            return Step(self._records.add_turn(session, new), (), before, left.draft, told)

    def _way(self, session: Session, turns: Sequence[Turn] | None = None) -> Way:
        turns = self._records.turns(session) if turns is None else turns
        start, now = Draft.empty(session.name), self._records.head(session).draft
        return Way.to(start, now, turns, self._trail(session, turns))

    async def take(self, session: Session, uploads: Sequence[Upload]) -> Intake:
        """Keep uploads and put their videos on the timeline, in order; audio and images wait to be asked for.

        The same content under the same name is the same file, which stays as it is where it is on the timeline: a
        notebook runs twice. Named twice at once it is wanted twice. All at once or, with a DraftError, nothing.
        """
        async with self._alone(session) as session:
            before = self._records.head(session).draft
            sorted_out = sort_out(uploads, before, self._records.uploads(session.id))
            if not sorted_out.told:
                return sorted_out
            placed = [operations.place(media_asset(upload)) for upload in sorted_out.placed]
            after = operations.apply_all(before, placed)
            names, changes = ", ".join(upload.file for upload in sorted_out.told), tuple(before.diff(after))
            reply = " ".join(["; ".join(map(str, changes)), *notes_on(sorted_out.told)]).strip()
            new = NewTurn("upload", names, reply, _dump(placed), after, told=changes)
            self._records.add_turn(session, new, sorted_out.fresh)
            return sorted_out

    async def undo(self, session: Session, steps: int) -> Walked:
        """So many steps back, or as many as there are."""
        return await self._walked(session, -steps)

    async def redo(self, session: Session, steps: int) -> Walked:
        return await self._walked(session, steps)

    async def _walked(self, session: Session, steps: int) -> Walked:
        async with self._alone(session) as session:
            before = self._records.head(session).draft
            session, made = self._walk(session, steps)
            after = self._records.head(session).draft if made else before
            return Walked(made, after, await self._helpers.run(_changes, before, after))

    def seen(self, session: Session) -> list[TurnSeen]:
        """The turns so far as a planner sees them, the newest last."""
        turns = self._records.turns(session)
        return self._seen(session, turns, self._way(session, turns))

    def _seen(self, session: Session, turns: Sequence[Turn], way: Way) -> list[TurnSeen]:
        return [
            TurnSeen(
                n=turn.n,
                kind=turn.kind,
                text=turn.text,
                frames=tuple(turn.frames),
                changed=turn.changed,
                undone=turn.changed and not way.has(turn),
                made=turn.operations,
                read_before=self._records.reader(session, turn.parent),
                read_after=turn.read_draft,
                left_out=tuple(turn.left_out),
                renamed=turn.remade["ids"] if turn.remade else {},
            )
            for turn in turns
        ]

    async def _planned(
        self,
        session: Session,
        planned: Callable[[Material], Plan],
        eyes: Focus = NOWHERE,
        *,
        past: bool = False,
    ) -> Plan:
        """The plan, made by a helper: a strange request may keep it busy for long.

        `past`: whether it may undo and edit at once.
        """
        pauses: dict[str, Pauses] = {}
        loudness: dict[Draft, Reading | None] = {}
        lines: dict[Lines, Sequence[Cue]] = {}
        material = self._material(session, past=past)
        material = dataclasses.replace(material, focus=focus.of(material.draft, eyes))
        while True:
            material = dataclasses.replace(material, pauses=pauses, loudness=loudness, lines=lines)
            plan = await self._helpers.run(planned, material)
            if not plan.wants:
                return plan
            uploads = self._records.uploads(session.id)
            assets = {item for item in plan.wants if isinstance(item, str)}
            pauses.update(dict.fromkeys(assets, ()))
            pauses.update(await self._listener.pauses(item for item in uploads if item.asset in assets))
            drafts = [item for item in plan.wants if isinstance(item, Draft)]
            loudness.update(await self._listener.loudness(drafts, uploads))
            tracks = [item for item in plan.wants if isinstance(item, Lines)]
            lines.update(await self._listener.lines(tracks, uploads))

    def _material(self, session: Session, *, past: bool) -> Material:
        turns = self._records.turns(session)
        trail = self._trail(session, turns)
        way = self._way(session, turns)
        redo, ahead = 0, self._ahead(session, turns)[0]
        while ahead is not None:
            redo, ahead = redo + 1, _undone_from(ahead, turns)
        return Material(
            draft=way.now,
            assets=tuple(media_asset(upload) for upload in self._records.uploads(session.id)),
            undo_steps=sum(turn.kind != "upload" for turn in trail),
            redo_steps=redo,
            past=self._past(session, turns, trail) if past else (),
            said=_said(turns),
            turns=self._seen(session, turns, way),
            memory=self._records.memory(session),
            without=way,
            earlier=self._spoken_of(session, _before_the_last(trail)).get("last", ()),
            **self._spoken_of(session, trail),
        )

    def _past(self, session: Session, turns: Sequence[Turn], trail: Sequence[Turn]) -> Past:
        """The drafts that undo leads to, the nearest first. What was uploaded since stays."""
        steps: list[tuple[DraftOf, tuple[Uploaded, ...]]] = []
        uploads: tuple[Uploaded, ...] = ()
        first = self._uploaded(session, turns)
        for turn in trail:
            if turn.kind == "upload":
                uploads = (first[turn.at_ms, turn.text], *uploads)
            else:
                steps.append((self._records.reader(session, turn.parent), uploads))
        return Past(steps)

    def _uploaded(self, session: Session, turns: Sequence[Turn]) -> dict[tuple[int, str], Uploaded]:
        """The uploads by their time and text, which they keep when they are made once more.

        One of those may have placed less than it was to: what it did at first counts.
        """
        first: dict[tuple[int, str], Uploaded] = {}
        for turn in turns:
            if turn.kind == "upload":
                done = Uploaded(turn.operations, self._records.reader(session, turn.parent))
                first.setdefault((turn.at_ms, turn.text), done)
        return first

    def _spoken_of(self, session: Session, trail: Sequence[Turn]) -> dict[str, Any]:
        """What the last edit was about, and what it did; an upload is none."""
        made = next((turn for turn in trail if turn.operations), None)
        if made is None or made.kind == "upload":
            return {}
        before = self._records.turn(session, made.parent).draft
        recent = tuple(operations.parse(made.operations))
        return {"last": planner.spoken_of(before, made.draft, recent), "recent": recent}

    def _walk(self, session: Session, steps: int) -> tuple[Session, int]:
        """Move the head by steps, back where negative; stops at the end. The session and the steps made.

        What was uploaded since stays: it is no message to be undone.
        """
        turns = self._records.turns(session)
        made, stand, uploads = (
            self._back(session, turns, -steps) if steps < 0 else self._on(session, turns, steps)
        )
        return (self._stand_at(session, stand, uploads), made) if made else (session, 0)

    def _back(self, session: Session, turns: Sequence[Turn], steps: int) -> tuple[int, int, list[Turn]]:
        """How many messages and `apply`s back it goes, to which turn, and the uploads since, newest first."""
        made, stand = 0, session.head
        uploads, passed = list[Turn](), list[Turn]()
        for turn in self._trail(session, turns):
            if made == steps:
                break
            passed.append(turn)
            if turn.kind != "upload":
                made, stand = made + 1, turn.parent
                uploads += [item for item in passed if item.kind == "upload"]
                passed = []
        return made, stand, uploads  # what was uploaded before that is there

    def _on(self, session: Session, turns: Sequence[Turn], steps: int) -> tuple[int, int, list[Turn]]:
        """The same on to the steps that were undone last, where nothing but uploads has come since."""
        made, stand = 0, session.head
        ahead, uploads = self._ahead(session, turns)
        while ahead is not None and made < steps:
            made, stand = made + 1, ahead.n
            ahead = _undone_from(ahead, turns)
        return made, stand, uploads

    def _stand_at(self, session: Session, n: int, uploads: Sequence[Turn]) -> Session:
        """Move the head to turn `n` and place there what was uploaded since, newest first in `uploads`."""
        draft = self._records.turn(session, n).draft
        return self._records.move_head(session, n, self._replayed(session, draft, uploads))

    def _replayed(self, session: Session, draft: Draft, uploads: Sequence[Turn]) -> list[NewTurn]:
        """The uploads, newest first in `uploads`, made once more on a draft."""
        first = self._uploaded(session, self._records.turns(session) if uploads else ())
        again = []
        for upload in reversed(uploads):
            made, draft = first[upload.at_ms, upload.text].again(draft)
            new = NewTurn("upload", upload.text, upload.reply, _dump(made), draft, at_ms=upload.at_ms)
            again.append(new)
        return again

    def _ahead(self, session: Session, turns: Sequence[Turn]) -> tuple[Turn | None, list[Turn]]:
        """The step that redo would make, and the uploads since it was undone, newest first."""
        uploads: list[Turn] = []
        for turn in [*self._trail(session, turns), self._records.turn(session, 0)]:
            if (ahead := _undone_from(turn, turns)) is not None:
                return ahead, uploads
            if turn.kind != "upload":
                break
            uploads.append(turn)
        return None, []

    def _trail(self, session: Session, turns: Sequence[Turn]) -> list[Turn]:
        """The turns from the head back to the start."""
        by_number = {turn.n: turn for turn in turns}
        trail, at = [], session.head
        while at:
            trail.append(by_number[at])
            at = by_number[at].parent
        return trail


def _before_the_last(trail: Sequence[Turn]) -> Sequence[Turn]:
    """The turns before the last edit that a message made."""
    made = next((n for n, turn in enumerate(trail) if turn.kind == "message" and turn.operations), len(trail))
    return trail[made + 1 :]


def _said(turns: Sequence[Turn]) -> str:
    """The message before, with those that only put it right."""
    texts: list[str] = []
    for turn in sorted(turns, key=lambda turn: -turn.n):
        if turn.kind != "message":
            break
        texts.append(turn.text)
        if not takes_back(turn.text):
            return ", ".join(reversed(texts))
    return ""


def _undone_from(turn: Turn, turns: Sequence[Turn]) -> Turn | None:
    """The newest step that was made from this turn and is no more: it is redone by standing there again."""
    steps = [item for item in turns if item.parent == turn.n and item.kind != "upload" and item.changed]
    return steps[-1] if steps else None


# What follows is done by helpers.


def _looked(plan: Plan, before: Draft) -> tuple[Plan, str]:
    return plan, _told(plan, before, check(plan.draft) if plan.operations else before).reply


def _without(way: Way, turns: Chosen) -> tuple[Left | InTheWay, tuple[Change, ...]]:
    left = way.leave_out(turns)
    return left, () if isinstance(left, InTheWay) else _changes(way.now, left.draft)


def _changes(before: Draft, after: Draft) -> tuple[Change, ...]:
    """What changed. The hash of what came of it is worked out as well: the draft keeps it."""
    _ = after.hash
    return tuple(before.diff(after))


def _applied(raw: Sequence[Any], before: Draft) -> tuple[tuple[Operation, ...], Draft, Told]:
    parsed = tuple(operations.parse(raw))
    after = operations.apply_all(before, parsed)
    changes, doubtful = _changes(before, after), doubts(before, after, "en")
    reply = "; ".join([*map(str, changes), *doubtful])
    return parsed, after, Told(reply, changes, tuple({"kind": "note", "text": doubt} for doubt in doubtful))


def _carried_out(plan: Plan, before: Draft, base: Draft) -> tuple[Plan, Draft, Told]:
    """The plan as far as it can be, the draft that it leads to from `base`, and what to say to who had `before`."""
    after = base
    try:
        after = check(operations.apply_all(base, plan.operations)) if plan.operations else base
    except DraftError as error:
        plan = dataclasses.replace(plan, operations=(), refusals=(*plan.refusals, str(error)))
    return plan, after, _told(plan, before, after)


def _told(plan: Plan, before: Draft, after: Draft) -> Told:
    """What is said, with what this machine can't do about the new draft."""
    doubtful = list(doubts(before, after, plan.language))
    reply = planner.compose(dataclasses.replace(plan, notes=(*plan.notes, *doubtful)), before, after)
    changes = _changes(before, after)
    suggested = planner.following(plan, after) if changes or plan.question else ()
    return Told(reply, changes, noted(plan, doubtful), plan.question, suggested)


def _check_hash(draft: Draft, wanted: str | None) -> None:
    if wanted is not None and wanted != draft.hash:
        raise OutOfDate(f"The edit has changed since it was looked at: its hash is {draft.hash} now.")


def _dump(parsed: Sequence[Operation]) -> list[dict[str, Any]]:
    return [operation.model_dump(mode="json", exclude_defaults=False) for operation in parsed]


def _made(parsed: Sequence[Operation], before: Draft, after: Draft) -> list[dict[str, Any]]:
    """What a turn did. Operations that changed nothing then could do so when the history is told anew."""
    return _dump(parsed) if after != before else []
