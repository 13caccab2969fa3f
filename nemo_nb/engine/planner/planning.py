"""From a request to a plan, whatever was said before it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from pydantic import ValidationError

from ...draft import Draft
from ...draft.operations import CutOut, Delete, Keep
from ...language import (
    Clause,
    Cue,
    Filler,
    Request,
    cues,
    detach,
    only_polite,
    readings,
    takes_back,
    unfinished,
)
from .context import Context
from .material import Material, Plan
from .rules import RULES
from .rules.beyond import suggestions
from .scene import Scene
from .unmet import unknown_to, unmet

# Beyond this many clauses a request is no request any more; the rest is refused, not worked through.
_MOST_CLAUSES = 60
_LEAST_LEFT = 0.35
_ASKED_FOR_ADVICE = re.compile(r"\s*should (?:i|we)\b.*\?\s*$|.*(?:要不要|该不该).*[?？]\s*$", re.IGNORECASE)
_THANKS = re.compile(r"\s*(?:many )?(?:thanks|thank you|thx|cheers|谢谢|多谢|谢啦)", re.IGNORECASE)


def plan_alone(text: str, material: Material) -> Plan:
    """What to do about a request, taken by itself. Never raises, whatever the text.

    Where the likeliest way to take the sentences apart leaves something lost, others are tried, and the one that
    loses least is taken: "remove a.mp4 and play the rest at 2x" is two wishes because as one it makes no sense.
    """
    said, lines = detach(text)
    # Captions alone, with no word about them, are wanted on the picture.
    said = said or ("add captions" if lines else "")
    ways = readings(said, [asset.file for asset in material.assets])
    likeliest = next(ways)
    best = _staged(likeliest, material, cues(lines) if lines else ())
    for request in ways if best.doubtful and not best.wants else ():
        other = _staged(request, material, best.cues)
        # More wishes than seemed likely are believed only where each of them is understood.
        if other.loss < best.loss and (not other.lost or len(request.clauses) <= len(likeliest.clauses)):
            best = other
        if not best.loss:
            break
    return _settled(best)


def _staged(request: Request, material: Material, lines: tuple[Cue, ...]) -> Scene:
    """All that is to be done about one reading of a request."""
    scene = Scene(material, request.language, lines)
    if takes_back(request.text) and all(map(_says_nothing, request.clauses)):
        scene.ask("no_what", suggestions(scene))
        return scene
    clauses = request.clauses[:_MOST_CLAUSES]
    if _ASKED_FOR_ADVICE.match(request.text):
        scene.ask("vague", suggestions(scene))
        return scene
    if _THANKS.match(request.text) and all(map(only_polite, clauses)):
        scene.answer("welcome")
        return scene
    scene.alone, scene.mends = len(clauses) == 1, takes_back(request.text)
    context = Context(clauses, scene)
    for number in range(len(clauses)):
        wish = context.wish(number)
        if wish is None:
            continue
        if number == len(clauses) - 1 and unfinished(wish):
            scene.ask("unfinished", suggestions(scene), text=wish.text[:200])
        else:
            _plan_clause(wish, scene)
    if len(request.clauses) > _MOST_CLAUSES:
        scene.refuse("too_much", count=_MOST_CLAUSES)
    if scene.lost and not (scene.operations or scene.wants or scene.undo or scene.redo):
        scene.ask("what_then", suggestions(scene))
    if not (scene.operations or scene.wants or scene.refusals or scene.answers or scene.undo or scene.redo):
        scene.ask("vague", suggestions(scene))
    return scene


def _says_nothing(clause: Clause) -> bool:
    """ "No", "no thanks": something is wrong, and nothing says what."""
    return all(token.value in (Filler.NOT, Filler.WORD, Filler.CORRECTION) for token in clause.tokens)


def _plan_clause(clause: Clause, scene: Scene) -> None:
    draft, clips, heard = scene.draft, scene.clips, scene.said
    done = len(scene.operations)
    try:
        understood = any(rule(clause, scene) for rule in RULES)
    except ValidationError as error:
        # The operations know what is possible; a rule hands them the numbers that people gave.
        scene.refuse("impossible", text=clause.text[:200], why=error.errors()[0]["msg"])
        return
    if understood:
        scene.passed_over += len(clause.unknown)
        unused = unknown_to(clause, scene.draft, scene.operations[done:])
        if unused and scene.said == heard:
            scene.note("passed_over", words=", ".join(f"“{word[:100]}”" for word in unused))
    elif not only_polite(clause):
        scene.refuse("not_understood", text=clause.text[:200])
        scene.last = (
            tuple(clip.id for clip in scene.chosen_clips(clause)) or scene.last
        )  # "b.mp4 is slow. Speed it up"
        scene.lost += sum(token.value is not Filler.WORD for token in clause.tokens)
    unknown = unknown_to(clause, scene.draft, scene.operations[done:])
    if _risky(unknown, draft, scene, done) or _elsewhere(clause, draft, scene, done):
        return
    operations = scene.operations[done:]
    # Whoever was refused a part of it, or asked about it, has been told already.
    if operations and scene.said == heard:
        lost = unmet(clause, draft, scene.draft, operations, clips, scene.paces.times)
        if lost and not _risky(lost, draft, scene, done):
            scene.lost += len(lost)
            scene.refuse("unmet", words=", ".join(f"“{words[:100]}”" for words in lost))


def _risky(words: Sequence[str], before: Draft, scene: Scene, done: int) -> bool:
    """Whether most of the video went, by a sentence of which these words were lost: then it is left, and said so."""
    was, now = before.duration_ms, scene.draft.duration_ms
    removed = any(isinstance(op, (CutOut, Keep, Delete)) for op in scene.operations[done:])
    if not words or not removed or now > was * _LEAST_LEFT or scene.wants:
        return False
    quoted = ", ".join(f"“{word[:100]}”" for word in words)
    scene.take_back(before, done)
    scene.refuse("risky", before=scene.seconds(was), after=scene.seconds(now), words=quoted)
    scene.lost += len(words)
    return True


def _elsewhere(clause: Clause, before: Draft, scene: Scene, done: int) -> bool:
    """Whether something was done to what is there, where a file was named that isn't: "zoom in on b.mp4"."""
    files = {asset.file for asset in scene.named_assets(clause)}
    there = {item.file for draft in (before, scene.draft) for item in draft.segments}
    named = [op for op in scene.operations[done:] if getattr(op, "file", None) in files]
    if not files or files & there or named or len(scene.operations) == done:
        return False
    scene.take_back(before, done)
    scene.refuse("not_there", file=", ".join(sorted(files)))
    scene.lost += 1
    return True


def _settled(scene: Scene) -> Plan:
    """History and edits don't mix where what it brings back is not known: the rest has to wait then."""
    made = scene.plan()
    if (made.undo or made.redo) and made.operations and not scene.stepped_back:
        return dataclasses.replace(
            made,
            draft=scene.material.draft,
            operations=(),
            notes=(),
            refusals=(*made.refusals, scene.say("after_undo")),
        )
    return made
