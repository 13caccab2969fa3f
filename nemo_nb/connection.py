"""Which backend, and how to get there. The one place where a client and an engine are brought together."""

from __future__ import annotations

import shutil
import sys
import tempfile
import weakref
from contextlib import ExitStack
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from .chat.conversation import Planner
from .client import (
    CLOUD_URL,
    Anonymous,
    Client,
    Credentials,
    Identity,
    Journal,
    Player,
    Recorder,
    Secret,
    Settings,
    Tape,
    TokenStore,
    UserToken,
    attribution,
    backend_key,
    farewell,
    get_runner,
)
from .client.clock import SkippingClock
from .client.files import named
from .client.leftovers import noted, sweep
from .engine import launch
from .errors import InvalidInput
from .project import AsyncProject, Project
from .project.show import in_kernel
from .tongues import Language

RunnerName = Literal["thread", "nested"]


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
    it in any case; "cloud"; or a URL. `project` reopens the latest project of that name, or starts one. `session`
    reopens exactly that one. `runner="nested"` runs on the kernel's own loop (it patches asyncio). `planner` turns
    sentences into operations in place of the backend: `planner(text, draft, assets)` → a list of them. `source`
    changes the attribution.

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
    settings = Settings.from_environment()
    sweep(settings.home)
    if cassette is not None and backend is None:
        client, described = _played(cassette)
        journal = Journal(_passing_folder(client), client.key)
    else:
        tape = None if cassette is None else _recorder(cassette)
        client, described = client_for(backend, settings, source, tape)
        journal = Journal(settings.home, client.key)
    entry = None
    if session:
        entry = journal.find(session)
        if entry is None:
            raise InvalidInput(
                "This machine has no record of that session.",
                next_step="Use project=, or connect() for a new one.",
            )
    elif project:
        entry = journal.latest(project)
    # Asked for now, so that a backend that isn't there is known here and not in the middle of an upload. The
    # embedded engine is started by it.
    notice = ""
    if described.startswith("embedded"):
        notice = (await client.capabilities()).notice
    opened = (
        f"; project {entry.name!r} reopened" if entry else f"; new project {project!r}" if project else ""
    )
    told = sys.stdout if in_kernel() else sys.stderr
    print(f"nemo_nb: {described}{opened}", file=told)
    if notice:
        print(f"nemo_nb: {notice}", file=told)
    if parting := _parting(client, journal):
        print(f"nemo_nb: {parting}", file=told)
    return AsyncProject(
        client,
        journal,
        get_runner(runner),
        name=entry.name if entry else (project or "project").encode("utf-8", "replace").decode(),
        backend=described,
        session=entry.session if entry else None,
        language=language,
        planner=planner,
    )


def _recorder(cassette: str | Path) -> Tape:
    return Recorder(named(cassette))


def _played(cassette: str | Path) -> tuple[Client, str]:
    """A client of a recorded conversation. Its token is none, and nobody asks for it."""
    path = named(cassette)
    client = Client(
        "http://localhost",
        credentials=UserToken(Secret("recorded")),
        key="cassette",
        clock=SkippingClock(),
        tape=Player(path),
    )
    return client, f"a recorded conversation, {path.name}; nothing leaves this machine"


def _passing_folder(owner: Client) -> Path:
    """For what is written down about a played conversation: gone with it, since nobody comes back to it."""
    folder = tempfile.mkdtemp(prefix="nemo-nb-cassette-")
    passing = ExitStack()
    passing.callback(shutil.rmtree, folder, ignore_errors=True)
    passing.enter_context(noted(Settings.from_environment().home, Path(folder)))
    weakref.finalize(owner, passing.close)
    return Path(folder)


def client_for(
    backend: str | None, settings: Settings, source: str | None = None, tape: Tape | None = None
) -> tuple[Client, str]:
    """The client for a backend, and the backend in a few words. Nothing is asked yet, and no engine started."""
    if backend is None:
        backend = settings.api_url or ("cloud" if settings.token else "embedded")
    headers = attribution(source)
    if backend == "embedded":
        home = settings.home
        client = Client(
            launch.URL,
            credentials=_anonymous(settings, "embedded"),
            transport_factory=lambda: launch.EngineTransport(home),
            attribution=headers,
            key="embedded",
            tape=tape,
        )
        return client, "embedded engine on this machine, no account needed"
    url = CLOUD_URL if backend == "cloud" else backend
    if "://" not in url:
        raise InvalidInput(f"{backend!r} is no backend.", next_step='Use "embedded", "cloud", or a URL.')
    credentials: Credentials
    if settings.token:
        credentials = UserToken(settings.token, Identity.from_settings(settings))
    else:
        credentials = _anonymous(settings, backend_key(url))
    client = Client(url, credentials=credentials, attribution=headers, web_url=settings.web_url, tape=tape)
    kind = "your token" if settings.token else "a free anonymous token"
    return client, f"{urlsplit(url).hostname}, signed in with {kind}"


def _parting(client: Client, journal: Journal) -> str | None:
    """What the end of the anonymous token costs. The embedded engine's tokens end too, but its user stays the same."""
    if client.key == "embedded" or not isinstance(client.credentials, Anonymous):
        return None
    return farewell(client.credentials.kept(), journal.entries(), client.clock.wall_ms())


def _anonymous(settings: Settings, key: str) -> Anonymous:
    return Anonymous(Identity.from_settings(settings), TokenStore(settings.home, key))
