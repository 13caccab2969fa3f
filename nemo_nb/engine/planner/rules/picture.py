"""How the picture looks: turned, mirrored, coloured, zoomed; pictures over the picture; slideshows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ....draft import Segment
from ....draft.operations import (
    AddFilter,
    Adjust,
    ClearFilters,
    Crop,
    CutOut,
    Delete,
    Flip,
    Overlay,
    Retime,
    Rotate,
    Slideshow,
    Still,
    place,
)  # fmt: skip
from ....language import Blend, Clause, Degree, Do, Filler, Kind, Look, Particle, Thing, Token, When, Where
from ..scene import Scene
from ..timing import timing
from .canvas import canvas
from .stretch import within
from .text import position_of

_LOGO_SCALE, _STEP = 0.15, 1.4
_STILL_MS = 3000
_MOVING = ("slowly", "gradually", "gradual", "smoothly", "缓慢", "缓缓", "慢慢", "逐渐", "渐渐")
# Those that go both ways: the look's name in the draft and the amount that is taken where none is said.
_BOTH_WAYS = {
    Look.SOFT: ("blur", 0.3),
    Look.BRIGHTER: ("brightness", 0.2), Look.DARKER: ("brightness", -0.2), Look.MORE_CONTRAST: ("contrast", 0.25),
    Look.LESS_CONTRAST: ("contrast", -0.25), Look.MORE_COLOUR: ("saturation", 0.3),
    Look.LESS_COLOUR: ("saturation", -0.3),
}  # fmt: skip


def look(clause: Clause, scene: Scene) -> bool:
    """ "give it a sepia look", "brighter", 黑白, "remove the filter" """
    looks = clause.of(Look)
    if not looks and not clause.has(Thing.LOOK):
        return False
    targets = tuple(clip.id for clip in scene.chosen_clips(clause) or scene.clips)
    if not targets:
        scene.refuse("empty")
        return True
    if clause.has(Do.CUT, Filler.NOT, Do.UNDO):
        name = _BOTH_WAYS.get(looks[0], (looks[0].value, 0))[0] if looks else None
        scene.do(ClearFilters.model_validate({"segments": targets, "name": name}))
        return True
    if not looks:
        scene.ask("which_look", (scene.say("try_warm"), scene.say("try_bw"), scene.say("try_cinematic")))
        return True
    targets = _within(clause, scene, targets)
    if not targets:
        return True
    share = clause.value(Kind.PERCENT)
    for wanted in looks:
        name, amount = _BOTH_WAYS.get(wanted, (wanted.value, 1.0))
        if wanted in (Look.BRIGHTER, Look.MORE_CONTRAST, Look.MORE_COLOUR) and clause.has(
            Do.QUIETER, Degree.LESS, Particle.DOWN
        ):
            amount = -amount
        if share is not None:
            amount = min(1.0, share) * (-1 if amount < 0 else 1)
        elif clause.has(Degree.A_BIT):
            amount *= 0.5
        scene.do(AddFilter.model_validate({"segments": targets, "name": name, "amount": amount}))
    return True


def _within(clause: Clause, scene: Scene, targets: tuple[str, ...]) -> tuple[str, ...]:
    """Of the clips what lies in the stretch that is named; none where nothing does."""
    parts = within(clause, scene, [clip for clip in scene.clips if clip.id in targets])
    return tuple(clip.id for clip in parts or ())


def turn(clause: Clause, scene: Scene) -> bool:
    """ "rotate 90 degrees", "upside down", "mirror it", 逆时针旋转90度"""
    turns = clause.has(Do.ROTATE, Do.COUNTERCLOCKWISE, Do.UPSIDE_DOWN, Do.MIRROR)
    # "turn it 180"
    bare = any(token.text.lower().startswith("turn") for token in clause.tokens) and any(
        number in (90, 180, 270) for number in clause.values(Kind.NUMBER)
    )
    if not turns and not bare and not clause.values(Kind.DEGREES):
        return False
    targets = _pictures(clause, scene)
    if not targets:
        scene.refuse("empty")
        return True
    if set(targets) <= {clip.id for clip in scene.clips}:
        targets = _within(clause, scene, targets)
    if not targets:
        return True
    if clause.has(Do.UPSIDE_DOWN):
        scene.do(Rotate(segments=targets, degrees=180))
    elif clause.has(Do.MIRROR):
        words = " ".join(token.text for token in clause.tokens).lower()
        upright = any(word in words for word in ("vertical", "上下", "垂直"))
        scene.do(Flip(segments=targets, direction="v" if upright else "h"))
    else:
        degrees = clause.value(Kind.DEGREES) or next(
            (number for number in clause.values(Kind.NUMBER) if number in (45, 90, 180, 270)), None
        )
        amount = degrees or 90
        back = clause.has(Do.COUNTERCLOCKWISE, Where.LEFT)
        if degrees is None:
            scene.note("turn_back_assumed" if back else "turn_assumed")
        if not -360 <= amount <= 360:
            amount %= 360
        scene.do(Rotate(segments=targets, degrees=-amount if back else amount))
    return True


def zoom(clause: Clause, scene: Scene) -> bool:
    """ "crop 20%", "zoom in" """
    if not clause.has(Do.CROP, Do.ZOOM) or timing(clause, scene.total).spans:
        return False
    targets = _pictures(clause, scene)
    if not targets:
        scene.refuse("empty")
        return True
    share, factor = clause.value(Kind.PERCENT), clause.value(Kind.FACTOR)
    usual = 0.5 if clause.has(Degree.HALF) else 0.2
    kept = 1 / factor if factor and factor > 1 else 1 / share if share and share > 1 else 1 - (share or usual)
    if not 0.05 <= kept < 1:
        scene.refuse("crop_amount")
        return True
    place = position_of(clause) or "center"
    zooms = clause.has(Do.ZOOM, When.TO)
    box = _zoomed(kept, place) if zooms else _cropped(kept, place)
    scene.do(Crop.model_validate({"segments": targets, "box": box}))
    if any(token.text.lower() in _MOVING for token in clause.tokens):
        scene.refuse("no_motion")
    if zooms and place != "center":
        scene.note("zoomed", place=scene.say(f"place_{place}"), percent=f"{kept:.0%}")
    elif not share and not factor and place != "center":
        scene.note("crop_side_assumed", place=scene.say(f"place_{place}"), percent=f"{1 - kept:.0%}")
    elif not share and not factor:
        scene.note("crop_assumed")
    return True


def _zoomed(kept: float, place: str) -> dict[str, float]:
    """What is left of the picture in its own shape, taken from a side, a corner or the middle."""
    x = 0 if "left" in place else 1 - kept if "right" in place else (1 - kept) / 2
    y = 0 if "top" in place else 1 - kept if "bottom" in place else (1 - kept) / 2
    return {"x": round(x, 4), "y": round(y, 4), "w": round(kept, 4), "h": round(kept, 4)}


def _cropped(kept: float, place: str) -> dict[str, float]:
    """What is left of the picture when something is taken off at a side, at a corner, or all around."""
    if place == "center":
        return _zoomed(kept, place)
    box = {"x": 0.0, "y": 0.0, "w": 1.0, "h": 1.0}
    if "left" in place or "right" in place:
        box |= {"w": round(kept, 4), "x": round(1 - kept, 4) if "left" in place else 0.0}
    if "top" in place or "bottom" in place:
        box |= {"h": round(kept, 4), "y": round(1 - kept, 4) if "top" in place else 0.0}
    return box


def overlay(clause: Clause, scene: Scene) -> bool:
    """ "watermark it with logo.png, lower left, 40% opacity", 右上角加个水印, "make the logo smaller" """
    named = [asset for asset in scene.named_assets(clause) if asset.kind == "image"]
    laid_over = (
        clause.has(Thing.IMAGE) and clause.has(Do.ADD, Do.PUT) and not clause.has(When.START, When.END)
    )
    meant = clause.has(Thing.LOGO) or (scene.clips and (named or (laid_over and scene.waiting("image"))))
    if not meant and scene.topic(clause) != "overlay":
        return False
    there = _there(clause, scene)
    if there and (clause.has(Do.CUT, Filler.NOT)):
        scene.do(Delete(segments=tuple(item.id for item in there)))
        return True
    if clause.has(Do.CUT, Filler.NOT):
        scene.refuse("no_overlay")
        return True
    waiting = named or scene.waiting("image")
    if there and (not waiting or not clause.has(Do.ADD)):
        return _adjust(clause, scene, there)
    if not waiting:
        scene.refuse("no_image")
        return True
    if not scene.clips:
        return False
    asset = named[0] if named else waiting[0]
    when = timing(clause, scene.total)
    centred = not position_of(clause) and clause.has(When.MIDDLE) and not clause.values(Kind.TIME)
    start = when.spans[0][0] if when.spans else 0 if centred else when.at or 0
    if start >= scene.total or start < 0:
        scene.outside()
        return True
    length = when.spans[0][1] - start if when.spans else when.length
    scene.do(
        Overlay(
            asset=asset.asset,
            file=asset.file,
            at_ms=start,
            duration_ms=length,
            position="center" if centred else position_of(clause) or "top-right",
            opacity=_opacity(clause),
            scale=_scale(clause),
        )
    )
    if not centred and not position_of(clause):
        scene.note("corner_assumed")
    return True


def _opacity(clause: Clause) -> float:
    """Half where it is to be seen through and nobody says how much."""
    if not clause.has(Thing.OPACITY):
        return 1.0
    beside = [
        share.value if share.kind is Kind.PERCENT else other.value
        for share, other in pairwise(clause.tokens)
        if Thing.OPACITY in (share.value, other.value) and Kind.PERCENT in (share.kind, other.kind)
    ]
    share = next(iter(beside), clause.value(Kind.PERCENT))
    return float(share) if share is not None and share <= 1 else 0.5


def _scale(clause: Clause) -> float:
    """The percentage that isn't the opacity's."""
    shares = clause.values(Kind.PERCENT)
    if clause.has(Thing.OPACITY):
        shares = shares[:1] if len(shares) > 1 else []
    return float(shares[0]) if shares and 0 < shares[0] <= 1 else _LOGO_SCALE


def slideshow(clause: Clause, scene: Scene) -> bool:
    """ "turn these photos into a slideshow, 2 seconds each", 把照片做成幻灯片"""
    made = clause.has(Do.MERGE, Do.KEEP, Do.SET, Do.ADD, Do.PUT, Do.SHOW, Do.PLAY, Filler.VAGUE)
    made = made or bool(clause.has(When.EACH) and clause.values(Kind.TIME))  # "3 seconds per picture"
    named = any(asset.kind == "image" for asset in scene.named_assets(clause)) and not clause.has(Do.SET)
    photos = (named or clause.has(Thing.IMAGE, Thing.THESE, When.EACH)) and made and not scene.clips
    if not clause.has(Do.SLIDESHOW) and not photos:
        return False
    images = [asset for asset in scene.named_assets(clause) if asset.kind == "image"]
    first = clause.has(When.FIRST, When.START) or 1 in clause.values(Kind.ORDINAL)
    if images and first and not clause.has(Do.KEEP):
        images += [asset for asset in scene.waiting("image") if asset not in images]  # "with img3 first"
    images = images or scene.waiting("image")
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
    whole = clause.has(Thing.LENGTH) or when.to is not None
    if ((whole and not clause.has(When.EACH)) or _as_adjective(clause)) and each > len(images) * 1000:
        each //= len(images)
    show: dict[str, object] = {
        "images": [Still(asset=asset.asset, file=asset.file) for asset in images],
        "each_ms": each,
        "transition": blend.value if blend else "crossfade" if clause.has(Thing.TRANSITION) else None,
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


def _adjust(clause: Clause, scene: Scene, there: list[Segment]) -> bool:
    values: dict[str, object] = {}
    share = clause.value(Kind.PERCENT)
    if position := position_of(clause):
        values["position"] = position
    if share is not None and share <= 1:
        values["opacity" if clause.has(Thing.OPACITY) else "scale"] = share
    scale = float(there[0].meta.get("scale") or 0.2)
    if clause.has(Do.BIGGER):
        values["scale"] = round(min(1.0, scale * _STEP), 4)
    if clause.has(Do.SMALLER):
        values["scale"] = round(scale / _STEP, 4)
    if clause.has(Thing.OPACITY) and share is None:
        values["opacity"] = 0.5
    spans = timing(clause, scene.total).spans
    if spans and 0 <= spans[0][0] < min(spans[0][1], scene.total):
        start, end = spans[0][0], min(spans[0][1], scene.total)
        scene.do(*(Retime(segment=item.id, start_ms=start, duration_ms=end - start) for item in there))
    if values:
        scene.do(Adjust.model_validate({"segments": tuple(item.id for item in there), **values}))
    return bool(values or spans)


def _there(clause: Clause, scene: Scene) -> list[Segment]:
    files = {asset.file for asset in scene.named_assets(clause)}
    return [item for item in scene.overlays if not files or item.file in files]


def _pictures(clause: Clause, scene: Scene) -> tuple[str, ...]:
    if clause.has(Thing.LOGO) and scene.overlays:
        return tuple(item.id for item in scene.overlays)
    return tuple(clip.id for clip in scene.chosen_clips(clause) or scene.clips)
