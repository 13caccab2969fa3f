"""Which things there are, and in which order: moved, swapped, copied, put in, exchanged, laid over."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ...language.concepts import Degree, Do, Filler, Join, Shape, Thing, When, Where
from ..frames import Cover, Duplicate, Frame, Insert, Merge, Move, Order, Overlay, Replace, Swap, Undo
from ..hearing import Hearing
from ..items import Item
from ..lexicon import either, listed, matching, measured
from ..slots import LARGE, SMALL, Length, Moment, Span, Target
from .base import (
    SPEEDS,
    Family,
    adds_the_upload,
    as_long_as_that,
    found_by,
    in_its_time,
    lies_over,
    only_photos,
    over_on_a_track,
    seen_through,
)

_MOVING = (Do.MOVE, Do.PUT, Do.SET, Do.GO, Do.PLAY, Thing.ORDER, Do.ADD)
_LIGHTLY = {Do.MOVE, Do.GO, Do.SHOW, Do.SET}
_REPLACING = listed("replacing")
_OVERS = listed("overlaying")


def _places(h: Hearing) -> tuple[int | None, Target | None, Target | None]:
    """Where to in the order: a place, or before or after something."""
    beside = _beside(h)
    if beside is not None:
        return None, *beside
    place: int | None = None
    ends = [item for item in h.items if item.value in (When.FIRST, When.START, When.LAST, When.END)]
    if ends:
        last = ends[-1]
        place = 1 if last.value in (When.FIRST, When.START) else -1
        h.say(When.FIRST, When.START, When.LAST, When.END)
        h.at()
        h.spans()
    elif (ordinal := h.take("ordinal")) is not None:
        place = int(ordinal)
    if h.times.at is not None and place is None:
        return None, None, None
    h.say(When.TO, When.AT)
    return place, None, None


def _beside(h: Hearing) -> tuple[Target | None, Target | None] | None:
    """Before or after what something is to come."""
    at = h.times.at
    if at is not None and at.of is not None and len(at.of.names) > 1:
        return None, None  # "before the car and the house at the very end" are two wishes
    if at is not None and at.of is not None and not at.ms and at.edge != "middle":
        h.at()
        return (None, at.of) if at.edge == "end" else (at.of, None)
    if h.word(*listed("behind_it")):
        return None, Target(refer="it")
    before, after, between = h.related("before"), h.related("after"), h.related("between", kinds=("clip",))
    two = between is None or (between.plain and between.count == 2)
    if two and h.has(When.BETWEEN) and before is None and after is None and len(h.ground.clips) == 2:
        h.say(When.BETWEEN)
        return None, Target(kind="clip", numbers=(1,))  # "in between", of the only two
    if between is not None and between.plain and before is None and after is None:
        return between, between  # "between the two"
    if between is not None and before is None and after is None:
        for key in ("names", "numbers"):
            values = getattr(between, key)
            if len(values) == 2:
                before = between.model_copy(update={key: values[1:]})
    if between is None and any(side is not None and len(side.names) > 1 for side in (before, after)):
        return None, None
    return (before, after) if before is not None or after is not None else None


def move(h: Hearing) -> Frame | None:
    """ "c.mp4 first", "move the last clip to the front", "coffee to the end", "put b.mp4 after c.mp4" """
    if h.heard("look", "blend", "quoted", "percent", "factor") or h.has(
        Thing.VOLUME,
        Thing.SPEED,
        Do.FADE,
        Do.CUT,
        Do.MUTE,
        Thing.TITLE,
        Thing.LOOK,
        *Shape,
        Thing.TRANSITION,
        Do.REPEAT,
        Do.FREEZE,
    ):
        return None
    if only_photos(h) or over_on_a_track(h):
        return None
    verb = h.say(*_MOVING, Do.KEEP)
    if measured(h.language) and (number := _only_to_a_place(h)):
        return Move(target=Target(refer="it"), place=number)
    target = h.target("clip", relations=("", "of", "in"))
    if target is None or target.refer == "others" or target.kind == "sound":
        return None
    unplaced = [asset for name in target.names if (asset := h.ground.asset(name)) not in h.ground.placed]
    if any(unplaced) or (target.kind == "image" and _waits(h, target)):
        return None  # it is put in, not moved
    if _comes_back(h, verb, target):
        return Undo(aspects=("cut_out",))
    at = h.times.at
    if at is not None and at.edge == "start" and at.ms and not at.of:
        return None
    ordinal = next(
        (t for t in h.targets() if t is not target and t.kind is None and t.numbers and not t.names), None
    )
    if h.times.to is not None and verb is Do.MOVE and target.names and (to := h.to()) is not None:
        h.mark("the")
        return Move(target=target, at=Moment(ms=to.ms, share=to.share))  # "move a.mp4 to the 6 second mark"
    place, before, after = _places(h)
    if ordinal is not None and place is None and before is None and after is None:
        h.target()
        place = ordinal.numbers[0]
    if place is None and before is None and after is None:
        return None
    if (
        verb is None
        and not h.has(When.TO)
        and not _only_place(h)
        and not ((before or after) and target.names)
    ):
        return None
    h.say(When.TO, When.AT, Thing.ORDER)
    h.absorb(relations=("as",))
    h.mark("back")
    return Move(target=target, place=place, before=before, after=after)


def _only_to_a_place(h: Hearing) -> int:
    """然后放到第一个: to which place in the row, where nothing but that is said."""
    targets = h.targets()
    bare = len(targets) == 1 and len(targets[0].numbers) == 1 and not targets[0].names
    place = next((n for n, item in enumerate(h.items) if item.what == "target"), 0)
    puts = any(item.value in (Do.PUT, Do.MOVE) for item in h.items[:place])
    puts = puts and h.items[place - 1].text.endswith(either("puts_to"))
    if not bare or not puts or h.times.some:
        return 0
    h.target(relations=("", "to", "in", "of"))
    return targets[0].numbers[0]


def _comes_back(h: Hearing, verb: object, target: Target) -> bool:
    """ "Put the middle part back", where a part was cut out and nothing else is gone: that one comes back."""
    back = h.marked("back") and not h.has(When.END)
    gone = [
        deed for deed in h.ground.memory.deeds if deed.frame["frame"] in ("cut_out", "remove", "keep", "fit")
    ]
    if not (back and verb is Do.PUT and len(gone) == 1 and not target.names):
        return False
    h.mark("back")
    h.say(Do.ADD)
    while h.target() is not None:
        pass  # "…, I do need it"
    return True


def _only_place(h: Hearing) -> bool:
    said = [item for item in h.items if item.what not in ("filler", "break", "mark", "join")]
    return len(said) <= 3 and not h.heard("time", "number")


def _of_other_wishes(h: Hearing) -> bool:
    """ "Other way round, mute the party", after one clip was muted: no order was spoken of."""
    last = [deed.frame["frame"] for deed in h.ground.memory.last_deeds]
    return bool(h.texts() & listed("turned_round")) and bool(last) and not set(last) & _ORDERING


_ORDERING = frozenset({"order", "swap", "move", "insert"})


def order(h: Hearing) -> Frame | None:
    """ "reverse the order", "the order should be c, a, b", "shortest first" """
    text = h.clause.said.lower()
    by = None
    if not h.ground.clips and h.ground.waiting("image"):
        return None
    if matching("by_name").search(text):
        by = "name"
    elif matching("longest_first").search(text):
        by = "longest"
    elif matching("shortest_first").search(text):
        by = "shortest"
    elif h.has(Thing.ORDER) and h.has(Do.REVERSE) and not _of_other_wishes(h):
        by = "reverse"
    if by is not None and (
        h.heard("blend", "look", "quoted", "time") or h.has(Do.ADD, Thing.TRANSITION, Do.MUTE, Do.CUT)
    ):
        return None
    if by is not None:
        some = next((item.value for item in h.items if item.what == "target" and _of_some(item)), None)
        unknown = some is not None and any(item.what == "word" for item in h.items)
        h.bound.update(n for n, item in enumerate(h.items) if item.what != "word" or not unknown)
        return Order.model_validate({"by": by, "targets": (some,) if some is not None else ()})
    if h.heard("look", "blend") or h.has(Do.SWAP, Do.CUT, Do.MUTE):
        return None
    each = _of_each(h)
    if h.has(Do.ADD) and each is None:
        return None
    if (numbers := _counted_out(h)) is not None:
        return numbers
    named = [target for target in h.targets("clip") if target.names or target.numbers]
    listed = [name for target in named for name in target.names]
    count = len(h.ground.clips)
    meant = [asset.asset for name in listed if (asset := h.ground.asset(name)) is not None]
    if h.has(When.AFTER, When.BEFORE) or len(set(meant)) < len(meant):
        return None
    if (count > 2 and len(listed) == count) or (each is not None and len(listed) > 1):
        for place, item in enumerate(h.items):
            if item.what == "target" and item.value in named:
                h.bound.add(place)
        h.say(
            *_MOVING,
            Do.MERGE,
            When.FIRST,
            When.LAST,
            When.START,
            When.END,
            Join.THEN,
            Thing.ORDER,
            Thing.VIDEO,
        )
        for place, item in enumerate(h.items):
            if item.what == "target" and item.value.plain:
                h.bound.add(place)  # "put the clips in the order c, b, a"
        only = each is not None and h.say(Do.KEEP, Do.SHOW, Do.ADD) is Do.KEEP
        return Order(targets=tuple(Target(names=(name,)) for name in listed), each=each, only=only)
    return None


def _of_some(item: Item) -> bool:
    """ "Reverse the order (of the last two)", "(the photos) shortest first": which ones, and no others."""
    target: Target = item.value
    named = item.relation == "of" and not (target.plain or target.state)
    return named or bool(target.count or target.first or target.kind == "image")


def _of_each(h: Hearing) -> Length | None:
    """ "4 secs of each – drone, kitchen, garden": how much of each that is listed."""
    each = h.has(When.EACH) or any(target.every == "all" and target.plain for target in h.targets())
    verbs = set(h.of(Do)) - {Do.KEEP, Do.SHOW, Do.ADD}
    return h.length() if each and not verbs and not h.times.spans else None


def _counted_out(h: Hearing) -> Order | None:
    """ "Order 3 1 4 2": all clips by their numbers."""
    numbers = [int(item.value) for item in h.items if item.what == "number"]
    if not h.has(Thing.ORDER) or sorted(numbers) != list(range(1, len(h.ground.clips) + 1)):
        return None
    h.all("number")
    h.say(Thing.ORDER, *_MOVING)
    h.absorb(relations=("", "in"))
    return Order(targets=tuple(Target(kind="clip", numbers=(number,)) for number in numbers))


def swap(h: Hearing) -> Frame | None:
    two = any(len(target.names) == 2 or len(target.numbers) == 2 for target in h.targets("clip"))
    swaps = h.say(Do.SWAP) is not None
    edges = {When.FIRST: 1, When.LAST: -1}
    counted = [
        edges.get(i.value, i.value) for i in h.items if i.what in ("ordinal", "number") or i.value in edges
    ]
    if swaps and len(counted) == 2 and not h.targets():
        h.all("ordinal", "number")
        h.say(Thing.ORDER, *edges)
        one, other = (Target(kind="clip", numbers=(int(number),)) for number in counted)
        return Swap(first=one, second=other)  # "swap 2nd and 4th"
    if not swaps and not (two and h.texts() & listed("swapping") and h.say(Do.CHANGE, Do.SWAP) is not False):
        return None
    h.word(*listed("swapping"))
    first = h.target("clip", relations=("", "of"))
    second = h.target("clip", relations=("", "with", "for", "of", "to"))
    h.say(Thing.ORDER, Do.CHANGE)
    if (
        not h.alone
        and second is None
        and first is not None
        and len(first.names) + len(first.numbers) == 1
        and not first.refer
    ):
        return None  # with what?
    if first is not None and second is None and len(first.apart) == 2:
        return Swap(first=first.apart[0], second=first.apart[1])
    return Swap(first=first, second=second)


def duplicate(h: Hearing) -> Frame | None:
    """ "loop it 3 times", "duplicate the second clip", "a copy of that at the end", "same title again at the end" """
    verb = h.say(Do.REPEAT)
    h.say(Thing.LENGTH)
    if adds_the_upload(h):
        return None  # "put it on and let it loop"
    if not h.first and h.items and h.items[0].marked("so"):
        return None  # "duplicate the clip so that it plays twice"
    if (
        verb is None
        and not h.has(Do.FASTER, Do.SLOWER, Thing.SPEED)
        and (h.has(Do.PLAY, Do.SHOW) or h.texts() & listed("in_turn"))
        and (
            h.has(Degree.DOUBLE)
            or any(i.what == "factor" and i.text.endswith(either("times")) for i in h.items)
        )
    ):
        verb = h.say(Do.PLAY, Do.SHOW)
        double = h.say(Degree.DOUBLE)
        return Duplicate(
            target=h.target("clip"), times=1 if double else max(1, int(h.take("factor") or 2) - 1)
        )
    spoken = h.ground.mentioned(("text", "caption", "logo"), recent=True)
    other = h.heard("quoted") and len(h.targets()) == 1  # "same for b.mp4, with “Lucia”"
    as_long = h.has(Thing.LENGTH) or any(item.marked("same") and " " in item.text for item in h.items)
    alike = spoken and (other or not (h.targets() or as_long))  # "from 0:25, same length" moves it
    same = h.marked("same") and (h.targets("text", "caption", "logo") or alike)
    shown = (
        h.marked("again") and h.targets("clip", "text", "logo") and h.has(Do.SHOW, Do.PLAY, Do.PUT, Do.ADD)
    )
    at_end = h.times.at == Moment(edge="end") and h.marked("again") and bool(h.targets("clip"))
    same = same or bool(shown) or (at_end and not h.of(Do))  # "tor2 nochmal hinten dran"
    placed = h.times.some or h.has(When.LAST, When.END, When.START, When.FIRST)
    over = _over_a_clip(h) if same and not placed else None
    placed = placed or over is not None
    if verb is None and not (same and (placed or h.marked("again", "also"))):
        return None
    factor = h.take("factor", "number")
    target = h.target(
        "clip",
        "text",
        "caption",
        "logo",
        "b-roll",
        *(("music",) if verb is not None and h.ground.pool("music") else ()),
    )
    if verb is None and target is not None and _waits(h, target):
        return None  # it is put there first
    while (again := h.target("clip", relations=("", "of"))) is not None and again.plain:
        pass
    if (
        target is not None
        and target.numbers == (-1,)
        and not target.names
        and len(h.ground.pool("text", "caption")) == 1
    ) and h.clause.said.lower().endswith(" end"):
        return Duplicate(
            target=target.model_copy(update={"numbers": ()}), place=-1
        )  # "duplicate the title at the end"
    speed = None
    if h.has(*SPEEDS):
        up = True if h.has(Do.FASTER) else False if h.has(Do.SLOWER) else None
        h.say(*SPEEDS)
        speed = h.amount(up=up, units=("share", "factor"))
    in_pieces = (
        verb is None
        and h.marked("again")
        and target is not None
        and len(target.names) == 1
        and sum(clip.file == target.names[0] for clip in h.ground.clips) > 1
    )
    h.mark("same", "again", "also")
    h.word(*listed("one_more"))
    if verb is None and target is None:
        target = Target(kind="text", refer="it")
    words = None
    if h.say(Do.SAY, Do.ADD) or h.heard("quoted"):
        words = h.words()
    length = h.length()
    at = h.at() or over
    if (
        h.times.how == "range"
        and target is not None
        and target.names
        and h.ground.could_be(target) == {"clip"}
    ):
        return None  # "use 0:05 to 0:09 of the beach twice": a part of it
    if h.times.spans and not at:
        spans = h.spans()
        at = spans[0].start
    place, before, after = (None, None, None) if at is not None and at.of is None and at.ms else _places(h)
    edge = next(
        (item.value for item in h.items if item.value in (When.LAST, When.END, When.START, When.FIRST)), None
    )
    if at is None and edge is not None and place is None:
        h.say(When.LAST, When.END, When.START, When.FIRST)
        place = -1 if edge in (When.LAST, When.END) else 1
    h.say(Do.PUT, Do.SET, Do.PLAY, Do.SHOW, Do.ADD, When.AT, Do.MOVE)
    plays = h.say(Degree.DOUBLE)
    times = int(factor) - 1 if factor and factor > 1 and not plays else 1
    if in_pieces and target is not None:  # the file is meant, not each of its pieces
        return Insert(files=(target,), at=at, place=place, before=before, after=after, again=True)
    return Duplicate(
        target=target,
        times=max(0, times),
        place=place,
        before=before,
        after=after,
        at=at,
        length=length,
        words=words,
        speed=speed,
    )


def _lacks_something(h: Hearing) -> bool:
    """ "The ceremony needs work": what it needs is behind the verb, and isn't the ceremony."""
    place = next((n for n, item in enumerate(h.items) if item.value is Do.ADD), None)
    needy = place is not None and h.items[place].text.startswith(either("needs"))
    return needy and any(item.what == "target" and item.value.names for item in h.items[:place])


def _over_a_clip(h: Hearing) -> Moment | None:
    """ "The same kind of title on chaplin.mp4": from where that begins."""
    over = h.related("on", "over", "for", "in", kinds=("clip",))
    return Moment(of=over) if over is not None and not over.plain else None


def _all_of(target: Target, h: Hearing) -> Target:
    """ "Add the photos": all that wait."""
    several = any(
        item.what == "target" and item.value == target and item.text.split()[-1] in listed("several_photos")
        for item in h.items
    )
    return (
        target.model_copy(update={"every": "all"}) if several and target == Target(kind="image") else target
    )


def _led(files: Sequence[Target], h: Hearing) -> list[Target]:
    """ "The two photos at the start, flowers first": the one that comes first of all of them."""
    first = [a.value for a, b in itertools.pairwise(h.items) if a.what == "target" and b.value is When.FIRST]
    leads = [target for target in files if target in first and target.names]
    return (
        [*leads, *(target for target in files if target not in leads)]
        if len(leads) < len(files)
        else list(files)
    )


def insert(h: Hearing) -> Frame | None:
    """ "add b.mp4 at the end", "insert c.mp4 at 2 seconds", "put the photo after the vows" """
    if not h.first and any(item.value is Do.OPEN and item.text.endswith("ing with") for item in h.items):
        return None  # "(put my voice over it,) beginning with the second slide"
    verb = h.say(Do.ADD, Do.PUT, Do.MERGE, Do.OPEN, Do.CLOSE)
    beside = _beside_a_clip(h)
    if verb is None and beside:
        verb = h.say(Do.SHOW)
    at_once = h.times.at is not None and h.times.at.ms and not (_laid(h) or h.heard("where"))
    if verb is None and at_once and any(item.what == "target" and item.value.names for item in h.items):
        verb = h.say(Do.MOVE, Do.GO)  # "the ad goes at 0:50"
    if verb is None and _photo_at_an_edge(h, beside=beside) and not set(h.of(Do)) - _LIGHTLY:
        h.say(*_LIGHTLY)
        verb = Do.ADD
    if (
        verb is None
        or _lacks_something(h)
        or h.has(Thing.B_ROLL, Thing.TITLE, Thing.LOGO)
        or h.heard("quoted", "where", "percent", "look")
    ):
        return None
    if _laid(h) or only_photos(h) or any(target.kind == "sound" for target in h.targets()):
        return None
    files: list[Target] = []
    owner = _in_whose_time(h)
    inside = h.times.at.of if h.times.at is not None else None
    while (target := h.target(relations=("", "of", "with"))) is not None:
        if inside is not None and files and target.names == inside.names:
            continue  # "the cat in the middle of the main one, so that main gets split"
        waits = target.kind == "image" and not target.numbers and bool(h.ground.waiting("image"))
        if not waits and not any(h.ground.asset(name, "video", "image") for name in target.names):
            if target.names:
                return None
            continue
        if not (files and target.plain and target.every):
            files.append(target)  # "two photos, each for 3 s": the same
    files = _led([_all_of(target, h) for target in files], h)
    edges = {item.value for item in h.items if item.value in (When.START, When.FIRST, When.END, When.LAST)}
    if not files or (len(files) > 1 and edges & {When.START, When.FIRST} and edges & {When.END, When.LAST}):
        return None  # "put b.mp4 at the start and c.mp4 at the end" are two wishes
    part = (
        next(iter(h.spans()), None)
        if len(h.times.spans) == 1 and (h.times.at is not None or h.times.spans[0].how in ("head", "tail"))
        else None
    )
    at, length = h.times.at, h.length() or as_long_as_that(h)
    if length is None and part is not None and part.how in ("head", "tail") and _only_images(h, files):
        edge = part.end if part.how == "head" else part.start
        length, part = Length(ms=abs(edge.ms)), None  # "the logo for 3 s at the very end"
    if (
        at is not None
        and at.edge == "middle"
        and at.of is not None
        and part is not None
        and part.how == "after"
    ):
        at, part = (
            part.start.model_copy(update={"of": at.of}),
            None,
        )  # "in the middle of a, right after 15 seconds"
    if at is not None and (at.ms or at.edge == "middle" or at.share):
        if len(files) > 1 and any(
            h.times.taken.get(n + 1) == "at" for n in h.bound if h.items[n].what == "target"
        ):
            return None  # 把街景放到采访第20秒的地方: whose time that is
        h.at()
        inside = owner or h.related("in", kinds=("clip",))
        if at.of is None and inside is not None:
            at = at.model_copy(update={"of": inside})  # "at 0:15 in the speech"
        return Insert(files=tuple(files), at=at, length=length, part=part)
    if len(files) > 1 and h.times.spans:
        return None  # "a for 3 s, then b from 12 to 20": a wish each
    if h.texts() & (listed("big") | listed("small")):
        return None  # "the badge when the table comes, big, in the middle": it lies over the picture
    place, before, after = _places(h)
    names = [name for target in files for name in target.names]
    there = {clip.asset for clip in h.ground.clips}
    placed = bool(names) and all(
        asset.asset in there
        for name in names
        if (asset := h.ground.asset(name, "video", "image")) is not None
    )
    if verb is not Do.ADD and placed and not h.marked("again", "also"):
        return None  # what is there already is moved
    return Insert(files=tuple(files), place=place, before=before, after=after, length=length, part=part)


def _in_whose_time(h: Hearing) -> Target | None:
    """正片第20秒插一段花絮: the clip before a moment is the one that it is in."""
    for place, item in enumerate(h.items[:-1]):
        named = item.what == "target" and bool(item.value.names) and not item.relation
        timed = h.times.taken.get(place + 1) == "at" and measured(h.language)
        if named and timed and "clip" in h.clause.kinds[place]:
            h.bind_target(place)
            owner: Target = item.value
            return owner
    return None


def _photo_at_an_edge(h: Hearing, *, beside: bool) -> bool:
    """ "Ganz am Ende das Brautpaar-Foto für 5 Sekunden": what isn't there yet, and where in the row it comes."""
    edges = (When.START, When.FIRST, When.END, When.LAST)
    return (beside or h.has(*edges)) and any(_waits(h, target) for target in h.targets())


def _only_images(h: Hearing, files: list[Target]) -> bool:
    return all(h.ground.asset(name, "image") for target in files for name in target.names)


def _laid(h: Hearing) -> bool:
    """ "Lay c.mp4 over b.mp4", "… over the first 3 seconds"; not "over there", "over 2 seconds", "when it's over"."""
    for place, item in enumerate(h.items):
        if item.what == "target" and item.relation == "over":
            return True
        if item.text not in _OVERS or item.what == "target":
            continue
        after = h.items[place + 1] if place + 1 < len(h.items) else None
        if item.text not in ("over", "over the", "on top", "on top of"):
            return True
        if after is not None and (
            after.what in ("target", "file") or after.value in (When.FIRST, When.LAST, When.FROM)
        ):
            return True
    return False


def _fills(h: Hearing) -> bool:
    """ "… full screen" """
    return matching("full_screen").search(h.clause.said) is not None


def cover(h: Hearing) -> Frame | None:
    """ "lay broll.mp4 over the interview from 0:10 to 0:16", "use c.mp4 as b-roll at 0:05", 盖在…上面"""
    comes = h.has(Do.SHOW, Do.PUT, Do.ADD, Do.PLAY) or (
        not h.of(Do) and any(_waits(h, t) for t in h.targets())
    )
    filled = _fills(h) and h.times.some and comes
    speaks = h.has(Do.DUCK) and comes  # "show the bees while I'm talking"
    laid = _laid(h) or h.has(Shape.COVER) or filled or speaks or over_on_a_track(h)
    said = h.clause.said.lower()
    away = said.startswith("cut away to ") or (said.startswith("cut to ") and h.times.how != "after")
    roll = h.has(Thing.B_ROLL) or any(target.kind == "b-roll" for target in h.targets())
    if (
        not (laid or away or roll)
        or h.heard("quoted", "look")
        or (h.has(Thing.TITLE, Thing.LOGO, Do.MUTE, Do.CUT) and not away)
    ):
        return None
    h.of_course(Shape.COVER)  # "over the whole picture"
    verb = h.say(
        Do.ADD, Do.PUT, Do.CUT, Do.SHOW, Do.PLAY, Do.SET, Shape.COVER, Do.MOVE, *((Do.FIT,) if away else ())
    )
    if verb is None and not laid:
        return None
    h.mark("also")
    kept = h.say(Do.DUCK, Do.KEEP) is not None
    base = None
    if verb is Shape.COVER and any(item.relation == "with" for item in h.items):
        base = h.target("clip", relations=("",))
        file = h.related("with")
    else:
        base, file = _laid_upon(h)
        bare = any(item.what == "target" and item.value.names and not item.relation for item in h.items)
        file = file or h.target(relations=("",) if bare else ("", "with", "of", "to", "for"))
    if file is None or not (file.names or file.refer or file.kind in ("image", "b-roll")):
        return None
    framed = matching("frame_filled").search(said) is not None and bool(found_by(h, file))
    if h.has(Shape.COVER) and (file.refer or framed) and not (base or _laid(h) or h.times.some):
        return None  # "let it fill the frame", "fill the frame with the phone clip"
    assets = [asset for name in file.names if (asset := h.ground.asset(name, "video", "image")) is not None]
    found = found_by(h, file)
    if (file.names and not assets) or (found and all(item.kind == "audio" for item in found)):
        return None
    if (verb in (Do.MOVE, Do.PUT, Do.SET) or (verb is None and h.marked("only"))) and lies_over(h, file):
        return None  # it is moved there
    h.absorb("b-roll", relations=("on",))
    over = base or h.related("over", "on", "of", "in", "under", "for", kinds=("clip",))
    if over is None and verb is Shape.COVER:
        over = h.related("", kinds=("clip",))  # "q1 covers the lecture"
    if over is None and h.times.at is None and h.times.how != "range" and h.word(*listed("there")):
        if not h.ground.mentioned(("clip",), recent=True):
            return None  # "put it in there": nobody knows where
        over = Target(kind="clip", refer="it")
    while h.target(relations=("as", "over", "for", "on", "under", "in")):
        pass
    h.absorb("b-roll", relations=("",))  # 做空镜
    if kept and any(target.kind == "sound" for target in h.targets()):
        h.absorb("clip", relations=("",))  # "…, but keep my voice": it goes on by itself
    h.word(*_OVERS)
    h.of_course(Where.TOP)  # "on top"
    h.say(Thing.B_ROLL, When.FOR, When.AT, Thing.VIDEO)
    if h.has(Do.KEEP) and h.marked("while"):  # "… while he keeps talking"
        start = next(n for n, item in enumerate(h.items) if item.marked("while"))
        if all(item.what in ("filler", "word", "mark", "do") for item in h.items[start:]):
            h.bound.update(range(start, len(h.items)))
    h.word("full", "full frame", "full screen", "fullscreen", "frame", "screen")
    span = next(iter(h.spans()), None)
    return Cover(file=file, over=over, span=in_its_time(h, span, over), at=h.at(), length=h.length())


def _laid_upon(h: Hearing) -> tuple[Target | None, Target | None]:
    """采访40秒的地方盖上街景: what comes behind the verb lies upon what comes before it."""
    places = [n for n, item in enumerate(h.items) if item.what == "target" and item.value.names]
    laid = next((n for n, item in enumerate(h.items) if item.text in listed("lays")), None)
    if not measured(h.language) or laid is None or len(places) != 2 or not places[0] < laid < places[1]:
        return None, None
    for place in places:
        h.bind_target(place)
    return h.items[places[0]].value, h.items[places[1]].value


def _beside_a_clip(h: Hearing) -> bool:
    """ "Put the photo right after the vows": a place in the row, and none over the picture."""
    at = h.times.at
    clip = (
        at is not None
        and at.of is not None
        and not at.ms
        and at.edge in ("start", "end")
        and not h.has(When.AT)
    )
    related = any(
        item.what == "target" and item.relation in ("after", "before", "between") for item in h.items
    )
    behind = h.has(When.BETWEEN) or not h.texts().isdisjoint(listed("behind_it"))
    return clip or related or (behind and not h.times.some)


_SEEN = ("clip", "b-roll", "logo")


def overlay(h: Hearing) -> Frame | None:
    """ "watermark it with logo.png, lower left, 40% opacity", "put c.mp4 in the corner", 右上角加个水印"""
    noun = h.has(Thing.LOGO) or any(target.kind in ("logo", "image") for target in h.targets())
    file: Target | None = None
    for target in h.targets():
        picture = target.kind == "image" or (target.kind == "logo" and h.ground.waiting("image"))
        if picture or any(h.ground.asset(name, "image") for name in target.names):
            file = target
    named = {item.text for item in h.items if item.what == "target"}
    inset = (h.texts() | named) & listed("inset")
    place = h.place()
    films = [t for t in h.targets() if any(h.ground.asset(name, "video") for name in t.names)]
    small = bool(films) and file is None and (inset or (place is not None and "-" in place))
    beside = _beside_a_clip(h)
    edge = h.times.how == "tail" or h.times.at in (Moment(), Moment(edge="end"))
    logo = h.has(Thing.LOGO) or any(target.kind == "logo" for target in h.targets())
    beside = beside or (
        edge and (not logo or h.has(Do.CLOSE, Do.OPEN)) and _photo_at_an_edge(h, beside=False)
    )
    if _fills(h) or (file is not None and beside and place is None and not inset) or _lacks_something(h):
        return None
    if file is not None and file.count is not None and file.count > 1:
        return None  # "the two photos": one after the other
    if (
        not (noun or file or small)
        or h.heard("quoted", "look", "blend")
        or h.has(Do.CUT, Do.FADE, Do.FADE_OUT)
        or (h.has(Do.FADE_IN) and not (file is not None and _waits(h, file)))
    ):
        return None
    several = [t for t in h.targets() if any(h.ground.asset(name, "image") for name in t.names)]
    if place is None and sum(len(t.names) for t in several) > 1:
        return None  # one after the other, over the picture
    if len(several) > 1:
        return None  # "pic1 the first 4 seconds, pic2 the last": two wishes
    h.mark("only")
    placed = (file or (noun and h.ground.waiting("image"))) and place
    if (
        not h.say(Do.ADD, Do.PUT, Thing.LOGO, Do.SHOW, Do.KEEP, Do.FADE_IN)
        and not placed
        and not (small and h.say(Do.SET))
    ):
        return None
    h.say(Do.MOVE, Do.GO, Do.SCALE)
    h.word("size")
    waiting = h.ground.waiting("image")
    if not (small or file or waiting) or not h.ground.total:
        return None
    during = h.related("while", kinds=("clip",))
    taken = h.target(*_SEEN, relations=("", "with", "of", "for"))
    laid = file or taken
    if laid is not None and not h.has(Do.ADD) and lies_over(h, laid):
        return None  # it is moved there
    over: Target | None = None
    if file is not None and taken in films and not h.times.some:
        return None  # "then ep12, logo top left"
    if file is not None and taken in films:
        over = taken  # "interview from 10 to 15 s, logo top left"
    elif taken is not None and (taken.names or file is None):
        file = taken if taken.names or taken.kind in ("logo", "image") else file
    while (
        more := h.target(*_SEEN, relations=("", "over", "on", "in", "to", "as", "of", "for", "under"))
    ) is not None:
        if more.numbers or any(h.ground.asset(name, "video") for name in more.names):
            over = more if file is None or not more.names or more.names != file.names else over
    h.word(*inset)
    h.say(Thing.LOGO, When.AT, When.FOR, Do.SET)
    opacity = seen_through(h)
    big, small_one = h.word(*listed("big")), h.word(*listed("small"))
    scale = h.take("percent") or (LARGE if big else SMALL if small_one and file not in films else None)
    span = next(iter(h.spans()), None)
    if span is not None and span.how == "after" and h.times.length is not None and (held := h.length()):
        span = span.model_copy(update={"end": span.start.model_copy(update={"ms": span.start.ms + held.ms})})
    spared = during or over
    if spared is not None and span is None and not small and (h.mark("except") or h.say(When.EXCEPT)):
        over, during = Target(kind="clip", every="all", but=spared), None
        h.mark("except")
    if during is not None and span is None:
        span = Span(start=Moment(of=during), end=Moment(edge="end", of=during), how="during")
    at, length = h.at(), h.length()
    if (place is None and h.say(When.MIDDLE)) or (at is not None and at.edge == "middle" and place is None):
        place, at = "center", None
    values = {"place": place, "scale": scale, "opacity": opacity, "inset": bool(small or inset)}
    for number, item in enumerate(h.items):  # "watermark it with logo.png"
        if item.what == "target" and file is not None and item.value.names and item.value.names == file.names:
            h.bind_target(number)
    return Overlay.model_validate(
        {"file": file, "span": in_its_time(h, span, over), "at": at, "length": length, "over": over, **values}
    )


def _waits(h: Hearing, target: Target) -> bool:
    """ "Blende die Folie bei Minute 1 ein": what isn't there yet can't fade in, it is put there."""
    waiting = h.ground.waiting("image")
    photos = target.kind == "image" and not (target.names or target.numbers) and bool(waiting)
    return photos or any(h.ground.asset(name, "image") in waiting for name in target.names)


def merge(h: Hearing) -> Frame | None:
    """ "join all the clips": what is uploaded plays one after the other already, or is put there now."""
    if (
        not h.say(Do.MERGE)
        or h.heard("blend", "quoted", "time", "ratio", "shape")
        or h.has(Thing.TRANSITION, Thing.MUSIC)
        or only_photos(h)
    ):
        return None
    targets = h.targets()
    if any(
        target.names or target.numbers or target.kind not in (None, "clip", "video", "all")
        for target in targets
    ):
        return None
    count = next((target.count for target in targets if target.count), None)
    for place, item in enumerate(h.items):
        if item.what == "target":
            h.bound.add(place)
    h.say(Thing.CLIP, Thing.VIDEO, Thing.THESE, Thing.ALL, Do.SET, Thing.ORDER, When.TO, Do.PUT)
    h.word("together", "into", "one", "1")
    return Merge(count=count)


def _comes(h: Hearing, target: Target) -> bool:
    """Whether a target names an upload that isn't there yet: "replace the vows" says nothing of what comes."""
    named = [asset for name in target.names if (asset := h.ground.asset(name)) is not None]
    return bool(named) and all(asset not in h.ground.placed for asset in named)


def replace(h: Hearing) -> Frame | None:
    """ "replace the music with new.mp3", "use b.mp4 instead of a.mp4" """
    instead = h.say(Filler.RATHER) is not None
    sound = any(target.kind == "sound" for target in h.targets())
    if not (h.texts() & _REPLACING or instead) or h.heard("quoted") or h.negated:
        return None
    if h.has(Thing.TITLE, Thing.TRANSITION):
        return None
    h.word(*_REPLACING)
    h.say(Do.CHANGE, Do.SWAP, Do.ADD, Do.SET, Do.PUT)
    if not h.heard("file") and any(len(target.names) == 2 for target in h.targets("clip")):
        return None  # a和b换一下
    with_file = h.related("with", "for", "to")
    first = h.target(relations=("", "of", "in"))
    second = h.target(relations=("", "of", "for", "with", "to"))
    if with_file is None:
        if instead and first is not None and second is not None:
            return Replace(target=second, file=first, length=h.length())
        if first is not None and second is not None:
            with_file = second
        elif first is not None and (instead or h.has(Do.ADD, Do.PUT) or _comes(h, first)):
            return Replace(file=first, length=h.length())
        else:
            return None
    if not with_file.names or (sound and not any(h.ground.asset(name, "audio") for name in with_file.names)):
        return None
    if sound and first is not None and first.names:
        first = first.model_copy(update={"kind": "sound"})
    return Replace(target=first, file=with_file, length=h.length())


FAMILIES = (
    Family("move", move, -0.1),
    Family("order", order, 2.0),
    Family("swap", swap),
    Family("duplicate", duplicate),
    Family("insert", insert, -0.1),
    Family("cover", cover),
    Family("overlay", overlay),
    Family("replace", replace),
    Family("merge", merge, -0.1),
)
