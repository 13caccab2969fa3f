"""Sound that an export leaves as it is, and so needs not be encoded again: runs of a film's own packets of AAC.

A packet has 1024 samples, some 21 ms, and those of an export stand in one grid. So what is copied behind a cut is heard
up to half a packet earlier or later than the cut says, which is less than anybody sees between a voice and its lips.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from ...media.opening import open_media
from .scene import Scene, Sound, Source

PACKET = 1024  # samples
# A run is worth its seams when it is some seconds longer than what is encoded for those.
_SEAMS, _LEAST_RUN = 210, 400
_SLACK = 2  # packets by which a film's picture and its sound may end apart
_JITTER_S = Fraction(3, 1000)  # Matroska's times are whole milliseconds
_PLACE = {"id", "source", "start_ms", "end_ms", "source_start_ms", "of_picture", "tracks"}


@dataclass(frozen=True, slots=True)
class Voice:
    """A track of AAC-LC: `first` is when its first packet is heard, in samples from the film's zero."""

    source: Source
    track: int
    rate: int
    channels: int
    head: bytes
    first: Fraction
    packets: int

    @property
    def format(self) -> tuple[int, int, bytes]:
        """What the tracks of one export must have in common."""
        return self.rate, self.channels, self.head[:2]


@dataclass(frozen=True, slots=True)
class Run:
    """Packets `[first, end)` of the export, each number `ahead` more in the voice's own file.

    It would be right from sample `begin` to `until` of the export, which needn't be whole packets.
    """

    voice: Voice
    first: int
    end: int
    ahead: int
    begin: int
    until: int


def untouched_sound(scene: Scene) -> tuple[Run, ...]:
    """The runs of a scene's sound that may be copied, first to last; none where it is better encoded as a whole.

    Reads the times of all packets of the files in question once.
    """
    found = []
    for item, start_ms, end_ms in _alone(scene.sounds):
        voice = _voice(item.source, item.tracks[0])
        run = _run(voice, item, start_ms, end_ms, scene) if voice else None
        found += [run] if run else []
    formats: Counter[tuple[int, int, bytes]] = Counter()
    for run in found:
        formats[run.voice.format] += run.end - run.first
    if not formats:
        return ()
    kept = formats.most_common(1)[0][0]
    runs = tuple(run for run in found if run.voice.format == kept)
    total = packets_of(scene, kept[0])
    if any(_channels(item) > kept[1] for item in scene.sounds):
        return ()
    if len(runs) == 1 and runs[0].first == 0 and runs[0].end >= total - _SLACK:
        return runs
    runs = tuple(run for run in runs if run.end - run.first >= _LEAST_RUN)
    # Of what is left, half must be saved.
    return runs if sum(run.end - run.first - _SEAMS for run in runs) * 2 > total else ()


def packets_of(scene: Scene, rate: int) -> int:
    return math.ceil(Fraction(scene.duration_ms * rate, 1000 * PACKET))


def _channels(item: Sound) -> int:
    return max(item.source.info.sounds[track - 1].channels for track in item.tracks)


def _alone(sounds: Sequence[Sound]) -> Iterator[tuple[Sound, int, int]]:
    """Where a sound is heard as it is in its file, and no other: from when to when, those of a split clip together."""
    moments = sorted({ms for item in sounds for ms in (item.start_ms, item.end_ms)})
    going: tuple[Sound, int, int] | None = None
    for start, end in pairwise(moments):
        heard = [item for item in sounds if item.start_ms <= start and item.end_ms >= end]
        plain = heard[0] if len(heard) == 1 and _plain(heard[0]) else None
        if going and plain and _goes_on(going[0], plain):
            going = (going[0], going[1], end)
            continue
        if going:
            yield going
        going = (plain, start, end) if plain else None
    if going:
        yield going


def _plain(item: Sound) -> bool:
    """By comparing it with its untouched self: whether nothing is said of it but where it is."""
    untouched = all(
        getattr(item, field.name) == field.default for field in fields(item) if field.name not in _PLACE
    )
    return untouched and len(item.tracks) == 1


def _goes_on(before: Sound, after: Sound) -> bool:
    here, there = (item.source_start_ms - item.start_ms for item in (before, after))
    return (before.source, before.tracks, here) == (after.source, after.tracks, there)


def _run(voice: Voice, item: Sound, start_ms: int, end_ms: int, scene: Scene) -> Run | None:
    begin, until = (Fraction(ms * voice.rate, 1000) for ms in (start_ms, end_ms))
    later = Fraction((item.source_start_ms - item.start_ms) * voice.rate, 1000)
    ahead = round((later - voice.first) / PACKET)
    first = max(math.ceil(begin / PACKET), -ahead)
    last = end_ms >= scene.duration_ms
    end = packets_of(scene, voice.rate) if last else int(until / PACKET)
    end = min(end, voice.packets - ahead)
    return Run(voice, first, end, ahead, round(begin), round(until)) if end > first else None


@lru_cache(maxsize=256)
def _voice(source: Source, track: int) -> Voice | None:
    """None for what isn't AAC-LC in stereo, in packets of even length."""
    import av

    try:
        with open_media(source.path) as film:
            stream = film.streams.audio[track - 1]
            codec = stream.codec_context
            head = bytes(codec.extradata or b"")
            if (codec.name, codec.profile) != ("aac", "LC") or codec.layout.name != "stereo" or len(head) < 2:
                return (
                    None  # mono as well: some players make that quieter than the same sound on two channels
                )
            base = stream.time_base or Fraction(1)
            times = [packet.pts for packet in film.demux(stream) if packet.size and packet.pts is not None]
    except (OSError, IndexError, av.error.FFmpegError):  # whoever mixes it says what is wrong with the file
        return None
    if not times:
        return None
    length = Fraction(PACKET, codec.sample_rate)
    first = times[0] * base
    if any(abs(time * base - first - number * length) > _JITTER_S for number, time in enumerate(times)):
        return None  # its clock is another, or something is missing
    begins = (first - source.info.zero) * codec.sample_rate
    return Voice(source, track, codec.sample_rate, codec.layout.nb_channels, head, begins, len(times))
