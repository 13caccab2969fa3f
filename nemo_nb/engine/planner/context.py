"""A clause as its neighbours and the draft have it: without what isn't meant, with its moments as times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ...draft.operations import CutOut
from ...language import Clause, Do, Kind, When, only_contrast, without_contrast
from .conditions import resolved
from .rules.complaint import only_complains
from .rules.spare import kept_by, without_exception
from .rules.speed import fits_by_speed
from .scene import Scene


class Context:
    """Goes through the clauses of a request in their order."""

    def __init__(self, clauses: Sequence[Clause], scene: Scene) -> None:
        self._clauses = [without_contrast(clause) for clause in clauses]
        self._scene = scene
        self._pending: int | None = None  # a moment that was named before the wish it is for

    def wish(self, number: int) -> Clause | None:
        """What is wished for by a clause; none where it only says something about another one.

        The scene is told what the wish is not to touch.
        """
        clause, scene = self._clauses[number], self._scene
        before, following = ([None, *self._clauses, None][place] for place in (number, number + 2))
        if only_contrast(clause) or only_complains(clause, before, following, scene):
            return None
        told, self._pending = resolved(clause, scene, self._pending)
        if told is None:
            return None
        wish, excepted = without_exception(fits_by_speed(told, following), scene)
        others = (other for other in self._clauses if other is following or other.has(Do.SPARE))
        scene.spared = excepted.union(*(kept_by(other, scene) for other in others))
        return _at_the_cut(_in_time(wish, scene.draft.canvas.fps), scene)


def _in_time(clause: Clause, fps: Fraction) -> Clause:
    """With counts of frames and timecodes made into times."""
    if not clause.values(Kind.FRAMES, Kind.TIMECODE):
        return clause
    tokens = []
    for token in clause.tokens:
        if token.kind in (Kind.FRAMES, Kind.TIMECODE):
            whole_ms, frames = token.value if token.kind is Kind.TIMECODE else (0, token.value)
            token = replace(token, kind=Kind.TIME, value=whole_ms + round(frames * 1000 / fps))
        tokens.append(token)
    return replace(clause, tokens=tuple(tokens))


def _at_the_cut(clause: Clause, scene: Scene) -> Clause:
    """With "where the cut is" made into a time."""
    cuts = [operation.start_ms for operation in scene.recent if isinstance(operation, CutOut)]
    mark = next((token for token in clause.tokens if token.value is When.AT_THE_CUT), None)
    if mark is None or not cuts:
        return clause
    moment = (replace(mark, value=When.AT), replace(mark, kind=Kind.TIME, value=cuts[-1]))
    tokens = (part for token in clause.tokens for part in (moment if token is mark else (token,)))
    return replace(clause, tokens=tuple(tokens))
