"""From a message to frames: the reading in which most of what was said has found its place.

A message is cut at joints (commas, "and", "then" …) in the way that gives the best total. Each piece is heard by all
families; the one that binds most of it and leaves least of it over wins. No family comes before another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..language.concepts import Ask, Do, Join, Thing, When
from ..language.corrections import corrected
from ..language.tokens import tokenize
from ..tongues import Language
from .families import FAMILIES
from .families.talk import states
from .frames import AddMusic, Beyond, Fade, Follow, Frame, SetVolume, Spare, Talk
from .hearing import Clause, Hearing
from .items import Item, items_of
from .lexicon import FAULTS, NOT, STATING, listed, measured
from .resolve import Ground
from .slots import Target

_ENDS = frozenset(".!?;\n。！？；…")
_LONGEST, _MOST_PIECES = 5, 14
_CHANGING = frozenset({"grade", "set_speed", "fade", "zoom", "turn", "transition"})
_LIKE_A_VERB = 1.5
_EACH_CLAUSE, _OVER_AN_END, _LOST, _A_WISH, _NAMED_WISH, _UNHEARD = 0.55, 2.5, 1.6, 1.0, 0.2, 0.5
_EDGES = (When.FIRST, When.LAST, When.START, When.END)
_ACTS = frozenset({"do", "look", "blend", "shape", "beyond", "quoted"})
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
_ASKING = (Ask.WHAT, Ask.WHERE, Ask.WHEN, Ask.HOW, Ask.HOW_LONG, Ask.HOW_MANY, Ask.WHICH, Ask.ABILITIES)
_TELLING = (Do.SHOW, Do.SAY)
_SCOPES = ("only", "except", "odd", "even", "until", "if", "other", "rest", "both", "less")


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
        return [item for item in self.left if item.what in heavy or item.marked(*_SCOPES)]

    @property
    def _of_all(self) -> bool:
        """Whether it would be done to all there is because nothing was named: an unknown word may be the name."""
        return (
            self.frame is not None
            and self.frame.frame in OF_A_THING
            and getattr(self.frame, "target", None) is None
        )

    @property
    def sure(self) -> bool:
        return self.frame is not None and not self.lost


def read(text: str, ground: Ground, language: Language, *, names: Sequence[str] = ()) -> list[Read]:
    """The clauses of a message, each with its frame.

    >>> [part.family for part in read("cut the first 3 seconds and mute it", ground, "en")]
    ['cut_out', 'mute']
    """
    text = _without_prelude(text)
    tokens = corrected(tokenize(text, language, names or ground.names.files))
    items = items_of(tokens, language, ground.names)
    pieces = _without_contrasts(_pieces(_without_bullets(items)))
    parts = _best(pieces, text, ground, language)
    if not all(part.sure for part in parts):
        run_on = _best(_by_verbs(pieces), text, ground, language)
        whole = all(part.sure and not isinstance(part.frame, (Beyond, Follow)) for part in run_on)
        parts = run_on if whole and len(run_on) > len(parts) else parts
    reads = _without_complaints(parts)
    return _with_its_music(_with_what_is_spared(reads))


def _without_complaints(reads: Sequence[Read]) -> list[Read]:
    """ "b.mp4 is way too loud, cut its volume in half": the one says why, and of what, the other what to do."""
    found: list[Read] = []
    for read in reads:
        before = found[-1] if found else None
        if (
            before is None
            or before.frame is None
            or read.frame is None
            or before.frame.frame != read.frame.frame
        ):
            found.append(read)
        elif _complains(read.clause):
            continue
        elif _complains(before.clause):
            target = getattr(before.frame, "target", None)
            mine = getattr(read.frame, "target", None)
            if target is not None and (mine is None or (mine.plain and mine.refer == "it")):
                read = replace(read, frame=read.frame.model_copy(update={"target": target}))
            found[-1] = read
        else:
            found.append(read)
    return found


def _with_what_is_spared(reads: Sequence[Read]) -> list[Read]:
    """ "Make it black and white, but not c.mp4": what comes behind "not" is left alone."""
    found = list(reads)
    for place in range(1, len(found)):
        before, part = found[place - 1], found[place]
        items = [item for item in part.clause.items if item.what not in ("filler", "join", "break")]
        bare = (
            len(items) == 2 and items[0].what == "not" and items[0].text in NOT and items[1].what == "target"
        )
        if bare and before.frame is not None and not isinstance(before.frame, (Follow, Talk, Spare)):
            found[place] = replace(part, frame=Spare(target=items[1].value), family="spare", left=())
    return found


def _with_its_music(reads: Sequence[Read]) -> list[Read]:
    """配上音乐，音乐最后2秒淡出: what is added already is only faded."""
    found = list(reads)
    adds = [n for n, part in enumerate(found) if isinstance(part.frame, AddMusic)]
    for place in adds[:0:-1]:
        frame = found[place].frame
        if (
            isinstance(frame, AddMusic)
            and (frame.file is None or frame.file.plain)
            and (frame.fade_in or frame.fade_out)
        ):
            fade = Fade(
                target=Target(kind="music"), into=frame.fade_in is not None, out=frame.fade_out is not None,
                in_length=frame.fade_in, out_length=frame.fade_out,
            )  # fmt: skip
            found[place] = replace(found[place], frame=fade, family="fade")
            if frame.volume is not None:
                loud = SetVolume(target=Target(kind="music"), amount=frame.volume)
                found.insert(place, replace(found[place], frame=loud, family="set_volume"))
    return found


def _complains(clause: Clause) -> bool:
    told = any(
        item.text.startswith(FAULTS) or any(word in item.text for word in listed("too_inside"))
        for item in clause.items
        if item.what != "target"
    )
    return not clause.asked and (told or any(item.text in STATING for item in clause.items[:3]))


_PRELUDE = re.compile(
    r"^(?:(?:ok(?:ay)?|so|um+|uh+|well|hey|hi|like|yeah|yes|now)[\s,]+)*what i"
    r"(?:'d like| would like| want| need)(?: you to do)? is\b"
    r"|^[ \t]*[-•*–—][ \t]+",
    re.IGNORECASE | re.MULTILINE,
)


def _without_prelude(text: str) -> str:
    """ "What I want is …", "- …": left out, the rest stays where it is."""
    return _PRELUDE.sub(lambda match: " " * len(match[0]), text)


def _without_bullets(items: Sequence[Item]) -> list[Item]:
    """ "1) … 2) …": the numbers of a list part it and are no amounts."""
    found: list[Item] = []
    place = 0
    while place < len(items):
        item = items[place]
        after = items[place + 1] if place + 1 < len(items) else None
        begins = not found or found[-1].what == "break" or (after is not None and after.value == ")")
        following = items[place + 2] if place + 2 < len(items) else None
        listed = following is not None and following.what in ("number", "ordinal")
        begins = begins or (after is not None and after.value in ("、", ".") and not listed)
        bullet = (
            item.what == "number"
            and after is not None
            and after.what == "break"
            and after.value in (")", "、", ".", "：")
        )
        if bullet and begins and _counts(items, place):
            found.append(Item("break", "\n", "\n", item.start, item.end))
            place += 2
            continue
        found.append(item)
        place += 1
    return found


def _counts(items: Sequence[Item], place: int) -> bool:
    """Whether a list counts on: a 2 after a 1 of the same form."""
    number, form = items[place].value, items[place + 1].value
    forms = [
        item.value for n, item in enumerate(items[:-1])
        if item.what == "number" and items[n + 1].what == "break" and items[n + 1].value == form
    ]  # fmt: skip
    return number + 1 in forms or number - 1 in forms


def _pieces(items: Sequence[Item]) -> list[tuple[list[Item], bool]]:
    """The runs between joints, each with its joint in front, and whether a sentence ended before it."""
    pieces: list[tuple[list[Item], bool]] = []
    held: list[Item] = []
    ended = True
    for place, item in enumerate(items):
        if item.what == "break" and item.value == "." and place and items[place - 1].what == "number":
            held.append(item)  # "2. Fry till golden"
            continue
        if (
            item.what == "break"
            and item.value in ":："
            and place + 1 < len(items)
            and (items[place + 1].what in ("quoted", "file") or items[place + 1].named)
        ):
            held.append(item)  # what is said comes next
            continue
        again = (
            item.text in listed("once_more")
            and held
            and held[-1].what != "break"
            and not any(other.what == "do" for other in held)
        )
        if again:
            held.append(replace(item, what="filler"))
            continue
        if (
            item.what == "join"
            and 0 < place < len(items) - 1
            and items[place - 1].value in _EDGES
            and items[place + 1].value in _EDGES
        ):
            held.append(item)  # "the first and last 2 seconds"
            continue
        if (
            item.what == "break"
            or (item.what == "join" and not item.marked("also"))
            or _gives_reason(items, place)
        ):
            if any(other.what not in ("break", "join") for other in held):
                pieces.append((held, ended))
                held, ended = [], False
            ended = ended or (item.what == "break" and item.value in _ENDS)
        held.append(item)
    if any(other.what not in ("break", "join") for other in held):
        pieces.append((held, ended))
    elif held and pieces:
        pieces[-1][0].extend(held)
    return pieces


def _by_verbs(pieces: Sequence[tuple[list[Item], bool]]) -> list[tuple[list[Item], bool]]:
    """ "Mute it rotate it 90 degrees": without any joint, each verb may begin a wish."""
    found: list[tuple[list[Item], bool]] = []
    for items, ended in pieces:
        held: list[Item] = []
        for item in items:
            if item.what == "do" and any(_is_whole(other) for other in held):
                found.append((held, ended))
                held, ended = [], False
            held.append(item)
        found.append((held, ended))
    return found


def _is_whole(item: Item) -> bool:
    return item.what in ("look", "shape") or (
        item.what == "do" and item.value is not Do.SET and not item.marked("light")
    )


def _without_contrasts(pieces: Sequence[tuple[list[Item], bool]]) -> list[tuple[list[Item], bool]]:
    """ "…, not right at the start": a moment that isn't meant, beside the one that is."""
    return [
        piece
        for place, piece in enumerate(pieces)
        if not place
        or piece[1]
        or not _contrasts(_trimmed(piece[0]))
        or not _has_moment(pieces[place - 1][0])
    ]


def _contrasts(items: Sequence[Item]) -> bool:
    said = all(
        item.what in ("not", "when", "time", "filler", "word", "where", "number", "particle")
        for item in items
    )
    return bool(items) and said and items[0].what == "not" and _has_moment(items)


def _has_moment(items: Sequence[Item]) -> bool:
    return any(item.what in ("when", "time", "where", "number") for item in items)


def _gives_reason(items: Sequence[Item], place: int) -> bool:
    """ "…, so my students can follow", "because it's dull": why, and nothing to be done."""
    item = items[place]
    if not item.marked("so") or place + 1 >= len(items):
        return False
    after = items[place + 1]
    following = items[place + 1 : place + 10]
    until = next((n for n, other in enumerate(following) if other.what == "break"), len(following))
    if any(other.what in ("time", "percent", "factor", "frames") for other in following[:until]):
        return False  # "so that it's 8 seconds long" says how
    return after.marked("my", "it", "them", "the", "this", "these") or after.text in (
        "i",
        "we",
        "you",
        "he",
        "she",
        "they",
        "it's",
        "people",
        "that",
    )


def _best(
    pieces: Sequence[tuple[list[Item], bool]], text: str, ground: Ground, language: Language
) -> list[Read]:
    """The way to put pieces together that gives the best total."""
    count = len(pieces)
    longest = _LONGEST if count <= _MOST_PIECES else 2
    best: list[tuple[float, list[Read]]] = [(0.0, [])]
    for end in range(1, count + 1):
        found: tuple[float, list[Read]] | None = None
        for start in range(max(0, end - longest), end):
            ends: float = sum(ended for _, ended in pieces[start + 1 : end])
            ends += 0.6 * sum(_goes_on(piece) for piece, _ in pieces[start + 1 : end])
            run = [item for piece, _ in pieces[start:end] for item in piece]
            closing = pieces[end][0][:2] if end < count else run[-2:]
            asked = any(item.what == "break" and item.value in "?？" for item in closing)
            part = _heard(_trimmed(run), text, ground, language, alone=count == end - start, asked=asked)
            named = any(item.what in ("file", "quoted") or item.named for item in run)
            if start and _trimmed(run) and _trimmed(run)[0].marked("with", "of", "than") and not named:
                ends += 1  # "…, with a fade in" goes on
            total = best[start][0] + part.score - _EACH_CLAUSE - _OVER_AN_END * ends
            if found is None or total > found[0] + 1e-9:
                found = (total, [*best[start][1], part])
        best.append(found if found is not None else best[-1])
    return best[-1][1]


def _goes_on(piece: Sequence[Item]) -> bool:
    """Whether a piece begins with "then"; 再 alone is "even more" as well."""
    apart = any(item.what == "break" for item in piece[:2])
    return any(item.value is Join.THEN and (apart or not item.marked("again")) for item in piece)


def _trimmed(run: Sequence[Item]) -> list[Item]:
    """Without the joints at both ends."""
    start, end = 0, len(run)
    while start < end and run[start].what in ("break", "join") and not run[start].marked("also"):
        start += 1
    while end > start and run[end - 1].what in ("break", "join") and not run[end - 1].marked("also"):
        end -= 1
    return list(run[start:end])


def _variants(items: Sequence[Item]) -> list[list[Item]]:
    """A word that is a name as well as something else ("chop the chop clip") is read either way."""
    items = [_as_name(items, n) for n in range(len(items))]
    double = [n for n, item in enumerate(items) if item.named and item.what not in ("file", "word", "quoted")]
    ways = [list(items)]
    for place in double[:2]:
        ways += [
            [replace(item, what="word") if n == place else item for n, item in enumerate(way)] for way in ways
        ]
    return ways


def _as_name(items: Sequence[Item], place: int) -> Item:
    """Between an article and a noun ("the chop clip") such a word can only be a name."""
    item = items[place]
    if not item.named or item.what in ("file", "word", "quoted") or not 0 < place < len(items) - 1:
        return item
    before, after = items[place - 1], items[place + 1]
    noun = (
        after.what == "thing" and after.value in (Thing.CLIP, Thing.VIDEO, Thing.IMAGE, Thing.MUSIC)
    ) or after.marked("one")
    return replace(item, what="word") if before.marked("the", "my", "this") and noun else item


def _heard(
    items: Sequence[Item], text: str, ground: Ground, language: Language, *, alone: bool, asked: bool
) -> Read:
    parts = [
        _by_families(Clause(way, text, ground, language, asked=asked), alone=alone)
        for way in _variants(items)
    ]
    return max(parts, key=lambda part: part.score)


def _by_families(clause: Clause, *, alone: bool) -> Read:
    weight = sum(item.weight for item in clause.items)
    best = Read(clause, None, "", -_LOST * weight - _UNHEARD, tuple(clause.items))
    asks, stated = _asks(clause), states(clause) or (bool(clause.items) and _gives_reason(clause.items, 0))
    for name in sorted(FAMILIES):
        family = FAMILIES[name]
        if asks is not family.asked and name != "talk":
            continue
        if stated and name not in ("talk", "spare"):
            continue
        if not alone and name in _CHANGING and _only_keeps(clause):
            continue
        hearing = Hearing(clause, alone=alone)
        frame = family.hears(hearing)
        if frame is None:
            continue
        hearing.fillers()
        left = hearing.left()
        lost = sum(item.weight for item in left) + sum(_LIKE_A_VERB for item in left if _begins(clause, item))
        score = weight - lost - _LOST * lost + family.prior
        acts = any(_acts(clause, place) for place in hearing.bound)
        score += 0.0 if isinstance(frame, (Follow, Talk, Spare)) else _A_WISH if acts else _NAMED_WISH
        if score > best.score + 1e-9:
            best = Read(clause, frame, name, score, tuple(left))
    return best


def _only_keeps(clause: Clause) -> bool:
    """ "…, but keep the brightness": a look or a speed that stays as it is, and is no wish for more of it."""
    deeds = [item.value for item in clause.items if item.what == "do"]
    exact = any(item.what in ("time", "percent", "factor", "number", "decibel") for item in clause.items)
    return bool(deeds) and set(deeds) == {Do.KEEP} and not exact


def _begins(clause: Clause, item: Item) -> bool:
    """Whether an unknown word stands where a verb would, behind a joint: it rather begins a wish of its own."""
    place, items = clause.items.index(item), clause.items
    first = place == 0 and [other.what for other in items[1:3]] == ["target", "join"]
    return item.what == "word" and (first or (place > 0 and items[place - 1].what in ("break", "join")))


def _acts(clause: Clause, place: int) -> bool:
    """Whether an item asks for something by itself; "with a fade in" does so of something else."""
    before = clause.items[max(0, place - 2) : place]
    return clause.items[place].what in _ACTS and not any(item.marked("with") for item in before)


def _asks(clause: Clause) -> bool:
    """Whether a clause wants to know something rather than to have it done."""
    concepts = [
        item
        for item in clause.items
        if item.what in ("do", "thing", "ask", "look", "shape", "beyond", "when", "target", "blend")
    ]
    asking = [n for n, item in enumerate(concepts) if item.what == "ask" and item.value in _ASKING]
    deeds = [
        n
        for n, item in enumerate(concepts)
        if item.what in ("do", "blend", "beyond", "shape") and item.value not in _TELLING
    ]
    first = concepts[0] if concepts else None
    if not asking:
        whether = first is not None and first.value is Ask.WHETHER and not (first.marked("please") and deeds)
        return bool(clause.asked and whether) or bool(
            clause.asked and first is not None and any(i.value is Ask.WHETHER for i in concepts) and not deeds
        )
    early = asking[0] <= 2
    told = not measured(clause.language) and any(n < asking[0] for n in deeds)
    if clause.said.lower().startswith(("here's what", "here is what")):
        return False
    left = any(
        item.text in ("whats", "what is", "what's")
        and n + 1 < len(clause.items)
        and clause.items[n + 1].text in ("left", "left of")
        for n, item in enumerate(clause.items)
    )
    return not left and not told and (clause.asked or measured(clause.language) or early)


_ = Join
