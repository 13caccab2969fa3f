"""What goes on from the edit before: "now the other one too", "a bit longer", "make them half a second"."""

from __future__ import annotations

import re

from ....draft.operations import (
    AddFilter,
    AddMusic,
    AddText,
    Adjust,
    ClearFilters,
    Crop,
    CutOut,
    Delete,
    Fade,
    Flip,
    Keep,
    Mute,
    Overlay,
    Reverse,
    Rotate,
    Speed,
    Transition,
    Volume,
)
from ....language import Blend, Clause, Degree, Do, Kind, Look, Thing
from ..scene import Scene
from ..timing import timing
from .loudness import LOUDEST
from .stretch import within

_LIKEWISE = re.compile(r"\btoo$|\b(?:same|as well|likewise|also)\b|也|一样|同样")
AGAIN = re.compile(r"\b(?:again|also|too|as well)\b|再|也")
_OTHERS = re.compile(r"\b(?:others?|another)\b|另一个|另外一个|另一段|其他")
_SHORTER = frozenset({"shorter", "quicker", "faster", "短一点", "短一些", "短点", "更短"})
_TOO_SHORT = re.compile(r"\b(?:too|a (?:bit|little)) (?:fast|quick|short|abrupt)\b|[太有][点]?[快短]")
_TOO_LONG = re.compile(r"\b(?:too|a (?:bit|little)) (?:slow|long)\b|[太有][点]?[慢长]")
_WEAKER = re.compile(
    r"\b(?:not (?:so|that|as)|too) (?:strong|much|heavy|intense)|\bless\b|\bweaker|\bsubtler"
    r"|弱一点|淡一点|别那么|太强|太过"
)
_STRONGER = re.compile(
    r"\bstronger|\bmore intense|\bmore of (?:it|that)|^(?:a bit |a little |even )?more$|强一点|更强"
)
_OTHER_SIDE = re.compile(r"\b(?:other|opposite) side\b|另一边|另一侧|对面")
_PASSING = frozenset({Thing.IT, Thing.ALL, Thing.THESE, Thing.TRANSITION, Thing.FADE, Thing.LENGTH})
_REPEATED = (
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
_LONGER_MS: dict[type, int] = {Fade: 1000, Transition: 500}


def likewise(clause: Clause, scene: Scene) -> bool:
    """ "The same for b.mp4", "now the other one too": the edit before, on something else"""
    text = clause.text.lower()
    repeated = [op for op in scene.recent if isinstance(op, _REPEATED) and op.segments]
    wishes = any((clause.of(Do), clause.of(Look), clause.values(Kind.QUOTED, Kind.TIME)))
    if not repeated or wishes or not _LIKEWISE.search(text.rstrip(" .!")):
        return False
    done = {segment_id for op in repeated for segment_id in op.segments or ()}
    others = _OTHERS.search(text) or clause.has(Thing.REST)
    heard = all(isinstance(op, (Fade, Mute, Volume)) for op in repeated)
    about = {"music": scene.music, "sound": scene.sounding, "clip": scene.sounding} if heard else {}
    targets = (
        scene.clips if others else scene.chosen_clips(clause) or about.get(scene.topic(clause) or "", ())
    )
    if any(isinstance(op, Transition) for op in repeated):
        targets = scene.clips[1:] if others else targets
    ids = tuple(item.id for item in targets if item.id not in done)
    return bool(ids) and scene.do(*(op.model_copy(update={"segments": ids}) for op in repeated))


def elsewhere(clause: Clause, scene: Scene) -> bool:
    """ "And again from 0:10 to 0:12", "also at 0:05 for 2 seconds": the edit before, on another stretch"""
    when = timing(clause, scene.total)
    again = AGAIN.search(clause.text.lower()) or clause.text.lower().startswith("and ")
    if (
        again
        and when.spans
        and _only_a_time(clause)
        and any(isinstance(op, CutOut) for op in scene.recent[-1:])
    ):
        spans = [(max(0, start), min(end, scene.total)) for start, end in when.spans]
        return scene.do(*(CutOut(start_ms=a, end_ms=b) for a, b in sorted(spans, reverse=True) if a < b))
    repeated = [
        op for op in scene.recent if isinstance(op, _REPEATED) and not isinstance(op, (Fade, Transition))
    ]
    added = any(isinstance(op, (AddMusic, AddText, Overlay)) for op in scene.recent)
    told = AGAIN.search(clause.text.lower()) and timing(clause, scene.total).some
    if not repeated or added or not told or not _only_a_time(clause):
        return False
    parts = within(clause, scene, list(scene.clips))
    ids = tuple(item.id for item in parts or ())
    return not ids or scene.do(*(op.model_copy(update={"segments": ids}) for op in repeated))


def unclear(clause: Clause, scene: Scene) -> bool:
    """ "Until 0:13", "half a second" after an edit that was no cut: nothing is cut for want of a verb"""
    cuts = any(isinstance(op, (CutOut, Keep, Delete)) for op in scene.recent)
    goes_on = scene.mends or (bool(scene.recent) and not cuts)
    if not scene.alone or scene.operations or not goes_on or not _only_a_time(clause):
        return False
    examples = (scene.say("try_cut_range"), scene.say("try_keep"), scene.say("try_trim"))
    scene.ask("which_about", examples, text=clause.text[:200])
    return True


def _only_a_time(clause: Clause) -> bool:
    """Whether a time is named and nothing else: no deed, nothing that it is to be done to."""
    named = any(isinstance(concept, (Thing, Do, Look)) for concept in clause.concepts)
    values = clause.values(Kind.FILE, Kind.QUOTED, Kind.PERCENT, Kind.FACTOR)
    return not (named or values or clause.unknown) and bool(clause.values(Kind.TIME))


def amount(clause: Clause, scene: Scene) -> bool:
    """ "Make it 1.5", "60%": another amount for the speed or the volume just set"""
    before = next(iter(scene.recent[-1:]), None)
    wanted = clause.value(Kind.FACTOR, Kind.PERCENT, Kind.NUMBER)
    if not isinstance(before, (Speed, Volume, Adjust)) or wanted is None or _says_more(clause, amounts=True):
        return False
    if isinstance(before, Adjust):
        sized = before.scale is not None and not clause.values(Kind.NUMBER) and 0 < wanted <= 8
        return sized and scene.do(before.model_copy(update={"scale": float(wanted)}))
    if isinstance(before, Volume):
        share = wanted / 100 if clause.values(Kind.NUMBER) else wanted
        return share <= LOUDEST and scene.do(Volume(segments=before.segments, volume=share))
    if before.start_ms is not None and before.end_ms is not None:
        end = before.start_ms + round((before.end_ms - before.start_ms) / before.factor)
        return scene.do(Speed(factor=wanted / before.factor, start_ms=before.start_ms, end_ms=end))
    clips = [clip for clip in scene.sounding if clip.id in (before.segments or ())]
    if not clips or clause.values(Kind.PERCENT) or not 0.1 <= wanted <= 16:
        return False
    return scene.do(*(Speed(segments=(clip.id,), factor=wanted / clip.speed) for clip in clips))


def pace(clause: Clause, scene: Scene) -> bool:
    """ "That's too fast" after "speed up the first 5 seconds": of that stretch, half of what was done to it"""
    before = next(iter(scene.recent[-1:]), None)
    text = clause.text.lower()
    too = _TOO_SHORT.search(text) or _TOO_LONG.search(text)
    if not isinstance(before, Speed) or not too or clause.values(Kind.FACTOR, Kind.PERCENT, Kind.TIME):
        return False
    if before.factor == 1 or scene.operations or (before.factor > 1) != bool(_TOO_SHORT.search(text)):
        return False
    back = (1 + before.factor) / 2 / before.factor
    if before.start_ms is None or before.end_ms is None:
        return scene.do(Speed(factor=back, segments=before.segments))
    end = before.start_ms + round((before.end_ms - before.start_ms) / before.factor)
    return scene.do(Speed(factor=back, start_ms=before.start_ms, end_ms=end))


def weaker(clause: Clause, scene: Scene) -> bool:
    """ "Not so strong", "a bit less", "stronger": more or less of the look just given"""
    text = clause.text.lower()
    factor = 0.5 if _WEAKER.search(text) else 1.5 if _STRONGER.search(text) else None
    looks = [op for op in scene.recent if isinstance(op, AddFilter)]
    zooms = [op for op in scene.recent if isinstance(op, Adjust) and op.scale is not None]
    if zooms and not looks and factor is not None and not any((clause.of(Do), clause.of(Thing))):
        scales = [min(8.0, max(0.1, 1 + (op.scale - 1) * factor)) for op in zooms if op.scale]
        return scene.do(
            *(op.model_copy(update={"scale": round(s, 4)}) for op, s in zip(zooms, scales, strict=True))
        )
    if not looks or factor is None or clause.of(Look) or clause.values(Kind.FILE, Kind.QUOTED, Kind.TIME):
        return False
    if any(verb not in (Do.SET, Do.QUIETER) for verb in clause.of(Do)) or clause.has(
        Thing.VOLUME, Thing.SOUND
    ):
        return False
    return scene.do(
        *(op.model_copy(update={"amount": max(-1.0, min(1.0, op.amount * factor))}) for op in looks)
    )


def other_side(clause: Clause, scene: Scene) -> bool:
    """ "The other side", 换到另一边: of what was just given a place"""
    if not _OTHER_SIDE.search(clause.text.lower()):
        return False
    placed = [item for item in scene.draft.segments if item.id in scene.last and "position" in item.meta]
    moved = {item.id: _mirrored(str(item.meta["position"])) for item in placed}
    wanted = [(item, place) for item, place in moved.items() if place]
    return bool(wanted) and scene.do(
        *(Adjust.model_validate({"segments": (item,), "position": place}) for item, place in wanted)
    )


def _mirrored(place: str) -> str | None:
    swapped = (
        {"left": "right", "right": "left"}
        if {"left", "right"} & set(place.split("-"))
        else {"top": "bottom", "bottom": "top"}
    )
    other = "-".join(swapped.get(part, part) for part in place.split("-"))
    return other if other != place else None


def longer(clause: Clause, scene: Scene) -> bool:
    """ "A bit longer", "make them half a second": another length for the fade or the transitions just made"""
    before = next(iter(scene.recent[-1:]), None)
    if not isinstance(before, (Fade, Transition)) or _says_more(clause):
        return False
    shorter = _shortens(clause)
    longer = clause.has(Degree.LONGER) or _TOO_SHORT.search(clause.text.lower())
    when = timing(clause, scene.total)
    length = when.to if when.to is not None else when.length
    if when.spans or when.at is not None or (length is None and not shorter and not longer):
        return False
    if length is not None and length * 2 >= scene.total:
        return False  # so long is no fade: it is said of the whole
    alike = [op for op in scene.recent if isinstance(op, (Fade, Transition)) and op.op == before.op]
    return scene.do(*(_lasting(op, length, shorter=shorter) for op in alike))


def _shortens(clause: Clause) -> bool:
    too_long = _TOO_LONG.search(clause.text.lower()) is not None
    return too_long or any(token.text.lower() in _SHORTER for token in clause.tokens)


def _says_more(clause: Clause, *, amounts: bool = False) -> bool:
    """Whether it is a wish of its own, which a length or an amount is only a part of."""
    pace = _shortens(clause) or _TOO_SHORT.search(clause.text.lower())
    verbs = {Do.SET, Do.CHANGE, *([Do.FIT, Do.FASTER, Do.SLOWER] if pace else [])}
    others = (Kind.TIME, Kind.ORDINAL, Kind.RATIO) if amounts else (Kind.PERCENT, Kind.FACTOR)
    named = clause.values(Kind.FILE, Kind.QUOTED, *others) or clause.of(Blend) or clause.of(Look)
    return bool(named or set(clause.of(Do)) - verbs or set(clause.of(Thing)) - _PASSING)


def _lasting(operation: Fade | Transition, length: int | None, *, shorter: bool) -> Fade | Transition:
    fields = ("in_ms", "out_ms") if isinstance(operation, Fade) else ("duration_ms",)
    more = _LONGER_MS[type(operation)]
    old = {field: getattr(operation, field) for field in fields}
    new = {field: length or (ms // 2 if shorter else ms + more) for field, ms in old.items() if ms}
    return operation.model_copy(update=new)
