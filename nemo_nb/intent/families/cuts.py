"""Cutting, keeping, fitting, splitting: what is done to time."""

from __future__ import annotations

import itertools
import re
from itertools import pairwise

from ...language.concepts import Ask, Degree, Do, Particle, Shape, Thing, When
from ..frames import CutOut, Fit, Follow, Frame, Keep, KeepOnly, Remove, SetSpeed, Split, Transition, frame_of
from ..hearing import Hearing
from ..lexicon import either, listed, matching, measured
from ..phrase import ADVERBS
from ..resolve import ABOVE, Found
from ..slots import Length, Moment, Span, Target
from ..sparing import all_but
from ..times import HANDLES
from .base import (
    SPEEDS,
    STOPS,
    Family,
    found_by,
    lacks_what_comes,
    music_under,
    objects,
    of_what_lies_above,
    only_photos,
)
from .shape import takes_a_side

_GONE = (Do.CUT, Do.TRIM, Do.GO)


def _timed_only(h: Hearing) -> bool:
    """Whether something else than time is spoken of that a cut has nothing to do with."""
    return not (h.heard("quoted", "look", "colour", "blend", "ratio") or h.has(*Shape))


def cut_out(h: Hearing) -> Frame | None:
    """ "lose the first 4 seconds", "cut 0:03 to 0:06", "the last 2 seconds can go", "trim 3 seconds off the end" """
    if h.has(When.EXCEPT) or h.marked("except") or _names_points(h):
        return None  # "cut everything but the first 5 seconds" keeps them
    if matching("supposes").match(h.clause.said.lower()) or matching("cut_too_much").search(
        h.clause.said.lower()
    ):
        return None  # something is to come back, or only supposed
    if h.clause.said.lower().startswith("cut to ") and h.times.how == "after":
        return None  # "cut to the interview but from 4 s in": it comes next
    assumed = False
    verb = h.say(*_GONE, When.OFF, Do.FIT, Do.QUIETER)
    out = h.say(Particle.OUT) is not None and bool(h.times.spans)
    negated = (
        h.negated
        and not h.marked("only")  # "not so long, only its last 3 seconds"
        and not [deed for deed in h.of(Do) if deed is not Do.ADD]
        and not any(t.kind in ("sound", "music") for t in h.targets())
        and not h.texts() & listed("appears")  # "(could the logo …) and not appear in the first 3 seconds"
    )
    edged = h.times.how in ("head", "tail") or h.has(When.OFF)
    if verb is Do.QUIETER and not edged:
        return None
    if verb is Do.FIT and not (edged or h.has(When.FROM) or h.times.spans):
        return None
    if any(target.kind in ("sound", "music") for target in h.targets()):
        return None  # "cut the sound from 10 to 20"
    if verb is None and not out and not negated:
        return None
    if h.has(Do.KEEP, *SPEEDS) or (h.targets(*ABOVE) and not h.targets("clip")) or h.has(Thing.VOLUME):
        return None
    if _every(h):
        return None  # "cut it every 2 seconds"
    of_it = bool(h.targets()) and all(target.only_it for target in h.targets())
    if of_it and h.times.how == "after" and h.ground.spoken_kind in ("text", "caption", "logo"):
        return None  # "make it go away after 3 s", of a title
    ranged = bool(h.times.spans) and h.times.how == "range"
    strange = [t for t in h.targets() if t.unknown and t.kind is None and not t.names and ranged]
    target = None if strange else h.target("clip", relations=("", "of", "from", "in", "on", "for"))
    if h.times.spans and _has_rest(h):
        return None  # "just the first half, bin the rest"
    spans = h.spans() or _counted(h)
    if verb is Do.TRIM and spans and spans[-1].how in ("range", "middle") and not h.has(Do.CUT):
        return None  # "trim to 0:02-0:05" keeps it
    if ranged and h.word("down to"):
        return Keep(target=target, spans=spans)  # "cut it down to the bit between 8 and 20 s"
    if _down_to(h):
        return None
    if negated:
        h.take("not")
        h.say(Do.ADD)
    if h.texts() & listed("whole_side"):
        h.say(Do.SPLIT)  # "split it at 2 and delete everything after"
    if not spans and h.has(When.BOTH_ENDS) and h.times.length is not None:
        h.say(When.BOTH_ENDS)
        length = h.length() or Length()
        spans = (Span(start=Moment(), end=Moment(ms=length.ms), how="head"), _tail(length))
    if len(spans) == 1 and spans[0].how == "after" and h.has(When.BEFORE):
        h.say(When.BEFORE, When.START)  # "start at 12 seconds, everything before that can go"
        h.word(*listed("all_before"))
        spans = (Span(start=Moment(), end=spans[0].start, how="before"),)
    if spans and h.times.at is not None and not h.times.at.ms and not h.times.at.of:
        h.at()  # "cut the boring start, the first 15 s"
    if not spans:
        beyond, until = h.related("after"), h.related("before")
        if beyond is not None:
            spans = (Span(start=Moment(edge="end", of=beyond), end=Moment(edge="end"), how="after"),)
        elif until is not None:
            spans = (Span(start=Moment(), end=Moment(of=until), how="before"),)
    if not spans:
        if h.times.at is not None and h.times.at.edge == "end" and not h.times.at.ms and h.marked("so"):
            return None  # "trim the end so that it is a minute"
        at, span = h.at(), h.length()
        if at is not None and at.of is not None and span is None and _all(target):
            rest = Span(start=at, end=Moment(edge="end"), how="after")  # "cut everything after that"
            spans = (rest if at.edge == "end" else Span(start=Moment(), end=at, how="before"),)
            target = None
        elif at is not None and span is not None:
            spans = (_from(at, span),)
        elif span is not None and h.times.to is None:
            if h.marked("plenty") and (same := _same_cut(h, target)) is not None:
                return Follow(way="instead", length=span) if same else None  # 客厅剪两秒就行
            if verb is None and not out:
                return None  # 不行，18秒: from where nobody said, nor that it is to be cut
            if h.marked("so"):
                return None  # "trim it so it's only 5 seconds" is how long it is to be
            before = _once_more(h)
            head = before is not None and before.spans[0].how == "head"
            spans = (Span(start=Moment(), end=Moment(ms=span.ms), how="head"),) if head else (_tail(span),)
            if before is not None and target is None:
                target = before.target
            assumed = before is None
        else:
            return None
    h.say(Thing.LENGTH, When.BY, Do.SET, When.EACH)
    if target is not None and target.names and not out and not h.has(When.OFF, Do.GO) and _only_takes(h):
        return Keep(target=target, spans=spans)  # "take seconds 40 to 60 of the fight": those are used
    return CutOut(target=target, spans=spans, assumed=assumed)


def _only_takes(h: Hearing) -> bool:
    """ "Take …", and nothing is taken out, off or away."""
    verbs = [item.text for item in h.items if item.what == "do"]
    away = h.has(Particle.OUT, When.OFF) or any(item.value is When.FROM for item in h.items)
    return bool(verbs) and all(text in listed("only_takes") for text in verbs) and not away


def ends_with(h: Hearing) -> Frame | None:
    """ "Make the picture end together with the voiceover", "cut the video off when the song is over": what comes after
    goes.
    """
    film = any(t.plain and (t.kind == "video" or (t.kind is None and t.every == "all")) for t in h.targets())
    sounds = [n for n, item in enumerate(h.items) if item.what == "target" and h.clause.kinds[n] == {"music"}]
    verbs = {item.value for item in h.items if item.what == "do" and not STOPS.match(item.text)}
    negated = any(item.what == "not" and not STOPS.match(item.text) for item in h.items)
    if not film or len(sounds) != 1 or negated or verbs - {Do.SET, Do.GO, Do.FIT, Do.CUT, Do.TRIM}:
        return None
    if h.heard("percent", "factor", "quoted", "look", "blend", "number", "time") or h.times.spans:
        return None
    place = sounds[0]
    sound, at = h.items[place], h.times.at
    stops = any(STOPS.match(item.text) for item in h.items if item.what not in ("target", "quoted"))
    told = at is not None and at.edge == "end" and at.of == sound.value and not at.ms
    closes = sound.relation == "" and h.items[place - 1].text == h.items[place - 2].text  # "end with"
    if not (
        (closes and stops)
        or (sound.relation in ("with", "while") and stops)
        or (told and (verbs & {Do.CUT, Do.TRIM} or stops))
    ):
        return None
    if not found_by(h, sound.value):
        return None
    h.bound.update(
        n for n, item in enumerate(h.items) if STOPS.match(item.text) or item.text in listed("together")
    )
    h.target("clip", relations=("",))
    h.absorb(relations=("", "of"))
    h.bind_target(place)
    h.at()
    h.say(Do.SET, Do.CUT, Do.TRIM, Do.GO, Do.FIT, When.OFF, When.END, When.AT, When.TO, Ask.WHETHER)
    return CutOut(
        spans=(Span(start=Moment(edge="end", of=sound.value), end=Moment(edge="end"), how="after"),)
    )


def _all(target: Target | None) -> bool:
    return target is not None and target.every == "all" and target.kind is None and target.but is None


def _same_cut(h: Hearing, target: Target | None) -> bool | None:
    """Whether the last message cut the same clip at one end; None where it cut nothing."""
    deeds = h.ground.memory.last_deeds
    if not deeds or deeds[-1].frame.get("frame") != "cut_out":
        return None
    found = h.ground.find(target) if target is not None else None
    return target is None or (isinstance(found, Found) and set(found.ids) <= set(deeds[-1].ids))


def _once_more(h: Hearing) -> CutOut | None:
    """ "One more second", 再剪一秒, 地铁也剪3秒: the cut of the last message, whose place and clip are meant again."""
    deeds = h.ground.memory.last_deeds
    if not deeds or deeds[-1].frame.get("frame") != "cut_out":
        return None
    start = h.items[0].start if h.items else 0
    said = h.clause.text[max(0, start - 1) : start] + h.clause.said.lower()
    more = (
        h.mark("more", "again", "also")
        or h.word(*listed("another"))
        or matching("one_more_time").search(said)
    )
    frame = frame_of(deeds[-1].frame)
    edged = isinstance(frame, CutOut) and len(frame.spans) == 1 and frame.spans[0].how in ("head", "tail")
    return frame if more and edged and isinstance(frame, CutOut) else None


def _every(h: Hearing) -> bool:
    return any(
        a.text in listed("every") and b.what == "time" for a, b in zip(h.items, h.items[1:], strict=False)
    )


def _counts_second(h: Hearing) -> bool:
    takes = any(item.value is Do.CUT and item.text[-1:] in listed("cuts_off") for item in h.items)
    counted = any(item.what == "time" and item.text.startswith(either("nth")) for item in h.items)
    placed = h.has(When.AT, When.FROM, When.TO, When.AFTER, When.BEFORE)
    return takes and counted and not placed and h.times.at is not None and h.times.at.of is None


def _counted(h: Hearing) -> tuple[Span, ...]:
    """剪掉第一秒: the second that is counted goes, all of it; 在第三秒剪 names a place."""
    at = h.times.at
    if at is None or not _counts_second(h):
        return ()
    h.at()
    return (Span(start=Moment(ms=max(0, at.ms - 1000)), end=at),)


def _has_rest(h: Hearing) -> bool:
    return any(
        item.what == "target" and item.value.rest and item.relation not in ("of", "from") for item in h.items
    )


def _from(at: Moment, length: Length) -> Span:
    """So much from a moment on; of the end what comes before it, of the middle what lies around it."""
    if at.edge == "end" and not at.ms and not at.share:
        return Span(
            start=at.model_copy(update={"ms": -length.ms, "share": -length.share}), end=at, how="tail"
        )
    if at.edge == "middle" and not at.ms:
        start = at.model_copy(update={"ms": -length.ms // 2})
        return Span(start=start, end=at.model_copy(update={"ms": start.ms + length.ms}), how="middle")
    head = at.edge == "start" and not at.ms and not at.share and at.of is None
    return Span(
        start=at, end=at.model_copy(update={"ms": at.ms + length.ms}), how="head" if head else "range"
    )


def _tail(length: Length) -> Span:
    return Span(
        start=Moment(edge="end", ms=-length.ms, share=-length.share), end=Moment(edge="end"), how="tail"
    )


def _down_to(h: Hearing) -> bool:
    """ "cut b.mp4 to its first 3 seconds" """
    pronoun = [
        item
        for item in h.items
        if item.what == "target" and item.value.refer == "it" and item.value.kind is None
    ]
    places = [item for item in h.items if item.what not in ("filler", "mark") and item not in pronoun]
    edges = (When.FIRST, When.LAST)
    return not h.has(When.FROM) and any(
        (
            a.value is When.TO
            or (
                isinstance(a.value, Do)
                and (a.text[-1:] in listed("up_to_a_length") or a.text.endswith(" to"))
            )
        )
        and b.value in edges
        for a, b in itertools.pairwise(places)
    )


def keep(h: Hearing) -> Frame | None:
    """ "keep 0:02 to 0:05", "only the last 10 seconds", "I want from 3 to 8 s", "cut it to its first 3 seconds" """
    down = _down_to(h)
    spans = h.spans()
    if (h.negated and not _has_rest(h)) or _names_image(h):
        return None
    if h.texts() & listed("only_that_part") and not (h.first or h.alone):
        return None  # "(mute it, but) only the part after the title"
    deeds = [deed for deed in h.of(Do) if deed in (Do.CUT, Do.KEEP)]
    if deeds[:1] == [Do.CUT] and Do.KEEP in deeds and _has_rest(h):
        return None  # "lose the first 4 seconds, keep the rest"
    if not spans or h.has(*SPEEDS) or (h.targets(*ABOVE) and not h.targets("clip")):
        return None
    keeps = h.has(Do.KEEP) and not h.has(*_GONE)
    if len(spans) > 1 and not keeps and (h.marked("except") or h.has(When.EXCEPT)):
        return None  # "cut 3 to 8 except 5 to 6"
    verb = h.say(Do.KEEP, When.EXCEPT)
    if h.mark("except") or h.has(When.EXCEPT):
        verb = verb or Do.KEEP
        h.say(*_GONE, Thing.ALL)
        spans = all_but(spans) if keeps else spans  # "keep everything except 0:20 to 0:22"
    trims = spans[-1].how in ("range", "middle") and h.say(Do.TRIM) is not None
    if down:
        h.say(Do.CUT, Do.TRIM, Do.FIT, Do.QUIETER, When.TO, Particle.DOWN)
    only = h.mark("only")
    rest = None
    if _has_rest(h) and (h.has(Do.CUT) or h.negated):
        rest = h.say(Do.CUT, Do.PUT, Particle.OUT) or h.take("not")
        for place, item in enumerate(h.items):
            if item.what == "target" and item.value.rest:
                h.bound.add(place)
    plain = h.say(Do.SHOW, Do.PLAY, Do.ADD) if not (verb or trims or down) and (only or _wishes(h)) else None
    if _names_points(h):
        if not (h.alone or h.targets("clip")):
            return None  # "title “Hi”, in at 0:03, out at 0:08"
        h.say(Do.SET, Do.PUT, When.TO, When.START, When.END)
        verb = verb or Do.KEEP
    if not (verb or trims or down or rest or plain or only):
        return None
    if not (verb or trims or down or rest) and (not h.first or _names_image(h)):
        return None  # "logo top left, only in the last 3 seconds"
    target = h.target("clip", relations=("", "of", "from", "in", "on"))
    h.absorb(
        "clip", relations=("", "of", "from", "in")
    )  # "of the vows I only want 0:03 to 0:12 of that clip"
    if measured(h.language):
        h.say(Do.SAY, When.BETWEEN)
    return Keep(target=target, spans=spans)


def _names_image(h: Hearing) -> bool:
    images = any(target.kind == "image" for target in h.targets())
    return images or any(
        h.ground.asset(name, "image", "audio") for target in h.targets() for name in target.names
    )


def _wishes(h: Hearing) -> bool:
    return bool(h.texts() & {"give me", "gimme", "show me", "want", "need", "i only need", "use", "show"})


def edges(h: Hearing) -> Frame | None:
    """ "start the video at 2 seconds", "let it end 2 s earlier", "it should start at 0:03 and stop at 0:08" """
    if h.heard("quoted", "look", "blend", "percent", "factor") or (
        h.targets(*ABOVE) and not h.targets("clip")
    ):
        return None
    if (
        any(item.text.startswith(("can go", "can be")) for item in h.items)
        or set(h.of(Do)) - {Do.SET, Do.PLAY, Do.SHOW, Do.GO, Do.TRIM}
        or h.has(*SPEEDS, Thing.VOLUME, Thing.FADE)
    ):
        return None
    if of_what_lies_above(h):
        return None
    starts = any(item.value in (When.START, When.FROM) and _STARTS.match(item.text) for item in h.items)
    starts = starts or (h.has(When.FROM) and h.has(When.START) and h.has(Do.PLAY))  # 从第2秒开始播放
    starts = starts or any(item.text.startswith("skip") for item in h.items if item.value is When.START)
    ends = any(item.value in (When.END, When.TO) and STOPS.match(item.text) for item in h.items)
    stops = not ends and any(item.what == "not" and STOPS.match(item.text) for item in h.items)
    if h.negated and not stops:
        return None
    target = h.target("clip", relations=("",))
    h.target("clip", relations=("",))  # "make it so the video ends at 8 s"
    if not (starts or ends or stops) or (
        target is not None and target.kind not in (None, "clip", "video") and not target.names
    ):
        return None
    if target is not None and target.unknown and not target.names:
        return None  # "the reaction begins at 40 s" tells of a film
    pronoun = target is not None and target.plain and target.kind is None
    if (pronoun and not h.first) or (
        target is not None
        and target.names
        and any(h.ground.kinds[i.id] != "clip" for i in found_by(h, target))
    ):
        return None  # "make the music louder and start it at 0:05"
    shift = h.shift()
    if shift is not None and starts != ends:
        h.at()
        h.say(When.START, When.END, When.FROM, Do.SET)
        if starts and shift > 0:
            return CutOut(target=target, spans=(Span(start=Moment(), end=Moment(ms=shift), how="head"),))
        return CutOut(target=target, spans=(_tail(Length(ms=-shift)),)) if ends and shift < 0 else None
    spans, to = h.spans(), h.to()
    moments = [moment for moment in h.times.moments if moment.ms or moment.share or moment.of]
    h.at()
    if stops:
        h.take("not")
    h.say(When.START, When.END, When.FROM, When.TO, When.AT, Do.SET, Do.PLAY, Do.SHOW, Do.GO)
    if spans and spans[0].how not in (("range", "after") if starts else ("range",)):
        return None
    if spans:
        kept = spans[:1]
    elif starts and len(moments) == 1 and to is not None:
        kept = (Span(start=moments[0], end=Moment(ms=to.ms, share=to.share)),)
    elif len(moments) == 2 and starts and ends:
        kept = (Span(start=moments[0], end=moments[1]),)
    elif len(moments) == 1 and starts != (ends or stops):
        start, end = (moments[0], Moment(edge="end")) if starts else (Moment(), moments[0])
        kept = (Span(start=start, end=end, how="after" if starts else "before"),)
    elif to is not None and not moments and not starts:
        kept = (Span(start=Moment(), end=Moment(ms=to.ms, share=to.share), how="before"),)
    else:
        return None
    return Keep(target=target, spans=kept)


_STARTS = matching("starts")


def fit_each(h: Hearing) -> Frame | None:
    """ "3 secs each", "each clip 3 seconds", "make them 3 s each": all of them are cut to one length."""
    each = any(item.text.startswith(either("every_one")) for item in h.items)
    above = h.ground.spoken_kind in ABOVE
    if not each or h.times.length is None or h.times.spans or h.times.at or above or only_photos(h):
        return None
    if set(h.of(Do)) - {Do.SET, Do.TRIM, Do.CUT, Do.FIT, Do.KEEP, Do.ADD} or h.heard(
        "quoted", "not", "blend"
    ):
        return None
    if any(t.names or t.kind not in (None, "clip", "video") for t in h.targets()):
        return None
    length = h.length()
    while h.target("clip", relations=("", "of", "from", "for")) is not None:
        pass
    h.word(*listed("every_one"))
    h.say(Do.SET, Do.TRIM, Do.CUT, Do.FIT, Do.KEEP, Do.ADD, When.FOR, Thing.LENGTH)
    return Fit(target=Target(kind="clip", every="all"), length=length)


def _names_points(h: Hearing) -> bool:
    """ "In at 0:03, out at 0:18", "in point 0:03, out point 0:18": what lies between them is kept."""
    said = {h.items[place].value for place in h.times.taken}
    texts = {h.items[place].text for place in h.times.taken}
    return {Particle.IN, Particle.OUT} <= said or bool(
        texts & listed("in_point") and texts & listed("out_point")
    )


def fit(h: Hearing) -> Frame | None:
    """ "trim it to 30 seconds", "make it exactly 20 seconds", "2 seconds shorter", "one third shorter" """
    pronouns = all(t.plain and t.kind is None for t in h.targets()) and h.has(Do.TRIM, Do.CUT)
    if (h.targets(*ABOVE) and not h.targets("clip") and not pronouns) or h.has(*SPEEDS, Thing.VOLUME):
        return None
    if not _makes_one(h) and any(item.value is Do.ADD and not item.marked("light") for item in h.items):
        return None
    if only_photos(h) or _names_points(h):
        return None
    judged = any(item.text.endswith(either("too_long")) for item in h.items) or h.marked("plenty")
    if judged and (h.times.length is not None) and h.targets("clip") and not h.of(Do):
        if h.has(When.START, When.END, When.FIRST, When.LAST, When.TO):
            return None  # "the summit to the front, 4 seconds of it is enough"
        h.take("dislike")
        h.mark("plenty")
        h.say(Ask.WHETHER, Thing.LENGTH, Degree.MUCH)
        target = h.target("clip", relations=("", "of", "for"))
        if target is not None and not (target.refer and target.kind is None):
            return Fit(target=target, length=h.length())
    if h.marked("plenty") and h.has(Degree.HALF, Degree.THIRD, Degree.QUARTER) and not h.of(Do):
        target = h.target("clip", relations=("", "of"))  # "it's too long, half of it is enough"
        share = _share(h)
        if target is None or share is None or h.negated:
            return None
        h.mark("plenty")
        h.take("dislike")
        h.say(Ask.WHETHER, Thing.LENGTH)
        h.absorb("clip", relations=("", "of"))
        return Fit(target=target, by=Length(share=1 - share))
    if h.negated and h.marked("than") and h.times.length is not None:
        h.take("not")
        h.say(Degree.LONGER, *(deed for deed in h.of(Do)))
        h.mark("than")
        return Fit(target=h.target("clip", relations=("",)), length=h.length())
    verb = h.say(Do.FIT, Do.TRIM, Do.CUT, Do.SET, Thing.LENGTH, Do.KEEP)
    handles = [item.text for item in h.items if item.text in HANDLES]
    if verb is None and (h.times.to is not None and handles):
        verb = h.say(Do.MOVE)  # "drag the right edge of the clip in to 7 seconds"
        h.word(*handles)
        h.say(Particle.IN, When.END)
        h.mark("back")
    if verb is None and h.times.length is not None and h.targets("clip") and _makes_one(h):
        verb = h.say(Do.ADD)  # "make a 6-second version"
    longer = h.say(Degree.LONGER)
    edge = "start" if verb is Do.CUT_HEAD else "end"
    down = h.has(Particle.DOWN) or any(item.text == "down to" for item in h.items)
    if verb is None and h.times.to is not None and down:
        verb = h.say(Do.MOVE, Do.PUT, Particle.DOWN)
    if verb in (None, Do.CUT) and not h.times.to:
        return None
    if verb in (None, Thing.LENGTH) and not h.targets() and h.ground.memory.last_deeds:
        return None  # "no, until 0:10", "no, 3 seconds in total": of what was done before
    if verb is Thing.LENGTH and not h.alone and not h.targets() and not h.times.to:
        return None  # "…, two seconds long": of what was just spoken of
    to = h.to()
    length = to or h.length()
    if length is None and h.times.at is not None and h.has(Do.FIT) and not h.times.at.of and h.times.at.ms:
        length = to = Length(ms=(h.at() or Moment()).ms)  # 截到第八秒
    sized = verb is Thing.LENGTH and h.has(Do.MOVE, Do.SET) and not h.heard("where")
    if length is None and sized and (share := _share(h)) is not None:
        h.say(Do.MOVE)
        length = to = Length(share=share)  # 调到原来的一半长
    by = None
    if length is None:
        share = _share(h)
        if share is not None and verb in (Do.FIT, Do.TRIM):
            by = Length(share=share)
        elif (number := _seconds(h, verb)) is not None:
            length = number
        else:
            return None
    shorter = [n for n, item in enumerate(h.items) if item.value is Do.FIT and item.marked("shorter")]
    if length is not None and to is None and shorter and _before_by(h, shorter[0]):
        length, by = None, length
    if verb in (Do.SET, Do.KEEP) and not (to or h.has(Thing.LENGTH) or _is_long(h)):
        return None
    h.say(*(item.value for item in h.items if item.marked("light", "want") and isinstance(item.value, Do)))
    pronoun = all(t.refer in ("it", "them") and t.kind is None for t in h.targets())
    if (
        verb in (Do.SET, Do.FIT)
        and pronoun
        and any(d.frame["frame"] in _WITH_LENGTH for d in h.ground.memory.last_deeds)
    ):
        return None  # "make that one two seconds", "shorter, 0.2 seconds", of a transition
    target = h.target("clip", relations=("", "of", "from", "on", "for"))
    if target is None and h.has(Do.TRIM, Do.CUT):
        h.target(relations=("",))  # "trim it to 5 seconds", after a title was added: the video
    at = h.times.at
    if at is not None and at.edge == "middle" and not at.of and length is not None and not length.share:
        h.at()
        h.say(When.FROM)
        return Keep(target=target, spans=(_from(at, length),))  # "down to 6 s, from the middle"
    if h.has(When.START) and h.times.at is not None:
        h.at()
        edge = "start"
    elif h.times.at is not None and h.has(When.END):
        h.at()
    h.say(When.BY, When.FOR)
    if length is not None and _UNCUT.search(h.clause.text.lower()):
        return SetSpeed(target=target, length=length)  # "squeeze it into 4 seconds, don't cut anything"
    cuts = h.has(Do.CUT, Do.TRIM, Do.FIT, Do.KEEP)
    return Fit(target=target, length=length, by=by, longer=bool(longer), edge=edge, cuts=cuts)


def _makes_one(h: Hearing) -> bool:
    """ "Make a 6-second version": a film as long, and nothing else."""
    first = next((item for item in h.items if item.what not in ("filler", "break", "join")), None)
    whole = all(target.kind == "video" and target.plain for target in h.targets())
    return first is not None and first.value is Do.ADD and first.text.startswith("make") and whole


_WITH_LENGTH = frozenset({"transition", "fade", "freeze", "add_text", "add_music", "overlay", "cover"})
_UNCUT = matching("uncut")


def _is_long(h: Hearing) -> bool:
    """ "make it 20 seconds": nothing else is said that the time could belong to."""
    others = [
        item for item in h.items
        if item.what in ("thing", "look", "where", "blend", "shape", "quoted", "percent", "factor", "colour", "degree")
    ]  # fmt: skip
    return not others


def _before_by(h: Hearing, place: int) -> bool:
    times = [n for n, item in enumerate(h.items) if item.what == "time"]
    return bool(times) and (times[0] < place or h.has(When.BY))


def _share(h: Hearing) -> float | None:
    for degree, share in ((Degree.HALF, 1 / 2), (Degree.THIRD, 1 / 3), (Degree.QUARTER, 1 / 4)):
        if h.say(degree):
            return share
    found = h.take("percent")
    return float(found) if found is not None else None


def _seconds(h: Hearing, verb: object) -> Length | None:
    """ "cut it to 50": seconds, where nothing else could be meant."""
    if verb is not Do.FIT and not h.has(When.TO):
        return None
    number = h.take("number")
    h.say(When.TO)
    return Length(ms=round(float(number) * 1000)) if number is not None else None


def keep_only(h: Hearing) -> Frame | None:
    """ "keep only the first clip", "just b.mp4" """
    if h.times.some or h.has(Do.MUTE, Thing.VOLUME, *SPEEDS):
        return None
    verb = h.say(Do.KEEP)
    only = h.mark("only")
    if (
        verb is None
        or not h.alone
        or re.search(r"\b(?:actually|wait|no) no\b|\bactually\b", h.clause.text.lower())
    ):
        return None
    target = h.target("clip")
    if target is None or target.refer in ("others",) or target.kind in ("video", "sound", "music"):
        return None
    if not (target.names or target.numbers or target.first or target.state or only):
        return None
    return KeepOnly(target=target)


def _off_of_it(h: Hearing) -> bool:
    """Whether something comes off what is named, and not all of it: "off" stands before the name."""
    places = [n for n, item in enumerate(h.items) if item.value in (When.OFF, Particle.OUT)]
    named = [n for n, item in enumerate(h.items) if item.what == "target"]
    return bool(places and named) and places[0] < named[0]


def remove(h: Hearing) -> Frame | None:
    """ "delete the second clip", "no music", "remove the titles", 夜景那段不要, "drop everything but the dance" """
    verb = h.say(Do.CUT, Do.GO)
    off = h.say(Particle.OUT, When.OFF)
    if (h.has(Do.GO) and not h.has(Do.CUT) and h.times.at is not None) or "in half" in h.texts():
        return None  # "b.mp4 needs to go at the very end"
    if _names_points(h):
        return None  # "title in at 0:03, out at 0:08"
    refused = h.negated and not [deed for deed in h.of(Do) if deed not in (Do.CUT, Do.GO)]
    if verb is None and off is None and not refused:
        return None
    if verb is None and not (h.alone or h.first) and h.texts() & listed("dislikes"):
        return None  # "(remove it,) I don't like it": why, and no second wish
    if verb is None and off is not None and _off_of_it(h):
        return None  # "and one off the beach"
    if (
        verb is None
        and any(t.refer == "it" for t in h.targets())
        and any(t.before or t.after for t in h.targets())
    ):
        return None  # "stop it before the last clip"
    if (verb is None and h.heard("where")) or takes_a_side(h):
        return None  # "at the bottom, not in the middle"
    if h.has(Thing.VOLUME, Do.KEEP, Do.FADE, Do.FADE_IN, Do.FADE_OUT, *SPEEDS) or h.heard("look", "blend"):
        return None
    if h.has(Thing.SOUND, Thing.TRANSITION, Thing.LOOK, Thing.CHANGE):
        return None
    if refused and verb is None:
        if objects(h) or h.heard("word"):
            return None  # "no forget the save"
        if any(item.what == "not" and item.text in listed("spares") for item in h.items):
            return None  # "but not the music": it is spared
        if lacks_what_comes(h):
            return None
        h.take("not")
    if only_photos(h):
        return None
    if h.times.at is not None and h.texts() & listed("every_one") and not h.targets("text", "music", "logo"):
        return None  # "take out every second second"
    if (
        any(a.value is When.FROM and b.what == "target" for a, b in itertools.pairwise(h.items))
        and not h.times.some
    ):
        return None  # "cut from the second": how much of it nobody said
    if (under := music_under(h)) is not None:
        return Remove(target=under[0], spans=under[1])
    target = h.target(relations=("", "of", "on", "for", "in"))
    if (
        target is None
        and verb is Do.CUT
        and h.texts() & listed("removes")
        and h.items[-1].value is When.MIDDLE
    ):
        h.say(When.MIDDLE)  # "split it at 10 and 20, and throw away the middle"
        target = Target(kind="clip", numbers=(0,), piece=True)
    if (target is None or target == Target(every="all")) and _the_rest(h):
        return Remove(target=Target(refer="others", numbers=(1,) if h.say(When.FIRST, When.BEFORE) else ()))
    if target is None or target.kind == "sound" or _only_there(h):
        return None
    if target.kind == "video" and target.at is not None:
        return None  # "cut the video off when the song ends": no clip is removed
    if target.every == "all" and any(
        item.value in (When.FIRST, When.LAST, When.BEFORE, When.AFTER)
        for place, item in enumerate(h.items)
        if item.what == "when" and place not in h.bound
    ):
        return None  # all of what comes before or after, and not all there is
    if target == Target(numbers=target.numbers) and "transition" in [
        d.frame["frame"] for d in h.ground.memory.last_deeds
    ]:
        h.mark("again")
        return Transition(cuts=target.numbers, off=True)  # "remove the first one again"
    if target.refer == "others":
        h.say(Do.PUT)
    if refused and verb is None and _of_several(h, target):
        return None  # "not the calm one": it is excepted from what was just done
    words = h.words()
    if words is not None:
        target = target.model_copy(update={"texts": (words,)})
    if target.kind in ("text", "caption"):
        over = h.related("over", kinds=("clip", "b-roll"))
        several = len(h.ground.pool("text", "caption")) > 1
        if over is not None and several:
            target = target.model_copy(update={"at": Moment(of=over)})  # "the title over the b-roll"
    spans = (
        h.stretch()
        if target.kind in ("music", "text", "caption", "b-roll", "logo") or not h.targets("clip")
        else ()
    )
    if h.times.spans and not spans:
        return None
    at = h.at()
    stops = any(item.what == "not" and STOPS.match(item.text) for item in h.items)
    if at is not None and (stops or (at.ms and target.kind == "music")):
        return None  # "stop the music at 6 seconds"
    clip = bool(target.names) and h.ground.could_be(target) == {"clip"}
    if at is not None and (target.refer == "it" or target.numbers or (clip and at.ms)):
        return None  # "take it off the end"; "(split it at 10 s and) at 20 s and delete the middle part"
    if at is not None:
        target = target.model_copy(update={"at": at})
    h.fillers()
    return Remove(target=target, spans=spans)


def _only_there(h: Hearing) -> bool:
    """ "Beim Hafen ganz weg", after music was added: where something else is to go."""
    return any(
        before.text in listed("at_a_thing") and item.what == "target" and item.relation == "in"
        for before, item in pairwise(h.items)
    )


def _the_rest(h: Hearing) -> bool:
    """后面的都不要, "drop what comes before": one side of what was just cut or kept."""
    meant = [
        item
        for item in h.items
        if item.what not in ("filler", "break", "join", "do", "not")
        and item.text not in ADVERBS
        and not (item.what == "target" and item.value == Target(every="all"))
    ]
    if len(meant) != 1 or meant[0].value not in (When.AFTER, When.BEFORE, When.FIRST, When.LAST):
        return False
    h.say(When.AFTER, When.LAST)
    return not h.heard("time") and meant[0].text.startswith(either("sides"))


def _of_several(h: Hearing, target: Target) -> bool:
    found = h.ground.find(target)
    ids = set(found.ids) if isinstance(found, Found) else set()
    deeds = h.ground.memory.last_deeds
    return any(ids & set(deed.ids) and (len(deed.ids) > 1 or len(deeds) > 1) for deed in deeds)


def split(h: Hearing) -> Frame | None:
    """ "split it at 5s", "cut it in half", "chop it into 3 parts", 从中间切成两段"""
    verb = h.say(Do.SPLIT)
    parts = None
    if verb is not None and any(item.value is Do.CUT and not item.marked("light") for item in h.items):
        return None  # "split it at 10 and at 20 s and delete the middle part" are two wishes
    if verb is None:
        if (
            not h.has(Do.CUT)
            or h.texts() & listed("removes")
            or (h.times.length and not _every(h))
            or h.times.to
            or h.times.spans
        ):
            return None
        if (h.times.at is not None and h.times.at == Moment()) or _counts_second(h):
            return None  # "take it from the front"
        if (
            h.times.at is not None
            and h.times.at.of is not None
            and any(_all(target) for target in h.targets())
        ):
            return None  # "cut everything after that"
        into = h.word("in half", "into") or h.has(Thing.PARTS) or _every(h)
        if not into and (h.times.at is None or h.times.at.edge == "middle"):
            return None
        h.say(Do.CUT)
    every = None
    if (_every(h) or h.marked("all")) and h.times.length:
        h.mark("all")
        every = h.length()
    moments = h.times.moments
    h.at()
    times = [int(item.value) for item in h.items if item.what == "time"]
    if len(times) > 1 and not h.times.spans and every is None:
        moments = tuple(Moment(ms=ms) for ms in sorted(times))
        h.all("time")
    elif not moments and every is None and len(h.times.spans) == 1 and h.times.how == "after":
        moments = (h.spans()[0].start,)  # 从45秒的地方分成两段
    elif not moments and every is None and h.times.length is not None:
        moments = (Moment(ms=(h.length() or Length()).ms),)
    h.of_course(2)  # "in two at 0:10"
    number = h.take("number")
    if h.say(Thing.PARTS, Thing.CLIP, Thing.THESE) and number is not None and number >= 2:
        parts = int(number)
    half = h.say(Degree.HALF)
    third = h.say(Degree.THIRD)
    counted = next(
        (
            t.count
            for t in h.targets()
            if t.count and t.count > 1 and t.kind in (None, "clip") and not t.names
        ),
        None,
    )
    if parts is None and not moments and every is None and counted is not None:
        parts = counted
        h.target("clip", relations=("", "of", "in", "into", "to"))
    if parts is None and not moments and every is None:
        in_two = any(
            any(word in item.text for word in listed("in_two"))
            or item.text.endswith(either("half_at_the_end"))
            for item in h.items
        )
        parts = 3 if third else 2 if (half or in_two) else None
        if number is not None and parts is None:
            parts = int(number) if number >= 2 else None
        h.word("in half", "into")
    target = h.target("clip", relations=("", "of", "in", "into", "to"))
    h.say(When.AT, When.FROM, When.MIDDLE, Thing.PARTS)
    if (moments and counted == len(moments) + 1) or every is not None:
        h.target(
            "clip", relations=("", "of", "in", "into", "to")
        )  # "into two clips at 3 s", "every 2 seconds"
    return Split(target=target, at=moments, parts=parts, every=every)


FAMILIES = (
    Family("ends_with", ends_with, 0.3),
    Family("cut_out", cut_out),
    Family("keep", keep),
    Family("edges", edges),
    Family("fit", fit),
    Family("fit_each", fit_each, -0.5),
    Family("keep_only", keep_only),
    Family("remove", remove),
    Family("split", split, 0.2),
)
