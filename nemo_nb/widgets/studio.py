"""The studio: a box of the four widgets, and with them a project that the notebook finds again."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets

from ..connection import connect
from ..project import Project
from .base import NemoWidget, script, style
from .chat import ChatCell
from .export import ExportPreview
from .timeline import TimelineTable
from .upload import UploadPicker


class Studio(ipywidgets.Box):  # type: ignore[misc]
    """Upload, chat, timeline and export on one project.

    >>> studio = nemo.Studio(project)
    >>> studio.project.draft.duration_ms
    4000

    Without a project it opens the one named after the notebook, as it was left, or begins it.
    """

    def __init__(self, project: Project | None = None) -> None:
        self._project = connect(project=_notebook_name()) if project is None else project
        self._bar = _Bar(self._project, self._start_new)
        self.upload = UploadPicker(self._project)
        self.timeline = TimelineTable(self._project)
        self.chat = ChatCell(self._project, self.timeline)
        self.export = ExportPreview(self._project)
        self.timeline.tells_stale = self.export.tells_stale = False
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
        """What the studio works on."""
        return self._project

    def close(self) -> None:
        """Take the studio from the page. The project stays as it is."""
        for part in self.children:
            part.close()
        self.layout.close()
        super().close()

    def __repr__(self) -> str:
        return f"<Studio of {self._project!r}>"

    def _start_new(self) -> None:
        self._project = self._project.start_new()
        for part in self.children:
            part.project = self._project

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
    """The studio's head: which project this is, and a new one in its place."""

    _view = "studio"
    _esm = script("studio")
    _css = style("studio")

    def __init__(self, project: Project, start_new: Callable[[], None]) -> None:
        super().__init__(project)
        self._start_new = start_new
        self._begin()

    def _begin(self) -> None:
        self._set(name=self._project.name, backend=self._project.backend)

    def _do_start_new(self) -> None:
        self._start_new()


def _notebook_name() -> str:
    """What JupyterLab says that the notebook is called; elsewhere just "project"."""
    return Path(os.environ.get("JPY_SESSION_NAME", "")).stem or "project"
