"""Putting files on the timeline: clips, music, pictures over the picture, slideshows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ...errors import DraftError
from ..edit import Edit
from ..model import OVERLAY, Draft
from ..schema import Fit, Fraction01, Length, Ms, Place, Point, TransitionType
from ..timecode import parse_fps
from .base import AUDIO, VIDEO, Op, free_track, main_track, picture_end, the_main_track
from .ripple import Piece, follow_picture, lay_out, unchanged

STILL_MS = 5000
PHOTO_MS = 3000  # so long is a photo shown among or over films, where nobody says how long
Asset = Annotated[
    str, Field(pattern=r"^sha256:[0-9a-f]{64}$", description="The content address of the file.")
]
File = Annotated[str, Field(min_length=1, description="The name the file was uploaded under.")]

_LEAST_SIDE, _MOST_SIDE = 16, 7680  # pixels of a canvas


class PlaceClip(Op):
    """Puts a video or an image into the main track: at its end, or before the clip number `index`.

    The first video gives a canvas that nobody has set its size and rate; a later one is fitted to the canvas as all
    clips are that are there. An image stays 5 s unless
    `duration_ms` says otherwise; for a video that is the file's length.
    """

    op: Literal["place_clip"] = "place_clip"
    kind: Literal["video", "image"] = "video"
    asset: Asset
    file: File
    name: str | None = None
    duration_ms: Annotated[
        Length | None, Field(description="Length of the file in ms; needed for a video.")
    ] = None
    width: Annotated[int | None, Field(description="In pixels, as shown (rotation applied).")] = None
    height: int | None = None
    fps: Annotated[float | str | None, Field(description='Frames a second: 30, 29.97 or "30000/1001".')] = (
        None
    )
    index: Annotated[int | None, Field(ge=0, description="0 puts it first; none puts it last.")] = None

    def apply(self, draft: Draft) -> Draft:
        if self.kind == "video" and self.duration_ms is None:
            raise DraftError(f"The length of {self.file!r} is needed to place it.")
        edit = Edit(draft)
        if self.kind == "video" and not any(item["m"].get("kind") == "video" for _, item in edit.segments()):
            _adopt_canvas(edit, self)
        track = main_track(edit)
        if track is None or track["tt"] != VIDEO:
            track = edit.add_track(VIDEO, bottom=True)
        old_end = max((item["s"] + item["d"] for item in track["sg"]), default=0)
        meta = _meta(self.kind, self.asset, self.file, self.name)
        fits = {item["m"].get("fit") for item in track["sg"]}
        if len(fits) == 1 and (fit := fits.pop()):
            meta["fit"] = fit
        new = edit.add_segment(track, old_end, self.duration_ms or STILL_MS, meta)
        if self.index is not None:
            _insert(edit, new["id"], self.index)
        else:
            follow_picture(edit, old_end)
        return edit.done()


class AddMusic(Op):
    """Puts sound under the picture, cut or looped to end with it (or after `duration_ms`).

    Where no picture is, it plays for its own length.
    """

    op: Literal["add_music"] = "add_music"
    asset: Asset
    file: File
    name: str | None = None
    file_ms: Annotated[Length, Field(description="Length of the file in ms.")]
    at_ms: Annotated[Ms, Field(description="Where it starts on the timeline.")] = 0
    duration_ms: Annotated[Length | None, Field(description="How long; none: to the picture's end.")] = None
    source_start_ms: Annotated[Ms, Field(description="Where in the file it starts.")] = 0
    volume: Annotated[float, Field(ge=0, le=4)] = 1.0
    loop: Annotated[bool, Field(description="Repeat a file that is too short.")] = True

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        end = picture_end(edit) if any(track["tt"] == VIDEO for track in edit.tracks) else None
        if end is not None and self.at_ms >= end:
            raise DraftError(f"Music at {self.at_ms} ms would start after the picture has ended.")
        if self.source_start_ms >= self.file_ms:
            raise DraftError(f"{self.file!r} is only {self.file_ms} ms long.")
        available = self.file_ms - self.source_start_ms
        length = self.duration_ms or (available if end is None else end - self.at_ms)
        if end is not None:
            length = min(length, end - self.at_ms)
        meta = _meta("audio", self.asset, self.file, self.name)
        if self.source_start_ms:
            meta["source_start_ms"] = self.source_start_ms
        meta["volume"] = self.volume
        if length > available:
            if self.loop:
                meta["loop"] = True
            else:
                length = available
        track = free_track(edit, AUDIO, "BGM", self.at_ms, length)
        edit.add_segment(track, self.at_ms, length, meta)
        return edit.done()


class Overlay(Op):
    """Puts an image or a video over the picture: a logo, a watermark, a picture in the picture, b-roll.

    With a `fit` it is fitted to the canvas as a clip of the main track is: `contain` shows all of it, `cover`
    fills the canvas and crops, `blur` fills with a blurred copy. It then fills the canvas from its centre
    unless `scale` (1.0 = fitted) and `position` say otherwise.
    """

    op: Literal["overlay"] = "overlay"
    kind: Literal["video", "image"] = "image"
    asset: Asset
    file: File
    name: str | None = None
    at_ms: Ms = 0
    duration_ms: Annotated[Length | None, Field(description="How long; none: to the picture's end.")] = None
    position: Place | Point = "top-right"
    scale: Annotated[
        float,
        Field(
            gt=0, le=1, description="Width as a fraction of the canvas; with a fit, 1.0 (default) is fitted."
        ),
    ] = 0.2
    opacity: Fraction01 = 1.0
    fit: Annotated[
        Fit | None, Field(description="How it fills the canvas; none: it is as wide as scale says.")
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _fitted(cls, given: Any) -> Any:
        if isinstance(given, Mapping) and given.get("fit"):
            return {"position": "center", "scale": 1.0, **given}
        return given

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        end = edit.end_ms()
        if self.at_ms >= end:
            raise DraftError(f"There is nothing at {self.at_ms} ms to put {self.file!r} over.")
        length = min(self.duration_ms or end, end - self.at_ms)
        meta = _meta(self.kind, self.asset, self.file, self.name)
        position = self.position if isinstance(self.position, str) else self.position.model_dump()
        meta |= {"position": position, "scale": self.scale, "opacity": self.opacity}
        if self.fit:
            meta["fit"] = self.fit
        track = free_track(edit, VIDEO, OVERLAY, self.at_ms, length)
        edit.add_segment(track, self.at_ms, length, meta)
        return edit.done()


class Still(BaseModel):
    """One image of a slideshow."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    asset: Asset
    file: File


class Slideshow(Op):
    """Puts images one after the other at the end of the main track, each for `each_ms`."""

    op: Literal["slideshow"] = "slideshow"
    images: Annotated[tuple[Still, ...], Field(min_length=1)]
    each_ms: Length = 3000
    transition: TransitionType | None = None
    transition_ms: Length = 500

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        track = main_track(edit)
        if track is None or track["tt"] != VIDEO:
            track = edit.add_track(VIDEO, bottom=True)
        old_end = picture_end(edit) if track["sg"] else 0
        start = old_end
        overlap = min(self.transition_ms, self.each_ms // 2) if self.transition else 0
        for number, image in enumerate(self.images):
            meta = _meta("image", image.asset, image.file, None)
            if number and overlap:
                start -= overlap
                meta["transition"] = {"type": self.transition, "duration_ms": overlap}
            edit.add_segment(track, start, self.each_ms, meta)
            start += self.each_ms
        follow_picture(edit, old_end)
        return edit.done()


class Media(Protocol):
    """What is known of an uploaded file; see the fields of `PlaceClip`. 0 stands for unknown."""

    @property
    def asset(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def kind(self) -> Literal["video", "image", "audio"]: ...
    @property
    def duration_ms(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def fps(self) -> float | str | None: ...


def place(media: Media) -> PlaceClip | AddMusic:
    """The operation that puts a file on the timeline as it is: a clip at the end, sound under the picture."""
    if media.kind == "audio":
        return AddMusic(asset=media.asset, file=media.file, file_ms=media.duration_ms)
    return PlaceClip(
        kind=media.kind,
        asset=media.asset,
        file=media.file,
        duration_ms=media.duration_ms or None,
        width=media.width or None,
        height=media.height or None,
        fps=media.fps or None,
    )


def over(media: Media, at_ms: int, duration_ms: int | None = None) -> Overlay:
    """The operation that lays a film or a photo over the picture so that it fills the frame, for its length at most."""
    natural = media.duration_ms or PHOTO_MS
    length = duration_ms or natural
    return Overlay(
        kind="video" if media.kind == "video" else "image",
        asset=media.asset,
        file=media.file,
        at_ms=at_ms,
        duration_ms=min(length, natural) if media.kind == "video" else length,
        fit="cover",
    )


def _meta(kind: str, asset: str, file: str, name: str | None) -> dict[str, Any]:
    meta = {"kind": kind, "asset": asset, "file": file}
    return {"name": name, **meta} if name else meta


def _adopt_canvas(edit: Edit, video: PlaceClip) -> None:
    sides = (video.width or 0, video.height or 0)
    if "width" not in edit.meta and min(sides) > 0:
        # A picture of few pixels is shown whole, several times its size.
        times = -(-_LEAST_SIDE // min(sides))
        if max(sides) * times <= _MOST_SIDE:
            edit.meta["width"], edit.meta["height"] = sides[0] * times, sides[1] * times
    if "fps" not in edit.meta and video.fps is not None:
        fps = parse_fps(video.fps)
        if 1 <= fps <= 240:
            whole = fps.denominator == 1
            edit.meta["fps"] = fps.numerator if whole else f"{fps.numerator}/{fps.denominator}"


def _insert(edit: Edit, segment_id: str, index: int) -> None:
    track = the_main_track(edit)
    new = next(item for item in track["sg"] if item["id"] == segment_id)
    others = sorted((item for item in track["sg"] if item is not new), key=lambda item: item["s"])
    at = others[index]["s"] if index < len(others) else new["s"]
    pieces, clock = list[Piece](), 0
    for item in others:
        pieces.append(Piece(item, item["s"], item["s"] + item["d"], item["s"] - clock))
        clock = item["s"] + item["d"]
    pieces.insert(min(index, len(others)), Piece(new, at, at))
    if index + 1 < len(pieces):
        pieces[index + 1] = unchanged(pieces[index + 1].raw)
    lay_out(edit, pieces)
