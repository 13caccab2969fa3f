"""Sound of which only what is touched is encoded: packets of AAC, copied and made, in one stream without a seam.

Every packet overlaps both of its neighbours. So what is made begins some seconds early, with what is heard in the
copied packets themselves, and takes over where both encoders used the same window (see `aac`); it ends the same way.
"""

from __future__ import annotations

import asyncio
import math
import struct
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from ...media.ffmpeg import guarded, run
from ...media.opening import open_media, whole_packets
from .aac import LEAD, SETTLED, NoSeam, window
from .effort import OnProgress
from .graph import Graph
from .join import Stopped, plain_errors
from .scene import Scene
from .sound import ceiling, mix
from .submixes import LOSSLESS, submixed
from .tasks import in_thread, together
from .untouched import PACKET, Run, Voice, packets_of

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.packet import Packet

_TAIL = 60  # packets of what follows, somewhere in which the encoder hands over
_BLEND = 256  # samples in which a mix takes over from what is copied before it
_A_CHANNEL = 128  # kbit/s


@dataclass(frozen=True, slots=True)
class _Hole:
    """Packets `[first, end)` that are made, and the runs before and after them."""

    first: int
    end: int
    before: Run | None
    after: Run | None

    @property
    def begin(self) -> int:
        """The first packet that is encoded."""
        return self.first - LEAD if self.before else self.first

    def place(self, number: int) -> int:
        """The sample of the export from which on a packet is heard."""
        beside = self.before or self.after
        return beside.place(number) if beside else number * PACKET


async def splice(
    scene: Scene, runs: Sequence[Run], target: Path, aac: Sequence[str], on_progress: OnProgress
) -> None:
    """Write the sound of a scene into an MP4, the packets of `runs` copied. `target`'s folder is used for the rest.

    NoSeam where an encoder finds no place to take over: then it has to be encoded as a whole.
    """
    voice = runs[0].voice
    holes = list(_holes(runs, packets_of(scene, voice.rate, runs[0].early)))
    made: dict[_Hole, Path] = {}

    async def make(hole: _Hole) -> None:
        path = target.with_name(f"hole-{hole.first}.mp4")
        mixed = await _mixed(scene, hole, voice, path) if _needs_mix(hole) else None
        raw = path.with_suffix(".wav")
        await asyncio.to_thread(_write_wav, raw, hole, voice, mixed)
        rate = ("-ar", str(voice.rate), "-b:a", f"{_A_CHANNEL * voice.channels}k")
        await run([*guarded(raw), *aac, *rate, "-map_metadata", "-1", "-f", "mp4"], path)
        raw.unlink()
        made[hole] = path

    await together(*(make(hole) for hole in holes))
    on_progress(0.7)
    await in_thread(lambda stop: _write(runs, holes, made, scene.duration_ms, target, stop))


def _holes(runs: Sequence[Run], total: int) -> Iterator[_Hole]:
    before: Run | None = None
    for after in runs:
        if not after.linked and (before or after.first > 0):
            yield _Hole(before.end if before else 0, after.first, before, after)
        before = after
    if before and before.end < total - 1:
        yield _Hole(before.end, total, before, None)


# ---- what is encoded in a hole ------------------------------------------------------------------


def _needs_mix(hole: _Hole) -> bool:
    """Whether more is heard in it than the end of what is before it and the beginning of what is after."""
    if not hole.before or not hole.after:
        return True
    return hole.end - hole.first > 1 or hole.before.until != hole.after.begin


async def _mixed(scene: Scene, hole: _Hole, voice: Voice, path: Path) -> array[float]:
    """The mix of the packets of a hole, and a little more."""
    first_ms = max(0, hole.place(hole.first) * 1000 // voice.rate)
    last_ms = math.ceil((hole.place(hole.end) + _BLEND) * 1000 / voice.rate)
    part, off_ms = _window(scene, first_ms, last_ms)
    graph = Graph()
    work = path.with_suffix("")
    work.mkdir()
    label = mix(graph, await submixed(part, work), part.duration_ms)
    label = graph.chain([label], [ceiling(part.sounds), f"aresample={voice.rate}"])
    target = path.with_name(f"{path.stem}-mix.wav")
    await run(
        [*graph.inputs, "-filter_complex", graph.text, "-map", f"[{label}]", "-ac", str(voice.channels),
         *LOSSLESS, "-ar", str(voice.rate)], target,
    )  # fmt: skip
    samples = await asyncio.to_thread(_read_wav, target, voice)
    skip = hole.place(hole.first) - round(Fraction((first_ms - off_ms) * voice.rate, 1000))
    target.unlink()
    before = array(
        "f", bytes(4 * max(0, -skip) * voice.channels)
    )  # the export's beginning is within a packet
    return before + samples[max(0, skip) * voice.channels :]


def _window(scene: Scene, first_ms: int, last_ms: int) -> tuple[Scene, int]:
    """The sounds of a scene that are heard in a part of it, and how long before that part they have to begin."""
    heard = [item for item in scene.sounds if item.start_ms < last_ms and item.end_ms > first_ms]
    changed = {item.id for item in heard if item.fade_in_ms or item.fade_out_ms or item.loop or item.reverse}
    begin = min([first_ms, *(item.start_ms for item in heard if item.id in changed or item.speed != 1)])
    if any(item.duck_db for item in heard):
        begin = max(0, min(begin, first_ms - 2000))  # what lowers it may have been heard before
    moved = []
    for item in scene.sounds:
        if item.start_ms >= last_ms or item.end_ms <= begin:
            continue
        start, late = max(item.start_ms, begin), max(0, begin - item.start_ms)
        whole = item.id in changed or item.speed != 1
        end = item.end_ms if whole else min(item.end_ms, last_ms)
        moved.append(
            replace(
                item,
                start_ms=(item.start_ms if whole else start) - begin,
                end_ms=end - begin,
                source_start_ms=item.source_start_ms + (0 if whole else late),
            )
        )
    first = min([0, *(item.start_ms for item in moved)])
    moved = [replace(item, start_ms=item.start_ms - first, end_ms=item.end_ms - first) for item in moved]
    length = last_ms - begin - first
    return replace(scene, sounds=tuple(moved), duration_ms=length, layers=()), first_ms - begin - first


def _samples(hole: _Hole, voice: Voice, mixed: array[float] | None) -> array[float]:
    """All that is encoded: what is copied before the hole, what is in it, what is copied after it."""
    channels = voice.channels
    at, first = hole.place(hole.begin), (hole.first - hole.begin) * PACKET * channels
    lead = _heard(hole.before, hole.begin, hole.first + 2) if hole.before else array("f")
    tail = _heard(hole.after, hole.end - 2, hole.end + _TAIL) if hole.after else array("f")
    if mixed is None and hole.before and hole.after:
        cut = hole.before.until
        return lead[: (cut - at) * channels] + tail[(cut - hole.place(hole.end - 2)) * channels :]
    mixed = mixed or array("f")
    if hole.before:
        _blend(lead[first:], mixed, channels)
        lead = lead[:first]
    middle = mixed[: (hole.end - hole.first) * PACKET * channels]
    missing = (hole.end - hole.first) * PACKET * channels - len(middle)
    return lead + middle + array("f", bytes(4 * missing)) + tail[2 * PACKET * channels :]


def _blend(before: array[float], after: array[float], channels: int) -> None:
    """Let `after` come in while `before` goes out."""
    for number in range(min(_BLEND * channels, len(before), len(after))):
        share = (number // channels) / _BLEND
        after[number] = share * after[number] + (1 - share) * before[number]


def _heard(run_: Run, first: int, end: int) -> array[float]:
    """Packets of the export as they sound in a run, decoded from one before them. Silence where its file has none."""
    import av

    voice, samples = run_.voice, array("f")
    decoder = av.CodecContext.create("aac", "r")
    decoder.extradata = voice.head
    layout = "mono" if voice.channels == 1 else "stereo"
    floats = av.AudioResampler("flt", layout, voice.rate)
    begin = max(0, first + run_.ahead - 1)
    for number, packet in _packets(voice, begin, end + run_.ahead):
        for frame in decoder.decode(av.Packet(bytes(packet))):
            if number < first + run_.ahead:
                continue
            frame.pts = None
            for part in floats.resample(frame):
                samples.frombytes(bytes(part.planes[0])[: part.samples * 4 * voice.channels])
    early = (max(begin + 1, first + run_.ahead) - first - run_.ahead) if first + run_.ahead < 1 else 0
    silence = array("f", bytes(4 * early * PACKET * voice.channels))
    wanted = (end - first) * PACKET * voice.channels
    whole = silence + samples
    return whole[:wanted] + array("f", bytes(4 * max(0, wanted - len(whole))))


def _write_wav(path: Path, hole: _Hole, voice: Voice, mixed: array[float] | None) -> None:
    data, frame = _samples(hole, voice, mixed).tobytes(), 4 * voice.channels
    form = struct.pack("<HHIIHH", 3, voice.channels, voice.rate, voice.rate * frame, frame, 32)
    head = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data))
    path.write_bytes(b"RIFF" + struct.pack("<I", len(head) + len(data)) + head + data)


def _read_wav(path: Path, voice: Voice) -> array[float]:
    samples = array("f")
    with open_media(path) as sound:
        for frame in sound.decode(sound.streams.audio[0]):
            samples.frombytes(bytes(frame.planes[0])[: frame.samples * 4 * voice.channels])
    return samples


# ---- one stream again ---------------------------------------------------------------------------


def _write(
    runs: Sequence[Run],
    holes: Sequence[_Hole],
    made: Mapping[_Hole, Path],
    duration_ms: int,
    target: Path,
    stop: Event,
) -> None:
    import av

    voice = runs[0].voice
    taken = {hole: _Made(made[hole], hole.begin) for hole in holes}
    samples = Fraction(duration_ms * voice.rate, 1000)
    with plain_errors(), ExitStack() as stack:
        opened = stack.enter_context(open_media(voice.source.path))
        out = stack.enter_context(av.open(f"file:{target}", "w", format="mp4"))  # noqa: TID251 - to write
        stream = out.add_stream_from_template(opened.streams.audio[voice.track - 1], opaque=True)
        stream.time_base = Fraction(1, voice.rate)
        stream.metadata.clear()
        for number, packet in _in_order(runs, holes, taken):
            if stop.is_set():
                raise Stopped
            packet.stream = stream
            packet.time_base = Fraction(1, voice.rate)
            packet.pts = packet.dts = runs[0].place(number)
            packet.duration = min(
                PACKET, max(1, round(samples - runs[0].place(number)))
            )  # of the last, what is left
            out.mux(packet)


class _Made:
    """The packets of a hole, by their numbers in the export."""

    def __init__(self, path: Path, begin: int) -> None:
        with open_media(path) as sound:
            stream = sound.streams.audio[0]
            self._packets: dict[int, Packet[AudioStream]] = {
                begin + round((packet.pts or 0) / PACKET): packet
                for packet in sound.demux(stream)
                if packet.size
            }

    def window(self, number: int) -> tuple[int, int] | None:
        packet = self._packets.get(number)
        return window(packet) if packet else None

    def between(self, first: int, end: int) -> Iterator[tuple[int, Packet[AudioStream]]]:
        yield from (
            (number, self._packets[number]) for number in range(first, end) if number in self._packets
        )


def _in_order(
    runs: Sequence[Run], holes: Sequence[_Hole], made: Mapping[_Hole, _Made]
) -> Iterator[tuple[int, Packet[AudioStream]]]:
    """All packets with their numbers. Number -1 is there for the decoder alone."""
    ends = {hole.before: _hands_over(hole.before, made[hole], range(hole.first - 1, hole.first - LEAD + SETTLED, -1))
            for hole in holes if hole.before}  # fmt: skip
    begins = {hole.after: _hands_over(hole.after, made[hole], range(hole.end + 1, hole.end + _TAIL - 2))
              for hole in holes if hole.after}  # fmt: skip
    parts: list[Run | _Hole] = [*holes, *runs]  # a hole without length comes before the run that follows it
    for part in sorted(parts, key=lambda part: part.first):
        if isinstance(part, _Hole):
            first = ends[part.before] if part.before else -1
            end = begins[part.after] if part.after else part.end
            yield from made[part].between(first, end)
            continue
        first, end = begins.get(part, part.first), ends.get(part, part.end)
        if part not in begins and not part.linked and first + part.ahead > 0:
            first -= 1
        for number, packet in _packets(part.voice, first + part.ahead, end + part.ahead):
            yield number - part.ahead, packet


def _hands_over(run_: Run, made: _Made, places: range) -> int:
    """The first place of these from which on one may go on where the other ends: both have the same window there."""
    numbers = sorted(places)
    windows = {
        number - run_.ahead: window(packet)
        for number, packet in _packets(run_.voice, numbers[0] - 1 + run_.ahead, numbers[-1] + run_.ahead)
    }
    for place in places:
        of = windows.get(place - 1)
        if of is not None and of == made.window(place - 1):
            return place
    raise NoSeam


def _packets(voice: Voice, first: int, end: int) -> Iterator[tuple[int, Packet[AudioStream]]]:
    """Packets `[first, end)` of a voice's file with their numbers, found by their times."""
    end = min(end, len(voice.times))
    if first >= end:
        return
    # From the start means opened anew: where the picture begins late, seeking to 0 would skip the sound before it.
    for start in (voice.times[max(0, first - 2)] if first > 2 else None, None):
        with open_media(voice.source.path) as film:
            stream = film.streams.audio[voice.track - 1]
            if start is not None:
                film.seek(start, stream=stream)
            number: int | None = None
            for packet in whole_packets(film, stream):
                if packet.pts is None:
                    continue
                number = _number(voice, packet.pts) if number is None else number + 1
                if number > first and start is not None:
                    break  # too far: from the start, then
                start = None
                if first <= number < end:
                    yield number, packet
                if number >= end - 1:
                    return
            if start is None:
                break
    raise NoSeam


def _number(voice: Voice, time: int) -> int:
    try:
        return voice.times.index(time)
    except ValueError:
        raise NoSeam from None
