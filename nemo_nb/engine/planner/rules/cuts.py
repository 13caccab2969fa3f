"""Cutting by time: what goes, and what is kept."""

from __future__ import annotations

import re
from itertools import pairwise

from ....draft import Segment
from ....draft.operations import CutOut, Keep, Split
from ....language import Clause, Degree, Do, Filler, Kind, Particle, Thing, When
from ..marks import HANDLES
from ..scene import Scene
from ..timing import Timing, timing
from .splits import means_middle, of_something_above, takes_second

_VERBS = (Do.CUT, Do.TRIM, Do.FIT, Do.KEEP, Do.CROP)
# With a stretch of time, and nothing else that they could be about, these ask for it too.
_ADDING = ("add", "insert", "加", "加上", "添加", "插入")
_PLAIN = (Do.ADD, Do.SET, Do.GO, Do.SHOW, Do.PLAY, Do.QUIETER)


def cut(clause: Clause, scene: Scene) -> bool:
    """ "lose the first 4 seconds", "keep 0:02 to 0:05", "trim it to 30 seconds", 去掉最后三秒"""
    if of_something_above(clause):
        return False
    each = clause.has(When.EACH) or (clause.has(Thing.ALL) and clause.has(Thing.CLIP))
    if each and len(scene.clips) > 1:
        return _cut_each(clause, scene)
    chosen = scene.chosen_clips(clause) or _just_named(clause, scene)
    if not chosen and clause.has(Do.ADD) and clause.has(Thing.CLIP) and len(scene.clips) > 1:
        _which_clip(scene)  # "make the inserted clip shorter"
        return True
    return _cut(clause, scene, chosen[0] if len(chosen) == 1 and len(scene.clips) > 1 else None)


def _just_named(clause: Clause, scene: Scene) -> list[Segment]:
    """ "Put c.mp4 first and trim it to 3 seconds": the one clip that the same message has just been about."""
    if not (clause.has(Thing.IT) and scene.operations):
        return []
    return [clip for clip in scene.clips if scene.last == (clip.id,)]


def _cut_each(clause: Clause, scene: Scene) -> bool:
    """From the last to the first, so that the times of those before stay true."""
    done = [_cut(clause, scene, clip) for clip in reversed(scene.clips)]
    return all(done)


def _cut(clause: Clause, scene: Scene, clip: Segment | None) -> bool:
    total = clip.duration_ms if clip else scene.total
    when = timing(clause, total)
    if not _meant(clause, when):
        return False
    if clause.has(Degree.LONGER):
        scene.refuse("longer")
        return True
    if clause.has(Thing.REST) and not when.some and _rest(clause, scene):
        return True
    if not scene.total:
        scene.refuse("empty")
        return True
    spans, keep = _spans(clause, when, total, scene)
    if not spans:
        return scene.question is not None or bool(scene.refusals)
    if any(end <= start < total for start, end in spans):
        scene.refuse("reversed_range")
        return True
    if any(start >= total or start < 0 or (not keep and end - start >= total) for start, end in spans):
        scene.outside()
        return True
    if keep and all(start == 0 and end >= total for start, end in spans):
        cuts = clause.has(Do.CUT, Do.TRIM, Do.FIT, Do.KEEP)
        if not cuts and when.to is None and when.length is None and not when.spans:
            return False
        scene.refuse("already_shorter" if cuts or when.spans else "longer", length=scene.seconds(total))
        return True
    if any(end > total for _, end in spans):
        scene.note("clipped_to_end", length=scene.seconds(total))
    _apply(scene, [(start, min(end, total)) for start, end in spans], keep, clip)
    if clip:
        scene.last = (clip.id,)
    return True


def _rest(clause: Clause, scene: Scene) -> bool:
    """ "cut the first 3 seconds, keep the rest", "keep 0:02 to 0:05, delete the rest": said already;
    "cut it at 7 seconds and delete the rest": what comes after."""
    last = scene.operations[-1] if scene.operations else None
    if isinstance(last, Split) and clause.has(Do.CUT):
        return scene.do(CutOut(start_ms=last.at_ms, end_ms=scene.total))
    return clause.has(Do.KEEP) or isinstance(last, (Keep, CutOut))


def _apply(scene: Scene, spans: list[tuple[int, int]], keep: bool, clip: Segment | None) -> None:
    offset = clip.start_ms if clip else 0
    if keep and clip:
        # To keep a part of one clip is to cut the rest of it and nothing of the others.
        gone, clock = list[tuple[int, int]](), 0
        for start, end in sorted(spans):
            gone.append((clock, start))
            clock = max(clock, end)
        gone.append((clock, clip.duration_ms))
        spans, keep = [(start, end) for start, end in gone if start < end], False
    placed = [(start + offset, end + offset) for start, end in spans]
    if keep:
        scene.do(Keep(ranges=tuple(placed)))
    else:
        scene.do(*(CutOut(start_ms=start, end_ms=end) for start, end in sorted(placed, reverse=True)))


def _meant(clause: Clause, when: Timing) -> bool:
    if clause.has(Thing.LENGTH) and clause.has(Degree.HALF):
        return True
    if clause.has(*_VERBS):
        return when.some or clause.has(Do.KEEP, Do.TRIM, Do.FIT, Do.CUT)
    if not when.some or clause.has(Do.FREEZE):
        return False
    # "I want only 0:03 to 0:07", "the first 5 seconds can go", "let it end at 8s", "I want it in 10 seconds"
    adds = any(
        token.text.lower() in _ADDING for token in clause.tokens
    )  # "add 2 seconds of black" takes nothing
    dragged = any(token.text.lower() in HANDLES for token in clause.tokens)  # "drag the right edge to 7 s"
    allowed = (*_PLAIN, Do.MOVE) if dragged else _PLAIN
    plain = all(verb in allowed for verb in clause.of(Do)) and not (clause.unknown or adds)
    return plain or clause.has(Filler.NOT, Do.SET, Thing.LENGTH, When.EXCEPT, Do.QUIETER, Do.SMALLER)


def _spans(clause: Clause, when: Timing, total: int, scene: Scene) -> tuple[list[tuple[int, int]], bool]:
    """The stretches that are meant, and whether they are kept (else cut out)."""
    edge = _moved_edge(clause, when, total)
    if edge is not None:
        return [edge], True
    out = clause.has(Particle.OUT) and not clause.has(Thing.REST)  # "first 3 seconds out"
    gone = out or clause.has(Do.CUT, Do.TRIM, Filler.NOT, Do.GO, When.OFF)
    keeps = clause.has(Do.KEEP, When.EXCEPT) or not gone
    if when.spans and (_of_the_rest(clause) or _down_to(clause)):
        return list(when.spans), True
    if clause.has(Do.FIT) and clause.has(When.FROM):
        keeps = False  # 从3秒剪到结尾
    if clause.has(Do.TRIM) and not clause.has(Do.CUT, Do.KEEP):
        keeps = when.kind in ("range", "middle") or (clause.has(When.TO) and bool(when.spans))
        keeps = keeps and when.kind != "after" and when.kind != "before"
    if when.spans:
        return list(when.spans), keeps
    if when.at is not None and takes_second(clause):
        return [(when.at - 1000, when.at)], False
    if when.to is not None:
        return [(0, when.to)], True
    fits = clause.has(Thing.LENGTH) or (clause.has(Do.FIT) and not _by_so_much(clause))
    if when.length is not None and (fits or (keeps and not clause.has(Do.FIT))):
        if clause.has(Do.KEEP) and not clause.has(Thing.LENGTH):
            scene.note("kept_from_start")
        return [(0, when.length)], True
    if when.length is not None and when.at is not None and when.at < total:
        start = when.at - when.length // 2 if clause.has(When.MIDDLE) else when.at
        return [(start, start + when.length)], False  # "remove 2 seconds at 0:05"
    if when.length is not None and _once_more(clause) and _cut_the_head(scene):
        return [(0, when.length)], False
    if when.length is not None:
        scene.note("cut_from_end")
        return [(total - when.length, total)], False
    if means_middle(clause) and when.at is not None:
        scene.ask(
            "cut_middle", (scene.say("try_cut_middle"), scene.say("try_cut_range"), scene.say("try_keep"))
        )
        return [], False
    if when.at is not None and clause.has(Do.TRIM, Do.KEEP, Do.FIT):
        return [(0, when.at)], True
    seconds_meant = clause.value(Kind.NUMBER)
    if seconds_meant and clause.has(Do.TRIM, Do.FIT) and clause.has(Do.FIT, When.TO):
        return [(0, round(seconds_meant * 1000))], True  # "clip it to 5"
    if clause.has(Degree.HALF):
        scene.note("first_half")
        return [(0, total // 2)], True
    if clause.has(Thing.CLIP) and len(scene.clips) > 1:
        _which_clip(scene)
        return [], False
    scene.ask("cut_what", (scene.say("try_cut_first"), scene.say("try_cut_last"), scene.say("try_keep")))
    return [], False


def _which_clip(scene: Scene) -> None:
    files = [clip.file for clip in scene.clips]
    examples = [scene.say("try_delete_clip", file=file) for file in dict.fromkeys(files[:3])]
    scene.ask("which_clip", examples, files=", ".join(files))


def _once_more(clause: Clause) -> bool:
    """ "One more second", "another second", 再多剪一秒"""
    return re.search(r"\b(?:more|another)\b|[再多]", clause.text.lower()) is not None


def _cut_the_head(scene: Scene) -> bool:
    """Whether what was cut last was the start."""
    cuts = [operation for operation in scene.recent if isinstance(operation, CutOut)]
    return bool(cuts) and cuts[-1].start_ms == 0


def _of_the_rest(clause: Clause) -> bool:
    """ "just the last 3 seconds, throw out everything else": what is cut is not what is named."""
    values = [token.value if token.kind is Kind.CONCEPT else token.kind for token in clause.tokens]
    named = next((mark for mark in (Kind.TIME, Degree.HALF, Degree.THIRD) if mark in values), None)
    if named is None or not clause.has(Do.CUT) or Thing.REST not in values:
        return False
    return values.index(named) < values.index(Do.CUT) < values.index(Thing.REST)


def _down_to(clause: Clause) -> bool:
    """ "cut b.mp4 to its first 3 seconds" """
    meant = [token.value for token in clause.tokens if token.value not in (Filler.WORD, Thing.IT)]
    edges = (When.FIRST, When.LAST)
    return not clause.has(When.FROM) and any(a is When.TO and b in edges for a, b in pairwise(meant))


def _by_so_much(clause: Clause) -> bool:
    """ "2 seconds shorter", but not "shorter, 7 seconds"."""
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    pairs = list(pairwise(meant))
    before = any(a.kind is Kind.TIME and b.value is Do.FIT for a, b in pairs)
    return before or (
        clause.has(Do.FIT) and any(a.value is When.BY and b.kind is Kind.TIME for a, b in pairs)
    )


def _moved_edge(clause: Clause, when: Timing, total: int) -> tuple[int, int] | None:
    """What is left where the start or the end is named a new place: "end it at 0:08", "start 2 seconds later"."""
    if clause.has(Do.CUT, Do.KEEP, Do.TRIM, Do.FIT):
        return None
    if when.to is not None and any(token.text.lower() in HANDLES for token in clause.tokens):
        return (when.to, total) if clause.has(When.START) else (0, when.to)
    if when.shift is not None:
        at_start = clause.has(When.START, When.FROM)
        moved = when.shift if at_start else total + when.shift
        return (moved, total) if at_start else (0, moved)
    if when.at is None or when.spans:
        return None
    if clause.has(When.START):
        return when.at, total
    stops = any(token.text.lower().startswith("stop") for token in clause.tokens)
    return (0, when.at) if stops or clause.has(When.END) else None
