"""Where a picture lies on the canvas. Pixels, counted from the top left corner."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .scene import Position, Scene, Shot

# Named places keep this distance from the canvas's edge, as a fraction of its shorter side.
MARGIN = 0.05
_MAX_SCALED = 8192


@dataclass(frozen=True, slots=True)
class Layout:
    """A shot's picture: its size before and after it is turned, and its top left corner on the canvas."""

    scaled: tuple[int, int]
    size: tuple[int, int]
    x: int
    y: int

    def visible(self, width: int, height: int) -> tuple[int, int, int, int]:
        """The part of the picture that lies on the canvas, as x, y, width, height within the picture."""
        left, top = max(0, -self.x), max(0, -self.y)
        right, bottom = min(self.size[0], width - self.x), min(self.size[1], height - self.y)
        return left, top, max(0, right - left), max(0, bottom - top)


def layout(shot: Shot, scene: Scene, *, overlay: bool) -> Layout:
    """Fit a shot's picture to the canvas.

    `scale` is relative to the fitted size, but in an overlay without a `fit` and other than 1 a fraction of the
    canvas's width.
    """
    crop, info = shot.crop, shot.source.info
    width = info.width * (crop.w if crop else 1.0)
    height = info.height * (crop.h if crop else 1.0)
    turned_width, turned_height = _turned(width, height, shot.rotation)
    by_width, by_height = scene.width / turned_width, scene.height / turned_height
    if overlay and shot.fit is None and shot.scale != 1:
        factor = shot.scale * by_width
    else:
        factor = shot.scale * (max(by_width, by_height) if shot.fit == "cover" else min(by_width, by_height))
    factor = min(factor, _MAX_SCALED / max(turned_width, turned_height))
    scaled = even(width * factor), even(height * factor)
    size = scaled
    if shot.rotation % 180 == 90:
        size = scaled[1], scaled[0]
    elif shot.rotation % 90:
        size = even(turned_width * factor), even(turned_height * factor)
    x, y = place(size, (scene.width, scene.height), shot.position)
    return Layout(scaled, size, x - x % 2, y - y % 2)  # chroma has half the pixels


def before_crop(shot: Shot, place: Layout) -> tuple[int, int]:
    """The size at which all of a shot's picture is needed."""
    width, height = place.scaled
    return (even(width / shot.crop.w), even(height / shot.crop.h)) if shot.crop else (width, height)


def place(size: tuple[int, int], canvas: tuple[int, int], position: Position) -> tuple[int, int]:
    """The top left corner of something of `size` at a named place or with its centre at fractions."""
    if isinstance(position, tuple):
        x, y = (round(at * side - own / 2) for at, side, own in zip(position, canvas, size, strict=True))
        return x, y
    margin = round(MARGIN * min(canvas))
    return (
        _along(canvas[0] - size[0], margin, "left" in position, "right" in position),
        _along(canvas[1] - size[1], margin, "top" in position, "bottom" in position),
    )


def _along(free: int, margin: int, at_start: bool, at_end: bool) -> int:
    """Along one axis, with `free` pixels left over: negative when the thing is larger than the canvas."""
    margin = min(margin, max(0, free // 2))
    if at_start:
        return margin
    return free - margin if at_end else free // 2


def _turned(width: float, height: float, degrees: float) -> tuple[float, float]:
    """The size of the upright box around a turned picture."""
    angle = math.radians(degrees)
    cos, sin = abs(math.cos(angle)), abs(math.sin(angle))
    return width * cos + height * sin, width * sin + height * cos


def even(side: float) -> int:
    return max(2, 2 * round(side / 2))
