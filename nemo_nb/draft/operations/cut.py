"""Taking away: ranges of time and whole pieces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ...errors import DraftError
from ..edit import Edit, RawSegment, RawTrack
from ..model import Draft
from ..schema import Ms
from ..timecode import seconds
from .base import (
    Op,
    SegmentId,
    SegmentIds,
    end_of,
    main_clips,
    picture_end,
    segment,
    the_main_track,
    track_of,
    within,
)
from .ripple import Piece, fit_fades, part, ripple, share_fades, unchanged


class CutOut(Op):
    """Removes `[start_ms, end_ms)` of the timeline and closes the gap.

    An end beyond the timeline means its end. DraftError when all of the range lies outside.
    """

    op: Literal["cut_out"] = "cut_out"
    start_ms: Annotated[Ms, Field(description="Where the cut starts, in ms of the timeline.")]
    end_ms: Annotated[Ms, Field(description="Where it ends, not included.")]

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        remove_ranges(edit, [within(edit, self.start_ms, self.end_ms)])
        return edit.done()


class Keep(Op):
    """Keeps only some ranges of the timeline, in their order, and cuts out the rest."""

    op: Literal["keep"] = "keep"
    ranges: Annotated[
        tuple[tuple[Ms, Ms], ...], Field(min_length=1, description="Half-open `[start, end]` pairs in ms.")
    ]

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        clock, gone = 0, list[tuple[int, int]]()
        for start, end in sorted(within(edit, *wanted) for wanted in self.ranges):
            gone.append((clock, start))
            clock = max(clock, end)
        gone.append((clock, picture_end(edit)))
        remove_ranges(edit, [(start, end) for start, end in gone if start < end])
        return edit.done()


class Split(Op):
    """Cuts the clip at a time in two, without removing anything. The second part gets a new id.

    `segment` names what else is split there, such as music; none: the clip of the main track.
    """

    op: Literal["split"] = "split"
    at_ms: Annotated[Ms, Field(description="Where, in ms of the timeline; inside a clip.")]
    segment: SegmentId | None = None

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        if self.segment is not None and self.segment not in {clip["id"] for clip in main_clips(edit)}:
            return self._above(edit, self.segment)
        if not 0 < self.at_ms < picture_end(edit):
            raise DraftError(
                f"There is nothing to split at {seconds(self.at_ms)}: "
                f"the timeline is {seconds(picture_end(edit))} long."
            )
        there = [clip for clip in main_clips(edit) if clip["s"] <= self.at_ms < end_of(clip)]
        # Where a transition is under way two clips are there.
        if len(there) == 1 and there[0]["s"] < self.at_ms and "transition" not in there[0]["m"]:
            return self._in_place(edit, there[0], the_main_track(edit))
        ripple(edit, self._halves)
        return edit.done()

    def _above(self, edit: Edit, segment_id: str) -> Draft:
        """Splits something that lies over or under the picture: nothing moves."""
        item, track = segment(edit, segment_id), track_of(edit, segment_id)
        if not item["s"] < self.at_ms < end_of(item):
            raise DraftError(f"{segment_id!r} isn't there at {seconds(self.at_ms)}, so nothing is split.")
        return self._in_place(edit, item, track)

    def _in_place(self, edit: Edit, item: RawSegment, track: RawTrack) -> Draft:
        first, second = (piece.raw for piece in self._halves(item))
        new = edit.add_segment(track, second["s"], second["d"], second["m"])
        track["sg"][-1] = {**second, "id": new["id"]}
        item.update(first)
        for half in (item, track["sg"][-1]):
            fit_fades(half)
        return edit.done()

    def _halves(self, clip: RawSegment) -> Sequence[Piece]:
        if not clip["s"] < self.at_ms < end_of(clip):
            return [unchanged(clip)]
        return share_fades([part(clip, clip["s"], self.at_ms), part(clip, self.at_ms, end_of(clip))])


class Delete(Op):
    """Removes whole segments. The gap closes when they are clips of the main track."""

    op: Literal["delete"] = "delete"
    segments: SegmentIds

    @model_validator(mode="after")
    def _once(self) -> Delete:
        if len(set(self.segments)) != len(self.segments):
            raise ValueError("a segment is named twice")
        return self

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        clips = main_clips(edit)
        main = {clip["id"] for clip in clips}
        for segment_id in self.segments:
            segment(edit, segment_id)
            if segment_id not in main:
                edit.remove(segment_id)
        if main.intersection(self.segments):
            gone = _taken_along(clips, self.segments)
            ripple(edit, lambda clip: [] if clip["id"] in self.segments else [unchanged(clip)], gone)
        return edit.done()


def remove_ranges(edit: Edit, ranges: Sequence[tuple[int, int]]) -> None:
    """Cuts several ranges of the timeline at once; they must be in order and not overlap. None: no change."""
    if not ranges:
        return

    first, last = min(start for start, _ in ranges), max(end for _, end in ranges)

    def rest(clip: RawSegment) -> Sequence[Piece]:
        if clip["s"] >= last or end_of(clip) <= first:
            return [unchanged(clip)]
        clock, pieces = clip["s"], list[Piece]()
        for start, end in ranges:
            if start > clock:
                pieces.append(part(clip, clock, min(start, end_of(clip))))
            clock = max(clock, end)
            if clock >= end_of(clip):
                break
        else:
            pieces.append(part(clip, clock, end_of(clip)))
        return share_fades([piece for piece in pieces if piece.raw["d"] > 0])

    ripple(edit, rest, ranges)


def _taken_along(clips: Sequence[RawSegment], chosen: Sequence[str]) -> list[tuple[int, int]]:
    """The times that go with these clips: the gap before each too, and no transition that another one shares."""
    spans, clock = list[tuple[int, int]](), 0
    for clip in clips:
        if clip["id"] in chosen:
            spans.append((clock, end_of(clip)))
        elif spans:
            spans[-1] = (spans[-1][0], min(spans[-1][1], clip["s"]))
        clock = max(clock, end_of(clip))
    return [(start, end) for start, end in spans if start < end]
