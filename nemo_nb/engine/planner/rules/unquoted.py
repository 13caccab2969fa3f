"""The words of a text that nobody put in quotes: where they begin and where they end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ....language import Clause, Degree, Do, Filler, Kind, Particle, Thing, Token, When, Where

_EDGES = (When.START, When.MIDDLE, When.END, When.FIRST, When.LAST, Thing.ALL, Thing.VIDEO)
_LINKING = (When.FOR, When.TO, When.FROM, When.BY, When.AFTER, When.BEFORE, When.FIRST, When.LAST)
_POLITE = ("please", "pls", "plz", "thanks", "thx")


def unquoted(clause: Clause) -> tuple[str | None, Clause]:
    """The words after "saying", "title:" or "change the title to", up to where a time or a place begins.

    With the clause around them: what they mean elsewhere says nothing about where they go.
    """
    tokens = list(clause.tokens)
    start = _before_words(clause, tokens)
    if start is None or start + 1 >= len(tokens):
        return None, clause
    stops = (Kind.TIME, Kind.COLOUR, Kind.PERCENT)
    stop = len(tokens)
    for number in range(start + 2, len(tokens)):
        token = tokens[number]
        if token.kind in stops or isinstance(token.value, Where) or _begins_time(tokens[number:]):
            stop = number
            break
    ends = stop == len(tokens)
    while stop > start + 2 and _beside_words(tokens[stop - 1], ends=ends):
        stop -= 1
    first, last = tokens[start + 1], tokens[stop - 1]
    offset = clause.tokens[0].start
    words = clause.text[first.start - offset : last.end - offset].strip(" :：,，")
    around = replace(clause, tokens=(*tokens[: start + 1], *tokens[stop:]))
    return (words, around) if words else (None, clause)


def shouted(clause: Clause) -> str | None:
    """ "SALE in red in the middle": words written large, with a place, a colour or a time, and nothing to be done."""
    words = [word for word in clause.unknown if word.isupper() and len(word) > 2]
    set_out = clause.of(Where) or clause.values(Kind.COLOUR)
    named = clause.values(Kind.QUOTED, Kind.FILE) or any(isinstance(c, (Do, Thing)) for c in clause.concepts)
    plain = not (named or clause.asked)
    return " ".join(words) if words and len(words) == len(clause.unknown) and set_out and plain else None


def _begins_time(tokens: Sequence[Token]) -> bool:
    """ "at the end", "for 3 seconds"; but not "thank you *for* watching"."""
    mark = tokens[0].value
    if not isinstance(mark, When) or not tokens[0].text.isascii() or mark not in _LINKING:
        return isinstance(mark, When)
    telling = (Kind.TIME, Kind.NUMBER, Kind.PERCENT)
    edge = mark in (When.FIRST, When.LAST)
    return any(
        token.kind in telling or (not edge and (token.value in _EDGES or isinstance(token.value, Degree)))
        for token in tokens[1 : 2 if edge else 4]
    )


def _beside_words(token: Token, *, ends: bool) -> bool:
    """Whether a small word is none of the text's: before a place or a time, or mere politeness at the end."""
    if ends and token.text.isascii():
        return token.text.lower() in _POLITE
    return token.value is Filler.WORD or isinstance(token.value, Particle)


def _before_words(clause: Clause, tokens: list[Token]) -> int | None:
    """The place of the token after which the words of an unquoted text begin."""
    for number, token in enumerate(tokens[:-1]):
        follows = clause.text[token.end - clause.start :].lstrip()[:1]
        colon = (
            follows != "" and follows in ":：" and set(clause.of(Do)) <= {Do.ADD, Do.PUT}
        )  # "title: My Holiday"
        # Words that have a meaning elsewhere are still words of a title where they are written large.
        unknown = tokens[number + 1].kind is Kind.WORD or tokens[number + 1].text[:1].isupper() or colon
        if token.value is Do.SAY:
            return number
        named = clause.has(Do.ADD, Do.PUT) or colon
        if token.value in (Thing.TITLE, Thing.CAPTIONS) and named and unknown:
            return number
        if token.value in (When.TO, Do.SET) and clause.has(Do.CHANGE, Do.SET) and unknown:
            return number
    return None
