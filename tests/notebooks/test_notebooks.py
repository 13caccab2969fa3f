"""The notebooks run, give the same edit each time, and can be read by anyone."""

from __future__ import annotations

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from nemo_nb.engine.launch import find_or_start

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def run(path: Path, where: Path, *more: str) -> nbformat.NotebookNode:
    """The notebook, executed in a folder of its own, with more cells at its end."""
    where.mkdir()
    shutil.copy(path, where)
    notebook = nbformat.read(where / path.name, as_version=4)
    notebook.cells += [nbformat.v4.new_code_cell(cell) for cell in more]
    NotebookClient(
        notebook, kernel_name="python3", timeout=300, resources={"metadata": {"path": where}}
    ).execute()
    return notebook


def shown(notebook: nbformat.NotebookNode, number: int = -1) -> str:
    """What a cell displayed, as text."""
    (output,) = notebook.cells[number].outputs
    return output.get("text") or output.data["text/plain"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_committed_notebook_holds_nothing_private(path: Path) -> None:
    text = path.read_text("utf-8")
    notebook = json.loads(text)
    assert "widgets" not in notebook["metadata"]
    assert not re.search(r"nmv_usr_|clm_|/home/|/Users/|/root/", text)
    assert not any(
        out["output_type"] == "error" for cell in notebook["cells"] for out in cell.get("outputs", [])
    )


def test_the_quickstart_twice_gives_the_same_draft(tmp_path: Path) -> None:
    first, second = (
        run(FOLDER / "01_quickstart.ipynb", tmp_path / name, "print(project.draft.hash)") for name in "ab"
    )
    assert re.fullmatch(r"[0-9a-f]{64}\n", shown(first))
    assert shown(first) == shown(second)


def test_the_quickstart_shows_a_table_and_a_video_that_outlives_its_kernel(tmp_path: Path) -> None:
    notebook = run(FOLDER / "01_quickstart.ipynb", tmp_path / "a")
    html = [out.data["text/html"] for cell in notebook.cells for out in cell.get("outputs", []) if "data" in out
            and "text/html" in out.data]  # fmt: skip
    assert any("<table" in part and "Urban Dreams" in part for part in html)
    players = [part for part in html if "<video" in part]
    assert players
    assert all('src="data:video/mp4;base64,' in part and "<script" not in part for part in players)
    assert len(json.dumps(notebook)) < 5_000_000


def test_two_notebooks_at_once_share_an_engine_and_do_not_meet(own_home: Path, tmp_path: Path) -> None:
    more = ("print(project.session_id, project.draft.hash)",)
    with ThreadPoolExecutor(2) as pool:
        going = [pool.submit(run, FOLDER / "01_quickstart.ipynb", tmp_path / name, *more) for name in "ab"]
        (one, one_hash), (two, two_hash) = (shown(future.result()).split() for future in going)
    assert one != two
    assert one_hash == two_hash
    endpoint = find_or_start(own_home)
    started = (own_home / "engine" / "engine.log").read_text().count("serving")
    assert (started, endpoint.is_up()) == (1, True)
