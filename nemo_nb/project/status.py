"""Where a project stands, and who is told when that changes."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from ..client import Asset
from ..draft import Draft
from ..misuse import Waited

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Status(Waited):
    """Where a project stands. `str(status)` is the summary line of the timeline.

    `undone` are the turns of `history` that are taken back; None on a backend that doesn't tell. `ended` says why the
    project can't be used any more, where it can't.
    """

    name: str
    backend: str
    draft: Draft
    assets: tuple[Asset, ...]
    exports: tuple[str, ...] = field(default=())
    undone: frozenset[int] | None = None
    ended: str = ""

    def __str__(self) -> str:
        return self.draft.summary()


Watcher = Callable[[Status], None]


class Watchers:
    """Those who are told how things stand after every change: the widgets, and whoever else asked for it."""

    def __init__(self) -> None:
        self._watchers: list[Watcher] = []

    def __len__(self) -> int:
        return len(self._watchers)

    def add(self, watcher: Watcher) -> Callable[[], None]:
        """Have it told from now on; what comes back ends it, and may be called twice."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher) if watcher in self._watchers else None

    async def tell(self, status: Callable[[], Awaitable[Status]]) -> None:
        """Ask for the status and pass it on; it is not asked for where nobody watches."""
        if not self._watchers:
            return
        now = await status()
        for watcher in list(self._watchers):
            try:
                watcher(now)
            except Exception:  # a widget that fails must not take the edit with it
                log.exception("A watcher of %s failed.", now.name)
