"""What a check tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

State = Literal["ok", "limited", "broken"]
OK: Final = "ok"
LIMITED: Final = "limited"
"""It works, but not all of it."""
BROKEN: Final = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: `what` it is like, and the `fix` in one sentence or command."""

    check: str
    state: State
    what: str
    fix: str = ""
