"""What the rules make of a message: answers, refusals, questions, captions and slideshows."""

from __future__ import annotations

import re

from pydantic import ValidationError

from ...language import (
    Clause,
    Filler,
    Request,
    only_polite,
    parse,
    takes_back,
    unfinished,
)
from .material import Material, Plan
from .rules import RULES
from .rules.beyond import suggestions
from .scene import Scene

# Beyond this many clauses a request is no request any more; the rest is refused, not worked through.
_MOST_CLAUSES = 60
_ASKED_FOR_ADVICE = re.compile(r"\s*should (?:i|we)\b.*\?\s*$|.*(?:要不要|该不该).*[?？]\s*$", re.IGNORECASE)
_THANKS = re.compile(r"\s*(?:many )?(?:thanks|thank you|thx|cheers|谢谢|多谢|谢啦)", re.IGNORECASE)


def plan_by_rules(text: str, material: Material) -> Plan:
    """What to do about a request. Never raises, whatever the text."""
    request = parse(text, [asset.file for asset in material.assets])
    return _staged(request, material).plan()


def _staged(request: Request, material: Material) -> Scene:
    """All that is to be done about one reading of a request."""
    scene = Scene(material, request.language)
    if takes_back(request.text) and all(map(_says_nothing, request.clauses)):
        scene.ask("no_what", suggestions(scene))
        return scene
    clauses = request.clauses[:_MOST_CLAUSES]
    if _ASKED_FOR_ADVICE.match(request.text):
        scene.ask("vague", suggestions(scene))
        return scene
    if _THANKS.match(request.text) and all(map(only_polite, clauses)):
        scene.answer("welcome")
        return scene
    for number, clause in enumerate(clauses):
        if number == len(clauses) - 1 and unfinished(clause):
            scene.ask("unfinished", suggestions(scene), text=clause.text[:200])
        else:
            _plan_clause(clause, scene)
    if len(request.clauses) > _MOST_CLAUSES:
        scene.refuse("too_much", count=_MOST_CLAUSES)
    if scene.lost and not scene.operations:
        scene.ask("what_then", suggestions(scene))
    if not (scene.operations or scene.refusals or scene.answers):
        scene.ask("vague", suggestions(scene))
    return scene


def _says_nothing(clause: Clause) -> bool:
    """ "No", "no thanks": something is wrong, and nothing says what."""
    return all(token.value in (Filler.NOT, Filler.WORD, Filler.CORRECTION) for token in clause.tokens)


def _plan_clause(clause: Clause, scene: Scene) -> None:
    try:
        understood = any(rule(clause, scene) for rule in RULES)
    except ValidationError as error:
        # The operations know what is possible; a rule hands them the numbers that people gave.
        scene.refuse("impossible", text=clause.text[:200], why=error.errors()[0]["msg"])
        return
    if not understood and not only_polite(clause):
        scene.refuse("not_understood", text=clause.text[:200])
        scene.lost += sum(token.value is not Filler.WORD for token in clause.tokens)
