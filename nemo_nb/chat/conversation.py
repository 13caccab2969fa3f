"""A sentence from beginning to end: each of its steps goes its way, and one reply is made of all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from ..client import Asset, Client, State
from ..client.events import StreamEvent, TurnTold
from ..draft import Changes, Draft
from ..errors import NemoError
from ..language import detect_language
from ..tongues import LANGUAGES, Language
from . import phrases
from .attachments import with_captions
from .gui import Action
from .reply import DraftChanged, Note, Reply, TurnEnded
from .routing import Step, route
from .trace import Trace, begin
from .turn import Outcome, converse

Event = StreamEvent | DraftChanged | TurnEnded
Operations = Sequence[Mapping[str, Any]]
Planner = Callable[[str, Draft, Sequence[Asset]], Operations | Awaitable[Operations]]


class Exported(Protocol):
    """A file that was made, as a reply tells it."""

    @property
    def path(self) -> Path: ...
    @property
    def length(self) -> str: ...
    @property
    def size(self) -> str: ...


class Desk(Protocol):
    """What a sentence can have done beside sending a message."""

    @property
    def upload(self) -> Callable[..., Awaitable[list[Asset]]]: ...
    @property
    def export(self) -> Callable[[Path | None, dict[str, Any]], Awaitable[Exported]]: ...
    @property
    def attached(self) -> Mapping[str, bytes]: ...


class Conversation:
    """The sentences of one session. With a `planner` they are turned into operations here and not by the backend.

    `editing` is held from the look at the draft before an edit to the look after it, so that no reply tells
    what another one did. `language` is that of replies to what is in no language: "status", "2x". `drafts`: see
    `converse`.
    """

    def __init__(
        self,
        client: Client,
        session_id: str,
        desk: Desk,
        editing: asyncio.Lock,
        planner: Planner | None = None,
        focus: Mapping[str, Any] | None = None,
        language: Language = LANGUAGES[0],
        drafts: bool = True,
    ) -> None:
        self._client = client
        self._session_id = session_id
        self._desk = desk
        self._editing = editing
        self._planner = planner
        self._focus = focus
        self._language = language
        self._drafts = drafts
        self.trace: Trace | None = None
        """Of the message under way: whoever stops it finds out by it what it did."""
        self.seen: State | None = None
        """How things stand, where the last edit had to ask for that."""

    async def say(self, text: str) -> AsyncGenerator[Event, None]:
        """What happens, event by event; the last is TurnEnded with the whole reply, in the language of `text`."""
        language = detect_language(text, self._language)
        reply = Reply("")
        for step in route(text):
            try:
                async with aclosing(self._step(step, language)) as events:
                    async for event in events:
                        if isinstance(event, Reply):
                            reply = _joined(reply, event)
                        else:
                            yield event
            except NemoError as error:
                if not reply.routes:
                    raise
                # What was done before it is done, and must not be lost with the rest.
                reply = _joined(reply, Reply(str(error), (step.kind,), error=error))
                break
        yield TurnEnded(reply)

    async def _step(
        self, step: Step, language: Language
    ) -> AsyncGenerator[StreamEvent | DraftChanged | Reply, None]:
        match step.kind:
            case "sse":
                said = self._planned if self._planner else self._sent
                message = with_captions(step.text, self._desk.attached)
                async with self._editing, aclosing(said(message, language)) as events:
                    async for event in events:
                        yield event
            case "export":
                name = step.paths[0] if step.paths else step.named
                path = Path(name) if name and (step.paths or not await self._uploaded_as(name)) else None
                export = await self._desk.export(path, dict(step.output))
                words = phrases.of(language).exported
                text = words.format(name=export.path.name, length=export.length, size=export.size)
                yield Reply(text, ("export",), export=export)
            case "credits":
                yield Reply(await self._balance(language), ("credits",))
            case "status":
                yield Reply((await self._draft()).summary(language), ("status",))
            case "upload":
                yield await self._uploaded(step, language)

    async def _sent(
        self, text: str, language: Language
    ) -> AsyncGenerator[StreamEvent | DraftChanged | Reply, None]:
        """A message to the backend, with what it only told the user to look at."""
        self.trace = await begin(self._client, self._session_id, text)
        turn = converse(
            self._client, self._session_id, text, self.trace,
            language=language, focus=self._focus, drafts=self._drafts,
        )  # fmt: skip
        async with aclosing(turn) as events:
            async for event in events:
                if not isinstance(event, Outcome):
                    yield event
                    continue
                self.seen = event.state
                wanted = {action.kind for action in event.actions}
                parts = [event.text]
                if "show_tracks" in wanted:
                    parts.append(
                        (event.state.draft if event.state else await self._draft()).summary(language)
                    )
                parts += [await self._balance(language)] if "credits" in wanted else []
                told = "\n\n".join(part for part in parts if part)
                reply = Reply(told, ("sse",), Changes(event.changes), event.actions, error=event.error)
                yield _with_data(reply, event.told) if event.told else reply

    async def _planned(
        self, text: str, language: Language
    ) -> AsyncGenerator[StreamEvent | DraftChanged | Reply, None]:
        """A sentence through the user's own planner."""
        assert self._planner is not None  # noqa: S101 - asked before
        state = await self._client.state(self._session_id)
        # In a thread: whoever plans with a model waits for it, and other projects share this loop.
        planned = await asyncio.to_thread(self._planner, text, state.draft, state.assets)
        operations = await planned if isinstance(planned, Awaitable) else planned
        applied = await self._client.apply(self._session_id, operations, text)
        changes = Changes(state.draft.diff(applied.draft))
        words = phrases.of(language)
        if changes:
            yield DraftChanged(changes, applied.draft)
        lines = [words.silent_changed, *(f"- {change.text(language)}" for change in changes)]
        text = "\n".join(lines) if changes else words.silent_unchanged
        yield Reply(text, ("sse",), changes, turn=applied.turn)

    async def _uploaded(self, step: Step, language: Language) -> Reply:
        words = phrases.of(language)
        sources = (*step.paths, *step.urls)
        if not sources:
            return Reply(words.upload_what, ("upload",), actions=(Action("upload"),))
        self.seen = None  # it will be out of date
        before = await self._draft()
        assets = await self._desk.upload(*sources)
        names = ", ".join(asset.name for asset in assets)
        changes = Changes(before.diff(await self._draft()))
        return Reply(words.uploaded.format(names=names), ("upload",), changes)

    async def _uploaded_as(self, name: str) -> bool:
        """Whether that is an upload's name: "export clip.mp4" means the film that is made of it."""
        return any(asset.name == name for asset in (await self._client.state(self._session_id)).assets)

    async def _balance(self, language: Language) -> str:
        balance = await self._client.credits()
        words = phrases.of(language).credits
        return words.format(available=balance.available, total=balance.total, frozen=balance.frozen)

    async def _draft(self) -> Draft:
        return (await self._client.state(self._session_id)).draft


def _with_data(reply: Reply, told: TurnTold) -> Reply:
    """The reply with what the backend says as data."""
    notes = tuple(Note.read(row) for row in told.notes)
    return replace(reply, turn=told.turn, notes=notes, question=told.question, suggestions=told.suggestions)


def _joined(first: Reply, second: Reply) -> Reply:
    """Two steps of one sentence as one reply."""
    if not first.routes:
        return second
    offered = first.actions + second.actions
    return replace(
        second,
        text=f"{first.text}\n\n{second.text}".strip(),
        routes=first.routes + second.routes,
        changes=Changes(first.changes + second.changes),
        # What this very sentence asked for is done; it need not be offered as well.
        actions=tuple(action for action in offered if action.kind != second.routes[-1]),
        export=second.export or first.export,
        error=first.error or second.error,
        turn=first.turn if second.turn is None else second.turn,
        notes=first.notes + second.notes,
        question=second.question or first.question,
        suggestions=first.suggestions + second.suggestions,
    )
