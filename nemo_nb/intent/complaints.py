"""What is said beside a wish of the same: a complaint that it answers, its amount, what is spared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..language.concepts import Do
from .clause import LAYING, OF_A_THING, Read
from .frames import (
    AddMusic,
    Arrange,
    Fade,
    Follow,
    Frame,
    Remove,
    Restore,
    Restyle,
    SetVolume,
    Spare,
    Talk,
)
from .lexicon import NOT
from .remarks import complains
from .shared import parted
from .slots import Amount, Target


def without_complaints(reads: Sequence[Read]) -> list[Read]:
    """ "b.mp4 is way too loud, cut its volume in half": the one says why, and of what, the other what to do."""
    found: list[Read] = []
    for read in reads:
        before = found[-1] if found else None
        between = isinstance(read.frame, Follow) and read.frame.halfway  # "too fast, meet in the middle"
        told = before is not None and between and complains(before.clause) and not _has_amount(before)
        if told or (before is not None and _answered(before, read)):
            found[-1] = read
        elif before is not None and before.sure and read.sure and _says_how_much(before.frame, read.frame):
            amount = {"amount": getattr(read.frame, "amount", None)}
            found[-1] = replace(before, frame=before.frame.model_copy(update=amount))  # type: ignore[union-attr]
        elif (
            before is None
            or before.frame is None
            or read.frame is None
            or not _of_a_kind(before.frame, read.frame)
        ):
            found.append(read)
        elif complains(read.clause) and not _has_amount(read):
            continue
        elif (
            complains(before.clause)
            and not _has_amount(before)
            and not any(i.value is Do.SET for i in before.clause.items)
        ) or (read.sure and _says_how_much(before.frame, read.frame)):
            target = _of_whom(before)
            mine = getattr(read.frame, "target", None)
            if target is not None and (mine is None or (mine.plain and mine.refer == "it")):
                read = replace(read, frame=read.frame.model_copy(update={"target": target}))
            found[-1] = read
        else:
            found.append(read)
    return found


def _has_amount(read: Read) -> bool:
    """ "The music is too loud, down 6 dB": a wish, whatever else is said of sounds."""
    amount: Amount | None = getattr(read.frame, "amount", None)
    return amount is not None and amount.value is not None


def _of_whom(complaint: Read) -> Target | None:
    """ "The stage is too loud compared with the interview": of the stage."""
    target: Target | None = getattr(complaint.frame, "target", None)
    first = next((item.value for item in complaint.clause.items if item.what == "target"), None)
    several = target is not None and len(target.names) > 1
    return first if several and isinstance(first, Target) and len(first.names) == 1 else target


def _says_how_much(vague: Frame | None, exact: Frame | None) -> bool:
    """ "It needs to be louder. Double it", "quieter. Say half": the second is the amount of the first."""
    if vague is None or exact is None:
        return False
    amounts: list[Amount | None] = [getattr(frame, "amount", None) for frame in (vague, exact)]
    bare_amount = isinstance(exact, Follow) and exact == Follow(target=exact.target, amount=exact.amount)
    if (vague.frame != exact.frame and not bare_amount) or not all(amounts):
        return False
    target: Target | None = getattr(exact, "target", None)
    bare = target is None or target.only_it
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


def with_what_is_spared(reads: Sequence[Read]) -> list[Read]:
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
        ended = parted(before, part)
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


def with_its_music(reads: Sequence[Read]) -> list[Read]:
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
