"""Run a notebook as `jupyter execute` does: its kernel is a process of its own, in a folder of its own."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def execute(
    cells: list[str],
    where: Path,
    *,
    name: str = "notebook.ipynb",
    allow_errors: bool = False,
    **environment: str,
) -> nbformat.NotebookNode:
    """The notebook made of these code cells, executed in `where`."""
    where.mkdir(parents=True, exist_ok=True)
    write(where / name, cells)
    return again(where / name, allow_errors=allow_errors, **environment)


def write(path: Path, cells: list[str]) -> None:
    """A notebook of these code cells that nobody has run."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    made = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata=kernel), path)


def again(path: Path, *, allow_errors: bool = False, **environment: str) -> nbformat.NotebookNode:
    """The notebook that lies there, executed anew and saved."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=300, allow_errors=allow_errors, resources={"metadata": {"path": str(path.parent)}}
    )
    asyncio.run(client.async_execute(env={**os.environ, **environment}))
    nbformat.write(notebook, path)
    return notebook


def code_of(path: Path) -> list[str]:
    """The code cells of a notebook file."""
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def html_of(notebook: nbformat.NotebookNode) -> list[str]:
    """Every piece of HTML that it displays."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.data["text/html"] for output in outputs if "text/html" in output.get("data", {})]
