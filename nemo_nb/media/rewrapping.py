"""A film in a better container: what has no index, or no times, is copied into Matroska once, and read from there."""

from __future__ import annotations

import asyncio
import heapq
import secrets
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from . import formats
from .ffmpeg import guarded, run
from .opening import open_media

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

# Codecs whose packets don't say by themselves when their pictures are shown.
_ORDER_UNTOLD = ("h264", "hevc")
_AGAIN = 64  # packets: more than any picture is shown later than it is decoded


def is_needed(path: Path, name: str) -> bool:
    """Whether a file, by its own `name`, is read from such a copy: a transport stream, or an AVI whose pictures are
    decoded in another order than shown, of which that container has no times."""
    if formats.extension_of(name) != "avi":
        return formats.is_rewrapped(name)
    with open_media(path) as film:
        return bool(film.streams.video) and _is_untold(film)


def _is_untold(film: InputContainer) -> bool:
    coded = film.streams.video[0].codec_context
    return film.format.name == "avi" and bool(coded.has_b_frames) and coded.name in _ORDER_UNTOLD


async def rewrap(path: Path, target: Path) -> None:
    """Copy a film's first picture and all its sounds into a Matroska file at `target`, which appears when it is whole.

    Some 3 s for a gigabyte. Errors as `run`, and PyAV's own.

        await rewrap(Path("camera.mts"), Path("camera.mkv"))
    """
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        if not await asyncio.to_thread(_write_timed, path, part):
            streams = ["-map", "0:v:0?", "-map", "0:a?", "-c", "copy", "-map_metadata:g", "-1"]
            await run([*guarded(path), *streams, "-f", "matroska"], part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _write_timed(path: Path, part: Path) -> bool:
    """Copy a film whose pictures have no times, and give them some. False, and nothing written, for any other."""
    import av

    with open_media(path) as film, open_media(path) as heard:
        if not film.streams.video or not _is_untold(film):
            return False
        with av.open(str(part), "w", format="matroska") as out:  # noqa: TID251 - to write
            tracks = (film.streams.video[0], *film.streams.audio)
            kept = {track.index: out.add_stream_from_template(track, opaque=True) for track in tracks}
            sounds = heard.demux(*heard.streams.audio) if heard.streams.audio else ()
            pictures: Iterator[Packet[Any]] = _timed(film)
            whole: Iterator[Packet[Any]] = (item for item in sounds if item.size and item.dts is not None)
            for packet in heapq.merge(pictures, whole, key=_decoded_at):
                packet.stream = kept[packet.stream_index]
                out.mux(packet)
    return True


def _decoded_at(packet: Packet[Any]) -> Fraction:
    return (packet.dts or 0) * (packet.time_base or Fraction(1))


def _timed(film: InputContainer) -> Iterator[Packet[VideoStream]]:
    """The packets of a picture track, shown when one is decoded that is as many pictures later as it is shown.

    Of the last ones that is known only by what follows them: the film's beginning follows them once more.
    """
    from av.bitstream import BitStreamFilterContext

    stream = film.streams.video[0]
    times = BitStreamFilterContext("dts2pts", stream)
    first: list[bytes] = []
    count = last = step = 0

    def given() -> Iterator[Packet[VideoStream] | None]:
        nonlocal count, last, step
        for packet in film.demux(stream):
            if packet.size and packet.dts is not None:
                first.extend([bytes(packet)] if len(first) < _AGAIN else [])
                packet.pts, step, last, count = None, packet.dts - last, packet.dts, count + 1
                yield packet
        yield from (
            _packet(data, last + number * max(1, step), stream) for number, data in enumerate(first, 1)
        )
        yield None  # and no more

    return (
        timed
        for number, timed in enumerate(chain.from_iterable(map(times.filter, given())))
        if number < count
    )


def _packet(data: bytes, time: int, stream: VideoStream) -> Packet[VideoStream]:
    import av

    packet = cast("Packet[VideoStream]", av.Packet(data))
    packet.dts, packet.stream = time, stream
    packet.time_base = cast(Fraction, stream.time_base)
    return packet
