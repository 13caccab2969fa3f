"""Times as people write them, in milliseconds: `1m20s`, `three and a half seconds`, `0:30`, 一秒半, 两分二十.

The words stand in `tongues/*/values.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .numbers import Numbers

CLOCK = r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?(?!:?\d)"
_MS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000}
_NO_LETTER = r"(?![a-z\u00df-\u00ff])"


_METRES = 100  # so many m are no minutes
LONGEST_MS = 24 * 3600 * 1000


class Times:
    """The times of some languages. Each pattern has a method beside it that makes its match a number of ms."""

    def __init__(self, tables: Sequence[Any], numbers: Numbers) -> None:
        self._tables, self._numbers = tables, numbers
        self._units = {name: "|".join([*self._every(tables, name), name + _NO_LETTER]) for name in _MS}
        self._shares = [(re.compile(text), share) for words in tables for text, share in words.SHARES.items()]
        left_out = _any(words.SECONDS_LEFT_OUT for words in tables)
        self._part = re.compile(self._with_unit("|".join(self._units.values())))
        self._rest = re.compile(rf"(?:{left_out})$")
        nth = _any(words.NTH for words in tables)
        self.length = rf"(?:{nth})?{self._descending()}(?:{left_out})?"
        self.moments = [words.MOMENT for words in tables]
        self.lone_units = [words.LONE_UNIT for words in tables]

    @staticmethod
    def _every(tables: Sequence[Any], name: str) -> list[str]:
        return [words.UNITS[name] for words in tables]

    def _with_unit(self, unit: str) -> str:
        """A number with its unit; a share, one or a number, and "and a half" on either side of the unit."""
        half = _any(words.HALF_MORE for words in self._tables)
        shares = _any(share for words in self._tables for share in words.SHARES)
        one, measure, extra = (
            _any(getattr(words, name) for words in self._tables) for name in ("ONE", "MEASURE", "EXTRA")
        )
        return (
            rf"(?:(?P<share>{shares})|(?P<one>{one})|(?P<n>{self._numbers.pattern})(?P<n_half>{half})?(?:{measure})?)"
            rf"[ -]?(?:{extra})?(?P<unit>{unit})(?P<unit_half>{half})?"
        )

    def _descending(self) -> str:
        """Units go down: "1 minute and 5 seconds" is one time, "2 seconds and 4 seconds" are two."""
        ms, s, m, h = (
            re.sub(r"\?P<\w+>", "?:", self._with_unit(self._units[name])) for name in ("ms", "s", "m", "h")
        )
        joint = rf"(?:{_any(words.AND for words in self._tables)}| |)"
        s_ms = rf"(?:{s})(?:{joint}(?:{ms}))?"
        m_s = rf"(?:{m})(?:{joint}(?:{s_ms}))?"
        return rf"(?:(?:{h})(?:{joint}(?:{m_s}|{s_ms}))?|{m_s}|{s_ms}|{ms})"

    def length_ms(self, match: re.Match[str]) -> int | None:
        """None for what no film can take, and for metres: "Zugspitze 2962 m"."""
        total = 0.0
        for part in self._part.finditer(match[0]):
            amount = 1.0 if part["one"] else self._share(part["share"]) or self._numbers.value(part["n"])
            amount += 0.5 if part["n_half"] or part["unit_half"] else 0
            if part["unit"] == "m" and amount >= _METRES:
                return None
            total += amount * self._unit_ms(part["unit"])
        rest = self._rest.search(match[0])
        length = round(total + (self._numbers.value(rest[0]) * 1000 if rest else 0))
        return length if length <= LONGEST_MS else None

    def _share(self, text: str | None) -> float:
        """Of half a second, a quarter of a second, three quarters of a second."""
        return next((share for pattern, share in self._shares if text and pattern.fullmatch(text)), 0.0)

    def _unit_ms(self, unit: str) -> int:
        return next(_MS[name] for name, pattern in self._units.items() if re.fullmatch(pattern, unit))

    def named_ms(self, match: re.Match[str]) -> int:
        """`from second 2 to second 4`, `at minute 1`."""
        minutes = re.match(self._units["m"], match[0]) is not None
        return round(float(match["n"].replace(",", ".")) * (60_000 if minutes else 1000))

    def lone_ms(self, match: re.Match[str]) -> int:
        """`the last second`, `the first second and a half`, `the first minute`."""
        return round(self._unit_ms(match["unit"]) * (1.5 if match["half"] else 1))


def clock_ms(match: re.Match[str]) -> int:
    """The value of a match of `CLOCK`."""
    seconds = 0.0
    for text in match[0].replace(",", ".").split(":"):
        seconds = seconds * 60 + float(text)
    return round(seconds * 1000)


def _any(patterns: Any) -> str:
    """One of these patterns, the first that fits."""
    return "|".join(dict.fromkeys(patterns)) or r"(?!)"
