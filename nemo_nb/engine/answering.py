"""A turn's answer as data: what its last event carries beside the prose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..draft import Change, Draft
from .planner import Plan

PLANNER = "offline"


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about a turn: its `reply`, and what that is made of. `noted` are notes, `suggestions` sentences."""

    reply: str
    changes: tuple[Change, ...] = ()
    noted: tuple[dict[str, Any], ...] = ()
    question: str | None = None
    suggestions: tuple[str, ...] = ()

    def to_json(self, turn: int, draft: Draft) -> dict[str, Any]:
        return {
            "turn": turn,
            "hash": draft.hash,
            "changes": [change.to_json() for change in self.changes],
            "notes": list(self.noted),
            "question": self.question,
            "suggestions": list(self.suggestions),
            "by": PLANNER,
        }


def noted(plan: Plan, doubts: list[str]) -> tuple[dict[str, Any], ...]:
    """A plan's notes and refusals, each as its `kind`, `text` and, where the plan tells them, `key` and `values`."""
    said = [*plan.notes, *plan.refusals]
    stated = plan.stated if len(plan.stated) == len(said) else ({},) * len(said)
    kinds = ["note"] * len(plan.notes) + ["refusal"] * len(plan.refusals)
    notes = [
        {"kind": kind, "text": text, **data} for kind, text, data in zip(kinds, said, stated, strict=True)
    ]
    return (*notes, *({"kind": "note", "text": doubt} for doubt in doubts))
