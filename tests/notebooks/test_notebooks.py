"""The notebooks run, give the same edit each time, and can be read by anyone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from notebook import code_of, execute, html_of

from nemo_nb.engine.launch import find_or_start, retire

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("notebooks-home")
    yield home
    retire(home)


@pytest.fixture(scope="module")
def quickstarts(home: Path, tmp_path_factory: pytest.TempPathFactory) -> list[nbformat.NotebookNode]:
    """The quickstart, executed twice at once, with one more cell that tells what came of it."""
    cells = [*code_of(FOLDER / "01_quickstart.ipynb"), "print(project.session_id, project.draft.hash)"]
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda folder: execute(cells, folder, NEMO_NB_HOME=str(home)), folders))


def told(notebook: nbformat.NotebookNode) -> list[str]:
    """The session and the draft's hash."""
    return notebook.cells[-1].outputs[0].text.split()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_committed_notebook_holds_nothing_private(path: Path) -> None:
    text = path.read_text("utf-8")
    notebook = json.loads(text)
    assert "widgets" not in notebook["metadata"]
    assert not re.search(r"nmv_usr_|clm_|(?:/home|/Users|/root)/", text)
    assert not any(
        out["output_type"] == "error" for cell in notebook["cells"] for out in cell.get("outputs", [])
    )


def test_the_quickstart_twice_gives_the_same_draft(quickstarts: list[nbformat.NotebookNode]) -> None:
    (_, first), (_, second) = map(told, quickstarts)
    assert re.fullmatch(r"[0-9a-f]{64}", first)
    assert first == second


def test_two_notebooks_at_once_share_one_engine_and_do_not_meet(
    quickstarts: list[nbformat.NotebookNode], home: Path
) -> None:
    (one, _), (two, _) = map(told, quickstarts)
    assert one != two
    assert (home / "engine" / "engine.log").read_text("utf-8").count("serving, process") == 1
    assert find_or_start(home).is_up()


def test_it_shows_a_table_and_a_video_that_outlives_the_kernel(
    quickstarts: list[nbformat.NotebookNode],
) -> None:
    html = html_of(quickstarts[0])
    assert any("<table" in part and "Urban Dreams" in part for part in html)
    players = [part for part in html if "<video" in part]
    assert players
    assert all('src="data:video/mp4;base64,' in part and "<script" not in part for part in players)
    assert len(json.dumps(quickstarts[0])) < 5_000_000
