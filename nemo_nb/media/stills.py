"""Still pictures as they are meant to be seen: upright, in eight bits, and no larger than they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .opening import open_still

if TYPE_CHECKING:
    from PIL.Image import Image

_DEFAULT_MS = 100  # what viewers give a picture that says 0
_SHORTEST_MS = 20


def load(path: Path, within: int | None = None, name: str = "") -> Image:
    """A picture as RGBA, upright by its EXIF; of an animation the first one.

    `within`: the side of a square that it needn't be larger than. A JPEG is then decoded at a fraction of its size.
    Errors as `open_still`, and Pillow's own.

        load(Path("photo.jpg"), within=1920)
    """
    with open_still(path, name) as image:
        if within is not None:
            image.draft("RGB", (within, within))
        return _ready(image, within)


def pictures(path: Path, within: int | None = None) -> Iterator[tuple[Image, int]]:
    """The pictures of an animation one by one, each as `load` gives it and with how many ms it stays."""
    from PIL import ImageSequence

    with open_still(path) as image:
        for frame in ImageSequence.Iterator(image):
            yield _ready(frame, within), _stays(frame.info)


def stays_ms(path: Path) -> tuple[int, ...]:
    """How many ms each picture of an animation stays; a single one for a still."""
    from PIL import ImageSequence

    with open_still(path) as image:
        lengths = []
        for frame in ImageSequence.Iterator(image):
            frame.load()  # some formats know the length only then
            lengths.append(_stays(frame.info))
        return tuple(lengths)


def is_animated(path: Path, name: str = "") -> bool:
    with open_still(path, name) as image:
        return getattr(image, "n_frames", 1) > 1


def write_animation(path: Path, target: Path, within: int) -> None:
    """Write an animation as a film that ffmpeg reads: PNG pictures in QuickTime, one after the other.

    One picture is held at a time: together they may be larger than the memory there is.
    """
    import av
    import numpy as np

    clock = 0
    with av.open(str(target), "w", format="mov") as film:  # noqa: TID251 - a file of our own, written
        stream: Any = None
        for image, stays_ms in pictures(path, within):
            if stream is None:
                stream = film.add_stream("png", rate=1000)
                stream.width, stream.height, stream.pix_fmt = image.width, image.height, "rgba"
                stream.codec_context.time_base = Fraction(1, 1000)
            # `from_image` would make RGB of it.
            frame = av.VideoFrame.from_ndarray(np.asarray(image), format="rgba")
            frame.pts, frame.time_base = clock, Fraction(1, 1000)
            for packet in stream.encode(frame):
                packet.duration = stays_ms
                film.mux(packet)
            clock += stays_ms
        for packet in stream.encode():
            film.mux(packet)


def _stays(info: dict[Any, Any]) -> int:
    length = round(Fraction(str(info.get("duration") or 0)))
    return length if length >= _SHORTEST_MS else _DEFAULT_MS


def _ready(image: Image, within: int | None) -> Image:
    from PIL import ImageOps

    if within is not None:
        image = _coarse(image, within)
    ready = _eight_bits(ImageOps.exif_transpose(image)).convert("RGBA")
    if within is not None:
        ready.thumbnail((within, within), reducing_gap=2.0)
    return ready


def _coarse(image: Image, within: int) -> Image:
    """At most some twice as large as is needed, before anything makes further copies of it."""
    factor = max(image.size) // (2 * within)
    if factor < 2:
        return image
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"):
        return image.reduce(factor)
    return image.resize((max(1, image.width // factor), max(1, image.height // factor)), 0)


def _eight_bits(image: Image) -> Image:
    """A microscope's grey has 16 bits, which Pillow would cut off at white."""
    from PIL import Image as images

    if not image.mode.startswith("I") and image.mode != "F":
        return image
    import numpy as np

    grey = np.asarray(image).astype("float64")
    most = 65535 if image.mode != "F" or float(grey.max(initial=0)) > 1 else 1
    return images.fromarray(np.clip(grey * 255 / most, 0, 255).astype("uint8"), "L")
