"""What is heard: volume, silence, ducking."""

from __future__ import annotations

from collections.abc import Sequence

from ...draft import Segment
from ...draft.figures import figures
from ...draft.operations import Duck as DuckOp
from ...draft.operations import Mute as MuteOp
from ...draft.operations import Volume
from ..frames import Duck, Mute, SetVolume
from ..slots import Amount, Target
from ..stage import Stage
from .base import does

LOUDEST = 4.0
_SOUNDS = ("music", "clip", "b-roll", "logo")  # a film in a corner is heard as well
_HEARD = ("video", "audio")
_QUIETER, _LOUDER = 0.6, 1.5


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
    if it and not any(item.kind in _HEARD for item in stage.ground.mentioned(_SOUNDS)):
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
    found = stage.want(target, _SOUNDS if target is not None else _SOUNDS[:3], default=default)
    return tuple(item for item in found if item.kind in _HEARD)


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
    waiting = stage.ground.waiting("audio")
    just = [item.id for item in stage.ground.mentioned(("music",), now=True)]
    if waiting and found and all(item.id in just for item in found):
        stage.refuse(
            "music_waiting", file=waiting[0].file
        )  # "place the voice there, and duck the music under it"
        return
    parts = stage.within(found, frame.spans)
    if parts:
        stage.do(
            DuckOp(
                segments=tuple(item.id for item in parts),
                amount_db=0 if frame.off else min(60, frame.amount_db or 12),
            )
        )
