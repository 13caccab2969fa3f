"""Loudness in LUFS: sounds measured, and brought to one level by their volumes.

What is chosen and is not all that sounds is levelled piece by piece. When it is all, the mix counts: the clips
are levelled, the music keeps its distance to them, and the mix is measured again until it is as loud as wanted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ....draft import Draft, Segment
from ....draft.operations import AddMusic, Loudness, Measured, Volume, apply_all
from ....draft.operations.sound import LOUDEST, PEAK_DB
from ....language import Clause, Degree, Do, Kind, Look, Shape, Standard, Thing, When
from ....media.loudness import Reading
from ..scene import Scene
from .loudness import chosen_music
from .stretch import within

_LUFS = {Standard.STREAMING: -14.0, Standard.PODCAST: -16.0, Standard.BROADCAST: -23.0}
_USUAL, _LOWEST, _HIGHEST = _LUFS[Standard.STREAMING], -40.0, -5.0
# Where no loudness was named, all meet at what the one with the least room reaches, but are not made this quiet.
_MEETING_LEAST = -24.0
_CLOSE_DB, _ROUNDS = 0.2, 4
_SHORT_DB = 0.5  # worth telling
_PLATFORMS = (Shape.LANDSCAPE, Shape.VERTICAL)  # "for YouTube", "for TikTok"
_KEPT = ("same volume", "the same volume", "at the same volume", "with the same volume", "音量不变")
_SEEN = (Thing.LOOK, Thing.TITLE, Thing.CAPTIONS, Thing.OPACITY, Thing.SPEED, Thing.LENGTH, Thing.DIMENSIONS)
_AS_ANOTHER = "as loud as"
_ALL_THAT_SOUNDS = ("sound", "audio", "声音", "音频")


@dataclass(frozen=True, slots=True)
class _Heard:
    """A segment and what was measured of it. `lufs`: as loud as it is now, by its volume."""

    segment: Segment
    measured: Measured

    @property
    def lufs(self) -> float:
        return self.measured.lufs + 20 * math.log10(self.segment.volume)


def normalize(clause: Clause, scene: Scene) -> bool:
    """ "normalize the audio", "to -16 LUFS", "match the volume of the clips", 统一音量"""
    if not _about_loudness(clause, scene):
        return False
    if clause.text.lower().strip() in _KEPT and any(isinstance(op, AddMusic) for op in scene.operations):
        return True  # "replace the music with new.mp3, same volume": it has that already
    target = _target(clause)
    if target is not None and not _LOWEST <= target <= _HIGHEST:
        scene.refuse("loudness_range")
        return True
    chosen = _chosen(clause, scene)
    # "The first … the second" are clips, and no times.
    targets = chosen if scene.clip_numbers(clause) else within(clause, scene, chosen)
    if targets is None or scene.wants:  # what else is wanted may yet change what there is to hear
        return True
    targets = [item for item in targets if item.id not in scene.spared and _audible(scene.draft, item)]
    heard = _measured(clause, scene, targets)
    if heard:
        _level(clause, scene, heard, target)
    if clause.has(Do.EXPORT):
        scene.answer("export_how")
    return True


def _about_loudness(clause: Clause, scene: Scene) -> bool:
    adds = clause.has(Do.ADD) and bool(scene.waiting("audio"))  # what is not there yet can't be measured
    if clause.values(Kind.LUFS):
        return not adds and not clause.has(Do.CUT, Do.TRIM, Do.FIT, Do.KEEP, Do.SPLIT)
    shares = (Degree.HALF, Degree.DOUBLE, Degree.THIRD, Degree.QUARTER)
    if clause.values(Kind.PERCENT, Kind.FACTOR) or clause.has(Do.DUCK, *_SEEN, *shares) or clause.of(Look):
        return False
    told = clause.has(Thing.VOLUME, Thing.SOUND, Do.LOUDER, Do.QUIETER)
    if clause.has(Do.NORMALIZE):
        return told or not clause.has(Do.CHANGE)  # to change is to colour as well: "normalize the colors"
    if clause.has(Do.LOUDER, Do.QUIETER, Do.MUTE) and not clause.has(Do.EVEN):
        return False
    if clause.has(Do.EVEN):
        spoken_of = isinstance(next(iter(scene.operations[-1:]), None), (Volume, Loudness))
        return told or spoken_of or any(token.text.lower() == _AS_ANOTHER for token in clause.tokens)
    return clause.has(Thing.VOLUME) and (clause.has(*_PLATFORMS) or bool(clause.of(Standard)))


def _target(clause: Clause) -> float | None:
    """The loudness that the clause names; None where it names none."""
    lufs = clause.value(Kind.LUFS)
    if lufs is not None:
        return float(lufs)
    for standard in clause.of(Standard):
        return _LUFS[standard]
    if clause.has(Do.NORMALIZE) and clause.has(When.TO, When.AT):
        number = clause.value(Kind.DECIBEL, Kind.NUMBER)  # "normalize to -14", "to -14 dB"
        return None if number is None else -abs(float(number))
    return _USUAL if clause.has(*_PLATFORMS) else None


def _chosen(clause: Clause, scene: Scene) -> list[Segment]:
    """What the clause names; else all that can be heard."""
    clips = [clip for clip in scene.chosen_clips(clause) if clip.kind == "video"]
    own = any(
        token.value is Thing.SOUND and token.text.lower() not in _ALL_THAT_SOUNDS for token in clause.tokens
    )
    music = clause.has(Thing.MUSIC) or any(asset.kind == "audio" for asset in scene.named_assets(clause))
    if clips and clause.has(When.EXCEPT):
        return [item for item in scene.of_kind("video", "audio") if item not in clips]
    if clips and not music:
        return clips
    if music and not (own or clips or clause.has(Thing.CLIP)):
        ids = chosen_music(clause, scene)
        return [item for item in scene.music if item.id in ids]
    if not music and (own or clause.has(Thing.CLIP)):
        return list(scene.sounding)
    return list(scene.of_kind("video", "audio"))


def _audible(draft: Draft, item: Segment) -> bool:
    return not item.muted and not draft.tracks[item.track].muted


def _measured(clause: Clause, scene: Scene, items: Sequence[Segment]) -> list[_Heard]:
    """The segments with their loudness, without the silent ones; empty, with the reason told, where that is all."""
    questions = {item.id: _alone(item) for item in items}
    scene.wants |= set(questions.values()) - scene.material.loudness.keys()
    if scene.wants:
        return []
    heard, silent = list[_Heard](), list[str]()
    for item in items:
        found = scene.material.loudness[questions[item.id]]
        if found is None:
            silent.append(item.name)
        else:
            measured = Measured(segment=item.id, lufs=found.lufs, peak_db=found.peak_db)
            heard.append(_Heard(item, measured))
    waiting = scene.waiting("audio")
    if silent:
        scene.refuse("nothing_heard", files=", ".join(dict.fromkeys(silent)))
    elif not heard and clause.has(Thing.MUSIC) and waiting:
        scene.refuse("music_waiting", file=waiting[0].file)
    elif not heard:
        scene.refuse("no_sound" if scene.draft.can_export else "empty")
    return heard


def _alone(item: Segment) -> Draft:
    """A draft in which the segment is heard and nothing else, as recorded: its loudness is the segment's."""
    kept = ("kind", "asset", "file", "source_start_ms", "speed", "reverse", "loop", "freeze")
    meta = {key: item.meta[key] for key in kept if key in item.meta} | {"kind": item.kind}
    segment = {"id": "seg-1", "s": 0, "d": item.duration_ms, "m": meta}
    track = {"id": "trk-1", "tt": item.track_type, "m": {}, "sg": [segment]}
    return Draft.read({"v": 1, "d": item.duration_ms, "m": {}, "t": [track]})


def _level(clause: Clause, scene: Scene, heard: Sequence[_Heard], target: float | None) -> None:
    model = _model(clause, scene, heard)
    if model is not None:
        heard, target = [item for item in heard if item is not model], model.lufs
    lead = [item for item in heard if item.segment.kind == "video"] or heard
    goal = _meeting([item.measured for item in lead]) if target is None else target
    sounding = {s.id for s in scene.of_kind("video", "audio") if _audible(scene.draft, s)}
    follow = [item for item in heard if item not in lead]
    whole = {item.segment.id for item in heard} == sounding
    made, mix = _mixed(scene, lead, follow, goal) if whole else ([_to(heard, goal)], None)
    before = scene.draft
    if scene.wants or not scene.do(*made):
        return
    if scene.draft == before:
        if len(scene.operations) == len(made):  # how loud it is already answers what was asked for
            _tell(scene.answer, heard, goal, mix)
            if mix is None:
                scene.answer("loudness_already")
        return
    if target is None:
        scene.note("loudness_assumed", target=_number(goal))
    _tell(scene.note, heard, goal, mix)
    if whole and follow:
        scene.note("balance_kept")
    if clause.has(Do.EVEN) and len(lead) == 1 and model is None:
        scene.note("evened_between")


def _model(clause: Clause, scene: Scene, heard: Sequence[_Heard]) -> _Heard | None:
    """ "make a.mp4 as loud as b.mp4", "match the first clip to the second": the last that is named."""
    as_another = any(token.text.lower() == _AS_ANOTHER for token in clause.tokens) or clause.has(When.TO)
    if not as_another or not scene.chosen_clips(clause) or len(heard) < 2 or clause.values(Kind.LUFS):
        return None
    files = scene.named_assets(clause)
    return next((item for item in heard if files and item.segment.asset == files[-1].asset), heard[-1])


def _meeting(sounds: Sequence[Measured]) -> float:
    """The loudest level that all of them reach, within reason."""
    return max(_MEETING_LEAST, min(_USUAL, *(item.reach_lufs for item in sounds)))


def _mixed(
    scene: Scene, lead: Sequence[_Heard], follow: Sequence[_Heard], goal: float
) -> tuple[list[Loudness], Reading | None]:
    """What brings the mix of all to the goal, or as near as its peaks allow, and how loud the mix is then.

    Where that is not known yet, the scene wants to hear it.

    Those who lead come to one level; those who follow keep their distance to them.
    """
    between = _mean(lead, [item.lufs for item in lead])
    level, rounds = goal, _ROUNDS
    while True:
        reached = _mean(lead, [min(level, item.measured.reach_lufs) for item in lead])
        made = [_to(lead, level), *(_to([item], item.lufs + reached - between) for item in follow)]
        after = apply_all(scene.draft, made)
        if after not in scene.material.loudness:
            scene.wants |= {after}
            return made, None
        mix = scene.material.loudness[after]
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


def _to(sounds: Sequence[_Heard], level: float) -> Loudness:
    return Loudness(sounds=tuple(item.measured for item in sounds), target_lufs=min(0.0, max(-70.0, level)))


def _mean(sounds: Sequence[_Heard], levels: Sequence[float]) -> float:
    """How loud they are one after the other, each at its level."""
    lengths = [item.segment.duration_ms for item in sounds]
    power = sum(length * 10 ** (level / 10) for length, level in zip(lengths, levels, strict=True))
    return 10 * math.log10(power / sum(lengths))


def _tell(say: Callable[..., None], heard: Sequence[_Heard], goal: float, mix: Reading | None) -> None:
    """How loud it is then, and what keeps it from the goal."""
    if mix is not None:
        key = "mix_short" if goal - mix.lufs > _SHORT_DB else "mix_now"
        say(key, lufs=_number(mix.lufs), peak=_number(mix.peak_db))
    for item in heard:
        if goal - item.measured.reach_lufs > _SHORT_DB:
            peaks = item.measured.reach_lufs < item.measured.lufs + 20 * math.log10(LOUDEST)
            key = "short_by_peaks" if peaks else "short_by_volume"
            say(key, file=item.segment.name, lufs=_number(item.measured.reach_lufs))


def _number(level: float) -> str:
    return f"{level:.1f}".removesuffix(".0").replace("-", "−")
