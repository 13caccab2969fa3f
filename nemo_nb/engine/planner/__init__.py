"""The planner: from a request in English or Chinese to operations, and from what came of them to a reply.

    message (`dialogue`: after the one before) → request (`planning`) → tokens and clauses (`language`) → each clause
    in its context (`context`) → rules (`rules/`, one family a file), which read times (`timing`) and
    targets (`pointing`) → operations, collected by the `scene` → the draft → what of the request no operation shows
    (`unmet`) → the reply (`reply`)

No network, no model, no chance: the same request on the same draft gives the same plan.
"""

from __future__ import annotations

from .material import InTheWay, Material, MediaAsset, Pauses, Plan, TurnSeen
from .reply import compose, following
from .scene import spoken_of
from .turn import carry_out, plan

__all__ = [
    "InTheWay",
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
