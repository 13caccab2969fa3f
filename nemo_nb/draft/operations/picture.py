"""How the picture looks: turned, mirrored, cropped, coloured, placed; and how one clip becomes the next."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ...errors import DraftError
from ..edit import Edit
from ..model import Draft
from ..schema import Box, Fit, Fraction01, Length, Look, Place, Point, TransitionType
from .base import Op, SegmentIds, end_of, main_clips, main_track, set_or_clear, track_of, with_picture
from .ripple import Piece, lay_out


class Rotate(Op):
    """Turns the picture clockwise by `degrees`, from how it stands now. Negative turns the other way."""

    op: Literal["rotate"] = "rotate"
    segments: SegmentIds
    degrees: Annotated[float, Field(ge=-360, le=360)]

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        for segment_id in self.segments:
            meta = with_picture(edit, segment_id)["m"]
            turned = (float(meta.get("rotation", 0)) + self.degrees) % 360
            set_or_clear(meta, "rotation", int(turned) if turned == int(turned) else turned, 0)
        return edit.done()


class Flip(Op):
    """Mirrors the picture left to right (`h`) or top to bottom (`v`); none puts it back."""

    op: Literal["flip"] = "flip"
    segments: SegmentIds
    direction: Literal["h", "v"] | None = "h"

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        for segment_id in self.segments:
            set_or_clear(with_picture(edit, segment_id)["m"], "flip", self.direction, None)
        return edit.done()


class AddFilter(Op):
    """Gives pictures a look. The same look again replaces its amount.

    `amount` is 0 to 1, and -1 to 1 for brightness, contrast and saturation.
    """

    op: Literal["filter"] = "filter"
    segments: SegmentIds
    name: Look
    amount: Annotated[float, Field(ge=-1, le=1)] = 1.0

    def apply(self, draft: Draft) -> Draft:
        if self.amount < 0 and self.name not in ("brightness", "contrast", "saturation"):
            raise DraftError(f"The look {self.name!r} takes an amount from 0 to 1.")
        edit = Edit(draft)
        for segment_id in self.segments:
            meta = with_picture(edit, segment_id)["m"]
            others = [item for item in meta.get("filters", []) if item.get("name") != self.name]
            meta["filters"] = [*others, {"name": self.name, "amount": self.amount}]
        return edit.done()


class ClearFilters(Op):
    """Takes looks off pictures again: the one named, or all."""

    op: Literal["clear_filters"] = "clear_filters"
    segments: SegmentIds
    name: Look | None = None

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        for segment_id in self.segments:
            meta = with_picture(edit, segment_id)["m"]
            left = [item for item in meta.get("filters", []) if self.name and item.get("name") != self.name]
            set_or_clear(meta, "filters", left, [])
        return edit.done()


class Crop(Op):
    """Shows only a part of the source's picture; fractions of its width and height. None shows all again."""

    op: Literal["crop"] = "crop"
    segments: SegmentIds
    box: Box | None

    def apply(self, draft: Draft) -> Draft:
        if self.box and (self.box.x + self.box.w > 1.000001 or self.box.y + self.box.h > 1.000001):
            raise DraftError("The part to keep reaches over the edge of the picture.")
        edit = Edit(draft)
        for segment_id in self.segments:
            box = self.box.model_dump() if self.box else None
            set_or_clear(with_picture(edit, segment_id)["m"], "crop", box, None)
        return edit.done()


class Adjust(Op):
    """Where a picture or a text stands and how it fills its place. What is left out stays.

    `scale`: 1.0 is fitted to the canvas, as `fit` says. For an overlay without a `fit` it is its width as a
    fraction of the canvas; given one, such an overlay is fitted unless a `scale` comes with it.
    """

    op: Literal["adjust"] = "adjust"
    segments: SegmentIds
    position: Place | Point | None = None
    scale: Annotated[float | None, Field(gt=0, le=8)] = None
    opacity: Fraction01 | None = None
    fit: Fit | None = None

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        values: dict[str, Any] = self.model_dump(exclude={"op", "segments"}, exclude_none=True)
        if not values:
            raise DraftError("Nothing to adjust: give position, scale, opacity or fit.")
        clips = main_track(edit)
        for segment_id in self.segments:
            meta = with_picture(edit, segment_id)["m"]
            if self.fit and "fit" not in meta and "scale" in meta and track_of(edit, segment_id) is not clips:
                meta["scale"] = 1.0  # it was a width
            meta.update(values)
        return edit.done()


class Transition(Op):
    """Lets clips of the main track come in by a transition; none cuts straight again.

    The two clips overlap by its length, so the timeline gets shorter by it. It takes at most half of
    the shorter clip. The first clip of the timeline has nothing to come from.
    """

    op: Literal["transition"] = "transition"
    segments: Annotated[SegmentIds, Field(description="The clips that come in.")]
    type: TransitionType | None = "crossfade"
    duration_ms: Length = 500

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        clips = main_clips(edit)
        ids = [clip["id"] for clip in clips]
        wrong = [wanted for wanted in self.segments if wanted not in ids[1:]]
        if wrong:
            raise DraftError(f"No clip comes before {wrong[0]!r}, so it has nothing to come in from.")
        pieces, clock, room = list[Piece](), 0, 0
        for clip in clips:
            lead = clip["s"] - clock
            if clip["id"] in self.segments:
                overlap = min(self.duration_ms, room // 2, clip["d"] // 2) if self.type else 0
                clip["m"].pop("transition", None)
                if overlap:
                    clip["m"]["transition"] = {"type": self.type, "duration_ms": overlap}
                lead = max(lead, 0) - overlap
            pieces.append(Piece(clip, clip["s"], end_of(clip), lead))
            clock, room = end_of(clip), clip["d"]
        lay_out(edit, pieces)
        return edit.done()
