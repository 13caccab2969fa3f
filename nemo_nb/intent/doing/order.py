"""The clips, in which order: moved, swapped, copied, joined."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ...draft import Segment
from ...draft.operations import AddText as AddTextOp
from ...draft.operations import (
    CutOut,
    Delete,
    Loop,
    Reorder,
    Retime,
    TextStyle,
    place,
)
from ...draft.operations import Duplicate as DuplicateOp
from ...draft.operations import Fade as FadeOp
from ...draft.operations import Overlay as OverlayOp
from ...draft.operations import Swap as SwapOp
from ..frames import Duplicate, Merge, Move, Order, SetSpeed, Swap
from ..resolve import ALL_KINDS
from ..slots import Moment, Target
from ..stage import Said, Stage
from .base import does
from .pace import set_speed


@does(Move)
def move(frame: Move, stage: Stage) -> None:
    chosen = stage.want(frame.target, ("clip",))
    if not chosen:
        return
    place = frame.place if frame.at is None else _number_at(stage, chosen, frame.at)
    order = placed(stage, chosen, place, frame.before, frame.after)
    if order is None:
        return
    if order == [clip.id for clip in stage.ground.clips]:
        stage.answer("already_there", file=", ".join(dict.fromkeys(clip.file for clip in chosen)))
        return
    stage.do(Reorder(order=tuple(order)))
    stage.touched += [clip.id for clip in chosen if clip.id not in stage.touched]


def _number_at(stage: Stage, moving: Sequence[Segment], moment: Moment) -> int | None:
    """The place in the row whose cut comes nearest to a moment, once what moves is taken out."""
    at = stage.moment(moment)
    if at is None:
        return None
    rest = [clip for clip in stage.ground.clips if clip.id not in {item.id for item in moving}]
    cuts = [0, *itertools.accumulate(clip.duration_ms for clip in rest)]
    return min(range(len(cuts)), key=lambda n: abs(cuts[n] - at)) + 1


def placed(
    stage: Stage, chosen: Sequence[Segment], number: int | None, before: Target | None, after: Target | None
) -> list[str] | None:
    """The ids of all clips with the chosen ones at their new place; None where it had to be asked."""
    ids = [clip.id for clip in stage.ground.clips]
    moving = [clip.id for clip in chosen]
    rest = [other for other in ids if other not in moving]
    anchor = before or after
    if anchor is not None:
        found = [
            item
            for item in stage.want(anchor, ("clip",), slot="before" if before else "after")
            if item.id in rest
        ]
        if not found:
            if stage.question is None:
                stage.ask("which_clips", ("try_swap", "try_move_first", "try_reverse_order"))
            return None
        if before is not None and before == after:  # between the two
            found = sorted(found, key=lambda item: rest.index(item.id))
            if len(found) != 2 or rest.index(found[1].id) - rest.index(found[0].id) != 1:
                stage.ask("which_clips", ("try_swap", "try_move_first", "try_reverse_order"))
                return None
            found = found[1:]
        at = rest.index(found[0].id) if before else rest.index(found[-1].id) + 1
        return [*rest[:at], *moving, *rest[at:]]
    if number is None:
        return None
    at = len(rest) + number + 1 if number < 0 else number - 1
    at = min(max(at, 0), len(rest))
    return [*rest[:at], *moving, *rest[at:]]


@does(Order)
def order(frame: Order, stage: Stage) -> None:
    clips = list(stage.ground.clips)
    if len(clips) < 2:
        stage.refuse("one_clip", count=len(clips))
        return
    if frame.by is not None:
        some = stage.want(frame.targets[0], ("clip",)) if frame.targets else clips
        if not some:
            return
        anew = iter(_sorted([clip for clip in clips if clip in some], frame.by))
        wanted = [next(anew) if clip in some else clip for clip in clips]
    else:
        wanted = []
        for target in frame.targets:
            wanted += [clip for clip in stage.want(target, ("clip",)) if clip not in wanted]
        if stage.question or stage.refusals:
            return
        named = [clip.id for clip in wanted]
        wanted += [clip for clip in clips if clip not in wanted]
        if frame.only and (others := tuple(clip.id for clip in clips if clip.id not in named)):
            stage.do(Delete(segments=others))
            wanted = wanted[: len(named)]
        if frame.each is not None:
            shorten(named, frame.each.of(stage.total), stage)
    if [clip.id for clip in stage.ground.clips] != [clip.id for clip in wanted]:
        stage.do(Reorder(order=tuple(clip.id for clip in wanted)))
    elif frame.each is None and not frame.only:
        stage.answer("already_in_order")


def _sorted(clips: list[Segment], by: str) -> list[Segment]:
    if by == "reverse":
        return clips[::-1]
    if by == "name":
        return sorted(clips, key=lambda clip: clip.file.lower())
    return sorted(clips, key=lambda clip: clip.duration_ms, reverse=by == "longest")


def shorten(ids: Sequence[str], length: int, stage: Stage) -> None:
    """ "4 seconds of each": what is longer ends there, a photo is held as long, and a shorter film is told."""
    for segment_id in ids:
        clip = stage.ground.by_id[segment_id]
        if clip.kind == "image":
            stage.do(Retime(segment=clip.id, duration_ms=length))
        elif clip.duration_ms > length:
            stage.do(CutOut(start_ms=clip.start_ms + length, end_ms=clip.end_ms))
        elif clip.duration_ms < length:
            stage.note("cover_footage", file=clip.file, length=stage.seconds(clip.duration_ms))


@does(Swap)
def swap(frame: Swap, stage: Stage) -> None:
    clips = stage.ground.clips
    if len(clips) < 2:
        stage.refuse("one_clip", count=len(clips))
        return
    both = frame.first is not None and frame.first.plain and frame.first.refer == "them" and len(clips) == 2
    first = (
        clips
        if both
        else stage.want(
            frame.first, ("clip",), slot="first", default=lambda: clips[:2] if len(clips) == 2 else ()
        )
    )
    if not first:
        return
    second = stage.want(frame.second, ("clip",), slot="second") if frame.second is not None else first[1:]
    if not second and len(first) == 1 and len(clips) == 2:
        second = tuple(clip for clip in clips if clip.id != first[0].id)
    if not second or first[0].id == second[0].id:
        stage.ask("which_clips", ("try_swap", "try_move_first", "try_reverse_order"))
        return
    stage.do(SwapOp(first=first[0].id, second=second[0].id))


@does(Duplicate)
def duplicate(frame: Duplicate, stage: Stage) -> None:
    target, ground = frame.target, stage.ground
    whole = (
        target is None
        or (target.kind == "video" and target.plain)
        or (target.vague and not ground.mentioned(ALL_KINDS))
    )
    if whole and any(done.frame.frame == "add_music" for done in stage.done):
        target = Target(kind="music", refer="it")
        whole = False
    if whole and not frame.words:
        if not ground.clips:
            stage.refuse("empty")
            return
        if not 1 <= frame.times <= 49:
            stage.refuse("times")
            return
        stage.do(Loop(times=frame.times + 1))
        return
    found = stage.want(target, ("clip", "text", "caption", "logo", "b-roll", "music"))
    if not found:
        return
    item = found[0]
    kind = ground.kinds[item.id]
    if kind == "music" and item.end_ms < stage.total:
        stage.do(Retime(segment=item.id, duration_ms=stage.total - item.start_ms, loop=True))
        stage.touched.append(item.id)
    elif kind == "music":
        stage.answer("music_loops")
    elif kind == "clip":
        if not 1 <= frame.times <= 49:
            stage.refuse("times")
            return
        _copy_clip(frame, found, stage)
    elif kind in ("text", "caption"):
        _copy_text(frame, item, stage)
    else:
        _copy_overlay(frame, item, stage)


def _copy_clip(frame: Duplicate, found: Sequence[Segment], stage: Stage) -> None:
    for item in found:
        there = {clip.id for clip in stage.ground.clips}
        lasting = frame.length.of(stage.total) if frame.length is not None else 0
        times = -(-lasting // item.duration_ms) - 1 if lasting > item.duration_ms else frame.times
        if not stage.do(DuplicateOp(segment=item.id, times=max(1, times))):
            return
        if 0 < (over := item.duration_ms * (times + 1) - lasting) < item.duration_ms and lasting:
            end = item.start_ms + item.duration_ms * (times + 1)
            stage.do(CutOut(start_ms=end - over, end_ms=end))  # "repeat it so that it lasts 45 seconds"
        new = [clip for clip in stage.ground.clips if clip.id not in there]
        if frame.speed is not None:
            set_speed(SetSpeed(target=Target(ids=tuple(clip.id for clip in new)), amount=frame.speed), stage)
            new = [clip for clip in stage.ground.clips if clip.id not in there]
        if frame.place is None and frame.before is None and frame.after is None and frame.at is None:
            continue
        number = frame.place
        if frame.at is not None:
            number = -1 if frame.at.edge == "end" else 1
        order = placed(stage, new, number, frame.before, frame.after)
        if order is not None and order != [clip.id for clip in stage.ground.clips]:
            stage.do(Reorder(order=tuple(order)))


def _copy_text(frame: Duplicate, item: Segment, stage: Stage) -> None:
    length = frame.length.of(stage.total) if frame.length else item.duration_ms
    start = item.end_ms
    if frame.at is not None:
        at = stage.moment(frame.at)
        if at is None:
            return
        start = stage.total - length if frame.at.edge == "end" and at >= stage.total else at
    elif frame.place is not None:
        start = stage.total - length if frame.place < 0 else 0
    if start >= stage.total:
        stage.outside()
        return
    style = TextStyle.model_validate(item.meta.get("style") or {})
    role = "Captions" if stage.ground.kinds[item.id] == "caption" else "Title"
    known = {text.id for text in stage.draft.segments}
    added = AddTextOp.model_validate(
        {
            "text": frame.words or item.text, "at_ms": max(0, start), "duration_ms": length,
            "position": item.meta.get("position", "center"), "style": style, "role": role,
        }
    )  # fmt: skip
    if stage.do(added):
        new = tuple(text.id for text in stage.draft.segments if text.id not in known)
        fades = {"in_ms": item.ms("video_fade_in_ms"), "out_ms": item.ms("video_fade_out_ms")}
        if any(fades.values()):
            stage.do(FadeOp.model_validate({"segments": new, "of": "picture", **fades}))


def _copy_overlay(frame: Duplicate, item: Segment, stage: Stage) -> None:
    at = stage.moment(frame.at) if frame.at is not None else item.end_ms
    if at is None or at >= stage.total:
        stage.outside()
        return
    kept = {key: item.meta[key] for key in ("position", "scale", "opacity", "fit") if key in item.meta}
    values = {
        "kind": item.kind,
        "asset": item.asset,
        "file": item.file,
        "at_ms": at,
        "duration_ms": item.duration_ms,
    }
    stage.do(OverlayOp.model_validate({**values, **kept}))


# ---- files


@does(Merge)
def merge(frame: Merge, stage: Stage) -> None:
    clips, waiting = stage.ground.clips, stage.ground.waiting("video")
    if waiting:
        stage.do(*(place(asset) for asset in waiting))
    elif frame.count is not None and len(clips) > frame.count > 1:
        said = [Said("try_delete_clip", {"file": clip.file}) for clip in clips[:3]]
        stage.ask("which_of", said, count=len(clips), files=", ".join(clip.file for clip in clips))
    elif len(clips) > 1:
        stage.answer(
            "already_joined", files=", ".join(clip.file for clip in clips), length=stage.seconds(stage.total)
        )
    else:
        stage.refuse("one_clip", count=len(clips))
