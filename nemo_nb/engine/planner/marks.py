"""Which words of a clause have to do with time, and stand where they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ...language import Degree, Do, Filler, Join, Kind, Look, Particle, Thing, Token, When

FRACTIONS = {Degree.HALF: 1 / 2, Degree.THIRD: 1 / 3, Degree.QUARTER: 1 / 4}
# An end that is taken hold of: where it goes is said, and it is no moment itself.
HANDLES = frozenset(
    {"right edge", "left edge", "right handle", "left handle", "in point", "out point", "right-hand edge",
     "left-hand edge"}
)  # fmt: skip
_JOINING = ("到", "至", "too")  # the last is a slip for "to"
_MARKS = frozenset(When) | {Join.AND, Thing.REST}
_MANNERS = frozenset({Do.SLOWER, Do.FASTER, Do.REVERSE, *Look})


def time_marks(tokens: Sequence[Token]) -> list[Token]:
    """The times, the words that place them, and what nothing may be read across, in their order."""
    tokens = _with_verbs(_with_joints(tokens))
    around = zip([None, *tokens], tokens, [*tokens[1:], None], strict=False)
    return [
        token
        for number, (before, token, after) in enumerate(around, 1)
        if _matters(before, token, after) and not (token.value is When.FROM and _names(tokens[number:]))
    ]


def _names(tokens: Sequence[Token]) -> bool:
    """ "From the photos, 4 s each": what comes next is a thing and no time."""
    thing = next((token for token in tokens if token.value is not Filler.WORD), None)
    return thing is not None and (thing.kind is Kind.FILE or thing.value is Thing.IMAGE)


def _with_joints(tokens: Sequence[Token]) -> list[Token]:
    """从第2秒放到第8秒: a verb that ends in the word for "to" joins two times like that word alone."""
    times = [index for index, token in enumerate(tokens) if token.kind is Kind.TIME]
    joints = {
        b - 1 for a, b in pairwise(times) if b - a > 1 and tokens[b - 1].text.lower().endswith(_JOINING)
    }
    return [
        replace(t, kind=Kind.CONCEPT, value=When.TO) if index in joints else t
        for index, t in enumerate(tokens)
    ]


def _with_verbs(tokens: Sequence[Token]) -> list[Token]:
    """ "Make it last 5 seconds", "make the title last 5 seconds": how long something is to be, and not its end."""
    if not any(token.value is Do.SET for token in tokens):
        return list(tokens)
    triples = zip([None, *tokens], tokens, [*tokens[1:], None], strict=False)
    return [
        replace(token, value=When.TO) if before and after and _lasts(before, token, after) else token
        for before, token, after in triples
    ]


def _lasts(before: Token, token: Token, after: Token) -> bool:
    owned = before.text.lower() == "its" or before.text.lower().endswith("'s")
    named = isinstance(before.value, Thing) or before.value in (Do.SET, When.EACH)
    named = named or before.kind in (Kind.FILE, Kind.TIME)  # "make 0:05-0:10 last 2 seconds"
    return named and not owned and token.text.lower() == "last" and after.kind is Kind.TIME


def _matters(before: Token | None, token: Token, after: Token | None) -> bool:
    """Whether a token says something about time, or stands in the way of what would be read across it."""
    if token.text.lower() in HANDLES:
        return False
    if token.text.lower() == "back" and after is not None and after.value is When.TO:
        return False  # "back to the 6 second mark"
    if token.kind is Kind.WORD:
        return True  # "at the beach in 2 takes": what nobody understood may be what the time belongs to
    if token.value in (Particle.IN, Particle.OUT) and after is not None and after.value is When.AT:
        return True
    if token.value is Particle.IN:
        # "2 seconds in", but not "for 2 s in yellow", "the last 2 seconds in slow motion"
        how = after is not None and (after.kind is Kind.COLOUR or after.value in _MANNERS)
        return before is not None and before.kind is Kind.TIME and not how
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


def _counted(token: Token) -> bool:
    """Whether a number right before it counts things and no seconds."""
    return isinstance(token.value, Thing) or (token.kind is Kind.WORD and token.text.isascii())
