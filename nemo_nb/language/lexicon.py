"""What phrases mean: the tables in `tongues/*/phrases.py`, with the concepts that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..tongues import LANGUAGES, Language, table
from . import concepts
from .concepts import Concept

GAP = " … "  # in a phrase: what stands apart in a sentence, as a verb and its particle do in German


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's own words. What the fields hold is told in the tables."""

    phrases: Mapping[Concept, str]
    colours: Mapping[str, str]
    nouns: Mapping[str, Concept]
    inflected: bool
    endings: Mapping[str, tuple[str, ...]]
    spellings: Mapping[str, str]
    language: Language

    def forms(self) -> Iterator[tuple[str, Concept]]:
        """Each phrase in each of its forms, with its meaning. Of the same form, the first counts."""
        plain = [
            (form, concept)
            for concept, phrases in self.phrases.items()
            for phrase in phrases.split(" | ")
            for form in self._ended(phrase.strip())
        ]
        yield from plain
        for form, concept in plain:
            if (spelled := self.spelled(form)) != form:
                yield spelled, concept
        if self.inflected:
            for form, concept in plain:
                for variant in _inflected(form):
                    yield variant, concept

    def spelled(self, phrase: str) -> str:
        """A phrase in the other spelling of its letters, where there is one."""
        return "".join(self.spellings.get(letter, letter) for letter in phrase)

    def plain(self, concept: Concept) -> list[str]:
        """The phrases for a concept that are words as one writes them."""
        phrases = self.phrases.get(concept, "").split(" | ")
        return [
            phrase for phrase in phrases if phrase and GAP not in phrase and phrase[-1] not in self.endings
        ]

    def _ended(self, phrase: str) -> list[str]:
        endings, stem = self.endings.get(phrase[-1:]), phrase[:-1]
        return (
            [phrase] if endings is None or not stem else [stem + ending for ending in endings]
        )  # "-" is a dash


def _named(name: str) -> Concept:
    """`Do.CUT`, from its name."""
    group, _, member = name.partition(".")
    found: Concept = getattr(concepts, group)[member]
    return found


def _lexicon(language: Language) -> Lexicon:
    words = table(language, "phrases")
    return Lexicon(
        phrases={_named(name): said for name, said in words.PHRASES.items()},
        colours=_shaded(words.COLOURS, words.SHADES),
        nouns={word: _named(name) for word, name in words.NOUNS.items()},
        inflected=words.INFLECTED,
        endings=words.ENDINGS,
        spellings=words.SPELLINGS,
        language=language,
    )


def _shaded(colours: Mapping[str, str], shades: Mapping[str, float]) -> dict[str, str]:
    """The colours, and each in every shade: that much of the way to white, or below zero to black."""
    mixed = {
        f"{shade}{name}": _mixed(colour, share)
        for shade, share in shades.items()
        for name, colour in colours.items()
        if colour not in ("#ffffff", "#000000")
    }
    return {**mixed, **colours}


def _mixed(colour: str, share: float) -> str:
    goal = 255 if share > 0 else 0
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (goal - part) * abs(share)):02x}" for part in parts)


def _inflected(phrase: str) -> Iterator[str]:
    """`trim the end` → `trims …`, `trimming …`, `trimmed …`: good enough to recognise, not to write."""
    first, space, rest = phrase.partition(" ")
    if not first.isalpha() or not first.isascii() or len(first) < 3:
        return
    if re.search(r"(s|x|ch|sh)$", first):
        plural = first + "es"
    elif re.search(r"[^aeiou]y$", first):
        plural = first[:-1] + "ies"
    else:
        plural = first + "s"
    if first.endswith("e"):
        stem = first[:-1]
    elif re.search(r"^[^aeiou]*[aeiou][bdgmnprt]$", first):
        stem = first + first[-1]
    else:
        stem = first
    past = first[:-1] + "ied" if re.search(r"[^aeiou]y$", first) else stem + "ed"
    for variant in (plural, stem + "ing", past):
        yield variant + space + rest


_OWN: Mapping[Language, Lexicon] = {language: _lexicon(language) for language in LANGUAGES}

# Its own words first, then those of the languages that it borrows from.
LEXICONS: Mapping[Language, tuple[Lexicon, ...]] = {
    language: (_OWN[language], *(_OWN[other] for other in table(language, "phrases").BORROWS))
    for language in LANGUAGES
}
