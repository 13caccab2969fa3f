"""What an export will do, decided before ffmpeg starts: plain data that people and tests can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ...draft.model import Draft
from ...draft.timecode import frame_ms, span
from .output import Output
from .scene import Scene, Shot, Sources, build_scene

Work = Literal["copy", "encode"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Frames `[start, end)` of the export, what is done with them, and why."""

    start: int
    end: int
    work: Work
    reason: str


@dataclass(frozen=True, slots=True)
class RenderPlan:
    """The scene, the file it becomes, and what happens to each stretch of the picture."""

    scene: Scene
    output: Output
    stretches: tuple[Stretch, ...]

    @property
    def duration_ms(self) -> int:
        return self.scene.duration_ms

    @property
    def frames(self) -> int:
        return self.scene.frames

    @property
    def copied(self) -> Shot | None:
        """The one shot whose packets are the export's picture, when the whole picture is copied."""
        if [stretch.work for stretch in self.stretches] != ["copy"]:
            return None
        shot = self.scene.layers[0][0]
        return shot if isinstance(shot, Shot) else None

    def rows(self) -> list[dict[str, str]]:
        """One row a stretch, for people: `{"time": "0-120s", "picture": "copy", "reason": …}`."""
        fps = self.scene.fps
        return [
            {
                "time": span(frame_ms(stretch.start, fps), frame_ms(stretch.end, fps)),
                "picture": stretch.work,
                "reason": stretch.reason,
            }
            for stretch in self.stretches
        ]


def plan_render(draft: Draft, sources: Sources, output: Output | None = None) -> RenderPlan:
    """Decide how `draft` becomes a file. Reads no media.

    NothingToExport for an empty draft; InvalidInput, naming segment and key, for what can't be rendered.

        plan = plan_render(draft, {"sha256:…": Source(path, probe(path))}, Output(height=720))
        plan.rows()
    """
    output = output or Output()
    canvas = draft.canvas
    scene = build_scene(draft, sources, output.size(canvas.width, canvas.height))
    if not output.has_picture:
        return RenderPlan(scene, output, ())
    why_not = next(_reasons_to_encode(scene), None)
    whole = (
        Stretch(0, scene.frames, "encode", why_not)
        if why_not
        else Stretch(0, scene.frames, "copy", "picture untouched")
    )
    return RenderPlan(scene, output, (whole,))


def _reasons_to_encode(scene: Scene) -> Iterator[str]:
    """Why the picture can't be copied, the plainest reason first; none when it can."""
    elements = [element for layer in scene.layers for element in layer]
    shots = [element for element in elements if isinstance(element, Shot)]
    if len(elements) > len(shots):
        yield "text is drawn"
    if not shots:
        yield "no video, only background"
        return
    if len(shots) > 1:
        yield f"{len(shots)} clips are put together"
    shot = shots[0]
    yield from _touches(shot)
    yield from _source_reasons(shot, scene)


def _touches(shot: Shot) -> Iterator[str]:
    if shot.freeze or shot.source.info.kind != "video":
        yield "a still picture"
    if shot.speed != 1 or shot.reverse:
        yield "speed or direction changed"
    if shot.fade_in or shot.fade_out:
        yield "picture fades"
    if shot.looks:
        yield f"filter {shot.looks[0].name}"
    if shot.crop or shot.rotation or shot.flip:
        yield "cropped, turned or flipped"
    if shot.scale != 1 or shot.position != "center" or shot.opacity != 1:
        yield "placed, scaled or transparent"
    if shot.transition:
        yield f"transition {shot.transition}"


def _source_reasons(shot: Shot, scene: Scene) -> Iterator[str]:
    info = shot.source.info
    if shot.source_start_ms:
        yield "starts within its file"
    if (shot.start, shot.end) != (0, scene.frames):
        yield "background before or after it"
    if info.fps != scene.fps or not info.steady:
        yield f"frame rate made an even {float(scene.fps):g}"
    if abs(shot.frames - info.frames) > 1 or shot.loop:
        yield "not the whole file"
    if (info.width, info.height) != (scene.width, scene.height):
        yield f"scaled from {info.width}x{info.height} to {scene.width}x{scene.height}"
    if info.video_codec != "h264" or info.pix_fmt not in ("yuv420p", "yuvj420p") or info.interlaced:
        yield f"{info.video_codec} {info.pix_fmt} re-encoded as H.264"
    if info.rotation or not info.square_pixels:
        yield "turned upright"
