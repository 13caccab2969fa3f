"""Work that may be out of all proportion, done in helper processes with a limit of time and memory for each task.

A hostile file can make a decoder take gigabytes, a strange sentence can keep the planner busy for minutes. So neither
is done in the engine: a helper takes a function and its arguments, pickled, and sends back what comes of it. The engine
watches it meanwhile, on every system by the same means, and ends it when it goes beyond its limits; the next task gets
a new one. A helper that is still within them is kept for the next task. It ends when its engine does.
"""

from __future__ import annotations

import asyncio
import contextlib
import copyreg
import os
import pickle
import struct
import sys
import time
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Any, TypeVar, cast

import psutil

from ..errors import InvalidInput, NemoError

T = TypeVar("T")

SECONDS = 20.0
MEMORY = 250_000_000
_LOOK_S = 0.02
_WAITING = 5  # a task may take so much longer where others have the cores, or a disk is slow
_SIZE = struct.Struct(">Q")
READY = b"!"  # what a helper says first


def _fixed(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


# What nobody can change is sent as well: the type itself has no name to be found by.
copyreg.pickle(MappingProxyType, lambda fixed: (_fixed, (dict(fixed),)))


class OutOfProportion(InvalidInput):
    """A task went beyond its limits, or took its helper down. `excess` says what it takes, as the end of a sentence."""

    default_step = "Try it with less at once."

    def __init__(self, excess: str) -> None:
        super().__init__(f"That takes {excess}.")
        self.excess = excess

    def __reduce__(self) -> tuple[Any, ...]:
        return OutOfProportion, (self.excess,)


class Helpers:
    """A pool of helper processes, started when they are needed and kept.

    `preload` are modules that they import as they start: what a task had to import would count as its own memory.
    `most` of them work at once; whoever comes later waits.

        helpers = Helpers("nemo_nb.engine.planner")
        plan = await helpers.run(planner.plan, text, material)
    """

    def __init__(self, *preload: str, most: int | None = None) -> None:
        self._preload = preload
        self._idle: list[_Helper] = []
        self._places = asyncio.Semaphore(most or max(2, os.cpu_count() or 1))

    async def run(
        self, work: Callable[..., T], *args: Any, seconds: float = SECONDS, memory: int = MEMORY
    ) -> T:
        """What `work(*args)` returns or raises; all of them must be picklable.

        OutOfProportion when it works for longer than `seconds`, or takes more bytes of memory beyond the helper's own.
        """
        task = pickle.dumps((work, args, memory), pickle.HIGHEST_PROTOCOL)
        async with self._places:
            helper = self._idle.pop() if self._idle else await _Helper.start(self._preload)
            try:
                done, result = await helper.do(task, seconds, memory)
            except BaseException:
                await helper.end()
                raise
            self._idle.append(helper)
        if not done:
            raise result
        made: T = result
        return made

    async def warm(self) -> None:
        """Have one ready before anybody needs it."""
        async with self._places:
            if not self._idle:
                self._idle.append(await _Helper.start(self._preload))

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().end()


class InPlace:
    """The same without helpers and limits: for material that is one's own."""

    async def run(self, work: Callable[..., T], *args: Any, seconds: float = 0, memory: int = 0) -> T:
        return work(*args)


class _Helper:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._send = cast(asyncio.StreamWriter, process.stdin)
        self._receive = cast(asyncio.StreamReader, process.stdout)
        self._watched = psutil.Process(process.pid)

    @classmethod
    async def start(cls, preload: Sequence[str]) -> _Helper:
        """One that has imported its modules: what they take would count as its first task's otherwise."""
        pipe = asyncio.subprocess.PIPE
        command = [sys.executable, "-P", "-m", "nemo_nb.engine.helper", *preload]
        process = await asyncio.create_subprocess_exec(  # noqa: TID251 - a process of ours
            *command, stdin=pipe, stdout=pipe, start_new_session=True
        )
        helper = cls(process)
        try:
            await helper._ready()
        except BaseException:
            await helper.end()
            raise
        return helper

    async def do(self, task: bytes, seconds: float, memory: int) -> tuple[bool, Any]:
        """Whether it went well, and the result or the error."""
        try:
            answer = asyncio.ensure_future(self._answer(task))
            try:
                await self._watch(answer, seconds, memory)
                return await answer
            finally:
                answer.cancel()
        except (asyncio.IncompleteReadError, ConnectionError, psutil.Error):
            raise OutOfProportion("down the process that works on it") from None

    async def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def _ready(self) -> None:
        try:
            await self._receive.readexactly(len(READY))
        except (asyncio.IncompleteReadError, ConnectionError):
            raise RuntimeError("a helper process did not start") from None

    async def _answer(self, task: bytes) -> tuple[bool, Any]:
        self._send.write(_SIZE.pack(len(task)))
        self._send.write(task)
        await self._send.drain()
        (size,) = _SIZE.unpack(await self._receive.readexactly(_SIZE.size))
        answer: tuple[bool, Any] = pickle.loads(await self._receive.readexactly(size))  # noqa: S301 - from our own process
        return answer

    async def _watch(self, answer: asyncio.Future[Any], seconds: float, memory: int) -> None:
        """Until the answer is there. What the helper has at first is its own."""
        began, (size, worked) = time.monotonic(), self._spent()
        while not await _ended(answer, _LOOK_S):
            size_now, worked_now = self._spent()
            if size_now > size + memory:
                raise OutOfProportion(f"more memory than {memory // 1_000_000} MB")
            if worked_now > worked + seconds or time.monotonic() > began + _WAITING * seconds:
                raise OutOfProportion(f"longer than {seconds:g} s")

    def _spent(self) -> tuple[int, float]:
        """Bytes of memory, and seconds of work."""
        with self._watched.oneshot():
            times = self._watched.cpu_times()
            return int(self._watched.memory_info().rss), times.user + times.system


async def _ended(future: asyncio.Future[Any], within_s: float) -> bool:
    return bool((await asyncio.wait([future], timeout=within_s))[0])


def portable(error: BaseException) -> BaseException:
    """An error that survives being pickled: itself, or one that says the same."""
    if isinstance(error, NemoError):
        return error
    with contextlib.suppress(Exception):
        if type(pickle.loads(pickle.dumps(error))) is type(error):  # noqa: S301 - just made
            return error
    return RuntimeError(f"{type(error).__name__}: {error}")
