"""Words over the picture: titles and captions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ...errors import DraftError
from ..edit import Edit, RawSegment
from ..lettering import PLAIN
from ..model import Draft, Segment
from ..schema import Colour, Length, Ms, Place, Point
from .base import TEXT, Handle, InPlace, Op, SegmentId, SegmentIds, free_track, picture_end, segment

Words = Annotated[str, Field(min_length=1, max_length=10_000)]


class TextStyle(BaseModel):
    """How text is set. `font_size` is a fraction of the canvas height; colours are `#rrggbb`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    font_size: Annotated[float, Field(gt=0, le=1)] | None = None
    font: str | None = None
    color: Colour | None = None
    background: Colour | None = None
    bold: bool | None = None
    italic: bool | None = None
    outline: Colour | bool | None = None
    shadow: bool | None = None
    align: Literal["left", "center", "right"] | None = None


class AddText(InPlace):
    """Lays text over the picture. It does not push the picture, and ends with it at the latest.

    On an empty timeline it stands on the background for `duration_ms`.
    """

    op: Literal["add_text"] = "add_text"
    text: Words
    at_ms: Ms = 0
    duration_ms: Annotated[Length | None, Field(description="How long; none: to the picture's end.")] = 3000
    position: Place | Point = "center"
    style: TextStyle = TextStyle()
    role: Annotated[Literal["Title", "Captions"], Field(description="The track's name.")] = "Title"

    def change(self, edit: Edit) -> None:
        end = picture_end(edit)
        if end and self.at_ms >= end:
            raise DraftError(f"Text at {self.at_ms} ms would come after the picture's end at {end} ms.")
        length = self.duration_ms or (end - self.at_ms if end else 3000)
        if end:
            length = min(length, end - self.at_ms)
        track = free_track(edit, TEXT, self.role, self.at_ms, length)
        edit.add_segment(track, self.at_ms, length, _text_meta(self.text, self.position, self.style))


class CaptionLine(BaseModel):
    """One caption: its words, when it comes and how long it stays, in ms."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    text: Words
    at_ms: Ms
    duration_ms: Length


class AddCaptions(Op):
    """Lays captions over the picture, all on one new track. They must not overlap.

    None outlasts the picture; those that come after its end are left out.
    """

    op: Literal["add_captions"] = "add_captions"
    lines: Annotated[tuple[CaptionLine, ...], Field(min_length=1, max_length=5000)]
    position: Place | Point = "bottom"
    style: TextStyle = TextStyle()

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        end = picture_end(edit) or max(line.at_ms + line.duration_ms for line in self.lines)
        shown = [line for line in self.lines if line.at_ms < end]
        if not shown:
            raise DraftError(f"All captions would come after the picture's end at {end} ms.")
        track = edit.add_track(TEXT, "Captions")
        for line in shown:
            meta = _text_meta(line.text, self.position, self.style)
            edit.add_segment(track, line.at_ms, min(line.duration_ms, end - line.at_ms), meta)
        return edit.done()


class ChangeText(Op):
    """Other words in the same place."""

    op: Literal["change_text"] = "change_text"
    segment: SegmentId
    text: Words

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        _text(edit, self.segment)["m"]["text"] = self.text
        return edit.done()

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        if segment.kind == "text":
            yield Handle("text", "text", segment.text)


class Restyle(Op):
    """Sets the style of texts. What the style leaves out stays, or with `anew` is as it is by itself."""

    op: Literal["restyle"] = "restyle"
    segments: SegmentIds
    style: TextStyle
    anew: bool = False

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        for segment_id in self.segments:
            meta = _text(edit, segment_id)["m"]
            kept = {} if self.anew else meta.get("style") or {}
            meta["style"] = {**kept, **self.style.model_dump(exclude_none=True)}
            if not meta["style"]:
                del meta["style"]
        return edit.done()

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        if segment.kind == "text":
            style = segment.meta.get("style") or {}
            for name in TextStyle.model_fields:
                value = style.get(name, PLAIN.get(name))
                yield Handle(name, f"style.{name}", value, {"style": style}, clears=True)

    @classmethod
    def by_hand(cls, segment: Segment, handle: Handle, value: Any) -> Sequence[Mapping[str, Any]]:
        if value is None:  # what a style leaves out stays
            rest = {key: held for key, held in handle.given["style"].items() if key != handle.name}
            return [cls._of(segment, {"style": rest, "anew": True})]
        return [cls._of(segment, {"style": {handle.name: value}})]


def _text_meta(words: str, position: str | Point, style: TextStyle) -> dict[str, Any]:
    place = position if isinstance(position, str) else position.model_dump()
    meta: dict[str, Any] = {"kind": "text", "text": words, "position": place}
    styled = style.model_dump(exclude_none=True)
    return meta | {"style": styled} if styled else meta


def _text(edit: Edit, segment_id: str) -> RawSegment:
    found = segment(edit, segment_id)
    if found["m"].get("kind") != "text":
        raise DraftError(f"Segment {segment_id!r} is no text.")
    return found
