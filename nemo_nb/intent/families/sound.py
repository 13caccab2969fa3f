"""What is heard: volume, silence, fades, ducking, music."""

from __future__ import annotations

from typing import Any

from ...language.concepts import Blend, Degree, Do, Filler, Particle, Thing, When, Where
from ...tongues import every
from ..frames import AddMusic, Duck, Fade, Frame, Mute, SetVolume
from ..hearing import Hearing
from ..lexicon import EACH, listed
from ..slots import Amount, Length, Moment, Span, Target
from .base import Family

_SOUNDS = ("music", "clip", "b-roll")
_TURNING = ("turn", "bring", "take", "knock", "push", "pull", "dial", "set", "put", "make", "drop", "come")
_DOWN = frozenset({"drop", "knock", "lower", "down"})
_LOOKS = (Do.BIGGER, Do.SMALLER)
_ASKED = (Do.FADE, Do.FADE_IN, Do.FADE_OUT, Do.TO_BLACK, Do.FROM_BLACK, Thing.FADE)

_SPEEDS = tuple(word for speeds in every("sentences", "SPEEDS") for word in speeds)


def set_volume(h: Hearing) -> Frame | None:
    """ "set the music to 30%", "halve the volume", "6 dB louder", "music at 20%", 配乐小声一点"""
    if h.has(
        Thing.SPEED, Thing.OPACITY, Do.FASTER, Do.SLOWER, Do.DUCK, Thing.TITLE, Do.ZOOM, Do.CROP, *_ASKED
    ) or h.heard("look", "shape", "quoted", "blend"):
        return None
    if h.texts() & listed("size"):
        return None
    verb = h.say(Do.LOUDER, Do.QUIETER)
    noun = h.say(Thing.VOLUME)
    decibel = h.heard("decibel")
    heard = [t for t, can in h.meant() if t.kind == "music" or can == {"music"}]
    sound = any(target.kind == "sound" for target in h.targets())
    amounts = h.heard("percent", "decibel") or h.has(
        Degree.HALF, Degree.DOUBLE, Degree.SOFTLY, Particle.UP, Particle.DOWN
    )
    spoken = [
        can
        for item, can in zip(h.items, h.clause.kinds, strict=True)
        if item.what == "target" and can <= {"music"} and can
    ]
    only_sound = bool(heard and spoken) and not _seen(h)
    if verb is None and noun is None and not decibel:
        sized = h.has(*_LOOKS) and (only_sound or sound)
        turned = h.texts() & set(_TURNING) and (
            h.has(Particle.UP, Particle.DOWN) or h.texts() & {"down to", "up to"}
        )
        if not (turned and h.heard("percent", "decibel")) and not (
            (only_sound or sound) and (amounts or sized or _number_goal(h))
        ):
            return None
    if _of_speed(h) or (
        verb is not None and not (noun or heard or sound or amounts) and h.times.how and h.has(When.TO)
    ):
        return None  # "reduce it to the first 6 seconds"
    if h.has(Do.CUT) and _cuts_time(h):
        return None  # "cut the first two seconds and halve the volume"
    up = True if verb is Do.LOUDER else False if verb is Do.QUIETER else None
    if up is None and (h.has(Do.CUT, When.OFF) or h.texts() & _DOWN):
        up = False  # "drop the music by 6 dB"
    if only_sound or sound or noun:
        size = h.say(*_LOOKS)
        up = up if size is None else size is Do.BIGGER
    if verb is not None and h.times.to is not None and not (noun or heard or sound):
        return None
    target = h.target(*_SOUNDS, relations=("", "of", "for", "on", "in", "to"))
    spans = h.stretch()
    soft = h.say(Degree.SOFTLY)
    amount = h.amount(up=up, units=("share", "factor", "db", "number"))
    if soft and amount.value is None:
        amount = Amount(value=0.3, unit="share", way="to")
    if amount.value is None and h.mark("normal"):
        amount = Amount(value=1.0, unit="share", way="to", normal=True)
        h.mark("back")
        h.say(When.TO, When.END)
    if amount.value is None and amount.up is None and not noun:
        return None
    h.say(
        Do.SET, Do.CHANGE, Do.PUT, Do.KEEP, Do.PLAY, When.AT, When.TO, Do.MOVE, Degree.MUCH, When.OFF, Do.CUT
    )
    h.word(*_TURNING)
    return SetVolume(target=target, spans=spans, amount=amount)


def _cuts_time(h: Hearing) -> bool:
    """Whether what is cut is a time."""
    place = next(n for n, item in enumerate(h.items) if item.value is Do.CUT)
    after = next((n for n in range(place + 1, len(h.items)) if h.items[n].what != "filler"), None)
    return after is not None and after in h.times.taken


def _of_speed(h: Hearing) -> bool:
    """ "0.5倍速" """
    return any(item.what == "factor" and item.text.endswith(_SPEEDS) for item in h.items)


def _seen(h: Hearing) -> bool:
    return any(
        "music" not in can for item, can in zip(h.items, h.clause.kinds, strict=True) if item.what == "target"
    )


def _number_goal(h: Hearing) -> bool:
    return h.has(When.TO, When.AT) and h.heard("number")


def mute(h: Hearing) -> Frame | None:
    """ "mute the video", "remove the audio", "no sound from 0:03 on", "unmute it", 静音"""
    verb = h.say(Do.MUTE, Do.UNMUTE)
    sound = [target for target in h.targets() if target.kind == "sound"]
    off: object = False
    if verb is None:
        off = sound and (h.has(Do.CUT, When.OFF, Do.KEEP) or h.negated)
        back = sound and h.marked("back") and not h.heard("percent", "degree")
        if not (off or back) or h.heard("percent", "decibel") or h.has(Thing.MUSIC) or h.heard("beyond"):
            return None
        if h.has(Do.KEEP):
            return None
        verb = Do.UNMUTE if back else Do.MUTE
        h.say(Do.CUT, When.OFF, When.END)
        h.mark("back")
        h.take("not")
    muted = verb is Do.MUTE
    if h.negated and h.has(Do.CUT) and not off:
        return None  # "don't cut anything, just mute it"
    if muted and h.negated:
        muted = False
        h.take("not")
    target = h.target(*_SOUNDS, relations=("", "of", "for", "on", "in", "from"))
    second = h.target("clip", relations=("of", "from", "in", "on"))
    if second is not None and target is not None and target.kind == "sound" and target.plain:
        target = second
    if target is None and h.mark("normal"):
        target = Target(kind="sound")  # "mute the original"
    if target is not None and target.kind != "sound":
        h.absorb("clip", relations=("", "of"))  # "the clip's own audio"
    if h.marked("only") and target is not None:
        h.target("music", "clip")  # "…, just the music": what stays
    spans = h.stretch()
    if not spans and (at := h.at()) is not None:
        spans = (Span(start=at, end=Moment(edge="end"), how="after"),)
    h.say(Do.SET, Do.PLAY, Do.KEEP, Do.PUT, Thing.SOUND)
    h.mark("back")
    return Mute(target=target, spans=spans, muted=muted)


def duck(h: Hearing) -> Frame | None:
    """ "lower the music when someone speaks", "duck it during the vows" """
    if not h.say(Do.DUCK):
        return None
    h.say(Do.QUIETER, Do.SET, Do.KEEP, Degree.MUCH, Degree.A_BIT)
    target = h.target("music")
    decibels = h.take("decibel")
    while h.target("clip", relations=("for", "on", "in", "while")):
        pass
    h.stretch()
    return Duck(target=target, amount_db=abs(decibels) if decibels is not None else None, off=h.negated)


def fade(h: Hearing) -> Frame | None:
    """ "fade it out at the end", "fade from black", "fade the music in over 2 seconds", 淡入"""
    verb = h.say(*_ASKED)
    inside = h.times.at is not None and h.times.at.of is not None and h.times.at.of.numbers != (-1,)
    dips = h.has(Blend.DIP_BLACK, Blend.DIP_WHITE) and (
        h.times.at is not None or h.has(When.FIRST, When.LAST)
    )
    dips = dips and not inside
    if verb is None and dips and not h.has(Thing.TRANSITION, When.BETWEEN):
        verb = h.say(Blend.DIP_BLACK, Blend.DIP_WHITE)
    colour = None
    if verb is None and _to_black(h):
        verb = Do.FADE
    if (
        verb is None
        or (h.heard("blend") and verb not in (Blend.DIP_BLACK, Blend.DIP_WHITE))
        or h.has(Thing.TRANSITION)
    ):
        return None
    if h.heard("quoted") and h.has(Do.ADD, Do.PUT, Do.SAY):
        return None
    into, out, colour = _ends(h)
    h.say(Do.SLOWER, Degree.SOFTLY, Degree.A_BIT)
    kept = _kept(h)
    off = (_negates(h) and not kept) or bool(h.say(Do.CUT)) or h.word("scratch", "lose", "without")
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
    words = h.words()
    if words is not None:
        target = (target or Target(kind="text")).model_copy(update={"texts": (words,)})
    if target is None and h.items and h.items[0].marked("with"):
        target = Target(refer="it")  # "with a 3 second fade out" goes on
    waits = bool(h.ground.waiting("audio")) and not h.ground.pool("music")
    if target is not None and target.kind == "music" and waits and _comes_first(h):
        return None  # "background music with a fade out": it is to be added first
    h.mark("same", "also")
    own = _own_lengths(h)
    at = (
        h.times.at
        if out and not into and h.times.at is not None and h.times.at.ms > 0 and not h.times.length
        else None
    )
    length = None if own else _length(h)
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
    h.at()
    h.spans()
    of = "picture" if colour or h.has(Do.TO_BLACK, Do.FROM_BLACK) else None
    if any(target.kind == "sound" for target in h.targets()):
        of = "sound"
    elif kept:
        of = "picture"
    if target is not None and target.kind == "video" and h.target("music") is not None:
        target = None  # "the picture and the music"
    single = h.has(When.EACH) or any(item.text.startswith(EACH) for item in h.items if item.what == "target")
    each = single and target is not None and target.every == "all"
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


def _negates(h: Hearing) -> bool:
    """Whether "not" is said of the fade: not in "not a hard start: fade in from black"."""
    place = next((n for n, item in enumerate(h.items) if item.what == "not"), None)
    if place is None:
        return False
    after = next((item for item in h.items[place:] if item.what == "break" or item.value in _ASKED), None)
    return after is None or after.what != "break" or not h.has(*_ASKED)


def _kept(h: Hearing) -> bool:
    """ "Fade the video out but not the music": what is said after "not" stays as it is."""
    place = next((n for n, item in enumerate(h.items) if item.what == "not"), None)
    verb = next((n for n, item in enumerate(h.items) if item.value in _ASKED), None)
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


def _ends(h: Hearing) -> tuple[bool, bool, str | None]:
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
    return into, out, colour


def _of_time(h: Hearing) -> bool:
    """Whether "in" belongs to a moment: "2 seconds in"."""
    return any(
        item.value is Particle.IN and n and h.items[n - 1].what == "time" and not h.has(Do.FADE)
        for n, item in enumerate(h.items)
    )


def _own_lengths(h: Hearing) -> dict[str, Length]:
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


def _length(h: Hearing) -> Length | None:
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


def add_music(h: Hearing) -> Frame | None:
    """ "add this music", "lofi as bg music, 20%", "calm.mp3 for the first 30 seconds", 加上这段音乐"""
    if h.has(Do.MUTE, Do.DUCK, Do.UNDO, Thing.TITLE, Do.SWAP, Filler.RATHER) or h.heard("quoted", "look"):
        return None
    waiting = h.ground.waiting("audio")
    named = _audio(h)
    asked = h.has(Thing.MUSIC) or any(target.kind == "music" for target in h.targets())
    if not named and not asked:
        return None
    source = _source(h)
    if h.has(Do.CUT) and source is None:
        return None
    there = h.ground.pool("music")
    laid = any(asset in waiting for asset in named)
    fades = h.has(*_ASKED)
    if there and not laid and (fades or source is not None):
        return None
    verb = h.say(Do.ADD, Do.PUT, Do.MERGE, Do.SCORE, Do.PLAY, Do.MOVE, Do.SET)
    back = h.marked("back") and not there and asked
    wishes = verb in (Do.ADD, Do.PUT, Do.MERGE, Do.SCORE)
    first = (
        asked
        and not there
        and not h.has(Do.LOUDER, Do.QUIETER)
        and (not fades or (bool(waiting) and _comes_first(h)))
    )
    wishes = wishes and not (there and not laid and verb is Do.PUT)  # 音乐从第三秒开始放
    if not (wishes or laid or back or first) or (there and not laid and not wishes):
        return None
    if h.has(Do.LOUDER, Do.QUIETER) and not named and not h.heard("percent", "decibel", "factor"):
        return None  # "I want the music softer"
    file = _file(h)
    rest = any(t.refer == "others" for t in h.targets()) or h.word(*listed("later_part"))
    if rest:
        h.target(relations=("", "for", "to", "over", "under"))
        h.say(When.LAST, When.AFTER)
    h.absorb("music", relations=("", "as", "with", "of", "on", "for", "to"))  # "lofi.mp3 as music"
    over = h.related("over", "under", "for", "on", "to", "of", "in", "while", kinds=("clip",))
    if over is not None and over.kind in ("video", "all"):
        over = None
    h.absorb(relations=("over", "under", "for", "on", "to", "in"))
    h.absorb("clip", relations=("",))  # "give my video this music"
    if h.has(Do.KEEP, Do.SET):
        h.absorb(relations=("",))  # "add music but keep it quiet"
        h.say(Do.KEEP)
    h.mark("back")
    h.say(
        When.FOR,
        Where.BOTTOM,
        Thing.BACKGROUND,
        Thing.MUSIC,
        Thing.SOUND,
        Thing.FILE,
        Do.UPLOAD,
        When.END if back else When.FOR,
    )
    h.word("bg", "background", "from", "underneath", *listed("just_sent"))
    span = None if source is not None else next(iter(h.spans()), None)
    at, length = h.at(), h.length()
    volume = _volume(h)
    fade_in, fade_out = None, None
    if fades:
        fade_in, fade_out = _fades_of(h, span.how if span is not None else "", length)
        length = None
        span = None if span is not None and span.how in ("head", "tail") else span
        at = None if at is not None and at.edge == "end" else at
    h.say(When.END, When.AT, When.START, When.FROM)
    return AddMusic(
        file=file, span=span, at=at, length=length, over=over, source=source, volume=volume,
        fade_in=fade_in, fade_out=fade_out,
        rest=rest and span is None,
    )  # fmt: skip


def _comes_first(h: Hearing) -> bool:
    """Whether the music is named before the fade, which is then no verb with the music as its object."""
    fade = next((n for n, item in enumerate(h.items) if item.value in _ASKED), 0)
    return any(item.what == "target" and item.value.kind == "music" for item in h.items[:fade])


def _file(h: Hearing) -> Target | None:
    """The target that names an upload; else one that can be music."""
    for place, item in enumerate(h.items):
        names = item.value.names if item.what == "target" and place not in h.bound else ()
        if any(h.ground.asset(name, "audio") is not None for name in names):
            h.bind_target(place)
            found: Target = item.value
            return found
    return h.target("music", relations=("", "with", "of", "for")) or h.target(relations=("", "with"))


def _source(h: Hearing) -> Length | None:
    """ "Skip the first 5 seconds of the song", "from its 0:05": where in its file it starts."""
    for place, item in enumerate(h.items):
        if item.what != "target" or item.relation != "of" or not h.times.spans:
            continue
        span = h.times.spans[0]
        if h.clause.kinds[place] <= {"music"} or item.value.kind == "music":
            if h.has(Do.CUT) and span.how == "head":
                h.say(Do.CUT)
                h.spans()
                h.bind_target(place)
                return Length(ms=span.end.ms, share=span.end.share)
            if span.how == "after":
                h.spans()
                h.bind_target(place)
                return Length(ms=span.start.ms, share=span.start.share)
    return None


def _volume(h: Hearing) -> Amount | None:
    """How loud it is to be, as far as that was said."""
    soft = h.say(Degree.SOFTLY)
    h.say(Thing.VOLUME)
    verb = h.say(Do.LOUDER, Do.QUIETER)
    amount = h.amount(
        up=True if verb is Do.LOUDER else False if verb is Do.QUIETER else None,
        units=("share", "db", "factor"),
    )
    if amount.value is not None or verb is not None:
        return amount
    return Amount(value=0.3, unit="share", way="to") if soft else None


def _fades_of(h: Hearing, how: str, length: Length | None) -> tuple[Length | None, Length | None]:
    """ "… with a 3 second fade out": how long it fades in and out."""
    own = _own_lengths(h)
    into, out, _ = _ends(h)
    h.say(*_ASKED)
    if how in ("head", "tail"):
        length = _length(h)
    usual = length or Length(ms=2000)
    if into and not out and h.has(When.END, When.LAST):
        into, out = False, True
    fade_in = own.get("in_length", usual) if into or not out else None
    fade_out = own.get("out_length", usual) if out or not into else None
    return fade_in, fade_out


def _audio(h: Hearing) -> list[Any]:
    found = []
    for target in h.targets():
        for name in target.names:
            asset = h.ground.asset(name, "audio")
            if asset is not None:
                found.append(asset)
    return found


FAMILIES = (
    Family("set_volume", set_volume),
    Family("mute", mute),
    Family("duck", duck, 0.5),
    Family("fade", fade),
    Family("add_music", add_music),
)
