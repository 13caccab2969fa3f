"""Which language a request is in."""

from __future__ import annotations

import locale
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from ..tongues import LANGUAGES, Language, table
from .lexicon import LEXICONS

__all__ = ["Language", "detect_language", "language_of_machine"]

_NOT_SAID = re.compile(
    r"“[^”]*”|\"[^\"]*\"|„[^“”]*[“”]|「[^」]*」|『[^』]*』|《[^》]*》|[\w\-.]{1,80}\.(?:mp4|mov|mp3|wav|jpg|png)\b"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SCRIPTS: Mapping[Language, re.Pattern[str]] = {
    language: re.compile(script) for language in LANGUAGES if (script := table(language, "detect").SCRIPT)
}


def detect_language(text: str, otherwise: Language = LANGUAGES[0]) -> Language:
    """The language of what is said outside quotes and file names: by its script, else by its words; `otherwise` where
    neither tells.

    >>> detect_language("加个 title"), detect_language("add the title “你好”")
    ('zh', 'en')
    >>> detect_language("删掉b.mp4"), detect_language("mute 海边.mp4")
    ('zh', 'en')
    >>> detect_language("status"), detect_language("status", "de")
    ('en', 'de')
    """
    said = _NOT_SAID.sub(" ", text)
    if not any(letter.isalpha() for letter in said):
        said = text  # 删掉b.mp4: what looks like a file's name is all of it
    for language, script in _SCRIPTS.items():
        if script.search(said):
            return language
    owners = _owners()
    found = Counter(owners[word] for word in _WORD.findall(said.lower()) if word in owners)
    return max((otherwise, *LANGUAGES), key=lambda language: found[language])


def language_of_machine() -> Language:
    """The one that this machine is set to, where we speak it."""
    name = (locale.getlocale()[0] or "").lower()
    spoken = (language for language in LANGUAGES if name.startswith(table(language, "detect").LOCALES))
    return next(spoken, LANGUAGES[0])


@cache
def _owners() -> Mapping[str, Language]:
    """The words that only one language knows, of those that share a script."""
    known: dict[Language, set[str]] = {}
    for language in LANGUAGES:
        if language not in _SCRIPTS:
            own = LEXICONS[language][0]
            values = table(language, "values").VALUE_WORDS
            said = " ".join((*(form for form, _ in own.forms()), *own.colours, *values))
            known[language] = {*_WORD.findall(said), *table(language, "detect").WORDS}
    counted = Counter(word for words in known.values() for word in words)
    return {word: language for language, words in known.items() for word in words if counted[word] == 1}
