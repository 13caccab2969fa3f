"""What earlier versions left on the disk opens with all that was in it; what a later one left is let alone."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import nemo_nb as nemo
from nemo_nb.client import Journal
from nemo_nb.engine import migrations
from nemo_nb.engine.launch import find_or_start
from nemo_nb.errors import HomeFromLater, Unreachable

HOMES = Path(__file__).parents[1] / "homes"


@pytest.fixture(params=["0.1.0"])
def old_home(request: pytest.FixtureRequest, own_home: Path) -> Path:
    """A home as that version left it."""
    shutil.copytree(HOMES / request.param, own_home)
    for path in own_home.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return own_home


def database(home: Path) -> Path:
    return home / "engine" / "engine.sqlite3"


def version_of(home: Path) -> int:
    with closing(sqlite3.connect(database(home))) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_a_project_is_found_again_with_its_edit_its_history_and_what_was_said(old_home: Path) -> None:
    held = (old_home / "holiday.yaml").read_text("utf-8")
    assert version_of(old_home) == 0
    with nemo.connect(project="holiday") as project:
        assert f'hash: "{project.draft.hash}"' in held
        assert [asset.name for asset in project.assets] == ["clip.mp4", "tune.mp3"]
        assert [(turn.turn, turn.kind, turn.undone) for turn in project.history] == [
            (1, "upload", False), (2, "message", False), (3, "message", False), (4, "message", False),
            (5, "message", True), (6, "apply", False), (7, "message", False),
        ]  # fmt: skip
        assert [turn.text for turn in project.conversation][-1] == "how long is it?"
        assert [export.id for export in project.exports]
        assert not project.recipe().verify().parts
    assert version_of(old_home) == 3
    with nemo.connect(project="leer") as project:
        assert project.draft.duration_ms == 2000


def test_its_turns_tell_what_changed_and_what_it_came_to(old_home: Path) -> None:
    for _ in range(2):  # worked out the first time, kept from then on
        with nemo.connect(project="holiday") as project:
            history = project.history
            drafts = [project.draft_at(turn.turn) for turn in history]
        assert [turn.hash for turn in history] == [draft.hash for draft in drafts]
        assert list(history[1].changes) == drafts[0].diff(drafts[1])
        assert history[-1].changes == ()
    with closing(sqlite3.connect(database(old_home))) as db:
        assert not db.execute(
            "SELECT 1 FROM turns WHERE hash = '' AND session = ?", (project.session_id,)
        ).fetchone()


def test_it_goes_on_as_if_nothing_had_been(old_home: Path) -> None:
    with nemo.connect(project="holiday") as project:
        before = project.draft
        project.undo(turn=3)
        assert [item.kind for item in project.draft.segments] == ["video", "audio"]
        project.undo()
        assert project.draft == before
        project.undo(2)
        assert project.draft.duration_ms == 2000
        project.say("make it black and white")
        assert next(project.draft.segments).meta["filters"]


@pytest.mark.parametrize("name", ["holiday.yaml", "zh.yaml"])
def test_a_recipe_holds_and_can_be_made_again(old_home: Path, name: str) -> None:
    recipe = nemo.Recipe.load(old_home / name)
    assert str(recipe.verify()) == "It holds."
    blobs = {path.suffix: path for path in (old_home / "engine" / "blobs").rglob("*.mp?")}
    inputs = {"clip": blobs[".mp4"], "tune": blobs[".mp3"]}
    wanted = {key: path for key, path in inputs.items() if f"{key}:" in (old_home / name).read_text("utf-8")}
    assert str(recipe.replay(wanted).verify()) == "It holds."


def test_a_step_that_fails_leaves_the_database_as_it_was(
    old_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(db: sqlite3.Connection) -> None:
        db.execute("ALTER TABLE turns ADD COLUMN half TEXT")
        raise sqlite3.OperationalError("database or disk is full")

    with closing(sqlite3.connect(database(old_home), isolation_level=None)) as db:
        with monkeypatch.context() as patch:
            patch.setattr(migrations, "_STEPS", (migrations._first, fail))
            with pytest.raises(sqlite3.OperationalError):
                migrations.migrate(db)
        assert "half" not in {row[1] for row in db.execute("PRAGMA table_info(turns)")}
    assert version_of(old_home) == 1
    with nemo.connect(project="holiday") as project:
        assert len(project.history) == 7


def test_a_home_of_a_later_version_is_told_and_not_touched(old_home: Path) -> None:
    with closing(sqlite3.connect(database(old_home))) as db:
        db.execute("PRAGMA user_version = 99")
    before = database(old_home).read_bytes()
    with pytest.raises(Unreachable, match="written by a later version"):
        nemo.connect(project="holiday")
    assert database(old_home).read_bytes() == before


def test_a_journal_of_a_later_version_is_told_and_the_others_are_found(old_home: Path) -> None:
    journal = Journal(old_home, "embedded")
    later = journal.latest("holiday")
    assert later is not None
    (file,) = old_home.rglob(f"{later.session.session_id}.jsonl")
    first, rest = file.read_text("utf-8").split("\n", 1)
    file.write_text(json.dumps({**json.loads(first), "v": 99}) + "\n" + rest, "utf-8")
    with pytest.raises(HomeFromLater):
        journal.find(later.session.session_id)
    with pytest.raises(HomeFromLater):
        nemo.connect(project="holiday")
    assert [entry.name for entry in journal.entries()] == ["leer"]


# -- a running engine ----------------------------------------------------------------------------


def rewrite(home: Path, **build: Any) -> None:
    """As if the running engine were of another build; None: as one of before it was written down."""
    file = home / "engine" / "endpoint.json"
    told = json.loads(file.read_text("utf-8"))
    told["build"] |= build
    file.write_text(json.dumps(told | ({"build": None} if not build else {})), "utf-8")


@pytest.mark.parametrize(
    "build",
    [
        {},
        {"version": "0.0.9"},
        {"revision": 2},
        {"interpreter": "/old CPython 3.11.0"},
        {"extras": {"heic": "1.0"}},
    ],
)
def test_one_of_another_build_is_retired(own_home: Path, build: dict[str, Any]) -> None:
    old = find_or_start(own_home)
    assert find_or_start(own_home).pid == old.pid
    rewrite(own_home, **build)
    assert find_or_start(own_home).pid != old.pid
    assert not old.is_up()


def test_two_environments_with_one_home_do_not_end_each_others_engine_again_and_again(own_home: Path) -> None:
    theirs = find_or_start(own_home)
    rewrite(own_home, interpreter="/another CPython 3.12.1")
    assert find_or_start(own_home, again=True).pid == theirs.pid
    rewrite(own_home, revision=1)
    assert find_or_start(own_home, again=True).pid != theirs.pid
