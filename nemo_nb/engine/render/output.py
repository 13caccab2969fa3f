"""What kind of file an export makes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...draft.timecode import parse_fps
from ...errors import InvalidInput
from ...media.codecs import ROOMS, Room

FORMATS = ("mp4", "mov", "webm", "gif", "mp3", "wav", "m4a", "mkv")
AUDIO_ONLY = ("mp3", "wav", "m4a")
CODECS = ("h264", "source")
# The constant rate factor of x264: 18 can't be told from the source, 23 is its own default.
CRF = {"low": 28, "medium": 23, "high": 18}
# A GIF has no compression to speak of: fewer frames a second, and no larger than this unless told to.
GIF_RATES = {"low": 8, "medium": 10, "high": 12}
_GIF_HEIGHT = 270

_KEYS = dict.fromkeys(("format", "quality", "resolution", "height", "codec", "frame_rate"))
_NAMED_SIZES = {"4k": 2160, "2k": 1440, "hd": 720, "full-hd": 1080}
_MIN_HEIGHT, _MAX_HEIGHT = 16, 2160


@dataclass(frozen=True, slots=True)
class Output:
    """The file's format, its quality, and the size asked for.

    `height` is the number in "1080p": the shorter side in pixels, of an upright picture its width.
    `None` leaves the canvas as it is, or makes it a GIF's. `codec`: "h264", which plays everywhere, or "source" for
    that of the longest part, so that HEVC is copied too. With a `frame_rate` every picture is as long as the others;
    without one, what is copied keeps its own times.
    """

    format: str = "mp4"
    quality: str = "high"
    height: int | None = None
    codec: str = "h264"
    frame_rate: Fraction | None = None

    @classmethod
    def parse(cls, raw: Mapping[str, Any] | None) -> Output:
        """From the protocol's `output`: `format`, `quality`, `resolution` ("720p") or `height` (720), `codec` and
        `frame_rate`.

        InvalidInput, saying what there is, for anything else.

        >>> Output.parse({"format": "mp4", "quality": "low", "resolution": "720p"})
        Output(format='mp4', quality='low', height=720)
        """
        raw = raw or {}
        unknown = sorted(set(raw) - set(_KEYS))
        if unknown:
            raise InvalidInput(f"An export has no {unknown[0]!r}: it has {', '.join(_KEYS)}.")
        return cls(
            format=_one_of("format", raw.get("format") or "mp4", FORMATS),
            quality=_one_of("quality", raw.get("quality") or "high", tuple(CRF)),
            height=_height(raw.get("height") or raw.get("resolution")),
            codec=_one_of("codec", raw.get("codec") or "h264", CODECS),
            frame_rate=_rate(raw.get("frame_rate")),
        )

    def to_json(self) -> dict[str, Any]:
        """What `parse` reads back."""
        rate = None if self.frame_rate is None else str(self.frame_rate)
        return {"format": self.format, "quality": self.quality, "height": self.height, "codec": self.codec,
                "frame_rate": rate}  # fmt: skip

    @property
    def has_picture(self) -> bool:
        return self.format not in AUDIO_ONLY

    @property
    def room(self) -> Room:
        """The codec of what is encoded, where it is not to be the source's."""
        return ROOMS["vp9" if self.format == "webm" else "h264"]

    def size(self, width: int, height: int) -> tuple[int, int]:
        """The picture's size in pixels, both even, for a canvas of `width` x `height`."""
        wished = self.height or (_GIF_HEIGHT if self.format == "gif" else None)
        factor = 1.0 if wished is None else wished / min(width, height)
        if self.height is None:
            factor = min(1.0, factor)
        return even(width * factor), even(height * factor)


def _one_of(key: str, value: object, known: tuple[str, ...]) -> str:
    name = str(value).lower().removeprefix(".")
    if name not in known:
        raise InvalidInput(f"There is no {key} {str(value)[:40]!r}: use {', '.join(known)}.")
    return name


def _height(value: object) -> int | None:
    if value is None:
        return None
    text = str(value).lower().strip()
    number = re.fullmatch(r"(\d{2,4})p?", text)
    height = _NAMED_SIZES.get(text) or (int(number[1]) if number else 0)
    if not _MIN_HEIGHT <= height <= _MAX_HEIGHT:
        raise InvalidInput(f"There is no resolution {text[:40]!r}: use 480p, 720p, 1080p, 1440p or 4k.")
    return height


def _rate(value: object) -> Fraction | None:
    if value is None:
        return None
    try:
        number = float(Fraction(str(value)))
    except (ValueError, ZeroDivisionError):
        number = 0
    if not 1 <= number <= 240:
        raise InvalidInput(f"There is no frame rate {str(value)[:40]!r}: 1 to 240 pictures a second.")
    return parse_fps(value)


def even(side: float) -> int:
    """The nearest even number of pixels, as most codecs need."""
    return max(2, 2 * round(side / 2))
