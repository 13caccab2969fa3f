"""How it looks, and how one clip goes over into the next."""

from __future__ import annotations

from collections.abc import Sequence

from ...draft import Segment
from ...draft.figures import figures
from ...draft.operations import (
    AddFilter,
    ClearFilters,
)
from ...draft.operations import Transition as TransitionOp
from ..frames import Grade, Transition
from ..slots import Amount, Target
from ..stage import Said, Stage
from .base import does

_BOTH_WAYS = {"brightness": 0.2, "contrast": 0.25, "saturation": 0.3}
_PICTURES = ("clip", "b-roll", "logo")
_TRANSITION_MS = 500


def pictures(target: Target | None, stage: Stage) -> tuple[Segment, ...]:
    """What of the picture is meant; all clips where nothing is said of it."""
    image = target is not None and target.kind == "image" and target.plain and not stage.ground.pool("logo")
    if image and all(clip.kind == "video" for clip in stage.ground.clips):
        target = None  # "mirror the image"
    it = target is not None and target.plain and target.kind is None and target.refer in ("it", "them")
    it = it and target is not None and target.but is None
    if (
        target is None
        or ((target.vague or it) and not stage.ground.mentioned(_PICTURES))
        or (target.kind in ("video", "all") and target.plain and target.but is None)
    ):
        if not stage.ground.clips:
            stage.refuse("empty")
        return tuple(clip for clip in stage.ground.clips if clip.id not in stage.spared)
    return stage.want(target, _PICTURES)


@does(Grade)
def grade(frame: Grade, stage: Stage) -> None:
    found = _graded(frame, stage)
    if not found:
        return
    if frame.like is not None:
        _take_over(frame.like, found, stage)
        return
    if frame.off:
        names: Sequence[str | None] = frame.looks or (None,)
        ids = tuple(item.id for item in stage.within(found, frame.spans))
        if ids:
            stage.do(*(ClearFilters.model_validate({"segments": ids, "name": name}) for name in names))
        return
    amount = frame.amount
    if not frame.looks:
        if amount.value is not None or amount.up is not None:
            _scale_looks(frame, found, stage)
        else:
            stage.ask("which_look", ("try_warm", "try_bw", "try_cinematic"), slot="looks")
        return
    parts = stage.within(found, frame.spans)
    for name in frame.looks if parts else ():
        _look(name, frame, parts, stage)
    stage.touched += [item.id for item in parts if item.id not in stage.touched]


def _take_over(like: Target, found: Sequence[Segment], stage: Stage) -> None:
    """ "Make the third one look like the first": with all its looks, and no others."""
    others = tuple(item for item in stage.ground.clips if item not in found)
    models = (
        others
        if like.rest or like.count == len(others)
        else stage.want(like, ("clip", "b-roll"), slot="like")
    )
    ids = tuple(item.id for item in found if item not in models)
    alike = all(item.meta.get("filters") == models[0].meta.get("filters") for item in models)
    if models and not alike:
        stage.which(models, "like")
    if not models or not alike or not ids:
        return
    stage.do(ClearFilters.model_validate({"segments": ids, "name": None}))
    for look in models[0].meta.get("filters", ()):
        stage.do(AddFilter.model_validate({"segments": ids, **look}))
    stage.touched += [i for i in ids if i not in stage.touched]


def _graded(frame: Grade, stage: Stage) -> tuple[Segment, ...]:
    """What is meant. Where nothing is said of it, a look with an amount is that of those which have it already."""
    target, amount = frame.target, frame.amount
    if target is None or target.vague:
        have = {
            item.id: {held.get("name") for held in item.meta.get("filters", ())}
            for item in stage.ground.pool("clip", "b-roll")
        }
        styled = tuple(
            item
            for item in stage.ground.pool("clip", "b-roll")
            if (have[item.id] & set(frame.looks) if frame.looks else have[item.id])
        )
        again = amount.up is not None or (amount.value is not None and _spoken_of(styled, stage))
        if styled and (again or not frame.looks):
            return styled
    return pictures(target, stage)


def _spoken_of(items: Sequence[Segment], stage: Stage) -> bool:
    last = {item.id for item in stage.ground.mentioned(_PICTURES, recent=True)}
    return bool(items) and {item.id for item in items} <= last


def _look(name: str, frame: Grade, parts: Sequence[Segment], stage: Stage) -> None:
    amount = frame.amount if not frame.only or name in frame.only else Amount()
    sign = -1 if amount.up is False else 1
    ids = tuple(item.id for item in parts)
    if name not in _BOTH_WAYS:
        usual = 0.3 if name == "blur" and amount.step == "bit" else 0.5 if amount.step == "bit" else 1.0
        value = min(1.0, amount.value) if amount.value is not None else usual
        stage.do(AddFilter.model_validate({"segments": ids, "name": name, "amount": value}))
        return
    if amount.value is not None:
        stage.do(
            AddFilter.model_validate({"segments": ids, "name": name, "amount": sign * min(1.0, amount.value)})
        )
        return
    step = sign * _BOTH_WAYS[name] * {"bit": 0.5, "some": 1.0, "much": 2.0}[amount.step]
    for item in parts:
        now = _filter_amount(item, name)
        wanted = round(max(-1.0, min(1.0, now + step)), 4)
        values = {"segments": (item.id,), "name": name}
        stage.do(
            AddFilter.model_validate(values | {"amount": wanted})
            if wanted
            else ClearFilters.model_validate(values)
        )


def _filter_amount(item: Segment, name: str) -> float:
    return float(
        next(
            (entry.get("amount", 1) for entry in item.meta.get("filters") or () if entry.get("name") == name),
            0.0,
        )
    )


def _scale_looks(frame: Grade, found: Sequence[Segment], stage: Stage) -> None:
    """More or less of the looks that are there: "dial it back to half"."""
    amount = frame.amount
    for item in found:
        for entry in item.meta.get("filters") or ():
            now = float(entry.get("amount", 1))
            if amount.value is not None:
                wanted = (-1 if now < 0 else 1) * min(1.0, amount.value)
            else:
                wanted = (
                    now
                    * (
                        {"bit": 1.25, "some": 1.5, "much": 2.0}
                        if amount.up
                        else {"bit": 0.7, "some": 0.5, "much": 0.3}
                    )[amount.step]
                )
            values = {
                "segments": (item.id,),
                "name": entry["name"],
                "amount": round(max(-1.0, min(1.0, wanted)), 4),
            }
            stage.do(AddFilter.model_validate(values))


@does(Transition)
def transition(frame: Transition, stage: Stage) -> None:
    clips = stage.ground.clips
    if len(clips) < 2:
        stage.refuse("one_clip", count=len(clips))
        return
    incoming = _incoming(frame, stage)
    if not incoming:
        return
    if frame.off:
        stage.do(TransitionOp(segments=incoming, type=None))
        return
    assumed: tuple[str, int] | None = None
    for clip_id in incoming:
        now = stage.ground.by_id[clip_id].meta.get("transition") or {}
        length = frame.length.of(stage.total) if frame.length else now.get("duration_ms") or _TRANSITION_MS
        kind = frame.type or now.get("type") or "crossfade"
        if kind.startswith(("wipe", "slide")) and not (frame.type is None and "-" in kind):
            kind = f"{kind.split('-')[0]}-{frame.way or 'left'}"
        operation = TransitionOp.model_validate({"segments": (clip_id,), "type": kind, "duration_ms": length})
        said = (frame.type or now.get("type")) and (frame.length or now.get("duration_ms"))
        if stage.do(operation) and not said:
            assumed = (kind, length)
    if assumed is not None:
        stage.note(
            "transition_assumed",
            length=figures(stage.language).number(assumed[1] / 1000),
            kind=Said(f"blend_{assumed[0].split('-')[0]}"),
        )
    stage.touched += [clip_id for clip_id in incoming if clip_id not in stage.touched]


def _incoming(frame: Transition, stage: Stage) -> tuple[str, ...]:
    ids = [clip.id for clip in stage.ground.clips]
    if frame.others:
        spared = _incoming(frame.model_copy(update={"others": False}), stage)
        return tuple(i for i in ids[1:] if i not in spared) if spared else ()
    if frame.cuts and (frame.target is None or frame.target.plain):
        places = [cut if cut > 0 else len(ids) + cut for cut in frame.cuts]
        if any(not 0 < place < len(ids) for place in places):
            stage.refuse("no_such_clip", number=max(frame.cuts), count=len(ids))
            return ()
        return tuple(ids[place] for place in places)
    target = frame.target
    several = stage.ground.mentioned(("clip",), of=9, now=True)
    if target is not None and target.plain and target.refer == "them" and len(several) > 1:
        places = sorted(ids.index(item.id) for item in several)  # "…, crossfade them": those of this message
        return tuple(ids[place] for place in places[1:])
    if (
        target is None
        or target.vague
        or (target.plain and target.but is None and target.refer not in ("it",))
    ):
        return tuple(ids[1:])
    if target.ids:
        return tuple(i for i in ids[1:] if i in target.ids)  # those that it came in at before
    chosen = stage.want(target, ("clip",))
    numbers = sorted(ids.index(item.id) for item in chosen)
    if not numbers:
        return ()
    if frame.out and numbers[-1] + 1 < len(ids):
        return (ids[numbers[-1] + 1],)
    if len(numbers) == 1:
        return (ids[numbers[0]],) if numbers[0] > 0 else (ids[1],)
    if len(target.names) > 1:  # "between the beach and the dinner", of which each may be in several pieces
        clips = stage.ground.clips
        joints = [n for n in numbers[1:] if n - 1 in numbers and clips[n].asset != clips[n - 1].asset]
        numbers = [0, *joints] if joints else numbers
    return tuple(ids[number] for number in numbers[1:])
