"""Where a picture is and how much of it is seen: places, zoom and crop, turns, the canvas."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ...draft import Segment
from ...draft.figures import figures
from ...draft.operations import (
    Adjust,
    Background,
    ChangeText,
    Crop,
    Flip,
    Operation,
    Rotate,
    SetCanvas,
)
from ..frames import Arrange, Canvas, Turn, Zoom
from ..stage import Said, Stage
from .base import SIZE, does
from .looks import pictures

_PLACED = ("text", "caption", "logo", "b-roll", "clip")
_STEP, _CLOSER, _INSET = 1.4, 0.2, 0.3
_MOVES = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
_CENTRES = {"top": 0.12, "bottom": 0.88, "left": 0.15, "right": 0.85}


@does(Arrange)
def arrange(frame: Arrange, stage: Stage) -> None:
    everything = (
        frame.target is not None
        and frame.target.kind is None
        and frame.target.plain
        and frame.target.every == "all"
    )
    placed = tuple(kind for kind in _PLACED if kind != "clip") if everything else _PLACED
    found = stage.want(frame.target, placed, default=lambda: _arranged(stage))
    if not found:
        return
    for item in found:
        values: dict[str, Any] = {}
        kind = stage.ground.kinds[item.id]
        if frame.place:
            values["position"] = _in_its_row(frame.place, item) if frame.target is None else frame.place
            if kind == "b-roll":
                values["scale"] = min(float(item.meta.get("scale", 1)), _INSET)
        if frame.step:
            values["position"] = _stepped(item, frame.step, 0.08 if frame.bit else 0.2)
        if frame.other_side and (mirrored := _mirrored(item)) is not None:
            values["position"] = mirrored
        if frame.opacity is not None:
            values["opacity"] = min(1.0, frame.opacity)
        now = float(
            item.meta.get("scale") or (1.0 if kind in ("clip", "b-roll") or item.kind == "image" else 0.2)
        )
        if kind in ("text", "caption") and (words := _other_percent(frame, item)):
            stage.do(ChangeText(segment=item.id, text=words))
        elif kind in ("text", "caption") and (frame.bigger or frame.scale or frame.times):
            _resize_text(frame, item, stage)
        elif frame.scale is not None:
            values["scale"] = frame.scale
        elif frame.times is not None:
            values["scale"] = round(max(0.02, min(1.0 if kind != "clip" else 8.0, now * frame.times)), 4)
        elif frame.bigger:
            values["scale"] = round(min(1.0 if kind != "clip" else 8.0, now * _STEP**frame.bigger), 4)
        if values:
            stage.do(Adjust.model_validate({"segments": (item.id,), **values}))
    stage.touched += [item.id for item in found if item.id not in stage.touched]


def _other_percent(frame: Arrange, item: Segment) -> str:
    """ "Make that 25%", of "20% off until Sunday": its words, with the other number."""
    told = frame.target is None or (frame.target.refer == "it" and frame.target.kind is None)
    held = _PERCENT.findall(item.text)
    if not told or frame.scale is None or len(held) != 1:
        return ""
    return _PERCENT.sub(f"{frame.scale * 100:g}%", item.text)


_PERCENT = re.compile(r"\d+(?:[.,]\d+)? ?%")


def _in_its_row(place: str, item: Segment) -> str:
    """ "Actually right", of what is at the top left: at the top right."""
    row, _, side = str(item.meta.get("position", "")).partition("-")
    return f"{row}-{place}" if side and place in ("left", "right") else place


def _arranged(stage: Stage) -> Sequence[Segment]:
    last = stage.ground.mentioned(("text", "caption", "logo", "b-roll"))
    pool = stage.ground.pool("text", "caption", "logo", "b-roll")
    return last or (pool if len(pool) == 1 else ())


def _resize_text(frame: Arrange, item: Segment, stage: Stage) -> None:
    from ...draft.operations import Restyle, TextStyle

    now = float((item.meta.get("style") or {}).get("font_size") or SIZE)
    size = now * (frame.scale or frame.times or _STEP**frame.bigger)
    stage.do(Restyle(segments=(item.id,), style=TextStyle(font_size=round(min(0.5, size), 4))))


def _centre(item: Segment) -> tuple[float, float]:
    position = item.meta.get("position", "center")
    if not isinstance(position, str):
        return float(position.get("x", 0.5)), float(position.get("y", 0.5))
    parts = position.split("-")
    y = next((_CENTRES[part] for part in parts if part in ("top", "bottom")), 0.5)
    x = next((_CENTRES[part] for part in parts if part in ("left", "right")), 0.5)
    return x, y


def _stepped(item: Segment, way: str, by: float) -> dict[str, float]:
    x, y = _centre(item)
    dx, dy = _MOVES[way]
    return {
        "x": round(min(0.95, max(0.05, x + dx * by)), 4),
        "y": round(min(0.95, max(0.05, y + dy * by)), 4),
    }


def _mirrored(item: Segment) -> str | None:
    position = item.meta.get("position", "center")
    if not isinstance(position, str):
        return None
    swapped = (
        {"left": "right", "right": "left"}
        if {"left", "right"} & set(position.split("-"))
        else {"top": "bottom", "bottom": "top"}
    )
    other = "-".join(swapped.get(part, part) for part in position.split("-"))
    return other if other != position else None


@does(Zoom)
def zoom(frame: Zoom, stage: Stage) -> None:
    if frame.moving and not frame.off:
        stage.refuse("no_motion")
        return
    if frame.off:
        zoomed = tuple(
            clip
            for clip in stage.ground.clips
            if float(clip.meta.get("scale", 1)) != 1 or clip.meta.get("crop")
        )
        found = (
            tuple(item for item in pictures(frame.target, stage) if item in zoomed)
            if frame.target
            else zoomed
        )
        if not found:
            stage.refuse("nothing_zoomed")
            return
        for item in found:
            operations: list[Operation] = []
            if float(item.meta.get("scale", 1)) != 1:
                operations.append(Adjust(segments=(item.id,), scale=1.0))
            if item.meta.get("crop"):
                operations.append(Crop(segments=(item.id,), box=None))
            stage.do(*operations)
        return
    found = pictures(frame.target, stage)
    spans = frame.spans
    if not spans and frame.at is not None and found and not frame.crop:
        from ..slots import Moment, Span

        spans = (Span(start=frame.at, end=Moment(edge="end"), how="after"),)
    parts = stage.within(found, spans) if found else []
    if not parts:
        return
    amount = frame.amount
    if frame.crop or (frame.place and frame.place != "center"):
        _crop(frame, parts, stage)
        return
    value, out = amount.value, amount.up is False
    closer = _CLOSER * (0.5 if amount.step == "bit" else 1)
    for item in parts:
        now = float(item.meta.get("scale", 1))
        if value is not None and (amount.way == "to" or value >= 1):
            factor = 1 / value if out and value > 1 else value
            now = 1.0 if amount.way == "to" else now
        else:
            factor = 1 + (value if value is not None else closer) * (-1 if out else 1)
        stage.do(Adjust(segments=(item.id,), scale=round(max(0.05, now * factor), 4)))
    if value is None:
        stage.note("zoom_assumed", percent=figures(stage.language).percent(closer))
    stage.touched += [item.id for item in parts if item.id not in stage.touched]


def _crop(frame: Zoom, parts: Sequence[Segment], stage: Stage) -> None:
    amount, place = frame.amount, frame.place or "center"
    value = amount.value
    if (amount.unit == "factor" and value and value > 1) or (value is not None and value > 1):
        kept = 1 / value
    else:
        kept = 1 - (value if value is not None else _CLOSER)
    if not 0.05 <= kept < 1:
        stage.refuse("crop_amount")
        return
    zooms = not frame.crop or amount.way == "to"
    box = _centred(kept, place) if zooms else _cropped(kept, place)
    for item in parts:
        old = item.meta.get("crop") if not zooms and place != "center" else None
        stage.do(Crop.model_validate({"segments": (item.id,), "box": _inside(box, old) if old else box}))
    if zooms and place != "center":
        stage.note("zoomed", place=Said(f"place_{place}"), percent=figures(stage.language).percent(kept))
    elif value is None and place != "center":
        stage.note(
            "crop_side_assumed",
            place=Said(f"place_{place}"),
            percent=figures(stage.language).percent(1 - kept),
        )
    elif value is None:
        stage.note("crop_assumed")


def _inside(box: dict[str, float], old: Mapping[str, float]) -> dict[str, float]:
    """ "Crop a bit off the top", then "off the bottom": of what was left."""
    edges = {"x": old["x"] + box["x"] * old["w"], "y": old["y"] + box["y"] * old["h"]}
    sizes = {"w": box["w"] * old["w"], "h": box["h"] * old["h"]}
    return {name: round(value, 4) for name, value in (edges | sizes).items()}


def _centred(kept: float, place: str) -> dict[str, float]:
    x = 0 if "left" in place else 1 - kept if "right" in place else (1 - kept) / 2
    y = 0 if "top" in place else 1 - kept if "bottom" in place else (1 - kept) / 2
    return {"x": round(x, 4), "y": round(y, 4), "w": round(kept, 4), "h": round(kept, 4)}


def _cropped(kept: float, place: str) -> dict[str, float]:
    if place == "center":
        return _centred(kept, place)
    box = {"x": 0.0, "y": 0.0, "w": 1.0, "h": 1.0}
    if "left" in place or "right" in place:
        box |= {"w": round(kept, 4), "x": round(1 - kept, 4) if "left" in place else 0.0}
    if "top" in place or "bottom" in place:
        box |= {"h": round(kept, 4), "y": round(1 - kept, 4) if "top" in place else 0.0}
    return box


@does(Turn)
def turn(frame: Turn, stage: Stage) -> None:
    found = pictures(frame.target, stage)
    parts = stage.within(found, frame.spans) if found else []
    if not parts:
        return
    ids = tuple(item.id for item in parts)
    if frame.flip:
        stage.do(Flip(segments=ids, direction=frame.flip))
        return
    degrees = frame.degrees or 90.0
    if abs(degrees) == 90.5:  # a quarter, as nobody said how far
        degrees = 90.0 if degrees > 0 else -90.0
        stage.note("turn_assumed" if degrees > 0 else "turn_back_assumed")
    if not -360 <= degrees <= 360:
        degrees %= 360
    stage.do(Rotate(segments=ids, degrees=degrees))


@does(Canvas)
def canvas(frame: Canvas, stage: Stage) -> None:
    if frame.background is not None:
        stage.do(Background(color=frame.background))
        if frame.aspect is None and frame.size is None and frame.fit is None:
            return
    now = stage.draft.canvas
    fits = frame.fit == "contain" and frame.aspect is None and frame.size is None and stage.operations
    if fits and all(clip.meta.get("fit") == "blur" for clip in stage.ground.clips):
        return  # "with a blurred background, don't crop anything": that is so already
    if frame.aspect is None and frame.size is None:
        if not stage.ground.clips:
            stage.refuse("empty")
            return
        clips = (
            stage.want(frame.target, ("clip", "b-roll")) if frame.target is not None else stage.ground.clips
        )
        if not clips:
            return
        stage.do(Adjust.model_validate({"segments": tuple(clip.id for clip in clips), "fit": frame.fit}))
        stage.unsay("cover_assumed")
        return
    if frame.aspect is None and frame.size is not None:
        width, height = _pixels(now.width, now.height, frame.size)
        if (width, height) == (now.width, now.height):
            stage.answer("canvas_already", size=f"{width}x{height}")
            return
        reshaped = abs(width / height - now.width / now.height) > 0.01
        values = {"width": width, "height": height, "fit": frame.fit or ("cover" if reshaped else None)}
        if stage.do(SetCanvas.model_validate(values)) and reshaped and not frame.fit and stage.ground.clips:
            stage.note("cover_assumed")
        return
    across, down = map(float, str(frame.aspect).split(":"))
    if abs(now.width / now.height - across / down) <= 0.01 and frame.fit is None:
        stage.answer("shape_already", shape=frame.aspect)
        return
    if (
        stage.do(SetCanvas.model_validate({"aspect": frame.aspect, "fit": frame.fit or "cover"}))
        and not frame.fit
        and stage.ground.clips
    ):
        stage.note("cover_assumed")


def _pixels(width: int, height: int, size: tuple[int | None, int]) -> tuple[int, int]:
    if size[0] is not None:
        return size[0], size[1]
    short = min(width, height)
    factor = size[1] / short
    if short == size[1]:
        return width, height
    return 2 * round(width * factor / 2), 2 * round(height * factor / 2)
