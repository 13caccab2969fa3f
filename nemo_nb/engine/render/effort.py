"""How far an export is: its parts weighed by the time that they take."""

from __future__ import annotations

from collections.abc import Callable

from .plan import RenderPlan
from .stretches import Stretch

OnProgress = Callable[[float], None]
"""Hears the share done, 0 to 1."""

# Seconds on an ordinary machine; only their proportions matter.
_ENCODED_MEGAPIXEL = 0.007
_ENCODED_FRAME = 0.0005
_SOUND_SECOND = 0.02
_JOINED_FRAME = 0.0001


class Effort:
    """Adds up what the parts of an export tell of themselves.

    >>> heard = []
    >>> effort = Effort(heard.append)
    >>> one, other = effort.part(3), effort.part(1)
    >>> one(0.5), other(1), heard
    (None, None, [0.375, 0.625])
    """

    def __init__(self, on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self._costs: list[float] = []
        self._done: list[float] = []

    def part(self, cost: float) -> OnProgress:
        """Announce a part before any begins, and get what hears the share of it that is done, 0 to 1."""
        number = len(self._costs)
        self._costs.append(cost)
        self._done.append(0.0)

        def tell(share: float) -> None:
            self._done[number] = max(self._done[number], share)
            done = sum(cost * share for cost, share in zip(self._costs, self._done, strict=True))
            self._on_progress(done / sum(self._costs))

        return tell


def of_stretch(plan: RenderPlan, stretch: Stretch) -> float:
    """What encoding a stretch costs."""
    megapixels = plan.scene.width * plan.scene.height / 1e6
    return stretch.frames * (megapixels * _ENCODED_MEGAPIXEL + _ENCODED_FRAME)


def of_sound(plan: RenderPlan) -> float:
    return plan.duration_ms / 1000 * _SOUND_SECOND


def of_joining(plan: RenderPlan) -> float:
    return plan.frames * _JOINED_FRAME
