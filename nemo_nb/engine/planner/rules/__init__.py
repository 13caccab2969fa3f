"""The rules, one family a file. Each is given a clause and says whether it was meant.

A rule that says yes has put operations, a note, a refusal, a question or an answer on the scene. The
order matters where a clause could be two things: what is more particular comes first.
"""

from __future__ import annotations

from collections.abc import Callable

from ....language import Clause
from ..scene import Scene
from . import (
    beyond,
    canvas,
    captions,
    complaint,
    cuts,
    fades,
    follow,
    history,
    insert,
    loudness,
    missing,
    music,
    overlay,
    picture,
    questions,
    slideshow,
    speed,
    splits,
    text,
)

Rule = Callable[[Clause, Scene], bool]

RULES: tuple[Rule, ...] = (
    captions.captions,
    questions.question,
    history.redo,
    text.outstays,
    follow.likewise,
    missing.colour,
    beyond.beyond,
    complaint.complaint,
    beyond.negated,
    beyond.blank,
    slideshow.still_length,
    slideshow.slideshow,
    fades.transition,
    fades.fade,
    loudness.duck,
    loudness.mute,
    text.text,
    music.add_music,
    loudness.volume,
    overlay.overlay,
    speed.freeze,
    speed.speed,
    insert.insert,
    picture.turn,
    canvas.canvas,
    picture.look,
    splits.split,
    picture.zoom,
    beyond.export,
    questions.state,
    follow.unclear,
    missing.missing,
    beyond.vague,
    cuts.cut,
)
