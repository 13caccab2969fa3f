"""An uploaded file, as the reader and the resolver know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class MediaAsset:
    """An uploaded file: length in ms (0 for an image), size in pixels, frames a second.

    `sounds` are its sound tracks, each by its title or language as far as the file says one; `subtitles` is how many
    subtitle tracks it has.
    """

    asset: str
    file: str
    kind: Literal["video", "image", "audio"]
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    fps: float | str | None = None
    sounds: tuple[str, ...] = ()
    subtitles: int = 0


@dataclass(frozen=True, slots=True)
class Lines:
    """The words of a film's own subtitle track, as they are asked for: by asset, and the track's number from 1."""

    asset: str
    track: int = 1
