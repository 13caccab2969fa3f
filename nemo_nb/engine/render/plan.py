"""What an export will do, decided before ffmpeg starts: plain data that people and tests can read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from ...draft.model import Draft
from ...draft.timecode import frame_ms, span
from .colours import BT709, Colours
from .h264 import Parameters, Track, read_track
from .output import Output
from .scene import Scene, Source, Sources, build_scene
from .stretches import Stretch, TrackOf, decide, made

# Containers whose picture is H.264 in a track of its own, so that a source's packets may go into it.
_TAKES_COPIES = ("mp4", "mov")


@dataclass(frozen=True, slots=True)
class RenderPlan:
    """The scene, the file it becomes, and what happens to each stretch of the picture.

    `colours` and `beside` are those of the packets that are copied: what is encoded must be coded alike, and
    its parameter sets must have ids that those beside it leave free.
    """

    scene: Scene
    output: Output
    stretches: tuple[Stretch, ...]
    colours: Colours = BT709
    beside: Parameters | None = None

    @property
    def duration_ms(self) -> int:
        return self.scene.duration_ms

    @property
    def frames(self) -> int:
        return self.scene.frames

    @property
    def in_pieces(self) -> bool:
        """Whether the picture is put together from pieces: copied ones, and encoded ones that may be kept."""
        return bool(self.stretches) and self.output.format in _TAKES_COPIES

    def without_copies(self, reason: str) -> RenderPlan:
        """The same, with every frame made."""
        return replace(self, stretches=made(self.scene, reason), colours=BT709, beside=None)

    def rows(self) -> list[dict[str, str]]:
        """For people: `{"time": "0-120s", "picture": "copy", "reason": …}`. What is made for one reason is one row."""
        fps = self.scene.fps
        rows: list[dict[str, str]] = []
        for _, same in groupby(self.stretches, _seen_as_one):
            first, *others = same
            last = others[-1] if others else first
            time = span(frame_ms(first.start, fps), frame_ms(last.end, fps))
            rows.append({"time": time, "picture": first.work, "reason": first.reason})
        return rows


def _seen_as_one(stretch: Stretch) -> tuple[str, str, int]:
    return stretch.work, stretch.reason, stretch.start if stretch.source else -1


@lru_cache(maxsize=256)
def track_of(source: Source) -> Track:
    """The track of a source, read from its file, which never changes. Blocks for some 10 ms the first time."""
    return read_track(source.path)


def plan_render(
    draft: Draft, sources: Sources, output: Output | None = None, *, track_of: TrackOf = track_of
) -> RenderPlan:
    """Decide how `draft` becomes a file. Of the media, at most the indexes of what may be copied are read.

    NothingToExport for an empty draft; InvalidInput, naming segment and key, for what can't be rendered.

        plan = plan_render(draft, {"sha256:…": Source(path, probe(path))}, Output(height=720))
        plan.rows()
    """
    output = output or Output()
    canvas = draft.canvas
    scene = build_scene(draft, sources, output.size(canvas.width, canvas.height))
    if not output.has_picture:
        return RenderPlan(scene, output, ())
    if output.format not in _TAKES_COPIES:
        return RenderPlan(scene, output, made(scene, f"encoded for {output.format}"))
    stretches = decide(scene, track_of)
    copied = next((stretch.source for stretch in stretches if stretch.source), None)
    if copied is None:
        return RenderPlan(scene, output, stretches)
    track = track_of(copied)
    return RenderPlan(scene, output, stretches, track.colours, track.parameters)
