from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit import Kit

import nemo_nb as nemo

FLAGSHIP = "add this background music to my video and fade it out at the end"
TITLE = "put the title 'Urban Dreams' at the start for 3 seconds"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the notebook runs."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def clip(folder: Path, kit: Kit) -> Path:
    return _linked(kit.clip(), folder / "clip.mp4")


@pytest.fixture
def tune(folder: Path, kit: Kit) -> Path:
    return _linked(kit.tune(), folder / "lofi.mp3")


def _linked(made: Path, path: Path) -> Path:
    path.hardlink_to(made)
    return path


@pytest.fixture
def project(clip: Path, tune: Path) -> Iterator[nemo.Project]:
    """A clip with music that fades out, and a title: three steps."""
    with nemo.connect() as project:
        project.upload(clip, tune)
        project.say(FLAGSHIP)
        project.say(TITLE)
        yield project


@pytest.fixture
def recipe(project: nemo.Project) -> nemo.Recipe:
    return project.recipe()
