"""The studio: a box of the four widgets, and with them a project that the notebook finds again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import ipywidgets

from ..client.belonging import Own, own_of_kernel
from ..client.notebook import Notebook, told_by_page, told_path
from ..connection import connect_here
from ..project import AsyncProject, Project
from ..project.status import Status
from ..project.stored import Stored
from .base import Item, NemoWidget, on_a_project, script, style
from .chat import ChatCell
from .export import ExportPreview
from .timeline import TimelineTable
from .upload import UploadPicker


class Studio(ipywidgets.Box):  # type: ignore[misc]
    """Upload, chat, timeline and export on one project.

    >>> studio = nemo.Studio(project)
    >>> studio.project.draft.duration_ms
    4000

    Without a project it opens the notebook's own, as it was left, or begins it. It stays the notebook's when that is
    renamed or moved; a copy of the notebook begins with a copy of the project. Where no notebook can be told, as under
    Voila or in marimo, each kernel has one of its own.
    """

    @on_a_project
    def __init__(self, project: Project | None = None) -> None:
        self._own: Own | None = own_of_kernel() if project is None else None
        self._project = connect_here() if project is None else project
        self._bar = _Bar(self._project, self)
        self.upload = UploadPicker(self._project)
        self.timeline = TimelineTable(self._project)
        self.chat = ChatCell(self._project, self.timeline)
        self.export = ExportPreview(self._project)
        self.timeline.tells_stale = self.export.tells_stale = False
        if self._own:
            self.chat.leave_project(self._project.id)
        for part, width in (
            (self._bar, "1 1 100%"),
            (self.upload, "2 1 280px"),
            (self.chat, "3 1 420px"),
            (self.timeline, "1 1 100%"),
            (self.export, "1 1 100%"),
        ):
            part.layout = ipywidgets.Layout(flex=width, min_width="0", width="auto", margin="0")
        super().__init__(
            [self._bar, self.upload, self.chat, self.timeline, self.export],
            layout=ipywidgets.Layout(display="flex", flex_flow="row wrap", grid_gap="8px", width="100%"),
        )

    @property
    def project(self) -> Project:
        """What the studio works on. Set to another, that is the notebook's own from now on, if this one was."""
        return self._project

    @project.setter
    def project(self, project: Project) -> None:
        notebook = self._project.awaited.notebook
        self._project = project
        if self._own:
            project.awaited.claim(notebook)
            self._own.becomes(project.id, notebook)
            self.chat.leave_project(project.id)
        for part in self.children:
            part.project = project

    def close(self) -> None:
        """Take the studio from the page. The project stays as it is."""
        for part in self.children:
            part.close()
        self.layout.close()
        super().close()

    def __repr__(self) -> str:
        return f"<Studio of {self._project!r}>"

    async def found_in(self, notebook: Notebook) -> None:
        """The page tells which notebook this is: the kernel may not know, or not by its present name."""
        project = self._project.awaited
        if not self._own:
            return
        if not project.notebook.path and project.session_id is None:
            found, _ = await project.in_notebook(notebook)
            if found is not project:
                self.project = self._project.twin(found)
        elif not project.notebook.path or notebook.is_again(project.notebook):
            await project.follow(notebook, project.notebook.name)
        self._own.becomes(self._project.id, self._project.awaited.notebook)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        return {"text/plain": repr(self), "application/vnd.jupyter.widget-view+json": view}

    def _ipython_display_(self) -> None:
        from IPython.display import display

        lasting = (self.chat, self.timeline, self.export)
        for part in lasting:
            part.await_page()
        display(self._repr_mimebundle_(), raw=True)  # type: ignore[no-untyped-call]
        for part in lasting:
            part.show_lasting()


class _Bar(NemoWidget):
    """The studio's head: which project this is, a new one in its place, and the list of those that are stored."""

    _view = "studio"
    _esm = script("studio_shelf", "studio")
    _css = style("studio")
    _collections = ("projects",)

    def __init__(self, project: Project, studio: Studio) -> None:
        super().__init__(project)
        self._studio = studio
        # Where no notebook can be told, a visitor may sit there: what is stored is not his to see.
        self._set(shelf=bool(told_path()))
        self._begin()

    def _begin(self) -> None:
        self._set(name=self._project.name, backend=self._project.backend)

    def _status_changed(self, status: Status) -> None:
        self._set(name=status.name)

    # ---- commands -------------------------------------------------------------------------------

    def _do_notebook(self, path: str) -> None:
        if notebook := told_by_page(path):
            self._set(shelf=True)
            self._start(self._studio.found_in, notebook)

    def _do_start_new(self) -> None:
        notebook = self._project.awaited.notebook
        self._studio.project = self._project.start_new(notebook.name or None)

    def _do_list(self) -> None:
        self._at_the_shelf(self._list)

    def _do_open(self, session: str) -> None:
        self._at_the_shelf(self._open, session)

    def _do_rename(self, session: str, name: str) -> None:
        self._at_the_shelf(self._rename, session, name)

    def _do_copy(self, session: str) -> None:
        self._at_the_shelf(self._copy, session)

    def _do_delete(self, session: str) -> None:
        self._at_the_shelf(self._delete, session)

    def _at_the_shelf(self, work: Callable[..., Awaitable[None]], *args: str) -> None:
        if self.doc["shelf"]:  # whatever the page asks for
            self._start(work, *args)

    # ---- the stored projects --------------------------------------------------------------------

    async def _list(self) -> None:
        stored = await self._project.awaited.stored()
        self._sync("projects", [_row(item, self._project.session_id) for item in stored])

    async def _open(self, session: str) -> None:
        self._studio.project = self._project.twin(await self._named(session))
        await self._list()

    async def _rename(self, session: str, name: str) -> None:
        await (await self._named(session)).rename(name)
        await self._list()

    async def _copy(self, session: str) -> None:
        await (await self._named(session)).copy()
        await self._list()

    async def _delete(self, session: str) -> None:
        shown = session == self._project.session_id
        await (await self._named(session)).delete()
        if shown:
            self._do_start_new()
        await self._list()

    async def _named(self, session: str) -> AsyncProject:
        """The one that is shown is not opened a second time: whoever watches it is told."""
        project = self._project.awaited
        return project if session == project.session_id else await project.stored_one(session)


def _row(item: Stored, shown: str | None) -> Item:
    return {
        "id": item.session,
        "name": item.name,
        "notebook": item.notebook,
        "changed": item.changed_ms,
        "length": item.duration_ms,
        "bytes": item.bytes,
        "shown": item.session == shown,
    }
