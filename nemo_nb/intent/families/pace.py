"""How fast, how long and when: speed, reverse, freezing, and when what lies over the picture is there."""

from __future__ import annotations

from ...language.concepts import Degree, Do, Filler, Join, Particle, Thing, When
from ...tongues import every
from ..frames import Fit, Follow, Frame, Freeze, Retime, Reverse, SetSpeed
from ..hearing import Hearing
from ..lexicon import either, listed, measured
from ..resolve import ABOVE
from ..slots import Amount, Length, Moment, Target
from ..times import HANDLES
from .base import SPEEDS, STOPS, UNTIL, Family, centred, found_by, only_photos, waits

FASTEST = 16.0
_SPEEDS = tuple(word for speeds in every("sentences", "SPEEDS") for word in speeds)


def repeats(h: Hearing) -> bool:
    """ "So it plays three times": how often, and not how fast."""
    often = any(item.what == "factor" and item.text.endswith(either("times_of_it")) for item in h.items)
    shown = h.has(Do.PLAY, Do.SHOW) or not h.texts().isdisjoint(listed("in_turn"))
    return often and shown and not h.has(*SPEEDS)


def set_speed(h: Hearing) -> Frame | None:
    """ "play it at 4x", "slow down the first 3 seconds by half", "make the fry clip twice as fast" """
    copied = (
        h.marked("again") and h.times.at == Moment(edge="end") and any(target.names for target in h.targets())
    )
    if copied and not h.of(Do):
        return None  # "the goal again at the end at half speed": a copy of it is
    verb = h.say(Do.FASTER, Do.SLOWER)
    noun = h.say(Thing.SPEED)
    if repeats(h) or (verb is None and h.marked("same") and not h.heard("factor", "percent", "number")):
        return None  # "fry at the same speed" follows what was done before
    paced_down = any(item.what == "factor" and item.text.endswith(_SPEEDS) for item in h.items)  # 降到0.5倍速
    above = any(target.kind in ABOVE for target in h.targets())
    run = h.has(Do.PLAY) and h.heard("percent") and not above  # "run it at 125%"
    factor = h.heard("factor", *(("percent",) if run else ())) and not h.has(
        Do.REPEAT,
        Thing.VOLUME,
        *(() if paced_down else (Do.LOUDER, Do.QUIETER)),
        Do.CROP,
        Do.ZOOM,
        Do.BIGGER,
        Do.SMALLER,
        Do.UNDO,
    )
    if (
        (verb is None and noun is None and not factor)
        or h.has(Thing.TRANSITION, Thing.FADE)
        or h.heard("blend")
    ):
        return None  # "the transition is too slow"
    if (
        verb is None
        and noun is None
        and h.targets("music", "text", "caption", "logo")
        and not h.targets("clip")
    ):
        return None
    if h.has(Degree.DOUBLE) and h.has(Degree.HALF):
        return None  # "the forest twice, the second time half speed"
    if len(h.times.spans) > 1 and h.heard("factor", "percent") and h.marked("normal"):
        return None  # "the first half at 2x, the second half normal"
    target = h.target("clip", "b-roll")
    while (more := h.target("clip", relations=("", "of"))) is not None:
        if target is not None and target.rest and more.names:
            target = more.model_copy(update={"refer": "others"})  # "the rest of the goal"
        if not more.plain:
            break
    # "speed it up so that the whole thing lasts 5 seconds": both are the same
    spans = h.stretch()
    complaint = verb is not None and any(
        item.value is verb and item.text.startswith(either("too")) for item in h.items
    )
    paced = any(deed.frame.get("frame") == "set_speed" for deed in h.ground.memory.last_deeds)
    if verb is None and noun is None and target is None and not spans and paced:
        return None  # "2x" after "speed it up to 4x"
    if complaint and target is None and not spans and paced:
        target = Target(refer="it")
    up = True if verb is Do.FASTER else False if verb is Do.SLOWER else None
    _pass_from(h)
    if up is None and noun is not None and h.has(Do.LOUDER, Do.QUIETER):
        up = h.has(Do.LOUDER)  # 速度提高50%
    amount = h.amount(up=up, units=("share", "factor", "number"))
    if amount.value is None and (complaint or h.word("factor")) and (number := h.take("number")) is not None:
        h.say(When.BY)
        amount = Amount(value=float(number), unit="factor", way="to", up=up)  # "by a factor of two"
    if complaint and amount.value is None and paced:
        amount = amount.model_copy(update={"step": "bit"})
    normal = h.mark("normal") or (noun is not None and any(t.startswith(either("normal")) for t in h.texts()))
    if amount.value is not None and complaint:
        h.mark("plenty")  # "that was too slow, 70 percent is enough"
    if (noun is not None or complaint) and normal and amount.value is None:
        amount = Amount(value=1, unit="factor", way="to")
        h.mark("back")
        h.say(When.TO, Do.KEEP)
    if (
        verb is not None
        and amount.value is not None
        and any(i.value is verb and i.text.endswith(either("sets_to")) for i in h.items)
    ):
        amount = amount.model_copy(update={"way": "to"})
    if (
        up
        and amount.unit == "share"
        and amount.way == "to"
        and (amount.value or 1) < 1
        and not h.has(When.TO)
    ):
        amount = amount.model_copy(update={"way": "by"})  # "speed it up a bit, 10 percent or so"
    if amount.unit == "share" and amount.way is None and h.has(When.TO):
        amount = amount.model_copy(update={"way": "to"})  # 放慢到原来的四分之一
    if complaint and amount.value is not None:
        amount = amount.model_copy(update={"up": None, "way": "to"})
        if (
            amount.unit in ("factor", "number") and (amount.value or 0) > FASTEST
        ):  # "too slow, 75", after "to 50%"
            amount = amount.model_copy(update={"value": (amount.value or 0) / 100, "unit": "share"})
    length = None if amount.value is not None else h.to() or h.length()
    h.say(
        Do.SET,
        Do.PLAY,
        Do.CHANGE,
        Do.FIT,
        Thing.LENGTH,
        When.TO,
        When.AT,
        When.FOR,
        Do.LOUDER,
        Do.QUIETER,
        Do.ADD,
        Do.BACK,
        Do.SHOW,
    )
    if measured(h.language):
        h.say(Do.PUT)
    return SetSpeed(target=target, spans=spans, amount=amount, length=length)


def reverse(h: Hearing) -> Frame | None:
    if h.has(Thing.ORDER) or not h.say(Do.REVERSE):
        return None
    if h.marked("again") or (h.times.at is not None and not h.times.length):
        return None  # "the cake once more, backwards": a copy of it
    target = h.target("clip", "b-roll")
    spans = h.stretch()
    h.say(Do.PLAY, Do.SET, Do.PUT)
    return Reverse(target=target, spans=spans)


def _pass_from(h: Hearing) -> None:
    """ "From 1x to 2x": it is the second that is wished for."""
    values = [n for n, item in enumerate(h.items) if item.what in ("factor", "percent")]
    if len(values) == 2 and h.has(When.FROM) and h.has(When.TO):
        h.say(When.FROM)
        h.bound.add(values[0])


def _bare_number(h: Hearing) -> float | None:
    frozen = any(deed.frame.get("frame") == "freeze" for deed in h.ground.memory.last_deeds)
    found = h.take("number") if frozen and not h.heard("time") else None
    return float(found) if found is not None else None


def freeze(h: Hearing) -> Frame | None:
    """ "freeze at 5s for 2 seconds", "hold the last frame", 定格"""
    if not h.say(Do.FREEZE):
        return None
    at: Moment | None = None
    length: Length | None = None
    if h.items and h.has(Do.SET) and not h.times.at and (number := _bare_number(h)) is not None:
        h.say(Do.SET)
        return Follow(like="freeze", length=Length(ms=round(number * 1000)))  # "make the freeze 5"
    texts = [item.text for item in h.items]
    frames = [n for n, text in enumerate(texts) if text in listed("frame")]
    before = [
        h.items[n - back].value for n in frames for back in (1, 2) if n >= back
    ]  # "the last frame", 最后一帧
    edge = next((value for value in before if value in (When.FIRST, When.LAST)), None)
    target = h.target("clip", relations=("", "of", "on", "in"))
    if target is not None and target.names and waits(h, target, h.ground.waiting("image")):
        return None  # it is put there first
    if (
        edge is None
        and target is not None
        and target.kind in ("video", "image")
        and target.numbers in ((1,), (-1,))
    ):
        edge = When.FIRST if target.numbers == (1,) else When.LAST
        target = h.target("clip", relations=("", "of", "in", "on"))
    if edge is not None:
        at = Moment(edge="start" if edge is When.FIRST else "end")
        h.say(When.FIRST, When.LAST)
        length = h.length() or h.to()
        if length is None and measured(h.language) and (span := next(iter(h.spans()), None)) is not None:
            length = Length(ms=abs(span.start.ms or span.end.ms))  # 最后一帧定格3秒
    elif h.times.spans:
        span = h.spans()[0]
        at = span.end if span.how == "tail" else span.start
        if span.how in ("head", "tail"):
            side = span.end if span.how == "head" else span.start
            length = Length(ms=abs(side.ms), share=abs(side.share))
    else:
        at, length = h.at(), h.length() or h.to()
    h.word(*listed("frame"))
    if edge is not None and measured(h.language):
        h.take("number")  # 最后一帧
    h.say(Thing.VIDEO, Thing.DIMENSIONS, When.LAST, When.END, When.FIRST, Thing.IMAGE)
    return Freeze(target=target, at=at, length=length)


def retime(h: Hearing) -> Frame | None:
    """ "make the title last 5 seconds", "move the music to 0:03", "the logo from 2 to 6 s", "until 0:08" """
    if h.marked("same"):
        return None  # "(fade that one out and) the same for the music at the end"
    shows = h.times.shift is not None and not h.heard("quoted")  # 标题晚两秒出现
    if h.has(
        Thing.VOLUME,
        Do.MUTE,
        *SPEEDS,
        *(() if shows else (Do.ADD,)),
        Do.DUCK,
        Do.FADE,
        Do.FADE_IN,
        Do.FADE_OUT,
        Thing.FADE,
    ):
        return None
    if h.heard("quoted") and h.has(Do.ADD, Do.SAY, Do.CHANGE):
        return None
    if only_photos(h) or (h.marked("same") and h.targets("text", "caption") and h.targets("clip")):
        return None
    target = h.target("text", "caption", "logo", "b-roll", "music")
    if target is None or (target.plain and not _above(target) and not h.ground.mentioned(ABOVE)):
        return None
    if target.kind == "music" and h.ground.waiting("audio") and not h.ground.pool("music"):
        return None  # it is added first
    if target.kind == "image" and h.ground.waiting("image") and not h.ground.pool("logo", "b-roll"):
        return None  # the photo is put in first
    joined = any(deed.frame["frame"] == "transition" for deed in h.ground.memory.last_deeds)
    if joined and target.only_it and h.times.length is not None:
        return None  # "no, make it a full second", of a crossfade
    strange = target.names or (target.unknown and target.kind is None)
    if strange and not any(h.ground.kinds[item.id] in ABOVE for item in found_by(h, target)):
        return None
    if centred(h, target) or (h.has(Thing.TRANSITION) and not h.has(When.BETWEEN)):
        return None  # "the whoosh on the first cut": which of them nobody knows
    words = h.words()
    if words is not None:
        if not any(words.lower() in item.text.lower() for item in h.ground.pool("text", "caption")):
            return None  # "opening title “Sunset Drive”, four seconds"
        target = target.model_copy(update={"texts": (words,)})
    if h.marked("also") and not h.of(Do):
        return None  # "…, music as well, 2 seconds each": as was just done
    verb = h.say(
        Do.SET,
        Do.MOVE,
        Do.PUT,
        Do.TRIM,
        Do.FIT,
        Do.SHOW,
        Do.PLAY,
        Do.KEEP,
        Do.GO,
        Do.CUT,
        Do.CHANGE,
        Do.FREEZE,
        Thing.LENGTH,
    )
    if h.has(Do.CUT) and not (h.times.to or h.times.spans or h.times.at):
        return None  # "beim Strand soll sie weg"
    if verb is None and target.plain and target.refer is None and not h.ground.pool(*ABOVE):
        return None  # "title Anna & Paul at the start"
    shift = h.shift()
    if shift is not None:
        h.say(Do.ADD, Join.THEN)
        return Retime(target=target, shift_ms=shift)
    stops = any(item.what == "not" and STOPS.match(item.text) for item in h.items)
    if stops:
        h.take("not")
    last = next(iter(h.ground.memory.mentions), None)
    if (
        target.plain
        and target.kind is None
        and verb in (Do.TRIM, Do.FIT, Do.CUT)
        and (last is None or last.kind in ("text", "caption"))
    ):
        return None  # "trim it to 5 seconds": the video, whatever title was put over it
    longer, shorter = h.say(Degree.LONGER), verb is Do.FIT and any(item.marked("shorter") for item in h.items)
    handles = [item.text for item in h.items if item.text in HANDLES]
    h.word(*handles)
    span = next(iter(h.spans()), None)
    to, length, at = h.to(), h.length(), h.at()
    if span is not None and span.how == "head" and not span.end.of and h.mark("only"):
        length, span = Length(ms=span.end.ms, share=span.end.share), None  # "only for its first 5 seconds"
    real = [moment for moment in h.times.moments if moment.ms or moment.share or moment.of]
    if at is not None and real:
        at = real[0]
    if at == Moment() and h.has(When.LATER, When.EARLIER):
        return None  # "make it start a bit later": how much nobody said
    if (at is not None or span is not None) and h.say(When.LATER, When.EARLIER):
        h.say(Degree.A_BIT, Degree.MUCH)  # "a bit later, like at 7"
    until = None
    if span is not None and span.how == "after" and h.has(Do.CUT, Do.GO) and not span.start.of:
        length, span = (
            Length(ms=span.start.ms, share=span.start.share),
            None,
        )  # "make it disappear after 2 seconds"
    if span is not None and span.how == "head" and (h.has(Do.CUT) or (verb is Do.TRIM and h.has(When.OFF))):
        return None  # "skip its first 10 seconds": they go
    if at is not None and at.of is not None and at.of.only_it and at.ms:
        return None  # "from its 10 second mark": where in its file, and not when
    if h.has(When.OFF) and length is not None and verb in (Do.CUT, Do.TRIM):
        h.say(When.OFF)
        return Fit(target=target, by=length)  # "trim 1 second off the b-roll"
    pushed = bool(h.texts() & listed("pushes")) and not h.has(Particle.DOWN)
    moves = h.has(Do.MOVE, Do.PUT) or pushed
    if not moves and at is not None and at.edge == "end" and not at.ms and _till_the_end(h):
        until, at = at, None
    ends = (
        stops
        or verb is Do.CUT
        or any(
            UNTIL.search(item.text)
            for item in h.items
            if item.value in (When.TO, When.END) or item.marked("until")
        )
    )
    if to is not None and (ends or handles) and not moves:
        until, to = Moment(ms=to.ms, share=to.share), None
    if at is not None and ends and not moves and (at.edge != "end" or at.ms or at.of):
        until, at = at, None
        h.say(When.END)
    down = any(item.text.startswith(either("downwards")) for item in h.items if item.value is When.TO)
    if (
        to is not None and moves and not (down or h.has(Do.FIT))
    ):  # "bring the title down to 3 seconds" is a length
        at, to = Moment(ms=to.ms), None
    if length is not None and h.has(Do.MOVE) and at is None and not h.has(When.FOR):
        at, length = Moment(ms=length.ms), None
    refused = next((n for n, item in enumerate(h.items) if item.what == "not"), None)
    if refused is not None and at is not None and refused > min(h.times.taken, default=refused):
        h.bound.update(range(refused, len(h.items)))  # "at 2 seconds, not right away"
        h.word("in", "appear", "come")
    if at is not None and h.items[-1].text in listed("up_to_here"):
        until, at = at, None  # 提前到第1秒结束
    if h.say(Filler.RATHER):
        h.take("time", "number")  # "5 seconds rather than 3"
    h.say(When.START, When.FOR, When.FROM, When.AT, When.TO, When.END)
    if span is not None and span.how == "after" and until is not None:
        span, until = (
            span.model_copy(update={"end": until, "how": "range"}),
            None,
        )  # "from 1 s, and until 0:06"
    if longer or shorter:
        h.word(*listed("is_shown"))
        h.say(Degree.A_BIT, Degree.MUCH)
        return Fit(target=target, by=length or to or Length(), longer=bool(longer))
    over = h.related("over", "on", "in", "for", kinds=("clip",))
    whole = over is not None and over.kind in ("video", "all")
    if whole:
        over = None
    if moves:
        h.mark("back")
    if not (span or to or length or at or until or whole or over):
        entire = h.related("", kinds=("clip",))  # "it should be there the whole time"
        whole = entire is not None and entire == Target(kind="video", every="all")
        if not whole:
            return None
    return Retime(target=target, at=at, span=span, length=to or length, until=until, whole=whole, over=over)


def _till_the_end(h: Hearing) -> bool:
    return any(a.value is When.TO or a.marked("until") for a in h.items)


def _above(target: Target) -> bool:
    return target.kind in ("text", "caption", "logo", "b-roll", "music", "image") or bool(
        target.names or target.texts
    )


FAMILIES = (
    Family("set_speed", set_speed),
    Family("reverse", reverse),
    Family("freeze", freeze),
    Family("retime", retime, -0.2),
)
