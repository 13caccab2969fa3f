"""Earlier turns taken back while the later ones stay.

The way to a session's draft is a list of the turns that made it, each with its operations. A turn that takes others
back keeps the way without them, made again by `draft.replay`; so any turn's way is that of the last such turn before
it, and the turns since.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..draft import Draft, replay
from ..draft.operations import Operation, apply_all, parse
from ..errors import DraftError, InvalidInput
from .planner import InTheWay
from .records import Standing, Turn
from .staying import one_too_many

Chosen = Sequence[tuple[int, int | None]]
"""Turns, each with the index of one of its frames or None for the whole."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a turn did on the way to a draft. `frames`: each has as `ops` its slice of the operations."""

    turn: int
    operations: list[dict[str, Any]]
    frames: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Left:
    """What is left when turns are taken back. `ids`: the segments whose id is another now, None where they are gone."""

    draft: Draft
    way: list[Made]
    ids: dict[str, str | None]

    def to_json(self) -> dict[str, Any]:
        return {"way": [dataclasses.asdict(made) for made in self.way], "ids": self.ids}


def counting(trail: Iterable[Standing]) -> frozenset[int]:
    """The turns that a draft is made of, by number; `trail` led to it, the newest first."""
    counts: set[int] = set()
    told = False  # whether the last turn that took others back has told what it left of those before it
    for step in trail:
        if step.left or (step.edits and not told):
            counts.add(step.n)
        if step.left and not told:
            counts |= step.left()
            told = True
    return frozenset(counts)


def undone(steps: Sequence[Standing], head: int) -> list[int]:
    """The turns that changed the draft and don't count any more, where the edit stands at turn `head`."""
    by_number = {step.n: step for step in steps}

    def trail() -> Iterator[Standing]:
        at = head
        while at:
            yield by_number[at]
            at = by_number[at].parent

    counts = counting(trail())
    return [step.n for step in steps if step.changed and step.n not in counts]


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a session's present draft, from the empty draft `start`. `others` says why a turn is not on it.

    `counting` are the turns that still count, `uploads` those that are uploads.
    """

    start: Draft
    made: tuple[Made, ...]
    others: Mapping[int, str]
    counting: frozenset[int]
    texts: Mapping[int, str]
    uploads: frozenset[int]
    now: Draft

    @classmethod
    def to(cls, start: Draft, now: Draft, turns: Sequence[Turn], trail: Sequence[Turn]) -> Way:
        """`trail` are the turns that led to `now`, the newest first; `turns` are all there are."""
        made: list[Made] = []
        for turn in reversed(trail):
            if turn.remade is not None:
                made = [Made(**item) for item in turn.remade["way"]]
            if turn.operations:
                made.append(Made(turn.n, turn.operations, turn.frames))
        on = {item.turn for item in made}
        standing = {turn.n for turn in trail}
        others = {turn.n: _why_not(turn, standing) for turn in turns if turn.n not in on}
        texts = {turn.n: turn.text for turn in turns if turn.n in on}
        uploads = frozenset(turn.n for turn in turns if turn.kind == "upload")
        return cls(start, tuple(made), others, counting(map(Standing.of, trail)), texts, uploads, now)

    def has(self, turn: Turn) -> bool:
        """Whether a turn that changed the draft still counts."""
        return turn.n in self.counting

    def __call__(self, turns: Chosen) -> Draft | InTheWay:
        """The draft without these turns, or what stands in the way. InvalidInput for a turn that can't be meant."""
        left = self.leave_out(turns)
        return left.draft if isinstance(left, Left) else left

    def leave_out(self, turns: Chosen) -> Left | InTheWay:
        """What is left without these turns, and how it is made; or what stands in the way. InvalidInput."""
        if not turns:
            raise InvalidInput("No turn is named.", next_step="Look at project.history for their numbers.")
        gone = {pair for n, frame in turns for pair in self._operations(n, frame)}
        steps = [parse(item.operations) for item in self.made]
        try:
            made = replay.leave_out(self.start, steps, gone)
            while isinstance(made, replay.Remade) and (doubled := self._doubled(steps, made, gone)):
                gone |= doubled
                made = replay.leave_out(self.start, steps, gone)
        except DraftError:
            made = None
        if made is None or _is_odd(made, self):
            raise InvalidInput(
                "The edit can't be told from its history, so nothing of it can be taken back alone.",
                next_step="Undo step by step, or change it by hand.",
            )
        if isinstance(made, replay.Obstacle):
            return self._in_the_way(made)
        way = [_again(item, number, made.steps[number], gone, turns) for number, item in enumerate(self.made)]
        return Left(made.draft, [item for item in way if item.operations], dict(made.ids))

    def _doubled(
        self, steps: Sequence[Sequence[Operation]], made: replay.Remade, gone: set[tuple[int, int]]
    ) -> set[tuple[int, int]]:
        """The first operations that place a file because it was missing then, where it is there now."""
        was = now = self.start
        for place, (item, then, left) in enumerate(zip(self.made, steps, made.steps, strict=True)):
            if item.turn in self.uploads:
                doubled = {(place, number) for number in one_too_many(then, was, now)} - gone
                if doubled:
                    return doubled
            was, now = apply_all(was, then), apply_all(now, left)
        return set()

    def _operations(self, n: int, frame: int | None) -> Iterator[tuple[int, int]]:
        place = next((place for place, item in enumerate(self.made) if item.turn == n), None)
        if place is None:
            raise InvalidInput(
                f"Turn {n} {self.others.get(n, 'is not known here')}.",
                next_step="Look at project.history for what can be taken back.",
            )
        item = self.made[place]
        if frame is None:
            return ((place, number) for number in range(len(item.operations)))
        if not 0 <= frame < len(item.frames) or not (slice_ := range(*item.frames[frame]["ops"])):
            raise InvalidInput(f"Turn {n} has no part {frame} that changed anything.")
        return ((place, number) for number in slice_)

    def _in_the_way(self, obstacle: replay.Obstacle) -> InTheWay:
        item = self.made[obstacle.step]
        slices = enumerate(range(*frame["ops"]) for frame in item.frames)
        return InTheWay(
            turn=item.turn,
            text=self.texts[item.turn],
            frame=next((place for place, slice_ in slices if obstacle.operation in slice_), None),
            operation=item.operations[obstacle.operation],
            reason=obstacle.reason,
            why=obstacle.why,
            segments=obstacle.segments,
        )


_TOOK_BACK = "took something back itself; undo() takes that back while nothing has come after it"


def _why_not(turn: Turn, standing: set[int]) -> str:
    if not turn.changed:
        return "changed nothing, so there is nothing to take back"
    if turn.remade is not None and turn.n in standing:
        return _TOOK_BACK
    return "is undone already"


def _is_odd(made: replay.Remade | replay.Obstacle, way: Way) -> bool:
    """Whether the history doesn't lead to the draft that there is: another version's operations, say."""
    return isinstance(made, replay.Remade) and made.was != way.now


def _again(
    item: Made, step: int, operations: Sequence[Any], gone: set[tuple[int, int]], turns: Chosen
) -> Made:
    """A turn as it is made now, its frames' slices with it."""
    left = [number for number in range(len(item.operations)) if (step, number) not in gone]
    dropped = {frame for n, frame in turns if n == item.turn}
    frames = [
        {**frame, "ops": [sum(number < edge for number in left) for edge in frame["ops"]]}
        for place, frame in enumerate(item.frames)
        if place not in dropped and None not in dropped
    ]
    return Made(item.turn, [operation.model_dump(mode="json") for operation in operations], frames)
