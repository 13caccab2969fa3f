"""Titles and captions: adding, rewording, restyling, moving, removing."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from ....draft import Segment
from ....draft.operations import AddText, Adjust, ChangeText, Delete, Operation, Restyle, Retime, TextStyle
from ....language import Blend, Clause, Degree, Do, Kind, Look, Thing, When, rejects
from ..scene import Scene
from ..timing import Timing, timing
from .lettering import ON_CLIPS, SET, SIZE, position_of, style_of, style_values
from .unquoted import shouted, unquoted

SHOWN_MS = 3000
_LEAST_MS = 1000
_CLOSING = ("end card", "closing card", "片尾字幕")
_FADES = (Do.FADE, Do.FADE_IN, Do.FADE_OUT, Thing.FADE)
_OUTSTAYS = re.compile(r"\btoo long\b|太长|太久")
_LEAVES = re.compile(r"\btoo (?:fast|quick|quickly|soon|early)\b|太快|太早")
_UNTIL = re.compile(r"until|till|\bup to|at$|^(?:显示|停留?)到|直到")


def outstays(clause: Clause, scene: Scene) -> bool:
    """ "The title stays too long": half as long then; "it goes away too fast": half as long again"""
    said = clause.text.lower()
    factor = 0.5 if _OUTSTAYS.search(said) else 1.5 if _LEAVES.search(said) else None
    named = clause.has(Thing.TITLE, Thing.CAPTIONS) and bool(scene.texts)
    if factor is None or not named or clause.values(Kind.TIME, Kind.QUOTED) or clause.has(*_FADES):
        return False
    lengths = [(item, round(item.duration_ms * factor)) for item in _known(clause, scene, [])]
    return scene.do(*(Retime(segment=item.id, duration_ms=max(_LEAST_MS, ms)) for item, ms in lengths))


def text(clause: Clause, scene: Scene) -> bool:
    """Everything about words on the screen. Quoted words are always the text and never a command."""
    quoted = [words for words in clause.values(Kind.QUOTED) if words.strip()]
    if _clicks(clause):
        scene.last = scene.clicked = tuple(item.id for item in _known(clause, scene, quoted))
        return True
    if words := shouted(clause):
        return _add(clause, scene, words)
    styled = clause.has(*SET) and bool(scene.texts)
    # "make it red": nothing else that is there can be given a colour.
    styled = styled or bool(
        scene.texts
        and clause.values(Kind.COLOUR)
        and clause.of(Do)
        and all(verb in (Do.SET, Do.CHANGE) for verb in clause.of(Do))
        and all(thing is Thing.IT for thing in clause.of(Thing))
    )
    writes = clause.has(Do.ADD, Do.PUT) and clause.has(Do.SAY) and not clause.has(Thing.MUSIC)
    spoken = clause.has(Do.CHANGE, Do.SET) and any(item.text in clause.unknown for item in scene.texts)
    if scene.topic(clause) != "text" and not (quoted or styled or writes or spoken):
        return False
    if clause.has(Thing.MUSIC, Thing.LOGO, Do.FADE_IN, Do.FADE_OUT, Do.FADE) and not quoted:
        return False
    if not (clause.has(Thing.TITLE, Thing.CAPTIONS) or quoted) and _of_the_picture(clause):
        return False  # "blur from 3 to 5 seconds" is no matter of the title that was spoken of last
    known = _known(clause, scene, quoted)
    if rejects(clause) and not clause.has(Do.ADD):
        return _delete(clause, scene, known)
    if clause.has(Do.REPEAT) and known and not quoted:
        return _copy(clause, scene, known[0])
    words, clause = (quoted[-1], clause) if quoted else unquoted(clause)
    about_known = clause.has(Do.CHANGE, Do.SET, Do.SWAP) or (words is None and not clause.has(Do.ADD))
    if (
        words
        and clause.has(Thing.IT)
        and known
        and scene.topic_of_last() == "text"
        and not clause.has(Do.ADD, Do.PUT)
    ):
        return _reword(clause, scene, known, words)  # "spell it “Wellcome”"
    if words and scene.clicked and scene.texts:
        return _reword(clause, scene, [item for item in scene.texts if item.id in scene.clicked], words)
    if words and about_known and (known or len(quoted) > 1 or not clause.has(Do.ADD)) and scene.texts:
        return _reword(clause, scene, known, words)
    moved = clause.has(Do.MOVE, Do.PUT, Do.BIGGER, Do.SMALLER) and not clause.has(Do.ADD, Do.SAY)
    if moved and quoted and known and all(item.text in quoted for item in known):
        return _rework(clause, scene, known)  # "move “Bye” to the bottom"
    if words:
        return _add(clause, scene, words)
    later = timing(clause, scene.total).shift is not None  # 标题延后2秒出现
    if known and (later or not (clause.has(Do.ADD) and clause.has(Thing.TITLE, Thing.CAPTIONS))):
        return _rework(clause, scene, known)
    if clause.has(Do.ADD, Do.PUT, Thing.CAPTIONS, Do.SAY) or not scene.texts:
        suggestions = (scene.say("try_title"), scene.say("try_caption"), scene.say("try_end_title"))
        if clause.has(Do.ADD, Do.PUT, Thing.CAPTIONS):
            scene.ask("which_captions" if clause.has(Thing.CAPTIONS) else "which_words", suggestions)
        else:
            scene.refuse("no_text")
        return True
    return False


def _of_the_picture(clause: Clause) -> bool:
    return clause.has(*ON_CLIPS) or any(isinstance(concept, (Look, Blend)) for concept in clause.concepts)


def _clicks(clause: Clause) -> bool:
    """ "Double-click the title": what is typed next is its text."""
    return (
        clause.of(Do) == [Do.CLICK]
        and clause.has(Thing.TITLE, Thing.CAPTIONS)
        and not clause.values(Kind.QUOTED)
    )


def _add(clause: Clause, scene: Scene, words: str) -> bool:
    when = timing(clause, scene.total)
    if scene.instead is not None and not when.some:
        when, scene.instead = scene.instead, None
    clip = _clip_below(clause, scene)
    if clip is not None:
        inside = timing(clause, clip.duration_ms)
        start, length = _place(clause, inside, scene) if inside.some else (0, clip.duration_ms)
        start += clip.start_ms
    else:
        start, length = _place(clause, when, scene)
    if scene.total and (start >= scene.total or start < 0):
        scene.outside()
        return True
    captions = clause.has(Thing.CAPTIONS)
    position = position_of(clause) or ("bottom" if captions else "center")
    operation = AddText(
        text=words[:10_000],
        at_ms=start,
        duration_ms=length,
        position=position,
        style=style_of(clause),
        role="Captions" if captions else "Title",
    )
    there = {item.id for item in scene.texts}
    done = scene.do(operation)
    seen = 0.5 if clause.has(Degree.HALF) else clause.value(Kind.PERCENT)
    if done and clause.has(Thing.OPACITY) and seen is not None:
        new = tuple(item.id for item in scene.texts if item.id not in there)
        scene.do(Adjust(segments=new, opacity=min(1.0, seen)))
    if done and not when.some and clip is None and length == SHOWN_MS:
        scene.note("text_assumed", length=f"{SHOWN_MS / 1000:g}")
    return True


def _copy(clause: Clause, scene: Scene, item: Segment) -> bool:
    """ "duplicate the title at the end": once more, as it is set"""
    there = {text.id for text in scene.texts}
    _add(clause, scene, item.text)
    new = tuple(text.id for text in scene.texts if text.id not in there)
    if new and item.meta.get("style"):
        scene.do(Restyle(segments=new, style=TextStyle.model_validate(item.meta["style"])))
    return True


def _clip_below(clause: Clause, scene: Scene) -> Segment | None:
    """The one clip of several that the text is to lie over: "add “Part 2” over it", "… on the last clip"."""
    counted = bool(clause.values(Kind.ORDINAL))
    if len(scene.clips) < 2 or not (counted or clause.has(Thing.IT, Thing.CLIP, When.FOR)):
        return None
    named = counted or clause.has(Thing.CLIP) or bool(clause.values(Kind.FILE))
    chosen = scene.chosen_clips(clause) if named else []
    if clause.has(Thing.IT) and not named:
        chosen = [clip for clip in scene.clips if clip.id in scene.last]
    return chosen[0] if len(chosen) == 1 else None


def _place(clause: Clause, when: Timing, scene: Scene) -> tuple[int, int | None]:
    """Where a text starts and how long it stays (none: to the end)."""
    length: int | None = when.length or SHOWN_MS
    if clause.has(Thing.NEXT) and clause.has(When.FOR) and scene.texts:  # "… for the next 3 seconds"
        return max(item.end_ms for item in scene.texts), length
    if clause.has(Thing.ALL) or (clause.has(Thing.VIDEO) and clause.has(When.FOR) and not when.some):
        return 0, None
    if when.spans:
        start, end = when.spans[0]
        if when.kind == "after":
            return start, when.length or (None if clause.has(When.TO) else SHOWN_MS)
        return max(0, start), max(1, end - start)
    closes = any(token.text.lower() in _CLOSING for token in clause.tokens)
    if closes and when.at is None and scene.total:
        return max(0, scene.total - (length or 0)), length
    if when.at is not None:
        if scene.total and when.at >= scene.total and clause.has(When.END, When.LAST):
            return max(0, scene.total - (length or 0)), length
        return when.at, length
    if clause.has(When.LAST) and scene.total:
        return max(0, scene.total - (length or 0)), length
    return 0, length


def _reword(clause: Clause, scene: Scene, known: list[Segment], words: str) -> bool:
    item = (known or list(scene.texts))[0]
    if len(known or scene.texts) > 1:
        scene.note("first_text", text=item.text)
    changes: list[Operation] = [ChangeText(segment=item.id, text=words)]
    scene.do(*changes)
    _look(clause, scene, [item])
    return True


def _rework(clause: Clause, scene: Scene, known: list[Segment]) -> bool:
    """Another place, time or look for texts that are there."""
    done = _look(clause, scene, known)
    when = timing(clause, scene.total)
    item = known[0]
    end = _end(clause, when)
    if end is not None and item.start_ms < end <= scene.total:
        return scene.do(Retime(segment=item.id, duration_ms=end - item.start_ms))
    if when.to is not None:
        when = replace(when, length=when.to, to=None)
    elif clause.has(Degree.LONGER):
        when = replace(when, length=item.duration_ms + (when.length or 1000), spans=(), at=None)
    if when.shift is not None:
        start = max(0, item.start_ms + when.shift)
        if start >= scene.total:
            scene.outside()
        else:
            scene.do(Retime(segment=item.id, start_ms=start))
        return True
    if clause.has(When.TO) and clause.has(When.END) and not clause.has(Do.MOVE, Do.PUT):
        scene.do(Retime(segment=item.id, duration_ms=scene.total - item.start_ms))
        return True
    if (
        when.length is not None
        and not when.spans
        and any(t.value in (Do.MOVE, Do.PUT) and t.text != "放" for t in clause.tokens)  # 放3秒: so long
        and not clause.has(When.FOR)
    ):
        when = replace(when, at=when.length, length=None)
    if when.some:
        start, length = _place(clause, when, scene)
        if when.length is not None and not when.spans and when.at is None:
            start = item.start_ms
        if when.at is not None and not when.length:
            length = item.duration_ms
        if start >= scene.total:
            scene.outside()
        else:
            duration = min(length or scene.total, scene.total - start)
            scene.do(Retime(segment=item.id, start_ms=start, duration_ms=duration))
            scene.unsay("text_assumed", length=f"{SHOWN_MS / 1000:g}")
        done = True
    elif clause.has(Thing.ALL) and clause.has(Thing.VIDEO, Do.SHOW):
        scene.do(Retime(segment=known[0].id, start_ms=0, duration_ms=scene.total))
        done = True
    return done


def _end(clause: Clause, when: Timing) -> int | None:
    """The moment that a text is to go at: "until 3 seconds", "end the title at 3.5"; not a length that it gets."""
    words = [token.text.lower() for token in clause.tokens if token.value is When.TO]
    if when.to is not None and any(_UNTIL.search(word) for word in words):
        return when.to
    ends = any(
        token.value is When.END and token.text.lower() in ("end", "ends", "stop") for token in clause.tokens
    )
    if not ends or when.spans or clause.has(Do.MOVE, Do.PUT, Do.ADD):
        return None
    number = clause.value(Kind.NUMBER)
    return when.at if clause.values(Kind.TIME) else round(number * 1000) if number else None


def _look(clause: Clause, scene: Scene, known: list[Segment]) -> bool:
    operations: list[Operation] = []
    ids = tuple(item.id for item in known)
    position = position_of(clause)
    if position:
        operations.append(Adjust.model_validate({"segments": ids, "position": position}))
    share = clause.value(Kind.PERCENT)
    if clause.has(Thing.OPACITY) and share is not None:
        operations.append(Adjust(segments=ids, opacity=share))
    for item in known:
        style = style_values(clause, float((item.meta.get("style") or {}).get("font_size") or SIZE))
        if style:
            operations.append(Restyle(segments=(item.id,), style=TextStyle(**style)))
    return bool(operations) and scene.do(*operations)


def _delete(clause: Clause, scene: Scene, known: list[Segment]) -> bool:
    if not scene.texts:
        scene.refuse("no_text")
        return True
    named = clause.values(Kind.QUOTED)
    if named and not any(item.text in named for item in scene.texts):
        scene.refuse("no_such_text", text=named[0])
        return True
    meant = known or list(scene.texts)
    spans = timing(clause, scene.total).spans
    if spans:
        start, end = spans[0]
        meant = [item for item in meant if item.start_ms < end and start < item.end_ms]
    if not meant:
        scene.refuse("no_text_then")
        return True
    if len(meant) > 1 and not named and not _several(clause, scene):
        scene.ask(
            "which_text",
            [scene.say("try_delete_text", text=item.text) for item in meant[:2]]
            + [scene.say("try_delete_texts")],
            texts=", ".join(f"“{item.text}”" for item in meant),
        )
        return True
    if spans:
        # "make the title disappear after 2 seconds", "no text from 4s on": what of it lies there.
        meant = scene.cut_free(meant, *spans[0])
    scene.do(Delete(segments=tuple(item.id for item in meant)))
    return True


def _several(clause: Clause, scene: Scene) -> bool:
    """Whether more than one text is spoken of: "all titles", "the captions", 字幕 (of which there are always many)."""
    nouns = [token.text.lower() for token in clause.tokens if token.value in (Thing.TITLE, Thing.CAPTIONS)]
    many = scene.language == "zh" and clause.has(Thing.CAPTIONS)
    return many or clause.has(Thing.ALL) or any(noun.endswith("s") for noun in nouns)


def _known(clause: Clause, scene: Scene, quoted: list[str]) -> list[Segment]:
    """The texts that the clause speaks of: by their words, by number, or all that are there."""
    spoken = {*quoted, *clause.unknown}
    by_words = [item for item in scene.texts if item.text in spoken]
    if by_words:
        return by_words
    tracks = {track.index for track in scene.draft.tracks if track.name == "Captions"}
    captions = [item for item in scene.texts if item.track in tracks]
    titles = [item for item in scene.texts if item not in captions]
    kind = captions if clause.has(Thing.CAPTIONS) else titles if clause.has(Thing.TITLE) else []
    pool = kind or list(scene.texts)
    numbers = [number for number in scene.clip_numbers(clause) if 0 < number <= len(pool)]
    if clause.values(Kind.ORDINAL) and numbers:
        return [pool[number - 1] for number in numbers]
    edge = _at_an_edge(clause)
    if edge is not None and pool:
        return [pool[edge]]
    if captions and kind:
        return kind
    again = [item for item in scene.texts if item.id in scene.last]
    unnamed = clause.has(Thing.IT) or not clause.has(Thing.TITLE, Thing.CAPTIONS)
    return again if again and unnamed and not clause.has(Thing.ALL) else list(scene.texts)


def _at_an_edge(clause: Clause) -> int | None:
    """ "the first title", 最后一个标题: 0 or -1"""
    for before, token in pairwise(clause.tokens):
        if token.value in (Thing.TITLE, Thing.CAPTIONS) and before.value in (When.FIRST, When.LAST):
            return 0 if before.value is When.FIRST else -1
    return None
