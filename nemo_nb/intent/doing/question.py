"""Answers, read from the draft, which stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...draft import Segment
from ...draft.difference import description
from ...draft.figures import figures
from ..frames import Question
from ..resolve import Absent, Found
from ..slots import Target
from ..stage import Said, Stage
from .base import does

_MOST = 40


@does(Question)
def answer(frame: Question, stage: Stage) -> None:
    if frame.about == "count":
        _counts(frame, stage)
    elif frame.about in ("longest", "shortest"):
        _extreme(frame, stage)
    elif frame.about == "compare":
        _compare(frame, stage)
    elif frame.about == "size":
        _size(stage)
    elif frame.about == "volume":
        _volumes(frame, stage)
    elif frame.about == "speed":
        _each(
            frame,
            stage,
            "speed_answer",
            lambda item: {"speed": figures(stage.language).number(item.speed)},
            ("clip",),
        )
    elif frame.about == "looks":
        _each(frame, stage, "looks_answer", _looks, ("clip", "b-roll"))
    elif frame.about == "length":
        _lengths(frame, stage)
    elif frame.about == "when":
        _each(frame, stage, "when_answer", lambda item: _times(item, stage), ())
    elif frame.about == "at" and frame.at is not None:
        at = stage.moment(frame.at)
        at = at - 1 if at is not None and frame.at.ends else at  # "what comes before b?"
        for item in stage.draft.segments:
            if at is not None and item.start_ms <= at < item.end_ms:
                stage.answer("when_answer", file=_called(item), **_times(item, stage))
        if not stage.answers:
            stage.outside()
    elif _one_thing(frame) and (there := _found(frame.target, stage, ())):
        _tell(there, stage)
    elif not stage.refusals:
        _list(frame, stage)


def _found(target: Target | None, stage: Stage, kinds: Sequence[str]) -> list[Segment]:
    """What is asked about; everything of its kind where no one thing is."""
    ground = stage.ground
    if target is None:
        return ground.pool(*kinds) if kinds else []
    answer_ = ground.find(target)
    if isinstance(answer_, Found) and not (target.plain and target.refer is None):
        return list(answer_.segments)
    if isinstance(answer_, Absent):
        stage.refuse("no_such_file", file=answer_.what or "?")
        return []
    return ground.pool(*_pool_of(target.kind))


def _pool_of(kind: str | None) -> tuple[str, ...]:
    return {
        "clip": ("clip",), "video": ("clip",), "music": ("music",), "sound": ("clip",), "text": ("text", "caption"),
        "caption": ("caption", "text"), "logo": ("logo",), "image": ("logo", "clip"), "b-roll": ("b-roll",),
    }.get(kind or "", ("clip", "music", "text", "caption", "logo", "b-roll"))  # fmt: skip


def _called(item: Segment) -> str:
    return f"“{item.text}”" if item.kind == "text" else item.file or item.name


def _counts(frame: Question, stage: Stage) -> None:
    ground = stage.ground
    for kind in frame.kinds or ("clip",):
        pool = ground.pool(*_pool_of(kind))
        if not pool and kind in ("text", "caption", "music"):
            _music(stage) if kind == "music" else stage.answer("no_text")
            continue
        key = {"text": "text_count", "caption": "text_count", "music": "music_count"}.get(kind, "clip_count")
        names = ", ".join(dict.fromkeys(_called(item) for item in pool[:_MOST]))
        stage.answer(key, count=len(pool), files=names or "-")


def _extreme(frame: Question, stage: Stage) -> None:
    clips = stage.ground.clips
    if not clips:
        stage.answer("nothing_yet")
        return
    best = (max if frame.about == "longest" else min)(clips, key=lambda item: item.duration_ms)
    stage.answer(frame.about, file=best.file or best.name, length=stage.seconds(best.duration_ms))


def _compare(frame: Question, stage: Stage) -> None:
    items = _found(frame.target, stage, ()) if frame.target is not None and not frame.target.plain else []
    length = items[0].duration_ms if items else stage.draft.duration_ms
    if items:
        stage.answer("one_length", file=_called(items[0]), length=stage.seconds(length))
    else:
        stage.answer("total", length=stage.seconds(length))


def _size(stage: Stage) -> None:
    canvas = stage.draft.canvas
    shape = Fraction(canvas.width, canvas.height)
    ratio, fps = f"{shape.numerator}:{shape.denominator}", figures(stage.language).number(float(canvas.fps))
    stage.answer("dimensions", size=f"{canvas.width}x{canvas.height}", ratio=ratio, fps=fps)


def _volumes(frame: Question, stage: Stage) -> None:
    if frame.target is not None and frame.target.kind == "music" and not stage.ground.pool("music"):
        _music(stage)
        return
    items = _found(frame.target, stage, ("clip", "music", "b-roll"))
    for item in items[:_MOST]:
        if item.kind not in ("video", "audio"):
            continue
        silent = item.muted or stage.draft.tracks[item.track].muted
        stage.answer(
            "muted_answer" if silent else "volume_answer",
            file=item.file or item.name,
            percent=figures(stage.language).percent(item.volume),
        )
    if not stage.answers:
        stage.answer("no_sound")


def _music(stage: Stage) -> None:
    _tell(stage.ground.pool("music"), stage)
    if not stage.ground.pool("music"):
        waiting = ", ".join(asset.file for asset in stage.ground.waiting("audio"))
        stage.answer("no_music_yet" if waiting else "no_music", files=waiting)


def _one_thing(frame: Question) -> bool:
    """Whether something of its own is asked about, and not all there is, or all of a kind."""
    target = frame.target
    return target is not None and (not target.plain or target.refer is not None or frame.about == "which")


def _tell(items: Sequence[Segment], stage: Stage) -> None:
    """What each is, when it is there, and what was done to it."""
    for item in items[:_MOST]:
        stage.answer("thing_answer", what=description(stage.draft.tracks[item.track], item, stage.language))


def _looks(item: Segment) -> dict[str, str]:
    names = [str(entry.get("name")) for entry in item.meta.get("filters") or ()]
    return {"looks": ", ".join(names) or "-"}


def _times(item: Segment, stage: Stage) -> dict[str, str]:
    return {"start": stage.seconds(item.start_ms), "end": stage.seconds(item.end_ms)}


def _each(frame: Question, stage: Stage, key: str, values, kinds: Sequence[str]) -> None:  # type: ignore[no-untyped-def]
    items = _found(frame.target, stage, kinds or ("clip",))
    for item in items[:_MOST]:
        stage.answer(key, file=_called(item), **values(item))
    if not items and not stage.refusals:
        stage.answer("nothing_yet")


def _lengths(frame: Question, stage: Stage) -> None:
    if not stage.draft.can_export:
        stage.answer("nothing_yet")
        return
    target = frame.target
    whole = (
        target is None
        or (target.kind in ("video", "all") and not (target.names or target.numbers))
        or (target.plain and target.kind is None and target.refer != "them")
    )
    one_file = target is not None and target.plain and len({clip.asset for clip in stage.ground.clips}) == 1
    if whole or (one_file and target is not None and target.kind == "clip"):
        stage.answer("total", length=stage.seconds(stage.draft.duration_ms))
        return
    items = _found(target, stage, ())
    waiting = (
        stage.ground.waiting("audio") if target is not None and target.kind == "music" and not items else []
    )
    for item in items[:_MOST]:
        stage.answer("one_length", file=_called(item), length=stage.seconds(item.duration_ms))
    for asset in waiting:
        stage.answer("one_length", file=asset.file, length=stage.seconds(asset.duration_ms))
    if not items and not waiting and not stage.refusals:
        stage.answer("total", length=stage.seconds(stage.draft.duration_ms))


def _list(frame: Question, stage: Stage) -> None:
    ground, told = stage.ground, False
    for kind in frame.kinds:
        if kind in ("text", "caption"):
            texts = ground.pool("text", "caption")
            listed = ", ".join(
                f'"{item.text}" ({figures(stage.language).span(item.start_ms, item.end_ms)})'
                for item in texts[:_MOST]
            )
            stage.answer("texts" if texts else "no_text", texts=listed)
            told = True
        elif kind == "music":
            _music(stage)
            told = True
        elif kind == "b-roll" or kind == "logo":
            items = ground.pool(kind)
            for item in items:
                stage.answer("when_answer", file=_called(item), **_times(item, stage))
            if not items:
                stage.answer("no_b_roll" if kind == "b-roll" else "no_overlay")
            told = True
    if told:
        return
    stage.answer("state", summary=Said("summary", {"draft": stage.draft}))
    waiting = [asset.file for asset in stage.assets if asset not in ground.placed]
    if waiting:
        stage.answer("waiting", files=", ".join(waiting))
