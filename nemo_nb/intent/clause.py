"""A clause of a message: what it holds, and what one reading makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..language.concepts import When
from ..tongues import Language
from .frames import Follow, Frame
from .items import Item
from .resolve import Ground
from .targets import with_targets
from .times import Times, times_of
from .words import with_words

_HEAVY = frozenset(
    {"quoted", "file", "time", "percent", "factor", "decibel", "number", "ordinal", "target", "ratio", "size",
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
_SCOPES = ("only", "except", "odd", "even", "until", "if", "other", "rest", "both", "less")


class Clause:
    """The items of a piece of a message, with targets, words and times found. Read once, heard by many families."""

    def __init__(
        self, items: Sequence[Item], text: str, ground: Ground, language: Language, *, asked: bool
    ) -> None:
        self.text, self.ground, self.language, self.asked = text, ground, language, asked
        said = with_words(items, text, spoken=ground.spoken_kind in ("text", "caption"))
        self.items = with_targets(said, ground.names, language)
        self.times: Times = times_of(self.items, float(ground.draft.canvas.fps))
        self.values = {
            item.value
            for item in self.items
            if item.what not in ("target", "quoted", "number", "size", "timecode")
        }
        self.kinds = [ground.could_be(item.value) if item.what == "target" else set() for item in self.items]

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

    @property
    def lost(self) -> list[Item]:
        """What was left over and may not be passed over: numbers, names, words that narrow or negate."""
        # A follow-up has no verb of its own: a word that nobody knows may be the one that it is about.
        heavy = _HEAVY | {"word"} if isinstance(self.frame, Follow) or self._of_all else _HEAVY
        return [
            item
            for item in self.left
            if item.what in heavy or item.marked(*_SCOPES) or (item.what == "word" and self._owns(item))
        ]

    @property
    def _of_all(self) -> bool:
        """Whether it would be done to all there is because nothing was named: an unknown word may be the name."""
        return (
            self.frame is not None
            and self.frame.frame in OF_A_THING
            and getattr(self.frame, "target", None) is None
        )

    def _owns(self, item: Item) -> bool:
        """ "Turn the sound of drone off": whose sound it is."""
        target = getattr(self.frame, "target", None)
        place = self.clause.items.index(item)
        before = self.clause.items[place - 1] if place else None
        of = before is not None and (before.marked("of", "in") or before.value is When.FROM)
        return of and target is not None and target.kind == "sound" and target.plain

    @property
    def sure(self) -> bool:
        return self.frame is not None and not self.lost
