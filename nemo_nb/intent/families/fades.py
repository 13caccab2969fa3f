"""Fades of the picture and of the sound."""

from __future__ import annotations

from typing import Any

from ...language.concepts import Blend, Degree, Do, Particle, Thing, When
from ..frames import Fade, Frame
from ..hearing import Hearing
from ..lexicon import EACH, listed
from ..slots import Length, Moment, Target
from .base import Family

FADES = (Do.FADE, Do.FADE_IN, Do.FADE_OUT, Do.TO_BLACK, Do.FROM_BLACK, Thing.FADE)


def fade(h: Hearing) -> Frame | None:
    """ "fade it out at the end", "fade from black", "fade the music in over 2 seconds", 淡入"""
    verb = h.say(*FADES)
    inside = h.times.at is not None and h.times.at.of is not None and h.times.at.of.numbers != (-1,)
    dips = h.has(Blend.DIP_BLACK, Blend.DIP_WHITE) and (
        h.times.at is not None or h.has(When.FIRST, When.LAST)
    )
    dips = dips and not inside
    if verb is None and dips and not h.has(Thing.TRANSITION, When.BETWEEN):
        verb = h.say(Blend.DIP_BLACK, Blend.DIP_WHITE)
    colour = None
    taken_out = verb is None and _goes_out(h)
    if taken_out or (verb is None and _to_black(h)):
        verb = Do.FADE
    if (
        verb is None
        or (h.heard("blend") and verb not in (Blend.DIP_BLACK, Blend.DIP_WHITE))
        or h.has(Thing.TRANSITION)
    ):
        return None
    if h.heard("quoted") and h.has(Do.ADD, Do.PUT, Do.SAY):
        return None
    if any(span.start.of is not None and span.how in ("after", "range") for span in h.times.spans):
        return None  # "the song from the aisle on, with a fade out": where it plays is another wish
    into, out, colour = ends_of(h)
    if h.has(Degree.LONGER) and not (into or out or h.targets()) and _was_faded(h):
        return None  # "longer fade, like 3 seconds": of the one that was made
    h.say(Do.SLOWER, Degree.A_BIT)
    if not h.heard("break"):
        h.say(Degree.SOFTLY)  # not "…, but quiet, and let it fade out"
    kept = _kept(h)
    off = (
        (_negates(h) and not kept) or (bool(h.say(Do.CUT)) and not taken_out) or h.word(*listed("without_it"))
    )
    if off:
        h.take("not")
    if dips:
        if verb is Blend.DIP_WHITE:
            colour = "#ffffff"
        elif verb is Blend.DIP_BLACK:
            colour = "#000000"
    target = h.target(
        "music",
        "text",
        "caption",
        "clip",
        "logo",
        "b-roll",
        relations=("", "of", "for", "on", "in", "to", "with"),
    )
    target = target or _at_its_edge(h, into=into, out=out)
    h.absorb(relations=("over", "for", "in", "while"))  # "over its last 3 seconds"
    if (
        into
        and target is not None
        and any(h.ground.asset(n, "image") in h.ground.waiting("image") for n in target.names)
    ):
        return None  # "blende die Folie ein": it is put there
    at_once = h.times.at is not None and h.times.at.ms and h.times.at.of is None
    if into and not out and at_once and target is not None and h.ground.could_be(target) == {"clip"}:
        return None  # "blende bei Sekunde 25 den Versuch ein": it is seen there
    if colour and target is not None and target.kind == "music":
        return None  # "out to black, music as well": the picture goes black, and the music is another wish
    words = h.words()
    if words is not None:
        target = (target or Target(kind="text")).model_copy(update={"texts": (words,)})
    if target is None and h.items and h.items[0].marked("with"):
        target = Target(refer="it")  # "with a 3 second fade out" goes on
    waits = bool(h.ground.waiting("audio")) and not h.ground.pool("music")
    if target is not None and target.kind == "music" and waits and comes_first(h):
        return None  # "background music with a fade out": it is to be added first
    named = [h.ground.asset(name, "audio") for name in target.names] if target is not None else []
    if named and all(asset in h.ground.waiting("audio") for asset in named):
        return None  # "the song fades in at the forest": it is to be added first
    same = h.mark("same")
    h.mark("also")
    own = own_lengths(h)
    at = (
        h.times.at
        if out and not into and h.times.at is not None and h.times.at.ms > 0 and not h.times.length
        else None
    )
    at = at or (_ends_there(h, target) if out and not into else None)
    length = None if own else length_of(h)
    if same and length is None and not own:
        length = _as_before(h)
    if not into and not out:
        at_start, at_end = _at(h, When.START, When.FIRST, "start"), _at(h, When.END, When.LAST, "end")
        into, out = at_start or not at_end, at_end or not at_start
    h.say(
        When.EACH,
        When.FOR,
        When.START,
        When.END,
        When.FIRST,
        When.LAST,
        When.AT,
        When.TO,
        When.FROM,
        Do.ADD,
        Do.SET,
        Do.PUT,
        Do.CHANGE,
    )
    elsewhere = h.times.at is not None and h.times.at.of is not None and h.times.at.edge == "start"
    if not (out and not into and elsewhere):
        h.at()  # "the song only from the walk on, and fade it out": where it begins is another wish
    if h.spans() and h.targets("clip") == [Target(kind="video")]:
        h.absorb(relations=("of", "in"))  # "during the last 4 seconds of the film"
    of = "picture" if colour or h.has(Do.TO_BLACK, Do.FROM_BLACK) else None
    if any(target.kind == "sound" for target in h.targets()):
        of = "sound"
    elif kept:
        of = "picture"
    if target is not None and target.kind == "video" and h.target("music") is not None:
        target = None  # "the picture and the music"
    single = h.has(When.EACH) or any(item.text.startswith(EACH) for item in h.items if item.what == "target")
    counted = target is not None and target.refer == "them" and target.count is not None  # "on those three"
    each = counted or (single and target is not None and target.every == "all")
    values: dict[str, Any] = {
        "into": into,
        "out": out,
        "length": length,
        "of": of,
        "colour": colour,
        "off": off,
        "each": each,
        "at": at,
    }
    return Fade.model_validate({"target": target, **values, **own})


def _goes_out(h: Hearing) -> bool:
    """ "Take the music out over the last 3 seconds": it goes slowly, and is not cut off."""
    out = next((n for n, item in enumerate(h.items) if item.value is Particle.OUT), None)
    music = any("music" in can for _, can in h.meant())
    if out is None or not music or h.times.how != "tail" or not h.items[out + 1 : out + 2]:
        return False
    over = h.items[out + 1].marked("over")
    if over:
        h.say(Do.CUT, Do.PUT, Do.ADD, Do.MOVE, Particle.OUT, When.FOR)
    return over


def _at_its_edge(h: Hearing, *, into: bool, out: bool) -> Target | None:
    """ "Fade to black at the end of b.mp4": of that one."""
    at = h.times.at
    if at is None or at.of is None or at.of.plain or at.ms or at.edge != ("end" if out else "start"):
        return None
    h.at()
    return at.of if into or out else None


def _ends_there(h: Hearing, target: Target | None) -> Moment | None:
    """ "Let it fade out at the end of hello", of music: it ends with that clip."""
    at = h.times.at
    ends = at is not None and at.of is not None and at.edge == "end" and not at.ms and not at.of.plain
    heard = target is not None and (
        target.kind == "music" or (target.only_it and h.ground.spoken_kind == "music")
    )
    heard = heard or (target is not None and bool(target.names) and h.ground.could_be(target) == {"music"})
    return at if ends and heard else None


def _was_faded(h: Hearing) -> bool:
    return any(deed.frame["frame"] == "fade" for deed in h.ground.memory.last_deeds)


def _as_before(h: Hearing) -> Length | None:
    """ "A fade out of the same length": as long as the fade that was made last."""
    h.say(Thing.LENGTH)
    fades = [deed.frame for deed in h.ground.memory.deeds if deed.frame["frame"] == "fade"]
    length = fades[-1].get("length") if fades else None
    return Length.model_validate(length) if length is not None else None


def _negates(h: Hearing) -> bool:
    """Whether "not" is said of the fade: not in "not a hard start: fade in from black"."""
    place = next((n for n, item in enumerate(h.items) if item.what == "not"), None)
    if place is None:
        return False
    after = next((item for item in h.items[place:] if item.what == "break" or item.value in FADES), None)
    return after is None or after.what != "break" or not h.has(*FADES)


def _kept(h: Hearing) -> bool:
    """ "Fade the video out but not the music": what is said after "not" stays as it is."""
    place = next((n for n, item in enumerate(h.items) if item.what == "not"), None)
    verb = next((n for n, item in enumerate(h.items) if item.value in FADES), None)
    if place is None or verb is None or place < verb:
        return False
    after = next((n for n in range(place + 1, len(h.items)) if h.items[n].what == "target"), None)
    if after is None or not h.clause.kinds[after] <= {"music"}:
        return False
    h.bound.update((place, after))
    return True


def _at(h: Hearing, edge: When, word: When, name: str) -> bool:
    moment = any(moment.edge == name and not moment.ms for moment in h.times.moments)
    span = any(span.how == ("head" if name == "start" else "tail") for span in h.times.spans)
    return h.has(edge, word) or moment or span


def _to_black(h: Hearing) -> bool:
    """ "go to black during the last second" """
    for place, item in enumerate(h.items[:-1]):
        after = h.items[place + 1]
        if (
            item.value in (When.TO, When.FROM)
            and after.what == "colour"
            and after.value in ("#000000", "#ffffff")
        ):
            return not (h.targets("text") or h.has(Thing.BACKGROUND, Thing.TITLE) or h.heard("quoted"))
    return False


def ends_of(h: Hearing) -> tuple[bool, bool, str | None]:
    into = h.has(Do.FADE_IN, Do.FROM_BLACK)
    out = h.has(Do.FADE_OUT, Do.TO_BLACK)
    colour = "#000000" if h.has(Do.TO_BLACK, Do.FROM_BLACK) else None
    apart = h.has(Do.FADE) or into or out
    particles = [item.value for item in h.items]
    if apart:
        into = into or (Particle.IN in particles and not _of_time(h))
        out = out or Particle.OUT in particles or (h.has(Do.FADE) and Particle.DOWN in particles)
        h.say(Particle.IN, Particle.OUT, Particle.DOWN)
    for place, item in enumerate(h.items[:-1]):
        after = h.items[place + 1]
        if item.value in (When.TO, When.FROM) and after.what == "colour":
            h.bound.update((place, place + 1))
            colour = str(after.value)
            into, out = into or item.value is When.FROM, out or item.value is When.TO
    if (into or out) and colour is None and not h.heard("quoted"):
        shade = next((n for n, item in enumerate(h.items) if item.value in ("#000000", "#ffffff")), None)
        if shade is not None:
            h.bound.add(shade)
            colour = str(h.items[shade].value)  # "blende das Video schwarz aus"
    return into, out, colour


def _of_time(h: Hearing) -> bool:
    """Whether "in" belongs to a moment: "2 seconds in", "to black in the last 2 seconds"."""
    for n, item in enumerate(h.items):
        if item.value is not Particle.IN or h.has(Do.FADE):
            continue
        behind = next((other for other in h.items[n + 1 :] if not other.marked("the")), None)
        ahead = bool(n) and h.items[n - 1].what == "time"
        if ahead or (behind is not None and behind.value in (When.FIRST, When.LAST)):
            return True
    return False


def own_lengths(h: Hearing) -> dict[str, Length]:
    """ "fade in 2 seconds and out 3", 淡入2秒淡出3秒"""
    turns = {
        Do.FADE_IN: "in_length",
        Particle.IN: "in_length",
        Do.FADE_OUT: "out_length",
        Particle.OUT: "out_length",
    }
    sides = [turns[item.value] for item in h.items if item.value in turns]
    times = [(n, item) for n, item in enumerate(h.items) if item.what == "time"]
    if len(sides) == len(times) == 2 and len(set(sides)) == 2:
        h.bound.update(n for n, _ in times)
        return {side: Length(ms=int(item.value)) for side, (_, item) in zip(sides, times, strict=True)}
    return {}


def length_of(h: Hearing) -> Length | None:
    if h.times.length is not None:
        return h.length()
    if h.times.to is not None:
        return h.to()
    if h.times.spans:
        span = h.spans()[0]
        if span.how == "head":
            return Length(ms=span.end.ms, share=span.end.share)
        if span.how == "tail":
            return Length(ms=-span.start.ms, share=-span.start.share)
        return Length(ms=max(0, span.end.ms - span.start.ms))
    number = next((item.value for item in h.items if item.what == "number"), None)
    if number is not None and 0 < number < 60:
        h.take("number")
        return Length(ms=round(number * 1000))
    return None


def comes_first(h: Hearing) -> bool:
    """Whether the music is named before the fade, which is then no verb with the music as its object."""
    fade = next((n for n, item in enumerate(h.items) if item.value in FADES), 0)
    return any(item.what == "target" and item.value.kind == "music" for item in h.items[:fade])


FAMILIES = (Family("fade", fade),)
