"""An export from submission to its end.

The id is ours, so that nothing is rendered twice: after a cut submission the backend is asked whether it knows the id
before anything is submitted again. A failed render is sent once more, under a new id.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, TypeVar

from ..draft import Draft
from ..errors import (
    BackendError,
    ExportCancelled,
    ExportFailed,
    NemoError,
    NothingToExport,
    TimedOut,
    Unreachable,
)
from .answers import RenderJob
from .api import Client
from .clock import Clock
from .envelope import error_for
from .masked import presentable

__all__ = ["OnExport", "follow_export", "new_export_id", "run_export"]

T = TypeVar("T")
OnExport = Callable[[RenderJob], None]
"""Called with the job after each look at it; its progress never goes back. On the client's loop: be quick."""

_PATIENCE_S = 300.0  # for a backend that can't be reached while it renders
_LONG_RUN_S = 300.0


def new_export_id(clock: Clock) -> str:
    """`render_<ms>_<random>`."""
    return f"render_{clock.wall_ms()}_{secrets.token_hex(4)}"


async def run_export(
    client: Client,
    session_id: str,
    draft: Draft,
    output: Mapping[str, Any],
    *,
    on_submit: Callable[[str], None] | None = None,
    on_progress: OnExport | None = None,
) -> RenderJob:
    """Export a draft and return the completed job, ready for `client.download`.

    `output` is `{"format": "mp4", "quality": "high"}`, with a `height` where one is wished. `on_submit` is called with
    each id before it is used: whoever writes it down finds the export again with `follow_export`.
    Raises `NothingToExport`, `ExportFailed`, `ExportCancelled`, `NoSpaceLeft` or a `BackendError`.
    """
    if not draft.can_export:
        raise NothingToExport("There is nothing on the timeline.")
    job = RenderJob("", "pending")
    for _ in range(2):
        export_id = new_export_id(client.clock)
        if on_submit:
            on_submit(export_id)
        job = await _submit(client, session_id, draft, output, export_id)
        job = await _follow(client, job, on_progress)
        if job.status != "failed" or job.error_code not in (None, ExportFailed.code):
            break  # done, or what a second try would not change
    return _completed(job)


async def follow_export(client: Client, export_id: str, on_progress: OnExport | None = None) -> RenderJob:
    """Wait for an export that was submitted before, by this process or another. Raises like `run_export`."""
    job = await _patiently(client, lambda: client.export_status(export_id))
    return _completed(await _follow(client, job, on_progress))


async def _submit(
    client: Client, session_id: str, draft: Draft, output: Mapping[str, Any], export_id: str
) -> RenderJob:
    try:
        return await client.export_submit(session_id, draft.to_dict(), output, export_id)
    except BackendError as error:
        if error.code is not None:  # a refusal that the protocol names: it was not taken
            raise
    known = await _find(client, export_id)
    return known or await client.export_submit(session_id, draft.to_dict(), output, export_id)


async def _find(client: Client, export_id: str) -> RenderJob | None:
    try:
        return await _patiently(client, lambda: client.export_status(export_id))
    except (Unreachable, TimedOut):
        raise
    except NemoError:
        return None


async def _follow(client: Client, job: RenderJob, on_progress: OnExport | None) -> RenderJob:
    progress = 0.0
    pauses = _pauses(client)
    while True:
        progress = max(progress, job.progress)
        job = dataclasses.replace(job, progress=progress)
        if on_progress:
            on_progress(job)
        if job.ended:
            return job
        await client.clock.sleep(next(pauses))
        export_id = job.id
        job = await _patiently(client, lambda: client.export_status(export_id))  # noqa: B023  awaited right here


async def _patiently(client: Client, ask: Callable[[], Awaitable[T]]) -> T:
    """Ask, and ask again while the backend can't be reached: the render goes on there meanwhile."""
    deadline = client.clock.monotonic() + _PATIENCE_S
    pauses = _pauses(client)
    while True:
        try:
            return await ask()
        except (Unreachable, TimedOut):
            if client.clock.monotonic() >= deadline:
                raise
        await client.clock.sleep(next(pauses))


def _pauses(client: Client) -> Iterator[float]:
    """Seconds between two looks: short at first, and short on this machine."""
    began = client.clock.monotonic()
    pause, longest = (0.02, 0.1) if client.local else (1.0, 10.0)
    while True:
        yield pause
        pause = min(pause * 1.5, longest)
        if not client.local and client.clock.monotonic() - began > _LONG_RUN_S:
            longest = pause = 30.0


def _completed(job: RenderJob) -> RenderJob:
    if job.status == "cancelled":
        raise ExportCancelled("The export was cancelled.")
    if job.status == "failed":
        error = error_for(
            job.error_code or ExportFailed.code, said=presentable(job.error) or "The render failed."
        )
        raise type(error)(error.what, next_step=job.next_step or None)
    return job
