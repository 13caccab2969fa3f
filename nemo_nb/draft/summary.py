"""The summary line of a timeline (protocol.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .timecode import span

if TYPE_CHECKING:
    from .model import Draft, Segment, Track


def line(draft: Draft) -> str:
    """`Timeline (2 tracks): 1. Video: city (0-10s) 2. BGM: Lo-fi (0-10s, 35%)`."""
    tracks = [track for track in draft.tracks if track.segments]
    count = f"{len(tracks)} track" + ("" if len(tracks) == 1 else "s")
    if not tracks:
        return f"Timeline ({count}): empty"
    return f"Timeline ({count}): " + " ".join(f"{n}. {_track(t)}" for n, t in enumerate(tracks, 1))


def on_one_line(text: str) -> str:
    """Lines of a text, side by side."""
    return " / ".join(text.splitlines()) or text


def _track(track: Track) -> str:
    return f"{track.name}: " + ", ".join(_segment(segment, track.muted) for segment in track.segments)


def _segment(segment: Segment, track_muted: bool) -> str:
    name = f'"{on_one_line(segment.text)}"' if segment.kind == "text" else segment.name
    facts = [span(segment.start_ms, segment.end_ms)]
    if segment.speed != 1:
        facts.append(f"{segment.speed:g}x")
    if segment.kind in ("audio", "video"):
        if track_muted or segment.muted:
            facts.append("muted")
        elif segment.volume != 1:
            facts.append(f"{segment.volume:.0%}")
    return f"{name} ({', '.join(facts)})"
