"""An uploaded file, as the reader and the resolver know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class MediaAsset:
    """An uploaded file: length in ms (0 for an image), size in pixels, frames a second."""

    asset: str
    file: str
    kind: Literal["video", "image", "audio"]
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    fps: float | str | None = None
