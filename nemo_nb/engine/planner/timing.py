"""Times of a clause, made into places on a timeline.

"the first 3 seconds", "from 2 to 5", "halfway", 最后三秒: read here once, for every rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...language import Clause, Join, Kind, Particle, Token, When
from .cursor import Cursor

_TELLING = frozenset({Kind.CONCEPT, Kind.TIME, Kind.PERCENT, Kind.ORDINAL})
_EDGES = frozenset({When.FIRST, When.LAST, When.MIDDLE, When.START, When.END})
# What follows a time that belongs to it and not to the edge before: "start 2 seconds in", "end 2s after …".
_NOT_AT_AN_EDGE = frozenset({Particle.IN, When.EARLIER, When.LATER})
_NOT_AT_A_PLACE = frozenset({When.TO, When.AFTER})
_BEGINS = re.compile(r"start|begin|开始")
_AWAY = {When.EARLIER: -1, When.LATER: 1}


@dataclass(frozen=True, slots=True)
class Timing:
    """What a clause says about time, in ms.

    `spans`: stretches of the timeline; they may lie outside of it. `at`: a moment. `length`: a time without a
    place. `to`: the length that something is to have ("trim it to 5 seconds"). `shift`: how much later than now,
    earlier where negative. `kind` says how the last span was
    named: `head`, `tail`, `range`, `after`, `before`, `middle`. `moments`: all of them, in "at 2s and 6s".
    """

    spans: tuple[tuple[int, int], ...] = ()
    at: int | None = None
    length: int | None = None
    to: int | None = None
    shift: int | None = None
    kind: str = ""
    moments: tuple[int, ...] = ()

    @property
    def some(self) -> bool:
        said = (self.at, self.length, self.to, self.shift)
        return bool(self.spans) or any(value is not None for value in said)


@lru_cache(maxsize=64)
def timing(clause: Clause, total_ms: int) -> Timing:
    """Everything that the clause says about time, for a timeline (or a clip) of that length.

    Most rules ask, so it is read once.
    """
    if not any(token.kind in _TELLING for token in clause.tokens):
        return Timing()  # a number is a time only beside a word that makes it one
    return _Reader(clause.tokens, total_ms).read()


class _Reader(Cursor):
    """Walks over the times of a clause and the words that place them, taking the longest pattern at each."""

    def __init__(self, tokens: Sequence[Token], total_ms: int) -> None:
        super().__init__(tokens, total_ms)
        self.moment: int | None = None
        self.moments: list[int] = []
        self.length: int | None = None
        self.to: int | None = None
        self.shift: int | None = None
        self.kind = ""

    def read(self) -> Timing:
        while self.at < len(self.tokens):
            for pattern in (
                self._shift,
                self._from_the_end,
                self._stretch,
                self._both_edges,
                self._from_edge_to_edge,
                self._edge,
                self._range,
                self._in_and_out,
                self._side,
                self._moment,
                self._length,
            ):
                if pattern():
                    break
            else:
                self.at += 1
        return Timing(
            tuple(self.spans), self.moment, self.length, self.to, self.shift, self.kind, tuple(self.moments)
        )

    # ---- patterns: each takes what it understands and says whether it did

    def _shift(self) -> bool:
        """2 seconds later, 推迟2秒"""
        by = 1 if self._mark(1) is When.BY else 0
        for way, amount in ((0, 1 + by), (1, 0)):
            mark, length = self._mark(way), self._time(amount)
            if mark in _AWAY and length is not None:
                self.shift = length * _AWAY[When(mark)]
                return self._skip(2 + by if way == 0 else 2)
        return False

    def _from_the_end(self) -> bool:
        """2 seconds before the end"""
        length = self._time(0)
        if length is None or self._mark(1) is not When.BEFORE or self._mark(2) is not When.END:
            return False
        self.moment = self.total - length
        return self._skip(3)

    def _stretch(self) -> bool:
        """1 second from 0:04, from 0:04 for 1 second, 从第4秒开始的1秒"""
        begun = self._mark(2) is When.START and not self._names_moment(3)
        if self._mark(0) is When.FROM and (self._mark(2) is When.FOR or begun):
            start, length, count = self._time(1), self._time(3), 4
        elif self._mark(1) is When.FROM and self._mark(3) not in (When.TO, Join.AND):
            start, length, count = self._time(2), self._time(0), 3
        else:
            return False
        if start is None or length is None:
            return False
        return self._take(count, (start, start + length), "range")

    def _both_edges(self) -> bool:
        """2s off the start and the end, the first and last 2s, the start and the end by 2s, 2s off both ends"""
        amount = self._amount(0)
        if amount is not None:
            edges = 2 if self._mark(1) in (When.OFF, When.FROM, When.AT) else 1
            count = self._edges_at(edges)
            return bool(count) and self._take_both(edges + count, amount)
        count = self._edges_at(0)
        skip = 1 if self._mark(count) is When.BY else 0
        amount = self._amount(count + skip) if count else None
        return amount is not None and self._take_both(count + skip + 1, amount)

    def _edges_at(self, ahead: int) -> int:
        """How many tokens name both ends there; 0 where they don't."""
        if self._mark(ahead) is When.BOTH_ENDS:
            return 1
        heads, tails = (When.FIRST, When.START), (When.LAST, When.END)
        both = self._mark(ahead) in heads and self._mark(ahead + 1) is Join.AND
        return 3 if both and self._mark(ahead + 2) in tails else 0

    def _take_both(self, count: int, amount: int) -> bool:
        self.spans.append(self._edge_span(When.FIRST, amount))
        return self._take(count, self._edge_span(When.LAST, amount), str(When.LAST))

    def _from_edge_to_edge(self) -> bool:
        """start it at 2s and end it at 8s, 从第2秒开始到第8秒结束"""
        first = self._mark(0)
        if first is When.START and not _BEGINS.match(self._token(0).text.lower()):
            return False  # "head 1s, tail 2s" are lengths
        ahead = 1 + (first is When.START and self._mark(1) is When.AT)
        start, ahead = self._time(ahead), ahead + 1
        if first is When.FROM and self._mark(ahead) is When.START:
            ahead += 1
        elif first is not When.START:
            return False
        ahead += self._mark(ahead) is Join.AND
        last = self._mark(ahead)
        ahead += 1 + (last is When.END and self._mark(ahead + 1) is When.AT)
        end, ahead = self._time(ahead), ahead + 1
        if start is None or end is None or last not in (When.END, When.TO):
            return False
        return self._take(ahead + (self._mark(ahead) is When.END), (start, end), "range")

    def _edge(self) -> bool:
        """first 3s, last half, middle 2s, 3s off the end, the opening"""
        mark = self._mark(0)
        if mark in _EDGES:
            amount = self._amount(1) if not self._names_moment(1) else None
            going_on = (
                _NOT_AT_AN_EDGE | _NOT_AT_A_PLACE if mark in (When.START, When.END) else _NOT_AT_AN_EDGE
            )
            # 中间2秒到3秒: a range that lies somewhere in between.
            ranged = mark is When.MIDDLE and self._mark(2) is When.TO and self._time(3) is not None
            if amount is not None and self._mark(2) not in going_on and not ranged:
                return self._take(2, self._edge_span(mark, amount), str(mark))
            return False
        if self._ordinal(0) == 2 and self._mark_fraction(1) == 1 / 2:
            return self._take(2, (self.total // 2, self.total), "tail")
        amount = self._amount(0) if not self._names_moment(0) else None
        after = 2 if self._mark(1) in (When.OFF, When.FROM, When.AT) else 1
        edge = self._mark(after)
        if amount is not None and self._mark(-1) not in (When.FROM, When.BETWEEN, When.TO, When.AT):
            if edge in (When.START, When.MIDDLE, When.END) and after == 2:
                return self._take(3, self._edge_span(edge, amount), str(edge))
            if edge in (When.START, When.END) and self._token(0).kind is Kind.TIME:
                return self._take(2, self._edge_span(edge, amount), str(edge))
        return False

    def _range(self) -> bool:
        """from 2s to 5s, between 2 and 5 seconds, 0:02-0:05, 3秒到5秒"""
        skip = 1 if self._mark(0) in (When.FROM, When.BETWEEN, When.AT, When.TO) else 0
        joint = self._mark(skip + 1)
        both = 1 if joint is Join.AND and self._mark(skip + 2) is When.TO else 0
        start, end = self._moment_at(skip), self._moment_at(skip + 2 + both)
        joined = (
            joint is When.TO
            or both
            or (joint is Join.AND and (self._mark(0) is When.BETWEEN or self._closes(skip)))
        )
        if start is None or end is None or not joined:
            return False
        return self._take(skip + 3 + both, (start, end), "range")

    def _in_and_out(self) -> bool:
        """in at 1s, out at 4s"""
        joined = 1 if self._mark(3) is Join.AND else 0
        marks = [self._mark(n) for n in (0, 1, 3 + joined, 4 + joined)]
        if marks != [Particle.IN, When.AT, Particle.OUT, When.AT]:
            return False
        start, end = self._time(2), self._time(5 + joined)
        return start is not None and end is not None and self._take(6 + joined, (start, end), "range")

    def _side(self) -> bool:
        """from 5s on, after 5s, before 5s, 5秒之后"""
        mark, moment = self._mark(0), self._moment_at(1)
        if mark in (When.FROM, When.AFTER) and moment is not None and not self._only_names_an_edge(mark, 1):
            more = 1 if self._mark(2) in (When.TO, When.AFTER, When.START) else 0
            if self._mark(2 + more) in (When.FIRST, When.LAST) and self._amount(3 + more) is None:
                return self._take_side(3 + more, moment)
            more += 1 if more and self._mark(3) is When.END else 0
            return self._take(2 + more, (moment, self.total), "after")
        if mark is When.BEFORE and moment is not None:
            return self._take(2, (0, moment), "before")
        if (
            mark is When.AT
            and moment is not None
            and self._mark(2) in (When.BEFORE, When.AFTER)
            and not self._there(3)
        ):
            # "it begins at 0:02, throw away what comes before"
            span, kind = (
                ((0, moment), "before") if self._mark(2) is When.BEFORE else ((moment, self.total), "after")
            )
            return self._take(3, span, kind)
        moment = self._moment_at(0)
        if moment is not None and self._token(0).kind is not Kind.CONCEPT:
            if self._mark(1) is When.AFTER:
                return self._take(2, (moment, self.total), "after")
            if self._mark(1) is When.BEFORE:
                return self._take(2, (0, moment), "before")
        return False

    def _take_side(self, count: int, moment: int) -> bool:
        """从第4秒开始，前面的: the moment parts the timeline, and one side of it is meant."""
        if self._mark(count - 1) is When.FIRST:
            return self._take(count, (0, moment), "before")
        return self._take(count, (moment, self.total), "after")

    def _moment(self) -> bool:
        """at 5s, 2 seconds in, 第3秒处, in the middle, at the end"""
        mark = self._mark(0)
        if mark is When.TO and (length := self._time(1)) is not None:
            self.to = length
            return self._skip(2)
        if mark in (When.AT, When.FROM) and (moment := self._moment_at(1)) is not None:
            self.moment = moment
            self.moments.append(moment)
            self._skip(2)
            while self._mark(0) is Join.AND and (further := self._time(1)) is not None:
                self.moments.append(further)
                self._skip(2)
            return True
        inside = self._mark(1) is Particle.IN and self._mark(2) is None
        # 第3秒处; but "one second at every cut" is a length.
        placed = self._mark(1) is When.AT and not self._token(1).text.isascii()
        if self._time(0) is not None and (placed or inside):
            self.moment = self._time(0)
            return self._skip(2)
        both = self._names_moment(2) or self._mark(3) is When.AT
        if self._time(0) is not None and self._mark(1) is Join.AND and both and self._time(2) is not None:
            self.moment, further = self._time(0), self._time(2)  # 第3秒和第6秒
            self.moments += [at for at in (self.moment, further) if at is not None and at not in self.moments]
            return self._skip(2)
        if self._names_moment(0):
            self.moment = self._time(0)
            return self._skip(2 if self._mark(1) in (When.START, When.END) else 1)  # 第8秒开始
        if mark in (When.START, When.MIDDLE, When.END):
            self.moment = self._moment_at(0)
            return self._skip(1)
        return False

    def _length(self) -> bool:
        if (length := self._time(0)) is None:
            return False
        self.length = length
        return self._skip(1)

    def _take(self, count: int, span: tuple[int, int], kind: str) -> bool:
        names = {"When.FIRST": "head", "When.START": "head", "When.LAST": "tail", "When.END": "tail"}
        self.spans.append(span)
        self.kind = names.get(kind, "middle" if kind == "When.MIDDLE" else kind)
        return self._skip(count)

    def _skip(self, count: int) -> bool:
        self.at += count
        return True
