"""Many files, each by its own instructions into its own export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..client.uploads import examine
from ..errors import InvalidInput
from .export import AsyncExport
from .hints import EXAMPLES
from .show import Gauge

if TYPE_CHECKING:
    from .aio import AsyncProject


async def run_batch(
    new_project: Callable[[str], AsyncProject], instructions: Mapping[str, str], progress: Gauge | None
) -> dict[str, AsyncExport]:
    """One project a file, named after it. All files are checked before the first is sent.

    One whose instructions change nothing is not exported; InvalidInput says so after the others are done.
    """
    if not instructions:
        raise InvalidInput("There is no file in it.", next_step=EXAMPLES["batch"])
    for file in instructions:
        examine(file)
    done: dict[str, AsyncExport] = {}
    undone: list[str] = []
    for number, (file, text) in enumerate(instructions.items(), start=1):
        project = new_project(Path(file).stem)
        await project.upload(file)
        reply = await project.say(text)
        if reply.changes:
            done[file] = await project.export()
        else:
            undone.append(f"{Path(file).name}: {reply.text.splitlines()[0]}")
        if progress:
            progress.report(number / len(instructions))
    if undone:
        made = ", ".join(export.path.name for export in done.values()) or "none"
        raise InvalidInput(
            f"Nothing was done for {'; '.join(undone)}",
            next_step=f"Say it in other words. Exported: {made}.",
        )
    return done
