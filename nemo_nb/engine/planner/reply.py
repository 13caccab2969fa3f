"""The reply to a request: what really changed, what did not and why, what could come next."""

from __future__ import annotations

from ...draft import Change, Draft
from ...language import Language
from .material import Material, Plan
from .rules.beyond import suggestions
from .scene import Scene
from .wording import sentence

_MOST_LINES = 12


def compose(plan: Plan, before: Draft, after: Draft) -> str:
    """The reply, in the request's language.

    What it says was done is read from the difference between the two drafts and from nothing else, so that no
    reply can claim an edit that the draft does not hold.
    """
    language = plan.language
    changes = before.diff(after)
    parts: list[str] = []
    if changes:
        parts.append(_done(plan, changes, language))
        parts += plan.notes
    elif plan.edits:
        parts.append(sentence(language, "nothing_changed"))
    parts += plan.refusals
    if plan.answer:
        parts.append(plan.answer)
    if plan.question:
        parts.append(_with_list(plan.question, plan.suggestions))
    return "\n".join(parts) or sentence(language, "nothing_changed")


def following(plan: Plan, after: Draft) -> tuple[str, ...]:
    """What could be said next: what a question suggests or, after an edit, what fits the new draft."""
    if plan.question or not plan.edits:
        return plan.suggestions
    done = {operation.op for operation in plan.operations}
    return tuple(suggestions(Scene(Material(after), plan.language), done, count=2))


def _done(plan: Plan, changes: list[Change], language: Language) -> str:
    key = "done" if plan.operations else "undone" if plan.undo else "redone" if plan.redo else "done"
    lines = [f"- {change.text(language)}" for change in changes[:_MOST_LINES]]
    if len(changes) > _MOST_LINES:
        lines.append("- " + sentence(language, "more", count=len(changes) - _MOST_LINES))
    return "\n".join([sentence(language, key), *lines])


def _with_list(text: str, items: tuple[str, ...] | list[str]) -> str:
    return "\n".join([text, *(f"- {item}" for item in items)])
