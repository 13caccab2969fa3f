"""What the clauses of a message say of each other: the length of both, whose it is, what is spared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Any

from ..language.concepts import Do, Thing, When
from .clause import LAYING, OF_A_THING, Read
from .conditions import is_otherwise, otherwise, there_is
from .dialogue import other_half
from .frames import (
    AddMusic,
    AddText,
    AddTexts,
    Arrange,
    Canvas,
    Cover,
    CutOut,
    Duplicate,
    Fade,
    Fit,
    Follow,
    Frame,
    Freeze,
    Grade,
    Insert,
    Keep,
    KeepOnly,
    Move,
    Mute,
    Normalize,
    Order,
    Overlay,
    Question,
    Remove,
    Replace,
    Restore,
    Restyle,
    Retime,
    SetVolume,
    Slideshow,
    Spare,
    Split,
    Talk,
)
from .items import ENDS, Item
from .lexicon import NOT, either, listed, matching
from .remarks import complains
from .resolve import Absent, Found, Ground
from .slots import LARGE, SMALL, Amount, Length, Moment, Span, Style, Target
from .sparing import with_time_spared


def of_each_other(parts: Sequence[Read]) -> list[Read]:
    """The readings without complaints that a wish answers, and with what is spared or added already."""
    return _with_its_music(with_time_spared(_with_what_is_spared(_without_complaints(parts))))


def settle_among(reads: list[Read], ground: Ground) -> None:
    """What needs the timeline, or the frame before: in place."""
    _of_what_was_said(reads)
    _asked_of(reads)
    _as_explained(reads)
    _the_other_half(reads)
    _of_the_stretch(reads)
    _also_these_stretches(reads)
    _of_the_same_sound(reads)
    _fade_the_sound(reads)
    _one_on_each(reads)
    _without_what_follows(reads)
    _with_what_follows(reads)
    _at_each(reads)
    _until_then(reads)
    _but_not_under(reads)
    _songs_in_turn(reads)
    _to_the_song(reads, ground)
    _over_the_voice(reads)
    _from_later_in_it(reads)
    _said_twice(reads)
    _the_copy_there(reads)
    _into_the_gap(reads)
    _fade_the_title(reads)
    _on_the_photo(reads, ground)
    _take_and_put(reads)
    _back_and_not_away(reads)
    _without_the_side(reads)
    _also_but(reads)
    _held_words(reads)
    _keep_that(reads)
    _wait_for_conditions(reads)
    _under_a_condition(reads)
    _with_the_one_before(reads, ground)
    _fills_the_frame(reads)
    _behind_that(reads)
    _in_turn(reads, ground)
    _narrow_before(reads)
    _go_on(reads)
    _share_owners(reads)
    _share_lengths(reads)
    _share_manner(reads)


def _without_complaints(reads: Sequence[Read]) -> list[Read]:
    """ "b.mp4 is way too loud, cut its volume in half": the one says why, and of what, the other what to do."""
    found: list[Read] = []
    for read in reads:
        before = found[-1] if found else None
        if before is not None and _answered(before, read):
            found[-1] = read
        elif before is not None and before.sure and _says_how_much(before.frame, read.frame):
            amount = {"amount": getattr(read.frame, "amount", None)}
            found[-1] = replace(before, frame=before.frame.model_copy(update=amount))  # type: ignore[union-attr]
        elif (
            before is None
            or before.frame is None
            or read.frame is None
            or not _of_a_kind(before.frame, read.frame)
        ):
            found.append(read)
        elif complains(read.clause):
            continue
        elif (
            complains(before.clause) and not any(i.value is Do.SET for i in before.clause.items)
        ) or _says_how_much(before.frame, read.frame):
            target = getattr(before.frame, "target", None)
            mine = getattr(read.frame, "target", None)
            if target is not None and (mine is None or (mine.plain and mine.refer == "it")):
                read = replace(read, frame=read.frame.model_copy(update={"target": target}))
            found[-1] = read
        else:
            found.append(read)
    return found


def _says_how_much(vague: Frame | None, exact: Frame | None) -> bool:
    """ "It needs to be louder. Double it", "quieter. Say half": the second is the amount of the first."""
    if vague is None or exact is None:
        return False
    amounts: list[Amount | None] = [getattr(frame, "amount", None) for frame in (vague, exact)]
    bare_amount = isinstance(exact, Follow) and exact == Follow(target=exact.target, amount=exact.amount)
    if (vague.frame != exact.frame and not bare_amount) or not all(amounts):
        return False
    target: Target | None = getattr(exact, "target", None)
    bare = target is None or (target.plain and target.refer == "it" and target.kind is None)
    return bare and amounts[0].value is None and amounts[1].value is not None  # type: ignore[union-attr]


def _answered(before: Read, read: Read) -> bool:
    """ "That is hard to read. Put the colour back": of words, what is to be done about it is told."""
    frame = before.frame
    sized = isinstance(frame, (Restyle, Arrange)) and complains(before.clause)
    return sized and isinstance(read.frame, (Restore, Restyle)) and read.sure


_HEARD = frozenset({"set_volume", "mute", "normalize", "duck", "restore", "undo"})


def _of_a_kind(one: Frame, other: Frame) -> bool:
    """Whether two wishes are about the same: "it's too loud compared to the rest, take it down by half"."""
    return one.frame == other.frame or (one.frame in _HEARD and other.frame in _HEARD)


def _with_what_is_spared(reads: Sequence[Read]) -> list[Read]:
    """ "Make it black and white, but not c.mp4": what comes behind "not" is left alone."""
    found = list(reads)
    for place in range(1, len(found)):
        before, part = found[place - 1], found[place]
        items = [item for item in part.clause.items if item.what not in ("filler", "join", "break")]
        bare = (
            len(items) == 2 and items[0].what == "not" and items[0].text in NOT and items[1].what == "target"
        )
        spared = items[1].value if bare else None
        whole = before.frame is not None and before.frame.frame in OF_A_THING and _is_of_all(before.frame)
        ended = any(letter in ENDS for letter in _between(before, part))
        if (
            whole
            and not ended
            and isinstance(part.frame, Remove)
            and [item.what for item in items] == ["target", "not"]
        ):
            spared = part.frame.target  # 全片加电影感滤镜，采访那段不要
        lays = before.frame is not None and before.frame.frame in LAYING  # that goes from there
        follows = before.frame is None or isinstance(before.frame, (Follow, Talk, Spare))
        if spared and not (lays or follows):
            found[place] = replace(part, frame=Spare(target=spared), family="spare", left=())
    return found


def _is_of_all(frame: Frame) -> bool:
    """Whether a wish is of all there is."""
    target: Target | None = getattr(frame, "target", None)
    return target is None or (target.plain and (target.every == "all" or target.kind in ("video", "all")))


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


def _of_what_was_said(reads: list[Read]) -> None:
    """ "The phone clip has black bars, blur the background": the one says of what, the other what to do."""
    for place in range(len(reads) - 1):
        remark, read = reads[place], reads[place + 1]
        if not _only_tells(remark.frame) or read.frame is None:
            continue
        first = next(
            (item for item in remark.clause.items if item.what not in ("filler", "join", "break")), None
        )
        subject = first.value if first is not None and first.what == "target" else None
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


def _only_tells(frame: Frame | None) -> bool:
    """Whether a piece only says of something how it is: 测评太长了."""
    if isinstance(frame, Follow):
        return frame == Follow(target=frame.target, amount=Amount(step="much"))
    return isinstance(frame, Talk) and frame.kind == "reason"


def _asked_of(reads: list[Read]) -> None:
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


def _the_other_half(reads: list[Read]) -> None:
    """ "Upbeat for the first half, calm for the second": half of the time, and no clip."""
    for place in range(1, len(reads)):
        before, frame = reads[place - 1].frame, reads[place].frame
        if not isinstance(before, AddMusic) or not isinstance(frame, AddMusic):
            continue
        if (
            before.span is None
            or frame.over is None
            or (other := other_half(before.span, frame.over)) is None
        ):
            continue
        reads[place] = replace(reads[place], frame=frame.model_copy(update={"span": other, "over": None}))


_MANNERS = frozenset({"vintage", "cinematic"})


def _as_explained(reads: list[Read]) -> None:
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


def _of_the_stretch(reads: list[Read]) -> None:
    """ "There's a blooper between 4 and 5.5 s, take it out": it is that stretch."""
    for place in range(len(reads) - 1, 0, -1):
        spans, frame = _only_told(reads[place - 1]), reads[place].frame
        if not spans or frame is None or getattr(frame, "spans", None) != () or not _of_it(reads[place]):
            continue
        whole: Frame = (
            CutOut(spans=spans)
            if isinstance(frame, Remove)
            else frame.model_copy(update={"target": None, "spans": spans})
        )
        reads[place] = replace(reads[place], frame=whole, left=())
        reads[place - 1] = replace(reads[place - 1], frame=Talk(kind="reason"), left=())


def _also_these_stretches(reads: list[Read]) -> None:
    """ "Remove 0:35 to 0:52, and 1:10 till 1:20 where the phone rings": all of it of the film as it is now."""
    for place in range(len(reads) - 1, 0, -1):
        cut, more = reads[place - 1].frame, reads[place].frame
        if not isinstance(cut, CutOut) or not isinstance(more, (CutOut, Follow)) or not more.spans:
            continue
        of = more.target
        if isinstance(more, CutOut):
            goes_on = of == cut.target and not _comes_then(reads[place])
        else:
            bare = more == Follow(target=of, spans=more.spans, way=more.way) and more.way in ("", "also")
            goes_on = bare and (of is None or of == Target(unknown=of.unknown))
        if goes_on:
            spans = (*cut.spans, *more.spans)
            reads[place - 1] = replace(reads[place - 1], frame=cut.model_copy(update={"spans": spans}))
            reads[place] = replace(reads[place], frame=Talk(kind="reason"), left=())


def _comes_then(read: Read) -> bool:
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
    return target.plain and target.kind is None and target.refer == "it"


def _of_the_same_sound(reads: list[Read]) -> None:
    """ "Slow the second clip down and mute the sound as well": the sound of that clip."""
    for place in range(1, len(reads)):
        before, frame = reads[place - 1].frame, reads[place].frame
        if not isinstance(frame, (SetVolume, Mute)) or frame.target not in (
            Target(kind="sound"),
            Target(kind="sound", refer="it"),
        ):
            continue
        target: Target | None = getattr(before, "target", None)
        if isinstance(before, Cover):
            target = before.file  # "…, without its sound"
        elif isinstance(before, AddMusic):
            bare = any(item.text in listed("bare_sound") for item in reads[place].clause.items)
            target = Target(kind="music") if bare and isinstance(frame, SetVolume) else None
            if target is None:
                continue
        elif (
            target is None
            or target.plain
            or target.kind not in (None, "clip")
            or isinstance(before, (SetVolume, Mute))
        ):
            continue
        reads[place] = replace(reads[place], frame=frame.model_copy(update={"target": target}))


def _fade_the_sound(reads: list[Read]) -> None:
    """ "Turn it down by 6 dB and let it fade in": it is the sound that fades."""
    for place in range(1, len(reads)):
        before, fade = reads[place - 1].frame, reads[place].frame
        heard = isinstance(before, (SetVolume, Mute, Normalize))
        if not heard or not isinstance(fade, Fade) or fade.of is not None or fade.colour is not None:
            continue
        if fade.target is None or (fade.target.plain and fade.target.kind is None):
            reads[place] = replace(reads[place], frame=fade.model_copy(update={"of": "sound"}))


def _one_on_each(reads: list[Read]) -> None:
    """ "The same for the others: “Trial 1” and “Trial 2”": one on each of them."""
    for place, part in enumerate(reads):
        first = part.frame
        again = isinstance(first, Follow) and first == Follow(
            target=first.target, words=first.words, way="also"
        )
        if again and isinstance(first, Follow):
            first = AddText(words=first.words, over=first.target)
        over = first.over if isinstance(first, AddText) else None
        several = over is not None and (
            over.refer == "others" or over.every or len(over.numbers) > 1 or over.first
        )
        if not isinstance(first, AddText) or not several:
            continue
        words = [first.words] if first.words else []
        for read in reads[place + 1 :]:
            if not isinstance(read.frame, AddText) or read.frame != AddText(words=read.frame.words):
                break
            words += [read.frame.words] if read.frame.words else []
        if len(words) > 1:
            each = AddTexts(
                words=tuple(words), each=over, place=first.place, style=first.style, caption=first.caption
            )
            reads[place : place + len(words)] = [replace(part, frame=each)]
            return


def _without_what_follows(reads: list[Read]) -> None:
    """ "Add captions at the bottom: from 0:01 to 0:04 “What do you see?”": the words come after it."""
    for place in range(len(reads) - 2, -1, -1):
        first, second = reads[place].frame, reads[place + 1].frame
        if (
            isinstance(first, AddText)
            and isinstance(second, AddText)
            and first.words is None
            and second.words
        ):
            shared = {
                name: getattr(first, name)
                for name in ("place", "caption", "style", "length", "whole", "fade_in", "fade_out")
                if getattr(second, name) == type(second).model_fields[name].default
            }
            for later in range(place + 1, len(reads)):
                frame = reads[later].frame
                if not isinstance(frame, AddText):
                    break
                reads[later] = replace(reads[later], frame=frame.model_copy(update=shared))
            del reads[place]


def _with_what_follows(reads: list[Read]) -> None:
    """ "Add “We made it!”. At the end, for four seconds": when, where and how, of the title just added."""
    for place in range(len(reads) - 1, 0, -1):
        title, follow = reads[place - 1].frame, reads[place].frame
        if not isinstance(title, _PLACED) or not isinstance(follow, Follow) or reads[place].lost:
            continue
        given = follow.model_dump(exclude_defaults=True).keys() - {"frame", "amount", "then"}
        if given - {"at", "spans", "length", "place", "style"}:
            continue
        update = {name: getattr(follow, name) for name in given - {"spans"}}
        if follow.spans:
            update["span"] = follow.spans[0]
        sized = any(item.text in listed("size") for item in reads[place].clause.items)
        if isinstance(title, (AddText, AddTexts)) and sized and follow.amount.value is not None:
            update["style"] = follow.style.model_copy(update={"size": follow.amount.value})  # "size 5%"
        if isinstance(title, Overlay):
            update |= _sized(update.pop("style", Style()), follow.amount)
        if not update:
            continue
        fields = type(title).model_fields
        if all(name in fields and getattr(title, name) == fields[name].default for name in update):
            reads[place - 1] = replace(reads[place - 1], frame=title.model_copy(update=update))
            del reads[place]


_PLACED = (AddText, AddTexts, Overlay, Cover, Insert, AddMusic, Replace)


def _sized(style: Style, amount: Amount) -> dict[str, float]:
    """ "Small, 60% opacity", "a third of the width": of a picture over the picture."""
    found = {"opacity": style.opacity} if style.opacity is not None else {}
    if amount.unit == "share" and amount.value is not None:
        found["scale"] = amount.value
    elif style.bigger:
        found["scale"] = LARGE if style.bigger > 0 else SMALL
    return found


def _said_twice(reads: list[Read]) -> None:
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
        it = frame.target.plain and frame.target.refer == "it" and isinstance(before, Remove)
        old = isinstance(before, Replace) and before.target is not None and frame.target == before.target
        if (it and before != frame) or old:
            del reads[place]


def _the_copy_there(reads: list[Read]) -> None:
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


def _into_the_gap(reads: list[Read]) -> None:
    """ "Split the talk at 20 s and put the drone in between": where it was split."""
    for place in range(1, len(reads)):
        split, read = reads[place - 1].frame, reads[place]
        if not isinstance(split, Split) or len(split.at) != 1:
            continue
        between = any(
            item.value is When.BETWEEN or item.text.startswith(either("between"))
            for item in read.clause.items
        )
        named = [item.value for item in read.clause.items if item.what == "target" and not item.relation]
        if between and len(named) == 1 and named[0].names:
            at = split.at[0] if split.at[0].of else split.at[0].model_copy(update={"of": split.target})
            reads[place] = replace(read, frame=Insert(files=(named[0],), at=at), family="insert", left=())


def _until_then(reads: list[Read]) -> None:
    """ "The song fades in at the forest and stops 2 s before the end": how long that is heard or seen, and no cut."""
    for place in range(len(reads) - 1, 0, -1):
        put, read = reads[place - 1].frame, reads[place]
        said = [item for item in read.clause.items if item.what not in ("filler", "join", "break")]
        stops = bool(said) and (matching("stops").match(said[0].text) or said[0].text in listed("ending"))
        times = read.clause.times
        end = times.at or (times.spans[0].end if times.how == "before" and len(times.spans) == 1 else None)
        if (
            not stops
            or end is None
            or not isinstance(put, (AddMusic, Cover, Overlay))
            or put.span is not None
        ):
            continue
        span = Span(start=put.at or Moment(), end=end)
        reads[place - 1] = replace(reads[place - 1], frame=put.model_copy(update={"span": span, "at": None}))
        del reads[place]


def _but_not_under(reads: list[Read]) -> None:
    """ "The song the whole time, but not under the vows": around them."""
    for place in range(len(reads) - 1, 0, -1):
        music, spare = reads[place - 1].frame, reads[place].frame
        if not isinstance(music, AddMusic) or not isinstance(spare, Spare) or spare.target is None:
            continue
        under = any(
            item.what == "target"
            and item.value == spare.target
            and item.relation in ("under", "over", "while")
            for item in reads[place].clause.items
        )
        if under and music.over is None and music.span is None and music.at is None:
            around = Target(kind="clip", every="all", but=spare.target)
            reads[place - 1] = replace(reads[place - 1], frame=music.model_copy(update={"over": around}))
            del reads[place]


def _songs_in_turn(reads: list[Read]) -> None:
    """ "First calm.mp3, then hey.mp3", "…, when that's over hey takes over": the next begins where the last ends."""
    for place in range(1, len(reads)):
        first, second = reads[place - 1].frame, reads[place].frame
        if not isinstance(first, AddMusic) or not isinstance(second, AddMusic) or second.file is None:
            continue
        bare = second == AddMusic(file=second.file, volume=second.volume, rest=second.rest)
        said = reads[place].clause.said
        later = _comes_then(reads[place]) or matching("when_over").search(said) is not None
        if bare and second.file.names and first.file != second.file and later:
            reads[place - 1] = replace(reads[place - 1], frame=first.model_copy(update={"once": True}))
            reads[place] = replace(reads[place], frame=second.model_copy(update={"rest": True}))


def _over_the_voice(reads: list[Read]) -> None:
    """ "Put the guests in at 0:15 for 4 s, you still hear the speech": over the picture, so that it goes on."""
    for place in range(len(reads) - 1, 0, -1):
        put, said = reads[place - 1].frame, reads[place]
        told = isinstance(said.frame, (Talk, Spare)) or not said.sure
        if not isinstance(put, Insert) or put.at is None or len(put.files) != 1 or not told:
            continue
        if matching("voice_goes_on").search(said.clause.said):
            cover = Cover(file=put.files[0], at=put.at, length=put.length, over=put.at.of)
            reads[place - 1] = replace(reads[place - 1], frame=cover, family="cover")
            reads[place] = replace(said, frame=Talk(kind="reason"), left=())


def _to_the_song(reads: list[Read], ground: Ground) -> None:
    """ "A slideshow of the photos with the song", "…, as long as the song": one slideshow, and the song under it."""
    shows = [n for n, read in enumerate(reads) if isinstance(read.frame, Slideshow)]
    last = reads[shows[-1]] if shows else None
    kinds = [kinds for read in reads if isinstance(read.frame, Slideshow) for kinds in read.clause.kinds]
    if last is None or {"music"} not in kinds:
        return
    first, show = reads[shows[0]], last.frame
    if len(shows) == 2 and isinstance(first.frame, Slideshow) and isinstance(show, Slideshow):
        reads[shows[0]] = replace(first, frame=first.frame.model_copy(update={"total": show.total}))
        del reads[shows[1]]
    song = ground.waiting("audio")[:1]
    if song and not any(isinstance(read.frame, AddMusic) for read in reads):
        under = AddMusic(file=Target(names=(song[0].file,)))
        reads.insert(shows[0] + 1, replace(last, frame=under, family="add_music", left=()))


def _from_later_in_it(reads: list[Read]) -> None:
    """ "Add the song, but skip the first 20 seconds of it": where in its file it starts."""
    for place in range(len(reads) - 1, 0, -1):
        music, cut = reads[place - 1].frame, reads[place].frame
        if not isinstance(music, AddMusic) or not isinstance(cut, CutOut) or music.source is not None:
            continue
        of = cut.target
        its = of is not None and of.plain and (of.refer == "it" or of.kind == "music")
        if its and len(cut.spans) == 1 and cut.spans[0].how == "head":
            source = Length(ms=cut.spans[0].end.ms, share=cut.spans[0].end.share)
            reads[place - 1] = replace(reads[place - 1], frame=music.model_copy(update={"source": source}))
            del reads[place]


def _at_each(reads: list[Read]) -> None:
    """ "A ding at 10 s, 25 s and 1:02": it is heard at each of them."""
    for place in range(len(reads) - 1, -1, -1):
        frame, moments = reads[place].frame, reads[place].clause.times.moments
        named = isinstance(frame, AddMusic) and frame.file is not None and frame.file.names
        if isinstance(frame, AddMusic) and named and frame.at in moments and not any(m.of for m in moments):
            each = [replace(reads[place], frame=frame.model_copy(update={"at": at})) for at in moments]
            reads[place : place + 1] = each


def _fade_the_title(reads: list[Read]) -> None:
    """ "A title over the first 6 seconds, fading in and out": it is the title that does."""
    for place in range(len(reads) - 1, 0, -1):
        fade, styled = reads[place].frame, place - 1
        while styled and isinstance(reads[styled].frame, (Restyle, Arrange)):
            styled -= 1  # "…, bigger, fade in"
        title = reads[styled].frame
        if not isinstance(title, AddText) or not isinstance(fade, Fade):
            continue
        bare = fade.target is None and fade.at is None and fade.of is None and fade.colour is None
        ended = any(letter in ENDS for letter in _between(reads[place - 1], reads[place]))
        of_the_film = any(item.value in _FILMS_EDGES for item in reads[place].clause.items)
        if bare and not ended and not of_the_film:
            length = fade.length or Length(ms=500)
            update = {
                "fade_in": fade.in_length or length if fade.into else None,
                "fade_out": fade.out_length or length if fade.out else None,
            }
            reads[styled] = replace(reads[styled], frame=title.model_copy(update=update))
            del reads[place]


_FILMS_EDGES = (When.FIRST, When.LAST, When.START, When.END)


def _on_the_photo(reads: list[Read], ground: Ground) -> None:
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


def _take_and_put(reads: list[Read]) -> None:
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
        elif takes and isinstance(taken, Remove) and not reads[place].sure and _speaks_of_it(reads[place]):
            # "Lift it out and <what nobody understood> it": until that is clear it stays.
            reads[place - 1] = replace(
                reads[place - 1], frame=None, left=tuple(reads[place - 1].clause.items)
            )


def _speaks_of_it(read: Read) -> bool:
    return any(
        item.what == "target" and item.value.plain and item.value.refer == "it" for item in read.clause.items
    )


def _back_and_not_away(reads: list[Read]) -> None:
    """街景不用了，还原: it isn't taken away, but is as it was."""
    for place in range(len(reads) - 1, 0, -1):
        away, back = reads[place - 1].frame, reads[place].frame
        if isinstance(away, Remove) and away.target is not None and back == Restore():
            reads[place - 1 : place + 1] = [replace(reads[place], frame=Restore(target=away.target))]


def _without_the_side(reads: list[Read]) -> None:
    """ "Drop all that comes before, start where it's slow", 前面全剪了，从慢放开始: both say the same."""
    for place in range(len(reads) - 1, 0, -1):
        dropped, kept = reads[place - 1].frame, reads[place].frame
        side = isinstance(dropped, Remove) and dropped.target is not None and dropped.target.rest
        if side and isinstance(kept, Keep) and kept.spans and kept.spans[0].how in ("after", "before"):
            del reads[place - 1]


def _held_words(reads: list[Read]) -> None:
    """在最后加上“晚安”，停留四秒: how long the words are shown."""
    for place in range(len(reads) - 1, 0, -1):
        words, held = reads[place - 1].frame, reads[place].frame
        bare = (
            isinstance(held, Freeze) and held.at is None and held.target is None and held.length is not None
        )
        if (
            bare
            and isinstance(words, AddText)
            and words.words
            and words.length is None
            and words.span is None
        ):
            merged = words.model_copy(update={"length": getattr(held, "length", None)})
            reads[place - 1] = replace(reads[place - 1], frame=merged)
            del reads[place]


def _keep_that(reads: list[Read]) -> None:
    """炒菜从第5秒剪到第15秒，只留这一段: what is marked off is kept."""
    for place in range(len(reads) - 1, 0, -1):
        cut, part = reads[place - 1].frame, reads[place]
        target = getattr(part.frame, "target", None)
        that = target is not None and target.plain and target.refer == "it"
        keeps = any(item.value is Do.KEEP for item in part.clause.items)
        if not (that and keeps and isinstance(part.frame, (Spare, KeepOnly))):
            continue
        if isinstance(cut, CutOut) and cut.spans and cut.spans[-1].how == "range":
            reads[place - 1] = replace(reads[place - 1], frame=Keep(target=cut.target, spans=cut.spans))
            del reads[place]


def _also_but(reads: list[Read]) -> None:
    """ "The metro too, but only 3 seconds", 地铁也是，不过砍3秒就够了: the same of another, with its amount."""
    for place in range(len(reads) - 1, 0, -1):
        also, part = reads[place - 1].frame, reads[place]
        amount = part.frame
        if not isinstance(also, Follow) or also.way != "also" or also.target is None:
            continue
        if isinstance(amount, CutOut) and amount.assumed and amount.target is None:
            amount = Follow(length=part.clause.times.length)
        if not isinstance(amount, Follow) or amount.target is not None or amount.way not in ("", "only"):
            continue
        if amount.length is None and amount.amount.value is None:
            continue
        merged = also.model_copy(
            update={"length": amount.length, "amount": amount.amount, "like": amount.like}
        )
        reads[place - 1] = replace(reads[place - 1], frame=merged)
        del reads[place]


def _wait_for_conditions(reads: list[Read]) -> None:
    """ "If it's still over a minute, …": where that isn't understood, what depends on it isn't done."""
    for place in range(len(reads) - 1):
        condition, then = reads[place], reads[place + 1]
        if not condition.sure and any(item.marked("if") for item in condition.clause.items[:3]):
            reads[place + 1] = replace(then, frame=None, left=tuple(then.clause.items))


def _under_a_condition(reads: list[Read]) -> None:
    """ "If it's over a minute, trim it and mute it, otherwise loop it": of all that the sentence says."""
    for place in range(1, len(reads)):
        before, part = reads[place - 1], reads[place]
        condition = before.condition or there_is(before.frame)
        other = is_otherwise(part.clause.items)
        ended = any(letter in ENDS for letter in _between(before, part))
        if condition is None or part.condition is not None or (ended and not other):
            continue
        target: Target | None = getattr(part.frame, "target", None)
        if other or target is None or target.plain:
            reads[place] = replace(part, depends=otherwise(condition) if other else condition)


def _with_the_one_before(reads: list[Read], ground: Ground) -> None:
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


def _fills_the_frame(reads: list[Read]) -> None:
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


def _behind_that(reads: list[Read]) -> None:
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


def _in_turn(reads: list[Read], ground: Ground) -> None:
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


def _narrow_before(reads: list[Read]) -> None:
    """ "Make it 2x, but only from 5 to 15 s", "fade it out. 3 secs": of the wish before."""
    for place in range(len(reads) - 1, 0, -1):
        follow, frame = reads[place].frame, reads[place - 1].frame
        if not isinstance(follow, Follow) or not (follow.spans or follow.length) or frame is None:
            continue
        key = "spans" if follow.spans else "length"
        if (follow.way != "only" or not follow.spans) and follow != Follow(**{key: getattr(follow, key)}):
            continue
        if key in type(frame).model_fields and not getattr(frame, key, ()):
            merged = frame.model_copy(update={key: getattr(follow, key)})
            reads[place - 1] = replace(reads[place - 1], frame=merged)
            del reads[place]


def _go_on(reads: list[Read]) -> None:
    """宝宝睡的声音去掉，换成黑白, "mirror the second one and zoom in 20%": of what the first clause is about."""
    for place in range(1, len(reads)):
        first, frame, clause = reads[place - 1].frame, reads[place].frame, reads[place].clause
        if frame is None or first is None or frame.frame not in _GOING_ON:
            continue
        topic = getattr(first, "target", None)
        named = first.frame in _GOING_ON and topic is not None and (topic.names or topic.numbers or topic.ids)
        values = frame.data()
        ended = any(letter in ENDS for letter in _between(reads[place - 1], reads[place]))
        if (
            topic is None
            or not named
            or ended
            or values.keys() & {"target", "spans"}
            or "target" not in type(frame).model_fields
        ):
            continue
        if any(item.what == "target" for item in clause.items) or any(
            item.marked("all") for item in clause.items
        ):
            continue
        about = topic.model_copy(update={"kind": "clip" if topic.kind == "sound" else topic.kind})
        reads[place] = replace(reads[place], frame=frame.model_copy(update={"target": about}))


_GOING_ON = frozenset(
    {"mute", "set_volume", "set_speed", "grade", "reverse", "turn", "zoom", "cut_out", "keep", "fit"}
)


def _between(one: Read, other: Read) -> str:
    """What stands between two clauses."""
    if not one.clause.items or not other.clause.items:
        return ""
    return one.clause.text[one.clause.items[-1].end : other.clause.items[0].start]


def _share_owners(reads: list[Read]) -> None:
    """ "Two seconds off the start of the vows, one off the end": both are of the same clip."""
    for place in range(1, len(reads)):
        first, frame = reads[place - 1].frame, reads[place].frame
        if isinstance(first, CutOut) and isinstance(frame, CutOut) and first.target and frame.target is None:
            edges = all(span.how in ("head", "tail") for span in frame.spans)
            if edges and not any(item.what == "target" for item in reads[place].clause.items):
                reads[place] = replace(reads[place], frame=frame.model_copy(update={"target": first.target}))


def _share_lengths(reads: list[Read]) -> None:
    """ "Fade in at the start and out at the end, 2 seconds each": the length is that of all of them."""
    for place, part in enumerate(reads):
        each = any(_is_each(item) for item in part.clause.items)
        if not isinstance(part.frame, (Fade, AddText)) or not each:
            continue
        for before in range(place):
            frame = reads[before].frame
            names = ("length",) if isinstance(part.frame, Fade) else _SHARED
            if isinstance(frame, type(part.frame)) and (shared := _not_said(frame, part.frame, names)):
                reads[before] = replace(reads[before], frame=frame.model_copy(update=shared))
                if isinstance(part.frame, Fade) and part.frame.target == Target(every="all"):
                    bare: dict[str, Any] = {
                        "target": None,
                        "each": False,
                    }  # each of the fades, and not each clip
                    reads[place] = replace(part, frame=part.frame.model_copy(update=bare))
    for former, latter in pairwise(list(reads)):
        _share_fade(reads, former, latter)


_SHARED = ("length", "place", "style", "caption", "fade_in", "fade_out")


def _not_said(frame: Frame, of: Frame, names: Sequence[str]) -> dict[str, Any]:
    """What was said of one of several and not of another: "“1” on a.mp4 and “2” on b.mp4, both in yellow"."""
    usual = {name: field.default for name, field in type(frame).model_fields.items()}
    said = {name: getattr(of, name) for name in names if getattr(of, name) != usual[name]}
    return {name: value for name, value in said.items() if getattr(frame, name) == usual[name]}


def _share_fade(reads: list[Read], before: Read, part: Read) -> None:
    """ "1.5s fade in and 2.5s fade out on lofi.mp3": of the same; 音乐淡出，画面也淡出: as long."""
    first, second = before.frame, part.frame
    if not isinstance(first, Fade) or not isinstance(second, Fade):
        return
    behind = any(item.what == "target" and item.relation in ("on", "to", "for") for item in part.clause.items)
    if first.target is None and behind and first.into != second.into:
        reads[reads.index(before)] = replace(before, frame=first.model_copy(update={"target": second.target}))
    also = any(item.marked("also", "same") for item in part.clause.items)
    if also and second.length is None and first.length is not None:
        reads[reads.index(part)] = replace(part, frame=second.model_copy(update={"length": first.length}))
    elif also and first.length is None and second.length is not None:
        at = next(n for n, read in enumerate(reads) if read.frame is first)
        reads[at] = replace(reads[at], frame=first.model_copy(update={"length": second.length}))


def _share_manner(reads: list[Read]) -> None:
    """ "Captions: “1” on the first, “2” on the second": what the first is, the others are."""
    for place in range(1, len(reads)):
        first, frame = reads[place - 1].frame, reads[place].frame
        if isinstance(first, AddText) and isinstance(frame, AddText):
            bare = not any(
                item.what in ("do", "thing") and item.value is not Thing.CLIP
                for item in reads[place].clause.items
            )
            if bare and first.caption | (first.place is not None):
                shared = {"caption": first.caption, "place": frame.place or first.place}
                reads[place] = replace(reads[place], frame=frame.model_copy(update=shared))
            if (
                bare and first.over and frame.over
            ):  # "“1” on the first and “2” on the second, top left, white"
                items = reads[place].clause.items
                apart = any(item.what == "break" for item in items) or all(i.what != "colour" for i in items)
                said = _not_said(first, frame, ("place", "style") if apart else ("place",))
                reads[place - 1] = replace(reads[place - 1], frame=first.model_copy(update=said))


def _is_each(item: Item) -> bool:
    if item.what == "target":
        return item.value.every == "all" and item.value.plain and item.value.kind is None  # "each", "both"
    return item.what != "quoted" and (item.marked("all") or item.value is When.EACH)
