"""Films that lie over the picture, once they are there: moved, lengthened, faded, taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....draft import Segment
from ....draft.operations import Delete, Fade, Mute, Overlay, Retime
from ....language import Clause, Degree, Do, Kind, Look, Particle, Thing, rejects
from ..scene import Scene
from ..timing import Timing, timing

_MORE_MS, _FADE_MS = 1000, 500
# What a wish about times has of verbs; any other verb is another rule's.
_RETIMING = frozenset(
    {Do.SET, Do.MOVE, Do.PUT, Do.TRIM, Do.FIT, Do.CHANGE, Do.SHOW, Do.SAY, Do.PLAY, Do.CUT, Do.KEEP}
)
_FADES = frozenset({Do.FADE, Do.FADE_IN, Do.FADE_OUT})
_AGAIN = re.compile(r"\b(?:also|again|as well|too)\b|再|也")
_ENDS = re.compile(r"\b(?:until|till|ends?|stops?)\b|直到|结束")


def broll(clause: Clause, scene: Scene) -> bool:
    """ "make the b-roll a second longer", "move it to 0:06", "remove broll.mp4", "no, at 0:06 for 3 seconds" """
    named = scene.named_covers(clause)
    covers = named or _spoken_of(clause, scene)
    if not covers:
        if clause.has(Thing.B_ROLL) and not scene.covers and (rejects(clause) or _retimes(clause)):
            scene.refuse("no_b_roll")
            return True
        return False
    when = timing(clause, scene.total)
    if named and rejects(clause) and not when.some:
        return scene.do(Delete(segments=tuple(item.id for item in covers)))
    if clause.has(Do.MUTE, Do.UNMUTE) and named:
        return scene.do(Mute(segments=tuple(item.id for item in covers), muted=not clause.has(Do.UNMUTE)))
    if clause.has(*_FADES) and named:
        return _fade(clause, when, covers, scene)
    if clause.has(Do.FASTER, Do.SLOWER, Thing.SPEED) and named:
        scene.refuse("cover_speed")
        return True
    if not _retimes(clause):
        return False
    if _AGAIN.search(clause.text.lower()) and (when.spans or when.at is not None):
        return _once_more(when, covers[-1], scene)
    done = [_retimed(clause, when, item, scene) for item in covers]
    return any(done)


def _spoken_of(clause: Clause, scene: Scene) -> Sequence[Segment]:
    """What was spoken of last, where the clause names nothing else: "it", or only a time."""
    last = [item for item in scene.covers if item.id in scene.last]
    if not last or not scene.alone or clause.values(Kind.FILE, Kind.QUOTED, Kind.ORDINAL) or clause.of(Look):
        return []
    things = set(clause.of(Thing)) - {Thing.IT, Thing.LENGTH}
    fragment = clause.has(Thing.IT) or not set(clause.of(Do)) - {Do.SET, Do.SAY}
    return last if fragment and not things and timing(clause, scene.total).some else []


def _retimes(clause: Clause) -> bool:
    return set(clause.of(Do)) <= _RETIMING and not clause.values(Kind.PERCENT, Kind.FACTOR)


def _retimed(clause: Clause, when: Timing, item: Segment, scene: Scene) -> bool:
    start, length = _wanted(clause, when, item)
    if (start, length) == (item.start_ms, item.duration_ms):
        return False
    if not 0 <= start < scene.total or length <= 0:
        scene.outside()
        return True
    footage = scene.footage_of(item)
    if footage is not None and length > footage:
        scene.note("cover_footage", file=item.file, length=scene.seconds(footage))
        length = footage
    done = scene.do(Retime(segment=item.id, start_ms=start, duration_ms=length))
    scene.last = (item.id,)
    return done


def _wanted(clause: Clause, when: Timing, item: Segment) -> tuple[int, int]:
    """The start and the length that the clause gives it; what it doesn't say stays."""
    start, length = item.start_ms, item.duration_ms
    if clause.has(Thing.LENGTH) and when.length is not None:
        return start, when.length  # "3 seconds in total"
    if clause.has(Degree.LONGER):
        return start, length + (when.length or _MORE_MS)
    if clause.has(Do.FIT) and when.to is None:
        return start, length - (when.length or _MORE_MS)
    if when.shift is not None:
        return start + when.shift, length
    if when.spans:
        first, end = when.spans[0]
        if when.kind in ("head", "tail"):
            return start, end - first
        return first, length if when.kind == "after" else end - first
    if when.to is not None:
        if _ENDS.search(clause.text.lower()) and when.to > start:
            return start, when.to - start
        return (when.to, length) if clause.has(Do.MOVE, Do.PUT) else (start, when.to)
    if when.at is not None and when.length is None and _ENDS.search(clause.text.lower()) and when.at > start:
        return start, when.at - start
    return when.at if when.at is not None else start, when.length or length


def _once_more(when: Timing, item: Segment, scene: Scene) -> bool:
    """ "Also at 0:12 for 2 seconds": what of the film comes after what is shown already, as long as there is any"""
    start = when.spans[0][0] if when.spans else when.at or 0
    length = when.spans[0][1] - start if when.spans and when.kind != "after" else when.length
    if not 0 <= start < scene.total:
        scene.outside()
        return True
    known = {other.id for other in scene.covers}
    laid = Overlay.model_validate(
        {
            "kind": "video", "asset": item.asset, "file": item.file, "at_ms": start,
            "duration_ms": min(length or item.duration_ms, scene.footage_of(item) or item.duration_ms),
            **{key: item.meta[key] for key in ("position", "scale", "opacity", "fit") if key in item.meta},
        }
    )  # fmt: skip
    if not scene.do(laid):
        return True
    new = tuple(other.id for other in scene.covers if other.id not in known)
    if item.muted or item.volume == 0:
        scene.do(Mute(segments=new))
    scene.last = new
    return True


def _fade(clause: Clause, when: Timing, covers: Sequence[Segment], scene: Scene) -> bool:
    into = clause.has(Do.FADE_IN) or (clause.has(Do.FADE) and clause.has(Particle.IN))
    out = clause.has(Do.FADE_OUT) or (clause.has(Do.FADE) and clause.has(Particle.OUT))
    length = when.length or _FADE_MS
    lengths = {"in_ms": length if into or not out else None, "out_ms": length if out or not into else None}
    ids = tuple(item.id for item in covers)
    return scene.do(Fade.model_validate({"segments": ids, "of": "picture", **lengths}))
