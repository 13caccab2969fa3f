"""Amounts that are taken from what is there already: "50% louder", "slower by a quarter", 小声20%."""

from __future__ import annotations

from itertools import pairwise

from ...language import Clause, Degree, Filler, Kind, When

_TO_AMOUNT = {"降到", "降低到", "减到", "调到", "提高到"}
_EDGES = (When.FIRST, When.LAST)
_SHARES = {Degree.HALF: 1 / 2, Degree.THIRD: 1 / 3, Degree.QUARTER: 1 / 4}


def scaled(clause: Clause, now: float, *, up: bool, down: bool) -> float | None:
    """What `now` becomes by the percentage or the share that the clause gives; None where it gives none.

    With a direction a percentage is a difference ("20% quieter": four fifths), unless it is named as the goal
    ("down to 20%"); without one it is the goal itself.
    """
    percent = clause.value(Kind.PERCENT)
    if percent is not None:
        return _by(now, percent, up=up) if (up or down) and not is_goal(clause) else float(percent)
    share = _share(clause)
    if share is not None:
        less = down and clause.has(When.BY)
        return _by(now, _SHARES[share], up=up) if up or less else now * _SHARES[share]
    if clause.has(Degree.DOUBLE):
        return now / 2 if down else now * 2
    return None


def _share(clause: Clause) -> Degree | None:
    """The share that is an amount; in "the second half" it is a stretch of time."""
    for before, token in pairwise([None, *clause.tokens]):
        if token is not None and token.value in _SHARES:
            counted = before is not None and (before.kind is Kind.ORDINAL or before.value in _EDGES)
            if not counted or token.text.lower().startswith(("at ", "by ", "in ")):
                return Degree(token.value)
    return None


def against(wanted: float, now: float, *, up: bool, down: bool) -> bool:
    """Whether an amount goes the other way than the words: "louder, at 10%"."""
    return (up and wanted < now) or (down and wanted > now)


def _by(now: float, share: float, *, up: bool) -> float:
    return now * (1 + share if up else max(0.0, 1 - share))


def is_goal(clause: Clause) -> bool:
    """ "to 20%", "at 20%", 降到20%, "quieter, 20%": what stands right before it says that it is what shall be."""
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    for before, token in pairwise(meant):
        if token.kind is Kind.PERCENT:
            offset = clause.start
            apart = set(clause.text[before.end - offset : token.start - offset]) & set(",，")
            return before.value in (When.TO, When.AT) or before.text in _TO_AMOUNT or bool(apart)
    return False
