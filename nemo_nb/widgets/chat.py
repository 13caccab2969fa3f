"""The chat cell: a conversation about the edit."""

from __future__ import annotations

import asyncio
import itertools
import re
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import aclosing, suppress
from typing import Any

from ..chat.reply import DraftChanged, Reply, TurnEnded
from ..client import Job, StreamEvent, TextDelta, ToolStarted, Turn, Waiting
from ..draft import Change
from ..errors import NotSupportedByBackend
from ..project import Project
from ..project.show import Gauge
from ..project.status import Status
from ..tongues import LANGUAGES, table
from . import lasting, markdown
from .base import Item, NemoWidget, on_a_project, problem, script, style
from .suggest import MOST, suggestions
from .timeline import TimelineTable

_REDRAW_S = 0.05  # streamed text faster than this can't be read anyway
_GAUGE_S = 0.5
_SETTLING_S = 1.0  # for a backend to end a turn whose connection was closed


class ChatCell(NemoWidget):
    """A conversation about the edit: sentences in, edits out, each with what it changed and an undo.

    >>> chat = nemo.ChatCell(project)

    A conversation of an earlier kernel is shown again when its project is opened again. With a `timeline`, what is
    selected there is what a sentence means by "this", and where its playhead stands is "here".
    """

    _view = "chat"
    _esm = script("chat")
    _css = style("chat")
    _collections = ("messages",)

    @on_a_project
    def __init__(self, project: Project, timeline: TimelineTable | None = None) -> None:
        super().__init__(project)
        self._timeline = timeline
        self._status: Status | None = None
        self._turn: Job | None = None
        self._begin()

    def _begin(self) -> None:
        self._numbers = itertools.count(1)
        self._next: list[str] = []
        self._sync("messages", [])
        self._set(busy=False, status="", chips=[])
        turns = self._project.conversation
        self._assistant(self._words("back" if turns else "greeting", backend=self._project.backend))
        for turn in turns:
            self._message("user", text=turn.text)
            self._assistant(turn.reply)
        self._start(self._catch_up)

    # ---- commands -------------------------------------------------------------------------------

    def _do_say(self, text: str) -> None:
        if not self.doc["busy"] and text.strip():
            self._set(busy=True, status=self._words("thinking"))
            focus = self._timeline.focus if self._timeline else None
            self._turn = self._start(self._converse, text.strip(), focus)

    def _do_stop(self) -> None:
        if self._turn is not None:
            self._turn.cancel()

    def _do_undo(self, message: str) -> None:
        self._start(self._walk, message, undone=True)

    def _do_redo(self, message: str) -> None:
        self._start(self._walk, message, undone=False)

    # ---- a turn ---------------------------------------------------------------------------------

    async def _converse(self, text: str, focus: Mapping[str, Any] | None) -> None:
        project = self._project.awaited
        self._message("user", text=text)
        answer = self._message("assistant", text="", tree=[])
        exports = set[str]()
        gauge = Gauge("Exporting")
        watching = asyncio.create_task(self._show(gauge))
        try:
            exports |= {export.id for export in await project.exports}
            async with aclosing(project.stream(text, focus=focus, progress=gauge)) as events:  # type: ignore[type-var]
                await self._follow(events, answer)
        except asyncio.CancelledError:
            await self._stopped(answer, exports)
        except Exception as error:
            said = problem(error)
            self._put("messages", {"id": answer, "role": "error", "text": said["what"], "next": said["next"]})
        finally:
            watching.cancel()
            self._set(busy=False, status="")
            self._refresh_lasting()

    async def _follow(self, events: Any, answer: str) -> None:
        """Show the events as they come; the last one holds the whole answer."""
        said: list[str] = []
        drawn = 0.0
        async for event in events:
            match event:
                case TextDelta(whole=whole, final=final):
                    if final or time.monotonic() - drawn > _REDRAW_S:
                        drawn = time.monotonic()
                        self.send({"type": "delta", "id": answer, "text": "\n\n".join([*said, whole])})
                    if final:
                        said.append(whole)
                case TurnEnded(reply=reply):
                    await self._answered(answer, reply)
                case _:
                    self._tell(event)

    def _tell(self, event: StreamEvent | DraftChanged) -> None:
        """The status line: what is being done, in a few words."""
        if isinstance(event, ToolStarted):
            self._set(status=self._words("tool", name=re.sub(r"[_\W]+", " ", event.name).strip()[:60]))
        elif isinstance(event, Waiting):
            self._set(status=self._words("waiting"))

    async def _show(self, gauge: Gauge) -> None:
        """The status line while a sentence is exported."""
        while True:
            await asyncio.sleep(_GAUGE_S)
            if gauge.done:
                self._set(status=self._words("gauge", percent=f"{gauge.done:.0%}"))

    async def _answered(self, answer: str, reply: Reply) -> None:
        offers = [
            {"kind": action.kind, "label": self._words(action.kind), "say": self._words(f"say {action.kind}")}
            for action in reply.actions
            if action.kind != "say"
        ]
        self._next = [action.text for action in reply.actions if action.kind == "say"]
        self._show_chips()
        turn = reply.turn
        if turn is None and reply.changes:
            turn = next((turn.turn for turn in reversed(await self._history())), None)
        spoken = self._spoken(answer, reply.text, reply.changes)
        self._put("messages", spoken | {"actions": offers, "turn": turn or 0})

    async def _stopped(self, answer: str, exports: set[str]) -> None:
        """What came of a turn that was stopped: a backend commits a turn whole or not at all."""
        project = self._project.awaited
        begun = [export for export in await project.exports if export.id not in exports]
        for export in begun:
            await export.cancel()
        found = await project.stopped(_SETTLING_S)
        changes = found.changes if found else ()
        said = [self._words("stopped_export")] if begun else []
        said += [self._words("stopped_made")] if changes else []
        spoken = self._spoken(answer, "\n\n".join(said) or self._words("stopped_not"), changes)
        self._put("messages", spoken | {"turn": (found and changes and found.turn) or 0})
        await project.refresh()

    # ---- undo -----------------------------------------------------------------------------------

    async def _walk(self, key: str, *, undone: bool) -> None:
        """Go back, or forth again, step by step until this message's turn is undone, or not any more."""
        message = self._item("messages", key)
        project = self._project.awaited
        step = project.undo if undone else project.redo
        if message is None or not message.get("changes"):
            return
        if not message.get("turn"):  # a plain backend, which has no history: it can take back its last edit
            if await step():
                self._update("messages", key, undone=undone)
        else:
            while (message["turn"] in await self._undone()) != undone and await step():
                pass
        self._refresh_lasting()

    async def _history(self) -> list[Turn]:
        with suppress(NotSupportedByBackend):
            return await self._project.awaited.history
        return []

    # ---- keeping up -----------------------------------------------------------------------------

    def _status_changed(self, status: Status) -> None:
        self._status = status
        if status.ended:
            self._message("error", text=status.ended)
            self._set(chips=[])
            return
        self._show_chips()
        self._start(self._mark_undone)

    def _show_chips(self) -> None:
        """What the last answer proposed, and what fits the project."""
        now = self._status
        fitting = suggestions(now.draft, now.assets, self._project.awaited.language) if now else []
        self._set(chips=list(dict.fromkeys([*self._next, *fitting]))[:MOST])

    async def _undone(self) -> Collection[int]:
        """The turns that are taken back: as the last status told, or on an older engine the history."""
        if self._status is not None and self._status.undone is not None:
            return self._status.undone
        return {turn.turn for turn in await self._history() if turn.undone}

    async def _mark_undone(self) -> None:
        """Undo may come from anywhere, a cell or a sentence: the history knows."""
        with self._guard:
            marked = [dict(message) for message in self.doc["messages"] if message.get("turn")]
        if marked:
            undone = await self._undone()
            for message in marked:
                self._update("messages", message["id"], undone=message["turn"] in undone)

    async def _catch_up(self) -> None:
        """What an earlier kernel's conversation changed, as the backend's history tells."""
        self._status = await self._project.awaited.status()
        self._show_chips()
        history = await self._history()
        with self._guard:
            messages = [dict(message) for message in self.doc["messages"]]
        at = 0
        for said, answer in itertools.pairwise(messages):
            if said["role"] != "user":
                continue
            place = next((n for n in range(at, len(history)) if history[n].text in said["text"]), None)
            if place is not None and history[place].kind == "message":
                at = place + 1
                turn = history[place]
                spoken = self._spoken(answer["id"], answer["text"], turn.changes)
                self._put("messages", spoken | {"turn": turn.turn, "undone": turn.undone})
        self._refresh_lasting()

    # ---- messages -------------------------------------------------------------------------------

    def _message(self, role: str, **fields: Any) -> str:
        key = f"m{next(self._numbers)}"
        self._put("messages", {"id": key, "role": role, **fields})
        return key

    def _assistant(self, text: str) -> str:
        key = f"m{next(self._numbers)}"
        self._put("messages", self._spoken(key, text))
        return key

    def _spoken(self, key: str, text: str, changes: Sequence[Change] = ()) -> Item:
        """An answer. Changes that its text lists are taken out of it: the list is drawn in their place."""
        told = self._told(changes)
        listed = {f"- {change.text(language)}" for change in changes for language in LANGUAGES}
        lines = text.split("\n")
        places = [n for n, line in enumerate(lines) if line.strip() in listed]
        cut = places[0] if places else len(lines)
        rest = [line for n, line in enumerate(lines) if n > cut and n not in places]
        return {
            "id": key,
            "role": "assistant",
            "text": text,
            "tree": markdown.to_tree("\n".join(lines[:cut])),
            "changes": told,
            "after": markdown.to_tree("\n".join(rest)),
        }

    def _told(self, changes: Sequence[Change]) -> list[Mapping[str, str]]:
        language = self._project.awaited.language
        return [{"kind": change.kind, "text": change.text(language)} for change in changes]

    def _words(self, key: str, **values: str) -> str:
        return str(table(self._project.awaited.language, "widgets").CHAT[key].format(**values))

    def _lasting_html(self) -> str:
        with self._guard:
            return lasting.conversation(self.doc["messages"])
