"""Whether a reading heeds what was said: a value that could as well be another was heard by nobody.

A family binds the items that it has a use for. That it bound "3 seconds" doesn't prove that the three seconds are in
its frame. So each value is changed for another, and the family hears the clause once more: the same frame again means
that the value was dropped, and a wish of which a value is dropped is not carried out as if it were understood.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from ..language.concepts import Do
from .clause import LAYING, Clause
from .families import FAMILIES
from .frames import Beyond, Follow, Frame, Question, Spare, Talk
from .hearing import Hearing
from .items import Item
from .slots import Target


def unheeded(
    clause: Clause, frame: Frame, family: str, bound: frozenset[int] | set[int], *, alone: bool
) -> list[Item]:
    """The values among the bound items that made no difference to the frame.

    >>> from nemo_nb.draft import Draft
    >>> from nemo_nb.intent.reader import read
    >>> from nemo_nb.intent.resolve import Ground
    >>> part, = read("mute it", Ground(Draft.empty()), "en")
    >>> unheeded(part.clause, part.frame, part.family, {0, 1}, alone=True)
    []
    """
    if isinstance(frame, (Beyond, Question, Talk, Spare)):
        return []  # of what is refused nothing has to be in the frame

    def same_with(changed: dict[int, Item]) -> bool:
        try:
            return FAMILIES[family].hears(Hearing(clause.with_items(changed), alone=alone)) == frame
        except ValidationError:  # it was taken into the frame, which can't hold it
            return False

    verbless = isinstance(frame, Follow) or frame.frame in LAYING
    others = {place: _others(clause.items[place], verbless=verbless) for place in sorted(bound)}
    dropped = [
        place for place, ways in others.items() if ways and all(same_with({place: way}) for way in ways)
    ]
    # "Half speed, 50 percent", "vertical, 9:16": either says it, and both together are heard.
    for group in _ALIKE:
        alike = [place for place in others if clause.items[place].what in group and others[place]]
        if len(alike) > 1 and not same_with({place: others[place][0] for place in alike}):
            dropped = [place for place in dropped if place not in alike]
    return [clause.items[place] for place in dropped if not _said_twice(clause, place)]


def _said_twice(clause: Clause, place: int) -> bool:
    """ "Over the vows, from 5 to 8 s of the vows": a time, or a thing, that is the same as another."""
    item = clause.items[place]
    same = [n for n, other in enumerate(clause.items) if (other.what, other.value) == (item.what, item.value)]
    return item.what in ("time", "target") and len(same) > 1


_COUNTED = frozenset({"time", "number", "percent", "factor", "decibel", "degrees", "frames"})
_CHOSEN = frozenset({"where", "shape", "look", "blend"})
_ALIKE = (
    frozenset({"shape", "ratio"}),
    frozenset({"where"}),
    frozenset({"look"}),
    frozenset({"blend"}),
    _COUNTED - {"time"},
)
# Verbs that no other wish could mean as well.
_DEEDS = frozenset(
    {
        Do.MOVE,
        Do.CUT,
        Do.SPLIT,
        Do.SWAP,
        Do.REVERSE,
        Do.MUTE,
        Do.ROTATE,
        Do.MIRROR,
        Do.ZOOM,
        Do.FREEZE,
        Do.REPEAT,
    }
)
_NOBODY = ("\N{WHITE SQUARE}",)


def _others(item: Item, *, verbless: bool) -> list[Item]:
    """The item with other values; none where it has none that must be heeded.

    What goes on with something, or lays something over the picture, needs no verb such as "move" or "cut": one that
    it binds must be in its frame as well.
    """
    value: Any = item.value
    if item.what in _COUNTED:
        return [replace(item, value=value + (700 if item.what == "time" else 2))]
    if item.what == "ratio":
        return [replace(item, value="7:5")]
    if item.what in _CHOSEN:
        ways = [other for other in type(value) if other is not value]
        return [replace(item, value=way) for way in ways]
    if verbless and item.value in _DEEDS and not item.marked("light"):
        return [replace(item, what="filler", value=None, marks=frozenset())]
    if item.what == "target" and (target := _another_target(value)) is not None:
        return [replace(item, value=target)]
    return []


def _another_target(target: Target) -> Target | None:
    if target.names:
        return target.model_copy(update={"names": _NOBODY})
    if target.texts:
        return target.model_copy(update={"texts": _NOBODY})
    if target.numbers and target.numbers != (
        0,
    ):  # "the middle part, 0:05 to 0:15": that is told by its times
        return target.model_copy(update={"numbers": tuple(number + 7 for number in target.numbers)})
    return None
