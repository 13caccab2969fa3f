"""Media files opened in this process: under the same guards as those that ffmpeg opens.

The linter holds everybody else to these: they are the only places that call `av.open` and `Image.open` on a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import FileTooLarge
from .ffmpeg import MAX_PIXELS
from .formats import DEMUXERS, STILLS

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from PIL.Image import Image

MAX_SIDE = 16_384  # what encoders and scalers take
_MAX_STREAMS = 64


def open_media(path: Path) -> InputContainer:
    """Open a film or a sound for reading: no container but those we take, no other file, no picture too large.

    A context manager. Raises PyAV's own errors: `av.error.ArgumentError` for a container that isn't among ours.

        with open_media(Path("clip.mp4")) as container: ...
    """
    import av

    return av.open(  # noqa: TID251
        f"file:{path}",
        options={"protocol_whitelist": "file", "format_whitelist": ",".join(DEMUXERS)},
        # One for each stream there may be. The library's own stubs have the wrong type here.
        stream_options=[{"max_pixels": str(MAX_PIXELS)}] * _MAX_STREAMS,  # type: ignore[list-item]
    )


def whole_packets(container: InputContainer, *streams: Stream) -> Iterator[Packet[Any]]:
    """The packets of these streams. The last one of a recorder that crashed may be cut off: no decoder takes that."""
    return (packet for packet in container.demux(*streams) if packet.size and not packet.is_corrupt)


def open_still(path: Path, name: str = "") -> Image:
    """Open a still for reading, its pixels not decoded yet. A context manager.

    FileTooLarge over 64 megapixels, with the file's own `name` where `path` isn't; Pillow's own errors otherwise.
    """
    from PIL import Image

    name = name or path.name
    _register_heif()
    try:
        known = [
            form for form in STILLS if form != "HEIF" or form in Image.OPEN
        ]  # an extra, perhaps not there
        image = Image.open(path, formats=known)  # noqa: TID251
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):  # Pillow's own, higher limit
        raise too_large(name, "far too many") from None
    if not may_be(image.width, image.height):
        image.close()
        raise too_large(name, f"{image.width}x{image.height}")
    return image


@cache
def _register_heif() -> None:
    """HEIC is read by a package of its own, which is an extra."""
    with suppress(ImportError):
        from pillow_heif import register_heif_opener

        register_heif_opener()


def may_be(width: int, height: int) -> bool:
    """Whether a picture of that size can be worked with: its pixels, and each of its sides."""
    return width * height <= MAX_PIXELS and max(width, height) <= MAX_SIDE


def too_large(name: str, size: str) -> FileTooLarge:
    """The error of a picture of `size` pixels."""
    return FileTooLarge(
        f"{name!r} has {size} pixels.",
        next_step=f"The limit is 64 megapixels, and {MAX_SIDE} a side: scale it down and upload it again.",
    )
