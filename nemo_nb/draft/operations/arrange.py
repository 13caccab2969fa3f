"""The order of clips, and where and how long things above them are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from ...errors import DraftError
from ..edit import Edit, RawSegment
from ..model import Draft
from ..schema import Length, Ms
from .base import (
    Op,
    SegmentId,
    end_of,
    free_track,
    is_free,
    main_clips,
    main_track,
    picture_end,
    segment,
    the_main_track,
    track_of,
)
from .ripple import Piece, follow_picture, lay_out, ripple, unchanged


class Reorder(Op):
    """Puts the clips of the main track into another order. Transitions stay with the clip that comes in."""

    op: Literal["reorder"] = "reorder"
    order: Annotated[tuple[SegmentId, ...], Field(description="The ids of all clips of the main track.")]

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        clips = main_clips(edit)
        if sorted(clip["id"] for clip in clips) != sorted(self.order):
            raise DraftError("The order must name every clip of the main track once.")
        order_clips(edit, [segment(edit, segment_id) for segment_id in self.order])
        return edit.done()


class Swap(Op):
    """Lets two clips of the main track change places."""

    op: Literal["swap"] = "swap"
    first: SegmentId
    second: SegmentId

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        clips = main_clips(edit)
        ids = [clip["id"] for clip in clips]
        if self.first == self.second or self.first not in ids or self.second not in ids:
            raise DraftError("Swapping needs two different clips of the main track.")
        one, other = ids.index(self.first), ids.index(self.second)
        clips[one], clips[other] = clips[other], clips[one]
        order_clips(edit, clips)
        return edit.done()


class Duplicate(Op):
    """Repeats a clip right after itself, `times` more times."""

    op: Literal["duplicate"] = "duplicate"
    segment: SegmentId
    times: Annotated[int, Field(ge=1, le=50)] = 1

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        if self.segment not in {clip["id"] for clip in main_clips(edit)}:
            raise DraftError(f"{self.segment!r} is no clip of the main track.")
        ripple(edit, self._repeated)
        return edit.done()

    def _repeated(self, clip: RawSegment) -> list[Piece]:
        if clip["id"] != self.segment:
            return [unchanged(clip)]
        bare = {key: value for key, value in clip["m"].items() if key != "transition"}
        copy = {**clip, "m": bare}
        return [unchanged(clip), *(Piece(dict(copy), end_of(clip), end_of(clip)) for _ in range(self.times))]


class Loop(Op):
    """Repeats the whole main track, so that the timeline holds it `times` times in all."""

    op: Literal["loop"] = "loop"
    times: Annotated[int, Field(ge=2, le=50)]

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        clips, old_end = main_clips(edit), picture_end(edit)
        track = the_main_track(edit)
        for turn in range(1, self.times):
            for clip in clips:
                edit.add_segment(track, clip["s"] + turn * old_end, clip["d"], dict(clip["m"]))
        follow_picture(edit, old_end)
        return edit.done()


class Retime(Op):
    """Moves something that lies over or under the picture, or changes how long it is shown or heard.

    What is left out stays. Where its track has no room for it, it goes to another. `source_start_ms` says where in
    its file it starts; with `loop` it is heard again and again where the file is shorter. Clips of the main track are
    moved with `reorder` and shortened with `cut_out`; only how long a photo is shown there is set with this.
    """

    op: Literal["retime"] = "retime"
    segment: SegmentId
    start_ms: Ms | None = None
    duration_ms: Length | None = None
    source_start_ms: Ms | None = None
    loop: bool = False

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        item, end = segment(edit, self.segment), picture_end(edit)
        track = track_of(edit, self.segment)
        if track is main_track(edit) and item["m"].get("kind") == "image" and self.start_ms is None:
            ripple(edit, self._held)
            return edit.done()
        if track is main_track(edit):
            raise DraftError(f"{self.segment!r} is a clip of the main track; reorder or cut it instead.")
        start = item["s"] if self.start_ms is None else self.start_ms
        if start >= end:
            raise DraftError(f"{start} ms is after the picture's end at {end} ms.")
        item["s"], item["d"] = start, min(self.duration_ms or item["d"], end - start)
        if self.source_start_ms is not None:
            item["m"]["source_start_ms"] = self.source_start_ms
        if self.loop:
            item["m"]["loop"] = True
        track["sg"] = [other for other in track["sg"] if other is not item]
        if not is_free(track, item["s"], item["d"]):
            track = free_track(edit, track["tt"], track["m"].get("name", ""), item["s"], item["d"])
        track["sg"].append(item)
        follow_picture(edit, end)
        return edit.done()

    def _held(self, clip: RawSegment) -> Sequence[Piece]:
        """A photo in the row is shown as long as one likes, and what follows moves along."""
        held = clip["id"] == self.segment and self.duration_ms
        return [Piece({**clip, "d": self.duration_ms}, clip["s"], end_of(clip)) if held else unchanged(clip)]


def order_clips(edit: Edit, clips: list[RawSegment]) -> None:
    """Lays the clips out in this order. What lies above stays at its time.

    Where every cut was a transition every cut still is: the clip that was first takes over that of the one that is.
    """
    old_end, pieces = picture_end(edit), list[Piece]()
    before = main_clips(edit)
    if clips and len(before) > 1 and all("transition" in clip["m"] for clip in before[1:]):
        was_first = next(clip for clip in clips if clip["id"] == before[0]["id"])
        was_first["m"].setdefault(
            "transition", clips[0]["m"].get("transition") or before[1]["m"]["transition"]
        )
    for number, clip in enumerate(clips):
        overlap = int((clip["m"].get("transition") or {}).get("duration_ms", 0)) if number else 0
        pieces.append(Piece(clip, clip["s"], end_of(clip), -overlap))
    lay_out(edit, pieces, carry=False)
    follow_picture(edit, old_end)
