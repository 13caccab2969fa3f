"""Where a picture is and how much of it is seen: places, zoom and crop, turns, the canvas."""

from __future__ import annotations

from typing import Any

from ...language.concepts import Beyond, Degree, Do, Look, Particle, Shape, Thing, When, Where
from ..frames import Arrange, Canvas, Frame, Turn, Zoom
from ..hearing import Hearing
from ..lexicon import SLOWLY, listed
from ..slots import Target
from ..targets import is_others
from .base import HEARD, WAYS, Family, centred, seen_through, waits

_SIZES = listed("big") | listed("small") | listed("size")
_SIZING = (Do.BIGGER, Do.SMALLER, Do.SCALE)
_SIDES = frozenset({Where.LEFT, Where.RIGHT, Where.TOP, Where.BOTTOM})
_FITS = {Shape.COVER: "cover", Shape.BLUR: "blur", Shape.CONTAIN: "contain"}


def arrange(h: Hearing) -> Frame | None:
    """ "put them at the bottom left", "move it down a bit", "the logo smaller, 40% opacity", 全部放到左下角"""
    raised = _raised(h)
    if h.texts() & listed("at_all_times") and h.texts() & listed("topmost"):
        return None  # "it should always be on top": above the others, and no place in the picture
    if (
        (h.heard("quoted") and h.has(Do.ADD, Do.SAY))
        or h.heard("look", "blend", "shape")
        or h.has(*HEARD, Do.CROP, Do.ZOOM, Do.ZOOM_OUT, Do.ROTATE, Do.MIRROR, Do.FADE)
        or (
            h.has(Do.LOUDER, Do.QUIETER)
            and not (raised or (h.of(Where) and h.targets("text", "caption", "logo")))
        )
    ):
        return None
    kinds = ("text", "caption", "logo", "b-roll", "clip")
    waiting = h.ground.waiting("image")
    if (
        waiting
        and not h.ground.pool("logo", "b-roll")
        and any(waits(h, target, waiting) for target in h.targets())
    ):
        return None  # it is to be laid over the picture first
    if h.has(Do.ADD) and not h.has(Do.MOVE, Do.SET):
        return None
    verb = h.say(Do.MOVE, Do.PUT, Do.SET, Do.SCALE, Do.CHANGE, Do.BIGGER, Do.SMALLER, Do.GO, Do.SHOW)
    verb = next((deed for deed in h.of(Do) if deed in _SIZING), verb)
    place = h.place()
    target = h.target(*kinds, relations=("", "of", "on"))
    words = h.words()
    if words is not None and h.has(Do.CHANGE):
        return None
    if words is not None:
        target = (target or Target(kind="text")).model_copy(update={"texts": (words,)})
    inside = [n for n, item in enumerate(h.items) if item.what == "target" and item.relation in ("to", "in")]
    window = any(h.items[n].value.kind == "logo" for n in inside)  # "shrink it to a small window"
    h.bound.update(n for n in inside if window or (h.has(Where.CORNER) and is_others(h.items[n].value)))
    step = None
    particle = h.say(Particle.UP, Particle.DOWN)
    if particle is not None:
        step = WAYS[particle]
    if place is None and centred(h, target):
        place = "center" if h.at() else None
        h.say(Do.BACK, Do.UNDO)  # "put it back in the middle"
    step = raised or step
    bit = h.say(Degree.A_BIT) is not None
    if place in ("left", "right", "top", "bottom") and bit:
        step, place = {"left": "left", "right": "right", "top": "up", "bottom": "down"}[place], None
    other = h.word(*listed("other_side"))
    values: dict[str, Any] = {}
    if (opacity := seen_through(h)) is not None:
        values["opacity"] = opacity
    if window:
        values["scale"] = 0.3
    sized = verb in _SIZING or bool(h.texts() & _SIZES)
    lies = bool(h.ground.pool("text", "caption", "logo", "b-roll"))
    of_canvas = any(item.marked("of_canvas") for item in h.items)
    up = True if verb is Do.BIGGER else False if verb is Do.SMALLER else None
    if sized and not of_canvas and (times := h.times_as_large(up)) is not None:
        values["times"] = times
    if (sized or lies or of_canvas) and (share := h.take("percent")) is not None:
        values["scale"] = share
    elif not window and not values.keys() & {"times", "scale"} and (bigger := _bigger(h, verb)):
        values["bigger"] = bigger
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
    h.say(When.TO, When.AT, When.MIDDLE, Do.LOUDER, Do.QUIETER)
    return Arrange.model_validate(
        {"target": target, "place": place, "step": step, "bit": bit, "other_side": other, **values}
    )


def _raised(h: Hearing) -> str | None:
    """ "The title a bit lower": of what lies over the picture, where it is."""
    above = {"text", "caption", "logo"}
    named = any(target.kind in above for target in h.targets())
    pointed = not [t for t in h.targets() if t.names or t.unknown or t.kind] and h.ground.spoken_kind in above
    if not (named or pointed) or h.heard("percent", "decibel", "factor"):
        return None
    if h.word(*listed("lower")):
        return "down"
    return "up" if h.word(*listed("higher")) else None


def _bigger(h: Hearing, verb: Do | None) -> int:
    """ "Larger", "top left, small": one step up or down."""
    big, small = h.word(*listed("big")), h.word(*listed("small"))
    return 1 if verb is Do.BIGGER or big else -1 if verb is Do.SMALLER or small else 0


def zoom(h: Hearing) -> Frame | None:
    """ "zoom in to 150%", "punch in on the left at 0:10", "crop 20%", "remove the zoom" """
    side = takes_a_side(h)
    crops = h.has(Do.CROP) or side
    verb = h.say(Do.ZOOM, Do.ZOOM_OUT, Do.CROP, *((Do.CUT, Do.TRIM) if side else ()))
    if verb is None:
        sized = h.has(Do.BIGGER, Do.SMALLER) and (
            h.heard("percent", "factor") or h.has(Degree.HALF, Thing.VIDEO, Thing.CLIP)
        )
        if (
            not sized
            or h.has(*HEARD, Thing.FILE, Thing.TITLE, Thing.LOGO)
            or not (h.targets("clip") or not h.targets())
        ):
            return None
        verb = h.say(Do.BIGGER, Do.SMALLER)
    if h.has(*HEARD) or h.heard("quoted"):
        return None
    amounts = h.heard("percent", "factor")
    off = not (amounts or side) and (h.has(Do.CUT, When.OFF, Do.UNDO) or h.negated)
    h.say(When.OFF)
    moving = h.word(*SLOWLY) or _slow(h)
    if off:
        h.say(Do.CUT, When.OFF, Do.UNDO)
        h.take("not")
    target = h.target("clip", "b-roll", relations=("", "of", "on", "in", "to", "for"))
    place = h.place()
    h.absorb("clip", relations=("of", "on", "in"))  # "on the upper left part of the picture"
    spans = h.stretch()
    at = h.at()
    if crops and at is not None and h.texts() & listed("off_the_top"):
        target, place, at = at.of or target, "top", None
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


def takes_a_side(h: Hearing) -> bool:
    """ "Cut 10% off the left side of b.mp4", b左边裁掉一点: something of the picture, and not of its time."""
    if not set(h.of(Where)) & _SIDES or h.times.some or h.targets("text", "caption", "logo", "b-roll"):
        return False
    amount = h.heard("percent") or h.has(Degree.A_BIT, Degree.MUCH)
    return h.has(Do.CROP) or (h.has(Do.CUT, Do.TRIM) and bool(h.targets("clip")) and amount)


def _slow(h: Hearing) -> bool:
    """ "A slow zoom in": the zoom is slow, and not what is seen."""
    place = next((n for n, item in enumerate(h.items) if item.value in (Do.ZOOM, Do.ZOOM_OUT)), 0)
    if not place or h.items[place - 1].value is not Do.SLOWER:
        return False
    h.bound.add(place - 1)
    return True


def turn(h: Hearing) -> Frame | None:
    """ "rotate 90 degrees", "upside down", "mirror it", 逆时针旋转90度"""
    if (opposite := _other_way(h)) is not None:
        return opposite
    verb = h.say(Do.ROTATE, Do.COUNTERCLOCKWISE, Do.UPSIDE_DOWN, Do.MIRROR)
    degrees = h.take("degrees")
    turned = verb is None and degrees is None and h.word(*listed("turning"))
    if turned and any(item.what == "number" and item.value in (90, 180, 270) for item in h.items):
        verb = Do.ROTATE  # "turn it 180"
    if (verb is None and degrees is None) or h.heard("look", "quoted"):
        return None
    target = h.target("clip", "b-roll", "logo", relations=("", "of", "on", "in"))
    h.absorb(relations=("",))
    spans = h.stretch()
    if h.has(Do.UPSIDE_DOWN):
        degrees = 180
    elif h.has(Do.MIRROR):
        said = h.clause.said.lower()
        upright = any(word in said for word in listed("top_to_bottom"))
        h.of_course(Shape.VERTICAL)
        h.say(Do.SET)
        h.word("vertically", "horizontally", "vertical", "horizontal")
        h.of_course(Where.LEFT, Where.RIGHT, When.TO)  # "mirror it left to right"
        return Turn(target=target, spans=spans, flip="v" if upright else "h")
    if degrees is None:
        number = h.take("number")
        degrees = number if number in (45, 90, 180, 270) else None
    back = h.has(Do.COUNTERCLOCKWISE) or h.say(Where.LEFT) is not None
    h.say(Where.RIGHT, Do.SET, When.BY, Degree.QUARTER, When.TO)
    if degrees is None:
        return Turn(target=target, spans=spans, degrees=-90.5 if back else 90.5)
    return Turn(target=target, spans=spans, degrees=-degrees if back else degrees)


def _other_way(h: Hearing) -> Turn | None:
    """ "Other way", after something was turned: as far round to the other side."""
    last = next((deed for deed in h.ground.memory.last_deeds if deed.frame["frame"] == "turn"), None)
    degrees = last.frame.get("degrees") if last is not None else None
    if last is None or degrees is None or h.heard("degrees") or h.say(Do.OTHER_WAY) is None:
        return None
    h.target("clip", "b-roll", "logo")
    h.say(Do.ROTATE, Do.SET)
    h.word(*listed("turning"))
    h.take("not")  # "no the other way"
    turned = round(degrees / 10) * 10  # a quarter, where nobody said how far
    return Turn(target=Target(ids=last.ids), degrees=-turned * (1 if abs(turned) >= 180 else 2))


def canvas(h: Hearing) -> Frame | None:
    """ "make it vertical", "16:9 with blurred background", "white background", "resize to 1280x720" """
    shapes = h.of(Shape)
    ratios, size = h.all("ratio"), h.take("size")
    ratio = ratios[-1] if ratios else None  # "from 16:9 to 1:1"
    colour = h.take("colour") if h.has(Thing.BACKGROUND) else None
    if not shapes and ratio is None and size is None and colour is None:
        return None
    if h.heard("quoted", "blend") or h.has(Do.EXPORT, Thing.TITLE, Do.MIRROR, *HEARD):
        return None
    if any(can == {"music"} for _, can in h.meant()):
        return None  # 音乐铺满全片
    version = any(target == Target(kind="video") for target in h.targets())  # "make a vertical version"
    adds = any(item.value is Do.ADD and not item.marked("light") for item in h.items) and not version
    if version:
        h.say(Do.ADD)
    if adds and not any(shape in _FITS for shape in shapes):
        return None
    if colour is not None and h.targets("text", "caption"):
        return None
    h.say(*Shape, Thing.BACKGROUND, Thing.DIMENSIONS)
    fits = [_FITS[shape] for shape in shapes if shape in _FITS]
    if h.has(Look.BLUR) and "contain" in fits:
        fits.append("blur")  # "it has black bars, can you blur them"
    fit = "blur" if "blur" in fits else next(iter(fits), None)  # all is shown with a blurred background too
    aspect = ratio or next((shape.value for shape in reversed(shapes) if shape not in _FITS), None)
    for place, item in enumerate(h.items):  # "for our LinkedIn page"
        beside = item.what == "target" and item.relation in ("for", "of")
        if beside and item.value.unknown and not item.value.names:
            h.bind_target(place)
    target = h.target("clip", relations=("", "of", "for", "in", "on"))
    narrowed = (target is not None and not target.plain) or (
        target is not None
        and target.refer == "it"
        and target.kind != "video"
        and bool(h.ground.mentioned(("clip",), recent=True))
        and (h.has(Do.CROP) or not (aspect or size or colour))  # "make it 9:16": the video
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


FAMILIES = (
    Family("arrange", arrange, -0.1),
    Family("zoom", zoom),
    Family("turn", turn),
    Family("canvas", canvas),
)
