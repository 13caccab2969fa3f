"""What a message means after the one before: it puts that one right, it answers what was asked, or it stands alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from ...language import Clause, Do, Kind, When, Where, dismisses, readings, takes_back
from .material import Material, Plan
from .planning import plan_alone
from .wording import sentence

_LINKING = frozenset({Do.SET, Do.SAY})  # "no, make that 3 seconds", "I said 3 seconds"
_FOR_WORDS = ("which_words", "which_new_words", "which_captions", "which_intro")
_OPEN = ("vague", "what_then", "no_what")  # questions that any wish is an answer to
_LONGEST = 200


def plan(text: str, material: Material) -> Plan:
    """What to do about a message. Never raises, whatever the text.

    >>> from nemo_nb.draft import Draft
    >>> plan("how long is it?", Material(Draft.empty())).answer
    'There is nothing on the timeline yet. Upload a video first.'
    """
    return _mended(text, material) or _answered(text, material) or plan_alone(text, material)


def _mended(text: str, material: Material) -> Plan | None:
    """ "No, the first 3 seconds": the message before, put right, in place of what came of it."""
    if not (takes_back(text) and material.said and material.past):
        return None
    if any(verb not in _LINKING for clause in _clauses(text, material) for verb in clause.of(Do)):
        return None
    before = dataclasses.replace(
        material, draft=material.past[0], past=(), said="", last=(), recent=(), undo_steps=0, redo_steps=0
    )
    once, again = (plan_alone(words, before) for words in (material.said, f"{material.said}, {text}"))
    right = again.operations and again.operations != once.operations and not again.refusals
    return dataclasses.replace(again, undo=1) if right or again.wants else None


def _answered(text: str, material: Material) -> Plan | None:
    """ "Add a title" - "What should the text say?" - "My Film": the wish that was asked about, with the answer."""
    if not material.said or max(len(text), len(material.said)) > _LONGEST:
        return None
    clauses = _clauses(text, material)
    if any(clause.of(Do) for clause in clauses) and not (text.istitle() or dismisses(text)):
        return None  # a wish of its own
    asked = plan_alone(material.said, material)
    if asked.question is None or asked.operations or asked.question in _sentences(asked, _OPEN):
        return None
    if dismisses(text):
        return Plan(asked.language, material.draft, answer=sentence(asked.language, "dismissed"))
    words = asked.question in _sentences(asked, _FOR_WORDS) and _are_words(text, clauses)
    answer = f"“{text.strip(' .。')}”" if words else text
    whole = plan_alone(f"{material.said} {answer}", material)
    return whole if whole.operations and not (whole.refusals or whole.question) else None


def _are_words(text: str, clauses: Iterable[Clause]) -> bool:
    """Whether it is what a text shall say, and not where or when it shall stand."""
    tokens = [token for clause in clauses for token in clause.tokens]
    placed = all(token.kind is Kind.TIME or isinstance(token.value, (When, Where)) for token in tokens)
    quoted = any(token.kind is Kind.QUOTED for token in tokens)
    return not quoted and (text.istitle() or not placed)


def _clauses(text: str, material: Material) -> tuple[Clause, ...]:
    return next(readings(text, [asset.file for asset in material.assets])).clauses


def _sentences(asked: Plan, keys: Iterable[str]) -> set[str]:
    return {sentence(asked.language, key) for key in keys}
