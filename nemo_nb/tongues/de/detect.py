"""How German is told from other languages."""

from __future__ import annotations

SCRIPT = ""
LOCALES = ("de", "german")
# Common words that the phrases don't have, or that another language has as well.
WORDS = frozenset(
    "ich nicht sich wurde werden wurde zum zur unter gegen ohne dieser jedem mein deinem".split()
)
