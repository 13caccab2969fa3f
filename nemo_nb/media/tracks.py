"""The sound tracks and subtitles of a file, and which of its sounds are heard where nobody chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class SoundTrack:
    """One sound track. `number` counts the file's sound tracks from 1; `codec` is empty where it can't be decoded.

    `start` and `end` in seconds from the film's zero: both 0 for a track that holds nothing. `language` and `title`
    are what the file says, empty where it doesn't.
    """

    number: int
    codec: str = ""
    profile: str = ""
    sample_rate: int = 0
    channels: int = 0
    layout: str = ""
    language: str = ""
    title: str = ""
    is_default: bool = False
    start: Fraction = Fraction(0)
    end: Fraction = Fraction(0)

    @property
    def is_heard(self) -> bool:
        """Whether it holds any sound that can be decoded."""
        return bool(self.codec) and self.end > self.start


@dataclass(frozen=True, slots=True)
class TextTrack:
    """One subtitle track, numbered from 1 among them."""

    number: int
    codec: str = ""
    language: str = ""
    title: str = ""


def heard_by_default(tracks: Sequence[SoundTrack]) -> tuple[int, ...]:
    """The numbers of the tracks that are heard where nobody chose any; none where there is no sound.

    The one that the file calls its default. Tracks without a language and a title are no translations but sounds that
    were recorded side by side, such as a desktop and a microphone: where the file prefers none of those to the first,
    which every writer does without being asked, all are heard together.

    >>> heard_by_default([SoundTrack(1, "aac", language="eng", end=Fraction(9)),
    ...                   SoundTrack(2, "aac", language="fra", end=Fraction(9), is_default=True)])
    (2,)
    """
    heard = [track for track in tracks if track.is_heard]
    if len(heard) < 2:
        return tuple(track.number for track in heard)
    preferred = next((track for track in heard if track.is_default), heard[0])
    if preferred is heard[0] and not any(track.language or track.title for track in heard):
        return tuple(track.number for track in heard)
    return (preferred.number,)
