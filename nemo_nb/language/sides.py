"""What a stretch of a sentence says, up to a pause: whether it wishes, declines, enumerates, or only names.

Each question looks at the tokens on one side of a joint.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from ..tongues import every
from .concepts import Ask, Beyond, Blend, Degree, Do, Filler, Join, Look, Particle, Shape, Thing, When, Where
from .pairs import paced
from .tokens import Kind, Token

ENDS = frozenset(".!?;\n。！？；…")
PAUSES = frozenset(",，、:：()")
NAMED = frozenset({Kind.QUOTED, Kind.FILE})
_ANY_BREAK = ENDS | PAUSES
# Verbs that often stand beside another one ("make it faster", "turn … upside down") and begin nothing by themselves.
_LIGHT = frozenset({Do.SAY, Do.PLAY, Do.COUNTERCLOCKWISE, Do.SHOW})
_PLACES = frozenset({When.START, When.END, When.FIRST, When.LAST})
_SPEEDS = tuple(word for words in every("sentences", "SPEEDS") for word in words)
_STOPS = ("stop", "end", "finish")
_EDGE_VERBS = ("start", "begin", "end", "finish")
_SOUNDS = {Thing.MUSIC: Thing.MUSIC, Thing.SOUND: Thing.SOUND, Thing.VIDEO: Thing.SOUND}
_AMOUNTS = frozenset({Kind.PERCENT, Kind.DECIBEL, Kind.NUMBER})


def until_next_break(tokens: Sequence[Token]) -> Sequence[Token]:
    for index, token in enumerate(tokens):
        if (token.kind is Kind.BREAK and token.value in _ANY_BREAK) or token.value is Join.THEN:
            return tokens[:index]
    return tokens


def acts(token: Token) -> bool:
    if token.kind is not Kind.CONCEPT:
        return token.kind is Kind.RATIO
    if isinstance(token.value, Do):
        return token.value not in _LIGHT
    return isinstance(token.value, (Look, Shape, Blend, Beyond))


def without_verb(tokens: Sequence[Token]) -> bool:
    """ "Logo top left", "b.mp4 to the front", "music down to 25%": a wish, though nothing acts."""
    values = {token.value for token in tokens if token.kind is Kind.CONCEPT}
    goes = any(token.kind is Kind.FILE for token in tokens) and When.TO in values and values & _PLACES
    hurried = Thing.SPEED in values and values & {Degree.HALF, Degree.DOUBLE}
    laid = Thing.MUSIC in values and Where.BOTTOM in values  # "song underneath"
    if laid or only_part(tokens) or _left_out(tokens):
        return True
    starts = any(token.value is When.FROM and token.text.lower().startswith("start") for token in tokens)
    if starts and any(token.value is When.TO and token.text.lower().startswith(_STOPS) for token in tokens):
        return True  # "start at 0:03, stop at 0:09"
    return placed_logo(tokens) or bool(goes) or bool(hurried) or bool(levels(tokens))


def _left_out(tokens: Sequence[Token]) -> bool:
    """ "First 3 seconds out" """
    triples = zip(tokens, tokens[1:], tokens[2:], strict=False)
    return any(
        a.value in (When.FIRST, When.LAST) and b.kind is Kind.TIME and c.value is Particle.OUT
        for a, b, c in triples
    )


def only_part(tokens: Sequence[Token]) -> bool:
    """ "Only the first 6 seconds" """
    alone = any(token.text.lower().startswith(("only", "just")) for token in tokens[:2])
    return alone and any(
        a.value in (When.FIRST, When.LAST) and b.kind is Kind.TIME for a, b in pairwise(tokens)
    )


def placed_logo(tokens: Sequence[Token]) -> bool:
    """ "Logo top left": a wish without a verb."""
    return any(t.value is Thing.LOGO for t in tokens) and any(isinstance(t.value, Where) for t in tokens)


def ordered(tokens: Sequence[Token]) -> bool:
    """ "b first, a, c": short names and a place, and nothing else."""
    meant = [token for token in tokens if token.value is not Filler.WORD]
    named = [token for token in meant if token.kind is Kind.FILE or short_name(token)]
    placed = [token for token in meant if token.value in (When.FIRST, When.LAST)]
    return len(named) > 1 and bool(placed) and len(named) + len(placed) == len(meant)


def short_name(token: Token) -> bool:
    """One or two letters are the short name of a clip: "mute a and c"."""
    return token.kind is Kind.WORD and len(token.text) <= 2 and token.text.isascii()


def plays(rest: Sequence[Token]) -> bool:
    """ "Run the video at 2x", "play it at half speed" """
    first = next((token for token in rest if token.value is not Filler.WORD), None)
    return first is not None and first.value in (Do.PLAY, Thing.SPEED) and paced(rest)


def names_speed(rest: Sequence[Token]) -> bool:
    """前3秒不要，2倍速: a factor that says itself what it is of."""
    return all(token.kind is Kind.FACTOR and any(word in token.text for word in _SPEEDS) for token in rest)


def levels(tokens: Sequence[Token]) -> frozenset[Any]:
    """The sounds that an amount is given for."""
    named = frozenset(_SOUNDS[token.value] for token in tokens if token.value in _SOUNDS)
    if not named:
        return named
    goal = any(a.value is When.TO and b.kind is Kind.NUMBER for a, b in pairwise(tokens))
    amounts = goal or any(token.kind in (Kind.PERCENT, Kind.DECIBEL) for token in tokens)
    return named if amounts or states_volume(tokens) else frozenset()  # "the music twice as loud"


def states_volume(tokens: Sequence[Token]) -> bool:
    amounts = any(token.kind in _AMOUNTS or isinstance(token.value, Degree) for token in tokens)
    return amounts and any(token.value is Thing.VOLUME for token in tokens)


def looks_alone(before: Sequence[Token]) -> bool:
    """Whether a look or a shape is wished for, and nothing else."""
    acting = [token.value for token in before if acts(token) and token.value is not Do.SET]
    return bool(acting) and all(isinstance(value, (Look, Shape)) for value in acting)


def declined(rest: Sequence[Token]) -> bool:
    """ "don't cut anything", 别动音乐: what is not to be done."""
    meant = [token.value for token in rest if token.value not in (Filler.WORD, Join.AND)][:2]
    return len(meant) == 2 and meant[0] is Filler.NOT and isinstance(meant[1], Do)


def asks_to_be_told(rest: Sequence[Token]) -> bool:
    """ "… and tell me how long it is" """
    first = [token.value for token in rest if token.value is not Filler.WORD][:2]
    return len(first) == 2 and first[0] is Do.SHOW and isinstance(first[1], Ask)


def of_something_else(tokens: Sequence[Token]) -> bool:
    """Whether it is about something else than the video, which a start and an end may be of."""
    return any(t.kind in NAMED or t.value in (Thing.TITLE, Thing.CAPTIONS, Thing.MUSIC) for t in tokens)


def sets_an_edge(rest: Sequence[Token]) -> bool:
    """ "… and start it at 0:05", "… and end the music at 8s": a verb that is a place elsewhere."""
    if rest[0].value not in (When.START, When.END) or rest[0].text.lower() not in _EDGE_VERBS:
        return False
    meant = [token for token in rest[1:] if token.value is not Filler.WORD]
    named = bool(meant) and isinstance(meant[0].value, Thing)
    return named and any(token.kind is Kind.TIME for token in meant)


def foreign(tokens: Sequence[Token]) -> bool:
    """Words that nobody knows and nothing else: a wish of its own, so that it is named and not passed over."""
    known = [token for token in tokens if token.kind is not Kind.WORD and token.value is not Filler.WORD]
    return not known and any(token.kind is Kind.WORD and not short_name(token) for token in tokens)


def awaits_words(before: Sequence[Token]) -> bool:
    """ "saying …", "put my name, …": what comes is the text that is to be shown."""
    quoted = any(token.kind is Kind.QUOTED for token in before)
    said = any(token.value is Do.SAY for token in before)
    return said or (not quoted and bool(before) and before[-1].value in (Thing.TITLE, Thing.CAPTIONS))
