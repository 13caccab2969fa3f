"""What a file holds, and whether it may be taken at all."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import BrokenMedia, FileTooLarge, MissingFile, UnsupportedFile
from . import formats, stills
from .combs import is_combed
from .opening import may_be, open_media, open_still, too_large
from .timing import Timing, read_packets, timing_of
from .tracks import SoundTrack, TextTrack, heard_by_default

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

# Sound may end a little after the picture, as its packets have a length of their own: that is no longer film.
_LONGEST_US = 24 * 3600 * 1_000_000  # a timeline's own limit
_SOUND_BEYOND = Fraction(1, 10)
_LOOKED_AT = 4_000_000  # bytes
_MOST_ANIMATED = 1_000_000_000  # pixels of an animation that Pillow decodes


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """A media file as an editor sees it. Plain data: picklable, and `to_json` and `from_json` lose nothing.

    `width` and `height` are of the picture as displayed: rotated, with square pixels. `duration_ms` is
    0 for a still image; of a film it lasts until both its picture and its sound have ended. `timing` tells when each
    picture is shown; None without a moving picture. `fps` is its rate by the commonest step, `frames` the number of
    pictures shown. `steady` says that the video runs at one constant rate from time zero, every
    frame shown, no edit list hiding any. `rotation` is in degrees clockwise, after `flipped` has turned the coded
    picture upside down. `matrix` and `transfer` are colour codes of H.273 (2: not said). `combed`: it is interlaced
    without saying so. `alpha`: parts may be
    see-through.

    `sounds` are all sound tracks, `heard` the numbers of those that are heard where nobody chose others; what is said
    of the sound here (`audio_codec` …) is of the first of those. `subtitles` and `chapters` are what else is in it.
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
    combed: bool = False
    flipped: bool = False
    alpha: bool = False
    timing: Timing | None = None
    audio_codec: str = ""
    sample_rate: int = 0
    channels: int = 0
    sounds: tuple[SoundTrack, ...] = ()
    heard: tuple[int, ...] = ()
    zero: Fraction = Fraction(0)
    subtitles: tuple[TextTrack, ...] = ()
    chapters: int = 0

    @property
    def has_video(self) -> bool:
        return self.width > 0

    @property
    def is_drawn(self) -> bool:
        """Whether ffmpeg is given pictures of it that Pillow has drawn: of stills, and of most animations."""
        return self.kind == "image" and not self.video_codec

    @property
    def sound_before_picture(self) -> Fraction:
        """Until which second there is sound alone. Nothing of it is found by seeking, which looks for a picture."""
        return self.timing.at(0) if self.timing else Fraction(0)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON. Rates and times are text: JSON has no fractions, and 30000/1001 is no decimal number."""
        raw = {item.name: getattr(self, item.name) for item in dataclasses.fields(self)}
        return {
            **{key: str(value) if isinstance(value, Fraction) else value for key, value in raw.items()},
            "timing": self.timing.to_json() if self.timing else None,
            "sounds": [_plain(track) for track in self.sounds],
            "heard": list(self.heard),
            "subtitles": [_plain(track) for track in self.subtitles],
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> MediaInfo:
        """What `to_json` wrote; what it didn't say, as it was before, stays at its default."""
        fractions = {
            key: Fraction(raw[key]) for key in ("fps", "time_base", "zero") if raw.get(key) is not None
        }
        times = ("start", "end")
        return cls(
            **{
                **raw,
                **fractions,
                "timing": Timing.from_json(raw["timing"]) if raw.get("timing") else None,
                "sounds": tuple(
                    SoundTrack(**{**item, **{key: Fraction(item[key]) for key in times}})
                    for item in raw.get("sounds", ())
                ),
                "heard": tuple(raw.get("heard", ())),
                "subtitles": tuple(TextTrack(**item) for item in raw.get("subtitles", ())),
            }
        )


def _plain(track: SoundTrack | TextTrack) -> dict[str, Any]:
    return {
        key: str(value) if isinstance(value, Fraction) else value
        for key, value in dataclasses.asdict(track).items()
    }


def probe(path: Path, name: str | None = None) -> MediaInfo:
    """Look into a media file. `name` is the file's own name where `path` is not (a store's, say).

    Blocks for some 10 ms and 0.1 s for each 100 MB: decodes the first frame of each
    track, and reads the times of all packets.
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
            frames, kind = getattr(image, "n_frames", 1), image.format
            alpha = image.has_transparency_data
            image.draft("RGB", (256, 256))
            ImageOps.exif_transpose(image).load()
        if frames > 1 and kind == "GIF":
            return _stream(path, name, "image", path.stat().st_size)
        if frames > 1 and size[0] * size[1] * frames > _MOST_ANIMATED:
            raise too_large(name, f"{frames} times {size[0]}x{size[1]}")
        lengths = stills.stays_ms(path) if frames > 1 else ()
    except (OSError, ValueError, SyntaxError, EOFError):
        raise BrokenMedia(f"{name!r} is damaged or incomplete.") from None
    still = MediaInfo("image", width=size[0], height=size[1], alpha=alpha)
    if not lengths:
        return still
    shown = list(zip(accumulate(lengths[:-1], initial=0), lengths, strict=True))
    timing = timing_of(shown, Fraction(1, 1000))
    return dataclasses.replace(
        still,
        duration_ms=sum(lengths),
        fps=timing.rate,
        frames=timing.count,
        timing=timing,
        time_base=timing.time_base,
    )


def _stream(path: Path, name: str, kind: str, size: int) -> MediaInfo:
    import av

    try:
        with open_media(path) as container:
            return _read(container, path, name, kind, size)
    except av.error.ArgumentError:  # what the white list answers
        raise UnsupportedFile(f"{name!r} is not what its name says.") from None
    except (av.error.FFmpegError, ValueError, OverflowError):
        raise BrokenMedia(f"{name!r} is damaged or incomplete.") from None


def _read(container: InputContainer, path: Path, name: str, kind: str, size: int) -> MediaInfo:
    import av

    covers = av.stream.Disposition.attached_pic
    pictures = [stream for stream in container.streams.video if not stream.disposition & covers]
    video = pictures[0] if pictures and kind != "audio" else None
    audios = container.streams.audio
    if video is None and not audios:
        raise BrokenMedia(f"{name!r} has neither picture nor sound.")
    whole = _is_fragmented(container) or not any(
        _end_of_data(stream) > size for stream in (video, *audios) if stream
    )
    if not whole or formats.is_cut_matroska(path, size):
        raise BrokenMedia(f"{name!r} is cut short: its end is missing.")
    if (container.duration or 0) > _LONGEST_US:
        raise _too_long(name, Fraction(container.duration or 0, 1_000_000))
    if video is not None:
        _refuse_unknown(path, video, name)
    facts = _video_facts(container, video, name) if video is not None else {}
    decoded = [_audio_facts(container, stream) for stream in audios]
    read = read_packets(path, video.index if video is not None else None, [stream.index for stream in audios])
    timing = read.timing
    if video is not None and timing is None:
        raise BrokenMedia(f"{name!r} can't be decoded.")
    sounds = tuple(
        SoundTrack(number=number, **fact, **_labels(stream), start=span[0], end=span[1])
        for number, (stream, fact, span) in enumerate(zip(audios, decoded, read.sounds, strict=True), 1)
    )
    heard = heard_by_default(sounds)
    if timing is not None and read.told_end is not None:
        others = [track.end for track in sounds if track.number not in heard]
        if (
            read.told_end > max(others, default=Fraction(0)) + _SOUND_BEYOND
        ):  # none of what isn't heard lasts so long
            timing = timing.stays_until(read.told_end)
    if not heard and any(track.end > track.start for track in sounds):
        _refuse_unknown(path, audios[0], name)
        raise BrokenMedia(f"{name!r} has a sound that can't be decoded.")
    if video is None and not heard:
        raise BrokenMedia(f"{name!r} has no length.")
    first = sounds[heard[0] - 1] if heard else SoundTrack(0)
    ends = max((sounds[number - 1].end for number in heard), default=Fraction(0))
    if timing is not None and ends <= timing.end_s + _SOUND_BEYOND:
        ends = timing.end_s
    if ends * 1_000_000 > _LONGEST_US:
        raise _too_long(name, ends)
    return MediaInfo(
        kind=kind if video is not None else "audio",
        duration_ms=max(1, round(ends * 1000)),
        fps=timing.rate if timing and timing.count > 1 else None,
        frames=timing.count if timing else 0,
        timing=timing,
        steady=video is not None and timing is not None and _is_steady(video, timing),
        has_audio=bool(heard),
        audio_codec=first.codec,
        sample_rate=first.sample_rate,
        channels=first.channels,
        sounds=sounds,
        heard=heard,
        zero=read.zero,
        subtitles=tuple(
            TextTrack(number, _codec(stream), **_words(stream))
            for number, stream in enumerate(container.streams.subtitles, 1)
        ),
        chapters=len(container.chapters()),
        **facts,
    )


def _too_long(name: str, length_s: Fraction) -> FileTooLarge:
    return FileTooLarge(
        f"{name!r} is {float(length_s) / 3600:.1f} hours long.",
        next_step="The limit is 24 hours: cut it, and upload the parts.",
    )


def _video_facts(container: InputContainer, stream: VideoStream, name: str) -> dict[str, Any]:
    if not may_be(stream.width, stream.height):
        raise too_large(name, f"{stream.width}x{stream.height}")
    frame: VideoFrame | None = _first_frame(container, stream)
    if frame is None:
        raise BrokenMedia(f"{name!r} can't be decoded.")
    if not may_be(frame.width, frame.height):  # the container may say something else than the picture
        raise too_large(name, f"{frame.width}x{frame.height}")
    rotation, flipped = _orientation(frame)
    pixel = stream.sample_aspect_ratio or Fraction(1)
    width, height = max(1, round(frame.width * pixel)), frame.height
    if rotation in (90, 270):
        width, height = height, width
    combed = not frame.interlaced_frame and is_combed(container, stream)
    return {
        "width": width,
        "height": height,
        "rotation": rotation,
        "flipped": flipped,
        "video_codec": stream.codec_context.name,
        "profile": str(stream.profile or ""),
        "pix_fmt": str(frame.format.name),
        "matrix": int(stream.codec_context.colorspace),
        "transfer": int(stream.codec_context.color_trc),
        "time_base": stream.time_base,
        "square_pixels": pixel == 1,
        "interlaced": combed or bool(frame.interlaced_frame),
        "combed": combed,
        "alpha": stream.metadata.get("alpha_mode") == "1" or "a" in str(frame.format.name).partition("p")[0],
    }


def _orientation(frame: Any) -> tuple[int, bool]:
    """The clockwise turn in degrees that a picture's matrix asks for, after turning it upside down if that is told."""
    rotation = round(-frame.rotation) % 360  # PyAV counts against the clock
    for side in frame.side_data:
        if side.type.name == "DISPLAYMATRIX":
            a, b, _, c, d = memoryview(bytes(side)).cast("i").tolist()[:5]
            return rotation, a * d - b * c < 0
    return rotation, False


def _audio_facts(container: InputContainer, stream: AudioStream) -> dict[str, Any]:
    """Of a track, by its first frame; nothing where there is none or no decoder."""
    frame = _first_frame(container, stream) if stream.codec_context is not None else None
    if frame is None:
        return {}
    return {
        "codec": stream.codec_context.name,
        "profile": str(stream.profile or ""),
        "sample_rate": int(frame.sample_rate),
        "channels": len(frame.layout.channels),
        "layout": str(frame.layout.name),
    }


def _first_frame(container: InputContainer, stream: Stream) -> Any:
    """The first frame that decodes, so that garbage in a good wrapper isn't taken; None without one."""
    import av

    container.seek(0)
    try:
        return next(iter(container.decode(stream)), None)
    except av.error.InvalidDataError:
        return None
    finally:
        stream.codec_context.flush_buffers()  # of 8K it would hold 100 MB while the packets are read


def _labels(stream: AudioStream) -> dict[str, Any]:
    import av

    return {**_words(stream), "is_default": bool(stream.disposition & av.stream.Disposition.default)}


def _words(stream: Stream) -> dict[str, str]:
    language = stream.metadata.get("language", "")
    return {"language": "" if language == "und" else language, "title": stream.metadata.get("title", "")}


def _codec(stream: Stream) -> str:
    return stream.codec_context.name if stream.codec_context is not None else ""


def _refuse_unknown(path: Path, stream: Stream, name: str) -> None:
    """UnsupportedFile, with the codec's name, for a track that nothing here can decode."""
    if stream.codec_context is not None:
        return
    names = _codec_names(path)
    codec = f" ({names[stream.index]})" if stream.index < len(names) else ""
    what = "picture" if stream.type == "video" else "sound"
    raise UnsupportedFile(
        f"The {what} of {name!r} is in a codec that can't be decoded here{codec}.",
        next_step="Convert it to H.264 with AAC, for example with the program that made it, and upload that.",
    )


def _codec_names(path: Path) -> list[str]:
    """What an MP4 or a Matroska file calls the codecs of its tracks, in their order; from its head and its end."""
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
        file.seek(max(len(head), path.stat().st_size - _LOOKED_AT))
        text = head + file.read(_LOOKED_AT)
    found = re.finditer(rb"stsd.{12}(.{4})|\x86([\x80-\xbf])([AVS]_[A-Z0-9/_]+)", text, re.DOTALL)
    names = (item[1] or item[3][: item[2][0] & 0x3F] for item in found)
    return [name.decode("latin-1").strip() for name in names]


def _is_fragmented(container: InputContainer) -> bool:
    """Whether an MP4 is one of fragments: each is whole in itself, so a recorder that crashed lost only the last."""
    return container.format.name.startswith("mov") and any(
        len(stream.index_entries) > stream.frames
        for stream in (*container.streams.video, *container.streams.audio)
    )


def _end_of_data(stream: Stream) -> int:
    """Up to which byte the container's index says there is data; 0 where it has no full index."""
    index = stream.index_entries
    return int(index[-1].pos + index[-1].size) if len(index) else 0


def _is_steady(stream: VideoStream, timing: Timing) -> bool:
    """Whether the index of the container says the same as the packets: one after the other, none hidden."""
    index = stream.index_entries
    return (
        timing.is_even
        and not timing.hidden
        and timing.zero == timing.first == 0
        and timing.count > 1
        and len(index) == timing.count == stream.frames
        and timing.end == timing.count * timing.step
        and all(not entry.is_discard for entry in index)
        and all(
            entry.timestamp == index[0].timestamp + number * timing.step for number, entry in enumerate(index)
        )
    )
