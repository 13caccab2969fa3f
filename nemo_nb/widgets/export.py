"""The export: format and quality, progress, and the finished video, playable in place."""

from __future__ import annotations

import asyncio
import math
import os
import time
from pathlib import Path

from ..errors import ExportCancelled
from ..project import AsyncExport, Project, held
from ..project.show import Gauge, size
from ..project.status import Status
from . import lasting
from .base import Item, NemoWidget, on_a_project, problem, script, style
from .pictures import still

_LOOK_S = 0.25
_FORMATS = ("mp4", "mov", "webm", "gif", "mp3", "wav", "m4a")
_QUALITIES = ("high", "medium", "low")
_RESOLUTIONS = ("", "480p", "720p", "1080p", "1440p", "4k")
_PIECE = 2 * 1024 * 1024
_EMBED_BYTES = 2_400_000  # as text a third more; the notebook shall stay under 5 MB
_POSTER_HEIGHT = 360
_PLAYABLE = (".mp4", ".mov", ".m4a", ".mp3", ".wav")


class ExportPreview(NemoWidget):
    """Export the cut and look at it. The video plays and seeks in place wherever the notebook runs.

    >>> preview = nemo.ExportPreview(project)

    A file under the server's root is played from there; any other comes over the widget's own connection.
    """

    _view = "export"
    _esm = script("carrier", "export")
    _css = style("export")

    @on_a_project
    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._set(formats=_FORMATS, qualities=_QUALITIES, resolutions=_RESOLUTIONS)
        self._begin()

    def _begin(self) -> None:
        self._export: AsyncExport | None = None
        self._saved = ""
        self._edit = ""  # the hash of the edit as it is now
        self._set(older=False)
        self._set(state="idle", can=False, online=not self._project.backend.startswith("embedded"), film=None)
        self._start(self._pick_up)

    # ---- commands -------------------------------------------------------------------------------

    def _do_export(self, format: str, quality: str, resolution: str) -> None:
        if self.doc["state"] == "running":
            return
        self._set(state="running", progress=0, left=None, problem=None, name="")
        self._start(self._run, format, quality, resolution or None)

    def _do_cancel(self) -> None:
        if self._export is not None:
            self._start(self._export.cancel)

    def _do_piece(self, film: int, offset: int) -> None:
        """A part of the finished file, for a page that can't reach it by a URL."""
        if self._export is not None and self.doc["film"] and self.doc["film"]["number"] == film:
            self._start(self._send_piece, self._export.path, film, int(offset))

    def _do_open(self) -> None:
        if self._export is not None:
            self._start(self._open, self._export)

    # ---- an export ------------------------------------------------------------------------------

    async def _run(self, format: str, quality: str, resolution: str | None) -> None:
        gauge = Gauge("Exporting")
        try:
            self._export = await self._project.awaited.export(
                format=format, quality=quality, resolution=resolution, wait=False, progress=gauge
            )
        except Exception as error:
            self._set(state="failed", problem=problem(error))
            return
        await self._follow(self._export)
        await self._project.awaited.refresh()

    async def _follow(self, export: AsyncExport) -> None:
        """Show how far it is until it has ended."""
        began = time.monotonic()
        waiting = asyncio.ensure_future(export.wait())
        try:
            while not waiting.done():
                done = export.progress
                self._set(
                    state="running",
                    name=export.path.name,
                    progress=round(done, 3),
                    left=_left(export, began),
                )
                await asyncio.wait([waiting], timeout=_LOOK_S)
            waiting.result()
        except ExportCancelled:
            self._set(state="cancelled")
        except Exception as error:
            self._set(state="failed", problem=problem(error))
        else:
            await self._finished(export)
        finally:
            waiting.cancel()

    async def _finished(self, export: AsyncExport) -> None:
        number = (self.doc["film"] or {"number": 0})["number"] + 1
        poster = await still(export.path, _POSTER_HEIGHT)
        facts = await asyncio.to_thread(_facts, export)
        self._set(
            state="done",
            progress=1,
            problem=None,
            film={"number": number, "poster": poster, "near": _near_the_notebook(export.path), **facts},
        )
        self._compare()
        if self._lasting.shown:
            await self._keep(export, poster, facts["facts"])

    def _compare(self) -> None:
        """Whether the edit has changed since the film that is shown was exported, as far as is known."""
        cut = self._export.cut[1] if self._export is not None and self.doc["film"] else ""
        self._set(older=bool(cut and self._edit and cut != self._edit))

    async def _keep(self, export: AsyncExport, poster: str, facts: str) -> None:
        """Leave a small copy of the film in the notebook, or a picture of it where a cell holds one already."""
        if export.path.suffix.lower() not in _PLAYABLE:
            return
        if held.is_held(export.path, export.cut):
            self._saved = lasting.still(poster, export.path.name, facts)
        else:
            self._saved = lasting.video(await _small(export.path), poster, export.path.name, facts)
        await asyncio.to_thread(self._refresh_lasting)

    def show_lasting(self) -> None:
        super().show_lasting()
        if not self._saved:
            self._keep_shown()
        held.watch(self._film_was_shown)

    def _film_was_shown(self) -> None:
        """By a cell that came after this one: where it is the same film, a picture of it is enough here."""
        export = self._export
        if "<video" in self._saved and export is not None and held.is_held(export.path, export.cut):
            self._keep_shown()

    def _keep_shown(self) -> None:
        film = self.doc["film"]
        if film and self._export is not None:
            self._start(self._keep, self._export, film["poster"], film["facts"])

    def close(self) -> None:
        held.forget(self._film_was_shown)
        super().close()

    def _lasting_html(self) -> str:
        return self._saved

    # ---- exports made elsewhere -----------------------------------------------------------------

    def _status_changed(self, status: Status) -> None:
        self._set(can=status.draft.can_export)
        self._edit = status.draft.edit_hash
        self._compare()
        shown = self._export.id if self._export is not None else ""
        if self.doc["state"] != "running" and status.exports and status.exports[-1] != shown:
            self._start(self._pick_up)

    async def _pick_up(self) -> None:
        """The last export, be it of a sentence, a cell or an earlier kernel: finished, or still on its way."""
        project = self._project.awaited
        draft = await project.draft
        self._edit = draft.edit_hash
        self._set(can=draft.can_export)
        exports = await project.exports
        if not exports or self.doc["state"] == "running":
            return
        last = exports[-1]
        if last.state == "saved" and not await asyncio.to_thread(last.path.exists):
            return
        if last.state in ("submitted", "completed", "saved"):
            self._export = last
            await self._follow(last)

    # ---- the film's way to the page -------------------------------------------------------------

    async def _send_piece(self, path: Path, film: int, offset: int) -> None:
        def read() -> bytes:
            with path.open("rb") as stream:
                stream.seek(offset)
                return stream.read(_PIECE)

        self.send({"type": "piece", "film": film, "offset": offset}, buffers=[await asyncio.to_thread(read)])

    async def _open(self, export: AsyncExport) -> None:
        """The backend's own page for it. The address is a credential: asked for now, and kept nowhere."""
        self.send({"type": "open", "url": await export.url})


def _facts(export: AsyncExport) -> Item:
    octets = export.path.stat().st_size
    return {"name": export.path.name, "bytes": octets, "facts": f"{export.length} · {size(octets)}"}


def _left(export: AsyncExport, began: float) -> int | None:
    """Seconds that it will still take: as the backend says, else by what it took so far, where that tells enough."""
    told, done, spent = export.time_left_ms, export.progress, time.monotonic() - began
    if told is not None:
        return math.ceil(told / 1000)
    return round(spent * (1 - done) / done) if done > 0.03 and spent > 0.8 else None


async def _small(path: Path) -> bytes:
    from ..media.proxy import make_proxy

    if path.suffix.lower() == ".mp4" and await asyncio.to_thread(lambda: path.stat().st_size) <= _EMBED_BYTES:
        return await asyncio.to_thread(path.read_bytes)
    return await make_proxy(path, _EMBED_BYTES)


def _near_the_notebook(path: Path) -> str:
    """The file as seen from the notebook's folder, which is what a page can make a URL of."""
    notebook = Path(os.environ.get("JPY_SESSION_NAME", ""))
    folder = notebook.parent if notebook.is_absolute() else Path.cwd()
    return Path(os.path.relpath(path, folder)).as_posix()
