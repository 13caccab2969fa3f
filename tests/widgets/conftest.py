"""Projects for the widgets to be on, and comms that keep what the widgets say."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import comm
import ipywidgets
import pytest
from kit import Kit
from widgets.pretend import RecordingComm

import nemo_nb as nemo


@pytest.fixture
def comms(monkeypatch: pytest.MonkeyPatch) -> type[RecordingComm]:
    """Widgets talk to comms that keep what is said."""
    importlib.import_module("ipykernel.ipkernel")  # whenever it comes first, it puts its own maker there
    monkeypatch.setattr(comm, "create_comm", RecordingComm)
    return RecordingComm


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the notebook runs."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    return here


@pytest.fixture
def opened(folder: Path, comms: type[RecordingComm]) -> Iterator[Callable[..., nemo.Project]]:
    """`nemo.connect`, whose projects are closed at the end, after the widgets on them."""
    projects: list[nemo.Project] = []

    def connect(**options: Any) -> nemo.Project:
        projects.append(nemo.connect(**{"language": "en", **options}))
        return projects[-1]

    yield connect
    ipywidgets.Widget.close_all()
    for project in projects:
        project.close()


@pytest.fixture
def project(opened: Callable[..., nemo.Project]) -> nemo.Project:
    return opened()


@pytest.fixture
def clip_project(project: nemo.Project, kit: Kit) -> nemo.Project:
    """A project with a 4 s clip on the timeline and a tune waiting."""
    project.upload(kit.clip(), kit.tune())
    return project
