"""Captions from lines: pasted, or from an SRT or WebVTT file that the client put into the message."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...draft.operations import AddCaptions, CaptionLine, TextStyle
from ...language import Cue
from ..frames import AddText
from ..stage import Stage
from .base import SHOWN_MS, SIZE, style_values


def add_captions(frame: AddText, cues: Sequence[Cue], stage: Stage) -> None:
    """All lines, each until the next one begins at most."""
    if not stage.total:
        stage.refuse("empty")
        return
    lines = [line for line in _timed(cues, stage.total) if line.at_ms < stage.total]
    if not lines:
        stage.outside()
        return
    style = TextStyle(**style_values(frame.style, SIZE))
    stage.do(AddCaptions(lines=tuple(lines), position=frame.place or "bottom", style=style))
    if len(lines) < len(cues):
        stage.note("captions_outside", count=len(cues) - len(lines))


def _timed(cues: Sequence[Cue], total: int) -> list[CaptionLine]:
    """Each with a time: up to the next one at most, and evenly over the whole where none has any."""
    if cues[0].start_ms is None:
        each = max(1, total // len(cues))
        return [CaptionLine(text=cue.text, at_ms=n * each, duration_ms=each) for n, cue in enumerate(cues)]
    starts = [cue.start_ms or 0 for cue in cues]
    limits = [after - start for start, after in pairwise([*starts, max(total, starts[-1] + SHOWN_MS)])]
    lines = []
    for cue, start, limit in zip(cues, starts, limits, strict=True):
        length = SHOWN_MS if cue.end_ms is None else cue.end_ms - start
        if min(length, limit) > 0:
            lines.append(CaptionLine(text=cue.text, at_ms=start, duration_ms=min(length, limit)))
    return lines
