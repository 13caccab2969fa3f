"""Which frames of the export are copied, and which are made: decided on the grid of frames, as plain data.

Between two moments at which anything begins or ends, the topmost element decides. An untouched clip there
shows its own frames, so they could be copied; anything else touches them. Only whole groups of pictures can
be copied, so what is left of a clip's untouched frames before its first group and after its last one is
encoded, together with the touched frames beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from ...errors import InvalidInput
from .colours import HDR
from .h264 import Track
from .scene import MAX_ELEMENTS, Element, Scene, Shot, Source, Title

Work = Literal["copy", "encode", "draw"]
TrackOf = Callable[[Source], Track]

UNTOUCHED = "picture untouched"
_TO_KEYFRAME = "up to a keyframe"
# Made frames are made in one go, unless a change beside them would have much made again that it doesn't touch.
_PIECE_S, _LEAST_PIECE_S = 10, 2
_REVERSED_BYTES = 250_000_000  # 2.7 s of 1080p at 30 frames a second


@dataclass(frozen=True, slots=True)
class Stretch:
    """Frames `[start, end)` of the export, what is done with them, and why.

    `draw`: made of texts, stills and background alone. A copy shows the frames of `source` from
    `source_frame` on.
    """

    start: int
    end: int
    work: Work
    reason: str
    source: Source | None = None
    source_frame: int = 0

    @property
    def frames(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Span:
    """Frames in which nothing begins or ends. With a `source` they are its own, `ahead` frames further on."""

    start: int
    end: int
    reason: str
    source: Source | None = None
    ahead: int = 0
    decodes: bool = False


def decide(scene: Scene, track_of: TrackOf) -> tuple[Stretch, ...]:
    """The stretches of a scene without gaps, first to last. `track_of` is asked for steady H.264 only."""
    spans = [_examine(scene, start, end) for start, end in _between_moments(scene)]
    spans = _one_coding(_divisible(spans, track_of), track_of)
    return tuple(_bounded(_put_together(list(_whole_groups(spans, track_of)), scene), scene))


def made(scene: Scene, reason: str) -> tuple[Stretch, ...]:
    """The stretches of a scene of which nothing may be copied, for one reason."""
    return tuple(_bounded(_put_together([_Span(0, scene.frames, reason, decodes=True)], scene), scene))


def _bounded(stretches: Iterable[Stretch], scene: Scene) -> Iterator[Stretch]:
    """What one ffmpeg can't hold is made in pieces: many elements, and frames that run backwards."""
    for stretch in stretches:
        if stretch.source:
            yield stretch
            continue
        for piece in _of_few_elements(stretch, scene):
            yield from _backwards_in_short(piece, scene)


def _of_few_elements(stretch: Stretch, scene: Scene) -> Iterator[Stretch]:
    elements = sorted((item for layer in scene.layers for item in layer), key=lambda item: item.start)
    while stretch.frames:
        inside = [item for item in elements if item.start < stretch.end and item.end > stretch.start]
        end = inside[MAX_ELEMENTS].start if len(inside) > MAX_ELEMENTS else stretch.end
        if end <= stretch.start:
            raise InvalidInput(
                f"More than {MAX_ELEMENTS} pictures and texts at once can't be rendered.",
                next_step="Take some of them away where they lie over each other.",
            )
        yield replace(stretch, end=end)
        stretch = replace(stretch, start=end)


def _backwards_in_short(stretch: Stretch, scene: Scene) -> Iterator[Stretch]:
    """ffmpeg holds in memory every frame of what it turns around."""
    shots = [item for layer in scene.layers for item in layer if isinstance(item, Shot) and item.reverse]
    held = sum(shot.start < stretch.end and shot.end > stretch.start for shot in shots)
    if not held:
        yield stretch
        return
    each = max(1, int(_REVERSED_BYTES / (held * scene.width * scene.height * 1.5)))
    for start in range(stretch.start, stretch.end, each):
        yield replace(stretch, start=start, end=min(start + each, stretch.end))


def _between_moments(scene: Scene) -> Iterator[tuple[int, int]]:
    """The timeline, cut wherever something begins or ends."""
    moments = {0, scene.frames}
    for element in (element for layer in scene.layers for element in layer):
        moments |= {
            element.start,
            element.end,
            element.start + element.fade_in,
            element.end - element.fade_out,
        }
        if isinstance(element, Shot):
            moments |= {element.start + element.transition_frames, _held_from(element)}
    return pairwise(sorted(moment for moment in moments if 0 <= moment <= scene.frames))


def _held_from(shot: Shot) -> int:
    """The frame from which on its source has none left. Of use for a shot at normal speed only."""
    if shot.speed != 1 or shot.reverse or shot.freeze or not shot.source.info.steady:
        return shot.end
    return min(shot.end, shot.start + shot.source.info.frames - shot.first_frame)


# ---- one span -----------------------------------------------------------------------------------


def _examine(scene: Scene, start: int, end: int) -> _Span:
    visible = [[item for item in layer if item.start <= start < item.end] for layer in scene.layers]
    seen = [layer for layer in visible if layer]
    decodes = any(isinstance(item, Shot) and item.source.info.duration_ms for layer in seen for item in layer)
    if not seen:
        return _Span(start, end, "background")
    top = seen[-1]
    reason = next(_touches(top, scene, start, end), None)
    shot = top[0]
    if reason is None and isinstance(shot, Shot):
        return _Span(start, end, UNTOUCHED, shot.source, shot.first_frame - shot.start, decodes)
    return _Span(start, end, reason or "", decodes=decodes)


def _touches(top: Sequence[Element], scene: Scene, start: int, end: int) -> Iterator[str]:
    """Why frames with these elements on top can't be copied, the plainest reason first; none when they can."""
    if any(isinstance(item, Title) for item in top):
        yield "text is drawn"
    shots = [item for item in top if isinstance(item, Shot)]
    for shot in shots:
        if shot.transition and start < shot.start + shot.transition_frames:
            yield f"transition {shot.transition}"
    if len(shots) != 1 or len(shots) < len(top):
        yield "pictures are put together"
        return
    (shot,) = shots
    yield from _changes(shot)
    if start < shot.start + shot.fade_in or end > shot.end - shot.fade_out:
        yield "picture fades"
    yield from _coding(shot, scene)
    if start >= _held_from(shot):
        yield "the last picture is held"


def _changes(shot: Shot) -> Iterator[str]:
    if shot.freeze or shot.source.info.kind != "video":
        yield "a still picture"
    if shot.speed != 1 or shot.reverse:
        yield "speed or direction changed"
    if shot.loop and _held_from(shot) < shot.end:
        yield "repeated"
    if shot.looks:
        yield f"filter {shot.looks[0].name}"
    if shot.crop or shot.rotation or shot.flip:
        yield "cropped, turned or flipped"
    if shot.scale != 1 or shot.position != "center" or shot.opacity != 1:
        yield "placed, scaled or transparent"


def _coding(shot: Shot, scene: Scene) -> Iterator[str]:
    """What of a source's coding makes its packets unfit for the export."""
    info = shot.source.info
    if info.fps != scene.fps or not info.steady:
        yield f"frame rate made an even {float(scene.fps):g}"
    if (info.width, info.height) != (scene.width, scene.height):
        yield f"scaled from {info.width}x{info.height} to {scene.width}x{scene.height}"
    if info.video_codec != "h264" or info.pix_fmt not in ("yuv420p", "yuvj420p") or info.interlaced:
        yield f"{info.video_codec} {info.pix_fmt} re-encoded as H.264"
    if info.transfer in HDR:
        yield "HDR shown in ordinary colours"
    if info.rotation or not info.square_pixels:
        yield "turned upright"


# ---- all spans ----------------------------------------------------------------------------------


def _divisible(spans: Sequence[_Span], track_of: TrackOf) -> list[_Span]:
    """Tracks that can't be divided are copied whole, with nothing beside them, or not at all."""
    tracks = [track_of(span.source) if span.source else None for span in spans]
    alone = len({(span.source, span.ahead) for span in spans}) == 1 and spans[0].ahead == 0
    return [
        _made(span, track.problem)
        if track and track.problem and not (alone and spans[-1].end == track.frames)
        else span
        for span, track in zip(spans, tracks, strict=True)
    ]


def _one_coding(spans: Sequence[_Span], track_of: TrackOf) -> list[_Span]:
    """A track has one set of parameters for all that is copied: those that most of it has stay."""
    frames: Counter[object] = Counter()
    for span in spans:
        if span.source:
            frames[_coded(track_of(span.source))] += span.end - span.start
    if len(frames) < 2:
        return list(spans)
    ((kept, _),) = frames.most_common(1)
    return [
        span
        if span.source is None or _coded(track_of(span.source)) == kept
        else _made(span, "coded unlike the clips beside it")
        for span in spans
    ]


def _coded(track: Track) -> object:
    return track.parameters, track.colours


def _made(span: _Span, reason: str) -> _Span:
    return _Span(span.start, span.end, reason, decodes=True)


def _whole_groups(spans: Sequence[_Span], track_of: TrackOf) -> Iterator[_Span]:
    """The spans, those of copied frames cut down to whole groups. Neighbours that go on in one file count as one."""
    for (source, ahead), run in groupby(spans, key=lambda span: (span.source, span.ahead)):
        if source is None:
            yield from run
            continue
        pieces = list(run)
        start, end = pieces[0].start, pieces[-1].end
        track = track_of(source)
        inside = (start + ahead, end + ahead) if track.problem else track.inside(start + ahead, end + ahead)
        first, last = (frame - ahead for frame in inside)
        if first == last:
            yield _Span(start, end, "no keyframes to cut at", decodes=True)
            continue
        if start < first:
            yield _Span(start, first, _TO_KEYFRAME, decodes=True)
        yield _Span(first, last, UNTOUCHED, source, ahead, decodes=True)
        if last < end:
            yield _Span(last, end, _TO_KEYFRAME, decodes=True)


def _put_together(spans: Sequence[_Span], scene: Scene) -> Iterator[Stretch]:
    """Neighbours that are made in one go are one stretch."""
    for copied, run in groupby(spans, key=lambda span: span.source is not None):
        if copied:
            yield from (
                Stretch(span.start, span.end, "copy", span.reason, span.source, span.start + span.ahead)
                for span in run
            )
            continue
        gathered: list[_Span] = []
        for span in run:
            if gathered and (
                span.start - gathered[0].start >= _PIECE_S * scene.fps
                and span.end - span.start >= _LEAST_PIECE_S * scene.fps
            ):
                yield _gathered(gathered)
                gathered = []
            gathered.append(span)
        yield _gathered(gathered)


def _gathered(spans: Sequence[_Span]) -> Stretch:
    reasons = list(dict.fromkeys(span.reason for span in spans))
    words = ", ".join(reasons[:3]) + (", …" if len(reasons) > 3 else "")
    work: Work = "encode" if any(span.decodes for span in spans) else "draw"
    return Stretch(spans[0].start, spans[-1].end, work, words)
