"""What a clause names that nothing planned for it shows: a time, a text, a file, a look that went lost.

This knows nothing of the rules. It looks at their operations as a stranger would: whoever said "3 seconds" finds
3 seconds somewhere in the edits, in whatever way they were reckoned from it. So a rule that overlooks half of a wish
is found out, and the reply names that half instead of passing over it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from math import isclose
from typing import Any

from ...draft import Draft, Segment
from ...draft.operations import Operation
from ...language import Blend, Clause, Do, Kind, Look, Shape, Thing, Token, Where

_NEAR_MS = 15
_FADES = frozenset({"fade", "transition", "slideshow"})
_TURNS = frozenset({"rotate", "flip"})
# The operations of which one must be there where a word asks for it.
_ANSWERED_BY: dict[object, frozenset[str]] = {
    Do.CUT: frozenset(
        {
            "cut_out",
            "delete",
            "keep",
            "split",
            "crop",
            "retime",
            "mute",
            "volume",
            "transition",
            "clear_filters",
            "fade",
            "duck",
            "adjust",
        }
    ),
    Do.TRIM: frozenset({"cut_out", "keep", "retime"}),
    Do.SPARE: frozenset(),  # a wish of its own
    Do.SPLIT: frozenset({"split"}),
    Do.SWAP: frozenset({"swap", "volume", "change_text", "overlay", "add_music"}),
    Do.MUTE: frozenset({"mute", "volume", "delete", "add_music"}),
    Do.REVERSE: frozenset({"reverse", "reorder", "slideshow"}),
    Do.FREEZE: frozenset({"freeze", "add_text", "retime"}),
    Do.FADE: _FADES,
    Do.FADE_IN: _FADES,
    Do.FADE_OUT: _FADES,
    Do.TO_BLACK: _FADES,
    Do.FROM_BLACK: _FADES,
    Do.FASTER: frozenset({"speed"}),
    Do.SLOWER: _FADES | {"speed"},  # 慢慢淡出
    Do.ROTATE: _TURNS,
    Do.UPSIDE_DOWN: _TURNS,
    Do.MIRROR: _TURNS,
    Do.DUCK: frozenset({"duck"}),
    Do.NORMALIZE: frozenset({"loudness", "volume"}),
}
_ANSWERED_BY_GROUP: dict[type, frozenset[str]] = {
    Look: frozenset({"filter", "clear_filters", "adjust"}),
    Shape: frozenset({"canvas", "adjust", "flip", "loudness"}),  # "the loudness for YouTube"
    Blend: _FADES,
    # "underneath" and "in the back" are said of sound as well.
    Where: _TURNS | {"crop", "canvas", "transition", "add_music"},
}
# Of which kind something must have changed where it is spoken of.
_KINDS: dict[object, str] = {
    Thing.MUSIC: "audio",
    Thing.TITLE: "text",
    Thing.CAPTIONS: "text",
    Thing.LOGO: "picture",
}
# A level, or which clip the others shall be as loud as: what comes of it was reckoned from what is heard.
_OF_LOUDNESS = frozenset({Kind.LUFS, Kind.DECIBEL, Kind.NUMBER, Kind.FILE, Kind.ORDINAL})
_LOUDEST_DB = 1000  # far beyond what there is
_PLACES = frozenset(place.value for place in Where)
_BLACK = "#000000"
_QUOTES = "“”‘’\"'`「」『』《》«»"


def unmet(
    clause: Clause,
    before: Draft,
    after: Draft,
    operations: Sequence[Operation],
    clips: Sequence[Segment],
    meant: Iterable[int] = (),
) -> list[str]:
    """The words of the clause, as they were written, that nothing in the operations answers.

    `clips` are those of the main track before the operations, in their order; `meant` are times that were understood,
    though the operations have others.
    """
    seen = _Evidence(before, after, operations, clips)
    seen.numbers.update(meant)
    return [token.text.strip(_QUOTES) for token in clause.tokens if not seen.answers(token)]


def unknown_to(clause: Clause, after: Draft, operations: Sequence[Operation]) -> list[str]:
    """The words of an understood clause that are in no lexicon and became no text: harmless as a rule, but said so."""
    if not operations:
        return []
    stems = {item.file.lower().rpartition(".")[0] for item in after.segments}
    texts = " ".join(item.text.lower() for item in after.segments if item.kind == "text")
    return [
        word
        for word in dict.fromkeys(clause.unknown)
        if word.lower() not in stems and word.lower() not in texts
    ]


class _Evidence:
    """All that can be read off the operations and the drafts around them."""

    def __init__(
        self, before: Draft, after: Draft, operations: Sequence[Operation], clips: Sequence[Segment]
    ) -> None:
        self.before, self.after, self.clips = before, after, clips
        self.total = max((clip.end_ms for clip in clips), default=before.duration_ms)
        self.count = len(operations)
        self.names = {operation.op for operation in operations}
        self.texts, self.numbers = set[str](), set[float]()
        for operation in operations:
            self._collect(operation.model_dump())
        self.checks: dict[Kind, Callable[[Any], bool]] = {
            Kind.CONCEPT: self._concept, Kind.TIME: self._time, Kind.PERCENT: self._share, Kind.FACTOR: self._factor,
            Kind.DECIBEL: self._decibels, Kind.DEGREES: self._degrees, Kind.ORDINAL: self._ordinal,
            Kind.NUMBER: self._number, Kind.COLOUR: self._colour, Kind.QUOTED: self._text, Kind.FILE: self._file,
            Kind.RATIO: self._concept_of_shape, Kind.LUFS: lambda _: False,
        }  # fmt: skip

    def answers(self, token: Token) -> bool:
        if token.kind in _OF_LOUDNESS and "loudness" in self.names:
            return True
        check = self.checks.get(token.kind)
        return check is None or check(token.value)

    def _collect(self, value: Any) -> None:
        if isinstance(value, str):
            self.texts.add(value)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            self.numbers.add(value)
        elif isinstance(value, dict):
            start, length = value.get("at_ms", value.get("start_ms")), value.get("duration_ms")
            if isinstance(start, int) and isinstance(length, int):
                self.numbers.add(start + length)
            for item in value.values():
                self._collect(item)
        elif isinstance(value, (list, tuple)):
            for item in value:
                self._collect(item)

    # ---- words

    def _concept(self, concept: object) -> bool:
        if isinstance(concept, Where) and self._placed(concept):
            return True
        if concept in _KINDS:
            return self._changed(_KINDS[concept])
        wanted = _ANSWERED_BY.get(concept, _ANSWERED_BY_GROUP.get(type(concept)))
        return wanted is None or bool(wanted & self.names)

    def _placed(self, place: Where) -> bool:
        """Whether something has that place, or one that it is a part of: the top of the top left."""
        there = {text for text in self.texts if text in _PLACES}
        if place is Where.TOP and "overlay" in self.names:
            return True  # "put c.mp4 on top of b.mp4"
        return any(
            place is Where.CORNER or set(place.value.split("-")) <= set(text.split("-")) for text in there
        )

    def _changed(self, kind: str) -> bool:
        """Whether anything of a kind is otherwise than before, or was named."""
        held = [
            {
                item.id: (item.start_ms, item.duration_ms, item.meta)
                for item in draft.segments
                if _is(item, kind)
            }
            for draft in (self.before, self.after)
        ]
        return held[0] != held[1] or any(item_id in self.texts for item_id in held[0])

    def _concept_of_shape(self, ratio: str) -> bool:
        return bool(_ANSWERED_BY_GROUP[Shape] & self.names)

    def _text(self, wanted: str) -> bool:
        return wanted in self.texts or any(item.text == wanted for item in self.before.segments)

    def _colour(self, wanted: str) -> bool:
        return wanted in self.texts or (wanted == _BLACK and bool(_FADES & self.names))

    # ---- what it is done to

    def _file(self, wanted: str) -> bool:
        named = (item for item in (*self.before.segments, *self.after.segments) if _called(item.file, wanted))
        return any(_called(text, wanted) for text in self.texts) or any(map(self._touched, named))

    def _ordinal(self, wanted: int) -> bool:
        texts = [item for item in self.before.segments if item.kind == "text"]
        counted = [clips[wanted - 1] for clips in (self.clips, texts) if 0 < wanted <= len(clips)]
        return any(map(self._touched, counted)) if counted else self._share(1 / (wanted or 1))

    def _touched(self, item: Segment) -> bool:
        """Whether it was named, or an edit starts or ends in it or right beside it."""
        inside = any(item.start_ms <= mark <= item.end_ms for mark in self.numbers if mark > 1)
        return item.id in self.texts or inside or "transition" in self.names

    # ---- amounts

    def _time(self, wanted: int) -> bool:
        """A moment of an edit, its distance from another one or from an edge, a length that came of it."""
        lengths = (item.duration_ms for item in self.after.segments)
        named = (edge for item in self.before.segments if item.id in self.texts for edge in _edges(item))
        if any(abs(there - wanted) <= _NEAR_MS for there in (self.after.duration_ms, *lengths, *named)):
            return True
        cuts = {
            edge for draft in (self.before, self.after) for item in draft.segments for edge in _edges(item)
        }
        places = sorted({0, self.total, *cuts, *self.numbers})
        return any(
            _reaches(places, mark - wanted) or _reaches(places, mark + wanted) for mark in self.numbers
        )

    def _share(self, wanted: float) -> bool:
        alike = {wanted, 1 - wanted, 1 + wanted, *([1 / wanted] if wanted else [])}
        return _any_close(self._amounts(), alike) or self._time(round(wanted * self.total))

    def _factor(self, wanted: float) -> bool:
        return _any_close(self._amounts(), {wanted, wanted - 1, *([1 / wanted] if wanted else [])})

    def _decibels(self, wanted: float) -> bool:
        ratio = 10 ** (min(abs(wanted), _LOUDEST_DB) / 20)
        return _any_close(self._amounts(), {abs(wanted), ratio, 1 / ratio})

    def _degrees(self, wanted: float) -> bool:
        return any(isclose(abs(found) % 360, abs(wanted) % 360) for found in self.numbers)

    def _number(self, wanted: float) -> bool:
        """A bare number: of a clip, of things, of seconds, percents, degrees or times."""
        counts = (self.count, self.count + 1, len(self.clips), len(self.texts))
        if wanted in counts or (wanted % 1 == 0 and self._ordinal(max(1, int(wanted)))):
            return True
        as_time = self._time(round(wanted * 1000))
        return as_time or self._share(wanted / 100) or self._factor(wanted) or self._degrees(wanted)

    def _amounts(self) -> Iterable[float]:
        yield from self.numbers
        old = {item.id: item for item in self.before.segments}
        for item in self.after.segments:
            yield item.speed
            yield item.volume
            if was := old.get(item.id):
                yield item.speed / (was.speed or 1)
                yield item.volume / (was.volume or 1)


def _is(item: Segment, kind: str) -> bool:
    return item.kind in ("image", "video") if kind == "picture" else item.kind == kind


def _edges(item: Segment) -> tuple[int, int]:
    return item.start_ms, item.end_ms


def _reaches(places: Sequence[float], wanted: float) -> bool:
    """Whether one of the places, which are in order, is as good as there."""
    return bisect_left(places, wanted - _NEAR_MS) < bisect_right(places, wanted + _NEAR_MS)


def _called(file: str, wanted: str) -> bool:
    """Whether that is the file that was named, by its whole name or without its extension."""
    return wanted.lower() in (file.lower(), file.lower().rpartition(".")[0])


def _any_close(found: Iterable[float], wanted: Iterable[float]) -> bool:
    wishes = list(wanted)
    return any(isclose(a, b, abs_tol=0.006) for a in found for b in wishes)
