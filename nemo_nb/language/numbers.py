"""Numbers as people write them: digits, English words, Chinese numerals."""

from __future__ import annotations

import re

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ZH_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "俩": 2}

_ones = "|".join(sorted(_UNITS, key=len, reverse=True))
_tens = "|".join(_TENS)
# Bounded, so that ten thousand digits are many numbers and none of them is beyond reckoning.
_DIGITS = r"[0-9]{1,9}(?:\.[0-9]{1,6})?|\.[0-9]{1,6}"
_ENGLISH = (
    rf"(?:(?:{_tens})(?:[- ](?:{_ones}))?|(?:{_ones}))(?:[ -]hundred)?(?: point (?:{_ones})| and a half)?"
)
_SOME = r"a couple(?: of)?|a hundred"
_ZH_RUN = "零〇一二两俩三四五六七八九十百千"
_CHINESE = rf"[{_ZH_RUN}]{{1,9}}(?:点[零〇一二三四五六七八九]{{1,6}})?"

NUMBER = rf"(?:{_DIGITS}|\b(?:{_ENGLISH}|{_SOME})\b|{_CHINESE})"
_PARTS = re.compile(rf"({_tens})|({_ones})")

NUMBER_WORDS = (*_UNITS, *_TENS)
ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip


def value_of(text: str) -> float:
    """The number that a match of `NUMBER` stands for.

    >>> value_of("twenty-five"), value_of("一百二十"), value_of("一点五"), value_of("1.5")
    (25.0, 120.0, 1.5, 1.5)
    """
    text = text.strip().lower()
    if text[0].isascii() and (text[0].isdigit() or text[0] == "."):
        return float(text)
    if text.startswith("a couple"):
        return 2.0
    if text == "a hundred":
        return 100.0
    return _english(text) if text[0].isascii() else _chinese(text)


def _english(text: str) -> float:
    whole, _, fraction = text.partition(" point ")
    total = sum(
        _TENS.get(tens, 0) + _UNITS.get(ones, 0)
        for tens, ones in ((m[1] or "", m[2] or "") for m in _PARTS.finditer(whole))
    )
    if "hundred" in whole:
        total *= 100
    half = 0.5 if whole.endswith("and a half") else 0
    return total + half + _UNITS.get(fraction, 0) / 10


def _chinese(text: str) -> float:
    whole, _, fraction = text.partition("点")
    total = digit = 0
    for character in whole:
        scale = {"十": 10, "百": 100, "千": 1000}.get(character)
        if scale:
            total += (digit or 1) * scale
            digit = 0
        elif digit:
            digit = digit * 10 + _ZH_DIGITS[character]
        else:
            digit = _ZH_DIGITS[character]
    digits = "".join(str(_ZH_DIGITS[c]) for c in fraction)
    return float(f"{total + digit}.{digits or 0}")
