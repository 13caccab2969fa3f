"""Time: cut out, kept, fitted, split; and what is taken away."""

from __future__ import annotations

from collections.abc import Sequence

from ...draft import Segment
from ...draft.operations import CutOut as CutOutOp
from ...draft.operations import Delete
from ...draft.operations import Keep as KeepOp
from ...draft.operations import Retime as RetimeOp
from ...draft.operations import Split as SplitOp
from ..frames import CutOut, Fit, Keep, KeepOnly, Remove, Split
from ..resolve import ABOVE, ALL_KINDS
from ..slots import Span, Target, edge_of
from ..stage import Stage
from .base import does

_MORE_MS, _LEAST_MS = 1000, 200


def clips_of(target: Target | None, stage: Stage, spans: Sequence[Span] = ()) -> tuple[Segment, ...] | None:
    """The clips whose time is meant; None for the timeline's own time; () where it was asked."""
    ground = stage.ground
    if (
        target is not None
        and target.plain
        and (target.refer is None or (target.kind == "clip" and target.refer == "it"))
        and spans
        and all(span.how == "range" for span in spans)
    ):
        whole = target.every == "all" and target.kind is None
        if whole or (
            target.kind == "clip" and target.every is None and not ground.mentioned(("clip",), recent=True)
        ):
            return None  # "the part from 0:03 to 0:05", "everything between 3 s and 5 s"
    if target is None or (target.kind in ("video", "all") and target.plain) or len(ground.clips) == 1:
        if target is not None and (target.names or target.ids):
            return stage.want(target, ("clip",)) and (
                None if len(ground.clips) == 1 else stage.want(target, ("clip",))
            )
        return None
    if target.every == "all" and target.count and target.but is None and target.count == len(ground.clips):
        return ground.clips  # 两段各留前五秒
    if target.refer in ("it", "them") and target.kind is None and not ground.mentioned(("clip",)):
        return None
    if target.vague:
        return None
    return stage.want(target, ("clip",))


@does(CutOut)
def cut_out(frame: CutOut, stage: Stage) -> None:
    if not stage.total:
        stage.refuse("empty")
        return
    clips = clips_of(frame.target, stage, frame.spans)
    if clips == ():
        return
    if frame.assumed:
        stage.note("cut_from_end")
    if not _of_one(stage, frame, clips or (), keep=False):
        _cut(stage, frame.spans, clips, keep=False)


@does(Keep)
def keep(frame: Keep, stage: Stage) -> None:
    if not stage.total:
        stage.refuse("empty")
        return
    clips = clips_of(frame.target, stage, frame.spans)
    if clips == ():
        return
    if not _of_one(stage, frame, clips or (), keep=True):
        _cut(stage, frame.spans, clips, keep=True)


def _cut(stage: Stage, spans: Sequence[Span], clips: Sequence[Segment] | None, *, keep: bool) -> None:
    owners: list[Segment | None] = list(reversed(clips)) if clips else [None]
    for owner in owners:
        placed = []
        for span in spans:
            found = stage.span(span, owner)
            if found is None:
                return
            limit = owner.end_ms if owner else stage.total
            if found[1] > limit:
                stage.note("clipped_to_end", length=stage.seconds(limit - (owner.start_ms if owner else 0)))
            placed.append((found[0], min(found[1], limit)))
        if keep and owner is None:
            if placed == [(0, stage.total)]:
                stage.refuse("already_shorter", length=stage.seconds(stage.total))
                return
            stage.do(KeepOp(ranges=tuple(sorted(placed))))
            continue
        if keep and owner is not None:
            placed = _rest(placed, owner)
        start = owner.start_ms if owner else 0
        limit = owner.end_ms if owner else stage.total
        if owner is None and any(a <= start and b >= limit for a, b in placed):
            stage.outside()
            return
        stage.do(*(CutOutOp(start_ms=a, end_ms=b) for a, b in sorted(placed, reverse=True)))
    if clips:
        stage.touched += [clip.id for clip in clips if clip.id not in stage.touched]


def _of_one(stage: Stage, frame: CutOut | Keep, pieces: Sequence[Segment], *, keep: bool) -> bool:
    """ "The last 10 seconds of the talk", which was split: of all its pieces together, and not of each."""
    target = frame.target
    one = (
        target is not None
        and len(target.names) == 1
        and target == Target(names=target.names, kind=target.kind)
    )
    sources = [clip.source_start_ms for clip in pieces]
    split = (
        len({clip.asset for clip in pieces}) == 1 and len(pieces) > 1 and len(set(sources)) == len(sources)
    )
    if not one or not split or any(span.start.of or span.end.of for span in frame.spans):
        return False
    whole = sum(clip.duration_ms for clip in pieces)
    placed = [span.within(whole) for span in frame.spans]
    if any(not 0 <= start < end <= whole for start, end in placed):
        return False
    gone, before = list[CutOutOp](), 0
    for clip in pieces:
        own = [(max(a, before) - before, min(b, before + clip.duration_ms) - before) for a, b in placed]
        there = [(clip.start_ms + a, clip.start_ms + b) for a, b in own if a < b]
        gone += [CutOutOp(start_ms=a, end_ms=b) for a, b in (_rest(there, clip) if keep else there)]
        before += clip.duration_ms
    stage.do(*sorted(gone, key=lambda cut: -cut.start_ms))
    stage.touched += [clip.id for clip in pieces if clip.id not in stage.touched]
    return True


def _rest(kept: Sequence[tuple[int, int]], owner: Segment) -> list[tuple[int, int]]:
    gone, clock = list[tuple[int, int]](), owner.start_ms
    for start, end in sorted(kept):
        gone.append((clock, start))
        clock = max(clock, end)
    gone.append((clock, owner.end_ms))
    return [(start, end) for start, end in gone if start < end]


@does(Fit)
def fit(frame: Fit, stage: Stage) -> None:
    above = _lies_above(frame.target, stage)
    if above:
        _fit_above(frame, above, stage)
        return
    if not stage.total:
        stage.refuse("empty")
        return
    clips = clips_of(frame.target, stage)
    if clips == ():
        return
    if clips and all(clip.kind == "image" for clip in clips):
        _fit_above(frame, clips, stage)
        return
    if frame.longer:
        stage.refuse("longer")
        return
    started = len(stage.operations)
    for clip in reversed(clips) if clips else [None]:
        start, length = (clip.start_ms, clip.duration_ms) if clip else (0, stage.total)
        wanted = (
            length - frame.by.of(length)
            if frame.by is not None
            else frame.length.of(length)
            if frame.length
            else 0
        )
        if wanted <= 0:
            stage.outside()
            return
        if wanted >= length:
            continue  # of several only those that are too long
        if frame.edge == "start":
            stage.do(CutOutOp(start_ms=start, end_ms=start + length - wanted))
        else:
            stage.do(CutOutOp(start_ms=start + wanted, end_ms=start + length))
        if clip:
            stage.touched.append(clip.id)
    if len(stage.operations) > started:
        return
    length = clips[0].duration_ms if clips else stage.total
    stage.refuse("already_shorter" if frame.cuts else "longer", length=stage.seconds(length))


def _lies_above(target: Target | None, stage: Stage) -> tuple[Segment, ...]:
    """What lies over or under the picture, where that is what is meant."""
    if target is None or target.kind in ("clip", "video"):
        return ()
    if target.kind is None and target.vague:
        return ()
    can = stage.ground.could_be(target)
    return stage.want(target, ABOVE) if can and can <= set(ABOVE) else ()


def _fit_above(frame: Fit, items: Sequence[Segment], stage: Stage) -> None:
    for item in items:
        by = frame.by.of(item.duration_ms) if frame.by is not None else 0
        by = by or (_MORE_MS if frame.longer else item.duration_ms // 2)
        if frame.length is not None:
            length = frame.length.of(item.duration_ms)
        else:
            length = item.duration_ms + (by if frame.longer else -by)
        stage.do(RetimeOp(segment=item.id, duration_ms=max(_LEAST_MS, length)))
    stage.touched += [item.id for item in items if item.id not in stage.touched]


@does(KeepOnly)
def keep_only(frame: KeepOnly, stage: Stage) -> None:
    chosen = stage.want(frame.target, ("clip",))
    if not chosen:
        return
    if len(chosen) == len(stage.ground.clips):
        stage.answer("left_alone", wish="")
        return
    stage.do(
        KeepOp(
            ranges=tuple((clip.start_ms, clip.end_ms) for clip in sorted(chosen, key=lambda c: c.start_ms))
        )
    )


@does(Remove)
def remove(frame: Remove, stage: Stage) -> None:
    target = frame.target
    if (target is not None and target.rest) and stage.operations and _cut_the_rest(frame, stage):
        return
    if (
        target is not None
        and target.refer == "it"
        and target.kind is None
        and stage.operations
        and isinstance(stage.operations[-1], CutOutOp)
    ):
        return  # "there is a bit from 3 to 5 s that I don't want, take it out"
    if target is not None and target.rest and target.numbers == (1,):
        _cut_before(stage)
        return
    chosen = stage.want(target, ALL_KINDS)
    if not chosen:
        return
    kinds = {stage.ground.kinds[item.id] for item in chosen}
    if target is not None and target.kind is None and target.every == "all" and "clip" in kinds:
        chosen = tuple(item for item in chosen if stage.ground.kinds[item.id] == "clip")
    meant = target is not None and (target.names or target.every) and target.but is None
    if kinds == {"clip"} and len(chosen) == len(stage.ground.clips) and not meant:
        if target is not None and target.kind is None and target.numbers in ((1,), (-1,)):
            stage.frame = CutOut(spans=(edge_of(target.numbers == (1,), 0),))  # "cut the first": how much?
        stage.ask("cut_what", ("try_cut_first", "try_cut_last", "try_keep"), slot="spans")
        return
    if frame.spans:
        pool, inside = list(chosen), list[Segment]()
        for span in frame.spans:
            placed = stage.span(span)
            if placed is None:
                return
            known = {item.id for item in stage.draft.segments}
            inside += stage.cut_free(pool, placed[0], min(placed[1], stage.total))
            pool += [item for item in stage.draft.segments if item.id not in known]
        if not inside:
            stage.refuse(
                "no_text_then" if kinds <= {"text", "caption"} else "outside",
                length=stage.seconds(stage.total),
            )
            return
        chosen = tuple(inside)
    stage.do(Delete(segments=tuple(item.id for item in chosen)))


def _cut_before(stage: Stage) -> None:
    """ "Drop all that comes before": before the clip that was spoken of last."""
    last = stage.ground.mentioned(("clip",), recent=True)
    start = min((clip.start_ms for clip in last), default=0)
    if start:
        stage.do(CutOutOp(start_ms=0, end_ms=start))
    else:
        stage.ask("cut_what", ("try_cut_first", "try_cut_last", "try_keep"))


def _cut_the_rest(frame: Remove, stage: Stage) -> bool:
    """ "Keep 2 to 6 and delete the rest": done already; "split it at 7 and drop the rest": what comes after."""
    last = stage.operations[-1]
    if isinstance(last, SplitOp):
        before = frame.target is not None and frame.target.numbers == (1,)
        start, end = (0, last.at_ms) if before else (last.at_ms, stage.total)
        return stage.do(CutOutOp(start_ms=start, end_ms=end))
    return isinstance(last, (KeepOp, CutOutOp))


@does(Split)
def split(frame: Split, stage: Stage) -> None:
    if not stage.total:
        stage.refuse("empty")
        return
    clips = clips_of(frame.target, stage)
    if clips == ():
        return
    owner = clips[0] if clips else None
    start, length = (owner.start_ms, owner.duration_ms) if owner else (0, stage.total)
    if frame.parts and not frame.at and stage.operations and isinstance(stage.operations[-1], SplitOp):
        return  # 在第7秒断开，分成两截: what comes of it
    moments = [at for moment in frame.at if (at := stage.moment(moment, owner)) is not None]
    if frame.parts and not moments:
        moments = [start + round(length * n / frame.parts) for n in range(1, frame.parts)]
    if frame.every is not None and not moments:
        step = frame.every.of(length)
        moments = list(range(start + step, start + length, step)) if step else []
    if not moments and stage.playhead is not None:
        moments = [stage.playhead]
    if not moments:
        stage.ask("split_where", ("try_split_middle", "try_split_at", "try_split_3"), slot="at")
        return
    if any(not start < at < start + length for at in moments):
        stage.outside()
        return
    before = {item.id for item in stage.draft.segments}
    stage.do(*(SplitOp(at_ms=at) for at in moments))
    stage.touched += [item.id for item in stage.draft.segments if item.id not in before]
