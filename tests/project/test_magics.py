"""`%nemo` and `%%nemo`, in a real IPython shell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit import Kit

import nemo_nb as nemo


@pytest.fixture
def shell(global_shell, folder: Path) -> Iterator:
    global_shell.run_line_magic("load_ext", "nemo_nb")
    yield global_shell
    global_shell.run_line_magic("unload_ext", "nemo_nb")
    if project := global_shell.user_ns.pop("project", None):
        project.close()


def test_a_whole_edit_by_magics(shell, kit: Kit, folder: Path) -> None:
    shell.run_line_magic("nemo", f"upload '{kit.clip()}' '{kit.tune()}'")
    reply = shell.run_cell_magic(
        "nemo", "", "add this background music to my video\nand fade it out at the end"
    )
    assert "lofi" in reply.text
    assert shell.run_line_magic("nemo", "status").startswith("Timeline (2 tracks)")
    assert len(shell.run_line_magic("nemo", "timeline")) == 2
    assert shell.run_line_magic("nemo", "undo")
    assert shell.run_line_magic("nemo", "redo")
    assert shell.run_line_magic("nemo", "credits").available == 100
    assert shell.run_line_magic("nemo", "export out.mp4").path == folder / "out.mp4"


def test_it_works_on_the_notebooks_own_project(shell, clip_project: nemo.Project) -> None:
    shell.user_ns["project"] = clip_project
    assert shell.run_line_magic("nemo", "mute it").changes
    assert next(clip_project.draft.segments).muted


def test_variables_in_braces_are_filled_in_and_other_braces_stay(shell, clip_project: nemo.Project) -> None:
    shell.user_ns |= {"project": clip_project, "seconds": 2}
    shell.run_cell_magic("nemo", "", "trim it to the first {seconds} seconds")
    assert clip_project.draft.duration_ms == 2000
    shell.run_cell_magic("nemo", "", 'add the title "a {curly} set"')
    assert [segment.text for segment in clip_project.draft.segments][-1] == "a {curly} set"


def test_braces_take_attributes_and_formats_and_are_filled_in_once(
    shell, clip_project: nemo.Project, kit: Kit, folder: Path
) -> None:
    (folder / "a b.mp4").write_bytes(kit.clip().read_bytes())
    shell.user_ns |= {
        "project": clip_project,
        "clip": folder / "a b.mp4",
        "ratio": 0.5,
        "title": "{ratio} set",
    }
    shell.run_line_magic("nemo", "upload {clip}")
    assert [asset.name for asset in clip_project.assets][-1] == "a b.mp4"
    shell.run_cell("%nemo add the title '{title} of {clip.name} at {ratio:.0%} {nothing}' for 2 seconds")
    assert [segment.text for segment in clip_project.draft.segments][-1] == (
        "{ratio} set of a b.mp4 at 50% {nothing}"
    )


def test_alone_it_tells_what_it_can_do(shell, capsys: pytest.CaptureFixture) -> None:
    shell.run_line_magic("nemo", "")
    told = capsys.readouterr().out
    assert "%nemo upload clip.mp4" in told
    assert all(f"%nemo {command}" in told for command in ("export", "status", "undo", "history", "credits"))
    assert "project" not in shell.user_ns, "and starts nothing"


def test_an_apostrophe_is_no_open_quote(shell, clip_project: nemo.Project) -> None:
    shell.user_ns["project"] = clip_project
    assert shell.run_line_magic("nemo", "what's on the timeline?").text


def test_unloading_takes_the_magic_away(global_shell) -> None:
    global_shell.run_line_magic("load_ext", "nemo_nb")
    global_shell.run_line_magic("unload_ext", "nemo_nb")
    assert global_shell.find_line_magic("nemo") is None


def test_a_sentence_that_begins_like_a_command_is_said(
    shell, clip_project: nemo.Project, folder: Path
) -> None:
    shell.user_ns["project"] = clip_project
    assert shell.run_line_magic("nemo", "export it as 240p").routes == ("export",)
    assert not (folder / "it.mp4").exists()
    clip_project.say("mute it")
    clip_project.say("trim it to 2 seconds")
    shell.run_line_magic("nemo", "undo 2")
    assert clip_project.draft.duration_ms == 4000


def test_it_follows_the_project_in_use_whatever_its_name(shell, clip_project: nemo.Project) -> None:
    with nemo.connect() as other, nemo.connect() as closed:
        shell.user_ns |= {"film": clip_project, "other": other, "closed": closed}
        clip_project.say("how long is it?")
        closed.close()
        assert shell.run_line_magic("nemo", "mute it").changes
        assert next(clip_project.draft.segments).muted
        studio = nemo.Studio(other)
        del shell.user_ns["other"]
        shell.user_ns["studio"] = studio
        assert other.draft.duration_ms == 0
        assert shell.run_line_magic("nemo", "status") == str(other.status())
        studio.close()
        for name in ("film", "closed", "studio"):
            del shell.user_ns[name]
