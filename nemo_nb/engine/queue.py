"""Exports, as many at once as cores allow: more than that would only all be late.

A render that an engine's death cut off is started once more by the next engine. A result appears under its
name only when it is whole.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import re
import shutil
import time
from pathlib import Path
from typing import Any

from ..draft import Draft
from ..draft.schema import check
from ..errors import DraftError, ExportFailed, InvalidInput, NemoError, NothingToExport
from ..media.ffmpeg import THREADS
from ..media.limits import memory_bytes
from .blobs import Blobs
from .faults import EngineFault, ours
from .home import EngineHome
from .intake import sources_of
from .proof import Seals
from .records import Records, Render, Session
from .render import Cache, Output, Source, plan_render, render

log = logging.getLogger(__name__)

ATTEMPTS = 2
MEMORY_EACH = 2_000_000_000
KEEP_RESULTS_DAYS = 7
_TELLING = 0.03  # the share from which on an estimate is worth telling
RETRY_SECONDS = 5.0  # after a full disk kept even the failure from being written


def at_once() -> int:
    """How many exports this machine makes at once: each encodes with several threads, and may take 2 GB of memory."""
    told = getattr(os, "sched_getaffinity", None)  # of a container's or a job's cores, where the system tells
    cores = len(told(0)) if told else os.cpu_count() or 1
    memory = memory_bytes() // MEMORY_EACH or cores
    return max(1, min(cores // THREADS, memory))


def _exportable(raw: Any) -> Draft:
    draft = Draft.read(raw)
    if not draft.can_export:
        raise NothingToExport("There is nothing on the timeline.")
    return check(draft)


class Queue:
    """`most` exports are made at once."""

    def __init__(self, records: Records, blobs: Blobs, home: EngineHome, most: int | None = None) -> None:
        self._records = records
        self._blobs = blobs
        self._home = home
        self._cache = Cache(home.cache)
        self._seals = Seals(home.seals)
        self._progress: dict[str, float] = {}
        self._began: dict[str, float] = {}
        self._most = most or at_once()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._last_served: dict[str, int] = {}
        self._wake = asyncio.Event()

    @property
    def busy(self) -> bool:
        return bool(self._records.renders("pending", "processing"))

    async def submit(self, session: Session, render_id: str, raw_draft: Any, raw_output: Any) -> Render:
        """Queue an export. The same id again is the same export, so asking twice does no harm.

        Raises InvalidInput, DraftError or NothingToExport before anything is queued.
        """
        if not re.fullmatch(r"[A-Za-z0-9_.-]{1,100}", render_id):
            raise InvalidInput("The export's id must be 1-100 letters, digits, '_', '.' or '-'.")
        known = self._records.render(render_id)
        if known is not None:
            return self._own(known, session.user)
        draft = await asyncio.to_thread(_exportable, raw_draft)  # a long one takes a second
        output = Output.parse(raw_output)
        sources = await self._sources(session.id, draft)
        plan = await asyncio.to_thread(plan_render, draft, sources, output)
        if known := self._records.render(render_id):  # asked for twice at once
            return self._own(known, session.user)
        queued = Render(
            id=render_id, user=session.user, session=session.id, draft=draft, output=output.to_json(),
            status="pending", attempts=0, error="", code=0, plan=plan.rows(),
        )  # fmt: skip
        self._records.add_render(queued)
        self._wake.set()
        return queued

    def find(self, render_id: str, user: str) -> Render:
        found = self._records.render(render_id)
        if found is None:
            raise InvalidInput("There is no export with this id.", next_step="Call export() for a new one.")
        return self._own(found, user)

    def progress(self, found: Render) -> float:
        """From 0 to 1."""
        return 1.0 if found.status == "completed" else self._progress.get(found.id, 0.0)

    def time_left_ms(self, found: Render) -> int | None:
        """How long it will take from here on, going by what it took so far; None where that tells nothing yet."""
        done, began = self.progress(found), self._began.get(found.id)
        if began is None or done < _TELLING:
            return None
        return round((time.monotonic() - began) * (1 - done) / done * 1000)

    async def result(self, found: Render) -> Path:
        """The finished file, as it was made. InvalidInput while there is none, or the disk has damaged it."""
        path = self.place(found)
        if found.status != "completed" or not path.exists():
            raise InvalidInput(
                f"This export is {found.status}; there is no file.", next_step="Export it again."
            )
        if not await asyncio.to_thread(self._seals.is_whole, path):
            self._seals.forget(path)
            raise InvalidInput(
                "The disk has damaged the file of this export.",
                next_step="Export it again; the edit is safe.",
            )
        return path

    def place(self, item: Render) -> Path:
        """Where the result of an export lies once there is one."""
        name = hashlib.sha256(item.id.encode()).hexdigest()[:32]
        return self._home.results / f"{name}.{item.output.get('format', 'mp4')}"

    async def cancel(self, found: Render) -> None:
        """End it, whether it waits or runs. A finished one stays as it is."""
        if found.status not in ("pending", "processing"):
            return
        self._records.set_render(found.id, status="cancelled")
        if running := self._running.get(found.id):
            running.cancel()
            await asyncio.wait([running])

    async def forget(self, session: Session) -> None:
        """End the exports of a session that is about to be deleted, and remove their results."""
        for found in self._records.renders("pending", "processing", "completed"):
            if found.session == session.id:
                await self.cancel(found)
                self._seals.forget(self.place(found))

    async def serve(self) -> None:
        """Work the queue off for as long as the engine lives."""
        self._recover()
        try:
            while True:
                self._wake.clear()
                while len(self._running) < self._most and (chosen := self._next()):
                    self._begin(chosen)
                await self._wake.wait()
        finally:
            # Cancelling one export must not end the queue; ending the queue must end its exports.
            running = dict(self._running)
            for task in running.values():
                task.cancel()
            if running:
                await asyncio.wait(running.values())
            for render_id in running:
                self._hand_back(render_id)

    def _next(self) -> Render | None:
        """Of those that wait the one whose session has waited longest."""
        waiting = [item for item in self._records.renders("pending") if item.id not in self._running]
        return min(waiting, key=lambda item: self._last_served.get(item.session, 0), default=None)

    def _begin(self, chosen: Render) -> None:
        self._last_served[chosen.session] = time.monotonic_ns()
        task = self._running[chosen.id] = asyncio.create_task(self._attended(chosen))
        task.add_done_callback(lambda _: self._ended(chosen.id))

    def _ended(self, render_id: str) -> None:
        for held in (self._running, self._progress, self._began):
            held.pop(render_id, None)
        self._wake.set()

    async def _attended(self, chosen: Render) -> None:
        """Render one; its place is kept for a while where not even its end could be written down."""
        try:
            await self._work(chosen)
        except Exception:
            log.exception("an export's end could not be written down")
            await asyncio.sleep(RETRY_SECONDS)

    async def _work(self, chosen: Render) -> None:
        """Render one. Whatever goes wrong ends in its record, never in the queue."""
        work = self._home.work / hashlib.sha256(chosen.id.encode()).hexdigest()[:16]
        try:
            self._records.set_render(chosen.id, status="processing", attempts=chosen.attempts + 1)
            work.mkdir(mode=0o700, exist_ok=True)
            sources = await self._sources(chosen.session, chosen.draft)
            output = Output.parse(chosen.output)
            plan = await asyncio.to_thread(plan_render, chosen.draft, sources, output)
            self._began[chosen.id] = time.monotonic()
            plan = await render(
                plan,
                self.place(chosen),
                work,
                lambda done: self._report(chosen.id, done),
                cache=self._cache,
            )
            await asyncio.to_thread(self._seals.seal, self.place(chosen))
            self._records.set_render(chosen.id, status="completed", plan=plan.rows())
        except asyncio.CancelledError:
            raise
        except Exception as error:
            known = ours(error)
            log.warning("an export failed", exc_info=error)
            self._fail(chosen, known)
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _report(self, render_id: str, done: float) -> None:
        self._progress[render_id] = max(0.0, min(done, 1.0))

    def _fail(self, chosen: Render, why: NemoError) -> None:
        code = why.code if why.code and not isinstance(why, EngineFault) else ExportFailed.code
        self._records.set_render(chosen.id, status="failed", error=f"{why.what}\n{why.next_step}", code=code)

    def _hand_back(self, render_id: str) -> None:
        """The engine is told to stop: this attempt does not count."""
        current = self._records.render(render_id)
        if current is not None and current.status == "processing":
            self._records.set_render(render_id, status="pending", attempts=current.attempts - 1)

    def _recover(self) -> None:
        """What the engine before this one left: cut-off exports go back into the queue, once."""
        self._home.empty_work()
        for unfinished in self._home.results.glob("*.part"):
            unfinished.unlink(missing_ok=True)
        for cut in self._records.renders("processing"):
            if cut.attempts < ATTEMPTS:
                self._records.set_render(cut.id, status="pending")
            else:
                self._fail(cut, ExportFailed("The engine died twice while it rendered this."))
        oldest = time.time() - KEEP_RESULTS_DAYS * 86_400
        for result in self._home.results.iterdir():
            with contextlib.suppress(OSError):
                if result.stat().st_mtime < oldest:
                    self._seals.forget(result)

    async def _sources(self, session_id: str, draft: Draft) -> dict[str, Source]:
        """The files that the draft names, proven. DraftError for one that this session doesn't have."""
        uploads = self._records.uploads(session_id)
        sources = await sources_of(uploads, self._blobs, draft)
        for segment in draft.segments:
            if segment.kind != "text" and segment.asset not in sources:
                raise DraftError(
                    f"The draft uses {segment.name!r}, which was not uploaded to this project.",
                    next_step="Upload the file to this project first.",
                )
        return sources

    def _own(self, found: Render, user: str) -> Render:
        if found.user != user:
            raise InvalidInput("There is no export with this id.", next_step="Call export() for a new one.")
        return found
