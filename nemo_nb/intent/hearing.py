"""One clause as a family of wishes hears it: what it asks for is bound, and what is left over is known.

A family takes from a `Hearing` what it has a use for. Whatever it takes is bound to one slot; the score of a reading
is what was bound less what was not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..language.concepts import Degree, Do, Join, Particle, Thing, When, Where
from .clause import Clause
from .items import SHARES, Item
from .lexicon import either, listed
from .phrase import ADVERBS
from .slots import Amount, Length, Moment, Span, Style, Target

_OBJECT = ("", "of", "for", "on", "in", "to", "with")
_BOXES = listed("box")
_BIG, _SMALL = listed("big"), listed("small")
_DEEDS = frozenset({"do", "look", "blend", "shape", "ratio", "time", "factor", "percent"})
_TO_WORDS = listed("down_to")


_MANNERS = (Degree.BOLD, Degree.ITALIC, Degree.SHADOWED, Degree.OUTLINED)


_OF_ANOTHER_SORT = frozenset({"music", "sound", "text", "caption"})


class Hearing:
    """A clause as one family hears it. Each method that takes something binds it."""

    def __init__(self, clause: Clause, *, alone: bool = True) -> None:
        self.clause, self.ground, self.language = clause, clause.ground, clause.language
        self.items, self.times, self.alone = clause.items, clause.times, alone
        self.bound: set[int] = set()
        self.implied: set[int] = set()  # bound, and of no weight of their own

    @property
    def first(self) -> bool:
        """Whether nothing was said before this clause."""
        return not self.items or not self.clause.text[: self.items[0].start].strip(" ,.，。")

    # ---- asking, without binding

    def has(self, *concepts: Any) -> bool:
        return any(concept in self.clause.values for concept in concepts)

    def of(self, group: type) -> list[Any]:
        return [item.value for item in self.items if isinstance(item.value, group) and item.what != "target"]

    def heard(self, *whats: str) -> bool:
        return any(item.what in whats for item in self.items)

    def marked(self, *names: str) -> bool:
        return any(item.marked(*names) for item in self.items if item.what != "quoted")

    def texts(self) -> set[str]:
        return {item.text for item in self.items}

    def targets(self, *kinds: str) -> list[Target]:
        """The targets that can be of these kinds, whatever their relation; all of them for no kinds."""
        return [target for target, can in self.meant() if not kinds or can & set(kinds)]

    def meant(self) -> list[tuple[Target, set[str]]]:
        """The targets with the kinds that each can be of; a pronoun beside a noun means the same and isn't counted."""
        found = [
            (item.value, can) for item, can in zip(self.items, self.clause.kinds, strict=True) if item.what == "target"
        ]  # fmt: skip
        nouns = [pair for pair in found if not (pair[0].refer in ("it", "them") and pair[0].kind is None)]
        return nouns or found

    @property
    def negated(self) -> bool:
        return self.heard("not")

    # ---- taking

    def say(self, *concepts: Any) -> Any:
        """The first of these concepts; all of them are bound."""
        found = None
        for place, item in enumerate(self.items):
            if item.value in concepts and item.what not in ("target", "quoted"):
                self.bound.add(place)
                found = found if found is not None else item.value
        return found

    def of_course(self, *concepts: Any) -> None:
        """Binds what the wish means by itself: music that is put "under" the picture."""
        before = set(self.bound)
        self.say(*concepts)
        self.implied |= self.bound - before

    def word(self, *texts: str) -> bool:
        """Whether one of these words stands there; all are bound."""
        places = [
            place for place, item in enumerate(self.items) if item.text in texts and item.what != "quoted"
        ]
        self.bound.update(places)
        return bool(places)

    def mark(self, *names: str) -> bool:
        places = [
            n
            for n, item in enumerate(self.items)
            if item.marked(*names) and item.what not in ("target", "quoted")
        ]
        self.bound.update(places)
        return bool(places)

    def take(self, *whats: str) -> Any:
        """The first value of these classes that is not bound yet."""
        for place, item in enumerate(self.items):
            if item.what in whats and place not in self.bound:
                self.bound.add(place)
                return item.value
        return None

    def all(self, *whats: str) -> list[Any]:
        places = [
            place for place, item in enumerate(self.items) if item.what in whats and place not in self.bound
        ]
        self.bound.update(places)
        return [self.items[place].value for place in places]

    def target(self, *kinds: str, relations: Sequence[str] = _OBJECT) -> Target | None:
        """The next target that can be of one of these kinds and stands so to the wish."""
        for place, item in enumerate(self.items):
            if item.what != "target" or place in self.bound or item.relation not in relations:
                continue
            if place in self.times.taken:
                continue
            if kinds and not self.clause.kinds[place] & set(kinds):
                continue
            self.bind_target(place)
            return self._with_pronouns(item.value)
        return None

    def absorb(self, *kinds: str, relations: Sequence[str] = _OBJECT) -> None:
        """Binds further targets that name nothing of their own: "as music", "over everything"."""
        for place, item in enumerate(self.items):
            if (
                item.what != "target"
                or place in self.bound
                or place in self.times.taken
                or item.relation not in relations
            ):
                continue
            narrowed = not item.value.plain or item.value.but
            if not kinds and item.value.kind in _OF_ANOTHER_SORT:
                continue  # "the song starts at 4 s and it turns grey": a wish of its own
            if (not narrowed or (item.relation == "as" and not item.value.names)) and (
                not kinds or self.clause.kinds[place] & set(kinds)
            ):
                self.bind_target(place)

    def _with_pronouns(self, target: Target) -> Target:
        """ "Text colour, you make it blue, both": pronouns beside a noun mean the same thing."""
        if target.kind is None and not target.names:
            return target
        for place, item in enumerate(self.items):
            if item.what != "target" or place in self.bound or item.relation not in ("", "of", "to"):
                continue
            other: Target = item.value
            if not other.plain or other.kind is not None or other.refer in ("others", "new") or other.but:
                continue
            self.bind_target(place)
            if target.plain and (other.every or other.count):
                target = target.model_copy(
                    update={"every": other.every or target.every, "count": other.count}
                )
        return target

    def every_target(self, *kinds: str) -> list[tuple[str, Target]]:
        """All targets that can be of these kinds and say nothing of a time, each with its relation to the wish."""
        found: list[tuple[str, Target]] = []
        for place, item in enumerate(self.items):
            free = item.what == "target" and place not in self.bound and place not in self.times.taken
            if free and self.clause.kinds[place] & set(kinds):
                self.bind_target(place)
                found.append((item.relation, item.value))
        return found

    def related(self, *relations: str, kinds: Sequence[str] = ()) -> Target | None:
        """A target that stands so to the wish: "after the title", "over the interview"."""
        return self.target(*kinds, relations=relations)

    def bind_target(self, place: int) -> None:
        self.bound.add(place)
        for beside in (place - 1, place + 1):
            if 0 <= beside < len(self.items):
                item = self.items[beside]
                if (
                    item.marked(
                        "of", "on", "in", "for", "to", "with", "over", "under", "as", "while", "until"
                    )
                    or (
                        beside == place - 1
                        and (
                            item.value in (When.AFTER, When.BEFORE, When.BETWEEN, When.FOR, When.FROM)
                            or item.text in listed("at_a_thing")
                        )
                    )
                ) and item.what in ("filler", "when", "particle", "mark", "word"):
                    self.bound.add(beside)
        if self.items[place].relation in ("after", "before", "between", "while"):
            beside = place + 1
            if beside < len(self.items) and not self.items[beside].text.isascii():
                self.bound.add(beside)

    def _timed(self, role: str) -> bool:
        places = [
            place for place, said in self.times.taken.items() if said == role and place not in self.bound
        ]
        self.bound.update(places)
        return bool(places)

    def spans(self) -> tuple[Span, ...]:
        """The stretches; also "at 0:05 for 3 seconds" as one."""
        if not self.times.spans:
            return ()
        self._timed("span")
        for place, item in enumerate(self.items):  # 3秒到5秒之间的部分, 视频前百分之三十
            near = (place - 1, place + 1, *((place - 2,) if item.relation == "between" else ()))
            beside = set(near) & (self.bound | self.times.taken.keys())
            if (
                (
                    item.what == "target"
                    and item.relation in ("between", "before", "after")
                    and beside
                    and item.value.plain
                )
                and item.value.kind in (None, "clip", "video")
            ) or self._only_says_part(place):
                self.bind_target(place)
            elif (
                item.value == Target(kind="clip")
                and not item.text.isascii()
                and place - 1 in self.times.taken
            ):
                self.bind_target(place)  # 后半段
        return self.times.spans

    def _only_says_part(self, place: int) -> bool:
        """ "(Cut the speech down to) the part between 10 and 35 s", 第三课从十秒到二十秒那段: a noun beside the
        stretch, where it is said of what that is.
        """
        item = self.items[place]
        noun = (
            item.what == "target" and item.value.plain and item.value.kind == "clip" and not item.value.every
        )
        said = noun and (not item.text.isascii() or item.text.split(" ")[-1] in listed("a_part"))
        beside = said and any(n in self.times.taken for n in (place - 1, place + 1))
        return beside and any(
            other.what == "target" and not other.value.plain and n not in self.times.taken
            for n, other in enumerate(self.items)
        )

    def stretch(self) -> tuple[Span, ...]:
        """The stretches, "at 0:05 for 3 seconds" and "from 0:05" (to the end) among them."""
        if spans := self.spans():
            return spans
        at, length = self.times.at, self.times.length
        if at is not None and length is not None:
            self._timed("at")
            self._timed("length")
            end = at.model_copy(update={"ms": at.ms + length.ms})
            return (Span(start=at, end=end, how="range"),)
        return ()

    def at(self) -> Moment | None:
        if self.times.at is not None and self._timed("at"):
            return self.times.at
        return None

    def length(self) -> Length | None:
        if self.times.length is not None and self._timed("length"):
            self.say(Thing.LENGTH)  # "2 seconds long"
            return self.times.length
        return None

    def to(self) -> Length | None:
        if self.times.to is not None and self._timed("to"):
            return self.times.to
        return None

    def shift(self) -> int | None:
        if self.times.shift is not None and self._timed("shift"):
            return self.times.shift
        return None

    def amount(
        self, *, up: bool | None = None, units: Sequence[str] = ("share", "factor", "db", "number")
    ) -> Amount:
        """How much: the first value of these units, how it is meant, and the direction."""
        step = "some"
        if self.say(Degree.A_BIT):
            step = "bit"
        elif self.say(Degree.MUCH):
            step = "much"
        up = self._direction(up)
        for place, item in enumerate(self.items):
            if place in self.bound:
                continue
            found = _value(item)
            if found is None or found[1] not in units:
                continue
            before = self._before(place)
            value, unit = found
            if unit == "number" and before is not None and before.marked("until"):
                continue  # "only until 15" is a time
            of_noun = before is not None and before.value in (Thing.VOLUME, Thing.SPEED, Thing.OPACITY)
            if (
                unit == "number"
                and not _goal(before)
                and before is not None
                and before.value is not When.BY
                and not of_noun
            ) and not (
                len([i for i in self.items if i.what not in ("filler", "mark", "break", "word")]) <= 2
            ):
                continue
            self.bound.add(place)
            way = self._way(place, before, up)
            return Amount.model_validate({"value": value, "unit": unit, "way": way, "up": up, "step": step})
        return Amount.model_validate({"up": up, "step": step})

    def _direction(self, up: bool | None) -> bool | None:
        particle = self.say(Particle.UP, Particle.DOWN)
        if self.say(Degree.LESS) or particle is Particle.DOWN:
            return False if up is None or up else up
        return up if up is not None else True if particle is Particle.UP else None

    def _before(self, place: int) -> Item | None:
        """The item before a place that means something."""
        for n in range(place - 1, -1, -1):
            if self.items[n].what not in ("filler", "break") or self.items[n].marked("to", "as"):
                return self.items[n]
        return None

    def _way(self, place: int, before: Item | None, up: bool | None) -> str | None:
        if up is not None and before is not None and before.value is Do.SET:
            before = None  # "make it 50% louder"
        said = [item for item in self.items[:place] if item.what != "filler"]
        apart = bool(said) and said[-1].what == "break"  # "quieter, so 40 percent"
        if before is not None and before.value is When.BY:
            self.bound.add(self.items.index(before))
            return "by"
        if apart or _goal(before):
            if before is not None and _goal(before) and before.what != "do":
                self.bound.add(self.items.index(before))
                two = self.items.index(before) - 1
                if two >= 0 and self.items[two].marked("back"):
                    self.bound.add(two)
            return "to"
        return (
            "to"
            if self.items[place].text.startswith("at ")
            else "by"
            if self.items[place].text.startswith("by ")
            else None
        )

    def times_as_large(self, up: bool | None) -> float | None:
        """How often as large as now: "half its size", "twice as big", "by a third"; None where it isn't said so."""
        for place, item in enumerate(self.items):
            share, factor = SHARES.get(item.value), item.what == "factor" or item.value is Degree.DOUBLE
            percent = item.what == "percent" and up is not None and not _goal(self._before(place))
            if place in self.bound or not (share or factor or percent):
                continue
            self.bound.add(place)
            self.say(When.BY)
            self.mark("as")
            for beside, other in enumerate(self.items[:-1]):  # "half its size"
                if other.text == "its" and self.items[beside + 1].text in listed("size"):
                    self.bind_target(beside)
            self.word(*_BIG, *_SMALL, *listed("size"))
            value = _value(item)
            amount = value[0] if value is not None else 1.0
            if factor:
                return 1 / amount if up is False else amount
            if share and (up is None or _goal(self._before(place)) or (item.value is Degree.HALF and not up)):
                return share
            return 1 + amount if up else 1 - amount
        return None

    def place(self) -> str | None:
        """A place on the canvas."""
        places = [item.value for item in self.items if isinstance(item.value, Where)]
        if not places:
            third = any(item.text.endswith(either("lower_third")) for item in self.items)
            return "bottom" if third else None
        self.say(*Where)
        for place, item in enumerate(self.items):  # "to the top of the frame", 画面顶部
            whole = item.what == "target" and item.value == Target(kind="video")
            around = self.items[max(0, place - 2) : place + 3]
            beside = any(isinstance(other.value, Where) for other in around)
            if whole and beside and place not in self.times.taken:
                self.bind_target(place)
        named = [place.value for place in places if place is not Where.CORNER]
        if len(named) == 2 and set(named) <= {"top", "bottom", "left", "right"}:
            rows = [place for place in named if place in ("top", "bottom")]
            sides = [place for place in named if place in ("left", "right")]
            if rows and sides:
                return f"{rows[0]}-{sides[0]}"
        return named[0] if named else "bottom-right"

    def style(self) -> Style:
        """Colours, size, bold … as they are said of words."""
        values: dict[str, Any] = {}
        colours = [
            (n, item) for n, item in enumerate(self.items) if item.what == "colour" and n not in self.bound
        ]
        boxed = [n for n, _ in colours if n + 1 < len(self.items) and self.items[n + 1].text in _BOXES]
        self.bound.update(n + 1 for n in boxed)
        behind = bool(boxed) or self.has(Thing.BACKGROUND)
        behind = behind or any(n and self.items[n - 1].text == "on" for n, _ in colours)
        outlined = self.say(Degree.OUTLINED)
        outline = next(
            (
                item
                for n, item in colours
                if n + 1 < len(self.items) and self.items[n + 1].value is Degree.OUTLINED
            ),
            None,
        )
        off = self._taken_off()
        if outlined:
            values["outline"] = False if outlined in off else outline.value if outline else True
        plain = [item.value for _, item in colours if item is not outline]
        told = len(plain) if behind else 1  # of "black … in white" the other would be heard by nobody
        self.bound.update(n for n, item in colours if item is outline or item.value in plain[:told])
        if plain and behind:
            self.say(Thing.BACKGROUND)
            values["background"] = plain[-1]
            if len(plain) > 1:
                values["color"] = plain[0]
        elif plain:
            values["color"] = plain[0]
        texts = self.texts()
        sized = bool(texts & listed("size"))
        if sized and (more := self.say(Do.LOUDER, Do.QUIETER)) is not None:
            values["bigger"] = 1 if more is Do.LOUDER else -1
            self.word(*listed("size"))
        elif self.say(Do.BIGGER) or (texts & _BIG and self.word(*_BIG)):
            values["bigger"] = 1
        elif self.say(Do.SMALLER) or (texts & _SMALL and self.word(*_SMALL)):
            values["bigger"] = -1
        for concept, key in ((Degree.BOLD, "bold"), (Degree.ITALIC, "italic"), (Degree.SHADOWED, "shadow")):
            if self.say(concept):
                values[key] = concept not in off
        if self.mark("caps"):
            values["caps"] = "upper"
            self.mark("all")
        elif self.mark("lower"):
            values["caps"] = "lower"
        if self.say(Thing.OPACITY):
            share = self.take("percent")
            values["opacity"] = share if share is not None else 0.5
            self.say(Degree.HALF)
        if values:
            self.say(Degree.A_BIT, Degree.MUCH)
        return Style.model_validate(values)

    def _taken_off(self) -> set[Any]:
        """ "Bold, without an outline", "remove the shadow": the manners of words that stand behind a negation."""
        negates = [
            n
            for n, item in enumerate(self.items)
            if item.what == "not" or item.value is Do.CUT or item.text in listed("lacking")
        ]
        begin = negates[0] if negates else len(self.items)
        off = {item.value for item in self.items[begin:] if item.value in _MANNERS}
        if off:
            self.bound.update(negates)
        return off

    def words(self) -> str | None:
        """The words of a text, quoted or not."""
        found = self.take("quoted")
        return str(found) if found is not None else None

    def fillers(self) -> None:
        """Joints and small words mean nothing more once the rest is understood."""
        for place, item in enumerate(self.items):
            if (
                (item.what in ("filler", "join", "break") and not item.marked("if"))
                or item.value in (Thing.IT,)
                or item.text in ADVERBS | listed("otherwise")
                or (item.marked("light") and any(self.items[n].what in _DEEDS for n in self.bound))
                or (item.value is Particle.IN and self._introduces(place))
            ):
                self.bound.add(place)

    def _introduces(self, place: int) -> bool:
        """Whether "in" only leads up to what comes after it: "in the lower left", "in white"."""
        after = next((item for item in self.items[place + 1 :] if item.what != "filler"), None)
        return after is not None and after.what in ("where", "colour", "target", "look", "shape")

    def left(self) -> list[Item]:
        """The items that nothing bound."""
        return [item for place, item in enumerate(self.items) if place not in self.bound]


def _value(item: Item) -> tuple[float, str] | None:
    if item.what == "percent":
        return float(item.value), "share"
    if item.what == "factor":
        return float(item.value), "factor"
    if item.what == "decibel":
        return float(item.value), "db"
    if item.what == "number":
        return float(item.value), "number"
    if item.value in SHARES:
        return SHARES[item.value], "share"
    if item.value is Degree.DOUBLE:
        return 2.0, "factor"
    return None


def _goal(before: Item | None) -> bool:
    if before is None:
        return False
    return (
        before.value in (When.TO, When.AT, Do.SET)
        or before.text in _TO_WORDS
        or before.marked("to")
        or (before.value is Join.AND and False)
    )
