"""What a message means after the one before: it puts that one right, it answers what was asked, or it stands alone."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from ...draft.operations import CutOut, Delete, Keep
from ...language import Clause, Do, Filler, Kind, When, Where, dismisses, readings, takes_back
from .material import Material, Plan
from .planning import plan_alone
from .wording import sentence

_LINKING = frozenset({Do.SET, Do.SAY})  # "no, make that 3 seconds", "I said 3 seconds"
_FOR_WORDS = ("which_words", "which_new_words", "which_captions", "which_intro")
_OPEN = ("vague", "what_then", "no_what")  # questions that any wish is an answer to
_LONGEST = 200
_ONLY = re.compile(r"\s*(?:and |but )?(?:only|just)\b|只", re.IGNORECASE)
_ANSWERS_NOTHING = re.compile(
    r"yes|ok(?:ay)?|sure|undo|redo|stop|mute|export|help|cancel|好|好的|撤销", re.IGNORECASE
)
_EMPTY = frozenset({Filler.NOT, Filler.WORD, Filler.CORRECTION})
_SAYING = tuple(kind for kind in Kind if kind not in (Kind.CONCEPT, Kind.BREAK))


def plan(text: str, material: Material) -> Plan:
    """What to do about a message. Never raises, whatever the text.

    >>> from nemo_nb.draft import Draft
    >>> plan("how long is it?", Material(Draft.empty())).answer
    'There is nothing on the timeline yet. Upload a video first.'
    """
    ways = (_mended, _narrowed, _answered)
    return next((made for way in ways if (made := way(text, material))), None) or plan_alone(text, material)


def _mended(text: str, material: Material) -> Plan | None:
    """ "No, the first 3 seconds": the message before, put right, in place of what came of it."""
    if not (takes_back(text) and material.said and material.past):
        return None
    if any(verb not in _LINKING for clause in _clauses(text, material) for verb in clause.of(Do)):
        return None
    if not any(
        clause.values(*_SAYING) or set(clause.concepts) - _EMPTY for clause in _clauses(text, material)
    ):
        return None  # "no" alone says nothing
    before = _as_before(material)
    once, again = (plan_alone(words, before) for words in (material.said, f"{material.said}, {text}"))
    right = again.operations and again.operations != once.operations and not again.refusals
    if _removes(again) and not _removes(once):
        return None
    return dataclasses.replace(again, undo=1) if right or again.wants else None


def _removes(made: Plan) -> bool:
    return any(isinstance(operation, (CutOut, Keep, Delete)) for operation in made.operations)


def _narrowed(text: str, material: Material) -> Plan | None:
    """ "Zoom in" - "only at 0:03 for 2 seconds": the message before, with what it is limited to."""
    if not (_ONLY.match(text) and material.said and material.past and material.recent):
        return None
    if any(isinstance(op, (CutOut, Keep, Delete)) for op in material.recent):
        return None  # "only the first 3 seconds" is a wish of its own
    clauses = _clauses(text, material)
    if not any(clause.values(Kind.TIME) for clause in clauses) or any(clause.of(Do) for clause in clauses):
        return None
    again = plan_alone(f"{material.said} {text}", _as_before(material))
    return dataclasses.replace(again, undo=1) if again.operations and not again.refusals else None


def _as_before(material: Material) -> Material:
    """What the message before was planned against."""
    return dataclasses.replace(
        material,
        draft=material.past[0],
        past=(),
        said="",
        last=material.earlier,
        recent=(),
        undo_steps=0,
        redo_steps=0,
    )


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
    if _ANSWERS_NOTHING.fullmatch(text.strip(" .!?")) or any(clause.asked for clause in clauses):
        return None
    words = asked.question in _sentences(asked, _FOR_WORDS) and _are_words(text, clauses)
    if asked.question in _sentences(asked, ("how_long",)):
        return plan_alone(
            f"{'trim it' if text.lower().startswith(('by', 'to')) else 'trim it to'} {text}", material
        )
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
