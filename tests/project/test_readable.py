"""Errors that people can read: what a notebook shows of them, and what is said of an operation written wrongly."""

from __future__ import annotations

from pathlib import Path

import notebook
import pytest

import nemo_nb as nemo

WRONG = """import nemo_nb as nemo
def film(name):
    project = nemo.connect(project="a")
    return project.upload(name)

film("nowhere.mp4")"""


def test_a_notebook_shows_the_sentence_the_next_step_and_ones_own_line(tmp_path: Path) -> None:
    run = notebook.execute([WRONG, f"%xmode Verbose\n{WRONG}"], tmp_path, allow_errors=True)
    short, whole = (
        next(output for output in cell.outputs if output.output_type == "error") for cell in run.cells
    )
    assert (short.ename, len(short.traceback)) == ("MissingFile", 4)
    assert short.traceback[0].startswith("MissingFile: ")
    assert "nowhere.mp4" in short.traceback[0]
    assert short.traceback[1:] == [
        "→ Check the path; it is relative to the folder that this runs in.", "",
        "line 4: return project.upload(name)",
    ]  # fmt: skip
    shown = "\n".join(whole.traceback)
    assert "aio.py" in shown
    assert "MissingFile" in shown


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        ({"op": "add_txt"}, "there is no operation 'add_txt'; did you mean add_text? add_text takes text,"),
        ({"op": "dance"}, "Operation 1: there is no operation 'dance'. help("),
        ({"text": "Hi"}, "Operation 1 has no `op`"),
        ({"op": "add_text", "text": "Hi", "durration_ms": 5}, "it takes no durration_ms (did you mean duration_ms?)"),
        ({"op": "add_text"}, "('add_text') is not valid: text is missing. add_text takes text,"),
    ],
)  # fmt: skip
def test_an_operation_that_is_written_wrongly(
    project: nemo.Project, operation: dict[str, object], said: str
) -> None:
    with pytest.raises(nemo.errors.DraftError) as raised:
        project.apply([operation])
    assert said in str(raised.value)
    assert "pydantic" not in str(raised.value)
    assert "discriminator" not in str(raised.value)
