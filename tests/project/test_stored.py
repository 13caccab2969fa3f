"""The projects that are stored: listed, found by nearly their names, renamed and copied."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pandas as pd
import pytest
from kit import Kit

import nemo_nb as nemo
from nemo_nb.testing import ScriptedBackend


def test_the_list_has_each_project_with_what_one_looks_for(own_home: Path, folder: Path, kit: Kit) -> None:
    assert nemo.projects().empty
    assert nemo.projects().columns.tolist() == [
        "name", "session", "notebook", "changed", "duration", "size",
    ]  # fmt: skip
    with nemo.connect(project="first") as first, nemo.connect(project="second") as second:
        first.upload(kit.clip())
        second.upload(kit.clip("b.mp4", 3), kit.tune())
        first.say("trim it to 2 seconds")
        listed = nemo.projects()
        assert listed["name"].tolist() == ["first", "second"], "the one that was changed last is the first"
        assert listed["session"].tolist() == [first.session_id, second.session_id]
        assert listed["duration"].tolist() == [2, 3]
        assert listed["size"].tolist() == [
            kit.clip().stat().st_size, kit.clip("b.mp4", 3).stat().st_size + kit.tune().stat().st_size,
        ]  # fmt: skip
        assert listed["changed"].is_monotonic_decreasing
        assert pd.Timestamp.now("UTC") - listed["changed"].max() < pd.Timedelta("5min")
        second.delete()
    assert nemo.projects()["name"].tolist() == ["first"]
    with nemo.connect(session=nemo.projects()["session"][0]) as again:
        assert again.draft.duration_ms == 2000


def test_a_plain_backend_lists_what_was_written_down(own_home: Path) -> None:
    with ScriptedBackend() as backend, nemo.connect(backend.url, project="trailer") as project:
        project.say("hello")
        listed = nemo.projects(backend.url)
        with pytest.raises(nemo.errors.NotSupportedByBackend):
            project.copy("short")
        project.rename("teaser")
        assert nemo.projects(backend.url)["name"].tolist() == ["teaser"]
    assert listed["name"].tolist() == ["trailer"]
    assert listed[["duration", "size"]].isna().all(axis=None)


def test_a_name_that_two_projects_have_is_told(
    own_home: Path, folder: Path, kit: Kit, capsys: pytest.CaptureFixture[str]
) -> None:
    with nemo.connect(project="day") as project, nemo.connect(project="night") as other:
        project.upload(kit.clip())
        other.upload(kit.clip())
        capsys.readouterr()
        project.copy("day").close()
        assert "another project is called 'day' too" in capsys.readouterr().err
        project.copy("dusk").close()
        other.rename("dawn")
        assert not capsys.readouterr().err
        other.rename("dusk")
        assert "another project is called 'dusk' too" in capsys.readouterr().err


def test_a_project_is_found_by_the_name_that_it_was_given(own_home: Path, folder: Path, kit: Kit) -> None:
    with nemo.connect(project="Untitled") as project:
        project.rename(" trailer ")
        assert project.name == "trailer"
        project.upload(kit.clip())
        id = project.id
        project.name = "teaser"
        assert project.status().name == "teaser"
        assert project.export().path.name == "teaser.mp4"
    with nemo.connect(project="teaser") as again:
        assert (again.id, again.draft.duration_ms) == (id, 4000)
        for nothing in ("", "  "):
            with pytest.raises(nemo.errors.InvalidInput, match="needs a name"):
                again.rename(nothing)
    with nemo.connect(project="trailer") as another:
        assert another.draft.duration_ms == 0


def test_a_copy_has_all_of_it_and_goes_its_own_way(clip_project: nemo.Project) -> None:
    clip_project.say("trim it to 2 seconds")
    clip_project.export("out.mp4")
    copy = clip_project.copy("short")
    assert (copy.name, copy.draft.hash) == ("short", clip_project.draft.hash)
    assert copy.history == clip_project.history
    assert [turn.text for turn in copy.conversation] == [turn.text for turn in clip_project.conversation]
    assert [asset.name for asset in copy.assets] == ["clip.mp4", "lofi.mp3"]
    assert copy.exports == []
    assert not copy.recipe().verify().parts
    copy.say("mute it")
    assert copy.undo(2)
    assert (copy.draft.duration_ms, clip_project.draft.duration_ms) == (4000, 2000)
    clip_project.delete()
    assert copy.export("copy.mp4").path.exists(), "its files are its own, too"


def test_copies_without_a_name_are_numbered(own_home: Path, folder: Path, kit: Kit) -> None:
    with nemo.connect(project="film") as project:
        assert project.copy().name == "film copy", "before anything was done it is just another one"
        project.upload(kit.clip())
        assert [project.copy().name for _ in range(2)] == ["film copy", "film copy 2"]


def test_the_copy_is_awaited_as_well(clip_project: nemo.Project) -> None:
    async def lengths() -> list[int]:
        async with await nemo.aconnect(session=clip_project.session_id) as project:
            copy = await project.copy("short")
            await copy.say("trim it to 1 second")
            return [(await each.draft).duration_ms for each in (project, copy)]

    assert asyncio.run(lengths()) == [4000, 1000]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("trialer", "new project 'trialer' (there is 'trailer')"),
        ("Trailer", "new project 'Trailer' (there is 'trailer')"),
        ("lecture 2", "new project 'lecture 2'\n"),
        ("lectrue 1", "new project 'lectrue 1' (there is 'lecture 1')"),
        ("something else", "new project 'something else'\n"),
        ("trailer", "project 'trailer' reopened"),
    ],
)
def test_a_name_that_is_nearly_another_is_told(
    stored_names: None, named: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    nemo.connect(project=named).close()
    assert said in capsys.readouterr().err


@pytest.fixture(scope="module")
def stored_names(shared_home: Path, kit: Kit) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEMO_NB_HOME", str(shared_home))
        for name in ("trailer", "lecture 1"):
            with nemo.connect(project=name) as project:
                project.upload(kit.clip())
