"""What a message means after the ones before: what it changes, repeats, narrows or answers.

A follow-up never glues sentences together: it fills or replaces slots of the frame that it follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..draft import Segment
from . import frames as f
from .frames import Follow, Frame, frame_of
from .memory import Deed, Memory
from .patching import STRUCTURAL, absolute, filled
from .resolve import ABOVE, ALL_KINDS, Found, Ground
from .slots import Amount, Length, Moment, Span, Style, Target, edge_of

_BETWEEN = frozenset({"fade", "transition"})


_LONGEST_FADE = 5000  # ms; "make it 8 seconds" after a fade is about the video


@dataclass(frozen=True)
class Settled:
    """What a follow-up came to. `again`: the last turn is taken back first, and its frames are `frames` now."""

    frames: tuple[Frame, ...]
    again: bool = False


def settle(
    follow: Follow, memory: Memory, ground: Ground, *, earlier: tuple[Deed, ...] = ()
) -> Settled | None:
    """The frames that a follow-up stands for; None where it follows nothing.

    `earlier` are the deeds of this same message.
    """
    if follow.halfway:
        return None  # nothing was changed that can be measured
    deeds = earlier or memory.last_deeds
    if not deeds:
        return _alone(follow, ground)
    here = bool(earlier)
    if here and follow == Follow(target=Target(kind="video", every="all")):
        return Settled(())  # "same for that one, but the whole clip"
    if follow.shift_ms is not None:
        return _shifted(follow, deeds, ground, here=here)
    follow = _louder(follow, deeds[-1])
    if (level := _same_level(follow, deeds, ground)) is not None:
        return Settled((level,))
    deed = _fitting(follow, deeds if here else (*_older(memory), *deeds), deeds)
    if follow.like and deed.frame["frame"] != follow.like:
        return None  # "the same speed", where none was set
    frame = frame_of(deed.frame)
    if (corrected := _another_number(follow, deed, ground)) is not None:
        return Settled((corrected,))
    if follow.way == "instead" and follow.looks and follow.target is None and (gone := look_gone(deed)):
        new = f.Grade(target=Target(ids=deed.ids), looks=follow.looks, amount=follow.amount)
        return Settled((gone, new))
    if not deed.turn:
        follow = _in_seconds(follow, frame)
    follow = _one_for_another(follow, frame, deed, ground)
    if follow.way == "except" and follow.target is None and follow.spans:
        kept = tuple(frame_of(other.frame) for other in deeds if other is not deed)
        return Settled(kept, again=True) if not here and getattr(frame, "spans", ()) == follow.spans else None
    if (half := _other_half(follow, frame)) is not None and not deed.turn and not here:
        return Settled(tuple(half if other is deed else frame_of(other.frame) for other in deeds), again=True)
    if not here and (alike := _as_far(follow, deed, memory, ground)) is not None:
        return Settled((alike,))
    if not here and (copied := _all_of_it(follow, deeds, ground)):
        return Settled(copied)
    if deed.ids and (beside := _beside(follow, frame, deed, ground)) is not None:
        return Settled((beside,))
    if (there := _other_edge(follow, frame)) is not None:
        return Settled((there,))
    if (behind := _behind(follow, frame, deed, ground)) is not None:
        return Settled((behind,))
    if follow.way == "only" and (part := _of_a_file(follow, ground)) and not _touched(follow, deeds, ground):
        return Settled(part)
    if follow.way in ("except", "only") and follow.target is not None:
        return _narrowed(follow, deed, deeds, memory, ground, here=here)
    if follow.amount.normal and (aspect := f.ASPECTS.get(frame.frame)):
        return Settled((f.Restore(target=follow.target or Target(ids=deed.ids), aspects=(aspect,)),))
    if frame.frame in _BETWEEN and follow.length is not None and follow.length.ms > _LONGEST_FADE:
        return (
            Settled((f.Fit(length=follow.length),)) if follow.target is None or follow.target.plain else None
        )
    of_music = follow.target is not None and follow.target.kind == "music" and deed.kind != "music"
    if (isinstance(frame, f.AddMusic) or of_music) and (moved := _of_itself(follow, deed, ground)):
        return Settled(moved)
    patched = filled(frame, follow, deed)
    if patched is None:
        generic = _generic(follow, deed, ground) or _of_a_file(follow, ground)
        return Settled(generic) if generic else None
    adds = (
        follow.way == "also"
        or here
        or (follow.way == "" and follow.target is not None and not absolute(follow))
        or (frame.frame == "fit" and follow.way == "" and _of_another(follow, deed, ground))
        or (isinstance(patched, f.Fit) and follow.amount.up is False)
    )
    bare = follow == Follow(target=follow.target) and not here
    cuts = frame.frame in ("cut_out", "keep", "fit", "remove") and not deed.turn
    pronoun = follow.target is not None and follow.target == Target(refer=follow.target.refer)
    if bare and (pronoun or (frame.frame in STRUCTURAL and not cuts)):
        return None  # "bit long, the drone": no second title for it; "leave it": not once more
    if deed.turn and not adds:
        generic = _generic(follow, deeds[-1], ground) or _of_a_file(follow, ground)
        return Settled(generic) if generic else None
    narrows = follow.way == "only" and bool(follow.spans)
    if (
        narrows
        or (follow.target is not None and follow.way == "instead")
        or (frame.frame in STRUCTURAL and not adds)
    ):
        if here:
            return Settled((patched,))
        kept = tuple(frame_of(other.frame) if other is not deed else patched for other in deeds)
        return Settled(kept, again=True)
    return Settled((patched,))


def _shifted(follow: Follow, deeds: tuple[Deed, ...], ground: Ground, *, here: bool) -> Settled | None:
    """ "And two seconds earlier": what lies over the picture goes there; a freeze or a split is made then instead."""
    deed = deeds[-1]
    if follow != Follow(target=follow.target, shift_ms=follow.shift_ms, way=follow.way, then=follow.then):
        return None
    target = follow.target or Target(ids=tuple(i for i in deed.ids if i in ground.by_id))
    found = ground.find(target, ALL_KINDS)
    if isinstance(found, Found) and all(ground.kinds[i] in ABOVE for i in found.ids):
        return Settled((f.Retime(target=Target(ids=found.ids), shift_ms=follow.shift_ms),))
    frame, shift = frame_of(deed.frame), follow.shift_ms or 0
    if follow.target is not None or here or not isinstance(frame, (f.Freeze, f.Split)) or not frame.at:
        return None
    if isinstance(frame, f.Freeze):
        frame = frame.model_copy(update={"at": _later(frame.at or Moment(), shift)})
    else:
        frame = frame.model_copy(update={"at": tuple(_later(moment, shift) for moment in frame.at)})
    return Settled(tuple(frame if other is deed else frame_of(other.frame) for other in deeds), again=True)


def _later(moment: Moment, ms: int) -> Moment:
    return moment.model_copy(update={"ms": moment.ms + ms})


def _of_itself(follow: Follow, deed: Deed, ground: Ground) -> tuple[Frame, ...]:
    """ "The music should start at the summit", after it was put elsewhere: it goes there, and isn't added again."""
    found = ground.find(follow.target, ("music",)) if follow.target is not None else None
    if (
        not isinstance(found, Found)
        or follow.way
        or (deed.kind == "music" and not set(found.ids) <= set(deed.ids))
    ):
        return ()
    return (
        _retimed(follow, follow.target)
        if follow == Follow(target=follow.target, at=follow.at, spans=follow.spans, length=follow.length)
        else ()
    )


def _touched(follow: Follow, deeds: tuple[Deed, ...], ground: Ground) -> bool:
    """ "Only the first half of the beach", where the beach was just made brighter: that is narrowed, nothing is cut."""
    found = ground.find(follow.target) if follow.target is not None else None
    ids = set(found.ids) if isinstance(found, Found) else set()
    return follow.length is None and any(ids & set(deed.ids) for deed in deeds)


def _of_another(follow: Follow, deed: Deed, ground: Ground) -> bool:
    """ "The dog 3 seconds", after the kid was cut to 5: of another clip than that one."""
    found = ground.find(follow.target) if follow.target is not None and follow.target.names else None
    return isinstance(found, Found) and not set(found.ids) & set(deed.ids)


def _same_level(follow: Follow, deeds: tuple[Deed, ...], ground: Ground) -> Frame | None:
    """ "The other at the same speed", "same volume for c": what the thing spoken of has now, however it came to it."""
    if follow.way != "also" or follow.target is None or follow.like not in ("set_speed", "set_volume"):
        return None
    if follow != Follow(target=follow.target, way="also", like=follow.like, then=follow.then):
        return None
    there = [ground.by_id[i] for deed in reversed(deeds) for i in deed.ids if i in ground.by_id]
    model = next((item for item in there if item.kind in ("video", "audio")), None)
    if model is None:
        return None
    if follow.like == "set_speed":
        return f.SetSpeed(target=follow.target, amount=Amount(value=model.speed, unit="factor", way="to"))
    return f.SetVolume(target=follow.target, amount=Amount(value=model.volume, unit="share", way="to"))


def _in_seconds(follow: Follow, frame: Frame) -> Follow:
    """ "I meant the first 5", "no, 3 seconds", after "the last 5 seconds": as much of that edge."""
    spans: tuple[Span, ...] = getattr(frame, "spans", ())
    edged = (
        len(spans) == 1 and spans[0].how in ("head", "tail") and not spans[0].start.of and not spans[0].end.of
    )
    if edged and follow.length is not None and follow.target is None and not follow.at and not follow.spans:
        return follow.model_copy(
            update={"length": None, "spans": (edge_of(spans[0].how == "head", follow.length.ms),)}
        )
    target = follow.target
    counted = target is not None and target.first and target == Target(first=target.first)
    if (
        target is None
        or not counted
        or follow.spans
        or len(spans) != 1
        or spans[0].how not in ("head", "tail")
    ):
        return follow
    span = edge_of(target.first > 0, abs(target.first) * 1000)
    return follow.model_copy(update={"target": None, "spans": (span,)})


def look_gone(deed: Deed) -> Frame | None:
    """ "No, sepia instead", after something was made black and white: what takes that look away."""
    frame = frame_of(deed.frame)
    if not isinstance(frame, f.Grade) or frame.off or not frame.looks or not deed.ids:
        return None
    return f.Grade(target=Target(ids=deed.ids), looks=frame.looks, off=True)


def _another_number(follow: Follow, deed: Deed, ground: Ground) -> Frame | None:
    """ "Oh sorry, 2025", after the title “Easter 2024”: the number in the words, and no time."""
    target, value = follow.target, follow.amount.value
    bare = (
        follow == Follow(target=target, way=follow.way, amount=follow.amount)
        and follow.amount.unit == "number"
    )
    if value is None or not bare or (target is not None and not target.plain):
        return None
    new = f"{value:g}"
    told = (ground.by_id[i].text for i in deed.ids if i in ground.by_id)
    old = [number for text in told for number in re.findall(r"\d+", text) if len(number) == len(new) > 2]
    return f.ChangeText(target=Target(ids=deed.ids), old=old[0], words=new) if len(old) == 1 else None


def _one_for_another(follow: Follow, frame: Frame, deed: Deed, ground: Ground) -> Follow:
    """ "Not the first, the second", after the first and the third were: the third stays."""
    old: Target | None = getattr(frame, "target", None)
    refused, wanted = follow.refused, follow.target
    if refused is None or wanted is None or old is None:
        return follow
    for slot in ("numbers", "names"):
        said, aside, new = (getattr(target, slot) for target in (old, refused, wanted))
        if aside and new and set(aside) < set(said):
            kept = (*(one for one in said if one not in aside), *new)
            return follow.model_copy(update={"target": old.model_copy(update={slot: kept})})
    gone, here = (ground.find(target, ALL_KINDS) for target in (refused, wanted))
    if isinstance(gone, Found) and isinstance(here, Found) and set(gone.ids) < set(deed.ids):
        ids = (*(i for i in deed.ids if i not in gone.ids), *here.ids)
        return follow.model_copy(update={"target": Target(ids=ids)})
    return follow


def _louder(follow: Follow, last: Deed) -> Follow:
    """再大一点, after 声音大一点: more of the same, and nothing larger."""
    bigger = follow.style.bigger
    if last.frame["frame"] != "set_volume" or not bigger or follow.style != Style(bigger=bigger):
        return follow
    amount = follow.amount if follow.amount.up is not None else Amount(up=bigger > 0, step="bit")
    return follow.model_copy(update={"style": Style(), "amount": amount})


def _as_far(follow: Follow, deed: Deed, memory: Memory, ground: Ground) -> Frame | None:
    """ "The dinner too", after one clip was made slower and slower: as slow as that is now, and not one step slower."""
    before = next((older for older in memory.deeds if older.turn == deed.turn + 1), None)
    steps = before is not None and (before.frame["frame"], before.ids) == (deed.frame["frame"], deed.ids)
    bare = follow.target is not None and follow == Follow(target=follow.target, way="also")
    now = ground.by_id.get(deed.ids[0]) if len(deed.ids) == 1 else None
    if not steps or not bare or now is None or deed.frame.get("amount", {}).get("value") is not None:
        return None
    if deed.frame["frame"] == "set_speed":
        return f.SetSpeed(target=follow.target, amount=Amount(value=now.speed, unit="factor", way="to"))
    if deed.frame["frame"] == "set_volume":
        return f.SetVolume(target=follow.target, amount=Amount(value=now.volume, unit="share", way="to"))
    if deed.frame["frame"] == "grade":
        return f.Grade(target=follow.target, like=Target(ids=deed.ids))
    found = ground.find(follow.target)
    if deed.frame["frame"] == "turn" and isinstance(found, Found) and len(found.segments) == 1:
        turned = (now.meta.get("rotation", 0) - found.segments[0].meta.get("rotation", 0)) % 360
        return f.Turn(target=follow.target, degrees=turned)
    return None


def _all_of_it(follow: Follow, deeds: tuple[Deed, ...], ground: Ground) -> tuple[Frame, ...]:
    """ "Do the same with that other photo": all that the last message did to one thing."""
    frames = [frame_of(deed.frame) for deed in deeds]
    one = len(deeds) > 1 and bool(deeds[0].ids) and all(deed.ids == deeds[0].ids for deed in deeds)
    alike = one and all(
        "target" in type(frame).model_fields and frame.frame not in STRUCTURAL for frame in frames
    )
    if not alike or follow.target is None or follow != Follow(target=follow.target, way="also"):
        return ()
    found = ground.find(follow.target, ALL_KINDS)
    target = Target(ids=found.ids) if isinstance(found, Found) else follow.target
    return tuple(frame.model_copy(update={"target": target}) for frame in frames)


def _other_edge(follow: Follow, frame: Frame) -> Frame | None:
    """ "(Cut 4 seconds off the start of the lecture.) And the same at the end": as much there."""
    spans: tuple[Span, ...] = getattr(frame, "spans", ())
    at = follow.at
    bare = (
        at is not None and follow == Follow(at=at, way=follow.way) and follow.way == "also" and at.of is None
    )
    if not bare or at is None or at.ms or at.share or not isinstance(frame, f.CutOut) or len(spans) != 1:
        return None
    how, length = spans[0].how, abs(spans[0].end.ms - spans[0].start.ms)
    if (how, at.edge) not in (("head", "end"), ("tail", "start")) or not length:
        return None
    return frame.model_copy(update={"spans": (edge_of(at.edge == "start", length),)})


def _behind(follow: Follow, frame: Frame, deed: Deed, ground: Ground) -> Frame | None:
    """ "(Start with the trophy.) Then the goal": it comes behind what was placed."""
    target = follow.target
    placed = isinstance(frame, (f.Insert, f.Move)) and bool(deed.ids) and deed.kind == "clip"
    if not placed or target is None or follow != Follow(target=target, then=True) or not target.names:
        return None
    found = ground.find(target, ("clip",))
    return f.Move(target=target, after=Target(ids=deed.ids[-1:])) if isinstance(found, Found) else None


def _beside(follow: Follow, frame: Frame, deed: Deed, ground: Ground) -> Frame | None:
    """ "And after that the fox one, just as long": another picture over the picture, before or after the last one."""
    target, last = follow.target, ground.by_id.get(deed.ids[-1])
    if not isinstance(frame, (f.Cover, f.Overlay)) or target is None or last is None:
        return None
    assets = [ground.asset(name, "video", "image") for name in target.names]
    new = len(assets) == 1 and assets[0] is not None and assets[0].asset != last.asset
    side = (
        follow.at.edge if follow.at is not None and follow.at.of is not None else "end" if follow.then else ""
    )
    plain = not (follow.spans or follow.place or follow.looks or follow.amount.value or follow.style.some)
    if not new or not plain or not side or follow.way not in ("", "also"):
        return None
    length = follow.length or Length(ms=last.duration_ms)
    start = last.end_ms if side == "end" else last.start_ms - length.ms
    values = {"file": target, "over": None, "span": None, "at": Moment(ms=start), "length": length}
    return frame.model_copy(
        update={key: value for key, value in values.items() if key in type(frame).model_fields}
    )


def _other_half(follow: Follow, frame: Frame) -> Frame | None:
    """ "No, the first one", after "speed the second half up": the other stretch of the same length."""
    spans: tuple[Span, ...] = getattr(frame, "spans", ())
    target = follow.target
    if follow.way != "instead" or target is None or len(spans) != 1:
        return None
    other = other_half(spans[0], target)
    return frame.model_copy(update={"spans": (other,)}) if other is not None else None


def other_half(span: Span, target: Target) -> Span | None:
    """ "The second", after "the first half", and the other way round."""
    if target.kind is not None or target.names:
        return None
    middle = Moment(share=0.5)
    if target.numbers == (1,) and span.how == "tail" and _is_middle(span.start):
        return Span(start=Moment(), end=middle, how="head")
    if target.numbers in ((2,), (-1,)) and span.how == "head" and _is_middle(span.end):
        return Span(start=middle, end=Moment(edge="end"), how="tail")
    return None


def _is_middle(moment: Moment) -> bool:
    return not moment.ms and (moment.edge == "middle" or moment.share in (0.5, -0.5))


def _older(memory: Memory) -> tuple[Deed, ...]:
    """The deeds of the turns before the last one, the oldest first."""
    return tuple(sorted((deed for deed in memory.deeds if deed.turn), key=lambda deed: -deed.turn))


def _fitting(follow: Follow, deeds: tuple[Deed, ...], last: tuple[Deed, ...]) -> Deed:
    """Of the deeds the one that the follow-up is about: the last that has a use for what it says."""
    spanned = [deed for deed in deeds if deed.frame.get("spans")] if follow.spans and not follow.like else []
    for deed in (*reversed(spanned), *reversed(deeds)):
        if follow.like and deed.frame["frame"] != follow.like:
            continue
        if filled(frame_of(deed.frame), follow, deed) is not None:
            return deed
    return last[-1]


def _alone(follow: Follow, ground: Ground) -> Settled | None:
    """Without anything before it: a target and an amount, a place or a look may be enough."""
    if follow.target is None:
        return None
    generic = _generic(follow, Deed(frame={"frame": "talk"}, kind=""), ground) or _of_a_file(follow, ground)
    return Settled(generic) if generic else None


def _of_a_file(follow: Follow, ground: Ground) -> tuple[Frame, ...]:
    """ "The chart from 0:30 to 0:36", "kid for 5 seconds", "the plan twice as long": when a photo is seen that waits,
    and how much of a clip is.
    """
    target, amount = follow.target, follow.amount
    told = follow.model_copy(update={"amount": Amount(), "timed": False, "then": False})
    if told.way == "only":
        told = told.model_copy(update={"way": ""})  # "only 6 seconds of the living room"
    if target is None or not target.names:
        return ()
    waiting = ground.waiting("image")
    if ground.clips and all(ground.asset(name, "image") in waiting for name in target.names):
        how = follow.spans[0].how if len(follow.spans) == 1 else ""
        if (
            how in ("head", "tail")
            and told == Follow(target=target, spans=follow.spans)
            and amount == Amount()
        ):
            edge = follow.spans[0].end if how == "head" else follow.spans[0].start
            length = Length(ms=abs(edge.ms), share=abs(edge.share))
            return (f.Insert(files=(target,), place=1 if how == "head" else -1, length=length),)
        seen = f.Cover(file=target, span=next(iter(follow.spans), None), at=follow.at, length=follow.length)
        timed = len(follow.spans) == 1 or (follow.at is not None and follow.at.ms)
        plain = told == Follow(target=target, spans=follow.spans, at=follow.at, length=follow.length)
        return (seen,) if timed and plain and amount == Amount() else ()
    found = ground.find(target, ("clip",))
    if (
        isinstance(found, Found)
        and follow.way == "only"
        and told == Follow(target=target, spans=follow.spans)
    ):
        return (f.Keep(target=target, spans=follow.spans),) if follow.spans else ()
    if not isinstance(found, Found) or told != Follow(target=target, length=follow.length):
        return ()
    if follow.length is not None and amount.value is None:
        return (f.Fit(target=target, length=follow.length, cuts=False),)
    halved = amount.unit == "share" and (amount.value or 1) < 1
    doubled = follow.timed and (
        halved or (amount.unit == "factor" and all(item.kind == "image" for item in found.segments))
    )
    times = Length(share=amount.value or 0)
    return (f.Fit(target=target, length=times),) if (doubled or halved) and follow.length is None else ()


def _narrowed(
    follow: Follow, deed: Deed, deeds: tuple[Deed, ...], memory: Memory, ground: Ground, *, here: bool
) -> Settled | None:
    """ "except the sunset one", "only the first": of what was done to some, the rest, or these, stay done."""
    found = ground.find(follow.target, ALL_KINDS)
    if not isinstance(found, Found):
        return Settled((f.Restore(target=follow.target),))
    wanted = set(found.ids)
    heard = follow.target is not None and follow.target.kind == "sound"
    lies = deed.kind in ABOVE and not (deed.turn or heard or wanted & set(deed.ids))
    if lies and follow.way == "only" and all(ground.kinds[i] == "clip" for i in wanted):
        span = Span(start=Moment(of=follow.target), end=Moment(edge="end", of=follow.target), how="during")
        return Settled((f.Retime(target=Target(ids=deed.ids), span=span),))  # "only during the lobby"
    if frame_of(deed.frame).frame == "transition" and len(wanted) == 2:
        wanted = {max(found.segments, key=lambda item: item.start_ms).id}  # what lies between them
    holder = next((d for d in (*deeds, *memory.deeds) if wanted & set(d.ids)), deed)
    frame = frame_of(holder.frame)
    if follow.way == "except" and (absolute(follow) or follow.spans or follow.at):
        return None
    kept = tuple(i for i in holder.ids if (i in wanted) is (follow.way == "only"))
    if follow.way == "except" and not wanted & set(holder.ids):
        if (around := _around(found.segments, holder, ground)) is not None:
            return Settled((around,))
        return Settled(()) if here and holder.kind in ("clip", "") else None
    if holder.turn == 0 and not here and kept and "target" in type(frame).model_fields:
        clips = follow.way == "only" and frame.frame == "transition"  # "only between the first two"
        old: Target | None = getattr(frame, "target", None)
        rest = Target(ids=kept)
        if follow.way == "except" and old is not None and old.but is None and not old.ids and not old.refer:
            rest = old.model_copy(update={"but": follow.target})  # "each clip" stays "each clip but that one"
        narrowed = frame.model_copy(update={"target": follow.target if clips else rest})
        return Settled(tuple(narrowed if d is holder else frame_of(d.frame) for d in deeds), again=True)
    spared = (
        Target(ids=tuple(i for i in holder.ids if i not in kept)) if follow.way == "only" else follow.target
    )
    aspect = f.ASPECTS.get(frame.frame)
    return Settled((f.Restore(target=spared, aspects=(aspect,) if aspect else ()),))


def _around(spared: Sequence[Segment], deed: Deed, ground: Ground) -> Frame | None:
    """ "The logo the whole time, not on the intro": it goes where that is."""
    above = ground.by_id.get(deed.ids[-1]) if deed.ids and deed.kind in ABOVE else None
    if above is None or any(ground.kinds[item.id] != "clip" for item in spared):
        return None
    spans = [Span(start=Moment(ms=item.start_ms), end=Moment(ms=item.end_ms)) for item in spared]
    return f.Remove(target=Target(ids=(above.id,)), spans=tuple(spans))


def _generic(follow: Follow, deed: Deed, ground: Ground) -> tuple[Frame, ...]:
    """What a follow-up means by itself: a colour of a text restyles it, a percentage of music is its volume."""
    target = follow.target or (Target(ids=deed.ids) if deed.ids else None)
    kind = deed.kind
    if follow.target is not None and follow.target.kind in (
        *ABOVE,
        "sound",
    ):  # which stands nowhere on the canvas
        kind = follow.target.kind
    elif follow.target is not None and follow.target.names:
        kinds = ground.could_be(follow.target)
        kind = next(iter(kinds)) if len(kinds) == 1 else ""  # "the walk at half", after some music was added
    if kind in ("text", "caption", "logo", "b-roll") and (above := _of_what_lies_above(follow, target, kind)):
        return above
    if follow.looks:
        clip = target if kind in ("clip", "b-roll", "") else None
        if follow.at is not None:
            return ()  # "start the match in black and white"
        return (f.Grade(target=clip, looks=follow.looks, amount=follow.amount, spans=follow.spans),)
    if follow.type is not None:
        if follow.spans or follow.at:
            return ()
        between = follow.target if follow.target is not None and not follow.target.plain else None
        return (f.Transition(target=between, type=follow.type, length=follow.length),)
    amount = follow.amount
    if follow.timed:
        return ()
    if (
        deed.frame.get("frame") in ("mute", "set_volume")
        and amount.value is not None
        and kind in ("clip", "sound")
    ):
        return (f.SetVolume(target=target, amount=amount),)  # "it can have its sound back, at half"
    if kind == "music" and (amount.value is not None or amount.up is not None):
        since = (Span(start=follow.at, end=Moment(edge="end"), how="after"),) if follow.at is not None else ()
        return (f.SetVolume(target=target, amount=amount, spans=follow.spans or since),)
    timed = follow.spans or follow.at or follow.length
    if kind in ("text", "caption") and amount.up is not None and amount.value is None and not timed:
        return (f.Restyle(target=target, style=Style(bigger=1 if amount.up else -1)),)
    if kind == "logo" and amount.value is not None and amount.unit == "factor":
        return (f.Arrange(target=target, times=amount.value),)
    if kind == "logo" and amount.value is not None:
        return (f.Arrange(target=target, scale=amount.value),)
    if kind in ("text", "caption", "music", "logo", "b-roll"):
        return _retimed(follow, target)
    return ()


def _of_what_lies_above(follow: Follow, target: Target | None, kind: str) -> tuple[Frame, ...]:
    """ "Top left, small, until 0:08": the words, the look, the place and the time of a title or a logo."""
    found: list[Frame] = []
    if kind in ("text", "caption"):
        if follow.words is not None:
            span = follow.spans[0] if follow.spans else None
            found.append(f.ChangeText(target=target, words=follow.words, style=follow.style, span=span))
            follow = follow.model_copy(update={"spans": ()})  # "from 0:18 on it should say …"
        elif follow.style.some:
            found.append(f.Restyle(target=target, style=follow.style))
        if follow.place is not None:
            found.append(f.Arrange(target=target, place=follow.place))
    elif (
        follow.words is None
        and follow.style == Style(bigger=follow.style.bigger)
        and (follow.place is not None or follow.style.bigger)
    ):
        found.append(f.Arrange(target=target, place=follow.place, bigger=follow.style.bigger))
    return (*found, *_retimed(follow, target)) if found else ()


def _retimed(follow: Follow, target: Target | None) -> tuple[Frame, ...]:
    if not (follow.spans or follow.at or follow.length):
        return ()
    span = follow.spans[0] if follow.spans else None
    return (f.Retime(target=target, at=follow.at, span=span, length=follow.length),)


_HEARD = frozenset({"set_volume", "mute", "normalize", "duck", "fade", "restore"})


def answered(follow: Follow, memory: Memory) -> Frame | None:
    """The frame that a question was asked about, with the answer in it; None where that is no answer."""
    question = memory.question
    if question is None:
        return None
    frame = frame_of(question.frame)
    slot = question.slot
    value: Any = None
    if slot in ("target", "like", "first", "second", "file", "over", "before", "after"):
        value = follow.target
        more = follow.amount.value is not None or follow.amount.up is not None
        if value is not None and value.plain and value.refer == "it" and more:
            return None  # "bring that down a notch" is a wish of its own
        if follow.looks or follow.type or follow.place or follow.style.some:
            return None  # "the rings clip a bit warmer" as well
        if value is not None and value.kind == "sound" and frame.frame not in _HEARD:
            return None  # "no, leave the sound out"
        if value is None and follow.words is not None:
            value = Target(texts=(follow.words,))
        if (
            value is not None
            and value.numbers
            and value.kind is None
            and question.choices
            and not value.names
        ):
            place = value.numbers[0] - 1 if value.numbers[0] > 0 else value.numbers[0]
            if -len(question.choices) <= place < len(question.choices):
                value = (
                    Target(names=(question.choices[place],))
                    if "." in question.choices[place]
                    else Target(texts=(question.choices[place],))
                )
    elif slot == "words":
        value = follow.words
    elif slot == "spans":
        before: tuple[Span, ...] = getattr(frame, "spans", ())
        much = follow.length.ms if follow.length is not None and before else 0
        value = follow.spans or ((edge_of(before[0].how == "head", much),) if much else None)
    elif slot == "amount":
        value = follow.amount if follow.amount.value is not None or follow.amount.up is not None else None
        if value is not None and value.way is None:
            value = value.model_copy(update={"way": "to"})
    elif slot == "at":
        value = ((follow.at,) if frame.frame == "split" else follow.at) if follow.at is not None else None
    elif slot == "looks":
        value = follow.looks or None
    elif slot == "files":
        value = (follow.target,) if follow.target is not None else None
    return frame.model_copy(update={slot: value}) if value is not None else None
