"""Fades of the picture and of the sound."""

from __future__ import annotations

from ...draft import Segment
from ...draft.figures import figures
from ...draft.operations import Background, Retime
from ...draft.operations import Fade as FadeOp
from ..frames import Fade
from ..stage import Stage
from .base import does

_MUSIC_MS, _PICTURE_MS, _TEXT_MS = 2000, 1000, 500


@does(Fade)
def fade(frame: Fade, stage: Stage) -> None:
    targets, of = _faded(frame, stage)
    if not targets:
        if stage.question is None and not stage.refusals:
            stage.refuse("nothing_to_fade")
        return
    if frame.at is not None and frame.at.edge == "end" and frame.at.of is not None:
        targets = _until_there(frame, targets, stage)
        frame = frame.model_copy(update={"at": None})
    into, out = _coloured(frame, stage)
    assumed_any = False
    for item in targets:
        assumed = _assumed(item)
        length = frame.length.of(item.duration_ms) if frame.length else None
        if (
            frame.at is not None
            and (at := stage.moment(frame.at)) is not None
            and item.start_ms <= at < item.end_ms
        ):
            length = item.end_ms - at
        wanted = 0 if frame.off else min(length if length is not None else assumed, item.duration_ms)
        if into and out and not frame.off and not frame.in_length:
            wanted = min(wanted, item.duration_ms // 2)
        first = frame.each or not any(_joins(other, item) for other in targets)
        last = frame.each or not any(_joins(item, other) for other in targets)
        in_ms = (
            (frame.in_length.of(item.duration_ms) if frame.in_length else wanted) if into and first else None
        )
        out_ms = (
            (frame.out_length.of(item.duration_ms) if frame.out_length else wanted) if out and last else None
        )
        if in_ms is not None or out_ms is not None:
            part = "picture" if item.kind in ("text", "image") and of == "both" else of
            stage.do(
                FadeOp.model_validate({"segments": (item.id,), "of": part, "in_ms": in_ms, "out_ms": out_ms})
            )
            assumed_any = assumed_any or (length is None and not frame.off and not frame.in_length)
    if assumed_any:
        stage.note("fade_assumed", length=figures(stage.language).number(_assumed(targets[0]) / 1000))
    stage.touched += [item.id for item in targets if item.id not in stage.touched]


def _until_there(frame: Fade, targets: list[Segment], stage: Stage) -> list[Segment]:
    """What fades out at the end of a clip has ended then: what ends there, or else is still heard then."""
    at = stage.moment(frame.at) if frame.at is not None else None
    ending = [item for item in targets if item.end_ms == at]
    if at is None or ending:
        return ending
    on = [item for item in targets if item.start_ms < at < item.end_ms]
    stage.do(*(Retime(segment=item.id, duration_ms=at - item.start_ms) for item in on))
    return [stage.ground.by_id[item.id] for item in on]


def _faded(frame: Fade, stage: Stage) -> tuple[list[Segment], str]:
    ground = stage.ground
    of = frame.of or "both"
    target = frame.target
    if frame.off and (target is None or target.vague):
        faded = [item for item in stage.draft.segments if _has_fade(item, into=frame.into, out=frame.out)]
        last = [
            item
            for item in ground.mentioned(("music", "text", "caption", "clip", "logo", "b-roll"))
            if item in faded
        ]
        return last or faded, of
    now = ground.mentioned(("music", "text", "caption", "clip", "logo", "b-roll"), now=True)
    if (
        target is None
        and now
        and not frame.colour
        and of != "picture"
        and all(item.kind == "audio" for item in now)
    ):
        return list(now), "sound"  # "add music, fade in 1 s"
    if target is None or (target.vague and not ground.mentioned(("music", "text", "clip", "logo", "b-roll"))):
        if not ground.clips:
            return ground.pool("music"), "sound"
        ends = (
            [ground.clips[0]]
            if frame.into and not frame.out
            else [ground.clips[-1]]
            if frame.out and not frame.into
            else list(ground.clips)
        )
        if frame.colour:
            ends += [
                item for item in ground.pool("logo", "b-roll") if frame.out and item.end_ms == ground.total
            ]
            return ends, "picture"
        return [
            *ends,
            *(item for item in ground.pool("music") if frame.out and item.end_ms == ground.total),
        ], of
    if target.kind == "music" and not ground.pool("music"):
        stage.refuse("no_music")
        return [], of
    if target.plain and (
        target.kind == "video" or (target.kind is None and target.every == "all" and not target.count)
    ):
        clips = list(ground.clips)
        if not frame.each:
            clips = (
                clips[:1]
                if frame.into and not frame.out
                else clips[-1:]
                if frame.out and not frame.into
                else clips
            )
        return clips, of
    kinds = ("music", "text", "caption", "clip", "logo", "b-roll")
    seen = of == "picture" and target.kind is None and not target.names
    counted = seen and bool(target.numbers)
    found = list(stage.want(target, ("clip",) if counted else kinds[1:] if seen else kinds))
    if {ground.kinds[item.id] for item in found} == {"music"}:
        of = "sound"
    return found, of


def _has_fade(item: Segment, *, into: bool, out: bool) -> bool:
    starts = item.ms("fade_in_ms") or item.ms("video_fade_in_ms")
    ends = item.ms("fade_out_ms") or item.ms("video_fade_out_ms")
    return bool((into and starts) or (out and ends))


def _coloured(frame: Fade, stage: Stage) -> tuple[bool, bool]:
    """A picture fades from and to the background's colour: another one is made the background where that is free."""
    into, out = frame.into, frame.out
    now = stage.draft.canvas.background
    if frame.colour is None or frame.colour == now or frame.off:
        return into, out
    faded = any(item.ms("video_fade_in_ms") or item.ms("video_fade_out_ms") for item in stage.ground.clips)
    if faded:
        stage.refuse("fade_colour")
        return False, False
    stage.do(Background(color=frame.colour))
    return into, out


def _joins(before: Segment, after: Segment) -> bool:
    same = before.kind == "video" or before.asset == after.asset
    return before.track == after.track and before.end_ms >= after.start_ms > before.start_ms and same


def _assumed(item: Segment) -> int:
    length = {"audio": _MUSIC_MS, "text": _TEXT_MS}.get(item.kind, _PICTURE_MS)
    return min(length, item.duration_ms // 2)
