"""One message to the backend and back.

What the backend says is one thing, what it did is another. The embedded engine's answer carries what changed, as data
made of the two drafts; on any other backend the draft is fetched before and after. Some 30 % of edits come back without
a word, and a stream may break off; both are told in words here, and a message is never sent twice.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Protocol

from ..client.answers import State, read_changes
from ..client.clock import Clock
from ..client.events import StreamCut, StreamEvent, StreamFault, TextDelta, TurnTold, Waiting
from ..client.wire import Limits
from ..draft import Change
from ..errors import BackendError, TimedOut, Unreachable
from ..tongues import Language
from . import phrases
from .gui import Action, Translated, translate
from .reply import DraftChanged
from .trace import Found, Trace

FIRST_LOOK, LAST_LOOK = 1.0, 15.0

_TAIL = 1000  # characters, in which it stands
_HICCUP = re.compile(
    r"(?:(?<=[.!?。！？])\s+|\n\s*|^)I(?:'ve| have)? encountered a temporary issue\b[^\n]*$", re.IGNORECASE
)


class Backend(Protocol):
    """What a turn needs of the client."""

    def message(
        self, session_id: str, text: str, focus: Mapping[str, Any] | None = None
    ) -> AsyncGenerator[StreamEvent, None]: ...
    async def state(self, session_id: str) -> State: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def limits(self) -> Limits: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a message came to. `error` says why that isn't known for certain, where it isn't."""

    text: str
    changes: tuple[Change, ...]
    actions: tuple[Action, ...]
    state: State | None = None
    """How things stand after it, where that was asked for."""
    error: BackendError | None = None
    told: TurnTold | None = None
    """The answer as data, where the backend gives it."""


async def converse(
    backend: Backend,
    session_id: str,
    message: str,
    trace: Trace,
    *,
    language: Language,
    focus: Mapping[str, Any] | None = None,
    drafts: bool = True,
) -> AsyncGenerator[StreamEvent | DraftChanged | Outcome, None]:
    """Send `message` once and yield what happens; the last item is the Outcome. `trace` was begun just before.
    `focus` is what is selected and where the playhead stands, as `Client.message` takes it. `drafts`: whether the draft
    is wanted, in a DraftChanged; where the answer itself tells what changed, it isn't asked for otherwise.

    Errors of the client go through where the message was refused, so nothing was done.
    """
    said, faults = list[str](), list[StreamFault]()
    cut: StreamCut | None = None
    told: TurnTold | None = None
    async with aclosing(backend.message(session_id, message, focus)) as events:
        async for event in events:
            match event:
                case TextDelta(whole=whole, final=True):
                    said.append(whole)
                case StreamFault():
                    faults.append(event)
                case StreamCut():
                    cut = event
                case TurnTold():
                    told = event
                    continue
            yield event
    found = _found(told) if trace.tells else None
    state: State | None = None
    error = cut.error if cut else None
    try:
        if found is None:
            # What failed and says so works on nothing any more: one look shows what it did before.
            patient = cut is not None and cut.reason != "failed"
            async with aclosing(_looks(backend, trace, patient=patient)) as looks:
                async for look in looks:
                    if isinstance(look, Waiting):
                        yield look
                    else:
                        found, state = look, look.state
        if found and found.changes and drafts and state is None:
            state = await backend.state(session_id)
    except BackendError as lost:  # the answer was given, and must not be lost with the look at the draft
        error = lost
    changes = found.changes if found else ()
    if state and changes:
        yield DraftChanged(changes, state.draft)
    text = "\n\n".join(part for part in said if part.strip())
    # What says its answer as data talks to us and not of a web page.
    answer = Translated(text, _offered(told)) if told else translate(without_hiccup(text))
    parts = [answer.text] if answer.text else []
    parts += _told(faults, cut, changes, answered=bool(parts), known=found is not None, language=language)
    yield Outcome("\n\n".join(parts), changes, answer.actions, state, error, told)


def _found(told: TurnTold | None) -> Found | None:
    """What an answer tells that the message did; None where it tells nothing of it."""
    if told is None or not told.hash or (changes := read_changes(told.changes)) is None:
        return None
    return Found(True, changes, told.turn)


def _offered(told: TurnTold) -> tuple[Action, ...]:
    return tuple(Action("say", text) for text in told.suggestions)


def without_hiccup(text: str) -> str:
    """Drops a trailing "I encountered a temporary issue" where something normal stands before it."""
    rest = text[:-_TAIL] + _HICCUP.sub("", text[-_TAIL:])
    return rest.rstrip() or text


def _told(
    faults: list[StreamFault],
    cut: StreamCut | None,
    changes: tuple[Change, ...],
    *,
    answered: bool,
    known: bool,
    language: Language,
) -> list[str]:
    """Our words, where the backend had none or where they are not the whole story."""
    words = phrases.of(language)
    parts = [words.fault.format(message=message) for message in _distinct(faults)]
    if not known:
        parts.append(words.unknown)
    elif cut:
        told = words.cut_changed if changes else words.cut_unchanged
        parts.append(told.format(cut=words.cut(cut.reason)))
    elif not answered and not faults:
        parts.append(words.silent_changed if changes else words.silent_unchanged)
    if changes and (cut or faults or not answered):
        parts.append("\n".join(f"- {change.text(language)}" for change in changes))
    return parts


def _distinct(faults: list[StreamFault]) -> list[str]:
    """What they say, each once: a server tells one failure as an event and again as its last words, with its type."""
    messages: list[str] = []
    for fault in faults:
        if not any(fault.message.endswith(earlier) for earlier in messages):
            messages.append(fault.message)
    return messages


async def _looks(backend: Backend, trace: Trace, *, patient: bool) -> AsyncGenerator[Found | Waiting, None]:
    """What a message did. A patient look goes on until it is seen to be done, or the time for that is over."""
    clock, limits = backend.clock, backend.limits
    began = said = clock.monotonic()
    pause = FIRST_LOOK
    while True:
        now = clock.monotonic()
        over = not patient or now >= began + limits.recovery
        try:
            found = await trace.look()
        except (Unreachable, TimedOut):  # what cut the stream, as a rule, is the network
            if over:
                raise
            found = Found(False)
        if found.done or over:
            yield found
            return
        if now >= said + limits.still_working:
            said = now
            yield Waiting(round(now - began))
        await clock.sleep(min(pause, began + limits.recovery - now))
        pause = min(pause * 2, LAST_LOOK)
