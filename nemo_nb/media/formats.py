"""The one table of formats: what is taken, by a file's name and by its first bytes. No decoder is needed.

Whoever lists formats asks here: the guards of ffmpeg and Pillow, uploads by URL, the client, the widgets, the engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import BinaryIO, Literal

from ..errors import BrokenMedia, FileTooLarge, UnsupportedFile

Kind = Literal["video", "image", "audio"]

SNIFF_BYTES = 400
_EBML, _SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its `extension`. Containers that share a layout share a `family`: an .m4a renamed .mp4 is no lie
    worth refusing. `demuxer` is ffmpeg's, `still` Pillow's name for what reads it, empty where none does; `types` are
    its MIME types, the usual one first. `everywhere`: every backend takes it. `rewrapped`: it has no index, and seeking
    in it finds no picture to begin with, so it is read from a copy in a better container.
    """

    extension: str
    kind: Kind
    family: str
    types: tuple[str, ...]
    demuxer: str = ""
    still: str = ""
    everywhere: bool = False
    rewrapped: bool = False


TABLE = (
    Format("mp4", "video", "iso", ("video/mp4",), "mov", everywhere=True),
    Format("mov", "video", "iso", ("video/quicktime",), "mov", everywhere=True),
    Format("avi", "video", "avi", ("video/x-msvideo",), "avi", everywhere=True),
    Format("webm", "video", "matroska", ("video/webm",), "matroska", everywhere=True),
    Format("mkv", "video", "matroska", ("video/x-matroska",), "matroska", everywhere=True),
    Format("m4v", "video", "iso", ("video/x-m4v",), "mov"),
    Format("3gp", "video", "iso", ("video/3gpp",), "mov"),
    Format("3g2", "video", "iso", ("video/3gpp2",), "mov"),
    Format("ts", "video", "mpegts", ("video/mp2t",), "mpegts", rewrapped=True),
    Format("mts", "video", "mpegts", ("video/vnd.dlna.mpeg-tts",), "mpegts", rewrapped=True),
    Format("m2ts", "video", "mpegts", (), "mpegts", rewrapped=True),
    Format("jpg", "image", "jpeg", ("image/jpeg",), still="JPEG", everywhere=True),
    Format("jpeg", "image", "jpeg", (), still="JPEG", everywhere=True),
    Format("png", "image", "png", ("image/png", "image/apng"), "png_pipe", "PNG", everywhere=True),
    Format("gif", "image", "gif", ("image/gif",), "gif", "GIF", everywhere=True),
    Format("webp", "image", "webp", ("image/webp",), still="WEBP", everywhere=True),
    Format("avif", "image", "avif", ("image/avif",), still="AVIF"),
    Format("heic", "image", "heif", ("image/heic", "image/heif"), still="HEIF"),
    Format("heif", "image", "heif", (), still="HEIF"),
    Format("mp3", "audio", "mp3", ("audio/mpeg",), "mp3", everywhere=True),
    Format("wav", "audio", "wav", ("audio/wav", "audio/x-wav"), "wav", everywhere=True),
    Format("m4a", "audio", "iso", ("audio/mp4", "audio/x-m4a"), "mov", everywhere=True),
    Format("aac", "audio", "aac", ("audio/aac",), "aac", everywhere=True),
    Format("flac", "audio", "flac", ("audio/flac", "audio/x-flac"), "flac"),
    Format("ogg", "audio", "ogg", ("audio/ogg",), "ogg"),
    Format("opus", "audio", "ogg", ("audio/opus",), "ogg"),
)

CAPTIONS = ("srt", "vtt", "ass", "ssa")
"""What is no upload, but said: see `nemo_nb.chat.attachments`."""

KIND: dict[str, Kind] = {item.extension: item.kind for item in TABLE}
# Moving pictures that ffmpeg doesn't read are handed to it as animated PNGs.
DEMUXERS = tuple(sorted({item.demuxer for item in TABLE if item.demuxer} | {"apng"}))
STILLS = tuple(dict.fromkeys(item.still for item in TABLE if item.still))
EXTENSION_OF_TYPE = {kind: f".{item.extension}" for item in TABLE for kind in item.types}
_OF = {item.extension: item for item in TABLE}


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a backend takes: names of formats, and how many bytes a file may have."""

    formats: frozenset[str]
    max_bytes: int

    def in_words(self) -> str:
        """The formats by kind, and the limit.

        >>> EVERYWHERE.in_words()
        'mp4, mov, avi, webm, mkv; jpg, png, gif, webp; mp3, wav, m4a, aac; at most 500 MB each'
        """
        listed = [item for item in TABLE if item.extension in self.formats and item.types]
        kinds = dict.fromkeys(item.kind for item in listed)
        words = "; ".join(", ".join(item.extension for item in listed if item.kind == kind) for kind in kinds)
        return f"{words}; at most {in_bytes(self.max_bytes)} each"


EVERYWHERE = Accepted(frozenset(item.extension for item in TABLE if item.everywhere), 500_000_000)
_HEIF = "heif"
HERE = Accepted(
    frozenset(item.extension for item in TABLE if item.family != _HEIF or find_spec("pillow_heif")),
    20_000_000_000,
)
"""What this package takes by itself, as far as the disk has room: all of the table, HEIC with its extra."""


def in_bytes(count: int) -> str:
    """`500000000` → `"500 MB"`, `20000000000` → `"20 GB"`."""
    return f"{count / 1e9:g} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def extension_of(name: str) -> str:
    """In lower case, without the dot; empty where there is none."""
    return PurePath(name).suffix.lower().removeprefix(".")


def is_rewrapped(name: str) -> bool:
    """Whether a file is read from a copy in another container."""
    return (found := _OF.get(extension_of(name))) is not None and found.rewrapped


def kind_of(name: str, accepted: Accepted = HERE) -> Kind:
    """`video`, `image` or `audio`, by the name's extension. UnsupportedFile for any that isn't accepted.

    >>> kind_of("Holiday.MP4")
    'video'
    """
    extension = extension_of(name)
    if extension not in KIND or extension not in accepted.formats:
        if accepted is HERE and extension in KIND:
            raise UnsupportedFile(
                f"{PurePath(name).name!r} needs a package that isn't here.",
                next_step="Run pip install 'nemo-nb[heic]' where the engine runs and start it anew, or send a JPEG.",
            )
        if extension in CAPTIONS:
            raise UnsupportedFile(
                f"{PurePath(name).name!r} holds captions, which are no upload.",
                next_step=f'Say it: project.say("add captions from {PurePath(name).name}").',
            )
        raise UnsupportedFile(
            f"{PurePath(name).name!r} is not in a supported format.",
            next_step=f"Supported are {accepted.in_words()}. Convert it to one of these and upload it again.",
        )
    return KIND[extension]


def base_name(name: str) -> str:
    """The last part of a path of any system, without control characters; at most 200 characters."""
    base = PurePath(name.replace("\\", "/")).name
    return "".join(c for c in base if c.isprintable())[-200:] or "file"


def check(name: str, size: int, head: bytes, accepted: Accepted = HERE) -> Kind:
    """The kind of a file by its name, size in bytes and first `SNIFF_BYTES` bytes, or the error that it is.

    UnsupportedFile for an unknown extension or bytes that are another format's, FileTooLarge for more than is
    accepted, BrokenMedia for an empty file. `size` may be -1 where it isn't known beforehand.
    """
    kind = kind_of(name, accepted)
    shown = PurePath(name).name
    if size > accepted.max_bytes:
        raise too_large(shown, size, accepted)
    if size == 0 or not head:
        raise BrokenMedia(f"{shown!r} is empty.")
    extension = extension_of(name)
    found = sniff(head)
    family = _OF[extension].family
    if found is None and not head.strip(b"\0") and family == "mp3":
        return kind  # a recorder that left room for a title: its decoder looks further
    if found == "tagged" and family in ("mp3", "aac", "flac"):
        return kind  # a title comes first
    if found != family:
        what = f"the bytes of a {found} file" if found else "not the bytes of one"
        raise UnsupportedFile(f"{shown!r} is named .{extension} but has {what}.")
    return kind


def too_large(name: str, size: int, accepted: Accepted) -> FileTooLarge:
    """The error of a file of `size` bytes; -1 where only that it is too large is known."""
    limit = in_bytes(accepted.max_bytes)
    has = f"has {in_bytes(size)}" if size >= 0 else f"has over {limit}"
    return FileTooLarge(
        f"{name!r} {has}.", next_step=f"The limit is {limit} a file: trim or compress it and upload it again."
    )


def sniff(head: bytes) -> str | None:
    """The container family that the first bytes belong to, None when it is none of ours."""
    if head[4:8] == b"ftyp":
        return _of_brands(head)
    if head[4:8] in (b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"):
        return "iso"
    if head.startswith(b"\0") and head.lstrip(b"\0")[:1] in (b"I", b"\xff"):
        head = head.lstrip(b"\0")
    for start, family in _STARTS.items():
        if head.startswith(start):
            return family
    if head.startswith((b"RIFF", b"RF64")):
        return {b"AVI ": "avi", b"WAVE": "wav", b"WEBP": "webp"}.get(head[8:12])
    if _repeats(head, 0, 188) or _repeats(head, 4, 192):
        return "mpegts"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        # One sync word for both: AAC in ADTS always has layer 0, an MPEG audio frame never.
        return "aac" if head[1] & 0x06 == 0 else "mp3"
    return None


_STARTS = {
    _EBML: "matroska", b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png", b"GIF87a": "gif", b"GIF89a": "gif",
    b"ID3": "tagged", b"fLaC": "flac", b"OggS": "ogg",
}  # fmt: skip


def _of_brands(head: bytes) -> str:
    """MP4, or one of the still pictures in the same wrapper."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[at : at + 4] for at in (8, *range(16, size - 3, 4))}
    if brands & {b"avif", b"avis"}:
        return "avif"
    return (
        "heif" if brands & {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"} else "iso"
    )


def _repeats(head: bytes, first: int, each: int) -> bool:
    """Whether the sync byte of a transport stream stands where its packets begin."""
    places = range(first, len(head), each)
    return len(places) > 1 and all(head[place] == 0x47 for place in places)


def is_cut_matroska(path: Path, size: int) -> bool:
    """Whether a Matroska file says that it is longer than its `size` in bytes. False for any other file.

    Lengths in time would not tell: a last picture, a subtitle or a second track may go on for long without a byte.
    """
    with path.open("rb") as file:
        if file.read(4) != _EBML:
            return False
        head = _ebml_length(file)
        if head is None:
            return False
        file.seek(head, 1)
        if file.read(4) != _SEGMENT:
            return False
        length = _ebml_length(file)
        return length is not None and file.tell() + length > size


def _ebml_length(file: BinaryIO) -> int | None:
    """The length of the element whose id was just read; None for one that wasn't known when it was begun."""
    first = file.read(1)
    if not first or not first[0]:
        return None
    more = 8 - first[0].bit_length()
    value = int.from_bytes(first + file.read(more), "big") - (1 << 7 * (more + 1))
    return None if value == (1 << 7 * (more + 1)) - 1 else value


def accepted_of(formats: Iterable[str], max_bytes: int) -> Accepted:
    """What a backend said that it takes, as far as this package knows how to name it."""
    return Accepted(frozenset(formats) & frozenset(KIND), max_bytes)
