"""What a file holds, told: as rows for a table, and what of it an edit doesn't show, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .probe import MediaInfo
from .tracks import SoundTrack


def streams(info: MediaInfo) -> list[dict[str, Any]]:
    """One row a track: the picture, then sounds and subtitles by their numbers. Plain JSON; times in seconds.

    `heard` says whether a track is heard where nobody chose others.
    """
    rows: list[dict[str, Any]] = []
    if info.has_video:
        rate = float(info.fps) if info.fps else None
        size = {"width": info.width, "height": info.height, "fps": rate}
        length = float(info.timing.end_s) if info.timing else 0.0
        rows.append({"kind": "picture", "track": 1, "codec": info.video_codec, **size, "end": length})
    for track in info.sounds:
        times = {"start": float(track.start), "end": float(track.end)}
        said = {"language": track.language, "title": track.title, "default": track.is_default}
        what = {"codec": track.codec, "channels": track.channels, "sample_rate": track.sample_rate}
        heard = track.number in info.heard
        rows.append({"kind": "sound", "track": track.number, **what, **said, **times, "heard": heard})
    for text in info.subtitles:
        said = {"language": text.language, "title": text.title}
        rows.append({"kind": "subtitle", "track": text.number, "codec": text.codec, **said})
    return rows


def left_out(info: MediaInfo) -> str:
    """Which of several sounds is heard, and what else isn't shown; empty where nothing has to be said.

    >>> left_out(MediaInfo("video", chapters=2))
    '2 chapters are left out.'
    """
    said = [_sounds(info.sounds, info.heard)] if sum(track.is_heard for track in info.sounds) > 1 else []
    more = [
        *([_counted(len(info.subtitles), "subtitle track")] if info.subtitles else []),
        *([_counted(info.chapters, "chapter")] if info.chapters else []),
    ]
    count = len(info.subtitles) + info.chapters
    return " ".join(
        [*said, *([f"{' and '.join(more)} {'is' if count == 1 else 'are'} left out."] if more else [])]
    )


def _sounds(tracks: Sequence[SoundTrack], heard: Sequence[int]) -> str:
    chosen = [_named(tracks[number - 1]) for number in heard]
    others = [_named(track) for track in tracks if track.is_heard and track.number not in heard]
    if not others:
        return f"All its sound tracks are heard together: {', '.join(chosen)}."
    return f"Of its sound tracks, {', '.join(chosen)} is heard; there is also {', '.join(others)}."


def _named(track: SoundTrack) -> str:
    words = ", ".join(word for word in (track.title, track.language) if word)
    return f"track {track.number}{f' ({words})' if words else ''}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"
