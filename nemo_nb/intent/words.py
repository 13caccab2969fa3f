"""The words of a title that nobody put in quotes: where they begin and where they end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..language.concepts import Degree, Do, Join, Particle, Thing, When, Where
from .items import Item
from .lexicon import listed

_VALUES = ("time", "colour", "percent", "frames", "size")
_EDGES = (When.START, When.MIDDLE, When.END, When.FIRST, When.LAST, Thing.ALL, Thing.VIDEO)
_LINKING = (When.FOR, When.TO, When.FROM, When.BY, When.AFTER, When.BEFORE, When.FIRST, When.LAST)
_POLITE = listed("polite")
_TITLES = (Thing.TITLE, Thing.CAPTIONS)
_ADDING = (Do.ADD, Do.PUT, Do.WRITE)
_MAY_SAY = listed("may_say")  # people say things as well, and clips have a content
_GOES_ON = re.compile(
    r"(?:and|but|then|also|which|that)\b.{0,12}?\b(?:make|have|put|set|keep|move|fade|it|show|let|with|turn|stay|leave|use)\b"
    r"|(?:in|with) (?:big|bold|white|black|red|small|large|huge|italic|a |the )",
    re.IGNORECASE,
)


def with_words(items: Sequence[Item], text: str, *, spoken: bool = False) -> list[Item]:
    """The items, the unquoted words of a title put together as if they were quoted. `spoken`: a title was spoken of."""
    start = _begin(items, text, spoken=spoken)
    if start is None or start >= len(items):
        return list(items)
    if all(item.what in ("ask", "filler", "break") for item in items[start:]):
        return list(items)  # "what does it say", 写的是什么
    stop = _end(items, start, text)
    if stop <= start:
        return list(items)
    words = text[items[start].start : items[stop - 1].end].strip(" :：,，“”\"'")
    if not words:
        return list(items)
    found = Item(
        "quoted", words, words.lower(), items[start].start, items[stop - 1].end, frozenset({"unquoted"})
    )
    return [*items[:start], found, *items[stop:]]


def _has(items: Sequence[Item], *values: Any) -> bool:
    return any(item.value in values for item in items if item.what in ("do", "thing", "when"))


def _begin(items: Sequence[Item], text: str, *, spoken: bool) -> int | None:
    """The place of the first word."""
    quoted = any(item.what == "quoted" for item in items)
    titles = _has(items, *_TITLES)
    adds = _has(items, Do.ADD, Do.PUT, Do.WRITE)
    for place, item in enumerate(items[:-1]):
        begin = place + 1
        while begin < len(items) and items[begin].start < item.end:
            begin += 1  # "that" of "that says"
        if begin >= len(items):
            return None
        after = items[begin]
        colon = after.what == "break" and after.value in ":：" and begin + 1 < len(items)
        begin += colon
        if item.value in (Do.SAY, Do.WRITE) or (item.what == "do" and item.text.endswith((" say", " read"))):
            weak = item.text in _MAY_SAY and not (titles or adds) and not colon
            if weak or (quoted and (not titles or any(later.what == "quoted" for later in items[begin:]))):
                continue
            return None if items[begin].what == "quoted" else begin
        if after.what == "quoted" or quoted:
            continue
        if item.value in _TITLES and (
            colon or (adds and _free(after, text) and _has(items[:place], *_ADDING))
        ):
            return None if items[begin].what == "quoted" else begin
        named = item.value in _TITLES and item.text.endswith(("name", "names")) and adds
        if (
            named
            and after.what == "break"
            and after.value in ",，"
            and text[after.end :].lstrip()[:1].isupper()
        ):
            return begin + 1  # "put my name, Ada Lovelace, top right"
        if (
            item.value in (When.TO, Do.SET)
            and (titles or _has(items, Do.CHANGE) or (spoken and _only_points(items[:place])))
            and _has(items[: place + 1], Do.CHANGE, Do.SET)
            and _free(after, text)
            and not text[item.end : after.start].strip()
        ):
            return place + 1
    return None


def _only_points(items: Sequence[Item]) -> bool:
    """第一个(改成冠军之夜): which one, and nothing else."""
    return bool(items) and all(item.what in ("ordinal", "when", "mark", "filler", "break") for item in items)


def _free(item: Item, text: str) -> bool:
    """Whether a token looks like the first word of a title: unknown, or written large."""
    return item.what in ("word", "beyond") or text[item.start : item.start + 1].isupper()


def _end(items: Sequence[Item], start: int, text: str) -> int:
    stop = len(items)
    for place in range(start, len(items)):
        item = items[place]
        if place == start and item.what not in ("break",):
            continue
        if item.what == "break":
            number = item.value == "." and items[place - 1].what == "number"
            initial = (
                item.value == "."
                and len(items[place - 1].text) <= 3
                and place + 1 < len(items)
                and (text[items[place + 1].start : items[place + 1].start + 1].isupper())
            )
            if number or initial or item.value in "()'":
                continue
            stop = place
            break
        if item.what in _VALUES or isinstance(item.value, Where) or _begins_time(items[place:]):
            stop = place
            break
        if _GOES_ON.match(text, item.start):
            stop = place
            break
    ends = stop == len(items)
    while stop > start + 1 and _beside(items[stop - 1], ends=ends):
        stop -= 1
    return stop


def _begins_time(items: Sequence[Item]) -> bool:
    """ "at the end", "for 3 seconds"; but not "thank you *for* watching"."""
    mark = items[0].value
    if not isinstance(mark, When) or not items[0].text.isascii() or mark not in _LINKING:
        return isinstance(mark, When)
    edge = mark in (When.FIRST, When.LAST)
    return any(
        item.what in ("time", "number", "percent", "frames")
        or (not edge and (item.value in _EDGES or isinstance(item.value, Degree)))
        for item in items[1 : 2 if edge else 4]
    )


def _beside(item: Item, *, ends: bool) -> bool:
    """Whether a small word is none of the title's: before a place or a time, or mere politeness at the end."""
    if ends:
        return item.text in _POLITE
    return item.what in ("filler", "mark") or isinstance(item.value, (Particle, Join))
