"""Where a clip is split, and nothing of it goes."""

from __future__ import annotations

from itertools import pairwise

from ....draft.operations import Split
from ....language import Clause, Degree, Do, Kind, Particle, Thing, When
from ..scene import Scene
from ..timing import Timing, timing


def split(clause: Clause, scene: Scene) -> bool:
    """ "split it at 5s", "cut it in half", 从中间切成两段, "cut at 3 seconds" """
    when = timing(clause, scene.total)
    cuts_at = (
        clause.has(Do.CUT)
        and not takes_second(clause)
        and when.at is not None
        and when.length is None
        and not (when.spans or when.to or means_middle(clause))
    )
    if not clause.has(Do.SPLIT) and not cuts_at and not _cuts_in_parts(clause):
        return False
    if not scene.total:
        scene.refuse("empty")
        return True
    if of_something_above(clause):
        return False
    said = scene.operations and isinstance(scene.operations[-1], Split)
    if said and not when.some and clause.has(Thing.PARTS, Thing.THESE, Thing.CLIP):
        return True  # 在第7秒断开，分成两截: what comes of it
    chosen = scene.chosen_clips(clause)
    clip = chosen[0] if len(chosen) == 1 and len(scene.clips) > 1 and not cuts_at else None
    start, length = (clip.start_ms, clip.duration_ms) if clip else (0, scene.total)
    moments = [start + moment for moment in _moments(clause, timing(clause, length), length)]
    if not moments and scene.playhead is not None:
        moments = [scene.playhead]
    if not moments:
        scene.ask(
            "split_where",
            (scene.say("try_split_middle"), scene.say("try_split_at"), scene.say("try_split_3")),
        )
    elif any(not start < moment < start + length for moment in moments):
        scene.outside()
    else:
        scene.do(*(Split(at_ms=moment) for moment in moments))
    return True


def _cuts_in_parts(clause: Clause) -> bool:
    """ "cut b.mp4 in half", "chop it into 5 pieces", "cut it every 2 seconds": nothing of it goes."""
    words = {token.text.lower() for token in clause.tokens}
    parts = "in half" in words or ("into" in words and clause.has(Thing.PARTS, Thing.CLIP))
    every = any(a.text.lower() == "every" and b.kind is Kind.TIME for a, b in pairwise(clause.tokens))
    in_two = any(
        a.text.lower() == "in"
        and b.kind is Kind.NUMBER
        and (c is None or c.value in (When.MIDDLE, Thing.PARTS))
        for a, b, c in zip(clause.tokens, clause.tokens[1:], [*clause.tokens[2:], None], strict=False)
    )
    return clause.has(Do.CUT) and (parts or every or in_two) and not clause.has(Thing.LENGTH)


def of_something_above(clause: Clause) -> bool:
    """What is said of a title or a logo is never done to the video."""
    return clause.has(Thing.TITLE, Thing.CAPTIONS, Thing.LOGO, Thing.B_ROLL) and not clause.has(
        Thing.VIDEO, Thing.CLIP
    )


def takes_second(clause: Clause) -> bool:
    """剪掉第一秒: the second that is counted goes, all of it; 在第三秒剪 and 第三秒处剪掉 name a place."""
    takes = any(token.value is Do.CUT and token.text[-1:] in "掉除去了" for token in clause.tokens)
    counted = any(token.kind is Kind.TIME and token.text.startswith("第") for token in clause.tokens)
    return takes and counted and not clause.has(When.AT, When.FROM, When.TO, When.AFTER, When.BEFORE)


def means_middle(clause: Clause) -> bool:
    """ "remove the middle" means a stretch of unknown length, "cut in the middle" and "to the middle" a moment."""
    for number, token in enumerate(clause.tokens):
        if token.value is When.MIDDLE:
            before = clause.tokens[number - 1] if number else None
            placed = before and (isinstance(before.value, (When, Particle)) or before.text == "在")
            return not placed
    return False


def _moments(clause: Clause, when: Timing, total: int) -> list[int]:
    parts = clause.value(Kind.NUMBER)
    times = set(clause.values(Kind.TIME))
    if len(times) > 1 and not when.spans:
        return sorted(times)  # "at 2s, 4s and 6s"
    if len(when.moments) > 1:
        return sorted(when.moments)
    if when.at is not None:
        return [when.at]
    if when.spans:
        return [when.spans[0][0] or when.spans[0][1]]
    if when.length is not None:
        step = when.length
        every = any(token.text.lower() in ("every", "每") for token in clause.tokens)
        if every or clause.has(When.EACH, Thing.PARTS, Thing.CLIP):
            return list(range(step, total, step))[:50]
        return [step]
    count = int(parts) if parts and 2 <= parts <= 20 else None
    words = " ".join(token.text for token in clause.tokens).lower()
    if count is None and (
        clause.has(Degree.HALF)
        or any(w in words for w in ("two", "half", "halves", "两", "一分为二", "对半"))
    ):
        count = 2
    return [total * part // count for part in range(1, count)] if count else []
