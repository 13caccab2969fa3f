"""The families of wishes: each hears a clause and makes a frame of it, or says that it isn't its own.

No order is meant among them: whichever leaves least of the clause over wins.
"""

from __future__ import annotations

from . import (
    beyond,
    cuts,
    fades,
    follow,
    looks,
    loudness,
    music,
    order,
    pace,
    question,
    shape,
    show,
    sound,
    talk,
    tracks,
    words,
)
from .base import Family

FAMILIES: dict[str, Family] = {
    family.name: family
    for module in (
        cuts,
        pace,
        order,
        show,
        shape,
        sound,
        fades,
        music,
        loudness,
        words,
        looks,
        talk,
        tracks,
        follow,
        question,
        beyond,
    )
    for family in module.FAMILIES
}

__all__ = ["FAMILIES", "Family"]
