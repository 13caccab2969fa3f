"""The engine's own sentences, one file a language, the same keys in each."""

from __future__ import annotations

from collections.abc import Mapping

from ....language import Language
from . import en, zh

WORDING: Mapping[Language, Mapping[str, str]] = {"en": en.WORDING, "zh": zh.WORDING}


def sentence(language: Language, key: str, **values: object) -> str:
    """The sentence of that key, filled in."""
    return WORDING[language][key].format(**values)
