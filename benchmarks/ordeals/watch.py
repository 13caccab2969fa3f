"""What an engine and its children take."""

from __future__ import annotations

import contextlib
import threading
import time

import psutil


class Watch:
    """The most memory that the engine and all its children took together, beyond what they had; and how long they
    worked, which tells more than the clock where others have the cores."""

    def __init__(self, pid: int) -> None:
        self._engine, self._going = psutil.Process(pid), True
        self.begin()
        threading.Thread(target=self._look, daemon=True).start()

    def begin(self) -> None:
        self.rest = self.most = self._size()
        self._had_worked = self._worked()

    def _look(self) -> None:
        while self._going:
            self.most = max(self.most, self._size())
            time.sleep(0.02)

    def _size(self) -> int:
        size = 0
        with contextlib.suppress(psutil.Error):
            for process in [self._engine, *self._engine.children(recursive=True)]:
                with contextlib.suppress(psutil.Error):
                    size += process.memory_info().rss
        return size

    def _worked(self) -> float:
        """Seconds of all of them, those that have ended included: the engine waits for each."""
        seconds = 0.0
        for process in [self._engine, *self._engine.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                seconds += sum(process.cpu_times()[:4])
        return seconds

    def worked(self) -> float:
        """Seconds of work since `begin`."""
        return self._worked() - self._had_worked

    def end(self) -> int:
        """Bytes beyond rest since `begin`."""
        return self.most - self.rest

    def stop(self) -> None:
        self._going = False
