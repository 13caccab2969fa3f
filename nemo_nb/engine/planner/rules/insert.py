"""A clip at a moment: cut in there, with what comes after moved on, or laid over what is there."""

from __future__ import annotations

from collections.abc import Sequence

from ....draft import Segment
from ....draft.operations import CutOut, Delete, Mute, Overlay, Reorder, Split, place
from ....language import Clause, Do, Filler, Kind, Thing, When, Where, declines
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


def cover(clause: Clause, scene: Scene) -> bool:
    """ "use c.mp4 as b-roll over b.mp4", "overlay c.mp4 from 5 to 7 seconds": it hides the picture, and is not heard"""
    films = _films(clause, scene)
    away = (
        clause.text.lower().startswith(("cut to ", "cut away to "))
        and timing(clause, scene.total).at is not None
    )
    covers = away or clause.has(Thing.B_ROLL) or _laid_over(clause)
    after = clause.has(Thing.B_ROLL) and clause.has(When.AFTER)  # "right after it" is no place on the canvas
    inset = (set(clause.of(Where)) - {Where.TOP} and not after) or clause.has(Thing.LOGO)
    if (
        declines(clause)
        or clause.asked
        or clause.has(Thing.TITLE, Thing.CAPTIONS)
        or clause.values(Kind.QUOTED)
    ):
        return False
    if not films or films[0] is not next(iter(scene.named_assets(clause)), None):
        return False  # "put logo.png over broll.mp4"
    laying = clause.has(Do.ADD, Do.PUT) or (clause.has(Thing.B_ROLL) and set(clause.of(Do)) <= _LAYING)
    if not covers or inset or not (away or laying):
        return False
    if clause.text.startswith("在"):  # 在b.mp4上叠加c.mp4
        films = films[::-1]
    film = films[0]
    on_main = [clip for clip in scene.clips if clip.file == film.file]
    if len(on_main) == len(scene.clips):
        scene.refuse("pip_alone" if on_main else "empty", file=film.file)
        return True
    when = timing(clause, scene.total)
    covered = next((clip for clip in scene.clips if films[1:] and clip.file == films[1].file), None)
    start = when.spans[0][0] if when.spans else when.at
    if start is None and after and scene.covers:
        start = max(item.end_ms for item in scene.covers)
    start = start if start is not None else covered.start_ms if covered else 0
    if not 0 <= start < scene.total:
        scene.outside()
        return True
    length = when.spans[0][1] - start if when.spans else when.length
    if length is None and covered and covered.end_ms > start:
        length = covered.end_ms - start
    if _without(start, on_main) >= scene.total - sum(clip.duration_ms for clip in on_main):
        scene.refuse("nothing_below", file=film.file)
        return True
    if on_main:
        scene.do(Delete(segments=tuple(clip.id for clip in on_main)))
    known = {item.id for item in scene.draft.segments}
    laid = Overlay(
        kind="video",
        asset=film.asset,
        file=film.file,
        at_ms=_without(start, on_main),
        duration_ms=min(length or film.duration_ms, film.duration_ms),
        fit="cover",
    )
    if scene.do(laid):
        new = tuple(item.id for item in scene.draft.segments if item.id not in known)
        scene.do(Mute(segments=new))
        scene.last = new
        scene.note("cover_muted", file=film.file)
    return True


def _laid_over(clause: Clause) -> bool:
    """ "Lay c.mp4 over b.mp4", "… over the first 3 seconds"; not "over there", "over 2 seconds", "when it's over"."""
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    for token, after in zip(meant, [*meant[1:], None], strict=False):
        if token.text.lower() not in _OVER:
            continue
        if token.text.lower() not in ("over", "over the", "on top"):
            return True
        below = after is not None and (
            after.kind is Kind.FILE or after.value in (Thing.CLIP, Thing.VIDEO, When.FIRST, When.LAST)
        )
        if below:
            return True
    return False


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
