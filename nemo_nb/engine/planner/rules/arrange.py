"""The order of clips: move, swap, merge, repeat, and taking whole clips out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ....draft import Segment
from ....draft.operations import Delete, Duplicate, Keep, Loop, PlaceClip, Reorder, Swap, place
from ....language import Blend, Clause, Do, Filler, Join, Kind, Look, Particle, Shape, Thing, Token, When
from ..scene import Scene
from ..timing import timing

_TO_FRONT, _TO_BACK = (When.FIRST, When.START), (When.LAST, When.END)


def swap(clause: Clause, scene: Scene) -> bool:
    """ "swap the first and the second clip", 交换前两段"""
    chosen = scene.chosen_clips(clause)
    # a和b换一下: with two of them a change is an exchange.
    exchange = clause.has(Do.CHANGE) and clause.has(Join.AND) and len(chosen) == 2
    if not clause.has(Do.SWAP) and not (exchange and scene.language == "zh"):
        return False
    if len(chosen) < 2 and len(scene.clips) == 2:
        chosen = list(scene.clips)
    elif len(chosen) < 2 and clause.has(When.FIRST) and _count(clause) == 2:
        chosen = list(scene.clips[:2])
    elif not chosen and clause.has(When.FIRST) and clause.has(When.LAST):
        chosen = [*scene.clips[:1], *scene.clips[-1:]]
    elif len(chosen) == 1 and clause.has(When.FIRST, When.LAST):
        edge = scene.clips[0] if clause.has(When.FIRST) else scene.clips[-1]
        chosen = [edge, chosen[0]]
    if len(chosen) < 2 or chosen[0].id == chosen[1].id:
        _which_clips(scene)
        return True
    scene.do(Swap(first=chosen[0].id, second=chosen[1].id))
    return True


def move(clause: Clause, scene: Scene) -> bool:
    """ "c.mp4 should come first", "move the last clip to the front", "put b.mp4 after c.mp4", "reverse the order" """
    ids = [clip.id for clip in scene.clips]
    if by := _sorted_by(clause):
        sorted_ids = tuple(clip.id for clip in sorted(scene.clips, key=by))
        return len(ids) > 1 and scene.do(Reorder(order=sorted_ids))
    if clause.has(Thing.ORDER) and clause.has(Do.REVERSE):
        scene.do(Reorder(order=tuple(reversed(ids))))
        return True
    # "b.mp4 to the front", "b.mp4 before a.mp4"
    beside = len(clause.values(Kind.FILE)) > 1 and clause.has(When.BEFORE, When.AFTER)
    named = clause.values(Kind.FILE) and (clause.has(When.TO) or beside) and not clause.of(Do)
    shown = clause.has(*Look, *Shape, *Blend)  # "make the first clip black and white"
    in_turn = len(scene.named_files(clause)) == len(ids) > 1 and not (clause.of(Do) or shown)
    moves = (
        named
        or in_turn
        or _place_last(clause)
        or clause.has(Do.MOVE, Do.PUT, Do.SET, Do.ADD, Do.GO, Do.PLAY, Thing.ORDER)
    )
    lasts = timing(clause, scene.total).to is not None  # "make b.mp4 last 3 seconds"
    if shown or lasts or not moves or scene.topic(clause) not in ("clip", None):
        return False
    chosen = scene.chosen_clips(clause)
    again = clause.has(Thing.IT) or any(token.text.lower() == "put it" for token in clause.tokens)
    if not chosen and again:
        chosen = [clip for clip in scene.clips if scene.last == (clip.id,)]
    beside = clause.has(When.BEFORE, When.AFTER, When.BETWEEN)
    sequence = clause.has(Thing.ORDER) or (len(ids) > 2 and clause.has(When.FIRST) and not beside)
    if sequence and (listed := _listed(clause, scene)) is not None:
        scene.do(Reorder(order=listed))
        return True
    if not chosen:
        return False
    all_named = len(chosen) == len(ids) > 1 and not clause.has(When.BETWEEN)
    if all_named and len(scene.named_files(clause)) == len(ids):
        in_words = [clip.id for file in scene.named_files(clause) for clip in chosen if clip.file == file]
        scene.do(Reorder(order=tuple(dict.fromkeys(in_words))))
        return True
    moving = _in_order_of_words(clause, scene, chosen)
    order = _moved(clause, scene, moving, ids)
    if order is None or (order == ids and clause.of(Do) == [Do.SET]):
        return False
    scene.do(Reorder(order=tuple(order)))
    scene.last = (moving[0].id,)
    return True


def _sorted_by(clause: Clause) -> Callable[[Segment], Any] | None:
    """ "In alphabetical order", "shortest first" """
    text = clause.text.lower()
    if re.search(r"alphabetic|by (?:file ?)?name|按(?:字母|名称|文件名|名字)", text):
        return lambda clip: clip.file.lower()
    if re.search(r"longest (?:one |clip )?first|从长到短", text):
        return lambda clip: -clip.duration_ms
    if re.search(r"shortest (?:one |clip )?first|by length|by duration|从短到长|按(?:时长|长短)", text):
        return lambda clip: clip.duration_ms
    return None


def _place_last(clause: Clause) -> bool:
    """ "The last one first", "b.mp4 last": a clip, and where it goes, and nothing else."""
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    goes = len(meant) > 1 and meant[-1].value in (When.FIRST, When.LAST) and meant[-1].text.isascii()
    return goes and not clause.of(Do) and not clause.values(Kind.TIME, Kind.NUMBER, Kind.PERCENT)


def merge(clause: Clause, scene: Scene) -> bool:
    """ "join the clips": what is uploaded is already one after the other, so this places what is not, or asks"""
    if not clause.has(Do.MERGE):
        return False
    names = ", ".join(clip.name for clip in scene.clips)
    waiting = scene.waiting("video")
    if clause.has(Thing.THESE) and _count(clause) not in (None, len(scene.clips)) and not waiting:
        suggestions = [scene.say("try_delete_clip", file=clip.file) for clip in scene.clips[:3]]
        scene.ask(
            "which_of", suggestions, count=len(scene.clips), files=", ".join(c.file for c in scene.clips)
        )
    elif waiting:
        for asset in waiting:
            scene.do(place(asset))
    elif len(scene.clips) > 1:
        scene.answer("already_joined", files=names, length=scene.seconds(scene.total))
    else:
        scene.refuse("one_clip", count=len(scene.clips))
    return True


def repeat(clause: Clause, scene: Scene) -> bool:
    """ "loop it 3 times", "duplicate the second clip", 重复两遍"""
    plays = clause.has(Do.PLAY, Do.SHOW) and not clause.has(Thing.SPEED, Do.FASTER, Do.SLOWER)
    plays = plays and any(token.text[-1:] in "s遍次" for token in _factors(clause))
    if not clause.has(Do.REPEAT) and not plays:
        return False
    if scene.topic(clause) == "music" and scene.music:
        scene.answer("music_loops")
        return True
    if not scene.clips:
        scene.refuse("empty")
        return True
    times = int(clause.value(Kind.FACTOR, Kind.NUMBER) or 2)
    chosen = scene.chosen_clips(clause)
    if not 2 <= times <= 50:
        scene.refuse("times")
    elif chosen:
        _duplicate(clause, scene, chosen[0], times)
    else:
        scene.do(Loop(times=times))
    return True


def _duplicate(clause: Clause, scene: Scene, clip: Segment, times: int) -> None:
    """Right after the clip, or at the end or the start where that is said."""
    there = {item.id for item in scene.clips}
    scene.do(Duplicate(segment=clip.id, times=times - 1))
    order = [item.id for item in scene.clips]
    new = [item for item in order if item not in there]
    rest = [item for item in order if item in there]
    if clause.has(When.END) and rest[-1] != clip.id:
        scene.do(Reorder(order=(*rest, *new)))
    elif clause.has(When.START):
        scene.do(Reorder(order=(*new, *rest)))


def take_out(clause: Clause, scene: Scene) -> bool:
    """ "delete the second clip", "remove b.mp4", "keep only the first clip" """
    # "b can go", "b out"
    leaves = clause.has(Do.GO) or (clause.has(Particle.OUT) and all(d is Do.PUT for d in clause.of(Do)))
    takes = clause.has(Do.CUT, Do.KEEP) or (leaves and not clause.has(Do.MOVE))
    if not takes or timing(clause, scene.total).some:
        return False
    chosen = scene.chosen_clips(clause) or _just_placed(clause, scene)
    missing = scene.unknown_file(clause)
    if not chosen and missing:
        scene.refuse("no_such_file", file=missing)
        return True
    counted = scene.clip_numbers(clause)
    if not chosen and any(number > len(scene.clips) for number in counted):
        scene.refuse("no_such_clip", number=max(counted), count=len(scene.clips))
        return True
    if not chosen:
        return False
    keep = clause.has(Do.KEEP, When.EXCEPT)
    if keep:
        scene.do(Keep(ranges=tuple((clip.start_ms, clip.end_ms) for clip in chosen)))
    else:
        scene.do(Delete(segments=tuple(clip.id for clip in chosen)))
    return True


def _just_placed(clause: Clause, scene: Scene) -> list[Segment]:
    """ "Insert b.mp4 at 0:10" - "remove it" """
    if not clause.has(Thing.IT) or not any(isinstance(op, PlaceClip) for op in scene.recent):
        return []
    return [clip for clip in scene.clips if scene.last == (clip.id,)]


def place_file(clause: Clause, scene: Scene) -> bool:
    """ "add b.mp4 at the end": a clip that is named and not there, or wanted again"""
    named = [asset for asset in scene.named_assets(clause) if asset.kind == "video"]
    if not named or not clause.has(Do.ADD, Do.PUT, Do.MERGE):
        return False
    placed = {clip.file for clip in scene.clips}
    missing = [asset for asset in named if asset.file not in placed]
    if not missing:
        return False
    for asset in missing:
        operation = place(asset)
        first = clause.has(When.START, When.FIRST)
        scene.do(operation.model_copy(update={"index": 0}) if first else operation)
    return True


def _listed(clause: Clause, scene: Scene) -> tuple[str, ...] | None:
    """ "the order should be b, c, a" or "3, 1, 2": every clip once, by the stem of its name or by number."""
    names = {clip.file.rsplit(".", 1)[0].lower(): clip.id for clip in scene.clips}
    numbers = {str(n): clip.id for n, clip in enumerate(scene.clips, 1)}
    words = [token.text.lower().rsplit(".", 1)[0] for token in clause.tokens]
    for known in (names, numbers):
        order = tuple(known[word] for word in words if word in known)
        if sorted(order) == sorted(clip.id for clip in scene.clips):
            return order
    return None


def _factors(clause: Clause) -> list[Token]:
    """Those with a word: "3 times" can be repetitions, "3x" is always a speed."""
    return [token for token in clause.tokens if token.kind is Kind.FACTOR]


def _moved(clause: Clause, scene: Scene, chosen: list[Segment], ids: list[str]) -> list[str] | None:
    moving = chosen[0].id
    rest = [other for other in ids if other != moving]
    last_mark = _goal(clause)
    if len(chosen) > 2 and clause.has(When.BETWEEN):
        anchor = 1 + min(rest.index(item.id) for item in chosen[1:3])
        return [*rest[:anchor], moving, *rest[anchor:]]
    if len(chosen) == 2 and (place := _place_in_order(clause)) is not None:
        at = min(place, len(ids)) - 1
        return [*rest[:at], moving, *rest[at:]]
    if len(chosen) > 1:
        side = _side(clause, last_mark)
        anchor = rest.index(chosen[1].id) + (1 if side is When.AFTER else 0)
        return [*rest[:anchor], moving, *rest[anchor:]] if side else None
    targets = [token.value for token in clause.tokens if token.kind is Kind.ORDINAL]
    if last_mark in _TO_FRONT:
        return [moving, *rest]
    if last_mark in _TO_BACK:
        return [*rest, moving]
    if targets and clause.values(Kind.FILE):
        place_at = min(max(int(targets[-1]), 1), len(ids)) - 1
        return [*rest[:place_at], moving, *rest[place_at:]]
    return None


def _in_order_of_words(clause: Clause, scene: Scene, chosen: list[Segment]) -> list[Segment]:
    """By file in the order of the sentence; by number the mover is the one that is not the goal."""
    by_file = [clip for file in scene.named_files(clause) for clip in chosen if clip.file == file]
    if by_file:
        return by_file
    goal = _goal(clause)
    if _place_in_order(clause) is not None:
        return chosen
    if len(chosen) > 1 and _side(clause, goal) is None and goal in (*_TO_FRONT, *_TO_BACK):
        return chosen[:1]
    return chosen


def _place_in_order(clause: Clause) -> int | None:
    """ "move the first clip so it's second": the number that the sentence ends in, when it is where to."""
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    if (
        len(meant) < 3
        or meant[-1].kind is not Kind.ORDINAL
        or meant[-2].value in (Join.AND, When.BEFORE, When.AFTER)
    ):
        return None
    return int(meant[-1].value)


def _goal(clause: Clause) -> When | None:
    """The last word about a place in the order: where something is to go."""
    return next((c for c in reversed(clause.concepts) if isinstance(c, When) and c is not When.TO), None)


def _side(clause: Clause, goal: When | None) -> When | None:
    """Whether the goal is before or after another clip; Chinese says 第二段前面 for that as well."""
    if goal in (When.BEFORE, When.AFTER):
        return goal
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    if len(meant) > 2 and meant[-1].value in (When.FIRST, When.LAST):
        named = meant[-2].kind in (Kind.ORDINAL, Kind.FILE) or meant[-2].value is Thing.CLIP
        if named and meant[-2].text != meant[-1].text:
            return When.BEFORE if meant[-1].value is When.FIRST else When.AFTER
    return None


def _count(clause: Clause) -> int | None:
    numbers = clause.values(Kind.NUMBER)
    if numbers:
        return int(numbers[0])
    words = " ".join(
        token.text for token in clause.tokens if token.value in (Thing.THESE, Thing.CLIP)
    ).lower()
    if any(word in words for word in ("two", "both", "两")):
        return 2
    return 3 if any(word in words for word in ("three", "三")) else None


def _which_clips(scene: Scene) -> None:
    if len(scene.clips) < 2:
        scene.refuse("one_clip", count=len(scene.clips))
        return
    scene.ask(
        "which_clips", (scene.say("try_swap"), scene.say("try_move_first"), scene.say("try_reverse_order"))
    )
