"""Finding targets among the items of a sentence: "the first two clips", "the beach one", 夜景那段, "both".

A target is a run of items around a noun, a name or a pronoun. What describes it and means nothing here ("the phone
clip") is kept as `unknown`: whoever resolves the target must not pass over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..language.concepts import Degree, Do, Join, Thing, When
from ..tongues import Language
from .items import Item
from .lexicon import listed, measured
from .names import Names
from .phrase import Phrase
from .slots import Moment, Target


def with_targets(items: Sequence[Item], names: Names, language: Language) -> list[Item]:
    """The items, those that name a target put together, each with its relation to the wish."""
    items = _with_states(_without_descriptions(_with_the_middle_one(items)), language)
    found: list[Item] = []
    at = 0
    while at < len(items):
        phrase = Phrase(items, at, names, language).read()
        if phrase is None:
            found.append(items[at])
            at += 1
        else:
            target, end = phrase
            found.append(_one(items[at:end], target))
            at = end
    return _related(_beside_another(_with_exceptions(_joined(_of_its_owner(found))), language))


def _of_its_owner(items: Sequence[Item]) -> list[Item]:
    """ "The picture of the market": the market's."""
    found: list[Item] = []
    for item in items:
        noun = next((other for other in found[::-1] if other.what == "target"), None)
        of = (noun is not None and (found[-1] is noun and noun.text.endswith(" of"))) or (
            len(found) > 1 and found[-2] is noun and found[-1].text == "of"
        )
        plain = noun is not None and noun.value in (Target(kind="image"), Target(kind="video"))
        owner = item.what == "target" and item.value.names and item.value.kind in (None, "clip", "video")
        if noun is not None and of and plain and owner:
            found = found[: found.index(noun)]
            item = replace(item, text=f"{noun.text} {item.text}", start=noun.start)
        found.append(item)
    return found


_TIMED = frozenset({"time", "number", "timecode", "percent", "frames"})
_TELLING = frozenset({"word", "filler", "mark", "particle"})


def _without_descriptions(items: Sequence[Item]) -> list[Item]:
    """ "From 0:35 to 0:52 where a student walks in": what is seen in a stretch names nothing that is wished for."""
    found = list(items)
    found = _without_relatives(found)
    for place in range(1, len(found)):
        before = next((item for item in found[place - 1 :: -1] if item.what not in ("filler", "break")), None)
        if found[place].text not in listed("describes") or before is None or before.what not in _TIMED:
            continue
        end = next((n for n in range(place, len(found)) if found[n].what in ("break", "join")), len(found))
        said = found[place + 1 : end]
        if any(item.what == "word" and not item.named for item in said) and all(
            item.what in _TELLING for item in said
        ):
            found[place:end] = [
                replace(item, what="filler", value=None, marks=frozenset()) for item in found[place:end]
            ]
    return found


def _without_relatives(items: list[Item]) -> list[Item]:
    """ "The last clip, which is of today": told of it besides."""
    for place in range(1, len(items)):
        behind = items[place].text in listed("which_is") and items[place - 1].what in (
            "thing",
            "word",
            "file",
        )
        end = next((n for n in range(place, len(items)) if items[n].what in ("break", "join")), len(items))
        told = all(item.what in ("ask", *_TELLING) for item in items[place + 1 : end])
        if behind and told and end - place > 2:
            items[place:end] = [
                replace(item, what="filler", value=None, marks=frozenset()) for item in items[place:end]
            ]
    return items


def _with_the_middle_one(items: Sequence[Item]) -> list[Item]:
    """ "The one in the middle", "the clip in the middle": the middle one."""
    found = list(items)
    for n in reversed(range(len(found) - 3)):
        the, one, within, middle = found[n : n + 4]
        named = one.marked("one") or one.value is Thing.CLIP
        if the.marked("the") and named and within.marked("in") and middle.value is When.MIDDLE:
            found[n : n + 4] = [the, middle, replace(one, start=middle.start, end=middle.end)]
    return found


_BEING: dict[object, str] = {
    Do.FASTER: "fast", Do.SLOWER: "slow", Do.REVERSE: "reversed", Do.MUTE: "muted", Thing.SPEED: "fast",
    Do.FREEZE: "frozen",
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
        if item.value is When.AT_THE_CUT:
            found.append(replace(_one([item], Target(kind="clip", state="cut")), relation="at"))
            place += 1
            continue
        lying = place > 1 and items[place - 1].marked("the", "this") and items[place - 2].marked("on", "over")
        if item.value is Do.FREEZE and lying:  # "“GOAL” on the freeze"
            found[-1] = _one([found[-1], item], Target(kind="clip", state="frozen"))
            place += 1
            continue
        if item.value is Do.FREEZE and _taken_away(items[:place]):
            found[-1] = _one([found[-1], item], Target(kind="clip", state="frozen"))
            place += 1
            continue
        one = place + 1 < len(items) and items[place + 1].marked("one")
        if (
            item.value in _BEING
            and one
            and items[place - 1 : place]
            and items[place - 1].marked("on", "over")
        ):
            found.append(_one(items[place : place + 2], Target(kind="clip", state=_BEING[item.value])))
            place += 2
            continue  # "REPLAY over the slow one"
        made = _was_made_so(items[place : place + 8])
        if made:
            being = next(other.value for other in items[place:][made - 1 :: -1] if other.value in _BEING)
            found.append(_one(items[place : place + made], Target(kind="clip", state=_BEING[being])))
            place += made
            continue
        width = _is_so(items[place : place + 3], items[place - 1 : place]) if measured(language) else 0
        if width:
            target = _one(items[place : place + width], Target(kind="clip", state=_BEING[item.value]))
            while_so = items[place + width - 1].value is not Thing.CLIP
            found.append(replace(target, relation="while") if while_so else target)
            place += width
            continue
        found.append(item)
        place += 1
    return found


def _taken_away(before: Sequence[Item]) -> bool:
    """ "Get rid of that (freeze)": whether what comes is a thing that goes, and nothing that is to be done."""
    named = bool(before) and before[-1].marked("the", "this", "my")
    return named and any(item.value is Do.CUT for item in before)


def _was_made_so(run: Sequence[Item]) -> int:
    """ "The part I sped up", "das Stück, das wir verlangsamt haben": how many items name it."""
    who = next((n for n, item in enumerate(run) if item.text in listed("who_did_it")), None)
    if who is None or not run[0].marked("the", "these") or run[1].text not in listed("a_part"):
        return 0
    between, done = run[2:who], next((n for n, item in enumerate(run) if n > who and item.what == "do"), None)
    led = all(item.what in ("break", "mark", "filler", "word") for item in between) and len(between) < 3
    if not led or done is None or run[done].value not in _BEING or done > who + 2:
        return 0
    return done + 1 + (done + 1 < len(run) and run[done + 1].text in listed("who_has_done"))


def _is_so(run: Sequence[Item], before: Sequence[Item]) -> int:
    """快进的时候, 慢的那里, 定格那儿: how many items name the part that is so."""
    if run[0].value not in _BEING or len(run) < 2:
        return 0
    if run[1].marked("while") or run[1].text in listed("there"):
        return 2
    if run[1].text in listed("sides") and (
        len(run) < 3 or run[2].what not in ("time", "number", "percent", "degree")
    ):
        return 1  # 慢放后面
    begins = bool(before) and before[0].value is When.FROM and run[1].value is When.START
    if begins or run[1].text in listed("being_over"):
        return 1  # 从慢放开始, 定格结束: it begins or ends, whatever is to be then
    owned = len(run) > 2 and run[1].marked("of")
    there = owned and (run[2].marked("while") or run[2].value is Thing.CLIP or run[2].text in listed("there"))
    return 3 if there else 0


def _one(run: Sequence[Item], target: Target) -> Item:
    text = " ".join(item.text for item in run)
    listed = len(target.numbers) + len(target.names)
    mass = 3.0 + 2.5 * (listed - 1) if listed > 1 else None  # "clips 1 and 3" weighs as much as two
    marks = frozenset({"same"}) if any(item.marked("same") for item in run) else frozenset[str]()
    start, end = min(item.start for item in run), max(item.end for item in run)
    return Item("target", target, text, start, end, marks, mass=mass)


# ---- several targets


def _joined(items: Sequence[Item]) -> list[Item]:
    """ "a.mp4 and b.mp4", "the first and the last clip": one target, where both are of one sort."""
    found: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        last = found[-1].value if found and found[-1].what == item.what == "target" else None
        if (
            last is not None
            and last == Target(count=last.count, refer="them")
            and item.value == Target(refer="others")
        ):
            found[-1] = replace(
                found[-1],
                value=Target(count=last.count, refer="others"),
                text=f"{found[-1].text} {item.text}",
                end=item.end,
            )  # "die beiden anderen"
            at += 1
            continue
        joined = len(found) >= 2 and item.what == "target" and found[-2].what == "target"
        joined = joined and not (_is_refused(found) and found[-1].what == "break")
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


def _is_refused(found: Sequence[Item]) -> bool:
    """ "Not the fourth, the second": the one stands against the other."""
    before = [item for item in found[:-2] if item.what != "filler"]
    return bool(before) and before[-1].what == "not"


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
    items = _with_exception_ahead(items)
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
                (n for n in range(len(found) - 1, max(-1, len(found) - 6), -1) if found[n].what == "target"),
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
            if not whole and (base := _excepted_from(items, at + 2)) is not None:
                found += [
                    replace(
                        other,
                        value=other.value.model_copy(
                            update={"but": after.value, "every": "all", "refer": None}
                        ),
                        start=item.start,
                        mass=other.weight + after.weight + 1,
                    )
                    if n == base
                    else other
                    for n, other in enumerate(items[at + 2 : base + 1], at + 2)
                    if other.what != "break" or n > at + 2
                ]
                at = base + 1
                while at < len(items) and _says_all(items[at]):
                    at += 1
                continue
            if whole or item.text in listed("except"):
                end = at + 2
                while end < len(items) and (_says_all(items[end]) or items[end].what == "break"):
                    end += 1
                base_target = Target(every="all", but=after.value)
                found.append(
                    Item(
                        "target",
                        base_target,
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


def _with_exception_ahead(items: Sequence[Item]) -> list[Item]:
    """夜景除外，其余都…: as if it were said before the target."""
    found: list[Item] = []
    for place, item in enumerate(items):
        behind = item.text in listed("excepts_behind") and bool(found) and found[-1].what == "target"
        if behind and not any(
            other.value is When.EXCEPT or other.marked("except") for other in items[:place]
        ):
            found.insert(-1, replace(item, start=found[-1].start))
        else:
            found.append(item)
    return found


def _excepted_from(items: Sequence[Item], start: int) -> int | None:
    """ "Except for the dance, mute everything", 除了夜景，其他都静音: the place of all that it is excepted from."""
    for place, item in enumerate(items[start : start + 4], start):
        if item.what == "target":
            whole = item.value.plain and item.value.but is None
            return place if whole and (item.value.every == "all" or item.value.refer == "others") else None
    return None


def _says_all(item: Item) -> bool:
    """Whether it only says once more that all of the others are meant: 其余每段都 …"""
    if item.what == "target":
        return bool(item.value.every == "all" and item.value.plain and item.value.refer is None)
    return item.value in (When.EXCEPT, Thing.ALL) or item.text in listed("all_of_it")


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
            and (" " in here.text or not _has_words(items))  # "title at the start: Hi" is a new one
        ):
            target = here.value.model_copy(update={"numbers": (edge,), "refer": None})
            found.append(
                Item("target", target, here.text, here.start, items[place + width].end, mass=here.weight + 2)
            )
            place += width + 1
            continue
        if (which := _beside_it(items, place)) is not None:  # "den davor"
            target = Target.model_validate({"kind": "clip", which: Target(refer="it")})
            found.append(Item("target", target, items[place + 1].text, here.start, items[place + 1].end))
            place += 2
            continue
        if _says_the_one(items, place):  # "remove the one before it"
            the_one = replace(here, what="target", value=Target(kind="clip"), text="the one")
            items = [
                *items[:place],
                the_one,
                *items[place + 2 :],
            ]
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


def _beside_it(items: Sequence[Item], place: int) -> str | None:
    """On which side of what was spoken of last, where one word says it."""
    side = items[place + 1] if place + 1 < len(items) else None
    said = side is not None and side.text in listed("beside_it") and items[place].text in listed("articles")
    if side is None or not said or (place + 2 < len(items) and items[place + 2].what == "target"):
        return None
    return {When.BEFORE: "before", When.AFTER: "after"}.get(side.value)


def _has_words(items: Sequence[Item]) -> bool:
    return any(item.what == "quoted" for item in items)


def _says_the_one(items: Sequence[Item], place: int) -> bool:
    """ "The one" before "before it", which no noun follows."""
    run = items[place : place + 4]
    return (
        len(run) == 4
        and run[0].marked("the")
        and run[1].marked("one")
        and run[1].what == "filler"
        and bool(_which_side(run[2]))
        and run[3].what == "target"
        and not run[3].value.names
    )


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
        and (
            target.refer is None or (target.refer == "it" and target.kind == "clip")
        )  # "stop it before the end"
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
        beyond = found[place + 2] if place + 2 < len(found) else None
        if after is not None and not after.text.isascii() and not _begins_a_stretch(after, beyond):
            two = len(item.value.names) == 2 or len(item.value.numbers) == 2
            relation = "between" if two and after.value is When.MIDDLE else _behind(after)  # 妈妈和爸爸中间
        if not relation and before is not None:
            relation = _ahead(before)
        if relation:
            found[place] = replace(item, relation=relation)
    return found


def _ahead(before: Item) -> str:
    if before.value in (When.AFTER, When.BEFORE, When.BETWEEN):
        return str(before.value.name).lower()
    if before.text in listed("at_a_thing"):
        return "in"
    return next((name for name in _RELATIONS if before.marked(name)), "")


def _begins_a_stretch(after: Item, beyond: Item | None) -> bool:
    """下锅那段前4秒: its first 4 seconds, and not what comes before it."""
    timed = beyond is not None and (
        beyond.what in ("time", "percent", "frames") or isinstance(beyond.value, Degree)
    )
    return timed and after.value in (When.FIRST, When.LAST)


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
