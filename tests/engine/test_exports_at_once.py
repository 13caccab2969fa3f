"""As many exports at once as cores allow, each project in its turn, and none lost when the engine ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kit import Kit

from nemo_nb.engine import queue as queues
from nemo_nb.engine.home import EngineHome
from nemo_nb.engine.intake import take_paths
from nemo_nb.engine.queue import Queue, at_once
from nemo_nb.engine.records import Session
from nemo_nb.engine.service import Engine


class Held:
    """Renders that go on until they are let go; `most` is how many there ever were at once."""

    def __init__(self) -> None:
        self.going: dict[str, asyncio.Event] = {}
        self.most = 0

    async def __call__(self, plan: Any, target: Path, work: Path, *_: Any, **__: Any) -> Any:
        self.going[work.name] = asyncio.Event()
        self.most = max(self.most, len(self.going))
        try:
            await self.going[work.name].wait()
            await asyncio.to_thread(target.write_bytes, b"film")
        finally:
            del self.going[work.name]
        return plan

    def let_go(self) -> None:
        for event in self.going.values():
            event.set()


async def until(seen: Callable[[], Any]) -> None:
    async with asyncio.timeout(30):
        while not seen():  # noqa: ASYNC110 - the queue tells nobody
            await asyncio.sleep(0.01)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    held = Held()
    monkeypatch.setattr(queues, "render", held)
    return held


async def engine_with_clips(home: Path, kit: Kit, projects: int, most: int) -> tuple[Engine, list[Session]]:
    from nemo_nb.client.paths import told
    from nemo_nb.client.uploads import examine

    engine = Engine(EngineHome.inside(home))
    engine.queue = Queue(engine.records, engine.blobs, engine.home, most)
    user = engine.records.user_of_client("somebody")
    sessions = []
    for n in range(projects):
        session = engine.records.new_session(user, f"project {n}", "en")
        taken = await take_paths(engine.blobs, engine.readers, told([examine(kit.clip())]))
        await engine.editor.take(session, taken.uploads)
        sessions.append(engine.records.session(session.id, user))
    return engine, sessions


async def submit(engine: Engine, session: Session, name: str) -> None:
    draft = engine.records.head(session).draft.to_dict()
    await engine.queue.submit(session, name, draft, {"format": "mp4"})


def statuses(engine: Engine, names: str) -> list[str]:
    found = [engine.records.render(name) for name in names]
    return [render.status if render else "" for render in found]


async def closed(engine: Engine, serving: asyncio.Task[None]) -> None:
    serving.cancel()
    await asyncio.wait([serving])
    await engine.planners.close()
    await engine.readers.close()
    engine.records.close()


def test_two_are_made_at_once_and_the_third_waits(own_home: Path, kit: Kit, held: Held) -> None:
    async def run() -> None:
        engine, (one, other) = await engine_with_clips(own_home, kit, 2, most=2)
        serving = asyncio.create_task(engine.queue.serve())
        for name in "ab":
            await submit(engine, one, name)
        await submit(engine, other, "c")
        await until(lambda: len(held.going) == 2)
        assert sorted(statuses(engine, "abc")) == ["pending", "processing", "processing"]
        held.let_go()
        await until(lambda: statuses(engine, "abc").count("completed") == 2)
        await until(lambda: len(held.going) == 1)
        held.let_go()
        await until(lambda: statuses(engine, "abc") == ["completed"] * 3)
        assert held.most == 2
        await closed(engine, serving)

    asyncio.run(run())


def test_cancelling_one_leaves_the_other_and_makes_room(own_home: Path, kit: Kit, held: Held) -> None:
    async def run() -> None:
        engine, (one,) = await engine_with_clips(own_home, kit, 1, most=2)
        serving = asyncio.create_task(engine.queue.serve())
        for name in "abc":
            await submit(engine, one, name)
        await until(lambda: len(held.going) == 2)
        first = engine.records.render("a")
        assert first is not None
        await engine.queue.cancel(first)
        await until(lambda: statuses(engine, "abc") == ["cancelled", "processing", "processing"])
        await closed(engine, serving)

    asyncio.run(run())


def test_an_engine_that_is_told_to_stop_hands_all_of_them_to_the_next(
    own_home: Path, kit: Kit, held: Held
) -> None:
    async def run() -> None:
        engine, (one,) = await engine_with_clips(own_home, kit, 1, most=2)
        serving = asyncio.create_task(engine.queue.serve())
        for name in "ab":
            await submit(engine, one, name)
        await until(lambda: len(held.going) == 2)
        serving.cancel()
        await asyncio.wait([serving])
        found = [engine.records.render(name) for name in "ab"]
        assert [(item.status, item.attempts) for item in found if item] == [("pending", 0)] * 2
        assert not list(engine.home.work.iterdir())
        await closed(engine, asyncio.create_task(asyncio.sleep(0)))

    asyncio.run(run())


@pytest.mark.parametrize(
    ("cores", "memory_gb", "threads", "exports"),
    [(1, 8, 4, 1), (2, 8, 4, 1), (16, 64, 4, 4), (16, 4, 4, 2), (16, 0, 4, 4), (4, 8, 1, 4)],
)
def test_how_many_a_machine_makes(
    monkeypatch: pytest.MonkeyPatch, cores: int, memory_gb: int, threads: int, exports: int
) -> None:
    monkeypatch.setattr(queues.os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    monkeypatch.setattr(queues, "memory_bytes", lambda: memory_gb * 10**9)
    monkeypatch.setattr(queues, "THREADS", threads)
    assert at_once() == exports
