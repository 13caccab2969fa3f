"""Blocking calls on async ones.

An `httpx.AsyncClient` belongs to the loop that it was first used on. So one loop owns every connection, and all
others come to it: blocking calls wait for it, awaited ones hop to it.

`LoopThread` (the default) keeps that loop on a thread of its own. It works in cells, callbacks, subshells, threads
and scripts, and patches nothing. `NestedRunner` runs everything on the kernel's own loop.
"""

from __future__ import annotations

import asyncio
import functools
import os
import sys
import threading
import weakref
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar

from ..errors import NemoError, RunnerError
from .masked import without_context

__all__ = ["Job", "LoopThread", "NestedRunner", "Runner", "get_runner", "on_loop"]

P = ParamSpec("P")
T = TypeVar("T")
Tick = Callable[[], None]

_SLICE_S = 0.1  # an interrupt is noticed between two waits, not during one
_ENDING = "The interpreter is ending: no call can be answered any more."
_EARLIER = "Make it earlier: in a `with` block, not in __del__ or an exit handler."
_FAREWELL_S = 2.0  # for a cancelled coroutine to close its connection


class Runner(Protocol):
    """How the rest of the package gets a coroutine run."""

    def run(self, coro: Coroutine[Any, Any, T], *, tick: Tick | None = None) -> T:
        """Block until it has ended. `tick` is called in the waiting thread about every 0.1 s.

        Interrupting the wait cancels the coroutine.
        """
        ...

    async def hop(self, coro: Coroutine[Any, Any, T]) -> T:
        """Await it from any loop."""
        ...

    def hop_iter(self, iterator: AsyncIterator[T]) -> AsyncGenerator[T, None]:
        """Iterate over it from any loop."""
        ...

    def start(self, coro: Coroutine[Any, Any, Any]) -> Job:
        """Let it run and come back at once, from any thread: for callbacks, which must not block."""
        ...


class _OwnedLoop:
    """What the runners share: work is handed to one loop, wherever the caller is."""

    def _loop_for_work(self) -> asyncio.AbstractEventLoop:
        raise NotImplementedError

    async def hop(self, coro: Coroutine[Any, Any, T]) -> T:
        loop = self._loop_for_work()
        if asyncio.get_running_loop() is loop:
            try:
                return await coro
            except NemoError as error:
                without_context(error)
                raise
        job = Job(coro, loop)
        waiting = asyncio.wrap_future(job.result)
        try:
            # In slices here too: a signal's handler only gets a turn when this loop wakes up.
            while not waiting.done():
                await asyncio.wait([waiting], timeout=_SLICE_S)
            result: T = waiting.result()
            return result
        except asyncio.CancelledError:
            job.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.wait([waiting], timeout=_FAREWELL_S)
            raise

    async def hop_iter(self, iterator: AsyncIterator[T]) -> AsyncGenerator[T, None]:
        try:
            while (item := await self.hop(_next(iterator))) is not _END:
                yield item  # type: ignore[misc]  # _END was told apart
        finally:
            if isinstance(iterator, AsyncGenerator):
                await self.hop(_close(iterator))

    def start(self, coro: Coroutine[Any, Any, Any]) -> Job:
        return Job(coro, self._loop_for_work())


class LoopThread(_OwnedLoop):
    """One daemon thread with an event loop, started when first needed, and anew in a forked process."""

    _lock: threading.Lock
    _loop: asyncio.AbstractEventLoop | None
    _thread: threading.Thread | None

    def __init__(self) -> None:
        self._forget()
        _threads.add(self)

    def _check_alive(self) -> None:
        """RunnerError where nobody will ever answer: as the interpreter ends, its threads stand still."""
        if sys.is_finalizing() or not (self._thread and self._thread.is_alive()):
            raise RunnerError(_ENDING, next_step=_EARLIER)

    def run(self, coro: Coroutine[Any, Any, T], *, tick: Tick | None = None) -> T:
        if sys.is_finalizing():
            coro.close()
            raise RunnerError(_ENDING, next_step=_EARLIER)
        loop = self._loop_for_work()
        if self._thread is threading.current_thread():
            coro.close()
            raise RunnerError("A blocking call was made on the loop that would have to answer it.")
        job = Job(coro, loop)
        try:
            while not job.ended.wait(_SLICE_S):
                self._check_alive()
                if tick:
                    tick()
            if tick:
                tick()
        except BaseException:
            job.cancel()
            job.ended.wait(_FAREWELL_S)
            raise
        result: T = job.result.result()
        return result

    def close(self) -> None:
        """Stop the thread. The next call starts another."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()

    def _loop_for_work(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=_serve, args=(self._loop,), name="nemo-nb-loop", daemon=True
                )
                self._thread.start()
            return self._loop

    def _forget(self) -> None:
        """A forked process has the loop object, but not its thread, and perhaps a lock that nobody will release."""
        self._lock = threading.Lock()
        self._loop = None
        self._thread = None


class NestedRunner(_OwnedLoop):
    """Everything on the loop of the thread that calls first, the kernel's as a rule.

    `nest_asyncio2` lets that loop run inside itself. It patches every loop of the process, and while a blocking call
    runs, other callbacks of the loop run too. Other threads can await (`hop`), but not block.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def run(self, coro: Coroutine[Any, Any, T], *, tick: Tick | None = None) -> T:
        loop = self._loop_for_work()
        if self._thread is not threading.current_thread():
            coro.close()
            raise RunnerError(
                "The nested runner can't block in another thread.", next_step='Use connect(runner="thread").'
            )
        task = loop.create_task(coro)
        try:
            while not task.done():
                loop.run_until_complete(asyncio.wait([task], timeout=_SLICE_S))
                if tick:
                    tick()
            return task.result()
        except NemoError as error:
            without_context(error)
            raise
        except BaseException:
            if not task.done():
                task.cancel()
                loop.run_until_complete(asyncio.wait([task], timeout=_FAREWELL_S))
            raise

    def _loop_for_work(self) -> asyncio.AbstractEventLoop:
        if self._loop is None or self._loop.is_closed():
            import nest_asyncio2

            try:
                self._loop = asyncio.get_running_loop()
            except RuntimeError:
                self._loop = asyncio.new_event_loop()
            nest_asyncio2.apply(self._loop)
            self._thread = threading.current_thread()
        return self._loop


class Job:
    """A coroutine handed to another thread's loop. `ended` is set when it has, cancelled or not."""

    def __init__(self, coro: Coroutine[Any, Any, Any], loop: asyncio.AbstractEventLoop) -> None:
        self.result: Future[Any] = Future()
        self.ended = threading.Event()
        self._loop = loop
        self._coro = coro
        self._task: asyncio.Task[Any] | None = None
        loop.call_soon_threadsafe(self._start)

    def cancel(self) -> None:
        self._loop.call_soon_threadsafe(self._cancel)

    def _start(self) -> None:
        self._task = self._loop.create_task(self._coro)
        self._task.add_done_callback(self._end)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _end(self, task: asyncio.Task[Any]) -> None:
        if not self.result.cancelled():  # the future that a caller awaits may have gone with it
            if task.cancelled():
                self.result.cancel()
            elif (error := task.exception()) is not None:
                self.result.set_exception(without_context(error))
            else:
                self.result.set_result(task.result())
        self.ended.set()


class _HasRunner(Protocol):
    @property
    def _runner(self) -> Runner: ...


S = TypeVar("S", bound=_HasRunner)


def on_loop(
    method: Callable[Concatenate[S, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, T]]:
    """An async method that runs on the loop of its object's `_runner`, wherever it is awaited."""

    @functools.wraps(method)
    async def hopping(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._runner.hop(method(self, *args, **kwargs))

    return hopping


@functools.cache
def get_runner(kind: Literal["thread", "nested"] = "thread") -> LoopThread | NestedRunner:
    """The process's one runner of a kind."""
    return LoopThread() if kind == "thread" else NestedRunner()


class _End:
    pass


_END = _End()


async def _next(iterator: AsyncIterator[T]) -> T | _End:
    return await anext(iterator, _END)


async def _close(iterator: AsyncGenerator[Any, None]) -> None:
    await iterator.aclose()


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


_threads: weakref.WeakSet[LoopThread] = weakref.WeakSet()


def _after_fork() -> None:
    for runner in _threads:
        runner._forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
