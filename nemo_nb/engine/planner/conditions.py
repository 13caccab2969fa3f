"""Moments that are named by what happens then: "when the title disappears", "as soon as the music starts"."""

from __future__ import annotations

from dataclasses import replace

from ...draft import Segment
from ...language import Clause, Do, Kind, Thing, Token, When
from .pointing import Pointing

_BEGINNING = {
    "when": When.AT, "once": When.AT, "as soon as": When.AT, "after": When.AFTER, "until": When.BEFORE,
    "till": When.BEFORE, "before": When.BEFORE,
}  # fmt: skip
_ENDING = ("end", "stop", "finish", "disappear", "vanish", "go", "gone", "over", "fade")
_STARTING = ("start", "begin", "appear", "come", "show")


def resolved(clause: Clause, scene: Pointing, pending: int | None) -> tuple[Clause | None, int | None]:
    """The clause with such a moment made into a time, or none where the moment is all of it: it is then pending, for
    the clause that comes next."""
    at = next((n for n, token in enumerate(clause.tokens) if token.text.lower() in _BEGINNING), None)
    moment = None if at is None else _moment(clause.tokens[at:], scene)
    if at is None or moment is None:
        if pending is None or clause.values(Kind.TIME):
            return clause, None
        return _at(clause, clause.tokens, clause.tokens[-1], When.AT, pending), None
    wish = clause.tokens[:at]
    if not any(isinstance(token.value, (Do, Thing)) for token in wish):
        return None, moment
    token = clause.tokens[at]
    return _at(clause, wish, token, _BEGINNING[token.text.lower()], moment), None


def _at(clause: Clause, tokens: tuple[Token, ...], beside: Token, when: When, moment: int) -> Clause:
    mark = replace(beside, kind=Kind.CONCEPT, value=when)
    return replace(clause, tokens=(*tokens, mark, replace(beside, kind=Kind.TIME, value=moment)))


def _moment(tokens: tuple[Token, ...], scene: Pointing) -> int | None:
    """When what the words tell happens; None where they tell nothing of that kind."""
    if len(tokens) < 3 or any(token.kind in (Kind.TIME, Kind.NUMBER, Kind.QUOTED) for token in tokens):
        return None
    named = next((found for token in tokens if (found := _subject(token, scene))), None)
    words = [token.text.lower() for token in tokens[1:]]
    if named is None:
        return None
    if any(word.startswith(_ENDING) for word in words):
        return named.end_ms
    return named.start_ms if any(word.startswith(_STARTING) for word in words) else None


def _subject(token: Token, scene: Pointing) -> Segment | None:
    about = {
        Thing.TITLE: scene.texts,
        Thing.CAPTIONS: scene.texts,
        Thing.MUSIC: scene.music,
        Thing.LOGO: scene.overlays,
    }
    items = about.get(token.value, ()) if isinstance(token.value, Thing) else ()
    if token.kind is Kind.FILE:
        items = tuple(item for item in scene.draft.segments if item.file.lower() == str(token.value).lower())
    return items[0] if len(items) == 1 else None
