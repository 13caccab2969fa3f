"""What Pillow draws before ffmpeg starts: texts and still images, as PNG files in the work folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...media import stills
from .geometry import before_crop, layout
from .scene import Scene, Shot, Title
from .titles import draw_title


@dataclass(frozen=True, slots=True)
class Drawn:
    """A still or a text as a PNG file, and where its top left corner goes when it is a text."""

    path: Path
    x: int = 0
    y: int = 0


def draw(scene: Scene, work: Path, first: int = 0, last: int | None = None) -> dict[str, Drawn]:
    """Draw all texts and stills that are seen in frames `[first, last)`, by element id. Blocks."""
    last = scene.frames if last is None else last
    drawn: dict[str, Drawn] = {}
    for layer in scene.layers:
        for element in layer:
            if element.start >= last or element.end <= first:
                continue
            path = work / f"drawn-{len(drawn)}.png"
            if isinstance(element, Title):
                drawn[element.id] = _draw_title(element, scene, path)
            elif element.source.info.is_drawn:
                drawn[element.id] = _draw_still(element, scene, path)
    return drawn


def _draw_title(title: Title, scene: Scene, path: Path) -> Drawn:
    image, x, y = draw_title(title, scene.width, scene.height)
    image.save(path, compress_level=1)
    return Drawn(path, x, y)


def _draw_still(shot: Shot, scene: Scene, path: Path) -> Drawn:
    """As large as it is shown, so that a photo is decoded at a fraction of its size; an animation as a whole."""
    shown = (before_crop(shot, layout(shot, scene, overlay=overlay)) for overlay in (False, True))
    enough = max(side for size in shown for side in size)
    if shot.source.info.duration_ms:
        stills.write_animation(shot.source.path, path, enough)
    else:
        stills.load(shot.source.path, enough).save(path, compress_level=1)
    return Drawn(path)
