"""The families of wishes: each hears a clause and makes a frame of it, or says that it isn't its own.

No order is meant among them: whichever leaves least of the clause over wins.
"""

from __future__ import annotations

from . import beyond, follow, looks, loudness, order, question, show, sound, talk, time, words
from .base import Family

FAMILIES: dict[str, Family] = {
    family.name: family
    for module in (time, order, show, sound, loudness, words, looks, talk, follow, question, beyond)
    for family in module.FAMILIES
}

__all__ = ["FAMILIES", "Family"]
