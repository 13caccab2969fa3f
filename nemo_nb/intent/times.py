"""What a sentence says about time, unresolved: "the first 3 seconds", "from 2 to 5", "halfway", 最后三秒.

Patterns are tried at each place, the most particular first; each says which items it took, so that whatever is left
is known to be left. Lengths may be shares ("the first third"); moments may be those of a target ("when the title
ends"). Only a timeline or a clip of some length makes milliseconds of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..language.concepts import Degree, Do, Join, Look, Particle, Thing, When
from .items import Item
from .lexicon import either, listed, matching
from .slots import Length, Moment, Span, Target

_FRACTIONS: dict[object, float] = {Degree.HALF: 1 / 2, Degree.THIRD: 1 / 3, Degree.QUARTER: 1 / 4}
_PARTED = frozenset({When.FIRST, When.LAST, When.MIDDLE})
_EDGES = frozenset({When.FIRST, When.LAST, When.MIDDLE, When.START, When.END})
_HEADS, _TAILS = (When.FIRST, When.START), (When.LAST, When.END)
_NOT_AT_AN_EDGE = frozenset({Particle.IN, When.EARLIER, When.LATER})
_AWAY = {When.EARLIER: -1, When.LATER: 1}
_NAMES_MOMENT = matching("names_a_moment")
_BEGINS = matching("begins")
_JOINING = either("joining")
_BESIDE_A_MOMENT = frozenset({When.FROM, When.BETWEEN, When.TO, When.AT, When.AFTER, When.BEFORE, Join.AND})
_FURTHEST = 9
HANDLES = frozenset(
    {"right edge", "left edge", "right handle", "left handle", "in point", "out point", "right-hand edge",
     "left-hand edge"}
)  # fmt: skip
_MANNERS = frozenset({Do.SLOWER, Do.FASTER, Do.REVERSE, *Look})
_ENDING = listed("ending")


@dataclass(frozen=True, slots=True)
class Times:
    """What was said about time. `taken` are the places of the items that said it, by their role.

    `spans`: stretches; `at`: the first moment of `moments`; `length`: a time without a place; `to`: the length or
    moment that something is to go to; `shift`: how much later than now, earlier where negative.
    """

    spans: tuple[Span, ...] = ()
    at: Moment | None = None
    length: Length | None = None
    to: Length | None = None
    shift: int | None = None
    moments: tuple[Moment, ...] = ()
    taken: dict[int, str] = field(default_factory=dict)

    @property
    def some(self) -> bool:
        return bool(self.spans) or any(
            said is not None for said in (self.at, self.length, self.to, self.shift)
        )

    @property
    def how(self) -> str:
        return self.spans[-1].how if self.spans else ""


def times_of(items: Sequence[Item], fps: float, *, bare: bool = False) -> Times:
    """Everything that the items say about time; counts of frames at that rate.

    `bare`: what was done before was said in seconds, so that "the last 5 of the dance" are seconds as well.
    """
    return _Reader(items, fps, bare=bare).read()


class _Reader:
    def __init__(self, items: Sequence[Item], fps: float, *, bare: bool) -> None:
        self.bare = bare and any(item.what == "target" and item.value.names for item in items)
        self.places = [place for place, item in enumerate(items) if _matters(items, place)]
        self.items = [_in_ms(items[place], fps) for place in self.places]
        self.raw = items
        self.deeds = [item.value for item in items if isinstance(item.value, Do)]
        self._join_times()
        self.marks: list[object] = [
            item.value if item.what in ("when", "degree", "join", "particle", "thing") else None
            for item in self.items
        ] + [None] * _FURTHEST
        self.at = 0
        self.spans: list[Span] = []
        self.moments: list[Moment] = []
        self.length: Length | None = None
        self.to: Length | None = None
        self.shift: int | None = None
        self.taken: dict[int, str] = {}

    def _join_times(self) -> None:
        """What ends in the word for "to" joins two times like that word alone."""
        times = [n for n, item in enumerate(self.items) if item.what == "time"]
        for a, b in itertools.pairwise(times):
            if b - a > 1 and self.items[b - 1].text.endswith(_JOINING) and self.items[b - 1].what != "when":
                self.items[b - 1] = replace(self.items[b - 1], what="when", value=When.TO)

    def read(self) -> Times:
        patterns = (
            self._pushed, self._shift, self._from_there,
            self._from_thing_to_thing, self._whole_side, self._around_target,
            self._into_a_clip, self._from_the_end, self._stretch, self._both_edges,
            self._from_edge_to_edge, self._in_and_out, self._edge, self._range, self._side, self._moment, self._length,
        )  # fmt: skip
        while self.at < len(self.items):
            if not any(pattern() for pattern in patterns):
                self.at += 1
        return Times(
            tuple(_joined(self.spans)), _telling(self.moments), self.length, self.to, self.shift,
            tuple(self.moments), self.taken,
        )  # fmt: skip

    # ---- what stands where

    def _item(self, ahead: int) -> Item | None:
        place = self.at + ahead
        return self.items[place] if 0 <= place < len(self.items) else None

    def _mark(self, ahead: int) -> object:
        place = self.at + ahead
        return self.marks[place] if 0 <= place < len(self.marks) else None

    def _text(self, ahead: int) -> str:
        item = self._item(ahead)
        return item.text if item else ""

    def _target(self, ahead: int) -> Target | None:
        item = self._item(ahead)
        return item.value if item is not None and item.what == "target" else None

    def _time(self, ahead: int) -> int | None:
        item = self._item(ahead)
        return int(item.value) if item is not None and item.what == "time" else None

    def _share(self, ahead: int) -> float | None:
        mark = self._mark(ahead)
        return _FRACTIONS.get(mark) if isinstance(mark, Degree) else None

    def _names_moment(self, ahead: int) -> bool:
        item = self._item(ahead)
        return item is not None and item.what == "time" and _NAMES_MOMENT.match(item.text) is not None

    def _amount(self, ahead: int) -> Length | None:
        if (ms := self._time(ahead)) is not None:
            return Length(ms=ms)
        if (share := self._share(ahead)) is not None:
            return Length(share=share)
        item = self._item(ahead)
        if item is None:
            return None
        if item.what == "percent":
            return Length(share=float(item.value))
        if item.what == "ordinal" and self._mark(ahead - 1) in _PARTED and item.value and item.value > 2:
            return Length(share=1 / int(item.value))  # "the first third"
        if item.what != "number" or self._mark(ahead - 1) not in (When.FIRST, When.LAST):
            return None
        goes_on = self._mark(ahead + 1) is Join.AND or (self.spans and self._mark(ahead - 2) is Join.AND)
        last = self._item(ahead + 1)
        ends = (
            last is None
            or last.what not in ("word", "target", "percent")
            or self._relation(ahead + 1) == "of"
        )
        owned = self._text(ahead - 2) in listed("of_it")  # "only its last 5"
        seconds = goes_on or (ends and (self.bare or owned))
        return Length(ms=round(float(item.value) * 1000)) if seconds else None

    def _moment_at(self, ahead: int) -> Moment | None:
        if (ms := self._time(ahead)) is not None:
            return Moment(ms=ms)
        if (share := self._share(ahead)) is not None:
            return Moment(share=share)
        mark = self._mark(ahead)
        if mark in (When.START, When.MIDDLE, When.END):
            edge = {When.START: "start", When.MIDDLE: "middle", When.END: "end"}[mark]
            return Moment.model_validate({"edge": edge})
        item = self._item(ahead)
        if item is not None and (
            self._mark(ahead - 1) in _BESIDE_A_MOMENT or self._mark(ahead + 1) in _BESIDE_A_MOMENT
        ):
            counted = (
                item.what == "ordinal"
                and item.text[:1] in listed("nth")
                and self._time(ahead + 2) is not None
            )
            if item.what == "percent":
                how_much = self._mark(ahead - 1) is When.AT or item.text in listed("at_full")
                return None if how_much else Moment(share=float(item.value))  # "at 15% till 20 s"
            if item.what == "number" or counted:
                return Moment(ms=round(float(item.value) * 1000))
        return None

    # ---- patterns

    def _pushed(self) -> bool:
        """push it back a second: later; move it back a second: nobody knows which way, and it is no length"""
        ms, place = self._time(0), self.places[self.at]
        verb = next((n for n, item in enumerate(self.raw[:place]) if item.text in listed("pushes")), None)
        if ms is None or verb is None or self._mark(-1) in (When.FOR, When.TO, When.AT, When.FROM):
            return False
        lead = place - 1 - (self.raw[place - 1].value is When.BY)
        behind = self.raw[place + 1 : place + 2]
        further = bool(behind) and behind[0].text in listed("further")  # "two seconds further back"
        for way in (lead, place + 1 + further):
            word = self.raw[way].text if verb < way < len(self.raw) else ""
            ways = {word, f"{self.raw[verb].text} {word}"}
            later, sooner = ways & listed("pushed_later"), ways & listed("pushed_sooner")
            if later or sooner:
                self.shift = ms if later else -ms
                self.taken |= dict.fromkeys((verb, way, *range(min(way, place), max(way, place))), "shift")
                return self._skip(2 if self.places[self.at + 1 : self.at + 2] == [way] else 1, "shift")
            if word in listed("pushed_somewhere"):
                self.at += 1
                return True
        return False

    def _shift(self) -> bool:
        by = 1 if self._mark(1) is When.BY else 0
        if (
            self._mark(0) in _AWAY
            and self._target(1) is not None
            and self._mark(2) is When.BY
            and self._time(3) is not None
        ):
            self.shift = (self._time(3) or 0) * _AWAY[When(self._mark(0))]  # "delay the music by 2 seconds"
            for ahead in (0, 2, 3):
                self.taken[self.places[self.at + ahead]] = "shift"
            self.at += 4
            return True
        for way, amount in ((0, 1 + by), (1, 0)):
            mark, ms = self._mark(way), self._time(amount)
            if mark in _AWAY and ms is not None:
                self.shift = ms * _AWAY[When(mark)]
                return self._skip(2 + by if way == 0 else 2, "shift")
        return False

    def _from_there(self) -> bool:
        """from there to the end, from then on: from the moment told before, else from where that begins"""
        if self._mark(0) is not When.FROM or self._text(1) not in listed("there"):
            return False
        start = self.moments[-1] if self.moments else Moment(of=Target(refer="it"))
        to_end = 2 if self._mark(2) is When.TO and self._mark(3) is When.END else 0
        if not to_end and self._mark(2) is When.TO:
            return False
        return self._take(2 + to_end, start, Moment(edge="end"), "after")

    def _whole_side(self) -> bool:
        """everything before the phone clip, only the bit after the title; "cut it at 6 and drop everything before" """
        mark = self._mark(0)
        place = self.places[self.at]
        part = place > 0 and self.raw[place - 1].text.endswith(either("part_of_it"))
        if mark not in (When.AFTER, When.BEFORE) or not (part or self._text(0) in listed("whole_side")):
            return False
        of, side = self._target(1), self._side_said(2)
        if of is not None and not of.plain:
            edge = side or ("end" if mark is When.AFTER else "start")
            moment = Moment.model_validate({"edge": edge, "of": of})
            count = 2 + (side is not None)
        elif self._item(1) is None and len(self.moments) == 1:
            moment, count = self.moments.pop(), 1
            self.taken = {n: "span" if role == "at" else role for n, role in self.taken.items()}
        else:
            return False
        if mark is When.AFTER:
            return self._take(count, moment, Moment(edge="end"), "after")
        return self._take(count, Moment(), moment, "before")

    def _around_target(self) -> bool:
        """right after the title, 2 seconds before the last clip, when the music stops, at the end of the vows"""
        offset, ahead = 0, 0
        if (
            (ms := self._time(0)) is not None
            and self._mark(1) in (When.AFTER, When.BEFORE)
            and self._mark(-1) is not When.FOR
            and self._target(2)
        ):
            offset, ahead = ms, 1
        mark, target = self._mark(ahead), self._target(ahead + 1)
        here = self._target(0)
        if here is not None and self._relation(0) == "while" and (side := self._side_said(1)) is not None:
            return self._take_moment(Moment.model_validate({"edge": side, "of": here}), 2)
        third = self._item(2)
        if here is not None and third is not None and third.marked("while") and not third.text.isascii():
            side = self._side_said(1)  # 誓言结束的时候
            if side is not None:
                return self._take_moment(Moment.model_validate({"edge": side, "of": here}), 3)
        first = self._item(ahead)
        whiles = first is not None and first.marked("while", "until")
        if target is not None and (mark in (When.AFTER, When.BEFORE) or whiles):
            side = self._side_said(ahead + 2)
            if whiles and side is None:
                return False
            if first is not None and first.marked("until") and not offset:
                until = Moment.model_validate({"edge": side, "of": target})
                return self._take(ahead + 3, Moment(), until, "before")  # "until the title disappears"
            edge = side or ("end" if mark is When.AFTER else "start")
            sign = -1 if mark is When.BEFORE else 1
            ends = mark is When.BEFORE and not offset
            moment = Moment.model_validate({"edge": edge, "ms": sign * offset, "of": target, "ends": ends})
            return self._take_moment(moment, ahead + 2 + (side is not None))
        if mark is When.AT and self._belongs(ahead):
            return False  # "beim Tanz die letzten 5 Sekunden"
        if (
            mark in (When.AT, When.FROM)
            and (begun := self._target(ahead + 1)) is not None
            and _can_begin(begun)
        ):
            there = self._mark(ahead + 2) is When.AT and self._text(ahead + 2) in listed("there")
            side = self._side_said(ahead + 2 + there)
            end = ahead + 2 + there + (side is not None)
            onwards = self._text(ahead) in listed("onwards") or self._goes_onwards(ahead + 1)
            if mark is When.FROM and side is None and self._mark(ahead + 2) is not When.TO and not onwards:
                pass  # "from the film": what it is cut out of
            else:
                end += self._mark(end) is When.TO
                return self._take_moment(Moment.model_validate({"edge": side or "start", "of": begun}), end)
        edges = {
            When.START: "start",
            When.END: "end",
            When.MIDDLE: "middle",
            When.FIRST: "start",
            When.LAST: "end",
        }
        place = 1 if mark in (When.AT, When.FROM) else 0
        edge_mark = self._mark(place)
        of = self._item(place + 1)
        whose = (
            place + 1 + (of is not None and of.value is When.FROM and of.marked("of"))
        )  # "am Ende von hello"
        owner = self._target(whose)
        if (
            edge_mark in (When.START, When.END, When.MIDDLE)
            and owner is not None
            and (
                self._relation(whose) in ("of", "in")
                or self._text(whose).split(" ")[0] in listed("genitives")
            )
        ):
            return self._take_moment(
                Moment.model_validate({"edge": edges[edge_mark], "of": owner}), whose + 1
            )
        if here is not None and here.state == "cut" and not self._joins():
            return self._take_moment(Moment(of=here), 1)  # "add a title where the cut is"
        return False

    def _into_a_clip(self) -> bool:
        """15 seconds into the match, at the 15 second mark of the match: counted from where the clip begins"""
        ahead = 1 if self._mark(0) in (When.AT, When.FROM) else 0
        if (
            ahead
            and self._text(1) in listed("of_it")
            and (own := self._time(2)) is not None
            and self._mark(3) is not When.TO
        ):
            return self._take_moment(Moment(ms=own, of=Target(refer="it")), 3)  # "from its 10 second mark"
        ms, of = self._time(ahead), self._target(ahead + 1)
        if ms is None or of is None or of.plain or of.kind == "music" or not _can_begin(of):
            return False
        owned = self._mark(0) is When.AT and self._relation(ahead + 1) in ("of", "in")
        if not (owned or self._into_it(ahead)):
            return False
        return self._take_moment(Moment(ms=ms, of=of), ahead + 2)

    def _joins(self) -> bool:
        """Whether something is put between two parts, that is at a joint and not at a moment."""
        return any(item.what == "blend" or item.value in (Thing.TRANSITION, Do.FADE) for item in self.raw)

    def _from_thing_to_thing(self) -> bool:
        """ "From the living room until the end of the kitchen", "at the vows and … till the party ends" """
        first = {When.START: "start", When.END: "end"}.get(self._mark(1))  # type: ignore[call-overload]
        place = 2 if first and self._relation(2) == "of" else 1
        begun = self._target(place)
        if self._mark(0) not in (When.FROM, When.AT) or begun is None or not _can_begin(begun):
            return False
        side = self._side_said(place + 1)
        ahead = place + 1 + (side is not None)
        side = first if place == 2 else side
        ahead += self._mark(ahead) is Join.AND
        until = self._mark(ahead) is When.TO
        edge = self._mark(ahead + 1) if until else None
        named = ahead + 1 + (edge in (When.START, When.END))
        owner = self._target(named)
        start = Moment.model_validate({"edge": side or "start", "of": begun})
        if until and owner is None and edge is When.END and self._item(ahead).marked("until"):  # type: ignore[union-attr]
            return self._take(ahead + 2, start, Moment(edge="end"), "after")
        if not until or owner is None or not _can_begin(owner):
            return False
        end = self._side_said(named + 1)
        behind = end or ("end" if edge is When.END else "start" if edge is When.START else None)
        if behind is None and not self._item(ahead).marked("until"):  # type: ignore[union-attr]
            return False  # "from the vows to the dance": whether with it or without
        stop = Moment.model_validate({"edge": behind or "start", "of": owner})
        return self._take(named + 1 + (end is not None), start, stop, "range")

    def _goes_onwards(self, ahead: int) -> bool:
        """ "From the party on": what stands right behind the target, whatever it is."""
        place = self.places[self.at + ahead] + 1
        said = place < len(self.raw) and self.raw[place].text in listed("on_from_there")
        if said:
            self.taken[place] = "at"
        return said

    def _belongs(self, ahead: int) -> bool:
        """Whether "at" names whose it is that is spoken of, and no moment: nothing starts or is put there."""
        if self._text(ahead) not in listed("at_a_thing"):
            return False
        return not any(
            item.value in (When.START, Do.SPLIT, Do.ADD, Do.PUT, Do.SAY, Do.FREEZE) for item in self.raw
        )

    def _relation(self, ahead: int) -> str:
        item = self._item(ahead)
        return item.relation if item else ""

    def _side_said(self, ahead: int) -> str | None:
        text, mark = self._text(ahead), self._mark(ahead)
        if mark is When.END or text in _ENDING:
            return "end"
        return "start" if mark is When.START or text in listed("appearing") else None

    def _from_the_end(self) -> bool:
        left = self._time(1)
        if self._mark(0) is When.BEFORE_END and left is not None:
            return self._take_moment(Moment(edge="end", ms=-left), 3 if self._mark(2) is When.AT else 2)
        ms = self._time(0)
        if ms is None or self._mark(1) not in (When.BEFORE, When.FROM) or self._mark(2) is not When.END:
            return False
        if self._mark(1) is When.FROM and self._mark(-1) is not When.AT:
            return False
        return self._take_moment(Moment(edge="end", ms=-ms), 3)

    def _stretch(self) -> bool:
        """1 second from 0:04, from 0:04 for 1 second, 从第4秒开始的1秒"""
        begun = self._mark(2) is When.START and not self._names_moment(3)
        if self._mark(0) is When.FROM and (self._mark(2) is When.FOR or begun):
            start, length, count = self._time(1), self._time(3), 4
        elif self._mark(1) is When.FROM and self._mark(3) not in (When.TO, Join.AND):
            start, length, count = self._time(2), self._time(0), 3
        else:
            return False
        if start is None or length is None:
            return False
        return self._take(count, Moment(ms=start), Moment(ms=start + length), "range")

    def _both_edges(self) -> bool:
        """2s off the start and the end, the first and last 2s, 2s off both ends"""
        amount = self._amount(0)
        if amount is not None:
            edges = 2 if self._mark(1) in (When.OFF, When.FROM, When.AT) else 1
            count = self._edges_at(edges)
            return bool(count) and self._take_both(edges + count, amount)
        count = self._edges_at(0)
        skip = 1 if self._mark(count) in (When.BY, When.EACH) else 0
        amount = self._amount(count + skip) if count else None
        return amount is not None and self._take_both(count + skip + 1, amount)

    def _edges_at(self, ahead: int) -> int:
        if self._mark(ahead) is When.BOTH_ENDS:
            return 1
        both = self._mark(ahead) in _HEADS and self._mark(ahead + 1) is Join.AND
        return 3 if both and self._mark(ahead + 2) in _TAILS else 0

    def _take_both(self, count: int, amount: Length) -> bool:
        self.spans.append(_edge_span(When.FIRST, amount))
        self.spans.append(_edge_span(When.LAST, amount))
        return self._skip(count, "span")

    def _from_edge_to_edge(self) -> bool:
        """start it at 2s and end it at 8s, 从第2秒开始到第8秒结束"""
        first = self._mark(0)
        if first is When.START and not _BEGINS.match(self._text(0)):
            return False
        ahead = 1 + (first is When.START and self._mark(1) is When.AT)
        start, ahead = self._time(ahead), ahead + 1
        if first is When.FROM and self._mark(ahead) is When.START:
            ahead += 1
        elif first is not When.START:
            return False
        ahead += self._mark(ahead) is Join.AND
        last = self._mark(ahead)
        ahead += 1 + (last is When.END and self._mark(ahead + 1) is When.AT)
        end, ahead = self._time(ahead), ahead + 1
        if start is None or end is None or last not in (When.END, When.TO):
            return False
        count = ahead + (self._mark(ahead) is When.END)
        return self._take(count, Moment(ms=start), Moment(ms=end), "range")

    def _edge(self) -> bool:
        """first 3s, last half, middle 2s, 3s off the end, the opening"""
        mark = self._mark(0)
        if mark is When.MIDDLE and self._between_two():
            return False
        if mark in _EDGES:
            amount = self._amount(1) if not (self._names_moment(1) or self._parted(mark)) else None
            if mark is When.LAST and amount is not None and self._lasts():
                self.to = amount
                return self._skip(2, "to")
            going_on = _NOT_AT_AN_EDGE | (
                {When.TO, When.AFTER, When.BEFORE} if mark in (When.START, When.END) else set()
            )
            ranged = mark is When.MIDDLE and self._mark(2) is When.TO and self._time(3) is not None
            if amount is not None and self._mark(2) not in going_on and not ranged and not self._into_it(1):
                self.spans.append(_edge_span(mark, amount))
                return self._skip(2, "span")
            return False
        item = self._item(0)
        if item is not None and item.what == "ordinal" and item.value == 2 and self._share(1) == 1 / 2:
            self.spans.append(Span(start=Moment(edge="middle"), end=Moment(edge="end"), how="tail"))
            return self._skip(2, "span")
        amount = self._amount(0) if not self._names_moment(0) else None
        after = 2 if self._mark(1) in (When.OFF, When.FROM, When.AT) else 1
        edge = self._mark(after)
        if amount is not None and self._mark(-1) not in (When.FROM, When.BETWEEN, When.TO, When.AT):
            share = self._mark(1) is When.AT and self._time(0) is None
            if edge in (When.START, When.MIDDLE, When.END) and after == 2 and not share:
                self.spans.append(_edge_span(edge, amount))
                return self._skip(3, "span")
            if edge in (When.START, When.END) and self._time(0) is not None:
                self.spans.append(_edge_span(edge, amount))
                return self._skip(2, "span")
        return False

    def _into_it(self, ahead: int) -> bool:
        """ "Starting 10 seconds into the track": where in it, and not its first 10 seconds."""
        place = self.places[self.at + ahead] + 1
        return place < len(self.raw) and self.raw[place].text in listed("into_it")

    def _parted(self, mark: object) -> bool:
        """Whether a comma stands behind "the end": "to the end, 35 percent" is no part of the end."""
        if mark not in (When.START, When.END) or self.at + 1 >= len(self.places):
            return False
        return any(item.what == "break" for item in self.raw[self.places[self.at] : self.places[self.at + 1]])

    def _lasts(self) -> bool:
        """Whether "last" is a verb: "make it last 5 seconds"."""
        before = self._item(-1)
        if self._text(0) not in ("last", "lasts") or before is None or before.what != "target":
            return False
        if before.text in listed("of_it"):
            return False  # "only its last 5 seconds"
        between = self.raw[self.places[self.at - 1] + 1 : self.places[self.at]]
        said = [item.value for item in self.raw[: self.places[self.at]] if isinstance(item.value, Do)]
        return all(deed is Do.SET for deed in said) and not any(item.marked("the") for item in between)

    def _range(self) -> bool:
        """from 2s to 5s, between 2 and 5 seconds, 0:02-0:05, 3秒到5秒"""
        skip = 1 if self._mark(0) in (When.FROM, When.BETWEEN, When.AT, When.TO) else 0
        joint = self._mark(skip + 1)
        both = 1 if joint is Join.AND and self._mark(skip + 2) is When.TO else 0
        start, end = self._moment_at(skip), self._moment_at(skip + 2 + both)
        closes = self._mark(skip + 3) is When.BETWEEN
        joined = joint is When.TO or both or (joint is Join.AND and (self._mark(0) is When.BETWEEN or closes))
        if start is None or end is None or not joined:
            return False
        return self._take(skip + 3 + both, start, end, "range")

    def _in_and_out(self) -> bool:
        if self._text(0) in listed("in_point"):  # "in point 0:03, out point 0:18"
            to = [n for n in range(1, _FURTHEST) if self._time(n) is not None]
            out = [n for n in range(1, _FURTHEST) if self._text(n) in listed("out_point")]
            if len(to) != 2 or not out or not to[0] < out[0] < to[1]:
                return False
            return self._take(
                to[1] + 1, Moment(ms=self._time(to[0]) or 0), Moment(ms=self._time(to[1]) or 0), "range"
            )
        joined = 1 if self._mark(3) is Join.AND else 0
        marks = [self._mark(n) for n in (0, 1, 3 + joined, 4 + joined)]
        if marks != [Particle.IN, When.AT, Particle.OUT, When.AT]:
            return False
        start, end = self._time(2), self._time(5 + joined)
        if start is None or end is None:
            return False
        return self._take(6 + joined, Moment(ms=start), Moment(ms=end), "range")

    def _side(self) -> bool:
        """from 5s on, after 5s, before 5s, 5秒之后"""
        mark, moment = self._mark(0), self._moment_at(1)
        if mark is When.FROM and self._is_of_length():
            self.length = Length(ms=self._time(1) or 0)
            return self._skip(2, "length")  # "eine Überblendung von anderthalb Sekunden"
        edge = (
            mark is When.FROM and moment is not None and self._item(1) is not None and self._mark(1) in _EDGES
        )
        named = edge and self._mark(1) is not When.MIDDLE
        if mark in (When.FROM, When.AFTER) and moment is not None and not named:
            more = 1 if self._mark(2) in (When.TO, When.AFTER, When.START) else 0
            if self._mark(2 + more) in (When.FIRST, When.LAST) and self._amount(3 + more) is None:
                if self._mark(2 + more) is When.FIRST:
                    return self._take(3 + more, Moment(), moment, "before")
                return self._take(3 + more, moment, Moment(edge="end"), "after")
            more += 1 if more and self._mark(3) is When.END else 0
            return self._take(2 + more, moment, Moment(edge="end"), "after")
        if mark is When.BEFORE and moment is not None:
            return self._take(2, Moment(), moment, "before")
        if (
            mark is When.AT
            and moment is not None
            and self._mark(2) in (When.BEFORE, When.AFTER)
            and self._item(3) is None
        ):
            if self._mark(2) is When.BEFORE:
                return self._take(3, Moment(), moment, "before")
            return self._take(3, moment, Moment(edge="end"), "after")
        moment = self._moment_at(0)
        item = self._item(0)
        if moment is not None and item is not None and item.what in ("time", "percent", "number"):
            if self._mark(1) is When.AFTER and self._mark(-1) is not When.FOR:
                return self._take(2, moment, Moment(edge="end"), "after")
            if self._mark(1) is When.BEFORE:
                return self._take(2, Moment(), moment, "before")
        return False

    def _is_of_length(self) -> bool:
        """Whether "of 2 seconds" says how long the thing before it is."""
        if self._text(0) not in listed("of_length") or self._time(1) is None or self._names_moment(1):
            return False
        place = self.places[self.at]
        before = self.raw[place - 1] if place else None
        noun = before is not None and before.what in ("blend", "thing", "target", "quoted", "look")
        return noun and self._mark(2) not in (When.TO, When.START, When.AFTER, Join.AND)

    def _moment(self) -> bool:
        """at 5s, 2 seconds in, 第3秒处, in the middle, at the end"""
        mark = self._mark(0)
        if (
            mark is When.TO
            and self._mark(2) is When.AT
            and self._time(1) is not None
            and not self._text(2).isascii()
        ):
            return self._take_moment(Moment(ms=self._time(1) or 0), 3)  # 讲到30秒的时候
        if mark is When.TO and (amount := self._amount(1)) is not None and self._item(1).what != "percent":  # type: ignore[union-attr]
            if amount.share and self._mark(1) is not None:
                return False  # "down to half" is an amount
            self.to = amount
            return self._skip(2, "to")
        if mark in (When.AT, When.FROM) and (moment := self._moment_at(1)) is not None:
            item = self._item(1)
            if item is not None and item.what in ("percent",):
                return False
            if item is not None and item.what == "degree":
                return False
            self._take_moment(moment, 2)
            while self._goes_on():
                self._take_moment(Moment(ms=self._time(0) or 0), 1)
            while (
                self._mark(0) is Join.AND
                and (further := self._moment_at(1)) is not None
                and not further.share
            ):
                self._take_moment(further, 2)
            return True
        if self._text(1) in listed("way") and (share := self._amount(0)) is not None and share.share:
            return self._take_moment(Moment(share=share.share), 2)  # "a third of the way in"
        held = self._mark(2) is When.FOR and self._time(3) is not None  # "freeze 4 seconds in for 2 seconds"
        inside = (
            self._mark(1) is Particle.IN
            and (self._mark(2) is None or held)
            and self._mark(-1) is not When.FOR
        )
        placed = self._mark(1) is When.AT and not self._text(1).isascii()
        if (ms := self._time(0)) is not None and (placed or inside):
            return self._take_moment(Moment(ms=ms), 2)
        both = self._names_moment(2) or self._mark(3) is When.AT
        if ms is not None and self._mark(1) is Join.AND and both and self._time(2) is not None:
            return self._take_moment(Moment(ms=ms), 1) and self._skip(1, "at")
        if self._names_moment(0) and ms is not None:
            return self._take_moment(Moment(ms=ms), 2 if self._mark(1) in (When.START, When.END) else 1)
        if mark in (When.START, When.MIDDLE, When.END) and (moment := self._moment_at(0)) is not None:
            if mark is When.MIDDLE and self._between_two():
                return False
            if mark is When.START and self._starts_something():
                return False
            return self._take_moment(moment, 1)
        return False

    def _between_two(self) -> bool:
        """妈妈和爸爸中间: a place in the row, and no time."""
        before = self._target(-1)
        return before is not None and 2 in (len(before.names), len(before.numbers))

    def _goes_on(self) -> bool:
        """ "At 10 s, 25 s and 1:02": a time in a list that ends in an "and"."""
        run = list(itertools.takewhile(lambda n: self._time(n) is not None, range(_FURTHEST)))
        return bool(run) and self._mark(len(run)) is Join.AND and self._time(len(run) + 1) is not None

    def _starts_something(self) -> bool:
        """ "Start the song at 0:05": what is done, and no moment."""
        said = self._target(1) is not None and self._relation(1) == ""
        return said and any(self._mark(n) is When.AT and self._time(n + 1) is not None for n in (2, 3))

    def _length(self) -> bool:
        ms, item = self._time(0), self._item(0)
        if (
            ms is None
            and item is not None
            and item.what == "number"
            and self._mark(-1) is When.FOR
            and self._item(1) is None
        ):
            ms = round(float(item.value) * 1000)  # "for 5"
        if ms is None:
            return False
        skip = 1
        if self._mark(-1) is When.FOR:
            self.taken[self.places[self.at - 1]] = "length"
        self.length = Length(ms=ms)
        return self._skip(skip, "length")

    def _take_moment(self, moment: Moment, count: int) -> bool:
        self.moments.append(moment)
        return self._skip(count, "at")

    def _take(self, count: int, start: Moment, end: Moment, how: str) -> bool:
        self.spans.append(Span.model_validate({"start": start, "end": end, "how": how}))
        return self._skip(count, "span")

    def _skip(self, count: int, role: str) -> bool:
        for place in self.places[self.at : self.at + count]:
            self.taken[place] = role
        self.at += count
        return True


def _joined(spans: Sequence[Span]) -> list[Span]:
    """ "1 second after the beginning, until second 6": from the one to the other, where both sides are told apart."""
    if len(spans) != 2:
        return list(spans)
    first, second = spans
    apart = first.how == "after" and second.how in ("before", "range") and second.start == Moment()
    same = first.start.edge == second.end.edge == "start" and first.start.ms < second.end.ms
    if apart and same and not (first.start.share or second.end.share):
        return [Span(start=first.start, end=second.end, how="range")]
    return list(spans)


def _telling(moments: Sequence[Moment]) -> Moment | None:
    """Of several moments the one that tells more than an edge: "start it when the vows begin"."""
    rich = next((moment for moment in moments if moment.of or moment.ms or moment.share), None)
    return rich or (moments[0] if moments else None)


def _can_begin(target: Target) -> bool:
    return bool(target.names or target.numbers or target.texts or target.state) and target.kind not in (
        "sound",
    )


def _edge_span(edge: object, amount: Length) -> Span:
    if edge in _HEADS:
        return Span(start=Moment(), end=Moment(ms=amount.ms, share=amount.share), how="head")
    if edge is When.MIDDLE:
        half = {"ms": amount.ms // 2, "share": amount.share / 2}
        start = Moment(edge="middle", ms=-half["ms"], share=-half["share"])
        return Span(start=start, end=Moment(edge="middle", ms=half["ms"], share=half["share"]), how="middle")
    return Span(
        start=Moment(edge="end", ms=-amount.ms, share=-amount.share), end=Moment(edge="end"), how="tail"
    )


def _in_ms(item: Item, fps: float) -> Item:
    if item.what == "frames":
        return replace(item, what="time", value=round(item.value * 1000 / fps))
    if item.what == "timecode":
        whole_ms, frames = item.value
        return replace(item, what="time", value=whole_ms + round(frames * 1000 / fps))
    return item


def ends_a_while(items: Sequence[Item], place: int) -> bool:
    """ "Until the title disappears", 花园出现的时候: a verb that says when, and nothing that is to be done."""
    said = items[place].text in _ENDING | listed("appearing")
    being = place > 2 and items[place - 1].what == "ask"  # "while the beach is playing"
    if being and items[place - 2].what == "target" and items[place].value is Do.PLAY:
        return items[place - 3].marked("while", "until")
    if not said or not place or items[place - 1].what != "target":
        return False
    behind = place + 1 < len(items) and not items[place].text.isascii() and items[place + 1].marked("while")
    return behind or (place > 1 and items[place - 2].marked("while", "until"))


def _begins_range(items: Sequence[Item], place: int) -> bool:
    """Whether "from 3 to" stands before a place."""
    begin, start = items[max(0, place - 3)], items[place - 2]
    return place > 2 and start.what in ("number", "time") and begin.value in (When.FROM, When.BETWEEN)


def _tells_when(after: Sequence[Item]) -> bool:
    """ "From when she comes up, 4 seconds": what begins the stretch is told in words, and ends at the comma."""
    said = list(itertools.takewhile(lambda item: item.what != "break", after))
    told = bool(said) and said[0].marked("while") and len(said) < len(after)
    return told and not any(item.what in ("target", "time", "number", "when") for item in said)


def _matters(items: Sequence[Item], place: int) -> bool:
    """Whether an item says something about time, or stands in the way of what would be read across it."""
    item = items[place]
    before = items[place - 1] if place else None
    after = items[place + 1] if place + 1 < len(items) else None
    if item.text in HANDLES:
        texts = {other.text for other in items}
        return bool(texts & listed("in_point") and texts & listed("out_point"))
    if item.value is When.FROM and _tells_when(items[place + 1 : place + 6]):
        return False
    if item.text in listed("there") and before is not None and before.value is When.FROM:
        return True
    if item.text == "back" and item.value is When.END:
        return False
    if item.what in ("word", "target", "quoted"):
        return True
    if (
        item.what == "number"
        and before is not None
        and before.value is When.TO
        and _begins_range(items, place)
    ):
        return True  # "from 3 to 5 he coughs": no count of things
    if item.marked("while", "until") and after is not None and after.what == "target":
        return True
    if ends_a_while(items, place):
        return True
    if item.value in (Particle.IN, Particle.OUT) and after is not None and after.value is When.AT:
        return True
    if (
        item.what == "do"
        and item.text.endswith(either("reaches"))
        and before is not None
        and after is not None
    ):
        return before.what == after.what == "time"  # 从第2秒放到第8秒
    if item.value is Particle.IN:
        how = after is not None and (after.what == "colour" or after.value in _MANNERS)
        return before is not None and before.what == "time" and not how
    if item.what == "number":
        counts = after is not None and (
            after.what == "thing" or (after.what == "word" and after.text.isascii())
        )
        return not counts
    if item.what in ("when", "join"):
        return item.value is not Join.THEN
    return (
        item.value in _FRACTIONS
        or item.what in ("time", "percent", "ordinal", "frames", "timecode")
        or item.value is Thing.REST
    )
