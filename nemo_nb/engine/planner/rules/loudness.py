"""How loud things are: volume, silence, ducking; of a whole piece or of a stretch of it."""

from __future__ import annotations

import re
from itertools import pairwise

from ....draft import Segment
from ....draft.operations import Duck, Mute, Volume
from ....language import Beyond, Clause, Degree, Do, Kind, Look, Particle, Shape, Thing, When
from ..amounts import against, scaled
from ..scene import Scene
from ..timing import timing
from .speed import names_speed
from .stretch import within

_QUIETER, _LOUDER = 0.6, 1.5
LOUDEST = 4.0
_MOST_DB = 1000  # beyond any volume there is, and within what can be reckoned
_SOFT = 0.3
_UNTIL = ("end", "stop", "finish", "until", "till", "wrap")
_ONLY_MUSIC = re.compile(r"\b(?:just|only) the (?:music|song|track)|只[要留]?音乐")
_TURNING = ("turn", "bring", "take", "knock", "push", "pull", "dial")


def volume(clause: Clause, scene: Scene) -> bool:
    """ "set the music to 30%", "halve the volume", "make it 6 dB louder", 配乐小声一点"""
    if (
        names_speed(clause)
        or not _about_volume(clause, scene)
        or clause.has(Do.DUCK, Thing.OPACITY, Thing.TITLE, Thing.SPEED, *Shape, *Look)
    ):
        return False
    targets = within(clause, scene, sounds(clause, scene))
    if targets is None:
        return True
    if not targets:
        _refuse_silent(clause, scene)
        return True
    for item in targets:
        wanted = wanted_volume(clause, 1.0 if item.muted and item.volume == 0 else item.volume)
        if wanted is not None and wanted > LOUDEST:
            scene.note("volume_bound", percent=f"{LOUDEST:.0%}")
        if wanted is None:
            scene.ask("how_loud", (scene.say("try_volume"), scene.say("try_quieter"), scene.say("try_mute")))
            return True
        scene.do(Volume(segments=(item.id,), volume=min(LOUDEST, wanted)))
    scene.last = tuple(item.id for item in targets)
    if not stated(clause):
        changed = scene.segment(targets[0].id)
        scene.note("volume_assumed", percent=f"{changed.volume if changed else 1:.0%}")
    return True


def mute(clause: Clause, scene: Scene) -> bool:
    """ "mute the video", "remove the audio", "mute the first 3 seconds", 静音, "unmute it" """
    taken = clause.has(Do.CUT) and clause.has(Thing.SOUND) and not (stated(clause) or clause.of(Beyond))
    taken = taken and not (
        clause.has(Thing.MUSIC) and scene.music
    )  # "take the music off, I like the plain sound"
    off = clause.has(When.OFF) and clause.has(Thing.MUSIC, Thing.SOUND)  # "music off"
    off = off and not (clause.of(Do) or clause.values(Kind.TIME, Kind.PERCENT, Kind.DECIBEL, Kind.NUMBER))
    if not taken and not off and not clause.has(Do.MUTE, Do.UNMUTE):
        return False
    original = any(token.text.lower() in ("original", "原来的") for token in clause.tokens)
    only_music = clause.has(Thing.CLIP, Thing.VIDEO) and _ONLY_MUSIC.search(clause.text.lower())
    named = list(scene.sounding) if original or only_music else sounds(clause, scene, own_first=True)
    targets = within(clause, scene, named)
    if targets is None:
        return True
    if not targets:
        scene.refuse("no_sound")
        return True
    scene.do(Mute(segments=tuple(item.id for item in targets), muted=not clause.has(Do.UNMUTE)))
    if scene.topic(clause) is None and scene.music and clause.has(Do.MUTE):
        scene.note("muted_own")
    return True


def duck(clause: Clause, scene: Scene) -> bool:
    """ "lower the music when someone speaks" """
    if not clause.has(Do.DUCK):
        return False
    if not scene.music:
        scene.refuse("no_music")
        return True
    decibels = clause.value(Kind.DECIBEL)
    ids = tuple(item.id for item in scene.music)
    scene.do(Duck(segments=ids, amount_db=min(60, abs(decibels)) if decibels else 12))
    return True


def stated(clause: Clause) -> bool:
    """Whether the clause says how much."""
    amounts = clause.values(Kind.PERCENT, Kind.DECIBEL, Kind.FACTOR, Kind.NUMBER)
    return bool(amounts) or clause.has(Degree.HALF, Degree.DOUBLE, Degree.THIRD, Degree.QUARTER)


def wanted_volume(clause: Clause, now: float) -> float | None:
    """The volume that a clause asks for, given what it is now, be it beyond what there is; None when it gives
    neither amount nor direction, or when the two contradict each other."""
    up, down = _direction(clause)
    decibels, factor = clause.value(Kind.DECIBEL), clause.value(Kind.FACTOR)
    wanted = scaled(clause, now, up=up, down=down)
    if wanted is None and decibels is not None:
        change = -abs(decibels) if down else min(decibels, _MOST_DB)
        wanted = now * 10 ** (change / 20)
    number = clause.value(Kind.NUMBER)
    if wanted is None and number is not None and clause.has(Thing.VOLUME, When.TO):
        wanted = number if number <= LOUDEST and number % 1 else number / 100  # 0.4, or 40
    if wanted is None and factor is not None:
        wanted = now / factor if down and factor > 1 else now * factor
    if wanted is None and clause.has(Degree.SOFTLY):
        wanted = min(now, _SOFT)
    if wanted is None and down:
        little = clause.has(Degree.A_BIT) and not clause.has(Degree.MUCH)
        wanted = now * (0.8 if little else 0.3 if clause.has(Degree.MUCH) else _QUIETER)
    if wanted is None and up:
        wanted = (now or 1.0) * _LOUDER
    if wanted is None or against(wanted, now, up=up, down=down):
        return None
    return max(0.0, round(wanted, 4))


def sounds(clause: Clause, scene: Scene, *, own_first: bool = False) -> list[Segment]:
    """What is to be heard otherwise: the music, the clips' own sound, or what was just spoken of."""
    if clause.has(Thing.ALL) and not clause.has(Thing.MUSIC, Thing.VIDEO, Thing.CLIP, Thing.SOUND):
        return [*scene.sounding, *scene.music]
    chosen = [clip for clip in scene.chosen_clips(clause) if clip.kind == "video"]
    topic = scene.topic(clause)
    if chosen and not clause.has(Thing.MUSIC):
        return chosen
    if topic == "music":
        ids = chosen_music(clause, scene)
        return [item for item in scene.music if item.id in ids]
    if topic in ("sound", "clip") or (own_first and scene.sounding):
        meant = set(scene.subjects(clause, scene.sounding))
        return [clip for clip in scene.sounding if clip.id in meant]
    return [*scene.sounding, *scene.music]


def chosen_music(clause: Clause, scene: Scene) -> tuple[str, ...]:
    """The ids of the music that the clause names, else of what was just spoken of, else of all."""
    files = {asset.file for asset in scene.named_assets(clause)}
    by_file = tuple(item.id for item in scene.music if item.file in files)
    return by_file or scene.subjects(clause, scene.music)


def _about_volume(clause: Clause, scene: Scene) -> bool:
    named = clause.has(Thing.MUSIC, Thing.SOUND, Thing.VOLUME)
    if clause.has(Thing.VOLUME) or clause.values(Kind.DECIBEL):
        return True
    if _turned(clause):
        return True
    if clause.has(Do.LOUDER, Do.QUIETER):
        # "reduce it to the first 6 seconds" is about the length.
        return named or stated(clause) or not clause.has(When.TO) or not timing(clause, scene.total).some
    # "the music down to 30 %, the video up to 120 %"
    goes_on = bool(scene.operations) and isinstance(scene.operations[-1], Volume) and clause.has(Thing.VIDEO)
    if not named and not goes_on and scene.topic(clause) not in ("music", "sound"):
        return False
    goal = any(
        a.value is When.TO and b.kind is Kind.NUMBER and not a.text.lower().startswith(_UNTIL)
        for a, b in pairwise(clause.tokens)
    )
    amount = goal or clause.values(Kind.PERCENT) or clause.has(Degree.HALF, Degree.DOUBLE, Degree.SOFTLY)
    return bool(amount) or clause.has(Particle.UP, Particle.DOWN, Do.BIGGER, Do.SMALLER)


def _turned(clause: Clause) -> bool:
    """ "Turn b.mp4 up to 150%", "bring the last clip down 6 dB" """
    turns = any(token.text.lower() in _TURNING for token in clause.tokens)
    ways = any(token.text.lower() in ("up to", "down to") for token in clause.tokens)
    return (
        turns
        and (ways or clause.has(Particle.UP, Particle.DOWN))
        and stated(clause)
        and not clause.values(Kind.FACTOR)
    )


def _direction(clause: Clause) -> tuple[bool, bool]:
    """Whether it shall become louder, whether quieter."""
    down = clause.has(Do.QUIETER, Do.SMALLER, Degree.LESS, Particle.DOWN, Do.CUT, When.OFF)
    larger = clause.has(Do.BIGGER) and not clause.has(
        When.TO
    )  # 放大到80% says how loud, and not how much louder
    return (clause.has(Do.LOUDER, Particle.UP) or larger) and not down, down


def _refuse_silent(clause: Clause, scene: Scene) -> None:
    """Nothing of that kind sounds; an upload may be what was meant."""
    waiting = scene.waiting("audio")
    if scene.topic(clause) != "music":
        scene.refuse("no_sound")
    elif waiting:
        scene.refuse("music_waiting", file=waiting[0].file)
    else:
        scene.refuse("no_music")
