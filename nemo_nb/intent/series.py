"""The words of titles that are told behind a colon, one or several: "Captions for each room: Kitchen, Garden"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..language.concepts import Degree, Do, Join, Thing, When
from .items import ENDS, Item
from .lexicon import FAULTS, listed
from .remarks import explains
from .words import TITLES, abbreviates, goes_on_with_wish, goes_through, names, off_a_price, unquoted

_EACH_OF_THEM = 3.0
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


def with_told(items: Sequence[Item], text: str, *, spoken: bool) -> list[Item]:
    """ "Lower third: Eva Lind, baker", "captions: 0:00-0:03: Hi, 0:03-0:06: Bye": the words behind each colon, as if
    quoted. `spoken`: titles were spoken of before, and "on the garden: South-facing" is one more.
    """
    found, at = list[Item](), 0
    for colon, item in enumerate(items):
        dash = colon >= at and _is_dash(items, colon, text)
        timed = _is_time_of_words(items, colon, text)
        if colon < at or not (dash or timed or _is_colon(item)):
            continue
        words = _part(items, colon + 1)
        more = spoken and not any(other.what in ("do", "thing") for other in words[:1])
        titled = not dash and (more or _looks_like_words(words, text))
        if not introduces(items[at : colon + timed], text, titled=titled):
            continue
        end = _told_end(items, colon + 1, text)
        if _leads_on(items, colon + 1, text):
            found += [*items[at:colon], replace(item, value=",")]
            at, spoken = colon + 1, True
        elif end > colon + 1:
            head = [
                replace(other, value=Do.ADD) if other.value is Do.FADE_IN else other
                for other in items[at : colon + timed]
            ]
            found += [*head, unquoted(items[colon + 1 : end], text)]
            at, spoken = end, True
    return [*found, *items[at:]]


def with_changed(items: Sequence[Item], text: str, titles: Sequence[str]) -> list[Item]:
    """ "Change n = 3 to n = 5", 把三居室改成四居室: words of a title, and those that take their place, as if quoted."""
    if any(item.what in ("quoted", "series") for item in items):
        return list(items)
    there = [title.lower() for title in titles]
    for start, link in _exchanges(items):
        words = str(unquoted(items[start:link], text).value).lower()
        end = _told_end(items, link + 1, text) if words and any(words in title for title in there) else 0
        if end > link + 1:
            new = unquoted(items[link + 1 : end], text)
            return [*items[:start], unquoted(items[start:link], text), items[link], new, *items[end:]]
    return list(items)


def _exchanges(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Where something may begin that is changed for something else, and the word before that."""
    for place, item in enumerate(items[:-1]):
        verb = item.value in (Do.CHANGE, Do.SWAP, Do.SET) or item.text in listed("replacing")
        if not verb:
            continue
        for link in range(place + 2, len(items) - 1):
            if items[link].value in (When.TO, When.FOR) or items[link].marked("with", "to", "for", "in"):
                yield place + 1, link
        if not item.text.isascii():
            begins = [n + 1 for n in range(place) if items[n].what in ("break", "filler")]
            yield from ((start, place) for start in (0, *begins) if start < place)


_WRITING = frozenset({Do.ADD, Do.PUT, Do.SAY, Do.SHOW, Do.SET, Do.CHANGE, Do.FADE_IN})
_NEVER_HEADS = frozenset({"quoted", "series", "look", "shape", "blend", "beyond", "ratio", "url"})
_TELLS = frozenset(
    {"time", "timecode", "when", "where", "ordinal", "number", "percent", "frames", "size", "colour", "degree",
     "particle", "filler", "mark", "join", "break", "file"}
)  # fmt: skip
_HOW = frozenset({"time", "timecode", "where", "percent", "frames", "size", "colour"})
_WHERE = frozenset({"time", "timecode", "number", "file", "where"})
_EDGES = (When.START, When.MIDDLE, When.END)
_ENDS_OF_IT = (*_EDGES, When.FIRST, When.LAST)
_ACTS = frozenset({"do", "look", "shape", "blend", "beyond", "quoted", "thing"})
_STYLING = (
    Do.BIGGER, Do.SMALLER, Do.FADE, Do.FADE_IN, Do.FADE_OUT, Thing.FADE, Do.SHOW, Degree.BOLD, Degree.ITALIC,
    Degree.OUTLINED, Degree.SHADOWED,
)  # fmt: skip
_PLACES = (Thing.ALL, Thing.VIDEO, Thing.CLIP, Thing.BACKGROUND, Thing.LENGTH)


def _is_colon(item: Item) -> bool:
    return item.what == "break" and item.value in ":："


def _is_dash(items: Sequence[Item], place: int, text: str) -> bool:
    """ "Caption for the last clip - see you soon": as good as a colon, where no number and no reason follows."""
    item, behind = items[place], items[place + 1 :]
    apart = item.text in _DASHES and text[item.start - 1 : item.end + 1].strip() == item.text
    if any(other.value in (Do.CHANGE, Do.SET) or other.text.startswith(FAULTS) for other in items):
        return False  # "change the title - it's too big"
    return (
        apart
        and bool(behind)
        and behind[0].what not in ("time", "number", "timecode")
        and not explains(behind, text)
    )


def _is_time_of_words(items: Sequence[Item], place: int, text: str) -> bool:
    """ "Write at 0:05 Welcome and at 0:15 Goodbye": words written large, right behind when they are shown."""
    behind = items[place + 1 : place + 2]
    return items[place].what == "time" and any(
        item.what in ("word", "filler") and not item.named and text[item.start].isupper() for item in behind
    )


_LONGEST_HEAD = 40  # items: what leads up to words is no essay
_DASHES = frozenset({"-", "–", "—"})


def introduces(items: Sequence[Item], text: str, *, titled: bool) -> bool:
    """Whether the last of these names a title, or writes something; or after a title says only where or when."""
    starts = [len(items)]
    for place in reversed(range(max(0, len(items) - _LONGEST_HEAD), len(items))):
        if items[place].what == "break" and items[place].value in ENDS:
            break
        if place == 0 or items[place - 1].what in ("break", "join"):
            starts.append(place)
    return any(_is_head(items[start:], text, titled=titled, called=True) for start in starts)


def _is_head(items: Sequence[Item], text: str, *, titled: bool, called: bool = False) -> bool:
    """`called`: something may say what the words are, as in "address at the start: 7 Harbour View"."""
    said = [item for item in items if item.what not in ("filler", "join", "break")]
    sizes = listed("big") | listed("small")  # "big text: …"
    deeds = {item.value for item in said if item.what == "do" and item.text not in sizes}
    if (
        not said
        or deeds - _WRITING
        or any(item.what in _NEVER_HEADS or item.text in listed("of_letters") for item in said)
    ):
        return False
    noun = next((n for n in reversed(range(len(items))) if items[n].value in TITLES or names(items[n])), None)
    verb = next((n for n in reversed(range(len(items))) if items[n].value in (Do.SAY, Do.FADE_IN)), None)
    if noun is not None or verb is not None:
        return not _has_words(items, noun, verb, text)
    if titled and deeds == {Do.CHANGE}:
        return True  # "typo: The End"
    told = any(item.named or item.value in (Thing.CLIP, *_ENDS_OF_IT) or item.what in _WHERE for item in said)
    return (
        titled
        and not deeds
        and told
        and all(_tells(item) or (called and item.what == "word") for item in said)
    )


def _has_words(items: Sequence[Item], noun: int | None, verb: int | None, text: str) -> bool:
    """ "A title that says Lesson 3: Light": its words have begun, and the colon is one of them."""
    said = verb is not None and not all(_tells(item) or item.what == "thing" for item in items[verb + 1 :])
    behind = [item for item in items[(noun or 0) + 1 :] if item.what == "word" and not item.named]
    return said or any(text[item.start].isupper() for item in behind)


def _tells(item: Item) -> bool:
    return item.what in _TELLS or item.named or _says_how(item)


def _looks_like_words(items: Sequence[Item], text: str) -> bool:
    """ "(At the end:) Thank you, Lena": written large, and nothing that could be done."""
    first = next((item for item in items if item.what != "number"), None)
    if first is None or first.what in _ACTS or not (text[first.start].isupper() or not first.text.isascii()):
        return False
    acts = [item for item in items if item.what in _ACTS and item.value not in (Do.SHOW, Do.GO, Do.SAY)]
    return not any(text[item.start].islower() or not item.text.isascii() for item in acts)


def _says_how(item: Item) -> bool:
    values = item.value in _EDGES or item.value in _STYLING or item.value in _PLACES
    return item.what in _HOW or values or item.text in listed("big") | listed("small")


def only_tells(items: Sequence[Item], text: str) -> bool:
    """ "4 seconds", "in yellow", "big and bold", "for the whole video": when, where and how; but not "The End"."""
    if any(off_a_price(items, n) for n in range(len(items))):
        return False
    told = any(_says_how(item) for item in items)
    large = (
        items[-1:] != [] and items[-1].value in _EDGES and all(text[item.start].isupper() for item in items)
    )
    return told and not large and all(_tells(item) for item in items)


def _told_end(items: Sequence[Item], start: int, text: str) -> int:
    """Where the words end that start there."""
    end = start
    for place in range(start, len(items)):
        item = items[place]
        if item.what in ("quoted", "series", "url"):
            break
        if item.what in ("break", "join") and place > start:
            through = item.what == "break" and goes_through(items, start, place, text)
            parts = item.what == "break" and item.value not in ",，、"
            if not through and (parts or _goes_elsewhere(_part(items, place + 1), items, text)):
                break
        elif place > start and item.what != "do" and _tells_on(items, place, text):
            break
        end = place + 1
    while (
        end > start
        and items[end - 1].what in ("break", "join", "filler")
        and items[end - 1].text in listed("polite") | {",", "，"}
    ):
        end -= 1
    words = items[start:end]
    return start if only_tells(words, text) or _begins_wish(words, text) else end


def _tells_on(items: Sequence[Item], place: int, text: str) -> bool:
    """Whether from there on it is only told when, where or how; not in "t = 5 min"."""
    return "=" not in text[items[place - 1].end : items[place].start] and only_tells(
        _part(items, place), text
    )


def _leads_on(items: Sequence[Item], start: int, text: str) -> bool:
    """ "Captions: (0:00-0:03: Hi)", "(at 0:05 Hi)": what stands there says where the words are that come next."""
    part = _part(items, start)
    end = start + len(part)
    timed = next((n + 1 for n in range(len(part)) if _is_time_of_words(part, n, text)), 0)
    colon = end < len(items) and _is_colon(items[end]) and _is_head(part, text, titled=True)
    return colon or _is_head(part[:timed], text, titled=True)


def _part(items: Sequence[Item], start: int) -> Sequence[Item]:
    """From there to the next mark."""
    end = next((n for n in range(start, len(items)) if items[n].what == "break"), len(items))
    return items[start:end]


def _goes_elsewhere(part: Sequence[Item], items: Sequence[Item], text: str) -> bool:
    """Whether what stands behind a comma or "and" is no more of the words: another wish, or how they are shown."""
    heads = bool(part) and _leads_on(items, items.index(part[0]), text)
    return (
        not part
        or heads
        or only_tells(part, text)
        or _begins_wish(part, text)
        or goes_on_with_wish(text, part[0].start)
    )


def _begins_wish(part: Sequence[Item], text: str) -> bool:
    """ "(…,) make it red": a verb that isn't written large."""
    first = next((item for item in part if item.what not in ("filler", "join", "mark")), None)
    small = first is not None and not text[first.start : first.start + 1].isupper()
    return small and first is not None and first.what in ("do", "look", "shape", "blend", "beyond")


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
    return items[place].what == "break" and items[place].value in ENDS and not abbreviates(items[place - 1])


def _is_title(part: Sequence[Item], text: str) -> bool:
    said = not any(item.what in _SAYS_HOW or item.value is Thing.ALL for item in part)
    large = text[part[0].start : part[0].start + 1].isupper() or not part[0].text.isascii()
    return said and (large or all(item.what in ("word", "number", "filler", "thing") for item in part))


def _for_each(items: Sequence[Item], start: int, end: int, count: int) -> bool:
    """Whether titles are wished for, one on each of several or one after the other."""
    begins = max(
        (n + 1 for n in range(start) if items[n].what == "break" and items[n].value in ENDS), default=0
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
