"""One loop owns the connections; cells, callbacks, threads and other loops come to it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from nemo_nb.client import LoopThread, NestedRunner, Runner, get_runner, on_loop
from nemo_nb.errors import RunnerError


@pytest.fixture
def thread() -> Iterator[LoopThread]:
    runner = LoopThread()
    yield runner
    runner.close()


async def where() -> tuple[str, asyncio.AbstractEventLoop]:
    return threading.current_thread().name, asyncio.get_running_loop()


async def count() -> AsyncIterator[int]:
    for number in range(3):
        await asyncio.sleep(0)
        yield number


class Fragile:
    """Work that never ends by itself and knows when it was cancelled."""

    def __init__(self) -> None:
        self.started = threading.Event()
        self.closed = threading.Event()

    async def work(self) -> None:
        try:
            self.started.set()
            await asyncio.sleep(3600)
        finally:
            await asyncio.sleep(0)  # closing takes a moment, as a connection's does
            self.closed.set()


def test_it_starts_when_first_needed_and_is_one_for_the_process() -> None:
    code = (
        "import threading, nemo_nb.client as c; r = c.get_runner('thread');"
        "assert threading.active_count() == 1; assert r is c.get_runner('thread');"
        "import asyncio; r.run(asyncio.sleep(0)); assert threading.active_count() == 2"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert get_runner("nested") is get_runner("nested")


def test_every_caller_ends_on_the_same_loop(thread: LoopThread) -> None:
    from_here = thread.run(where())
    from_elsewhere: list[object] = []
    caller = threading.Thread(target=lambda: from_elsewhere.append(thread.run(where())))
    caller.start()
    caller.join()
    hopped = asyncio.run(thread.hop(where()))
    within = thread.run(thread.hop(where()))
    assert [from_here] * 3 == [*from_elsewhere, hopped, within]


def test_errors_come_back_as_they_are(thread: LoopThread) -> None:
    async def fail() -> None:
        raise LookupError("here")

    with pytest.raises(LookupError, match="here"):
        thread.run(fail())
    with pytest.raises(LookupError, match="here"):
        asyncio.run(thread.hop(fail()))


def test_a_running_loop_is_no_obstacle_to_a_blocking_call(thread: LoopThread) -> None:
    async def cell() -> str:
        return thread.run(where())[0]

    assert asyncio.run(cell()) == "nemo-nb-loop"


def test_blocking_where_it_would_wait_for_itself_is_an_error(thread: LoopThread) -> None:
    async def on_the_loop() -> None:
        thread.run(where())

    with pytest.raises(RunnerError, match="aconnect"):
        thread.run(on_the_loop())


def test_ticks_come_while_it_waits_and_once_at_the_end(thread: LoopThread) -> None:
    ticked: list[str] = []
    enough = threading.Event()

    def tick() -> None:
        ticked.append(threading.current_thread().name)
        if len(ticked) == 2:
            enough.set()

    thread.run(asyncio.to_thread(enough.wait), tick=tick)
    assert len(ticked) >= 3
    assert set(ticked) == {threading.current_thread().name}


@pytest.mark.parametrize("kind", [LoopThread, NestedRunner])
@pytest.mark.skipif(sys.platform == "win32", reason="no signals to raise")
def test_an_interrupt_cancels_the_work(kind: Callable[[], Runner]) -> None:
    code = f"""
import asyncio, os, signal, threading
from nemo_nb.client import {kind.__name__}
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
runner, closed = {kind.__name__}(), threading.Event()
async def work():
    threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    try:
        await asyncio.sleep(3600)
    finally:
        await asyncio.sleep(0)
        closed.set()
try:
    runner.run(work())
except KeyboardInterrupt:
    assert closed.is_set()
    print("interrupted")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout == "interrupted\n", done.stderr


def test_an_error_in_a_tick_cancels_the_work(thread: LoopThread) -> None:
    fragile = Fragile()

    def tick() -> None:
        if fragile.started.is_set():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        thread.run(fragile.work(), tick=tick)
    assert fragile.closed.is_set()


def test_cancelling_who_awaits_cancels_the_work(thread: LoopThread) -> None:
    fragile = Fragile()

    async def cell() -> None:
        task = asyncio.create_task(thread.hop(fragile.work()))
        await asyncio.to_thread(fragile.started.wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert fragile.closed.is_set()

    asyncio.run(cell())


def test_iterating_from_another_loop(thread: LoopThread) -> None:
    async def cell() -> list[int]:
        return [number async for number in thread.hop_iter(count())]

    assert asyncio.run(cell()) == [0, 1, 2]


def test_leaving_an_iteration_closes_the_iterator(thread: LoopThread) -> None:
    closed_on: list[str] = []

    async def endless() -> AsyncIterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed_on.append(threading.current_thread().name)

    async def cell() -> None:
        numbers = thread.hop_iter(endless())
        await anext(numbers)
        await numbers.aclose()

    asyncio.run(cell())
    assert closed_on == ["nemo-nb-loop"]


def test_methods_that_hop(thread: LoopThread) -> None:
    class Project:
        def __init__(self, runner: Runner) -> None:
            self._runner = runner

        @on_loop
        async def place(self, prefix: str, *, suffix: str = "") -> str:
            """Where this runs."""
            return prefix + (await where())[0] + suffix

    assert asyncio.run(Project(thread).place("<", suffix=">")) == "<nemo-nb-loop>"
    assert Project.place.__doc__ == "Where this runs."


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_starts_its_own(thread: LoopThread) -> None:
    thread.run(where())
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if thread.run(where())[0] == "nemo-nb-loop" else 1)
        finally:
            os._exit(2)
    deadline = time.monotonic() + 20
    while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.01)
    assert os.waitstatus_to_exitcode(ended[1]) == 0
    assert thread.run(where())[0] == "nemo-nb-loop"


def test_closing_ends_the_thread_and_a_later_call_starts_another(thread: LoopThread) -> None:
    _, first = thread.run(where())
    thread.close()
    thread.close()
    assert first.is_closed()
    assert thread.run(where())[1] is not first


NESTED = """
import asyncio, threading
from nemo_nb.client import NestedRunner, LoopThread
from nemo_nb.errors import RunnerError
runner = NestedRunner()
async def where():
    await asyncio.sleep(0)
    return asyncio.get_running_loop()
async def count():
    for number in range(3):
        yield number
async def cell():
    own = asyncio.get_running_loop()
    ticks = []
    assert runner.run(where()) is own
    runner.run(asyncio.sleep(0.25), tick=lambda: ticks.append(1))
    assert len(ticks) >= 2
    assert await runner.hop(where()) is own
    assert [n async for n in runner.hop_iter(count())] == [0, 1, 2]
    refused = []
    def elsewhere():
        try:
            runner.run(where())
        except RunnerError as error:
            refused.append(error)
        async def hop():
            return await runner.hop(where())
        refused.append(LoopThread().run(hop()) is own)
    await asyncio.to_thread(elsewhere)
    assert len(refused) == 2 and refused[1], refused
    assert LoopThread().run(where()) is not own
asyncio.run(cell())
print("done")
"""


def test_the_nested_runner_runs_everything_on_the_callers_loop() -> None:
    """In a process of its own, for it patches asyncio."""
    done = subprocess.run([sys.executable, "-c", NESTED], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.returncode) == ("done\n", 0), done.stderr


def test_the_nested_runner_in_a_plain_script() -> None:
    code = "import asyncio; from nemo_nb.client import NestedRunner; r = NestedRunner();"
    code += "print([r.run(asyncio.sleep(0, n)) for n in (1, 2)])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "[1, 2]\n", done.stderr


def test_the_thread_works_after_somebody_has_nested_asyncio() -> None:
    code = (
        "import asyncio, nest_asyncio2; from nemo_nb.client import LoopThread; r = LoopThread()\n"
        "async def cell():\n"
        "    nest_asyncio2.apply()\n"
        "    return r.run(asyncio.sleep(0, 1)), await r.hop(asyncio.sleep(0, 2))\n"
        "print(asyncio.run(cell()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "(1, 2)\n", done.stderr
