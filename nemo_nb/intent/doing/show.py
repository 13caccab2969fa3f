"""Photos one after the other; silences cut out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ...draft import Segment
from ...draft.figures import figures
from ...draft.operations import PHOTO_MS, CutOut, Delete, Reorder, Retime, Still
from ...draft.operations import Slideshow as SlideshowOp
from ..assets import MediaAsset
from ..frames import Canvas, CutSilences, Slideshow
from ..stage import Stage
from .base import DOINGS, does
from .order import placed

_SHORTEST_MS = 600
_BREATH_MS = 100  # left at both sides, so that no word is clipped


@does(Slideshow)
def slideshow(frame: Slideshow, stage: Stage) -> None:
    clips = stage.ground.clips
    if (
        clips
        and all(clip.kind == "image" for clip in clips)
        and not stage.ground.waiting("image")
        and not frame.images
    ):
        _again(frame, clips, stage)
        return
    if frame.aspect is not None:
        DOINGS["canvas"](Canvas(aspect=frame.aspect), stage)
    images = _images(frame, stage)
    if not images:
        if not stage.refusals:
            stage.refuse("no_image")
        return
    each = frame.length.ms if frame.length is not None else PHOTO_MS
    if frame.total is not None:
        each = frame.total.ms // len(images) if frame.total.ms > len(images) * 1000 else frame.total.ms
    known = {clip.id for clip in clips}
    stills = [Still(asset=image.asset, file=image.file) for image in images]
    if frame.lengths and len(frame.lengths) == len(stills):
        stage.do(
            *(SlideshowOp(images=(s,), each_ms=t.ms) for s, t in zip(stills, frame.lengths, strict=True))
        )
        _put(frame, known, stage)
        return
    show: dict[str, object] = {"images": stills, "each_ms": each, "transition": frame.type}
    if frame.transition_length is not None:
        show["transition_ms"] = frame.transition_length.ms
    if stage.do(SlideshowOp.model_validate(show)) and frame.length is None and frame.total is None:
        stage.note("slides_assumed", length=figures(stage.language).number(each / 1000))
    _put(frame, known, stage)


def _put(frame: Slideshow, known: Collection[str], stage: Stage) -> None:
    """Moves the photos, which were placed at the end, to where they are wanted."""
    new = [clip for clip in stage.ground.clips if clip.id not in known]
    if not (new and known) or (frame.place, frame.before, frame.after) == (None, None, None):
        return
    order = placed(stage, new, frame.place, frame.before, frame.after)
    if order is not None and order != [clip.id for clip in stage.ground.clips]:
        stage.do(Reorder(order=tuple(order)))


def _images(frame: Slideshow, stage: Stage) -> list[MediaAsset]:
    waiting = stage.ground.waiting("image")
    images: list[MediaAsset] = []
    for name in (name for target in frame.images for name in target.names):
        alike = stage.ground.alike(name, "image")
        if len(alike) > 1 and not frame.images[0].numbers:
            images += [image for image in alike if image not in images]  # "the slides"
            continue
        image = stage.ground.asset(name, "image")
        if image is None:
            stage.refuse("no_such_file", file=name)
            return []
        if image not in images:
            images.append(image)
    for number in (number for target in frame.images for number in target.numbers if not target.names):
        if not 0 < abs(number) <= len(waiting):
            stage.outside()
            return []
        images.append(waiting[number - 1 if number > 0 else number])
    if images and frame.lead:
        images += [image for image in waiting if image not in images]
    if len(images) == 2 and frame.through and all(image in waiting for image in images):
        first, last = (waiting.index(image) for image in images)
        images = waiting[first : last + 1] if first < last else waiting[last : first + 1][::-1]
    images = images or waiting
    return waiting[::-1] if frame.reverse else images


def _again(frame: Slideshow, clips: Sequence[Segment], stage: Stage) -> None:
    """ "2 seconds each", of a slideshow that is there: made anew where nothing is lost by it, else cut shorter."""
    each = (
        frame.length.ms
        if frame.length is not None
        else frame.total.ms // len(clips)
        if frame.total is not None
        else 0
    )
    stage.unsay("slides_assumed")
    blends = [clip.meta.get("transition") for clip in clips[1:]]
    untouched = all(set(clip.meta) <= {"kind", "asset", "file", "transition"} for clip in clips)
    alone = len(clips) == len(list(stage.draft.segments))
    if not each and not frame.type:
        stage.answer(
            "already_joined", files=", ".join(clip.file for clip in clips), length=stage.seconds(stage.total)
        )
    elif alone and untouched and all(blend == blends[0] for blend in blends):
        images = tuple(
            Still(asset=clip.asset, file=clip.file) for clip in (clips[::-1] if frame.reverse else clips)
        )
        show = SlideshowOp(images=images, each_ms=each or clips[0].duration_ms)
        if blend := next(iter(blends), None):
            show = show.model_copy(
                update={"transition": blend["type"], "transition_ms": blend["duration_ms"]}
            )
        changed: dict[str, object] = {"transition": frame.type} if frame.type else {}
        if frame.transition_length is not None:
            changed["transition_ms"] = frame.transition_length.ms
        if changed:
            show = SlideshowOp.model_validate(show.model_dump() | changed)
        stage.do(Delete(segments=tuple(clip.id for clip in clips)), show)
    elif each:
        stage.do(*(Retime(segment=clip.id, duration_ms=each) for clip in clips))
    else:
        stage.refuse("still_longer")


@does(CutSilences)
def cut_silences(frame: CutSilences, stage: Stage) -> None:
    ground = stage.ground
    chosen = (
        stage.want(frame.target, ("clip",))
        if frame.target is not None and not frame.target.vague
        else ground.clips
    )
    clips = [clip for clip in chosen if clip.kind == "video"]
    if not clips:
        if stage.question is None and not stage.refusals:
            stage.refuse("no_sound" if ground.clips else "empty")
        return
    unknown = {clip.asset for clip in clips} - stage.pauses.keys()
    if unknown:
        stage.wants |= unknown
        return
    shortest = frame.length.of(stage.total) if frame.length is not None else _SHORTEST_MS
    spans = [
        span
        for clip in clips
        for span in on_timeline(clip, stage.pauses[clip.asset])
        if span[1] - span[0] >= shortest
    ]
    if sum(end - start for start, end in spans) >= stage.total:
        stage.refuse("all_silent")
        return
    cuts = sorted(
        {(a + _BREATH_MS, b - _BREATH_MS) for a, b in spans if b - a > 3 * _BREATH_MS}, reverse=True
    )
    if not cuts:
        stage.refuse("no_silences", length=stage.seconds(shortest))
    elif stage.do(*(CutOut(start_ms=start, end_ms=end) for start, end in cuts)):
        stage.note("silences_cut", count=len(cuts), length=stage.seconds(shortest))


def on_timeline(clip: Segment, pauses: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches of its file where the clip shows them, in ms of the timeline."""
    if clip.meta.get("loop") or clip.meta.get("freeze"):
        return
    for start, end in pauses:
        first, last = max(start, clip.source_start_ms), min(end, clip.source_end_ms)
        if first >= last:
            continue
        skipped, left = first - clip.source_start_ms, clip.source_end_ms - last
        if clip.meta.get("reverse"):
            skipped, left = left, skipped
        yield clip.start_ms + round(skipped / clip.speed), clip.end_ms - round(left / clip.speed)
