"""Undo and redo."""

from __future__ import annotations

from ....draft.operations import CutOut, Delete
from ....language import Clause, Degree, Do, Filler, Kind, Look, Thing, When
from ..scene import Scene


def back(clause: Clause, scene: Scene) -> bool:
    """ "put it back", "back": what was undone, or what was taken away last"""
    alone = all(token.value in (Filler.WORD, Filler.NOT, When.END) for token in clause.tokens)
    alone = alone and any(token.text.lower() == "back" for token in clause.tokens)
    gone = (clause.has(Thing.TITLE) and not scene.texts) or (clause.has(Thing.MUSIC) and not scene.music)
    gone = gone or (clause.has(Thing.CLIP) and any(isinstance(op, (CutOut, Delete)) for op in scene.recent))
    words = {token.text.lower() for token in clause.tokens}
    said = (
        "back" in words
        and (clause.has(Do.PUT, Do.MOVE, Do.SET) or "want" in words)
        and not clause.has(Do.SAY)
    )
    alone = alone or (gone and said)  # "bring my title back"
    if not (clause.has(Do.BACK) or alone) or clause.values(Kind.FILE, Kind.QUOTED):
        return False
    if scene.material.redo_steps:
        scene.redo = 1
    elif scene.material.undo_steps:
        scene.step_back(1)
    else:
        scene.refuse("nothing_to_undo")
    return True


def undo(clause: Clause, scene: Scene) -> bool:
    """ "undo", "go back one step", "undo the last two changes", 撤销"""
    drops = clause.has(Do.CUT) and clause.has(Thing.CHANGE)  # "drop that last change", 刚才那步不要了
    if not (clause.has(Do.UNDO) or drops) or clause.has(Do.REDO) or clause.of(Look):
        return False
    available = scene.material.undo_steps
    if not available:
        scene.refuse("nothing_to_undo")
        return True
    scene.step_back(_steps(clause, available))
    return True


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
