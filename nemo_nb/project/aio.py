"""The project, awaited."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..chat import phrases
from ..chat.conversation import Conversation, Event, Planner
from ..chat.reply import Reply, TurnEnded
from ..chat.trace import Found
from ..client import (
    Asset,
    Client,
    Credits,
    Entry,
    Journal,
    JournalTurn,
    Plan,
    Reel,
    ReelPiece,
    Runner,
    Secret,
    Session,
    Source,
    State,
    Turn,
    Waiting,
    each,
    on_loop,
)
from ..client.belonging import whose
from ..client.notebook import Notebook
from ..draft import Change, Draft
from ..errors import InvalidInput, MissingFile, NotSupportedByBackend, ProjectClosed
from ..language import detect_language, language_of_machine
from ..media.formats import Accepted
from ..misuse import checked_calls, no_such_name
from ..tongues import Language
from . import files, looking, plans
from .batch import run_batch
from .edits import Edits
from .export import AsyncExport
from .exporting import Exports
from .following import Follower
from .hints import EXAMPLES, INSTEAD, LOOKED_AT
from .homing import settled
from .looking import Preview
from .plans import Focus
from .show import Gauge
from .status import Status, Watchers
from .stored import Stored, another_name, checked_name, recorded, stored
from .tables import Tables
from .turns import TurnLog

if TYPE_CHECKING:
    import pandas as pd

    from .. import Recipe


@checked_calls(EXAMPLES, LOOKED_AT)
class AsyncProject:
    """A video edit on some backend. Made by `nemo.aconnect`.

    Every method may be awaited from any event loop: the work is done on the runner's own, where the
    connections live.

    >>> async def edit():
    ...     aproject = await nemo.aconnect()
    ...     await aproject.upload(clip)
    ...     async for event in aproject.stream("trim it to 2 seconds"):
    ...         if isinstance(event, nemo.TurnEnded):
    ...             print(event.reply.changes[-1])
    ...     await aproject.close()
    >>> asyncio.run(edit())
    total length 4s → 2s
    """

    def __init__(
        self,
        client: Client,
        journal: Journal,
        runner: Runner,
        *,
        name: str = "project",
        backend: str = "",
        session: Session | None = None,
        language: Language | None = None,
        planner: Planner | None = None,
        id: str | None = None,
    ) -> None:
        self.name = name
        self.id = id or uuid.uuid4().hex
        """By which a notebook remembers the project."""
        self.backend = backend
        self._client = client
        self._journal = journal
        self._running = runner
        self.ended = ""
        """"closed" or "deleted", where it can't be used any more."""
        self._session = session
        self._language = language
        self._planner = planner
        self._known = id is not None
        self.notebook = Notebook()
        """The notebook that it was open in last, as far as that is known."""
        self._opening = asyncio.Lock()
        self._editing = asyncio.Lock()
        self._edits = Edits(client, runner, self._editing)
        self._exporting = Exports(client, journal, runner)
        self._turns = TurnLog(client, journal)
        self._watchers = Watchers()
        self._follower = Follower(client, self.refresh)
        self.attached: dict[str, bytes] = {}
        """Files of captions that were handed over, by the names that sentences have for them."""
        self.tables = Tables()
        """Those of the timeline that were handed out."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name!r} on {self.backend}>"

    if not TYPE_CHECKING:  # a checker is to find such names itself

        def __getattr__(self, name: str) -> Any:
            if hasattr(type(self), name):  # it is there, and failed with an error of its own
                return object.__getattribute__(self, name)
            raise no_such_name(name, "A project", dir(type(self)), INSTEAD)

    @property
    def _runner(self) -> Runner:
        """On which its calls run. ProjectClosed where none is to run any more."""
        if not self.ended:
            return self._running
        raise self._no_more()

    def _no_more(self) -> ProjectClosed:
        step = "nemo.connect() begins another one."
        if self.ended == "closed" and self._session:
            step = f'Open it again: project = nemo.connect(session="{self._session.session_id}").'
        return ProjectClosed(f"The project {self.name!r} was {self.ended}.", next_step=step)

    # ---- the session ----------------------------------------------------------------------------

    @property
    def session_id(self) -> str | None:
        """The backend's id of this project; None until something was uploaded or said."""
        return self._session.session_id if self._session else None

    async def _open(self, sentence: str = "") -> Session:
        """The session, made when it is first needed: only then is the language known."""
        async with self._opening:  # two cells or widgets that begin at once are one project
            if self._session is None:
                self._session = self._begun_elsewhere() or await self._begin(sentence)
        return self._session

    def _begun_elsewhere(self) -> Session | None:
        """By another studio of the same kernel: only then is there a project of this id."""
        entry = self._journal.of(self.id) if self._known else None
        return entry.session if entry else None

    async def _begin(self, sentence: str) -> Session:
        if self._language is None:
            self._language = detect_language(sentence or "", language_of_machine())
        session = await self._client.session(self.name, self._language)
        self._journal.begin(session, self.name, self.id)
        if self.notebook:
            self._journal.claim(session.session_id, self.notebook)
        return session

    async def follow(self, notebook: Notebook, former_name: str) -> None:
        """Its notebook lies elsewhere or has another name by now: a project that is called after it is called anew."""
        if former_name == self.name != notebook.name:
            await self.rename(notebook.name)
        if notebook != self.notebook:
            self.claim(notebook)

    def claim(self, notebook: Notebook) -> None:
        """From now on it is this notebook's project."""
        self.notebook = notebook
        if notebook and self._session is not None:
            self._journal.claim(self._session.session_id, notebook)

    @property
    def language(self) -> Language:
        return self._language or language_of_machine()

    # ---- files ----------------------------------------------------------------------------------

    @on_loop
    async def upload(self, *sources: Source, progress: Gauge | None = None) -> list[Asset]:
        """Upload files, in order. Videos go onto the timeline; music and images wait to be asked for.

        The same content under the same name is the same file: where it is on the timeline it stays as it is, and that
        is said. Named twice at once it is placed twice.

        A source is a path, a pattern such as `"*.jpg"`, an http(s) URL, an open binary file, `(name, bytes)`, or a list
        of these; `(name, path)` uploads a file under another name. Formats and size are those that the backend takes:
        `await project.accepts()`.

        Raises MissingFile, UnsupportedFile, FileTooLarge or BrokenMedia before anything of it is kept.
        """
        given = each(sources)
        if not given:
            raise InvalidInput(
                "There is nothing to upload.", next_step='Name a file: project.upload("clip.mp4").'
            )
        session = await self._open()

        def report(sent: int, total: int, _: str) -> None:
            if progress and total:
                progress.report(sent / total)

        assets = await self._client.upload(session.session_id, given, report)
        for source, asset in zip(given, assets, strict=False):  # a backend may answer with fewer
            self._journal.add_upload(session.session_id, asset.name, asset.hash, files.origin(source))
        await self.refresh()
        return assets

    @property
    def assets(self) -> Awaitable[list[Asset]]:
        """What was uploaded, in order."""
        return self._assets()

    @on_loop
    async def _assets(self) -> list[Asset]:
        return (await self._client.state(self._session.session_id)).assets if self._session else []

    @on_loop
    async def streams(self, file: str) -> pd.DataFrame:
        """The tracks of an upload, one row each: see `Project.streams`."""
        asset = next((item for item in reversed(await self._assets()) if item.name == file), None)
        if asset is None:
            raise MissingFile(f"There is no upload {file!r}.", next_step="Look at project.assets.")
        if not asset.streams:
            raise NotSupportedByBackend("This backend doesn't tell the tracks of a file.")
        return files.table(asset.streams)

    # ---- talking --------------------------------------------------------------------------------

    @on_loop
    async def say(self, text: str, *, focus: Focus | None = None, progress: Gauge | None = None) -> Reply:
        """Say what should be done, in English, Chinese or German, and get the answer.

        Sentences for an export, credits, the status or an upload are routed to those calls; `reply.routes` tells.
        `focus` is what "this" and "here" mean: `{"at": ms, "segments": [ids]}`, both optional; a plain backend makes
        nothing of it.
        """
        async with aclosing(self._turn(text, progress, focus, drafts=False)) as events:
            async for event in events:
                if isinstance(event, TurnEnded):
                    return event.reply
                if progress and isinstance(event, Waiting):
                    progress.what = phrases.of(detect_language(text, self.language)).still_working
        raise AssertionError("a turn always ends with TurnEnded")

    def stream(
        self, text: str, *, focus: Focus | None = None, progress: Gauge | None = None
    ) -> AsyncIterator[Event]:
        """Say it, and get events: TextDelta, ToolStarted, ToolFinished, Waiting, DraftChanged, TurnEnded.

        `focus`: see `say`. `progress` tells how far an export or upload is that the sentence asks for.
        """
        return self._runner.hop_iter(self._turn(text, progress, focus))

    @property
    def conversation(self) -> list[JournalTurn]:
        """What was said and answered in this project so far, in earlier kernels too."""
        entry = self.journal_entry
        return entry.turns if entry else []

    @property
    def journal_entry(self) -> Entry | None:
        """All that this machine wrote down about the project: its uploads, sentences and exports."""
        return self._journal.find(self._session.session_id) if self._session else None

    async def _turn(
        self, text: str, progress: Gauge | None, focus: Focus | None, *, drafts: bool = True
    ) -> AsyncGenerator[Event, None]:
        plans.check_sentence(text)
        seen = plans.checked_focus(focus)
        text = text.encode("utf-8", "replace").decode()  # half an emoji, cut off by a cell's slicing, say
        session = await self._open(text)
        desk = _Desk(
            partial(self.upload, progress=progress), partial(self._export, progress=progress), self.attached
        )
        talk = Conversation(
            self._client, session.session_id, desk, self._editing, self._planner, seen, self.language, drafts
        )
        async with aclosing(self._turns.recorded(talk, session.session_id, text)) as events:
            async for event in events:
                if isinstance(event, TurnEnded):
                    await self._watchers.tell(partial(self._status, talk.seen))
                yield event

    @on_loop
    async def stopped(self, within_s: float = 1.0) -> Found | None:
        """What the last sentence did, where it was stopped, as far as that can be found out in so many seconds.

        `.done` says whether it was carried out, `.changes` what changed by it, `.turn` its number in `history`. None
        where nothing is known: it wasn't stopped, nothing had been sent, or the backend doesn't answer.
        """
        return await self._turns.stopped(within_s)

    # ---- the edit -------------------------------------------------------------------------------

    @property
    def draft(self) -> Awaitable[Draft]:
        """The edit as it is now."""
        return self._draft()

    @property
    def timeline(self) -> Awaitable[pd.DataFrame]:
        """The edit as a table, one row a segment; times in seconds."""
        return self._timeline()

    @on_loop
    async def _draft(self) -> Draft:
        if self._session is None:
            return Draft.empty(self.name)
        return await self._edits.draft(self._session.session_id)

    async def _timeline(self) -> pd.DataFrame:
        return (await self._draft()).frame()

    @property
    def history(self) -> Awaitable[list[Turn]]:
        """Every turn, with what changed by it and the hash of the draft that it led to."""
        return self._history()

    @on_loop
    async def _history(self) -> list[Turn]:
        return await self._edits.history(self._session.session_id) if self._session else []

    @on_loop
    async def draft_at(self, turn: int) -> Draft:
        """The draft that a turn led to, by its number in `history`; 0 for the empty one. See `Project.draft_at`."""
        session = await self._open()
        return await self._client.draft_at(session.session_id, turn)

    @on_loop
    async def undo(self, steps: int = 1, *, turn: int | Sequence[int] | None = None) -> list[Change]:
        """Take back the last `steps` edits; what changed by it. Empty when there was nothing to take back.

        With `turn` that one alone (or several), as `history` numbers them: the later ones stay and are made again. It
        is a step of its own, which undo() takes back. An upload's clips go, the files stay listed. LaterStepInTheWay
        where a later turn builds on it, InvalidInput where it is undone already or changed nothing; then nothing is
        done. NotSupportedByBackend on a plain backend.
        """
        if turn is None:
            return await self._walk("undo", steps)
        if steps != 1:
            raise InvalidInput("Either steps or a turn.", next_step="undo(2) or undo(turn=2).")
        return await self._leave_out([turn] if isinstance(turn, int) else list(turn))

    async def _leave_out(self, turns: list[int]) -> list[Change]:
        if not await self.can("leave_out"):
            raise NotSupportedByBackend("This backend can't take back an earlier turn alone.")
        session = await self._open()
        changes = await self._edits.leave_out(session.session_id, turns)
        await self.refresh()
        return changes

    @on_loop
    async def redo(self, steps: int = 1) -> list[Change]:
        """Make undone edits again; what changed by it."""
        return await self._walk("redo", steps)

    async def _walk(self, direction: str, steps: int) -> list[Change]:
        session = await self._open()
        changes = await self._edits.walk(session.session_id, direction, steps, self.say)
        await self.refresh()
        return changes

    @on_loop
    async def plan(self, text: str, *, focus: Focus | None = None) -> Plan:
        """What a sentence would do, without doing it. `focus`: see `say`. NotSupportedByBackend on a plain backend."""
        plans.check_sentence(text)
        seen = plans.checked_focus(focus)
        session = await self._open(text)
        return await self._client.plan(session.session_id, text, seen)

    @on_loop
    async def apply(
        self, operations: Plan | Sequence[Mapping[str, Any]], *, label: str | None = None
    ) -> list[Change]:
        """Make these operations, all or none; what changed by them. DraftError names the one that cannot be made.

        `label` says in the history what they were for.
        """
        plans.listed(operations)  # refused before a session is made for it
        session = await self._open()
        changes = await self._edits.apply(session.session_id, operations, label)
        await self.refresh()
        return changes

    @on_loop
    async def accepts(self) -> Accepted:
        """The formats of files that the backend takes, and their size."""
        return (await self._client.capabilities()).accepts

    @on_loop
    async def can(self, call: str) -> bool:
        """Whether the backend has a call beyond the plain protocol: plan, apply, undo, history, preview, projects."""
        return await self._client.can(call)

    @on_loop
    async def recipe(self, sources: Mapping[str, str] | None = None) -> Recipe:
        """What was done, as a recipe that others can make again: see `nemo.Recipe`.

        `sources` says where to get an input, by its name: `{"clip": "https://example.org/clip.mp4"}`.
        InvalidInput where nothing was done yet.
        """
        from .. import Recipe  # what stands above is reached by its public name, when it is asked for

        return await Recipe.arecord(self, sources)

    # ---- looking --------------------------------------------------------------------------------

    @on_loop
    async def preview(self, at: str | float | None = None, *, height: int | None = None) -> Preview:
        """One frame of the cut at a time (`"0:05"`, or seconds), or a small film of all of it.

        Where much has to be decoded, it shows about ten pictures a second; of what would take minutes (at 1080p, more
        than two minutes of 4 Mbit/s), the keyframes alone where they come often, and a second beside each cut.
        """
        session = await self._open()
        if at is None:
            edit = (await self._draft()).edit_hash
            return await looking.film(self._client, session.session_id, self.name, height, edit)
        return await looking.frame(self._client, session.session_id, self.name, at, height)

    @on_loop
    async def filmstrip(self, file: str, *, frames: int = 30, height: int = 48) -> Preview:
        """Pictures of an uploaded file side by side, evenly from its start to its end. `file`: its name or hash."""
        session = await self._open()
        return await looking.filmstrip(self._client, session.session_id, file, frames, height)

    @on_loop
    async def waveform(self, file: str, *, width: int = 1200, height: int = 48) -> Preview:
        """The sound of an uploaded file as a picture, from its start to its end. `file`: its name or hash."""
        session = await self._open()
        return await looking.waveform(self._client, session.session_id, file, width, height)

    @on_loop
    async def reel(self) -> Reel:
        """The cut in short pieces, for a player: see `client.Reel`. NotSupportedByBackend on a plain backend."""
        session = await self._open()
        return await self._client.reel(session.session_id)

    @on_loop
    async def reel_piece(self, piece: ReelPiece, kind: Literal["picture", "sound"]) -> bytes:
        """A piece of the reel as a fragmented MP4. OutOfDate where the edit has changed there."""
        session = await self._open()
        return await self._client.reel_piece(session.session_id, piece, kind)

    @on_loop
    async def status(self) -> Status:
        """The project's name, backend, draft, uploads and exports."""
        return await self._status()

    async def _status(self, known: State | None = None) -> Status:
        """`known`: how things stand, where that was asked for just now."""
        if self._session is None:
            return Status(self.name, self.backend, Draft.empty(self.name), ())
        state = known or await self._client.state(self._session.session_id)
        if self._watchers:
            self._follower.follow(self._session.session_id, lambda: self._watchers)
        exports = tuple(item.id for item in self._exporting.journaled(self._session.session_id))
        undone = state.stand.undone if state.stand else None
        return Status(self.name, self.backend, state.draft, tuple(state.assets), exports, undone)

    @on_loop
    async def credits(self) -> Credits:
        """The balance. Exports cost none, nor do edits on the embedded engine."""
        return await self._client.credits()

    @on_loop
    async def claim_link(self) -> Secret:
        """A link that opens the project in the browser. Whoever has it has the project: see `Secret.reveal`."""
        session = await self._open()
        return await self._client.claim_link(session.task_id, session.session_id)

    # ---- watching -------------------------------------------------------------------------------

    def watch(self, callback: Callable[[Status], None]) -> Callable[[], None]:
        """Have `callback` called with the status after every change; what comes back ends it.

        It is called on the runner's loop: it must be quick and must not block.
        """
        return self._watchers.add(callback)

    @on_loop
    async def refresh(self) -> None:
        """Tell those who watch how things stand now; needed only when something else changed the project.

        The embedded engine tells by itself what others change.
        """
        await self._watchers.tell(self.status)

    # ---- exports --------------------------------------------------------------------------------

    @on_loop
    async def export(
        self,
        path: str | Path | None = None,
        *,
        format: str | None = None,
        quality: str = "high",
        resolution: str | int | None = None,
        codec: str | None = None,
        frame_rate: float | str | None = None,
        overwrite: bool = False,
        wait: bool = True,
        progress: Gauge | None = None,
    ) -> AsyncExport:
        """Render the draft into a file; by default `<project>.mp4` here or in the folder that is named, numbered.

        A path that is named may be that of an earlier export, which is replaced; any other file there is left alone
        unless `overwrite` says so. `format` is told by the path's extension. `quality`: low, medium, high.
        `resolution` ("720p", "1080p") scales the output. `codec`: "h264", which plays everywhere and is the default, or
        "source" for that of the longest part, so that HEVC is copied too, in ten bits and HDR where it is. What is
        copied keeps its own times; with a `frame_rate` (30, "30000/1001") every picture is as long as the others.
        With `wait=False` it comes back at once: `await export.wait()`.

        Raises NothingToExport, ExportFailed, ExportCancelled, NoSpaceLeft or PlanRequired; NotSupportedByBackend,
        before anything is sent, where a backend can't be told a codec or a frame rate.
        """
        output: dict[str, Any] = {"quality": quality}
        if format:
            output["format"] = format.lower().removeprefix(".")
        if resolution:
            output["resolution"] = str(resolution)
        told = {"codec": codec, "frame_rate": frame_rate if frame_rate is None else str(frame_rate)}
        more = {key: value for key, value in told.items() if value is not None}
        await self._client.require_export(more)
        output |= more
        return await self._export(path, output, progress=progress, overwrite=overwrite, wait=wait)

    async def _export(
        self,
        path: str | Path | None,
        output: dict[str, Any],
        *,
        progress: Gauge | None,
        overwrite: bool = False,
        wait: bool = True,
    ) -> AsyncExport:
        session = await self._open()
        target = self._exporting.target(path, self.name, output, overwrite=overwrite)
        export = self._exporting.begin(session.session_id, await self._draft(), output, target, progress)
        await (export.wait() if wait else export.submitted())
        await self.refresh()
        return export

    @property
    def exports(self) -> Awaitable[list[AsyncExport]]:
        """Every export of this project, those of an earlier kernel too; running ones go on."""
        return self._exports()

    @on_loop
    async def _exports(self) -> list[AsyncExport]:
        if self._session is None:
            return []
        return self._exporting.found(self._session.session_id)

    @on_loop
    async def batch(
        self, instructions: Mapping[str, str], progress: Gauge | None = None
    ) -> dict[str, AsyncExport]:
        """Each file by its own instructions into its own export: `{"a.mp4": "trim it to 5 s", …}`.

        Every file becomes a project of its own, named after it. The exports lie beside the notebook. All files are
        checked before the first is sent; one whose instructions change nothing is not exported, and InvalidInput
        says so after the others are done.
        """
        return await run_batch(self.start_new, instructions, progress)

    def start_new(self, name: str | None = None) -> AsyncProject:
        """An empty project on the same backend, of the same name or of another. This one stays as it is."""
        return AsyncProject(
            self._client, self._journal, self._running, name=name or self.name, backend=self.backend,
            language=self._language, planner=self._planner,
        )  # fmt: skip

    # ---- this project and others ----------------------------------------------------------------

    @on_loop
    async def rename(self, name: str) -> None:
        """Give it another name: see `Project.rename`."""
        self.name = checked_name(name)
        if self._session is not None:
            self._journal.rename(self._session.session_id, self.name)
        await self.refresh()

    @on_loop
    async def copy(self, name: str | None = None) -> AsyncProject:
        """Another project that begins as this one is: see `Project.copy`."""
        session = self._session
        if session and not await self.can("copy"):
            raise NotSupportedByBackend("This backend can't copy a project.")
        name = checked_name(
            name or another_name(self.name, (entry.name for entry in self._journal.entries()))
        )
        copy = self.start_new(name)
        if session and (entry := self._journal.find(session.session_id)):
            copy._session = await self._client.copy(session.session_id)
            self._journal.copy(entry, copy._session, copy.name, copy.id)
        return copy

    @property
    def _namesakes(self) -> int:
        """How many other projects of this machine have its name."""
        return sum(entry.name == self.name and entry.id != self.id for entry in self._journal.entries())

    @on_loop
    async def stored(self) -> list[Stored]:
        """The projects that this machine knows on the same backend, the one changed last first."""
        return await stored(self._client, self._journal)

    def beside(self, entry: Entry) -> AsyncProject:
        """Another project of the same backend."""
        return AsyncProject.of(
            entry, self._client, self._journal, self._running, backend=self.backend, planner=self._planner
        )

    @on_loop
    async def stored_one(self, session_id: str) -> AsyncProject:
        """Another project of the same backend. InvalidInput where this machine has no record of it."""
        return self.beside(recorded(self._journal, session_id))

    @on_loop
    async def in_notebook(self, notebook: Notebook) -> tuple[AsyncProject, str]:
        """The project of a notebook, which this new one may become, and in a few words what it is."""
        return await settled(self, notebook, whose(notebook, self._journal.entries()))

    @classmethod
    def of(
        cls, entry: Entry, client: Client, journal: Journal, runner: Runner, **options: Any
    ) -> AsyncProject:
        """A project that was begun before."""
        project = cls(client, journal, runner, name=entry.name, session=entry.session, id=entry.id, **options)
        project.notebook = entry.claims[-1].notebook if entry.claims else Notebook()
        return project

    # ---- the end --------------------------------------------------------------------------------

    @on_loop
    async def delete(self) -> None:
        """Remove the project from the backend, with its exports there. Files on this machine stay.

        Any later call raises ProjectClosed.
        """
        if self._session is not None:
            await self._client.delete_project(self._session.task_id)
            self._journal.forget(self._session.session_id)
            self._session = None
        self.ended = "deleted"
        await self._watchers.tell(self._last_status)

    async def _last_status(self) -> Status:
        return Status(self.name, self.backend, Draft.empty(self.name), (), ended=str(self._no_more()))

    async def close(self) -> None:
        """Close the connections. The project stays, and its exports go on: `connect(session=…)` finds them again.

        Any later call raises ProjectClosed.
        """
        self.ended = self.ended or "closed"
        await self._running.hop(self._close())

    async def _close(self) -> None:
        await self._follower.let_go()
        await self._exporting.let_go()
        await self._turns.let_go()
        with contextlib.suppress(OSError):
            await self._client.aclose()

    async def __aenter__(self) -> AsyncProject:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a sentence can have done, on this project."""

    upload: Callable[..., Awaitable[list[Asset]]]
    export: Callable[[Path | None, dict[str, Any]], Awaitable[AsyncExport]]
    attached: Mapping[str, bytes]
