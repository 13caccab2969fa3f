"""Pictures over the picture: logos, watermarks, picture in picture."""

from __future__ import annotations

from itertools import pairwise

from ....draft import Segment
from ....draft.operations import Adjust, Delete, Overlay, Retime
from ....language import Blend, Clause, Do, Kind, Look, Thing, When, Where, rejects
from ..scene import Scene
from ..timing import timing
from .lettering import ON_CLIPS, position_of

_LOGO_SCALE, _INSET_SCALE, _STEP = 0.15, 0.3, 1.4
_INSETS = (
    "picture in picture",
    "picture-in-picture",
    "pip",
    "small window",
    "inset",
    "画中画",
    "小窗",
    "小窗口",
)


def overlay(clause: Clause, scene: Scene) -> bool:
    """ "watermark it with logo.png, lower left, 40% opacity", 右上角加个水印, "make the logo smaller" """
    named = [asset for asset in scene.named_assets(clause) if asset.kind == "image"]
    laid_over = (
        clause.has(Thing.IMAGE) and clause.has(Do.ADD, Do.PUT) and not clause.has(When.START, When.END)
    )
    meant = clause.has(Thing.LOGO) or (scene.clips and (named or (laid_over and scene.waiting("image"))))
    if _film(clause, scene):
        return True
    if scene.named_covers(clause):
        return False
    if not meant and (scene.topic(clause) != "overlay" or clause.of(Look) or clause.has(*Blend, *ON_CLIPS)):
        return False
    there = _there(clause, scene)
    if there and rejects(clause):
        scene.do(Delete(segments=tuple(item.id for item in there)))
        return True
    if rejects(clause):
        scene.refuse("no_overlay")
        return True
    waiting = named or scene.waiting("image")
    if there and (not waiting or not clause.has(Do.ADD)):
        return _adjust(clause, scene, there)
    if not waiting:
        scene.refuse("no_image")
        return True
    if not scene.clips or not meant:
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


def _film(clause: Clause, scene: Scene) -> bool:
    """ "Put b.mp4 as picture in picture at the bottom right": a film over the film; from the main track it goes."""
    films = [asset for asset in scene.named_assets(clause) if asset.kind == "video"]
    inset = any(token.text.lower() in _INSETS for token in clause.tokens)
    cornered = clause.has(Where.CORNER) or "-" in (position_of(clause) or "")
    if cornered and clause.has(Do.ADD, Do.PUT) and not clause.has(Thing.LOGO):
        inset = True  # "put c.mp4 in the corner"
    if not films or not inset or not scene.clips or clause.has(Do.CUT):
        return False
    film = films[0]
    on_main = tuple(clip.id for clip in scene.clips if clip.file == film.file)
    most = sum(clip.duration_ms for clip in scene.clips if clip.id in on_main) * 2 > scene.total
    if on_main and (most or len(on_main) == len(scene.clips)):
        scene.refuse("pip_alone", file=film.file)
        return True
    when = timing(clause, scene.total)
    if on_main:
        scene.do(Delete(segments=on_main))
    start = when.spans[0][0] if when.spans else when.at or 0
    if start >= scene.total:
        scene.outside()
        return True
    length = when.spans[0][1] - start if when.spans else when.length
    position = position_of(clause) or "bottom-right"
    scene.do(
        Overlay(
            kind="video",
            asset=film.asset,
            file=film.file,
            at_ms=start,
            duration_ms=min(length or film.duration_ms, film.duration_ms),
            position=position,
            scale=_scale(clause) if clause.values(Kind.PERCENT) else _INSET_SCALE,
        )
    )
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
    until = timing(clause, scene.total).to
    if until is not None and not spans:
        ends = [(item, until - item.start_ms) for item in there if until > item.start_ms]
        scene.do(*(Retime(segment=item.id, duration_ms=length) for item, length in ends))
    if values:
        scene.do(Adjust.model_validate({"segments": tuple(item.id for item in there), **values}))
    return bool(values or spans or until is not None)


def _there(clause: Clause, scene: Scene) -> list[Segment]:
    files = {asset.file for asset in scene.named_assets(clause)}
    if files or not clause.has(Thing.LOGO):
        last = [item for item in scene.overlays if item.id in scene.last and not files]
        return last or [item for item in scene.overlays if not files or item.file in files]
    return list(scene.logos)
