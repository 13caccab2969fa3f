"""Loudness in LUFS: sounds measured, and brought to one level by their volumes.

What is chosen and is not all that sounds is levelled piece by piece. When it is all, the mix counts: the clips
are levelled, the music keeps its distance to them, and the mix is measured again until it is as loud as wanted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...draft import Draft, Segment
from ...draft.operations import Loudness, Measured, apply_all
from ...draft.operations.sound import LOUDEST, PEAK_DB
from ..frames import Normalize
from ..slots import Target
from ..stage import Heard, Stage
from .base import does

_USUAL, _LOWEST, _HIGHEST = -14.0, -40.0, -5.0
# Where no loudness was named, all meet at what the one with the least room reaches, but are not made this quiet.
_MEETING_LEAST = -24.0
_CLOSE_DB, _ROUNDS = 0.2, 4
_SHORT_DB = 0.5  # worth telling
_SOUNDS = ("music", "clip", "b-roll")


@dataclass(frozen=True, slots=True)
class _Sound:
    """A segment and what was measured of it. `lufs`: as loud as it is now, by its volume."""

    segment: Segment
    measured: Measured

    @property
    def lufs(self) -> float:
        return self.measured.lufs + 20 * math.log10(self.segment.volume)


@does(Normalize)
def normalize(frame: Normalize, stage: Stage) -> None:
    if frame.lufs is not None and not _LOWEST <= frame.lufs <= _HIGHEST:
        stage.refuse("loudness_range")
        return
    chosen = _chosen(frame.target, stage)
    models = _chosen(frame.like, stage) if frame.like is not None else []
    chosen = stage.within([*chosen, *(item for item in models if item not in chosen)], frame.spans)
    if stage.question is not None or stage.wants:  # what else is wanted may yet change what there is to hear
        return
    ids = {item.id for item in models}
    there = [item for item in chosen if item.id not in stage.spared and _audible(stage.draft, item)]
    heard = _measured(frame, stage, there)
    if heard:
        model = next((item for item in heard if item.segment.id in ids), None)
        _level(frame, stage, heard, model)
    if frame.export:
        stage.answer("export_how")


def _all(stage: Stage) -> list[Segment]:
    return [item for item in stage.draft.segments if item.kind in ("video", "audio")]


def _chosen(target: Target | None, stage: Stage) -> list[Segment]:
    """What is named; else all that can be heard."""
    if target is None or (target.plain and target.but is None and target.kind in (None, "video", "all")):
        return _all(stage)
    if target.plain and target.but is None and target.kind == "clip" and target.refer is None:
        return [clip for clip in stage.ground.clips if clip.kind == "video"]
    return [
        item
        for item in stage.want(target, _SOUNDS, default=lambda: _all(stage))
        if item.kind in ("video", "audio")
    ]


def _audible(draft: Draft, item: Segment) -> bool:
    return not item.muted and not draft.tracks[item.track].muted


def _measured(frame: Normalize, stage: Stage, items: Sequence[Segment]) -> list[_Sound]:
    """The segments with their loudness, without the silent ones; empty, with the reason told, where that is all."""
    questions = {item.id: _alone(item) for item in items}
    stage.wants |= set(questions.values()) - stage.loudness.keys()
    if stage.wants:
        return []
    heard, silent = list[_Sound](), list[str]()
    for item in items:
        found = stage.loudness[questions[item.id]]
        if found is None:
            silent.append(item.file)
        else:
            measured = Measured(segment=item.id, lufs=found.lufs, peak_db=found.peak_db)
            heard.append(_Sound(item, measured))
    waiting = stage.ground.waiting("audio")
    music = frame.target is not None and frame.target.kind == "music"
    if silent:
        stage.refuse("nothing_heard", files=", ".join(dict.fromkeys(silent)))
    elif not heard and music and waiting:
        stage.refuse("music_waiting", file=waiting[0].file)
    elif not heard:
        stage.refuse("no_sound" if stage.draft.can_export else "empty")
    return heard


def _alone(item: Segment) -> Draft:
    """A draft in which the segment is heard and nothing else, as recorded: its loudness is the segment's."""
    kept = ("kind", "asset", "file", "source_start_ms", "speed", "reverse", "loop", "freeze")
    meta = {key: item.meta[key] for key in kept if key in item.meta} | {"kind": item.kind}
    segment = {"id": "seg-1", "s": 0, "d": item.duration_ms, "m": meta}
    track = {"id": "trk-1", "tt": item.track_type, "m": {}, "sg": [segment]}
    return Draft.read({"v": 1, "d": item.duration_ms, "m": {}, "t": [track]})


def _level(frame: Normalize, stage: Stage, heard: Sequence[_Sound], model: _Sound | None) -> None:
    target = frame.lufs
    if model is not None:
        heard, target = [item for item in heard if item is not model], model.lufs
    lead = [item for item in heard if item.segment.kind == "video"] or heard
    goal = _meeting([item.measured for item in lead]) if target is None else target
    sounding = {s.id for s in _all(stage) if _audible(stage.draft, s)}
    follow = [item for item in heard if item not in lead]
    whole = {item.segment.id for item in heard} == sounding
    made, mix = _mixed(stage, lead, follow, goal) if whole else ([_to(heard, goal)], None)
    before = stage.draft
    if stage.wants or not stage.do(*made):
        return
    if stage.draft == before:
        if len(stage.operations) == len(made):  # how loud it is already answers what was asked for
            _tell(stage.answer, heard, goal, mix)
            if mix is None:
                stage.answer("loudness_already")
        return
    if target is None:
        stage.note("loudness_assumed", target=_number(goal))
    _tell(stage.note, heard, goal, mix)
    if whole and follow:
        stage.note("balance_kept")
    if frame.even and len(lead) == 1 and model is None:
        stage.note("evened_between")


def _meeting(sounds: Sequence[Measured]) -> float:
    """The loudest level that all of them reach, within reason."""
    return max(_MEETING_LEAST, min(_USUAL, *(item.reach_lufs for item in sounds)))


def _mixed(
    stage: Stage, lead: Sequence[_Sound], follow: Sequence[_Sound], goal: float
) -> tuple[list[Loudness], Heard | None]:
    """What brings the mix of all to the goal, or as near as its peaks allow, and how loud the mix is then.

    Where that is not known yet, the scene wants to hear it.

    Those who lead come to one level; those who follow keep their distance to them.
    """
    between = _mean(lead, [item.lufs for item in lead])
    level, rounds = goal, _ROUNDS
    while True:
        reached = _mean(lead, [min(level, item.measured.reach_lufs) for item in lead])
        made = [_to(lead, level), *(_to([item], item.lufs + reached - between) for item in follow)]
        after = apply_all(stage.draft, made)
        if after not in stage.loudness:
            stage.wants |= {after}
            return made, None
        mix = stage.loudness[after]
        if mix is None:
            return made, None
        step = min(goal - mix.lufs, PEAK_DB - mix.peak_db)
        stuck = any(item.measured.reach_lufs <= level for item in lead)
        rounds -= 1
        # The others don't shout for one that can't.
        if not rounds or abs(step) < _CLOSE_DB or (step > 0 and stuck):
            return made, mix
        # From where those who lead have really come to.
        level = min(level, max(item.measured.reach_lufs for item in lead)) + step


def _to(sounds: Sequence[_Sound], level: float) -> Loudness:
    return Loudness(sounds=tuple(item.measured for item in sounds), target_lufs=min(0.0, max(-70.0, level)))


def _mean(sounds: Sequence[_Sound], levels: Sequence[float]) -> float:
    """How loud they are one after the other, each at its level."""
    lengths = [item.segment.duration_ms for item in sounds]
    power = sum(length * 10 ** (level / 10) for length, level in zip(lengths, levels, strict=True))
    return 10 * math.log10(power / sum(lengths))


def _tell(say: Callable[..., None], heard: Sequence[_Sound], goal: float, mix: Heard | None) -> None:
    """How loud it is then, and what keeps it from the goal."""
    if mix is not None:
        key = "mix_short" if goal - mix.lufs > _SHORT_DB else "mix_now"
        say(key, lufs=_number(mix.lufs), peak=_number(mix.peak_db))
    for item in heard:
        if goal - item.measured.reach_lufs > _SHORT_DB:
            peaks = item.measured.reach_lufs < item.measured.lufs + 20 * math.log10(LOUDEST)
            key = "short_by_peaks" if peaks else "short_by_volume"
            say(key, file=item.segment.file, lufs=_number(item.measured.reach_lufs))


def _number(level: float) -> str:
    return f"{level:.1f}".removesuffix(".0").replace("-", "−")
