"""The rules, one family a file. Each is given a clause and says whether it was meant.

A rule that says yes has put operations, a note, a refusal, a question or an answer on the scene. The
order matters where a clause could be two things: what is more particular comes first.
"""

from __future__ import annotations

from collections.abc import Callable

from ....language import Clause
from ..scene import Scene
from . import (
    arrange,
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
    normalize,
    overlay,
    picture,
    questions,
    replace,
    silence,
    slideshow,
    spare,
    speed,
    text,
)

Rule = Callable[[Clause, Scene], bool]

RULES: tuple[Rule, ...] = (
    captions.captions,
    questions.question,
    history.back,
    history.redo,
    history.undo,
    text.outstays,
    spare.spared,
    follow.likewise,
    follow.longer,
    follow.amount,
    follow.weaker,
    follow.other_side,
    missing.colour,
    replace.replace,
    silence.silences,
    beyond.beyond,
    complaint.complaint,
    beyond.negated,
    beyond.intro,
    beyond.blank,
    slideshow.still_length,
    slideshow.slideshow,
    normalize.normalize,
    fades.transition,
    fades.fade,
    loudness.duck,
    loudness.mute,
    music.remove_music,
    text.text,
    music.add_music,
    loudness.volume,
    canvas.background,
    insert.cover,
    overlay.overlay,
    speed.freeze,
    arrange.repeat,
    speed.speed,
    arrange.swap,
    insert.insert,
    arrange.move,
    arrange.merge,
    speed.reverse,
    picture.turn,
    canvas.canvas,
    picture.look,
    arrange.place_file,
    cuts.playhead,
    cuts.split,
    arrange.take_out,
    picture.scaled,
    picture.crop,
    picture.zoom,
    beyond.export,
    questions.state,
    missing.missing,
    beyond.vague,
    cuts.cut,
)
