"""Every test keeps its things in a home of its own; engines that were started are ended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from counted import Counted, counted_engine
from hypothesis import settings
from kit import Kit
from xdist.scheduler import LoadFileScheduling

from nemo_nb.engine.launch import retire

# Hundreds of engines, kernels and commands are started here: compiling this package anew takes each half a second.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Deadlines measure the machine, not the code, and the machine is shared.
settings.register_profile("nemo", deadline=None)
settings.load_profile("nemo")

OURS = (
    "NEMO_TOKEN",
    "NEMO_API_URL",
    "NEMO_WEB_URL",
    "NEMO_CLIENT_ID",
    "SKILL_SOURCE",
    "NEMO_NB_HOME",
    "NEMO_NB_THREADS",
)


class ByFile(LoadFileScheduling):
    """A file's tests run in one process; all of those in a browser in one too, for they share it.

    The longest first: files go by name, and `browser` is the first.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "browser" if file.startswith("tests/browser/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home that tests share, and with it one engine: for those that only need a project of their own."""
    home = tmp_path_factory.mktemp("shared-home")
    yield home
    retire(home)


@pytest.fixture
def own_home(tmp_path: Path) -> Iterator[Path]:
    """A home for this test alone: for those that kill engines or look at files."""
    home = tmp_path / "home"
    yield home
    retire(home)


@pytest.fixture(autouse=True)
def _clean_environment(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, shared_home: Path
) -> None:
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    own = "own_home" in request.fixturenames
    monkeypatch.setenv("NEMO_NB_HOME", str(request.getfixturevalue("own_home") if own else shared_home))


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    """An engine that counts what reaches it; `nemo.connect(counted.url)` is signed in there."""
    with counted_engine(tmp_path / "counted") as engine:
        monkeypatch.setenv("NEMO_TOKEN", engine.token)
        yield engine


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    return Kit(tmp_path_factory.mktemp("media"))
