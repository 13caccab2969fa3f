"""The small words of a sentence, by what they do in it: the tables `marks` of `nemo_nb.tongues`."""

from __future__ import annotations

import re
from functools import cache

from ..tongues import Language, every, table


def _of_any(constant: str) -> tuple[str, ...]:
    return tuple(word for words in every("marks", constant) for word in words)


@cache
def listed(name: str) -> frozenset[str]:
    """Words of any language, by what they are to the reader."""
    return frozenset(word for words in every("reader", "WORDS") for word in words[name].split(" | ") if word)


@cache
def either(name: str) -> tuple[str, ...]:
    """The same for `startswith` and `endswith`."""
    return tuple(sorted(listed(name)))


@cache
def matching(name: str) -> re.Pattern[str]:
    """A pattern of any language, whatever the case."""
    patterns = (patterns[name] for patterns in every("reader", "PATTERNS"))
    return re.compile("|".join(pattern for pattern in patterns if pattern), re.IGNORECASE)


def measured(language: Language) -> bool:
    """Whether nouns are counted with measure words, and stand without an article."""
    return bool(table(language, "reader").MEASURED)


FAULTS, EACH, SLOWLY = _of_any("FAULTS"), _of_any("EACH"), _of_any("SLOWLY")
NOT, STATING = frozenset(_of_any("NOT")), frozenset(_of_any("STATING"))


@cache
def marks(language: Language) -> dict[str, frozenset[str]]:
    """What each small word of a language may do. English is understood within the others.

    >>> sorted(marks("en")["another"])
    ['again', 'other']
    """
    found: dict[str, set[str]] = {}
    for name in dict.fromkeys((language, "en")):
        for mark, words in table(name, "marks").MARKS.items():
            for word in words.split(" | "):
                found.setdefault(word.strip(), set()).add(mark)
    return {word: frozenset(names) for word, names in found.items()}
