"""The tour through the package runs from its first cell to its last, and its exercises can be solved."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from notebook import code_of, execute

from nemo_nb.engine.launch import retire

pytestmark = pytest.mark.timeout(600)  # seven notebooks, each in a process of its own

FOLDER = Path(__file__).parents[2] / "notebooks"
TOUR = sorted(path for path in FOLDER.glob("*.ipynb") if not path.name.startswith("01_"))
ANSWERS = (
    "keep the first 4 seconds",
    "put the title 'Urban Dreams' at the start for 2 seconds",
    "add this background music to my video and fade it out over the last second",
    "set the music to 40% volume",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("tour-home")
    yield home
    retire(home)


@pytest.fixture(scope="module")
def tour(home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, nbformat.NotebookNode]:
    """Each executed as a learner would: in the folder of the notebooks, two at once. A cell that fails fails all."""
    folder = tmp_path_factory.mktemp("tour")
    for name in ("recipes", "cassettes"):
        shutil.copytree(FOLDER / name, folder / name)
    with ThreadPoolExecutor(2) as pool:
        # They share samples, which are made once; the first makes them.
        first = [execute(code_of(TOUR[0]), folder, name=TOUR[0].name, NEMO_NB_HOME=str(home))]
        rest = pool.map(
            lambda path: execute(code_of(path), folder, name=path.name, NEMO_NB_HOME=str(home)), TOUR[1:]
        )
        return dict(zip((path.stem for path in TOUR), [*first, *rest], strict=True))


def texts(notebook: nbformat.NotebookNode) -> str:
    """All that its cells print and show."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "\n".join(
        output.get("text", "") + json.dumps(output.get("data", {}).get("text/plain", ""))
        for output in outputs
    )


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_of_this_repository_is_clean(path: Path) -> None:
    text = path.read_text("utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)
    assert "application/vnd.jupyter.widget" not in text
    assert not re.search(r"nmv_usr_\w|clm_\w|Bearer |\"/(?:tmp|work|home|root|Users|mnt)/|[A-Z]:\\\\", text)
    assert notebook.cells[0].source.startswith("# ")
    assert len(code_of(path)) <= 20


def test_sentences_go_their_ways(tour: dict[str, nbformat.NotebookNode]) -> None:
    shown = texts(tour["02_chat"])
    assert "('sse',)" in shown
    assert "('sse', 'export')" in shown
    assert re.search(r"how many credits do I have left\?\s+credits", shown.replace("\\n", "\n"))
    assert "“Urban Dreams”" in shown or '\\"Urban Dreams\\"' in shown or "Urban Dreams" in shown


def test_recipes_hold_where_they_should_and_part_where_they_should(
    tour: dict[str, nbformat.NotebookNode],
) -> None:
    shown = texts(tour["04_recipes"])
    assert "True" in shown
    assert "city is another file" in shown
    assert "At the end: track 3" in shown


def test_turns_are_told_as_they_happen(tour: dict[str, nbformat.NotebookNode]) -> None:
    shown = texts(tour["05_async"])
    assert "[ended: ('sse',)]" in shown
    assert "cancelled" in shown


def test_the_cloud_is_shown_without_it(tour: dict[str, nbformat.NotebookNode]) -> None:
    shown = texts(tour["06_errors_and_the_cloud"])
    for told in (
        "UnsupportedFile",
        "Operation 2",
        "a recorded conversation",
        "Action(kind='export'",
        "no call for this",
    ):
        assert told in shown


def test_the_exercises_can_be_solved(
    home: Path, tour: dict[str, nbformat.NotebookNode], tmp_path: Path
) -> None:
    assert float(tour["07_exercises"].cells[-1].outputs[0].data["text/plain"]) == 0.0
    answers = iter(ANSWERS)
    cells = [
        cell.replace('answer = ""', f"answer = {next(answers)!r}") if cell.startswith("answer") else cell
        for cell in code_of(FOLDER / "07_exercises.ipynb")
    ]
    solved = execute(cells, tmp_path, NEMO_NB_HOME=str(home))
    assert solved.cells[-1].outputs[0].data["text/plain"] == "1.0"
