"""The filter graph of the picture: any window of a scene's frames, exact to the frame.

The bottom layer is one stream without gaps, each piece of it exactly as many frames as planned. The
layers above lie over it one by one. Where shots share a transition they are first folded into one run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from . import colours, looks
from .colours import BT709, Colours
from .drawings import Drawn
from .geometry import Layout, before_crop, layout
from .graph import Graph, number
from .reading import Reading, held, one_after_another
from .scene import Scene, Shot, Title

_XFADE = {
    "crossfade": "fade", "dip-black": "fadeblack", "dip-white": "fadewhite", "circle": "circleopen",
    "wipe-left": "wipeleft", "wipe-right": "wiperight", "wipe-up": "wipeup", "wipe-down": "wipedown",
    "slide-left": "slideleft", "slide-right": "slideright", "slide-up": "slideup", "slide-down": "slidedown",
}  # fmt: skip
_ONE_PICTURE = ("-threads", "1")  # of a file that holds no more: each further thread would have a copy of it
# How pictures are held, those that let something show through, and what `overlay` calls it.
_SHALLOW = ("yuv420p", "yuva420p", "yuv420")
_DEEP = ("yuv420p10le", "yuva420p10le", "yuv420p10")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Frames `[start, end)` of the timeline showing a shot, or nothing."""

    shot: Shot | None
    start: int
    end: int
    transition: str = ""
    overlap: int = 0

    @property
    def frames(self) -> int:
        return self.end - self.start


def picture(
    graph: Graph,
    scene: Scene,
    drawn: Mapping[str, Drawn],
    first: int = 0,
    last: int | None = None,
    coded: Colours = BT709,
    *,
    deep: bool = False,
) -> str:
    """Add the picture of frames `[first, last)` to `graph` and return its label.

    `drawn` holds the stills and texts by element id (see `drawings.draw`) of all the frames that
    `whole_transitions` names for this window. `coded`: how the result's colours are;
    `deep`: in ten bits.
    """
    last = scene.frames if last is None else last
    begin, end = whole_transitions(scene, first, last)
    builder = _Builder(graph, scene, drawn, begin, end, coded, deep)
    label = builder.base()
    for number_, layer in enumerate(scene.layers):
        shots = [element for element in layer if isinstance(element, Shot)]
        if number_ > 0:
            label = builder.overlay_shots(label, shots)
        for element in layer:
            if isinstance(element, Title):
                label = builder.overlay_title(label, element)
    window = f"trim=start_frame={first - begin}:end_frame={last - begin}"
    cut = [] if (begin, end) == (first, last) else [window, "setpts=PTS-STARTPTS"]
    return graph.chain([label], [*cut, f"setparams={colours.tags(coded)}"])


def whole_transitions(scene: Scene, first: int, last: int) -> tuple[int, int]:
    """The window, widened where it begins or ends within a transition: those are made whole or not at all."""
    shots = [shot for layer in scene.layers for shot in layer if isinstance(shot, Shot) and shot.transition]
    spans = [(shot.start, min(shot.start + shot.transition_frames, shot.end)) for shot in shots]
    cut = [span for span in spans if span[0] < last and first < span[1]]
    begin, end = min([first, *(span[0] for span in cut)]), max([last, *(span[1] for span in cut)])
    return (begin, end) if (begin, end) == (first, last) else whole_transitions(scene, begin, end)


class _Builder:
    def __init__(
        self,
        graph: Graph,
        scene: Scene,
        drawn: Mapping[str, Drawn],
        first: int,
        last: int,
        coded: Colours,
        deep: bool,
    ) -> None:
        self.graph = graph
        self.scene = scene
        self.drawn = drawn
        self.first = first
        self.last = last
        self.rate = f"{scene.fps.numerator}/{scene.fps.denominator}"
        self.canvas = f"{scene.width}:{scene.height}"
        self.colours = colours.written(coded, scene.width, scene.height)
        self.coded = coded
        self.solid, self.clear, self.laid = _DEEP if deep else _SHALLOW
        self.reading = Reading(graph, scene, first, last)

    # Layers

    def base(self) -> str:
        """The bottom layer, with background wherever it shows nothing."""
        bottom = self.scene.layers[0] if self.scene.layers else ()
        shots = [element for element in bottom if isinstance(element, Shot)]
        labels: list[str] = []
        clock = self.first
        for run in self._runs(shots):
            if run[0].start > clock:
                labels.append(self._background(run[0].start - clock))
            labels.append(self._fold(run, clear=False))
            clock = run[-1].end
        if clock < self.last:
            labels.append(self._background(self.last - clock))
        return one_after_another(self.graph, labels, self.scene.fps)

    def overlay_shots(self, below: str, shots: Sequence[Shot]) -> str:
        for run in self._runs(shots):
            x = y = 0
            if len(run) == 1 and run[0].shot:
                place = layout(run[0].shot, self.scene, overlay=True)
                if not any(place.visible(self.scene.width, self.scene.height)[2:]):
                    continue
                x, y = max(0, place.x), max(0, place.y)
                if run[0].shot.fit == "blur":
                    x = y = 0
            below = self._lay(below, self._fold(run, clear=True), x, y, run[0].start)
        return below

    def overlay_title(self, below: str, title: Title) -> str:
        start, end = max(title.start, self.first), min(title.end, self.last)
        if start >= end:
            return below
        drawn = self.drawn[title.id]
        source = self.graph.open(drawn.path, *_ONE_PICTURE)
        label = self.graph.chain(
            [f"{source}:v"],
            [f"scale={self.colours}", f"format={self.clear}", *colours.dimmed(self.coded),
             *held(end - start, self.scene.fps), *_opacity(title.opacity),
             *self._fades(title, start - title.start, clear=True)],
        )  # fmt: skip
        return self._lay(below, label, drawn.x, drawn.y, start)

    def _lay(self, below: str, above: str, x: int, y: int, start: int) -> str:
        shift = number(Fraction(start - self.first) / self.scene.fps)
        moved = self.graph.chain([above], [f"setpts=PTS-STARTPTS+{shift}/TB"])
        return self.graph.chain([below, moved], [f"overlay={x}:{y}:eof_action=pass:format={self.laid}"])

    # Runs of shots

    def _runs(self, shots: Sequence[Shot]) -> list[list[_Piece]]:
        """The pieces within the window, those that share transitions together."""
        runs: list[list[_Piece]] = []
        end = None
        for shot in shots:
            overlap = max(0, end - shot.start) if end is not None else 0
            end = shot.end
            start, stop = max(shot.start, self.first), min(shot.end, self.last)
            if start >= stop:
                continue
            piece = _Piece(shot, start, stop, shot.transition or "", min(overlap, stop - start))
            if shot.transition is None or start > shot.start:
                runs.append([piece])
            elif overlap and runs:
                runs[-1].append(piece)
            else:  # nothing to come from: it comes out of the background
                length = min(shot.transition_frames, stop - start)
                runs.append(
                    [_Piece(None, start, start + length), _Piece(shot, start, stop, shot.transition, length)]
                )
        return runs

    def _fold(self, run: Sequence[_Piece], *, clear: bool) -> str:
        """One stream of a run, its transitions made: only what two pieces share goes through one."""
        label, length = self._piece(run[0], clear=clear, whole=len(run) > 1 or not clear), run[0].frames
        done: list[str] = []
        for piece, after in zip_longest(run[1:], run[2:]):
            if length > piece.overlap:
                before, label = self._parted(label, length - piece.overlap)
                done.append(before)
            coming, rest = self._piece(piece, clear=clear, whole=True), piece.frames - piece.overlap
            coming, behind = self._parted(coming, piece.overlap) if rest else (coming, "")
            label, length = self._mixed(label, coming, piece, clear=clear), piece.overlap
            if rest and after and rest < after.overlap:  # what comes after begins within this transition
                label, length = one_after_another(self.graph, [label, behind], self.scene.fps), piece.frames
            elif rest:
                done.append(label)
                label, length = behind, rest
        return one_after_another(self.graph, [*done, label], self.scene.fps)

    def _parted(self, label: str, frames: int) -> tuple[str, str]:
        """A stream's first frames, and the others."""
        one, other = self.graph.split([label], ["split"], 2)
        anew = "setpts=PTS-STARTPTS"
        return (
            self.graph.chain([one], [f"trim=end_frame={frames}", anew]),
            self.graph.chain([other], [f"trim=start_frame={frames}", anew]),
        )

    def _mixed(self, going: str, coming: str, piece: _Piece, *, clear: bool) -> str:
        """The frames of one transition, of two streams of that many."""
        planar = "format=" + ("yuva444p" if clear else "yuv444p")  # the filter takes no other
        seconds = number(Fraction(piece.overlap) / self.scene.fps)
        both = [self.graph.chain([label], [planar]) for label in (going, coming)]
        return self.graph.chain(
            both,
            [f"xfade=transition={_XFADE[piece.transition]}:duration={seconds}:offset=0",
             f"format={self.clear if clear else self.solid}", *held(piece.overlap, self.scene.fps)],
        )  # fmt: skip

    def _piece(self, piece: _Piece, *, clear: bool, whole: bool) -> str:
        """The frames of one piece. `whole`: as large as the canvas, else only as large as its picture."""
        if piece.shot is None:
            return self._background(piece.end - piece.start, clear=clear)
        return self._shot(piece.shot, piece.start - piece.shot.start, piece.end - piece.start, clear, whole)

    # One shot

    def _shot(self, shot: Shot, skip: int, count: int, clear: bool, whole: bool) -> str:
        """`count` frames of a shot from its frame `skip` on."""
        blurred = shot.fit == "blur"
        place = layout(shot, self.scene, overlay=clear)
        # Whatever lets something show through is laid over the background at the end.
        info = shot.source.info
        see_through = clear or shot.opacity < 1 or bool(shot.rotation % 90) or info.alpha
        kind = self.clear if see_through else self.solid
        source = self._source(shot, skip, count, before_crop(shot, place))
        label = self.graph.chain([source], self._upright(shot, place))
        if blurred:
            label = self._blurred(label, shot, place, kind)
        else:
            label = self.graph.chain([label], [*self._scaled(shot, place, kind), *_turn(shot)])
            label = self.graph.chain([label], self._trimmed_to_canvas(place) or ["null"])
        # A still is held at last: what is done before is done once.
        alone = whole and not blurred and not (see_through and not clear)
        styled = [
            *[item for look in shot.looks for item in looks.filters(look, self.scene.height)],
            f"format={kind}",
            *(self._padded(place, clear=clear) if alone else ()),
            *held(count, self.scene.fps),
            *(["reverse"] if shot.reverse else []),
            *_opacity(shot.opacity),
            *self._fades(shot, skip, clear=see_through),
        ]
        label = self.graph.chain([label], styled)
        if see_through and not clear:
            x, y = (0, 0) if blurred else (max(0, place.x), max(0, place.y))
            ground = self._background(count)
            return self.graph.chain([ground, label], [f"overlay={x}:{y}:format={self.laid}:eof_action=pass"])
        return label

    def _source(self, shot: Shot, skip: int, count: int, needed: tuple[int, int]) -> str:
        if not shot.source.info.duration_ms:
            return f"{self.graph.open(self.drawn[shot.id].path, *_ONE_PICTURE)}:v"
        drawn = self.drawn[shot.id].path if shot.source.info.is_drawn else None
        return self.reading.frames(shot, skip, count, needed, drawn)

    def _upright(self, shot: Shot, place: Layout) -> list[str]:
        crop = shot.crop
        chain = colours.mapped(shot.source.info, before_crop(shot, place), self.coded)
        if crop:
            chain.append(
                f"crop=iw*{number(crop.w)}:ih*{number(crop.h)}:iw*{number(crop.x)}:ih*{number(crop.y)}:exact=1"
            )
        if shot.flip:
            chain.append({"h": "hflip", "v": "vflip"}[shot.flip])
        return chain or ["null"]

    def _blurred(self, label: str, shot: Shot, place: Layout, kind: str) -> str:
        """The picture over a blurred copy of itself that fills the canvas."""
        under, over = self.graph.split([label], ["split"], 2)
        width, height = max(2, self.scene.width // 16 * 2), max(2, self.scene.height // 16 * 2)
        # Blurring an eighth of the size looks the same and costs a sixty-fourth.
        under = self.graph.chain(
            [under],
            [*_turn(shot), f"scale={width}:{height}:force_original_aspect_ratio=increase:{self._colours(shot)}",
             f"crop={width}:{height}", f"gblur=sigma={number(height / 25)}",
             f"scale={self.canvas}:flags=bilinear", "setsar=1", f"format={kind}"],
        )  # fmt: skip
        over = self.graph.chain([over], [*self._scaled(shot, place, self.clear), *_turn(shot)])
        over = self.graph.chain([over], self._trimmed_to_canvas(place) or ["null"])
        return self.graph.chain([under, over], [f"overlay={max(0, place.x)}:{max(0, place.y)}:format=auto"])

    def _scaled(self, shot: Shot, place: Layout, kind: str) -> list[str]:
        size = f"{place.scaled[0]}:{place.scaled[1]}"
        ordinary = shot.source.info.transfer != self.coded.transfer
        dimmed = colours.dimmed(self.coded) if ordinary else []
        return [f"scale={size}:{self._colours(shot)}", "setsar=1", f"format={kind}", *dimmed]

    def _colours(self, shot: Shot) -> str:
        """How the source's colours are read, and how they are coded."""
        info = shot.source.info
        return self.colours if info.kind == "image" else f"{colours.read(info, self.coded)}:{self.colours}"

    def _trimmed_to_canvas(self, place: Layout) -> list[str]:
        x, y, width, height = place.visible(self.scene.width, self.scene.height)
        if (width, height) == place.size:
            return []
        return [f"crop={max(2, width)}:{max(2, height)}:{x}:{y}"]

    def _padded(self, place: Layout, *, clear: bool) -> list[str]:
        _, _, width, height = place.visible(self.scene.width, self.scene.height)
        if (width, height) == (self.scene.width, self.scene.height):
            return []
        colour = "black@0" if clear else self._ground
        return [f"pad={self.canvas}:{max(0, place.x)}:{max(0, place.y)}:color={colour}"]

    def _fades(self, element: Shot | Title, skip: int, *, clear: bool) -> list[str]:
        """Fades by the element's own time, so that a window may begin within one."""
        if not element.fade_in and not element.fade_out:
            return []
        to = "alpha=1" if clear else f"color={self._ground}"
        chain = [f"setpts=PTS+{number(skip / self.scene.fps)}/TB"]
        if element.fade_in:
            chain.append(f"fade=t=in:st=0:d={number(element.fade_in / self.scene.fps)}:{to}")
        if element.fade_out:
            start = max(0, element.frames - element.fade_out)
            length = number(min(element.fade_out, element.frames) / self.scene.fps)
            chain.append(f"fade=t=out:st={number(start / self.scene.fps)}:d={length}:{to}")
        return [*chain, "setpts=PTS-STARTPTS"]

    # The background

    @property
    def _ground(self) -> str:
        return "0x" + self.scene.background.removeprefix("#")

    def _background(self, count: int, *, clear: bool = False) -> str:
        """One frame of background, held: converting its colour once is enough."""
        colour, kind = ("black@0", "yuva444p") if clear else (self._ground, self.solid)
        size = f"{self.scene.width}x{self.scene.height}"
        return self.graph.chain(
            [],
            [f"color=c={colour}:s={size}:r={self.rate}:d={number(1 / self.scene.fps)}", "format=rgba",
             f"scale={self.colours}", f"format={kind}", "setsar=1", *held(count, self.scene.fps)],
        )  # fmt: skip


def _turn(shot: Shot) -> list[str]:
    match shot.rotation:
        case 0:
            return []
        case 90:
            return ["transpose=clock"]
        case 180:
            return ["hflip", "vflip"]
        case 270:
            return ["transpose=cclock"]
    angle = f"{number(shot.rotation)}*PI/180"
    return [
        f"format={_SHALLOW[1]}",
        f"rotate={angle}:ow=2*round(rotw({angle})/2):oh=2*round(roth({angle})/2):c=black@0",
    ]


def _opacity(opacity: float) -> list[str]:
    return [] if opacity == 1 else [f"colorchannelmixer=aa={number(opacity)}", f"format={_SHALLOW[1]}"]
