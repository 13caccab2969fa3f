"""From frames to operations."""

from __future__ import annotations

from . import beyond, looks, loudness, order, question, show, sound, time, words
from .base import DOINGS

__all__ = ["DOINGS"]
_ = (beyond, looks, loudness, order, question, show, sound, time, words)
