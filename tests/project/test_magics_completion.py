"""The Tab key after `%nemo`, in a real IPython shell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from IPython.core.completer import provisionalcompleter


@pytest.fixture
def shell(global_shell, folder: Path) -> Iterator:
    for name in ("clip.mp4", "Cliff.mov", "my clip.mp4", "notes.txt", ".hidden.mp4"):
        (folder / name).touch()
    (folder / "the takes").mkdir()
    (folder / "the takes" / "one.wav").touch()
    global_shell.run_line_magic("load_ext", "nemo_nb")
    yield global_shell
    global_shell.run_line_magic("unload_ext", "nemo_nb")


def after(shell, code: str) -> list[str]:
    """The cell as each offer would make it, with the cursor at the end of the code."""
    with provisionalcompleter():
        return [code[: item.start] + item.text for item in shell.Completer.completions(code, len(code))]


def test_the_commands(shell) -> None:
    offered = after(shell, "%nemo ")
    assert offered == [
        f"%nemo {name}"
        for name in ("credits", "export", "history", "redo", "status", "timeline", "undo", "upload")
    ]
    assert after(shell, "%nemo u") == ["%nemo undo", "%nemo upload"]
    assert after(shell, "table = %nemo ti") == ["table = %nemo timeline"]
    assert after(shell, "import os\n%nemo ex") == ["import os\n%nemo export"]


def test_media_files_and_folders_and_no_others(shell) -> None:
    assert after(shell, "%nemo upload ") == [
        "%nemo upload Cliff.mov",
        "%nemo upload clip.mp4",
        "%nemo upload 'my clip.mp4'",
        "%nemo upload 'the takes/",
    ]
    assert after(shell, "%nemo upload cli") == ["%nemo upload Cliff.mov", "%nemo upload clip.mp4"]
    assert after(shell, "%nemo upload clip.mp4 m") == ["%nemo upload clip.mp4 'my clip.mp4'"]
    assert after(shell, "%nemo export cl") == ["%nemo export Cliff.mov", "%nemo export clip.mp4"]


@pytest.mark.parametrize("typed", ["'my cl", '"my cl', "my\\ cl", "my"])
def test_names_with_spaces_however_they_are_begun(shell, typed: str) -> None:
    assert after(shell, f"%nemo upload {typed}") == ["%nemo upload 'my clip.mp4'"]


def test_into_a_folder(shell) -> None:
    assert after(shell, "%nemo upload 'the takes/") == ["%nemo upload 'the takes/one.wav'"]


def test_the_names_of_variables_in_braces(shell) -> None:
    shell.user_ns["seconds_to_keep"] = 4
    assert after(shell, "%%nemo\ntrim it to {seconds_to") == ["%%nemo\ntrim it to {seconds_to_keep"]
    assert after(shell, "%nemo trim it to {seconds_to") == ["%nemo trim it to {seconds_to_keep"]


def test_elsewhere_it_keeps_quiet(shell) -> None:
    shell.user_ns["uploaded"] = 1
    assert "uploaded" in after(shell, "uplo")
    assert "upload" not in after(shell, "uplo")
    assert not [text for text in after(shell, "%nemo mute ") if "clip.mp4" in text and "'" in text]


def test_unloading_takes_it_away(global_shell) -> None:
    before = list(global_shell.Completer.custom_matchers)
    global_shell.run_line_magic("load_ext", "nemo_nb")
    global_shell.run_line_magic("unload_ext", "nemo_nb")
    assert global_shell.Completer.custom_matchers == before
