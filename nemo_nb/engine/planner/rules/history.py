"""Undo and redo."""

from __future__ import annotations

from ....language import Clause, Degree, Do, Kind, Thing
from ..scene import Scene


def redo(clause: Clause, scene: Scene) -> bool:
    """ "redo", 恢复刚才撤销的"""
    if not clause.has(Do.REDO):
        return False
    available = scene.material.redo_steps
    if not available:
        scene.refuse("nothing_to_redo")
        return True
    scene.redo = _steps(clause, available)
    return True


def _steps(clause: Clause, available: int) -> int:
    if clause.has(Thing.ALL):
        return available
    wanted = clause.value(Kind.NUMBER, Kind.FACTOR) or (2 if clause.has(Degree.DOUBLE) else None)
    words = [token.text.lower() for token in clause.tokens if token.value in (Do.UNDO, Do.REDO)]
    said = max((words.count(word) for word in words if len(word) < 6), default=1)  # "undo undo"
    return min(available, max(1, int(wanted or said)))
