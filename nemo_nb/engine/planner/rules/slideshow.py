"""Pictures one after the other."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ....draft import Segment
from ....draft.operations import CutOut, Delete, Slideshow, Still
from ....language import Blend, Clause, Do, Filler, Kind, Thing, Token, When
from ..material import MediaAsset
from ..scene import Scene
from ..timing import timing
from .canvas import canvas

_STILL_MS = 3000


def slideshow(clause: Clause, scene: Scene) -> bool:
    """ "turn these photos into a slideshow, 2 seconds each", 把照片做成幻灯片"""
    made = clause.has(Do.MERGE, Do.KEEP, Do.SET, Do.ADD, Do.PUT, Do.SHOW, Do.PLAY, Filler.VAGUE)
    # "3 seconds per picture", "3 seconds a photo"
    made = made or bool((clause.has(When.EACH) or _a_picture(clause)) and clause.values(Kind.TIME))
    made = made or clause.has(Thing.VIDEO)  # "an 8 second video out of these pictures"
    named = any(asset.kind == "image" for asset in scene.named_assets(clause)) and not clause.has(Do.SET)
    photos = (named or clause.has(Thing.IMAGE, Thing.THESE, When.EACH)) and made and not scene.clips
    if not clause.has(Do.SLIDESHOW) and not photos:
        return False
    images = [asset for asset in scene.named_assets(clause) if asset.kind == "image"]
    first = clause.has(When.FIRST, When.START) or 1 in clause.values(Kind.ORDINAL)
    if images and first and not clause.has(Do.KEEP):
        images += [asset for asset in scene.waiting("image") if asset not in images]  # "with img3 first"
    images = _in_between(clause, scene, images) or scene.waiting("image")
    if clause.has(Do.REVERSE):
        images = list(reversed(scene.waiting("image")))  # "in reverse order, img4 first"
    if not images:
        scene.refuse("no_image")
        return True
    passing = _beside_the_blend(clause)
    shown = replace(clause, tokens=tuple(token for token in clause.tokens if token is not passing))
    when = timing(shown, scene.total)
    blend = clause.first(*Blend)
    each = when.length or when.to or when.at or _STILL_MS
    whole = clause.has(Thing.LENGTH) or when.to is not None or _altogether(clause)
    if ((whole and not clause.has(When.EACH)) or _as_adjective(clause)) and each > len(images) * 1000:
        each //= len(images)
    plain, passes = _without_transitions(clause), clause.has(Thing.TRANSITION)
    show: dict[str, object] = {
        "images": [Still(asset=asset.asset, file=asset.file) for asset in images],
        "each_ms": each,
        "transition": None if plain else blend.value if blend else "crossfade" if passes else None,
    }
    times = clause.values(Kind.TIME)
    if passing is None and len(times) == len(images) > 1:  # "img1 for 5 seconds and img2 for 2"
        stills = [Still(asset=asset.asset, file=asset.file) for asset in images]
        scene.do(*(Slideshow(images=(s,), each_ms=t) for s, t in zip(stills, times, strict=True)))
    else:
        scene.do(
            Slideshow.model_validate(show if passing is None else show | {"transition_ms": passing.value})
        )
    if not when.some:
        scene.note("slides_assumed", length=f"{each / 1000:g}")
    canvas(clause, scene)  # "a vertical slideshow"
    return True


def _altogether(clause: Clause) -> bool:
    return any(
        token.text.lower() in ("altogether", "all together", "total", "overall") for token in clause.tokens
    )


def _in_between(clause: Clause, scene: Scene, images: list[MediaAsset]) -> list[MediaAsset]:
    """ "From img4 back to img1": those between the two as well, in that direction."""
    waiting = scene.waiting("image")
    if len(images) != 2 or not clause.has(When.TO) or any(image not in waiting for image in images):
        return images
    first, last = (waiting.index(image) for image in images)
    return waiting[first : last + 1] if first < last else waiting[last : first + 1][::-1]


def _a_picture(clause: Clause) -> bool:
    """ "3 seconds a photo" """
    triples = zip(clause.tokens, clause.tokens[1:], clause.tokens[2:], strict=False)
    return any(
        time.kind is Kind.TIME and a.text.lower() in ("a", "an") and thing.value is Thing.IMAGE
        for time, a, thing in triples
    )


def _without_transitions(clause: Clause) -> bool:
    """ "no transitions", "plain cuts" """
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    return any(a.value is Filler.NOT and b.value in (Thing.TRANSITION, *Blend) for a, b in pairwise(meant))


def _beside_the_blend(clause: Clause) -> Token | None:
    """ "with 1 second wipes", 1秒的叠化: how long each picture takes to pass into the next"""
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    blends = (*Blend, Thing.TRANSITION)
    return next((a for a, b in pairwise(meant) if a.kind is Kind.TIME and b.value in blends), None)


def still_length(clause: Clause, scene: Scene) -> bool:
    """ "2 seconds each", said of a slideshow that is there"""
    when = timing(clause, scene.total)
    each = when.to if when.to is not None else when.length
    stills = bool(scene.clips) and all(clip.kind == "image" for clip in scene.clips)
    if not stills or not each or not clause.has(When.EACH) or clause.has(Do.CUT, Thing.TRANSITION, *Blend):
        return False
    blends = [clip.meta.get("transition") for clip in scene.clips[1:]]
    alike = all(blend == blends[0] for blend in blends)
    alone = all(item in scene.clips for item in scene.draft.segments)
    if alone and alike and all(_untouched(clip) for clip in scene.clips):
        images = tuple(Still(asset=clip.asset, file=clip.file) for clip in scene.clips)
        show = Slideshow(images=images, each_ms=each)
        if blend := next(iter(blends), None):
            show = show.model_copy(
                update={"transition": blend["type"], "transition_ms": blend["duration_ms"]}
            )
        scene.do(Delete(segments=tuple(clip.id for clip in scene.clips)), show)
        scene.unsay("slides_assumed", length=f"{_STILL_MS / 1000:g}")
    elif all(clip.duration_ms >= each and "transition" not in clip.meta for clip in scene.clips):
        # From the last to the first, so that the times of those before stay true.
        ends = [(clip.start_ms + each, clip.end_ms) for clip in reversed(scene.clips)]
        scene.do(*(CutOut(start_ms=start, end_ms=end) for start, end in ends if start < end))
    else:
        scene.refuse("still_longer")
    return True


def _untouched(clip: Segment) -> bool:
    """Whether a still is as the slideshow made it, so that making it again loses nothing."""
    return set(clip.meta) <= {"kind", "asset", "file", "transition"}


def _as_adjective(clause: Clause) -> bool:
    """ "a 12 second slideshow": the length of all of it."""
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    shows = (Do.SLIDESHOW, Thing.VIDEO)
    return any(a.kind is Kind.TIME and b.value in shows for a, b in pairwise(meant))
