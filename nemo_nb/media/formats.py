"""The formats that can be taken, told by a file's name and by its first bytes. No decoder is needed."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import BinaryIO

from ..errors import BrokenMedia, FileTooLarge, UnsupportedFile

VIDEO = ("mp4", "mov", "avi", "webm", "mkv")
IMAGE = ("jpg", "jpeg", "png", "gif", "webp")
AUDIO = ("mp3", "wav", "m4a", "aac")
KIND = dict.fromkeys(VIDEO, "video") | dict.fromkeys(IMAGE, "image") | dict.fromkeys(AUDIO, "audio")

MAX_BYTES = 500 * 1000 * 1000
SNIFF_BYTES = 64

_EBML, _SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"

# Containers that share a layout share a family: an .m4a renamed .mp4 is no lie worth refusing.
_FAMILY = {
    "mp4": "iso", "mov": "iso", "m4a": "iso", "webm": "matroska", "mkv": "matroska", "avi": "avi",
    "jpg": "jpeg", "jpeg": "jpeg", "png": "png", "gif": "gif", "webp": "webp",
    "mp3": "mp3", "wav": "wav", "aac": "aac",
}  # fmt: skip


def kind_of(name: str) -> str:
    """`video`, `image` or `audio`, by the name's extension. UnsupportedFile for any other.

    >>> kind_of("Holiday.MP4")
    'video'
    """
    extension = PurePath(name).suffix.lower().removeprefix(".")
    if extension not in KIND:
        raise UnsupportedFile(f"{PurePath(name).name!r} is not in a supported format.")
    return KIND[extension]


def base_name(name: str) -> str:
    """The last part of a path of any system, without control characters; at most 200 characters."""
    base = PurePath(name.replace("\\", "/")).name
    return "".join(c for c in base if c.isprintable())[-200:] or "file"


def check(name: str, size: int, head: bytes) -> str:
    """The kind of a file by its name, size in bytes and first `SNIFF_BYTES` bytes, or the error that it is.

    UnsupportedFile for an unknown extension or bytes that are another format's, FileTooLarge over
    500 MB, BrokenMedia for an empty file. `size` may be -1 where it isn't known beforehand.
    """
    kind = kind_of(name)
    shown = PurePath(name).name
    if size > MAX_BYTES:
        raise FileTooLarge(f"{shown!r} has {size / 1e6:.0f} MB.")
    if size == 0 or not head:
        raise BrokenMedia(f"{shown!r} is empty.")
    extension = PurePath(name).suffix.lower().removeprefix(".")
    found = sniff(head)
    if found != _FAMILY[extension]:
        what = f"the bytes of a {found} file" if found else "not the bytes of one"
        raise UnsupportedFile(f"{shown!r} is named .{extension} but has {what}.")
    return kind


def sniff(head: bytes) -> str | None:
    """The container family that the first bytes belong to, None when it is none of ours."""
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide"):
        return "iso"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if head.startswith((b"RIFF", b"RF64")):
        return {b"AVI ": "avi", b"WAVE": "wav", b"WEBP": "webp"}.get(head[8:12])
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"ID3"):
        return "mp3"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        # One sync word for both: AAC in ADTS always has layer 0, an MPEG audio frame never.
        return "aac" if head[1] & 0x06 == 0 else "mp3"
    return None


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
