"""A message's plan: read and done by `intent`; what it doesn't read the rules answer, ask about or refuse."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from ...errors import InvalidInput
from ...intent.accounted import heard_out
from ...intent.conversation import enact
from ...intent.frames import frame_of
from ...intent.memory import Memory
from ...intent.outcome import Outcome, Scene
from ...intent.stage import Said
from ...language import cues, detach, detect_language
from ...language.detect import Language
from .material import Material, Plan
from .material import Material as RuleMaterial
from .planning import plan_by_rules
from .rules.beyond import suggestions
from .scene import Scene as RuleScene
from .wording import sentence

_LONGEST = 2000


def plan(text: str, material: Material) -> Plan:
    """What to do about a message. Never raises, whatever the text.

    >>> from nemo_nb.draft import Draft
    >>> plan("how long is it?", Material(Draft.empty())).answer
    'There is nothing on the timeline yet. Upload a video first.'
    """
    language = detect_language(text)
    memory = _memory(material)
    said, lines = detach(text)
    # Captions alone, with no word about them, are wanted on the picture.
    said = said or ("add captions" if lines else "")
    if len(said) <= _LONGEST:
        scene = dataclasses.replace(_scene(material, memory), cues=cues(lines) if lines else ())
        outcome = heard_out(said, language, scene)
        made = _planned(outcome, language, material)
        if made is not None:
            return made
        memory = outcome.memory
    return dataclasses.replace(plan_by_rules(said, material), memory=memory.model_dump(mode="json"))


def carry_out(frames: Sequence[Any], material: Material) -> Plan:
    """The plan of frames that were made elsewhere: by a model, an agent, a recipe.

    `frames` are JSON, as `intent.frames` has them. InvalidInput where one is none.
    """
    memory = _memory(material)
    try:
        wanted = [frame_of(frame) for frame in frames]
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, fault["loc"]))
        raise InvalidInput(
            f"A frame can't be read: {place}: {fault['msg']}.", next_step="See nemo_nb.intent.frames."
        ) from None
    outcome = enact(wanted, "en", _scene(material, memory))
    made = _planned(outcome, "en", material)
    return made or Plan("en", material.draft)


def _not_understood(outcome: Outcome, language: Language, material: Material) -> Plan:
    """What was not understood is said, and nothing is done about it."""
    refusals = tuple(
        sentence(language, "not_understood", text=part.clause.said[:200])
        for part in outcome.unread
        if part.clause.said
    )
    question = sentence(language, "what_then")
    examples = suggestions(RuleScene(RuleMaterial(material.draft, material.assets), language))
    return Plan(language, material.draft, refusals=refusals, question=question, suggestions=tuple(examples))


def _memory(material: Material) -> Memory:
    try:
        memory = Memory.model_validate(dict(material.memory))
    except ValidationError:  # of another planner
        return Memory()
    remade = material.turns[-1].renamed if material.turns else {}
    return memory.renamed(remade) if remade else memory


def _scene(material: Material, memory: Memory) -> Scene:
    focus = material.focus
    return Scene(
        draft=material.draft,
        assets=material.assets,
        memory=memory,
        selected=tuple(focus.get("segments") or ()),
        playhead=focus.get("at"),
        past=material.past,
        undo_steps=material.undo_steps,
        redo_steps=material.redo_steps,
        turns=material.turns,
        pauses=material.pauses,
        loudness=material.loudness,
        lines=material.lines,
    )


def _planned(outcome: Outcome, language: Language, material: Material) -> Plan | None:
    """The outcome as a plan; None where a part of the message was not understood."""
    stage = outcome.stage
    if stage.wants:
        return Plan(language=language, draft=material.draft, wants=frozenset(stage.wants))
    said = outcome.reads or outcome.frames or outcome.talk or stage.refusals or stage.question is not None
    if not said or (not outcome.sure and not (stage.operations or outcome.leave_out or outcome.undo)):
        return None
    for part in outcome.unread:
        stage.refuse("not_understood", text=part.clause.said[:200])
    answers = [_said(language, item) for item in stage.answers]
    nothing = not (
        stage.operations
        or stage.refusals
        or answers
        or stage.question
        or outcome.undo
        or outcome.redo
        or outcome.leave_out
    )
    if outcome.talk == "reason" and nothing:
        return dataclasses.replace(
            _not_understood(outcome, language, material), memory=outcome.memory.model_dump(mode="json")
        )
    if outcome.talk and nothing:
        answers.append(sentence(language, _TALK.get(outcome.talk, "welcome")))
        nothing = False
    if nothing:
        return None
    question = _said(language, stage.question) if stage.question is not None else None
    return Plan(
        language=language,
        draft=stage.draft,
        operations=tuple(stage.operations),
        undo=outcome.undo,
        redo=outcome.redo,
        notes=tuple(dict.fromkeys(_said(language, item) for item in stage.notes)),
        refusals=tuple(dict.fromkeys(_said(language, item) for item in stage.refusals)),
        question=question,
        suggestions=tuple(_said(language, item) for item in stage.suggestions),
        answer="\n".join(dict.fromkeys(answers)) or None,
        frames=tuple(outcome.frames),
        memory=outcome.memory.model_dump(mode="json"),
        leave_out=outcome.leave_out,
        stated=tuple(
            {"key": item.key, "values": _plain(item.values)} for item in (*stage.notes, *stage.refusals)
        ),
        score=round(sum(part.score for part in outcome.reads), 2),
    )


_TALK = {
    "thanks": "welcome",
    "praise": "glad",
    "greeting": "hello",
    "yes": "glad",
    "no": "dismissed",
}


def _said(language: Language, item: Said) -> str:
    if item.key == "summary":
        return item.values["draft"].summary(language) if "draft" in item.values else ""
    values = {
        key: _said(language, value) if isinstance(value, Said) else value
        for key, value in item.values.items()
    }
    return sentence(language, item.key, **values)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value.key if isinstance(value, Said) else value for key, value in values.items()}
