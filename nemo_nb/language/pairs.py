"""Two wishes of one form, of which the second leaves out what the first has said: "b.mp4 to 2x and c.mp4 to 4x"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .concepts import Degree, Do, Filler, Thing, When, Where
from .tokens import Kind, Token

_SHARES = frozenset({Degree.HALF, Degree.THIRD, Degree.QUARTER, Degree.DOUBLE})
_AMOUNTS = frozenset({Kind.TIME, Kind.PERCENT, Kind.FACTOR, Kind.DEGREES, Kind.DECIBEL})
_PACES = frozenset({Thing.SPEED, Do.FASTER, Do.SLOWER})
_PARTS = ("half", "third", "quarter", "fifth")
# What is done to two at once, and so says nothing of each.
_TOGETHER = frozenset({Do.SHOW, Do.SWAP, Do.MERGE, Do.MOVE, Thing.ORDER, Thing.TRANSITION, When.BETWEEN})


def alike(before: Sequence[Token], rest: Sequence[Token]) -> bool:
    """ "Trim a.mp4 to 2 seconds and b.mp4 to 3", "mute the first clip, play the third at half speed": each side
    says what it is of and how much, or the second one says another speed."""
    if not (_measured(rest) or paced(rest)) or not _targets(rest):
        return False
    if any(token.value in _TOGETHER for token in (*before, *rest)):
        return False
    if not _targets(before) or _targets(before) == _targets(rest):
        return False
    return (_measured(before) and _measured(rest)) or (paced(rest) and not paced(before))


def both_paced(before: Sequence[Token], rest: Sequence[Token]) -> bool:
    """ "The first half at half speed and the second half at double speed": a stretch and a speed on each side"""
    if not all(_stretched(side) for side in (before, rest)) or not (paced(before) and _measured(before)):
        return False
    return (paced(rest) and _measured(rest)) or _scales_it(rest)


def _scales_it(tokens: Sequence[Token]) -> bool:
    """ "… and halve it from 0:12 to 0:14" """
    return any(
        token.value in _SHARES and after.value is Thing.IT
        for token, after in pairwise([*tokens, *tokens[-1:]])
    )


def _stretched(tokens: Sequence[Token]) -> bool:
    """Whether a stretch of the video is named: "the first 3 seconds", 后一半, "3-6s", "the rest"."""
    meant = [token for token in tokens if token.value is not Filler.WORD]
    if any(token.value is Thing.REST for token in meant):
        return True
    for token, after in pairwise(meant):
        long = after.kind is Kind.TIME or after.value in _SHARES
        if long and (token.value in (When.FIRST, When.LAST, When.TO) or token.kind is Kind.ORDINAL):
            return True
    return False


def both_moved(before: Sequence[Token], rest: Sequence[Token]) -> bool:
    """ "Put b.mp4 at the start and c.mp4 at the end" """
    edges = (When.START, When.END, When.FIRST, When.LAST)
    return all(
        sum(token.kind is Kind.FILE for token in side) == 1 and any(token.value in edges for token in side)
        for side in (before, rest)
    ) and not any(token.kind in _AMOUNTS for token in (*before, *rest))


def both_placed(before: Sequence[Token], rest: Sequence[Token]) -> bool:
    """ "“One” at 0:00 and “Two” at 0:05": each text has a time or a place of its own."""
    placed = all(
        any(t.kind is Kind.TIME or isinstance(t.value, Where) for t in side) for side in (before, rest)
    )
    return placed and not any(token.value in (Do.CHANGE, Do.SET, Do.CUT) for token in before)


def _targets(tokens: Sequence[Token]) -> frozenset[object]:
    """The clips that are named: by file, by number, as the first, the last, or the rest."""
    meant = [token for token in tokens if token.value is not Filler.WORD]
    named = {token.value for token in meant if token.kind is Kind.FILE or token.value is Thing.REST}
    for token, after in pairwise([*meant, None]):
        clip = after is not None and after.value is Thing.CLIP
        if token is None:
            continue
        part = after is not None and after.text.lower() in _PARTS  # "the second half"
        if (token.kind is Kind.ORDINAL and not part) or (token.value in (When.FIRST, When.LAST) and clip):
            named.add(token.value)
    return frozenset(named)


def _measured(tokens: Sequence[Token]) -> bool:
    return any(token.kind in _AMOUNTS or token.value in _SHARES for token in tokens)


def paced(tokens: Sequence[Token]) -> bool:
    """Whether a speed is spoken of."""
    return any(token.value in _PACES or token.kind is Kind.FACTOR for token in tokens)
