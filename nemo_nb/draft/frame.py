"""The timeline as a pandas table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from .words import DEFAULTS, value_in_words

if TYPE_CHECKING:
    from .model import Draft, Segment, Track

_OF_THE_PICTURE = (
    "fit", "position", "scale", "opacity", "rotation", "flip", "crop", "filters", "style", "transition", "reverse",
    "freeze",
)  # fmt: skip

COLUMNS: dict[str, str] = {
    "track": "int64",
    "track_name": "str",
    "kind": "category",
    "name": "str",
    "start": "float64",
    "end": "float64",
    "duration": "float64",
    "volume": "float64",
    "speed": "float64",
    "fade_in": "float64",
    "fade_out": "float64",
    "picture": "str",
    "source_start": "float64",
    "file": "str",
    "text": "str",
    "id": "str",
}


def timeline(draft: Draft) -> pd.DataFrame:
    """One row a segment: bottom track first, then by start.

    Times are seconds. `track` counts from 1 as in the summary line; `volume` is 1.0 for unchanged and
    0.0 for muted, NaN for what has no sound; `speed` is NaN for text and images. `kind` is a category
    of video, image, audio and text. `picture` says in words what was done to what is seen: look, crop,
    position, transition …, empty where nothing was.
    """
    rows = [_row(track, segment) for track in draft.tracks for segment in track.segments]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype(COLUMNS)


def _row(track: Track, segment: Segment) -> dict[str, Any]:
    sounds = segment.kind in ("video", "audio")
    return {
        "track": track.index + 1,
        "track_name": track.name,
        "kind": segment.kind,
        "name": segment.name,
        "start": segment.start_ms / 1000,
        "end": segment.end_ms / 1000,
        "duration": segment.duration_ms / 1000,
        "volume": (0.0 if track.muted or segment.muted else segment.volume) if sounds else None,
        "speed": segment.speed if sounds else None,
        "fade_in": _fade(segment, "in"),
        "fade_out": _fade(segment, "out"),
        "picture": _picture(segment),
        "source_start": segment.source_start_ms / 1000 if sounds else None,
        "file": segment.file,
        "text": segment.text,
        "id": segment.id,
    }


def _picture(segment: Segment) -> str:
    """`look sepia, rotation 90°`"""
    found = ((key, segment.meta.get(key)) for key in _OF_THE_PICTURE)
    return ", ".join(
        value_in_words(key, value) for key, value in found if value not in (None, DEFAULTS.get(key))
    )


def _fade(segment: Segment, side: str) -> float:
    """The longer of the sound's fade and the picture's."""
    return max(segment.ms(f"fade_{side}_ms"), segment.ms(f"video_fade_{side}_ms")) / 1000
