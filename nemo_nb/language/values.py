"""Typed values in a sentence: times, percentages, factors, sizes … one pattern a kind.

Each pattern works on normalised text (lower case, half-width); each reader makes the value of the match.
The longest match at a place wins, so `1.5x` is a factor and not a number. The words in the patterns stand in
`tongues/*/values.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum, auto
from functools import cache
from typing import Any

from ..tongues import Language, table
from .numbers import Numbers
from .times import CLOCK, Times, clock_ms


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


RATIOS = ("16:9", "9:16", "1:1", "4:3", "3:4", "4:5", "5:4", "21:9", "2:3", "3:2", "2:1", "1:2", "2.35:1")


# Shapes that are written as fractions as well; any other fraction is a share.
_AS_FRACTIONS = ("9:16", "16:9", "4:3", "1:1", "21:9")
_LONGEST_PERCENT = 6  # digits after the point

_Reader = Callable[[re.Match[str]], Any]


class Values:
    """The values of a language, and of those that it borrows from."""

    def __init__(self, tables: Sequence[Any]) -> None:
        self._tables = tables
        self._numbers = Numbers(tables)
        self._times = Times(tables, self._numbers)
        self._ordinals = {word: number for words in tables for word, number in words.ORDINALS.items()}
        self._folds = {word: factor for words in tables for word, factor in words.FOLDS.items()}
        self._parts = [(re.compile(text), part) for words in tables for text, part in words.PARTS.items()]
        self.words = frozenset(word for words in tables for word in words.VALUE_WORDS)
        # kind, pattern, reader. A reader that returns None says: not one of mine.
        self._patterns = [(kind, re.compile(pattern), reader) for kind, pattern, reader in self._all()]
        # Where a value can start at all: a quick no for most places of a text.
        self._start = re.compile(r"[\d#.+\-−×x]|" + self._any("STARTS"))

    def longest(self, text: str, at: int) -> tuple[Kind, int, Any] | None:
        """The longest typed value that starts at a place: its kind, its end, its value."""
        best: tuple[Kind, int, Any] | None = None
        if not self._start.match(text, at):
            return None
        for kind, pattern, reader in self._patterns:
            match = pattern.match(text, at)
            if match and match.end() > at and (best is None or match.end() > best[1]):
                value = reader(match)
                if value is not None:
                    best = (kind, match.end(), value)
        return best

    def _any(self, name: str) -> str:
        """One of the patterns of that name."""
        return "|".join(getattr(words, name).replace("<N>", self._numbers.pattern) for words in self._tables)

    def _all(self) -> Iterator[tuple[Kind, str, _Reader]]:
        n, times = f"({self._numbers.pattern})", self._times
        sides, by, nth = self._any("SIDES"), self._any("BY"), self._any("NTH")
        timed = "".join(f"(?<!{before})" for words in self._tables for before in words.BEFORE_A_CLOCK)
        # 9:16 is a time only where a time must stand; of two matches of one length the first wins.
        side = rf"\d+(?:\.\d+)?|{sides}"
        yield (
            Kind.RATIO,
            rf"{timed}({side})[ -]?(?::|;(?=\d)|/|x|×|(?:{by})[ -]?) ?(\d+(?![\d.])|{sides})",
            self._ratio,
        )
        yield Kind.TIME, times.length, times.length_ms
        yield Kind.TIME, CLOCK, clock_ms
        yield Kind.TIMECODE, r"(\d{1,2}):([0-5]\d):([0-5]\d)[:;](\d{2})(?!:?\d)", _timecode
        for moment in times.moments:
            yield Kind.TIME, moment, times.named_ms
        for unit in times.lone_units:
            yield Kind.TIME, unit, times.lone_ms
        # "24 frames per second" is a rate.
        frames = rf"(?:{nth})?(?!{self._any('NO_FRAMES')}){n} ?(?:{self._any('FRAMES')})"
        frame = rf"(?:{self._any('FRAME')})(\d{{1,6}})(?![\d.:]| ?(?:s|secs?|seconds?|ms|by|x)\b)"
        yield Kind.FRAMES, f"{frames}|{frame}", self._first
        yield (
            Kind.PERCENT,
            rf"{n} ?(?:%|{self._any('PERCENT')})|(?:{self._any('PERCENT_OF')}){n}",
            self._percent,
        )
        yield Kind.PERCENT, rf"{n} ?(?:{self._any('TENTHS')})", lambda match: self._share(match, 10)
        yield Kind.PERCENT, r"([1-9])/([2-9])(?![\d/])", lambda match: _part(int(match[1]), int(match[2]))
        yield Kind.PERCENT, self._any_part(), self._named_part
        for words in self._tables:
            yield Kind.PERCENT, words.PARTS_OF, self._part_of
        decibel = rf"([-−+]? ?\d+(?:\.\d+)?|{self._numbers.pattern}) ?(?:db|{self._any('DECIBEL')})"
        yield Kind.DECIBEL, decibel, self._decibel
        yield Kind.LUFS, r"[-−–]? ?(\d{1,3}(?:[.,]\d+)?) ?(?:lufs|lkfs|lu)\b", _lufs
        folds = "|".join(self._folds) or r"(?!)"
        yield (
            Kind.FACTOR,
            rf"{n}(?:{self._any('HALF_TIMES')})",
            self._times_and_a_half,
        )
        times_ = rf"{n} ?(?:x|×)(?![\w])|\bx ?{n}\b|{n}[ -]?(?:{self._any('TIMES')})|\b({folds})\b"
        yield Kind.FACTOR, times_, self._factor
        yield Kind.DEGREES, rf"{n} ?(?:{self._any('DEGREES')}|°)", self._first
        lines = r"(?<![a-z\d])(\d{3,4})p(?![a-z\d])|(?<![a-z\d])4k(?![a-z\d])"
        yield Kind.SIZE, rf"(\d{{3,4}}) ?(?:[x×*]|{by}) ?(\d{{3,4}})|{lines}", _size
        yield Kind.COLOUR, r"#([0-9a-f]{6}|[0-9a-f]{3})\b", _colour
        for words in self._tables:
            yield Kind.ORDINAL, words.NTH_ONE.replace("<N>", self._numbers.pattern), self._ordinal
        if self._ordinals:
            yield Kind.ORDINAL, rf"\b({'|'.join(self._ordinals)})\b", self._ordinal
        yield Kind.NUMBER, n, self._first

    def _any_part(self) -> str:
        return "|".join(pattern.pattern for pattern, _ in self._parts) or r"(?!)"

    def _first(self, match: re.Match[str]) -> float:
        return self._numbers.value(next(group for group in match.groups() if group))

    def _percent(self, match: re.Match[str]) -> float:
        return round(self._first(match) / 100, _LONGEST_PERCENT)

    def _share(self, match: re.Match[str], whole: float) -> float:
        return round(self._first(match) / whole, _LONGEST_PERCENT)

    def _named_part(self, match: re.Match[str]) -> float:
        part: float = next(part for pattern, part in self._parts if pattern.fullmatch(match[0]))
        return round(part, _LONGEST_PERCENT)

    def _part_of(self, match: re.Match[str]) -> float | None:
        return _part(self._numbers.value(match[2]), self._numbers.value(match[1]))

    def _decibel(self, match: re.Match[str]) -> float:
        if match[1][-1].isdigit():
            return float(match[1].replace(" ", "").replace("−", "-").replace(",", "."))
        return self._numbers.value(match[1])

    def _factor(self, match: re.Match[str]) -> float:
        text = next(group for group in match.groups() if group)
        return float(self._folds.get(text) or self._numbers.value(text))

    def _times_and_a_half(self, match: re.Match[str]) -> float:
        return self._numbers.value(match[1]) + 0.5

    def _ordinal(self, match: re.Match[str]) -> int:
        return self._ordinals.get(match[1]) or int(self._numbers.value(match[1]))

    def _ratio(self, match: re.Match[str]) -> str | None:
        shape = ":".join(
            side if side[0].isdigit() else f"{self._numbers.value(side):g}" for side in match.groups()
        )
        fraction = "/" in match[0] and shape not in _AS_FRACTIONS
        return shape if shape in RATIOS and not fraction else None


@cache
def values(language: Language) -> Values:
    """What finds the values in a text of this language."""
    borrowed = table(language, "phrases").BORROWS
    return Values([table(spoken, "values") for spoken in (language, *borrowed)])


def _part(part: float, whole: float) -> float | None:
    return round(part / whole, _LONGEST_PERCENT) if whole else None


def _timecode(match: re.Match[str]) -> tuple[int, int]:
    hours, minutes, seconds, frames = map(int, match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000, frames


def _lufs(match: re.Match[str]) -> float:
    return -float(match[1].replace(",", "."))  # "14 LUFS" means the same


def _size(match: re.Match[str]) -> tuple[int | None, int]:
    if match[1]:
        return int(match[1]), int(match[2])
    return None, int(match[3]) if match[3] else 2160


def _colour(match: re.Match[str]) -> str:
    digits = match[1]
    return "#" + (digits if len(digits) == 6 else "".join(c * 2 for c in digits))
