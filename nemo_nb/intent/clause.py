"""A clause of a message: what it holds, and what one reading makes of it."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..language.concepts import Do, Particle, When
from ..tongues import Language
from .conditions import Condition, without_condition
from .frames import (
    Arrange,
    CutOut,
    Duplicate,
    Fade,
    Follow,
    Frame,
    Grade,
    Remove,
    Restore,
    Restyle,
    Transition,
    Undo,
)
from .items import Item
from .lexicon import listed
from .resolve import Ground
from .rewording import (
    before_targets,
    counts_seconds,
    put_together,
    with_tossed,
    without_descriptions,
    without_what_isnt_made,
)
from .slots import Target
from .targets import with_targets
from .times import Times, times_of
from .words import with_words

_HEAVY = frozenset(
    {"quoted", "series", "file", "time", "percent", "factor", "decibel", "number", "ordinal", "target", "ratio", "size",
     "degrees", "frames", "timecode", "lufs", "not", "colour", "do", "look", "blend", "shape", "beyond", "url",
     "standard"}
)  # fmt: skip
# What is done to all there is where nothing is named.
OF_A_THING = frozenset(
    {
        "set_volume",
        "mute",
        "set_speed",
        "grade",
        "reverse",
        "turn",
        "zoom",
        "arrange",
        "restyle",
        "retime",
        "normalize",
    }
)
# What puts something over or under the picture.
LAYING = frozenset({"overlay", "cover", "add_music", "add_text", "add_texts"})
_TAKING = (Remove, CutOut, Transition, Undo, Restore, Fade, Grade)  # what is done in them is "out" as well
_SCOPES = ("only", "except", "odd", "even", "until", "while", "if", "other", "rest", "both", "less")
_PLACING_IT = (When.BETWEEN, When.BEFORE, When.AFTER, When.FIRST, When.EARLIER, When.LATER)
PARTS = (When.START, When.MIDDLE, When.END, When.LAST)


class Clause:
    """The items of a piece of a message, with targets, words and times found. Read once, heard by many families."""

    def __init__(
        self, items: Sequence[Item], text: str, ground: Ground, language: Language, *, asked: bool
    ) -> None:
        self.text, self.ground, self.language, self.asked = text, ground, language, asked
        self.heard = items
        titled = with_words(items, text, spoken=ground.spoken_kind in ("text", "caption"))
        said = before_targets(titled)
        targeted = with_tossed(with_targets(said, ground.names, language))
        self.condition, found = without_condition(targeted, text)
        self.items, self.beside = without_what_isnt_made(put_together(found, ground), text)
        self.times: Times = self._timed(self.items)
        self.items = without_descriptions(self.items)
        self._take_in()

    def _timed(self, items: Sequence[Item]) -> Times:
        rate = float(self.ground.draft.canvas.fps)
        return times_of(items, rate, bare=counts_seconds(items, self.ground))

    def _take_in(self) -> None:
        """What the items say, for those who ask."""
        self.values = {
            item.value
            for item in self.items
            if item.what not in ("target", "quoted", "number", "size", "timecode")
        }
        self.kinds = [
            self.ground.could_be(item.value) if item.what == "target" else set() for item in self.items
        ]

    def with_items(self, changed: Mapping[int, Item]) -> Clause:
        """The clause as it would be with other items at these places, each of the same kind."""
        other = copy.copy(self)
        other.items = [changed.get(place, item) for place, item in enumerate(self.items)]
        other.times = self._timed(other.items)
        other._take_in()
        for place in changed:
            other.kinds[place] = self.kinds[place]
        return other

    @property
    def said(self) -> str:
        return self.text[self.items[0].start : self.items[-1].end] if self.items else ""


@dataclass(frozen=True)
class Read:
    """One clause: what it asks for, if that was understood, and the items that nothing bound."""

    clause: Clause
    frame: Frame | None
    family: str
    score: float
    left: tuple[Item, ...]
    depends: Condition | None = None  # on what a clause before it said
    dropped: tuple[Item, ...] = ()  # values that made no difference to the frame

    @property
    def condition(self) -> Condition | None:
        return self.clause.condition or self.depends

    @property
    def lost(self) -> list[Item]:
        """What was left over and may not be passed over: numbers, names, words that narrow or negate."""
        # A follow-up has no verb of its own: a word that nobody knows may be the one that it is about.
        bare = isinstance(self.frame, Follow) or self._of_all or self._takes_it_away
        heavy = _HEAVY | {"word"} if bare else _HEAVY
        heavy = heavy | {"degree"} if self._of_all else heavy  # "the longer one muted"
        heavy = heavy | {"thing"} if isinstance(self.frame, Undo) else heavy  # "undo the length"
        return [
            *self.dropped,
            *(
                item
                for item in self.left
                if (item.what in heavy and not (item.what == "word" and item.marked("no", "yes", "u")))
                or item.marked(*_SCOPES)
                or (item.what == "word" and (self._owns(item) or self._moves(item) or self._is_when(item)))
                or (item.what == "correction" and item is not self.clause.items[0])
                or item.text in listed("whole_side")
                or (item.value is Particle.OUT and self._goes_away(item))
                or (item.value in (When.FIRST, When.LAST) and self._is_so(item))
                or item.value is When.EXCEPT
                or (
                    item.value in PARTS and not item.marked("last") and self._of_all
                )  # "the intro's too slow": not all of it is
                or (item.value is When.FROM and self._begins_somewhere)
                or (isinstance(self.frame, Follow) and item.value in _PLACING_IT)
                or (isinstance(self.frame, (CutOut, Remove)) and item.marked("back"))
                or (isinstance(self.frame, (Arrange, Restyle)) and item.marked("mistake"))
            ),
        ]

    @property
    def _of_all(self) -> bool:
        """Whether it would be done to all there is because nothing was named: an unknown word may be the name."""
        return (
            self.frame is not None
            and self.frame.frame in OF_A_THING
            and getattr(self.frame, "target", None) is None
        )

    @property
    def _begins_somewhere(self) -> bool:
        """ "Make it warm from xyz": from where was said, and isn't known; all of it is not what was meant."""
        return (
            self.frame is not None
            and self.frame.frame in OF_A_THING
            and not (self.clause.times.spans or self.clause.times.at)
        )

    @property
    def _takes_it_away(self) -> bool:
        """ "Not that xyz": what is no name may be no wish to remove it either."""
        target: Target | None = getattr(self.frame, "target", None)
        if target is None or target.refer not in ("it", "them"):
            return False
        copies = isinstance(self.frame, Duplicate) and target.kind is not None
        return copies or isinstance(self.frame, Remove)

    def _owns(self, item: Item) -> bool:
        """ "Turn the sound of drone off": whose sound it is."""
        target = getattr(self.frame, "target", None)
        place = self.clause.items.index(item)
        before = self.clause.items[place - 1] if place else None
        of = before is not None and (before.marked("of", "in") or before.value is When.FROM)
        return of and target is not None and target.kind == "sound" and target.plain

    def _is_when(self, item: Item) -> bool:
        """ "A title at the whistle: Goal": a moment that nobody knows is no reason to take another."""
        place = self.clause.items.index(item)
        before = [other for other in self.clause.items[:place] if not other.marked("the", "this", "my")]
        return bool(before) and before[-1].value in (When.AT, When.FROM, When.BEFORE, When.AFTER)

    def _is_so(self, item: Item) -> bool:
        """ "The one that is now first": which one it is."""
        before = self.clause.items[: self.clause.items.index(item)]
        said = [other for other in before if other.what not in ("filler", "mark")]
        return bool(said) and said[-1].what == "ask"

    def _goes_away(self, item: Item) -> bool:
        """ "Take it out over the last 3 seconds": out of the film, and nowhere else; not "a film out of my photos"."""
        after = self.clause.items[self.clause.items.index(item) + 1 :][:1]
        of = bool(after) and (after[0].marked("of") or after[0].what == "target")
        return not of and not isinstance(self.frame, _TAKING)

    def _moves(self, item: Item) -> bool:
        """ "Kiss goes to the front": what it is that goes somewhere."""
        place = self.clause.items.index(item)
        after = self.clause.items[place + 1] if place + 1 < len(self.clause.items) else None
        begins = all(other.what in ("filler", "join", "break") for other in self.clause.items[:place])
        return begins and after is not None and (after.value is Do.MOVE or after.marked("shall"))

    @property
    def sure(self) -> bool:
        return self.frame is not None and not self.lost
