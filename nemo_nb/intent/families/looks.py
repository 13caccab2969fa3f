"""How it looks: looks, places, zoom, turns, transitions, the canvas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...language.concepts import Beyond, Blend, Degree, Do, Join, Look, Particle, Shape, Thing, When, Where
from ..assets import MediaAsset
from ..frames import Arrange, Canvas, Frame, Grade, Restore, Transition, Turn, Zoom
from ..hearing import Hearing
from ..lexicon import SLOWLY, listed
from ..slots import Amount, Target
from .base import Family

_BOTH_WAYS: dict[Look, tuple[str, bool]] = {
    Look.BRIGHTER: ("brightness", True), Look.DARKER: ("brightness", False), Look.MORE_CONTRAST: ("contrast", True),
    Look.LESS_CONTRAST: ("contrast", False), Look.MORE_COLOUR: ("saturation", True),
    Look.LESS_COLOUR: ("saturation", False),
}  # fmt: skip
_FITS = {Shape.COVER: "cover", Shape.BLUR: "blur", Shape.CONTAIN: "contain"}
_WAYS: dict[Any, str] = {
    Where.LEFT: "left", Where.RIGHT: "right", Where.TOP: "up", Where.BOTTOM: "down", Particle.UP: "up",
    Particle.DOWN: "down",
}  # fmt: skip
_PICTURES = ("clip", "b-roll", "logo")
_CAMERA = (Thing.VOLUME, Thing.SOUND, Thing.MUSIC)


def grade(h: Hearing) -> Frame | None:
    """ "give it a sepia look", "brighten the chop clip by 20%", "lose the look", 整体调成复古色调"""
    looks = h.of(Look)
    noun = h.has(Thing.LOOK)
    if (
        (not looks and not noun)
        or h.heard("quoted")
        or h.has(Thing.TITLE, *_CAMERA, Thing.BACKGROUND, Shape.BLUR)
    ):
        return None
    if h.marked("praise") and not (h.of(Do) or h.targets() or h.times.some):
        return None  # "cool."
    if not looks and h.marked("same"):
        return None  # "the same look on the last one"
    h.say(*Look, Thing.LOOK)
    off = not _wanted(h) and (bool(h.say(Do.CUT, Do.UNDO)) or h.negated or h.word("lose"))
    h.say(Do.CUT)
    h.take("not")
    target = h.target(*_PICTURES, relations=("", "of", "for", "on", "in", "to"))
    while h.target("clip", relations=("of", "in", "on")):
        pass
    spans = h.stretch()
    names, up = list[str](), None
    for look in looks:
        if look in _BOTH_WAYS:
            name, more = _BOTH_WAYS[look]
            up = more if not (more and h.say(Do.QUIETER)) else False
            names.append(name)
        else:
            names.append("blur" if look is Look.SOFT else look.name.lower())
    h.say(Do.LOUDER)
    amount = h.amount(up=up, units=("share",))
    h.say(Do.SET, Do.ADD, Do.CHANGE, Do.PUT, When.FOR, Do.KEEP, When.TO, Degree.LESS, Degree.MUCH)
    h.word("style", "tone", "feel", "vibe", "completely")
    return Grade(target=target, spans=spans, looks=tuple(dict.fromkeys(names)), amount=amount, off=off)


def _waits(h: Hearing, target: Target, waiting: Sequence[MediaAsset]) -> bool:
    """Whether a target means an upload that is not on the timeline."""
    return target.kind in ("logo", "image") or any(
        h.ground.asset(name, "image") in waiting for name in target.names
    )


def _wanted(h: Hearing) -> bool:
    """Whether a look is wished for behind what is not: "lose the colour, I want it in black and white"."""
    part = next((n for n, item in enumerate(h.items) if item.what == "break"), None)
    return (
        part is not None
        and any(item.value in (Do.ADD, Do.SET) for item in h.items[part:])
        and h.items[-1].what == "look"
    )


def arrange(h: Hearing) -> Frame | None:
    """ "put them at the bottom left", "move it down a bit", "the logo smaller, 40% opacity", 全部放到左下角"""
    if (
        (h.heard("quoted") and h.has(Do.ADD, Do.SAY))
        or h.heard("look", "blend", "shape")
        or h.has(
            *_CAMERA, Do.CROP, Do.ZOOM, Do.ZOOM_OUT, Do.ROTATE, Do.MIRROR, Do.LOUDER, Do.QUIETER, Do.FADE
        )
    ):
        return None
    kinds = ("text", "caption", "logo", "b-roll", "clip")
    waiting = h.ground.waiting("image")
    if (
        waiting
        and not h.ground.pool("logo", "b-roll")
        and any(_waits(h, target, waiting) for target in h.targets())
    ):
        return None  # it is to be laid over the picture first
    if h.has(Do.ADD) and not h.has(Do.MOVE, Do.SET):
        return None
    verb = h.say(Do.MOVE, Do.PUT, Do.SET, Do.SCALE, Do.CHANGE, Do.BIGGER, Do.SMALLER, Do.GO, Do.SHOW)
    target = h.target(*kinds, relations=("", "of", "on"))
    words = h.words()
    if words is not None and h.has(Do.CHANGE):
        return None
    if words is not None:
        target = (target or Target(kind="text")).model_copy(update={"texts": (words,)})
    window = any(t.kind == "logo" for t in h.targets()) and h.related("to", "in") is not None
    step = None
    particle = h.say(Particle.UP, Particle.DOWN)
    if particle is not None:
        step = _WAYS[particle]
    place = h.place()
    bit = h.say(Degree.A_BIT) is not None
    if place in ("left", "right", "top", "bottom") and bit:
        step, place = {"left": "left", "right": "right", "top": "up", "bottom": "down"}[place], None
    other = h.word(*listed("other_side")) or _other_side(h)
    values: dict[str, Any] = {}
    if h.say(Thing.OPACITY):
        share = h.take("percent")
        values["opacity"] = share if share is not None else 0.5
        h.say(Degree.HALF)
    if window:
        values["scale"] = 0.3  # "shrink it to a small window"
    sized = verb in (Do.BIGGER, Do.SMALLER, Do.SCALE)
    lies = bool(h.ground.pool("text", "caption", "logo", "b-roll"))
    if (sized or lies) and (share := h.take("percent")) is not None:
        values["scale"] = share
    elif not window and verb in (Do.BIGGER, Do.SMALLER):
        values["bigger"] = 1 if verb is Do.BIGGER else -1
    if place is None and step is None and not values and not other:
        return None
    only_clip = (
        target is not None and h.targets("clip") and not h.targets("text", "caption", "logo", "b-roll")
    )
    if step is not None and not lies and "opacity" not in values:
        return None
    if only_clip and not ("opacity" in values or (sized and "scale" in values and h.has(When.TO))):
        return None
    if target is None and not h.ground.mentioned(("text", "caption", "logo", "b-roll")):
        pool = h.ground.pool("text", "caption", "logo", "b-roll")
        if not pool:
            return None
    h.say(When.TO, When.AT, When.MIDDLE)
    return Arrange.model_validate(
        {"target": target, "place": place, "step": step, "bit": bit, "other_side": other, **values}
    )


def _other_side(h: Hearing) -> bool:
    texts = " ".join(item.text for item in h.items)
    return "other side" in texts or "opposite side" in texts


def zoom(h: Hearing) -> Frame | None:
    """ "zoom in to 150%", "punch in on the left at 0:10", "crop 20%", "remove the zoom" """
    crops = h.has(Do.CROP)
    verb = h.say(Do.ZOOM, Do.ZOOM_OUT, Do.CROP)
    if verb is None:
        sized = h.has(Do.BIGGER, Do.SMALLER) and (
            h.heard("percent", "factor") or h.has(Degree.HALF, Thing.VIDEO, Thing.CLIP)
        )
        if (
            not sized
            or h.has(*_CAMERA, Thing.FILE, Thing.TITLE, Thing.LOGO)
            or not (h.targets("clip") or not h.targets())
        ):
            return None
        verb = h.say(Do.BIGGER, Do.SMALLER)
    if h.has(*_CAMERA) or h.heard("quoted"):
        return None
    amounts = h.heard("percent", "factor")
    off = not amounts and (h.has(Do.CUT, When.OFF, Do.UNDO) or h.negated)
    h.say(When.OFF)
    moving = h.word(*SLOWLY)
    if off:
        h.say(Do.CUT, When.OFF, Do.UNDO)
        h.take("not")
    target = h.target("clip", "b-roll", relations=("", "of", "on", "in", "to", "for"))
    place = h.place()
    spans = h.stretch()
    at = h.at()
    amount = h.amount(up=verb not in (Do.ZOOM_OUT, Do.SMALLER), units=("share", "factor"))
    h.say(Do.SET, When.TO, Do.ADD, When.BY)
    return Zoom.model_validate(
        {
            "target": target,
            "spans": spans,
            "at": at,
            "amount": amount,
            "place": place,
            "crop": crops,
            "off": off,
            "moving": moving,
        }
    )


def turn(h: Hearing) -> Frame | None:
    """ "rotate 90 degrees", "upside down", "mirror it", 逆时针旋转90度"""
    verb = h.say(Do.ROTATE, Do.COUNTERCLOCKWISE, Do.UPSIDE_DOWN, Do.MIRROR)
    degrees = h.take("degrees")
    if (verb is None and degrees is None) or h.heard("look", "quoted"):
        return None
    target = h.target("clip", "b-roll", "logo", relations=("", "of", "on", "in"))
    spans = h.stretch()
    if h.has(Do.UPSIDE_DOWN):
        degrees = 180
    elif h.has(Do.MIRROR):
        said = h.clause.said.lower()
        upright = any(word in said for word in listed("top_to_bottom"))
        h.say(Shape.VERTICAL, Do.SET)
        h.word("vertically", "horizontally", "vertical", "horizontal")
        return Turn(target=target, spans=spans, flip="v" if upright else "h")
    if degrees is None:
        number = h.take("number")
        degrees = number if number in (45, 90, 180, 270) else None
    back = h.has(Do.COUNTERCLOCKWISE) or h.say(Where.LEFT) is not None
    h.say(Where.RIGHT, Do.SET, When.BY, Degree.QUARTER, When.TO)
    if degrees is None:
        return Turn(target=target, spans=spans, degrees=-90.5 if back else 90.5)
    return Turn(target=target, spans=spans, degrees=-degrees if back else degrees)


def transition(h: Hearing) -> Frame | None:
    """ "crossfade all the clips", "a wipe between clip 1 and 2", "dip to black between em all", 片段之间加叠化"""
    blend = h.say(*Blend)
    noun = h.has(Thing.TRANSITION) or any(item.relation == "between" for item in h.items)
    if blend is None and not h.has(Thing.TRANSITION):
        return None
    if h.heard("quoted") and not noun:
        return None
    at = h.times.at
    if not noun and at is not None and at.of is not None and at.edge == "end" and at.of.numbers == (-1,):
        return None  # nothing comes after the last clip: that is a fade
    off = h.has(Do.CUT, When.OFF) or h.negated
    if off:
        h.say(Do.CUT, When.OFF)
        h.take("not")
    h.say(Thing.TRANSITION, When.BETWEEN, Do.MERGE, Do.ADD, Do.PUT, Do.SET, Do.CHANGE, Do.FADE, Look.SOFT)
    target, into, out, cuts = _between(h)
    way = next((_WAYS[item.value] for item in h.items if item.value in _WAYS), None)
    h.say(*_WAYS)
    length = h.length() or h.to()
    ordinals = (*cuts, *(int(n) for n in h.all("ordinal")))
    if h.say(When.LAST):
        ordinals = (*ordinals, -1)
    if h.say(When.FIRST):
        ordinals = (1, *ordinals)
    h.say(When.EACH, Thing.ALL, When.FOR, When.AT, Thing.NEXT, Join.THEN, When.LAST, When.END, When.START)
    return Transition.model_validate(
        {
            "target": target, "into": into, "out": out, "cuts": ordinals, "type": blend.value if blend else None,
            "way": way, "length": length, "off": off,
        }
    )  # fmt: skip


def _between(h: Hearing) -> tuple[Target | None, bool, bool, tuple[int, ...]]:
    """The clips that go over into each other, whether only the first or the last of them does, and numbers of cuts."""
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


def canvas(h: Hearing) -> Frame | None:
    """ "make it vertical", "16:9 with blurred background", "white background", "resize to 1280x720" """
    shapes = h.of(Shape)
    ratios, size = h.all("ratio"), h.take("size")
    ratio = ratios[-1] if ratios else None  # "from 16:9 to 1:1"
    colour = h.take("colour") if h.has(Thing.BACKGROUND) else None
    if not shapes and ratio is None and size is None and colour is None:
        return None
    if h.heard("quoted", "blend") or h.has(Do.EXPORT, Thing.TITLE, Do.MIRROR, *_CAMERA):
        return None
    adds = any(item.value is Do.ADD and not item.marked("light") for item in h.items)
    if adds and not any(shape in _FITS for shape in shapes):
        return None
    if colour is not None and h.targets("text", "caption"):
        return None
    h.say(*Shape, Thing.BACKGROUND, Thing.DIMENSIONS)
    fit = next((_FITS[shape] for shape in shapes if shape in _FITS), None)
    aspect = ratio or next((shape.value for shape in reversed(shapes) if shape not in _FITS), None)
    for place, item in enumerate(h.items):  # "for our LinkedIn page"
        if item.what == "target" and item.relation == "for" and item.value.unknown and not item.value.names:
            h.bind_target(place)
    target = h.target("clip", relations=("", "of", "for", "in", "on"))
    narrowed = (target is not None and not target.plain) or (
        target is not None
        and target.refer == "it"
        and target.kind != "video"
        and bool(h.ground.mentioned(("clip",), recent=True))
    )
    if narrowed and len(h.ground.clips) > 1 and (aspect or size or colour):
        return None
    h.mark("only")
    h.target(relations=("", "for", "as"))
    h.say(Do.SET, Do.CHANGE, Do.CROP, Do.FIT, Do.GO, Do.MOVE, When.TO, When.FOR, When.AT, When.END, Look.BLUR)
    h.say(Do.BACK, Do.UNDO, Beyond.PUBLISH)
    h.mark("back")
    h.say(Do.ADD)
    h.word(*listed("of_shapes"))
    return Canvas.model_validate(
        {
            "aspect": aspect,
            "size": size,
            "fit": fit,
            "background": colour,
            "target": target if narrowed else None,
        }
    )


_RESTORED = {
    "grade": "look",
    "set_speed": "speed",
    "set_volume": "volume",
    "mute": "volume",
    "fade": "fade",
    "zoom": "size",
}


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
    it = [t for t in h.targets() if t.refer == "it" and t.kind is None]
    named = [t for t in h.targets() if not (t.refer == "it" and t.kind is None)]
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
    back = h.marked("back") and (h.marked("normal") or "to colour" in texts or "to color" in texts)
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
    if h.say(Thing.LOOK, *Look) or colour:
        aspects.append("look")
    if h.word(*listed("size_of_it")):
        aspects.append("size")
    if h.word(*listed("position")):
        aspects.append("position")
    target = h.target(relations=("", "of", "for", "on", "in", "to"))
    if h.mark("there") or h.word(*listed("there")):
        pass
    h.mark("back", "normal", "again")
    h.say(When.TO, When.END, Do.UNDO, Do.RESET, Do.SET, Do.CHANGE, Do.BACK)
    h.word(*listed("colour_back"))
    return Restore(target=target, aspects=tuple(aspects))


FAMILIES = (
    Family("grade", grade),
    Family("arrange", arrange, -0.1),
    Family("zoom", zoom),
    Family("turn", turn),
    Family("transition", transition),
    Family("canvas", canvas),
    Family("restore", restore, 0.4),
    Family("take_off", take_off, 0.6),
)
_ = Amount
