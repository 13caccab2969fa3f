"""From tokens to items: what a sentence is made of, for the reader.

An item is a token, or several that make one thing: a target, a stretch, words of a title. `what` is its class:
`do`, `thing`, `when`, `where`, `look`, … for concepts, the kind's name for values, `word` for what is in no
lexicon. `marks` say what a small word may do ("the", "other", "of"), whatever else it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from ..language.concepts import Degree, Do, Filler, Thing, When
from ..language.script import simplified
from ..language.tokens import Kind, Token
from ..tongues import Language
from .lexicon import either, listed, matching
from .lexicon import marks as marks_of
from .names import Names

# What ends a sentence.
ENDS = frozenset(".!?;\n。！？；…")
_MEASURES = listed("measures")
_NAMES_MOMENT = matching("names_a_moment")
_PRONOUN = re.compile(r"\b(it|that|this|them|these|those|everything|em|ihn|ihm|es)\b")
_WEIGHTS = {
    "do": 2.0, "thing": 1.5, "look": 2.0, "blend": 2.0, "shape": 2.0, "beyond": 2.0, "standard": 2.0, "where": 1.5,
    "when": 1.0, "degree": 1.0, "particle": 0.5, "ask": 1.0, "join": 0.0, "break": 0.0, "filler": 0.0, "not": 3.0,
    "word": 0.7, "mark": 0.5, "target": 3.0, "quoted": 3.0, "file": 3.0, "colour": 2.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """`text[start:end]` of the message, and what it is."""

    what: str
    value: Any
    text: str
    start: int
    end: int
    marks: frozenset[str] = frozenset()
    named: bool = field(default=False, compare=False)  # a word of a file's name
    mass: float | None = None  # the weight of several items put together
    relation: str = ""  # of a target: how it stands to the wish: "after", "over", "with", "for", …

    @property
    def weight(self) -> float:
        """How much of the sentence's meaning it carries."""
        return self.mass if self.mass is not None else _WEIGHTS.get(self.what, 2.5)

    def marked(self, *names: str) -> bool:
        return not self.marks.isdisjoint(names)


def items_of(tokens: Sequence[Token], language: Language, names: Names) -> list[Item]:
    """The items of a message's tokens."""
    known = marks_of(language)
    found: list[Item] = []
    for token in tokens:
        found += _item(token, known, names)
    found = _with_signs(found)
    found = _with_numbered_names(_without_articles(found, names), names)
    found = [_bit(item, found[n - 1 : n]) for n, item in enumerate(found)]
    found = [_letter(item, found[n + 1 : n + 3], names) for n, item in enumerate(found)]
    found = _with_units(_with_counted_seconds(_with_slips(found)))
    found = _with_nouns_of_verbs(_with_full(found))
    return _with_shares(_without_about(_with_ordinals(_with_same(_with_places_named(found)))))


def _with_signs(items: Sequence[Item]) -> list[Item]:
    """ "The first -3 seconds": a time below zero, which nothing takes. "2-3 seconds", "2 - 3 s" are stretches."""
    found: list[Item] = []
    for item in items:
        dash = found[-1] if found else None
        before = found[-2] if len(found) > 1 else None
        led = before is None or (
            before.end < found[-1].start and before.what not in (*_VALUES, "timecode", "ordinal")
        )
        if (
            dash is not None
            and dash.text in ("-", "−")
            and led
            and item.what == "time"
            and item.start == dash.end
        ):
            found[-1] = Item("below zero", None, f"{dash.text}{item.text}", dash.start, item.end)
        else:
            found.append(item)
    return found


def _with_full(items: list[Item]) -> list[Item]:
    """ "Bring it up to full after 20 seconds": all of it, as an amount; not "to full screen", "back to full speed"."""
    for n in range(2, len(items)):
        leads = items[n - 1].value in (When.TO, When.AT) or items[n - 1].marked("to")
        after = items[n + 1] if n + 1 < len(items) else None
        ends = after is None or after.what in ("break", "join", "when") or after.value is Thing.VOLUME
        ends = ends or (after is not None and after.marked("while"))
        if items[n].text in listed("at_full") and leads and ends and not items[n - 2].marked("back"):
            items[n] = replace(items[n], what="percent", value=1.0, marks=frozenset())
    return items


def _with_nouns_of_verbs(items: list[Item]) -> list[Item]:
    """ "The smaller writing" is a title; "not appear in the first 3 seconds" is a wish, and no small word."""
    found: list[Item] = []
    for item in items:
        before = found[-1] if found else None
        if (
            before is not None
            and before.what == "not"
            and item.text in listed("appears")
            and item.what == "filler"
        ):
            item = replace(item, what="do", value=None, marks=frozenset())
        elif item.what == "do" and item.text in listed("a_writing"):
            if before is not None and before.start == item.start and before.what == "thing":
                continue  # the other half of the verb
            told = [other for other in found[-2:] if other.what not in ("colour", "degree")]
            told = [other for other in told if other.value not in (Do.BIGGER, Do.SMALLER)]
            if told and told[-1].marked("the", "this", "my"):
                item = replace(item, what="thing", value=Thing.TITLE, marks=frozenset())
        found.append(item)
    return found


_NOUNS = frozenset({"blend", "do", "look", "beyond"})


def _with_places_named(items: list[Item]) -> list[Item]:
    """ "A title on the slide: …", where there is a slide.jpg: a name, and nothing that is to be done."""
    for n in range(1, len(items)):
        before = items[n - 1]
        on_the = n > 1 and before.marked("the") and items[n - 2].marked("on", "in", "over", "of")
        ends = n + 1 == len(items) or items[n + 1].what in ("break", "join", "quoted")
        counted = before.what in ("ordinal", "number") or before.value in (When.FIRST, When.LAST)
        pointed = counted or before.marked("the", "my", "this") or before.text in listed("every_one")
        noun = items[n].what in _NOUNS and on_the and ends
        if items[n].named and (noun or (items[n].what == "blend" and pointed)):
            items[n] = replace(items[n], what="word", value=None, marks=frozenset())
    return items


def _with_numbered_names(items: Sequence[Item], names: Names) -> list[Item]:
    """ "Teil 1", where there is a teil1.mp4, "the first dance" of firstdance.mp4: names, whatever the words mean."""
    found: list[Item] = []
    for item in items:
        before = found[-1] if found else None
        text = f"{before.text}{item.text}" if before is not None else ""
        noun = before is not None and (before.what in ("do", "word", "filler") or before.named)
        numbered = noun and item.what == "number" and text in names.numbered
        numbered = numbered or (item.what == "number" and text in names.numbered_texts)
        if before is not None and (numbered or text in names.run_together):
            found[-1] = Item("word", None, f"{before.text} {item.text}", before.start, item.end, named=True)
        else:
            found.append(item)
    return found


def _with_units(items: Sequence[Item]) -> list[Item]:
    """ "10 seconds off the start and 5 off the end", "…, b can lose its last 3": seconds as well."""
    found, timed = list(items), False
    for n, item in enumerate(found):
        after = found[n + 1] if n + 1 < len(found) else None
        if (
            item.marked("one")
            and item.text in listed("one_second")
            and after is not None
            and after.value is When.OFF
        ):
            found[n] = replace(item, what="time", value=1000, marks=frozenset())  # "and one off the beach"
        timed = timed or (item.what == "time" and any(letter.isalpha() for letter in item.text))
        if timed and item.what == "number" and _of_an_edge(found, n):
            found[n] = replace(item, what="time", value=round(item.value * 1000))
    return found


def _of_an_edge(items: Sequence[Item], place: int) -> bool:
    after = items[place + 1] if place + 1 < len(items) else None
    if after is not None and after.value is When.OFF:
        return True
    before = [item for item in items[:place][-3:] if item.text not in _ARTICLES]
    edged = bool(before) and before[-1].value in (When.FIRST, When.LAST)
    of_clips = len(before) > 1 and before[-2].marked("of", "in", "on", "to", "for")
    return edged and not of_clips and (after is None or after.what in ("break", "join"))


_ARTICLES = frozenset({"the", "die", "den", "der", "das"})


SHARES = {Degree.HALF: 1 / 2, Degree.THIRD: 1 / 3, Degree.QUARTER: 1 / 4}


def _with_shares(items: Sequence[Item]) -> list[Item]:
    """ "15% wide", "a quarter of the screen": how much of the picture something takes, as one value."""
    found: list[Item] = []
    for item in items:
        of = next((n for n in (1, 2, 3) if len(found) >= n and found[-n].what in ("percent", "degree")), 0)
        share = _share_of(found[-of]) if of and item.text in listed("of_canvas") else None
        if share is None or not all(
            other.what in ("filler", "mark") for other in found[len(found) - of + 1 :]
        ):
            found.append(item)
            continue
        first = found[-of]
        del found[-of:]
        found.append(
            Item(
                "percent", share, f"{first.text} {item.text}", first.start, item.end, frozenset({"of_canvas"})
            )
        )
    return found


def _share_of(item: Item) -> float | None:
    return item.value if item.what == "percent" else SHARES.get(item.value)


def _with_slips(items: list[Item]) -> list[Item]:
    """ "From 0:02 too 0:04", "the back half": what such a word can only mean there."""
    for n in range(1, len(items) - 1):
        if items[n].text == "too" and items[n - 1].what == items[n + 1].what == "time":
            items[n] = replace(items[n], what="when", value=When.TO, text="to", marks=frozenset({"to"}))
        if items[n].text == "back" and items[n + 1].value is Degree.HALF:
            items[n] = replace(items[n], value=When.LAST, text="last", marks=frozenset({"last"}))
    return items


_VALUES = frozenset({"time", "percent", "factor", "number", "decibel", "frames", "degrees"})


def _without_about(items: list[Item]) -> list[Item]:
    """ "About a second and a half": the value is meant."""
    return [
        replace(item, what="filler")
        if item.what == "word"
        and item.text in listed("approximately")
        and after is not None
        and after.what in _VALUES
        else item
        for item, after in zip_longest(items, items[1:])
    ]


def _with_counted_seconds(items: Sequence[Item]) -> list[Item]:
    """ "From the third to the sixth second", "until the sixth": moments that are counted."""
    found: list[Item] = []
    for item in items:
        before = found[-1] if found else None
        if (
            before is not None
            and before.text == "second"
            and before.what == "ordinal"
            and item.what == "number"
        ):
            found.pop()  # "from second ten", "around second twelve"
            item = replace(_at_second(item, int(item.value)), start=before.start)
        elif before is not None and before.what == "ordinal" and item.text in listed("second_of_time"):
            found.pop()
            item = replace(_at_second(item, before.value), start=before.start)
        found.append(item)
    for place, item in enumerate(found):
        joints = [
            n for n in range(max(0, place - 2), place + 3) if n < len(found) and found[n].value is When.TO
        ]
        if item.what == "ordinal" and joints and not _counts_something(found, place):
            beside = found[:place] if joints[0] < place else found[place:]
            if any(_NAMES_MOMENT.match(other.text) for other in beside if other.what == "time"):
                found[place] = _at_second(item, item.value)
    return found


def _at_second(item: Item, number: int) -> Item:
    return replace(item, what="time", value=number * 1000, text=f"second {number}")


def _counts_something(items: Sequence[Item], place: int) -> bool:
    after = items[place + 1] if place + 1 < len(items) else None
    return after is not None and after.what in ("thing", "word", "file", "number")


def _with_ordinals(items: list[Item]) -> list[Item]:
    """在第二段 is taken apart behind 第."""
    found: list[Item] = []
    for item in items:
        before = found[-2:] if len(found) > 1 else []
        if (
            before
            and before[0].text.endswith(either("nth"))
            and before[1].what == "number"
            and item.text[:1] in _MEASURES
            and item.what != "time"
        ):
            del found[-2:]
            number = before[1]
            item = Item(
                "ordinal",
                int(number.value),
                f"{before[0].text[-1:]}{number.text}{item.text[:1]}",
                before[0].end - 1,
                item.end,
            )
        found.append(item)
    return found


def _with_same(items: list[Item]) -> list[Item]:
    """一样 is taken apart as a number and a word."""
    found: list[Item] = []
    for item in items:
        if item.text in listed("another_same") and found and found[-1].text in listed("one_before_same"):
            before = found.pop()
            item = Item(
                "filler", Filler.WORD, before.text + item.text, before.start, item.end, frozenset({"same"})
            )
        if (
            item.text in ("before that", "before it", "after it")
            and found
            and found[-1].text in ("one", "clip", "shot", "part")
        ):
            side, word = item.text.split()
            middle = item.start + len(side) + 1
            found.append(
                Item("when", When.BEFORE if side == "before" else When.AFTER, side, item.start, middle)
            )
            item = Item(
                "mark", Thing.IT, word, middle, item.end, frozenset({"this" if word == "that" else "it"})
            )
        if item.text in (
            "everything after that",
            "everything before that",
            "all after that",
            "anything after that",
        ):
            side = "after" if "after" in item.text else "before"
            found.append(Item("thing", Thing.ALL, item.text.split()[0], item.start, item.start))
            middle = item.end - len("that")
            found.append(
                Item("when", When.AFTER if side == "after" else When.BEFORE, side, item.start, middle)
            )
            item = Item("mark", Thing.IT, "that", middle, item.end, frozenset({"this"}))
        if item.text == "after that" and found and found[-1].text in ("one", "clip", "shot", "part"):
            middle = item.start + len("after ")
            found.append(Item("when", When.AFTER, "after", item.start, middle))
            item = Item("mark", Thing.IT, "that", middle, item.end, frozenset({"this"}))
        found.append(item)
    return found


_BEHIND_A_NAME = frozenset(
    {"break", "join", "do", "when", "file", "percent", "factor", "particle", "not", "ask"}
)


def _ends_a_name(after: Sequence[Item], names: Names) -> bool:
    """Whether a letter with this behind it is no article: (a) and b, (a) darker; not (a) darker look."""
    the = bool(after) and after[0].text.startswith("the")  # "(a) the same as b"
    if not after or the or after[0].what in _BEHIND_A_NAME or after[0].text in names.letters:
        return True
    looks = after[0].what in ("look", "degree") and (len(after) < 2 or after[1].what in ("break", "join"))
    return looks or not after[0].text.isascii()


def _without_articles(items: list[Item], names: Names) -> list[Item]:
    """ "Make a darker", where there is an a.mp4: no article."""
    for n in reversed(range(len(items))):
        verb, _, letter = items[n].text.partition(" ")
        after = items[n + 1 : n + 3]
        noun = bool(after) and after[0].what == "do"  # "make a slideshow"
        if items[n].value is Do.ADD and letter in names.letters and not noun and _ends_a_name(after, names):
            edge = items[n].end - len(letter)
            made = replace(items[n], value=Do.SET, text=verb, end=edge - 1)
            items[n : n + 1] = [made, Item("word", None, letter, edge, items[n].end, named=True)]
    return items


def _bit(item: Item, before: Sequence[Item]) -> Item:
    """ "The middle bit": a piece of the film; not "a bit"."""
    edge = bool(before) and before[0].value in (When.FIRST, When.MIDDLE, When.LAST)
    return replace(item, what="thing", value=Thing.CLIP) if edge and item.text in listed("bits") else item


def _letter(item: Item, after: Sequence[Item], names: Names) -> Item:
    """ "Swap a and b": a letter that is a whole file name, where no noun follows that it could be the article of."""
    if item.text not in names.letters or item.what not in ("filler", "word", "mark"):
        return item
    ends = _ends_a_name(after, names)
    if item.what == "word" or ends:
        return replace(item, what="word", value=None, marks=frozenset(), named=True)
    return item


def _item(token: Token, known: dict[str, frozenset[str]], names: Names) -> list[Item]:
    low = simplified(token.text).lower().strip()
    what, value = _class(token)
    named = names.knows(low, whole=what != "word") or (what == "word" and names.ends(low))
    item = Item(what, value, low, token.start, token.end, known.get(low, frozenset()), named)
    article, _, rest = low.partition(" ")
    if article == "the" and rest and what != "file" and names.knows(rest):
        start = token.end - len(rest)
        return [
            Item("filler", Filler.WORD, "the", token.start, start, known.get("the", frozenset())),
            replace(item, text=rest, start=start, named=True, marks=known.get(rest, frozenset())),
        ]
    lies = known.get(article, frozenset()) & {"under", "over"}
    if lies and what == "do" and names.knows(noun := low.rsplit(" ", 1)[-1], whole=True):
        start = token.end - len(noun)  # "under the speech", where there is a speech.mp4
        return [
            Item("filler", Filler.WORD, article, token.start, start, known[article]),
            Item("word", None, noun, start, token.end, known.get(noun, frozenset()), named=True),
        ]
    first, _, last = low.partition(" ")
    name, _, noun = (last if first == "the" else low).partition(" ")
    if value in (Thing.VIDEO, Thing.CLIP) and noun and names.knows(name, whole=True):
        edge = token.end - len(noun)  # "the screen recording", where there is a screen.mp4
        start = edge - len(name) - 1
        return [
            Item("filler", Filler.WORD, "the", token.start, start, known.get("the", frozenset())),
            Item("word", None, name, start, edge - 1, known.get(name, frozenset()), named=True),
            replace(item, text=noun, start=edge, marks=known.get(noun, frozenset())),
        ][first != "the" :]
    laid = what == "beyond" and known.get(last, frozenset()) & {"under", "over"}
    if laid and names.knows(first, whole=True):
        end = token.start + len(first)  # "put my voice over it", where there is a voice.mp3
        return [
            Item("word", None, first, token.start, end, known.get(first, frozenset()), named=True),
            Item("filler", Filler.WORD, last, end + 1, token.end, known[last]),
        ]
    if token.text in listed("polite_you") and token.start:
        return [replace(item, what="filler", value=Filler.WORD, marks=frozenset())]  # "Schneiden Sie …"
    if low == "s" and what == "word":
        return [replace(item, what="filler", text="'s")]  # "the bunny's fine"
    if "u" in item.marks and what == "word":
        return [replace(item, what="filler")]
    if what == "filler" and item.named and low not in names.letters:
        item = replace(item, what="word")
    inner = _PRONOUN.search(low) if what in ("do", "filler") and " " in low and value is not Do.SAY else None
    if inner is None:
        return [item]
    word = inner[1]
    pronoun = Item("mark", None, word, token.start, token.end, known.get(word, frozenset()))
    return [item, pronoun]


_DISLIKES = listed("dislikes")


def _class(token: Token) -> tuple[str, Any]:
    if token.kind is not Kind.CONCEPT:
        return token.kind.value, token.value
    if token.value is Filler.NOT or (token.value is Filler.DISLIKE and token.text.lower() in _DISLIKES):
        return "not", Filler.NOT
    if isinstance(token.value, Filler):
        return "filler" if token.value in (Filler.WORD, Filler.YET) else token.value.name.lower(), token.value
    if token.value is Thing.IT:
        return "mark", token.value
    return type(token.value).__name__.lower(), token.value
