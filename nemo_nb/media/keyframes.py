"""When a film's keyframes alone are enough to show it by: where there is much to decode, and they come often."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from .opening import open_media

MANY_PIXELS = 1_500_000_000  # a second or two of two cores
_RARE_MS = 2500  # pictures further apart than this look like a fault

# For the decoder: what a small picture doesn't show is left out.
ALONE = ("-skip_frame", "nokey", "-skip_loop_filter", "all")


def often_enough_ms(path: Path) -> int | None:
    """How far a film's keyframes are apart at most, in ms; None where that is too far, or its index doesn't say.

    Reads the index, which takes some 10 ms.
    """
    with open_media(path) as film:
        video = film.streams.video[0]
        step_ms = float((video.time_base or 0) * 1000)
        keys = [round(entry.timestamp * step_ms) for entry in video.index_entries if entry.is_keyframe]
        end_ms = round((video.duration or 0) * step_ms)
    gap = max((after - before for before, after in pairwise([*keys, end_ms])), default=_RARE_MS + 1)
    return gap if keys and gap <= _RARE_MS else None
