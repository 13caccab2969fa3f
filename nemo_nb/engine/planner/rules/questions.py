"""Questions: answered from the draft, which stays as it is."""

from __future__ import annotations

from ....language import ABILITIES, Ask, Clause, Do, Kind, Language, Look, Thing, asks
from ..scene import Scene


def question(clause: Clause, scene: Scene) -> bool:
    """ "how long is it?", "which clip is the longest?", "what does my title say?", 你能做什么"""
    if not asks(clause, scene.language):
        return False
    if clause.has(Ask.ABILITIES):
        scene.answer("abilities", families=_families(scene.language))
    elif clause.has(Thing.CREDITS):
        scene.answer("credits")
    elif clause.has(Do.EXPORT, Thing.FORMAT, Thing.SETTINGS):
        scene.answer("export_how")
    elif clause.has(Ask.HOW) and clause.of(Do):
        scene.answer("how_to")
    else:
        _state(scene)
    return True


def state(clause: Clause, scene: Scene) -> bool:
    """ "status", "show me the timeline": the tracks in a line. "Show the harbour from 10 to 18" is a wish."""
    told = [kind for kind in Kind if kind not in (Kind.CONCEPT, Kind.BREAK)]
    if clause.of(Look) or clause.values(Kind.QUOTED):
        return False
    if not clause.has(Thing.STATUS) and not (clause.has(Do.SHOW) and not clause.values(*told)):
        return False
    _state(scene)
    return True


def _families(language: Language) -> str:
    """Every family of edits with examples of what to say, a line each."""
    return "\n".join(
        f"- {ability.title[language]}: " + " · ".join(f"“{said}”" for said in ability.examples[language][:2])
        for ability in ABILITIES
    )


def _state(scene: Scene) -> None:
    waiting = [
        a.file for a in scene.material.assets if not any(a.asset == s.asset for s in scene.draft.segments)
    ]
    scene.answer("state", summary=scene.draft.summary(scene.language))
    if waiting:
        scene.answer("waiting", files=", ".join(waiting))
