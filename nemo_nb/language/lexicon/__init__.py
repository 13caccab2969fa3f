"""What phrases mean, one file a language: `PHRASES` (concept → phrases, separated by `|`) and `COLOURS`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..concepts import Concept
from ..detect import Language
from . import en, zh


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`inflected`: whether words take English endings; `real_words`: those that are never put right."""

    phrases: Mapping[Concept, str]
    colours: Mapping[str, str]
    inflected: bool
    real_words: frozenset[str] = frozenset()


_ENGLISH = Lexicon(en.PHRASES, en.COLOURS, inflected=True, real_words=en.REAL_WORDS)
_CHINESE = Lexicon(zh.PHRASES, zh.COLOURS, inflected=False)

# A Chinese request may hold English words; an English one holds Chinese only in quotes.
LEXICONS: Mapping[Language, tuple[Lexicon, ...]] = {"en": (_ENGLISH,), "zh": (_CHINESE, _ENGLISH)}
