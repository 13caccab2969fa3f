"""Silences: found in the media, cut as stretches of time."""

from __future__ import annotations

from collections.abc import Iterator

from ....draft import Segment
from ....draft.operations import CutOut
from ....language import Clause, Do, Thing
from ..material import Pauses
from ..scene import Scene
from ..timing import timing

_SHORTEST_MS = 600
_BREATH_MS = 100  # left at both sides, so that no word is clipped


def silences(clause: Clause, scene: Scene) -> bool:
    """ "remove the silences", "cut out pauses longer than 1 second", 去掉停顿"""
    if not clause.has(Thing.SILENCES) or clause.has(Do.ADD, Do.PUT, Do.KEEP):
        return False
    clips = [clip for clip in scene.chosen_clips(clause) or scene.sounding if clip.kind == "video"]
    if not clips:
        scene.refuse("no_sound" if scene.clips else "empty")
        return True
    unknown = {clip.asset for clip in clips} - scene.material.pauses.keys()
    if unknown:
        scene.wants |= unknown
        return True
    when = timing(clause, scene.total)
    shortest = when.length or _SHORTEST_MS
    spans = [
        span
        for clip in clips
        for span in _on_timeline(clip, scene.material.pauses[clip.asset])
        if span[1] - span[0] >= shortest
    ]
    if sum(end - start for start, end in spans) >= scene.total:
        scene.refuse("all_silent")
        return True
    cuts = [(start + _BREATH_MS, end - _BREATH_MS) for start, end in spans]
    cuts = sorted({(start, end) for start, end in cuts if end - start > _BREATH_MS}, reverse=True)
    if not cuts:
        scene.refuse("no_silences", length=scene.seconds(shortest))
        return True
    if scene.do(*(CutOut(start_ms=start, end_ms=end) for start, end in cuts)):
        scene.note("silences_cut", count=len(cuts), length=scene.seconds(shortest))
    return True


def _on_timeline(clip: Segment, pauses: Pauses) -> Iterator[tuple[int, int]]:
    """The pauses of its file where the clip shows them, in ms of the timeline."""
    if clip.meta.get("loop") or clip.meta.get("freeze"):
        return
    for start, end in pauses:
        first, last = max(start, clip.source_start_ms), min(end, clip.source_end_ms)
        if first >= last:
            continue
        skipped, left = first - clip.source_start_ms, clip.source_end_ms - last
        if clip.meta.get("reverse"):
            skipped, left = left, skipped
        yield clip.start_ms + round(skipped / clip.speed), clip.end_ms - round(left / clip.speed)
