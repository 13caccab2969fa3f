"""What a family is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..frames import Frame
from ..hearing import Hearing


@dataclass(frozen=True, slots=True)
class Family:
    """`hears` makes a frame of a clause, or None. `prior` speaks for or against it where little is said."""

    name: str
    hears: Callable[[Hearing], Frame | None]
    prior: float = 0.0
    asked: bool = False  # whether it is questions that it hears
