"""What became of a clip: cut, split, or made whole again.

An edit may leave a clip in several pieces; the first keeps its id, the others are new. Told one by one they
would read like things that were added. Here they are brought together, so that it can be told what was done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import Segment

Span = tuple[int, int]
_CLOSE_MS = 5  # what rounding of speeds can amount to


def as_now_called(old: Mapping[str, Segment], new: Mapping[str, Segment]) -> dict[str, Segment]:
    """The old segments under the ids that they have now, where an edit that was made again gave them others.

    Only where something else has a segment's id, or nothing, its like is looked for under another one.
    """
    lost = [item for key, item in old.items() if key not in new or not _same_thing(item, new[key])]
    found = [item for key, item in new.items() if key not in old or not _same_thing(old[key], item)]
    ids: dict[str, str] = {}
    for like in (_wholly, _thing):
        there: dict[object, list[Segment]] = defaultdict(list)
        for item in found:
            there[like(item)].append(item)
        for item in [item for item in lost if item.id not in ids]:
            if like(item) is not None and (same := there[like(item)]) and (like is _wholly or len(same) == 1):
                ids[item.id] = same[0].id
                found.remove(same.pop(0))
    if not ids:
        return dict(old)
    taken = set(ids.values())
    result: dict[str, Segment] = {}
    for key, item in old.items():
        now = ids.get(key, f"{key} before" if key in taken else key)
        result[now] = replace(item, id=now)
    return result


def _thing(segment: Segment) -> object:
    return (segment.kind, segment.asset, segment.text) if segment.asset or segment.text else None


def _wholly(segment: Segment) -> object:
    return segment.duration_ms, repr(sorted(segment.meta.items()))


def _same_thing(one: Segment, other: Segment) -> bool:
    return _thing(one) == _thing(other)


def pieces(old: Mapping[str, Segment], new: Mapping[str, Segment]) -> dict[str, list[Segment]]:
    """The new segments that are pieces of an old one, by its id. With old and new changed over: what was joined."""
    if new.keys() <= old.keys():
        return {}
    survivors: dict[str, list[Segment]] = defaultdict(list)
    for segment_id, segment in old.items():
        if segment_id in new and segment.asset:
            survivors[segment.asset].append(segment)
    found: dict[str, list[Segment]] = defaultdict(list)
    for segment_id, segment in new.items():
        if segment_id in old or not segment.asset or segment.meta.get("freeze"):
            continue
        for origin in survivors[segment.asset]:
            if _is_piece(segment, origin, new[origin.id]):
                found[origin.id].append(segment)
                break
    return dict(found)


def missing(whole: Segment, parts: Iterable[Segment]) -> list[Span]:
    """The stretches of `whole`, in ms of its timeline, that none of the parts shows any more."""
    gone, clock = list[Span](), whole.source_start_ms
    for start, end in sorted((part.source_start_ms, part.source_end_ms) for part in parts):
        gone.append((clock, start))
        clock = max(clock, end)
    gone.append((clock, whole.source_end_ms))
    return sorted(_on_timeline(whole, *span) for span in gone if span[1] - span[0] > _CLOSE_MS)


def alike(one: Span, other: Span) -> bool:
    """Whether two spans differ by no more than rounding."""
    return all(abs(a - b) <= _CLOSE_MS for a, b in zip(one, other, strict=True))


def in_order(parts: Iterable[Segment]) -> Sequence[Segment]:
    return sorted(parts, key=lambda part: part.start_ms)


def tellable(segment: Segment) -> bool:
    """Whether its place in its file says what is seen: not of what stands still or repeats."""
    meta = segment.meta
    return segment.kind == "video" and bool(segment.asset) and not (meta.get("loop") or meta.get("freeze"))


def _is_piece(segment: Segment, origin: Segment, survivor: Segment) -> bool:
    inside = (
        origin.source_start_ms - _CLOSE_MS <= segment.source_start_ms
        and segment.source_end_ms <= origin.source_end_ms + _CLOSE_MS
    )
    apart = (
        segment.source_start_ms >= survivor.source_end_ms - _CLOSE_MS
        or segment.source_end_ms <= survivor.source_start_ms + _CLOSE_MS
    )
    return inside and apart


def _on_timeline(whole: Segment, start: int, end: int) -> Span:
    before, after = start - whole.source_start_ms, whole.source_end_ms - end
    if whole.meta.get("reverse"):
        before, after = after, before
    return whole.start_ms + round(before / whole.speed), whole.end_ms - round(after / whole.speed)
