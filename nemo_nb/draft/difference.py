"""What changed between two drafts, as data and in words.

Replies are made from this and never from what an edit meant to do, so a reply cannot claim what the
draft does not hold. `Change` is one fact; the module `words` puts it in English or Chinese.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from . import words
from .words import DEFAULTS, FIELDS, Language, field_order

if TYPE_CHECKING:
    from .model import Draft, Segment, Track


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """One difference: `field` of `subject` went from `before` to `after`.

    `kind` is `added`, `removed` or `changed`; an added or removed segment has the field `segment` and
    its time span as the value. `str(change)` says it in English, `change.text("zh")` in Chinese.
    """

    kind: Literal["added", "removed", "changed"]
    subject: str
    field: str
    before: Any = None
    after: Any = None

    def text(self, language: Language = "en") -> str:
        return words.sentence(self, language)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Change {self.text()}>"


def changes(before: Draft, after: Draft) -> list[Change]:
    """Every difference, in the order of the timeline, the canvas and the total last."""
    old = {segment.id: (track, segment) for track in before.tracks for segment in track.segments}
    new = {segment.id: (track, segment) for track in after.tracks for segment in track.segments}
    found: list[Change] = []
    for segment_id, (track, segment) in new.items():
        if segment_id not in old:
            found.append(_added(track, segment))
        else:
            found += _segment_changes(old[segment_id][1], segment)
    found += [_removed(segment) for key, (_, segment) in old.items() if key not in new]
    found += _track_changes(before, after)
    found += _canvas_changes(before, after)
    if before.duration_ms != after.duration_ms:
        found.append(Change("changed", "", "total", before.duration_ms, after.duration_ms))
    return found


def label(segment: Segment) -> str:
    """How a segment is named in a sentence: its file or name, or its text in quotes."""
    return f'"{segment.text}"' if segment.kind == "text" else segment.name


def _added(track: Track, segment: Segment) -> Change:
    facts: dict[str, Any] = {"at": (segment.start_ms, segment.end_ms), "track": track.name}
    for key in FIELDS:
        value = segment.meta.get(key)
        if value not in (None, DEFAULTS.get(key)) and key not in ("text", "name"):
            facts[key] = value
    return Change("added", label(segment), "segment", None, facts)


def _removed(segment: Segment) -> Change:
    return Change("removed", label(segment), "segment", {"at": (segment.start_ms, segment.end_ms)}, None)


def _segment_changes(old: Segment, new: Segment) -> Iterator[Change]:
    name = label(old)
    for field, was, now in (
        ("at", (old.start_ms, old.end_ms), (new.start_ms, new.end_ms)),
        ("source", (old.source_start_ms, old.source_end_ms), (new.source_start_ms, new.source_end_ms)),
    ):
        # Only files have a source, and while a piece loops or is slowed its place says what matters.
        if was != now and (field == "at" or (old.asset and not new.meta.get("loop"))):
            yield Change("changed", name, field, was, now)
    hidden = {"source_start_ms", "kind"}
    for key in sorted((set(old.meta) | set(new.meta)) - hidden, key=field_order):
        was, now = (_value(item, key) for item in (old, new))
        if was != now:
            yield Change("changed", name, key, was, now)


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
