"""The planner: from a message to operations, and from what came of them to a reply.

    message → what is meant, and done to a copy of the draft (`nemo_nb.intent`) → a plan (`turn`) → the reply (`reply`)

What `intent` doesn't read is answered, asked about or refused by a few rules (`planning`, `rules/`), which edit
nothing. No network, no model, no chance: the same request on the same draft gives the same plan.
"""

from __future__ import annotations

from .material import InTheWay, Lines, Material, MediaAsset, Pauses, Plan, TurnSeen
from .reply import compose, following
from .scene import spoken_of
from .turn import carry_out, plan

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
