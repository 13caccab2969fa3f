"""The other end of `helpers`: takes tasks from standard input, does them, and answers on standard output."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import os
import pickle
import struct
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from .helpers import READY, OutOfProportion, portable

_SIZE = struct.Struct(">Q")
_STACKS = 60_000_000  # of the threads that a decoder starts: room that is never filled


def main(preload: Sequence[str]) -> None:
    for name in preload:
        importlib.import_module(name)
    gc.freeze()  # all that is there now stays: nobody need look through it again
    tasks: SimpleQueue[bytes] = SimpleQueue()
    with os.fdopen(os.dup(1), "wb") as answers, os.fdopen(os.dup(0), "rb") as source:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints is no answer
        answers.write(READY)
        answers.flush()
        threading.Thread(target=_read, args=(source, tasks), daemon=True).start()
        while True:
            answer = _done(tasks.get())
            answers.write(_SIZE.pack(len(answer)))
            answers.write(answer)
            answers.flush()
            _give_back()


def _read(source: IO[bytes], tasks: SimpleQueue[bytes]) -> None:
    """In a thread, so that the engine's end is noticed in the middle of a task."""
    while head := source.read(_SIZE.size):
        tasks.put(source.read(_SIZE.unpack(head)[0]))
    os._exit(0)


@contextlib.contextmanager
def _bounded(memory: int) -> Iterator[None]:
    """Where the system can, more memory is refused at once: the engine looks from outside fifty times a second only."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
    except (ImportError, OSError, ValueError, LookupError):
        yield
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (pages * resource.getpagesize() + memory + _STACKS, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _give_back() -> None:
    """Once a task is answered, the memory that it took: films that were open hold on to themselves in circles."""
    gc.collect()
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):  # another C library than GNU's
            ctypes.CDLL(None).malloc_trim(0)


def _done(task: bytes) -> bytes:
    try:
        work, args, memory = pickle.loads(task)  # noqa: S301 - from our own engine
        with _bounded(memory):
            done = work(*args)
        return pickle.dumps((True, done), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps((False, OutOfProportion(f"more memory than {memory // 1_000_000} MB")))
    except BaseException as error:
        return pickle.dumps((False, portable(error)))


if __name__ == "__main__":
    main(sys.argv[1:])
