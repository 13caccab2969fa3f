"""What a piece of an export depends on, as a hash: equal keys, equal bytes."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from ... import __version__
from ...media import ffmpeg
from . import fonts
from .picture import whole_transitions
from .plan import RenderPlan
from .scene import Element, Scene, Shot, Sound, Source
from .stretches import Stretch


def of_stretch(plan: RenderPlan, stretch: Stretch, encoder: Sequence[str]) -> str | None:
    """Of frames that are made: everything that is seen in them. None when a source has no id of its own."""
    scene = plan.scene
    begin, end = stretch.first, stretch.first + stretch.frames
    if stretch.moments:
        end = math.ceil(stretch.until * scene.fps)
    first, last = whole_transitions(scene, begin, end)
    seen = [
        [_element(item, first) for item in layer if item.start < last and item.end > first]
        for layer in scene.layers
    ]
    window = (begin - first, end - first, last - first)
    coding = replace(plan.coding, sets=None)  # what of those matters is among the encoder's options
    times = [str(second - begin / scene.fps) for second in (*stretch.moments, stretch.until)]
    where = (window, times if stretch.moments else None)
    look = (scene.width, scene.height, scene.fps, scene.background, where, _fonts(), coding)
    return _key("picture", look, seen, encoder)


def of_frames(
    scene: Scene, layers: Sequence[Sequence[Element]], first: int, last: int, encoder: Sequence[str]
) -> str | None:
    """Of a reel's frames: what is seen in them is in `layers`. What comes before and after them doesn't matter."""
    seen = [
        (place > 0, [_element(_within(item, first, last, scene.fps), first) for item in layer])
        for place, layer in enumerate(layers)  # the lowest is laid out in another way
        if layer
    ]
    look = (scene.width, scene.height, scene.fps, scene.background, last - first, _fonts())
    return _key("reel picture", look, seen, encoder)


def of_sounds(sounds: Sequence[Sound], duration_ms: int, encoder: Sequence[str]) -> str | None:
    """Of a reel's sound that begins at 0: what is heard in it."""
    heard = [{**_fields(_audible(item, duration_ms)), "id": None} for item in sounds]
    return _key("reel sound", duration_ms, heard, encoder)


def of_sound(plan: RenderPlan, encoder: Sequence[str]) -> str | None:
    sounds = [{**_fields(item), "id": None} for item in plan.scene.sounds]
    return _key("sound", plan.scene.duration_ms, sounds, encoder)


def of_whole(plan: RenderPlan, parts: Sequence[str | None]) -> str | None:
    """Of the finished file, put together from parts."""
    if None in parts:
        return None
    laid = [
        (stretch.begin, stretch.until, stretch.frames, stretch.source, stretch.entry, stretch.shift)
        for stretch in plan.stretches
    ]
    return _key("whole", plan.output.format, plan.scale, laid, parts)


def _element(item: Element, first: int) -> dict[str, Any]:
    """Its time counts from the first frame of the piece, so that a piece that only moved is found again."""
    fields = {**_fields(item), "id": None, "start": item.start - first, "end": item.end - first}
    return {**fields, "until": None}  # the moments at which pictures begin say as much


def _within(item: Element, first: int, last: int, fps: Fraction) -> Element:
    """What is seen of an element in some frames, as one that lasts no longer where that looks the same."""
    gone, arrived = first - item.start, item.fade_in
    if isinstance(item, Shot):
        still = item.freeze or not item.source.info.duration_ms
        if not still and (item.reverse or item.loop):
            return item
        arrived = max(arrived, item.transition_frames)
        if gone > 0 and gone >= arrived and not still:
            item = replace(item, begin=item.begin + gone * item.pace / fps)
        if gone > 0 and gone >= arrived:
            item = replace(item, transition=None, transition_frames=0)
    if gone > 0 and gone >= arrived:
        item = replace(item, start=first, fade_in=0)
    return replace(item, end=last, fade_out=0) if item.end - item.fade_out >= last else item


def _audible(item: Sound, duration_ms: int) -> Sound:
    """The same of a sound. One that began before the beginning still has done so: its joint is another place."""
    if item.reverse or item.loop or item.pace != 1:
        return item
    gone_ms = -1 - item.start_ms
    if gone_ms > 0 and gone_ms >= item.fade_in_ms:
        item = replace(item, start_ms=-1, source_start_ms=item.source_start_ms + gone_ms, fade_in_ms=0)
    return (
        replace(item, end_ms=duration_ms, fade_out_ms=0)
        if item.end_ms - item.fade_out_ms >= duration_ms
        else item
    )


def _fields(item: Any) -> dict[str, Any]:
    return {field.name: getattr(item, field.name) for field in dataclasses.fields(item)}


class _Nameless(Exception):
    """A source is known by its path only."""


def _key(*parts: Any) -> str | None:
    try:
        text = json.dumps([__version__, _encoder_program(), parts], sort_keys=True, default=_plain)
    except _Nameless:
        return None
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Source):
        if not value.asset:
            raise _Nameless
        return [value.asset, value.skim]
    if isinstance(value, Fraction):
        return str(value)
    return _fields(value)


@cache
def _encoder_program() -> str:
    program = Path(ffmpeg.binary())
    status = program.stat()
    return f"{program.name} {status.st_size} {status.st_mtime_ns}"


@cache
def _fonts() -> str:
    """The same text looks different once a better font is installed."""
    return hashlib.sha256("\n".join(fonts.installed()).encode()).hexdigest()
