"""Faster, slower, backwards, stopped."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ....draft.operations import Freeze, Speed
from ....intent.paces import Paces
from ....language import Clause, Degree, Do, Filler, Kind, Particle, Thing, When
from ..amounts import against, is_goal, scaled
from ..scene import Scene
from ..timing import timing

_FASTER, _SLOWER, _HELD_MS = 1.5, 0.5, 2000
_PLAYED = {Thing.IT, Thing.VIDEO, Thing.WHOLE, Thing.CLIP, Thing.ALL}


def speed(clause: Clause, scene: Scene) -> bool:
    """ "play it at 4x", "slow down the first 3 seconds by half", 一点五倍速"""
    asked = clause.has(Do.FASTER, Do.SLOWER, Thing.SPEED) or names_speed(clause)
    bare = clause.values(Kind.FACTOR) and not clause.has(
        Do.REPEAT,
        Thing.VOLUME,
        Thing.MUSIC,
        Do.LOUDER,
        Do.QUIETER,
        Do.CROP,
        Do.ZOOM,
        Do.BIGGER,
        Do.SMALLER,
        Do.UNDO,
    )
    when = timing(clause, scene.total)
    fits = clause.has(Do.SET) and bool(when.spans) and when.to is not None  # "make 0:05-0:10 last 2 seconds"
    if clause.has(Thing.TITLE, Thing.CAPTIONS, Thing.LOGO) or not (asked or bare or fits):
        return False
    if isinstance(next(iter(scene.operations[-1:]), None), Speed) and not (_stated(clause) or _named(clause)):
        return True  # "half speed, slow motion style": said already
    by_length = _to_length(clause, scene)
    wanted, relative = by_length or _factor(clause)
    if wanted is None:
        scene.ask("how_fast", (scene.say("try_2x"), scene.say("try_half"), scene.say("try_slow")))
        return True
    if not scene.clips:
        scene.refuse("empty")
        return True
    if scene.topic(clause) == "music" and clause.has(Thing.MUSIC):
        scene.refuse("music_speed")
        return True
    chosen = scene.chosen_clips(clause)
    paces = scene.paces if isinstance(next(iter(scene.operations[-1:]), None), Speed) else Paces(scene.total)
    when = timing(clause, paces.total)
    if not when.spans and when.at is not None and when.length is not None:
        when = replace(when, spans=((when.at, when.at + when.length),))  # "at 0:05 for 3 seconds"
    if when.spans or (clause.has(Thing.REST) and paces.done and not chosen):
        spans = when.spans[:1] or paces.rest
        if not spans or spans[0][0] >= paces.total or spans[0][0] < 0:
            scene.outside()
            return True
        for start, end in spans:
            paced = Speed(factor=wanted, start_ms=paces.now(start), end_ms=paces.now(min(end, paces.total)))
            if scene.do(paced):
                paces = scene.paces = paces.with_one(start, min(end, paces.total), wanted)
    else:
        clips = chosen or [clip for clip in scene.clips if clip.kind == "video"]
        factors = [wanted if relative else wanted / clip.speed for clip in clips]
        faster, slower = _direction(clause)
        if _stated(clause) and any(against(factor, 1.0, up=faster, down=slower) for factor in factors):
            scene.ask("how_fast", (scene.say("try_2x"), scene.say("try_half"), scene.say("try_slow")))
            return True
        for factor in dict.fromkeys(factor for factor in factors if abs(factor - 1) > 1e-6):
            ids = tuple(clip.id for clip, its in zip(clips, factors, strict=True) if its == factor)
            scene.do(Speed(factor=factor, segments=ids))
    if not _stated(clause) and not by_length:
        scene.note("speed_assumed", factor=f"{wanted:g}")
    return True


def fits_by_speed(clause: Clause, following: Clause | None) -> Clause:
    """ "Squeeze it into 4 seconds, don't cut anything": what is to fit and not to be cut is to go faster."""
    if not clause.has(Do.FIT) or following is None or clause.has(Do.FASTER):
        return clause
    whole = following.has(Do.SPARE) or (following.has(Filler.NOT) and following.has(Do.CUT, Do.TRIM))
    if not whole:
        return clause
    verb = next(token for token in clause.tokens if token.value is Do.FIT)
    return replace(clause, tokens=(replace(verb, value=Do.FASTER), *clause.tokens))


def freeze(clause: Clause, scene: Scene) -> bool:
    """ "freeze at 5s for 2 seconds", "hold the last frame", 定格"""
    if not clause.has(Do.FREEZE) or clause.has(Thing.MUSIC):
        return False
    frame = _edge_frame(clause)
    if frame is not None:
        # "hold the last frame 3 seconds": the time is how long, whatever stands before it.
        return _hold(scene, scene.total if frame is When.LAST else 0, clause.value(Kind.TIME))
    when = timing(clause, scene.total)
    if when.kind in ("head", "tail"):  # 结尾定格两秒
        start, end = when.spans[0]
        return _hold(scene, 0 if when.kind == "head" else scene.total, end - start)
    at = when.at if when.at is not None else when.spans[0][0] if when.spans else None
    if at is None:
        at = scene.total if clause.has(When.LAST, When.END) else 0 if clause.has(When.FIRST) else None
    if at is None:
        scene.ask(
            "freeze_where", (scene.say("try_freeze"), scene.say("try_hold_last"), scene.say("try_slow"))
        )
    else:
        _hold(scene, at, when.length)
    return True


def _hold(scene: Scene, at_ms: int, length_ms: int | None) -> bool:
    if at_ms > scene.total:
        scene.outside()
        return True
    scene.do(Freeze(at_ms=at_ms, duration_ms=length_ms or _HELD_MS))
    if not length_ms:
        scene.note("freeze_assumed", length=f"{_HELD_MS / 1000:g}")
    return True


def _edge_frame(clause: Clause) -> When | None:
    """Which of the two "the first frame" and "the last frame" names."""
    for edge, thing in pairwise(clause.tokens):
        if edge.value in (When.FIRST, When.LAST) and thing.text.lower() == "frame":
            return When(edge.value)
    return None


def names_speed(clause: Clause) -> bool:
    """0.5倍速, "run it at 125%": an amount that can be of nothing else."""
    played = clause.of(Do) == [Do.PLAY] and clause.has(When.AT) and set(clause.of(Thing)) <= _PLAYED
    if played and clause.values(Kind.PERCENT):
        return True
    return any(token.kind is Kind.FACTOR and "速" in token.text for token in clause.tokens)


def _named(clause: Clause) -> bool:
    """Whether it says what, when, or how long."""
    told = clause.values(Kind.FILE, Kind.ORDINAL, Kind.TIME, Kind.NUMBER)
    return bool(told) or clause.has(Thing.CLIP, Thing.REST, When.FIRST, When.LAST, Degree.A_BIT, Degree.MUCH)


def _stated(clause: Clause) -> bool:
    return bool(clause.values(Kind.FACTOR, Kind.PERCENT)) or clause.has(
        Degree.HALF, Degree.DOUBLE, Degree.QUARTER, Degree.THIRD
    )


def _direction(clause: Clause) -> tuple[bool, bool]:
    """Whether it shall become faster, whether slower."""
    faster, slower = (Do.FASTER, Do.LOUDER, Particle.UP), (Do.SLOWER, Do.QUIETER, Particle.DOWN)
    return clause.has(*faster), clause.has(*slower)


def _to_length(clause: Clause, scene: Scene) -> tuple[float, bool] | None:
    """ "speed it up so that it lasts 5 seconds": the factor that makes it so long."""
    when = timing(clause, scene.total)
    if when.spans and when.to and clause.has(Do.SET):
        return (when.spans[0][1] - when.spans[0][0]) / when.to, True
    length = when.to if when.to is not None else when.length
    if not length or when.spans or when.at is not None or _stated(clause) or not scene.total:
        return None
    wanted = when.to is not None or clause.has(When.FOR, When.TO, Thing.LENGTH, Do.FIT)
    return (scene.total / length, True) if wanted else None


def _factor(clause: Clause) -> tuple[float | None, bool]:
    """How many times as fast, and whether that is meant from how it plays now."""
    faster, slower = _direction(clause)
    factors, percent = clause.values(Kind.FACTOR), clause.value(Kind.PERCENT)
    factor = factors[-1 if clause.has(When.TO) else 0] if factors else None  # "from 1x to 2x"
    if factor:
        return (1 / factor if slower and factor > 1 else factor), False
    wanted = scaled(clause, 1.0, up=faster, down=slower)
    if wanted is not None:
        absolute = percent is not None and (is_goal(clause) or not (faster or slower))
        contrary = wanted <= 0 or against(wanted, 1.0, up=faster, down=slower)
        return (None if contrary else wanted), not absolute
    number = clause.value(Kind.NUMBER)
    if number and clause.has(When.BY, When.TO, When.AT) and 0.1 <= number <= 16:
        return (1 / number if slower and number > 1 else number), False
    if any(token.text.lower().startswith(("normal", "original", "原速", "正常")) for token in clause.tokens):
        return 1.0, False
    if slower:
        return (0.75 if clause.has(Degree.A_BIT) else _SLOWER), True
    if faster:
        return (1.25 if clause.has(Degree.A_BIT) else 2.0 if clause.has(Degree.MUCH) else _FASTER), True
    return None, False
