"""How loud sounds are made, as a meter has it: normalised, alike, as loud as another."""

from __future__ import annotations

from ...language.concepts import Degree, Do, Shape, Standard, Thing, When
from ...language.tokens import tokenize
from ..frames import Frame, Normalize, Spare
from ..hearing import Hearing
from ..lexicon import either, listed
from ..slots import Target
from .base import Family

_LUFS = {Standard.STREAMING: -14.0, Standard.PODCAST: -16.0, Standard.BROADCAST: -23.0}
_PLATFORMS = (Shape.LANDSCAPE, Shape.VERTICAL)  # "for YouTube", "for TikTok"
_SHARES = (Degree.HALF, Degree.DOUBLE, Degree.THIRD, Degree.QUARTER)
_SEEN = (Thing.LOOK, Thing.TITLE, Thing.CAPTIONS, Thing.OPACITY, Thing.SPEED, Thing.LENGTH, Thing.DIMENSIONS)
_CUTS = (Do.CUT, Do.TRIM, Do.FIT, Do.KEEP, Do.SPLIT)
_KEPT = either("kept_volume")
_AS_ANOTHER = "as loud as"
_ALL_THAT_SOUNDS = either("all_that_sounds")


def normalize(h: Hearing) -> Frame | None:
    """ "normalize the audio", "to -16 LUFS", "match the volume of the clips", 统一音量"""
    if not _about_loudness(h) or (_states(h) and (not h.alone or h.heard("break", "particle"))):
        return None
    if not h.alone and not h.targets() and any(item.text in _KEPT for item in h.items):
        h.say(Do.NORMALIZE)
        return Spare()  # "replace the music with new.mp3, same volume"
    as_another = _AS_ANOTHER in h.texts() or h.has(When.TO)
    lufs = _lufs(h)
    spans = h.stretch()
    found = [target for target in (_meant(h, n) for n in range(len(h.items))) if target is not None]
    named = [
        target
        for target in found
        if not target.plain or target.kind in ("music", "sound", "clip") or target.but is not None
    ]
    target, like = (named[0] if named else None), None
    if as_another and len(named) > 1 and lufs is None:
        like = named[-1]
    elif len(named) > 1:
        target = _together(named)
    even, export = h.say(Do.EVEN) is not None, h.say(Do.EXPORT) is not None
    h.say(
        Do.NORMALIZE, Thing.VOLUME, Thing.SOUND, Thing.ALL, Do.SET, Do.CHANGE, Do.PUT, Do.MOVE,
        Do.LOUDER, Do.QUIETER, When.TO,
        When.AT, When.EACH, When.FOR, *Standard, *_PLATFORMS,
    )  # fmt: skip
    h.mark("same")
    h.word(*listed("of_loudness"))
    return Normalize(target=target, spans=spans, lufs=lufs, like=like, even=even, export=export)


def _states(h: Hearing) -> bool:
    """ "B.mp4 is louder than the others, turn it down": how it is, and not yet what is to be done."""
    return any(item.value is Do.NORMALIZE and item.text.startswith(("is ", "are ")) for item in h.items)


def _about_loudness(h: Hearing) -> bool:
    adds = h.has(Do.ADD) and bool(h.ground.waiting("audio"))  # what is not there yet can't be measured
    if h.heard("lufs"):
        return not adds and not h.has(*_CUTS)
    if h.heard("percent", "factor", "look", "quoted") or h.has(Do.DUCK, *_SEEN, *_SHARES, *_CUTS):
        return False
    told = h.has(Thing.VOLUME, Thing.SOUND, Do.LOUDER, Do.QUIETER) or any(
        t.kind == "sound" for t in h.targets()
    )
    if h.has(Do.NORMALIZE):
        return told or not h.has(Do.CHANGE)  # to change is to colour as well: "normalize the colors"
    if h.has(Do.LOUDER, Do.QUIETER, Do.MUTE) and not h.has(Do.EVEN):
        return False
    if h.has(Do.EVEN):
        spoken_of = any(
            deed.frame["frame"] in ("set_volume", "normalize") for deed in h.ground.memory.last_deeds
        )
        return told or spoken_of or _AS_ANOTHER in h.texts() or _told_before(h)
    return h.has(Thing.VOLUME) and (h.has(*_PLATFORMS) or bool(h.of(Standard)))


def _told_before(h: Hearing) -> bool:
    """ "The second clip is much quieter than the first, even them out": how loud they are was said just before."""
    before = h.clause.text[: h.items[0].start]
    heard = (Do.NORMALIZE, Do.LOUDER, Do.QUIETER, Thing.VOLUME)
    return any(token.value in heard for token in tokenize(before, h.language))


def _lufs(h: Hearing) -> float | None:
    """The loudness that is named; None where none is."""
    named = h.take("lufs")
    if named is not None:
        return float(named)
    for standard in h.of(Standard):
        return _LUFS[standard]
    if h.has(Do.NORMALIZE) and h.has(When.TO, When.AT):
        number = h.take("decibel", "number")  # "normalize to -14", "to -14 dB"
        return None if number is None else -abs(float(number))
    return _LUFS[Standard.STREAMING] if h.has(*_PLATFORMS) else None


def _meant(h: Hearing, place: int) -> Target | None:
    """The target at a place, which is bound; None for "the audio", which is all that sounds."""
    item = h.items[place]
    if item.what != "target" or place in h.bound:
        return None
    h.bind_target(place)
    target: Target = item.value
    last = item.text.split()[-1]
    everything = last == "mix" or (target.kind == "sound" and target.plain and last in _ALL_THAT_SOUNDS)
    return None if everything else target


def _together(targets: list[Target]) -> Target:
    """One target that means all of them, as far as names and numbers can say it."""
    first = targets[0]
    names = tuple(name for target in targets for name in target.names)
    numbers = tuple(number for target in targets for number in target.numbers)
    return first.model_copy(update={"names": names, "numbers": numbers})


FAMILIES = (Family("normalize", normalize, 0.3),)
