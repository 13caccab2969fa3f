"""A studio's project is its notebook's own: in real kernels, which are told what each front end tells."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import nbformat
import notebook
import pytest
from heavy import HEAVY
from kit import Kit
from nbclient import NotebookClient

import nemo_nb as nemo

pytestmark = HEAVY

HOMES = Path(__file__).parents[1] / "homes"
STUDIO = "import nemo_nb as nemo\nstudio = nemo.Studio()\nstudio"
SHOWN = (
    "import json\np = studio.project\n"
    "print('SHOWN', json.dumps([p.name, p.id, p.session_id, p.draft.duration_ms / 1000]))"
)


class Front:
    """A front end that tells its kernels the notebook's path, as JupyterLab does."""

    def __init__(self, folder: Path, clip: Path) -> None:
        self.folder = folder
        self.clip = clip

    def write(self, name: str, *more: str, studio: str = STUDIO) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        notebook.write(path, [studio, *more, SHOWN])
        return path

    def cut(self, name: str) -> Path:
        """A notebook in which a film is cut to 2 seconds, run and saved."""
        cut = f"studio.project.upload({str(self.clip)!r})\nstudio.project.say('trim it to 2 seconds')"
        path = self.write(name, cut)
        assert self.run(path)["seconds"] == 2
        made = nbformat.read(path, as_version=4)
        del made.cells[1]  # what it did stays done
        nbformat.write(made, path)
        return path

    def run(self, path: Path, **environment: str) -> dict[str, Any]:
        """What its studio shows in a new kernel."""
        told = environment or {"JPY_SESSION_NAME": str(path)}
        return shown(notebook.again(path, **told))


def shown(run: nbformat.NotebookNode) -> dict[str, Any]:
    printed = "".join(
        output["text"] for cell in run.cells for output in cell.get("outputs", []) if "text" in output
    )
    told = json.loads(printed.split("SHOWN ")[-1])
    return dict(zip(("name", "id", "session", "seconds"), told, strict=True)) | {"said": printed}


def clear(path: Path) -> None:
    """As "Clear outputs of all cells" does."""
    made = nbformat.read(path, as_version=4)
    for cell in made.cells:
        cell.outputs = []
    nbformat.write(made, path)


@pytest.fixture
def front(tmp_path: Path, kit: Kit) -> Front:
    return Front(tmp_path / "work", kit.clip())


@pytest.mark.parametrize("saved", ["with its outputs", "cleared"])
def test_a_notebook_that_is_renamed_and_moved_keeps_its_project(front: Front, saved: str) -> None:
    path = front.cut("Untitled.ipynb")
    if saved == "cleared":
        clear(path)
    first = front.run(path)
    assert (first["name"], first["seconds"]) == ("Untitled", 2)
    renamed = path.rename(path.with_name("film.ipynb"))
    second = front.run(renamed)
    assert (second["name"], second["id"], second["seconds"]) == ("film", first["id"], 2)
    assert "the notebook was called 'Untitled'" in second["said"]
    moved = front.folder / "talks" / "film.ipynb"
    moved.parent.mkdir()
    assert front.run(renamed.rename(moved))["session"] == first["session"]
    untitled = front.run(front.write("Untitled.ipynb"))
    assert (untitled["seconds"], untitled["session"]) == (0, None), "the next Untitled is another notebook"


def test_one_that_another_program_saved_is_the_same(front: Front) -> None:
    path = front.cut("film.ipynb")
    clear(path)
    beside = path.with_name("film.ipynb.new")
    shutil.copyfile(path, beside)
    beside.replace(path)  # as git and many editors do it: another file under the same name
    assert front.run(path)["seconds"] == 2


def test_one_that_was_moved_to_another_disk_is_known_by_what_it_shows(front: Front) -> None:
    path = front.cut("film.ipynb")
    elsewhere = front.folder / "elsewhere" / "talk.ipynb"
    elsewhere.parent.mkdir()
    shutil.copyfile(path, elsewhere)
    path.unlink()
    found = front.run(elsewhere)
    assert (found["name"], found["seconds"]) == ("talk", 2)


def test_one_of_a_form_whose_cells_have_no_ids(front: Front) -> None:
    path = front.cut("film.ipynb")
    clear(path)
    old = json.loads(path.read_text("utf-8")) | {"nbformat_minor": 4}
    for cell in old["cells"]:
        del cell["id"]
    path.write_text(json.dumps(old), "utf-8")
    assert front.run(path)["seconds"] == 2
    assert front.run(path.rename(path.with_name("talk.ipynb")))["seconds"] == 2


def test_one_that_was_deleted_leaves_nothing_to_the_next_of_its_name(front: Front) -> None:
    path = front.cut("Untitled.ipynb")
    before = path.stat().st_ino
    path.unlink()
    following = front.write("Untitled.ipynb")
    if following.stat().st_ino != before:
        pytest.skip("here a new file never gets the number of a deleted one")
    assert front.run(following)["seconds"] == 0


def test_a_copy_begins_with_a_copy_and_goes_its_own_way(front: Front) -> None:
    path = front.cut("lesson.ipynb")
    copy = path.with_name("lesson-Copy1.ipynb")
    shutil.copyfile(path, copy)
    begun = front.run(copy)
    assert (begun["name"], begun["seconds"]) == ("lesson-Copy1", 2)
    assert "new project 'lesson-Copy1', a copy of 'lesson' as its notebook is one" in begun["said"]
    with nemo.connect(session=begun["session"]) as project:
        assert [turn.text for turn in project.conversation] == ["trim it to 2 seconds"]
        assert [asset.name for asset in project.assets] == ["clip.mp4"]
        project.undo()
    assert front.run(copy)["seconds"] == 4
    original = front.run(path)
    assert (original["name"], original["seconds"]) == ("lesson", 2)
    assert original["id"] != begun["id"]
    assert nemo.projects()["notebook"].tolist()[:2] == [str(copy), str(path)]


def test_a_copy_that_gets_a_name_of_the_others_past_is_a_copy_all_the_same(front: Front) -> None:
    path = front.cut("first.ipynb")
    own = front.run(path)["id"]
    renamed = path.rename(path.with_name("second.ipynb"))
    assert front.run(renamed)["id"] == own
    copied = Path(shutil.copy(renamed, path))
    copy = front.run(copied)
    assert (copy["id"] != own, copy["seconds"]) == (True, 2)
    assert "copy" in copy["said"]
    assert front.run(renamed)["id"] == own
    assert front.run(copied)["id"] == copy["id"]


def test_a_copy_of_one_that_was_renamed_while_nobody_looked_is_a_copy(front: Front) -> None:
    path = front.cut("before.ipynb")
    own = front.run(path)["id"]
    made = nbformat.read(path, as_version=4)
    for cell in made.cells:
        cell["id"] = uuid.uuid4().hex[:8]  # every cell is a new one, and shows what the old ones showed
    nbformat.write(made, path)
    renamed = path.rename(path.with_name("after.ipynb"))
    copy = front.run(Path(shutil.copy(renamed, path.with_name("after-Copy1.ipynb"))))
    assert copy["id"] != own
    assert front.run(renamed)["id"] == own


def test_two_of_one_name_are_two(front: Front) -> None:
    front.cut("week1/lesson.ipynb")
    second = front.run(front.write("week2/lesson.ipynb"))
    assert (second["name"], second["seconds"]) == ("lesson", 0)


def test_vs_code_tells_it_by_a_variable(front: Front) -> None:
    path = front.folder / "film.ipynb"
    told = f"__vsc_ipynb_file__ = {str(path)!r}\n{STUDIO}"
    upload = f"studio.project.upload({str(front.clip)!r})"
    front.write("film.ipynb", upload, studio=told)
    first = front.run(path, NEMO="no variable of the environment")
    assert (first["name"], first["seconds"]) == ("film", 4)
    again = front.run(path, NEMO="")
    assert (again["id"], again["seconds"]) == (first["id"], 4), (
        "another kernel, the same project, and its clip once"
    )


def test_where_no_notebook_is_told_each_kernel_has_its_own(front: Front) -> None:
    """As under Voila, where each visitor has a kernel."""
    upload = f"studio.project.upload({str(front.clip)!r})"
    path = front.write("film.ipynb", upload, STUDIO)
    visitors = [front.run(path, NEMO="") for _ in range(2)]
    assert [visitor["seconds"] for visitor in visitors] == [4, 4], "the cell that was run again found its own"
    assert visitors[0]["session"] != visitors[1]["session"]


def test_a_visitor_sees_nothing_that_is_stored(front: Front) -> None:
    """Whatever his page asks for: not the list, and not the project of a notebook whose path he knows."""
    film = front.cut("film.ipynb")
    asks = f"""
bar = studio.children[0]
before = studio.project.id
bar._do_list(); bar._do_delete(studio.project.session_id); bar._do_notebook({film.name!r})
print("SEEN", bar.doc["shelf"], bar.doc["projects"], studio.project.id == before)
"""
    upload = f"studio.project.upload({str(front.clip)!r})"
    visit = front.write("visit.ipynb", upload, asks)
    seen = front.run(visit, SERVER_SOFTWARE="voila/0.5.13", JPY_SESSION_NAME=str(film))
    assert "SEEN False [] True" in seen["said"]
    assert (seen["name"], seen["seconds"]) == ("project", 4)


def test_a_kernel_that_another_one_started_is_not_of_the_others_notebook(front: Front) -> None:
    """Such as those of papermill, or of a Voila that was started in a notebook: they get its environment."""
    path = front.cut("film.ipynb")
    theirs = front.write("inner.ipynb")
    run = (
        f"import pathlib, sys, threading; sys.path.insert(0, {str(Path(notebook.__file__).parent)!r})\n"
        f"import notebook\ninner = threading.Thread(target=notebook.again, args=[pathlib.Path({str(theirs)!r})])\n"
        "inner.start(); inner.join()"
    )
    made = nbformat.read(path, as_version=4)
    made.cells.insert(1, nbformat.v4.new_code_cell(run))
    nbformat.write(made, path)
    assert front.run(path)["seconds"] == 2
    inner = shown(nbformat.read(theirs, as_version=4))
    assert (inner["name"], inner["seconds"]) == ("project", 0)


def test_a_kernel_keeps_its_project_when_it_is_restarted(front: Front) -> None:
    """Whatever its notebook is called by then: what a kernel was told it is told again."""
    path = front.write("film.ipynb", f"studio.project.upload({str(front.clip)!r})")
    made = nbformat.read(path, as_version=4)
    client = NotebookClient(made, timeout=120, resources={"metadata": {"path": str(path.parent)}})
    client.create_kernel_manager().connection_file = str(front.folder / f"kernel-{uuid.uuid4()}.json")

    async def work() -> None:
        environment = {**os.environ, "JPY_SESSION_NAME": str(path)}
        async with client.async_setup_kernel(env=environment):
            for number, cell in enumerate(made.cells):
                await client.async_execute_cell(cell, number)
            path.rename(path.with_name("talk.ipynb"))
            front.write("film.ipynb")  # another one has its name now
            await client.km.restart_kernel(now=True)
            await client.kc.wait_for_ready(timeout=60)
            for number in (0, 2):
                await client.async_execute_cell(made.cells[number], number)

    asyncio.run(work())
    assert shown(made)["seconds"] == 4


def test_a_project_of_a_notebooks_name_is_adopted(own_home: Path, tmp_path: Path, kit: Kit) -> None:
    shutil.copytree(HOMES / "0.1.0-names", own_home)
    for path in own_home.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    front = Front(tmp_path / "work", kit.clip())
    assert sorted(nemo.projects()["name"]) == ["lesson", "project"]
    assert nemo.projects().set_index("name")["duration"].to_dict() == {"lesson": 2, "project": 3}
    path = front.write("lesson.ipynb")
    found = front.run(path)
    assert (found["name"], found["seconds"]) == ("lesson", 2)
    renamed = front.run(path.rename(path.with_name("talk.ipynb")))
    assert (renamed["name"], renamed["session"]) == ("talk", found["session"])
    assert front.run(front.write("lesson.ipynb"))["seconds"] == 0, "it is the other one's by now"
    visitor = front.run(front.write("visit.ipynb"), NEMO="")
    assert visitor["seconds"] == 0, "a project of nobody's is not a visitor's"


def test_a_script_and_each_thread_have_their_own() -> None:
    code = (
        "import threading, nemo_nb as nemo\n"
        "ids = [nemo.Studio().project.id, nemo.Studio().project.id]\n"
        "thread = threading.Thread(target=lambda: ids.append(nemo.Studio().project.id))\n"
        "thread.start(); thread.join()\n"
        "print(ids[0] == ids[1], ids[0] == ids[2])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_what_is_left_in_the_notebook_is_the_id_beside_plain_html(front: Front) -> None:
    path = front.cut("film.ipynb")
    found = front.run(path)
    outputs = [output for cell in nbformat.read(path, as_version=4).cells for output in cell.outputs]
    left = [output.data for output in outputs if "application/vnd.nemo-nb+json" in output.get("data", {})]
    assert [data["application/vnd.nemo-nb+json"] for data in left] == [{"project": found["id"]}]
    assert "trim it to 2 seconds" in left[0]["text/html"]


def test_a_studio_on_a_project_of_ones_own_leaves_the_notebooks_alone(front: Front) -> None:
    path = front.cut("film.ipynb")
    other = "import nemo_nb as nemo\nstudio = nemo.Studio(nemo.connect(project='other'))\nstudio"
    made = nbformat.read(path, as_version=4)
    made.cells[0].source = other
    nbformat.write(made, path)
    assert front.run(path)["name"] == "other"
    made.cells[0].source = STUDIO
    nbformat.write(made, path)
    assert front.run(path)["seconds"] == 2
