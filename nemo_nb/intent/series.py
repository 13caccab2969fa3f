"""The words of several titles, told in a row: "Captions for each room: Entrance, Kitchen, Garden"."""

from __future__ import annotations

from collections.abc import Sequence

from ..language.concepts import Join, Thing, When
from .items import Item
from .lexicon import listed
from .words import abbreviates, unquoted

_EACH_OF_THEM = 3.0
_ENDS = frozenset(".!?;\n。！？；")
_OF_TIMES = frozenset({"time", "timecode", "when", "number", "filler", "particle"})
_SAYS_HOW = frozenset({"time", "percent", "where", "colour", "frames", "quoted", "series"})


def with_series(items: Sequence[Item], text: str) -> list[Item]:
    """The items, the words of several titles put together as one, where each of several gets one of them."""
    run = _quoted(items) or _told(items, text)
    if run is None or not _for_each(items, run[0], run[1], len(run[2])):
        return list(items)
    start, end, words = run
    mass = _EACH_OF_THEM * len(words)
    found = Item("series", words, " ".join(words).lower(), items[start].start, items[end - 1].end, mass=mass)
    return [*items[:start], found, *items[end:]]


def with_timed(items: Sequence[Item], text: str) -> list[Item]:
    """ "Captions: 0:00-0:03: Welcome, 0:03-0:06: My room": what stands behind each time, put together as if quoted."""
    colons = [n for n, item in enumerate(items) if item.what == "break" and item.value in ":："]
    timed = [(_time_before(items, n), n) for n in colons]
    timed = [(start, n) for start, n in timed if start < n]
    titles = (
        any(item.value in (Thing.TITLE, Thing.CAPTIONS) for item in items[: timed[0][0]]) if timed else False
    )
    if not titles or any(item.what == "quoted" for item in items[timed[0][0] :]):
        return list(items)
    found, at = list[Item](), 0
    for (_, colon), (until, _) in zip(timed, [*timed[1:], (len(items), 0)], strict=True):
        end = next((n for n in range(colon + 1, until) if _closes(items, n)), until)
        while end > colon + 1 and (
            items[end - 1].what in ("break", "join") or items[end - 1].value is Join.THEN
        ):
            end -= 1
        if end > colon + 1:
            found += [*items[at:colon], unquoted(items[colon + 1 : end], text)]
            at = end
    return [*found, *items[at:]]


def _time_before(items: Sequence[Item], place: int) -> int:
    """Where the time begins that stands right before a place; the place itself where none does."""
    start = place
    while start and (items[start - 1].what in _OF_TIMES or items[start - 1].value is Join.AND):
        start -= 1
    while start < place and items[start].what == "join":
        start += 1
    run = items[start:place]
    timed = any(item.what in ("time", "timecode") for item in run)
    return start if timed and not any(item.value is When.EACH for item in run) else place


def _quoted(items: Sequence[Item]) -> tuple[int, int, tuple[str, ...]] | None:
    """ "“1”, “2” and “3”": quotes with nothing but commas and "and" between them."""
    places = [n for n, item in enumerate(items) if item.what == "quoted"]
    if len(places) < 2:
        return None
    between = [item for n in range(places[0], places[-1]) if (item := items[n]).what != "quoted"]
    if not all(_parts(item) for item in between):
        return None
    return places[0], places[-1] + 1, tuple(str(items[n].value) for n in places)


def _told(items: Sequence[Item], text: str) -> tuple[int, int, tuple[str, ...]] | None:
    """ ": Step 1, Step 2 and Step 3": what stands behind a colon, each of it written large or in no lexicon."""
    colon = next((n for n, item in enumerate(items) if item.what == "break" and item.value in ":："), None)
    if colon is None or any(item.what == "quoted" for item in items):
        return None
    words: list[str] = []
    begin = end = colon + 1
    for place in range(colon + 1, len(items) + 1):
        item = items[place] if place < len(items) else None
        if item is not None and not _parts(item) and not _closes(items, place):
            continue
        part = items[begin:place]
        if part and not _is_title(part, text):
            break
        if part:
            words.append(text[part[0].start : part[-1].end])
            end = place
        if item is None or _closes(items, place):
            break
        begin = place + 1
    return (colon + 1, end, tuple(words)) if len(words) > 1 else None


def _parts(item: Item) -> bool:
    return item.value is Join.AND or (item.what == "break" and item.value in ",，、")


def _closes(items: Sequence[Item], place: int) -> bool:
    return items[place].what == "break" and items[place].value in _ENDS and not abbreviates(items[place - 1])


def _is_title(part: Sequence[Item], text: str) -> bool:
    said = not any(item.what in _SAYS_HOW or item.value is Thing.ALL for item in part)
    large = text[part[0].start : part[0].start + 1].isupper() or not part[0].text.isascii()
    return said and (large or all(item.what in ("word", "number", "filler", "thing") for item in part))


def _for_each(items: Sequence[Item], start: int, end: int, count: int) -> bool:
    """Whether titles are wished for, one on each of several or one after the other."""
    begins = max(
        (n + 1 for n in range(start) if items[n].what == "break" and items[n].value in _ENDS), default=0
    )
    before, after = items[begins:start], items[end : end + 10]
    titles = any(item.value in (Thing.TITLE, Thing.CAPTIONS) or item.what == "do" for item in before)
    each = any(_is_each(item, count) for item in before) or any(
        item.text in listed("in_turn") for item in after
    )
    return titles and each


def _is_each(item: Item, count: int) -> bool:
    counted = (item.what == "number" and item.value == count) or item.value is Thing.THESE
    return item.value is When.EACH or item.marked("all", "both") or counted or item.text in listed("in_turn")
