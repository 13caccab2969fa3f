"""Which segment is which while edits are made: things that keep their identity where ids are given anew.

An id says little across two histories of an edit: leave a step out, and the next new segment gets another number. A
`Thing` is known by the operation that made it instead, and by its root, the thing that it was split off from; what of
a root's file a segment shows is its content. With both it can be said of two drafts whether an operation touched the
same in each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from . import parts
from .model import Draft, Segment
from .operations import CutOut, Delete, Freeze, Keep, Op, Speed, Split

Span = tuple[int, int]
Birth = tuple[int, int, int]
"""The step, the operation in it and the place among what that made."""

CLOSE_MS = 12  # what rounding can amount to where several speeds meet
_SPLITTING = (CutOut, Keep, Split, Speed, Delete)
# Fades and transitions are shortened, loops begun, when something beside them changes.
_FOLLOWING = frozenset(
    {"source_start_ms", "loop", "transition", "fade_in_ms", "fade_out_ms", "video_fade_in_ms",
     "video_fade_out_ms"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    birth: Birth
    root: Birth


@dataclass(frozen=True)
class World:
    """A draft, and which thing each of its segments is."""

    draft: Draft
    things: Mapping[str, Thing]

    def id_of(self, birth: Birth) -> str | None:
        return next((key for key, thing in self.things.items() if thing.birth == birth), None)

    @property
    def main(self) -> Sequence[Segment]:
        """The clips that make the length, in their order."""
        track = self.draft.main_track
        return track.segments if track else ()

    def after(self, operation: Op, draft: Draft, step: int, number: int) -> World:
        """The world after an operation that led to `draft`. What it made is born now."""
        fresh, origins = made(self, operation, draft)
        things = {item.id: self.things[item.id] for item in draft.segments if item.id not in fresh}
        for place, (segment_id, _) in enumerate(fresh.items()):
            birth = (step, number, place)
            origin = origins.get(segment_id)
            things[segment_id] = Thing(birth, self.things[origin].root if origin else birth)
        return World(draft, things)

    def after_like(
        self, operation: Op, draft: Draft, twin: World, before: World, step: int, number: int
    ) -> World:
        """The same where `twin`, which `before` led to, is another history: what corresponds is the same thing.

        What corresponds to nothing there is born here, out of that history's sight.
        """
        fresh, origins = made(self, operation, draft)
        left = [item for item in twin.draft.segments if twin.things[item.id].birth[:2] == (step, number)]
        things = {item.id: self.things[item.id] for item in draft.segments if item.id not in fresh}
        for place, (segment_id, segment) in enumerate(fresh.items()):
            origin = origins.get(segment_id)
            root = self.things[origin].root if origin else None
            same = [item for item in left if _alike(item, segment) and _root(twin, item) == root]
            if same:
                found = min(same, key=lambda item: abs(item.source_start_ms - segment.source_start_ms))
                left.remove(found)
                things[segment_id] = twin.things[found.id]
            else:
                birth = (-1 - step, number, place)
                things[segment_id] = Thing(birth, root or birth)
        return World(draft, things)


def made(world: World, operation: Op, after: Draft) -> tuple[dict[str, Segment], dict[str, str]]:
    """The segments that an operation made, in the order of their making, and the one that each was split off from."""
    old = {item.id: item for item in world.draft.segments}
    new = {item.id: item for item in after.segments}
    stayed = {key: item for key, item in old.items() if key in new and not _ends(operation, item, new[key])}
    born = sorted((key for key in new if key not in stayed), key=lambda key: (len(key), key))
    if isinstance(operation, Freeze):
        at = min(operation.at_ms, world.main[-1].end_ms - 1)
        clip = next(item.id for item in world.main if item.start_ms <= at < item.end_ms)
        origins = {key: clip for key in born if not new[key].meta.get("freeze")}
    elif isinstance(operation, _SPLITTING):
        families = parts.pieces(stayed, new)
        origins = {piece.id: origin for origin, family in families.items() for piece in family}
    else:
        origins = {}
    return {key: new[key] for key in born}, origins


def _ends(operation: Op, was: Segment, now: Segment) -> bool:
    """Whether something else has the id now: an id that is free may be given again, or go to the still of a clip."""
    if isinstance(operation, Delete):
        return was.id in operation.segments
    return bool(now.meta.get("freeze")) != bool(was.meta.get("freeze"))


def touched(before: World, operation: Op, after: World, *, along: bool = False) -> set[Birth]:
    """The things that an operation changed, took away or named.

    What only moved along is not touched. What got another length because the picture's end moved is so only with
    `along`.
    """
    named = set(named_ids(operation))
    end = before.main[-1].end_ms if before.main else 0
    main = {item.id for item in before.main}
    now = {after.things[item.id].birth: item for item in after.draft.segments}
    found: set[Birth] = set()
    for item in before.draft.segments:
        birth = before.things[item.id].birth
        left = now.get(birth)
        if item.id in named or left is None or _own(item) != _own(left):
            found.add(birth)
        elif item.id in main:
            if not _close(item.duration_ms, left.duration_ms) or not parts.alike(
                _source(item), _source(left)
            ):
                found.add(birth)
        elif item.duration_ms != left.duration_ms and (along or (item.kind != "audio" and item.end_ms < end)):
            found.add(birth)
    return found


def named_ids(operation: Op) -> tuple[str, ...]:
    """The ids of the segments that an operation names."""
    fields = operation.model_dump()
    ids = [*fields.get("segments", ()), *fields.get("order", ())]
    ids += [fields[key] for key in ("segment", "first", "second") if fields.get(key)]
    ids += [item["segment"] for item in fields.get("sounds", ())]
    return tuple(ids)


def content(segment: Segment) -> Span | None:
    """What of its file a segment shows; None where that doesn't say what is seen: it repeats or stands still."""
    meta = segment.meta
    if segment.kind not in ("video", "audio") or meta.get("loop") or meta.get("freeze"):
        return None
    return _source(segment)


def shown(world: World, segments: Iterable[Segment]) -> dict[Birth, list[Span]]:
    """The content of these segments by its root."""
    found: dict[Birth, list[Span]] = {}
    for item in segments:
        if (span := content(item)) is not None:
            found.setdefault(world.things[item.id].root, []).append(span)
    return {root: joined(spans) for root, spans in found.items()}


def joined(spans: Iterable[Span], gap: int = 0) -> list[Span]:
    """The same times in order, those that meet (or are no further than `gap` apart) made one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1] + gap:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif start < end:
            result.append((start, end))
    return result


def without(spans: Iterable[Span], gone: Iterable[Span]) -> list[Span]:
    """What is left of some times when others are taken away."""
    left = list(spans)
    for start, end in gone:
        left = [
            piece for a, b in left for piece in ((a, min(b, start)), (max(a, end), b)) if piece[0] < piece[1]
        ]
    return left


def common(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """The times in both."""
    others = list(other)
    return joined((max(a, c), min(b, d)) for a, b in one for c, d in others if max(a, c) < min(b, d))


def negligible(spans: Iterable[Span]) -> bool:
    """Whether it is no more than rounding makes."""
    return all(end - start <= CLOSE_MS for start, end in spans)


def _own(segment: Segment) -> dict[str, object]:
    return {key: value for key, value in segment.meta.items() if key not in _FOLLOWING}


def _source(segment: Segment) -> Span:
    return segment.source_start_ms, segment.source_end_ms


def _close(one: int, other: int) -> bool:
    return abs(one - other) <= CLOSE_MS


def _alike(one: Segment, other: Segment) -> bool:
    return (one.kind, one.asset, one.text) == (other.kind, other.asset, other.text) and bool(
        one.meta.get("freeze")
    ) == bool(other.meta.get("freeze"))


def _root(world: World, segment: Segment) -> Birth | None:
    """The root of a piece; None where it is its own."""
    thing = world.things[segment.id]
    return None if thing.root == thing.birth else thing.root
