"""The exports of one project: where their files go, those under way, and those of earlier kernels."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any
from weakref import WeakSet

from ..client import Client, Journal, JournalExport, Runner
from ..draft import Draft
from ..errors import AlreadyThere
from . import files
from .export import AsyncExport
from .show import Gauge


class Exports:
    """What one project has exported, and what it is exporting."""

    def __init__(self, client: Client, journal: Journal, runner: Runner) -> None:
        self._client = client
        self._journal = journal
        self._runner = runner
        self._handles: WeakSet[AsyncExport] = WeakSet()

    def target(
        self, path: str | Path | None, name: str, output: MutableMapping[str, Any], *, overwrite: bool
    ) -> Path:
        """Where the file is to appear; AlreadyThere where that would replace what is no export of ours."""
        target = files.export_path(path, name, output, self._under_way())
        if target.exists() and not overwrite and not self._made_by_us(target):
            raise AlreadyThere(f"There is a file {target.name!r} already, and it is no export.")
        return target

    def begin(
        self, session_id: str, draft: Draft, output: Mapping[str, Any], target: Path, gauge: Gauge | None
    ) -> AsyncExport:
        """A new export of `draft`; nothing is sent before it is waited for."""
        export = AsyncExport(
            self._client, self._journal, self._runner, session_id, target,
            draft=draft, output=output, progress=gauge,
        )  # fmt: skip
        self._handles.add(export)
        return export

    def found(self, session_id: str) -> list[AsyncExport]:
        """Every export that the journal knows of this session, of this kernel or of an earlier one."""
        found = [
            AsyncExport.found(self._client, self._journal, self._runner, session_id, item)
            for item in self.journaled(session_id)
        ]
        self._handles.update(found)
        return found

    def journaled(self, session_id: str) -> list[JournalExport]:
        entry = self._journal.find(session_id)
        return entry.exports if entry else []

    async def let_go(self) -> None:
        """Follow none of them any longer, without ending them on the backend."""
        for export in list(self._handles):
            await export.let_go()

    def _under_way(self) -> set[Path]:
        """Where exports of earlier kernels, or of other notebooks, are going to appear."""
        exports = (item for entry in self._journal.entries() for item in entry.exports)
        return {Path(item.path) for item in exports if item.state in ("submitted", "completed")}

    def _made_by_us(self, path: Path) -> bool:
        """Whether an export of any project of this machine lies there: made again, it may be replaced."""
        exports = (item for entry in self._journal.entries() for item in entry.exports)
        return any(item.state == "saved" and Path(item.path) == path for item in exports)
