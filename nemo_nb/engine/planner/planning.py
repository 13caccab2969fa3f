"""From a request to a plan."""

from __future__ import annotations

import dataclasses

from pydantic import ValidationError

from ...language import Clause, cues, detach, only_polite, parse
from .material import Material, Plan
from .rules import RULES
from .rules.beyond import suggestions
from .scene import Scene

# Beyond this many clauses a request is no request any more; the rest is refused, not worked through.
_MOST_CLAUSES = 60


def plan(text: str, material: Material) -> Plan:
    """What to do about a request. Never raises, whatever the text.

    >>> from nemo_nb.draft import Draft
    >>> plan("how long is it?", Material(Draft.empty())).answer
    'There is nothing on the timeline yet. Upload a video first.'
    """
    said, lines = detach(text)
    # Captions alone, with no word about them, are wanted on the picture.
    request = parse(said or ("add captions" if lines else ""), [asset.file for asset in material.assets])
    scene = Scene(material, request.language, cues(lines) if lines else ())
    for clause in request.clauses[:_MOST_CLAUSES]:
        _plan_clause(clause, scene)
    if len(request.clauses) > _MOST_CLAUSES:
        scene.refuse("too_much", count=_MOST_CLAUSES)
    if scene.lost and not (scene.operations or scene.wants or scene.undo or scene.redo):
        scene.ask("what_then", suggestions(scene))
    if not (scene.operations or scene.wants or scene.refusals or scene.answers or scene.undo or scene.redo):
        scene.ask("vague", suggestions(scene))
    return _settled(scene)


def _plan_clause(clause: Clause, scene: Scene) -> None:
    try:
        understood = any(rule(clause, scene) for rule in RULES)
    except ValidationError as error:
        # The operations know what is possible; a rule hands them the numbers that people gave.
        scene.refuse("impossible", text=clause.text[:200], why=error.errors()[0]["msg"])
        return
    if not understood and not only_polite(clause):
        scene.refuse("not_understood", text=clause.text[:200])
        scene.lost = True


def _settled(scene: Scene) -> Plan:
    """History and edits don't mix: what an undo brings back is not known here, so the rest has to wait."""
    made = scene.plan()
    if (made.undo or made.redo) and made.operations:
        return dataclasses.replace(
            made, operations=(), notes=(), refusals=(*made.refusals, scene.say("after_undo"))
        )
    return made
