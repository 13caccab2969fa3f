"""The summary line of a timeline (protocol.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..tongues import Language, table
from .figures import Figures, figures

if TYPE_CHECKING:
    from .model import Draft, Segment, Track


def line(draft: Draft, language: Language = "en") -> str:
    """`Timeline (2 tracks): 1. Video: city (0-10s) 2. BGM: Lo-fi (0-10s, 35%)`."""
    words: Mapping[str, str] = table(language, "changes").SUMMARY
    tracks = [track for track in draft.tracks if track.segments]
    told = [f"{n}. {_track(track, words, figures(language))}" for n, track in enumerate(tracks, 1)]
    count = words["one" if len(tracks) == 1 else "many"].format(count=len(tracks))
    return words["timeline"].format(count=count, tracks=" ".join(told) or words["empty"])


def on_one_line(text: str) -> str:
    """Lines of a text, side by side."""
    return " / ".join(text.splitlines()) or text


def _track(track: Track, words: Mapping[str, str], write: Figures) -> str:
    told = (_segment(segment, track.muted, words, write) for segment in track.segments)
    return f"{track.name}: " + ", ".join(told)


def _segment(segment: Segment, track_muted: bool, words: Mapping[str, str], write: Figures) -> str:
    name = f'"{on_one_line(segment.text)}"' if segment.kind == "text" else segment.name
    facts = [write.span(segment.start_ms, segment.end_ms)]
    if segment.speed != 1:
        facts.append(write.times(segment.speed))
    if segment.kind in ("audio", "video"):
        if track_muted or segment.muted:
            facts.append(words["muted"])
        elif segment.volume != 1:
            facts.append(write.percent(segment.volume))
    return f"{name} ({', '.join(facts)})"
