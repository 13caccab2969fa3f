"""What a file holds beside one picture and one sound: which of its sound tracks is heard, and its own subtitles."""

from __future__ import annotations

from collections.abc import Callable

from ..assets import MediaAsset
from ..frames import ChooseSound, Frame, OwnSubtitles
from ..hearing import Hearing
from ..lexicon import matching
from ..slots import Target
from .base import Family

_SOUNDS, _PERHAPS = matching("sound_tracks"), matching("perhaps_sound_tracks")
_CHOOSES = matching("chooses")
_SUBTITLES, _OWN = matching("subtitles"), matching("of_its_own")
_OF_ELSE = ("percent", "decibel", "time", "factor", "quoted", "degree", "ratio", "not")


def choose_sound(h: Hearing) -> Frame | None:
    """ "use the second sound track", "mix both microphones", "nimm Tonspur 2", 用第二条音轨"""
    said = h.clause.said
    if not _has(h, _several_sounds) or not _CHOOSES.search(said) or _SUBTITLES.search(said):
        return None
    if not _SOUNDS.search(said) and (not _PERHAPS.search(said) or h.ground.pool("music")):
        return None  # a track may be a piece of music as well
    if h.heard(*_OF_ELSE):
        return None
    targets = h.targets()
    tracks = tuple(number for target in targets for number in target.numbers)
    called = tuple(word for target in targets for word in target.unknown if not _is_noun(word))
    every = not tracks and any(target.every == "all" or (target.count or 0) > 1 for target in targets)
    if not (tracks or called or every):
        return None
    h.bound.update(range(len(h.items)))
    return ChooseSound(target=_file(h), tracks=tracks, called=called, every=every)


def own_subtitles(h: Hearing) -> Frame | None:
    """ "use the film's own subtitles", "show the embedded captions", "zeig die eingebetteten Untertitel", 用自带字幕"""
    said = h.clause.said
    if not _CHOOSES.search(said) or not _SUBTITLES.search(said) or h.heard(*_OF_ELSE):
        return None
    file = _file(h)
    named = file is not None and _has(h, lambda asset: asset.subtitles > 0)
    if not _OWN.search(said) and not named:
        return None
    track = next((number for target in h.targets() for number in target.numbers), 1)
    place, style = h.place(), h.style()
    h.bound.update(range(len(h.items)))
    return OwnSubtitles.model_validate(
        {"target": file, "track": max(1, track), "place": place, "style": style}
    )


def _several_sounds(asset: MediaAsset) -> bool:
    return len(asset.sounds) > 1


def _has(h: Hearing, holds: Callable[[MediaAsset], bool]) -> bool:
    return any(holds(asset) for asset in h.ground.placed)


def _is_noun(word: str) -> bool:
    return bool(_SOUNDS.fullmatch(word) or _PERHAPS.fullmatch(word))


def _file(h: Hearing) -> Target | None:
    """The file that is named, if one is."""
    for target in h.targets():
        for name in target.names:
            if h.ground.asset(name, "video", "audio") is not None:
                return Target(names=(name,))
    return None


FAMILIES = (Family("choose_sound", choose_sound, 1.5), Family("own_subtitles", own_subtitles, 1.5))
