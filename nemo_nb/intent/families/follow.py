"""What only changes or repeats the wish before: "hmm 70%", "ceremony too", "no, at the end"."""

from __future__ import annotations

import itertools

from ...language.concepts import Blend, Degree, Do, Join, Look, Particle, Thing, When
from ..frames import Follow, Frame
from ..hearing import Hearing
from ..lexicon import listed, matching, measured
from ..phrase import ADVERBS
from ..resolve import Found
from ..slots import Amount, Target
from .base import Family, halved, just_as_long, lacks_what_comes, objects, over_on_a_track
from .looks import look_named, way_of

_LIGHT = frozenset({Do.ADD, Do.FREEZE, Do.SET, Do.CHANGE, Do.PUT, Do.MOVE, Do.SAY, Do.KEEP, Do.SHOW})
_LIKE = {
    Thing.LOOK: "grade", Thing.SPEED: "set_speed", Thing.VOLUME: "set_volume", Thing.FADE: "fade",
    Thing.TRANSITION: "transition",
}  # fmt: skip
_VALUES = ("time", "number", "percent", "factor", "place", "degree", "colour", "look", "quoted")
_RELATIONS = ("", "for", "on", "to", "of", "in", "with", "over", "under", "between", "while")
_STEPS = frozenset({Do.LOUDER, Do.QUIETER, Do.FASTER, Do.SLOWER, Do.BIGGER, Do.SMALLER, Do.FIT})


def follow(h: Hearing) -> Frame | None:
    named = any(target.names for target in h.targets()) and h.times.some and not h.of(Do)
    if h.alone and not h.ground.memory.deeds and h.ground.memory.question is None and not named:
        return None  # there is nothing to follow
    if h.marked("back") and any(deed.frame["frame"] == "remove" for deed in h.ground.memory.last_deeds):
        return None  # "put the middle part back": what was deleted isn't to go once more
    if (another := _like_another(h)) is not None:
        return Follow(target=another, way="also")
    verbs = set(h.of(Do))
    if Do.KEEP in verbs and _keeps_an_edge(h):
        return None  # "keep the beginning of the temple", after some music was added: it doesn't go there
    if h.has(Thing.BLANK):
        return None  # "add a black screen of 2 seconds": nothing of what was done before
    if Do.SHOW in verbs and not h.heard(*_VALUES) and not h.marked("also", "same", "again", "only", "except"):
        return None  # "show me the film": somebody wants to look
    if (
        verbs - _LIGHT - _STEPS
        or h.heard("shape", "beyond", "size", "ratio")
        or (h.heard("ask") and not h.marked("whichever"))
    ):
        return None
    if verbs & _STEPS and not (
        h.has(Degree.A_BIT, Degree.LONGER) or verbs - _LIGHT <= {Do.FIT} or h.marked("bit")
    ):
        return None
    if lacks_what_comes(h) or (h.has(Do.PUT) and h.marked("back") and h.targets()):
        return None  # or "put the middle part back"
    refused = _puts_aside(h)
    way = "instead" if refused is not None else ""
    if measured(h.language) and not verbs and h.marked("also") and _refuses(h):
        return None  # 音乐也不要: it isn't wanted, and not excepted
    if way:
        h.mark("only", "but")
    elif h.mark("except") or (h.heard("not") and h.targets() and not verbs and not objects(h)):
        way = "except"
        h.take("not")
        h.say(When.EXCEPT)
    elif (
        h.marked("same", "also")
        and h.heard("percent", "factor", "time", "number", "degree")
        and h.mark("only")
    ):
        way = "also"  # "same for smile, but only to 80%"
        h.mark("also", "same")
    elif h.has(Do.KEEP) and h.times.spans and h.targets():
        return None  # 公园只要后半段: of that clip, and not of what was done to some
    elif h.word(*listed("only_that_part")) or h.mark("only"):
        way = "only" if h.targets() or h.times.spans or (h.times.at and h.times.length) else ""
    elif h.mark("also", "same", "again"):
        way = "also"
        h.say(Degree.MUCH)
    if h.take("correction") is not None or h.mark("no"):
        way = "instead" if way == "also" else way or "instead"
        h.take("not")
    elif h.negated and not way:
        return None
    target: Target | None = None
    if not verbs and any(one.names for one in h.targets()):
        h.word(*(listed("is_shown") - {"last"}))  # "grandma should stay 6 seconds"
    for item in h.items:
        if (
            item.what == "target"
            and item.value.but is not None
            and item.value.plain
            and item.value.kind is None
        ):
            also = way == "also" and item.value.refer == "others"  # "the same for the others but the garden"
            way, target = ("also", item.value) if also else ("except", item.value.but)
            h.target(relations=("", "for", "on", "to", "of", "in", "with"))
    if target is None:
        for item in h.items:  # "do that to the dance too": the noun, not the pronoun
            if item.what == "target" and not (item.value.refer in ("it", "them") and item.value.kind is None):
                target = h.target(relations=(item.relation,)) if item.relation in _RELATIONS else None
                break
        if target is not None:
            _pass_pronouns(h)
    if target is None:
        target = h.target(relations=_RELATIONS)
    if target is None and measured(h.language) and h.word(*ADVERBS) and len(h.ground.memory.last_deeds) > 1:
        target = Target(refer="them")  # 都调到两成
    if over_on_a_track(h):
        h.absorb("b-roll", relations=("on",))
    seen = h.of(Look)
    looks = [look_named(look) for look in seen]
    h.say(*Look)
    blend = h.say(*Blend)
    spans = h.stretch() if way == "only" else h.spans()
    at, length, shift = h.at(), h.length() or h.to(), h.shift()
    if way in ("also", "") and len(spans) == 1 and spans[0].how == "after" and just_as_long(h):
        way = ""  # "rather from 0:25, same length": it is only moved
    more, less = h.mark("more"), h.mark("less")
    last = next(reversed(h.ground.memory.last_deeds), None)
    again = matching("one_more_time").search(h.clause.said.lower()) is not None
    if again and length is not None and not way and last is not None and last.frame["frame"] == "cut_out":
        way = "also"  # "one more second", after the first one was cut off
    if not h.has(Do.FIT):
        more = h.say(Do.LOUDER, Do.FASTER, Do.BIGGER) is not None or more
        less = h.say(Do.QUIETER, Do.SLOWER, Do.SMALLER) is not None or less
    longer, shorter = h.say(Degree.LONGER), h.say(Do.FIT)
    up = False if less or shorter else True if more or longer else way_of(seen)
    place = h.place()
    style = (
        h.style()
        if h.heard("colour")
        or h.has(Degree.BOLD, Degree.ITALIC, Do.BIGGER, Do.SMALLER)
        or h.marked("caps")
        or h.texts() & (listed("big") | listed("small"))
        else None
    )
    words = h.words()
    normal = h.mark("normal")
    if normal and h.has(Thing.LENGTH):
        return None  # "back to its full length"
    amount = h.amount(up=up, units=("share", "factor", "db", "number", "degrees"))
    amount = halved(h, amount) if h.ground.spoken_kind == "music" else amount
    end = h.items[-1]
    if amount.value is None and end.what == "number" and len(h.items) - 1 not in h.bound and not h.times.some:
        amount = amount.model_copy(update={"value": float(h.take("number"))})  # "bei Teil 2 doch lieber 25"
    if at is not None and more and amount.value is None:
        amount = amount.model_copy(update={"up": None})  # 定格结束再开始: only then, and no more of it
    if normal and amount.value is None:
        amount = amount.model_copy(update={"normal": True})
    if way == "also":
        h.say(Thing.LOOK, Thing.SPEED, Thing.VOLUME, Thing.FADE, Thing.TRANSITION, Do.ADD)
    h.say(
        *_LIGHT,
        When.FOR,
        When.TO,
        When.AT,
        When.EACH,
        Thing.CLIP,
        Thing.LENGTH,
        Particle.OUT,
        Particle.IN,
        Do.FIT,
    )
    h.mark("plenty", "back", "yes", "whichever", "there")
    if h.marked("whichever"):
        target = Target(numbers=(1,))
    if (
        target is not None
        and target.every == "all"
        and target.plain
        and target.kind is None
        and target.refer is None
    ):
        target = None if not (amount.value or amount.up is not None or place or style or looks) else target
    nothing = not (target or spans or at or length or shift or place or style or words or looks or blend)
    if (
        nothing
        and amount.value is None
        and amount.up is None
        and not normal
        and not (way == "also" and h.marked("again", "more"))
    ):
        return None
    timed = bool(longer or shorter) and amount.value is None
    timed = timed or (h.has(Thing.LENGTH) and amount.unit in ("factor", "share"))  # "twice as long"
    before = h.clause.text[: h.items[0].start].lower()
    then = matching("goes_on").search(before) is not None
    lead = itertools.takewhile(lambda item: item.what in ("filler", "mark", "join", "break"), h.items)
    if not way and (matching("adds_on").search(before) or any(item.value is Join.AND for item in lead)):
        way = "also"  # "and the first 2", after the last 5 were cut off
    if way == "also" and amount.value is not None and matching("too_much").search(h.clause.said.lower()):
        way = "instead"  # "that's too much, make it 3"
    like = next((name for concept, name in _LIKE.items() if h.has(concept)), "")
    values = {
        "like": like,
        "then": then,
        "shift_ms": shift,
        "target": target,
        "spans": spans,
        "at": at,
        "length": length,
        "amount": amount,
        "place": place,
        "words": words,
    }
    return Follow.model_validate(
        {
            **values,
            "looks": tuple(looks),
            "type": blend.value if blend else None,
            "way": way,
            "refused": refused,
            "timed": timed,
            **({"style": style} if style else {}),
        }
    )


def _puts_aside(h: Hearing) -> Target | None:
    """ "Not the fourth, the second", "nicht den ersten, sondern den letzten": the first of the two is put aside."""
    said = [(n, item) for n, item in enumerate(h.items) if item.what not in ("filler", "correction", "join")]
    said = [pair for pair in said if not pair[1].marked("but")]
    while said and said[0][1].what == "break":
        said = said[1:]
    kinds = [item.what for _, item in said]
    if kinds not in (["not", "target", "break", "target"], ["not", "target", "target"]):
        return None
    h.bound.update(n for n, _ in said[:-1])
    refused: Target = said[1][1].value
    return refused


def _like_another(h: Hearing) -> Target | None:
    """ "C like b", "den Balkon auch so wie die Küche", after the kitchen was made brighter: the same of the other."""
    targets = [n for n, item in enumerate(h.items) if item.what == "target" and item.value.names]
    last = next(reversed(h.ground.memory.last_deeds), None)
    if (
        len(targets) != 2
        or last is None
        or set(h.of(Do)) - _LIGHT
        or h.heard("time", "percent", "number", "look")
    ):
        return None
    one, other = targets
    found = h.ground.find(h.items[other].value)
    done = isinstance(found, Found) and set(found.ids) <= set(last.ids)
    if not done or not any(item.text in listed("like_that") for item in h.items[one:other]):
        return None
    h.bound.update(range(len(h.items)))
    target: Target = h.items[one].value
    return target


def _pass_pronouns(h: Hearing) -> None:
    """ "Do that to the dance too": what is plain beside it means nothing more."""
    for place, item in enumerate(h.items):
        if (
            item.what == "target"
            and item.relation in ("", "to")
            and item.value.plain
            and item.value.kind is None
        ):
            h.bind_target(place)


def _refuses(h: Hearing) -> bool:
    """Whether "not" stands behind what it is said of, and nothing behind it."""
    place = next((n for n, item in enumerate(h.items) if item.what == "not"), None)
    if place is None or not any(item.what == "target" for item in h.items[:place]):
        return False
    after = next((item for item in h.items[place + 1 :] if item.what != "filler"), None)
    return after is None or after.what in ("break", "join")


def onward(h: Hearing) -> Frame | None:
    """ "More!", "too much", "not enough", "again": of what was done last, in nothing but these words."""
    said = h.clause.said.lower()
    if _somewhere_between(h):
        h.bound.update(range(len(h.items)))
        return Follow(halfway=True)
    ways = {
        "says_more": Amount(up=True, step="bit"),
        "says_less": Amount(up=False, step="bit"),
        "says_again": None,
    }
    name = next((name for name in ways if matching(name).fullmatch(said)), None)
    if name is None or not h.alone or not h.ground.memory.deeds:
        return None
    h.bound.update(range(len(h.items)))
    amount = ways[name]
    return Follow(way="also") if amount is None else Follow(amount=amount)


def _keeps_an_edge(h: Hearing) -> bool:
    at = h.times.at
    return (
        at is not None
        and at.of is not None
        and not h.times.length
        and not any(t.only_it for t in h.targets())
    )


_MEASURED = frozenset({"set_volume", "set_speed", "grade", "restyle", "arrange"})


def _somewhere_between(h: Hearing) -> bool:
    """ "No, that's too much, somewhere in between", after something was made louder."""
    told = h.heard("time", "percent", "number", "quoted", "blend") or any(not t.plain for t in h.targets())
    moved = set(h.of(Do)) & {Do.PUT, Do.ADD, Do.MOVE, Do.CUT, Do.SHOW}
    asked = matching("in_between").search(h.clause.said.lower()) is not None
    last = next(reversed(h.ground.memory.last_deeds), None)
    return asked and last is not None and last.frame["frame"] in _MEASURED and not (told or moved)


FAMILIES = (Family("follow", follow, -0.8), Family("onward", onward, 0.5))
