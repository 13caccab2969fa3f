"""The canvas: its shape, its size, its background."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..edit import Edit
from ..model import Draft
from ..schema import Colour, Fit, Side
from .base import VIDEO, Op, main_track

Aspect = Annotated[str, Field(pattern=r"^\d{1,4}(\.\d{1,3})?:\d{1,4}(\.\d{1,3})?$")]


class SetCanvas(Op):
    """Gives the canvas a size in pixels, or an `aspect` such as `"9:16"` that keeps its shorter side.

    `fit` says how the clips fill it: `contain` shows all of them, `cover` fills and crops, `blur` fills with
    a blurred copy. None leaves each clip as it is. What lies over the picture keeps its own fit, or its width.
    """

    op: Literal["canvas"] = "canvas"
    aspect: Aspect | None = None
    width: Side | None = None
    height: Side | None = None
    fit: Fit | None = None

    @model_validator(mode="after")
    def _one_way(self) -> SetCanvas:
        size = self.width is not None and self.height is not None
        if size == (self.aspect is not None) or (self.width is None) != (self.height is None):
            raise ValueError("give either aspect, or width and height")
        if self.aspect is not None:
            across, down = map(float, self.aspect.split(":"))
            if not (across and down and 0.1 <= across / down <= 10):
                raise ValueError(f"no picture has the shape {self.aspect}")
        return self

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        edit.meta["width"], edit.meta["height"] = self._size(draft)
        main = main_track(edit)
        if self.fit and main is not None and main["tt"] == VIDEO:
            for clip in main["sg"]:
                clip["m"]["fit"] = self.fit
        return edit.done()

    def _size(self, draft: Draft) -> tuple[int, int]:
        if self.width is not None and self.height is not None:
            return self.width, self.height
        across, down = map(float, str(self.aspect).split(":"))
        short = min(draft.canvas.width, draft.canvas.height)
        if across >= down:
            return _even(short * across / down), _even(short)
        return _even(short), _even(short * down / across)


class Background(Op):
    """The colour behind and around the picture."""

    op: Literal["background"] = "background"
    color: Colour

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        edit.meta["background"] = self.color
        return edit.done()


def _even(side: float) -> int:
    """H.264 wants even sides; the draft's limits are 16 to 7680."""
    return min(7680, max(16, 2 * round(side / 2)))
