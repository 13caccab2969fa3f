"""What changed between two drafts, as data and in words.

Replies are made from this and never from what an edit meant to do, so a reply cannot claim what the
draft does not hold. `Change` is one fact; the module `words` says it in a language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from ..tongues import Language
from . import parts, words
from .summary import on_one_line
from .words import DEFAULTS, FIELDS, field_order

if TYPE_CHECKING:
    from .model import Draft, Segment, Track


# What only the first piece of a clip has, and what only the last.
_IN_KEYS = ("fade_in_ms", "video_fade_in_ms", "transition")
_OUT_KEYS = ("fade_out_ms", "video_fade_out_ms")
_KINDS = ("added", "removed", "changed")
# Fields whose values are times or sizes: tuples, which JSON has as lists.
_TUPLES = frozenset({"at", "source", "part", "split", "joined", "canvas"})


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """One difference: `field` of `subject` went from `before` to `after`.

    `kind` is `added`, `removed` or `changed`; an added or removed segment has the field `segment` and
    its time span as the value, a stretch of a clip the field `part`. `piece` is from when to when the subject lasts,
    where it is one piece of a clip or one of several of that name; else None. `str(change)` says it in English,
    `change.text("zh")` in Chinese. Times are in ms.

    >>> project.apply([{"op": "volume", "segments": ["seg-2"], "volume": 0.5}])
    [<Change tune.mp3: volume 100% → 50%>]
    """

    kind: Literal["added", "removed", "changed"]
    subject: str
    field: str
    before: Any = None
    after: Any = None
    piece: tuple[int, int] | None = None

    def text(self, language: Language = "en") -> str:
        return words.sentence(self, language)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Change {self.text()}>"

    def to_json(self) -> dict[str, Any]:
        """The same as JSON, with its English words as `text`; `read` makes it a Change again."""
        fields = {
            name: getattr(self, name) for name in ("kind", "subject", "piece", "field", "before", "after")
        }
        return {**fields, "text": str(self)}

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Change | None:
        """From what `to_json` wrote, in whichever version; None for what is no change.

        >>> nemo.Change.read(nemo.Change("changed", "clip.mp4", "volume", 1.0, 0.5).to_json())
        <Change clip.mp4: volume 100% → 50%>
        """
        kind, field, piece = row.get("kind"), str(row.get("field")), row.get("piece")
        if kind not in _KINDS:
            return None
        before, after = (_as_told(field, row.get(key)) for key in ("before", "after"))
        try:
            times = (int(piece[0]), int(piece[1])) if isinstance(piece, list) and len(piece) == 2 else None
            change = cls(kind, str(row.get("subject") or ""), field, before, after, times)
            change.text()  # what can't be told is none
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
            return None
        return change


def _as_told(field: str, value: Any) -> Any:
    """A value of JSON as `changes` has it."""
    if field == "segment" and isinstance(value, dict) and isinstance(value.get("at"), list):
        return {**value, "at": tuple(value["at"])}
    return tuple(value) if field in _TUPLES and isinstance(value, list) else value


def changes(before: Draft, after: Draft) -> list[Change]:
    """Every difference, in the order of the timeline, the canvas and the total last."""
    new = {segment.id: segment for segment in after.segments}
    old = parts.as_now_called({segment.id: segment for segment in before.segments}, new)
    # An id that is free again may be given to something else.
    replaced = [item for item in old.values() if item.id in new and new[item.id].asset != item.asset]
    old = {key: segment for key, segment in old.items() if segment not in replaced}
    split, joined = parts.pieces(old, new), parts.pieces(new, old)
    names = cache(lambda: Counter(label(segment) for segment in new.values()))
    told = {piece.id for family in (*split.values(), *joined.values()) for piece in family}
    found: list[Change] = []
    for track in after.tracks:
        for segment in track.segments:
            if segment.id not in old and segment.id not in told:
                found.append(_added(track, segment))
            elif segment.id in split:
                found += _split_changes(old[segment.id], parts.in_order([segment, *split[segment.id]]))
            elif segment.id in joined:
                found += _joined_changes(parts.in_order([old[segment.id], *joined[segment.id]]), segment)
            elif segment.id in old:
                found += _segment_changes(old[segment.id], segment, names)
    gone = [segment for segment in old.values() if segment.id not in new and segment.id not in told]
    found += map(_removed, [*replaced, *gone])
    found += _track_changes(before, after)
    found += _canvas_changes(before, after)
    if before.duration_ms != after.duration_ms:
        found.append(Change("changed", "", "total", before.duration_ms, after.duration_ms))
    return found


def label(segment: Segment) -> str:
    """How a segment is named in a sentence: its file or name, or its text in quotes."""
    return f'"{on_one_line(segment.text)}"' if segment.kind == "text" else segment.name


def description(track: Track, segment: Segment, language: Language = "en") -> str:
    """What a segment is, when it is there and what was done to it: `b.mp4 (Video: 12-20s, look warm)`."""
    return words.description(_added(track, segment), language)


def _added(track: Track, segment: Segment) -> Change:
    facts: dict[str, Any] = {"at": (segment.start_ms, segment.end_ms), "track": track.name}
    for key in FIELDS:
        value = segment.meta.get(key)
        if value not in (None, DEFAULTS.get(key)) and key not in ("text", "name"):
            facts[key] = value
    return Change("added", label(segment), "segment", None, facts)


def _removed(segment: Segment) -> Change:
    return Change("removed", label(segment), "segment", {"at": (segment.start_ms, segment.end_ms)}, None)


def _segment_changes(old: Segment, new: Segment, names: Callable[[], Counter[str]]) -> Iterator[Change]:
    """`names` counts how many have each name: where it is not the only one, its times say which it is."""
    same = old.duration_ms == new.duration_ms and old.meta == new.meta
    if same and old.start_ms == new.start_ms:
        return
    name, cut = label(old), list[Change]()
    if same:  # most of a long timeline just moves
        yield from _unless_same(
            name, "at", (old.start_ms, old.end_ms), (new.start_ms, new.end_ms), skip=False
        )
        return
    if parts.tellable(old) and parts.tellable(new):
        cut = [Change("removed", name, "part", times, None) for times in parts.missing(old, [new])]
        cut += [Change("added", name, "part", None, times) for times in parts.missing(new, [old])]
    yield from cut
    at, source = ((item.start_ms, item.end_ms) for item in (old, new)), (_source(item) for item in (old, new))
    yield from _unless_same(name, "at", *at, skip=bool(cut) and old.start_ms == new.start_ms)
    # Only files have a source, and while a piece loops or is slowed its place says what matters.
    skip = bool(cut) or not old.asset or bool(new.meta.get("loop")) or parts.alike(_source(old), _source(new))
    yield from _unless_same(name, "source", *source, skip=skip)
    piece = None if names()[name] == 1 else (new.start_ms, new.end_ms)
    yield from _meta_changes(old, new, name, piece=piece)


def _split_changes(old: Segment, now: Sequence[Segment]) -> Iterator[Change]:
    """A clip that is in pieces now: what was cut out of it, or where it was split, and what is new about each."""
    name = label(old)
    gone = parts.missing(old, now)
    yield from (Change("removed", name, "part", times, None) for times in gone)
    if not gone:
        # Their ends, as another clip may have come between them.
        yield Change("changed", name, "split", None, tuple(piece.end_ms for piece in now[:-1]))
    if now[0].start_ms != old.start_ms:
        yield Change("changed", name, "at", (old.start_ms, old.end_ms), (now[0].start_ms, now[-1].end_ms))
    for piece in now:
        inner = {*_IN_KEYS} if piece is not now[0] else set()
        inner |= {*_OUT_KEYS} if piece is not now[-1] else set()
        yield from _meta_changes(old, piece, name, inner, piece=(piece.start_ms, piece.end_ms))


def _joined_changes(was: Sequence[Segment], new: Segment) -> Iterator[Change]:
    """A clip that was in pieces: as a rule an edit that was undone."""
    name = label(new)
    back = parts.missing(new, was)
    yield from (Change("added", name, "part", None, times) for times in back)
    if not back:
        yield Change("changed", name, "joined", tuple(piece.start_ms for piece in was[1:]), None)
    if was[0].start_ms != new.start_ms:
        yield Change("changed", name, "at", (was[0].start_ms, was[-1].end_ms), (new.start_ms, new.end_ms))
    yield from _meta_changes(was[0], new, name, {*_OUT_KEYS})


def _unless_same(
    name: str, field: str, was: Any, now: Any, *, skip: bool, piece: tuple[int, int] | None = None
) -> Iterator[Change]:
    if was != now and not skip:
        yield Change("changed", name, field, was, now, piece)


def _meta_changes(
    old: Segment,
    new: Segment,
    name: str,
    passed_over: Collection[str] = (),
    *,
    piece: tuple[int, int] | None = None,
) -> Iterator[Change]:
    keys = (set(old.meta) | set(new.meta)) - {"source_start_ms", "kind", *passed_over}
    for key in sorted(keys, key=field_order):
        yield from _unless_same(name, key, _value(old, key), _value(new, key), skip=False, piece=piece)


def _source(segment: Segment) -> tuple[int, int]:
    return segment.source_start_ms, segment.source_end_ms


def _value(segment: Segment, key: str) -> Any:
    value = segment.meta.get(key)
    return DEFAULTS.get(key) if value is None else value


def _track_changes(before: Draft, after: Draft) -> Iterator[Change]:
    old = {track.id: track for track in before.tracks}
    for track in after.tracks:
        was = old.get(track.id)
        if was is not None and was.muted != track.muted:
            yield Change("changed", track.name, "muted", was.muted, track.muted)


def _canvas_changes(before: Draft, after: Draft) -> Iterator[Change]:
    if not any(True for _ in before.segments):
        return  # an untouched canvas takes the first video's size: no news
    old, new = before.canvas, after.canvas
    if (old.width, old.height) != (new.width, new.height):
        yield Change("changed", "", "canvas", (old.width, old.height), (new.width, new.height))
    if old.fps != new.fps:
        yield Change("changed", "", "fps", float(old.fps), float(new.fps))
    if old.background != new.background:
        yield Change("changed", "", "background", old.background, new.background)
