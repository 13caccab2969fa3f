"""Time itself: speed, direction, stopping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from ...errors import DraftError
from ..edit import Edit, RawSegment
from ..model import Draft, Segment
from ..schema import Length, Ms
from ..timecode import seconds
from .base import (
    Handle,
    Op,
    SegmentIds,
    end_of,
    picture_end,
    plays,
    segment,
    set_or_clear,
    with_picture,
    within,
)
from .ripple import Piece, part, ripple, share_fades, unchanged


class Speed(Op):
    """Plays clips faster or slower: `factor` times as fast as they play now, so 2 halves their length.

    `segments` names the clips (none: all of the main track); `start_ms` and `end_ms` limit it to a range of
    the timeline. A clip's speed stays between 0.1 and 16. Music above keeps its own pace.
    """

    op: Literal["speed"] = "speed"
    factor: Annotated[float, Field(gt=0, le=160)]
    segments: tuple[str, ...] = ()
    start_ms: Ms | None = None
    end_ms: Ms | None = None

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        for segment_id in self.segments:
            segment(edit, segment_id)
        low, high = self._range(edit)

        def faster(clip: RawSegment) -> Sequence[Piece]:
            start, end = max(clip["s"], low), min(end_of(clip), high)
            chosen = not self.segments or clip["id"] in self.segments
            if not chosen or start >= end or clip["m"].get("kind") == "image":
                return [unchanged(clip)]
            cuts = ((clip["s"], start), (start, end), (end, end_of(clip)))
            parts = [part(clip, a, b) for a, b in cuts if a < b]
            return share_fades([self._rated(item) if item.old_start_ms == start else item for item in parts])

        ripple(edit, faster)
        return edit.done()

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        if plays(segment) and draft.is_on_main(segment):
            yield Handle("speed", "factor", segment.speed, least=0.1, most=16)

    @classmethod
    def by_hand(cls, segment: Segment, handle: Handle, value: Any) -> Sequence[Mapping[str, Any]]:
        return super().by_hand(segment, handle, value / handle.value)

    def _range(self, edit: Edit) -> tuple[int, int]:
        if self.start_ms is None and self.end_ms is None:
            return 0, picture_end(edit)
        return within(edit, self.start_ms or 0, picture_end(edit) if self.end_ms is None else self.end_ms)

    def _rated(self, piece: Piece) -> Piece:
        raw = piece.raw
        speed = float(raw["m"].get("speed", 1.0)) * self.factor
        if not 0.1 <= speed <= 16:
            raise DraftError(f"{speed:g}x is too much: a clip plays at 0.1x to 16x.")
        length = max(1, round(raw["d"] / self.factor))
        set_or_clear(raw["m"], "speed", round(speed, 6), 1.0)
        return Piece({**raw, "d": length}, piece.old_start_ms, piece.old_end_ms)


class Reverse(Op):
    """Plays clips backwards, or forwards again when they already do."""

    op: Literal["reverse"] = "reverse"
    segments: SegmentIds

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        for segment_id in self.segments:
            meta = segment(edit, segment_id)["m"]
            if meta.get("kind") not in ("video", "audio"):
                raise DraftError(f"Segment {segment_id!r} does not move, so it cannot play backwards.")
            set_or_clear(meta, "reverse", not meta.get("reverse", False), False)
        return edit.done()

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        if plays(segment):
            yield Handle("reverse", "", bool(segment.meta.get("reverse")))


class Freeze(Op):
    """Stops the picture at a time of the timeline for `duration_ms`; what follows moves along."""

    op: Literal["freeze"] = "freeze"
    at_ms: Ms
    duration_ms: Length = 2000

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        if self.at_ms > picture_end(edit):
            raise DraftError(
                f"{seconds(self.at_ms)} is outside: the timeline is {seconds(picture_end(edit))} long."
            )
        # The end belongs to the last frame.
        at = min(self.at_ms, picture_end(edit) - 1)
        frame_ms = round(1000 / float(draft.canvas.fps))
        ripple(edit, lambda clip: self._stopped(edit, clip, at, frame_ms))
        return edit.done()

    def _stopped(self, edit: Edit, clip: RawSegment, at: int, frame_ms: int) -> Sequence[Piece]:
        if not clip["s"] <= at < end_of(clip):
            return [unchanged(clip)]
        with_picture(edit, clip["id"])
        if clip["m"].get("kind") != "video":
            raise DraftError(f"Segment {clip['id']!r} stands still already.")
        # No shred of a picture stays behind a still that is held at the end.
        last = self.at_ms >= end_of(clip) - frame_ms
        split = end_of(clip) if last else at
        still = part(clip, at, at + 1).raw
        still["m"] = {
            key: value for key, value in still["m"].items() if key not in ("volume", "speed", "reverse")
        }
        still["m"] |= {"freeze": True, "muted": True}
        pieces = [part(clip, clip["s"], split)] if split > clip["s"] else []
        pieces.append(Piece({**still, "d": self.duration_ms}, split, split))
        if split < end_of(clip):
            pieces.append(part(clip, split, end_of(clip)))
        return share_fades(pieces)
