"""An edit made again without some of its steps: the later ones do the same to the same things, or nothing is done.

    again = leave_out(Draft.empty(), steps, {(2, 0)})    # without the first operation of the third step
    again.draft, again.steps                             # what is left, and the operations that make it

Both histories are made side by side, operation by operation: the one that was, and the one without. Each operation is
carried over (`carried`), made, and its effect compared with the one that it had (`lineage`). The first that has lost
what it was about, doesn't fit any more, or would touch another thing than before is an `Obstacle`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ..errors import DraftError
from .carried import NotCarried, Reason, carry
from .lineage import (
    CLOSE_MS,
    Birth,
    Span,
    World,
    common,
    content,
    named_ids,
    negligible,
    shown,
    touched,
    without,
)
from .model import Draft, Segment
from .operations import CutOut, Freeze, Keep, Operation, SetCanvas, Speed, Split, apply_all

Steps = Sequence[Sequence[Operation]]


@dataclass(frozen=True, slots=True)
class Remade:
    """The draft without what was left out, and the operations of each step that make it of the same start.

    `ids` says what the segments that were there are called now, where that is not as before; None: they are gone.
    `was` is the draft with all steps.
    """

    draft: Draft
    steps: tuple[tuple[Operation, ...], ...]
    ids: Mapping[str, str | None]
    was: Draft


@dataclass(frozen=True, slots=True)
class Obstacle:
    """The operation that stands in the way: number `operation` of step `step`, counted from 0.

    `reason`: what it was about is `gone`; it lies `outside`, so it can't be made; or it would touch an `other` thing
    than before. `why` says so in English; `segments` are the ids that it named.
    """

    step: int
    operation: int
    reason: Reason
    why: str
    segments: tuple[str, ...] = ()


def leave_out(start: Draft, steps: Steps, gone: Collection[tuple[int, int]]) -> Remade | Obstacle:
    """The edit that `steps` make of `start`, without the operations `gone`: pairs of a step and an operation in it.

    DraftError where the steps can't be made as they are.
    """
    old = new = World(start, {})
    if any(True for _ in start.segments):
        raise DraftError("Only an edit that starts from an empty timeline can be made again.")
    left: list[tuple[Operation, ...]] = []
    for step, made in enumerate(steps):
        kept: list[Operation] = []
        for number, operation in enumerate(made):
            after = old.after(operation, apply_all(old.draft, [operation]), step, number)
            if old is new and (step, number) not in gone:
                kept.append(operation)
                new = after
            elif (step, number) not in gone:
                try:
                    again = carry(operation, old, after, new)
                    draft = apply_all(new.draft, [again])
                    then = new.after_like(again, draft, after, old, step, number)
                    _compare(operation, (old, after), again, (new, then))
                except NotCarried as lost:
                    return Obstacle(step, number, lost.reason, str(lost), named_ids(operation))
                except DraftError as error:
                    return Obstacle(step, number, "outside", error.what, named_ids(operation))
                kept.append(again)
                new = then
            old = after
        left.append(tuple(kept))
    births = {thing.birth: key for key, thing in new.things.items()}
    ids = {key: births.get(thing.birth) for key, thing in old.things.items()}
    moved = {key: now for key, now in ids.items() if key != now}
    return Remade(new.draft, tuple(left), moved, old.draft)


Change = tuple[World, World]
"""What was before an operation, and what came of it."""


def _compare(operation: Operation, was: Change, again: Operation, now: Change) -> None:
    """NotCarried where an operation made again is about anything else than it was."""
    if isinstance(operation, SetCanvas):  # it is about the canvas, and the clips follow, whichever there are
        return
    about = touched(was[0], operation, was[1], along=True)
    about_now = touched(now[0], again, now[1])
    ranged = _ranged(operation)
    # A stretch of time is about parts of the picture, whichever clips show them.
    if about_now - about - (_playing(now[0]) if ranged else set()):
        raise NotCarried("other", "it would touch something that it did not touch")
    if len(_born(*was)) != len(_born(*now)) and not _splits(operation):
        raise NotCarried("other", "it would make something else")
    if ranged:
        _same_parts(operation, was, now)
    else:
        _nothing_else_within(about, about_now, was[0], now[0])


def _ranged(operation: Operation) -> bool:
    paced = isinstance(operation, Speed) and (operation.start_ms, operation.end_ms) != (None, None)
    above = isinstance(operation, Split) and operation.segment is not None
    return (paced or isinstance(operation, (CutOut, Keep, Freeze, Split))) and not above


def _playing(world: World) -> set[Birth]:
    return {world.things[item.id].birth for item in world.main if content(item)}


def _splits(operation: Operation) -> bool:
    return isinstance(operation, (CutOut, Keep, Speed, Split)) or operation.op == "delete"


def _born(before: World, after: World) -> set[Birth]:
    return {thing.birth for thing in after.things.values()} - {
        thing.birth for thing in before.things.values()
    }


def _same_parts(operation: Operation, was: Change, now: Change) -> None:
    """Of what is there in both, the same parts are gone, paced otherwise or parted; of what was not there, none."""
    there = shown(now[0], now[0].main)
    for part in (_gone, _paced_otherwise):
        before, again = part(*was), part(*now)
        for root in before.keys() | again.keys():
            due, made = common(before.get(root, ()), there.get(root, ())), again.get(root, [])
            if not (negligible(without(made, due)) and negligible(without(due, made))):
                raise NotCarried("other", "it would be about another part of the picture")
    if isinstance(operation, (Split, Freeze)):
        wanted, made_now = _edges(was[1]) - _edges(was[0]), _edges(now[1]) - _edges(now[0])
        if not (_near(made_now, wanted) and _near(wanted, _edges(now[1]))):
            raise NotCarried("other", "it would be at another picture")
    lost, lost_now, left = _shrunk(*was), _shrunk(*now), _lengths(now[0])
    if any(birth in left and abs(lost_now.get(birth, 0) - ms) > 1 for birth, ms in lost.items()):
        raise NotCarried("other", "it would be about another part of the picture")


def _gone(before: World, after: World) -> dict[Birth, list[Span]]:
    now = shown(after, after.main)
    return {root: without(spans, now.get(root, ())) for root, spans in shown(before, before.main).items()}


def _paced_otherwise(before: World, after: World) -> dict[Birth, list[Span]]:
    """The content that is shown at another speed."""
    speeds = [(before.things[item.id].root, content(item), item.speed) for item in before.main]
    found: dict[Birth, list[Span]] = {}
    for item in after.main:
        root, span = after.things[item.id].root, content(item)
        same = [was for at, was, speed in speeds if at == root and was and speed == item.speed]
        if span is not None:
            found.setdefault(root, []).extend(without([span], same))
    return found


Edge = tuple[Birth, int]


def _edges(world: World) -> set[Edge]:
    """Where in their files the clips begin and end, and where the picture stands still."""
    return {
        (world.things[item.id].root, place)
        for item in world.main
        for place in (content(item) or ((item.source_start_ms,) if item.meta.get("freeze") else ()))
    }


def _near(some: set[Edge], others: set[Edge]) -> bool:
    """Whether each of them is one of the others, rounding aside."""
    return all(any(root == at and abs(a - b) <= CLOSE_MS for at, b in others) for root, a in some)


def _lengths(world: World) -> dict[Birth, int]:
    """How long what stands still is shown."""
    return {world.things[item.id].birth: item.duration_ms for item in world.main if content(item) is None}


def _shrunk(before: World, after: World) -> dict[Birth, int]:
    now = _lengths(after)
    return {birth: length - now.get(birth, 0) for birth, length in _lengths(before).items()}


def _nothing_else_within(about: set[Birth], about_now: set[Birth], old: World, new: World) -> None:
    """That no thing has become a part of one that is touched: a clip that was split, and now isn't."""
    there = {thing.birth for thing in new.things.values()}
    roots = {thing.root for thing in new.things.values() if thing.birth in about_now}
    others = [item for item in old.draft.segments if _is_other(item, old, about, roots)]
    if any(content(item) is None and old.things[item.id].birth not in there for item in others):
        raise NotCarried("other", "it would touch a part of the clip that was another one")
    spared = shown(old, others)
    meant = shown(new, (item for item in new.draft.segments if new.things[item.id].birth in about_now))
    for root, spans in meant.items():
        if not negligible(common(spans, spared.get(root, ()))):
            raise NotCarried("other", "it would touch a part of the clip that was another one")


def _is_other(item: Segment, old: World, about: set[Birth], roots: set[Birth]) -> bool:
    thing = old.things[item.id]
    return thing.root in roots and thing.birth not in about
