"""From tokens to clauses: the single wishes of a request.

A sentence end and words like *then* always part two clauses. A comma and *and* do so only where a new
wish begins after them, or something that nobody understands: "cut the first 2 and the last 3 seconds"
is one wish, "rotate it and mute it" are two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ..tongues import every
from .concepts import Concept, Join, When
from .corrections import corrected
from .detect import Language, detect_language
from .sides import ENDS
from .tokens import Kind, Token, tokenize
from .wishes import carried_on, completed, inherited, new_wish, only_a_name, parts, wishes

_T = TypeVar("_T")

_ONLY_GOES_ON = frozenset().union(*every("sentences", "ONLY_GOES_ON"))
_FAR = 40  # tokens to look ahead for the next wish
_LONGEST = 100  # no wish has more tokens


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """One wish: its text in the original and its tokens. `asked`: it ended in a question mark.

    Each is equal to itself alone, so that what was read from it can be remembered.
    """

    text: str
    tokens: tuple[Token, ...]
    asked: bool = False

    @property
    def start(self) -> int:
        """Where the clause starts in the request."""
        return min(token.start for token in self.tokens)

    @property
    def end(self) -> int:
        return max(token.end for token in self.tokens)

    def has(self, *concepts: Concept) -> bool:
        """Whether any of the concepts occurs."""
        return any(token.value in concepts for token in self.tokens if token.kind is Kind.CONCEPT)

    def first(self, *concepts: Concept) -> Concept | None:
        """The first of these concepts that occurs."""
        return next((c for c in self.concepts if c in concepts), None)

    def of(self, group: type[_T]) -> list[_T]:
        """The concepts of one group, in order."""
        return [concept for concept in self.concepts if isinstance(concept, group)]

    @property
    def concepts(self) -> list[Concept]:
        return [token.value for token in self.tokens if token.kind is Kind.CONCEPT]

    def values(self, *kinds: Kind) -> list[Any]:
        """The values of the tokens of some kinds, in order."""
        return [token.value for token in self.tokens if token.kind in kinds]

    def value(self, *kinds: Kind) -> Any:
        """The first of them, or None."""
        return next(iter(self.values(*kinds)), None)

    @property
    def unknown(self) -> list[str]:
        """The words that are in no lexicon."""
        return [token.text for token in self.tokens if token.kind is Kind.WORD]


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wrote, taken apart."""

    text: str
    language: Language
    clauses: tuple[Clause, ...]


def parse(text: str, names: Sequence[str] = (), language: Language | None = None) -> Request:
    """The request that a text makes. `names` are the files that are known: they are found in it whole.

    Any text is a request; an empty one has no clauses.
    """
    spoken = language or detect_language(text)
    tokens = corrected(tokenize(text, spoken, names))
    return Request(text, spoken, tuple(_clauses(text, tokens)))


def _clauses(text: str, tokens: Sequence[Token]) -> Iterable[Clause]:
    held: list[Token] = []
    for index, token in enumerate(tokens):
        rest = tokens[index + 1 : index + 1 + _FAR]
        if token.kind is Kind.BREAK and token.value in ".。" and completed(held, rest):
            continue
        if token.kind is Kind.BREAK and token.value in ENDS:
            yield from _clause(text, held, asked=token.value in "?？")
            held = []
        elif token.value is Join.THEN and held and not wishes(held):
            continue  # 标题再大一点: nothing is done before it, so nothing comes after
        elif token.value is Join.THEN and token.text in _ONLY_GOES_ON and held and held[-1].value is When.AT:
            continue  # 放到4秒的时候再让音乐进来
        elif token.value is Join.THEN and only_a_name(rest):
            continue  # "put b first, then c, then a"
        elif token.value is Join.THEN and not rest:
            held.append(token)  # "from each clip to the next"
        elif token.value is Join.THEN:
            yield from _clause(text, held, asked=False)
            held = carried_on(held, rest) or inherited(held, rest)
        elif parts(token) and new_wish(held[-_FAR:], rest):
            yield from _clause(text, held, asked=False)
            held = inherited(held, rest)
        elif len(held) >= _LONGEST:
            yield from _clause(text, held, asked=False)
            held = [token]
        elif token.kind is not Kind.BREAK:
            held.append(token)
    yield from _clause(text, held, asked=False)


def _clause(text: str, tokens: Sequence[Token], *, asked: bool) -> Iterable[Clause]:
    if tokens:
        yield Clause(text[min(t.start for t in tokens) : max(t.end for t in tokens)], tuple(tokens), asked)
