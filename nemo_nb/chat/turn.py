"""One message to the backend and back.

What the backend says is one thing, what it did is another: the draft is fetched before and after, and the
change is told from the two. Some 30 % of edits come back without a word, and a stream may break off; both
are told in words here, and a message is never sent twice.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol

from ..client.answers import State
from ..client.clock import Clock
from ..client.events import StreamCut, StreamEvent, StreamFault, TextDelta
from ..draft import Change, Draft
from ..draft.words import Language
from ..errors import TimedOut, Unreachable
from . import phrases
from .gui import Action, translate
from .reply import DraftChanged

RECOVERY_SECONDS = 300.0
FIRST_LOOK, LAST_LOOK = 1.0, 15.0

_HICCUP = re.compile(
    r"(?:(?<=[.!?。！？])\s+|\n\s*|^)I(?:'ve| have)? encountered a temporary issue\b[^\n]*$", re.IGNORECASE
)


class Backend(Protocol):
    """What a turn needs of the client."""

    def message(self, session_id: str, text: str) -> AsyncGenerator[StreamEvent, None]: ...
    async def state(self, session_id: str) -> State: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a message came to."""

    text: str
    changes: tuple[Change, ...]
    actions: tuple[Action, ...]
    draft: Draft


async def converse(
    backend: Backend, session_id: str, message: str, *, language: Language, clock: Clock
) -> AsyncGenerator[StreamEvent | DraftChanged | Outcome, None]:
    """Send `message` once and yield what happens; the last item is the Outcome.

    Errors of the client go through where the message was refused, so nothing was done.
    """
    before = (await backend.state(session_id)).draft
    said, faults, cut = list[str](), list[StreamFault](), False
    async with aclosing(backend.message(session_id, message)) as events:
        async for event in events:
            match event:
                case TextDelta(whole=whole, final=True):
                    said.append(whole)
                case StreamFault():
                    faults.append(event)
                case StreamCut():
                    cut = True
            yield event
    after = (
        await _recovered(backend, session_id, before, clock)
        if cut
        else (await backend.state(session_id)).draft
    )
    changes = tuple(before.diff(after))
    if changes:
        yield DraftChanged(changes, after)
    translated = translate(without_hiccup("\n\n".join(part for part in said if part.strip())))
    text = _told(translated.text, changes, faults, cut, language)
    yield Outcome(text, changes, translated.actions, after)


def without_hiccup(text: str) -> str:
    """Drops a trailing "I encountered a temporary issue" where something normal stands before it."""
    rest = _HICCUP.sub("", text).rstrip()
    return rest or text


def _told(
    text: str, changes: tuple[Change, ...], faults: list[StreamFault], cut: bool, language: Language
) -> str:
    """The backend's words, and ours where it had none or where they are not the whole story."""
    words = phrases.of(language)
    listed = "\n".join(f"- {change.text(language)}" for change in changes)
    parts = [text] if text else []
    parts += [words.fault.format(message=fault.message) for fault in faults]
    if cut:
        parts.append(words.cut_changed if changes else words.cut_unchanged)
    elif not text and not faults:
        parts.append(words.silent_changed if changes else words.silent_unchanged)
    if changes and (cut or faults or not text):
        parts.append(listed)
    return "\n\n".join(parts)


async def _recovered(backend: Backend, session_id: str, before: Draft, clock: Clock) -> Draft:
    """The draft after a cut stream: as soon as it has changed, or as it is after five minutes."""
    deadline = clock.monotonic() + RECOVERY_SECONDS
    pause = FIRST_LOOK
    while True:
        over = clock.monotonic() >= deadline
        try:
            after = (await backend.state(session_id)).draft
        except (Unreachable, TimedOut):  # what cut the stream, as a rule, is the network
            if over:
                raise
            after = before
        if after != before or over:
            return after
        await clock.sleep(pause)
        pause = min(pause * 2, LAST_LOOK)
