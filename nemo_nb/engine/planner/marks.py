"""Which tokens of a clause say something about time, and which stand in the way of what would be read across them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ...language import Degree, Join, Kind, Particle, Thing, Token, When

FRACTIONS = {Degree.HALF: 1 / 2, Degree.THIRD: 1 / 3, Degree.QUARTER: 1 / 4}
_MARKS = frozenset(When) | {Join.AND, Thing.REST}


def about_time(tokens: Sequence[Token]) -> list[Token]:
    """The times of a clause, the words that place them, and words that nobody understood."""
    tokens = _with_joints([_lasting(*near) for near in _with_neighbours(tokens)])
    return [token for before, token, after in _with_neighbours(tokens) if _matters(before, token, after)]


def _with_neighbours(tokens: Sequence[Token]) -> list[tuple[Token | None, Token, Token | None]]:
    return list(zip([None, *tokens], tokens, [*tokens[1:], None], strict=False))


def _with_joints(tokens: Sequence[Token]) -> list[Token]:
    """从第2秒放到第8秒: a Chinese verb that ends in "to" joins two times like that word alone."""
    times = [index for index, token in enumerate(tokens) if token.kind is Kind.TIME]
    joints = {b - 1 for a, b in pairwise(times) if b - a > 1 and tokens[b - 1].text.endswith(("到", "至"))}
    return [
        replace(t, kind=Kind.CONCEPT, value=When.TO) if index in joints else t
        for index, t in enumerate(tokens)
    ]


def _matters(before: Token | None, token: Token, after: Token | None) -> bool:
    """Whether a token says something about time, or stands in the way of what would be read across it."""
    if token.kind is Kind.WORD:
        return True  # "at the beach in 2 takes": what nobody understood may be what the time belongs to
    if token.value in (Particle.IN, Particle.OUT) and after is not None and after.value is When.AT:
        return True
    if token.value is Particle.IN:
        # "2 seconds in", but not "for 2 s in yellow"
        return before is not None and before.kind is Kind.TIME and not (after and after.kind is Kind.COLOUR)
    if token.value in (When.START, When.MIDDLE, When.END) and after is not None:
        chinese = token.end == after.start  # 最后一个视频, but "end the video at 8s"
        clip = after.value is Thing.CLIP or after.text.lower() == "one"
        if clip or (after.value is Thing.VIDEO and chinese):
            return False  # "the middle clip" is a clip and no moment
    if token.kind is Kind.CONCEPT:
        return token.value in _MARKS or token.value in FRACTIONS
    if token.kind is Kind.NUMBER and after is not None and _counted(after):
        return False  # two clips, two takes: not two seconds
    return token.kind in (Kind.TIME, Kind.NUMBER, Kind.PERCENT, Kind.ORDINAL)


def _lasting(before: Token | None, token: Token, after: Token | None) -> Token:
    """ "Make the title last 5 seconds" says for how long, "the last 5 seconds" when."""
    verb = token.text.lower() == "last" and before is not None and isinstance(before.value, Thing)
    timed = after is not None and after.kind is Kind.TIME
    return replace(token, value=When.FOR) if verb and timed else token


def _counted(token: Token) -> bool:
    """Whether a number right before it counts things and no seconds."""
    return isinstance(token.value, Thing) or (token.kind is Kind.WORD and token.text.isascii())
