"""What a user gets for a sentence, and the events on the way there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from ..draft import Change, Changes, Draft
from ..errors import NemoError
from ..language import detect_language
from ..misuse import Waited
from . import phrases

if TYPE_CHECKING:
    from .gui import Action


@dataclass(frozen=True, slots=True)
class Note:
    """Something that an answer adds to what was done: an assumption (`note`), or what was not done and why (`refusal`).

    `key` and `values` are the same as data, where the planner tells it.

    >>> nemo.Note("b.mp4 isn't on the timeline.", "refusal").kind
    'refusal'
    """

    text: str
    kind: str = "note"
    key: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Note:
        values = row.get("values")
        return cls(
            str(row.get("text") or ""),
            str(row.get("kind") or "note"),
            str(row.get("key") or ""),
            dict(values) if isinstance(values, dict) else {},
        )


@dataclass(frozen=True, slots=True)
class Reply(Waited):
    """The answer to a sentence.

    `text` is for reading; `routes` says which calls were made, in order (`sse`, `export`, `credits`, `status`,
    `upload`); `changes` is what really changed in the draft, which a notebook shows as a table
    (`changes.frame()` is a DataFrame, `changes.to_dict()` plain data); `actions` is what is on offer next; `export` is
    the export that the sentence asked for, if it did. `error` says why the answer is not whole, where it isn't: a cut
    stream (`Unreachable`, `IdleTimedOut`, `TotalTimedOut`, `BackendError`) whose edit was then looked for, or the error
    of a later step of the sentence.

    The embedded engine says more as data: `turn`, the number of what was done in `project.history`; `notes`; a
    `question` that is open; and `suggestions` of what to say. On a plain backend they are empty.

    >>> reply = project.say("mute the clip")
    >>> reply.routes, reply.changes
    (('sse',), (<Change clip.mp4: muted>,))
    """

    text: str
    routes: tuple[str, ...] = ()
    changes: Changes = field(default_factory=Changes)
    actions: tuple[Action, ...] = ()
    export: Any = None
    error: NemoError | None = None
    turn: int | None = None
    notes: tuple[Note, ...] = ()
    question: str | None = None
    suggestions: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The text, and in a line what could be said next, where the text doesn't say it itself."""
        offered = [f"“{action.text}”" for action in self.actions if action.kind == "say"]
        if not offered or all(line[1:-1] in self.text for line in offered):
            return self.text
        say = phrases.of(detect_language(self.text)).say_next
        return f"{self.text}\n\n{say} {' · '.join(offered)}".lstrip()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """In a terminal's IPython: the text as it is."""
        printer.text(str(self))

    def _repr_html_(self) -> str:
        shown = f'<div style="max-width: 48em">{_html(str(self))}</div>'
        return shown + (self.export._repr_html_() if self.export is not None else "")


@dataclass(frozen=True, slots=True)
class DraftChanged:
    """The turn changed the draft: to `draft`, in these ways.

    >>> nemo.DraftChanged((), project.draft).draft.duration_ms
    4000
    """

    changes: tuple[Change, ...]
    draft: Draft


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """Always the last event. `reply.text` is the whole answer and replaces what was streamed.

    >>> nemo.TurnEnded(project.say("show tracks")).reply.routes
    ('status',)
    """

    reply: Reply


def _html(text: str) -> str:
    """Paragraphs and lists, and nothing else: what is said is text, whatever it looks like."""
    parts: list[str] = []
    for line in text.splitlines():
        if line.startswith("- "):
            item = f"<li>{escape(line[2:])}</li>"
            listed = bool(parts) and parts[-1].endswith("</ul>")
            parts[-1:] = (
                [parts[-1][: -len("</ul>")] + item + "</ul>"] if listed else [*parts[-1:], f"<ul>{item}</ul>"]
            )
        elif line.strip():
            parts.append(f'<p style="margin: 0.3em 0">{escape(line)}</p>')
    return "".join(parts)
