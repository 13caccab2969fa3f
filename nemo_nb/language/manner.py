"""How a clause is meant: as a question, as a wish not to do something, as mere politeness."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .clauses import Clause
from .concepts import Ask, Beyond, Concept, Do, Filler, Look, Particle, Shape, Thing
from .detect import Language
from .tokens import Kind

_ASKING = (Ask.WHAT, Ask.WHERE, Ask.HOW, Ask.HOW_LONG, Ask.HOW_MANY, Ask.WHICH)


def asks(clause: Clause, language: Language) -> bool:
    """Whether a clause wants to know something rather than to have it done."""
    if clause.has(Ask.ABILITIES):
        return True
    concepts = clause.concepts
    if not clause.has(*_ASKING):
        acts = any(isinstance(concept, (Do, Shape, Look, Beyond)) for concept in concepts)
        state = (
            bool(concepts) and concepts[0] is Ask.WHETHER and not clause.of(Do)
        )  # "is it black and white?"
        return clause.asked and clause.has(Ask.WHETHER) and (not acts or state or _told(clause))
    # English asks first ("what is …"); Chinese asks anywhere (…是什么).
    early = any(isinstance(concept, Ask) for concept in concepts[:3])
    early = early or any(
        a is Do.SHOW and isinstance(b, Ask) for a, b in pairwise(concepts)
    )  # "tell me how …"
    # "take out what's between 0:03 and 0:05": what names a thing asks for nothing.
    deeds = [concept for concept in _before_asking(concepts) if isinstance(concept, Do)]
    told = language == "en" and bool(deeds) and deeds[-1] not in (Do.SHOW, Do.SAY)
    return clause.asked or language == "zh" or (early and not told)


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


def only_polite(clause: Clause) -> bool:
    """Whether nothing in it asks for anything: "please", "thank you"."""
    return all(
        token.kind is Kind.CONCEPT
        and (isinstance(token.value, Particle) or token.value in (Filler.WORD, Filler.YET, Thing.IT))
        for token in clause.tokens
    )
