"""The stretch of time that a clause names, cut free of what lies around it."""

from __future__ import annotations

from ....draft import Segment
from ....language import Clause, Do, When
from ..scene import Scene
from ..timing import timing


def within(clause: Clause, scene: Scene, targets: list[Segment]) -> list[Segment] | None:
    """ "mute 0:02 to 0:04", "blur the last 2 seconds": of the targets what lies there; None where it lies outside.

    Where no time is named, all of them.
    """
    when = timing(clause, scene.total)
    spans = when.spans
    if not spans and when.at is not None and when.length is not None:
        spans = ((when.at, when.at + when.length),)  # "at 0:10 for 2 seconds"
    elif not spans and when.at and clause.has(When.START, When.FROM, Do.ZOOM):
        spans = ((when.at, scene.total),)  # 第3秒开始变黑白, "punch in at 0:10"
    if not spans or not targets:
        return targets
    if any(not 0 <= start < min(end, scene.total) for start, end in spans):
        scene.outside()
        return None
    ids, assets = {item.id for item in targets}, {item.asset for item in targets}
    parts: list[Segment] = []
    for start, end in spans:
        there = [item for item in scene.draft.segments if item.id in ids]
        inside = scene.cut_free(there, start, min(end, scene.total))
        parts += inside
        ids |= {item.id for item in scene.draft.segments if item.asset in assets}
    return parts
