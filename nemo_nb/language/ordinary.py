"""The words that people use every day: in none of them a slip of the keyboard is seen, "drone" is no slip of "done".

They are pyspellchecker's lists of words with how often each is used, read without its checker, which takes 100 MB.
"""

from __future__ import annotations

import gzip
from functools import cache, lru_cache
from importlib.resources import files

from ..tongues import Language, table


@lru_cache(maxsize=8192)
def is_ordinary(word: str, language: Language) -> bool:
    """Whether a word in small letters is one of a language; never for a language that has no list.

    >>> is_ordinary("drone", "en"), is_ordinary("moive", "en")
    (True, False)
    """
    least: int = table(language, "phrases").ORDINARY
    listed = _list(language) if least else ""
    key = f'\n"{word}": '
    place = listed.find(key)
    end = listed.find("\n", place + len(key))
    return place >= 0 and int(listed[place + len(key) : end].rstrip(",")) >= least


@cache
def _list(language: Language) -> str:
    """As JSON: words in small letters, each on a line of its own with how often it is used."""
    return gzip.decompress(
        (files("spellchecker") / "resources" / f"{language}.json.gz").read_bytes()
    ).decode()
