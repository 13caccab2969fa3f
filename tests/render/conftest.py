"""Small clips with known contents, a short way to write drafts, and what came out, decoded."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from nemo_nb.draft import Draft
from nemo_nb.engine.render import Cache, Output, RenderPlan, Source, plan_render, render
from nemo_nb.media import ffmpeg
from nemo_nb.media.probe import probe

CLIPS = {
    # Their sound is a tone of its own each; the picture of "count" is brighter by 2 in every frame.
    "stereo.mp4": [
        "color=c=#2040c0:s=160x90:r=30:d=2",
        "aevalsrc=sin(440*2*PI*t)*0.3|sin(660*2*PI*t)*0.3:d=2:s=48000",
    ],
    "red.mp4": ["color=c=#c02020:s=160x90:r=30:d=2", "sine=440:d=2:r=48000"],
    "blue.mp4": ["color=c=#2020c0:s=160x90:r=30:d=2", "sine=880:d=2:r=48000"],
    "tall.mp4": ["color=c=#20c020:s=90x160:r=30:d=2", None],
    "film.mp4": ["testsrc2=s=160x90:r=24000/1001:d=2", None],
    "count.mp4": ["nullsrc=s=160x90:r=30:d=3,geq=lum='20+2*N':cb=128:cr=128", "sine=440:d=3:r=48000"],
    "fast.mp4": ["testsrc2=s=160x90:r=60:d=1", None],
    "ntsc.mp4": ["testsrc2=s=160x90:r=30000/1001:d=3", None],
    # Bright, and with a tone, for the first tenth of every second.
    "beep.mp4": [
        "nullsrc=s=160x90:r=30:d=5,geq=lum='if(lt(mod(N,30),3),200,40)':cb=128:cr=128",
        "aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t,1),0.1)':d=5:s=48000",
    ],
    "open.mp4": ["testsrc2=s=160x90:r=30:d=2", None],
    "pyramid.mp4": ["nullsrc=s=160x90:r=30:d=3,geq=lum='20+2*N':cb=128:cr=128", None],
    "halves.mp4": ["color=c=white:s=160x90:r=30:d=1,drawbox=w=80:h=90:c=#c02020:t=fill", None],
}
# Tones, a sweep, and beats of noise that die away, with another beat on each side.
LONG_SOUND = (
    "aevalsrc='0.2*sin(2*PI*220*t)+0.1*sin(2*PI*(300+40*t)*t)+0.3*(random(0)-0.5)*exp(-12*mod(t,0.5))"
    "|0.2*sin(2*PI*330*t)+0.3*(random(1)-0.5)*exp(-12*mod(t,0.75))':s=48000:d=12.8"
)
# A drum that glides down, and beats of noise between: a click each, and silence around them.
DRUMS = (
    "aevalsrc='0.21*sin(2*PI*(60+200*exp(-30*mod(t,0.5)))*mod(t,0.5))*exp(-8*mod(t,0.5))"
    "+0.56*(random(0)-0.5)*exp(-200*mod(t+0.25,0.5))':s=48000:c=mono:d=8"
)
CODECS = (
    "-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", "-bf", "2", "-g", "15", "-pix_fmt", "yuv420p",
)  # fmt: skip
# "pyramid" is as x264 makes them by default: keyframes are rare, and others refer to some of the B-frames.
CODED = {
    "open.mp4": ["-x264-params", "open-gop=1"],
    "pyramid.mp4": ["-g", "250", "-x264-params", "scenecut=0:bframes=3:b-adapt=0:b-pyramid=normal:ref=3"],
}


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The path of a clip by its name, made when it is first asked for."""
    folder = tmp_path_factory.mktemp("media")

    def clip(name: str) -> Path:
        path = folder / name
        if path.exists():
            return path
        if name == "music.mp3":
            make(["-f", "lavfi", "-i", "sine=220:d=2:r=44100", "-c:a", "libmp3lame"], path)
        elif name == "loud.wav":
            make(["-f", "lavfi", "-i", "sine=330:d=3:r=48000,volume=8"], path)
        elif name == "long.wav":
            make(["-f", "lavfi", "-i", LONG_SOUND, "-c:a", "pcm_f32le"], path)
        elif name == "drums.wav":
            make(["-f", "lavfi", "-i", DRUMS, "-c:a", "pcm_f32le"], path)
        elif name == "late.mp4":
            make_late(clip("red.mp4"), path)
        elif name == "dot.png":
            make(["-f", "lavfi", "-i", "color=c=#ffcc00:s=40x40:d=1", "-frames:v", "1"], path)
        else:
            picture, sound = CLIPS[name]
            args = ["-f", "lavfi", "-i", picture]
            args += ["-f", "lavfi", "-i", sound, "-c:a", "aac"] if sound else []
            make([*args, *CODECS, *CODED.get(name, ())], path)
        return path

    return clip


def make(args: list[str], path: Path) -> None:
    subprocess.run([ffmpeg.binary(), "-v", "error", "-y", *args, str(path)], check=True)


def make_late(source: Path, path: Path) -> None:
    """A copy in which one picture is shown a third of a frame late, but decoded in time."""
    with av.open(str(source)) as given, av.open(str(path), "w") as made:
        stream = made.add_stream_from_template(given.streams.video[0], opaque=True)
        for number, packet in enumerate(packet for packet in given.demux(video=0) if packet.size):
            packet.pts += 170 if number == 50 else 0
            packet.stream = stream
            made.mux(packet)


@dataclass
class Film:
    """What a file holds: `frames` as RGB arrays of shape (height, width, 3), `sound` as floats (2, samples).

    `luma` is the brightness of each frame's centre as coded, 16 to 235.
    """

    path: Path
    plan: RenderPlan | None
    frames: list[np.ndarray]
    luma: list[float]
    sound: np.ndarray
    duration: float

    def colour(self, frame: int, x: float = 0.5, y: float = 0.5) -> tuple[int, int, int]:
        """The mean colour around a point given as fractions of the picture."""
        picture = self.frames[frame]
        row, column = int(y * (picture.shape[0] - 1)), int(x * (picture.shape[1] - 1))
        patch = picture[max(0, row - 2) : row + 3, max(0, column - 2) : column + 3]
        red, green, blue = (round(float(value)) for value in patch.reshape(-1, 3).mean(axis=0))
        return red, green, blue

    def counted(self) -> list[float]:
        """Which frame of count.mp4 each frame shows. Converting colours may have cost half a step."""
        return [(luma + 0.5 - 20) / 2 for luma in self.luma]

    def level(self, start: float, end: float) -> float:
        """The loudness between two times in seconds: the root of the mean square."""
        part = self.sound[:, int(start * 48000) : int(end * 48000)]
        return float(np.sqrt(np.mean(part**2))) if part.size else 0.0

    def pitch(self, start: float, end: float) -> float:
        """The strongest frequency between two times in seconds."""
        part = self.sound[0, int(start * 48000) : int(end * 48000)]
        return float(np.argmax(np.abs(np.fft.rfft(part))) / (end - start))


def decode(path: Path, plan: RenderPlan | None = None) -> Film:
    with av.open(str(path)) as container:
        decoded = list(container.decode(video=0)) if container.streams.video else []
        frames = [frame.to_ndarray(format="rgb24") for frame in decoded]
        luma = [float(frame.to_ndarray()[frame.height // 2, frame.width // 2].flat[0]) for frame in decoded]
        duration = container.duration / 1e6
    sound = np.zeros((2, 0))
    with av.open(str(path)) as container:
        if container.streams.audio:
            resampler = av.AudioResampler("fltp", "stereo", 48000)
            blocks = [
                out.to_ndarray() for frame in container.decode(audio=0) for out in resampler.resample(frame)
            ]
            sound = np.concatenate(blocks, axis=1)
    return Film(path, plan, frames, luma, sound, duration)


@dataclass
class Studio:
    """Drafts in a few words, planned and rendered."""

    media: Callable[[str], Path]
    folder: Path

    def draft(self, *tracks: list[dict[str, Any]], **canvas: Any) -> Draft:
        """Each track is a list of segments: `file` or `text`, `s`, `d`, and any key of `m`."""
        laid = [self._track(number, segments) for number, segments in enumerate(tracks)]
        meta = {"title": "test", "width": 160, "height": 90, "fps": 30, "background": "#000000", **canvas}
        draft = Draft.read({"v": 1, "d": 0, "m": meta, "t": laid})
        return Draft.read({**draft.to_dict(), "d": draft.duration_ms})

    def _track(self, number: int, segments: Iterable[dict[str, Any]]) -> dict[str, Any]:
        laid = []
        for place, item in enumerate(segments):
            m = {key: value for key, value in item.items() if key not in ("s", "d")}
            if "file" in m:
                m["asset"] = asset(m["file"])
                m.setdefault(
                    "kind", {"mp3": "audio", "wav": "audio", "png": "image"}.get(m["file"][-3:], "video")
                )
            else:
                m["kind"] = "text"
            laid.append({"id": f"seg-{number}-{place}", "s": item.get("s", 0), "d": item["d"], "m": m})
        kind = {"audio": 1, "text": 7}.get(laid[0]["m"]["kind"], 0)
        return {"id": f"trk-{number}", "tt": kind, "m": {}, "sg": laid}

    def sources(self, draft: Draft) -> dict[str, Source]:
        files = {segment.file for segment in draft.segments if segment.file}
        return {asset(name): Source(self.media(name), probe(self.media(name)), asset(name)) for name in files}

    def plan(self, draft: Draft, **output: Any) -> RenderPlan:
        return plan_render(draft, self.sources(draft), Output.parse(output))

    def film(self, draft: Draft, cache: Cache | None = None, **output: Any) -> Film:
        plan = self.plan(draft, **output)
        target = self.folder / f"film.{plan.output.format}"
        work = self.folder / "work"
        work.mkdir(exist_ok=True)
        carried_out = asyncio.run(render(plan, target, work, preset="ultrafast", cache=cache))
        return decode(target, carried_out)


def asset(name: str) -> str:
    return "sha256:" + hashlib.sha256(name.encode()).hexdigest()


@pytest.fixture
def studio(media: Callable[[str], Path], tmp_path: Path) -> Studio:
    return Studio(media, tmp_path)


@pytest.fixture(scope="session")
def close() -> Callable[..., bool]:
    """Whether two colours are the same to the eye of a lossy codec."""

    def compare(one: tuple[int, int, int], other: str, within: int = 12) -> bool:
        wanted = tuple(int(other[place : place + 2], 16) for place in (1, 3, 5))
        return max(abs(a - b) for a, b in zip(one, wanted, strict=True)) <= within

    return compare
