from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from IPython.testing.globalipapp import start_ipython
from kit import Kit

import nemo_nb as nemo


@pytest.fixture(scope="session")
def global_shell():
    """A real IPython shell; a process can have one only."""
    return start_ipython()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the notebook runs."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def project(folder: Path) -> Iterator[nemo.Project]:
    with nemo.connect() as project:
        yield project


@pytest.fixture
def clip_project(project: nemo.Project, kit: Kit) -> nemo.Project:
    """A project with a 4 s clip on the timeline and a tune waiting."""
    project.upload(kit.clip(), kit.tune())
    return project
