"""How English is told from other languages."""

from __future__ import annotations

SCRIPT = ""  # no letters of its own: it is known by its words
LOCALES = ("en", "english")  # what a machine's locale starts with
