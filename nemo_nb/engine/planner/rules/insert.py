"""A clip at a moment: cut in there, with what comes after moved on, or laid over what is there."""

from __future__ import annotations

from collections.abc import Sequence

from ....draft import Segment
from ....draft.operations import CutOut, Reorder, Split, place
from ....language import Clause, Do, Filler, Kind, When
from ..material import MediaAsset
from ..scene import Scene
from ..timing import Timing, timing

_LAYING = {Do.SHOW, Do.PLAY, Do.SET}
_OVER = (
    "overlay", "over", "over the", "on top", "叠加", "叠加在", "叠加到", "叠在", "盖在", "覆盖在", "盖住",
)  # fmt: skip


def insert(clause: Clause, scene: Scene) -> bool:
    """ "insert c.mp4 at 2 seconds", "put c.mp4 in the middle of a.mp4", 在第3秒插入c.mp4

    The clip begins then; what plays at that moment is split, and goes on after it.
    """
    films = _films(clause, scene)
    if not films or not clause.has(Do.ADD, Do.PUT, Do.MOVE) or clause.has(Filler.NOT):
        return False
    moving = [clip for clip in scene.clips if clip.file == films[0].file]
    others = [clip for clip in scene.clips if clip.file != films[0].file]
    at = _moment(clause, films, scene)
    if at is None or not others or not (clause.values(Kind.TIME) or clause.has(When.MIDDLE)):
        return False
    if at > _without(others[-1].end_ms, moving):
        scene.outside()
        return True
    part = _part(timing(clause, films[0].duration_ms))
    if part and part[0] >= films[0].duration_ms:
        scene.refuse("no_such_part", file=films[0].file, length=scene.seconds(films[0].duration_ms))
        return True
    if not moving:
        scene.do(place(films[0]))
        moving = [clip for clip in scene.clips if clip.file == films[0].file]
    across = [clip for clip in others if _without(clip.start_ms, moving) < at < _without(clip.end_ms, moving)]
    for clip in across[:1]:
        scene.do(Split(at_ms=clip.start_ms + at - _without(clip.start_ms, moving)))
    ids = [clip.id for clip in moving]
    rest = [clip for clip in scene.clips if clip.id not in ids]
    before = [clip.id for clip in rest if _without(clip.start_ms, moving) < at]
    scene.do(Reorder(order=(*before, *ids, *(clip.id for clip in rest if clip.id not in before))))
    scene.last = tuple(ids)
    if part and len(ids) == 1:
        _keep_only(part, ids[0], scene)
    return True


def _part(when: Timing) -> tuple[int, int] | None:
    """ "2 seconds of beach.mp4", "beach.mp4 from its 0:03 to 0:06": what of the film is meant, in its own time"""
    if when.at is None:
        return None
    return when.spans[0] if when.spans else (0, when.length) if when.length else None


def _keep_only(part: tuple[int, int], segment_id: str, scene: Scene) -> None:
    clip = scene.segment(segment_id)
    if clip is None:
        return
    start, end = (clip.start_ms + ms for ms in part)
    if end > clip.end_ms:
        scene.note("cover_footage", file=clip.file, length=scene.seconds(clip.duration_ms - part[0]))
    cuts = [(min(end, clip.end_ms), clip.end_ms), (clip.start_ms, min(start, clip.end_ms))]
    scene.do(*(CutOut(start_ms=a, end_ms=b) for a, b in cuts if a < b))


def _films(clause: Clause, scene: Scene) -> list[MediaAsset]:
    return [asset for asset in scene.named_assets(clause) if asset.kind == "video"]


def _moment(clause: Clause, films: Sequence[MediaAsset], scene: Scene) -> int | None:
    """When the first of the films shall begin, in a timeline without it."""
    around = [clip for clip in scene.clips if films[1:] and clip.file == films[1].file]
    if around:
        moving = [clip for clip in scene.clips if clip.file == films[0].file]
        middle = around[0].start_ms + around[0].duration_ms // 2
        return _without(middle, moving) if clause.has(When.MIDDLE) else None
    when = timing(clause, scene.total)
    if when.at is not None:
        return when.at
    if when.length is not None:
        return None
    if when.spans:
        start, end = when.spans[0]
        return start if when.kind == "after" else end if clause.has(When.AFTER) else None
    return when.to


def _without(ms: int, gone: Sequence[Segment]) -> int:
    """Where a moment lies once these clips have gone from the timeline."""
    return ms - sum(min(clip.end_ms, ms) - min(clip.start_ms, ms) for clip in gone)
