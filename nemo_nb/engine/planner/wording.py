"""The engine's own sentences. They stand in `tongues/*/replies.py`, under the same keys in each."""

from __future__ import annotations

from ...tongues import Language, table


def sentence(language: Language, key: str, **values: object) -> str:
    """The sentence of that key, filled in."""
    return str(table(language, "replies").REPLIES[key].format(**values))
