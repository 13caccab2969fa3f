"""Each limit on waiting has an error of its own. (An answer that does not come: test_fault_table.)"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from nemo_nb.client import Client, Limits, LoopThread, Secret, StreamCut, TextDelta, UserToken, Waiting
from nemo_nb.client.bounds import TooMuch
from nemo_nb.errors import (
    BackendError,
    ConnectTimedOut,
    IdleTimedOut,
    ReadTimedOut,
    TimedOut,
    TotalTimedOut,
    Unreachable,
)
from nemo_nb.testing import Answer, FakeClock, ScriptedBackend, cut, events, pause

HEARTBEAT = {"type": "heartbeat"}


def partial(text: str) -> dict[str, Any]:
    return {"content": {"parts": [{"text": text}]}, "partial": True, "author": "agent"}


async def all_of(client: Client) -> list[Any]:
    return [event async for event in client.message("s", "x")]


@pytest.mark.parametrize("call", [lambda client: client.credits(), all_of], ids=["call", "message"])
def test_a_backend_that_cannot_be_reached_in_time(runner: LoopThread, call: Callable[[Client], Any]) -> None:
    def no_answer(request: httpx.Request) -> httpx.Response:
        assert request.extensions["timeout"]["connect"] == 3
        raise httpx.ConnectTimeout("too late")

    client = Client(
        "https://cloud.test",
        credentials=UserToken(Secret("x")),
        transport_factory=lambda: httpx.MockTransport(no_answer),
        limits=Limits(connect=3),
    )
    with pytest.raises(ConnectTimedOut, match="Nothing was sent"):
        runner.run(call(client))
    runner.run(client.aclose())


def test_nothing_but_heartbeats(
    backend: ScriptedBackend, client: Client, runner: LoopThread, clock: FakeClock
) -> None:
    holds = [pause() for _ in range(5)]
    backend.on("message", events(*(step for hold in holds for step in (HEARTBEAT, hold))))

    async def beat() -> None:
        for hold in holds:
            await asyncio.to_thread(hold.reached.wait, 5)
            clock.advance(120)
            hold.resume()

    async def both() -> list[Any]:
        seen, _ = await asyncio.gather(all_of(client), beat())
        return seen

    *waits, last = runner.run(both())
    assert [wait.seconds for wait in waits if isinstance(wait, Waiting)] == [120, 240, 360, 480]
    assert type(last.error) is IdleTimedOut
    assert "the edit may have been made" in last.error.next_step


def test_an_answer_without_an_end(backend: ScriptedBackend, runner: LoopThread) -> None:
    """With the real clock, and limits that a test can wait for."""
    limits = Limits(idle=5, total=0.4, still_working=0.1)
    client = Client(backend.url, credentials=UserToken(Secret("x")), limits=limits)
    hold = pause()
    backend.on("message", events(partial("On and on"), hold))
    seen = runner.run(all_of(client))
    assert any(isinstance(event, Waiting) for event in seen)
    assert type(seen[-1].error) is TotalTimedOut
    assert hold.ended.wait(5)
    runner.run(client.aclose())


def test_an_answer_that_trickles(backend: ScriptedBackend, runner: LoopThread) -> None:
    """Each byte may come in time, and the last one never."""
    client = Client(backend.url, credentials=UserToken(Secret("x")), limits=Limits(total=0.2))
    backend.on("credits", Answer((b'{"code":', pause()), headers={"content-type": "application/json"}))
    with pytest.raises(ReadTimedOut):
        runner.run(client.credits())
    runner.run(client.aclose())


@pytest.mark.parametrize("packed", ["gzip, gzip", "br", "zstd"])
def test_an_answer_that_may_become_gigabytes_at_its_first_block(
    backend: ScriptedBackend, client: Client, runner: LoopThread, packed: str
) -> None:
    for call in ("credits", "message"):
        backend.on(call, Answer((b"x",), headers={"content-encoding": packed}))
    for work in (client.credits(), all_of(client)):
        with pytest.raises(TooMuch, match="packed"):
            runner.run(work)
    assert backend.requests[0].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (events(partial("Half"), cut), Unreachable),
        (Answer((b"",), 503), BackendError),
        (events(partial("Half")), BackendError),
    ],
    ids=["cut", "server", "unfinished"],
)
def test_a_cut_is_an_error_that_says_to_look_first(
    backend: ScriptedBackend, say: Callable[..., list[Any]], answer: Answer, error: type[BackendError]
) -> None:
    backend.on("message", answer)
    last = say()[-1]
    assert isinstance(last, StreamCut)
    assert type(last.error) is error
    assert last.error.next_step == TimedOut.default_step


@pytest.mark.parametrize(
    "end", [{"error": "broke"}, {"turnComplete": True}], ids=["told as a failure", "told as complete"]
)
def test_what_the_backend_says_has_ended_is_no_cut(
    backend: ScriptedBackend, say: Callable[..., list[Any]], end: dict[str, Any]
) -> None:
    backend.on("message", events(partial("Half"), end))
    assert not any(isinstance(event, StreamCut) for event in say())


ENDLESS = {
    "a line without an end": (b"data: " + b"x" * 999_994,) * 30,
    "lines without an event": (b"data: x\n" * 100_000,) * 30,
    "a text without an end": (*events(*[partial("x" * 100_000)] * 30).steps,),
    "an event of countless values": (b"data: [" + b"[]," * 2_500_000 + b"[]]\n\n",),
}


@pytest.mark.parametrize("steps", ENDLESS.values(), ids=ENDLESS.keys())
def test_an_answer_larger_than_any_is_given_up(
    backend: ScriptedBackend, say: Callable[..., list[Any]], steps: tuple[bytes, ...]
) -> None:
    backend.on("message", events(partial("Half"), *steps, {"turnComplete": True}))
    last = say()[-1]
    assert isinstance(last, StreamCut)
    assert last.reason == "large"
    assert str(last.error) == f"The answer was larger than any answer is. {TimedOut.default_step}"


def test_a_stream_goes_no_faster_than_it_is_read(
    backend: ScriptedBackend, client: Client, runner: LoopThread
) -> None:
    """Each event holds the text so far: thousands of them, waiting for a slow reader, would be gigabytes."""
    words = [partial("word " * 20)] * 3000
    backend.on("message", events(*words, {"turnComplete": True}))

    async def read() -> tuple[int, int]:
        seen, most = 0, 0
        async for event in client.message("s", "x"):
            seen += isinstance(event, TextDelta)
            if seen == 1:
                await asyncio.sleep(0.2)  # there is no event for "nothing more comes"
                most = sum(isinstance(item, TextDelta) for item in gc.get_objects())
        return seen, most

    seen, most = runner.run(read())
    assert seen == 3001
    assert most < 200
