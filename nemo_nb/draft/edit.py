"""The working copy that operations change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from .model import TRACK_NAMES, Draft, copy_json

RawTrack = dict[str, Any]
RawSegment = dict[str, Any]


class Edit:
    """A draft laid open for change: plain JSON with every start, id and `m` filled in.

    An operation opens one, changes it and returns `done()`: the new draft, with empty tracks gone,
    segments in order and the duration right.

    >>> edit = Edit(Draft.empty())
    >>> track = edit.add_track(7, "Title")
    >>> edit.add_segment(track, 0, 3000, {"kind": "text", "text": "Hello"})["id"]
    'seg-1'
    >>> edit.done().summary()
    'Timeline (1 track): 1. Title: "Hello" (0-3s)'
    """

    def __init__(self, draft: Draft) -> None:
        # Tracks and segments are laid open below; what lies deeper is shared and never changed in place.
        self.raw: dict[str, Any] = {key: copy_json(value) for key, value in draft.raw.items() if key != "t"}
        self.raw.setdefault("v", 1)
        self.raw.setdefault("m", {})
        self.raw["t"] = _opened_again(draft.raw["t"]) if draft.is_whole else _opened(draft)
        self._by_id: dict[str, tuple[RawTrack, RawSegment]] = {}
        self._indexed: list[tuple[list[RawSegment], int]] = []
        self._numbered: list[tuple[list[Any], int]] = []  # the lists that the highest numbers were found in
        self._highest: dict[str, int] = {}

    @property
    def tracks(self) -> list[RawTrack]:
        tracks: list[RawTrack] = self.raw["t"]
        return tracks

    @property
    def meta(self) -> dict[str, Any]:
        meta: dict[str, Any] = self.raw["m"]
        return meta

    def segments(self) -> Iterator[tuple[RawTrack, RawSegment]]:
        """Every segment with its track, bottom track first."""
        return ((track, segment) for track in self.tracks for segment in list(track["sg"]))

    def find(self, segment_id: str) -> RawSegment | None:
        found = self._index().get(segment_id)
        return found[1] if found else None

    def track_of(self, segment_id: str) -> RawTrack:
        """The track of a segment that is there."""
        return self._index()[segment_id][0]

    def end_ms(self) -> int:
        ends = [segment["s"] + segment["d"] for track in self.tracks for segment in track["sg"]]
        return max(ends, default=0)

    def add_track(self, track_type: int, name: str | None = None, *, bottom: bool = False) -> RawTrack:
        """A new empty track, on top of the others unless `bottom`."""
        name = name or TRACK_NAMES.get(track_type, "Track")
        track: RawTrack = {"id": self._new_id("trk"), "tt": track_type, "m": {"name": name}, "sg": []}
        self.tracks.insert(0 if bottom else len(self.tracks), track)
        self._has_numbered()
        return track

    def add_segment(
        self, track: RawTrack, start_ms: int, duration_ms: int, meta: dict[str, Any]
    ) -> RawSegment:
        """A new segment on `track`; `done()` puts it into the order of starts."""
        segment: RawSegment = {"id": self._new_id("seg"), "s": start_ms, "d": duration_ms, "m": meta}
        track["sg"].append(segment)
        self._has_numbered()
        return segment

    def remove(self, segment_id: str) -> None:
        for track in self.tracks:
            track["sg"] = [segment for segment in track["sg"] if segment["id"] != segment_id]

    def done(self) -> Draft:
        self.raw["t"] = [track for track in self.tracks if track["sg"]]
        for track in self.tracks:
            track["sg"].sort(key=lambda segment: segment["s"])
        self.raw["d"] = self.end_ms()
        return Draft(self.raw, is_whole=True)

    def _index(self) -> dict[str, tuple[RawTrack, RawSegment]]:
        """Every segment by its id, read anew once a track has another list of segments, or a longer one."""
        lists = [track["sg"] for track in self.tracks]
        if not _same(lists, self._indexed):
            self._by_id = {segment["id"]: (track, segment) for track, segment in self.segments()}
            self._indexed = [(items, len(items)) for items in lists]
        return self._by_id

    def _new_id(self, prefix: str) -> str:
        """The next number after the highest in use, so that equal edits give equal ids."""
        lists = [self.tracks, *(track["sg"] for track in self.tracks)]
        if not _same(lists, self._numbered):
            # At once, as one text: a film of thousands of segments may get hundreds more.
            named = "\0".join([str(item["id"]) for items in lists for item in items])
            for kind in ("trk", "seg"):
                numbers = re.findall(rf"(?<![^\0]){kind}-(\d{{1,9}})(?![^\0])", named)
                self._highest[kind] = max(map(int, numbers), default=0)
        self._highest[prefix] += 1
        return f"{prefix}-{self._highest[prefix]}"

    def _has_numbered(self) -> None:
        """What was added just now got the number that is the highest now."""
        self._numbered = [
            (items, len(items)) for items in (self.tracks, *(track["sg"] for track in self.tracks))
        ]


def _same(lists: Sequence[list[Any]], before: Sequence[tuple[list[Any], int]]) -> bool:
    return len(lists) == len(before) and all(
        now is was and len(now) == count for now, (was, count) in zip(lists, before, strict=True)
    )


def _opened(draft: Draft) -> list[RawTrack]:
    """The tracks of any draft, with what they lack."""
    opened = [_filled(item.raw, item.id, item.type) for item in draft.tracks]
    for raw_track, track in zip(opened, draft.tracks, strict=True):
        raw_track["sg"] = [
            {**segment.raw, "id": segment.id, "s": segment.start_ms, "d": segment.duration_ms,
             "m": dict(segment.meta)}
            for segment in track.segments
        ]  # fmt: skip
    return opened


def _opened_again(tracks: Sequence[RawTrack]) -> list[RawTrack]:
    """Those that an edit left: they lack nothing. Of many operations in a row each opens what the last one made."""
    return [
        {**track, "m": dict(track["m"]), "sg": [{**item, "m": dict(item["m"])} for item in track["sg"]]}
        for track in tracks
    ]


def _filled(raw: Any, track_id: str, track_type: int) -> RawTrack:
    return {**raw, "id": track_id, "tt": track_type, "m": dict(raw.get("m") or {}), "sg": []}
