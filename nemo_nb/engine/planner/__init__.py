"""The planner: from a message to operations, and from what came of them to a reply.

    message → what is meant, and done to a copy of the draft (`nemo_nb.intent`) → a plan (`turn`) → the reply (`reply`)

What `intent` doesn't read is answered, asked about or refused by a few rules (`planning`, `rules/`), which edit
nothing. No network, no model, no chance: the same request on the same draft gives the same plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .material import InTheWay, Lines, Material, MediaAsset, Pauses, Plan, TurnSeen
from .reply import compose, following
from .scene import spoken_of

__all__ = [
    "InTheWay",
    "Lines",
    "Material",
    "MediaAsset",
    "Pauses",
    "Plan",
    "TurnSeen",
    "carry_out",
    "compose",
    "following",
    "plan",
    "spoken_of",
]


# What plans is a third of a start, and is loaded where that is done: in the helpers, not in the engine.
def plan(text: str, material: Material) -> Plan:
    """What to do about a message: see `turn.plan`."""
    from . import turn

    return turn.plan(text, material)


def carry_out(frames: Sequence[Any], material: Material) -> Plan:
    """The plan of frames that were made elsewhere: see `turn.carry_out`."""
    from . import turn

    return turn.carry_out(frames, material)
