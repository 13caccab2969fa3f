"""An operation carried over from one history of an edit to another: the same wish about the same things.

Ids become those of the same things there, and times of the picture those at which the same picture is shown. The
start of the film stays its start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from .lineage import Span, World, content, joined, touched
from .model import Segment
from .operations import CutOut, Keep, Op, Operation, Speed, parse

Reason = Literal["gone", "outside", "other"]


class NotCarried(Exception):
    """What the operation was about is gone, or it would be another thing."""

    def __init__(self, reason: Reason, why: str) -> None:
        super().__init__(why)
        self.reason: Reason = reason


def carry(operation: Operation, old: World, after: World, new: World) -> Operation:
    """The operation that was made in `old`, and led to `after`, as it has to be made in `new`. NotCarried."""
    if isinstance(operation, (CutOut, Keep)):
        return _cut(operation, old, new)
    if isinstance(operation, Speed) and not operation.segments:
        return _paced(operation, old, after, new)
    fields = operation.model_dump()
    for rewrite in (_ids, _times, _index):
        rewrite(operation, fields, old, new)
    return parse([fields])[0]


# ---- ids ------------------------------------------------------------------------------------------


def _ids(operation: Op, fields: dict[str, Any], old: World, new: World) -> None:
    def there(segment_id: str) -> str | None:
        thing = old.things.get(segment_id)
        return new.id_of(thing.birth) if thing else None

    for key in ("segments", "order"):
        if ids := fields.get(key):
            fields[key] = [found for item in ids if (found := there(item))]
            _some(fields[key])
    if fields.get("op") == "reorder" and set(fields["order"]) != {clip.id for clip in new.main}:
        raise NotCarried("other", "another clip would have to find its place")
    if sounds := fields.get("sounds"):
        fields["sounds"] = [
            {**sound, "segment": found} for sound in sounds if (found := there(sound["segment"]))
        ]
        _some(fields["sounds"])
    for key in ("segment", "first", "second"):
        if fields.get(key):
            fields[key] = there(fields[key])
            _some(fields[key])


def _some(found: object) -> None:
    if not found:
        raise NotCarried("gone", "what it was about is gone")


# ---- moments --------------------------------------------------------------------------------------


def _times(operation: Op, fields: dict[str, Any], old: World, new: World) -> None:
    name = fields["op"]
    if name == "split" and fields["segment"] not in (None, *(clip.id for clip in new.main)):
        item = next(item for item in new.draft.segments if item.id == fields["segment"])
        was = next(item for item in old.draft.segments if item.id == operation.segment)  # type: ignore[attr-defined]
        fields["at_ms"] = _at(item, _place(was, fields["at_ms"]))
    elif name in ("add_text", "add_music", "overlay", "freeze", "split"):
        fields["at_ms"] = moment(fields["at_ms"], old, new)
    elif name == "retime" and fields["start_ms"] is not None:
        fields["start_ms"] = moment(fields["start_ms"], old, new)
    elif name == "add_captions":
        fields["lines"] = [{**line, "at_ms": moment(line["at_ms"], old, new)} for line in fields["lines"]]


def moment(at_ms: int, old: World, new: World) -> int:
    """When the picture of this moment is shown in the other history. NotCarried where it isn't."""
    clips = old.main
    if at_ms == 0 or not clips:
        return at_ms
    if at_ms >= clips[-1].end_ms:
        return (new.main[-1].end_ms if new.main else 0) + at_ms - clips[-1].end_ms
    # Where a transition is under way, the clip that comes in is meant.
    clip = next((item for item in reversed(clips) if item.start_ms <= at_ms < item.end_ms), None)
    if clip is None:
        raise NotCarried("gone", "no picture is shown there")
    root, place = old.things[clip.id].root, _place(clip, at_ms)
    for item in new.main:
        span = _extent(item)
        same = new.things[item.id].root == root and (content(item) is None) == (content(clip) is None)
        if same and span[0] <= place < span[1] and (content(item) or _same_still(clip, item, old, new)):
            return _at(item, place)
    raise NotCarried("gone", "the picture that it was put on is gone")


def _same_still(clip: Segment, item: Segment, old: World, new: World) -> bool:
    return old.things[clip.id].birth == new.things[item.id].birth


def _extent(segment: Segment) -> Span:
    """Its places: of its file where that moves, else of itself."""
    return content(segment) or (0, segment.duration_ms)


def _place(segment: Segment, at_ms: int) -> int:
    """The place in a segment that is shown at a time of the timeline."""
    start, end = _extent(segment)
    past = round((at_ms - segment.start_ms) * (segment.speed if content(segment) else 1))
    return end - past if content(segment) and segment.meta.get("reverse") else start + past


def _at(segment: Segment, place: int) -> int:
    """When a place of a segment is shown: the reverse of `_place`."""
    start, end = _extent(segment)
    past = end - place if content(segment) and segment.meta.get("reverse") else place - start
    return segment.start_ms + round(past / (segment.speed if content(segment) else 1))


# ---- stretches ------------------------------------------------------------------------------------


def _cut(operation: CutOut | Keep, old: World, new: World) -> Operation:
    """A cut takes the same picture out, wherever that is shown now: in one stretch, or in several."""
    total = old.main[-1].end_ms if old.main else 0
    if isinstance(operation, CutOut):
        gone = [(operation.start_ms, min(operation.end_ms, total))]
    else:
        gone = _between(joined((a, min(b, total)) for a, b in operation.ranges), total)
    there = joined((span for part in gone for span in stretches(part, old, new)), gap=1)
    _some(there)
    if len(there) == 1:
        return CutOut(start_ms=there[0][0], end_ms=there[0][1])
    left = _between(there, new.main[-1].end_ms)
    _some(left)
    return Keep(ranges=tuple(left))


def _between(spans: Sequence[Span], total: int) -> list[Span]:
    edges = [0, *(edge for span in spans for edge in span), total]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def stretches(span: Span, old: World, new: World) -> list[Span]:
    """When the picture of a stretch of the timeline is shown in the other history."""
    found: list[Span] = []
    for clip in old.main:
        start, end = max(clip.start_ms, span[0]), min(clip.end_ms, span[1])
        if start < end:
            places = sorted((_place(clip, start), _place(clip, end)))
            found += _shown(clip, (places[0], places[1]), old, new)
    return found


def _shown(clip: Segment, places: Span, old: World, new: World) -> Iterable[Span]:
    for item in new.main:
        if new.things[item.id].root != old.things[clip.id].root:
            continue
        if content(clip) is None or content(item) is None:
            if not _same_still(clip, item, old, new):
                continue
            if item.duration_ms != clip.duration_ms:
                raise NotCarried("other", "a picture that stands still has another length")
        start, end = max(_extent(item)[0], places[0]), min(_extent(item)[1], places[1])
        if start < end:
            a, b = sorted((_at(item, start), _at(item, end)))
            yield a, b


def _paced(operation: Speed, old: World, after: World, new: World) -> Operation:
    if operation.start_ms is None and operation.end_ms is None:
        ids = [new.id_of(birth) for birth in touched(old, operation, after)]
        there = [clip.id for clip in new.main if clip.id in ids]
        _some(there)
        return (
            operation
            if len(there) == len(new.main)
            else operation.model_copy(update={"segments": tuple(there)})
        )
    total = old.main[-1].end_ms
    span = (operation.start_ms or 0, total if operation.end_ms is None else min(operation.end_ms, total))
    there_now = joined(stretches(span, old, new), gap=1)
    _some(there_now)
    if len(there_now) > 1:
        raise NotCarried("other", "something else would stand in the middle of it")
    return operation.model_copy(update={"start_ms": there_now[0][0], "end_ms": there_now[0][1]})


def _index(operation: Op, fields: dict[str, Any], old: World, new: World) -> None:
    """A clip that was put before another one is put before that one again, or after the one that came before it."""
    index = fields.get("index")
    if not index:
        return
    clips = old.main
    if index >= len(clips):
        fields["index"] = None
        return
    places = {new.things[clip.id].birth: place for place, clip in enumerate(new.main)}
    next_to: tuple[Callable[[], int | None], ...] = (
        lambda: places.get(old.things[clips[index].id].birth),
        lambda: None if (at := places.get(old.things[clips[index - 1].id].birth)) is None else at + 1,
    )
    found = next((place for look in next_to if (place := look()) is not None), None)
    if found is None:
        raise NotCarried("gone", "the clips that it was put between are gone")
    fields["index"] = found
