"""Files put onto the timeline: into the row, over the picture, in the place of others."""

from __future__ import annotations

from collections.abc import Sequence

from ...draft import Segment
from ...draft.operations import (
    PHOTO_MS,
    CutOut,
    Delete,
    Mute,
    Operation,
    PlaceClip,
    Reorder,
    Split,
    place,
)
from ...draft.operations import AddMusic as AddMusicOp
from ...draft.operations import Fade as FadeOp
from ...draft.operations import Overlay as OverlayOp
from ...draft.operations import over as lies_over
from ..assets import MediaAsset
from ..frames import Cover, Insert, Overlay, Replace
from ..lexicon import matching
from ..resolve import ALL_KINDS, Found
from ..slots import Moment, Span, Target
from ..stage import Said, Stage
from .base import does, runs_of
from .order import placed, shorten

_INSET_SCALE, _LOGO_SCALE = 0.3, 0.15
_HIGHEST_INSET = 0.4  # of the picture


_UPLOADS: dict[str | None, tuple[str, ...]] = {"image": ("image",), "logo": ("image",), "clip": ("video",)}


def files_of(targets: Sequence[Target], stage: Stage, *kinds: str) -> list[MediaAsset]:
    """The uploads that are named; where one isn't there it is told, and the list is empty."""
    found = list[MediaAsset]()
    for target in targets:
        if target.names:
            for name in target.names:
                asset = stage.ground.asset(name, *kinds)
                if asset is None:
                    stage.refuse("no_such_file", file=name)
                    return []
                found += [asset] if asset not in found else []
            continue
        if target.ids or target.refer:
            answer = stage.ground.find(target, ALL_KINDS)
            assets = {item.asset for item in answer.segments} if isinstance(answer, Found) else set()
            found += [asset for asset in stage.assets if asset.asset in assets]
            if assets or target.kind not in _UPLOADS:
                continue
        waiting = stage.ground.waiting(*(_UPLOADS.get(target.kind) or kinds or ("video", "image")))
        called = [asset for asset in stage.ground.called(target.kind) if not kinds or asset.kind in kinds]
        waiting = [asset for asset in called if asset in waiting] or called or waiting
        one = (
            (target.kind in _UPLOADS or len(called) > 1)
            and target.refer != "them"
            and target.every is None
            and target.count is None
        )
        if one and len(waiting) > 1:
            choices = [Said("choice", {"text": asset.file}) for asset in waiting]
            slot = "file" if stage.frame is not None and "file" in type(stage.frame).model_fields else "files"
            stage.ask("which_one", choices, slot=slot, files=", ".join(asset.file for asset in waiting))
            return []
        found += [asset for asset in waiting if asset not in found]
    return found


@does(Insert)
def insert(frame: Insert, stage: Stage) -> None:
    assets = files_of(frame.files, stage, "video", "image")
    if not assets:
        if not stage.refusals and stage.question is None:
            stage.ask("which_file", ("try_insert", "try_add_clip"), slot="files")
        return
    anchor = frame.before or frame.after
    slot = "before" if frame.before else "after"
    if anchor is not None and not stage.want(anchor, ("clip",), slot=slot) and stage.question is not None:
        return
    at: int | None = None
    if frame.at is not None and (
        frame.at.ms or frame.at.share or frame.at.of is not None or frame.at.edge == "middle"
    ):
        at = stage.moment(frame.at)
        if at is None:
            return
        if at > stage.total or at < 0:
            stage.outside()
            return
        if frame.at.of is not None:
            moving = {asset.asset for asset in assets}
            at = _without(at, [clip for clip in stage.ground.clips if clip.asset in moving])
    first = assets[0]
    if (
        frame.part is not None
        and first.duration_ms
        and frame.part.start.within(first.duration_ms) >= first.duration_ms
    ):
        stage.refuse("no_such_part", file=first.file, length=stage.seconds(first.duration_ms))
        return
    new = list[str]()
    for asset in assets:
        known = {clip.id for clip in stage.ground.clips}
        there = [clip for clip in stage.ground.clips if clip.asset == asset.asset and not frame.again]
        anchored = frame.place is not None or frame.before is not None or frame.after is not None
        if there and at is None and not anchored and not frame.length:
            stage.answer("already_there", file=asset.file)
            continue
        if there and (at is not None or anchored):
            new += [clip.id for clip in there]
            continue
        operation = place(asset)
        if isinstance(operation, PlaceClip) and asset.kind == "image" and frame.length is not None:
            operation = operation.model_copy(update={"duration_ms": frame.length.of(stage.total)})
        if not stage.do(operation):
            return
        new += [clip.id for clip in stage.ground.clips if clip.id not in known]
    _put(frame, new, at, stage)
    if (frame.length is not None or frame.part is not None) and len(new) == 1 and assets[0].kind == "video":
        _keep_part(frame, new[0], stage)
    stage.touched += [clip_id for clip_id in new if clip_id not in stage.touched]


def _put(frame: Insert, new: Sequence[str], at: int | None, stage: Stage) -> None:
    """Moves what was placed at the end to where it is wanted."""
    if at is not None:
        moving = [clip for clip in stage.ground.clips if clip.id in new]
        others = [clip for clip in stage.ground.clips if clip.id not in new]
        across = next(
            (c for c in others if _without(c.start_ms, moving) < at < _without(c.end_ms, moving)), None
        )
        if across is not None:
            stage.do(Split(at_ms=across.start_ms + at - _without(across.start_ms, moving)))
        moving = [clip for clip in stage.ground.clips if clip.id in new]
        rest = [clip for clip in stage.ground.clips if clip.id not in new]
        before = [clip.id for clip in rest if _without(clip.start_ms, moving) < at]
        after = [clip.id for clip in rest if clip.id not in before]
        stage.do(Reorder(order=(*before, *new, *after)))
        return
    number = frame.place
    if frame.at is not None and frame.at.of is None:
        number = 1 if frame.at.edge == "start" else -1
    if number is None and frame.before is None and frame.after is None:
        return
    moving = [stage.ground.by_id[clip_id] for clip_id in new]
    order = placed(stage, moving, number, frame.before, frame.after)
    if order is not None and order != [clip.id for clip in stage.ground.clips]:
        stage.do(Reorder(order=tuple(order)))


def _without(ms: int, gone: Sequence[Segment]) -> int:
    """Where a moment lies once these clips have gone from the timeline."""
    return ms - sum(min(clip.end_ms, ms) - min(clip.start_ms, ms) for clip in gone)


def _keep_part(frame: Insert, segment_id: str, stage: Stage) -> None:
    """ "2 seconds of beach.mp4", "beach.mp4 from its 0:03 to 0:06": what of the film is meant, in its own time."""
    clip = stage.ground.by_id[segment_id]
    if frame.part is not None:
        start, end = frame.part.within(clip.duration_ms)
    else:
        start, end = 0, frame.length.of(stage.total) if frame.length is not None else clip.duration_ms
    if end > clip.duration_ms:
        stage.note("cover_footage", file=clip.file, length=stage.seconds(clip.duration_ms - start))
    a, b = clip.start_ms + max(0, start), clip.start_ms + min(end, clip.duration_ms)
    stage.do(*(CutOut(start_ms=x, end_ms=y) for x, y in ((b, clip.end_ms), (clip.start_ms, a)) if x < y))


@does(Cover)
def cover(frame: Cover, stage: Stage) -> None:
    assets = files_of([frame.file] if frame.file else [], stage, "video", "image")
    if not assets:
        if not stage.refusals and stage.question is None:
            stage.ask("which_file", ("try_cover",), slot="file")
        return
    asset, ground = assets[0], stage.ground
    on_main = [clip for clip in ground.clips if clip.asset == asset.asset]
    if on_main and len(on_main) == len(ground.clips):
        stage.refuse("pip_alone", file=asset.file)
        return
    if not ground.total:
        stage.refuse("empty")
        return
    gone = sum(clip.duration_ms for clip in on_main)
    total = ground.total - gone
    start, length = 0, frame.length.of(total) if frame.length else None
    below = _over(frame.over, stage)
    over = list(stage.want(below, ("clip",))) if below and not below.vague else []
    if below is not None and not over and (stage.question or stage.refusals):
        return
    over = [item for item in over if item.asset != asset.asset]
    if frame.span is not None:
        placed = stage.span(frame.span)
        if placed is None:
            return
        start = placed[0]
        length = length if length and frame.span.how == "after" else placed[1] - placed[0]
    elif frame.at is not None:
        at = stage.moment(frame.at, over[0] if over and frame.at.edge == "middle" else None)
        if at is None:
            return
        start = at
    elif over and len(over) < len(ground.clips) - len(on_main):
        start, length = over[0].start_ms, length or over[-1].end_ms - over[0].start_ms
    if not 0 <= start < ground.total:
        stage.outside()
        return
    if (frame.span is None and frame.at is None) or over:
        start = start - sum(min(clip.end_ms, start) - min(clip.start_ms, start) for clip in on_main)
    else:
        start = start - sum(min(clip.end_ms, start) - min(clip.start_ms, start) for clip in on_main)
    if start >= total:
        stage.refuse("nothing_below", file=asset.file)
        return
    if on_main:
        stage.do(Delete(segments=tuple(clip.id for clip in on_main)))
    if len(assets) > 1 and not on_main:
        each = frame.length.of(total) if frame.length else (length or 0) // len(assets) or PHOTO_MS
        for number, one in enumerate(assets):
            _lay(one, start + number * each, each, stage)
        return
    _lay(asset, start, length, stage)


def _over(over: Target | None, stage: Stage) -> Target | None:
    """What a picture is to lie over. Where there is only a voice, "over the voice" is over all of it."""
    if over is None or stage.ground.clips:
        return over
    heard = [stage.ground.asset(name, "audio") for name in over.names]
    return None if all(heard) else over


def _lay(asset: MediaAsset, start: int, length: int | None, stage: Stage) -> None:
    """A film or photo over the picture, from a moment on."""
    known = {item.id for item in stage.draft.segments}
    natural = asset.duration_ms or PHOTO_MS
    laid = lies_over(asset, start, length)
    if stage.do(laid):
        new = tuple(item.id for item in stage.draft.segments if item.id not in known)
        if asset.kind == "video":
            stage.do(Mute(segments=new))
            stage.note("cover_muted", file=asset.file)
        if length is not None and asset.kind == "video" and length > natural:
            stage.note("cover_footage", file=asset.file, length=stage.seconds(natural))


def _is_a_photo(asset: MediaAsset) -> bool:
    """Whether it is a picture to look at, and no sign: cameras make JPEGs, and of logos they are made too."""
    sign = matching("signs").search(asset.file)
    return asset.kind == "image" and asset.file.lower().endswith((".jpg", ".jpeg", ".heic")) and not sign


def _inset_scale(asset: MediaAsset, stage: Stage) -> float:
    """How wide a film in a corner is; an upright one narrower, so that it doesn't stand over all of the height."""
    canvas = stage.draft.canvas
    if not (asset.width and asset.height):
        return _INSET_SCALE
    as_high = _HIGHEST_INSET * canvas.height / canvas.width * asset.width / asset.height
    return min(_INSET_SCALE, round(as_high, 3))


@does(Overlay)
def overlay(frame: Overlay, stage: Stage) -> None:
    ground = stage.ground
    kinds = ("video", "image") if frame.inset else ("image",)
    said = frame.file is not None and (frame.file.names or frame.file.ids or frame.file.kind)
    assets = files_of([frame.file if frame.file and said else Target(kind="logo")], stage, *kinds)
    if not assets:
        if not stage.refusals and stage.question is None:
            stage.refuse("no_image")
        return
    asset = assets[0]
    on_main = tuple(clip.id for clip in ground.clips if clip.asset == asset.asset)
    if on_main and len(on_main) == len(ground.clips):
        stage.refuse("pip_alone", file=asset.file)
        return
    below = _over(frame.over, stage)
    under = stage.want(below, ("clip",)) if below is not None else ()
    if below is not None and not under:
        return
    if on_main:
        stage.do(Delete(segments=on_main))
    under = tuple(stage.ground.by_id[clip.id] for clip in under if clip.id in stage.ground.by_id)
    start, length = 0, frame.length.of(stage.total) if frame.length else None
    runs = runs_of(under)
    if len(runs) > 1 and frame.span is None and frame.at is None and length is None:
        for begin, end in runs:  # "the logo all through, but not during the talk"
            span = Span(start=Moment(ms=begin), end=Moment(ms=end))
            overlay(frame.model_copy(update={"over": None, "span": span}), stage)
        return
    if frame.span is not None:
        placed = stage.span(frame.span)
        if placed is None:
            return
        start, length = placed[0], placed[1] - placed[0]
    elif under and frame.at is None:
        start = under[0].start_ms
        length = length or under[-1].end_ms - start
    elif frame.at is not None:
        at = stage.moment(frame.at)
        if at is None:
            return
        start = max(0, stage.total - (length or 0)) if at >= stage.total and length else at
    if not 0 <= start < stage.total:
        stage.outside()
        return
    if frame.place is None and frame.scale is None and (not ground.clips or _is_a_photo(asset)):
        _lay(
            asset, start, length, stage
        )  # a photo is to be seen, and over a voice there is no corner to stand in
        return
    film = asset.kind == "video"
    scale = (
        frame.scale
        if frame.scale and frame.scale <= 1
        else _inset_scale(asset, stage)
        if film
        else _LOGO_SCALE
    )
    values = {
        "kind": "video" if film else "image", "asset": asset.asset, "file": asset.file, "at_ms": start,
        "duration_ms": min(length or asset.duration_ms, asset.duration_ms) if film else length,
        "position": frame.place or ("bottom-right" if film else "top-right"), "scale": scale,
        "opacity": min(1.0, frame.opacity) if frame.opacity else 1.0,
    }  # fmt: skip
    if stage.do(OverlayOp.model_validate(values)) and frame.place is None:
        stage.note("corner_assumed")


@does(Replace)
def replace(frame: Replace, stage: Stage) -> None:
    assets = files_of([frame.file] if frame.file else [], stage)
    if not assets:
        if not stage.refusals:
            stage.ask("which_file", slot="file")
        return
    new = assets[0]
    kinds = {"audio": ("music",), "video": ("clip", "b-roll", "logo"), "image": ("logo", "clip", "b-roll")}[
        new.kind
    ]
    pool = [item for item in stage.ground.pool(*kinds) if item.asset != new.asset]
    if frame.target is None:
        last = [item for item in stage.ground.mentioned(kinds) if item.asset != new.asset]
        old = last or (pool if len(pool) == 1 or new.kind == "audio" else [])
        if not old:
            stage.want(None, kinds)
            return
    else:
        if frame.target.kind == "sound":
            _replace_sound(frame.target, new, stage)
            return
        old = list(stage.want(frame.target, ("music", "clip", "b-roll", "logo")))
        if old and all(item.asset == new.asset for item in old):
            alike = stage.ground.kinds[old[0].id]
            old = [item for item in stage.ground.pool(alike) if item.asset != new.asset][:1]
    if not old:
        return
    kind = stage.ground.kinds[old[0].id]
    if kind == "music" and new.kind == "audio":
        _replace_music(old, new, stage)
    elif kind in ("b-roll", "logo") and new.kind in ("video", "image"):
        _replace_overlay(old[0], new, stage)
    elif kind == "clip" and new.kind in ("video", "image"):
        _replace_clip(old, new, stage)
        if frame.length is not None:
            made = [clip.id for clip in stage.ground.clips if clip.asset == new.asset]
            shorten(made, frame.length.of(stage.total), stage)
    else:
        stage.refuse("replace_kind", old=old[0].file, new=new.file)


def _replace_sound(target: Target, new: MediaAsset, stage: Stage) -> None:
    """ "Replace the original audio with song.mp3": the clips are muted, and the song lies under them."""
    if new.kind != "audio":
        stage.refuse(
            "replace_kind", old=stage.ground.clips[0].file if stage.ground.clips else "", new=new.file
        )
        return
    clips = stage.want(target, ("clip",))
    if clips:
        stage.do(
            Mute(segments=tuple(clip.id for clip in clips)),
            AddMusicOp(asset=new.asset, file=new.file, file_ms=new.duration_ms),
        )


def _replace_music(old: Sequence[Segment], new: MediaAsset, stage: Stage) -> None:
    first = old[0]
    known = {item.id for item in stage.draft.segments}
    added = AddMusicOp(
        asset=new.asset, file=new.file, file_ms=new.duration_ms, at_ms=first.start_ms, duration_ms=first.duration_ms,
        volume=first.volume,
    )  # fmt: skip
    if not stage.do(Delete(segments=tuple(item.id for item in old)), added):
        return
    fades = {"in_ms": first.ms("fade_in_ms"), "out_ms": first.ms("fade_out_ms")}
    ids = tuple(
        item.id
        for item in stage.draft.segments
        if item.id not in known or (item.file == new.file and item.kind == "audio")
    )
    if any(fades.values()) and ids:
        stage.do(FadeOp.model_validate({"segments": ids, "of": "sound", **fades}))


def _replace_overlay(old: Segment, new: MediaAsset, stage: Stage) -> None:
    kept = {key: old.meta[key] for key in ("position", "scale", "opacity", "fit") if key in old.meta}
    length = min(old.duration_ms, new.duration_ms) if new.kind == "video" else old.duration_ms
    values = {
        "kind": new.kind,
        "asset": new.asset,
        "file": new.file,
        "at_ms": old.start_ms,
        "duration_ms": length,
    }
    known = {item.id for item in stage.draft.segments}
    if (
        stage.do(Delete(segments=(old.id,)), OverlayOp.model_validate({**values, **kept}))
        and old.muted
        and new.kind == "video"
    ):
        stage.do(Mute(segments=tuple(item.id for item in stage.draft.segments if item.id not in known)))


def _replace_clip(old: Sequence[Segment], new: MediaAsset, stage: Stage) -> None:
    draft, count, ground = stage.draft, len(stage.operations), stage.ground
    moving = [clip.id for clip in ground.clips if clip.asset == new.asset]
    if not moving:
        known = {clip.id for clip in ground.clips}
        if not stage.do(place(new)):
            return
        moving = [clip.id for clip in stage.ground.clips if clip.id not in known]
    gone = [item.id for item in old]
    ids = [clip.id for clip in stage.ground.clips if clip.id not in moving]
    rest = [clip_id for clip_id in ids if clip_id not in gone]
    before = [clip_id for clip_id in ids[: ids.index(gone[0])] if clip_id in rest]
    after = [clip_id for clip_id in rest if clip_id not in before]
    operations: list[Operation] = [Delete(segments=tuple(gone)), Reorder(order=(*before, *moving, *after))]
    if not stage.do(*operations):
        return
    left = {item.id for item in stage.draft.segments}
    above = [item.text or item.file for item in draft.segments if item.id not in left and item.id not in gone]
    if above:
        stage.take_back(draft, count)
        stage.refuse("replace_loses", names=", ".join(dict.fromkeys(above)))
        return
    stage.touched += [clip_id for clip_id in moving if clip_id not in stage.touched]
