"""Finding a lexicon's phrases in a text: the longest at a place, and the nearest to a slip of the keyboard."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from rapidfuzz.distance import OSA

from .concepts import Concept, Filler
from .detect import Language
from .lexicon import GAP, LEXICONS, Lexicon
from .ordinary import is_ordinary
from .script import LETTERS, latin
from .values import values

_WORD = re.compile(rf"[{LETTERS}]+(?:['’][{LETTERS}]+)*")
_VOWEL = re.compile(r"[aeiouy\u00e4\u00f6\u00fc]")
_SHORTEST_CORRECTED = 4


class PhraseBook:
    """Every phrase of a language's lexicons: what it means, and the words it is made of."""

    def __init__(self, lexicons: Sequence[Lexicon], value_words: Collection[str]) -> None:
        self._meaning: dict[str, Concept] = {}
        self._languages = [lexicon.language for lexicon in lexicons]
        self.nouns = lexicons[0].nouns
        self.apart: dict[
            str, dict[str, Concept]
        ] = {}  # verb → the particle that stands apart → what they mean
        self.colours: dict[str, str] = {}
        for lexicon in lexicons:
            spelled = {lexicon.spelled(word): colour for word, colour in lexicon.colours.items()}
            self.colours = {**spelled, **lexicon.colours, **self.colours}
            for phrase, concept in lexicon.forms():
                verb, gap, particle = phrase.partition(GAP)
                (self.apart.setdefault(verb, {}) if gap else self._meaning).setdefault(
                    particle or verb, concept
                )
        self.particles = frozenset(particle for particles in self.apart.values() for particle in particles)
        everything = [*self._meaning, *self.colours]
        self._words = {word for phrase in everything for word in _WORD.findall(phrase)}
        self._words |= {*value_words, *self.apart, *self.particles}
        self._near: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self._words):
            if len(word) >= _SHORTEST_CORRECTED - 1:
                self._near.setdefault((word[0], len(word)), []).append(word)
        self._all = {**self._meaning, **self.colours}
        lengths: dict[str, set[int]] = {}
        for phrase in everything:
            lengths.setdefault(phrase[:2], set()).add(len(phrase))
        self._lengths = {start: sorted(found, reverse=True) for start, found in lengths.items()}

    def longest(self, text: str, at: int, until: int) -> tuple[Concept | str, int] | None:
        """What the longest phrase at a place means (a colour as `#rrggbb`), and where it ends: at `until` at most."""
        for start in (text[at : at + 2], text[at]):
            for length in self._lengths.get(start, ()):
                end = at + length
                meaning = self._all.get(text[at:end]) if end <= until else None
                if meaning is not None and _stands_alone(text, at, end):
                    return meaning, end
        return None

    def knows(self, phrase: str) -> bool:
        return phrase in self._meaning or phrase in self.colours

    def _is_real(self, word: str) -> bool:
        return any(is_ordinary(word, language) for language in self._languages)

    def _small(self, word: str) -> bool:
        return isinstance(self._meaning.get(word), Filler)

    def corrected(self, word: str) -> str:
        """The word that was meant, where one is near enough; else the word as it is."""
        if word.endswith("'s") and self.knows(word[:-2]) and not (self.knows(word) or self._small(word[:-2])):
            return word[:-2]  # "the clip's start"
        if len(word) == _SHORTEST_CORRECTED - 1 and not _VOWEL.search(word) and word not in self._words:
            return self._with_vowel(word)
        if len(word) == _SHORTEST_CORRECTED - 1 and word not in self._words and not self._is_real(word):
            return next((word + last for last in "eyklpnts" if word + last in self._meaning), word)  # "mut"
        if len(word) < _SHORTEST_CORRECTED or word in self._words or self._is_real(word):
            return word
        allowed = 1 if len(word) < 9 else 2  # "defeated" is no slip of "deleted"
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        near = [
            (distance, known)
            for length in lengths
            for known in self._near.get((word[0], length), ())
            if (distance := OSA.distance(word, known, score_cutoff=allowed)) <= allowed
        ]
        if near:
            # A letter that is missing is the commonest slip, then two that changed places.
            # Then it is rather a word with a meaning of its own than a part of a longer phrase.
            return min(
                near,
                key=lambda found: (
                    found[0],
                    not _left_out(word, found[1]),
                    sorted(word) != sorted(found[1]),
                    not self.knows(found[1]),
                    found[1],
                ),
            )[1]
        jumbled = (
            known for known in self._near.get((word[0], len(word)), ()) if sorted(known) == sorted(word)
        )
        return next(jumbled, word)

    def _with_vowel(self, word: str) -> str:
        """ "trm": the word of four letters that lost its only vowel; any other is left as it is."""
        near = self._near.get((word[0], _SHORTEST_CORRECTED), ())
        return next((known for known in near if _VOWEL.sub("", known, count=1) == word), word)


@cache
def phrase_book(language: Language) -> PhraseBook:
    return PhraseBook(LEXICONS[language], values(language).words)


def _left_out(word: str, known: str) -> bool:
    """Whether all letters of a word stand in the known one, in their order."""
    letters = iter(known)
    return all(letter in letters for letter in word)


def words_in(text: str) -> Iterator[re.Match[str]]:
    """The Latin words of a text."""
    return _WORD.finditer(text)


def word_end(text: str, at: int) -> int:
    """Where the Latin word at a place ends; the next place where none is."""
    match = _WORD.match(text, at)
    return match.end() if match else at + 1


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A Latin phrase is not found inside a longer word."""
    if start and latin(text[start]) and latin(text[start - 1]):
        return False
    return not (end < len(text) and latin(text[end - 1]) and latin(text[end]))
