"""Fades of sound and picture, and the transitions between clips."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ....draft import Segment
from ....draft.operations import Background, Fade, Transition
from ....language import (
    Blend,
    Clause,
    Concept,
    Do,
    Filler,
    Join,
    Kind,
    Look,
    Particle,
    Thing,
    Token,
    When,
    Where,
    rejects,
)
from ..scene import Scene
from ..timing import timing
from .music import add_music, names_with_fade
from .overlay import overlay
from .text import SHOWN_MS, text

_MUSIC_MS, _PICTURE_MS, _TEXT_MS, _TRANSITION_MS = 2000, 1000, 500, 500
_BLACK = (Do.TO_BLACK, Do.FROM_BLACK, Blend.DIP_BLACK)
_ASKED = (Do.FADE, Do.FADE_IN, Do.FADE_OUT, Do.TO_BLACK, Do.FROM_BLACK)
_TURNS: dict[object, Concept] = {
    Do.FADE_IN: Do.FADE_IN, Particle.IN: Do.FADE_IN, Do.FADE_OUT: Do.FADE_OUT, Particle.OUT: Do.FADE_OUT,
}  # fmt: skip
_LIKEWISE = ("too", "also", "as well", "也", "一起", "同时")  # as the fade just spoken of
_DIRECTIONS: dict[object, str] = {
    Where.LEFT: "left",
    Where.RIGHT: "right",
    Where.TOP: "up",
    Where.BOTTOM: "down",
    Particle.UP: "up",
    Particle.DOWN: "down",
}


def fade(clause: Clause, scene: Scene) -> bool:
    """ "fade it out at the end", "fade to black", 淡入, "ease the music in over the first 2 seconds" """
    clause = _with_black(clause, scene)
    dips = _dips_at_an_edge(clause, scene)
    if not dips and (not clause.has(*_ASKED, Thing.FADE) or clause.of(Blend) or clause.has(Thing.TRANSITION)):
        return False
    if (
        scene.topic(clause) == "music"
        and not scene.music
        and (clause.has(Do.ADD, Do.PUT) or names_with_fade(clause))
    ):
        add_music(clause, scene)  # "add the track with a 2 second fade out"
    if clause.has(Thing.LOGO) and not scene.overlays:
        overlay(clause, scene)  # "fade the logo in at 2s"
        if not scene.overlays:
            return True
    words = clause.values(Kind.QUOTED)
    if words and clause.has(Thing.TITLE, Thing.CAPTIONS) and not any(t.text in words for t in scene.texts):
        # "add a title “Hi” that fades in": without what is said of the fade
        lasting = _beside_the_fade(clause)
        text(replace(clause, tokens=tuple(token for token in clause.tokens if token is not lasting)), scene)
        scene.unsay("text_assumed", length=f"{SHOWN_MS / 1000:g}")
    targets, of = _targets(clause, scene)
    if not targets:
        scene.refuse("no_music" if clause.has(Thing.MUSIC) else "nothing_to_fade")
        return True
    into, out = _coloured(clause, scene, *_ends(clause))
    own = _own_lengths(clause)
    length = _length(clause, scene)
    before = scene.operations[-1] if scene.operations else None
    if (
        length is None
        and isinstance(before, Fade)
        and any(t.text.lower() in _LIKEWISE for t in clause.tokens)
    ):
        length = before.out_ms if before.in_ms is None else before.in_ms
    taken_away = rejects(clause)
    each = clause.has(When.EACH) or (clause.has(Thing.ALL) and not clause.has(Thing.VIDEO))
    for item in targets:
        assumed = _assumed(item)
        wanted = 0 if taken_away else min(length if length is not None else assumed, item.duration_ms)
        if into and out and not taken_away:
            wanted = min(wanted, item.duration_ms // 2)
        first = each or not any(_joins(other, item) for other in targets)
        last = each or not any(_joins(item, other) for other in targets)
        in_ms = own.get(Do.FADE_IN, wanted) if into and first else None
        out_ms = own.get(Do.FADE_OUT, wanted) if out and last else None
        if in_ms is not None or out_ms is not None:
            scene.do(Fade(segments=(item.id,), of=of, in_ms=in_ms, out_ms=out_ms))
    if length is None and not taken_away:
        scene.note("fade_assumed", length=f"{_assumed(targets[0]) / 1000:g}")
    scene.last = tuple(item.id for item in targets)
    return True


def _with_black(clause: Clause, scene: Scene) -> Clause:
    """ "Go to black during the last second", "bring the picture up from black": a fade of the picture."""
    if clause.has(Thing.BACKGROUND, Thing.TITLE, Thing.CAPTIONS, Thing.LOGO, *_ASKED) or clause.of(Look):
        return clause
    if clause.values(Kind.QUOTED) or (clause.has(Thing.IT) and scene.topic(clause) == "text"):
        return clause
    turns = {When.TO: Do.TO_BLACK, When.FROM: Do.FROM_BLACK}
    for mark, token in pairwise(clause.tokens):
        if token.kind is Kind.COLOUR and token.value == "#000000" and mark.value in turns:
            tokens = tuple(
                replace(t, kind=Kind.CONCEPT, value=turns[mark.value]) if t is token else t
                for t in clause.tokens
                if t is not mark
            )
            return replace(clause, tokens=tokens)
    return clause


def _dips_at_an_edge(clause: Clause, scene: Scene) -> bool:
    """ "fade to white at the end", "dip to black at the end of the last clip": no other clip comes after it."""
    if not clause.has(Blend.DIP_BLACK, Blend.DIP_WHITE) or clause.has(Thing.TRANSITION, Thing.NEXT):
        return False
    chosen = scene.chosen_clips(clause)
    if clause.has(When.END, Do.CLOSE):
        return not chosen or chosen[-1] == scene.clips[-1]
    return clause.has(When.START, Do.OPEN) and (not chosen or chosen[0] == scene.clips[0])


def _coloured(clause: Clause, scene: Scene, into: bool, out: bool) -> tuple[bool, bool]:
    """Which of the two ends can fade as it is wished. A picture fades from and to the background's colour,
    so another one is made the background, as long as no fade is there that means the old one."""
    named = [
        token.value for before, token in pairwise(clause.tokens)
        if token.kind is Kind.COLOUR and before.value in (When.TO, When.FROM)
    ]  # fmt: skip
    wanted = dict.fromkeys(["#000000"] if clause.has(*_BLACK) else [])
    wanted |= dict.fromkeys([*named, *(["#ffffff"] if clause.has(Blend.DIP_WHITE) else [])])
    now = scene.draft.canvas.background
    if not wanted or list(wanted) == [now]:
        return into, out
    faded = any(item.ms("video_fade_in_ms") or item.ms("video_fade_out_ms") for item in scene.clips)
    if len(wanted) == 1 and not faded and not clause.has(Do.CUT, Filler.NOT):
        scene.do(Background(color=next(iter(wanted))))
        return into, out
    scene.refuse("fade_colour")
    return (into and next(iter(wanted)) == now), (out and list(wanted)[-1] == now)


def _joins(before: Segment, after: Segment) -> bool:
    """Whether one goes over into the other: two clips of the picture, or two pieces of one sound."""
    same = before.kind == "video" or before.asset == after.asset
    return before.track == after.track and before.end_ms >= after.start_ms > before.start_ms and same


def transition(clause: Clause, scene: Scene) -> bool:
    """ "crossfade all the clips", "add a wipe between clip 1 and 2", 片段之间加叠化"""
    blend = clause.first(*Blend)
    if (blend is None and not clause.has(Thing.TRANSITION)) or _dips_at_an_edge(clause, scene):
        return False
    if clause.values(Kind.QUOTED) and not clause.has(Thing.TRANSITION, When.BETWEEN):
        return False  # "flash “SALE” in the centre"
    incoming = _incoming(clause, scene)
    if len(scene.clips) < 2:
        scene.refuse("one_clip", count=len(scene.clips))
        return True
    if rejects(clause):
        scene.do(Transition(segments=incoming, type=None))
        return True
    length = timing(clause, scene.total).length or _TRANSITION_MS
    kind = str(blend.value) if blend else "crossfade"
    if blend in (Blend.WIPE, Blend.SLIDE):
        way = next((_DIRECTIONS[concept] for concept in clause.concepts if concept in _DIRECTIONS), "left")
        kind = f"{kind.split('-')[0]}-{way}"
    operation = Transition.model_validate({"segments": incoming, "type": kind, "duration_ms": length})
    if scene.do(operation) and (blend is None or timing(clause, scene.total).length is None):
        scene.note(
            "transition_assumed", length=f"{length / 1000:g}", kind=scene.say(f"blend_{kind.split('-')[0]}")
        )
    return True


def _incoming(clause: Clause, scene: Scene) -> tuple[str, ...]:
    """The clips that come in: all but the first, those between two that are named, or the one after a clip or a cut."""
    order = [clip.id for clip in scene.clips]
    cuts = _counted_cuts(clause, len(order) - 1)
    if cuts:
        return tuple(order[number] for number in cuts)
    chosen = scene.chosen_clips(clause)
    if not chosen and clause.has(Thing.NEXT):
        chosen = [clip for clip in scene.clips if clip.id in scene.last]
    numbers = sorted(order.index(clip.id) for clip in chosen)
    leaving = clause.has(Thing.NEXT, When.END, When.AFTER)
    if len(numbers) == 1 and leaving and numbers[0] + 1 < len(order):
        return (order[numbers[0] + 1],)
    if len(numbers) >= 2:
        return tuple(order[number] for number in numbers[1:])
    if len(numbers) == 1 and numbers[0] > 0:
        return (order[numbers[0]],)
    return tuple(order[1:])


def _counted_cuts(clause: Clause, count: int) -> list[int]:
    """ "On the first cut", "at the last cut", "… on the second": the cuts that are counted off, from 1."""
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    found = list[int]()
    for token, after in zip(meant, [*meant[1:], None], strict=True):
        of_a_cut = after is None or after.value is Thing.TRANSITION or after.value is Join.AND
        if token.kind is Kind.ORDINAL and of_a_cut and not clause.has(When.BETWEEN, Thing.CLIP):
            found.append(int(token.value))
        elif token.value in (When.FIRST, When.LAST) and after is not None and after.value is Thing.TRANSITION:
            found.append(1 if token.value is When.FIRST else count)
    return [number for number in found if 0 < number <= count]


def _targets(clause: Clause, scene: Scene) -> tuple[list[Segment], str]:
    """What is to fade, and whether its sound or its picture. The whole video fades with its music."""
    black = clause.has(*_BLACK, Blend.DIP_WHITE)
    topic = None if black else scene.topic(clause)
    into, out = _ends(clause)
    named = clause.has(Thing.IT, Thing.TITLE, Thing.CAPTIONS, Thing.LOGO) or clause.values(Kind.FILE)
    if any(token.text.lower() == "both" for token in clause.tokens):
        topic = None  # the picture and the sound
    if clause.has(Thing.SOUND) and clause.has(Thing.VIDEO) and clause.has(Join.AND) and scene.clips:
        topic = None  # "fade out picture and sound"
    if clause.has(Thing.MUSIC) and clause.has(Thing.VIDEO) and clause.has(Join.AND) and scene.clips:
        topic = None  # "fade out the picture and the music"
    edges = (When.START, When.END, When.FIRST, When.LAST)
    if not named and (topic == "overlay" or (topic == "text" and clause.has(*edges))):
        topic = None  # "logo top left, fade out at the end": the picture does
    if topic == "music":
        ids = scene.subjects(clause, scene.music)
        return [item for item in scene.music if item.id in ids], "sound"
    if topic == "text" and scene.texts:
        words = clause.values(Kind.QUOTED)
        ids = tuple(item.id for item in scene.texts if item.text in words)
        ids = ids or scene.subjects(clause, scene.texts)
        return [item for item in scene.texts if item.id in ids], "picture"
    if topic == "overlay" and scene.overlays:
        return list(scene.overlays), "picture"
    if topic == "sound":
        return list(scene.chosen_clips(clause) or scene.sounding), "sound"
    part = "picture" if _picture_alone(clause) else "both"
    chosen = scene.chosen_clips(clause)
    if chosen:
        return chosen, part
    if not scene.clips:
        return list(scene.music), "sound"
    each = any(t.value is When.EACH and t.text[-1:] in "段个头频" for t in clause.tokens)  # 给每段加淡入
    if each or (clause.has(Thing.ALL, When.EACH) and clause.has(Thing.CLIP)):
        return list(scene.clips), part
    ends = (
        [scene.clips[0]] if into and not out else [scene.clips[-1]] if out and not into else list(scene.clips)
    )
    if black:  # a logo on black would be all that is left
        ends += [item for item in scene.overlays if out and item.end_ms == scene.total]
    if part == "picture":
        return ends, part
    with_picture = [*ends, *(item for item in scene.music if out and item.end_ms == scene.total)]
    return with_picture, part


def _picture_alone(clause: Clause) -> bool:
    """ "Fade the picture in", 画面淡入; the whole video fades with its sound"""
    said = {token.text.lower() for token in clause.tokens}
    return (
        not clause.has(Thing.MUSIC)
        and bool(said & {"picture", "image", "visuals", "画面"})
        and not clause.has(Thing.SOUND, Thing.ALL)
    )


def _ends(clause: Clause) -> tuple[bool, bool]:
    """Whether the start fades, whether the end does."""
    apart = clause.has(Do.FADE)
    into = clause.has(Do.FADE_IN, Do.FROM_BLACK) or (apart and clause.has(Particle.IN))
    apart = apart or into  # "fade in from black and out …"
    out = clause.has(Do.FADE_OUT, Do.TO_BLACK) or (apart and clause.has(Particle.OUT, Particle.DOWN))
    if not into and not out:
        at_start, at_end = clause.has(When.START, When.FIRST), clause.has(When.END, When.LAST)
        return at_start or not at_end, at_end or not at_start
    return into, out


def _own_lengths(clause: Clause) -> dict[Concept, int]:
    """ "fade in 2 seconds and out 3", 淡入2秒淡出3秒: the length that stands with each of the two."""
    fades = [_TURNS[token.value] for token in clause.tokens if token.value in _TURNS]
    times = [token.value for token in clause.tokens if token.kind is Kind.TIME]
    return dict(zip(fades, times, strict=True)) if len(fades) == len(times) == 2 else {}


def _length(clause: Clause, scene: Scene) -> int | None:
    if clause.values(Kind.QUOTED):
        own = _beside_the_fade(clause)  # other times are the text's
        return int(own.value) if own else None
    when = timing(clause, scene.total)
    if when.spans:
        start, end = when.spans[0]
        return max(0, end - start)
    if when.length is not None or when.to is not None:
        return when.length if when.length is not None else when.to
    into, out = _ends(clause)
    if out and not into and clause.has(When.START) and 0 < (when.at or 0) < scene.total:
        return scene.total - (when.at or 0)  # 第8秒开始淡出
    numbers = clause.values(Kind.NUMBER)
    return round(numbers[0] * 1000) if numbers and 0 < numbers[0] < 60 else None


def _beside_the_fade(clause: Clause) -> Token | None:
    """The time in "a 1 second fade in", "fading in over 1 second"."""
    meant = [token for token in clause.tokens if token.value not in (Filler.WORD, When.FOR)]
    for one, other in pairwise(meant):
        fade, time = (one, other) if other.kind is Kind.TIME else (other, one)
        if time.kind is Kind.TIME and fade.value in (*_ASKED, *_TURNS, Thing.FADE):
            return time
    return None


def _assumed(item: Segment) -> int:
    length = {"audio": _MUSIC_MS, "text": _TEXT_MS}.get(item.kind, _PICTURE_MS)
    return min(length, item.duration_ms // 2)
