"""What isn't made here: "dub it into French", "clone my voice", 换张脸."""

from __future__ import annotations

from ...language.concepts import Beyond as Wish
from ...language.concepts import Do, Shape, Thing
from ..frames import Beyond, Frame, Talk
from ..hearing import Hearing
from ..items import Item
from .base import Family, blurs_a_thing

_LIGHT = frozenset(
    {
        Do.ADD,
        Do.SET,
        Do.PUT,
        Do.CHANGE,
        Do.SAY,
        Do.GO,
        Do.CLICK,
        Do.WRITE,
        Do.PLAY,
        Do.SHOW,
        Do.MOVE,
        Do.CUT,
        Do.KEEP,
    }
)


def _is_a_name(h: Hearing, item: Item) -> bool:
    """ "The smile goes first", where there is a smile.mp4."""
    place = h.items.index(item)
    return item.named and place > 0 and h.items[place - 1].marked("the", "my", "this")


_BEING = frozenset({"is", "are", "was", "were", "looks"})


def beyond(h: Hearing) -> Frame | None:
    """The whole clause is refused: half of such a wish is no wish."""
    wished = [item.value for item in h.items if isinstance(item.value, Wish) and not _is_a_name(h, item)]
    if blurs_a_thing(h):
        h.bound.update(range(len(h.items)))
        return Beyond(kind="erase", wish=h.clause.said)
    above = [target for target in h.targets() if target.kind in ("text", "caption", "logo")]
    if wished[:1] == [Wish.FACE] and above and not h.of(Do) and set(h.of(Shape)) <= {Shape.COVER}:
        h.bound.update(range(len(h.items)))
        return Talk(kind="reason")  # "the title covers her face"
    if Wish.RAMP in wished:
        h.bound.update(range(len(h.items)))
        return Beyond(kind="ramp", wish=h.clause.said)  # whatever speeds it is to go through
    if (
        not wished
        or h.of(Shape)
        or h.heard("ratio", "size", "time", "percent", "factor")
        or set(h.of(Do)) - _LIGHT
    ):
        return None
    if any(h.ground.asset(name, "audio") for target in h.targets() for name in target.names):
        return None  # a voice that was recorded
    named = any(target.names or target.texts for target in h.targets())
    if h.heard("quoted") and (above or h.has(Thing.TITLE, Thing.CAPTIONS)):
        return None  # the words of a title
    if (wished[0] is Wish.FACE and (above or named)) or wished[0] in (
        Wish.FORMAT,
        Wish.SHRINK,
        Wish.VERSIONS,
    ):
        return None  # "the title covers her face"; what an export can do
    told = (
        wished[0] in (Wish.STABILIZE, Wish.DENOISE)
        and not h.of(Do)
        and not h.alone
        and bool(h.texts() & _BEING)
    )
    h.bound.update(range(len(h.items)))
    if told:
        return Talk(kind="reason")  # "…, the start is all shaky"
    return Beyond(kind=wished[0].name.lower(), wish=h.clause.said)


FAMILIES = (Family("beyond", beyond, -1.0),)
