"""Sound that an export leaves as it is, and so needs not be encoded again: a film's own, from its first to its last."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...media.opening import open_media
from .scene import Scene, Sound, Source
from .sound import RATE

_SLACK_MS = 25  # a packet of AAC is 21 ms: so far apart a film's picture and its sound may end


def untouched_sound(scene: Scene) -> Source | None:
    """The source whose sound, packet by packet, is the sound of the scene; None where it must be mixed.

    Only all of it: what is cut inside a packet can't be copied. And only what the mix would have been encoded to,
    AAC-LC of 48 kHz stereo in an MP4. Reads the file's head.
    """
    sounds = sorted(scene.sounds, key=lambda item: item.start_ms)
    if not sounds or not all(map(_plain, sounds)) or not _in_one_piece(sounds):
        return None
    source, end_ms = sounds[0].source, sounds[-1].end_ms
    if abs(end_ms - scene.duration_ms) > _SLACK_MS:
        return None
    import av

    try:
        return source if _fits(source, scene) else None
    except av.error.FFmpegError:  # whoever mixes it says what is wrong with the file
        return None


def _fits(source: Source, scene: Scene) -> bool:
    with open_media(source.path) as film:
        if not film.format.name.startswith("mov") or not film.streams.audio:
            return False
        stream = film.streams.audio[0]
        codec = stream.codec_context
        alike = (codec.name, codec.profile, codec.sample_rate, codec.layout.name) == (
            "aac",
            "LC",
            RATE,
            "stereo",
        )
        step_ms = float((stream.time_base or 0) * 1000)
        first_ms, length_ms = (stream.start_time or 0) * step_ms, (stream.duration or 0) * step_ms
    return alike and abs(first_ms) <= 1 and abs(length_ms - scene.duration_ms) <= _SLACK_MS


def _plain(item: Sound) -> bool:
    """Whether it is heard as it is in its file."""
    faded = item.fade_in_ms or item.fade_out_ms or item.duck_db
    return not (faded or item.loop or item.reverse) and item.volume == 1 and item.speed == 1


def _in_one_piece(sounds: Sequence[Sound]) -> bool:
    """Whether each goes on in the file where the one before it ends, from the file's start on."""
    first = sounds[0]
    if first.start_ms or first.source_start_ms:
        return False
    return all(
        after.source.path == before.source.path
        and after.start_ms == before.end_ms
        and after.source_start_ms == before.source_start_ms + before.duration_ms
        for before, after in pairwise(sounds)
    )
