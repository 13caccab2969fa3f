"""Opening projects: a new one, one by its name or session, this notebook's own; and the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .backends import RunnerName, reach
from .chat.conversation import Planner
from .client import get_runner
from .client.belonging import Own, own_of_kernel
from .client.notebook import Notebook, here
from .misuse import checked
from .project import AsyncProject, Project
from .project.stored import Stored, alike, checked_name, frame, recorded, stored
from .tongues import Language

if TYPE_CHECKING:
    import pandas as pd


_CONNECTING = 'For example: nemo.connect(), or nemo.connect(project="trailer") to open or begin that one.'


@checked(_CONNECTING)
def connect(
    backend: str | None = None,
    *,
    project: str | None = None,
    session: str | None = None,
    runner: RunnerName = "thread",
    planner: Planner | None = None,
    language: Language | None = None,
    source: str | None = None,
    cassette: str | Path | None = None,
) -> Project:
    """A new project, or an old one named by `project` or `session`.

    `backend`: None for the embedded engine on this machine, unless NEMO_API_URL or NEMO_TOKEN is set; "embedded" for
    it in any case; "cloud"; or a URL. `project` reopens the latest project of that name, or starts one, and says where
    there are others of nearly that name. `session` reopens exactly that one; `nemo.projects()` lists them all.
    `runner="nested"` runs on the kernel's own loop (it patches asyncio). `planner` turns sentences into operations in
    place of the backend: `planner(text, draft, assets)` → a list of them. `source` changes the attribution.

    `cassette` with a backend records the conversation with it into that file, without tokens and personal data;
    `cassette` alone plays it back, with no backend, account or network.

    Raises Unreachable for a backend that isn't there, SignInFailed for a token that it doesn't take, InvalidInput for
    a session that this machine has no record of.

    >>> project = nemo.connect()
    >>> project.backend
    'embedded engine on this machine, no account needed'
    >>> project.close()
    """
    running = get_runner(runner)
    going = _open(backend, project, session, runner, planner, language, source, cassette)
    return Project(running.run(going), running)


@checked(_CONNECTING)
async def aconnect(
    backend: str | None = None,
    *,
    project: str | None = None,
    session: str | None = None,
    runner: RunnerName = "thread",
    planner: Planner | None = None,
    language: Language | None = None,
    source: str | None = None,
    cassette: str | Path | None = None,
) -> AsyncProject:
    """The same, awaited: an AsyncProject.

    >>> async def seconds():
    ...     async with await nemo.aconnect() as aproject:
    ...         await aproject.upload(clip)
    ...         return (await aproject.draft).duration_ms / 1000
    >>> asyncio.run(seconds())
    4.0
    """
    going = _open(backend, project, session, runner, planner, language, source, cassette)
    return await get_runner(runner).hop(going)


def connect_here() -> Project:
    """The project of the notebook that this kernel is of, as it was left, or begun for it.

    Where no notebook can be told it is this kernel's, and another kernel has another.
    """
    running, own = get_runner("thread"), own_of_kernel()
    project = running.run(_open_here(here(), own))
    own.becomes(project.id, project.notebook)
    return Project(project, running)


@checked("nemo.projects() lists those of this machine's engine.")
def projects(backend: str | None = None) -> pd.DataFrame:
    """The projects that this machine knows on a backend, the one changed last first; `backend`: as `connect` has it.

    The columns: `name`, `session` (for `connect(session=…)`), `notebook` (the path of the one that it was open in
    last), `changed`, `duration` in seconds, and `size`, the bytes that `project.delete()` gives back. What a plain
    backend doesn't tell is missing.

    >>> nemo.projects().columns.tolist()
    ['name', 'session', 'notebook', 'changed', 'duration', 'size']
    """
    return frame(get_runner("thread").run(_stored(backend)))


async def _stored(backend: str | None) -> list[Stored]:
    reached = await reach(backend, "thread", None, None)
    try:
        return await stored(reached.client, reached.journal)
    finally:
        await reached.client.aclose()


async def _open(
    backend: str | None,
    project: str | None,
    session: str | None,
    runner: RunnerName,
    planner: Planner | None,
    language: Language | None,
    source: str | None,
    cassette: str | Path | None,
) -> AsyncProject:
    reached = await reach(backend, runner, source, cassette)
    journal, entry, told = reached.journal, None, ""
    project = None if project is None else checked_name(project)
    if session:
        entry = recorded(journal, session)
    elif project:
        entry = journal.latest(project)
    if entry:
        told = f"project {entry.name!r} reopened"
    elif project:
        others = alike(project, (known.name for known in journal.entries()))
        told = f"new project {project!r}{f' (there is {_listed(others)})' if others else ''}"
    reached.tell(told)
    if entry:
        return reached.reopened(entry, language=language, planner=planner)
    return reached.begun(project or "project", language=language, planner=planner)


async def _open_here(notebook: Notebook, own: Own) -> AsyncProject:
    reached = await reach(None, "thread", None, None)
    if not own.id:
        project, told = await reached.begun("project").in_notebook(notebook)
    elif entry := reached.journal.of(own.id):
        project, told = reached.reopened(entry), f"project {entry.name!r} reopened"
    else:
        project, told = reached.begun(own.notebook.name or "project", id=own.id), ""
        project.claim(own.notebook)
    reached.tell(told)
    return project


def _listed(names: Sequence[str]) -> str:
    return " and ".join(map(repr, names))
