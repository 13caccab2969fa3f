"""Stretches that are left alone: "louder, but not from 10 to 12", "mute it except the last 3 seconds", 除了前3秒都静音.

What is spared stands in a piece of its own beside the wish. The wish is then done to all the time that is left over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..language.concepts import Do, When
from .clause import OF_A_THING, Read
from .frames import AddMusic, Cover, Frame, Overlay, Spare, Talk
from .items import Item
from .lexicon import NOT
from .slots import Moment, Span

_OF_TIME = frozenset(
    {"when", "time", "number", "percent", "degree", "ordinal", "frames", "timecode", "filler", "mark"}
)
_EXACT = frozenset({"time", "number", "percent", "degree", "frames", "timecode"})
_TAKES_TIME = frozenset({Do.CUT, Do.KEEP, Do.GO, Do.TRIM})
_PLACED = (AddMusic, Cover, Overlay)
_FAR = 10**9


def excepts(item: Item) -> bool:
    return item.value is When.EXCEPT or item.marked("except")


def spares_time(items: Sequence[Item]) -> bool:
    """Whether a piece names nothing but a stretch that is excepted: "but not the first 5 seconds"."""
    said = [item for item in items if item.what not in ("join", "break")]
    if len(said) < 2 or not (excepts(said[0]) or (said[0].what == "not" and said[0].text in NOT)):
        return False
    return all(item.what in _OF_TIME for item in said[1:]) and any(item.what in _EXACT for item in said[1:])


def begins_to_spare(items: Sequence[Item], place: int) -> bool:
    """Whether a stretch is excepted from here on: "mute it | except the last 3 seconds". What is cut out or kept is
    itself told by such a stretch."""
    if not excepts(items[place]) or any(item.value in _TAKES_TIME for item in items):
        return False
    end = next(
        (n for n, item in enumerate(items[place + 1 :], place + 1) if item.what in ("break", "join")),
        len(items),
    )
    return spares_time(items[place:end])


def ends_sparing(held: Sequence[Item], item: Item) -> bool:
    """Whether the wish itself begins behind what is spared: "except for the first 3 seconds | mute it"."""
    said = [other for other in held if other.what not in ("join", "break")]
    return (
        bool(said)
        and excepts(said[0])
        and spares_time(held)
        and not excepts(item)
        and item.what not in _OF_TIME
    )


def takes_time(items: Sequence[Item]) -> bool:
    return any(item.value in _TAKES_TIME for item in items)


def all_but(spared: Sequence[Span]) -> tuple[Span, ...]:
    """The time beside some stretches.

    >>> all_but([Span(start=Moment(), end=Moment(ms=5000))])[0].how
    'tail'
    """
    of_edges = all(
        span.how in ("head", "tail", "middle") for span in spared
    )  # of a clip's, then, if it is of one
    first, between, last = ("head", "middle", "tail") if of_edges else ("before", "range", "after")
    found: list[Span] = []
    since = Moment()
    for span in sorted(spared, key=lambda span: span.within(_FAR)):
        if span.start != Moment():
            how = first if since == Moment() else between
            found.append(Span.model_validate({"start": since, "end": span.start, "how": how}))
        since = span.end
    if since != Moment(edge="end"):
        found.append(Span.model_validate({"start": since, "end": Moment(edge="end"), "how": last}))
    return tuple(found)


def with_time_spared(reads: Sequence[Read]) -> list[Read]:
    """Each wish done to the time that the piece beside it leaves over; it waits where that can't be said of it."""
    found = list(reads)
    for place, part in enumerate(found):
        spans = part.clause.times.spans
        if len(found) < 2 or not spans or not spares_time(part.clause.items):
            continue
        beside = (*range(place - 1, -1, -1), *range(place + 1, len(found)))
        wish = next((n for n in beside if not isinstance(found[n].frame, (Talk, Spare))), None)
        if wish is None or takes_time(found[wish].clause.items):
            continue
        frame = _beside(found[wish].frame, spans)
        if frame is None:
            found[wish] = replace(found[wish], frame=None, left=tuple(found[wish].clause.items))
        else:
            found[wish] = replace(found[wish], frame=frame)
        found[place] = replace(part, frame=Spare(), family="spare", left=())
    return found


def _beside(frame: Frame | None, spared: Sequence[Span]) -> Frame | None:
    """The wish, of all the time but some of it; None where it is of no stretch, or of one already."""
    if frame is None:
        return None
    spans = all_but(spared)
    if frame.frame in OF_A_THING and getattr(frame, "spans", None) == ():
        return frame.model_copy(update={"spans": spans})
    if (
        isinstance(frame, _PLACED)
        and frame.span is None
        and getattr(frame, "at", None) is None
        and len(spans) == 1
    ):
        return frame.model_copy(update={"span": spans[0]})
    return None
