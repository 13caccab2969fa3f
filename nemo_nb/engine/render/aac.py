"""A sound is encoded to AAC, a long one on every core, in chunks that become one stream again.

ffmpeg's encoder uses one core, and is nearly all of what an export costs whose picture is copied. Every packet of AAC
overlaps both of its neighbours: cut anywhere, the aliases of two halves that don't fit are heard as a click. So a
chunk's encoder begins some packets early, and the chunk takes over where both encoders used the same window: there
the halves cancel out as if one had made them. Chunks are as long on every machine, and so are equal the files. A chunk
is encoded as soon as its samples have been mixed. Before the sound stands its own beginning backwards, the run-up, of
which no packet is kept: at first an encoder spends too few bits, which makes noise of what is quiet.
"""

from __future__ import annotations

import asyncio
import math
import os
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from ...media.ffmpeg import guarded, run
from ...media.opening import open_media
from .effort import Effort, OnProgress
from .graph import Graph, number
from .join import Stopped, plain_errors
from .tasks import in_thread, together

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.packet import Packet

# By default and at 192k, what begins suddenly (a beat, a consonant) is now and then off by a third of full scale, which
# is a click. Neither more bits nor true noise in place of PNS is enough alone. 320k does better still, but the
# encoder takes four times as long over music that has no use for so many bits.
AAC = ("-c:a", "aac", "-b:a", "256k", "-aac_pns", "0", "-ar", "48000")

_CHUNK_MS = 30_000
_PACKET = 1024  # samples
_ROUND = 3  # packets, which are 64 ms: what ffmpeg seeks to is exact in microseconds
# A chunk is encoded from three seconds before it: so long its encoder spends too few bits, as at any film's beginning.
# Anywhere in the last of them it may take over.
LEAD = 48 * _ROUND
SETTLED = 32 * _ROUND
_PROCESSES = 8  # a process takes some 40 MB
_SAMPLE = 8  # bytes: two channels of floating point
_BEYOND = 48_000  # samples: what is read ahead, and the WAV's head
_LOOK_S = 0.02
_MONO, _PAIR, _COMMON = 0, 1, 1  # a packet's first bits: two channels, which have their window in common


class NoSeam(Exception):
    """Two encoders agreed nowhere."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Packets `[first, end)` of the whole, or all from `first` on, encoded by themselves. A run-up is before 0."""

    first: int
    end: int | None
    path: Path
    run_up: int

    @property
    def place(self) -> list[str]:
        """The options that make ffmpeg read its samples, and no others, from a file that begins with the run-up."""
        length = [] if self.end is None else ["-t", _seconds(self.end - self.first)]
        return ["-ss", _seconds(self.first + self.run_up), *length]

    @property
    def read_to(self) -> int | None:
        """The packet of that file up to which it is read."""
        return None if self.end is None else self.end + self.run_up


def is_long(duration_ms: int) -> bool:
    """Whether a sound takes long enough for chunks to be worth their while."""
    return _count(duration_ms) > 1


class Mixed:
    """A WAV of 48 kHz stereo in floating point that is still being written; `whole` is set when it is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.whole = asyncio.Event()

    async def reaches(self, packet: int | None) -> None:
        """Wait until it can be read up to a packet; None: to its end."""
        while not self.whole.is_set() and (packet is None or self._packets < packet):
            with suppress(TimeoutError):
                await asyncio.wait_for(self.whole.wait(), _LOOK_S)

    @property
    def _packets(self) -> int:
        written = self.path.stat().st_size if self.path.exists() else 0
        return (written // _SAMPLE - _BEYOND) // _PACKET


def led_in(graph: Graph, label: str, duration_ms: int) -> str:
    """A sound of that length with its run-up before it."""
    samples = _run_up(duration_ms) * _PACKET
    if not samples:
        return label
    first, whole = graph.split([label], ["asplit"], 2)
    before = graph.chain([first], [f"atrim=end_sample={samples}", "areverse", "asetpts=N/SR/TB"])
    return graph.chain([before, whole], ["concat=n=2:v=0:a=1", "asetpts=N/SR/TB"])


def _run_up(duration_ms: int) -> int:
    return min(LEAD, duration_ms * 48 // _PACKET)


async def encode(
    mix: Sequence[str], duration_ms: int, target: Path, aac: Sequence[str], on_progress: OnProgress
) -> None:
    """Encode a sound into an MP4. `mix` are ffmpeg's arguments that give it, led in; `aac` the encoder's options.

    Errors are those of `ffmpeg.run`. Another file comes into `target`'s folder.
    """
    run_up = _run_up(duration_ms)
    whole = _Chunk(-run_up, None, target.with_name(f"{target.stem}-led-in.mp4"), run_up)
    await _encode([*mix, *aac], whole.path, on_progress, duration_ms + run_up * _PACKET // 48)
    await in_thread(lambda stop: _stitch([whole], target, stop))
    whole.path.unlink()


async def encode_long(
    mixed: Mixed, duration_ms: int, target: Path, aac: Sequence[str], on_progress: OnProgress
) -> None:
    """Encode a long sound into an MP4, on all cores, while it is being mixed. Errors are those of `ffmpeg.run`.

    `mixed` is led in; `duration_ms` is how long the sound is, `aac` the encoder's options. Chunks come into `target`'s
    folder.
    """
    chunks = list(_divided(duration_ms, target.parent))
    effort = Effort(on_progress)
    cores = asyncio.Semaphore(min(os.cpu_count() or 1, _PROCESSES))

    async def make(chunk: _Chunk, tell: OnProgress) -> None:
        await mixed.reaches(chunk.read_to)
        async with cores:
            await _encode(
                [*guarded(mixed.path, *chunk.place), *aac], chunk.path, tell, duration_ms // len(chunks)
            )

    await together(*(make(chunk, effort.part(1)) for chunk in chunks))
    try:
        await in_thread(lambda stop: _stitch(chunks, target, stop))
    except NoSeam:
        await encode(guarded(mixed.path), duration_ms, target, aac, on_progress)


async def _encode(args: Sequence[str], target: Path, tell: OnProgress, duration_ms: int) -> None:
    await run([*args, "-map_metadata", "-1", "-f", "mp4"], target, on_progress=tell, duration_ms=duration_ms)


def _count(duration_ms: int) -> int:
    return round(duration_ms / _CHUNK_MS)


def _divided(duration_ms: int, folder: Path) -> list[_Chunk]:
    count, run_up = _count(duration_ms), _run_up(duration_ms)
    each = _ROUND * math.ceil(duration_ms * 48 / _PACKET / count / _ROUND)
    chunks = []
    for item in range(count):
        # An encoder looks ahead: at a chunk's end there must be more than the chunk.
        end = None if item == count - 1 else (item + 1) * each + _ROUND
        first = item * each - LEAD if item else -run_up
        chunks.append(_Chunk(first, end, folder / f"chunk-{item}.mp4", run_up))
    return chunks


def _seconds(packets: int) -> str:
    return number(packets * _PACKET / 48_000)


# ---- one stream again ---------------------------------------------------------------------------


def _stitch(chunks: Sequence[_Chunk], target: Path, stop: Event) -> None:
    """Write one MP4 of the chunks' packets. NoSeam where two don't fit; else the errors of `join`."""
    import av

    with plain_errors(), ExitStack() as stack:
        opened = stack.enter_context(open_media(chunks[0].path))
        out = stack.enter_context(av.open(f"file:{target}", "w", format="mp4"))  # noqa: TID251 - to write
        stream = out.add_stream_from_template(opened.streams.audio[0], opaque=True)
        packets, taken = _packets(chunks[0]), chunks[0].run_up
        for chunk, after in zip(chunks, [*chunks[1:], None], strict=True):
            following = _packets(after) if after else []
            ahead = after.first - chunk.first if after else len(packets)
            place = _seam(packets[ahead:], following) if after else 0
            for packet in packets[taken : ahead + place]:
                if stop.is_set():
                    raise Stopped
                packet.pts = packet.dts = (packet.pts or 0) + chunk.first * _PACKET
                packet.stream = stream
                out.mux(packet)
            packets, taken = following, place


def _packets(chunk: _Chunk) -> list[Packet[AudioStream]]:
    with open_media(chunk.path) as container:
        return [packet for packet in container.demux(container.streams.audio[0]) if packet.size]


def _seam(one: Sequence[Packet[AudioStream]], other: Sequence[Packet[AudioStream]]) -> int:
    """The place from which on the other encoder's packets go on where the one's end; both begin at the same time."""
    for place in range(LEAD, SETTLED, -1):
        used = window(one[place - 1])
        if used is not None and used == window(other[place - 1]):
            return place
    raise NoSeam


def window(packet: Packet[AudioStream]) -> tuple[int, int] | None:
    """The sequence and the shape of a packet's window; None where its two channels have one each."""
    bits = int.from_bytes(bytes(memoryview(packet)[:3]).ljust(3, b"\0"), "big")
    if bits >> 21 == _MONO:
        return bits >> 6 & 3, bits >> 5 & 1
    element, common = bits >> 21, bits >> 16 & 1
    return (bits >> 13 & 3, bits >> 12 & 1) if (element, common) == (_PAIR, _COMMON) else None
