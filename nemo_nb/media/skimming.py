"""How a film that is much to decode is skimmed, where a small picture of it is enough.

What no other picture refers to is left out: of a film with B-frames that leaves a third or half of its pictures,
exactly as they are, and all of one without. Where that too takes long, its keyframes have to do, if they come often.
There is nothing between the two: without any B-frames (`-skip_frame bidir`) x264's other pictures, which refer to
some of them, come out garbled.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from .opening import open_media
from .probe import MediaInfo

MANY_PIXELS = 1_500_000_000  # a second or two of two cores

_RARE_MS = 2500  # pictures further apart than this look like a fault
_B_FRAMES = 16  # most that H.264 encoders put in a row
_FPS = 25  # where a film has no rate of its own
# Of one core, give or take a half: measured on H.264 of 1 to 20 Mbit/s by x264, without its loop filter.
_S_A_MEGABYTE, _S_A_GIGAPIXEL = 0.2, 0.5


@dataclass(frozen=True, slots=True)
class Skim:
    """What is decoded of a film: the decoder's `options`, and how far apart the pictures then are at most.

    `sparse`: most of them are shown more than once. Of a stretch that is shown, `edge_ms` at its beginning and as much
    at its end are decoded whole.
    """

    options: tuple[str, ...]
    apart_ms: int
    sparse: bool = False
    edge_ms: int = 0


# For the decoder. What the loop filter smooths isn't seen in a small picture.
REFERENCES = ("-skip_frame", "noref", "-skip_loop_filter", "all")
KEYFRAMES = ("-skip_frame", "nokey", "-skip_loop_filter", "all")


def by_references(info: MediaInfo) -> Skim:
    return Skim(REFERENCES, round((_B_FRAMES + 1) * 1000 / (info.fps or _FPS)))


def by_keyframes(path: Path) -> Skim | None:
    """None where keyframes are too far apart, or the index doesn't say. Reads the index, which takes some 10 ms."""
    with open_media(path) as film:
        video = film.streams.video[0]
        step_ms = float((video.time_base or 0) * 1000)
        keys = [round(entry.timestamp * step_ms) for entry in video.index_entries if entry.is_keyframe]
        end_ms = round((video.duration or 0) * step_ms)
    gap = max((after - before for before, after in pairwise([*keys, end_ms])), default=_RARE_MS + 1)
    return Skim(KEYFRAMES, gap, sparse=True) if keys and gap <= _RARE_MS else None


def effort(path: Path, info: MediaInfo) -> float:
    """The time that one core takes to decode all of a film but for its loop filter, as a share of the film's length.

    Roughly: its bits cost most, and nearly all of them are in what others refer to.
    """
    if not info.duration_ms:
        return 0
    megabytes_s = path.stat().st_size / 1000 / info.duration_ms
    gigapixels_s = float(info.fps or _FPS) * info.width * info.height / 1e9
    return megabytes_s * _S_A_MEGABYTE + gigapixels_s * _S_A_GIGAPIXEL
