"""Speed, reverse, freezing, and when what lies over the picture is there."""

from __future__ import annotations

from collections.abc import Sequence

from ...draft import Segment
from ...draft.figures import figures
from ...draft.operations import CutOut as CutOutOp
from ...draft.operations import Delete, Speed
from ...draft.operations import Freeze as FreezeOp
from ...draft.operations import Keep as KeepOp
from ...draft.operations import Retime as RetimeOp
from ...draft.operations import Reverse as ReverseOp
from ..frames import Freeze, Retime, Reverse, SetSpeed
from ..paces import Paces
from ..resolve import ABOVE
from ..slots import Amount, Target
from ..stage import Said, Stage
from .base import does
from .cuts import clips_of

_FASTER, _SLOWER, _HELD_MS = 1.5, 0.5, 2000


@does(SetSpeed)
def set_speed(frame: SetSpeed, stage: Stage) -> None:
    if not stage.ground.clips:
        stage.refuse("empty")
        return
    if frame.target is not None and stage.ground.could_be(frame.target) <= {"music"}:
        stage.refuse("music_speed")
        return
    total = stage.total
    paces = stage.paces if stage.operations and isinstance(stage.operations[-1], Speed) else None
    spans: tuple[tuple[int, int], ...] | None
    if (frame.target is not None and frame.target.rest) and (paces is not None or _rest_is_left(stage)):
        frame = frame.model_copy(update={"target": None})
        spans = paces.rest if paces is not None else ((0, stage.total),)
    else:
        spans = _stretches(frame, paces, stage)
    if spans is None:
        return
    if paces is not None and not spans and not frame.spans and (frame.target is None or frame.target.vague):
        _said_anew(frame, stage)
        return
    clips = _played(frame.target, stage)
    if not clips:
        return
    if any(stage.ground.kinds[clip.id] == "b-roll" for clip in clips):
        stage.refuse("cover_speed")
        return
    if (
        frame.amount.value == 1
        and frame.amount.unit == "factor"
        and paces is not None
        and frame.target is None
        and frame.spans
    ):
        return  # "the first 4 seconds at 2x, the rest as it is"
    known = {item.id for item in stage.draft.segments}
    if spans:
        clips = _cut_free(clips, spans, paces, stage)
        if not clips:
            stage.outside()
            return
    elif frame.spans:
        parts = stage.within(clips, frame.spans)
        if not parts:
            return
        clips = tuple(parts)
    factors = _factors(frame, clips, stage)
    if factors is None:
        stage.ask("how_fast", ("try_2x", "try_half", "try_slow"), slot="amount")
        if known != {item.id for item in stage.draft.segments}:
            stage.refuse("left_alone", wish="")
        return
    wanted = [(clip, factor / clip.speed) for clip, factor in zip(clips, factors, strict=True)]
    for factor in dict.fromkeys(round(f, 6) for _, f in wanted if abs(f - 1) > 1e-6):
        ids = tuple(clip.id for clip, its in wanted if abs(its - factor) < 1e-5)
        stage.do(Speed(factor=factor, segments=ids))
    if frame.amount.value is None and frame.length is None:
        stage.note("speed_assumed", factor=figures(stage.language).number(factors[0]))
    stage.touched += [clip.id for clip in clips if clip.id not in stage.touched]
    known_paces = paces if paces is not None else Paces(total) if spans else None
    for start, end in spans if known_paces is not None else ():
        known_paces = known_paces.with_one(start, end, wanted[0][1]) if known_paces is not None else None
    stage.paces = known_paces


def _said_anew(frame: SetSpeed, stage: Stage) -> None:
    """ "The last 3 seconds slower, half the speed": the second says how much the first one meant."""
    last = next((mention for mention in stage.memory.mentions if not mention.group), None)
    clips = [stage.ground.by_id[i] for i in last.ids if i in stage.ground.by_id] if last is not None else []
    wanted = changed(frame.amount, 1.0) if frame.amount.value is not None else None
    if wanted is None or not 0.05 <= wanted <= 100:
        return
    for clip in clips:
        if abs(wanted / clip.speed - 1) > 1e-6 and clip.kind == "video":
            stage.do(Speed(factor=wanted / clip.speed, segments=(clip.id,)))
    stage.unsay("speed_assumed")


def _rest_is_left(stage: Stage) -> bool:
    """Whether this message has cut something out, so that what is left is the rest."""
    return any(isinstance(operation, (CutOutOp, KeepOp, Delete)) for operation in stage.operations)


def _stretches(frame: SetSpeed, paces: Paces | None, stage: Stage) -> tuple[tuple[int, int], ...] | None:
    """The stretches of the timeline, in its time before this message gave others their speed; None: told."""
    whole = (
        frame.target is None
        or len(stage.ground.clips) == 1
        or (frame.target.kind == "video" and frame.target.plain)
    )
    if not frame.spans or not (whole or (paces is not None and paces.done)):
        return ()
    total = paces.total if paces is not None else stage.total
    if any(span.start.of is not None or span.end.of is not None for span in frame.spans):
        return ()
    found = [(span.start.within(total), min(span.end.within(total), total)) for span in frame.spans]
    if any(start < 0 or start >= total for start, _ in found):
        stage.outside()
        return None
    if any(end <= start for start, end in found):
        stage.refuse("reversed_range")
        return None
    return tuple(found)


def _cut_free(
    clips: Sequence[Segment], spans: Sequence[tuple[int, int]], paces: Paces | None, stage: Stage
) -> tuple[Segment, ...]:
    parts, assets = list[Segment](), {clip.asset for clip in clips}
    for start, end in spans:
        if paces is not None:
            start, end = paces.now(start), paces.now(end)
        there = [item for item in stage.ground.clips if item.asset in assets and item.kind == "video"]
        parts += stage.cut_free(there, start, min(end, stage.total))
    return tuple(parts)


def _played(target: Target | None, stage: Stage) -> tuple[Segment, ...]:
    videos = tuple(clip for clip in stage.ground.clips if clip.kind == "video")
    if (
        target is None
        and not stage.of_the_film()
        and (last := stage.ground.mentioned(("clip",), recent=True))
    ):
        return tuple(clip for clip in last if clip.kind == "video")
    if target is None or (target.kind == "video" and target.plain):
        return videos
    if target.vague and not stage.ground.mentioned(("clip",)):
        return videos
    return tuple(clip for clip in stage.want(target, ("clip", "b-roll")) if clip.kind == "video")


def _factors(frame: SetSpeed, clips: Sequence[Segment], stage: Stage) -> list[float] | None:
    """The speed that each clip is to have."""
    amount = frame.amount
    if frame.length is not None:
        total = sum(clip.duration_ms for clip in clips)
        wanted = frame.length.of(total)
        return [clip.speed * total / wanted for clip in clips] if wanted > 0 else None
    speeds = [changed(amount, clip.speed) for clip in clips]
    if (
        amount.value is not None
        and amount.up is not None
        and any(
            speed is not None and speed != clip.speed and (speed > clip.speed) is not amount.up
            for speed, clip in zip(speeds, clips, strict=True)
        )
    ):
        return None  # "speed it up to 2x", of what plays at 3x
    if any(speed is None or not 0.05 <= speed <= 100 for speed in speeds):
        return None
    return [speed for speed in speeds if speed is not None]


def changed(amount: Amount, now: float) -> float | None:
    """The speed that an amount makes of the present one."""
    value, up = amount.value, amount.up
    if value is None:
        if up is None:
            return None
        step = (
            {"bit": 1.25, "some": _FASTER, "much": 2.0}[amount.step]
            if up
            else {"bit": 0.75, "some": _SLOWER, "much": _SLOWER}[amount.step]
        )
        return now * step
    if amount.unit == "number" and value > 16:
        value = value / 100  # "slower, 60"
    if amount.unit in ("factor", "number"):
        if amount.way == "by" and up is not None and value < 1:
            return now * (1 + value if up else 1 - value)
        return 1 / value if up is False and value > 1 else value
    contrary = up is not None and value != 1 and (value > 1) is not up
    if amount.unit == "share" and amount.way == "to" and up is True and contrary:
        return None  # "speed it up to 50%"
    if amount.way == "by" or (amount.way is None and up is not None):
        return now * (1 + value if up else 1 - value)
    if up is True and value <= 1:
        return now * (1 + value)
    return value


@does(Reverse)
def reverse(frame: Reverse, stage: Stage) -> None:
    clips = _played(frame.target, stage)
    if not clips:
        if not stage.ground.clips:
            stage.refuse("empty")
        return
    parts = stage.within(clips, frame.spans)
    if parts:
        stage.do(ReverseOp(segments=tuple(clip.id for clip in parts)))


@does(Freeze)
def freeze(frame: Freeze, stage: Stage) -> None:
    if not stage.total:
        stage.refuse("empty")
        return
    clips = clips_of(frame.target, stage)
    if clips == ():
        return
    owner = clips[0] if clips else None
    if frame.at is None and frame.length is not None and _lasts(frame, clips or (), stage):
        return
    if frame.at is None:
        stage.ask("freeze_where", ("try_freeze", "try_hold_last", "try_slow"), slot="at")
        return
    at = stage.moment(frame.at, owner)
    if at is None:
        return
    if at > stage.total or at < 0:
        stage.outside()
        return
    of_one = frame.at.of is not None or (owner is not None and at < stage.total)
    if of_one and frame.at.edge == "end" and not frame.at.ms:
        at -= round(
            1000 / stage.draft.canvas.fps
        )  # the last picture of that clip, and not the first of the next
    length = frame.length.of(stage.total) if frame.length else _HELD_MS
    known = {clip.id for clip in stage.ground.clips}
    stage.do(FreezeOp(at_ms=at, duration_ms=length or _HELD_MS))
    held = [
        clip.id
        for clip in stage.ground.clips
        if clip.meta.get("freeze") and (clip.id not in known or clip.start_ms == at)
    ]
    stage.touched = held or stage.touched
    if not frame.length:
        stage.note("freeze_assumed", length=figures(stage.language).number(_HELD_MS / 1000))


def _lasts(frame: Freeze, clips: Sequence[Segment], stage: Stage) -> bool:
    """加个标题，停留两秒, "hold the photo for 6 s": it stays so long, and no picture is stopped."""
    last = next(iter(stage.memory.mentions), None)
    bare = frame.target is None or frame.target.plain
    ids = last.ids if last is not None and bare else ()
    there = [stage.ground.by_id[i] for i in ids if i in stage.ground.by_id] or list(clips)
    still = all(item.kind != "video" for item in there)
    if not there or frame.length is None or not still:
        return False
    stage.do(*(RetimeOp(segment=item.id, duration_ms=frame.length.of(stage.total)) for item in there))
    return True


@does(Retime)
def retime(frame: Retime, stage: Stage) -> None:
    items = stage.want(frame.target, ABOVE)
    if not items:
        return
    if len(items) > 1 and (frame.at is not None or frame.span is not None):
        said = [Said("choice", {"text": stage.called(item)}) for item in items[:6]]
        names = ", ".join(f"“{stage.called(item)}”" for item in items)
        stage.ask(
            "which_text" if items[0].kind == "text" else "which_one",
            said,
            slot="target",
            texts=names,
            files=names,
        )
        return
    owner: Segment | None = None
    if frame.over is not None:
        found = stage.want(frame.over, ("clip",))
        if not found:
            return
        owner = found[0]
    later = frame.shift_ms is not None and frame.shift_ms > 0
    for item in sorted(items, key=lambda item: item.start_ms, reverse=later):  # none has to pass another
        _retime(frame, item, owner, stage)
    stage.touched += [item.id for item in items if item.id not in stage.touched]


def _retime(frame: Retime, item: Segment, owner: Segment | None, stage: Stage) -> None:
    start, end = item.start_ms, item.end_ms
    length = frame.length.of(item.duration_ms) if frame.length else None  # "only for the first half of it"
    if frame.whole:
        start, end = 0, stage.total
    elif owner is not None and frame.span is None and frame.at is None:
        start, end = owner.start_ms, owner.end_ms
        end = start + length if length else end
    elif frame.shift_ms is not None:
        start, end = max(0, start + frame.shift_ms), end + frame.shift_ms
    elif frame.span is not None:
        placed = stage.span(frame.span)
        if placed is None:
            return
        start, end = placed[0], placed[1]
        if frame.span.how == "after":
            end = start + (length or item.duration_ms)
    else:
        if frame.at is not None:
            at = stage.moment(frame.at)
            if at is None:
                return
            kept = length or item.duration_ms
            start = stage.total - kept if frame.at.edge == "end" and at >= stage.total else at
            end = start + kept
        elif length is not None:
            end = start + length
        if frame.until is not None:
            until = stage.moment(frame.until)
            if until is None:
                return
            end = until
    start = max(0, start)
    if start >= stage.total or end <= start:
        stage.outside()
        return
    end = min(end, stage.total)
    asset = next((asset for asset in stage.assets if asset.asset == item.asset), None)
    if item.kind == "video" and asset is not None and end - start > item.duration_ms:
        footage = round((asset.duration_ms - item.source_start_ms) / item.speed)
        if end - start > footage:
            stage.note("cover_footage", file=item.file, length=stage.seconds(footage))
            end = start + footage
    longer = item.kind == "audio" and asset is not None and end - start > item.duration_ms
    again = (
        longer and asset is not None and (end - start) * item.speed > asset.duration_ms - item.source_start_ms
    )
    stage.do(RetimeOp(segment=item.id, start_ms=start, duration_ms=end - start, loop=again))
