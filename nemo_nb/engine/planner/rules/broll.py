"""Films that lie over the picture, once they are there: moved, lengthened, faded, taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....draft import Segment
from ....draft.operations import Adjust, Delete, Fade, Mute, Overlay, Retime
from ....language import Clause, Degree, Do, Filler, Kind, Look, Particle, Thing, When, declines, rejects
from ..scene import Scene
from ..timing import Timing, timing
from .follow import AGAIN
from .lettering import position_of

_MORE_MS, _FADE_MS = 1000, 500
# What a wish about times has of verbs; any other verb is another rule's.
_RETIMING = frozenset(
    {Do.SET, Do.MOVE, Do.PUT, Do.TRIM, Do.FIT, Do.CHANGE, Do.SHOW, Do.SAY, Do.PLAY, Do.CUT, Do.KEEP}
)
_FADES = frozenset({Do.FADE, Do.FADE_IN, Do.FADE_OUT})
_OWN = {
    Thing.B_ROLL,
    Thing.IT,
    Thing.ALL,
    Thing.THESE,
    Thing.LENGTH,
    Thing.SOUND,
    Thing.OPACITY,
    Thing.SPEED,
    Thing.LOOK,
}
_UNABLE = (
    Do.LOUDER, Do.QUIETER, Do.REVERSE, Do.REPEAT, Do.FREEZE, Do.SPLIT, Do.DUCK, Do.NORMALIZE, Thing.VOLUME,
)  # fmt: skip
_STEP, _INSET = 1.4, 0.3
_ENDS = re.compile(r"\b(?:until|till|ends?|stops?)\b|直到|结束")


def broll(clause: Clause, scene: Scene) -> bool:
    """ "make the b-roll a second longer", "move it to 0:06", "remove broll.mp4", "no, at 0:06 for 3 seconds" """
    if _of_something_else(clause, scene):
        return False
    named = scene.named_covers(clause)
    covers = named or _spoken_of(clause, scene)
    when = timing(clause, scene.total)
    if not covers:
        return _refused(clause, scene)
    if len(covers) > 1 and when.some and not clause.has(Degree.LONGER):
        covers = _at_that_time(when, covers)
    if named and (decided := _done_to(clause, when, covers, scene)) is not None:
        return decided
    if not _retimes(clause):
        return bool(named) and clause.has(Thing.B_ROLL) and _unable(clause, scene)
    if AGAIN.search(clause.text.lower()) and (when.spans or when.at is not None):
        return _once_more(when, covers[-1], scene)
    if len(covers) > 1 and (when.at is not None or when.to is not None):
        files = ", ".join(dict.fromkeys(item.file for item in covers))
        scene.ask(
            "which_b_roll", (scene.say("try_first_b_roll"), scene.say("try_second_b_roll")), files=files
        )
        return True
    done = [_retimed(clause, when, item, scene) for item in covers]
    return any(done)


def _of_something_else(clause: Clause, scene: Scene) -> bool:
    """ "Remove the title over the b-roll", "don't touch the b-roll", "trim the interview, but keep the b-roll" """
    things = set(clause.of(Thing)) - _OWN
    main = {clip.file for clip in scene.clips} & {asset.file for asset in scene.named_assets(clause)}
    stems = {clip.file.rpartition(".")[0].lower() for clip in scene.clips}
    named = main or stems & {word.lower() for word in clause.unknown}
    kept = clause.has(Do.KEEP, Do.SPARE, When.EXCEPT, Filler.RATHER)
    leads = clause.text.lower().startswith(("cut to", "cut from", "should i", "can i"))
    spared = next(iter(clause.concepts), None) is Filler.NOT  # "… but not the b-roll"
    return bool(things or named) or kept or leads or spared or declines(clause)


def _refused(clause: Clause, scene: Scene) -> bool:
    if not clause.has(Thing.B_ROLL) or not (rejects(clause) or _retimes(clause)):
        return False
    if not scene.covers:
        scene.refuse("no_b_roll")
    elif clause.values(Kind.ORDINAL):
        scene.refuse("no_such_b_roll", count=len(scene.covers))
    else:
        return False
    return True


def _at_that_time(when: Timing, covers: Sequence[Segment]) -> Sequence[Segment]:
    """Of several the one that lies there: "remove the b-roll at 0:12"."""
    start, end = when.spans[0] if when.spans else (when.at, when.at) if when.at is not None else (None, None)
    if start is None or end is None:
        return covers
    there = [item for item in covers if item.start_ms <= max(start, end - 1) and start < item.end_ms]
    return there or covers


def _done_to(clause: Clause, when: Timing, covers: Sequence[Segment], scene: Scene) -> bool | None:
    """What is done to them besides moving; None where nothing of that is wished for."""
    ids = tuple(item.id for item in covers)
    if clause.has(Thing.SOUND, Do.MUTE, Do.UNMUTE):
        off = clause.has(Do.MUTE) or rejects(clause)
        return scene.do(Mute(segments=ids, muted=off)) if off or clause.has(Do.UNMUTE) else None
    if clause.has(*_FADES):
        return _fade(clause, when, covers, scene)
    if clause.has(Do.FASTER, Do.SLOWER, Thing.SPEED):
        scene.refuse("cover_speed")
        return True
    if rejects(clause) and not clause.has(When.OFF, When.BY):
        if when.length is None and when.kind not in ("head", "tail"):
            if not when.spans:
                return scene.do(Delete(segments=ids))
            inside = scene.cut_free(covers, when.spans[0][0], min(when.spans[0][1], scene.total))
            return bool(inside) and scene.do(Delete(segments=tuple(item.id for item in inside)))
        return None
    return _stands(clause, covers, scene)


def _stands(clause: Clause, covers: Sequence[Segment], scene: Scene) -> bool | None:
    """ "Make the b-roll smaller", "at 50% opacity", "in the corner" """
    share, position = clause.value(Kind.PERCENT), position_of(clause)
    step = _STEP if clause.has(Do.BIGGER) else 1 / _STEP if clause.has(Do.SMALLER) else None
    if clause.has(Thing.OPACITY) or (
        share and not clause.has(Do.ZOOM, Do.ZOOM_OUT, Do.CROP) and not clause.of(Look)
    ):
        key = "opacity" if clause.has(Thing.OPACITY) else "scale"
        values = {item.id: {key: min(1.0, share or 0.5)} for item in covers}
    elif step:
        values = {item.id: {"scale": round(min(1.0, item.meta.get("scale", 1) * step), 4)} for item in covers}
    elif position:
        values = {item.id: {"scale": min(item.meta.get("scale", 1), _INSET)} for item in covers}
    else:
        return None
    for item in values.values():
        item |= {"position": position} if position else {}
    return scene.do(*(Adjust.model_validate({"segments": (key,), **item}) for key, item in values.items()))


def _unable(clause: Clause, scene: Scene) -> bool:
    """What can't be done to a film over the picture is never done to the clips below it."""
    if not clause.has(*_UNABLE):
        return False
    scene.refuse("cover_only", wish=clause.text[:200])
    return True


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
    if when.length is not None and clause.has(When.OFF, When.BY) and when.at is None:
        return (start + when.length, length) if clause.has(Do.MOVE) else (start, length - when.length)
    if clause.has(Do.FIT) and when.to is None:
        return start, length - (when.length or _MORE_MS)
    if when.shift is not None:
        return start + when.shift, length
    if when.spans:
        first, end = when.spans[0]
        if when.kind in ("head", "tail"):
            return (start, length - (end - first)) if rejects(clause) else (start, end - first)
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
