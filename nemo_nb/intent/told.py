"""What a clause tells that the next one is about: a thing, a stretch, a condition."""

from __future__ import annotations

from dataclasses import replace

from ..language.concepts import When
from .clause import OF_A_THING, PARTS, Read
from .conditions import is_otherwise, otherwise, there_is
from .families.base import OF_AN_ASPECT
from .frames import (
    Beyond,
    Canvas,
    CutOut,
    CutSilences,
    Follow,
    Frame,
    Grade,
    Keep,
    Mute,
    Question,
    Remove,
    Restore,
    SetSpeed,
    Spare,
    Talk,
    Undo,
)
from .lexicon import either, listed, matching
from .remarks import complains
from .shared import parted
from .slots import Amount, Span, Target


def taken_back_at_once(reads: list[Read]) -> None:
    """ "Blur… no. Just rotate it by 180": the first was said and not meant."""
    for place in range(len(reads) - 1, 0, -1):
        before, part = reads[place - 1], reads[place]
        items = part.clause.items
        says_no = len(items) > 2 and items[0].marked("no") and items[1].what == "break"
        wishes = part.frame is not None and not isinstance(part.frame, (Follow, Question, Spare, Talk, Undo))
        if not (says_no and wishes and any(item.what in ("do", "look") for item in items[2:])):
            continue
        reads[place] = replace(part, left=tuple(item for item in part.left if item is not items[0]))
        if before.sure and not isinstance(before.frame, (Question, Talk)):
            reads[place - 1] = replace(before, frame=Talk(kind="reason"), left=())


def undone_as_told(reads: list[Read]) -> None:
    """ "Doch nicht, der Anfang soll bleiben": what is undone is told next, and the last edit isn't it."""
    for place in range(len(reads) - 1, 0, -1):
        before, undo = reads[place - 1].frame, reads[place].frame
        if before == Undo() and isinstance(undo, Undo) and undo != before:
            del reads[place - 1]


def back_to_what_was_fine(reads: list[Read]) -> None:
    """ "The crowd's speed was fine before, put that back": that of what is told, and not the last edit."""
    for place in range(1, len(reads)):
        told, undo = reads[place - 1], reads[place].frame
        if undo != Undo() or not isinstance(told.frame, Talk):
            continue
        items = told.clause.items
        named = next((i.value for i in items if i.what == "target" and not i.value.plain), None)
        aspects = tuple(OF_AN_ASPECT[item.value] for item in items if item.value in OF_AN_ASPECT)
        if named is not None and aspects:
            reads[place] = replace(reads[place], frame=Undo(about=named, aspects=aspects))


def and_back_again(reads: list[Read]) -> None:
    """ "Zoom in between 5 and 10, then back to normal": it ends there, and nothing of it is undone."""
    for place in range(1, len(reads)):
        restore = reads[place].frame
        wishes = [read.frame for read in reads[:place] if not isinstance(read.frame, Talk)]
        bare = isinstance(restore, Restore) and (restore.target is None or restore.target.only_it)
        only_there: tuple[Span, ...] = getattr(wishes[-1], "spans", ()) if wishes else ()
        if bare and only_there:
            reads[place] = replace(reads[place], frame=Talk(kind="reason"), left=())


def jump_cuts(reads: list[Read]) -> None:
    """ "Jump cuts! Keep 0-3, 6-9 and 12-15": where they are is told, and no silence is looked for."""
    for place in range(len(reads) - 1):
        named, then = reads[place], reads[place + 1].frame
        so_called = any(item.text in listed("jump_cuts") for item in named.clause.items)
        if (
            so_called
            and isinstance(named.frame, CutSilences)
            and isinstance(then, (Keep, CutOut))
            and then.spans
        ):
            reads[place] = replace(named, frame=Talk(kind="reason"), left=())


def of_what_was_said(reads: list[Read]) -> None:
    """ "The phone clip has black bars, blur the background": the one says of what, the other what to do."""
    for place in range(len(reads) - 1):
        remark, read = reads[place], reads[place + 1]
        if not (_only_tells(remark.frame) or subject_of(remark)) or read.frame is None:
            continue
        first = next(
            (item for item in remark.clause.items if item.what not in ("filler", "join", "break")), None
        )
        subject = first.value if first is not None and first.what == "target" else None
        if (
            subject is not None and subject.plain and subject.refer == "it"
        ):  # "that one from my phone is upright"
            more = [item.value for item in remark.clause.items if item.what == "target" and item is not first]
            subject = next((target for target in more if not target.plain), subject)
        frame, mine = read.frame, getattr(read.frame, "target", None)
        bare = mine is None or (mine.plain and mine.refer in ("it", "them") and mine.kind is None)
        if isinstance(frame, Remove) and bare and subject is not None and subject.kind == "sound":
            owners = [
                item.value for item in remark.clause.items if item.what == "target" and item.relation == "of"
            ]
            muted = Mute(target=next(iter(owners), subject))  # "the sound of b is awful, kill it"
            reads[place + 1] = replace(read, frame=muted)
            continue
        if subject is None or subject.plain or not bare or "target" not in type(frame).model_fields:
            continue
        whole = isinstance(frame, Canvas) and (frame.aspect is not None or frame.size is not None)
        if frame.frame in (*OF_A_THING, *_OF_ITS_TIME, "canvas") and not whole:
            reads[place + 1] = replace(read, frame=frame.model_copy(update={"target": subject}))
            reads[place] = replace(remark, frame=Talk(kind="reason"), left=())


_OF_ITS_TIME = ("cut_out", "keep", "fit")


def subject_of(remark: Read) -> Target | None:
    """What a piece without any wish speaks of: "the ceremony drags"."""
    said = [item for item in remark.clause.items if item.what not in ("filler", "join", "break", "mark")]
    tells = len(said) > 1 and all(
        item.what in ("word", "degree", "dislike") or item.text.startswith(either("needs"))
        for item in said[1:]
    )
    unread = remark.frame is None or isinstance(remark.frame, (Follow, Talk))
    target = said[0].value if tells and unread and said[0].what == "target" else None
    return target if isinstance(target, Target) and not target.plain and not said[0].relation else None


def _only_tells(frame: Frame | None) -> bool:
    """Whether a piece only says of something how it is: 测评太长了."""
    if isinstance(frame, Follow):
        return frame == Follow(target=frame.target, amount=Amount(step="much"))
    return isinstance(frame, Talk) and frame.kind == "reason"


def asked_of(reads: list[Read]) -> None:
    """ "And the credits? How long are they?": what is asked about is named before."""
    for place in range(len(reads) - 1):
        named, question = reads[place], reads[place + 1].frame
        target = named.frame.target if isinstance(named.frame, Follow) else None
        if target is None or named.frame != Follow(target=target, way="also"):
            continue
        if isinstance(question, Question) and question.target is None and named.clause.asked:
            asked = question.model_copy(update={"target": target})
            reads[place + 1] = replace(reads[place + 1], frame=asked)
            reads[place] = replace(named, frame=Talk(kind="reason"), left=())


_MANNERS = frozenset({"vintage", "cinematic"})


def as_explained(reads: list[Read]) -> None:
    """ "Make it look like an old film: black and white with more contrast": what comes after the colon says how."""
    for place in range(len(reads) - 1, 0, -1):
        first, second = reads[place - 1], reads[place]
        if not isinstance(first.frame, Grade) or not isinstance(second.frame, Grade):
            continue
        look = next((item for item in second.clause.items if item.what == "look"), second.clause.items[0])
        between = first.clause.text[first.clause.items[-1].end : look.start]
        if (":" in between or "：" in between) and set(first.frame.looks) <= _MANNERS:
            target = second.frame.target or first.frame.target
            reads[place] = replace(second, frame=second.frame.model_copy(update={"target": target}))
            del reads[place - 1]


def of_the_stretch(reads: list[Read]) -> None:
    """ "There's a blooper between 4 and 5.5 s, take it out": it is that stretch."""
    for place in range(len(reads) - 1, 0, -1):
        spans, frame = _only_told(reads[place - 1]), reads[place].frame
        if frame is None or getattr(frame, "spans", None) != () or not _of_it(reads[place]):
            continue
        if not spans:
            remark = reads[place - 1]
            timed = any(item.what == "time" or item.value in PARTS for item in remark.clause.items)
            if timed and isinstance(remark.frame, Talk):  # which stretch was told isn't clear: not all of it
                reads[place] = replace(reads[place], frame=None, left=tuple(reads[place].clause.items))
            continue
        owner = _whose_time(reads[place - 1])
        whole: Frame = (
            CutOut(target=owner, spans=spans)
            if isinstance(frame, Remove)
            else frame.model_copy(update={"target": owner, "spans": spans})
        )
        reads[place] = replace(reads[place], frame=whole, left=())
        reads[place - 1] = replace(reads[place - 1], frame=Talk(kind="reason"), left=())


def cut_what_is_told(reads: list[Read]) -> None:
    """ "Cut the sauce, it is too slow in the beginning, the first 6 seconds": that much of it."""
    for place in range(len(reads) - 1, 0, -1):
        cut, told = reads[place - 1].frame, reads[place].frame
        spans: tuple[Span, ...] = getattr(told, "spans", ())
        ended = parted(reads[place - 1], reads[place])
        bare = isinstance(told, Follow) and told == Follow(spans=spans)
        said = bare or (told is not None and _of_it(reads[place]) and complains(reads[place].clause))
        if (
            isinstance(cut, Remove)
            and cut.target is not None
            and cut.target.names
            and spans
            and said
            and not ended
        ):
            of_it = CutOut(target=cut.target, spans=spans)
            reads[place - 1] = replace(reads[place - 1], frame=of_it)
            del reads[place]


def _whose_time(read: Read) -> Target | None:
    """ "The last three seconds of the lesson": whose they are."""
    places = [n for n, item in enumerate(read.clause.items) if item.what == "target"]
    named = [
        read.clause.items[n]
        for n in places
        if read.clause.items[n].value.names and n and read.clause.items[n].relation in ("of", "in", "from")
    ]
    return named[0].value if named else None


def also_these_stretches(reads: list[Read]) -> None:
    """ "Remove 0:35 to 0:52, and 1:10 till 1:20 where the phone rings": all of it of the film as it is now."""
    for place in range(len(reads) - 1, 0, -1):
        cut, more = reads[place - 1].frame, reads[place].frame
        if not isinstance(cut, CutOut) or not isinstance(more, (CutOut, Follow)) or not more.spans:
            continue
        of = more.target
        if isinstance(more, CutOut):
            goes_on = of == cut.target and not comes_then(reads[place])
        else:
            bare = more == Follow(target=of, spans=more.spans, way=more.way) and more.way in ("", "also")
            goes_on = bare and (of is None or of == Target(unknown=of.unknown))
        if goes_on:
            spans = (*cut.spans, *more.spans)
            reads[place - 1] = replace(reads[place - 1], frame=cut.model_copy(update={"spans": spans}))
            reads[place] = replace(reads[place], frame=Talk(kind="reason"), left=())


def comes_then(read: Read) -> bool:
    """Whether it is done to what the wish before has left: "cut the first 5 s, then 3 to 4"."""
    before = read.clause.text[: read.clause.items[0].start] if read.clause.items else ""
    return matching("goes_on").search(before.lower()) is not None


def _only_told(read: Read) -> tuple[Span, ...]:
    """The stretch that a piece speaks of without a wish for it: "from 20 to 24 he coughs"."""
    told, spans = read.frame, read.clause.times.spans
    if isinstance(told, Follow):
        of = told.target
        bare = told == Follow(target=of, spans=told.spans, at=told.at)
        return told.spans if bare and (of is None or of == Target(unknown=of.unknown)) else ()
    wished = any(item.what in ("do", "look", "blend", "shape", "quoted", "factor") for item in read.left)
    return spans if isinstance(told, Talk) or (told is None and not wished) else ()


def _of_it(read: Read) -> bool:
    """Whether a wish is of what was just told: "take it out", "mute"."""
    target: Target | None = getattr(read.frame, "target", None)
    if target is None:
        return all(item.what in ("do", "filler", "join", "break", "mark") for item in read.clause.items)
    return target.plain and target.kind is None and target.refer in ("it", "them")


def only_one_of_both(reads: list[Read]) -> None:
    """ "Take 3 to 5 out, the picture stays": of the sound alone. Of the picture alone nothing can be cut."""
    spared = {read.frame.target.kind for read in reads if isinstance(read.frame, Spare) and read.frame.target}
    for place, read in enumerate(reads):
        cut = read.frame
        if not isinstance(cut, CutOut) or not cut.spans or not spared & {"video", "sound"}:
            continue
        if "video" in spared:
            named = cut.target if cut.target is not None and cut.target.names else None
            reads[place] = replace(read, frame=Mute(target=named, spans=cut.spans), left=())
        else:
            reads[place] = replace(read, frame=None, left=tuple(read.clause.items))


def which_of_them(reads: list[Read]) -> None:
    """ "Slow the drone down, the one after the map": where that isn't understood, not all of them are meant."""
    for place in range(1, len(reads)):
        before, read = reads[place - 1], reads[place]
        named: Target | None = getattr(before.frame, "target", None)
        tells = matching("which_one").match(read.clause.said) and isinstance(read.frame, (Follow, type(None)))
        if tells and named is not None and (named.names or named.kind):
            reads[place - 1] = replace(before, frame=None, left=tuple(before.clause.items))


def after_the_ramp(reads: list[Read]) -> None:
    """ "Speed ramp: start slow, 3x in the middle, slow again": what comes behind is part of it, and not done either."""
    place = 1
    while place < len(reads):
        ramp, speed = reads[place - 1].frame, reads[place].frame
        same = isinstance(ramp, Beyond) and ramp.kind == "ramp" and isinstance(speed, (SetSpeed, Follow))
        if same and not parted(reads[place - 1], reads[place]) and getattr(speed, "target", None) is None:
            del reads[place]
        else:
            place += 1


def but_for(reads: list[Read]) -> None:
    """ "Fade every clip's sound in and out, except the rehearsal": what is excepted behind a wish for all."""
    for place in range(len(reads) - 1, 0, -1):
        wish, spared = reads[place - 1].frame, reads[place].frame
        target: Target | None = getattr(wish, "target", None)
        if wish is None or target is None or target.every != "all" or target.but is not None:
            continue
        if (
            isinstance(spared, Follow)
            and spared == Follow(target=spared.target, way="except")
            and spared.target
        ):
            told = wish.model_copy(update={"target": target.model_copy(update={"but": spared.target})})
            reads[place - 1] = replace(reads[place - 1], frame=told)
            del reads[place]


def wait_for_exceptions(reads: list[Read]) -> None:
    """ "All of it in grey, …, except for the <unknown>": where that isn't understood, not all of it is meant."""
    for place in range(1, len(reads)):
        items = [item for item in reads[place].clause.items if item.what not in ("join", "break", "filler")]
        excepts = bool(items) and (items[0].marked("except") or items[0].value is When.EXCEPT)
        if reads[place].sure or not excepts:
            continue
        for before in range(place - 1, -1, -1):
            frame = reads[before].frame
            if frame is not None and frame.frame in (*OF_A_THING, "transition"):
                reads[before] = replace(reads[before], frame=None, left=tuple(reads[before].clause.items))
                break


def wait_for_conditions(reads: list[Read]) -> None:
    """ "If it's still over a minute, …": where that isn't understood, what depends on it isn't done."""
    for place in range(len(reads) - 1):
        condition, then = reads[place], reads[place + 1]
        if not condition.sure and any(item.marked("if") for item in condition.clause.items[:3]):
            reads[place + 1] = replace(then, frame=None, left=tuple(then.clause.items))


def under_a_condition(reads: list[Read]) -> None:
    """ "If it's over a minute, trim it and mute it, otherwise loop it": of all that the sentence says."""
    for place in range(1, len(reads)):
        before, part = reads[place - 1], reads[place]
        condition = before.condition or there_is(before.frame)
        other = is_otherwise(part.clause.items)
        ended = parted(before, part)
        if condition is None or part.condition is not None or (ended and not other):
            continue
        target: Target | None = getattr(part.frame, "target", None)
        if other or target is None or target.plain:
            reads[place] = replace(part, depends=otherwise(condition) if other else condition)
