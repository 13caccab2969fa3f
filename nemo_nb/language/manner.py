"""How a clause is meant: as a question, as a wish not to do something, as mere politeness."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..tongues import every, table
from .clauses import Clause
from .concepts import (
    Ask,
    Beyond,
    Blend,
    Concept,
    Degree,
    Do,
    Filler,
    Join,
    Look,
    Particle,
    Shape,
    Thing,
    When,
    Where,
)
from .detect import Language
from .tokens import Kind, Token

_NAMED = frozenset({Kind.QUOTED, Kind.FILE})
_FADES = frozenset({Do.FADE, Do.FADE_IN, Do.FADE_OUT, Do.TO_BLACK, Do.FROM_BLACK, Do.SLIDESHOW})
_CONTRASTING = frozenset().union(*every("sentences", "CONTRASTING"))
_MEASURES = frozenset(
    {Kind.TIME, Kind.NUMBER, Kind.PERCENT, Kind.FACTOR, Kind.COLOUR, Kind.RATIO, Kind.ORDINAL, Kind.DEGREES}
)
# Words that a sentence can't end in: something was to come.
_DANGLING = frozenset().union(*every("sentences", "DANGLING"))
_ASKING = (Ask.WHAT, Ask.WHERE, Ask.WHEN, Ask.HOW, Ask.HOW_LONG, Ask.HOW_MANY, Ask.WHICH)


def asks(clause: Clause, language: Language) -> bool:
    """Whether a clause wants to know something rather than to have it done."""
    if clause.has(Ask.ABILITIES):
        return True
    if clause.values(Kind.QUOTED) and clause.has(Do.ADD, Do.PUT) and not clause.asked:
        return False  # "write “Next day” where the cut is"
    concepts = clause.concepts
    judged = any(token.text.lower().startswith("too ") for token in clause.tokens)
    if clause.asked and judged and concepts and concepts[0] is Ask.WHETHER:
        return True  # "is it too fast?"
    if not clause.has(*_ASKING):
        acts = any(isinstance(concept, (Do, Shape, Look, Beyond)) for concept in concepts)
        state = (
            bool(concepts) and concepts[0] is Ask.WHETHER and not clause.of(Do)
        )  # "is it black and white?"
        return clause.asked and clause.has(Ask.WHETHER) and (not acts or state or _told(clause))
    # English asks first ("what is …"); Chinese asks anywhere (…是什么).
    first = table(language, "sentences").ASKS_FIRST
    early = any(isinstance(concept, Ask) for concept in concepts[:3])
    early = early or any(
        a is Do.SHOW and isinstance(b, Ask) for a, b in pairwise(concepts)
    )  # "tell me how …"
    # "take out what's between 0:03 and 0:05": what names a thing asks for nothing.
    deeds = [concept for concept in _before_asking(concepts) if isinstance(concept, (Do, Blend))]
    told = bool(deeds) and deeds[-1] not in (Do.SHOW, Do.SAY)
    return clause.asked or not first or (early and not told)


def _before_asking(concepts: Sequence[Concept]) -> Sequence[Concept]:
    return concepts[: next(n for n, concept in enumerate(concepts) if concept in _ASKING)]


def _told(clause: Clause) -> bool:
    """ "Is it muted?", "was it cropped?", "is the sound on?": a state, nothing to be done."""
    deeds = [token for token in clause.tokens if isinstance(token.value, Do)]
    return bool(deeds) and all(t.text.lower().endswith("ed") or t.value is Do.UNMUTE for t in deeds)


def declines(clause: Clause) -> bool:
    """Whether a clause says not to do something: "don't mute it", 先别导出."""
    if not clause.has(Filler.NOT):
        return False
    at = next(number for number, token in enumerate(clause.tokens) if token.value is Filler.NOT)
    negation, after = clause.tokens[at], clause.tokens[at + 1 :]
    paused = clause.text[negation.end - clause.start :].lstrip()[:1] in (",", "，")  # 不要，砍了
    meant = [token.value for token in after if token.value is not Filler.WORD]
    # "no music, take it off"
    thing = negation.text.lower() == "no" and isinstance(next(iter(meant), None), Thing)
    return not (paused or thing) and any(isinstance(value, Do) for value in meant)


def rejects(clause: Clause) -> bool:
    """Whether something is not wanted, or no longer: "remove it", "no title", 标题不要了; not "not at the start"."""
    if clause.has(Do.CUT):  # but not "cut the title to 2 seconds", "cut the logo in half"
        return not (clause.has(Degree.HALF) or (clause.has(When.TO) and clause.values(Kind.TIME)))
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    triples = zip([None, *meant], meant, [*meant[1:], None], strict=False)
    amounts = (Kind.TIME, Kind.DECIBEL, Kind.PERCENT, Kind.NUMBER)
    if clause.has(When.OFF) and not (clause.of(Do) or clause.values(*amounts)):
        return any(map(_names, meant))  # "transitions off"
    return any(
        token.value is Filler.NOT
        and (_names(after) or (_names(before) and (after is None or not token.text.isascii())))
        for before, token, after in triples
    )


def _names(token: Token | None) -> bool:
    return token is not None and (
        token.kind in _NAMED or isinstance(token.value, (Thing, Look, Blend)) or token.value in _FADES
    )


def _passed(token: Token) -> bool:
    return token.value in (Filler.WORD, Join.AND)


def _contrasts(token: Token, rest: Sequence[Token]) -> bool:
    """Whether a "not" is about a place, a time or an amount, and so about nothing that is to be done."""
    if token.value is not Filler.NOT or token.text.lower() not in _CONTRASTING:
        return False
    kinds = {other.kind for other in rest}
    placed = any(isinstance(other.value, (Where, When)) for other in rest)
    acts = any(isinstance(other.value, (Do, Thing)) and other.value is not Thing.IT for other in rest)
    return not acts and not kinds & _NAMED and (placed or bool(kinds & _MEASURES))


def unfinished(clause: Clause) -> bool:
    """Whether a wish breaks off: "cut it from", "and then in the second half I want"; not "… is the part I want"."""
    last = clause.tokens[-1]
    named = any(token.text.lower() in ("is", "are", "that's", "what") for token in clause.tokens)
    return last.kind is Kind.CONCEPT and last.text.lower() in _DANGLING and not (named or clause.asked)


def only_polite(clause: Clause) -> bool:
    """Whether nothing in it asks for anything: "please", "thank you"."""
    return all(
        token.kind is Kind.CONCEPT
        and (isinstance(token.value, Particle) or token.value in (Filler.WORD, Filler.YET, Thing.IT))
        for token in clause.tokens
    )
