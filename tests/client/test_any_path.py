"""Whatever a user names as a place for a file: it is used, or an error of ours says what is wrong with it."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kit import Kit

import nemo_nb as nemo
from nemo_nb.errors import MissingFile, NemoError

NOWHERE = {
    "nobody's home": "~nobody-at-all/a", "a zero": "a\0b", "half a character": "a\ud83d", "too long": "a" * 300,
    "nobody's folder": "nowhere/at/all/a", "below a file": "clip.mp4/a",
}  # fmt: skip
PLACES: dict[str, Callable[[nemo.Project, str], Any]] = {
    "export": lambda project, place: project.export(f"{place}.mp4"),
    "recipe": lambda project, place: project.recipe().save(f"{place}.yaml"),
    "script": lambda project, place: project.recipe().to_script(f"{place}.py"),
    "replay": lambda project, place: project.recipe().replay({"clip": place}),
    "out": lambda project, place: project.recipe().replay({"clip": "clip.mp4"}, out=f"{place}.mp4"),
    "load": lambda project, place: nemo.Recipe.load(place),
    "upload": lambda project, place: project.upload(f"{place}.mp4"),
    "preview": lambda project, place: project.preview(at=0).save(f"{place}.png"),
    "played": lambda project, place: nemo.connect(cassette=place),
    "recorded": lambda project, place: nemo.connect("http://localhost:1", cassette=place),
    "samples": lambda project, place: nemo.make_samples(place, seconds=0),
}


@pytest.fixture(scope="module")
def project(shared_home: Path, kit: Kit) -> Iterator[nemo.Project]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEMO_NB_HOME", str(shared_home))
        with nemo.connect() as project:
            project.upload(kit.clip("clip.mp4", 1))
            yield project


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kit: Kit) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(kit.clip("clip.mp4", 1), tmp_path / "clip.mp4")
    return tmp_path


MADE = {(place, "nobody's folder") for place in ("out", "recorded", "samples")}  # which make what is missing


@pytest.mark.parametrize(("place", "kind"), sorted(set(itertools.product(PLACES, NOWHERE)) - MADE))
def test_no_place_at_all(project: nemo.Project, here: Path, place: str, kind: str) -> None:
    with pytest.raises(NemoError) as refused:
        PLACES[place](project, NOWHERE[kind])
    assert refused.value.next_step
    str(refused.value).encode()  # a notebook can show it
    assert [path.name for path in here.iterdir()] == ["clip.mp4"]


def test_a_name_that_is_no_text_is_uploaded_all_the_same(here: Path) -> None:
    strange = Path(os.fsdecode(os.fsencode(here) + b"/cl\xffip.mp4"))
    (here / "clip.mp4").rename(strange)
    with nemo.connect() as project:
        project.upload(strange)
        (asset,) = project.assets
        asset.name.encode()
        str(project.recipe()).encode()
        assert project.history[-1].text.encode()


def test_where_the_folder_is_gone(here: Path, kit: Kit) -> None:
    """Somebody has deleted the folder that the kernel works in."""
    with nemo.connect() as project:
        shutil.rmtree(here)
        project.upload(kit.clip("clip.mp4", 1))
        project.say("mute it")
        for place in (None, "out.mp4"):
            with pytest.raises(NemoError, match="is gone") as refused:
                project.export(place)
            assert "os.chdir" in refused.value.next_step
        recipe = project.recipe()
        for call in (
            lambda: recipe.save("a.yaml"),
            lambda: recipe.replay(),
            lambda: nemo.Recipe.load("a.yaml"),
        ):
            with pytest.raises(NemoError):
                call()
        with pytest.raises(MissingFile):
            project.upload("clip.mp4")
        kept = here.with_name("kept.mp4")
        assert project.export(kept).path.stat().st_size


def test_a_sample_has_a_length(here: Path) -> None:
    for seconds in (0, -1, 10**9):
        with pytest.raises(NemoError, match="from 1 to"):
            nemo.make_samples("samples", seconds=seconds)


def test_what_an_error_says_can_be_shown() -> None:
    assert str(NemoError("There is no a\ud83d.")).encode() == b"There is no a\\ud83d."


@pytest.mark.parametrize("value", ["abc", "-1", "0", "nan", "1e999", "", "9" * 5000, "١"])
@pytest.mark.parametrize("name", ["NEMO_NB_ENGINE_IDLE", "NEMO_NB_THREADS"])
def test_a_number_of_the_environment_that_is_none_is_as_if_it_was_not_there(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    from nemo_nb.media.limits import number_of

    monkeypatch.setenv(name, value)
    assert number_of(name, 7, most=64) == 7
    monkeypatch.setenv(name, "3")
    assert number_of(name, 7, most=64) == 3
