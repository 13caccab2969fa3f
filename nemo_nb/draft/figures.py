"""Numbers with their units, as a language writes them."""

from __future__ import annotations

from functools import cache

from ..tongues import Language, table
from .timecode import seconds


class Figures:
    """Writes lengths, shares and factors in one language.

    >>> figures("en").seconds(3500), figures("zh").span(0, 4000), figures("en").percent(0.35)
    ('3.5s', '0-4 秒', '35%')
    """

    def __init__(self, language: Language) -> None:
        self._words = table(language, "figures")

    def number(self, value: float) -> str:
        """To six digits, without zeros at the end."""
        return f"{value:g}".replace(".", self._words.DECIMAL)

    def seconds(self, ms: int) -> str:
        return str(self._words.SECONDS.format(self._seconds(ms)))

    def span(self, start_ms: int, end_ms: int) -> str:
        return str(self._words.SPAN.format(self._seconds(start_ms), self._seconds(end_ms)))

    def percent(self, share: float, *, signed: bool = False) -> str:
        """0.35 as 35 %. A `signed` one is how much more or less something is: +20 %."""
        digits = f"{share:+.0%}" if signed else f"{share:.0%}"
        return str(self._words.PERCENT.format(digits.removesuffix("%")))

    def times(self, factor: float) -> str:
        return str(self._words.TIMES.format(self.number(factor)))

    def degrees(self, angle: float) -> str:
        return str(self._words.DEGREES.format(self.number(angle)))

    def rate(self, fps: float) -> str:
        return str(self._words.RATE.format(self.number(fps)))

    def _seconds(self, ms: int) -> str:
        return seconds(ms, "").replace(".", self._words.DECIMAL)


@cache
def figures(language: Language) -> Figures:
    """The one that writes this language."""
    return Figures(language)
