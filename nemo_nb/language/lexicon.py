"""What phrases mean: the tables in `tongues/*/phrases.py`, with the concepts that they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..tongues import LANGUAGES, Language, table
from . import concepts
from .concepts import Concept


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`inflected`: whether words take English endings; `real_words`: those that are never put right."""

    phrases: Mapping[Concept, str]
    colours: Mapping[str, str]
    inflected: bool
    real_words: frozenset[str]


def _named(name: str) -> Concept:
    """`Do.CUT`, from its name."""
    group, _, member = name.partition(".")
    found: Concept = getattr(concepts, group)[member]
    return found


def _lexicon(language: Language) -> Lexicon:
    words = table(language, "phrases")
    phrases = {_named(name): said for name, said in words.PHRASES.items()}
    return Lexicon(phrases, words.COLOURS, words.INFLECTED, words.REAL_WORDS)


_OWN: Mapping[Language, Lexicon] = {language: _lexicon(language) for language in LANGUAGES}

# Its own words first, then those of the languages that it borrows from.
LEXICONS: Mapping[Language, tuple[Lexicon, ...]] = {
    language: (_OWN[language], *(_OWN[other] for other in table(language, "phrases").BORROWS))
    for language in LANGUAGES
}
