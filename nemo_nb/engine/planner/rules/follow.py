"""What goes on from the edit before: "now the other one too", "a bit longer", "make them half a second"."""

from __future__ import annotations

import re

from ....draft.operations import (
    AddFilter,
    Adjust,
    ClearFilters,
    Crop,
    CutOut,
    Delete,
    Fade,
    Flip,
    Keep,
    Mute,
    Reverse,
    Rotate,
    Speed,
    Transition,
    Volume,
)
from ....language import Clause, Do, Kind, Look, Thing
from ..scene import Scene

_LIKEWISE = re.compile(r"\btoo$|\b(?:same|as well|likewise|also)\b|也|一样|同样")
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
