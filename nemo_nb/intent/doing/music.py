"""Music and other sounds put under the picture."""

from __future__ import annotations

from ...draft import Segment
from ...draft.figures import figures
from ...draft.operations import AddMusic as AddMusicOp
from ...draft.operations import Fade as FadeOp
from ...draft.operations import Operation, PlaceClip, place
from ..assets import MediaAsset
from ..frames import AddMusic, SetVolume
from ..lexicon import listed, matching
from ..names import closeness
from ..slots import Amount, Moment, Span, Target
from ..stage import Said, Stage
from .base import does, runs_of
from .sound import LOUDEST, changed, set_volume

_SHORT_MS = 8000


@does(AddMusic)
def add_music(frame: AddMusic, stage: Stage) -> None:
    ground = stage.ground
    asset = the_music(frame, stage)
    if asset is None:
        return
    named = frame.file is not None and bool(frame.file.names)
    frame = frame.model_copy(
        update={
            "file": Target(names=(asset.file,)),
            "once": frame.once or _is_heard_once(asset, frame, named),
        }
    )
    if frame.cuts:
        for clip in ground.clips[1:]:
            add_music(frame.model_copy(update={"cuts": False, "at": Moment(ms=clip.start_ms)}), stage)
        return
    of = frame.at.of if frame.at is not None else None
    if of is not None and of.every is not None and of.kind in ("clip", "image"):
        for clip in stage.want(of, ("clip",)):
            there = (frame.at or Moment()).model_copy(update={"of": Target(ids=(clip.id,))})
            add_music(frame.model_copy(update={"at": there}), stage)
        return
    if not ground.clips:
        for video in ground.waiting("video"):
            operation = place(video)
            if isinstance(operation, PlaceClip):
                stage.do(operation)
    start, length = 0, None
    if frame.rest:
        ends = [item.end_ms for item in stage.ground.pool("music") if item.end_ms < stage.total]
        start = max(ends, default=0)
    if frame.over is not None:
        over = stage.want(frame.over, ("clip",))
        if not over:
            return
        runs = runs_of(over)
        if len(runs) > 1:
            for first, last in runs:
                stretch = Span(start=Moment(ms=first), end=Moment(ms=last))
                add_music(frame.model_copy(update={"over": None, "span": stretch}), stage)
            return
        start, length = runs[0][0], runs[0][1] - runs[0][0]
    if frame.span is not None:
        placed = stage.span(frame.span)
        if placed is None:
            return
        start, length = placed[0], placed[1] - placed[0]
        if frame.span.how == "after":
            length = None
    elif frame.at is not None:
        at = stage.moment(frame.at)
        if at is None:
            return
        at_the_end = at >= stage.total and frame.at.edge == "end"
        shown = frame.length.of(stage.total) if frame.length else asset.duration_ms
        start = max(0, stage.total - shown) if at_the_end else at
    if frame.length is not None and length is None:
        length = frame.length.of(stage.total)
    if stage.ground.clips and start >= stage.total:
        stage.outside()
        return
    volume = 1.0
    if frame.volume is not None and frame.softer is None:
        wanted = changed(frame.volume, 1.0)
        volume = 1.0 if wanted is None else min(LOUDEST, wanted)
        if wanted is not None and wanted > LOUDEST:
            stage.note("volume_bound", percent=figures(stage.language).percent(LOUDEST))
        if frame.volume.value is None:
            stage.note("volume_assumed", percent=figures(stage.language).percent(volume))
    source = frame.source.of(asset.duration_ms) if frame.source else 0
    known = {item.id for item in stage.draft.segments}
    added: Operation = AddMusicOp(
        asset=asset.asset, file=asset.file, file_ms=asset.duration_ms, at_ms=start, duration_ms=length or None,
        source_start_ms=source, volume=volume, loop=not frame.once,
    )  # fmt: skip
    if not stage.do(added):
        return
    new = [item for item in stage.draft.segments if item.id not in known and item.kind == "audio"]
    if frame.softer is not None and frame.volume is not None and new:
        _softer(frame.softer, frame.volume, new[0], stage)
    fades = {"in_ms": frame.fade_in, "out_ms": frame.fade_out}
    given = {
        key: min(value.of(stage.total), new[0].duration_ms)
        for key, value in fades.items()
        if value is not None and new
    }
    if given and new:
        stage.do(FadeOp.model_validate({"segments": (new[0].id,), "of": "sound", **given}))
    if not stage.ground.clips:
        stage.note("music_alone")


def _softer(under: Target, volume: Amount, music: Segment, stage: Stage) -> None:
    """How loud it is under these clips; elsewhere it stays as it is."""
    clips = stage.want(under, ("clip",), slot="softer")
    whole = [Target(ids=(clip.id,)) for clip in clips]
    spans = tuple(Span(start=Moment(of=one), end=Moment(edge="end", of=one), how="during") for one in whole)
    if spans:
        set_volume(SetVolume(target=Target(ids=(music.id,)), spans=spans, amount=volume), stage)


def _is_heard_once(asset: MediaAsset, frame: AddMusic, named: bool) -> bool:
    """Whether a sound isn't played again until the picture ends: music is, a voice or "a ding at 10 s" is not."""
    return _is_spoken(asset.file) or ((named or frame.at is not None) and _is_short(asset))


def _is_spoken(file: str) -> bool:
    """Whether a file holds a voice, by its name."""
    return matching("voices").search(file) is not None


def _is_short(asset: MediaAsset) -> bool:
    """Whether a sound is a sign, a ding or applause, by its length."""
    return asset.duration_ms < _SHORT_MS


def the_music(frame: AddMusic, stage: Stage) -> MediaAsset | None:
    """The upload that is meant: by name, else the one not yet placed. Else it is asked or refused."""
    ground = stage.ground
    for name in frame.file.names if frame.file else ():
        asset = ground.asset(name, "audio")
        if asset is not None:
            return asset
        files = ", ".join(asset.file for asset in ground.assets if asset.kind == "audio")
        if files:
            choices = [
                Said("choice", {"text": asset.file}) for asset in ground.assets if asset.kind == "audio"
            ]
            stage.ask("which_absent", choices, slot="file", what=name, files=files)
        else:
            stage.refuse("no_such_file", file=name)
        return None
    waiting = ground.waiting("audio")
    strange = [word for word in (frame.file.unknown if frame.file else ()) if word not in listed("moods")]
    uploads = [asset for asset in ground.assets if asset.kind == "audio"]
    if strange and uploads:
        said = " ".join(strange)
        close = [
            asset for asset in uploads if said in asset.file or any(closeness(w, asset.file) for w in strange)
        ]
        if len(close) == 1:
            return close[0]
        files = ", ".join(asset.file for asset in uploads)
        choices = [Said("choice", {"text": asset.file}) for asset in uploads]
        stage.ask("which_absent", choices, slot="file", what=said, files=files)
        return None
    waiting = [item for item in waiting if not _is_spoken(item.file) and not _is_short(item)] or waiting
    if len(waiting) == 1:
        return waiting[0]
    if waiting:
        names = [asset.file for asset in waiting]
        stage.ask(
            "which_music",
            [Said("choice", {"text": name}) for name in names[:3]],
            slot="file",
            files=", ".join(names),
        )
        return None
    there = ground.pool("music")
    if there:
        stage.answer("music_there", file=there[0].file)
    elif len(uploads) == 1:
        return uploads[0]
    else:
        stage.refuse("no_music_file")
    return None
