"""What came out, decoded: the tests look at frames and samples, not at what was promised."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def strict_frames(path: Path) -> list[Any]:
    """The picture decoded from the parameter sets of its `avcC` alone, any in the stream taken out, as RGB arrays.

    Raises on the first thing that isn't as it must be.
    """
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        decoder = av.CodecContext.create("h264", "r")
        decoder.extradata = stream.codec_context.extradata
        decoder.options = {"err_detect": "explode"}
        frames = []
        for packet in container.demux(stream):
            if packet.size:
                bare = av.Packet(
                    b"".join(unit for unit in _units(bytes(packet)) if unit[4] & 31 not in (7, 8))
                )
                bare.pts, bare.dts, bare.time_base = packet.pts, packet.dts, packet.time_base
                frames += decoder.decode(bare)
        frames += decoder.decode(None)
    return [frame.to_ndarray(format="rgb24") for frame in frames]


def _units(data: bytes) -> Iterator[bytes]:
    """The NAL units of a packet, their four bytes of length included."""
    while data:
        size = 4 + int.from_bytes(data[:4], "big")
        yield data[:size]
        data = data[size:]
