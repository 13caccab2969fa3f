"""Questions: what somebody wants to know, and of what."""

from __future__ import annotations

import re
from itertools import pairwise

from ...language.concepts import Ask, Do, Look, Shape, Thing
from ..frames import Frame, Question
from ..hearing import Hearing
from ..lexicon import listed, matching
from ..slots import Target
from .base import Family

_ASKS = (Ask.WHAT, Ask.WHERE, Ask.WHEN, Ask.HOW, Ask.HOW_LONG, Ask.HOW_MANY, Ask.WHICH, Ask.WHETHER)
_MEASURES = (Ask.HOW_LONG, Ask.HOW_MANY, Ask.HOW_LOUD, Ask.HOW_FAST)
_DONE = matching("done_so_far")
_NO_PLACE = matching("no_place")


def question(h: Hearing) -> Frame | None:
    """ "how long is it?", "what titles do I have?", "which clip is the longest?", "is it under a minute now?" """
    said = h.clause.said.lower()
    asked = [
        item.value
        for item in h.items
        if item.what == "target" and not (item.value.refer == "it" and item.value.kind is None)
    ]
    known = [target for target in asked if target != Target(unknown=target.unknown)]
    target = next(iter(known or asked), None)  # "the name of the song"
    two = any(one.what == "join" and other.what == "ask" for one, other in pairwise(h.items))
    two = two or len(set(h.of(Ask)) & set(_MEASURES)) > 1  # "how long is it and how loud is the Q&A?"
    about = None if two else _about(h, said, target)
    if about is None:
        return None  # or "how many clips, and how long": two questions
    limit = next((float(item.value) for item in h.items if item.what == "time"), None)
    at = h.times.at if about == "at" else None
    targets = h.targets()
    kinds = tuple(dict.fromkeys(t.kind for t in targets if t.kind))
    # A question is understood as one or not at all.
    h.bound.update(range(len(h.items)))
    target = target.model_copy(update={"every": None}) if target is not None else None
    if about == "length" and target is not None and target == Target(unknown=target.unknown):
        target = None if any(word in said for word in listed("total_length")) else target
    return Question.model_validate(
        {"about": about, "target": target, "number": limit, "at": at, "kinds": kinds}
    )


def _about(h: Hearing, said: str, target: Target | None) -> str | None:
    if h.has(Ask.ABILITIES) or h.has(Thing.CREDITS, Do.EXPORT, Thing.FORMAT, Thing.SETTINGS):
        return None
    if h.has(Ask.LONGEST, Ask.SHORTEST) or any(t.state in ("longest", "shortest") for t in h.targets()):
        return "longest" if not any(word in said for word in listed("shortest")) else "shortest"
    if (h.heard("time") and h.has(Ask.WHETHER)) or re.search(
        r"\b(?:under|over|longer than|shorter than|less than|more than)\b.*(?:second|minute|\ds)", said
    ):
        return "compare" if h.heard("time") else None
    sized = h.has(Thing.DIMENSIONS, Shape.VERTICAL, Shape.LANDSCAPE, Shape.SQUARE) or "size" in h.texts()
    if sized or matching("frame_rate").search(said):
        return "size"
    if h.has(Thing.VOLUME, Ask.HOW_LOUD, Do.MUTE, Do.UNMUTE) or "loud" in said:
        return "volume"
    if h.has(Thing.SPEED, Ask.HOW_FAST, Do.FASTER, Do.SLOWER):
        return "speed"
    if h.has(Ask.HOW_LONG, Thing.LENGTH):
        return "length"
    if h.has(Ask.HOW_MANY):
        return "count"
    if h.has(Ask.HOW):
        return None
    if h.has(Ask.WHEN) or matching("asks_when").search(said):
        return "when" if target is not None else None
    of_one = h.has(Do.CHANGE) and target is not None and not target.plain  # "was the sunset one changed?"
    if of_one or (_DONE.search(said) and h.has(Ask.WHAT) and not _NO_PLACE.search(said)):
        return "changes"
    if h.of(Look) or h.has(Thing.LOOK):
        return "looks"
    at = h.times.at
    if at is not None and (at.ms or at.of) and h.has(Ask.WHICH, Ask.WHAT):
        return "at"
    if (h.has(Ask.WHICH) and h.heard("ordinal")) or any(t.numbers for t in h.targets()):
        return "which"
    if h.has(*_ASKS) or h.clause.asked:
        return "list"
    return None


FAMILIES = (Family("question", question, 0.3, asked=True),)
