"""People who put themselves right: "cut the first 3, no, 4 seconds", "make it square, no actually, vertical"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..tongues import every
from .concepts import Do, Filler, Join
from .tokens import Kind, Token

_TAKES_BACK = re.compile(rf"\s*(?:{'|'.join(every('sentences', 'TAKES_BACK'))})", re.IGNORECASE)
_DISMISSES = re.compile(rf"\s*(?:{'|'.join(every('sentences', 'DISMISSES'))})[\s.!。！，]*", re.IGNORECASE)
# A correction only where something of the same kind stands on both sides.
_BARE = frozenset().union(*every("sentences", "BARE_CORRECTIONS"))
# What a bare number is worth as each kind of amount: "set it to 30%", "no, 60".
_AS_AMOUNT: dict[Kind, Callable[[float], float]] = {
    Kind.TIME: lambda number: round(number * 1000),
    Kind.PERCENT: lambda number: number / 100,
    Kind.FACTOR: float,
    Kind.DECIBEL: float,
    Kind.DEGREES: float,
}


_NARROWING = frozenset().union(*every("sentences", "NARROWING"))
_A_NAME = 1000  # no amount is that large


def takes_back(text: str) -> bool:
    """Whether a message puts the one before right.

    >>> takes_back("no, the first 3 seconds"), takes_back("不对，前三秒"), takes_back("not bad")
    (True, True, False)
    """
    return _TAKES_BACK.match(text) is not None


def dismisses(text: str) -> bool:
    """Whether what was asked about is wanted no more: "never mind", 算了."""
    return _DISMISSES.fullmatch(text) is not None


def corrected(tokens: Sequence[Token]) -> list[Token]:
    """The tokens as they were meant in the end.

    What comes after the word of correction takes the place of what is like it before, token by token: a value that
    of a value, a whole wish that of the wish before.
    """
    kept: list[Token] = []
    held: list[Token] = []  # what goes on after the part that is put right: "make b.mp4 sepia, no, c.mp4"
    parted = False  # whether breaks are passed over: those after a correction part nothing
    tokens = list(tokens)
    for number, (after, meant) in enumerate(zip([*tokens[1:], None], _next_meant(tokens), strict=False)):
        token = tokens[number]
        if not kept and token.text.lower() == "make that":  # nothing was said yet that could be put right
            token = replace(token, value=Do.SET)
        if held and (token.kind is Kind.BREAK or token.value is Join.THEN) and not parted:
            kept, held = kept + held, []
        place = _taken_back(kept, meant) if after and meant and _corrects(token, kept, after) else None
        if place is not None and kept[place].value is Do.UNDO and _only_a_part(tokens[number + 1 :]):
            del kept[place + 1 :]  # "undo that, no, only the fade"
        elif place is not None:
            held = _going_on(kept[place:], tokens, number + 1)
            del kept[place:]
        elif not (parted and _parts_nothing(token)):
            kept.append(token)
        parted = place is not None or (parted and _parts_nothing(token))
    return kept + held


def _only_a_part(after: Sequence[Token]) -> bool:
    """Whether what comes after a word of correction only narrows what was said before."""
    first = next((token for token in after if not _parts_nothing(token)), None)
    return first is not None and first.text.lower().split()[0] in _NARROWING


def _parts_nothing(token: Token) -> bool:
    """What may stand after a word of correction: a comma, or another one, as in "actually no, make that 6"."""
    return token.kind is Kind.BREAK or token.value is Filler.CORRECTION


def _going_on(old: Sequence[Token], tokens: list[Token], start: int) -> list[Token]:
    """What of the old tokens comes after those that the new ones, from `start` on, stand for; nothing where it means
    nothing. A bare number among the new becomes the amount that it stands for."""
    at = 0
    for place in range(start, len(tokens)):
        token = tokens[place]
        if _passed(token):
            continue
        while at < len(old) and _passed(old[at]):
            at += 1
        if at == len(old) or not _alike(old[at], token):
            break
        if token.kind is Kind.NUMBER and (amount := _AS_AMOUNT.get(old[at].kind)):
            tokens[place] = replace(token, kind=old[at].kind, value=amount(token.value))
        at += 1
    left = list(old[at:])
    while left and _passed(left[-1]):
        left.pop()
    return left if any(not _passed(token) for token in left) else []


def _next_meant(tokens: Sequence[Token]) -> list[Token | None]:
    """For each token the first after it that means something."""
    found: list[Token | None] = []
    meant: Token | None = None
    for token in reversed(tokens):
        found.append(meant)
        meant = meant if _passed(token) else token
    return found[::-1]


def _passed(token: Token) -> bool:
    return token.kind is Kind.BREAK or token.value in (Filler.WORD, Filler.CORRECTION)


def _corrects(token: Token, before: Sequence[Token], after: Token) -> bool:
    if token.value is Filler.CORRECTION:
        return True
    interjected = bool(before) and before[-1].kind is Kind.BREAK and token.text.lower() in _BARE
    return interjected and after.kind not in (Kind.CONCEPT, Kind.WORD)


def _taken_back(before: Sequence[Token], after: Token) -> int | None:
    """From where on what was said is taken back; None where nothing is like what comes after."""
    places = (n for n in reversed(range(len(before))) if _alike(before[n], after))
    return next(places, None)


def _alike(one: Token, other: Token) -> bool:
    if one.kind is Kind.CONCEPT or other.kind is Kind.CONCEPT:
        return type(one.value) is type(other.value) and not isinstance(one.value, (Filler, Join))
    if Kind.NUMBER in (one.kind, other.kind):
        numbers = [token.value for token in (one, other) if token.kind is Kind.NUMBER]
        if len(numbers) == 1 and numbers[0] >= _A_NAME:
            return False  # "make 2042 slower, no, 70 percent", of IMG_2042.mp4
        return {one.kind, other.kind} <= {Kind.NUMBER, *_AS_AMOUNT}
    return one.kind is other.kind is not Kind.BREAK
