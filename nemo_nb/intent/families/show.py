"""Photos one after the other; and silences, which are cut out."""

from __future__ import annotations

import itertools

from ...language.concepts import Ask, Blend, Degree, Do, Filler, Join, Particle, Shape, Thing, When
from ..assets import MediaAsset
from ..frames import CutSilences, Frame, Slideshow
from ..hearing import Hearing
from ..items import Item
from ..lexicon import listed, matching
from ..slots import Length, Target
from .base import Family

_MAKING = (
    Do.MERGE, Do.KEEP, Do.SET, Do.ADD, Do.PUT, Do.SHOW, Do.PLAY, Do.MOVE, Do.REVERSE, Do.CHANGE,
    Thing.ORDER, Thing.VIDEO,
    Thing.PARTS, Thing.LENGTH, Thing.FILE,
)  # fmt: skip
_OTHER = (
    Do.SAY,
    Do.ROTATE,
    Do.CUT,
    Do.TRIM,
    Do.MUTE,
    Do.SPLIT,
    Do.FREEZE,
    Thing.TITLE,
    Thing.CAPTIONS,
    Thing.VOLUME,
    Do.ZOOM,
    Do.CROP,
)
_IN_ALL = listed("in_all")
_EACH_ONE, _SHOWN = listed("each_one"), listed("is_shown")


def slideshow(h: Hearing) -> Frame | None:
    """ "turn these photos into a slideshow, 2 seconds each", "show img1 for 5 s and img2 for 2 s", 把照片做成幻灯片"""
    song, under = _as_long_as(h), _with_music(h)
    if (
        h.heard("quoted", "look", "beyond", "percent", "factor")
        or (h.has(Thing.MUSIC) and song is None and not under)
        or h.has(*(deed for deed in _OTHER if deed is not Do.FREEZE or h.ground.clips))
        or (h.negated and not _plain_cuts(h))
    ):
        return None
    if any(target.unknown for target in h.targets()):
        return None  # "the photograph of the railway station": of a picture that isn't there
    named = h.has(Do.SLIDESHOW)
    clips = h.ground.clips
    stills = bool(clips) and all(clip.kind == "image" for clip in clips)
    each = h.has(When.EACH) or bool(h.texts() & _EACH_ONE)
    later = (
        not h.first and not clips and h.heard("time") and (h.has(Thing.LENGTH) or bool(h.texts() & _IN_ALL))
    )
    if (
        not (named or (song and (stills or not clips)))
        and not (later and h.ground.waiting("image"))
        and not (stills and each and h.heard("time"))
        and not (not clips and _photos(h, each))
    ):
        return None
    if stills and not named and h.has(Thing.TRANSITION, *Blend):
        return None
    whereto = _whereto(h) if named and clips and not stills else {}
    images = _images(h, sounds=song is not None or under)
    if images is None:
        return None
    blend = next((item.value for item in h.items if isinstance(item.value, Blend)), None)
    passing = _beside_the_blend(h.items)
    times = [(n, int(item.value)) for n, item in enumerate(h.items) if item.what == "time" and n != passing]
    values: dict[str, object] = {"images": images, **whereto}
    if passing is not None:
        values["transition_length"] = Length(ms=int(h.items[passing].value))
    if song is not None:
        values["total"] = Length(ms=song.duration_ms)
    elif len(times) > 1 and len(times) == sum(len(image.names) for image in images):
        values["lengths"] = tuple(Length(ms=ms) for _, ms in times)
    elif times:
        place, ms = times[-1]
        after = next(
            (item.value for item in h.items[place + 1 :] if item.what not in ("filler", "mark")), None
        )
        equally = bool(h.texts() & listed("equally")) or h.marked("same")
        whole = (
            after in (Do.SLIDESHOW, Thing.VIDEO)
            or h.has(Thing.LENGTH)
            or bool(h.texts() & _IN_ALL)
            or h.times.to is not None
        )
        whole = whole or _is_video(h.items, place)
        values["total" if whole and (equally or not each) else "length"] = Length(ms=ms)
    plain = _plain_cuts(h)
    values["type"] = (
        None
        if plain
        else blend.value
        if blend is not None
        else "crossfade"
        if h.has(Thing.TRANSITION)
        else None
    )
    shape = next(
        (item.value for item in h.items if item.value in (Shape.VERTICAL, Shape.SQUARE, Shape.LANDSCAPE)),
        None,
    )
    values["aspect"] = shape.value if shape is not None else None
    values["reverse"] = h.has(Do.REVERSE)
    only = h.mark("only") or h.has(Do.KEEP)
    first = (
        any(target.numbers == (1,) and not target.names for target in h.targets())
        or h.has(When.FIRST, When.START)
        or any(item.what == "ordinal" and item.value == 1 for item in h.items)
    )
    counted = [t for t in h.targets() if t.numbers and not t.names and t.numbers != (1,) and not t.unknown]
    if first and counted and not images:
        values["images"] = images = tuple(counted)  # "the fourth one first"
    values["through"] = h.has(When.TO) and h.has(When.FROM)
    values["lead"] = bool(images) and first and not only and not whereto
    _bind(h)
    return Slideshow.model_validate(values)


def _whereto(h: Hearing) -> dict[str, object]:
    """ "… before the ceremony", "… at the start": where the photos come among the clips."""
    at = h.times.at
    if at is not None and at.of is not None and not at.ms and at.edge != "middle":
        h.at()
        return {"before" if at.edge == "start" else "after": at.of}
    for side in ("before", "after"):
        if (target := h.related(side, kinds=("clip",))) is not None:
            return {side: target}
    edge = next((item.value for item in h.items if item.value in (When.START, When.END)), None)
    return {"place": 1 if edge is When.START else -1} if edge is not None else {}


def _photos(h: Hearing, each: bool) -> bool:
    """Whether photos are spoken of, where there is nothing but photos."""
    images = any(t.kind == "image" or (t.names and h.ground.asset(t.names[0], "image")) for t in h.targets())
    images = images or h.has(Thing.IMAGE)
    strange = any(item.what == "word" and item.text not in _EACH_ONE | _SHOWN for item in h.items)
    if strange and not each and not h.has(Do.SHOW, Do.MERGE, Do.PLAY, Do.PUT):
        return False
    them = any(t.refer in ("them", "it") or t.every for t in h.targets())
    made = h.has(*_MAKING) or h.heard("vague") or any(item.value is Filler.VAGUE for item in h.items)
    if h.heard("shape", "ratio") or h.ground.waiting("video") or not h.ground.waiting("image"):
        return False
    return (images and (made or h.heard("time"))) or (each and h.heard("time")) or (them and made and each)


def _as_long_as(h: Hearing) -> MediaAsset | None:
    """The one sound that the photos are to last as long as: "fit them to the song"."""
    sounds = [asset for asset in h.ground.assets if asset.kind == "audio"]
    said = len(sounds) == 1 and matching("as_long_as_a_song").search(h.clause.said)
    return sounds[0] if said else None


def _with_music(h: Hearing) -> bool:
    """ "A slideshow with the song": that waits, and is put under it."""
    sounds = [item for n, item in enumerate(h.items) if h.clause.kinds[n] == {"music"}]
    waiting = h.ground.waiting("audio")
    return h.has(Do.SLIDESHOW) and [item.relation for item in sounds] == ["with"] and len(waiting) == 1


def _images(h: Hearing, *, sounds: bool) -> tuple[Target, ...] | None:
    """The photos that are named, in the order of the words; None where something else is."""
    found: list[Target] = []
    for target in h.targets():
        if any(item.value == target and item.relation in ("before", "after") for item in h.items):
            continue  # where it comes
        if sounds and (target.kind == "music" or any(h.ground.asset(name, "audio") for name in target.names)):
            continue
        if target.names:
            if not all(h.ground.asset(name, "image") for name in target.names):
                return None
            found.append(Target(names=target.names))
        elif target.kind not in (None, "image", "video", "clip", "all"):
            return None
    return tuple(found)


def _is_video(items: tuple[Item, ...] | list[Item], place: int) -> bool:
    """ "A 12 second video out of my photos": the length of all of it."""
    after = next((item for item in items[place + 1 :] if item.what not in ("filler", "mark")), None)
    return after is not None and after.what == "target" and after.value.kind == "video"


def _plain_cuts(h: Hearing) -> bool:
    """ "no transitions", "plain cuts" """
    for a, b in zip(h.items, h.items[1:], strict=False):
        if a.what == "not" and (b.value is Thing.TRANSITION or isinstance(b.value, Blend)):
            return True
    return False


def _beside_the_blend(items: list[Item]) -> int | None:
    """Where it is said how long each picture takes to pass into the next: "with 1 second wipes"."""
    meant = [(n, item) for n, item in enumerate(items) if item.what != "filler"]
    for (n, a), (_, b) in itertools.pairwise(meant):
        if a.what == "time" and (isinstance(b.value, Blend) or b.value is Thing.TRANSITION):
            return n
    return None


def _bind(h: Hearing) -> None:
    """All that a slideshow is told with."""
    h.say(Shape.VERTICAL, Shape.SQUARE, Shape.LANDSCAPE)
    h.say(
        Do.SLIDESHOW,
        Do.FREEZE,
        *_MAKING,
        *Blend,
        Thing.TRANSITION,
        When.EACH,
        When.FOR,
        When.TO,
        When.FROM,
        When.BETWEEN,
        Degree.A_BIT,
    )
    h.say(
        When.FIRST,
        When.LAST,
        When.START,
        When.END,
        When.AT,
        Thing.IMAGE,
        Thing.THESE,
        Thing.ALL,
        Filler.VAGUE,
        Join.THEN,
        Degree.SOFTLY,
    )
    h.word(*_IN_ALL, *_EACH_ONE, *_SHOWN)
    h.mark("all", "same", "only", "with")
    h.all("time", "ordinal", "not")
    h.say(Thing.MUSIC)
    for place, item in enumerate(h.items):
        counts = (
            item.what == "number"
            and place + 1 < len(h.items)
            and h.items[place + 1].what in ("target", "thing")
        )
        if item.what == "target" or counts:
            h.bound.add(place)


def silences(h: Hearing) -> Frame | None:
    """ "remove the silences", "cut out pauses longer than 1 second", 去掉停顿"""
    if not h.has(Thing.SILENCES) or h.has(Do.ADD, Do.PUT, Do.KEEP) or h.of(Ask):
        return None
    h.say(Thing.SILENCES, Do.CUT, Do.GO, Do.TRIM, Do.FIT, Degree.LONGER, Do.SET, Particle.OUT)
    h.mark("than", "all", "more", "over")
    target = h.target("clip", relations=("", "of", "from", "in", "on"))
    return CutSilences(target=target, length=h.length() or h.to())


FAMILIES = (Family("slideshow", slideshow, 0.1), Family("silences", silences))
