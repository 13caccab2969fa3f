"""Whatever stands in a file of the engine's: it is passed over, made again or refused, never a raw error."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import sqlite3
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hurt import ANY_FILE, DAMAGE, NO_FILE, after, each_other_line
from hypothesis import given

from nemo_nb.draft import Draft
from nemo_nb.engine.faults import EngineFault, ours
from nemo_nb.engine.home import EngineHome
from nemo_nb.engine.launch import find_or_start, retire
from nemo_nb.engine.proof import Seals, discard
from nemo_nb.engine.records import NewTurn, Records, Render, Session, Upload
from nemo_nb.engine.render import Cache
from nemo_nb.errors import Unreachable

# ---- the database and its ledger -----------------------------------------------------------------


def an_export(session: Session) -> Render:
    return Render("r", session.user, session.id, Draft.empty(), {"format": "mp4"}, "pending", 0, "", 0, [])


def filled(home: Path) -> str:
    """A home with one project of two turns; its session."""
    records = Records(home / "engine.sqlite3")
    try:
        user = records.user_of_client("somebody")
        session = records.new_session(user, "trailer", "en")
        for name in ("one", "two"):
            session = records.session(session.id, user)
            upload = Upload("sha256:0", f"{name}.mp4", {"kind": "video"})
            records.add_turn(session, NewTurn("message", name, "Done.", (), Draft.empty(name)), [upload])
        records.add_render(an_export(session))
        return session.id
    finally:
        records.close()


def sensible(call: Callable[[], Any]) -> None:
    """It goes well, or ends in an error that somebody thought of."""
    try:
        call()
    except Exception as error:
        fault = ours(error)
    else:
        return
    assert type(fault) is not EngineFault, fault
    assert fault.next_step, fault


def read_all(home: Path, session_id: str) -> None:
    """What an engine reads of it as it starts, and what it is asked for then."""
    records = Records(home / "engine.sqlite3")
    try:
        user = records.user_of_client("somebody")
        session = records.new_session(user, "new", "en")
        records.add_turn(session, NewTurn("message", "more", "Done.", (), Draft.empty("more")))
        sensible(lambda: records.stored())
        sensible(lambda: records.renders("pending"))
        sensible(lambda: records.sessions(user))
        sensible(lambda: read_session(records, records.session(session_id, user)))
    finally:
        records.close()


def read_session(records: Records, session: Session) -> None:
    for read in (records.head, records.turns, records.steps, records.memory):
        sensible(lambda read=read: repr(read(session)))
    sensible(lambda: repr([turn.draft.hash for turn in records.turns(session)]))
    sensible(lambda: repr([step.left and step.left() for step in records.steps(session)]))
    sensible(lambda: repr(records.uploads(session.id)))


class Whole:
    """A session, its database and its ledger. No dataclass, for an example that fails is told with all its values."""

    def __init__(self, session: str, database: bytes, ledger: bytes) -> None:
        self.session, self.database, self.ledger = session, database, ledger


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    home = tmp_path_factory.mktemp("home")
    session = filled(home)
    ledger = home / "ledger" / f"{session}.jsonl"
    return Whole(session, (home / "engine.sqlite3").read_bytes(), ledger.read_bytes())


@pytest.fixture
def engine_home(tmp_path: Path, whole: Whole) -> Callable[..., None]:
    """Put a database and a ledger in the place of those that were there before."""

    def put(database: bytes = whole.database, ledger: bytes = whole.ledger) -> None:
        for path in tmp_path.iterdir():
            discard(path)
        (tmp_path / "ledger").mkdir()
        (tmp_path / "engine.sqlite3").write_bytes(database)
        (tmp_path / "ledger" / f"{whole.session}.jsonl").write_bytes(ledger)

    return put


@ANY_FILE
@given(damage=DAMAGE)
def test_any_database(tmp_path: Path, whole: Whole, engine_home: Any, damage: Any) -> None:
    engine_home(database=after(damage, whole.database))
    read_all(tmp_path, whole.session)


def test_any_head_of_a_database(tmp_path: Path, whole: Whole, engine_home: Any) -> None:
    for at, changed in itertools.product(range(100), (lambda byte: byte ^ 1, lambda byte: byte ^ 0xFF)):
        made = bytearray(whole.database)
        made[at] = changed(made[at])
        engine_home(database=bytes(made))
        read_all(tmp_path, whole.session)


COLUMNS = {
    "turns": "parent kind text reply operations draft at_ms frames memory left_out remade changed hash told",
    "sessions": "task user name language head updated_ms",
    "uploads": "asset file info",
    "renders": "draft output status attempts error code plan",
}
VALUES = [
    None,
    -1,
    99,
    float("inf"),
    b"\xff\0",
    "",
    "x",
    "[]",
    "{}",
    "[[]]",
    "[1]",
    "null",
    '{"way": 1}',
    "[" * 99_999,
]


def test_a_database_with_any_value(tmp_path: Path) -> None:
    session_id = filled(tmp_path)
    records = Records(tmp_path / "engine.sqlite3")
    records._db.execute("PRAGMA synchronous = OFF")
    user = records.user_of_client("somebody")
    for table, columns in COLUMNS.items():
        for column, value in itertools.product(columns.split(), VALUES):
            before = records._db.execute(f"SELECT rowid, {column} FROM {table}").fetchall()  # noqa: S608
            update = f"UPDATE {table} SET {column} = ?"  # noqa: S608 - fixed names
            with contextlib.suppress(sqlite3.IntegrityError):
                records._db.execute(update, (value,))
            sensible(lambda: records.stored())
            sensible(lambda: records.render("r"))
            sensible(lambda: records.sessions(user))
            sensible(lambda: read_session(records, records.session(session_id, user)))
            for row in before:
                records._db.execute(f"{update} WHERE rowid = ?", (row[1], row[0]))
            if records.render("r") is None:  # one that can't be read is forgotten
                records.add_render(an_export(records.session(session_id, user)))
    records.close()


def as_ledger(content: bytes) -> bytes:
    """Lines that pass for whole."""
    return b"".join(b"%08x %s\n" % (zlib.crc32(line), line) for line in content.split(b"\n"))


def rows_of(ledger: bytes) -> list[Any]:
    return [json.loads(line.partition(b" ")[2]) for line in ledger.split(b"\n") if line.strip()]


@ANY_FILE
@given(damage=DAMAGE)
def test_any_ledger(tmp_path: Path, whole: Whole, engine_home: Any, damage: Any) -> None:
    lines = b"\n".join(json.dumps(row).encode() for row in rows_of(whole.ledger))
    for made in (after(damage, whole.ledger), as_ledger(after(damage, lines))):
        for kept in (whole.database, b""):
            engine_home(database=kept, ledger=made)
            read_all(tmp_path, whole.session)


def test_a_ledger_with_any_value(tmp_path: Path, whole: Whole, engine_home: Any) -> None:
    """All of them at once, each as the ledger of a session of its own."""
    engine_home(database=b"", ledger=whole.ledger)
    rows = {row[0]: row for row in rows_of(whole.ledger)}
    for number, made in enumerate(each_other_line([*rows.values()])):
        (tmp_path / "ledger" / f"{number}.jsonl").write_bytes(as_ledger(made))
    read_all(tmp_path, whole.session)


def test_a_ledger_that_unpacks_without_end_is_passed_over(
    tmp_path: Path, whole: Whole, engine_home: Any
) -> None:
    bomb = base64.b64encode(zlib.compress(bytes(300_000_000), 9)).decode()
    lines = [
        json.dumps([table, {**row, "draft": bomb} if "draft" in row else row])
        for table, row in rows_of(whole.ledger)
    ]
    engine_home(database=b"", ledger=as_ledger("\n".join(lines).encode()))
    tracemalloc.start()
    try:
        read_all(tmp_path, whole.session)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


# ---- results and the cache -----------------------------------------------------------------------

SEAL = {"size": 5, "crc32": zlib.crc32(b"whole")}


def test_a_seal_with_any_value(tmp_path: Path) -> None:
    seals, result = Seals(tmp_path / "seals"), tmp_path / "a.mp4"
    result.write_bytes(b"whole")
    seals.seal(result)
    note = seals._note(result)
    for content in each_other_line([SEAL]):
        note.write_bytes(content)
        Seals(tmp_path / "seals").is_whole(result)


@pytest.mark.parametrize("kind", NO_FILE)
def test_a_result_or_seal_that_is_no_file(tmp_path: Path, kind: str) -> None:
    seals, result = Seals(tmp_path / "seals"), tmp_path / "a.mp4"
    for hurt in (result, seals._note(result)):
        seals.forget(result)
        result.write_bytes(b"whole")
        seals.seal(result)
        NO_FILE[kind](hurt)
        assert not Seals(tmp_path / "seals").is_whole(result)


@ANY_FILE
@given(damage=DAMAGE)
def test_any_piece_of_the_cache(tmp_path: Path, damage: Any) -> None:
    cache, given_, lent = Cache(tmp_path / "cache"), tmp_path / "given", tmp_path / "lent"
    given_.write_bytes(b"a piece of film" * 10)
    cache.keep("key", given_)
    kept = tmp_path / "cache" / "key"
    kept.write_bytes(after(damage, kept.read_bytes()))
    if cache.lend("key", lent):
        assert lent.read_bytes() == given_.read_bytes()


@pytest.mark.parametrize("kind", NO_FILE)
def test_a_piece_that_is_no_file(tmp_path: Path, kind: str) -> None:
    cache, given_ = Cache(tmp_path / "cache"), tmp_path / "given"
    given_.write_bytes(b"a piece of film")
    cache.keep("key", given_)
    NO_FILE[kind](tmp_path / "cache" / "key")
    assert not cache.lend("key", tmp_path / "lent")


@pytest.mark.parametrize("kind", NO_FILE)
def test_a_lock_or_log_that_is_no_file(tmp_path: Path, kind: str) -> None:
    home = EngineHome.inside(tmp_path)
    for name in ("engine.lock", "launch.lock", "engine.log", "endpoint.json"):
        (home.root / name).touch()
        NO_FILE[kind](home.root / name)
    retire(tmp_path)  # there is none
    endpoint = find_or_start(tmp_path)
    assert endpoint.is_up()
    assert find_or_start(tmp_path) == endpoint
    retire(tmp_path)
    assert not endpoint.is_up()


FOLDERS = ("blobs", "results", "cache", "seals", "work")


@pytest.mark.parametrize("kind", ["a file", "a pipe"])
def test_a_folder_that_is_none_is_put_aside(tmp_path: Path, kind: str) -> None:
    root = EngineHome.inside(tmp_path).root
    for name in FOLDERS:
        os.mkfifo(root / name) if kind == "a pipe" else (root / name).write_text("somebody's")
    endpoint = find_or_start(tmp_path)
    assert endpoint.is_up()
    retire(tmp_path)
    for name in FOLDERS:
        assert (root / name).is_dir()
        (aside,) = root.glob(f"{name}.*")
        assert not aside.is_dir()


def test_a_link_to_a_disk_that_is_not_there_is_told(tmp_path: Path) -> None:
    """An empty folder in its place would have lost every upload."""
    home = EngineHome.inside(tmp_path)
    (home.root / "blobs").symlink_to(tmp_path / "disk" / "blobs")
    with pytest.raises(Unreachable, match="leads to no folder"):
        find_or_start(tmp_path)
    (tmp_path / "disk" / "blobs").mkdir(parents=True)
    assert find_or_start(tmp_path).is_up()
    retire(tmp_path)
