"""A video on its way, or done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..client import (
    Client,
    Journal,
    JournalExport,
    RenderJob,
    Runner,
    follow_export,
    on_loop,
    run_export,
)
from ..draft import Draft
from ..draft.timecode import seconds
from ..errors import ExportCancelled, InvalidInput, NemoError
from ..misuse import Waited
from . import show
from .files import origin
from .held import hold
from .show import Gauge

if TYPE_CHECKING:
    import pandas as pd

EMBED_BYTES = 3_000_000  # what a saved notebook can bear; a larger video is embedded as a small copy
_RENDERED = 0.95  # of the whole way; the rest is the download


class AsyncExport:
    """An export of an AsyncProject. The job is the backend's: it goes on when nobody waits for it.

    `path` is where the file appears, whole; `id` is the backend's; `plan` says what is copied and what is
    encoded, and why; `state` is submitted, completed, saved, failed or cancelled.

    >>> async def export():
    ...     async with await nemo.aconnect(session=project.session_id) as aproject:
    ...         return (await aproject.export("awaited.mp4")).state
    >>> asyncio.run(export())
    'saved'
    """

    def __init__(
        self,
        client: Client,
        journal: Journal,
        runner: Runner,
        session_id: str,
        path: Path,
        *,
        export_id: str = "",
        state: str = "",
        draft: Draft | None = None,
        edit_hash: str = "",
        output: Mapping[str, Any] | None = None,
        progress: Gauge | None = None,
    ) -> None:
        self.path = path
        self.id = export_id
        self.state = state
        self._client = client
        self._journal = journal
        self._runner = runner
        self._session_id = session_id
        self._draft = draft
        self._edit = edit_hash
        self._output = dict(output or {})
        self._gauge = progress or Gauge("Exporting")
        self._job: RenderJob | None = None
        self._task: asyncio.Task[None] | None = None
        self._seen = asyncio.Event()
        self._embedded: bytes | None = None

    @classmethod
    def found(
        cls, client: Client, journal: Journal, runner: Runner, session_id: str, entry: JournalExport
    ) -> AsyncExport:
        """One that the journal knows, of this kernel or of an earlier one."""
        return cls(
            client, journal, runner, session_id, Path(entry.path),
            export_id=entry.id, state=entry.state, edit_hash=entry.edit_hash,
        )  # fmt: skip

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.path.name} {self.state or 'pending'}>"

    # ---- the job --------------------------------------------------------------------------------

    @property
    def progress(self) -> float:
        """From 0 to 1; 1 when the file is there."""
        return 1.0 if self.state == "saved" else self._gauge.done

    @property
    def time_left_ms(self) -> int | None:
        """How long it will still take, as the backend last said; None where it doesn't say."""
        return self._job.time_left_ms if self._job else None

    @property
    def plan(self) -> pd.DataFrame:
        """What is copied and what is encoded, one row a stretch; empty where the backend doesn't tell."""
        import pandas as pd

        return pd.DataFrame(self._job.plan if self._job else [])

    @on_loop
    async def wait(self) -> AsyncExport:
        """Until the file is there. Raises ExportFailed, ExportCancelled or NoSpaceLeft when it won't be.

        Giving up waiting does not end the export; `wait` can be called again.
        """
        if self.state == "saved" and self.path.exists():
            return self
        self._start()
        assert self._task is not None  # noqa: S101 - just started
        try:
            await asyncio.shield(self._task)  # the wait may be given up; others may wait too
        except asyncio.CancelledError:
            if self.state == "cancelled":
                raise ExportCancelled("The export was cancelled.") from None
            raise
        return self

    @on_loop
    async def cancel(self) -> None:
        """End it on the backend, and stop waiting for it. A finished one stays."""
        if self.state == "saved":
            return
        self.state = "cancelled"
        if self.id:
            await self._client.export_cancel(self.id)
            self._note("cancelled")
        if self._task:
            # It notices by itself at its next look; on a backend that is looked at seldom, not soon enough.
            await asyncio.wait([self._task], timeout=2)
            self._task.cancel()
            await asyncio.wait([self._task])

    async def let_go(self) -> None:
        """Stop following it, without ending it on the backend: its connections are about to be closed."""
        if self._task and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task])

    @property
    def url(self) -> Awaitable[str]:
        """Where the backend offers the finished video. A credential, so asked for each time and never kept."""
        return self._url()

    @on_loop
    async def _url(self) -> str:
        job = await self._client.export_status(self.id)
        if job.url is None:
            raise InvalidInput(
                f"This export is {job.status}; it has no URL.", next_step="Wait for it: export.wait()."
            )
        return job.url.reveal()

    async def submitted(self) -> AsyncExport:
        """As soon as the backend has it, or has refused it."""
        self._start()
        assert self._task is not None  # noqa: S101 - just started
        seen = asyncio.create_task(self._seen.wait())
        await asyncio.wait([self._task, seen], return_when=asyncio.FIRST_COMPLETED)
        seen.cancel()
        if self._task.done():
            await self._task
        return self

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
            # An error is told to whoever waits; where nobody does, it is in the journal and no noise in the log.
            self._task.add_done_callback(lambda task: task.cancelled() or task.exception())

    async def _run(self) -> None:
        try:
            if self.id or self._draft is None:
                job = await follow_export(self._client, self.id, self._look)
            else:
                job = await run_export(
                    self._client,
                    self._session_id,
                    self._draft,
                    self._output,
                    on_submit=self._submitted,
                    on_progress=self._look,
                )
            self._note("completed")
            await self._client.download(job, self.path, self._loaded)
        except NemoError as error:
            if self.id:
                self._note("cancelled" if isinstance(error, ExportCancelled) else "failed")
            raise
        self._note("saved")
        self._gauge.report(1)

    def _submitted(self, export_id: str) -> None:
        self.id = export_id
        self._note("submitted", output=self._output, edit_hash=self.cut[1])

    def _look(self, job: RenderJob) -> None:
        self._job = job
        self._seen.set()
        self._gauge.report(job.progress * _RENDERED)

    def _loaded(self, received: int, total: int | None) -> None:
        if total:
            self._gauge.report(_RENDERED + (1 - _RENDERED) * received / total)

    def _note(self, state: str, **about: Any) -> None:
        """Written down before anything else happens: whoever comes after a crash finds it."""
        self.state = state
        self._journal.add_export(self._session_id, self.id, str(self.path), state, **about)

    # ---- the file -------------------------------------------------------------------------------

    @property
    def size(self) -> str:
        """Of the file, in words."""
        return show.size(self.path.stat().st_size)

    @property
    def length(self) -> str:
        """How long the video is, in words."""
        return seconds(self.duration_ms)

    @property
    def cut(self) -> tuple[str, str]:
        """What it shows: its project and the edit."""
        edit = self._draft.edit_hash if self._draft else self._edit
        return self._session_id, edit

    @property
    def duration_ms(self) -> int:
        if self._draft is not None:
            return self._draft.duration_ms
        from ..media.probe import probe

        return probe(self.path).duration_ms

    def _repr_html_(self) -> str:
        """The video itself, playable wherever the notebook is read: whole where it is small, else a small copy."""
        if not (self.state == "saved" and self.path.exists()):
            return f"<p>{escape(self.path.name)}: {escape(self.state or 'pending')}, {self.progress:.0%}</p>"
        caption = f"{self.length}, {self.size}"
        kind = self.path.suffix.lower()
        if kind == ".gif" and self.path.stat().st_size <= EMBED_BYTES:
            return show.picture(self.path.read_bytes(), "image/gif", self.path.name, caption)
        if kind not in (".mp4", ".mov", ".webm", ".gif"):
            return f"<p>{escape(self.path.name)} · {escape(caption)}</p>"
        if self._embedded is None:
            self._embedded = self._runner.run(_embeddable(self.path))
        if len(self._embedded) != self.path.stat().st_size:
            caption += "; this is a small copy, the file has the full quality"
        link = origin(self.path) or None
        hold(self.path, self.cut)
        return show.video(self._embedded, self.path.name, caption, link=link)


class Export(Waited):
    """An export of a Project: see AsyncExport, whose methods it waits for. A notebook shows it as a video.

    >>> export = project.export("out.mp4")
    >>> export.path.name, export.state, export.duration_ms
    ('out.mp4', 'saved', 4000)
    """

    def __init__(self, export: AsyncExport, runner: Runner) -> None:
        self._async = export
        self._runner = runner

    def __repr__(self) -> str:
        return repr(self._async).replace("AsyncExport", "Export", 1)

    @property
    def path(self) -> Path:
        """Where the file appears, whole."""
        return self._async.path

    @property
    def id(self) -> str:
        """The backend's id of this export."""
        return self._async.id

    @property
    def state(self) -> str:
        """submitted, completed, saved, failed or cancelled."""
        return self._async.state

    @property
    def progress(self) -> float:
        """From 0 to 1; 1 when the file is there."""
        return self._async.progress

    @property
    def time_left_ms(self) -> int | None:
        """How long it will still take, as the backend last said; None where it doesn't say."""
        return self._async.time_left_ms

    @property
    def plan(self) -> pd.DataFrame:
        """What is copied and what is encoded, one row a stretch; empty where the backend doesn't tell."""
        return self._async.plan

    @property
    def duration_ms(self) -> int:
        return self._async.duration_ms

    @property
    def url(self) -> str:
        """Where the backend offers the finished video. A credential: asked for each time, never kept."""
        return self._runner.run(self._async._url())

    def wait(self) -> Export:
        """Until the file is there. Giving up waiting does not end the export; call it again."""
        with show.meter(self._async._gauge) as drawing:
            self._runner.run(self._async.wait(), tick=drawing.tick)
        return self

    def cancel(self) -> None:
        """End it on the backend, and stop waiting for it. A finished one stays."""
        self._runner.run(self._async.cancel())

    def _repr_html_(self) -> str:
        return self._async._repr_html_()


async def _embeddable(path: Path) -> bytes:
    from ..media.proxy import make_proxy

    small = await asyncio.to_thread(lambda: path.stat().st_size <= EMBED_BYTES and path.read_bytes())
    return small if small and path.suffix.lower() == ".mp4" else await make_proxy(path, EMBED_BYTES)
