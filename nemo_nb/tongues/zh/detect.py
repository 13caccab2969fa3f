"""How Chinese is told from other languages."""

from __future__ import annotations

SCRIPT = r"[\u3400-\u9fff\uf900-\ufaff]"  # one such letter is enough
WORDS: frozenset[str] = frozenset()
LOCALES = ("zh", "chinese")
