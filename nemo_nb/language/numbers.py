"""Numbers as people write them: digits, words, numerals. The words stand in `tongues/*/values.py`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

# Bounded, so that ten thousand digits are many numbers and none of them is beyond reckoning.
_DIGITS = r"[0-9]{{1,9}}(?:{point}[0-9]{{1,6}})?|\.[0-9]{{1,6}}"


class Numbers:
    """The numbers of some languages: `pattern` finds one, `value` says which it is."""

    def __init__(self, tables: Sequence[Any]) -> None:
        self._tables = [(words, re.compile(words.NUMBER)) for words in tables]
        digits = _DIGITS.format(point=tables[0].DECIMAL)
        self.pattern = rf"(?:{digits}|{'|'.join(words.NUMBER for words in tables)})"

    def value(self, text: str) -> float:
        """The number that a match of `pattern` stands for: `twenty-five`, 一百二十, `1.5`."""
        text = text.strip().lower()
        if text[0] in "0123456789.":
            return float(text.replace(",", "."))
        words = next(words for words, pattern in self._tables if pattern.fullmatch(text))
        whole, _, fraction = text.partition(words.POINT)
        half = 0.5 if whole.endswith(words.AND_A_HALF) else 0
        if words.NUMERALS:
            return _positional(whole, fraction, words)
        named = whole.removesuffix(words.AND_A_HALF).replace(" ", "-")
        return float(words.NUMBERS[named] + half + words.NUMBERS.get(fraction, 0) / 10)


def _positional(whole: str, fraction: str, words: Any) -> float:
    """A number made of digits and powers of ten, one character each."""
    total = digit = 0
    for character in whole:
        scale = words.SCALES.get(character)
        if scale:
            total += (digit or 1) * scale
            digit = 0
        elif digit:
            digit = digit * 10 + words.NUMERALS[character]
        else:
            digit = words.NUMERALS[character]
    digits = "".join(str(words.NUMERALS[c]) for c in fraction)
    return float(f"{total + digit}.{digits or 0}")
