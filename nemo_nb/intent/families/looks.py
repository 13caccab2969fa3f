"""How it looks, how one clip goes over into the next, and what is put back."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ...language.concepts import Blend, Degree, Do, Join, Look, Shape, Thing, When
from ..frames import ASPECTS, Frame, Grade, Restore, Transition, Undo
from ..hearing import Hearing
from ..items import Item
from ..lexicon import EACH, SLOWLY, either, listed, measured
from ..resolve import Found
from ..slots import Length, Moment, Span, Target
from ..sparing import excepts
from .base import HEARD, WAYS, Family, blurs_a_thing

_BOTH_WAYS: dict[Look, tuple[str, bool]] = {
    Look.BRIGHTER: ("brightness", True), Look.DARKER: ("brightness", False), Look.MORE_CONTRAST: ("contrast", True),
    Look.LESS_CONTRAST: ("contrast", False), Look.MORE_COLOUR: ("saturation", True),
    Look.LESS_COLOUR: ("saturation", False),
}  # fmt: skip


def look_named(look: Look) -> str:
    """A look as the draft calls it, whichever way it is wished for."""
    return _BOTH_WAYS[look][0] if look in _BOTH_WAYS else "blur" if look is Look.SOFT else look.name.lower()


# They are there or not; "a little" is said of what stands beside them.
_STYLES = frozenset({Look.GRAYSCALE, Look.SEPIA, Look.VINTAGE, Look.CINEMATIC})
_PICTURES = ("clip", "b-roll", "logo")


def way_of(looks: Sequence[Look]) -> bool | None:
    """Whether more or less of a look is wished for: less for "darker"; None for what is there or not."""
    ways = [_BOTH_WAYS[look][1] for look in looks if look in _BOTH_WAYS]
    return ways[-1] if ways else None


def grade(h: Hearing) -> Frame | None:
    """ "give it a sepia look", "brighten the chop clip by 20%", "lose the look", 整体调成复古色调"""
    looks = h.of(Look)
    noun = h.has(Thing.LOOK)
    if (
        (not looks and not noun)
        or blurs_a_thing(h)
        or h.heard("quoted")
        or h.has(Thing.TITLE, *HEARD, Shape.BLUR)
        or (h.has(Thing.BACKGROUND) and not h.targets("clip", "b-roll"))
    ):
        return None
    if h.marked("praise") and not (h.of(Do) or h.targets() or h.times.some):
        return None  # "cool."
    if not looks and h.marked("same"):
        return None  # "the same look on the last one"
    if looks and any(
        a.value is When.TO and b.text in listed("colour") for a, b in itertools.pairwise(h.items)
    ):
        return None  # "start in black and white and let it go to colour after 5 s": two wishes, one after the other
    h.say(*Look, Thing.LOOK, Thing.BACKGROUND)
    if not looks and (like := _model(h)) is not None:
        h.say(Do.SET, Do.ADD, Do.CHANGE, Do.PUT)
        h.mark("also", "the")
        return Grade(
            target=h.target(*_PICTURES, relations=("", "of", "for", "on", "in", "to", "with")), like=like
        )
    if h.has(Do.UNDO) and h.has(Do.KEEP, Do.SPARE):
        return None  # "undo the black and white but keep the rest" are two wishes
    off = not _wanted(h) and (bool(h.say(Do.CUT, Do.UNDO)) or h.negated or h.word("lose"))
    h.say(Do.CUT)
    h.take("not")
    target = h.target(*_PICTURES, relations=("", "of", "for", "on", "in", "to", "while"))
    while (owner := h.target("clip", relations=("of", "in", "on"))) is not None:
        if target is not None and target.plain and not owner.plain:
            target = owner  # "the picture of the market"
    h.absorb(relations=("",))  # "give it that warm look"
    spans = h.stretch()
    if not spans and h.times.at is not None and measured(h.language) and h.say(When.START):
        spans = (Span(start=h.at() or Moment(), end=Moment(edge="end"), how="after"),)  # 第3秒开始变黑白
    looks = [look for look in looks if look not in _only_nouns(h)] or looks
    names, up = [look_named(look) for look in looks], way_of(looks)
    up = False if up and h.say(Do.QUIETER) else up
    h.say(Do.LOUDER, *((Do.QUIETER,) if noun and not looks else ()))  # 强度降到一半
    amount = h.amount(up=up, units=("share",))
    h.say(Do.SET, Do.ADD, Do.CHANGE, Do.PUT, When.FOR, Do.KEEP, When.TO, Degree.LESS, Degree.MUCH)
    h.word("style", "tone", "feel", "vibe", "completely")
    graded = [look_named(look) for look in looks if look not in _STYLES]
    only = tuple(graded) if amount.value is None and len(graded) < len(looks) else ()
    return Grade(
        target=target, spans=spans, looks=tuple(dict.fromkeys(names)), amount=amount, only=only, off=off
    )


def _model(h: Hearing) -> Target | None:
    """ "Make the third one look like the first", 第二个也弄成最后那个的样子: whose look it is to have."""
    for place, (before, item) in enumerate(itertools.pairwise(h.items), 1):
        if item.what == "target" and before.text in listed("like_that") and "clip" in h.clause.kinds[place]:
            h.bind_target(place)
            h.bound.add(place - 1)
            return Target.model_validate(item.value)
    return None


def _only_nouns(h: Hearing) -> set[Look]:
    """ "A vintage film look": what stands behind another look is only the noun for it."""
    return {
        item.value
        for before, item in itertools.pairwise(h.items)
        if before.what == item.what == "look" and item.text in listed("film_look")
    }


def _wanted(h: Hearing) -> bool:
    """Whether a look is wished for behind what is not: "lose the colour, I want it in black and white"."""
    part = next((n for n, item in enumerate(h.items) if item.what == "break"), None)
    return (
        part is not None
        and any(item.value in (Do.ADD, Do.SET) for item in h.items[part:])
        and h.items[-1].what == "look"
    )


def _puts_between(h: Hearing) -> bool:
    """ "Throw the cake between them": a thing, and no transition."""
    said = [item.text for item in h.items if item.value is Thing.TRANSITION]
    named = any(item.what == "target" and item.value.names and not item.relation for item in h.items)
    return (
        named and h.has(Do.CUT, Do.PUT, Do.MOVE) and all(text.startswith(either("between")) for text in said)
    )


def transition(h: Hearing) -> Frame | None:
    """ "crossfade all the clips", "a wipe between clip 1 and 2", "dip to black between em all", 片段之间加叠化"""
    blend = h.say(*Blend)
    kinds = [item.value for item in h.items if item.what == "blend" and item.value is not Blend.CROSSFADE]
    if blend is Blend.CROSSFADE and len(kinds) == 1:
        blend = kinds[0]  # "fade between them through black"
    slow = [
        n
        for n, item in enumerate(h.items[:-1])
        if item.value is Do.SLOWER and (h.items[n + 1].what == "blend" or item.text in SLOWLY)
    ]
    h.bound.update(slow)  # "a slow dissolve"
    noun = h.has(Thing.TRANSITION) or any(item.relation == "between" for item in h.items)
    if blend is None and noun and h.say(Do.TO_BLACK):
        blend = Blend.DIP_BLACK  # "fade to black between them"
    if blend is None and not h.has(Thing.TRANSITION):
        return None
    if (h.heard("quoted") and not noun) or (blend is None and _puts_between(h)):
        return None
    until = next((n for n, item in enumerate(h.items) if item.what == "blend"), 0)
    if any(a.what == "time" and b.text.startswith(EACH) for a, b in itertools.pairwise(h.items[:until])):
        return None  # "3 seconds each, dip to black between them"
    at = h.times.at
    if not noun and at is not None and at.of is not None and at.edge == "end" and at.of.numbers == (-1,):
        return None  # nothing comes after the last clip: that is a fade
    refused = not blend and any(
        item.what == "correction" and item.text.endswith(either("no_more_of")) for item in h.items
    )  # "actually no transitions after all"
    h.bound |= {n for n, item in enumerate(h.items) if refused and item.what == "correction"}
    if sum(item.value is When.FROM for item in h.items) > 1 and sum(i.value is When.TO for i in h.items) > 1:
        return None  # "from a to b, 1 s, and from c to d, half a second": a wish each
    others = blend is not None and _all_but(h)
    off = h.has(Do.CUT, When.OFF) or (h.negated and not others) or refused
    if off:
        h.say(Do.CUT, When.OFF)
        h.take("not")
    h.say(
        Thing.TRANSITION,
        When.BETWEEN,
        Do.MERGE,
        Do.ADD,
        Do.PUT,
        Do.SET,
        Do.CHANGE,
        Do.FADE,
        Degree.A_BIT,
        Degree.SOFTLY,
    )
    h.of_course(Look.SOFT)
    h.mark("while")  # "a dissolve where the second one begins"
    target, into, out, cuts = _between(h)
    way = next((WAYS[item.value] for item in h.items if item.value in WAYS), None)
    h.say(*WAYS)
    length = h.length() or h.to()
    if length is None and h.times.how == "middle" and (span := next(iter(h.spans()), None)) is not None:
        length = Length(ms=span.end.ms - span.start.ms)  # 中间加一秒叠化
    ordinals = (*cuts, *(int(n) for n in h.all("ordinal")))
    if h.say(When.LAST):
        ordinals = (*ordinals, -1)
    if h.say(When.FIRST):
        ordinals = (1, *ordinals)
    if len(ordinals) == 2 and abs(ordinals[0] - ordinals[1]) == 1 and h.has(When.BETWEEN):
        ordinals = (min(ordinals, key=abs),)  # "between second and third": of clips
    h.say(When.EACH, Thing.ALL, When.FOR, When.AT, Thing.NEXT, Join.THEN, When.LAST, When.END, When.START)
    if others and (target is None or target.plain) and not ordinals:
        return None  # all but which?
    if off and target is None and not ordinals and h.word(*listed("there")):
        target, into = Target(refer="it"), True  # "…, a hard cut there"
    return Transition.model_validate(
        {
            "target": target, "into": into, "out": out, "cuts": ordinals, "type": blend.value if blend else None,
            "way": way, "length": length, "off": off, "others": others,
        }
    )  # fmt: skip


def _all_but(h: Hearing) -> bool:
    """ "Crossfade everything except before the drone", "…, not before the drone": the cuts told behind it stay hard."""
    blend = next((n for n, item in enumerate(h.items) if item.what == "blend"), 0)
    place = next(
        (
            n
            for n, item in enumerate(h.items)
            if n > blend
            and (excepts(item) or (item.what == "not" and h.items[n - 1].what in ("break", "join")))
        ),
        None,
    )
    if place is None:
        return False
    h.bound.add(place)
    for n, item in enumerate(h.items[:place]):
        if item.what == "target" and item.value.plain:
            h.bind_target(n)  # "between all the clips except …"
    return True


def _between(h: Hearing) -> tuple[Target | None, bool, bool, tuple[int, ...]]:
    """The clips that go over into each other, whether only the first or the last of them does, and numbers of cuts."""
    if (passing := _passing(h)) is not None:
        return passing, False, False, ()
    found = h.every_target("clip")
    moment = h.at()
    if moment is not None and moment.of is not None and found:  # "from b.mp4 to c.mp4"
        found = [("from", moment.of), *found]
    elif moment is not None and moment.of is not None:  # "at the end of b.mp4"
        return moment.of, moment.edge == "start", moment.edge == "end", ()
    h.say(When.FROM, When.TO)
    named = [(relation, target) for relation, target in found if not target.plain]
    if not named:
        return (found[0][1] if found else None), False, False, ()
    if (cut := _with_the_last(found, named, h)) is not None:
        return None, False, False, (cut,)
    relation, target = named[0]
    for _, more in named[1:]:
        target = target.model_copy(
            update={"names": (*target.names, *more.names), "numbers": (*target.numbers, *more.numbers)}
        )
    one = len(target.names) + len(target.numbers) == 1 and not target.first
    if (
        target.kind is None
        and target.numbers
        and not target.names
        and relation != "between"
        and len(named) == 1
    ):
        return None, False, False, target.numbers  # "the second" is the second cut
    return target, one and relation != "after", relation == "after", ()


def _with_the_last(
    found: Sequence[tuple[str, Target]], named: Sequence[tuple[str, Target]], h: Hearing
) -> int | None:
    """ "Dissolve from the summit into it": the cut between one that is named and what was spoken of last."""
    if len(named) != 1 or not any(target.plain and target.refer == "it" for _, target in found):
        return None
    ids = [clip.id for clip in h.ground.clips]
    other = h.ground.find(named[0][1], ("clip",))
    both = [*(other.segments if isinstance(other, Found) else ()), *h.ground.mentioned(("clip",))]
    places = sorted(ids.index(item.id) for item in both if item.id in ids)
    return places[1] if len(places) == 2 and places[1] - places[0] == 1 else None


def _passing(h: Hearing) -> Target | None:
    """ "Let the first one dissolve into the second": the clips that are counted on both sides of "into"."""
    into = next((n for n, item in enumerate(h.items) if item.marked("to") or item.value is When.TO), None)
    if into is None or any(item.what == "target" and item.value.names for item in h.items):
        return None
    before = [n for n in range(into) if _counts(h.items[n])]
    after = [n for n in range(into + 1, len(h.items)) if _counts(h.items[n])]
    if not before or not after or after[0] > into + 2:
        return None
    places = (before[-1], after[0])
    for place in places:
        h.bind_target(place)
    return Target(kind="clip", numbers=tuple(_counts(h.items[place]) for place in places))


def _counts(item: Item) -> int:
    """Which clip an item counts off; 0 where it does not."""
    if item.what == "target":
        target: Target = item.value
        return target.numbers[0] if len(target.numbers) == 1 and target.kind in (None, "clip") else 0
    return 1 if item.value is When.FIRST else int(item.value) if item.what == "ordinal" else 0


_RESTORED = {frame: aspect for frame, aspect in ASPECTS.items() if aspect != "position"}


def take_off(h: Hearing) -> Frame | None:
    """ "Take it off the dance": what was just done is undone there."""
    aspect = next(
        (_RESTORED[d.frame["frame"]] for d in h.ground.memory.last_deeds if d.frame["frame"] in _RESTORED),
        None,
    )
    if (
        aspect is None
        or not h.say(Do.CUT, Do.UNDO)
        or not (h.say(When.OFF, When.FROM) or h.word("off", "from"))
    ):
        return None
    targets = [item.value for item in h.items if item.what == "target"]
    it = [t for t in targets if t.refer == "it" and t.kind is None]
    named = [t for t in targets if not (t.refer == "it" and t.kind is None)]
    if not it or len(named) != 1 or h.times.some:
        return None
    relations = ("", "of", "from", "on", "in", "to", "for")
    h.target(relations=relations)
    h.target(relations=relations)
    h.mark("again")
    return Restore(target=named[0], aspects=(aspect,))


def restore(h: Hearing) -> Frame | None:
    """ "the vows back to colour", "normal speed for the dance again", "volume back to normal", 恢复彩色"""
    texts = " ".join(item.text for item in h.items)
    usual = h.marked("normal") or any(
        item.text.startswith(either("normal")) for item in h.items if item.what == "thing"
    )
    its_length = usual and h.marked("again") and h.has(Thing.LENGTH)
    back = its_length or (
        h.marked("back") and (usual or h.has(Thing.LENGTH) or "to colour" in texts or "to color" in texts)
    )
    restores = any(word in texts for word in listed("restoring"))
    if not (back or restores or (h.marked("normal") and h.has(Do.SET, Do.UNDO))):
        return None
    if h.heard("percent", "quoted", "time", "ratio", "factor") or h.has(*Shape, Do.REDO):
        return None
    if h.has(Do.RESET) or any(item.value is Do.UNDO and item.text.endswith("original") for item in h.items):
        return None  # all of it
    aspects: list[str] = []
    if h.say(Thing.SPEED) or any(word in texts for word in listed("normal_speed")):
        aspects.append("speed")
    if (
        h.say(Thing.VOLUME)
        or any(t.kind == "sound" for t in h.targets())
        or any(word in texts for word in listed("volume"))
    ):
        aspects.append("volume")
    colour = any(word in texts for word in listed("colour"))
    looks = () if colour else tuple(dict.fromkeys(look_named(look) for look in h.of(Look)))
    if h.say(Thing.LOOK, *Look) or colour:
        aspects.append("look")
    if h.word(*listed("size_of_it")):
        aspects.append("size")
    if h.word(*listed("position")):
        aspects.append("position")
    target = h.target(relations=("", "of", "for", "on", "in", "to"))
    if h.say(Thing.LENGTH):
        h.mark("back", "normal", "again")
        h.say(When.TO, Do.SET, Do.BACK, Do.PUT, Do.UNDO, Do.ADD)
        while h.target(relations=("",)) is not None:
            pass  # "give the drone its full length back"
        return Undo(about=target, aspects=("cut_out",))
    if h.mark("there") or h.word(*listed("there")):
        pass
    h.mark("back", "normal", "again")
    h.say(When.TO, When.END, Do.UNDO, Do.RESET, Do.SET, Do.CHANGE, Do.BACK, Do.PUT)
    h.word(*listed("colour_back"))
    return Restore(target=target, aspects=tuple(aspects), looks=looks)


FAMILIES = (
    Family("grade", grade),
    Family("transition", transition),
    Family("restore", restore, 0.4),
    Family("take_off", take_off, 0.6),
)
