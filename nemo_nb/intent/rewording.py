"""What items say together once the targets are known: "on top of", "the two in the middle", "sliding in from the left".

Each step takes the items of a clause and gives them back with one kind of phrase put together, or taken for what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from ..language.concepts import Beyond, Degree, Do, Filler, Particle, When, Where
from .items import Item
from .lexicon import either, listed
from .resolve import ABOVE, Found, Ground
from .slots import Moment, Target
from .times import ends_a_while
from .words import TITLES, names


def before_targets(items: Sequence[Item]) -> list[Item]:
    """What has to be put right before a target is looked for."""
    return _without_the_other(_before_an_end(items))


def put_together(items: Sequence[Item], ground: Ground) -> list[Item]:
    """All that goes together around the targets, in this order."""
    found = _with_not_before(items, ground)
    found = _with_over(found, ground)
    found = _with_middle(found)
    found = _with_corrected(found)
    found = _with_slid(found)
    found = _with_one_of_them(found)
    found = _with_lying(found, ground)
    found = _with_seconds(found, ground)
    found = _with_owned(found, ground)
    found = _at_an_edge(found, ground)
    found = _between_two(found)
    return _taken_to_an_edge(found)


def counts_seconds(items: Sequence[Item], ground: Ground) -> bool:
    """Whether a bare number is one of seconds."""
    return _in_seconds(ground) or _of_one_clip(items, ground)


def without_descriptions(items: Sequence[Item]) -> list[Item]:
    """What looks like a wish and only describes: a filler."""
    return [
        replace(item, what="filler", value=None, marks=frozenset())
        if (item.what == "do" and ends_a_while(items, n))
        or _goes_further(items[n : n + 2])
        or _describes(items, n)
        or _all_in_a_row(items, n)
        or _not_before(items, n)
        else item
        for n, item in enumerate(items)
    ]


_OF_CONTRASTS = frozenset(
    {"where", "when", "time", "number", "colour", "percent", "factor", "degree", "particle"}
)


def _without_the_other(items: Sequence[Item]) -> list[Item]:
    """ "At the top rather than in the middle", "5 seconds instead of 3": what isn't wished for is left out."""
    place = next((n for n, item in enumerate(items) if item.value is Filler.RATHER), None)
    if place is None:
        return list(items)
    end = place + 1
    while end < len(items) and (items[end].what in _OF_CONTRASTS or items[end].what in ("filler", "mark")):
        end += 1
    ends = end == len(items) or items[end].what in ("break", "join", "do")
    values = any(item.what in _OF_CONTRASTS - {"particle"} for item in items[place:end])
    return [*items[:place], *items[end:]] if ends and values else list(items)


def _with_slid(items: Sequence[Item]) -> list[Item]:
    """ "Slide the voiceover 1.5 seconds later", "nudge it": it is moved, and is no transition."""
    later = any(item.value in (When.LATER, When.EARLIER) for item in items)
    return [
        replace(item, what="do", value=Do.MOVE)
        if later and item.text in listed("slides") and after is not None and after.what == "target"
        else item
        for item, after in zip_longest(items, items[1:])
    ]


def with_tossed(items: Sequence[Item]) -> list[Item]:
    """ "Chuck the drone in front of the vows", "drop the logo in the corner": with a place it is put there."""
    found = list(items)
    for n, item in enumerate(items[:-1]):
        what = items[n + 1]
        if item.text in listed("cuts_in") and what.value is Particle.IN and n + 2 < len(items):
            if items[n + 2].what in ("time", "target"):
                found[n] = replace(item, value=Do.ADD)  # "cut in 4 seconds of the guests"
            continue
        if item.value is not Do.CUT or item.text not in listed("tosses") or what.what != "target":
            continue
        after = next(
            (other for other in items[n + 2 :] if other.what not in ("filler", "mark", "particle")), None
        )
        if after is None or after.what not in ("when", "where", "target"):
            continue
        beside = after.relation in ("before", "after", "between", "over") and bool(what.value.names)
        if after.what == "where" or after.value in _PLACING or beside:
            found[n] = replace(item, value=Do.PUT)
    return found


def _with_corrected(items: Sequence[Item]) -> list[Item]:
    """ "On the second part, no wait, on the first part make it grey": the thing that was meant in the end."""
    found = list(items)
    at = next((n for n, item in enumerate(found) if item.what == "correction"), None)
    if at is None:
        return found
    after = next(
        (n for n in range(at + 1, len(found)) if found[n].what not in ("filler", "not", "break")), at
    )
    before = next((n for n in range(at - 1, -1, -1) if found[n].what not in ("filler", "break")), at)
    both = found[before], found[after]
    if (
        before == at
        or not all(item.what == "target" for item in both)
        or both[0].relation != both[1].relation
    ):
        return found
    return [*found[:before], *found[after:]]


def _with_one_of_them(items: Sequence[Item]) -> list[Item]:
    """ "The second of those", "the last of them": one of several that were spoken of."""
    found = list(items)
    for place in range(len(found) - 1, 1, -1):
        if place >= len(found):
            continue  # it was put together with what stands before it
        them, of, nth = found[place], found[place - 1], found[place - 2]
        if them.what != "target" or them.value != Target(refer="them") or not of.marked("of"):
            continue
        edges = {When.FIRST: 1, When.LAST: -1}
        counted = nth.what == "target" and nth.value == Target(numbers=nth.value.numbers)
        number = nth.value.numbers if counted else (edges.get(nth.value) or nth.value,)
        if not (counted or nth.what == "ordinal" or nth.value in edges):
            continue
        start = place - 3 if place > 2 and found[place - 3].marked("the") else place - 2
        text, one = (
            " ".join(item.text for item in found[start : place + 1]),
            Target(refer="them", numbers=number),
        )
        merged = replace(
            them, value=one, text=text, start=found[start].start, relation=nth.relation, mass=4.0
        )
        found[start : place + 1] = [merged]
    return found


def _with_seconds(items: Sequence[Item], ground: Ground) -> list[Item]:
    """ "Upbeat for the last 10", of two clips: seconds, of which a person leaves out the word."""
    found: list[Item] = []
    most = max(1, len(list(ground.draft.segments)))
    for item in items:
        first = (
            item.value.first if item.what == "target" and item.value == Target(first=item.value.first) else 0
        )
        if abs(first) > most and item.relation == "for":
            edge = When.FIRST if first > 0 else When.LAST
            found.append(Item("when", edge, item.text, item.start, item.start))
            found.append(Item("time", abs(first) * 1000, item.text, item.start, item.end))
        else:
            found.append(item)
    return found


_PLACING = frozenset({When.AT, When.TO, When.AFTER, When.BEFORE, When.BETWEEN})


def _with_owned(items: Sequence[Item], ground: Ground) -> list[Item]:
    """ "(delete) Marco's name": the title that says so; "b.mp4's title", “开场的标题”: the one that lies on it."""
    found = list(items)
    for place in range(len(found) - 2, -1, -1):
        owner, at = found[place], place + 1
        at += found[at].text in listed("owning") and at < len(found) - 1
        noun, whose = found[at], owner.text.removesuffix("'s").removesuffix("s'")
        meant = noun.value.kind in ("text", "caption") if noun.what == "target" else noun.value in TITLES
        if not meant and not names(noun):
            continue
        if owner.what == "word" and whose != owner.text and ground.names.in_texts(whose):
            target = Target(kind="text", texts=(whose,))
        elif owner.what == "target" and at > place + 1 and "clip" in ground.could_be(owner.value):
            target = Target(kind="text", at=Moment(of=owner.value))
        else:
            continue
        text = f"{owner.text} {noun.text}"
        found[place : at + 1] = [Item("target", target, text, owner.start, noun.end, mass=4.0)]
    return [_of_its_clip(item, found, ground) for item in found]


_OF_PICTURES = frozenset({"look", "shape", "blend"})


def _of_its_clip(item: Item, items: Sequence[Item], ground: Ground) -> Item:
    """ "The hotel title", after titles "the hotel one", 采访的标题: what lies on that clip."""
    if item.what != "target" or not item.value.names or not ground.pool("text", "caption"):
        return item
    target, last = item.value, ground.spoken_kind
    one = item.text.endswith(either("one_of_them")) and not any(other.what in _OF_PICTURES for other in items)
    kind = target.kind or (last if one and last in ("text", "caption") else None)
    clip = Target(names=target.names)
    if (
        kind not in ("text", "caption")
        or ground.names.in_texts(target.names[0])
        or "clip" not in ground.could_be(clip)
    ):
        return item
    return replace(item, value=Target(kind=kind, at=Moment(of=clip)))


def _with_over(items: Sequence[Item], ground: Ground) -> list[Item]:
    """ "On top of the statement": over it, and not at the top of the canvas."""
    found = list(items)
    for place in range(len(found) - 1, 1, -1):
        top, of, below = found[place - 2 : place + 1]
        said = top.text in listed("topmost") and of.marked("of") and below.what == "target"
        if said and "clip" in ground.could_be(below.value):
            word = Item("filler", None, f"{top.text} {of.text}", top.start, of.end, marks=frozenset({"over"}))
            found[place - 2 : place + 1] = [word, replace(below, relation="over")]
            return found
    return found


def _with_not_before(items: Sequence[Item], ground: Ground) -> list[Item]:
    """ "No, not before 0:20", of a picture that was just laid over the film: from then on, and nothing is cut."""
    found, last = list(items), ground.memory.last_deeds[-1:]
    if not last or last[0].kind not in ABOVE:
        return found
    for place in range(len(found) - 2):
        no, side, time = found[place : place + 3]
        until = side.value is When.BEFORE or (side.value is When.TO and side.marked("until"))
        if no.what == "not" and until and time.what == "time":
            text = f"{no.text} {side.text}"
            then = When.AT if last[0].kind in ("text", "caption") else When.FROM
            found[place : place + 2] = [Item("when", then, text, no.start, side.end)]
            break
    return found


def _with_middle(items: Sequence[Item]) -> list[Item]:
    """ "The two in the middle", "die beiden mittleren Clips": so many that as many are before them as after."""
    found = list(items)
    for place in range(len(found) - 1, -1, -1):
        several = found[place]
        if several.what != "target" or not several.value.plain or (several.value.count or 1) < 2:
            continue
        run = found[place + 1 : place + 3]
        noun = run[0] if run and run[0].what == "target" and run[0].value.numbers == (0,) else None
        inside = len(run) == 2 and run[0].marked("in") and run[1].value is When.MIDDLE
        if noun is None and not inside and not (run and run[0].text in listed("in_the_middle")):
            continue
        last = noun or (run[1] if inside else run[0])
        kind = several.value.kind or (noun.value.kind if noun is not None else None) or "clip"
        value = Target(kind=kind, numbers=(0,), count=several.value.count)
        end = found.index(last) + 1
        text = " ".join(item.text for item in found[place:end])
        found[place:end] = [replace(several, value=value, text=text, end=last.end, mass=4.0)]
    return found


_LYING = frozenset({"on", "over", "in", "for", "while"})
_PUTTING = frozenset({Do.ADD, Do.PUT, Do.MOVE, Do.GO, Do.REPEAT})


def _with_lying(items: Sequence[Item], ground: Ground) -> list[Item]:
    """ "The one on the kitchen", "the title over b.mp4": one thing, told by what it lies on."""
    said = {item.value for item in items if item.what == "do"}
    new = any(item.what == "quoted" for item in items) and not said & {Do.CHANGE, Do.SAY, Do.CUT}
    if new or any(item.marked("same") for item in items) or (said & _PUTTING and not said & {Do.SET, Do.CUT}):
        return list(items)
    found = list(items)
    for place in range(len(found) - 1, 1, -1):
        if place >= len(found):
            continue  # it was put together with what stands before it
        below, noun = found[place], found[place - 2]
        kind = _above(noun, ground)
        if (
            not kind
            or below.what != "target"
            or below.relation not in _LYING
            or "clip" not in ground.could_be(below.value)
        ):
            continue
        start = place - 3 if place > 2 and found[place - 3].marked("the", "this") else place - 2
        target = Target(kind=kind, at=Moment(of=below.value))
        run = found[start : place + 1]
        text = " ".join(item.text for item in run)
        found[start : place + 1] = [Item("target", target, text, run[0].start, run[-1].end, mass=5.0)]
    return found


def _above(noun: Item, ground: Ground) -> str:
    """The kind of what lies over the picture that a word means: "the one" what was spoken of."""
    if noun.what == "target":
        return str(noun.value.kind) if noun.value.plain and noun.value.kind in ("text", "caption") else ""
    last = ground.spoken_kind
    return last if noun.marked("one") and last in ("text", "caption", "logo") else ""


_NOT_MADE = (Beyond.FONT, Beyond.MOTION, Beyond.EFFECT)
_MADE = frozenset({"quoted", "series", "look", "blend", "thing", "colour", "where", "time"})


_SIDES = (Where.LEFT, Where.RIGHT, Where.TOP, Where.BOTTOM)


def without_what_isnt_made(items: Sequence[Item], text: str) -> tuple[list[Item], list[tuple[str, str]]]:
    """ "“Hi” in a serif font, white": the rest of the wish is one without it; what it is, and its words."""
    kept, beside = list[Item](), list[tuple[str, str]]()
    if not any(item.what in _MADE for item in items):
        return list(items), []
    gone = 0  # how many more belong to it: "sliding in from the left"
    for n, item in enumerate(items):
        if gone:
            gone -= 1
            continue
        if item.value not in _NOT_MADE:
            kept.append(item)
            continue
        after = [other for other in items[n + 1 : n + 3] if other.what == "filler"]
        side = items[n + 1 + len(after)] if n + 1 + len(after) < len(items) else None
        gone = len(after) + 1 if side is not None and side.value in _SIDES else 0
        beside.append((item.value.name.lower(), text[item.start : item.end]))
        while kept and (kept[-1].what in ("filler", "particle") or kept[-1].marked("with", "in")):
            kept.pop()
    return kept, beside


def _in_seconds(ground: Ground) -> bool:
    """Whether the last message took time out of something."""
    return any(deed.frame["frame"] in ("cut_out", "keep") for deed in ground.memory.last_deeds)


def _of_one_clip(items: Sequence[Item], ground: Ground) -> bool:
    """ "The last ten of win", where there is one clip of it: no count of clips, but seconds."""
    named = [
        item.value for item in items if item.what == "target" and item.value.names and item.relation == "of"
    ]
    found = ground.find(named[0], ("clip",)) if len(named) == 1 else None
    return isinstance(found, Found) and len(found.segments) == 1


def _describes(items: Sequence[Item], place: int) -> bool:
    """ "The first 3 seconds are shaky, lose them": how it is, where something else is wished for."""
    said = items[place].what == "beyond" and place > 0 and items[place - 1].text in listed("being")
    return said and any(item.what == "do" for item in items[place + 1 :])


def _before_an_end(items: Sequence[Item]) -> list[Item]:
    """结束前三秒: three seconds before the end, and not the first three of something. What stops then is no picture."""
    found = list(items)
    for n in range(len(found) - 2):
        end, before, time = found[n : n + 3]
        ahead = before.value is When.FIRST and before.text in listed("ahead_of")
        if end.value is When.END and ahead and time.what == "time":
            found[n : n + 3] = [time, replace(before, value=When.BEFORE), end]
    until = next((n for n, item in enumerate(found) if item.value is When.TO), len(found))
    return [
        replace(item, what="word", value=None) if n > until and item.text in listed("halts") else item
        for n, item in enumerate(found)
    ]


def _between_two(items: Sequence[Item]) -> list[Item]:
    """两段视频中间: between the two of them, and not in the middle of the film."""
    return [
        replace(item, value=When.BETWEEN)
        if n
        and item.text in listed("in_between")
        and items[n - 1].what == "target"
        and _two(items[n - 1].value)
        else item
        for n, item in enumerate(items)
    ]


def _two(target: Target) -> bool:
    return target.count == 2 or len(target.names) == 2 or len(target.numbers) == 2


def _taken_to_an_edge(items: Sequence[Item]) -> list[Item]:
    """ "Take the intro to the front": it is moved there, and not taken out."""
    found = list(items)
    for n, item in enumerate(items):
        run = items[n + 1 : n + 4]
        if item.value is not Do.CUT or item.text not in listed("only_takes") or len(run) < 3:
            continue
        if run[0].what == "target" and run[1].value is When.TO and run[2].value in (When.START, When.END):
            found[n] = replace(item, value=Do.MOVE)
    return found


def _at_an_edge(items: Sequence[Item], ground: Ground) -> list[Item]:
    """ "Show the photo at the end", where none is there yet: where it comes, and not which one it is."""
    found: list[Item] = []
    for item in items:
        of_a_photo = item.what == "target" and item.value.kind == "image" and not item.value.names
        edge = {(-1,): When.END, (1,): When.START}.get(item.value.numbers) if of_a_photo else None
        counted = any(word in listed("counted_edges") for word in item.text.split())
        if edge is None or counted or ground.pool("logo") or len(ground.waiting("image")) != 1:
            found.append(item)
            continue
        bare = item.value.model_copy(update={"numbers": ()})
        found += [replace(item, value=bare), Item("when", edge, edge.name.lower(), item.end, item.end)]
    return found


def _not_before(items: Sequence[Item], place: int) -> bool:
    """ "Erst ab 0:25", "erst beim Gipfel": not before then, and nothing that comes first."""
    after = items[place + 1] if place + 1 < len(items) else None
    said = items[place].value is When.FIRST and items[place].text in listed("not_before")
    return said and after is not None and after.value in (When.AT, When.FROM, When.AFTER)


def _all_in_a_row(items: Sequence[Item], place: int) -> bool:
    """ "All three in a row": one after the other, and nothing is played three times."""
    said = items[place].value is Do.REPEAT and items[place].text in listed("in_turn")
    counted = any(item.what == "factor" or item.value is Degree.DOUBLE for item in items[:place])
    return said and not counted


def _goes_further(items: Sequence[Item]) -> bool:
    """ "Even slower": no count of every second one."""
    further = (
        len(items) > 1 and items[0].text in listed("even") and items[0].what in ("filler", "word", "mark")
    )
    return further and items[1].what in ("do", "look", "degree")
