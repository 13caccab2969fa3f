"""Typed values in a sentence: times, percentages, factors, sizes … one pattern a kind.

Each pattern works on normalised text (lower case, half-width); each reader makes the value of the match.
The longest match at a place wins, so `1.5x` is a factor and not a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum, auto
from typing import Any

from . import times
from .numbers import NUMBER, NUMBER_WORDS, ORDINALS, value_of


class Kind(StrEnum):
    """The kinds of tokens, with their values."""

    CONCEPT = auto()  # a Concept
    WORD = auto()  # nothing: not understood
    BREAK = auto()  # the punctuation
    QUOTED = auto()  # the text inside
    FILE = auto()  # the file's name
    URL = auto()  # the address
    TIME = auto()  # ms
    FRAMES = auto()  # a count: how long that is, the draft's frame rate says
    TIMECODE = auto()  # (ms, frames): 00:00:04:12
    NUMBER = auto()  # a float
    ORDINAL = auto()  # 2 for the second; -1 for the last
    PERCENT = auto()  # 0.3 for 30 %
    DECIBEL = auto()  # a float
    LUFS = auto()  # a float, below 0
    FACTOR = auto()  # 1.5 for 1.5x
    DEGREES = auto()  # a float
    RATIO = auto()  # "9:16"
    SIZE = auto()  # (width or None, height)
    COLOUR = auto()  # "#rrggbb"


# English words that values are made of; a slip of the keyboard in one is put right like any other.
_UNIT_WORDS = (
    "second seconds sec secs minute minutes min mins hour hours half percent degrees times decibels hundred"
    " point couple"
)
_FOLDS = {"triple": 3.0, "thrice": 3.0, "quadruple": 4.0, "twofold": 2.0, "threefold": 3.0, "fourfold": 4.0}
VALUE_WORDS = frozenset({*_UNIT_WORDS.split(" "), *NUMBER_WORDS, *ORDINALS, *_FOLDS})

RATIOS = ("16:9", "9:16", "1:1", "4:3", "3:4", "4:5", "5:4", "21:9", "2:3", "3:2", "2:1", "1:2", "2.35:1")


def _number(match: re.Match[str]) -> float:
    return value_of(match[1])


def _either(match: re.Match[str]) -> float:
    return value_of(match[1] or match[2])


def _percent(match: re.Match[str]) -> float:
    if match[0].endswith("成"):
        return round(value_of(match[1]) / 10, 6)
    return round(value_of(match[1] or match[2]) / 100, 6)


def _fraction(match: re.Match[str]) -> float:
    return round(int(match[1]) / int(match[2]), 6)


def _part(match: re.Match[str]) -> float:
    return round(1 / ORDINALS[match[1]], 6)


def _timecode(match: re.Match[str]) -> tuple[int, int]:
    hours, minutes, seconds, frames = map(int, match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000, frames


def _numerals_fraction(match: re.Match[str]) -> float | None:
    whole = value_of(match[1])
    return round(value_of(match[2]) / whole, 6) if whole and match[1] != "百" else None


def _decibel(match: re.Match[str]) -> float:
    return (
        float(match[1].replace(" ", "").replace("−", "-")) if match[1][-1].isdigit() else value_of(match[1])
    )


def _lufs(match: re.Match[str]) -> float:
    return -float(match[1])  # "14 LUFS" means the same


def _factor(match: re.Match[str]) -> float:
    text = next(group for group in match.groups() if group)
    return _FOLDS.get(text) or value_of(text) + (0.5 if match[0].endswith("倍半") else 0)


def _ordinal(match: re.Match[str]) -> int:
    text = match[1]
    return ORDINALS.get(text) or int(value_of(text))


def _ratio(match: re.Match[str]) -> str | None:
    shape = ":".join(side if side[0].isdigit() else f"{value_of(side):g}" for side in match.groups())
    fraction = "/" in match[0] and shape not in ("9:16", "16:9", "4:3", "1:1", "21:9")
    return shape if shape in RATIOS and not fraction else None


def _size(match: re.Match[str]) -> tuple[int | None, int]:
    if match[1]:
        return int(match[1]), int(match[2])
    return None, int(match[3]) if match[3] else 2160


def _colour(match: re.Match[str]) -> str:
    digits = match[1]
    return "#" + (digits if len(digits) == 6 else "".join(c * 2 for c in digits))


_N = rf"({NUMBER})"
_SIDES = r"\b(?:one|two|three|four|five|nine|sixteen)\b|十六|[一二三四五九]"
_NUMERALS = "一二两三四五六七八九十百"
# kind, pattern, reader. A reader that returns None says: not one of mine.
PATTERNS: tuple[tuple[Kind, re.Pattern[str], Callable[[re.Match[str]], Any]], ...] = tuple(
    (kind, re.compile(pattern), reader)
    for kind, pattern, reader in (
        # 9:16 is a time only where a time must stand; of two matches of one length the first wins.
        (
            Kind.RATIO,
            r"(?<!at )(?<!after )(?<!before )(?<!until )"
            rf"(\d+(?:\.\d+)?|{_SIDES})[ -]?(?::|/|比|by[ -]|x|×) ?(\d+(?![\d.])|{_SIDES})",
            _ratio,
        ),
        (Kind.TIME, times.LENGTH, times.length_ms),
        (Kind.TIME, times.CLOCK, times.clock_ms),
        (Kind.TIMECODE, r"(\d{1,2}):([0-5]\d):([0-5]\d)[:;](\d{2})(?!:?\d)", _timecode),
        (Kind.TIME, times.NAMED_SECOND, times.named_ms),
        (Kind.TIME, times.LONE_UNIT, times.lone_ms),
        # "24 frames per second" is a rate.
        (
            Kind.FRAMES,
            rf"第?(?!一帧){_N} ?(?:frames?\b(?! (?:a|per)\b|/)|帧(?!率|每秒|/))"
            r"|\bframe (\d{1,6})(?![\d.:]| ?(?:s|secs?|seconds?|ms|by|x)\b)",
            _either,
        ),
        (Kind.PERCENT, rf"{_N} ?(?:%|percent\b|per cent\b|pct\b|成)|百分之({NUMBER}|百)", _percent),
        (Kind.PERCENT, r"([1-9])/([2-9])(?![\d/])", _fraction),
        (Kind.PERCENT, r"\b(?:a|one)[ -](fifth|sixth|eighth|tenth)\b", _part),
        (Kind.PERCENT, rf"([{_NUMERALS}]+)分之([{_NUMERALS}]+)", _numerals_fraction),
        (Kind.DECIBEL, rf"([-−+]? ?\d+(?:\.\d+)?|{NUMBER}) ?(?:db|decibels?|分贝)", _decibel),
        (Kind.LUFS, r"[-−–]? ?(\d{1,3}(?:\.\d+)?) ?(?:lufs|lkfs|lu)\b", _lufs),
        (
            Kind.FACTOR,
            rf"{_N} ?(?:x|×)(?![\w])|\bx ?{_N}\b|{_N}[ -]?(?:times?\b|[倍被]速|倍半?|遍|次)|\b({'|'.join(_FOLDS)})\b",
            _factor,
        ),
        (Kind.DEGREES, rf"{_N} ?(?:degrees?\b|grades\b|deg\b|°|度)", _number),
        (
            Kind.SIZE,
            r"(\d{3,4}) ?(?:[x×*]|by) ?(\d{3,4})|(?<![a-z\d])(\d{3,4})p(?![a-z\d])|(?<![a-z\d])4k(?![a-z\d])",
            _size,
        ),
        (Kind.COLOUR, r"#([0-9a-f]{6}|[0-9a-f]{3})\b", _colour),
        (Kind.ORDINAL, r"\b(\d{1,3})(?:st|nd|rd|th)\b", _ordinal),
        (Kind.ORDINAL, r"\b(" + "|".join(ORDINALS) + r")\b", _ordinal),
        (Kind.ORDINAL, rf"第({NUMBER})(?:个|段|张|条|首|句)?", _ordinal),
        (Kind.NUMBER, _N, _number),
    )
)


# Where a value can start at all: a quick no for most places of a text.
_START = re.compile(
    r"[\d#.+\-−×x半第百零〇一二两俩三四五六七八九十千]"
    rf"|\b(?:an?|frame|{'|'.join(sorted(VALUE_WORDS, key=len, reverse=True))})\b"
)


def longest(text: str, at: int) -> tuple[Kind, int, Any] | None:
    """The longest typed value that starts at a place: its kind, its end, its value."""
    best: tuple[Kind, int, Any] | None = None
    if not _START.match(text, at):
        return None
    for kind, pattern, reader in PATTERNS:
        match = pattern.match(text, at)
        if match and match.end() > at and (best is None or match.end() > best[1]):
            value = reader(match)
            if value is not None:
                best = (kind, match.end(), value)
    return best
