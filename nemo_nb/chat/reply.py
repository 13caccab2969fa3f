"""What a user gets for a sentence, and the events on the way there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..draft import Change, Draft

if TYPE_CHECKING:
    from .gui import Action


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a sentence.

    `text` is for reading; `routes` says which calls were made, in order (`sse`, `export`, `credits`, `status`,
    `upload`); `changes` is what really changed in the draft; `actions` is what is on offer next; `export` is the
    export that the sentence asked for, if it did.
    """

    text: str
    routes: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    actions: tuple[Action, ...] = ()
    export: Any = None

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from html import escape

        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in self.text.split("\n") if part.strip())
        shown = f'<div style="max-width: 48em">{paragraphs}</div>'
        return shown + (self.export._repr_html_() if self.export is not None else "")


@dataclass(frozen=True, slots=True)
class DraftChanged:
    """The turn changed the draft: to `draft`, in these ways."""

    changes: tuple[Change, ...]
    draft: Draft


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """Always the last event. `reply.text` is the whole answer and replaces what was streamed."""

    reply: Reply
