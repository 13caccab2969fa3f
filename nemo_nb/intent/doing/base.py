"""How frames are carried out: one function a frame, found by the frame's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ..frames import Frame
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
