"""The reference is what the docstrings say, and their examples run."""

from __future__ import annotations

import asyncio
import doctest
import inspect
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kit import Kit

import nemo_nb as nemo

DOCS = Path(__file__).parents[2] / "docs"
BUILD = runpy.run_path(str(DOCS / "build_reference.py"))
NAMES = [name for name in nemo.__all__ if name != "__version__"]
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kit: Kit) -> Iterator[dict[str, Any]]:
    """What the examples take for granted; see the head of the reference."""
    monkeypatch.chdir(tmp_path)
    clip, tune = tmp_path / "clip.mp4", tmp_path / "tune.mp3"
    clip.hardlink_to(kit.clip())
    tune.hardlink_to(kit.tune())
    with nemo.connect() as project:
        project.upload(clip, tune)
        project.say("add this background music to my video and fade it out at the end")
        project.say("put the title 'Urban Dreams' at the start for 3 seconds")
        recipe = project.recipe()
        yield {
            "nemo": nemo,
            "project": project,
            "clip": clip,
            "tune": tune,
            "recipe": recipe,
            "asyncio": asyncio,
        }


def examples_of(name: str) -> list[doctest.DocTest]:
    """Those of a public name and of all that it documents."""
    item = getattr(nemo, name)
    documented = {name: item}
    if inspect.isclass(item):
        documented |= {f"{name}.{inner}": member for inner, member in BUILD["members"](item).items()}
    parser = doctest.DocTestParser()
    texts = {key: inspect.getdoc(member) or "" for key, member in documented.items()}
    tests = [parser.get_doctest(text, {}, key, None, 0) for key, text in texts.items()]
    return [test for test in tests if test.examples]


def test_every_public_name_is_in_the_reference() -> None:
    assert sorted(name for names in BUILD["GROUPS"].values() for name in names) == sorted(NAMES)
    assert (DOCS / "reference.md").read_text("utf-8") == BUILD["reference"](), (
        "run python docs/build_reference.py"
    )


@pytest.mark.parametrize("name", NAMES)
def test_its_examples_run(name: str, names: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    tests = examples_of(name)
    assert any(test.name == name for test in tests), f"{name} has no example"
    for test in tests:
        assert not any(doctest.SKIP in example.options for example in test.examples), (
            f"{test.name} skips an example"
        )
        test.globs = dict(names)
        told: list[str] = []
        outcome = doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=told.append)
        assert not outcome.failed, "".join(told)
