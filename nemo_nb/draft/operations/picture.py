"""How the picture looks: turned, mirrored, cropped, coloured, placed; and how one clip becomes the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from ...errors import DraftError
from ..edit import Edit
from ..model import Draft, Segment
from ..schema import Box, Fit, Fraction01, Length, Look, Place, Point, TransitionType
from .base import Handle, Op, SegmentIds, end_of, main_clips, main_track, set_or_clear, track_of, with_picture
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

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        if _is_picture(segment):
            yield Handle("rotation", "degrees", segment.meta.get("rotation", 0))

    @classmethod
    def by_hand(cls, segment: Segment, handle: Handle, value: Any) -> Sequence[Mapping[str, Any]]:
        return super().by_hand(segment, handle, (value - handle.value) % 360)


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

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        if _is_picture(segment):
            yield Handle("flip", "direction", segment.meta.get("flip"), clears=True)


_SIGNED: tuple[Look, ...] = ("brightness", "contrast", "saturation")
_EFFECTS: tuple[Look, ...] = ("blur", "sharpen", "vignette")
_LOOKS: tuple[Look, ...] = tuple(name for name in get_args(Look) if name not in _SIGNED + _EFFECTS)


class AddFilter(Op):
    """Gives pictures a look. The same look again replaces its amount.

    `amount` is 0 to 1, and -1 to 1 for brightness, contrast and saturation.
    """

    op: Literal["filter"] = "filter"
    segments: SegmentIds
    name: Look
    amount: Annotated[float, Field(ge=-1, le=1)] = 1.0

    def apply(self, draft: Draft) -> Draft:
        if self.amount < 0 and self.name not in _SIGNED:
            raise DraftError(f"The look {self.name!r} takes an amount from 0 to 1.")
        edit = Edit(draft)
        for segment_id in self.segments:
            meta = with_picture(edit, segment_id)["m"]
            others = [item for item in meta.get("filters", []) if item.get("name") != self.name]
            meta["filters"] = [*others, {"name": self.name, "amount": self.amount}]
        return edit.done()

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        if not _is_picture(segment):
            return
        amounts = {item.get("name"): item.get("amount", 1.0) for item in segment.meta.get("filters") or ()}
        look = next((name for name in _LOOKS if name in amounts), None)
        yield Handle("look", "name", look, choices=_LOOKS, clears=True)
        if look:
            yield Handle("look_amount", "amount", amounts[look], {"name": look}, least=0)
        for name in (*_SIGNED, *_EFFECTS):
            least = -1 if name in _SIGNED else 0
            yield Handle(name, "amount", amounts.get(name, 0), {"name": name}, least=least)

    @classmethod
    def by_hand(cls, segment: Segment, handle: Handle, value: Any) -> Sequence[Mapping[str, Any]]:
        if handle.name == "look":
            off = [ClearFilters._of(segment, {"name": handle.value})] if handle.value else []
            return off + ([cls._of(segment, {"name": value})] if value else [])
        if value == 0:
            return [ClearFilters._of(segment, handle.given)]
        return super().by_hand(segment, handle, value)


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


_LEAST_SHOWN = 0.05  # of a picture that is cropped by hand


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

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        if not _is_picture(segment):
            return
        cut = _cut_away(segment.meta.get("crop"))
        for side, opposite in (("left", "right"), ("right", "left"), ("top", "bottom"), ("bottom", "top")):
            most = 1 - _LEAST_SHOWN - cut[opposite]
            yield Handle(f"crop_{side}", "box.x", cut[side], {"box": cut}, most=most)

    @classmethod
    def by_hand(cls, segment: Segment, handle: Handle, value: Any) -> Sequence[Mapping[str, Any]]:
        cut = {**handle.given["box"], handle.name.removeprefix("crop_"): value}
        width, height = 1 - cut["left"] - cut["right"], 1 - cut["top"] - cut["bottom"]
        box = {"x": cut["left"], "y": cut["top"], "w": round(width, 6), "h": round(height, 6)}
        return [cls._of(segment, {"box": box if any(cut.values()) else None})]


def _cut_away(box: Mapping[str, float] | None) -> dict[str, float]:
    """How much of the picture is cut away at each side, in fractions."""
    if not box:
        return {"left": 0, "right": 0, "top": 0, "bottom": 0}
    right, bottom = 1 - box["x"] - box["w"], 1 - box["y"] - box["h"]
    return {"left": box["x"], "right": round(right, 6), "top": box["y"], "bottom": round(bottom, 6)}


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

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        if segment.kind == "audio":
            return
        meta = segment.meta
        yield Handle("position", "position", meta.get("position", "center"))
        if segment.kind != "text":
            yield Handle("scale", "scale", meta.get("scale", 1.0))
            yield Handle("fit", "fit", meta.get("fit", "contain" if draft.is_on_main(segment) else None))
        yield Handle("opacity", "opacity", meta.get("opacity", 1.0))


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

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        main = draft.main_track
        if not main or segment not in main.segments[1:]:
            return
        held = segment.meta.get("transition") or {}
        length = {"duration_ms": held["duration_ms"]} if held else {}
        yield Handle("transition", "type", held.get("type"), length, clears=True)
        if held:
            yield Handle("transition_ms", "duration_ms", held["duration_ms"], {"type": held["type"]})


def _is_picture(segment: Segment) -> bool:
    return segment.kind in ("video", "image")
