"""A notebook's project: found again, begun, or begun as a copy where the notebook is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..client.belonging import Belonging
from ..client.notebook import Notebook
from ..errors import NotSupportedByBackend

if TYPE_CHECKING:
    from .aio import AsyncProject

__all__ = ["settled"]


async def settled(
    blank: AsyncProject, notebook: Notebook, found: Belonging | None
) -> tuple[AsyncProject, str]:
    """The project of a notebook, and in a few words what it is. `blank` is a new one, which it may become."""
    if found and not found.copied:
        project = blank.beside(found.entry)
        await project.follow(found.notebook, found.former_name)
        was = f"; the notebook was called {found.former_name!r}" if found.former_name else ""
        return project, f"project {project.name!r} reopened{was}"
    project, told = blank, f"new project {notebook.name!r}" if notebook.path else "a new project"
    if notebook.path:
        await blank.rename(notebook.name)
    if found:
        original = blank.beside(found.entry)
        try:
            project = await original.copy(notebook.name)
            told += f", a copy of {original.name!r} as its notebook is one"
        except NotSupportedByBackend:
            told += f", empty: this backend can't copy {original.name!r}"
    project.claim(notebook)
    return project, told
