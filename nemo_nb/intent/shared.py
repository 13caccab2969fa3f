"""What clauses share: the clip, the length, the manner; and what narrows the wish before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from ..language.concepts import Do, Thing, When
from .clause import Read
from .frames import (
    AddText,
    Arrange,
    Cover,
    CutOut,
    Fade,
    Follow,
    Frame,
    Keep,
    KeepOnly,
    Overlay,
    Remove,
    Restyle,
    Retime,
    Spare,
)
from .items import ENDS, Item
from .slots import Span, Style, Target


def without_the_side(reads: list[Read]) -> None:
    """ "Drop all that comes before, start where it's slow", 前面全剪了，从慢放开始: both say the same."""
    for place in range(len(reads) - 1, 0, -1):
        dropped, kept = reads[place - 1].frame, reads[place].frame
        side = isinstance(dropped, Remove) and dropped.target is not None and dropped.target.rest
        if side and isinstance(kept, Keep) and kept.spans and kept.spans[0].how in ("after", "before"):
            del reads[place - 1]


def keep_that(reads: list[Read]) -> None:
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


def also_but(reads: list[Read]) -> None:
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


def narrow_before(reads: list[Read]) -> None:
    """ "Make it 2x, but only from 5 to 15 s", "fade it out. 3 secs": of the wish before."""
    for place in range(len(reads) - 1, 0, -1):
        follow, frame = reads[place].frame, reads[place - 1].frame
        if not isinstance(follow, Follow) or not (follow.spans or follow.length) or frame is None:
            continue
        key = "spans" if follow.spans else "length"
        if (follow.way != "only" or not follow.spans) and follow != Follow(**{key: getattr(follow, key)}):
            continue
        theirs, mine = follow.target, getattr(frame, "target", None)
        if theirs is not None and (theirs.names or theirs.numbers) and theirs != mine:
            continue  # "(slow mo on a,) and b only the middle 8 seconds"
        if key in type(frame).model_fields and not getattr(frame, key, ()):
            merged = frame.model_copy(update={key: getattr(follow, key)})
            reads[place - 1] = replace(reads[place - 1], frame=merged)
            more = follow.model_copy(update={key: type(getattr(follow, key))(), "way": "", "target": None})
            if more == Follow():
                del reads[place]
            else:  # "… only the part after the title, at 30%"
                reads[place] = replace(reads[place], frame=more)


def keep_of_the_same(reads: list[Read]) -> None:
    """ "The beach to the front, only keep the second half", 只要后半段: half of that clip, not of the film."""
    for place in range(1, len(reads)):
        first, kept = reads[place - 1].frame, reads[place].frame
        topic: Target | None = getattr(first, "target", None) or next(iter(getattr(first, "files", ())), None)
        one = topic is not None and len(topic.names) + len(topic.numbers) == 1 and topic.every is None
        if (
            not isinstance(kept, Keep)
            or kept.target is not None
            or not one
            or parted(*reads[place - 1 : place + 1])
        ):
            continue
        if kept.spans and all(_is_a_share(span) for span in kept.spans):
            reads[place] = replace(reads[place], frame=kept.model_copy(update={"target": topic}))


def _is_a_share(span: Span) -> bool:
    return any(edge.share is not None or edge.edge == "middle" for edge in (span.start, span.end))


def fade_the_same(reads: list[Read]) -> None:
    """ "The slide 1 s earlier and fading in": it is the slide that does, and not the film."""
    for place in range(1, len(reads)):
        first, fade = reads[place - 1].frame, reads[place].frame
        topic: Target | None = getattr(first, "target", None)
        ended = parted(reads[place - 1], reads[place])
        moved = isinstance(first, (Retime, Arrange, Restyle)) and topic is not None and not ended
        bare = isinstance(fade, Fade) and fade == Fade(
            into=fade.into,
            out=fade.out,
            length=fade.length,
            in_length=fade.in_length,
            out_length=fade.out_length,
        )
        if moved and bare and isinstance(fade, Fade):
            reads[place] = replace(reads[place], frame=fade.model_copy(update={"target": topic}))


def go_on(reads: list[Read]) -> None:
    """宝宝睡的声音去掉，换成黑白, "mirror the second one and zoom in 20%": of what the first clause is about."""
    for place in range(1, len(reads)):
        first, frame, clause = reads[place - 1].frame, reads[place].frame, reads[place].clause
        if frame is None or first is None or frame.frame not in _GOING_ON:
            continue
        topic = getattr(first, "target", None)
        named = first.frame in _GOING_ON and topic is not None and (topic.names or topic.numbers or topic.ids)
        values = frame.data()
        ended = parted(reads[place - 1], reads[place])
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


def between(one: Read, other: Read) -> str:
    """What stands between two clauses."""
    if not one.clause.items or not other.clause.items:
        return ""
    return one.clause.text[one.clause.items[-1].end : other.clause.items[0].start]


def parted(one: Read, other: Read) -> bool:
    """Whether a sentence ends between two clauses."""
    return any(letter in ENDS for letter in between(one, other))


def share_owners(reads: list[Read]) -> None:
    """ "Two seconds off the start of the vows, one off the end": both are of the same clip."""
    for place in range(1, len(reads)):
        first, frame = reads[place - 1].frame, reads[place].frame
        if isinstance(first, CutOut) and isinstance(frame, CutOut) and first.target and frame.target is None:
            edges = all(span.how in ("head", "tail") for span in frame.spans)
            if edges and not any(item.what == "target" for item in reads[place].clause.items):
                reads[place] = replace(reads[place], frame=frame.model_copy(update={"target": first.target}))


def share_lengths(reads: list[Read]) -> None:
    """ "Fade in at the start and out at the end, 2 seconds each": the length is that of all of them."""
    for place, part in enumerate(reads):
        each = any(_is_each(item) for item in part.clause.items)
        if not isinstance(part.frame, (Fade, AddText)) or not each:
            continue
        for before in range(place):
            frame = reads[before].frame
            names = ("length",) if isinstance(part.frame, Fade) else _SHARED
            if (
                isinstance(frame, AddText)
                and isinstance(part.frame, AddText)
                and frame.over
                and part.frame.over
            ):
                names = (*names, "span")  # "…, the first 2 seconds of each"
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
    _share_shown(reads)


def _share_shown(reads: list[Read]) -> None:
    """ "The vase at 20 s, the mosaic at 40 and the helmet at 60, six seconds each"."""
    last = reads[-1] if reads else None
    length = getattr(last.frame, "length", None) if last else None
    if last is None or length is None or not isinstance(last.frame, (Overlay, Cover, Follow)):
        return
    if not any(a.what == "time" and _is_each(b) for a, b in pairwise(last.clause.items)):
        return
    for place in range(len(reads) - 2, -1, -1):
        frame = reads[place].frame
        if not isinstance(frame, (Overlay, Cover, Follow)) or frame.at is None or frame.length is not None:
            break
        reads[place] = replace(reads[place], frame=frame.model_copy(update={"length": length}))


def styled_alike(reads: list[Read]) -> None:
    """ "“a” from 1 to 3 and “b” from 5 to 7, same look, pink", "…, both in red": of all of these titles."""
    for place in range(len(reads) - 1, 0, -1):
        last, start = reads[place].frame, _first_text(reads, place)
        same = any(item.marked("same") or _is_each(item) for item in reads[place].clause.items)
        if not same or start == place or not isinstance(last, (AddText, Follow)) or not last.style.some:
            continue
        look = last.style
        if isinstance(last, Follow):
            if last != Follow(style=look, like=last.like, way=last.way, target=last.target):
                continue
            del reads[place]
        elif last.over is not None and last.over.plain and last.over.kind is None:
            reads[place] = replace(reads[place], frame=last.model_copy(update={"over": None}))  # "both"
        _style(reads, range(start, place), look)


def a_look_for_all(reads: list[Read]) -> None:
    """ "“a” from 2 to 5, then “b” from 6 to 9. White with a black box": what says only how is said of all of them."""
    for place in range(len(reads) - 1, 1, -1):
        look, start = reads[place].frame, _first_text(reads, place)
        if not isinstance(look, Follow) or look.target not in (None, Target(refer="them")):
            continue
        if not look.style.some or look != Follow(style=look.style, target=look.target):
            continue
        texts = [read.frame for read in reads[start:place] if isinstance(read.frame, AddText)]
        if len(texts) > 1 and not any(text.style.some for text in texts):
            _style(reads, range(start, place), look.style)
            del reads[place]


def _first_text(reads: Sequence[Read], place: int) -> int:
    """Where the texts begin that are added one after the other up to a place."""
    while place and isinstance(reads[place - 1].frame, AddText):
        place -= 1
    return place


def _style(reads: list[Read], places: Iterable[int], look: Style) -> None:
    for place in places:
        text = reads[place].frame
        if isinstance(text, AddText) and not text.style.some:
            reads[place] = replace(reads[place], frame=text.model_copy(update={"style": look}))


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


def share_manner(reads: list[Read]) -> None:
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
