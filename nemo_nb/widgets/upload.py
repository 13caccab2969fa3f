"""The upload picker: files from the desktop, the server or the web onto the timeline."""

from __future__ import annotations

import asyncio
import io
import itertools
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePath
from typing import IO, Any

from ..chat.attachments import attach, check_size
from ..client import Asset, Job, Settings, Source
from ..client.leftovers import noted
from ..errors import InvalidInput, MissingFile, NemoError
from ..media.formats import CAPTIONS, EVERYWHERE, Accepted, check, extension_of
from ..project import Project
from ..project.show import Gauge
from ..project.status import Status
from .base import Item, NemoWidget, on_a_project, problem, script, style
from .pictures import as_url, still
from .served import on_server

_TELL_S = 0.25
_STILL_HEIGHT = 90


class UploadPicker(NemoWidget):
    """Pick files, drop them from the desktop or JupyterLab's file browser, or name a URL or a path.

    >>> picker = nemo.UploadPicker(project)

    A file comes in pieces over the widget's own connection, which has no size limit and works on Binder and JupyterHub.
    Name, size and first bytes are checked before the rest is sent.
    """

    _view = "upload"
    _esm = script("upload_queue", "upload")
    _css = style("upload")
    _collections = ("rows",)

    @on_a_project
    def __init__(self, project: Project) -> None:
        self._held: dict[str, Asset] = {}
        self._placed: set[tuple[str, str]] = set()
        super().__init__(project)
        self._accept(EVERYWHERE)
        self._folder = tempfile.TemporaryDirectory(prefix="nemo-upload-")
        self._folder_path = Path(self._folder.name)
        self._passing = ExitStack()
        self._passing.enter_context(noted(Settings.from_environment().home, self._folder_path))
        self._arriving: dict[str, _Arriving] = {}
        self._uploads: dict[str, Job] = {}
        self._named: dict[str, str] = {}
        self._numbers = itertools.count(1)
        self._one_at_a_time = asyncio.Lock()
        self._begin()

    def _begin(self) -> None:
        for key in list(self._uploads):
            self._do_cancel(key)
        self._held.clear()
        self._placed.clear()
        self._sync("rows", [])
        self._start(self._learn)
        self._start(self._show_uploaded)

    def close(self) -> None:
        for arriving in self._arriving.values():
            arriving.discard()
        super().close()
        self._folder.cleanup()
        self._passing.close()

    # ---- commands -------------------------------------------------------------------------------

    def _do_hello(self, page: str = "") -> None:
        super()._do_hello(page)
        for row in list(self._arriving):  # the page that held the files is gone
            self._drop(
                row, "error", again=False, what="The page was reloaded.", next="Choose the file again."
            )

    def _do_begin(self, row: str, name: str, size: int, buffers: Sequence[memoryview] = ()) -> None:
        """A file is offered, with its first bytes: its pieces follow when it is taken."""
        name = _plain(name)
        item = _row(row, name, size)
        try:
            if _holds_captions(name):
                check_size(name, size)
            else:
                check(name, size, bytes(buffers[0]) if buffers else b"", self._accepted)
            path = self._folder_path / f"{next(self._numbers)}{PurePath(name).suffix.lower()}"
            self._arriving[row] = _Arriving(path, name, size)
        except (NemoError, OSError) as error:
            self._put("rows", item | {"state": "error", "again": False} | problem(error))
            return
        self._put("rows", item)
        self.send({"type": "go", "row": row})

    def _do_piece(self, row: str, offset: int, buffers: Sequence[memoryview] = ()) -> None:
        arriving = self._arriving.get(row)
        if arriving is None:
            return  # cancelled meanwhile
        try:
            whole = arriving.take(offset, buffers)
        except (NemoError, OSError) as error:
            self._drop(row, "error", **problem(error))
            return
        self.send({"type": "got", "row": row, "received": arriving.received})
        if whole:
            del self._arriving[row]
            if _holds_captions(arriving.name):
                self._attach(row, arriving.name, arriving.path)
                arriving.discard()
            else:
                self._send_on(row, arriving.opened, arriving.path)

    def _do_add(self, row: str, source: str) -> None:
        """A URL, or a path on the server."""
        self._named[row] = source
        web = source.lower().startswith(("http://", "https://"))
        name = _plain(source.split("?")[0].rstrip("/") if web else source) or source[:80]
        self._put("rows", _row(row, name, 0) | {"phase": "checking"})
        try:
            path = None if web else on_server(source)
            if path is not None:
                self._update("rows", row, size=path.stat().st_size)
        except (
            NemoError,
            OSError,
            ValueError,
            RuntimeError,
        ) as error:  # no path at all, perhaps, or no user's home
            missing = (
                error
                if isinstance(error, NemoError)
                else MissingFile(f"There is no file at {source[:200]!r}.")
            )
            self._drop(row, "error", **problem(missing))
            return
        if path is not None and _holds_captions(name):
            self._attach(row, name, path)
        else:
            self._send_on(row, lambda: source if path is None else str(path), path)

    def _do_again(self, row: str) -> None:
        if row in self._named:
            self._do_add(row, self._named[row])

    def _do_cancel(self, row: str) -> None:
        if row in self._uploads:
            self._uploads[row].cancel()
        else:
            self._drop(row, "cancelled")

    def _do_take_back(self, row: str) -> None:
        if held := self._held.get(row):
            self._start(self._take_back, held)

    def _do_clear(self) -> None:
        """Take the rows away that have ended. What was uploaded stays in the project."""
        with self._guard:
            going = [dict(row) for row in self.doc["rows"] if row["state"] == "uploading"]
        self._sync("rows", going)

    def _attach(self, row: str, name: str, path: Path) -> None:
        """Captions are no upload: the chat's next sentence may speak of them."""
        try:
            attach(self._project.awaited.attached, name, path)
        except (NemoError, OSError) as error:
            self._drop(row, "error", **problem(error))
            return
        self._update("rows", row, state="done", phase="", kind="text", captions=name)

    # ---- the way to the project -----------------------------------------------------------------

    def _send_on(self, row: str, opened: Callable[[], Source], path: Path | None) -> None:
        self._update("rows", row, phase="checking", progress=0)
        self._uploads[row] = self._start(self._upload, row, opened, path)

    async def _upload(self, row: str, opened: Callable[[], Source], path: Path | None) -> None:
        """From here into the project. `path` is where it lies, if it does; a file that came in pieces is removed."""
        ended: Item = {"state": "cancelled"}
        try:
            async with self._one_at_a_time:  # clips are placed in the order in which they were chosen
                with _closing(opened()) as source:
                    (uploaded,) = await self._told(row, source)
            self._held[row] = uploaded
            self._update("rows", row, phase="", **_arrived(uploaded))
            self._tell_placed()
            ended = {}
            if uploaded.kind in ("video", "image"):
                ended = {"thumbnail": await self._thumbnail(uploaded, path)}
        except Exception as error:
            ended = {"state": "error"} | problem(error)
        finally:
            self._uploads.pop(row, None)
            self._update("rows", row, phase="", **ended)
            if path is not None and path.parent == self._folder_path:
                await asyncio.to_thread(path.unlink, missing_ok=True)

    async def _thumbnail(self, uploaded: Asset, path: Path | None) -> str:
        """Of a photo, and of what came by a URL, the backend makes it, where it can."""
        if uploaded.kind == "video" and path is not None:
            return await still(path, _STILL_HEIGHT)
        with suppress(NemoError):
            picture = await self._project.awaited.filmstrip(uploaded.hash, frames=1, height=_STILL_HEIGHT)
            return as_url(picture.content)
        return await still(path, _STILL_HEIGHT) if path is not None else ""

    async def _told(self, row: str, source: Source) -> list[Asset]:
        """Upload it, and tell the row how far it is."""
        gauge = Gauge("Uploading")
        telling = asyncio.create_task(self._tell(row, gauge))
        try:
            return await self._project.awaited.upload(source, progress=gauge)
        finally:
            telling.cancel()

    async def _tell(self, row: str, gauge: Gauge) -> None:
        while True:
            await asyncio.sleep(_TELL_S)
            self._update("rows", row, progress=round(gauge.done, 3))

    def _accept(self, accepted: Accepted) -> None:
        self._accepted = accepted
        self._set(formats=sorted({*accepted.formats, *CAPTIONS}), limit=accepted.max_bytes)

    async def _learn(self) -> None:
        """What the project's backend takes, which may be more than every one does."""
        self._accept(await self._project.awaited.accepts())

    async def _show_uploaded(self) -> None:
        """What the project holds already: after a restart of the kernel the picker is not empty."""
        now = await self._project.awaited.status()
        for number, held in enumerate(now.assets):
            self._held[f"held-{number}"] = held
            self._put("rows", _row(f"held-{number}", held.name, 0) | _arrived(held))
        self._status_changed(now)

    def _status_changed(self, status: Status) -> None:
        self._placed = {(segment.asset, segment.file) for segment in status.draft.segments}
        self._tell_placed()

    def _tell_placed(self) -> None:
        """Which of the files are on the timeline: those can be taken back."""
        for row, held in list(self._held.items()):
            placed = (held.hash, held.name) in self._placed
            shown = self._item("rows", row)
            if shown and shown.get("placed", False) != placed:
                self._update("rows", row, placed=placed)

    async def _take_back(self, held: Asset) -> None:
        """Off the timeline with it, in a step that undo takes back. It stays listed."""
        project = self._project.awaited
        draft = await project.draft
        segments = [item.id for item in draft.segments if (item.asset, item.file) == (held.hash, held.name)]
        if segments:
            label = f"undo the upload of {held.name}"
            await project.apply([{"op": "delete", "segments": segments}], label=label)

    def _drop(self, row: str, state: str, /, **fields: Any) -> None:
        arriving = self._arriving.pop(row, None)
        if arriving is not None:
            arriving.discard()
        self._update("rows", row, state=state, phase="", **fields)


class _Arriving:
    """A file on its way from the browser, piece by piece."""

    def __init__(self, path: Path, name: str, size: int) -> None:
        self.path, self.name, self.size = path, name, size
        self.received = 0
        self._lock = threading.Lock()
        self._stream: IO[bytes] = path.open("wb", buffering=0)

    def take(self, offset: int, pieces: Sequence[memoryview]) -> bool:
        """Keep what came; whether that was all. Pieces must come in order, and no more than was said."""
        with self._lock:
            count = sum(len(piece) for piece in pieces)
            if offset != self.received or not count or offset + count > self.size:
                raise InvalidInput(f"{self.name!r} did not arrive as it was sent.", next_step="Try it again.")
            for piece in pieces:
                self._stream.write(piece)
            self.received += count
            if self.received == self.size:
                self._stream.close()
            return self.received == self.size

    def opened(self) -> io.FileIO:
        """The whole file, under the name that it has in the browser."""
        stream = io.FileIO(self.path)
        stream.name = self.name
        return stream

    def discard(self) -> None:
        with self._lock:
            self._stream.close()
            self.path.unlink(missing_ok=True)


@contextmanager
def _closing(source: Source) -> Iterator[Source]:
    try:
        yield source
    finally:
        if isinstance(source, io.IOBase):
            source.close()


def _row(key: str, name: str, size: int) -> Item:
    return {"id": key, "name": name, "size": size, "state": "uploading", "phase": "sending", "progress": 0}


def _arrived(uploaded: Asset) -> Item:
    return {
        "state": "done",
        "name": uploaded.name,
        "kind": uploaded.kind,
        "duration": uploaded.duration_ms,
        "width": uploaded.width,
        "height": uploaded.height,
        "note": uploaded.note,
    }


def _holds_captions(name: str) -> bool:
    return extension_of(name) in CAPTIONS


def _plain(name: str) -> str:
    """A browser's file name without folders and control characters."""
    return "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable())[:200]
