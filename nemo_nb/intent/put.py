"""Clauses about clips and pictures that are put somewhere, and about their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from ..language.concepts import Particle, When
from .clause import Read
from .frames import (
    AddText,
    Arrange,
    Cover,
    Duplicate,
    Fit,
    Follow,
    Frame,
    Freeze,
    Insert,
    Keep,
    Move,
    Order,
    Overlay,
    Remove,
    Replace,
    Restore,
    Retime,
    Slideshow,
    Spare,
    Split,
    Talk,
    Transition,
    Undo,
)
from .lexicon import either, listed, matching
from .resolve import Absent, Found, Ground
from .slots import Moment, Target


def led_by(reads: list[Read]) -> None:
    """ "Add the photos at the end, rings first": the order among them, and no other wish."""
    for place in range(len(reads) - 1, 0, -1):
        put, lead = reads[place - 1].frame, reads[place].frame
        if not isinstance(put, Insert) or not isinstance(lead, Insert) or len(lead.files) != 1:
            continue
        bare = lead == Insert(files=lead.files, place=1) and not any(
            item.what == "do" for item in reads[place].clause.items
        )
        several = any(not target.names and not target.numbers for target in put.files)
        if bare and several and lead.files[0].names:
            all_of_them = (target.model_copy(update={"every": "all"}) for target in put.files)
            merged = put.model_copy(update={"files": (*lead.files, *all_of_them)})
            reads[place - 1] = replace(reads[place - 1], frame=merged)
            del reads[place]


def said_twice(reads: list[Read]) -> None:
    """ "The bees can go, don't need it", "use new.mov instead of the old one, take that out": it goes once;
    "take the old one out and put new.mov there instead": in its place; "put the cat in the middle, so main is split".
    """
    for place in range(len(reads) - 1, 0, -1):
        before, frame = reads[place - 1].frame, reads[place].frame
        inside = isinstance(before, Insert) and before.at is not None
        if inside and isinstance(frame, Split) and not (frame.at or frame.parts or frame.every):
            del reads[place]
            continue
        gone = before.target if isinstance(before, Remove) and not before.spans else None
        if isinstance(frame, Replace) and frame.target is None and gone is not None:
            reads[place] = replace(reads[place], frame=frame.model_copy(update={"target": gone}))
            del reads[place - 1]
            continue
        if not isinstance(frame, Remove) or frame.target is None or frame.spans:
            continue
        it = frame.target.plain and frame.target.refer == "it" and isinstance(before, (Remove, Undo))
        old = isinstance(before, Replace) and before.target is not None and frame.target == before.target
        if (it and before != frame) or old:
            del reads[place]


def passes_between(reads: list[Read]) -> None:
    """ "A slideshow of the photos at the start, with crossfades between them": between those, and no other cuts."""
    for place in range(len(reads) - 1, 0, -1):
        show, passing = reads[place - 1].frame, reads[place].frame
        if not isinstance(show, Slideshow) or not isinstance(passing, Transition) or show.type is not None:
            continue
        if (
            passing == Transition(type=passing.type, way=passing.way, length=passing.length)
            and passing.way is None
        ):
            update = {"type": passing.type, "transition_length": passing.length}
            reads[place - 1] = replace(reads[place - 1], frame=show.model_copy(update=update))
            del reads[place]


def the_copy_there(reads: list[Read]) -> None:
    """ "Duplicate b and put the copy at the end": where the copy comes."""
    for place in range(len(reads) - 1, 0, -1):
        copy, move = reads[place - 1].frame, reads[place].frame
        if not isinstance(copy, Duplicate) or not isinstance(move, Move):
            continue
        new = move.target is None or (move.target.plain and move.target.refer in ("new", "it"))
        if new and copy.place is None and copy.before is None and copy.after is None:
            update = {"place": move.place, "before": move.before, "after": move.after}
            reads[place - 1] = replace(reads[place - 1], frame=copy.model_copy(update=update))
            del reads[place]


def into_the_gap(reads: list[Read]) -> None:
    """ "Split the talk at 20 s (in half) and put the drone in between": where it was split."""
    for place in range(1, len(reads)):
        split, read = reads[place - 1].frame, reads[place]
        if not isinstance(split, Split):
            continue
        cuts = (Moment(edge="middle"),) if split.parts == 2 else split.at
        if len(cuts) != 1:
            continue
        between = any(
            item.value is When.BETWEEN or item.text.startswith(either("between"))
            for item in read.clause.items
        )
        named = [item.value for item in read.clause.items if item.what == "target" and not item.relation]
        if between and len(named) == 1 and named[0].names:
            at = cuts[0] if cuts[0].of else cuts[0].model_copy(update={"of": split.target})
            reads[place] = replace(read, frame=Insert(files=(named[0],), at=at), family="insert", left=())
            if at.of is not None and not at.of.names:
                del reads[
                    place - 1
                ]  # "the first one" would be its first half by then, and that is split anyway
                return


def on_the_photo(reads: list[Read], ground: Ground) -> None:
    """ "The photo last, hold it for 4 s, and “Bye” on it": how long it is shown, and what stands on it."""
    photo: tuple[int, Insert] | None = None
    for place in range(len(reads)):
        frame = reads[place].frame
        if isinstance(frame, Insert):
            photo = (place, frame) if len(frame.files) == 1 and _is_photo(frame.files[0], ground) else None
        elif (
            photo is not None and isinstance(frame, Freeze) and frame.at is None and frame.length is not None
        ):
            at, first = photo
            reads[at] = replace(reads[at], frame=first.model_copy(update={"length": frame.length}))
            reads[place] = replace(reads[place], frame=Talk(kind="reason"), left=())
        elif photo is not None and isinstance(frame, AddText):
            timed = frame.at or frame.span or frame.length or frame.over or frame.whole
            on_it = any(item.text in listed("on_it") for item in reads[place].clause.items)
            if not timed:
                update: dict[str, Any] = {"over": Target(refer="it"), "place": None if on_it else frame.place}
                reads[place] = replace(reads[place], frame=frame.model_copy(update=update))


def _is_photo(target: Target, ground: Ground) -> bool:
    return target.kind == "image" or any(ground.asset(name, "image") is not None for name in target.names)


def take_and_put(reads: list[Read]) -> None:
    """ "Take the coffee clip and put it first": what is taken to be put elsewhere isn't taken away."""
    for place in range(len(reads) - 1, 0, -1):
        taken, put = reads[place - 1].frame, reads[place].frame
        said = reads[place - 1].clause.said.lower()
        takes = matching("takes").search(said)
        if (
            takes
            and isinstance(taken, Remove)
            and isinstance(put, (Move, Retime, Arrange))
            and (put.target is None or put.target.refer == "it")
        ):
            reads[place] = replace(reads[place], frame=put.model_copy(update={"target": taken.target}))
            del reads[place - 1]
        elif isinstance(taken, Remove) and _only_takes(reads[place - 1]) and put is not None:
            it = [name for name in type(put).model_fields if _is_it(getattr(put, name))]
            new = put.model_copy(update=dict.fromkeys(it, taken.target))
            reads[place] = replace(reads[place], frame=new)
            del reads[place - 1]  # "take the interview, lay the train over it"
        elif takes and isinstance(taken, Remove) and not reads[place].sure and _speaks_of_it(reads[place]):
            # "Lift it out and <what nobody understood> it": until that is clear it stays.
            reads[place - 1] = replace(
                reads[place - 1], frame=None, left=tuple(reads[place - 1].clause.items)
            )


def _only_takes(read: Read) -> bool:
    """Whether something is taken, and not taken out, off or away."""
    verbs = [item for item in read.clause.items if item.what == "do"]
    away = any(item.value in (Particle.OUT, When.OFF, When.FROM) for item in read.clause.items)
    return len(verbs) == 1 and verbs[0].text in listed("only_takes") and not away


def _is_it(value: object) -> bool:
    return isinstance(value, Target) and value.only_it


def _speaks_of_it(read: Read) -> bool:
    return any(
        item.what == "target" and item.value.plain and item.value.refer == "it" for item in read.clause.items
    )


def back_and_not_away(reads: list[Read]) -> None:
    """街景不用了，还原: it isn't taken away, but is as it was."""
    for place in range(len(reads) - 1, 0, -1):
        away, back = reads[place - 1].frame, reads[place].frame
        if isinstance(away, Remove) and away.target is not None and back == Restore():
            reads[place - 1 : place + 1] = [replace(reads[place], frame=Restore(target=away.target))]


def with_the_one_before(reads: list[Read], ground: Ground) -> None:
    """ "The cake, then grandma at the end, 3 s each": both are put there."""
    waiting = ground.waiting("image", "video")
    for place in range(len(reads) - 1, 0, -1):
        one, insert = reads[place - 1].frame, reads[place].frame
        if not isinstance(one, Follow) or not isinstance(insert, Insert) or one.target is None or insert.at:
            continue
        bare = one == Follow(target=one.target, then=one.then) and bool(one.target.names)
        if bare and all(ground.asset(name) in waiting for name in one.target.names) and insert.part is None:
            files = (one.target, *insert.files)
            reads[place] = replace(reads[place], frame=insert.model_copy(update={"files": files}))
            del reads[place - 1]


def fills_the_frame(reads: list[Read]) -> None:
    """ "Put the formula in at 12 s, for 4 seconds, it should fill the screen": one picture, and no second."""
    for place in range(len(reads) - 1, 0, -1):
        put, full = reads[place - 1].frame, reads[place].frame
        if not isinstance(full, Cover) or full.file is None or not isinstance(put, (Overlay, Insert)):
            continue
        it = full.file.plain and full.file.refer == "it" and full.at is None and full.span is None
        file = put.file if isinstance(put, Overlay) else put.files[0]
        if it and file is not None and (put.at is not None or isinstance(put, Overlay)):
            span = put.span if isinstance(put, Overlay) else None
            cover = Cover(file=file, at=put.at, span=span, length=full.length or put.length)
            reads[place - 1] = replace(reads[place - 1], frame=cover, family="cover")
            del reads[place]


def behind_that(reads: list[Read]) -> None:
    """ "The kiss goes after the rings, then the party": behind it, one after the other."""
    for place in range(len(reads) - 1, 0, -1):
        move, then = reads[place - 1].frame, reads[place].frame
        if isinstance(move, Insert) and isinstance(then, Follow) and then.then and then.target is not None:
            told = then == Follow(target=then.target, then=True, length=then.length)
            if told and move.after is not None and len(move.files) == 1 and then.target.names:
                values = {"files": (then.target,), "after": move.files[0], "length": then.length}
                reads[place] = replace(reads[place], frame=move.model_copy(update=values), family="insert")
            continue
        if (
            not isinstance(move, Move)
            or move.after is None
            or move.target is None
            or not isinstance(then, Follow)
        ):
            continue
        named = then.target is not None and then.target == Target(names=then.target.names) and then.then
        if (
            named
            and then == Follow(target=then.target, then=True)
            and move.target == Target(names=move.target.names)
        ):
            both = Target(names=(*move.target.names, *(then.target.names if then.target else ())))
            reads[place - 1] = replace(reads[place - 1], frame=move.model_copy(update={"target": both}))
            del reads[place]


def one_behind_the_other(reads: list[Read], ground: Ground) -> None:
    """ "(Start with the trophy.) Then the goal, then the interview": each behind the one before."""
    last = ground.memory.last_deeds[-1:]
    if not last or last[0].frame["frame"] not in ("insert", "move"):
        return
    behind: Target | None = None
    for place, read in enumerate(reads):
        target = read.frame.target if isinstance(read.frame, Follow) else None
        named = target is not None and bool(target.names) and read.frame == Follow(target=target, then=True)
        if named and behind is not None:
            reads[place] = replace(read, frame=Move(target=target, after=behind), family="move", left=())
        behind = target if named else None


def in_turn(reads: list[Read], ground: Ground) -> None:
    """ "First the plate, then the chop, then the fry": an order; of what isn't named first, the rest comes after."""
    for start, first in enumerate(reads):
        run = list(takewhile(lambda part: _in_a_row(part.frame) is not None, reads[start:]))
        rest = len(run) > 2 and _in_a_row(run[-1].frame) == Target(refer="others")  # "…, then the rest"
        row = run[:-1] if rest else run
        named = [target for part in row if (target := _in_a_row(part.frame))]
        targets = _one_each([one for target in named for one in (target.apart or (target,))], ground)
        if len(targets) < 2:
            continue
        begins = any(item.text in listed("to_begin") for item in first.clause.items[:2])
        led = begins or (isinstance(first.frame, (Move, Insert)) and first.frame.place == 1)
        counted = all(_is_next(part.frame, n) for n, part in enumerate(row[1:], 2))
        if (led and counted) or len(targets) == len(ground.clips):
            after = start + len(run)
            again = reads[after].frame if after < len(reads) else None
            if isinstance(again, Follow) and again.way == "also" and again.then:
                # "…, then kid again": as much of it, or the rest of it? Nobody said.
                reads[after] = replace(reads[after], frame=None, left=tuple(reads[after].clause.items))
            reads[start : start + len(run)] = [
                replace(first, frame=Order(targets=targets), left=()),
                *(
                    replace(part, frame=only)
                    for part in row
                    if (only := _only_a_part(part.frame)) is not None
                ),
            ]
            return


def _only_a_part(frame: Frame | None) -> Frame | None:
    """ "Start with the cells from second 3, then the dog for 5 seconds": what of it is played."""
    if isinstance(frame, Insert) and frame.part is not None:
        return Keep(target=frame.files[0], spans=(frame.part,))
    length = frame.length if isinstance(frame, (Insert, Follow)) else None
    return Fit(target=_in_a_row(frame), length=length, cuts=False) if length is not None else None


def _in_a_row(frame: Frame | None) -> Target | None:
    """What a part of an order names."""
    if isinstance(frame, Insert) and len(frame.files) == 1 and frame.at is None:
        return frame.files[0]
    if isinstance(frame, Spare) and frame.target == Target(refer="others"):
        return frame.target  # "…, the rest stays as it is"
    if isinstance(frame, Follow):
        bare = frame == Follow(target=frame.target, then=frame.then, length=frame.length, way=frame.way)
        return frame.target if bare else None
    return frame.target if isinstance(frame, Move) else None


def _is_next(frame: Frame | None, place: int) -> bool:
    """ "Then the chop", "the chop second": what comes at that place of a row."""
    counted = isinstance(frame, Move) and frame == Move(target=frame.target, place=place)
    return counted or (isinstance(frame, Follow) and _in_a_row(frame) is not None)


def _one_each(targets: Sequence[Target], ground: Ground) -> tuple[Target, ...]:
    """The targets, if each is a clip of its own; one whose name means nothing here is the one that is left over."""
    found = [ground.find(target, ("clip",)) for target in targets]
    ids = [answer.ids[0] for answer in found if isinstance(answer, Found) and len(answer.ids) == 1]
    strange = [n for n, answer in enumerate(found) if isinstance(answer, Absent) and targets[n].unknown]
    left = [clip.id for clip in ground.clips if clip.id not in ids]
    if len(strange) == len(left) == 1 and len(targets) == len(ground.clips):
        named = list(targets)
        named[strange[0]] = Target(ids=(left[0],))
        return tuple(named) if len(set(ids)) == len(targets) - 1 else ()
    return tuple(targets) if len(ids) == len(set(ids)) == len(targets) else ()
