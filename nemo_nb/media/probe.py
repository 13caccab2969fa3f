"""What a file holds, and whether it may be taken at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import BrokenMedia, MissingFile, UnsupportedFile
from . import formats
from .ffmpeg import MAX_PIXELS
from .opening import open_media, open_still, too_large

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_TAIL_US = 1_000_000


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """A media file as an editor sees it.

    `width` and `height` are of the picture as displayed: rotated, with square pixels. `duration_ms` is
    0 for a still image. `steady` says that the video runs at one constant rate from time zero, every
    frame shown, no edit list hiding any: only then may its packets be copied, and only then `frames` is
    their exact number. `matrix` and `transfer` are colour codes of H.273 (2: not said).
    """

    kind: str
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    fps: Fraction | None = None
    frames: int = 0
    has_audio: bool = False
    rotation: int = 0
    video_codec: str = ""
    profile: str = ""
    pix_fmt: str = ""
    matrix: int = 2
    transfer: int = 2
    time_base: Fraction | None = None
    square_pixels: bool = True
    interlaced: bool = False
    steady: bool = False
    audio_codec: str = ""
    sample_rate: int = 0
    channels: int = 0

    @property
    def has_video(self) -> bool:
        return self.width > 0


def probe(path: Path, name: str | None = None) -> MediaInfo:
    """Look into a media file. `name` is the file's own name where `path` is not (a store's, say).

    Blocks for some 10 ms; reads headers and the first frame of each stream, not the whole file.
    MissingFile; UnsupportedFile for a format that isn't taken or isn't what the name says;
    FileTooLarge; BrokenMedia for empty, truncated or undecodable files.

        probe(Path("clip.mp4")).duration_ms
    """
    name = name or path.name
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(formats.SNIFF_BYTES)
    except OSError:
        raise MissingFile(f"{name!r} can't be read.") from None
    kind = formats.check(name, size, head)
    if kind == "image":
        return _image(path, name)
    return _stream(path, name, kind, size)


def _image(path: Path, name: str) -> MediaInfo:
    """By Pillow, which reads the size before it decodes, and decodes JPEG at a fraction of it."""
    from PIL import ImageOps

    try:
        with open_still(path, name) as image:
            turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
            size = image.size[::-1] if turned else image.size
            moving = image.format == "GIF" and getattr(image, "n_frames", 1) > 1
            image.draft("RGB", (256, 256))
            ImageOps.exif_transpose(image).load()
    except (OSError, ValueError, SyntaxError, EOFError):
        raise BrokenMedia(f"{name!r} is damaged or incomplete.") from None
    if not moving:
        return MediaInfo("image", width=size[0], height=size[1])
    info = _stream(path, name, "image", path.stat().st_size)
    return info if info.has_video else MediaInfo("image", width=size[0], height=size[1])


def _stream(path: Path, name: str, kind: str, size: int) -> MediaInfo:
    import av

    try:
        with open_media(path) as container:
            return _read(container, name, kind, size)
    except av.error.ArgumentError:  # what the white list answers
        raise UnsupportedFile(f"{name!r} is not what its name says.") from None
    except (av.error.FFmpegError, ValueError, OverflowError):
        raise BrokenMedia(f"{name!r} is damaged or incomplete.") from None


def _read(container: InputContainer, name: str, kind: str, size: int) -> MediaInfo:
    import av

    covers = av.stream.Disposition.attached_pic
    pictures = [stream for stream in container.streams.video if not stream.disposition & covers]
    video = pictures[0] if pictures and kind != "audio" else None
    audio = container.streams.audio[0] if container.streams.audio else None
    used: list[Stream] = [stream for stream in (video, audio) if stream is not None]
    if not used:
        raise BrokenMedia(f"{name!r} has neither picture nor sound.")
    if any(_end_of_data(stream) > size for stream in used) or _is_cut_short(container, used):
        raise BrokenMedia(f"{name!r} is cut short: its end is missing.")
    facts: dict[str, Any] = {"kind": kind if video else "audio"}
    if video is not None:
        facts |= _video_facts(container, video, name)
    if audio is not None:
        facts |= _audio_facts(container, audio, name)
    duration_ms = _duration_ms(container, used)
    if duration_ms <= 0:
        raise BrokenMedia(f"{name!r} has no length.")
    return MediaInfo(duration_ms=duration_ms, **facts)


def _video_facts(container: InputContainer, stream: VideoStream, name: str) -> dict[str, Any]:
    if stream.width * stream.height > MAX_PIXELS:
        raise too_large(name, f"{stream.width}x{stream.height}")
    frame: VideoFrame = _first_frame(container, stream, name)
    rotation = round(-frame.rotation) % 360  # PyAV counts against the clock
    pixel = stream.sample_aspect_ratio or Fraction(1)
    width, height = max(1, round(frame.width * pixel)), frame.height
    if rotation in (90, 270):
        width, height = height, width
    fps = stream.average_rate or stream.guessed_rate
    index = stream.index_entries
    return {
        "width": width,
        "height": height,
        "fps": Fraction(fps) if fps else None,
        "frames": stream.frames or len(index),
        "rotation": rotation,
        "video_codec": stream.codec_context.name,
        "profile": str(stream.profile or ""),
        "pix_fmt": str(frame.format.name),
        "matrix": int(stream.codec_context.colorspace),
        "transfer": int(stream.codec_context.color_trc),
        "time_base": stream.time_base,
        "square_pixels": pixel == 1,
        "interlaced": bool(frame.interlaced_frame),
        "steady": _is_steady(stream, index),
    }


def _audio_facts(container: InputContainer, stream: AudioStream, name: str) -> dict[str, Any]:
    frame = _first_frame(container, stream, name)
    return {
        "has_audio": True,
        "audio_codec": stream.codec_context.name,
        "sample_rate": int(frame.sample_rate),
        "channels": len(frame.layout.channels),
    }


def _first_frame(container: InputContainer, stream: Stream, name: str) -> Any:
    """The first frame that decodes, which also shows that the file isn't garbage in a good wrapper."""
    container.seek(0)
    for frame in container.decode(stream):
        return frame
    raise BrokenMedia(f"{name!r} can't be decoded.")


def _end_of_data(stream: Stream) -> int:
    """Up to which byte the container's index says there is data; 0 where it has no full index."""
    index = stream.index_entries
    return int(index[-1].pos + index[-1].size) if len(index) else 0


def _is_cut_short(container: InputContainer, used: Sequence[Stream]) -> bool:
    """Whether a Matroska file, whose head promises a length, ends before it."""
    if "matroska" not in container.format.name or not container.duration:
        return False
    container.seek(max(0, container.duration - _TAIL_US))
    return _last_end(container, used) < Fraction(container.duration - _TAIL_US, 1_000_000)


def _is_steady(stream: VideoStream, index: Any) -> bool:
    """By the container's own index, so that no packet is read."""
    if len(index) < 2 or len(index) != stream.frames or stream.start_time != 0 or not index[0].is_keyframe:
        return False
    step = index[1].timestamp - index[0].timestamp
    if not stream.time_base or not stream.average_rate or stream.average_rate * stream.time_base * step != 1:
        return False
    first = index[0].timestamp
    return all(
        entry.timestamp == first + number * step and not entry.is_discard
        for number, entry in enumerate(index)
    )


def _duration_ms(container: InputContainer, used: Sequence[Stream]) -> int:
    """The picture's length where there is a picture: its sound may end a little before or after."""
    first = used[0]
    if first.duration and first.time_base:
        return round(first.duration * first.time_base * 1000)
    if container.duration:
        return round(container.duration / 1000)
    container.seek(0)  # a recording that was never finished carries no length: its packets tell
    return round(_last_end(container, [first]) * 1000)


def _last_end(container: InputContainer, streams: Sequence[Stream]) -> Fraction:
    """When the last packet from here on ends, in seconds."""
    ends = (
        (packet.pts + (packet.duration or 0)) * packet.time_base
        for packet in container.demux(*streams)
        if packet.pts is not None and packet.time_base is not None
    )
    return max(ends, default=Fraction(0))
