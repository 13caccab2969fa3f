"""Sound that an export leaves as it is, and so needs not be encoded again: runs of a film's own packets of AAC.

A packet has 1024 samples, some 21 ms, and those of an export stand in one grid, which begins so that what is heard
first is in its place to the sample. So what is copied behind a cut is heard up to half a packet earlier or later than
the cut says, which is less than anybody sees between a voice and its lips.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from ...media.opening import open_media, whole_packets
from .scene import Scene, Sound, Source

PACKET = 1024  # samples
# A run is worth its seams when it is some seconds longer than what is encoded for those.
_SEAMS, _LEAST_RUN = 210, 400
_TO_HAND_OVER = 70  # packets of a run in which an encoder finds a place to take over, or hands over
_LEAST_SECTION = 100  # a clock that jumps more often than every two seconds is followed by mixing
_SLACK = 2  # packets by which a film's picture and its sound may end apart
_JITTER_S = Fraction(3, 1000)  # Matroska's times are whole milliseconds
_PLACE = {"id", "source", "start_ms", "end_ms", "source_start_ms", "of_picture", "tracks"}


@dataclass(frozen=True, slots=True)
class Section:
    """Packets `[first, end)` of a file that follow each other without a gap, the first heard at sample `at`, counted
    from the film's zero. A film that was joined of parts has one for each."""

    first: int
    end: int
    at: Fraction


@dataclass(frozen=True, slots=True)
class Voice:
    """A track of AAC-LC in stereo."""

    source: Source
    track: int
    rate: int
    channels: int
    head: bytes
    sections: tuple[Section, ...]
    times: tuple[int, ...] = field(repr=False, hash=False)
    """Of all packets, in the track's own ticks."""

    @property
    def format(self) -> tuple[int, int, bytes]:
        """What the tracks of one export must have in common."""
        return self.rate, self.channels, self.head[:2]


@dataclass(frozen=True, slots=True)
class Run:
    """Packets `[first, end)` of the export, each number `ahead` more in the voice's own file.

    It would be right from sample `begin` to `until` of the export, which needn't be whole packets. `linked`: it goes on
    where the run before it ends, as in the file. All packets of the export stand `early` samples before their number
    says: what of the first is before the beginning is not heard.
    """

    voice: Voice
    first: int
    end: int
    ahead: int
    begin: int
    until: int
    linked: bool = False
    early: int = 0

    def place(self, number: int) -> int:
        """The sample of the export from which on a packet is heard."""
        return number * PACKET - self.early


def untouched_sound(scene: Scene) -> tuple[Run, ...]:
    """The runs of a scene's sound that may be copied, first to last; none where it is better encoded as a whole.

    Reads the times of all packets of the files in question once.
    """
    alone = [
        (voice, *each)
        for each in _alone(scene.sounds)
        if (voice := _voice(each[0].source, each[0].tracks[0]))
    ]
    found = [chain for each in alone for chain in _chains(_runs(*each, scene, 0))]
    formats: Counter[tuple[int, int, bytes]] = Counter()
    for chain in found:
        formats[chain[0].voice.format] += _length(chain)
    if not formats:
        return ()
    kept = formats.most_common(1)[0][0]
    alone = [each for each in alone if each[0].format == kept]
    early = _early(*alone[0][:2])
    chains = [chain for each in alone for chain in _chains(_runs(*each, scene, early))]
    total = packets_of(scene, kept[0], early)
    if any(_channels(item) > kept[1] for item in scene.sounds):
        return ()
    if len(chains) > 1 or chains[0][0].first or chains[0][-1].end < total - _SLACK:
        chains = [chain for chain in map(_firm, chains) if _length(chain) >= _LEAST_RUN]
        # Of what is left, half must be saved.
        if sum(_length(chain) - _SEAMS for chain in chains) * 2 <= total:
            return ()
    return tuple(run for chain in chains for run in chain)


def _length(chain: Sequence[Run]) -> int:
    return chain[-1].end - chain[0].first if chain else 0


def _firm(chain: list[Run]) -> list[Run]:
    """A chain without runs at its ends that are too short for an encoder to take over in."""
    while chain and chain[0].end - chain[0].first < _TO_HAND_OVER:
        chain = chain[1:]
    while chain and chain[-1].end - chain[-1].first < _TO_HAND_OVER:
        chain = chain[:-1]
    return [replace(chain[0], linked=False), *chain[1:]] if chain else []


def _chains(runs: Iterator[Run]) -> Iterator[list[Run]]:
    """Runs that follow each other: where two of them overlap by a packet or two, as at a film's joints, the later one
    begins later. Where packets are missing between them, that is a hole."""
    chain: list[Run] = []
    for run in runs:
        if chain and run.first <= chain[-1].end < run.end:
            chain.append(replace(run, first=chain[-1].end, linked=True))
            continue
        if chain:
            yield chain
        chain = [run]
    if chain:
        yield chain


def packets_of(scene: Scene, rate: int, early: int) -> int:
    return math.ceil((Fraction(scene.duration_ms * rate, 1000) + early) / PACKET)


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
        getattr(item, each.name) == each.default for each in fields(item) if each.name not in _PLACE
    )
    return untouched and len(item.tracks) == 1


def _goes_on(before: Sound, after: Sound) -> bool:
    here, there = (item.source_start_ms - item.start_ms for item in (before, after))
    return (before.source, before.tracks, here) == (after.source, after.tracks, there)


def _early(voice: Voice, item: Sound) -> int:
    """How many samples before its number says a packet has to stand, for a sound to be in its place."""
    longest = max(voice.sections, key=lambda section: section.end - section.first)
    return int((_later(voice, item) - longest.at) % PACKET)


def _later(voice: Voice, item: Sound) -> Fraction:
    """By how many samples a sound is later in its file than in the export."""
    return Fraction((item.source_start_ms - item.start_ms) * voice.rate, 1000)


def _runs(voice: Voice, item: Sound, start_ms: int, end_ms: int, scene: Scene, early: int) -> Iterator[Run]:
    begin, until = (Fraction(ms * voice.rate, 1000) for ms in (start_ms, end_ms))
    last = (
        packets_of(scene, voice.rate, early) if end_ms >= scene.duration_ms else int((until + early) / PACKET)
    )
    begins = math.ceil((begin + early) / PACKET) if start_ms else 0
    for section in voice.sections:
        ahead = section.first + round((_later(voice, item) - section.at - early) / PACKET)
        first, end = max(begins, section.first - ahead), min(last, section.end - ahead)
        if end > first:
            yield Run(voice, first, end, ahead, round(begin), round(until), early=early)


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
            times = [packet.pts for packet in whole_packets(film, stream) if packet.pts is not None]
    except (OSError, IndexError, av.error.FFmpegError):  # whoever mixes it says what is wrong with the file
        return None
    if not times:
        return None
    rate, zero = codec.sample_rate, source.info.zero
    begins = [(time * base - zero) * rate for time in times]
    if len(begins) > 1 and begins[1] - begins[0] < PACKET:  # an edit list hides a part of the first
        begins[0] = begins[1] - PACKET
    sections = tuple(_sections(begins, _JITTER_S * rate))
    if (len(sections) - 2) * _LEAST_SECTION > len(times):
        return None  # its clock is another, or much is missing
    return Voice(source, track, rate, codec.layout.nb_channels, head, sections, tuple(times))


def _sections(begins: Sequence[Fraction], jitter: Fraction) -> Iterator[Section]:
    first = 0
    for number, at in enumerate(begins):
        if abs(at - begins[first] - (number - first) * PACKET) > jitter:
            yield Section(first, number, begins[first])
            first = number
    yield Section(first, len(begins), begins[first])
