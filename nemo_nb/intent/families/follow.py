"""What only changes or repeats the wish before: "hmm 70%", "ceremony too", "no, at the end"."""

from __future__ import annotations

from ...language.concepts import Blend, Degree, Do, Look, Particle, Thing, When
from ..frames import Follow, Frame
from ..hearing import Hearing
from ..lexicon import listed, matching, measured
from ..phrase import ADVERBS
from ..slots import Target
from .base import Family, lacks_what_comes, objects, over_on_a_track
from .looks import look_named, way_of

_LIGHT = frozenset({Do.ADD, Do.FREEZE, Do.SET, Do.CHANGE, Do.PUT, Do.MOVE, Do.SAY, Do.KEEP, Do.SHOW})
_LIKE = {
    Thing.LOOK: "grade", Thing.SPEED: "set_speed", Thing.VOLUME: "set_volume", Thing.FADE: "fade",
    Thing.TRANSITION: "transition",
}  # fmt: skip
_RELATIONS = ("", "for", "on", "to", "of", "in", "with", "over", "under", "between")
_STEPS = frozenset({Do.LOUDER, Do.QUIETER, Do.FASTER, Do.SLOWER, Do.BIGGER, Do.SMALLER, Do.FIT})


def follow(h: Hearing) -> Frame | None:
    named = any(target.names for target in h.targets()) and h.times.some and not h.of(Do)
    if h.alone and not h.ground.memory.deeds and h.ground.memory.question is None and not named:
        return None  # there is nothing to follow
    verbs = set(h.of(Do))
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
    if lacks_what_comes(h):
        return None
    way = ""
    if measured(h.language) and not verbs and h.marked("also") and _refuses(h):
        return None  # 音乐也不要: it isn't wanted, and not excepted
    if h.mark("except") or (h.heard("not") and h.targets() and not verbs and not objects(h)):
        way = "except"
        h.take("not")
        h.say(When.EXCEPT)
    elif h.marked("same") and h.heard("percent", "factor", "time", "number") and h.mark("only"):
        way = "also"  # "same for smile, but only to 80%"
        h.mark("also", "same")
    elif h.has(Do.KEEP) and h.times.spans and h.targets():
        return None  # 公园只要后半段: of that clip, and not of what was done to some
    elif h.mark("only"):
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
            way, target = "except", item.value.but
            h.target(relations=("", "for", "on", "to", "of", "in", "with"))
    if target is None:
        for item in h.items:  # "do that to the dance too": the noun, not the pronoun
            if item.what == "target" and not (item.value.refer in ("it", "them") and item.value.kind is None):
                target = h.target(relations=(item.relation,)) if item.relation in _RELATIONS else None
                break
        if target is not None:
            h.absorb(relations=("", "to"))
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
    at, length = h.at(), h.length() or h.to()
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
    amount = h.amount(up=up, units=("share", "factor", "db", "number", "degrees"))
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
    nothing = not (target or spans or at or length or place or style or words or looks or blend)
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
    then = matching("goes_on").search(h.clause.text[: h.items[0].start]) is not None
    like = next((name for concept, name in _LIKE.items() if h.has(concept)), "")
    values = {
        "like": like,
        "then": then,
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
            "timed": timed,
            **({"style": style} if style else {}),
        }
    )


def _refuses(h: Hearing) -> bool:
    """Whether "not" stands behind what it is said of, and nothing behind it."""
    place = next((n for n, item in enumerate(h.items) if item.what == "not"), None)
    if place is None or not any(item.what == "target" for item in h.items[:place]):
        return False
    after = next((item for item in h.items[place + 1 :] if item.what != "filler"), None)
    return after is None or after.what in ("break", "join")


FAMILIES = (Family("follow", follow, -0.8),)
