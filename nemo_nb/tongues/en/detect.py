"""How English is told from other languages."""

from __future__ import annotations

SCRIPT = ""  # no letters of its own: it is known by its words
# Common words that the phrases don't have, or that another language has as well.
WORDS = frozenset(
    "ad am an are as be die dies do had has hat her his i in is it man no of on our so the this to war was".split()
)
LOCALES = ("en", "english")  # what a machine's locale starts with
