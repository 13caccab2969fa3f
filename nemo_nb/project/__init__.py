"""What a user holds: a project, its replies and its exports; blocking and awaited.

`aio` has the work in it, `sync` is the same list of methods, each waiting for its twin. `export` is a video on
its way or done, `exporting` all of a project's, `batch` many files at once; `status` tells how a project stands and
who watches it, `show` how things look in a notebook.
"""

from .aio import AsyncProject
from .export import AsyncExport, Export
from .sync import Project

__all__ = ["AsyncExport", "AsyncProject", "Export", "Project"]
