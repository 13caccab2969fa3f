"""Finding targets among the items of a sentence: "the first two clips", "the beach one", 夜景那段, "both".

A target is a run of items around a noun, a name or a pronoun. What describes it and means nothing here ("the phone
clip") is kept as `unknown`: whoever resolves the target must not pass over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..language.concepts import Ask, Do, Join, Shape, Thing, When
from ..tongues import Language, every
from .items import Item
from .lexicon import listed, measured
from .names import Names
from .slots import Moment, Target

_NOUNS: dict[object, str] = {
    Thing.CLIP: "clip", Thing.VIDEO: "video", Thing.MUSIC: "music", Thing.SOUND: "sound", Thing.TITLE: "text",
    Thing.CAPTIONS: "caption", Thing.IMAGE: "image", Thing.LOGO: "logo", Thing.B_ROLL: "b-roll",
}  # fmt: skip
_STATES = {
    Ask.LONGEST: "longest", Ask.SHORTEST: "shortest", Shape.VERTICAL: "vertical", Shape.LANDSCAPE: "landscape",
    Shape.SQUARE: "square",
}  # fmt: skip
_STATE_WORDS = {
    word: state
    for states in every("reader", "STATES")
    for state, said in states.items()
    for word in said.split(" | ")
    if word
}
_NO_MODIFIER = frozenset(
    {"is", "are", "was", "were", "be", "of", "to", "at", "for", "by", "and", "or", "so", "not", "factor"}
)
_MEASURES = listed("measures")
_MOST_WORDS = 4
# They say that it is done to all of what was named before, and name nothing.
ADVERBS = listed("adverbs")


def with_targets(items: Sequence[Item], names: Names, language: Language) -> list[Item]:
    """The items, those that name a target put together, each with its relation to the wish."""
    items = _with_states(items, language)
    found: list[Item] = []
    at = 0
    while at < len(items):
        phrase = _Phrase(items, at, names, language).read()
        if phrase is None:
            found.append(items[at])
            at += 1
        else:
            target, end = phrase
            found.append(_one(items[at:end], target))
            at = end
    return _related(_beside_another(_with_exceptions(_joined(found)), language))


_BEING: dict[object, str] = {
    Do.FASTER: "fast", Do.SLOWER: "slow", Do.REVERSE: "reversed", Do.MUTE: "muted", Thing.SPEED: "fast",
}  # fmt: skip


def _with_states(items: Sequence[Item], language: Language) -> list[Item]:
    """ "while it's fast", 快进的时候: the part that is so, as a target."""
    found: list[Item] = []
    place = 0
    while place < len(items):
        item = items[place]
        run = items[place + 1 : place + 4]
        being = next((n for n, other in enumerate(run) if other.value in _BEING), None)
        small = being is not None and all(other.what in ("filler", "mark", "ask") for other in run[:being])
        if (
            item.marked("while")
            and item.value is not When.AT
            and being is not None
            and small
            and len(run[: being + 1]) > 1
        ):
            end = place + 2 + being
            found.append(
                replace(
                    _one(items[place:end], Target(kind="clip", state=_BEING[run[being].value])),
                    relation="while",
                )
            )
            place = end
            continue
        after = items[place + 1] if place + 1 < len(items) else None
        if measured(language) and item.value in _BEING and after is not None and after.marked("while"):
            target = Target(kind="clip", state=_BEING[item.value])
            found.append(replace(_one(items[place : place + 2], target), relation="while"))
            place += 2
            continue
        found.append(item)
        place += 1
    return found


def _one(run: Sequence[Item], target: Target) -> Item:
    text = " ".join(item.text for item in run)
    listed = len(target.numbers) + len(target.names)
    mass = 3.0 + 2.5 * (listed - 1) if listed > 1 else None  # "clips 1 and 3" weighs as much as two
    return Item(
        "target", target, text, min(item.start for item in run), max(item.end for item in run), mass=mass
    )


class _Phrase:
    """Reads one target from a place on. `read` gives it with the place after it, or None."""

    def __init__(self, items: Sequence[Item], at: int, names: Names, language: Language) -> None:
        self.items, self.at, self.names, self.language = items, at, names, language
        self.kind: str | None = None
        self.words: list[str] = []
        self.unknown: list[str] = []
        self.numbers: list[int] = []
        self.first = 0
        self.count: int | None = None
        self.every: str | None = None
        self.refer: str | None = None
        self.state: str | None = None
        self.article = self.head = self.pronoun = False

    def read(self) -> tuple[Target, int] | None:
        start = self.at
        while self.at < len(self.items) and self._modifier():
            pass
        while self.at < len(self.items) and self._noun():
            pass
        self._after_the_noun()
        if not self._stands(start):
            return None
        return self._target(), self.at

    def _item(self, ahead: int = 0) -> Item | None:
        place = self.at + ahead
        return self.items[place] if 0 <= place < len(self.items) else None

    # ---- before the noun

    def _modifier(self) -> bool:
        item = self.items[self.at]
        for reads in (
            self._pronoun, self._determiner, self._quantity, self._ordinal, self._counted,
            self._what_it_is_like, self._name,
            self._unknown_word,
        ):  # fmt: skip
            if reads(item):
                self.at += 1
                return True
        return False

    def _pronoun(self, item: Item) -> bool:
        if item.marked("it", "them") and not self.head and item.what in ("mark", "word", "filler"):
            self.refer = "it" if item.marked("it") else "them"
            self.pronoun = self.head = True
            return True
        return False

    def _determiner(self, item: Item) -> bool:
        if item.marked("the", "my") and item.what in ("filler", "mark", "word"):
            if self.head and not self.pronoun:
                return False
            self.article = True
            return True
        if item.marked("this", "these") and item.what in ("mark", "filler", "word", "correction", "thing"):
            if self.head:
                return False
            self.refer = "it" if item.marked("this") else "them"
            self.article = True
            return True
        if item.value is Thing.THESE and not self.head:  # "these two", "both clips", 两段
            self.refer = None if "both" in item.text else "them"
            self.count = (
                3 if any(word in item.text for word in listed("three")) else 2 if _two(item.text) else None
            )
            if self.numbers and self.numbers[-1] in (1, -1) and self.count:
                self.first, self.refer, self.count = (
                    self.count * self.numbers.pop(),
                    None,
                    None,
                )  # "the last two clips"
            self.article = self.head = True
            return True
        return False

    def _quantity(self, item: Item) -> bool:
        if self.pronoun and item.text in ("every", "each"):
            return False  # "cut it every 2 seconds"
        if self.head and not self.pronoun:
            return False
        if item.marked("both"):
            self.every, self.count = "all", 2
            self.article = True
            if (
                (of := self._item(1)) is not None
                and of.text == "of"
                and (them := self._item(2)) is not None
                and them.marked("them", "these")
            ):
                self.at += 2
                self.head = True
            return True
        if item.marked("odd", "even") and (item.what != "when"):
            self.every = "odd" if item.marked("odd") else "even"
            return True
        if item.marked("numbered") and self.every:
            return True
        if item.value is Thing.REST or (
            item.marked("other", "rest") and item.what in ("filler", "word", "thing")
        ):
            self.refer, self.article = "others", True
            if item.text in listed("others_before_a_noun"):
                self.head = True
            if item.marked("rest") or item.value is Thing.REST or item.text in listed("other_ones"):
                self.head = True
            return True
        if item.text in listed("all_of_it") and not (self.article or self.numbers or self.kind):
            self.every, self.refer, self.head = "all", "them", True
            return True
        if item.value in (Thing.ALL, When.EACH) or item.marked("all"):
            self.every = self.every or "all"
            self.article = True
            if item.value is When.EACH and item.text[-1:] in listed("measures_clips") | listed(
                "measures_images"
            ):
                self.kind, self.head = (
                    ("clip" if item.text[-1:] in listed("measures_clips") else "image"),
                    True,
                )
            return True
        return item.marked("same") and self.article

    def _ordinal(self, item: Item) -> bool:
        if self.head:
            return False
        number = _ordinal(item)
        if number is None:
            return False
        after = self._item(1)
        counted = item.what == "ordinal" and not item.text.isascii() and item.text[-1:] in _MEASURES
        if (
            after is not None
            and after.value is Join.AND
            and any(_ordinal(a) is not None for a in self.items[self.at + 2 : self.at + 4])
            and any(a.what in ("time", "frames") for a in self.items[self.at + 3 : self.at + 5])
        ):
            return False  # "the first and last 2 seconds"
        if (
            not counted
            and after is not None
            and (
                after.what in ("time", "percent", "frames", "factor")
                or (after.what == "ordinal" and number in (1, -1) and item.text not in listed("from_the_end"))
            )
        ):
            return False
        if (
            number in (1, -1)
            and after is not None
            and after.what == "ordinal"
            and after.value > 2
            and after.text.isascii()
        ):
            return False  # "the first third"
        if after is not None and after.what == "degree" and number in (1, -1):
            return False  # "the first half"
        if (
            number > 0
            and after is not None
            and after.text in ("to", "to the", "from", "from the")
            and (last := self._item(2)) is not None
        ) and last.text in ("last", "end", "the end"):
            number, self.at = -number, self.at + 2  # "the second to last clip"
        if item.text in listed("from_the_end") and after is not None and after.what == "ordinal":
            number, self.at = -int(after.value), self.at + 1
            self.head = self.head or after.text[-1:] in _MEASURES
        if item.text in listed("first_of_a_clip") and not (
            after is not None and after.value is Thing.CLIP and after.text[:1] in listed("half_a_clip")
        ):
            return False
        self.numbers.append(number)
        if item.what == "ordinal" and not item.text.isascii() and item.text[-1:] in _MEASURES:
            self.head = True
        if item.text in listed("a_whole_one"):
            self.head = True
        if item.text[-1:] in listed("measures_clips") | listed("measures_images"):
            self.kind = "image" if item.text[-1:] in listed("measures_images") else "clip"
        if after is not None and after.value is Join.AND:
            further = self._item(2)
            if further is not None and further.marked("the"):
                further = self._item(3)
            if further is not None and _ordinal(further) is not None:
                while self._item(1) is not further:
                    self.at += 1
        return True

    def _counted(self, item: Item) -> bool:
        """A number before what it counts: "the other two", "the first two clips", 三段."""
        if item.what != "number" or self.head or not float(item.value).is_integer():
            return False
        after = self._item(1)
        noun = after is not None and (
            self._is_noun(after) or after.marked("one", "measure") or after.text in _MEASURES
        )
        noun = noun or (after is not None and after.text in listed("measures_songs"))
        ends = after is None or after.what in ("break", "join", "do") or after.marked("in")
        if ends and any(
            other.what in ("time", "frames") for other in self.items[max(0, self.at - 6) : self.at + 7]
        ):
            ends = False  # "the first 2 and the last 3 seconds"
        if self.refer == "others":  # "the other two for 1 second"
            ends = after is None or after.what in ("break", "join", "do", "when", "filler", "blend", "look")
        if noun or (
            ends and (self.refer == "others" or self.every == "all" or (self.article and self.numbers))
        ):
            count = int(item.value)
            if self.numbers and self.numbers[-1] in (1, -1):
                self.first = count * self.numbers.pop()
            else:
                self.count = count
            if ends:
                self.head = True
            if (
                after is not None
                and not self._is_noun(after)
                and (after.text in _MEASURES or after.text in listed("measures_songs"))
            ):
                self.at += 1
                self.head = True
                if after.text in listed("measures_songs"):
                    self.kind = "music"
            return True
        return False

    def _what_it_is_like(self, item: Item) -> bool:
        state = _STATES.get(item.value) if item.what in ("ask", "shape") else None
        state = state or _STATE_WORDS.get(item.text)
        if state is None or self.head:
            return False
        if state in ("longest", "shortest"):
            self.state, self.article = state, True
            if not (self._noun_ahead() or self._one_ahead()):
                self.head = True
            return True
        ahead = self._item(1)
        if item.what == "shape" and ahead is not None and ahead.value is Thing.VIDEO:
            return False  # "make it a square video"
        if (self.article or measured(self.language)) and (self._noun_ahead() or self._one_ahead()):
            self.state = state
            return True
        return False

    def _name(self, item: Item) -> bool:
        if item.what == "file" or (item.what == "word" and (item.named or self.names.in_texts(item.text))):
            if self.head and not self.words and not self.pronoun:
                return False
            if self.pronoun:
                return False
            self.words.append(str(item.value or item.text) if item.what == "file" else item.text)
            self.head = True
            return True
        numbered = (
            item.what == "number"
            and self.words
            and (self.names.best([*self.words, f"{item.value:g}"]) or self.names.in_texts(f"{item.value:g}"))
        )
        if numbered:
            self.words.append(f"{item.value:g}")
            return True
        return False

    def _unknown_word(self, item: Item) -> bool:
        """A word in no lexicon before a noun, or after an article: it narrows what is meant."""
        if (
            item.what != "word"
            or item.text in _NO_MODIFIER
            or item.marked(
                "u",
                "praise",
                "so",
                "while",
                "if",
                "until",
                "caps",
                "lower",
                "whichever",
                "also",
                "back",
                "mistake",
            )
        ):
            return False
        if self.head:
            # "the coffee shop clip": what stands between a name and its noun says no more
            return bool(self.words) and self._noun_ahead() and item.what == "word"
        before_noun = self._noun_ahead() or self._one_ahead()
        after_article = self.article and len(self.unknown) < _MOST_WORDS and not self._time_ahead()
        if not (before_noun or after_article):
            return False
        self.unknown.append(item.text)
        if not before_noun:
            ahead = self._item(1)
            if ahead is None or ahead.what != "word" or ahead.text in _NO_MODIFIER:
                self.head = True
        return True

    # ---- the noun and what follows it

    def _noun(self) -> bool:
        item = self.items[self.at]
        if (
            item.marked("one")
            and item.what in ("filler", "number", "word")
            and self._narrowed()
            and not self.pronoun
        ):
            self.head = True
            self.at += 1
            return True
        if (
            item.what == "thing"
            and item.value in _NOUNS
            and not (self.pronoun and self.refer == "it" and self._owned())
        ):
            kind = _NOUNS[item.value]
            if self.kind is None or self.kind == "video" or (self.kind == "clip" and kind != "video"):
                self.kind = kind
            if item.value is Thing.CLIP and item.text[:1] in listed("pointing") and not self._narrowed():
                self.refer = "it"
            self.head = True
            self.at += 1
            return True
        if item.text in listed("copy") and self.article and not self._narrowing():
            self.refer, self.head = "new", True
            self.at += 1
            return True
        if item.marked("this") and measured(self.language) and self.words and item.what == "mark":
            if item.text[-1:] in listed("measures_songs"):
                self.kind = "music"
            self.at += 1  # 欢快那首, 夜景那个
            return True
        if item.marked("measure") and measured(self.language) and self._narrowed():
            self.at += 1
            return True
        if item.marked("of") and measured(self.language) and self._narrowed() and self._noun_after(1):
            self.at += 1
            return True
        if item.marked("these", "them") and self.pronoun is False and self.head and measured(self.language):
            self.at += 1
            return True
        return False

    def _owned(self) -> bool:
        return self.items[self.at - 1].text in ("it",) if self.at else False

    def _after_the_noun(self) -> None:
        """ "clip 3", "clips 1 and 3", "clips 20 to 25", "clip number 2", "them all", 欢快那首"""
        if self.pronoun or (self.head and self.refer in ("it", "them")):
            while (item := self._item()) is not None and (
                (item.value is Thing.ALL or item.marked("all", "both") or item.value is Thing.THESE)
                and item.text not in listed("every_one")
            ):
                self.every = "all"
                self.at += 1
        if (
            self.refer == "others"
            and (item := self._item()) is not None
            and item.value is Thing.THESE
            and self.count is None
        ):
            self.count = (
                3 if any(word in item.text for word in listed("three")) else 2 if _two(item.text) else None
            )
            self.kind = self.kind or "clip"
            self.at += 1
        if not self.head or self.kind is None or self.numbers:
            return
        if (
            self.kind == "clip"
            and not self.words
            and (item := self._item()) is not None
            and item.named
            and len(item.text) == 1
        ):
            self.words.append(item.text)  # "clip c"
            self.at += 1
            return
        if (item := self._item()) is not None and item.marked("number", "numbered"):
            self.at += 1
        while (
            (item := self._item()) is not None and item.what == "number" and _clip_number(item, self._item(1))
        ):
            self.numbers.append(int(item.value))
            self.at += 1
            joint, further = self._item(), self._item(1)
            if joint is None or further is None or further.what != "number":
                break
            if joint.value is When.TO or joint.text in ("through", "thru", "-", "–"):
                self.numbers += range(self.numbers[-1] + 1, int(further.value) + 1)
                self.at += 2
                break
            if joint.value is not Join.AND and not (joint.what == "break" and joint.value in ",，、"):
                break
            self.at += 1

    # ---- whether it is one

    def _stands(self, start: int) -> bool:
        if self.at == start:
            return False
        if self.at - start == 1 and self.items[start].text in ADVERBS:
            return False  # 都静音: "all" of what was said before
        if self.kind is not None or self.words or self.pronoun:
            return True
        if self.refer in ("others", "them", "new") or self.state or self.count or self.first:
            return True
        if self.every:
            return True
        if self.numbers:
            return self.head or self._bare_ordinal(start)
        if self.refer == "it":
            after = self._item()
            timed = after is not None and after.what in ("time", "frames", "percent", "number")
            return self.head or not (timed and measured(self.language))
        return bool(self.unknown) and self.head and self.article

    def _bare_ordinal(self, start: int) -> bool:
        """ "The first", "no, the second": nothing follows that it could count."""
        after = self._item()
        ends = (
            after is None
            or after.what in ("break", "join", "do", "not", "look", "percent", "factor")
            or after.value is When.AT
        )
        return self.article and (
            ends
            or (after is not None and (after.marked("so", "also", "with") or after.text.startswith("at ")))
        )

    def _narrowed(self) -> bool:
        return bool(
            self.words
            or self.numbers
            or self.unknown
            or self.state
            or self.article
            or self.refer
            or self.first
            or self.every
        )

    def _narrowing(self) -> bool:
        return bool(self.words or self.numbers or self.unknown or self.state)

    def _is_noun(self, item: Item) -> bool:
        return item.what == "thing" and item.value in _NOUNS

    def _noun_after(self, ahead: int) -> bool:
        item = self._item(ahead)
        return item is not None and self._is_noun(item)

    def _noun_ahead(self) -> bool:
        """Whether a noun comes within a few describing words."""
        for ahead in range(1, _MOST_WORDS):
            item = self._item(ahead)
            if item is None:
                return False
            if self._is_noun(item):
                return True
            if item.what not in ("word", "file") or item.text in _NO_MODIFIER:
                return False
        return False

    def _one_ahead(self) -> bool:
        item = self._item(1)
        return item is not None and (
            item.marked("one") or (measured(self.language) and item.marked("this", "measure"))
        )

    def _time_ahead(self) -> bool:
        return any(
            (item := self._item(ahead)) is not None and item.what in ("time", "frames") for ahead in (1, 2)
        )

    def _target(self) -> Target:
        values: dict[str, Any] = {
            "kind": self.kind, "names": (" ".join(self.words),) if self.words else (),
            "numbers": tuple(self.numbers), "first": self.first,
            "every": self.every, "count": self.count, "refer": self.refer, "state": self.state,
            "unknown": tuple(self.unknown),
        }  # fmt: skip
        if self.pronoun and self.kind is None:
            values["numbers"] = ()
        elif self.numbers and self.refer == "it":
            values["refer"] = None  # 最后那个片段
        return Target.model_validate(values)


def _ordinal(item: Item) -> int | None:
    if item.what == "ordinal":
        return int(item.value)
    if item.marked("first") and isinstance(item.value, When):
        return 1
    if item.marked("last") and isinstance(item.value, When):
        return -1
    if item.value is When.MIDDLE and item.text in listed("middle"):
        return 0
    return None


def _clip_number(item: Item, after: Item | None) -> bool:
    whole = float(item.value).is_integer() and 0 < item.value < 1000
    return whole and not (after is not None and after.what in ("time",))


def _two(text: str) -> bool:
    return any(word in text for word in listed("two"))


# ---- several targets


def _joined(items: Sequence[Item]) -> list[Item]:
    """ "a.mp4 and b.mp4", "the first and the last clip": one target, where both are of one sort."""
    found: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        joined = len(found) >= 2 and item.what == "target" and found[-2].what == "target"
        if joined and (
            found[-1].value is Join.AND or (found[-1].what == "break" and found[-1].value in ",，、")
        ):
            both = _union(found[-2].value, item.value)
            if both is not None:
                first = found[-2]
                del found[-2:]
                found.append(
                    replace(
                        first,
                        value=both,
                        text=f"{first.text} {item.text}",
                        end=item.end,
                        mass=first.weight + item.weight,
                    )
                )
                at += 1
                continue
        found.append(item)
        at += 1
    return found


def _union(one: Target, other: Target) -> Target | None:
    if one.but or other.but or one.refer or other.refer or one.every or other.every:
        return None
    if one.unknown or other.unknown or one.state or other.state:
        return None
    kind = one.kind or other.kind
    if one.kind and other.kind and one.kind != other.kind:
        return None
    if one.names and other.names and not (one.numbers or other.numbers):
        return one.model_copy(update={"names": (*one.names, *other.names), "kind": kind})
    if one.numbers and other.numbers and not (one.names or other.names):
        return one.model_copy(update={"numbers": (*one.numbers, *other.numbers), "kind": kind})
    return None


def is_others(target: Target) -> bool:
    return target.refer == "others" and not target.names and not target.numbers


def _with_exceptions(items: Sequence[Item]) -> list[Item]:
    """ "everything except the vows", "every clip but the dance", 除了最后一段: the exception joins its target."""
    found: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        after = items[at + 1] if at + 1 < len(items) else None
        excepts = (
            item.value is When.EXCEPT
            or item.marked("except")
            or (
                item.marked("but")
                and bool(found)
                and found[-1].what == "target"
                and found[-1].value.every is not None
            )
        )
        if excepts and after is not None and after.what == "target":
            whole = item.text.startswith(("every", "all", "any"))
            if found and found[-1].what == "target" and not whole:
                last = found.pop()
                target = last.value.model_copy(update={"but": after.value})
                mass = last.weight + after.weight + 1
                found.append(
                    replace(
                        last,
                        value=target,
                        end=after.end,
                        text=f"{last.text} {item.text} {after.text}",
                        mass=mass,
                    )
                )
                at += 2
                continue
            before = next(
                (n for n in range(len(found) - 1, max(-1, len(found) - 4), -1) if found[n].what == "target"),
                None,
            )
            if (
                before is not None
                and not whole
                and found[before].value.plain
                and found[before].value.but is None
            ):
                last = found[before]  # "speed up everything 2x except c.mp4"
                found[before] = replace(
                    last,
                    value=last.value.model_copy(update={"but": after.value}),
                    mass=last.weight + after.weight + 1,
                )
                at += 2
                continue
            if whole or item.text in listed("except"):
                base = Target(every="all", but=after.value)
                end = at + 2
                while end < len(items) and (
                    items[end].value in (When.EXCEPT, Thing.ALL) or items[end].what == "break"
                ):
                    end += 1
                if (
                    end < len(items)
                    and items[end].what == "target"
                    and (items[end].value.every == "all" or items[end].value.refer in ("others", "them"))
                ):
                    kind = items[end].value.kind
                    base = Target(kind=kind, every="all", but=after.value)
                    end += 1
                    while end < len(items) and (
                        items[end].value is Thing.ALL or items[end].text in listed("all_of_it")
                    ):
                        end += 1
                found.append(
                    Item(
                        "target",
                        base,
                        f"{item.text} {after.text}",
                        item.start,
                        items[end - 1].end,
                        mass=after.weight + 3,
                    )
                )
                at = end
                continue
        found.append(item)
        at += 1
    return found


def _beside_another(items: Sequence[Item], language: Language) -> list[Item]:
    """ "the one after that", 夜景前面那段: a clip that is told by its neighbour."""
    found: list[Item] = []
    place = 0
    while place < len(items):
        here = items[place]
        edge, width = _edge_of(items, place + 1)
        if (
            edge
            and here.what == "target"
            and here.text.split()[-1] in _ONES
            and here.value.plain
            and not here.value.every
            and not here.text.startswith(("a ", "an "))
        ):
            target = here.value.model_copy(update={"numbers": (edge,), "refer": None})
            found.append(
                Item("target", target, here.text, here.start, items[place + width].end, mass=here.weight + 2)
            )
            place += width + 1
            continue
        one, side, other = (items[place + n] if place + n < len(items) else None for n in range(3))
        if one is not None and side is not None and other is not None and one.what == other.what == "target":
            which = _which_side(side)
            base, neighbour = (one, other) if not measured(language) or side.text.isascii() else (other, one)
            if which and _is_plain_clip(base.value):
                target = base.value.model_copy(
                    update={which: neighbour.value, "refer": None, "kind": base.value.kind or "clip"}
                )
                mass = one.weight + other.weight + 1
                found.append(
                    Item(
                        "target",
                        target,
                        f"{one.text} {side.text} {other.text}",
                        one.start,
                        other.end,
                        mass=mass,
                    )
                )
                place += 3
                continue
        found.append(items[place])
        place += 1
    return found


_ONES = frozenset({"one", "clip", "title", "text", "shot", "photo"})


def _edge_of(items: Sequence[Item], place: int) -> tuple[int, int]:
    """ "(the one) at the very start": 1 for the first, -1 for the last, and how many items say so."""
    run = list(items[place : place + 3])
    values = [item.value for item in run]
    for width in (1, 2, 3):
        if len(values) < width or (values[0] is not When.AT and width > 1):
            continue
        last = values[width - 1]
        at = run[0].text.startswith("at") or run[0].value is When.AT
        between = all(item.what in ("filler", "when") for item in run[:width])
        if at and between and last in (When.START, When.END):
            return (1 if last is When.START else -1), width
    return 0, 0


def _which_side(side: Item) -> str:
    if side.value is When.AFTER or (side.value is When.LAST and side.text in listed("after_it")):
        return "after"
    return (
        "before"
        if side.value is When.BEFORE or (side.value is When.FIRST and side.text in listed("before_it"))
        else ""
    )


def _is_plain_clip(target: Target) -> bool:
    return (
        target.plain
        and target.kind in (None, "clip")
        and target.refer in (None, "it")
        and not target.every
        and not target.count
    )


_RELATIONS = ("over", "under", "with", "as", "of", "while", "until", "on", "in", "for", "to")


def _related(items: Sequence[Item]) -> list[Item]:
    """Each target with how it stands to the wish, by the small word beside it."""
    found = list(items)
    for place, item in enumerate(found):
        if item.what != "target" or item.relation:
            continue
        before = found[place - 1] if place else None
        after = found[place + 1] if place + 1 < len(found) else None
        relation = ""
        if after is not None and not after.text.isascii():
            relation = _behind(after)
        if not relation and before is not None:
            relation = _ahead(before)
        if relation:
            found[place] = replace(item, relation=relation)
    return found


def _ahead(before: Item) -> str:
    if before.value in (When.AFTER, When.BEFORE, When.BETWEEN):
        return str(before.value.name).lower()
    return next((name for name in _RELATIONS if before.marked(name)), "")


def _behind(after: Item) -> str:
    """Chinese says it after the target: 标题之后, 第二段前面."""
    if after.value in (When.AFTER, When.BEFORE, When.BETWEEN):
        return str(after.value.name).lower()
    if after.value is When.LAST and after.text in listed("after_it"):
        return "after"
    if after.value is When.FIRST and after.text in listed("before_it"):
        return "before"
    if after.marked("while"):
        return "while"
    return "on" if after.text in listed("on_it") else ""


def named_moment(target: Target) -> Moment:
    """Where a target begins."""
    return Moment(edge="start", of=target)
