"""From a message to frames: the reading in which most of what was said has found its place.

A message is cut at joints (commas, "and", "then" …) in the way that gives the best total. Each piece is heard by all
families; the one that binds most of it and leaves least of it over wins. No family comes before another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ..language.concepts import Thing, When
from ..language.corrections import corrected
from ..language.tokens import tokenize
from ..tongues import Language
from .clause import Clause, Read
from .families import FAMILIES
from .frames import Beyond, Cover, Follow, Keep, Spare, Talk
from .hearing import Hearing
from .heeded import unheeded
from .items import Item, items_of
from .lexicon import listed, matching, measured
from .memory import Memory
from .names import Names
from .pieces import by_verbs, goes_on, pieces_of, trimmed, without_prelude
from .remarks import (
    answers_which,
    approves,
    asks_something,
    explains,
    gives_reason,
    keeps_an_effect,
    only_keeps,
    puts_right,
    spares_a_thing,
    states,
)
from .resolve import Found, Ground
from .series import with_changed, with_series, with_told
from .sparing import spares_time, takes_time
from .targets import with_targets
from .told import subject_of

_LONGEST, _MOST_PIECES = 5, 14
_AN_ESSAY = 200  # pieces: nobody asks for so much at once, and hearing it would keep others waiting
_CHANGING = frozenset({"grade", "set_speed", "fade", "zoom", "turn", "transition"})
_TAKING_AWAY = frozenset({"cut_out", "keep", "keep_only", "fit", "fit_each", "edges", "remove"})
_LIKE_A_VERB = 1.5
_EACH_CLAUSE, _OVER_AN_END, _LOST, _A_WISH, _NAMED_WISH, _UNHEARD = 0.55, 2.5, 1.6, 1.0, 0.2, 0.5
_ACTS = frozenset({"do", "look", "blend", "shape", "beyond", "quoted"})


def read(text: str, ground: Ground, language: Language, *, names: Sequence[str] = ()) -> list[Read]:
    """The clauses of a message, each with its frame.

    >>> [part.family for part in read("cut the first 3 seconds and mute it", ground, "en")]
    ['cut_out', 'mute']
    """
    parts = _read(without_prelude(text), ground, language, names)
    return [_laid_over(part) for part in parts] if matching("meanwhile").search(text) else parts


def _laid_over(part: Read) -> Read:
    """ "While the mayor talks, show the harbour from 10 to 18 s": over what is heard, wherever it lies in the row."""
    frame = part.frame
    if not isinstance(frame, Keep) or frame.target is None or len(frame.spans) != 1:
        return part
    return replace(part, frame=Cover(file=frame.target, span=frame.spans[0]), family="cover")


def _read(text: str, ground: Ground, language: Language, names: Sequence[str]) -> list[Read]:
    tokens = corrected(tokenize(text, language, names or (*ground.names.files, *_titles(ground, language))))
    said = with_changed(items_of(tokens, language, ground.names), text, ground.names.texts)
    spoken = ground.spoken_kind in ("text", "caption")
    items = with_told(said, text, spoken=spoken)
    series = with_told(with_series(said, text), text, spoken=spoken)
    if any(item.what == "series" for item in series):
        parts = _best(pieces_of(series), text, ground, language)
        if all(part.sure for part in parts):
            return parts
    pieces = pieces_of(items)
    if len(pieces) > _AN_ESSAY:
        return []
    parts = _best(pieces, text, ground, language)
    topic = next(filter(None, map(subject_of, parts[:-1])), None)
    found = ground.find(topic) if topic is not None else None
    if isinstance(found, Found):  # "the ceremony drags. Keep 8 to 20 of it"
        ground = replace(ground, memory=Memory(mentions=tuple(ground.mention(found.segments))))
        parts = _best(pieces, text, ground, language)
    if not all(part.sure for part in parts):
        run_on = _best(by_verbs(pieces), text, ground, language)
        whole = all(part.sure and not isinstance(part.frame, (Beyond, Follow)) for part in run_on)
        parts = run_on if whole and len(run_on) > len(parts) else parts
    return parts


def _titles(ground: Ground, language: Language) -> list[str]:
    """The titles that are there, where no spaces tell their words apart: 重点二 is one, and nothing to be clicked."""
    if not measured(language):
        return []
    words = {word for text in ground.names.texts for word in re.findall(r"[\u3400-\u9fff]{3,12}", text)}
    return sorted(word for word in words if _is_a_name(word, language))


@lru_cache(maxsize=2048)
def _is_a_name(word: str, language: Language) -> bool:
    """Whether a word is not made only of words that ask for something."""
    items = items_of(tokenize(word, language), language, Names(()))
    return (
        any(item.what == "word" or item.text != word for item in items)
        and not any(item.what in ("ordinal", "time") for item in items[:1])
        and any(item.what in ("word", "filler") for item in items)
    )


def _best(
    pieces: Sequence[tuple[list[Item], bool]], text: str, ground: Ground, language: Language
) -> list[Read]:
    """The way to put pieces together that gives the best total."""
    count = len(pieces)
    longest = _LONGEST if count <= _MOST_PIECES else 2
    best: list[tuple[float, list[Read]]] = [(0.0, [])]
    remarks = [count > 1 and _remarks(trimmed(piece), text, ground, language) for piece, _ in pieces]
    for n, (piece, ended) in enumerate(pieces[1:]):
        if not ended and trimmed(piece)[0].what == "not" and len(trimmed(piece)) > 1:
            remarks[n] = False  # "it's Aba, not Obi"
    for n, (piece, _) in enumerate(pieces):
        beside = pieces[n - 1 if n else n + 1 : n or n + 2]
        if beside and spares_time(trimmed(piece)) and not takes_time(beside[0][0]):
            remarks[n] = True  # what is spared is no part of a wish either
    for end in range(1, count + 1):
        found: tuple[float, list[Read]] | None = None
        for start in range(max(0, end - longest), end):
            if any(remarks[start:end]) and end - start > 1:
                continue  # a reason is no part of a wish
            if start and end - start > 1 and _only_a_length(pieces[start]):
                continue
            if any(_as_well(piece) for piece, _ in pieces[start + 1 : end]):
                continue
            if (
                start
                and end - start > 1
                and _also_those(*(trimmed(piece) for piece, _ in pieces[start : start + 2]))
            ):
                continue
            ends: float = sum(ended for _, ended in pieces[start + 1 : end])
            ends += 0.6 * sum(goes_on(piece) for piece, _ in pieces[start + 1 : end])
            run = [item for piece, _ in pieces[start:end] for item in piece]
            if start and end - start > 1 and _comes_then(*pieces[start : start + 2]):
                continue
            if _asks_and_goes_on(trimmed(run)) or _two_wishes([piece for piece, _ in pieces[start:end]]):
                continue
            closing = pieces[end][0][:2] if end < count else run[-2:]
            asked = any(item.what == "break" and item.value in "?？" for item in closing)
            part = _heard(trimmed(run), text, ground, language, alone=count == end - start, asked=asked)
            named = any(item.what in ("file", "quoted") or item.named for item in run)
            if start and trimmed(run) and trimmed(run)[0].marked("with", "of", "than") and not named:
                ends += 1  # "…, with a fade in" goes on
            total = best[start][0] + part.score - _EACH_CLAUSE - _OVER_AN_END * ends
            if found is None or total > found[0] + 1e-9:
                found = (total, [*best[start][1], part])
        best.append(found if found is not None else best[-1])
    return best[-1][1]


def _only_a_length(piece: tuple[Sequence[Item], bool]) -> bool:
    """ "(End on the slide,) 4 secs(, with “Open” on it)": said of what comes before, where no sentence ended."""
    small = (When.FOR, When.LAST)
    said = [item for item in trimmed(piece[0]) if item.what != "filler" and item.value not in small]
    return not piece[1] and [item.what for item in said] == ["time"]


def _comes_then(piece: tuple[Sequence[Item], bool], after: tuple[Sequence[Item], bool]) -> bool:
    """ "(Start with the photo,) then the beach(, and fade in at the very beginning)": what comes next, and no more."""
    said = [item for item in trimmed(piece[0]) if not item.marked("the", "my")]
    alone = goes_on(piece[0]) and len(said) == 1 and (said[0].what == "file" or said[0].named)
    begins = next((item for item in trimmed(after[0]) if item.what != "filler"), None)
    return alone and begins is not None and begins.what == "do" and not begins.marked("light")


def _as_well(piece: Sequence[Item]) -> bool:
    """ "(Fade out at the end,) music too", "… same for the music": of another thing, and no part of the wish before."""
    said = [item for item in trimmed(piece) if not item.marked("the", "my", "for")]
    said = said[::-1] if said and said[0].marked("same") else said
    named = len(said) == 2 and (said[0].what in ("thing", "file") or said[0].named)
    return named and said[1].marked("also", "same")


def _asks_and_goes_on(run: Sequence[Item]) -> bool:
    """ "Which one is the longest? Mute it": a question ends where it ends."""
    return any(item.what == "break" and item.value in "?？" for item in run)


def _two_wishes(run: Sequence[Sequence[Item]]) -> bool:
    """ "(…) 5 off the end, unbox can lose its last 3": a time, and one that is of another by what it says itself."""
    timed = [any(item.what == "time" for item in piece) for piece in run]
    for place in range(1, len(run)):
        said = [item for item in trimmed(run[place]) if item.what not in ("filler", "mark")]
        named = len(said) > 2 and (said[0].what == "file" or said[0].named)
        if named and timed[place] and any(timed[:place]) and said[1].what == "do":
            return True
        if named and timed[place] and not any(timed[:place]) and any(map(_tells_how_fast, run[:place])):
            return True  # "(slow mo on a,) half speed, and b only the middle 8 seconds"
    return False


def _tells_how_fast(piece: Sequence[Item]) -> bool:
    """ "Half speed", and nothing else."""
    said = [item for item in trimmed(piece) if item.what not in ("filler", "mark")]
    return len(said) == 2 and said[0].what in ("degree", "percent", "number") and said[1].value is Thing.SPEED


def _also_those(one: Sequence[Item], other: Sequence[Item]) -> bool:
    """ "(Remove 10-12,) also 20-22 | and mute 30 to 33": more of the wish before, and none of the next."""
    also = bool(one) and one[0].marked("also") and not any(item.what == "do" for item in one)
    timed = [any(item.what in ("time", "number") for item in piece) for piece in (one, other)]
    return also and all(timed) and bool(other) and other[0].what == "do"


def _remarks(piece: Sequence[Item], text: str, ground: Ground, language: Language) -> bool:
    """Whether a piece says only why something is wished for, or that something is right as it is."""
    reason = bool(piece) and gives_reason(piece, 0)
    targeted = with_targets(piece, ground.names, language)
    spared = spares_a_thing(targeted) or keeps_an_effect(targeted)
    return reason or explains(piece, text) or approves(targeted) or spared


def _variants(items: Sequence[Item], names: Names) -> list[list[Item]]:
    """A word that is a name as well as something else ("chop the chop clip") is read either way."""
    items = [_as_name(items, n, names) for n in range(len(items))]
    double = [
        n
        for n, item in enumerate(items)
        if item.named and item.what not in ("file", "word", "quoted") and not _of_a_time(items, n)
    ]
    ways = [list(items)]
    for place in double[:2]:
        ways += [
            [replace(item, what="word") if n == place else item for n, item in enumerate(way)] for way in ways
        ]
    return ways


def _of_a_time(items: Sequence[Item], place: int) -> bool:
    """ "The first 5 seconds", where there is a firstdance.mp4."""
    after = items[place + 1] if place + 1 < len(items) else None
    return items[place].what == "when" and after is not None and after.what in ("time", "number", "frames")


def _as_name(items: Sequence[Item], place: int, names: Names) -> Item:
    """Between an article and a noun ("the chop clip") such a word can only be a name, and so it is where it tells apart
    what the name beside it leaves open: "the fast serve", of serve_slow and serve_fast."""
    item = items[place]
    bare = not item.named or item.what in ("file", "word", "quoted")
    if bare or _of_a_time(items, place):
        return item
    if any(
        _tells_apart(item, other, names)
        for other in (*items[place + 1 : place + 2], *items[max(0, place - 1) : place])
    ):
        return replace(item, what="word")
    if place == len(items) - 1:
        return item
    before, after = items[max(0, place - 1)], items[place + 1]
    noun = (
        after.what == "thing" and after.value in (Thing.CLIP, Thing.VIDEO, Thing.IMAGE, Thing.MUSIC)
    ) or after.marked("one")
    pointed = after.value is Thing.CLIP and after.text[:1] in listed("pointing")  # 结束那段, of 结束.mp4
    return replace(item, what="word") if (before.marked("the", "my", "this") and noun) or pointed else item


def _tells_apart(item: Item, beside: Item, names: Names) -> bool:
    if not beside.named or beside.what == "quoted":
        return False
    by_one, by_both = names.best([beside.text]), names.best([item.text, beside.text])
    return 0 < len(by_both) < len(by_one)


def _heard(
    items: Sequence[Item], text: str, ground: Ground, language: Language, *, alone: bool, asked: bool
) -> Read:
    ways = _variants(items, ground.names)
    parts = [_by_families(Clause(way, text, ground, language, asked=asked), alone=alone) for way in ways]
    # "The speech", where there is a speech.mp4: the name, unless the other way says more.
    ranked = zip(parts, ways, strict=True)
    return max(ranked, key=lambda both: (round(both[0].score, 6), _named_things(items, both[1], ground)))[0]


def heard_again(part: Read, ground: Ground) -> Read:
    """A clause as it is heard once the wishes before it are done."""
    clause = part.clause
    return _heard(clause.heard, clause.text, ground, clause.language, alone=False, asked=clause.asked)


def _named_things(items: Sequence[Item], way: Sequence[Item], ground: Ground) -> int:
    """How many words for a sound or a shot are read as a name."""
    pairs = zip(items, way, strict=True)
    there = (("b-roll", Thing.B_ROLL), ("text", Thing.TITLE))
    kinds = (Thing.SOUND, Thing.MUSIC, *(thing for kind, thing in there if not ground.pool(kind)))
    return sum(said.value in kinds and read.what == "word" for said, read in pairs)


def _by_families(clause: Clause, *, alone: bool) -> Read:
    weight = sum(item.weight for item in clause.items)
    best = Read(clause, None, "", -_LOST * weight - _UNHEARD, tuple(clause.items))
    if not clause.items:
        return best  # "if it is longer than 15 s": of what comes next
    asks, stated = (
        asks_something(clause),
        states(clause)
        or (bool(clause.items) and gives_reason(clause.items, 0))
        or (not alone and (explains(clause.items, clause.text) or keeps_an_effect(clause.items))),
    )
    stated = stated and not (asks or answers_which(clause) or puts_right(clause))
    for name in sorted(FAMILIES):
        family = FAMILIES[name]
        if asks is not family.asked and name != "talk":
            continue
        if stated and name not in ("talk", "spare"):
            continue
        if not alone and name in _CHANGING and only_keeps(clause):
            continue
        if name in _TAKING_AWAY and _repeats(clause):
            continue
        hearing = Hearing(clause, alone=alone)
        frame = family.hears(hearing)
        if frame is None:
            continue
        bound = hearing.bound - hearing.implied
        hearing.fillers()
        left = hearing.left()
        lost = sum(item.weight for item in left) + sum(_LIKE_A_VERB for item in left if _begins(clause, item))
        score = weight - lost - _LOST * lost + family.prior
        acts = any(_acts(clause, place) for place in hearing.bound)
        score += 0.0 if isinstance(frame, (Follow, Talk, Spare)) else _A_WISH if acts else _NAMED_WISH
        if score > best.score + 1e-9:
            dropped = unheeded(clause, frame, name, bound, alone=alone)
            score -= (1 + _LOST) * sum(item.weight for item in dropped)
            if score > best.score + 1e-9:
                best = Read(clause, frame, name, score, tuple(left), dropped=tuple(dropped))
    return best


def _repeats(clause: Clause) -> bool:
    """ "The same at the end of the dinner, 3 seconds": whatever was done before, and nothing is cut by itself."""
    first = next((item for item in clause.items if item.what not in ("break", "join", "filler")), None)
    first = first or clause.items[0]
    same = any(item.marked("same") for item in clause.items[: clause.items.index(first) + 1])
    return same and not any(item.what == "do" and not item.marked("light") for item in clause.items)


def _begins(clause: Clause, item: Item) -> bool:
    """Whether an unknown word stands where a verb would, behind a joint: it rather begins a wish of its own."""
    place, items = clause.items.index(item), clause.items
    first = place == 0 and [other.what for other in items[1:3]] == ["target", "join"]
    return item.what == "word" and (first or (place > 0 and items[place - 1].what in ("break", "join")))


def _acts(clause: Clause, place: int) -> bool:
    """Whether an item asks for something by itself; "with a fade in" does so of something else."""
    before = clause.items[max(0, place - 2) : place]
    return clause.items[place].what in _ACTS and not any(item.marked("with") for item in before)
