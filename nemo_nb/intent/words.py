"""The words of a title that nobody put in quotes: where they begin and where they end."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..language.concepts import Beyond, Degree, Do, Join, Particle, Thing, When, Where
from .items import Item
from .lexicon import listed, matching

_VALUES = ("time", "colour", "percent", "frames", "size")
_EDGES = (When.START, When.MIDDLE, When.END, When.FIRST, When.LAST, Thing.ALL, Thing.VIDEO)
_LINKING = (When.FOR, When.TO, When.FROM, When.BY, When.AFTER, When.BEFORE, When.FIRST, When.LAST)
_POLITE = listed("polite")
_OF_STYLES = frozenset({"degree", "colour", "where", "filler", "mark", "join", "particle"})
TITLES = (Thing.TITLE, Thing.CAPTIONS)
_ADDING = (Do.ADD, Do.PUT, Do.WRITE)
_NAMING = listed("naming")  # what is named is told behind a comma
_ABBREVIATIONS = listed("abbreviations")
_APART = frozenset(",，(（")
_MAY_SAY = listed("may_say")  # people say things as well, and clips have a content
_EACH_WORD = 1.5
_FOOTAGE = (Thing.CLIP, Thing.VIDEO, Thing.IMAGE, Thing.B_ROLL)
_EXCLAMATION = re.compile(r"[!！]+")
_GOES_ON = re.compile(
    r"(?:and|but|then|also|which|that)\b.{0,12}?\b(?:make|have|put|set|keep|move|fade|it|show|let|with|turn|stay|leave|use)\b"
    r"|(?:in|with) (?:big|bold|white|black|red|small|large|huge|italic|a |the )",
    re.IGNORECASE,
)


def with_words(items: Sequence[Item], text: str, *, spoken: bool = False) -> list[Item]:
    """The items, the unquoted words of a title put together as if they were quoted. `spoken`: a title was spoken of."""
    if any(item.what == "series" for item in items):
        return list(items)
    items = _with_noun(_with_named(items, text))
    start = 0 if _are_bare(items, text, spoken=spoken) else _begin(items, text, spoken=spoken)
    if start is None or start >= len(items):
        return list(items)
    asks = any(item.what == "ask" for item in items[start:]) or not _has(items, *_ADDING)
    if asks and all(item.what in ("ask", "filler", "break") for item in items[start:]):
        return list(items)  # "what does it say", 写的是什么
    if _only_styles(items[start:]) or (items[start - 1].value is Do.SAY and _only_values(items[start:])):
        verbs = [n for n, item in enumerate(items[:start]) if item.value in (Do.ADD, Do.SAY)]
        return [replace(item, what="filler") if n in verbs else item for n, item in enumerate(items)]
    stop = _end(items, start, text)
    if stop <= start:
        return list(items)
    found = unquoted(items[start:stop], text)
    return [*items[:start], found, *items[stop:]] if found.value else list(items)


def unquoted(items: Sequence[Item], text: str) -> Item:
    """The words of a title that nobody put in quotes, as one item."""
    end = items[-1].end + _exclaimed(items[-1], text)
    words = text[items[0].start : end].strip(" :：,，“”\"'")
    words = words if words.count("(") == words.count(")") else words.strip("()")
    said = [item for item in items if item.what not in ("filler", "join", "break")]
    mass = max(3.0, _EACH_WORD * len(said))  # not less than they would be apart
    return Item("quoted", words, words.lower(), items[0].start, end, frozenset({"unquoted"}), mass=mass)


def _only_styles(items: Sequence[Item]) -> bool:
    """ "Write it bigger and in red": how what is written there looks, and no words to be written."""
    styles = (Do.BIGGER, Do.SMALLER, Degree.BOLD, Degree.ITALIC)
    styled = any(item.value in styles or item.what == "colour" for item in items)
    return styled and all(item.value in styles or item.what in _OF_STYLES for item in items)


def _only_values(items: Sequence[Item]) -> bool:
    """ "Say half", "say 20 percent": an amount of what was spoken of."""
    values = ("percent", "factor", "decibel", "time")
    said = [item for item in items if item.what not in ("filler", "break", "join")]
    return bool(said) and all(item.what in values or item.value is Degree.HALF for item in said)


def _has(items: Sequence[Item], *values: Any) -> bool:
    return any(item.value in values for item in items if item.what in ("do", "thing", "when"))


def _begin(items: Sequence[Item], text: str, *, spoken: bool) -> int | None:
    """The place of the first word."""
    quoted = any(item.what == "quoted" for item in items)
    titles = _has(items, *TITLES)
    adds = _has(items, Do.ADD, Do.PUT, Do.WRITE)
    for place, item in enumerate(items[:-1]):
        begin = place + 1
        while begin < len(items) and items[begin].start < item.end:
            begin += 1  # "that" of "that says"
        if begin >= len(items):
            return None
        after = items[begin]
        if item.value in (Do.SAY, Do.WRITE) or (item.what == "do" and item.text.endswith((" say", " read"))):
            weak = item.text in _MAY_SAY and not (titles or adds)
            if weak or (quoted and (not titles or any(later.what == "quoted" for later in items[begin:]))):
                continue
            return None if items[begin].what == "quoted" else begin
        if after.what == "quoted" or quoted:
            continue
        numbered = (
            after.what == "number" and begin + 1 < len(items) and _written_large(items[begin + 1], text)
        )
        if (
            item.value in TITLES
            and adds
            and (numbered or _free(after, text))
            and _has(items[:place], *_ADDING)
        ):
            return begin
        if item.value in TITLES and names(item) and _apart(after, text):
            return begin + 1  # "put my name, Ada Lovelace, top right"
        large = after.what in ("word", "filler") and not after.named and _written_large(after, text)
        if item.value in TITLES and large and _begins_new(items[:place]):
            return begin  # "title Anna & Paul at the start", "oh and a title Sunday Pasta"
        if (
            item.value in (When.TO, Do.SET)
            and (titles or _has(items, Do.CHANGE) or (spoken and _only_points(items[:place])))
            and _has(items[: place + 1], Do.CHANGE, Do.SET)
            and _free(after, text)
            and not text[item.end : after.start].strip()
        ):
            return place + 1
    return None


def _begins_new(items: Sequence[Item]) -> bool:
    """Whether nothing stands before a title but that it is a new one."""
    said = [item for item in items if item.what not in ("join", "break")]
    return not items or (
        said[-1:] != [] and said[-1].text in listed("a_new") and all(item.what == "filler" for item in said)
    )


_TELLING = frozenset(
    {"when", "where", "time", "number", "colour", "particle", "filler", "break", "join", "mark"}
)


def _are_bare(items: Sequence[Item], text: str, *, spoken: bool) -> bool:
    """ "SALE in red from 2 to 5 s", or after a title "and then defeated at the end": words, and where or when."""
    run = list(itertools.takewhile(lambda item: item.what == "word" and not item.named, items))
    rest = items[len(run) :]
    told = all(item.what in _TELLING for item in rest) and any(item.what in _VALUES for item in rest)
    if not run or not told:
        return False
    large = not text.isupper() and all(text[item.start : item.end].isupper() for item in run)
    return large or (spoken and matching("goes_on").search(text[: run[0].start]) is not None)


def _only_points(items: Sequence[Item]) -> bool:
    """第一个(改成冠军之夜): which one, and nothing else."""
    return bool(items) and all(item.what in ("ordinal", "when", "mark", "filler", "break") for item in items)


def _with_named(items: Sequence[Item], text: str) -> list[Item]:
    """ "The name of the speaker, Bernd Keller, …": it is a title, and its words stand behind the comma."""
    place = next((n for n, item in enumerate(items) if names(item)), None)
    if place is None or not _has(items[:place], *_ADDING):
        return list(items)
    stop = next((n for n in range(place + 1, len(items)) if items[n].what == "break"), len(items))
    small = all(item.what in ("filler", "mark", "word", "thing") for item in items[place + 1 : stop])
    if stop == len(items) or not small or not _apart(items[stop], text):
        return list(items)
    start = place
    while start and items[start - 1].what in ("filler", "mark", "word"):
        start -= 1
    noun = Item("thing", Thing.TITLE, items[place].text, items[start].start, items[stop - 1].end)
    return [*items[:start], noun, *items[stop:]]


def _with_noun(items: Sequence[Item]) -> list[Item]:
    """ "The translation “ordinateur”": what its words are called is nothing to be made."""
    return [
        replace(item, what="thing", value=Thing.TITLE)
        if item.what == "beyond" and n + 1 < len(items) and items[n + 1].what == "quoted" and n
        and items[n - 1].marked("the", "my") else item
        for n, item in enumerate(items)
    ]  # fmt: skip


def names(item: Item) -> bool:
    return not _NAMING.isdisjoint(item.text.split()[-1:])


def _apart(item: Item, text: str) -> bool:
    """Whether a break sets a name apart: ", Ada Lovelace", "(Ada Lovelace)"."""
    return item.what == "break" and item.value in _APART and text[item.end :].lstrip()[:1].isupper()


def _free(item: Item, text: str) -> bool:
    """Whether a token looks like the first word of a title: unknown, or written large."""
    apart = not item.text.isascii() and text[item.start - 1 : item.start] == " "  # 加字幕 你好世界
    return (
        (item.what in ("word", "beyond") and not item.marked("back"))
        or apart
        or text[item.start : item.start + 1].isupper()
    )


def _end(items: Sequence[Item], start: int, text: str) -> int:
    stop = len(items)
    for place in range(start, len(items)):
        item = items[place]
        if place == start and item.what not in ("break",):
            continue
        if item.what == "break":
            if goes_through(items, start, place, text):
                continue
            stop = place
            break
        if item.what == "when" and _written_large(item, text) and " " not in item.text:
            continue  # "Sunday Pasta", whatever it may be a slip of
        if item.value in (Beyond.FONT, Beyond.MOTION) and text[item.start].islower():
            stop = place
            break
        if off_a_price(items, place) or (place + 1 < len(items) and off_a_price(items, place + 1)):
            continue
        if item.what in _VALUES or isinstance(item.value, Where) or _begins_time(items[place:]):
            stop = place
            break
        apart = not item.text.isascii() and text[item.start - 1 : item.start] == " "
        if (item.text in listed("instead") or (apart and item.what == "do")) and place > start:
            stop = place
            break
        if item.text in listed("there") and place + 1 < len(items) and _tells_how(items[place + 1 :]):
            stop = place
            break
        if item.marked("on", "over", "in") and _names_footage(items[place + 1 :]):
            stop = place
            break
        if goes_on_with_wish(text, item.start):
            stop = place
            break
    ends = stop == len(items) or items[stop].what == "break"
    while (
        stop > start + 1 and _beside(items[stop - 1], ends=ends) and not _written_large(items[stop - 1], text)
    ):
        stop -= 1
    return stop


def off_a_price(items: Sequence[Item], place: int) -> bool:
    """ "SALE 20% off": a word of the text, and no time."""
    return place > 0 and items[place].text in listed("off_a_price") and items[place - 1].what == "percent"


def goes_through(items: Sequence[Item], start: int, place: int, text: str) -> bool:
    """Whether the words that start there go on behind a mark: "Lesson 3: Light", "Ms. Rivera", "1. Chop"."""
    if place == start or place + 1 == len(items):
        return False
    before, mark, after = items[place - 1 : place + 2]
    large = _written_large(after, text)
    if mark.value in "()":
        return text[items[start].start - 1 : items[start].start] not in ("(", "（")
    if mark.value == ".":
        return (before.what == "number" and place == start + 1) or (large and abbreviates(before))
    if mark.value in ":：":
        return after.what != "quoted" and (large or not after.text.isascii())
    return bool(mark.value == "'")


def goes_on_with_wish(text: str, place: int) -> bool:
    """ "(…) and make it red", "(…) in big letters": what begins there is about the words."""
    return _GOES_ON.match(text, place) is not None


def abbreviates(item: Item) -> bool:
    """ "Ms", "Dr", "St": a full stop behind it ends no sentence."""
    return item.text in _ABBREVIATIONS


def _written_large(item: Item, text: str) -> bool:
    return text[item.start : item.start + 1].isupper()


def _exclaimed(last: Item, text: str) -> int:
    """How many exclamation marks stand right behind the last word: they are part of the words."""
    found = _EXCLAMATION.match(text, last.end)
    return len(found[0]) if found else 0


def _tells_how(items: Sequence[Item]) -> bool:
    """ "(Write BOOM there,) huge and red": how the words look."""
    sizes = listed("big") | listed("small")
    return all(item.what in _OF_STYLES or item.text in sizes for item in items)


def _names_footage(items: Sequence[Item]) -> bool:
    """ "(on) the second clip", "(over) beach.mp4": where the words are shown."""
    for n, item in enumerate(items[:3]):
        if item.what == "file" or item.value in _FOOTAGE or item.value is Do.FREEZE:
            return True
        if n and item.marked("one"):
            return True  # "over the slow one"
        every = item.value is Thing.ALL or item.text in listed("every_one")
        told = (
            item.what in ("do", "look", "degree", "word")
            and n + 1 < len(items)
            and items[n + 1].marked("one")
        )
        if item.what not in ("filler", "mark", "ordinal", "when") and not every and not told:
            return False
    return False


_LEADING = ("filler", "when", "degree", "particle", "mark", "where")


def _begins_time(items: Sequence[Item]) -> bool:
    """ "at the end", "for 3 seconds"; but not "thank you *for* watching"."""
    mark = items[0].value
    if not isinstance(mark, When) or not items[0].text.isascii() or mark not in _LINKING:
        return isinstance(mark, When)
    edge = mark in (When.FIRST, When.LAST)
    for item in items[1 : 2 if edge else 4]:
        if item.what in ("time", "number", "percent", "frames"):
            return True
        if not edge and (item.value in _EDGES or isinstance(item.value, Degree)):
            return True
        if item.what not in _LEADING:
            return False  # "Welcome to class for 3 seconds"
    return False


def _beside(item: Item, *, ends: bool) -> bool:
    """Whether a small word is none of the title's: before a place or a time, or mere politeness at the end."""
    if ends:
        return item.text in _POLITE or isinstance(item.value, Join)
    return item.what in ("filler", "mark") or isinstance(item.value, (Particle, Join))
