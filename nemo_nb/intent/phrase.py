"""The grammar of one phrase that names things: "the second beach clip", "both titles", 最后一张照片."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..language.concepts import Ask, Degree, Do, Join, Look, Shape, Thing, When
from ..tongues import Language, every
from .items import Item
from .lexicon import either, listed, measured
from .names import Names
from .slots import Target

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


_MANNERS = (Degree.ITALIC, Degree.BOLD)


_NO_MODIFIER = frozenset(
    {"is", "are", "was", "were", "be", "of", "to", "at", "for", "by", "and", "or", "so", "not", "factor"}
)


_MEASURES = listed("measures")


_MOST_WORDS = 4
_A_FILES_NUMBER = 4  # digits: no time is that long
_LEADING_UP = (When.TO, When.AFTER, When.BEFORE, When.AT, When.BY, When.FROM)


_MORE = frozenset({Do.LOUDER, Do.QUIETER, Do.FASTER, Do.SLOWER, Do.BIGGER, Do.SMALLER, Do.MUTE, *Look})

# They say that it is done to all of what was named before, and name nothing.
ADVERBS = listed("adverbs")


class Phrase:
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
        self.article = self.head = self.pronoun = self.piece = False

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
            if item.text in listed("pointing_articles") and self._points(self._item(1)):
                self.refer, self.pronoun, self.head = "it", True, True
                return True
            self.article = True
            if item.text in listed("of_somebody"):
                self.refer = "it"  # "his voice": of the clip that was spoken of
            return True
        if item.marked("this", "these") and item.what in ("mark", "filler", "word", "correction", "thing"):
            if self.head:
                return False
            if self.numbers:  # 最后那个
                self.head = measured(self.language)
                return self.head
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

    def _points(self, after: Item | None) -> bool:
        """ "Kürz den auf 10 Sekunden", "mach die lauter": no article, where nothing comes that it could be one of."""
        before = self._item(-1)
        done = before is not None and before.what == "do"
        leads = after is None or after.what == "break" or after.value in (When.TO, When.BY)
        more = after is not None and (after.value in _MORE or after.marked("also"))
        return done and (leads or more)

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
            if item.value is When.EACH and item.text.endswith(either("photos")):
                self.kind, self.head = "image", True  # "each picture", said in one
            elif item.value is When.EACH and item.text[-1:] in listed("measures_clips") | listed(
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
        if after is not None and after.value is Join.AND and self._counts_both_edges():
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
            number in (1, -1, 0)
            and after is not None
            and after.what == "ordinal"
            and after.value > 2
            and after.text.isascii()
        ):
            return False  # "the first third", "the middle third"
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
                self.head = False  # 第一个和最后一个
                while self._item(1) is not further:
                    self.at += 1
        return True

    def _counts_both_edges(self) -> bool:
        """ "The first and last 2 seconds", and no two clips: "first and last one 2 seconds shorter"."""
        further = [n for n in (2, 3) if (a := self._item(n)) is not None and _ordinal(a) is not None]
        after = self._item(further[-1] + 1) if further else None
        return after is not None and after.what in ("time", "frames")

    def _counted(self, item: Item) -> bool:
        """A number before what it counts: "the other two", "the first two clips", 三段."""
        if item.what != "number" or self.head or not float(item.value).is_integer():
            return False
        after = self._item(1)
        noun = after is not None and (
            self._is_noun(after) or after.marked("one", "measure") or after.text in _MEASURES
        )
        noun = noun or (after is not None and after.text in listed("measures_songs"))
        ends = after is None or after.what in ("break", "join", "do", "ask", "thing") or after.marked("in")
        beyond = self._item(2)
        too = after is not None and after.marked("also")  # "and the last 5 too"; not "die letzten 5 auch weg"
        ends = ends or (too and (beyond is None or beyond.what == "break"))
        if (
            ends
            and self.every != "all"
            and any(
                other.what in ("time", "frames") for other in self.items[max(0, self.at - 6) : self.at + 7]
            )
        ):
            ends = False  # "the first 2 and the last 3 seconds"
        if self.refer == "others":  # "the other two for 1 second"
            ends = after is None or after.what in ("break", "join", "do", "when", "filler", "blend", "look")
        if noun or (
            ends
            and (self.refer in ("others", "them") or self.every == "all" or (self.article and self.numbers))
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
                self.kind = _counted_with(after.text) or self.kind
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
        before = self._item(-1)
        alone = item.what == "number" and len(item.text) > 2 and item.text.isdigit() and not self.words
        led = before is not None and before.value in _LEADING_UP and len(item.text) < _A_FILES_NUMBER
        if alone and not self.head and not led and len(self.names.best([item.text])) == 1:
            self.words.append(item.text)  # "slow 203 down", of IMG_203.mp4
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
        if self._sizes_a_new_title(item):
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
                self.head = ahead is None or ahead.value not in _MANNERS  # "an elegant italic"
        return True

    def _sizes_a_new_title(self, item: Item) -> bool:
        """加一行(小)字: how large the words are that are added, and not which of those that are there."""
        before, after = self._item(-1), self._item(1)
        adds = before is not None and (before.value in (Do.ADD, Do.WRITE) or before.marked("measure"))
        titles = after is not None and after.value in (Thing.TITLE, Thing.CAPTIONS)
        return adds and titles and item.text in listed("big") | listed("small")

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
            self.piece = item.text in listed("a_piece") and bool(self.numbers)
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
        if self.words and (item := self._item()) is not None and item.text in listed("beside_a_name"):
            self.at += item.what == "word"  # "the living room", of living.mp4
        if self.kind is not None and not (self._narrowing() or self.refer or self.first):
            every = (item := self._item()) is not None and item.text in ADVERBS and measured(self.language)
            several = (
                self.every is None
                and self.head
                and self.items[self.at - 1].text in listed("several_clips")
                and not self.count
            )
            self.every = "all" if every or several else self.every  # 标题都再大一点, "mute the clips"
        if not self.head or self.kind is None or self.numbers:
            return
        if self.article and not (self.words or measured(self.language)) and self._named_behind():
            return
        if (
            self.kind == "clip"
            and not self.words
            and (item := self._item()) is not None
            and item.named
            and item.what == "word"
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

    def _named_behind(self) -> bool:
        """ "The photo P100", "the song calm": its name behind the noun."""
        item = self._item()
        named = item is not None and (item.what == "file" or (item.what == "word" and item.named))
        if item is not None and named:
            self.words.append(item.text)
            self.at += 1
        return named

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
            or after.what
            in ("break", "join", "do", "not", "look", "percent", "factor", "correction", "quoted")
            or after.value is When.AT
        )
        return (self.article or len(self.numbers) > 1) and (
            ends
            or (
                after is not None
                and (after.marked("so", "also", "with", "in") or after.text.startswith("at "))
            )
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

    def _of_some(self) -> bool:
        return bool(self._narrowing() or self.refer or self.count or self.first or self.every)

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
        """ "The boring 5 seconds": a time is what the words describe; not "the beach to 5 seconds"."""
        for ahead in (1, 2):
            item = self._item(ahead)
            if item is None or item.value in _LEADING_UP:
                return False
            if item.what in ("time", "frames"):
                return True
            after = self._item(ahead + 1)
            if (
                item.value in (When.FIRST, When.LAST)
                and after is not None
                and after.what in ("time", "degree")
            ):
                return True  # "the boring first half"
        return False

    def _names(self) -> tuple[str, ...]:
        """One name of several words, or several in a row: "kill3 kill1 kill2"."""
        apart = [self.names.best([word]) for word in self.words]
        several = len(apart) > 1 and all(len(files) == 1 for files in apart)
        if several and len({files[0] for files in apart}) == len(apart) and not self.names.best(self.words):
            return tuple(self.words)
        return (" ".join(self.words),) if self.words else ()

    def _target(self) -> Target:
        values: dict[str, Any] = {
            "kind": self.kind, "names": self._names(),
            "numbers": tuple(self.numbers), "first": self.first,
            "every": self.every, "count": self.count, "refer": self.refer, "state": self.state,
            "unknown": tuple(self.unknown), "piece": self.piece,
        }  # fmt: skip
        if self.kind == "sound":  # "the camera sound" is what was recorded with the picture
            values["unknown"] = tuple(word for word in self.unknown if word not in listed("recorded_with_it"))
        if self.pronoun and self.kind is None:
            values["numbers"] = ()
        elif self.numbers and self.refer == "it":
            values["refer"] = None  # 最后那个片段
        if self.refer == "others" and not self.count and self.items[self.at - 1].text in listed("other_one"):
            values["count"] = 1  # "the other one" of three is asked about
        if (
            self.kind == "text"
            and not self._of_some()
            and self.items[self.at - 1].text in listed("all_titles")
        ):
            values["every"] = "all"  # "the labels in red"
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


def _counted_with(measure: str) -> str | None:
    """What is counted with a measure word: 三张 are pictures, 两首 songs."""
    for name, kind in (("measures_songs", "music"), ("measures_images", "image"), ("measures_clips", "clip")):
        if measure in listed(name):
            return kind
    return None


def _clip_number(item: Item, after: Item | None) -> bool:
    whole = float(item.value).is_integer() and 0 < item.value < 1000
    return whole and not (after is not None and after.what in ("time",))


def _two(text: str) -> bool:
    return any(word in text for word in listed("two"))
