"""A message taken apart at its joints: commas, "and", "then", the ends of sentences, the numbers of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..language.concepts import Do, Join, Particle, When
from .items import ENDS, Item
from .lexicon import listed, matching
from .remarks import gives_reason
from .sparing import begins_to_spare, ends_sparing
from .words import abbreviates

_EDGES = (When.FIRST, When.LAST, When.START, When.END)
_PRELUDE = re.compile(
    r"^(?:(?:ok(?:ay)?|so|um+|uh+|well|hey|hi|like|yeah|yes|now)[\s,]+)*what i"
    r"(?:'d like| would like| want| need)(?: you to do)? is\b"
    r"|^[ \t]*[-•*–—][ \t]+",
    re.IGNORECASE | re.MULTILINE,
)


def without_prelude(text: str) -> str:
    """ "What I want is …", "While she talks, show …", 老板娘说…: left out, the rest stays where it is."""
    for pattern in (
        _PRELUDE,
        matching("reports"),
        matching("announces"),
        matching("by_itself"),
        matching("meanwhile"),
    ):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


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
        if _counts_wishes(items, place):
            found.append(Item("break", "\n", "\n", item.start, item.end))
            place += 1
            continue
        if bullet and begins and _counts(items, place):
            found.append(Item("break", "\n", "\n", item.start, item.end))
            place += 2
            continue
        found.append(item)
        place += 1
    return found


def _counts_wishes(items: Sequence[Item], place: int) -> bool:
    """ "First trim it, second add a title and third fade out": the ordinal before a verb, where a first was told."""
    item, before, after = items[place], items[place - 1] if place else None, items[place + 1 : place + 3]
    if item.what != "ordinal" or item.value < 2 or before is None or before.what not in ("break", "join"):
        return False
    verb = next((other for other in after if other.what != "break"), None)
    first = any(
        other.marked("first") and (not n or items[n - 1].what == "break")
        for n, other in enumerate(items[:place])
    )
    return first and verb is not None and verb.what in ("do", "beyond")


def _begins_there(before: Sequence[Item]) -> bool:
    """ "(Die Musik soll) beim Gipfel anfangen (und am Ende ausklingen)": when it begins, and no edge of a time."""
    said = [item for item in before if item.what != "filler"]
    named = len(said) > 2 and (said[-2].named or said[-2].what == "file")
    return named and said[-1].value is When.START and said[-3].value in (When.AT, When.FROM)


def _counts(items: Sequence[Item], place: int) -> bool:
    """Whether a list counts on: a 2 after a 1 of the same form."""
    number, form = items[place].value, items[place + 1].value
    forms = [
        item.value for n, item in enumerate(items[:-1])
        if item.what == "number" and items[n + 1].what == "break" and items[n + 1].value == form
    ]  # fmt: skip
    return number + 1 in forms or number - 1 in forms


def pieces_of(items: Sequence[Item]) -> list[tuple[list[Item], bool]]:
    """The runs between joints, each with its joint in front, and whether a sentence ended before it."""
    return _without_contrasts(_at_joints(_without_bullets(items)))


def _at_joints(items: Sequence[Item]) -> list[tuple[list[Item], bool]]:
    pieces: list[tuple[list[Item], bool]] = []
    held: list[Item] = []
    ended = True
    for place, item in enumerate(items):
        aimed = place > 1 and items[place - 2].value in (When.TO, When.AT, When.BY)  # "trim it to 5. Then …"
        if item.what == "break" and item.value == "." and place and not aimed and _dotted(items, place - 1):
            held.append(item)  # "2. Fry till golden", "Ms. Rivera"
            continue
        if (
            item.what == "break"
            and item.value in ":："
            and place + 1 < len(items)
            and (items[place + 1].what in ("quoted", "series", "file") or items[place + 1].named)
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
        stressed = item.text in listed("stresses") and held and held[-1].what != "break"
        if stressed and place + 1 < len(items) and items[place + 1].what == "degree":
            held.append(replace(item, what="filler"))  # "die Musik aber viel leiser"
            continue
        if (
            item.what == "join"
            and 0 < place < len(items) - 1
            and items[place - 1].value in _EDGES
            and items[place + 1].value in _EDGES
            and not _begins_there(items[:place])
        ):
            held.append(item)  # "the first and last 2 seconds"
            continue
        if item.value is Join.AND and len(held) > 1 and held[-2].value is When.BETWEEN:
            held.append(item)  # "between 8 and 11 I lose my train of thought"
            continue
        if held and item.text in listed("beside_it") and held[-1].text in listed("articles"):
            side = When.AFTER if item.what == "join" else item.value
            held.append(replace(item, what="when", value=side))  # "den danach": the one after it
            continue
        around = [other.value for other in (*items[max(0, place - 1) : place], *items[place + 1 : place + 2])]
        if item.value is Join.AND and around == [Particle.IN, Particle.OUT]:
            held.append(item)  # "fade the sound in and out by a second"
            continue
        if item.value is Join.AND and any(_lies_between(other) for other in items[place + 2 : place + 4]):
            held.append(item)  # 婚礼和派对之间
            continue
        named = held and place + 1 < len(items) and {held[-1].what, items[place + 1].what} <= {"word", "file"}
        if item.text == "&" and named:
            held.append(item)  # "Hund & Katz" is one name
            continue
        if _excepts_only(held) and place + 1 < len(items) and item.value not in ENDS:
            held.append(item)
            continue
        if (
            item.what == "break"
            or (item.what == "join" and not item.marked("also"))
            or gives_reason(items, place)
            or begins_to_spare(items, place)
            or ends_sparing(held, item)
        ):
            if any(other.what not in ("break", "join") for other in held):
                pieces.append((held, ended))
                held, ended = [], False
            ended = ended or (item.what == "break" and item.value in ENDS)
        held.append(item)
    if any(other.what not in ("break", "join") for other in held):
        pieces.append((held, ended))
    elif held and pieces:
        pieces[-1][0].extend(held)
    return pieces


def _lies_between(item: Item) -> bool:
    return item.text in listed("in_between") and item.value in (When.BETWEEN, When.MIDDLE)


def _excepts_only(held: Sequence[Item]) -> bool:
    """ "Except for the dance, …", 除了早餐和夜景，…, 夜景除外，…: from what it is excepted comes next."""
    said = [item for item in held if item.what not in ("break", "join")]
    excepts = bool(said) and (
        said[0].value is When.EXCEPT or said[0].marked("except") or said[-1].text in listed("excepts_behind")
    )
    return (
        excepts
        and len(said) > 1
        and not any(item.what in ("do", "look", "blend", "shape", "time") for item in said)
    )


def _dotted(items: Sequence[Item], place: int) -> bool:
    """Whether a full stop belongs to what stands before it, and ends no sentence."""
    item = items[place]
    begins = not place or items[place - 1].what not in ("word", "filler")
    return (item.what == "number" and begins) or abbreviates(item)


def by_verbs(pieces: Sequence[tuple[list[Item], bool]]) -> list[tuple[list[Item], bool]]:
    """ "Mute it rotate it 90 degrees": without any joint, each verb may begin a wish."""
    found: list[tuple[list[Item], bool]] = []
    for items, ended in pieces:
        held: list[Item] = []
        for item in items:
            # "get rid of the freeze", "mute the second loop"
            noun = bool(held) and (held[-1].marked("the", "my") or held[-1].what == "ordinal")
            if item.what == "do" and not noun and any(_is_whole(other) for other in held):
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
        or not _contrasts(trimmed(piece[0]))
        or not _alike(piece[0], pieces[place - 1][0])
    ]


def _contrasts(items: Sequence[Item]) -> bool:
    said = all(
        item.what in ("not", "when", "time", "filler", "word", "where", "number", "particle")
        for item in items
    )
    stops = bool(items) and matching("stops").match(items[0].text)  # "…, and stops 2 s before the end"
    return bool(items) and said and items[0].what == "not" and not stops and _has_moment(items)


def _alike(one: Sequence[Item], other: Sequence[Item]) -> bool:
    """Whether both name a place, or both a moment: "top left, not on the intro" has one of each."""
    places = [
        {"where" if item.what == "where" else "when" for item in items if _has_moment([item])}
        for items in (one, other)
    ]
    return bool(places[0] & places[1])


def _has_moment(items: Sequence[Item]) -> bool:
    return any(
        item.what in ("time", "where", "number")
        or (item.what == "when" and item.value not in (When.TO, When.BY))
        for item in items
    )


def goes_on(piece: Sequence[Item]) -> bool:
    """Whether a piece begins with "then"; 再 alone is "even more" as well."""
    apart = any(item.what == "break" for item in piece[:2])
    return any(item.value is Join.THEN and (apart or not item.marked("again")) for item in piece)


def trimmed(run: Sequence[Item]) -> list[Item]:
    """Without the joints at both ends."""
    start, end = 0, len(run)
    while start < end and run[start].what in ("break", "join") and not run[start].marked("also"):
        start += 1
    while end > start and run[end - 1].what in ("break", "join") and not run[end - 1].marked("also"):
        end -= 1
    return list(run[start:end])
