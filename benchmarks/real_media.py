"""Files of other people: is every picture right, and every sound in its place, plain and with its middle cut out?

    python benchmarks/real_media.py FOLDER-OR-FILE... [--only plain|cut]

*Right*: at 24 moments the export shows the source's picture with the largest time up to that moment, at 35 dB or more
at the source's own size, and no neighbour of it fits better by 3 dB; its sound is within 20 ms and 0.5 dB. Source and
export are decoded here on their own, by PyAV, with nothing of the renderer's.
"""

from __future__ import annotations

import argparse
import bisect
import contextlib
import os
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

import nemo_nb as nemo

MOMENTS = 24
LEAST_DB, BETTER_DB = 35.0, 3.0
MOST_MS, MOST_DB = 20.0, 0.5
RATE = 48_000
_WINDOW, _REACH = RATE // 2, RATE // 5
_QUIET = 3e-3
_HDR = (16, 18)  # shown in ordinary colours: brightness can't be compared, but neighbours can


@dataclass
class Film:
    """A file as it is decoded: when each picture begins, in seconds from its zero, and its sound from there on."""

    path: Path
    zero: Fraction = Fraction(0)
    times: list[float] = field(default_factory=list)
    sound: np.ndarray | None = None
    is_hdr: bool = False
    ranks: list[int] = field(default_factory=list)
    """The number of each picture in the order in which they come out of the decoder."""

    @classmethod
    def read(cls, path: Path, mixed: bool = True) -> Film:
        film = cls(path)
        with av.open(str(path)) as container:
            video = _picture(container)
            starts = [Fraction(container.start_time or 0, 1_000_000)]
            if video is not None:
                film.is_hdr = int(video.codec_context.color_trc) in _HDR
                decoded = _times(container, video)
                film.ranks, times = ranks(decoded), sorted(decoded)
                # What begins at the container's own start decides, but not a subtitle or a cover long before it.
                if times and not 0 <= times[0] - starts[0] <= 1 and not container.streams.audio:
                    starts = [Fraction(times[0])]
                film.times = times
            film.zero = starts[0]
        film.times = [time - float(film.zero) for time in film.times]
        film.sound = _sound(path, float(film.zero))
        return film

    def shown(self, second: float) -> int:
        return max(0, bisect.bisect_right(self.times, second + 0.0011) - 1)

    def frames(self, numbers: Iterable[int]) -> dict[int, np.ndarray]:
        """The pictures of these numbers, upright, as `_upright` makes them."""
        wanted = set(numbers)
        found: dict[int, np.ndarray] = {}
        with av.open(str(self.path)) as container:
            frames = (frame for frame in _decoded(container, _picture(container)) if frame.time is not None)
            for number, frame in zip(self.ranks, frames, strict=False):
                if number in wanted:
                    found[number] = _upright(frame, _picture(container).sample_aspect_ratio or Fraction(1))
        return found


def ranks(times: Sequence[float]) -> list[int]:
    places = [0] * len(times)
    for rank, place in enumerate(sorted(range(len(times)), key=lambda place: times[place])):
        places[place] = rank
    return places


def _times(container: av.container.InputContainer, stream: av.stream.Stream) -> list[float]:
    """When each picture is shown, in the order in which they come out of the decoder.

    An AVI has no times of reordered pictures: each is shown when it comes out, as ffmpeg and players do it.
    """
    frames = [(frame.time, frame.dts) for frame in _decoded(container, stream) if frame.time is not None]
    times = [time for time, _ in frames]
    if container.format.name != "avi" or times == sorted(times):
        return times
    first, base = next((dts for _, dts in frames if dts is not None), 0), float(stream.time_base or 0)
    return [(first + number) * base for number in range(len(frames))]


def _decoded(container: av.container.InputContainer, stream: av.stream.Stream) -> Iterator[Any]:
    """What can be decoded of a stream, as every player goes on after a damaged packet."""
    for packet in container.demux(stream):
        with contextlib.suppress(av.error.InvalidDataError):
            yield from packet.decode()


def _picture(container: av.container.InputContainer) -> av.video.stream.VideoStream | None:
    covers = av.stream.Disposition.attached_pic
    return next((stream for stream in container.streams.video if not stream.disposition & covers), None)


def _upright(frame: av.VideoFrame, pixel: Fraction) -> np.ndarray:
    """Its brightness, upright, with square pixels: what a screen shows of its outlines."""
    if pixel != 1:
        frame = frame.reformat(width=max(2, round(frame.width * pixel)), interpolation="BICUBIC")
    pixels = frame.to_ndarray(format="gray")
    for side in frame.side_data:
        if side.type.name == "DISPLAYMATRIX":
            a, b, _, c, d = memoryview(bytes(side)).cast("i").tolist()[:5]
            if a * d - b * c < 0:
                pixels = pixels[::-1]
                a, b = a, -b
            turns = {(1, 0): 0, (0, 1): 3, (-1, 0): 2, (0, -1): 1}[np.sign(a), np.sign(b)]
            pixels = np.rot90(pixels, turns)
    return pixels


def _sound(path: Path, zero: float) -> np.ndarray | None:
    """All sound of the default track at 48 kHz stereo, each of its frames where its time says."""
    with av.open(str(path)) as container:
        tracks = [track for track in container.streams.audio if track.codec_context is not None]
        if not tracks:
            return None
        default = av.stream.Disposition.default
        track = next((track for track in tracks if track.disposition & default), tracks[0])
        frames = list(_decoded(container, track))
    if not frames:
        return None
    layout = "mono" if len(frames[0].layout.channels) == 1 else "stereo"
    parts: list[tuple[int, np.ndarray]] = []
    resampler, clock = None, None
    for frame in frames:
        at = (clock or 0.0) if frame.time is None else frame.time - zero
        if clock is None or abs(at - clock) > 0.005:
            resampler = av.AudioResampler("fltp", layout, RATE)
            parts.append((round(at * RATE), np.zeros((2, 0), np.float32)))
            clock = at
        clock += frame.samples / frame.sample_rate
        frame.pts = None
        for made in resampler.resample(frame):
            data = made.to_ndarray()
            parts.append((-1, np.broadcast_to(data, (2, data.shape[1])) if layout == "mono" else data))
    return _placed(parts)


def _placed(parts: Sequence[tuple[int, np.ndarray]]) -> np.ndarray:
    runs: list[tuple[int, list[np.ndarray]]] = []
    for start, data in parts:
        if start >= 0 or data.shape[1] == 0:
            runs.append((start, []))
        else:
            runs[-1][1].append(data)
    joined = [(start, np.concatenate(data, axis=1)) for start, data in runs if data]
    length = max((start + data.shape[1] for start, data in joined), default=0)
    whole = np.zeros((2, max(0, length)), np.float32)
    for start, data in joined:
        data = data[:, max(0, -start) :]
        whole[:, max(0, start) : max(0, start) + data.shape[1]] = data
    return whole


# ---- comparing ----------------------------------------------------------------------------------


def faults(source: Film, export: Film, spans: Sequence[tuple[float, float, float]]) -> Iterator[str]:
    """What is wrong with an export that shows the source in `spans`: from, to, and from which source second on."""
    if source.times:
        yield from _picture_faults(source, export, spans)
    if source.sound is not None:
        yield from _sound_faults(source.sound, export.sound, spans)


def _picture_faults(source: Film, export: Film, spans: Sequence[tuple[float, float, float]]) -> Iterator[str]:
    length = spans[-1][1]
    numbers = {export.shown(length * (moment + 0.5) / MOMENTS) for moment in range(MOMENTS)}
    numbers |= {0, len(export.times) - 1}
    # A frame that is on the screen while one clip gives way to another belongs to either.
    cuts = [start for start, _, _ in spans[1:]]
    ends = [*export.times[1:], length]
    numbers = {n for n in numbers if not any(export.times[n] < cut - 0.002 < ends[n] - 0.004 for cut in cuts)}
    pairs = {number: source.shown(_source_second(export.times[number], spans)) for number in numbers}
    near = {n + more for n in pairs.values() for more in (-1, 0, 1)} & set(range(len(source.times)))
    wanted, shown = source.frames(near), export.frames(pairs)
    for number, expected in sorted(pairs.items()):
        if number not in shown or expected not in wanted:
            yield f"picture {number} can't be decoded"
            continue
        fits = {
            n: _psnr(wanted[n], shown[number]) for n in (expected - 1, expected, expected + 1) if n in wanted
        }
        best = max(fits, key=lambda n: fits[n])
        at = f"at {export.times[number]:.3f} s (source picture {expected})"
        if fits[best] > fits[expected] + BETTER_DB:
            yield f"{at} picture {best} fits better: {fits[best]:.1f} against {fits[expected]:.1f} dB"
        elif fits[expected] < LEAST_DB and not source.is_hdr:
            yield f"{at} {fits[expected]:.1f} dB"


def _source_second(second: float, spans: Sequence[tuple[float, float, float]]) -> float:
    start, _, begins = next((span for span in spans if second + 0.0011 < span[1]), spans[-1])
    return begins + second - start


def _psnr(wanted: np.ndarray, shown: np.ndarray) -> float:
    if shown.shape != wanted.shape:
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(shown), format="gray")
        shown = frame.reformat(
            width=wanted.shape[1], height=wanted.shape[0], interpolation="BICUBIC"
        ).to_ndarray()
    error = float(((wanted.astype(np.float32) - shown) ** 2).mean())
    return 99.0 if error < 1e-6 else float(10 * np.log10(255**2 / error))


def _sound_faults(
    source: np.ndarray, export: np.ndarray | None, spans: Sequence[tuple[float, float, float]]
) -> Iterator[str]:
    if export is None:
        yield "no sound"
        return
    for start, end, begins in spans:
        step = max(_WINDOW, int((end - start) * RATE / 12))
        for at in range(0, max(1, int((end - start) * RATE) - _WINDOW), step):
            heard = export[:, round(start * RATE) + at : round(end * RATE)][:, :_WINDOW]
            first = round(begins * RATE) + at
            said = source[:, first:][:, :_WINDOW]
            length = min(heard.shape[1], said.shape[1])
            if length < RATE // 10 or np.sqrt((said**2).mean()) < _QUIET:
                continue
            heard, said = heard[:, :length], said[:, :length]
            level = 10 * np.log10(max(1e-12, (heard**2).mean()) / (said**2).mean())
            late = _lag_ms(said.mean(0), heard.mean(0))
            if abs(level) > MOST_DB or abs(late) > MOST_MS:
                yield f"sound at {start + at / RATE:.2f} s: {level:+.1f} dB, {late:+.0f} ms"


def _lag_ms(said: np.ndarray, heard: np.ndarray) -> float:
    """How much later the second is, by the peak of their correlation; 0 where nothing tells."""
    size = 1 << (len(said) + _REACH).bit_length()
    product = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size)), size)
    around = np.concatenate([product[-_REACH:], product[: _REACH + 1]])
    best = int(around.argmax()) - _REACH
    # Of a tone every period fits as well: what fits nearly as well without moving counts as in time.
    near = around[_REACH - 240 : _REACH + 241].max()
    return 0.0 if near >= 0.98 * around.max() else 1000 * best / RATE


# ---- the run ------------------------------------------------------------------------------------


def operations(asset: nemo.Asset, draft: nemo.Draft, way: str) -> list[dict[str, object]]:
    """`cut`: from three to six tenths is cut out, or of what is no film the first three tenths are."""
    length = asset.duration_ms
    file = {"asset": asset.hash, "file": asset.name}
    if asset.kind == "audio":
        return [
            {
                "op": "add_music",
                **file,
                "file_ms": length,
                "source_start_ms": length * 3 // 10 * (way == "cut"),
            }
        ]
    placed: list[dict[str, object]] = []
    if asset.kind == "image":
        size = {"width": asset.width // 2 * 2, "height": asset.height // 2 * 2}
        placed = [
            {"op": "canvas", **size},
            {"op": "place_clip", "kind": "image", **file, "duration_ms": length or 1000},
        ]
    start, end = (length or 1000) * 3 // 10, (length or 1000) * 6 // 10
    return [*placed, *([{"op": "cut_out", "start_ms": start, "end_ms": end}] if way == "cut" else [])]


def check(path: Path, only: str | None, folder: Path) -> Iterator[tuple[str, str]]:
    """The name of each way in which the file was edited, with what is wrong with the export; empty: nothing."""
    source: Film | None = None
    for way in ("plain", "cut"):
        if only not in (None, way):
            continue
        try:
            with nemo.connect() as project:
                (asset,) = project.upload(str(path))
                wanted = operations(asset, project.draft, way)
                if wanted:
                    project.apply(wanted)
                draft = project.draft
                target = folder / ("out.wav" if asset.kind == "audio" else "out.mp4")
                project.export(str(target), overwrite=True)
        except nemo.NemoError as error:
            yield way, f"{type(error).__name__}: {error}"
            continue
        if asset.kind == "image" and not asset.duration_ms:
            yield way, ""  # a still: that it is shown at all
            continue
        source = source or Film.read(path)
        spans = [
            (item.start_ms / 1000, item.end_ms / 1000, item.source_start_ms / 1000) for item in draft.segments
        ]
        yield way, "; ".join(faults(source, Film.read(target), spans))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("media", nargs="+", type=Path)
    parser.add_argument("--only", choices=("plain", "cut"))
    wanted = parser.parse_args()
    warnings.simplefilter("ignore")
    os.environ.setdefault("NEMO_NB_HOME", tempfile.mkdtemp(prefix="real-media-"))
    paths = [
        path
        for given in wanted.media
        for path in (sorted(given.iterdir()) if given.is_dir() else [given])
        if path.suffix != ".md"
    ]
    right = total = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            for way, wrong in check(path, wanted.only, Path(folder)):
                total += 1
                right += not wrong
                print(
                    f"{'right' if not wrong else 'WRONG'} {way:5} {path.name}{': ' * bool(wrong)}{wrong[:300]}",
                    flush=True,
                )
    print(f"{right} of {total} right")


if __name__ == "__main__":
    main()
