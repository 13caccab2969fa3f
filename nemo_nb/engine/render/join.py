"""Copied and encoded pieces become one track, packet by packet, with the sound beside it.

One track has one set of parameters, so it is given those of all pieces, told apart by their ids. Each picture is shown
when the plan says, in its own source's ticks wherever those have a common measure. Decoding times follow from those:
each packet is decoded when a picture is shown that is as many pictures earlier as the pieces reorder at most.
"""

from __future__ import annotations

import errno
import heapq
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, cast

from ...errors import ExportFailed, NoSpaceLeft
from ...media.codecs import ROOMS, Entry, Rewrite, Sets, Track
from ...media.codecs.reading import picture_stream
from ...media.codecs.track import ranks
from ...media.opening import open_media, whole_packets

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
    """Pictures of a file from `entry` on, shown at `times`, in ticks of the whole.

    `sets` are the parameters that they are decoded with, `rewrite` what has to be done to their packets.
    """

    path: Path
    track: Track
    entry: Entry
    times: Sequence[int]
    sets: Sets | None = None
    rewrite: Rewrite | None = None

    def packets(self) -> range:
        """The numbers of its packets, those right after the first that are left out among them."""
        return range(self.entry.packet, self.entry.packet + self.entry.leading + len(self.times))


@dataclass(frozen=True, slots=True)
class Joint:
    """How the whole is written: its container, the ticks in a second, the tick at which its last picture ends, and the
    piece whose file says what else a track needs to be known of (how it is turned, the light of its white)."""

    format: str
    scale: int
    end: int
    model: int = 0


def join(
    pieces: Sequence[Piece],
    sound: Path | None,
    target: Path,
    joint: Joint,
    on_progress: Callable[[float], None] | None = None,
    stop: Event | None = None,
) -> None:
    """Write a film of `pieces`, one after the other, and the sound of another file, or none. Blocks; reads every byte.

    `target` is overwritten, and incomplete after any error: Unjoinable; Stopped when `stop` was set;
    NoSpaceLeft; ExportFailed.
    """

    with plain_errors(), open_media(sound) if sound else nullcontext() as heard:
        _write(pieces, heard, target, joint, on_progress or (lambda _: None), stop or Event())


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


def merged(pieces: Sequence[Piece]) -> Sets | None:
    """The parameters of all pieces, or None where all have the same. Unjoinable where they are in each other's way."""
    whole, *others = dict.fromkeys(piece.sets for piece in pieces)
    if not others:
        return whole if any(piece.rewrite for piece in pieces) else None
    for other in others:
        if whole is None or other is None:
            raise Unjoinable("a clip's parameters can't be told")
        try:
            whole = whole.merged(other)
        except ValueError:
            raise Unjoinable("the clip's parameters and the encoder's are in each other's way") from None
    return whole


def _write(
    pieces: Sequence[Piece],
    heard: InputContainer | None,
    target: Path,
    joint: Joint,
    on_progress: Callable[[float], None],
    stop: Event,
) -> None:
    import av

    total = sum(len(piece.times) for piece in pieces)
    room = ROOMS[pieces[0].track.coding.codec]
    in_mp4 = joint.format in ("mp4", "mov")
    kind = {"mkv": "matroska"}.get(joint.format, joint.format)
    # The index goes to the front without writing the film twice: room for it is kept from the start.
    packets = heard.streams.audio[0].frames if heard else 0
    index = _INDEX_BYTES + total * _FRAME_BYTES + packets * _SOUND_BYTES
    options = {"moov_size": str(index), "video_track_timescale": str(joint.scale)} if in_mp4 else {}
    sets = merged(pieces)
    with (
        av.open(f"file:{target}", "w", format=kind, options=options) as out,  # noqa: TID251 - to write
        ExitStack() as stack,
    ):
        model = stack.enter_context(open_media(pieces[joint.model].path))
        picture = out.add_stream_from_template(picture_stream(model), opaque=True)
        picture.time_base = Fraction(1, joint.scale)
        picture.metadata.clear()
        if in_mp4:
            picture.codec_context.codec_tag = room.tag
        if sets is not None:
            picture.codec_context.extradata = sets.box()
        tracks = [_pictures(pieces, picture, joint, stop)]
        if heard:
            tracks.append(_sounds(heard, out.add_stream_from_template(heard.streams.audio[0], opaque=True)))
        done = 0
        for packet in heapq.merge(*tracks, key=_decoded_at):
            out.mux(packet)
            done += packet.stream is picture
            if done % _TOLD_EVERY == 0:
                on_progress(done / total)


def _pictures(pieces: Sequence[Piece], stream: VideoStream, joint: Joint, stop: Event) -> Iterator[AnyPacket]:
    """The pieces' packets with the times that they get in the whole."""
    shown = [time for piece in pieces for time in piece.times]
    ends = [*shown[1:], joint.end]
    places = [_places(piece) for piece in pieces]
    depth = max(number - place for order in places for number, place in enumerate(order))
    step = max(1, min((after - before for before, after in pairwise(shown[: depth + 3])), default=1))
    time_base = Fraction(1, joint.scale)
    number = begun = 0
    for piece, order in zip(pieces, places, strict=True):
        for place, packet in zip(order, _packets(piece, anew=begun > 0), strict=True):
            if stop.is_set():
                raise Stopped
            at = begun + place
            packet.pts = shown[at]
            packet.dts = shown[number - depth] if number >= depth else shown[0] - (depth - number) * step
            length = ends[at] - shown[at]
            if (
                number == len(shown) - 1 > at
            ):  # to a reader of the index, the track ends with what is decoded last
                length = max(length, joint.end - shown[number - depth] - depth * step)
            packet.duration = max(1, length)
            packet.time_base = time_base
            packet.stream = stream
            yield packet
            number += 1
        begun += len(piece.times)


def _places(piece: Piece) -> list[int]:
    """The place of each of its packets in the order in which pictures are shown. Unjoinable where one is missing."""
    numbers = piece.packets()
    times = piece.track.times[numbers.start : numbers.stop]
    order = ranks(times)
    kept = [
        place - piece.entry.leading
        for number, place in enumerate(order)
        if not 0 < number <= piece.entry.leading
    ]
    if len(times) != len(numbers) or sorted(kept) != list(range(len(piece.times))):
        raise Unjoinable("a clip's pictures aren't where its packets say")
    return kept


def _packets(piece: Piece, *, anew: bool) -> Iterator[AnyPacket]:
    """The packets of a piece. `anew`: something else is before it."""
    numbers, leading = piece.packets(), piece.entry.leading
    room, number = ROOMS[piece.track.coding.codec], -1
    with open_media(piece.path) as container:
        for number, packet in zip(numbers, _from_entry(container, piece), strict=False):
            if packet.pts != piece.track.times[number]:
                raise Unjoinable("a clip's packets aren't where its index says")
            if 0 < number - numbers.start <= leading:
                continue
            opens = anew and piece.entry.linked and number == numbers.start
            if piece.rewrite or opens:
                data = bytes(packet)
                try:
                    data = piece.rewrite(data) if piece.rewrite else data
                except ValueError as error:
                    raise Unjoinable(str(error)) from None
                packet = _with_data(packet, room.opening(data) if opens else data)
            yield packet
    if number != numbers[-1]:
        raise Unjoinable("a clip has fewer pictures than its index says")


def _with_data(packet: AnyPacket, data: bytes) -> AnyPacket:
    import av

    changed: AnyPacket = cast("AnyPacket", av.Packet(data))
    changed.is_keyframe = packet.is_keyframe
    return changed


def _from_entry(container: InputContainer, piece: Piece) -> Iterator[AnyPacket]:
    """The packets of a file from that of its entry on, found by its time: from the start where seeking goes too far."""
    stream = picture_stream(container)
    wanted = piece.track.times[piece.entry.packet]
    for start in (wanted, None) if piece.entry.packet else (None,):
        if start is not None:
            container.seek(start, stream=stream)
        elif piece.entry.packet:
            container.seek(0)  # only to come back: some files have nothing to seek even their start by
        found = False
        for packet in whole_packets(container, stream):
            found = found or packet.pts == wanted
            if found:
                yield packet
        if found:
            return
    raise Unjoinable("a clip's packets can't be found again")


def _sounds(heard: InputContainer, stream: AudioStream) -> Iterator[AnyPacket]:
    for packet in heard.demux(heard.streams.audio[0]):
        if packet.dts is not None:
            packet.stream = stream
            yield packet


def _decoded_at(packet: AnyPacket) -> Fraction:
    return (packet.dts or 0) * (packet.time_base or Fraction(1))
