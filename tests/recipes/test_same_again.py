"""The same recipe gives the same edit and the same video: in other homes, by other ways, with other threads."""

from __future__ import annotations

import hashlib
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import av
import pytest
from notebook import code_of, execute

import nemo_nb as nemo
from nemo_nb.engine.launch import retire

RECIPES = sorted((Path(__file__).parents[2] / "notebooks" / "recipes").glob("*.yaml"))


def run(recipe: Path, home: Path, out: Path, *arguments: str, **environment: str) -> dict[str, object]:
    """`nemo-nb run`, as a process of its own; what its last line says."""
    done = subprocess.run(
        [sys.executable, "-m", "nemo_nb", "run", str(recipe), "--out", str(out), *arguments],
        capture_output=True, text=True, env={**os.environ, "NEMO_NB_HOME": str(home), **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def decoded(path: Path) -> str:
    """A digest of every frame and every sample."""
    digest = hashlib.sha256()
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            digest.update(frame.to_ndarray(format="yuv420p").tobytes())
    with av.open(str(path)) as container:
        for sound in container.decode(audio=0):
            digest.update(sound.to_ndarray().tobytes())
    return digest.hexdigest()


def psnr(one: Path, other: Path) -> float:
    """In dB, over all frames of both: they must have as many."""
    import numpy as np

    error, values = 0.0, 0
    with av.open(str(one)) as first, av.open(str(other)) as second:
        pairs = zip(first.decode(video=0), second.decode(video=0), strict=True)
        for a, b in pairs:
            a, b = (frame.to_ndarray(format="yuv420p").astype("float64") for frame in (a, b))
            error += float(((a - b) ** 2).sum())
            values += a.size
    return math.inf if not np.any(error) else 10 * math.log10(255**2 * values / error)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory):
    made = [tmp_path_factory.mktemp(f"home{number}") for number in range(3)]
    yield made
    for home in made:
        retire(home)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda path: path.stem)
def test_the_recipes_of_this_repository(recipe: Path, homes: list[Path], tmp_path: Path) -> None:
    assert nemo.Recipe.load(recipe).verify()
    outs = [tmp_path / name for name in ("one.mp4", "two.mp4", "other.mp4")]
    one, two = (run(recipe, home, out) for home, out in zip(homes[:2], outs, strict=False))
    assert one["hash"] == two["hash"]
    assert decoded(outs[0]) == decoded(outs[1])

    shelf = homes[0] / "recipe-inputs" / "samples-4"
    same_files = ("--input", f"city={shelf / 'city.mp4'}", "--input", f"tune={shelf / 'tune.mp3'}")
    other = run(recipe, homes[2], outs[2], *same_files, NEMO_NB_THREADS="1")
    assert other["edit_hash"] == one["edit_hash"] == nemo.Recipe.load(recipe).holds.edit_hash
    assert psnr(outs[0], outs[2]) >= 45


def test_one_edit_from_notebook_script_and_command_line(folder: Path, clip: Path, tune: Path) -> None:
    """Made in a notebook; made again from its script, its notebook and the command line, each in a home of its own."""
    cells = [
        "import nemo_nb as nemo",
        "project = nemo.connect()\nproject.upload('clip.mp4', 'lofi.mp3')",
        "project.say('add this background music to my video and fade it out at the end')",
        "project.say(\"put the title 'It\\'s 1:30' at the start\")",
        "project.apply([{'op': 'volume', 'segments': ['seg-2'], 'volume': 0.5}])",
        "project.export('made.mp4')",
        "recipe = project.recipe()\nrecipe.save('edit.yaml')",
        "recipe.to_script('edit.py')\nrecipe.to_notebook('edit.ipynb')\nprint(project.draft.hash)",
    ]
    homes = [folder.parent / name for name in ("a", "b", "c", "d")]
    try:
        made = execute(cells, folder, NEMO_NB_HOME=str(homes[0])).cells[-1].outputs[-1].text.strip()
        (folder / "made.mp4").unlink()
        script = subprocess.run(
            [sys.executable, "edit.py"],
            cwd=folder, capture_output=True, text=True, env={**os.environ, "NEMO_NB_HOME": str(homes[1])},
        )  # fmt: skip
        assert script.returncode == 0, script.stderr
        (folder / "made.mp4").unlink()
        notebook = execute(code_of(folder / "edit.ipynb"), folder, NEMO_NB_HOME=str(homes[2]))
        line = run(folder / "edit.yaml", homes[3], folder / "results")
    finally:
        for home in homes:
            retire(home)
    assert script.stdout.split()[-2:] == ["True", made]
    assert notebook.cells[-1].outputs[-1].text.split() == ["True", made]
    assert line["hash"] == made
    assert line["videos"] == [str(folder / "results" / "made.mp4")]


def test_the_command_line_says_what_is_wrong(folder: Path, clip: Path, tune: Path) -> None:
    def fails(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "nemo_nb", "run", *arguments], capture_output=True, text=True, cwd=folder
        )
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        return done.stderr

    recipe = str(next(path for path in RECIPES if path.stem == "postcard"))
    assert "no recipe at" in fails("nowhere.yaml", "--out", "out.mp4")
    assert "NAME=VALUE" in fails(recipe, "--out", "out.mp4", "--input", "city")
    assert "no parameter" in fails(recipe, "--out", "out.mp4", "--parameter", "size=3")
    (folder / "out.mp4").write_bytes(b"precious")
    assert "--force" in fails(recipe, "--out", "out.mp4")
    assert (folder / "out.mp4").read_bytes() == b"precious"
