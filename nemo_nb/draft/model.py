"""Reading a draft.

A `Draft` wraps the JSON document and never changes it: keys that nobody here knows survive. Reading
is tolerant, because a cloud's draft may lack starts, ids and metadata; `schema` is the strict side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..errors import WrongCall
from ..tongues import Language
from . import canonical, difference, summary
from .timecode import parse_fps

if TYPE_CHECKING:
    import pandas as pd

JSON = Any

KIND_OF_TRACK = {0: "video", 1: "audio", 7: "text"}
TRACK_OF_KIND = {"video": 0, "image": 0, "audio": 1, "text": 7}
OVERLAY = "Overlay"  # what a track is called of which all lies over the picture, or over a voice
TRACK_NAMES = {0: "Video", 1: "Audio", 7: "Text"}


@dataclass(frozen=True, slots=True)
class Canvas:
    """The picture that a draft makes: pixels, frames a second, `#rrggbb`."""

    width: int = 1920
    height: int = 1080
    fps: Fraction = Fraction(30)
    background: str = "#000000"


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of media or text on a track, from `start_ms` up to, not including, `end_ms`."""

    raw: Mapping[str, JSON]
    id: str
    track: int
    track_type: int
    start_ms: int
    duration_ms: int

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.duration_ms

    @property
    def meta(self) -> Mapping[str, JSON]:
        return _mapping(self.raw.get("m"))

    @property
    def kind(self) -> str:
        return str(self.meta.get("kind") or KIND_OF_TRACK.get(self.track_type, "other"))

    @property
    def name(self) -> str:
        return str(self.meta.get("name") or self.file or self.text or self.kind)

    @property
    def file(self) -> str:
        return str(self.meta.get("file") or "")

    @property
    def asset(self) -> str:
        return str(self.meta.get("asset") or "")

    @property
    def text(self) -> str:
        return str(self.meta.get("text") or "")

    @property
    def speed(self) -> float:
        return _number(self.meta.get("speed"), 1.0) or 1.0

    @property
    def volume(self) -> float:
        return _number(self.meta.get("volume"), 1.0)

    @property
    def muted(self) -> bool:
        return bool(self.meta.get("muted")) or self.volume == 0

    @property
    def source_start_ms(self) -> int:
        return round(_number(self.meta.get("source_start_ms"), 0))

    @property
    def source_end_ms(self) -> int:
        """Where in its file the segment ends. A looped one goes on from the file's start."""
        return self.source_start_ms + round(self.duration_ms * self.speed)

    def ms(self, key: str) -> int:
        """A length of the metadata, such as `fade_out_ms`; 0 when it isn't there."""
        return round(_number(self.meta.get(key), 0))


@dataclass(frozen=True, slots=True)
class Track:
    """A layer of the timeline. `type`: 0 video and images, 1 audio, 7 text."""

    raw: Mapping[str, JSON]
    id: str
    index: int
    type: int
    segments: tuple[Segment, ...]

    @property
    def meta(self) -> Mapping[str, JSON]:
        return _mapping(self.raw.get("m"))

    @property
    def name(self) -> str:
        return str(self.meta.get("name") or TRACK_NAMES.get(self.type, "Track"))

    @property
    def muted(self) -> bool:
        return bool(self.meta.get("muted"))


class Draft:
    """The edit as a document. It never changes; every edit makes another.

    >>> draft = nemo.Draft.empty("holiday")
    >>> draft.duration_ms, draft.summary()
    (0, 'Timeline (0 tracks): empty')
    """

    def __init__(self, raw: Mapping[str, JSON] | None = None, *, is_whole: bool = False) -> None:
        if not isinstance(raw, Mapping):
            raise WrongCall(
                "A draft is made of a dict that holds a document.",
                next_step="project.draft is that of a project, nemo.Draft.empty() an empty one.",
            )
        self._raw = raw
        self.is_whole = is_whole
        """Whether an edit has made it, so that no id, start or `m` is missing and all is in order."""

    @classmethod
    def read(cls, raw: object) -> Draft:
        """Any backend's draft, taken as it is. What isn't a JSON object reads as an empty draft."""
        return cls(copy_json(raw) if isinstance(raw, Mapping) else {})

    @classmethod
    def empty(cls, title: str = "project") -> Draft:
        """A draft with nothing on it and an untouched canvas."""
        return cls({"v": 1, "d": 0, "m": {"title": title}, "t": []})

    @property
    def raw(self) -> Mapping[str, JSON]:
        """The document itself, for reading only; `to_dict` copies it."""
        return self._raw

    def to_dict(self) -> dict[str, JSON]:
        """A copy of the whole document, unknown keys included."""
        copied: dict[str, JSON] = copy_json(self._raw)
        return copied

    @property
    def title(self) -> str:
        return str(_mapping(self._raw.get("m")).get("title") or "project")

    @cached_property
    def tracks(self) -> tuple[Track, ...]:
        """The tracks, bottom layer first."""
        tracks = [track for track in _sequence(self._raw.get("t")) if isinstance(track, Mapping)]
        return tuple(_read_track(track, index) for index, track in enumerate(tracks))

    @property
    def main_track(self) -> Track | None:
        """The one whose clips make the length: the bottom one of pictures, or without one of sound.

        Pictures that were laid over a voice don't become what it goes by.
        """
        filled = [track for track in self.tracks if track.segments]
        place = main_of((track.type, track.meta.get("name")) for track in filled)
        return None if place is None else filled[place]

    @property
    def clips(self) -> tuple[Segment, ...]:
        """The clips in a row that the film is made of; none where only sound makes its length."""
        main = self.main_track
        return main.segments if main and main.type == 0 else ()

    def is_on_main(self, segment: Segment) -> bool:
        """Whether it lies on the track that makes the length."""
        main = self.main_track
        return main is not None and segment.track == main.index

    @property
    def segments(self) -> Iterator[Segment]:
        """Every segment: bottom track first, then by start."""
        return (segment for track in self.tracks for segment in track.segments)

    @cached_property
    def duration_ms(self) -> int:
        """The latest end of any segment."""
        return max((segment.end_ms for segment in self.segments), default=0)

    @cached_property
    def canvas(self) -> Canvas:
        meta = _mapping(self._raw.get("m"))
        default = Canvas()
        return Canvas(
            width=round(_number(meta.get("width"), default.width)),
            height=round(_number(meta.get("height"), default.height)),
            fps=parse_fps(meta.get("fps", 30)),
            background=str(meta.get("background") or default.background),
        )

    @property
    def can_export(self) -> bool:
        return any(track.segments for track in self.tracks)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical form (RFC 8785), in hex. DraftError where it has none."""
        return canonical.digest(self._raw)

    @cached_property
    def edit_hash(self) -> str:
        """Like `hash`, but the same for equal edits of media whose bytes or ids differ."""
        return canonical.digest(canonical.without_identity(self._raw))

    def summary(self, language: Language = "en") -> str:
        """One line: the tracks, what is on them and when."""
        return summary.line(self, language)

    def diff(self, after: Draft) -> list[difference.Change]:
        """What changed from this draft to `after`, in the timeline's order."""
        return difference.changes(self, after)

    def frame(self) -> pd.DataFrame:
        """The timeline as a table, one row a segment; see `nemo_nb.draft.frame`."""
        from .frame import timeline

        return timeline(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Draft) and self._raw == other._raw

    def __hash__(self) -> int:
        return hash(self.hash)

    def __repr__(self) -> str:
        return f"<Draft {self.summary()}>"


def main_of(tracks: Iterable[tuple[int, JSON]]) -> int | None:
    """Which of some tracks, told by type and name, makes the length."""
    ranks: dict[int, int] = {}
    for place, (kind, name) in enumerate(tracks):
        if kind in (0, 1):
            ranks.setdefault(1 if kind == 1 else 2 if name == OVERLAY else 0, place)
    return ranks[min(ranks)] if ranks else None


def copy_json(value: JSON) -> JSON:
    """A deep copy of JSON data, several times faster than `copy.deepcopy`."""
    if isinstance(value, Mapping):
        return {key: copy_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [copy_json(item) for item in value]
    return value


def _read_track(raw: Mapping[str, JSON], index: int) -> Track:
    kind = round(_number(raw.get("tt"), 0))
    segments: list[Segment] = []
    clock = 0
    for number, item in enumerate(_sequence(raw.get("sg"))):
        if type(item) is not dict and not isinstance(item, Mapping):
            continue
        start = item.get("s")
        if type(start) is not int or not 0 <= start < 2**53:  # a missing start: right after the one before
            start = max(0, round(_number(start, clock)))
        segment = Segment(
            raw=item,
            id=str(item.get("id") or f"{index}.{number}"),
            track=index,
            track_type=kind,
            start_ms=start,
            duration_ms=max(0, round(_number(item.get("d"), 0))),
        )
        clock = segment.end_ms
        segments.append(segment)
    segments.sort(key=lambda segment: segment.start_ms)
    return Track(raw=raw, id=str(raw.get("id") or index), index=index, type=kind, segments=tuple(segments))


def _mapping(value: JSON) -> Mapping[str, JSON]:
    return value if type(value) is dict or isinstance(value, Mapping) else {}  # the first of them is quick


def _sequence(value: JSON) -> list[JSON]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _number(value: JSON, default: float) -> float:
    """A finite number; a cloud's draft may hold numbers as text, or nonsense."""
    if type(value) is int and abs(value) < 2**53:
        return value  # as nearly all are
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return default
    return number if math.isfinite(number) and abs(number) < 2**53 else default
