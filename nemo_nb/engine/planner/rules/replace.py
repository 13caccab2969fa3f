"""One file in the place of another: "replace b.mp4 with c.mp4", "replace the music with new.mp3"."""

from __future__ import annotations

from collections.abc import Sequence

from ....draft import Segment
from ....draft.operations import AddMusic, Delete, Fade, Mute, Operation, Overlay, Reorder, place
from ....language import Clause, Do, Kind, Thing, When, declines
from ..material import MediaAsset
from ..scene import Scene

_OUTRIGHT = ("replace", "swap out", "替换")
_REPLACING = ("replace", "replaced", "swap out", "替换", "替换成", "替换为", "换成", "换为", "代替")


def replace(clause: Clause, scene: Scene) -> bool:
    """What takes the place begins where the other began. Music and pictures keep its volume, its place, its fades."""
    named = scene.named_assets(clause)
    if not _replaces(clause) or declines(clause) or clause.has(Thing.SOUND, Thing.TITLE) or clause.asked:
        return False
    if not named:
        there = (clause.has(Thing.MUSIC) and scene.music) or (clause.has(Thing.LOGO) and scene.logos)
        if not there or not any(token.text.lower() in _OUTRIGHT for token in clause.tokens):
            return False
        scene.ask(
            "which_file", [scene.say("try_replace", file=asset.file) for asset in _waiting(clause, scene)[:3]]
        )
        return True
    # 用c.mp4替换b.mp4 names the new one first.
    first = clause.tokens[0].value is Do.ADD
    new = named[0] if first and len(named) > 1 else named[-1]
    old = _old(clause, named, new, scene)
    if not old or clause.values(Kind.QUOTED):
        return False
    if old[0].kind == "audio" and new.kind == "audio":
        _music(old[0], new, scene)
    elif (old[0] in scene.overlays and new.kind == "image") or (
        old[0] in scene.covers and new.kind == "video"
    ):
        scene.do(*_picture(old[0], new))
        if new.kind == "video" and (old[0].muted or old[0].volume == 0):
            scene.do(Mute(segments=tuple(item.id for item in scene.covers if item.file == new.file)))
    elif old[0] in scene.clips and new.kind == "video":
        _clip(old, new, scene)
    elif clause.has(Thing.B_ROLL, Thing.LOGO) or clause.values(Kind.FILE)[1:]:
        scene.refuse("replace_kind", old=old[0].file, new=new.file)
    else:
        return False
    return True


def _old(clause: Clause, named: Sequence[MediaAsset], new: MediaAsset, scene: Scene) -> list[Segment]:
    files = {asset.file for asset in named if asset is not new}
    if files:
        return [item for item in scene.draft.segments if item.file in files]
    if clause.has(Thing.MUSIC):
        return [item for item in scene.music if item.file != new.file]
    if clause.has(Thing.LOGO, Thing.IMAGE):
        return [item for item in scene.logos if item.file != new.file]
    if clause.has(Thing.B_ROLL):
        return [item for item in scene.named_covers(clause) if item.file != new.file]
    if any(token.text.lower() == "instead" for token in clause.tokens):
        return _of_its_kind(new, scene)
    numbers = scene.clip_numbers(clause)
    return [scene.clips[number - 1] for number in numbers[:1] if 0 < number <= len(scene.clips)]


def _replaces(clause: Clause) -> bool:
    words = [token.text.lower() for token in clause.tokens]
    swaps = clause.has(Do.SWAP) and clause.has(When.FOR) and bool(clause.values(Kind.FILE))
    instead = "instead" in words and clause.has(Do.ADD, Do.PUT, Do.SET)
    return swaps or instead or any(word in _REPLACING for word in words)


def _of_its_kind(new: MediaAsset, scene: Scene) -> list[Segment]:
    """ "Use new.mp3 instead": of what was spoken of last, if it is of that kind, else of all that is"""
    alike = {"audio": scene.music, "image": scene.logos, "video": scene.covers}[new.kind]
    main = {clip.id for clip in scene.clips}
    last = [item for item in alike if item.id in scene.last and item.id not in main]
    return [item for item in last or alike if item.file != new.file]


def _waiting(clause: Clause, scene: Scene) -> list[MediaAsset]:
    return scene.waiting("audio" if clause.has(Thing.MUSIC) else "image")


def _clip(old: Sequence[Segment], new: MediaAsset, scene: Scene) -> None:
    draft, done = scene.draft, len(scene.operations)
    if not any(clip.file == new.file for clip in scene.clips):
        scene.do(place(new))
    moving = [clip.id for clip in scene.clips if clip.file == new.file and clip not in old]
    gone = [clip.id for clip in scene.clips if clip.id in {item.id for item in old}]
    rest = [clip.id for clip in scene.clips if clip.id not in (*moving, *gone)]
    ids = [clip.id for clip in scene.clips if clip.id not in moving]
    before = ids[: ids.index(gone[0])]
    after = [item for item in rest if item not in before]
    if not scene.do(Delete(segments=tuple(gone)), Reorder(order=(*before, *moving, *after))):
        return
    scene.last = tuple(moving)
    left = {item.id for item in scene.draft.segments}
    above = [item.text or item.file for item in draft.segments if item.id not in left and item.id not in gone]
    if above:  # what lies over a clip goes with it
        scene.take_back(draft, done)
        scene.refuse("replace_loses", names=", ".join(dict.fromkeys(above)))


def _music(old: Segment, new: MediaAsset, scene: Scene) -> None:
    added = AddMusic(
        asset=new.asset,
        file=new.file,
        file_ms=new.duration_ms,
        at_ms=old.start_ms,
        duration_ms=old.duration_ms,
        volume=old.volume,
    )
    if not scene.do(Delete(segments=(old.id,)), added):
        return
    fades = {"in_ms": old.ms("fade_in_ms"), "out_ms": old.ms("fade_out_ms")}
    new_ids = tuple(item.id for item in scene.music if (item.file, item.start_ms) == (new.file, old.start_ms))
    if any(fades.values()):
        scene.do(Fade(segments=new_ids, of="sound", **fades))
    scene.last = new_ids


def _picture(old: Segment, new: MediaAsset) -> list[Operation]:
    kept = {key: old.meta[key] for key in ("position", "scale", "opacity", "fit") if key in old.meta}
    times = {"at_ms": old.start_ms, "duration_ms": old.duration_ms}
    if new.kind == "video":
        times["duration_ms"] = min(old.duration_ms, new.duration_ms)
    added = Overlay.model_validate({"kind": new.kind, "asset": new.asset, "file": new.file, **times, **kept})
    return [Delete(segments=(old.id,)), added]
