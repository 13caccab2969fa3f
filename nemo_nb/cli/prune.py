"""`nemo-nb doctor --prune`: giving back disk space that the embedded engine uses."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..project.show import size

if TYPE_CHECKING:
    from ..client import Client, Settings

_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Pruned:
    """What went: how many bytes the disk has back, and the names of the projects."""

    freed: int
    projects: tuple[str, ...] = ()

    def __str__(self) -> str:
        gone = f"deleted {', '.join(self.projects)}; " if self.projects else ""
        return f"Pruned: emptied the cache; {gone}{size(self.freed)} freed."


def prune(older_than_days: int | None = None) -> Pruned:
    """Empty the cache and, with `older_than_days`, delete the projects that nobody changed for so long.

    A project with an export that waits or runs stays.
    """
    from ..backends import client_for
    from ..client.settings import Settings
    from .checks.machine import total

    settings = Settings.from_environment()
    before = total(settings.home / "engine")
    client, _ = client_for("embedded", settings)
    names = asyncio.run(_prune(client, settings, older_than_days))
    return Pruned(max(0, before - total(settings.home / "engine")), tuple(names))


async def _prune(client: Client, settings: Settings, older_than_days: int | None) -> list[str]:
    from ..client import Journal

    journal = Journal(settings.home, client.key)
    gone = []
    try:
        await client.empty_cache()
        for project in await client.projects() if older_than_days is not None else ():
            unused_ms = time.time() * 1000 - project.updated_ms
            if project.busy or unused_ms < (older_than_days or 0) * _DAY_MS:
                continue
            await client.delete_project(project.task_id)
            known = journal.find(project.session_id)
            journal.forget(project.session_id)
            gone.append(known.name if known else project.name)
    finally:
        await client.aclose()
    return gone
