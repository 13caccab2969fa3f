"""Letters: those that make words, and Chinese in its two scripts, of which the lexicon knows one."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

LETTERS = r"a-z\u00df-\u00f6\u00f8-\u024f"  # small ones, in a set of a pattern
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def latin(character: str) -> bool:
    """Whether it is a letter or digit of a script that has spaces between its words."""
    return character.isalnum() and character < "\u0250"


def simplified(text: str) -> str:
    """The text in simplified characters, one for each of the original's.

    >>> simplified("第一段跟第三段對調一下")
    '第一段跟第三段对调一下'
    """
    return HAN.sub(lambda match: _simplified(match[0]), text)


@cache
def _simplified(character: str) -> str:
    found = str(_converter().convert(character))
    return found if len(found) == 1 else character


@cache
def _converter() -> Any:
    from opencc import OpenCC  # here, so that only those who write Chinese load it

    return OpenCC("t2s")
