"""What came out, decoded: the tests look at frames and samples, not at what was promised."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import av


@dataclass(frozen=True)
class Facts:
    duration_ms: float
    width: int
    height: int
    frames: int


def stream_facts(path: Path) -> Facts:
    """Of the picture: decoded to the last frame."""
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        frames = sum(1 for _ in container.decode(video))
        return Facts(float(container.duration) / 1000, video.width, video.height, frames)


def packets(path: Path) -> list[bytes]:
    """The bytes of every picture packet."""
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(container.streams.video[0]) if packet.size]


def levels(path: Path, step_s: float = 0.1) -> dict[float, float]:
    """The sound's level in dBFS, for each tenth of a second: `levels(path)[0.5]`."""
    import numpy as np

    with av.open(str(path)) as container:
        sound = container.streams.audio[0]
        samples = np.concatenate([frame.to_ndarray().mean(axis=0) for frame in container.decode(sound)])
        each = round(sound.rate * step_s)
    blocks = [samples[start : start + each] for start in range(0, len(samples) - each + 1, each)]
    return {
        round(n * step_s, 3): 20 * math.log10(max(float(np.sqrt((b.astype("float64") ** 2).mean())), 1e-9))
        for n, b in enumerate(blocks)
    }
