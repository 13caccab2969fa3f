"""What people write who don't read the manual, where it can simply work: lists, patterns, folders, tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from kit import Kit

import nemo_nb as nemo
from nemo_nb.errors import ProjectClosed


@pytest.fixture
def media(folder: Path, kit: Kit) -> Path:
    for name in ("b.mp4", "a.mp4", ".hidden.mp4", "day 1/c.mp4"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).hardlink_to(kit.clip("a.mp4", 1))
    (folder / "tune.mp3").hardlink_to(kit.tune())
    (folder / "what?.mp4").hardlink_to(kit.clip("a.mp4", 1))
    return folder


def test_lists_and_patterns_are_files_one_by_one(project: nemo.Project, media: Path) -> None:
    for given, names in (
        (["b.mp4", media / "tune.mp3"], ["b.mp4", "tune.mp3"]),
        (["b.mp4", ["a.mp4"]], ["b.mp4", "a.mp4"]),
        ("?.mp4", ["a.mp4", "b.mp4"]),
        (str(media / "day*" / "*"), ["c.mp4"]),
        ("**/c.*", ["c.mp4"]),
        ("what?.mp4", ["what?.mp4"]),
        (media.glob("[ab].mp4"), None),
        (("new.mp4", "a.mp4"), ["new.mp4"]),
    ):
        uploaded = [asset.name for asset in project.upload(given)]
        assert uploaded == names or (names is None and sorted(uploaded) == ["a.mp4", "b.mp4"])


def test_an_export_goes_into_the_folder_that_is_named(clip_project: nemo.Project, folder: Path) -> None:
    (folder / "films").mkdir()
    paths = [clip_project.export(where).path for where in ("films", "films/", folder / "films")]
    assert paths == [folder / "films" / name for name in ("project.mp4", "project-2.mp4", "project-3.mp4")]
    assert clip_project.export("films", format="MP3").path.name == "project.mp3"


def test_a_table_that_was_changed_is_told_once(
    clip_project: nemo.Project, capsys: pytest.CaptureFixture[str]
) -> None:
    table = clip_project.timeline
    assert table.set_index("id").loc["seg-1", "end"] == 4
    table["seconds"] = table["end"] - table["start"]
    del table["volume"]
    clip_project.say("how long is it?")
    assert "table" not in capsys.readouterr().err, "more columns are nobody's edit"
    table.loc[0, "end"] = 2
    clip_project.say("how long is it?")
    assert "say what is to change" in capsys.readouterr().err
    clip_project.export("out.mp4")
    assert "table" not in capsys.readouterr().err


def _halved(project: nemo.Project) -> None:
    project.timeline.loc[0, "volume"] = 0.5


def _moved(project: nemo.Project) -> None:
    project.timeline["start"] += 1


@pytest.mark.parametrize("change", [_halved, _moved])
def test_a_table_that_has_no_name_is_told_as_well(
    clip_project: nemo.Project, capsys: pytest.CaptureFixture[str], change: Callable[[nemo.Project], None]
) -> None:
    change(clip_project)
    assert clip_project.timeline["volume"].tolist() == [1]
    assert "say what is to change" in capsys.readouterr().err
    assert clip_project.timeline["start"].tolist() == [0]
    assert "table" not in capsys.readouterr().err, "it is told once"


def test_what_changed_is_a_table_too(clip_project: nemo.Project) -> None:
    changes = clip_project.say("trim it to 2 seconds and mute it").changes
    assert "<td" in changes._repr_html_()
    assert "clip.mp4: muted" in changes._repr_html_()
    table = changes.frame()
    assert table["text"].tolist() == [str(change) for change in changes]
    assert table.columns.tolist() == ["kind", "subject", "field", "before", "after", "text"]
    assert [row["text"] for row in json.loads(json.dumps(changes.to_dict()))] == table["text"].tolist()
    assert pd.DataFrame(changes)["subject"].tolist() == table["subject"].tolist()
    assert clip_project.history[-1].changes.to_dict() == changes.to_dict()
    nothing = clip_project.say("how long is it?").changes
    assert (nothing.frame().empty, nothing._repr_html_()) == (True, "<p>Nothing changed.</p>")


def test_what_was_closed_is_opened_again_and_a_deleted_one_is_not(clip_project: nemo.Project) -> None:
    with nemo.connect(session=clip_project.session_id) as twin:
        twin.say("mute it")
    twin.close()
    with pytest.raises(ProjectClosed, match=f'connect\\(session="{clip_project.session_id}"\\)'):
        twin.say("mute it")
    assert twin.name == "project"
    clip_project.delete()
    for call in (clip_project.delete, clip_project.undo, clip_project.status):
        with pytest.raises(ProjectClosed, match="was deleted"):
            call()
    assert clip_project.start_new("next").draft.duration_ms == 0
