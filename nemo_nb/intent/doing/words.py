"""Words over the picture."""

from __future__ import annotations

import re
from pathlib import PurePath

from ...draft import Segment
from ...draft.figures import figures
from ...draft.operations import AddText as AddTextOp
from ...draft.operations import Adjust, Fade, Operation, TextStyle
from ...draft.operations import ChangeText as ChangeTextOp
from ...draft.operations import Restyle as RestyleOp
from ..frames import AddText, AddTexts, ChangeText, Restyle
from ..slots import Style, Target
from ..stage import Stage
from .base import SHOWN_MS, SIZE, does, style_values
from .captions import add_captions

_TEXTS = ("text", "caption")


@does(AddText)
def add_text(frame: AddText, stage: Stage) -> None:
    if not frame.words and frame.caption and stage.cues:
        add_captions(frame, stage.cues, stage)
        return
    if not frame.words and frame.file:
        stage.refuse("no_caption_lines", file=frame.file)
        return
    if not frame.words:
        key = "which_captions" if frame.caption else "which_words"
        stage.ask(key, ("try_title", "try_caption", "try_end_title"), slot="words")
        return
    if frame.blank:
        stage.refuse("beyond_blank")
        if frame.at is None and frame.span is None:
            return
    if (each := _on_each(frame, stage)) is not None:
        add_texts(each, stage)
        return
    owner: Segment | None = None
    if frame.over is not None:
        found = stage.want(frame.over, ("clip", "b-roll", "music", "logo"))
        if not found:
            return
        owner = found[0]
        last = found[-1]
    length = frame.length.of(stage.total) if frame.length else None
    shown = length or SHOWN_MS
    assumed = False
    if owner is not None and frame.span is None and (frame.at is None or frame.at.of is None):
        start, whole = owner.start_ms, last.end_ms - owner.start_ms
        if frame.at is not None:
            at = stage.moment(frame.at, owner)
            if at is None:
                return
            start = owner.end_ms - shown if frame.at.edge == "end" else at
        else:
            length = length or whole
    elif frame.whole:
        start, length = 0, None
        shown = stage.total
    elif frame.span is not None:
        placed = stage.span(frame.span, owner)
        if placed is None:
            return
        start = placed[0]
        length = length if frame.span.how == "after" else placed[1] - placed[0]
        if frame.span.how == "after" and length is None:
            length = SHOWN_MS if not _to_the_end(frame) else None
    elif frame.at is not None:
        at = stage.moment(frame.at)
        if at is None:
            return
        at_end = stage.total and at >= stage.total and frame.at.of is None and frame.at.edge == "end"
        start = max(0, stage.total - shown) if at_end else max(0, at - shown) if frame.at.ends else at
    else:
        start, assumed = 0, length is None
    if stage.total and not 0 <= start < stage.total:
        stage.outside()
        return
    if not frame.whole and length is None and frame.span is None:
        length = SHOWN_MS
    words = _cased(frame.words, frame.style)
    known = {item.id for item in stage.draft.segments}
    usual = "bottom" if frame.caption else "center"
    place = frame.place or _free_place(usual, start, start + (length or stage.total), stage)
    added = AddTextOp.model_validate(
        {
            "text": words[:10_000], "at_ms": start, "duration_ms": length,
            "position": place, "style": TextStyle(**style_values(frame.style, SIZE)),
            "role": "Captions" if frame.caption else "Title",
        }
    )  # fmt: skip
    if not stage.do(added):
        return
    new = tuple(item.id for item in stage.draft.segments if item.id not in known)
    if frame.style.opacity is not None:
        stage.do(Adjust(segments=new, opacity=min(1.0, frame.style.opacity)))
    fades = {"in_ms": frame.fade_in, "out_ms": frame.fade_out}
    given = {key: value.of(stage.total) for key, value in fades.items() if value is not None}
    if given:
        stage.do(Fade.model_validate({"segments": new, "of": "picture", **given}))
    if assumed:
        stage.note("text_assumed", length=figures(stage.language).number(SHOWN_MS / 1000))


def _free_place(usual: str, start: int, end: int, stage: Stage) -> str:
    """Where no other text stands then: none is to lie upon another, unless somebody says so."""
    taken = {
        item.meta.get("position", "center")
        for item in stage.draft.segments
        if item.kind == "text" and item.start_ms < end and start < item.end_ms
        if isinstance(item.meta.get("position", "center"), str)
    }
    place = next((place for place in (usual, "bottom", "top", "center") if place not in taken), usual)
    if place != usual:
        stage.note(f"text_beside_{place}")
    return place


def _on_each(frame: AddText, stage: Stage) -> AddTexts | None:
    """ "At the start of each clip", "on every clip for 2 seconds": the same words once on each."""
    at = frame.at if frame.at is not None and frame.at.of is not None else None
    of = at.of if at is not None else frame.over
    several = of is not None and of.every == "all" and of.kind in (None, "clip")
    placed = frame.span is not None or (frame.at is not None and bool(frame.at.ms or frame.at.share))
    if not several or of is None or placed or (at is None and frame.length is None):
        return None
    clips = stage.want(of, ("clip",))
    moment = at.model_copy(update={"of": None}) if at is not None else frame.at
    return AddTexts(
        words=(frame.words or "",) * len(clips), each=of, at=moment, length=frame.length, place=frame.place,
        style=frame.style, caption=frame.caption,
    )  # fmt: skip


@does(AddTexts)
def add_texts(frame: AddTexts, stage: Stage) -> None:
    """One on each clip, or one after the other from a moment on."""
    if frame.of is not None and not frame.words and frame.each is not None:
        clips = stage.want(frame.each, ("clip",))
        own = [
            str(n + 1) if frame.of == "numbers" else PurePath(clip.file).stem for n, clip in enumerate(clips)
        ]
        if not own:
            return
        frame = frame.model_copy(update={"words": tuple(own)})
    count = len(frame.words)
    if frame.each is None:
        at = stage.moment(frame.at) if frame.at is not None else 0
        shown = frame.length.of(stage.total) if frame.length else SHOWN_MS
        if at is None:
            return
        if stage.total and at + shown * (count - 1) >= stage.total:
            stage.outside()
            return
        places = [(at + shown * number, shown) for number in range(count)]
    else:
        clips = _each_of(frame.each, count, stage)
        if not clips:
            return
        if len(clips) != count:
            stage.ask("words_for_each", count=count, clips=len(clips))
            return
        places = [_on_a_clip(clip, frame, stage) for clip in clips]
    role = "Captions" if frame.caption else "Title"
    place = frame.place or ("bottom" if frame.caption else "center")
    style = TextStyle(**style_values(frame.style, SIZE))
    texts = [_cased(words, frame.style) for words in frame.words]
    stage.do(
        *(
            AddTextOp(text=words, at_ms=start, duration_ms=length, position=place, style=style, role=role)
            for words, (start, length) in zip(texts, places, strict=True)
        )
    )


def _each_of(target: Target, count: int, stage: Stage) -> tuple[Segment, ...]:
    """The clips that titles are for; "each room" can only be the clips, whatever is seen in them."""
    anything = bool(target.unknown or target.names) and target.every == "all" and not target.numbers
    every = anything and (not target.names or len(stage.ground.clips) == count)
    return stage.ground.clips if every else stage.want(target, ("clip",))


def _on_a_clip(clip: Segment, frame: AddTexts, stage: Stage) -> tuple[int, int]:
    """Where on a clip, and how long: all of it where neither was said."""
    length = (
        frame.length.of(stage.total) if frame.length else clip.duration_ms if frame.at is None else SHOWN_MS
    )
    length = min(length, clip.duration_ms)
    at_end = frame.at is not None and frame.at.edge == "end"
    return (clip.end_ms - length if at_end else clip.start_ms), length


def _to_the_end(frame: AddText) -> bool:
    return frame.span is not None and frame.span.end.edge == "end" and frame.span.how == "after"


def _cased(words: str, style: Style) -> str:
    return words.upper() if style.caps == "upper" else words.lower() if style.caps == "lower" else words


@does(ChangeText)
def change_text(frame: ChangeText, stage: Stage) -> None:
    pool = stage.ground.pool(*_TEXTS)
    if not pool:
        stage.refuse("no_text")
        return
    if frame.old is not None:
        low = frame.old.lower()
        there = [item for item in pool if item.text.lower() == low] or [
            item for item in pool if low in item.text.lower()
        ]
        if not there:
            stage.refuse("no_such_text", text=frame.old)
            return
    else:
        there = list(stage.want(frame.target, _TEXTS))
    if not there:
        return
    if not frame.words:
        stage.ask("which_new_words", slot="words")
        return
    for item in there if frame.every else there[:1]:
        _change(item, frame, stage)


_PARTS = re.compile(r"\s*[,\n/|–—]\s*|\s+-\s+")


def _part_meant(text: str, words: str) -> str | None:
    """Of "Petra Lindner, Head of Safety" the part that "Head of Operations" stands in place of; None: all of it."""
    parts, first = _PARTS.split(text), words.lower().split()[:1]
    alike = [part for part in parts if part.lower().split()[:1] == first]
    return alike[0] if len(parts) > 1 and len(alike) == 1 and not _PARTS.search(words) else None


def _change(item: Segment, frame: ChangeText, stage: Stage) -> None:
    words = frame.words or ""
    old = frame.old
    if (
        old is None
        and frame.target is not None
        and frame.target.kind is None
        and len(frame.target.names) == 1
    ):
        old = frame.target.names[0]  # "change summer to sunshine": a word of the title is named
    old = old if old is not None else _part_meant(item.text, words)
    if old is not None and old.lower() in item.text.lower() and item.text.lower() != old.lower():
        words = _replaced(item.text, old, words)
    if frame.span is not None:
        placed = stage.span(frame.span)
        if placed is None:
            return
        inside = stage.cut_free([item], placed[0], placed[1])
        if not inside:
            stage.outside()
            return
        item = inside[0]
    operations: list[Operation] = [ChangeTextOp(segment=item.id, text=_cased(words, frame.style))]
    values = style_values(frame.style, _size(item))
    if values:
        operations.append(RestyleOp(segments=(item.id,), style=TextStyle(**values)))
    stage.do(*operations)


def _replaced(text: str, old: str, new: str) -> str:
    at = text.lower().find(old.lower())
    if at < 0:
        return new
    if text[at : at + 1].isupper() and new[:1].islower() and old[:1].islower() and at == 0:
        new = new[:1].upper() + new[1:]
    return text[:at] + new + text[at + len(old) :]


def _size(item: Segment) -> float:
    return float((item.meta.get("style") or {}).get("font_size") or SIZE)


def _colour(item: Segment) -> str:
    return str((item.meta.get("style") or {}).get("color") or "#ffffff")


@does(Restyle)
def restyle(frame: Restyle, stage: Stage) -> None:
    coloured = [item for item in stage.ground.pool(*_TEXTS) if frame.old and _colour(item) == frame.old]
    found = coloured if coloured and frame.target is None else stage.want(frame.target, _TEXTS)
    if not found:
        return
    for item in found:
        values = style_values(frame.style, _size(item))
        if values:
            stage.do(RestyleOp(segments=(item.id,), style=TextStyle(**values)))
        if frame.style.caps and _cased(item.text, frame.style) != item.text:
            stage.do(ChangeTextOp(segment=item.id, text=_cased(item.text, frame.style)))
        if frame.style.opacity is not None:
            stage.do(Adjust(segments=(item.id,), opacity=min(1.0, frame.style.opacity)))
    stage.touched += [item.id for item in found if item.id not in stage.touched]
