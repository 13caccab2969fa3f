"""The frames of a shot as they come out of its file: in time, at the scene's rate, skimmed where the scene says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from ...draft.timecode import frame_at
from ...media.ffmpeg import THREADS
from ...media.skimming import Skim
from .graph import Graph, number
from .scene import MAX_ELEMENTS, Scene, Shot

Size = tuple[int, int]

_FEW = 8
_LARGE = 16_000_000  # pixels: each thread of the decoder holds some pictures
_PARTS = 3  # of a shot that shows its edges whole: an input each
# ffmpeg's own decoders of these leave out what makes them see-through.
_WITH_ALPHA = {"vp8": "libvpx", "vp9": "libvpx-vp9", "libvpx": "libvpx", "libvpx-vp9": "libvpx-vp9"}


class Reading:
    """Opens the files of frames `[first, last)` of a scene in a graph."""

    def __init__(self, graph: Graph, scene: Scene, first: int, last: int) -> None:
        self._graph = graph
        self._fps = scene.fps
        # All inputs are open at once: threads for each of many decoders cost memory and win nothing.
        inside = sum(item.start < last and item.end > first for layer in scene.layers for item in layer)
        self._edges = inside * _PARTS <= MAX_ELEMENTS
        self._decoders = "1" if inside > _FEW else str(THREADS)

    def frames(self, shot: Shot, skip: int, count: int, needed: Size, drawn: Path | None = None) -> str:
        """The label of `count` frames of a moving shot from its frame `skip` on, as long as the file has them.

        They need not be larger than `needed`. `drawn` is the file that shows what the shot's own does, where ffmpeg
        can't read that.
        """
        if drawn is not None:
            shot = replace(shot, source=replace(shot.source, path=drawn))
        if shot.freeze:
            return self._frozen(shot)
        small = needed if shot.source.skim else None
        edge = self._edge(shot)
        turns = [at for at in (edge, shot.frames - edge) if edge and skip < at < skip + count]
        labels = []
        for start, end in pairwise([skip, *turns, skip + count]):
            between = edge <= start and end <= shot.frames - edge
            part = self._read(
                shot, start, end - start, small, self._skim(shot, start, end) if between else None
            )
            labels.append(self._graph.chain([part], held(end - start, self._fps)) if turns else part)
        return one_after_another(self._graph, labels, self._fps)

    def _frozen(self, shot: Shot) -> str:
        number_ = shot.source.timing.shown_at(shot.begin)
        source, _ = self._open(shot, number_, Fraction(1))
        return self._graph.chain([source], [*_deinterlaced(shot), "trim=end_frame=1", "setpts=PTS-STARTPTS"])

    def _edge(self, shot: Shot) -> int:
        """How many frames at its beginning and its end a shot that is skimmed shows whole."""
        skim = shot.source.skim
        edge = frame_at(skim.edge_ms, self._fps) if skim and self._edges else 0
        return edge if edge and self._skim(shot, edge, shot.frames - edge) else 0

    def _skim(self, shot: Shot, start: int, end: int) -> Skim | None:
        """How frames `[start, end)` of a shot are skimmed: only where a picture is sure to be left among them."""
        skim = shot.source.skim
        if skim is None or shot.reverse or shot.loop:
            return None
        ms = shot.speed * 1000 / float(self._fps)
        left_ms = shot.source.info.duration_ms - float(shot.begin) * 1000 - start * ms
        return skim if min((end - start) * ms, left_ms) > 2 * skim.apart_ms else None

    def _read(self, shot: Shot, skip: int, count: int, small: Size | None, skim: Skim | None) -> str:
        timing = shot.source.timing
        speed = shot.pace
        ahead = shot.frames - skip - count if shot.reverse else skip
        begin = shot.begin + ahead * speed / self._fps
        length = count * speed / self._fps
        frame = 1 / self._fps
        if shot.loop:
            # A repeated input comes back to where it was sought, not to the film's zero: it is read from there.
            begin %= max(timing.end_s, Fraction(shot.source.info.duration_ms, 1000))
            source, zero = self._open(shot, None, begin + length, "-stream_loop", "-1")
        else:
            # Of what has begun before, and is still shown, its own beginning is sought.
            first = timing.shown_at(begin)
            source, zero = self._open(
                shot, first, begin + length - timing.at(first), *(skim.options if skim else ())
            )
        early = min(timing.slack / speed, frame / 4) * speed
        # A picture is shown from the first frame of ours on that is not before it. The first that is read is the one
        # that has begun by then; the film's end, which counts as a picture here, must not make it vanish.
        pace = [
            "settb=AVTB",
            f"setpts='max((PTS-{number(begin + early - zero)}/TB)/{number(speed)},min(N,1)*{number(frame / 2)}/TB)'"
            if not shot.loop
            else f"setpts=(PTS-{number(begin + early - zero)}/TB)/{number(speed)}",
            f"fps={_rate(self._fps)}:start_time=0:round=up:eof_action=pass",
        ]
        scale = [f"scale={small[0]}:{small[1]}:flags=fast_bilinear"] if small else []
        # Neither what isn't shown is scaled, nor what is shown again.
        chain = [*scale, *pace] if skim and skim.sparse else [*pace, *scale]
        return self._graph.chain([source], [*_deinterlaced(shot), *chain])

    def _open(self, shot: Shot, first: int | None, length: Fraction, *options: str) -> tuple[str, Fraction]:
        """Open a shot's film from its picture `first` on, or from its zero, for so many seconds.

        Returns the picture's label, and which second of the film has time 0 there.
        """
        info = shot.source.info
        timing = shot.source.timing
        begin = timing.at(first) if first is not None else Fraction(0)
        further = begin - timing.lead * timing.time_base if first else begin
        alpha = (
            ("-c:v", _WITH_ALPHA[info.video_codec]) if info.alpha and info.video_codec in _WITH_ALPHA else ()
        )
        # What begins with the film's first picture is not sought at all: some files have nothing to seek it by.
        sought, zero = seek(info.zero, further) if first != 0 else unsought(info.zero)
        large = info.width * info.height > _LARGE
        source = self._graph.open(
            shot.source.path, "-an", "-threads", "1" if large else self._decoders, *alpha, *sought,
            "-t", number(begin - zero + length + 1), *options,
        )  # fmt: skip
        label = f"{source}:v:0"
        if begin - zero > timing.slack and first:
            label = self._graph.chain([label], [f"trim=start={number(begin - zero - timing.slack)}"])
        return label, zero


def seek(zero: Fraction, second: Fraction) -> tuple[list[str], Fraction]:
    """The options that open a file at a second of its film, whose zero is at `zero` of the file's own clock.

    And the second of the film that has time 0 then, which is a hair before.

    >>> seek(Fraction(100), Fraction(1, 3))
    (['-seek_timestamp', '1', '-ss', '100.333333'], Fraction(333333, 1000000))
    """
    at = Fraction(int((zero + second) * 1_000_000), 1_000_000)  # what ffmpeg reads has microseconds
    if at <= 0:
        return unsought(zero)
    return ["-seek_timestamp", "1", "-ss", number(at)], at - zero


def unsought(zero: Fraction) -> tuple[list[str], Fraction]:
    """As `seek`, for the file from its start."""
    return ["-seek_timestamp", "1"], -zero


def _deinterlaced(shot: Shot) -> list[str]:
    info = shot.source.info
    return (
        [f"bwdif=mode=send_frame:deint={'all' if info.combed else 'interlaced'}"] if info.interlaced else []
    )


def held(count: int, fps: Fraction) -> list[str]:
    """Filters for exactly `count` frames: the last one held where there are too few."""
    return [
        f"fps={_rate(fps)}:eof_action=pass",  # else a frame shorter than half of ours is none
        "tpad=stop=-1:stop_mode=clone",
        f"trim=end_frame={count}",
        "setpts=PTS-STARTPTS",
    ]


def one_after_another(graph: Graph, labels: Sequence[str], fps: Fraction) -> str:
    if len(labels) == 1:
        return labels[0]
    # Times are counted anew: to `concat`, a stream of a single frame has no length.
    evenly = f"settb={fps.denominator}/{fps.numerator}"
    return graph.chain(labels, [f"concat=n={len(labels)}:v=1:a=0", evenly, "setpts=N"])


def _rate(fps: Fraction) -> str:
    return f"{fps.numerator}/{fps.denominator}"
