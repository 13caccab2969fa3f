"""What may be written: schema v1 of the draft, strictly. Unknown keys are allowed at every level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..errors import DraftError
from . import canonical
from .model import Draft, Segment, Track

Ms = Annotated[int, Field(strict=True, ge=0, le=24 * 3600 * 1000)]
Length = Annotated[int, Field(strict=True, gt=0, le=24 * 3600 * 1000)]
Track01 = Annotated[int, Field(strict=True, ge=1, le=64)]
Fraction01 = Annotated[float, Field(ge=0, le=1)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Rate = Annotated[int, Field(strict=True, ge=1, le=240)] | Annotated[str, Field(pattern=r"^\d{1,6}/\d{1,5}$")]
Side = Annotated[int, Field(strict=True, ge=16, le=7680)]

Place = Literal[
    "center", "top", "bottom", "left", "right", "top-left", "top-right", "bottom-left", "bottom-right"
]  # fmt: skip
Fit = Literal["contain", "cover", "blur"]
Look = Literal[
    "grayscale", "sepia", "warm", "cool", "cinematic", "vintage", "vivid", "blur", "sharpen", "vignette",
    "brightness", "contrast", "saturation",
]  # fmt: skip
TransitionType = Literal[
    "crossfade", "dip-black", "dip-white", "wipe-left", "wipe-right", "wipe-up", "wipe-down",
    "slide-left", "slide-right", "slide-up", "slide-down", "circle",
]  # fmt: skip


class _Open(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


class Point(_Open):
    x: Fraction01
    y: Fraction01


class Box(_Open):
    x: Fraction01
    y: Fraction01
    w: Annotated[float, Field(gt=0, le=1)]
    h: Annotated[float, Field(gt=0, le=1)]


class Filter(_Open):
    name: Look
    amount: Annotated[float, Field(ge=-1, le=1)] = 1.0


class Transition(_Open):
    type: TransitionType
    duration_ms: Length


class Duck(_Open):
    amount_db: Annotated[float, Field(ge=0, le=60)] = 12


class Style(_Open):
    font_size: Annotated[float, Field(gt=0, le=1)] | None = None
    color: Colour | None = None
    background: Colour | None = None
    bold: bool | None = None
    italic: bool | None = None
    outline: bool | Colour | None = None
    shadow: bool | None = None
    font: str | None = None
    align: Literal["left", "center", "right"] | None = None


class SegmentMeta(_Open):
    kind: Literal["video", "image", "audio", "text"]
    name: str | None = None
    text: Annotated[str, Field(max_length=10_000)] | None = None
    asset: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")] | None = None
    file: str | None = None
    source_start_ms: Ms = 0
    speed: Annotated[float, Field(ge=0.1, le=16)] = 1.0
    reverse: bool = False
    freeze: bool = False
    volume: Annotated[float, Field(ge=0, le=4)] = 1.0
    muted: bool = False
    fade_in_ms: Ms = 0
    fade_out_ms: Ms = 0
    video_fade_in_ms: Ms = 0
    video_fade_out_ms: Ms = 0
    loop: bool = False
    sound_tracks: Annotated[list[Track01], Field(min_length=1, max_length=16)] | None = None
    duck: Duck | None = None
    fit: Fit = "contain"
    crop: Box | None = None
    rotation: Annotated[float, Field(ge=-360, le=360)] = 0
    flip: Literal["h", "v"] | None = None
    opacity: Fraction01 = 1.0
    position: Place | Point = "center"
    scale: Annotated[float, Field(gt=0, le=8)] = 1.0
    filters: Annotated[list[Filter], Field(max_length=32)] = []
    transition: Transition | None = None
    style: Style | None = None


class SegmentModel(_Open):
    id: Annotated[str, Field(min_length=1)]
    s: Ms
    d: Length
    m: SegmentMeta


class TrackMeta(_Open):
    name: str | None = None
    muted: bool = False


class TrackModel(_Open):
    id: Annotated[str, Field(min_length=1)]
    tt: Literal[0, 1, 7]
    m: TrackMeta = TrackMeta()
    sg: list[SegmentModel]


class DraftMeta(_Open):
    title: str = "project"
    width: Side = 1920
    height: Side = 1080
    fps: Rate = 30
    background: Colour = "#000000"


class DraftModel(_Open):
    v: Literal[1]
    d: Ms
    m: DraftMeta
    t: list[TrackModel]


def check(draft: Draft) -> Draft:
    """The draft itself, when it may be stored. DraftError, naming each place, when it may not."""
    problems = list(_problems(draft))
    if problems:
        raise DraftError("This draft is not valid: " + "; ".join(problems[:5]) + ".")
    return draft


def _problems(draft: Draft) -> Iterator[str]:
    raw = draft.raw
    try:
        DraftModel.model_validate(raw)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            yield f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
        return
    try:
        canonical.check(raw)
    except DraftError as error:
        yield error.what
    if raw["d"] != draft.duration_ms:
        yield f"d is {raw['d']}, but the last segment ends at {draft.duration_ms}"
    ids = [item["id"] for item in raw["t"]] + [segment.id for segment in draft.segments]
    if len(ids) != len(set(ids)):
        yield "two tracks or segments share an id"
    for track in draft.tracks:
        yield from _overlaps(track)


def _overlaps(track: Track) -> Iterator[str]:
    for before, after in zip(track.segments, track.segments[1:], strict=False):
        if after.start_ms < before.end_ms - transition_ms(after):
            yield f"{before.id} and {after.id} overlap on track {track.id}"


def transition_ms(segment: Segment) -> int:
    """How long the transition that brings this segment in lasts; 0 without one."""
    transition = segment.meta.get("transition")
    return int(transition.get("duration_ms", 0)) if isinstance(transition, Mapping) else 0
