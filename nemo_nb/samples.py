"""Media to try things with, made on the spot."""

from __future__ import annotations

from pathlib import Path

from .client.files import named, writable
from .client.runner import get_runner
from .errors import InvalidInput
from .misuse import checked

LONGEST_S = 3600


@checked('For example: nemo.make_samples("samples", seconds=20).')
def make_samples(folder: str | Path = "samples", *, seconds: int = 20) -> tuple[Path, Path]:
    """A moving picture of a city at dusk, 1080p with sound, and a tune: `city.mp4` and `tune.mp3` in `folder`.

    Made by ffmpeg in a few seconds, without a network; free to use for anything. Files that are there already are
    left as they are.

    >>> city, tune = nemo.make_samples("samples", seconds=1)
    >>> city.name, tune.name
    ('city.mp4', 'tune.mp3')
    """
    from .media.samples import make_city, make_tune

    if not 1 <= seconds <= LONGEST_S:
        raise InvalidInput(f"A sample lasts from 1 to {LONGEST_S} seconds.", next_step="Try seconds=20.")
    where = named(folder)
    with writable(where):
        where.mkdir(parents=True, exist_ok=True)
    clip, tune = where / "city.mp4", where / "tune.mp3"
    runner = get_runner("thread")
    if not clip.exists():
        runner.run(make_city(clip, seconds=seconds))
    if not tune.exists():
        runner.run(make_tune(tune))
    return clip, tune
