"""A scripted backend, a clock that nobody waits for, and clients for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nemo_nb.client import (
    Anonymous,
    Client,
    Identity,
    LoopThread,
    Secret,
    StreamEvent,
    TokenStore,
    UserToken,
)
from nemo_nb.testing import FakeClock, ScriptedBackend


@pytest.fixture(scope="session")
def servers() -> Iterator[tuple[ScriptedBackend, ScriptedBackend]]:
    """Stopping a server takes a fifth of a second: two serve all tests."""
    with ScriptedBackend() as one, ScriptedBackend() as other:
        yield one, other


@pytest.fixture
def backend(servers: tuple[ScriptedBackend, ScriptedBackend]) -> Iterator[ScriptedBackend]:
    yield servers[0]
    servers[0].reset()


@pytest.fixture
def cdn(servers: tuple[ScriptedBackend, ScriptedBackend]) -> Iterator[ScriptedBackend]:
    yield servers[1]
    servers[1].reset()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def runner() -> Iterator[LoopThread]:
    runner = LoopThread()
    yield runner
    runner.close()


@pytest.fixture
def run(runner: LoopThread) -> Callable:
    return runner.run


@pytest.fixture
def client(backend: ScriptedBackend, clock: FakeClock, runner: LoopThread) -> Iterator[Client]:
    """A client whose user set a token."""
    client = Client(backend.url, credentials=UserToken(Secret("user-token")), clock=clock)
    yield client
    runner.run(client.aclose())


@pytest.fixture
def anonymous(
    backend: ScriptedBackend, clock: FakeClock, runner: LoopThread, tmp_path: Path
) -> Iterator[Callable]:
    """Makes clients of users without a token, who share one home."""
    made: list[Client] = []

    def make(url: str = backend.url) -> Client:
        credentials = Anonymous(Identity(tmp_path / "client_id"), TokenStore(tmp_path, "scripted"), clock)
        made.append(Client(url, credentials=credentials, clock=clock))
        return made[-1]

    yield make
    for client in made:
        runner.run(client.aclose())


@pytest.fixture
def say(runner: LoopThread, client: Client) -> Callable:
    """Send a message and collect what happens."""

    def say(text: str = "trim it", by: Client = client) -> list[StreamEvent]:
        async def collect() -> list[StreamEvent]:
            return [event async for event in by.message("session-1", text)]

        return runner.run(collect())

    return say
