"""From frames to operations."""

from __future__ import annotations

from . import (
    beyond,
    cuts,
    fades,
    looks,
    loudness,
    music,
    order,
    pace,
    placing,
    question,
    restore,
    shape,
    show,
    sound,
    tracks,
    words,
)
from .base import DOINGS

__all__ = ["DOINGS"]
_ = (
    beyond,
    cuts,
    fades,
    looks,
    loudness,
    music,
    order,
    pace,
    placing,
    question,
    restore,
    shape,
    show,
    sound,
    tracks,
    words,
)
