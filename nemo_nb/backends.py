"""Which backend, and how to get there. The one place where a client and an engine are brought together."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from .client import (
    CLOUD_URL,
    Anonymous,
    Client,
    Credentials,
    Entry,
    Identity,
    Journal,
    Player,
    Recorder,
    Runner,
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
from .project import AsyncProject
from .project.show import tell

RunnerName = Literal["thread", "nested"]


@dataclass(frozen=True, slots=True)
class Reached:
    """A backend that answers, and what this machine remembers of it."""

    client: Client
    journal: Journal
    runner: Runner
    described: str
    notices: tuple[str, ...]

    def tell(self, opened: str) -> None:
        """Say which backend it is, and what was opened there."""
        tell(f"{self.described}{opened and '; '}{opened}", *self.notices)

    def reopened(self, entry: Entry, **options: Any) -> AsyncProject:
        return AsyncProject.of(
            entry, self.client, self.journal, self.runner, backend=self.described, **options
        )

    def begun(self, name: str, **options: Any) -> AsyncProject:
        return AsyncProject(
            self.client, self.journal, self.runner, name=name, backend=self.described, **options
        )


async def reach(
    backend: str | None, runner: RunnerName, source: str | None, cassette: str | Path | None
) -> Reached:
    settings = Settings.from_environment()
    sweep(settings.home)
    if cassette is not None and backend is None:
        client, described = _played(cassette)
        journal = Journal(_passing_folder(client), client.key)
    else:
        tape = None if cassette is None else _recorder(cassette)
        client, described = client_for(backend, settings, source, tape)
        journal = Journal(settings.home, client.key)
    # Asked for now, so that a backend that isn't there is known here and not in the middle of an upload. The
    # embedded engine is started by it.
    notice = (await client.capabilities()).notice if described.startswith("embedded") else ""
    notices = (notice, _parting(client, journal) or "")
    return Reached(client, journal, get_runner(runner), described, tuple(filter(None, notices)))


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
        raise InvalidInput(
            f"{backend!r} is no backend.",
            next_step=f'Use "embedded", "cloud", or a URL. A project is opened by connect(project={backend!r}).',
        )
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
