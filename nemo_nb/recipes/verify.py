"""Where a replay parts from its recipe, or a recipe from itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from ..draft import Draft
from ..draft.timecode import seconds
from .binding import Bound, as_recorded, drafts
from .document import Document, Holds, Input, Parameter, Step
from .record import tracks_of

__all__ = ["Verdict", "told", "verify_recipe", "verify_replay"]


NOTHING_HOLDS = "It doesn't say yet what must hold: nemo-nb run --accept writes that into it."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check came to. True where everything holds; `str(verdict)` says where it doesn't.

    `parts`: each difference, in words. `notes`: what keeps the check from being a whole one.
    """

    parts: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return not self.parts

    def __str__(self) -> str:
        head = "It parts from the recipe:" if self.parts else "It holds."
        return "\n".join([head, *(f"- {part}" for part in self.parts), *(f"({note})" for note in self.notes)])

    def _repr_pretty_(self, printer: object, cycle: bool) -> None:
        printer.text(str(self))  # type: ignore[attr-defined]  # IPython's printer

    def _repr_html_(self) -> str:
        return f'<pre style="white-space: pre-wrap">{escape(str(self))}</pre>'


def verify_recipe(document: Document) -> Verdict:
    """Whether a recipe's operations come to what it says must hold. No file and no backend is needed."""
    if document.holds is None:
        return Verdict((), (NOTHING_HOLDS,))
    made = drafts(document, as_recorded(document), document.parameters)
    if len(made) < len(document.steps):
        at = document.steps[len(made)]
        return Verdict((), (f"Step {len(made) + 1} ({told(at)}) has no operations: only a replay can tell.",))
    return Verdict(
        tuple(_at_the_end(document.holds, made[-1], whole=all(i.hash for i in document.inputs.values())))
    )


def verify_replay(
    document: Document,
    made: Sequence[Draft],
    bound: Mapping[str, Bound],
    parameters: Mapping[str, Parameter],
    *,
    by_sentences: bool,
    refused: Mapping[int, str] = MappingProxyType({}),
) -> Verdict:
    """Compare the draft after each step with the one that the recipe's operations make of the same files.

    Only the first step that parts is told, since all later ones part with it. `refused`: what wasn't done of steps
    that were said, by their numbers.
    """
    notes = [
        f"{name} is another file than the recipe was made with.{_of_another_length(document.inputs[name], item)}"
        for name, item in bound.items()
        if not item.same and document.inputs[name].hash
    ]
    if changed := sorted(name for name, value in parameters.items() if value != document.parameters[name]):
        notes.append(f"Made with parameters of your own: {', '.join(changed)}.")
    if by_sentences:
        notes.append("Made by sentences, not by operations: another time it may come out differently.")
    parts = [
        f"Step {number} ({told(document.steps[number - 1])}) isn't done: {why}"
        for number, why in refused.items()
        if why
    ]
    parts += _by_step(document, made, drafts(document, bound, parameters))
    as_recorded = not changed and all(item.same for item in bound.values())
    if document.holds is None:
        return Verdict(tuple(parts), (*notes, NOTHING_HOLDS))
    if not parts and (as_recorded or (by_sentences and not changed)):
        parts = list(_at_the_end(document.holds, made[-1], whole=as_recorded and not by_sentences))
    elif not parts and made[-1].edit_hash == document.holds.edit_hash:
        notes.append("The edit is the recipe's all the same: it has its edit_hash.")
    return Verdict(tuple(parts), tuple(notes))


def differs(before: Document, after: Document) -> list[str]:
    """What a recipe says otherwise than before, in words: what an `accept` took over."""
    lines = []
    for number, (old, new) in enumerate(zip(before.steps, after.steps, strict=True), start=1):
        if new.say and not new.operations and old.operations is None:
            lines.append(f"Step {number} ({told(new)}): does nothing")
        elif old.operations != new.operations:
            lines.append(
                f"Step {number} ({told(new)}): {'new' if old.operations is None else 'other'} operations"
            )
    was, now = before.holds, after.holds
    if now and (was is None or was.edit_hash != now.edit_hash):
        lines.append(f"What must hold: {'; '.join(now.tracks) or 'an empty timeline'}")
    return lines


def _of_another_length(recorded: Input, used: Bound) -> str:
    now = used.facts.get("duration_ms", recorded.duration_ms)
    if not recorded.duration_ms or now == recorded.duration_ms:
        return ""
    lengths = f"It lasts {seconds(now)}, not {seconds(recorded.duration_ms)}, and is cut at the same times"
    return f" {lengths}: replan=True (--replan) says the sentences anew for it."


def told(step: Step) -> str:
    """A step in a few words."""
    if step.upload:
        return f"upload {', '.join(step.upload)}"
    if step.say:
        return f"“{step.say if len(step.say) <= 60 else step.say[:59] + '…'}”"
    return ", ".join(str(item.get("op")) for item in step.operations or ())


def _by_step(document: Document, made: Sequence[Draft], expected: Sequence[Draft]) -> Iterator[str]:
    for number, (step, real, due) in enumerate(zip(document.steps, made, expected, strict=False), start=1):
        if real.edit_hash == due.edit_hash:
            continue
        changes = [str(change) for change in due.diff(real)]
        for change in changes or ["what differs has no words, but the edit_hash tells it"]:
            yield f"After step {number} ({told(step)}): {change}"
        return


def _at_the_end(holds: Holds, draft: Draft, *, whole: bool) -> Iterator[str]:
    if draft.duration_ms != holds.duration_ms:
        yield f"At the end: it lasts {seconds(draft.duration_ms)}, not {seconds(holds.duration_ms)}"
    tracks = tracks_of(draft)
    for number in range(max(len(tracks), len(holds.tracks))):
        real, due = (lines[number] if number < len(lines) else "none" for lines in (tracks, holds.tracks))
        if real != due:
            yield f"At the end: track {number + 1} is {real}, not {due}"
    if whole:
        for name in ("edit_hash", "hash"):
            real, due = getattr(draft, name), getattr(holds, name)
            if due and real != due:
                yield f"At the end: {name} is {real[:12]}…, not {due[:12]}…"
