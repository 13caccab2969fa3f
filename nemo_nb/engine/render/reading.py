"""The frames of a shot as they come out of its file: in time, at the scene's rate, skimmed where the scene says so."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from ...draft.timecode import frame_at
from ...media.ffmpeg import THREADS
from ...media.skimming import Skim
from .graph import Graph, number
from .scene import MAX_ELEMENTS, Scene, Shot

Size = tuple[int, int]

_FEW = 8
_PARTS = 3  # of a shot that shows its edges whole: an input each
_HAIR_S = 1e-6


class Reading:
    """Opens the files of frames `[first, last)` of a scene in a graph."""

    def __init__(self, graph: Graph, scene: Scene, first: int, last: int) -> None:
        self._graph = graph
        self._fps = scene.fps
        # All inputs are open at once: threads for each of many decoders cost memory and win nothing.
        inside = sum(item.start < last and item.end > first for layer in scene.layers for item in layer)
        self._edges = inside * _PARTS <= MAX_ELEMENTS
        self._decoders = "1" if inside > _FEW else str(THREADS)

    def frames(self, shot: Shot, skip: int, count: int, needed: Size) -> str:
        """The label of `count` frames of a moving shot from its frame `skip` on, as long as the file has them.

        They need not be larger than `needed`.
        """
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
        options = ["-an", "-t", "1"]
        source = self._graph.open(shot.source.path, *_seek(float(shot.begin), shot.source.info.fps), *options)
        return self._graph.chain([f"{source}:v"], ["trim=end_frame=1", "setpts=PTS-STARTPTS"])

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
        info = shot.source.info
        begin = float(shot.begin)
        length = float(count * shot.speed / self._fps)
        ahead = shot.frames - skip - count if shot.reverse else skip
        begin += float(ahead * shot.speed / self._fps)
        if not shot.loop:  # past its end the last frame is held
            begin = min(begin, max(0.0, info.duration_ms / 1000 - 2 * _half_a_frame(info.fps)))
        half = min(begin, _half_a_frame(info.fps))
        if shot.loop:
            # A repeated input comes back to where it was sought, not to the file's start: read it all.
            begin %= info.duration_ms / 1000
            options = ["-t", number(begin + length + 1), "-stream_loop", "-1"]
            late, cut = begin, [f"trim=start={number(begin - half)}"]
        else:
            options = ["-t", number(length + 1), *_seek(begin, info.fps)]
            late, cut = half, []
        if skim:
            # Seeking finds a picture after the first moment: what was cut away is never seen.
            options += skim.options
        source = self._graph.open(shot.source.path, "-an", "-threads", self._decoders, *options)
        # Times are cut off to whole ticks: a hair too early, a frame would fall into the one before.
        late = max(0.0, late - _HAIR_S)
        pace = [
            f"setpts=(PTS-{number(late)}/TB)/{number(shot.speed)}",
            f"fps={_rate(self._fps)}:start_time=0:eof_action=pass",
        ]
        scale = [f"scale={small[0]}:{small[1]}:flags=fast_bilinear"] if small else []
        # Neither what isn't shown is scaled, nor what is shown again.
        chain = [*scale, *cut, *pace] if skim and skim.sparse else [*cut, *pace, *scale]
        return self._graph.chain([f"{source}:v"], chain)


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


def _seek(begin: float, fps: Fraction | None) -> list[str]:
    """Half a frame early, so that rounding never misses the frame that starts at `begin`."""
    at = begin - min(begin, _half_a_frame(fps))
    return ["-ss", number(at)] if at > 0 else []


def _half_a_frame(fps: Fraction | None) -> float:
    return float(1 / (2 * fps)) if fps else 0.0
