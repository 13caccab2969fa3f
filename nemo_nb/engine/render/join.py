"""Copied and encoded pieces become one track, packet by packet, with the sound beside it.

One `avc1` track has one set of parameters, so it is given those of all pieces, told apart by their ids. Every
piece begins with an IDR picture and has as many packets as frames, so decoding times are simply counted, as
far ahead of the picture as the piece that reorders most.
"""

from __future__ import annotations

import errno
import heapq
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from ...errors import ExportFailed, NoSpaceLeft
from ...media.opening import open_media
from .h264 import Parameters, Track, time_scale

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

    AnyPacket = Packet[VideoStream] | Packet[AudioStream]

_TOLD_EVERY = 200  # packets
# What the index of an MP4 takes at most: each packet's size, its times, and a chunk of its own with a long offset.
_INDEX_BYTES, _FRAME_BYTES, _SOUND_BYTES = 16_384, 4 + 8 + 8 + 4 + 12 + 8, 4 + 8 + 12 + 8


class Unjoinable(Exception):
    """The pieces don't make an exact track after all; the reason is in words for the plan."""


class Stopped(Exception):
    """Whoever waited doesn't any more."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`frames` frames of an H.264 file, from frame `first` on, which begins a group."""

    path: Path
    track: Track
    first: int
    frames: int


def join(
    pieces: Sequence[Piece],
    sound: Path,
    target: Path,
    fps: Fraction,
    on_progress: Callable[[float], None] | None = None,
    stop: Event | None = None,
) -> None:
    """Write an MP4 of `pieces`, one after the other, and the sound of another file. Blocks; reads every byte.

    `target` is overwritten, and incomplete after any error: Unjoinable; Stopped when `stop` was set;
    NoSpaceLeft; ExportFailed.
    """

    with plain_errors(), open_media(sound) as heard:
        _write(pieces, heard, target, fps, on_progress or (lambda _: None), stop or Event())


@contextmanager
def plain_errors() -> Iterator[None]:
    """What goes wrong with packets and their files, as NoSpaceLeft or ExportFailed."""
    import av

    try:
        yield
    except av.error.FFmpegError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoSpaceLeft("The disk is full.") from None
        raise ExportFailed(f"The pieces of the export could not be joined: {error.strerror}.") from None


def _write(
    pieces: Sequence[Piece],
    heard: InputContainer,
    target: Path,
    fps: Fraction,
    on_progress: Callable[[float], None],
    stop: Event,
) -> None:
    import av

    scale, length = time_scale(fps)
    total = sum(piece.frames for piece in pieces)
    # The index goes to the front without writing the film twice: room for it is kept from the start.
    room = _INDEX_BYTES + total * _FRAME_BYTES + heard.streams.audio[0].frames * _SOUND_BYTES
    options = {"moov_size": str(room), "video_track_timescale": str(scale)}
    with (
        av.open(f"file:{target}", "w", format="mp4", options=options) as out,  # noqa: TID251 - to write
        ExitStack() as stack,
    ):
        first = stack.enter_context(open_media(pieces[0].path))
        picture = out.add_stream_from_template(first.streams.video[0], opaque=True)
        picture.time_base = Fraction(1, scale)
        parameters = _parameters(pieces)
        if parameters is not None:
            picture.codec_context.extradata = parameters.box()
        sounds = out.add_stream_from_template(heard.streams.audio[0], opaque=True)
        both = heapq.merge(
            _pictures(pieces, picture, Fraction(1, scale), length, stop),
            _sounds(heard, sounds),
            key=_decoded_at,
        )
        done = 0
        for packet in both:
            out.mux(packet)
            done += packet.stream is picture
            if done % _TOLD_EVERY == 0:
                on_progress(done / total)


def _parameters(pieces: Sequence[Piece]) -> Parameters | None:
    """Those of all pieces, or None where there is one kind only, which the first piece has itself."""
    kinds = list(dict.fromkeys(piece.track.parameters for piece in pieces))
    merged, *others = kinds
    if not others:
        return None
    for other in others:
        if merged is None or other is None:
            raise Unjoinable("a clip's parameters can't be told")
        try:
            merged = merged.merged(other)
        except ValueError:
            raise Unjoinable("the clip's parameters and the encoder's are in each other's way") from None
    return merged


def _pictures(
    pieces: Sequence[Piece], stream: VideoStream, time_base: Fraction, length: int, stop: Event
) -> Iterator[AnyPacket]:
    """The pieces' packets with the times that they get in the whole."""
    delay = max(piece.track.delay for piece in pieces)
    begun = 0
    for piece in pieces:
        shown = bytearray(piece.frames)
        for number, packet in enumerate(_packets(piece)):
            if stop.is_set():
                raise Stopped
            place, rest = divmod(packet.pts or 0, piece.track.ticks)
            place -= piece.first
            starts_late = number == 0 and place != 0
            if rest or starts_late or not 0 <= place < piece.frames or shown[place]:
                raise Unjoinable("a clip's frames aren't as steady as its index says")
            shown[place] = 1
            packet.pts = (begun + place) * length
            packet.dts = (begun + number - delay) * length
            packet.duration = length
            packet.time_base = time_base
            packet.stream = stream
            yield packet
        if not all(shown):
            raise Unjoinable("a clip has fewer frames than its index says")
        begun += piece.frames


def _packets(piece: Piece) -> Iterator[AnyPacket]:
    track = piece.track
    begins = track.first_dts + piece.first * track.ticks
    with open_media(piece.path) as container:
        stream = container.streams.video[0]
        if piece.first:
            container.seek(begins, stream=stream)
        left = piece.frames
        for packet in container.demux(stream):
            if packet.dts is None or packet.dts < begins:
                continue
            yield packet
            left -= 1
            if not left:
                return


def _sounds(heard: InputContainer, stream: AudioStream) -> Iterator[AnyPacket]:
    for packet in heard.demux(heard.streams.audio[0]):
        if packet.dts is not None:
            packet.stream = stream
            yield packet


def _decoded_at(packet: AnyPacket) -> Fraction:
    return (packet.dts or 0) * (packet.time_base or Fraction(1))
