"""What goes on from the edit before: "now the other one too", "a bit longer", "make them half a second"."""

from __future__ import annotations

import re

from ....draft.operations import (
    AddFilter,
    Adjust,
    ClearFilters,
    Crop,
    Fade,
    Flip,
    Mute,
    Reverse,
    Rotate,
    Speed,
    Transition,
    Volume,
)
from ....language import Blend, Clause, Degree, Do, Kind, Thing
from ..scene import Scene
from ..timing import timing

_LIKEWISE = re.compile(r"\b(?:too|same|as well|likewise|also)\b|也|一样|同样")
_OTHERS = re.compile(r"\b(?:others?|another)\b|另一个|另外一个|另一段|其他")
_SHORTER = frozenset({"shorter", "quicker", "faster", "短一点", "短一些", "短点", "更短"})
_PASSING = frozenset({Thing.IT, Thing.ALL, Thing.THESE, Thing.TRANSITION, Thing.FADE, Thing.LENGTH})
_REPEATED = (AddFilter, Adjust, ClearFilters, Crop, Fade, Flip, Mute, Reverse, Rotate, Speed, Volume)
_LONGER_MS: dict[type, int] = {Fade: 1000, Transition: 500}


def likewise(clause: Clause, scene: Scene) -> bool:
    """ "The same for b.mp4", "now the other one too": the edit before, on something else"""
    text = clause.text.lower()
    repeated = [op for op in scene.recent if isinstance(op, _REPEATED) and op.segments]
    if not repeated or not _LIKEWISE.search(text) or clause.of(Do) or clause.values(Kind.QUOTED, Kind.TIME):
        return False
    done = {segment_id for op in repeated for segment_id in op.segments or ()}
    others = _OTHERS.search(text) or clause.has(Thing.REST)
    targets = scene.clips if others else scene.chosen_clips(clause)
    ids = tuple(clip.id for clip in targets if clip.id not in done)
    return bool(ids) and scene.do(*(op.model_copy(update={"segments": ids}) for op in repeated))


def longer(clause: Clause, scene: Scene) -> bool:
    """ "A bit longer", "make them half a second": another length for the fade or the transitions just made"""
    before = next(iter(scene.recent[-1:]), None)
    if not isinstance(before, (Fade, Transition)) or _says_more(clause):
        return False
    shorter, longer = _shortens(clause), clause.has(Degree.LONGER)
    when = timing(clause, scene.total)
    length = when.to if when.to is not None else when.length
    if when.spans or when.at is not None or (length is None and not shorter and not longer):
        return False
    if length is not None and length * 2 >= scene.total:
        return False  # so long is no fade: it is said of the whole
    alike = [op for op in scene.recent if isinstance(op, (Fade, Transition)) and op.op == before.op]
    return scene.do(*(_lasting(op, length, shorter=shorter) for op in alike))


def _shortens(clause: Clause) -> bool:
    return any(token.text.lower() in _SHORTER for token in clause.tokens)


def _says_more(clause: Clause) -> bool:
    """Whether it is a wish of its own, which a length is only a part of."""
    verbs = {Do.SET, Do.CHANGE, *([Do.FIT, Do.FASTER] if _shortens(clause) else [])}
    named = clause.values(Kind.FILE, Kind.QUOTED, Kind.PERCENT, Kind.FACTOR) or clause.of(Blend)
    return bool(named or set(clause.of(Do)) - verbs or set(clause.of(Thing)) - _PASSING)


def _lasting(operation: Fade | Transition, length: int | None, *, shorter: bool) -> Fade | Transition:
    fields = ("in_ms", "out_ms") if isinstance(operation, Fade) else ("duration_ms",)
    more = _LONGER_MS[type(operation)]
    old = {field: getattr(operation, field) for field in fields}
    new = {field: length or (ms // 2 if shorter else ms + more) for field, ms in old.items() if ms}
    return operation.model_copy(update=new)
