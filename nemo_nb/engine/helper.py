"""The other end of `helpers`: takes tasks from standard input, does them, and answers on standard output."""

from __future__ import annotations

import importlib
import os
import pickle
import struct
import sys
import threading
from queue import SimpleQueue
from typing import IO

from .helpers import portable

_SIZE = struct.Struct(">Q")


def main(preload: str) -> None:
    importlib.import_module(preload)
    tasks: SimpleQueue[bytes] = SimpleQueue()
    with os.fdopen(os.dup(1), "wb") as answers, os.fdopen(os.dup(0), "rb") as source:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints is no answer
        threading.Thread(target=_read, args=(source, tasks), daemon=True).start()
        while True:
            answer = _done(tasks.get())
            answers.write(_SIZE.pack(len(answer)))
            answers.write(answer)
            answers.flush()


def _read(source: IO[bytes], tasks: SimpleQueue[bytes]) -> None:
    """In a thread, so that the engine's end is noticed in the middle of a task."""
    while head := source.read(_SIZE.size):
        tasks.put(source.read(_SIZE.unpack(head)[0]))
    os._exit(0)


def _done(task: bytes) -> bytes:
    try:
        work, args = pickle.loads(task)  # noqa: S301 - from our own engine
        return pickle.dumps((True, work(*args)), pickle.HIGHEST_PROTOCOL)
    except BaseException as error:
        return pickle.dumps((False, portable(error)))


if __name__ == "__main__":
    main(sys.argv[1])
