"""What stands where among the times of a clause, relative to the place that is being read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language import Degree, Join, Kind, Token, When
from .marks import FRACTIONS, time_marks

_FURTHEST = 8  # tokens that a pattern looks ahead, and one back
_BESIDE_A_MOMENT = frozenset({When.FROM, When.BETWEEN, When.TO, When.AT, When.AFTER, When.BEFORE, Join.AND})
_NAMES_MOMENT = re.compile(r"第|(?:second|frame) \d")


class Cursor:
    """A place among the time marks of a clause; each question says how many tokens ahead of it."""

    def __init__(self, tokens: Sequence[Token], total_ms: int) -> None:
        self.total = total_ms
        self.tokens = time_marks(tokens)
        # Looked at far more often than anything else. The end is padded: nobody looks further than that, or back.
        marks = [token.value if token.kind is Kind.CONCEPT else None for token in self.tokens]
        self.marks: list[object] = [*marks, *[None] * _FURTHEST]
        self.spans: list[tuple[int, int]] = []
        self.at = 0

    def _token(self, ahead: int) -> Token:
        return self.tokens[self.at + ahead]

    def _there(self, ahead: int) -> bool:
        return 0 <= self.at + ahead < len(self.tokens)

    def _mark(self, ahead: int) -> object:
        return self.marks[self.at + ahead]

    def _mark_fraction(self, ahead: int) -> float | None:
        mark = self._mark(ahead)
        return FRACTIONS.get(mark) if isinstance(mark, Degree) else None

    def _ordinal(self, ahead: int) -> int | None:
        there = self._there(ahead) and self._token(ahead).kind is Kind.ORDINAL
        return int(self._token(ahead).value) if there else None

    def _time(self, ahead: int) -> int | None:
        there = self._there(ahead) and self._token(ahead).kind is Kind.TIME
        return int(self._token(ahead).value) if there else None

    def _names_moment(self, ahead: int) -> bool:
        """ "second 3", 第3秒: never a length."""
        there = self._there(ahead) and self._token(ahead).kind is Kind.TIME
        return there and _NAMES_MOMENT.match(self._token(ahead).text.lower()) is not None

    def _amount(self, ahead: int) -> int | None:
        """A stretch: a time, a share of the whole."""
        if (length := self._time(ahead)) is not None:
            return length
        if (share := self._mark_fraction(ahead)) is not None:
            return round(self.total * share)
        if not self._there(ahead):
            return None
        if self._token(ahead).kind is Kind.PERCENT:
            return round(self.total * float(self._token(ahead).value))
        if self._ordinal(ahead) and self._mark(ahead - 1) in (When.FIRST, When.LAST):
            return round(self.total / int(self._token(ahead).value))  # "the first third"
        # "the first 2 and the last 3 seconds", "the first 2 seconds and the last 3": one of them has the unit.
        goes_on = self._mark(ahead + 1) is Join.AND or (self.spans and self._mark(ahead - 2) is Join.AND)
        listed = self._mark(ahead - 1) in (When.FIRST, When.LAST) and goes_on
        if self._token(ahead).kind is Kind.NUMBER and listed:
            return round(float(self._token(ahead).value) * 1000)
        return None

    def _moment_at(self, ahead: int) -> int | None:
        """A moment: a time, a share, the start, the middle, the end; a bare number where a time must be."""
        if (length := self._time(ahead)) is not None:
            return length
        if (share := self._mark_fraction(ahead)) is not None:
            return round(self.total * share)
        edges = {When.START: 0, When.MIDDLE: self.total // 2, When.END: self.total}
        mark = self._mark(ahead)
        if isinstance(mark, When) and mark in edges:
            return edges[mark]
        if self._there(ahead) and self._between_marks(ahead):
            token = self._token(ahead)
            # 第2到第4秒: the unit comes with the second of them
            counted = (
                token.kind is Kind.ORDINAL and token.text[0] == "第" and self._time(ahead + 2) is not None
            )
            if token.kind is Kind.NUMBER or counted:
                return round(float(token.value) * 1000)
        return None

    def _between_marks(self, ahead: int) -> bool:
        return self._mark(ahead - 1) in _BESIDE_A_MOMENT or self._mark(ahead + 1) in _BESIDE_A_MOMENT

    def _closes(self, skip: int) -> bool:
        """2秒和5秒之间: the word for "between" comes last."""
        return self._mark(skip + 3) is When.BETWEEN

    def _only_names_an_edge(self, mark: object, ahead: int) -> bool:
        """ "from the start" and "from the end" say where, not from where on; "from the middle" is a moment."""
        return mark is When.FROM and self._token(ahead).kind is Kind.CONCEPT

    def _edge_span(self, edge: object, amount: int) -> tuple[int, int]:
        if edge in (When.FIRST, When.START):
            return 0, amount
        if edge is When.MIDDLE:
            return (self.total - amount) // 2, (self.total + amount) // 2
        return (self.total - amount, self.total)
