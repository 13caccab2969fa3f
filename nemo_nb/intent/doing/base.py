"""How frames are carried out: one function a frame, found by the frame's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ...draft import Segment
from ...draft.lettering import PLAIN
from ..frames import Frame
from ..slots import Style
from ..stage import Stage

Doing = Callable[[Any, Stage], None]
_F = TypeVar("_F", bound=Frame)
DOINGS: dict[str, Doing] = {}


def does(frame: type[_F]) -> Callable[[Callable[[_F, Stage], None]], Callable[[_F, Stage], None]]:
    """Marks the function that carries out a kind of frame."""

    def keep(function: Callable[[_F, Stage], None]) -> Callable[[_F, Stage], None]:
        DOINGS[str(frame.model_fields["frame"].default)] = function
        return function

    return keep


def runs_of(over: Sequence[Segment]) -> list[tuple[int, int]]:
    """From when to when things are there one right after the other: "under all but the talk" is around it."""
    runs: list[tuple[int, int]] = []
    for item in sorted(over, key=lambda item: item.start_ms):
        if runs and item.start_ms <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], item.end_ms))
        else:
            runs.append((item.start_ms, item.end_ms))
    return runs


# ---- how texts are set

SHOWN_MS = 3000
SIZE, STEP = float(PLAIN["font_size"]), 1.4


def style_values(style: Style, size: float) -> dict[str, Any]:
    """The fields of a text's style that are named, for a text of that size."""
    values: dict[str, Any] = {
        key: getattr(style, key) for key in ("color", "background", "bold", "italic", "outline", "shadow")
        if getattr(style, key) is not None
    }  # fmt: skip
    if style.size is not None:
        values["font_size"] = style.size
    elif style.bigger:
        values["font_size"] = round(min(0.5, size * STEP**style.bigger), 4)
    return values
