"""Wishes that leave out what they need: it is asked for."""

from __future__ import annotations

from ....language import Clause, Do, Kind, Thing
from ..scene import Scene

_COLOUR = ("color", "colour", "颜色")
_TOLD = (Kind.COLOUR, Kind.RATIO, Kind.SIZE, Kind.QUOTED, Kind.FILE, Kind.TIME, Kind.PERCENT, Kind.NUMBER)


def colour(clause: Clause, scene: Scene) -> bool:
    """ "Change the background color": to which?"""
    words = [token.text.lower() for token in clause.tokens if token.value is Thing.BACKGROUND]
    if not _changes(clause) or not any(name in word for word in words for name in _COLOUR):
        return False
    scene.ask("which_colour", (scene.say("try_white"), scene.say("try_blurred"), scene.say("try_navy")))
    return True


def missing(clause: Clause, scene: Scene) -> bool:
    """ "Change the aspect ratio", "change the title", "insert a clip": to what, and which?"""
    named = clause.values(Kind.FILE, Kind.QUOTED)
    if _changes(clause) and clause.has(Thing.DIMENSIONS):
        scene.ask("which_shape", (scene.say("try_vertical"), scene.say("try_square"), scene.say("try_wide")))
    elif _changes(clause) and clause.has(Thing.TITLE) and scene.texts:
        text = scene.texts[0].text
        scene.ask(
            "which_new_words", (scene.say("try_reword", text=text), scene.say("try_delete_text", text=text))
        )
    elif clause.of(Do) == [Do.ADD] and clause.has(Thing.CLIP, Thing.B_ROLL) and not (named or clause.unknown):
        scene.ask("which_file", (scene.say("try_insert"), scene.say("try_add_clip"), scene.say("try_cover")))
    else:
        return False
    return True


def _changes(clause: Clause) -> bool:
    """Whether it is to be something else, and nothing says what."""
    verbs = set(clause.of(Do))
    return Do.CHANGE in verbs and verbs <= {Do.CHANGE, Do.SET} and not clause.values(*_TOLD)
