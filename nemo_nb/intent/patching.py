"""A frame with what a follow-up says in the place of what it said."""

from __future__ import annotations

from typing import Any

from . import frames as f
from .frames import Follow, Frame
from .memory import Deed
from .slots import Amount, Length, Moment, Span, Target

# Made again on the draft before them, where they are put right: they move times, so they can't be set anew.
STRUCTURAL = frozenset(
    {"cut_out", "keep", "fit", "keep_only", "remove", "split", "move", "order", "swap", "duplicate", "insert", "freeze",
     "reverse", "replace", "cover", "overlay", "add_music", "add_text", "add_texts", "slideshow"}
)  # fmt: skip


_OF_MEDIA = frozenset({"add_music", "cover", "overlay", "insert"})


def absolute(follow: Follow) -> bool:
    return follow.length is not None or follow.amount.value is not None


def filled(frame: Frame, follow: Follow, deed: Deed) -> Frame | None:
    """The frame with what the follow-up says in the place of what it said; None where it has no use for all of it."""
    fields = type(frame).model_fields
    values: dict[str, Any] = {}
    if isinstance(frame, f.Swap) and follow.target is not None:
        both = follow.target.apart
        return f.Swap(first=both[0], second=both[1]) if len(both) == 2 else None
    if follow.target is not None:
        key = (
            "file"
            if frame.frame in _OF_MEDIA and follow.target.kind != "clip"
            else "target"
            if "target" in fields
            else None
        )
        if frame.frame == "add_text":
            if follow.way != "also" and (follow.at is not None or not follow.target.names):
                return None
            key = "over"
        if key is None:
            return None
        if frame.frame in ("cut_out", "keep", "fit") and follow.target.kind in (
            "sound",
            "music",
            "text",
            "caption",
            "logo",
        ):
            return None
        values[key] = follow.target
        if isinstance(frame, f.Transition) and follow.target.plain and follow.target.every:
            values[key] = None  # "make both half as long": all that there are
        if frame.frame == "insert":
            del values[key]
            values["files"] = (follow.target,)
            if follow.at is not None:
                values["place"] = None
        if frame.frame == "fade" and follow.target.every == "all":
            values["each"] = True
        if (
            frame.frame in ("cut_out", "keep", "fit")
            and follow.target.plain
            and follow.target.kind is None
            and follow.target.refer != "others"
        ):
            del values[key]
    elif follow.way == "also" and "target" in fields and "spans" in fields and (follow.at or follow.spans):
        mine: Target | None = getattr(
            frame, "target", None
        )  # elsewhere, so not of the piece that was made there
        values["target"] = None if mine is None or mine.plain else mine
    elif "target" in fields and deed.ids and frame.frame not in STRUCTURAL:
        values["target"] = Target(ids=deed.ids)
        if "spans" in fields and not follow.spans:
            values["spans"] = ()
    if not (
        _patch_time(frame, follow, fields, values)
        and _patch_amount(frame, follow, fields, values)
        and _patch_rest(frame, follow, fields, values)
    ):
        return None
    if not values and follow.way != "also":
        return None
    if isinstance(frame, f.Retime) and values.keys() & {"at", "span", "until"}:
        values["shift_ms"] = (
            None  # "(two seconds later,) rather at 0:40": there, and not further on from there
        )
    if (
        set(values) <= {"target", "spans"}
        and follow.target is None
        and not (follow.spans or absolute(follow))
        and follow.way != "also"
    ):
        return None
    return frame.model_copy(update=values)


def _patch_time(frame: Frame, follow: Follow, fields: Any, values: dict[str, Any]) -> bool:
    if follow.spans:
        if "spans" in fields:
            values["spans"] = follow.spans
        elif "span" in fields:
            values.update(span=_moved(getattr(frame, "span", None), follow.spans[0]))
            if "at" in fields:
                values["at"] = None
        else:
            return False
    spans: tuple[Span, ...] = getattr(frame, "spans", ())
    if follow.at is not None and spans:  # "the same at 0:19, 3 seconds"
        span = _there(follow.at, follow.length, spans)
        values["spans"] = (span,)
        return span is not None
    if follow.at is not None:
        if "at" not in fields:
            return False
        values["at"] = (follow.at,) if frame.frame == "split" else follow.at
        if "span" in fields:
            values["span"] = None
    if follow.length is not None and follow.amount.up is False and isinstance(frame, f.Fit):
        values |= {"by": follow.length, "length": None}  # "one second less"
    elif follow.length is not None and frame.frame == "cut_out" and (span := _as_long(frame, follow.length)):
        values["spans"] = (span,)
    elif follow.length is not None:
        if "length" not in fields:
            return False
        values["length"] = follow.length
        if "span" in fields and follow.at is not None:
            values["span"] = None
        if frame.frame == "fit":
            values["by"] = None
    return True


def _there(at: Moment, length: Length | None, spans: tuple[Span, ...]) -> Span | None:
    """The stretch that begins there: of that length, or as long as the one that was told before."""
    ms = length.ms if length is not None else 0
    if (
        length is None
        and len(spans) == 1
        and spans[0].start.edge == spans[0].end.edge
        and not spans[0].end.share
    ):
        ms = spans[0].end.ms - spans[0].start.ms
    return Span(start=at, end=at.model_copy(update={"ms": at.ms + ms})) if ms > 0 else None


def _as_long(frame: Frame, length: Length) -> Span | None:
    """ "10 seconds after all", 剪两秒就行: the cut at the same end, of that length."""
    spans: tuple[Span, ...] = getattr(frame, "spans", ())
    if len(spans) != 1 or spans[0].how not in ("head", "tail") or spans[0].start.of or spans[0].end.of:
        return None
    if spans[0].how == "head":
        return Span(start=Moment(), end=Moment(ms=length.ms, share=length.share), how="head")
    return Span(
        start=Moment(edge="end", ms=-length.ms, share=-length.share), end=Moment(edge="end"), how="tail"
    )


def _moved(old: Span | None, new: Span) -> Span:
    """ "No, from 0:06", "until 0:10": the length stays, or the start does."""
    if old is None or old.start.of or old.end.of or old.start.edge != "start" or old.end.edge != "start":
        return new
    if new.how == "after":
        return Span(start=new.start, end=Moment(ms=old.end.ms + new.start.ms - old.start.ms), how="range")
    if new.how in ("before", "until", "head"):
        return Span(start=old.start, end=new.end, how="range")
    return new


def _patch_amount(frame: Frame, follow: Follow, fields: Any, values: dict[str, Any]) -> bool:
    amount = follow.amount
    if (amount.value is None and amount.up is None) or values.get("by") is not None:
        return True
    if "amount" in fields and follow.timed:
        return False  # "a bit longer" is no matter of how loud or bright
    if "amount" in fields:
        old: Amount = getattr(frame, "amount")  # noqa: B009 - only some frames have one
        values["amount"] = _amount(old, amount)
        if "length" in fields:
            values["length"] = None
        return True
    seconds = Length(ms=round((amount.value or 0) * 1000))
    if amount.value is not None and amount.unit == "number" and frame.frame == "cut_out":
        span = _as_long(frame, seconds)
        values["spans"] = (span,) if span is not None else ()
        return span is not None  # "no, only 2"
    timed = (
        frame.frame != "add_music" or getattr(frame, "length", None) is not None
    )  # "hmm 25", after "at 15%"
    if amount.value is not None and amount.unit == "number" and "length" in fields and timed:
        values["length"] = Length(ms=round(amount.value * 1000))
        return True
    if frame.frame in ("add_music",) and amount.value is not None:
        return False  # its volume is set anew; it isn't added again
    if frame.frame == "freeze" and amount.up is not None and getattr(frame, "length", None) is not None:
        length: Length = getattr(frame, "length")  # noqa: B009
        values["length"] = Length(ms=length.ms + (1000 if amount.up else -500))
        return True
    share = amount.value if amount.unit in ("share", "factor") else None
    if frame.frame in ("fade", "transition") and amount.up is not None and follow.length is not None:
        return True  # "shorter, 0.2 seconds"
    if frame.frame in ("fade", "transition") and (amount.up is not None or share):
        old_length: Length | None = getattr(frame, "length")  # noqa: B009
        before = old_length.ms if old_length else 500 if frame.frame == "transition" else 1000
        values["length"] = Length(ms=round(before * (share or (2 if amount.up else 0.5))))
        return True
    if frame.frame == "duck" and amount.unit == "db":
        values["amount_db"] = abs(amount.value or 12)
        return True
    if frame.frame == "turn" and amount.unit in ("degrees", "number") and abs(amount.value or 0) <= 360:
        values["degrees"] = amount.value
        return True
    return False


def _amount(old: Amount, new: Amount) -> Amount:
    if new.value is not None:
        unit = new.unit
        if unit == "number":
            unit = old.unit if old.unit != "number" else "factor"
            value = new.value / 100 if (unit == "share" and new.value > 1) or new.value > 16 else new.value
        else:
            value = new.value
        up = old.up if new.up is None else new.up
        return Amount(value=value, unit=unit, way=new.way or "to", up=up if new.way == "by" else None)
    # "A bit more" goes on as before; "a bit less" goes back.
    toward = old.up if old.toward is None else old.toward
    up = new.up if toward is None else toward if new.up else not toward
    return Amount(up=up, step=new.step if new.step != "some" else "bit", toward=toward)


def _patch_rest(frame: Frame, follow: Follow, fields: Any, values: dict[str, Any]) -> bool:
    if follow.place is not None:
        if isinstance(frame, f.Arrange):
            values |= {"bigger": 0, "times": None, "step": None}  # what it is to be more of was done
        if "place" not in fields or frame.frame in ("move", "insert", "duplicate", "add_text"):
            return False
        values["place"] = follow.place
    if follow.style.some:
        if "style" not in fields or frame.frame == "add_text":
            return False
        values["style"] = follow.style
    if follow.words is not None:
        if "words" not in fields or (frame.frame == "add_text" and follow.way != "also"):
            return False
        values["words"] = follow.words
    if follow.looks:
        if "looks" not in fields:
            return False
        values["looks"] = follow.looks
    if follow.type is not None:
        if "type" not in fields:
            return False
        values["type"] = follow.type
    return True
