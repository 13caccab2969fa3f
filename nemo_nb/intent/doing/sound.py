"""What is heard: volume, silence, fades, ducking, music."""

from __future__ import annotations

from collections.abc import Sequence

from ...draft import Segment
from ...draft.figures import figures
from ...draft.operations import AddMusic as AddMusicOp
from ...draft.operations import Background, Operation, PlaceClip, Volume, place
from ...draft.operations import Duck as DuckOp
from ...draft.operations import Fade as FadeOp
from ...draft.operations import Mute as MuteOp
from ..assets import MediaAsset
from ..frames import AddMusic, Duck, Fade, Mute, SetVolume
from ..slots import Amount, Target
from ..stage import Said, Stage
from .base import does

LOUDEST = 4.0
_SOUNDS = ("music", "clip", "b-roll")
_QUIETER, _LOUDER = 0.6, 1.5
_MUSIC_MS, _PICTURE_MS, _TEXT_MS = 2000, 1000, 500


def _sounding(stage: Stage) -> list[Segment]:
    return [clip for clip in stage.ground.clips if clip.kind == "video"]


def sounds(target: Target | None, stage: Stage, *, own_first: bool = False) -> tuple[Segment, ...]:
    """What is to be heard otherwise."""

    def default() -> Sequence[Segment]:
        music = stage.ground.pool("music")
        own = _sounding(stage)
        last = stage.ground.mentioned(_SOUNDS)
        if last and not own_first and all(item.kind == "audio" for item in last):
            return last  # "a bit louder", of the music that was spoken of
        return own if own_first and own else [*own, *music]

    it = (
        target is not None
        and target.kind is None
        and target.plain
        and target.refer in ("it", "them")
        and target.count is None
    )
    if it and not stage.ground.mentioned(_SOUNDS):
        target = None
    if (
        target is not None
        and target.every == "all"
        and target.kind is None
        and target.plain
        and not target.but
        and target.count is None
    ):
        return tuple(item for item in [*_sounding(stage), *stage.ground.pool("music")])
    found = stage.want(target, _SOUNDS, default=default)
    return tuple(item for item in found if item.kind in ("video", "audio"))


@does(SetVolume)
def set_volume(frame: SetVolume, stage: Stage) -> None:
    if frame.target is not None and frame.target.kind == "music" and not stage.ground.pool("music"):
        waiting = stage.ground.waiting("audio")
        stage.refuse(
            *(("music_waiting",) if waiting else ("no_music",)),
            **({"file": waiting[0].file} if waiting else {}),
        )
        return
    found = sounds(frame.target, stage)
    if not found:
        if stage.question is None and not stage.refusals:
            stage.refuse("no_sound")
        return
    parts = stage.within(found, frame.spans)
    for item in parts:
        wanted = changed(frame.amount, 1.0 if item.muted and item.volume == 0 else item.volume)
        if wanted is None:
            stage.ask("how_loud", ("try_volume", "try_quieter", "try_mute"), slot="amount")
            return
        if wanted > LOUDEST:
            stage.note("volume_bound", percent=figures(stage.language).percent(LOUDEST))
        if item.muted and wanted > 0:
            stage.do(MuteOp(segments=(item.id,), muted=False))
        stage.do(Volume(segments=(item.id,), volume=min(LOUDEST, wanted)))
    if frame.amount.value is None and parts:
        now = stage.ground.by_id.get(parts[0].id)
        stage.note("volume_assumed", percent=figures(stage.language).percent(now.volume if now else 1))
    stage.touched += [item.id for item in parts if item.id not in stage.touched]


def changed(amount: Amount, now: float) -> float | None:
    """The volume that an amount makes of the present one; None where it contradicts itself or says nothing."""
    value, up, unit = amount.value, amount.up, amount.unit
    wanted: float | None = None
    if value is None:
        if up is None:
            return None
        steps = (
            {"bit": 1.25, "some": _LOUDER, "much": 2.0} if up else {"bit": 0.8, "some": _QUIETER, "much": 0.3}
        )
        return round((now or 1.0) * steps[amount.step], 4)
    if unit == "db":
        change = -abs(value) if up is False else value
        wanted = now * 10 ** (max(-200.0, min(200.0, change)) / 20)
    elif unit == "factor":
        wanted = now / value if up is False and value > 1 else now * value
    elif unit == "number":
        wanted = value if value <= LOUDEST and value % 1 else value / 100
        if amount.way == "by" and up is not None:
            wanted = now * (1 + wanted if up else 1 - wanted)
    elif amount.way == "to" or up is None:
        wanted = value
        if amount.way is None and up is None and value == 0.5 and amount.normal:
            wanted = now * value
    else:
        wanted = now * (1 + value if up else max(0.0, 1 - value))
    if (up is True and wanted < now and amount.way != "to") or (
        up is False and wanted > now and amount.way != "to"
    ):
        return None
    if amount.way == "to" and up is not None and ((up and wanted < now) or (not up and wanted > now)):
        return None
    return max(0.0, round(wanted, 4))


@does(Mute)
def mute(frame: Mute, stage: Stage) -> None:
    found = sounds(frame.target, stage, own_first=True)
    if not found:
        if stage.question is None and not stage.refusals:
            stage.refuse("no_sound")
        return
    parts = stage.within(found, frame.spans)
    if not parts:
        return
    stage.do(MuteOp(segments=tuple(item.id for item in parts), muted=frame.muted))
    if not frame.muted:
        zero = [item.id for item in parts if item.volume == 0]
        if zero:
            stage.do(Volume(segments=tuple(zero), volume=1.0))
    own = all(item.kind == "video" for item in parts)
    if (frame.target is None or frame.target.vague) and own and stage.ground.pool("music") and frame.muted:
        stage.note("muted_own")
    stage.touched += [item.id for item in parts if item.id not in stage.touched]


@does(Duck)
def duck(frame: Duck, stage: Stage) -> None:
    music = stage.ground.pool("music")
    if not music:
        stage.refuse("no_music")
        return
    found = stage.want(frame.target, ("music",), default=lambda: music)
    if found:
        stage.do(
            DuckOp(
                segments=tuple(item.id for item in found),
                amount_db=0 if frame.off else min(60, frame.amount_db or 12),
            )
        )


@does(Fade)
def fade(frame: Fade, stage: Stage) -> None:
    targets, of = _faded(frame, stage)
    if not targets:
        if stage.question is None and not stage.refusals:
            stage.refuse("nothing_to_fade")
        return
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
    if target.kind in ("video",) and target.plain:
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
    found = list(stage.want(target, ("music", "text", "caption", "clip", "logo", "b-roll")))
    kinds = {ground.kinds[item.id] for item in found}
    if kinds == {"music"}:
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


@does(AddMusic)
def add_music(frame: AddMusic, stage: Stage) -> None:
    ground = stage.ground
    asset = the_music(frame, stage)
    if asset is None:
        return
    if not ground.clips:
        for video in ground.waiting("video"):
            operation = place(video)
            if isinstance(operation, PlaceClip):
                stage.do(operation)
    start, length = 0, None
    if frame.rest:
        ends = [item.end_ms for item in stage.ground.pool("music") if item.end_ms < stage.total]
        start = max(ends, default=0)
    if frame.over is not None:
        over = stage.want(frame.over, ("clip",))
        if not over:
            return
        start = min(item.start_ms for item in over)
        length = max(item.end_ms for item in over) - start
    if frame.span is not None:
        placed = stage.span(frame.span)
        if placed is None:
            return
        start, length = placed[0], placed[1] - placed[0]
        if frame.span.how == "after":
            length = None
    elif frame.at is not None:
        at = stage.moment(frame.at)
        if at is None:
            return
        start = 0 if at >= stage.total and frame.at.edge == "end" else at
    if frame.length is not None and length is None:
        length = frame.length.of(stage.total)
    if stage.ground.clips and start >= stage.total:
        stage.outside()
        return
    volume = 1.0
    if frame.volume is not None:
        wanted = changed(frame.volume, 1.0)
        volume = 1.0 if wanted is None else min(LOUDEST, wanted)
        if wanted is not None and wanted > LOUDEST:
            stage.note("volume_bound", percent=figures(stage.language).percent(LOUDEST))
        if frame.volume.value is None:
            stage.note("volume_assumed", percent=figures(stage.language).percent(volume))
    source = frame.source.of(asset.duration_ms) if frame.source else 0
    known = {item.id for item in stage.draft.segments}
    added: Operation = AddMusicOp(
        asset=asset.asset, file=asset.file, file_ms=asset.duration_ms, at_ms=start, duration_ms=length or None,
        source_start_ms=source, volume=volume,
    )  # fmt: skip
    if not stage.do(added):
        return
    new = [item for item in stage.draft.segments if item.id not in known and item.kind == "audio"]
    fades = {"in_ms": frame.fade_in, "out_ms": frame.fade_out}
    given = {
        key: min(value.of(stage.total), new[0].duration_ms)
        for key, value in fades.items()
        if value is not None and new
    }
    if given and new:
        stage.do(FadeOp.model_validate({"segments": (new[0].id,), "of": "sound", **given}))
    if not stage.ground.clips:
        stage.note("music_alone")


def the_music(frame: AddMusic, stage: Stage) -> MediaAsset | None:
    """The upload that is meant: by name, else the one not yet placed. Else it is asked or refused."""
    ground = stage.ground
    for name in frame.file.names if frame.file else ():
        asset = ground.asset(name, "audio")
        if asset is not None:
            return asset
        files = ", ".join(asset.file for asset in ground.assets if asset.kind == "audio")
        if files:
            choices = [
                Said("choice", {"text": asset.file}) for asset in ground.assets if asset.kind == "audio"
            ]
            stage.ask("which_absent", choices, slot="file", what=name, files=files)
        else:
            stage.refuse("no_such_file", file=name)
        return None
    waiting = ground.waiting("audio")
    if len(waiting) == 1:
        return waiting[0]
    if waiting:
        names = [asset.file for asset in waiting]
        stage.ask(
            "which_music",
            [Said("choice", {"text": name}) for name in names[:3]],
            slot="file",
            files=", ".join(names),
        )
        return None
    uploads = [asset for asset in ground.assets if asset.kind == "audio"]
    there = ground.pool("music")
    if there:
        stage.answer("music_there", file=there[0].file)
    elif len(uploads) == 1:
        return uploads[0]
    else:
        stage.refuse("no_music_file")
    return None
