"""What a file looks and sounds like from its start to its end, as two wide pictures: the lanes of a timeline."""

from __future__ import annotations

import asyncio
import io
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from . import hearing, stills
from .opening import open_media
from .probe import MediaInfo

if TYPE_CHECKING:
    import av
    from av.container import InputContainer
    from PIL import Image

_RATE = 8000
_INK = (86, 138, 196, 255)
_SILENCE = 0.01  # what never gets louder than this is drawn as low as it is
_SHAPE = 0.7  # soft sounds are seen too, as they are heard


async def filmstrip(path: Path, info: MediaInfo, frames: int = 30, height: int = 48) -> bytes:
    """`frames` pictures of a film side by side, as JPEG, all `height` pixels high and equally wide.

    Number n is of the time (n + ½) / `frames` of the film's length, or of the keyframe before it. A still
    is shown once. About a second for two minutes of 1080p. What can't be decoded shows what was before it.

        strip = await filmstrip(path, probe(path), frames=40)
    """
    return await asyncio.to_thread(draw_filmstrip, path, info, frames, height)


def draw_filmstrip(path: Path, info: MediaInfo, frames: int, height: int) -> bytes:
    """`filmstrip`, which blocks."""
    from PIL import Image

    width = max(1, min(8 * height, round(height * info.width / info.height)))
    if info.is_drawn:
        return _jpeg(stills.load(path, max(width, height)).convert("RGB").resize((width, height)))
    strip = Image.new("RGB", (width * frames, height))
    for number, picture in enumerate(_pictures(path, info, frames, (width, height))):
        strip.paste(picture, (number * width, 0))
    return _jpeg(strip)


def _pictures(path: Path, info: MediaInfo, frames: int, size: tuple[int, int]) -> list[Image.Image]:
    turned = info.rotation in (90, 270)
    found: list[Image.Image] = []
    with open_media(path) as film:
        video = film.streams.video[0]
        video.thread_type = "SLICE"  # frames of a thread each would come late, and one is enough
        video.codec_context.skip_frame = "NONKEY"
        for number in range(frames):
            at = Fraction(info.duration_ms * (2 * number + 1), 2000 * frames)
            frame = _keyframe(film, at)
            if frame is None:
                found += found[-1:]
                continue
            small = _image(frame, size[::-1] if turned else size)
            found.append(small.rotate(-info.rotation, expand=True) if info.rotation else small)
    return found


def _keyframe(film: InputContainer, at: Fraction) -> av.VideoFrame | None:
    import av

    video = film.streams.video[0]
    try:
        film.seek(int(at / (video.time_base or Fraction(1, 1000))), stream=video)
        return next(film.decode(video), None)
    except (av.error.FFmpegError, StopIteration):
        return None


def _image(frame: av.VideoFrame, size: tuple[int, int]) -> Image.Image:
    from PIL import Image

    return Image.fromarray(frame.reformat(*size, format="rgb24").to_ndarray())


async def waveform(path: Path, width: int = 1200, height: int = 48) -> bytes:
    """The loudness of a file with sound from its start to its end, as a PNG that is clear but for the wave.

    Its loudest moment is as high as the picture.
    Reads the whole sound: some 0.1 s a minute. ExportFailed when it cannot be decoded.

        png = await waveform(Path("tune.mp3"), width=800)
    """
    with tempfile.TemporaryDirectory(prefix="nemo-nb-") as folder:
        samples = Path(folder) / "sound.s16"
        await hearing.samples(path, _RATE, samples)
        return await asyncio.to_thread(_wave, samples, width, height)


def _wave(samples: Path, width: int, height: int) -> bytes:
    import numpy as np
    from PIL import Image

    peaks = np.zeros(width, "float32")
    count = samples.stat().st_size // 2
    edges = np.linspace(0, count, width + 1).astype(int)
    if count >= width:
        with samples.open("rb") as file:  # a column at a time: a day has 1.4 GB
            for column, length in enumerate(np.diff(edges)):
                heard = np.fromfile(file, "<i2", int(length)).astype("float32")
                peaks[column] = np.abs(heard).max() / 32768
    peaks = peaks / max(_SILENCE, float(peaks.max()))
    half = np.maximum(0.5, peaks**_SHAPE * height / 2)
    rows = np.abs(np.arange(height) - (height - 1) / 2)[:, None]
    pixels = np.zeros((height, width, 4), "uint8")
    pixels[rows <= half[None, :]] = _INK
    return _encoded(Image.fromarray(pixels), "PNG")


def _jpeg(picture: Image.Image) -> bytes:
    return _encoded(picture, "JPEG")


def _encoded(picture: Image.Image, kind: str) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, quality=80)
    return buffer.getvalue()
