"""Interlaced film that nobody marked as such: seen by its combs, where something moves."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from av.container import InputContainer
    from av.video.stream import VideoStream

_CODECS = frozenset(
    {"h264", "mpeg2video", "mpeg1video", "mpeg4", "msmpeg4v3", "dvvideo", "mjpeg", "vc1", "wmv3"}
)
_MOST_LINES, _MOST_RATE = 1088, 31  # what was ever broadcast in fields
_LOOKED_AT = 6
_STEP = 12  # of brightness: less is noise
_MOVING, _COMBED = 0.01, 0.35


def is_combed(container: InputContainer, stream: VideoStream) -> bool:
    """Whether pictures from the middle of a film are woven of two fields. Decodes a few, some 50 ms for 1080p.

    Between two lines of one field lies a line of the other's, taken at another time: where something moves it is
    brighter than both, or darker.
    """
    import av

    rate = stream.average_rate
    if (
        stream.codec_context.name not in _CODECS
        or stream.height > _MOST_LINES
        or (rate and rate > _MOST_RATE)
    ):
        return False
    with suppress(av.error.FFmpegError, ValueError):
        if container.duration:
            container.seek((container.start_time or 0) + container.duration * 2 // 5)
        frames = [frame.to_ndarray(format="gray") for frame in islice(container.decode(stream), _LOOKED_AT)]
        told = [_combed(before, after) for before, after in pairwise(frames) if before.shape == after.shape]
        seen = [combed for combed in told if combed is not None]
        return len(seen) >= 2 and all(seen)
    return False


def _combed(before: np.ndarray, after: np.ndarray) -> bool | None:
    """Whether what moved has combs; None where too little did to tell."""
    import numpy as np

    here = after.astype("int16")
    moved = np.abs(here - before) > _STEP
    moved = moved[1:-1]
    if moved.mean() < _MOVING:
        return None
    above, line, below = here[:-2], here[1:-1], here[2:]
    teeth = ((line - above > _STEP) & (line - below > _STEP)) | (
        (above - line > _STEP) & (below - line > _STEP)
    )
    alike = np.abs(above - below) <= _STEP
    return bool((teeth & alike & moved).sum() > _COMBED * moved.sum())
