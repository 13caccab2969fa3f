"""A slideshow of many large photos: how much memory the engine and ffmpeg take together, and how long it takes.

    python benchmarks/photos.py [--photos 40] [--megapixels 12] [--seconds 2]

Photos are made here, of noise over gradients as cameras make them, and shown for so many seconds each with crossfades
at 1080p. Memory is that of the engine and of all that it has started, what they share counted once (PSS), looked at 20
times a second; CPU time is that of the same processes, and so the same however busy the machine is.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import psutil
from PIL import Image

import nemo_nb as nemo
from nemo_nb.engine.launch import find_or_start


def photo(path: Path, number: int, megapixels: float) -> Path:
    width, height = (round((megapixels * 1e6 * share) ** 0.5) for share in (4 / 3, 3 / 4))
    noise = np.random.default_rng(number)
    across, down = np.linspace(0, 200, width), np.linspace(0, 200, height)[:, None]
    base = [
        (across + down * 0.5 + 37 * number) % 256,
        (across * 0.3 + down) % 256,
        (down + 11 * number) % 256 + 0 * across,
    ]
    pixels = np.stack([np.broadcast_to(layer, (height, width)) for layer in base], axis=2).astype("float32")
    pixels += noise.normal(0, 4, (height, width, 1)).astype("float32")
    Image.fromarray(pixels.clip(0, 255).astype("uint8")).save(path, quality=92)
    return path


class Watch(threading.Thread):
    """The most memory that a process and those under it took at once, in MB, and their CPU time."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._top = psutil.Process(pid)
        self._over = threading.Event()
        self.most, self.rss, self.parts = 0.0, 0.0, ""
        self._seconds: dict[int, float] = {}

    def run(self) -> None:
        while not self._over.wait(0.05):
            held: list[tuple[str, float, float]] = []
            for process in [self._top, *self._top.children(recursive=True)]:
                with suppress(psutil.Error):
                    times, memory = process.cpu_times(), process.memory_full_info()
                    self._seconds[process.pid] = times.user + times.system
                    held.append((process.name(), memory.pss / 1e6, memory.rss / 1e6))
            total = sum(pss for _, pss, _ in held)
            if total > self.most:
                self.most, self.rss = total, sum(rss for _, _, rss in held)
                self.parts = ", ".join(f"{name} {pss:.0f}" for name, pss, _ in held)

    def over(self) -> float:
        self._over.set()
        self.join()
        return sum(self._seconds.values())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--megapixels", type=float, default=12)
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["NEMO_NB_HOME"] = str(folder / "home")
        paths = [photo(folder / f"p{n:02}.jpg", n, options.megapixels) for n in range(options.photos)]
        with nemo.connect("embedded") as project:
            images = [
                {"asset": item.hash, "file": item.name}
                for path in paths
                for item in project.upload(str(path))
            ]
            project.apply([
                {"op": "canvas", "width": 1920, "height": 1080},
                {"op": "slideshow", "images": images, "each_ms": round(options.seconds * 1000),
                 "transition": "crossfade", "transition_ms": 500},
            ])  # fmt: skip
            watch = Watch(find_or_start(folder / "home").pid)
            watch.start()
            begun = time.monotonic()
            project.export(folder / "slides.mp4")
            took = time.monotonic() - begun
            seconds = watch.over()
            print(
                f"{options.photos} photos: {watch.most:.0f} MB at most ({watch.parts}; rss {watch.rss:.0f}), "
                f"{seconds:.1f} s of CPU, {took:.1f} s by the clock, {project.draft.duration_ms / 1000:.1f} s of film"
            )
            project.delete()


if __name__ == "__main__":
    main()
