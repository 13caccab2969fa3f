"""What somebody doesn't like: no wish yet, but it says what the next sentence is about."""

from __future__ import annotations

import re

from ....language import Clause, Do, Filler, Kind, Look, Particle, Thing, When
from ..scene import Scene

# What a complaint can be about, and the words that the wish after it has about the same.
_ABOUT: tuple[frozenset[object], ...] = (
    frozenset(
        {
            Do.LOUDER,
            Do.QUIETER,
            Do.MUTE,
            Do.DUCK,
            Do.NORMALIZE,
            Do.EVEN,
            Thing.VOLUME,
            Kind.DECIBEL,
            Kind.PERCENT,
            Kind.NUMBER,
            Particle.UP,
            Particle.DOWN,
        }
    ),
    frozenset({Look.BRIGHTER, Look.DARKER}),
    frozenset({Look.WARM, Look.COOL}),
    frozenset({Do.ROTATE, Do.UPSIDE_DOWN, Do.MIRROR, Kind.DEGREES}),
    frozenset({Do.FASTER, Do.SLOWER, Thing.SPEED, Kind.FACTOR, Kind.NUMBER}),
)
_TOO_LONG = re.compile(r"\btoo long\b|太长")
_WHOLE = {Thing.IT, Thing.VIDEO, Thing.LENGTH}
_STATING = ("is", "are", "was", "looks")
_TOO = ("too ", "not loud enough", "太", "it's sideways", "is sideways", "was sideways")


def complaint(clause: Clause, scene: Scene) -> bool:
    """ "I don't like the title": what "it" is in the next sentence"""
    if not clause.has(Filler.DISLIKE) or any(verb not in (Do.PLAY, Do.SHOW) for verb in clause.of(Do)):
        return False
    too_long = _TOO_LONG.search(clause.text.lower()) and not set(clause.of(Thing)) - _WHOLE
    if too_long and scene.alone:
        scene.ask("how_long", (scene.say("try_trim"), scene.say("try_cut_first"), scene.say("try_2x")))
        return True
    scene.focus = tuple(scene.chosen_clips(clause))
    if clause.has(When.START, When.MIDDLE, When.END) and not scene.focus:
        scene.refuse(
            "which_part", text=clause.text[:200]
        )  # "the middle is boring, make it faster": of all, then
    _speak_of(clause, scene)
    return True


def only_complains(clause: Clause, before: Clause | None, following: Clause | None, scene: Scene) -> bool:
    """ "b.mp4 is way too loud, cut its volume in half": the second says what to do about the first.

    What was complained of is "it" from then on. Alone, a complaint is a wish: "it's too dark". After one it is the
    reason: "speed it up, it's too slow".
    """
    if before is not None and _has_fault(clause) and scene.operations:
        return any(_speaks(clause, about) and _speaks(before, about) for about in _ABOUT)
    if following is None or not (_has_fault(clause) or _states(clause)):
        return False
    if not any(_speaks(clause, about) and _speaks(following, about) for about in _ABOUT):
        return False
    scene.focus = tuple(scene.chosen_clips(clause))
    _speak_of(clause, scene)
    return True


def _has_fault(clause: Clause) -> bool:
    return any(token.text.lower().startswith(_TOO) for token in clause.tokens)


def _states(clause: Clause) -> bool:
    """ "a.mp4 is upside down": how it is, and not yet what is to be done."""
    return any(token.text.lower().split()[0] in _STATING for token in clause.tokens) and not clause.asked


def _speaks(clause: Clause, about: frozenset[object]) -> bool:
    return any(token.value in about or token.kind in about for token in clause.tokens)


def _speak_of(clause: Clause, scene: Scene) -> None:
    about = {"text": scene.texts, "music": scene.music, "overlay": scene.overlays, "clip": scene.clips}
    named = scene.chosen_clips(clause) or about.get(scene.topic(clause) or "", ())
    scene.last = tuple(item.id for item in named) or scene.last
