"""Whether all of a message was heard out: a value that could as well be another was dropped on the way.

`heeded` asks this of a family's reading of one clause. But clauses are put together, shared out and resolved after
that, and a number may be dropped there, or the name in a clause that was put together with another. So the message is
heard once more with another value in its place: where nothing comes out differently, the clause that holds it is taken
for not understood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..language.concepts import When
from ..tongues import Language
from .conversation import respond
from .frames import Question, Spare, Talk
from .items import Item
from .outcome import Outcome, Scene

# A long brief is checked for as many of its values as it takes to hear this many characters again.
_CHARACTERS = 8000
# How a value is written so that every language reads it as one of its sort: a little larger, and much smaller (what
# is too large for the film comes to the same as what is larger still).
_WRITTEN: dict[str, Callable[[Any], tuple[str, ...]]] = {
    "target": lambda target: ("Xqzvt",),  # nothing is called so: what was heard must be missed
    "time": lambda ms: (f"{(ms + 1700) / 1000:g} s", f"{ms / 10_000:g} s"),
    "number": lambda number: (f"{number + 2:g}", f"{number / 10:g}"),
    "percent": lambda share: (f"{share * 100 + 7:g}%", f"{share * 10:g}%"),
    "factor": lambda factor: (f"{factor + 0.3:g}x", f"{factor / 10:g}x"),
    "decibel": lambda level: (f"{level + 2:g} dB", f"{level - 3:g} dB"),
    "frames": lambda count: (f"{count + 2} frames", f"{count + 5} frames"),
}


def heard_out(text: str, language: Language, scene: Scene) -> Outcome:
    """What a message comes to, without the clauses of which a value makes no difference.

    Changes nothing outside; never raises, whatever the text.
    """
    outcome = respond(text, language, scene)
    if not outcome.stage.operations:
        return outcome
    came_to = _comes_to(outcome)
    left, unused = _CHARACTERS, set[tuple[int, int]]()
    for item, whole in _values(outcome):
        twins = (
            whole[: item.start] + written + whole[item.end :] for written in _WRITTEN[item.what](item.value)
        )
        for twin in twins:
            left -= len(twin)
            if left < 0 or _comes_to(respond(twin, language, scene)) != came_to:
                break
        else:
            unused.add((item.start, item.end))
    return respond(text, language, scene, unused=unused) if unused else outcome


def _values(outcome: Outcome) -> Iterator[tuple[Item, str]]:
    """The values of what was done, each with the message that it stands in."""
    told = {id(part.clause) for part in (*outcome.unread, *outcome.declined)}
    there = {id(part.clause) for part in outcome.reads}  # the others were put together with one of them
    for part in outcome.parts:
        if id(part.clause) in told or part.frame is None or isinstance(part.frame, (Talk, Spare, Question)):
            continue
        items = part.clause.items
        for place, item in enumerate(items):
            named = item.what != "target" or (bool(item.value.names) and id(part.clause) not in there)
            if item.what in _WRITTEN and named and item not in part.left and not _restates(items, place):
                yield item, part.clause.text


def _restates(items: Sequence[Item], place: int) -> bool:
    """ "Into three pieces, at 0:02 and 0:06", "from 1x to 2x": what follows from the rest, or is so already."""
    counts = items[place].what == "number" and [item.what for item in items[place + 1 : place + 2]] == [
        "thing"
    ]
    return counts or (items[place].what != "time" and place > 0 and items[place - 1].value is When.FROM)


def _comes_to(outcome: Outcome) -> tuple[Any, ...]:
    stage = outcome.stage
    told = (*stage.notes, *stage.refusals, *stage.answers, *((stage.question,) if stage.question else ()))
    return (
        stage.operations,
        (outcome.undo, outcome.redo, outcome.leave_out),
        [(said.key, repr(said.values)) for said in told],
        len(outcome.unread),
    )
