"""What happens while a message is worked on, as typed events.

Backends write it in two shapes: the events of Google's Agent Development Kit, and `{"type": "text", …}`.
`EventDecoder` reads both.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from json.scanner import make_scanner
from typing import Any, Literal

from ..errors import BackendError, IdleTimedOut, TimedOut, TotalTimedOut, Unreachable
from .bounds import MOST_TEXT, TooMuch, check_values
from .masked import Secret, presentable

__all__ = [
    "CutReason",
    "EventDecoder",
    "StreamCut",
    "StreamEvent",
    "StreamFault",
    "TextDelta",
    "ToolFinished",
    "ToolStarted",
    "TurnTold",
    "Waiting",
]

CutReason = Literal["connection", "failed", "server", "idle", "total", "unfinished", "large"]


@dataclass(
    slots=True
)  # not frozen as the others: there is one for every word, and that takes six times as long
class TextDelta:
    """Some of the answer's text.

    `text` was added, `whole` is the message so far. Every message ends with one `final` delta, which holds it as the
    backend wants it (or as far as it came, when the stream was cut). Where that corrects what was streamed, `text` is
    empty: show `whole`. The next delta of this author starts a new message.

    >>> nemo.TextDelta("one.", "Done: one.").whole
    'Done: one.'
    """

    text: str
    whole: str
    author: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True)
class ToolStarted:
    """The backend started on something: `name` is its own word for it.

    >>> nemo.ToolStarted("trim").name
    'trim'
    """

    name: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class ToolFinished:
    """The backend is done with what a ToolStarted of that `name` began.

    >>> nemo.ToolFinished("trim").name
    'trim'
    """

    name: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing was heard for so many `seconds`, but the backend is still connected.

    >>> nemo.Waiting(120).seconds
    120
    """

    seconds: int


@dataclass(frozen=True, slots=True)
class StreamFault:
    """The backend reported a failure inside the stream. More may follow."""

    message: str
    code: int | str | None = None


@dataclass(frozen=True, slots=True)
class StreamCut:
    """The stream ended as it should not have, after the message was sent. Always the last event.

    Whether the edit was made is unknown: look at the state, and never send the message again unasked.
    """

    reason: CutReason
    message: str

    @property
    def error(self) -> BackendError:
        """The same as an error: `Unreachable`, `IdleTimedOut`, `TotalTimedOut` or a plain `BackendError`."""
        return _CUT_ERRORS[self.reason](self.message, next_step=TimedOut.default_step)


@dataclass(frozen=True, slots=True)
class TurnTold:
    """A turn's answer as data, from the embedded engine's last event.

    `changes` and `notes` are rows of JSON. `hash` is the draft's, `by` says which planner understood the message.
    """

    turn: int
    hash: str = ""
    changes: tuple[dict[str, Any], ...] = ()
    notes: tuple[dict[str, Any], ...] = ()
    question: str | None = None
    suggestions: tuple[str, ...] = ()
    by: str = ""

    @classmethod
    def read(cls, metadata: object) -> TurnTold | None:
        """From an event's metadata. None where another backend wrote that."""
        told = metadata.get("nemo_nb") if isinstance(metadata, dict) else None
        if not isinstance(told, dict) or type(told.get("turn")) is not int:
            return None

        def rows(key: str) -> tuple[dict[str, Any], ...]:
            return tuple(row for row in _listed(told, key) if isinstance(row, dict))

        question, text = told.get("question"), {key: told.get(key) for key in ("hash", "by")}
        return cls(
            turn=told["turn"],
            hash=text["hash"] if isinstance(text["hash"], str) else "",
            changes=rows("changes"),
            notes=rows("notes"),
            question=question if isinstance(question, str) else None,
            suggestions=tuple(item for item in _listed(told, "suggestions") if isinstance(item, str)),
            by=text["by"] if isinstance(text["by"], str) else "",
        )


def _listed(fields: dict[str, Any], key: str) -> list[Any]:
    value = fields.get(key)
    return value if isinstance(value, list) else []


StreamEvent = TextDelta | ToolStarted | ToolFinished | Waiting | StreamFault | StreamCut | TurnTold

_CUT_ERRORS: dict[CutReason, type[BackendError]] = {
    "connection": Unreachable,
    "failed": BackendError,
    "server": BackendError,
    "idle": IdleTimedOut,
    "total": TotalTimedOut,
    "unfinished": BackendError,
    "large": BackendError,
}

# `json.loads` without its two searches for white space. Typeshed takes the function for a class.
_scan = make_scanner(json.JSONDecoder())  # type: ignore[arg-type]
_FAULT = "Error:"
_FAULT_KEYS = frozenset(("error", "errorCode", "errorMessage", "code", "detail"))
_METADATA = "customMetadata"  # so real ADK servers write `custom_metadata`
_RARE_KEYS = _FAULT_KEYS | {"turnComplete", _METADATA}
_NO_FAULTS: tuple[object, ...] = (
    None,
    "",
    0,
    "0",
    "STOP",
)  # ADK reports a turn that ended well, but empty, as errorCode STOP


class EventDecoder:
    """Events of one stream. `heard` counts those that were not mere heartbeats.

    TooMuch for one that would take out of all proportion, or a text without an end.

    >>> decoder = EventDecoder()
    >>> decoder.feed('{"type": "text", "content": "Done."}')
    [TextDelta(text='Done.', whole='Done.', author='', final=False)]
    """

    def __init__(self, secrets: Callable[[], tuple[Secret, ...]] = tuple) -> None:
        self.heard = 0
        self._secrets = secrets
        self._messages: dict[str, _Message] = {}  # the open one of each author
        self._deltas = False  # known to be deltas, which holds for the whole stream
        self._failed = False  # the last that was heard is that it failed: no more is to be expected

    def feed(self, data: str) -> list[StreamEvent]:
        data = data.strip()
        if not data:
            return []
        check_values(data)
        try:
            event, end = _scan(data, 0)
        except (ValueError, StopIteration, RecursionError):
            return self._unreadable(data)
        if end != len(data):
            return self._unreadable(data)
        if not isinstance(event, dict):
            return []
        if "type" in event and isinstance(event["type"], str):
            return self._typed(event)
        self.heard += 1
        return self._adk(event)

    def finish(self) -> tuple[list[StreamEvent], bool]:
        """What was held back, and whether a message lacks its final event, with no failure to account for it."""
        unfinished = not self._failed and any(not message.typed for message in self._messages.values())
        return [event for author in list(self._messages) for event in self._close(author)], unfinished

    # -- the events of the Agent Development Kit -------------------------------------------------------------

    def _adk(self, event: dict[str, Any]) -> list[StreamEvent]:
        events: list[StreamEvent] = []
        content = event.get("content")
        if isinstance(content, dict) and isinstance(content.get("parts"), list):
            events = self._content(content, str(event.get("author") or ""), event.get("partial") is True)
        if not _RARE_KEYS.isdisjoint(event):
            if not _FAULT_KEYS.isdisjoint(event):
                events += self._fault(event)
            if event.get("turnComplete") is True:
                for author in list(self._messages):
                    events += self._close(author)
            if told := TurnTold.read(event.get(_METADATA)):
                events.append(told)
        return events

    def _content(self, content: dict[str, Any], author: str, partial: bool) -> list[StreamEvent]:
        tools: list[StreamEvent] = []
        text = ""
        for part in content["parts"]:
            if not isinstance(part, dict):
                continue
            words = part.get("text")
            if isinstance(words, str) and words:
                if not part.get("thought"):
                    text += words
            elif partial:
                continue  # a call that is still being written; it comes again whole
            elif call := part.get("functionCall"):
                tools.append(ToolStarted(_name(call), author))
            elif response := part.get("functionResponse"):
                tools.append(ToolFinished(_name(response), author))
        if not text or content.get("role") == "user":
            return tools
        return (self._partial(author, text) if partial else self._final(author, text)) + tools

    # -- the second public shape -----------------------------------------------------------------------------

    def _typed(self, event: dict[str, Any]) -> list[StreamEvent]:
        kind = event["type"]
        if kind == "heartbeat":
            return []
        self.heard += 1
        if kind == "text":
            content = event.get("content")
            return self._partial("", content, typed=True) if isinstance(content, str) and content else []
        if kind == "tool_call":
            return [*self._close(""), ToolStarted(_name(event))]
        if kind == "tool_result":
            return [*self._close(""), ToolFinished(_name(event))]
        return self._fault(event) if kind == "error" or "error" in event else []

    # -- text ------------------------------------------------------------------------------------------------

    def _partial(self, author: str, text: str, *, typed: bool = False) -> list[StreamEvent]:
        message = self._messages.get(author)
        if message is None:
            message = self._messages[author] = _Message(typed, self._deltas)
        self._failed = False
        message.add(text)
        self._deltas = message.deltas
        whole = message.whole
        if len(whole) > MOST_TEXT:
            raise TooMuch
        if whole[0] == "E" and (whole.startswith(_FAULT) or _FAULT.startswith(whole)):
            return []  # not text but a failure, it seems: the final event tells
        return [TextDelta(message.show(), whole, author)]

    def _final(self, author: str, text: str) -> list[StreamEvent]:
        message = self._messages.pop(author, None)
        if text.startswith(_FAULT):
            return [self._failure(text.removeprefix(_FAULT))]
        return [TextDelta(message.end(text) if message else text, text, author, True)]

    def _close(self, author: str) -> list[StreamEvent]:
        """End a message that gets no final event of its own."""
        message = self._messages.get(author)
        return self._final(author, message.whole) if message else []

    # -- failures --------------------------------------------------------------------------------------------

    def _fault(self, event: dict[str, Any]) -> list[StreamEvent]:
        code = event.get("errorCode") or event.get("code")
        said: object = ""
        for key in ("errorMessage", "error", "message", "detail", "content"):
            said = event.get(key)
            if isinstance(said, dict):
                code = code or said.get("code")
                said = said.get("message")
            if isinstance(said, str) and said:
                break
        if not (isinstance(said, str) and said) and code in _NO_FAULTS:
            return []
        return [self._failure(said if isinstance(said, str) else "", _code(code))]

    def _unreadable(self, data: str) -> list[StreamEvent]:
        """Servers that fail write the failure by hand, and not always as JSON."""
        if data == "[DONE]":
            return []
        self.heard += 1
        if data.startswith(_FAULT):
            return [self._failure(data.removeprefix(_FAULT))]
        return [self._failure("The backend reported an error that could not be read.")]

    def _failure(self, said: str, code: int | str | None = None) -> StreamFault:
        self._failed = True
        return StreamFault(presentable(said, *self._secrets()) or "The backend reported an error.", code)


class _Message:
    """The text so far of one message, whether its parts are deltas or the text so far.

    Nothing in an event tells which. Parts that each begin with the one before are taken for the text so far, until
    one does not: then all of them were deltas.
    """

    __slots__ = ("_continued", "_parts", "_shown", "deltas", "typed", "whole")

    def __init__(self, typed: bool, deltas: bool) -> None:
        self.typed = typed
        self.deltas = deltas
        self.whole = ""
        self._parts: list[str] = []  # until it is known that they are deltas
        self._shown = 0  # how much of `whole` was shown
        self._continued = True  # and whether that still stands

    def add(self, part: str) -> None:
        if self.deltas:
            self.whole += part
            return
        self._parts.append(part)
        if part.startswith(self.whole):
            self.whole = part
            return
        self.deltas = True
        joined = "".join(self._parts)
        self._continued = joined.startswith(self.whole[: self._shown])
        self.whole = joined
        self._parts.clear()

    def show(self) -> str:
        """What is new; empty when what was shown no longer stands."""
        added = self.whole[self._shown :] if self._continued else ""
        self._shown, self._continued = len(self.whole), True
        return added

    def end(self, text: str) -> str:
        """What `text`, which takes the place of all, adds to what was shown; empty when it corrects it."""
        stands = self._continued and text.startswith(self.whole[: self._shown])
        return text[self._shown :] if stands else ""


def _name(call: object) -> str:
    name = call.get("name") if isinstance(call, dict) else None
    return name if isinstance(name, str) else ""


def _code(code: object) -> int | str | None:
    if isinstance(code, str) and code.isascii() and code.isdecimal() and len(code) < 10:
        return int(code)
    return code if isinstance(code, int | str) and code not in _NO_FAULTS else None
