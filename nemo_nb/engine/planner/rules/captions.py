"""Captions from lines: pasted, or from an SRT or WebVTT file that the client put into the message."""

from __future__ import annotations

from itertools import pairwise

from ....draft.operations import AddCaptions, CaptionLine
from ....language import Clause, Cue, Do, Kind, Thing
from ..scene import Scene
from .lettering import position_of, style_of

_SHOWN_MS = 3000
_SUBTITLES = (".srt", ".vtt")


def captions(clause: Clause, scene: Scene) -> bool:
    """ "add captions from talk.srt", "captions:" with lines below it"""
    named = [name for name in clause.values(Kind.FILE) if str(name).lower().endswith(_SUBTITLES)]
    if not named and not (scene.cues and clause.has(Thing.CAPTIONS)):
        return False
    if clause.has(Do.CUT):
        return False
    if not scene.cues:
        scene.refuse("no_caption_lines", file=named[0])
        return True
    if not scene.total:
        scene.refuse("empty")
        return True
    lines = [line for line in _timed(scene.cues, scene.total) if line.at_ms < scene.total]
    if not lines:
        scene.outside()
        return True
    scene.do(
        AddCaptions(lines=tuple(lines), position=position_of(clause) or "bottom", style=style_of(clause))
    )
    if len(lines) < len(scene.cues):
        scene.note("captions_outside", count=len(scene.cues) - len(lines))
    return True


def _timed(cues: tuple[Cue, ...], total: int) -> list[CaptionLine]:
    """Each with a time: up to the next one at most, and evenly over the whole where none has any."""
    if cues[0].start_ms is None:
        each = max(1, total // len(cues))
        return [CaptionLine(text=cue.text, at_ms=n * each, duration_ms=each) for n, cue in enumerate(cues)]
    starts = [cue.start_ms or 0 for cue in cues]
    limits = [after - start for start, after in pairwise([*starts, max(total, starts[-1] + _SHOWN_MS)])]
    lines = []
    for cue, start, limit in zip(cues, starts, limits, strict=True):
        length = _SHOWN_MS if cue.end_ms is None else cue.end_ms - start
        if min(length, limit) > 0:
            lines.append(CaptionLine(text=cue.text, at_ms=start, duration_ms=min(length, limit)))
    return lines
