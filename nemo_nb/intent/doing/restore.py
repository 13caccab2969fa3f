"""Things put back to what they were, or to what they are by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from ...draft import Segment
from ...draft.operations import (
    AddFilter,
    Adjust,
    ClearFilters,
    Crop,
    Mute,
    Operation,
    Speed,
    TextStyle,
    Volume,
)
from ...draft.operations import Fade as FadeOp
from ...draft.operations import Restyle as RestyleOp
from ..frames import ASPECTS, Restore
from ..resolve import ALL_KINDS
from ..stage import Stage
from .base import does

_PLAIN = "#ffffff"


@does(Restore)
def restore(frame: Restore, stage: Stage) -> None:
    """Puts aspects back: to what media are by themselves, or to what they were before the last turn."""
    if frame.aspects == ("style",):
        _restyle(frame, stage)
        return
    if frame.target is None and not frame.aspects and frame.to == "normal":
        last = next(iter(stage.memory.last_deeds[-1:]), None)  # "back to normal", after a zoom: the zoom
        aspect = ASPECTS.get(last.frame.get("frame", "")) if last is not None else None
        frame = frame.model_copy(update={"aspects": (aspect,) if aspect else ()})
    told = frame.target is not None or (frame.to == "normal" and stage.ground.mentioned(ALL_KINDS, now=True))
    deed = [] if told else _done_last(stage, frame) if frame.to == "normal" else _changed(stage, frame)
    found = deed or stage.want(frame.target, default=lambda: _changed(stage, frame))
    if not found:
        return
    count = len(stage.operations)
    for item in found:
        for operation in _operations(item, stage, frame):
            stage.do(operation)
    if len(stage.operations) == count and not stage.refusals:
        stage.answer("already_normal", file=", ".join(dict.fromkeys(stage.called(item) for item in found)))
    stage.touched += [item.id for item in found if item.id not in stage.touched]


def _restyle(frame: Restore, stage: Stage) -> None:
    """ "Put the colour back how it was", "the yellow one was nicer": titles as they were set before."""
    found = stage.want(frame.target, ("text", "caption"))
    count = len(stage.operations)
    for item in found:
        now = (item.meta.get("style") or {}).get("color", _PLAIN)
        wanted = (
            frame.style.color if frame.style.color != now else None
        )  # "undo the yellow", and it is yellow
        for draft in stage.past:
            was = next((old for old in draft.segments if old.id == item.id), None)
            if was is None or was.kind != "text":
                break
            style = was.meta.get("style") or {}
            differs = style != (item.meta.get("style") or {})
            if differs and wanted in (None, style.get("color", _PLAIN)):
                stage.do(RestyleOp(segments=(item.id,), style=TextStyle.model_validate(style), anew=True))
                break
    if found and len(stage.operations) == count and not stage.refusals:
        stage.answer(
            "never_so" if frame.style.some else "already_normal", file=", ".join(map(stage.called, found))
        )


def _changed(stage: Stage, frame: Restore) -> list[Segment]:
    """The segments that have something to be put back; of what was changed before, those of the last change."""
    if frame.to == "normal":
        return [item for item in stage.draft.segments if _back(item, None, frame)]
    for draft in stage.past:
        old = {item.id: item for item in draft.segments}
        if found := [item for item in stage.draft.segments if _back(item, old.get(item.id), frame)]:
            return found
    return []


def _operations(item: Segment, stage: Stage, frame: Restore) -> list[Operation]:
    """What puts a segment back to what it is by itself, or to what it was before that was changed last."""
    for draft in stage.past if frame.to == "before" else ():
        was = next((old for old in draft.segments if old.id == item.id), None)
        if (found := _back(item, was, frame)) or was is None:
            return found
    return [] if frame.to == "before" else _back(item, None, frame)


def _done_last(stage: Stage, frame: Restore) -> list[Segment]:
    """ "The colours back to normal": where they were changed last, whatever was spoken of since."""
    changed = _changed(stage, frame)
    for deed in stage.memory.deeds:
        found = [item for item in changed if item.id in deed.ids]
        if found and ASPECTS.get(deed.frame.get("frame", "")) in frame.aspects:
            return found
    return []


def _back(item: Segment, was: Segment | None, frame: Restore) -> list[Operation]:
    """The operations that put aspects of a segment back to what they were, or to what they are by themselves."""
    aspects = frame.aspects
    all_of_it = not aspects
    meta, old = item.meta, was.meta if was is not None else {}
    found: list[Operation] = []
    ids = (item.id,)
    if all_of_it or "look" in aspects:
        found += _looks_back(item, was, frame.looks)
    if (all_of_it or "volume" in aspects) and item.kind in ("video", "audio"):
        if item.muted != (was.muted if was else False):
            found.append(Mute(segments=ids, muted=was.muted if was else False))
        volume = was.volume if was else 1.0
        if item.volume != volume:
            found.append(Volume(segments=ids, volume=volume))
    if (all_of_it or "speed" in aspects) and item.kind == "video":
        speed = was.speed if was else 1.0
        if abs(item.speed - speed) > 1e-6:
            found.append(Speed(factor=speed / item.speed, segments=ids))
    if (all_of_it or "fade" in aspects) and was is not None:
        for of, start, end in (
            ("sound", "fade_in_ms", "fade_out_ms"),
            ("picture", "video_fade_in_ms", "video_fade_out_ms"),
        ):
            if (item.ms(start), item.ms(end)) != (was.ms(start), was.ms(end)):
                found.append(
                    FadeOp.model_validate(
                        {"segments": ids, "of": of, "in_ms": was.ms(start), "out_ms": was.ms(end)}
                    )
                )
    zoomed = all_of_it and item.kind == "video" and float(meta.get("scale", 1)) > 1
    style, styled = meta.get("style") or {}, old.get("style") or {}
    if "size" in aspects and style.get("font_size") != styled.get("font_size"):
        values = {**style, "font_size": styled.get("font_size")}
        found.append(RestyleOp(segments=ids, style=TextStyle.model_validate(values), anew=True))
    if "opacity" in aspects and meta.get("opacity", 1.0) != old.get("opacity", 1.0):
        found.append(Adjust(segments=ids, opacity=old.get("opacity", 1.0)))
    if ("size" in aspects or "zoom" in aspects or zoomed) and item.kind in ("video", "image"):
        scale = old.get("scale", 1.0) if was is not None else 1.0
        if meta.get("scale", 1.0) != scale:
            found.append(Adjust(segments=ids, scale=scale))
        if meta.get("crop") != old.get("crop"):
            found.append(Crop.model_validate({"segments": ids, "box": old.get("crop")}))
    if "position" in aspects and was is not None and meta.get("position") != old.get("position"):
        found.append(Adjust.model_validate({"segments": ids, "position": old.get("position", "center")}))
    return found


def _looks_back(item: Segment, was: Segment | None, names: Sequence[str]) -> list[Operation]:
    """Those of its looks, or all where none is named."""
    now, old = (list(one.meta.get("filters") or ()) if one is not None else [] for one in (item, was))
    if names:
        now, old = ([entry for entry in looks if entry["name"] in names] for looks in (now, old))
    if now == old:
        return []
    gone = dict.fromkeys(entry["name"] for entry in now) if names else (None,)
    return [
        *(ClearFilters.model_validate({"segments": (item.id,), "name": name}) for name in gone),
        *(AddFilter.model_validate({"segments": (item.id,), **entry}) for entry in old),
    ]
