"""What the client says in its own words. They stand in `tongues/*/chat.py`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..client.events import CutReason
from ..tongues import Language, table


@dataclass(frozen=True, slots=True)
class Phrases:
    silent_changed: str
    silent_unchanged: str
    cut_connection: str
    cut_failed: str
    cut_server: str
    cut_idle: str
    cut_total: str
    cut_unfinished: str
    cut_large: str
    cut_changed: str
    cut_unchanged: str
    unknown: str
    stopped: str
    stopped_made: str
    stopped_not: str
    fault: str
    credits: str
    exported: str
    uploaded: str
    upload_what: str
    still_working: str
    say_next: str

    def cut(self, reason: CutReason) -> str:
        """Why a stream broke off."""
        return str(getattr(self, f"cut_{reason}"))


@cache
def of(language: Language) -> Phrases:
    return Phrases(**table(language, "chat").PHRASES)
