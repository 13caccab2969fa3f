"""Opening the engine's database, and what becomes of one that a disk has damaged or lost.

It is put aside, never deleted, and a new one is made of what is left: the rows that can still be read, and the
ledger's, which carry checksums. Whoever runs the engine is told, with the way back.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .ledger import Ledger, Row
from .migrations import mark_changed, migrate
from .proof import discard, read_file

log = logging.getLogger(__name__)

_TABLES = ("users", "tokens", "claims", "sessions", "turns", "uploads", "renders")
_JSON = {"turns": ("operations", "draft"), "uploads": ("info",), "renders": ("draft", "output", "plan")}
# What of a row is written once and never changed, by the row's number in its session.
_ONCE = {
    "turns": ("n", ("parent", "kind", "text", "reply", "operations", "draft", "at_ms")),
    "uploads": ("position", ("asset", "file", "info")),
}
_WHOSE = {"users": ("client",), "sessions": ("task", "user", "name", "language")}
_COMPARING_S = 5.0  # how long a start may take for comparing database and ledger, the newest projects first


def _text(raw: bytes) -> str:
    """What a disk made of a text needn't be one any more: it is compared, not failed over."""
    return raw.decode("utf-8", "replace")


def _columns(db: sqlite3.Connection) -> dict[str, list[str]]:
    return {table: [row[1] for row in db.execute(f"PRAGMA table_info({table})")] for table in _TABLES}


def _newest() -> tuple[dict[str, list[str]], int]:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db)
        return _columns(db), int(db.execute("PRAGMA user_version").fetchone()[0])


_COLUMNS, _VERSION = _newest()


def _of_the_machine(error: Exception) -> bool:
    """Whether it says something about the disk or its rights, and nothing about what stands in the file."""
    return isinstance(error, sqlite3.OperationalError) and any(
        word in str(error) for word in ("full", "locked", "readonly", "unable to open", "disk I/O")
    )


class Store:
    """The database at `path`, brought up to date by `migrations`, and the ledger beside it.

    Set `suspected` when something could not be read: the next `open` makes it anew then.
    """

    def __init__(self, path: Path, ledger: Ledger) -> None:
        self._path = path
        self._ledger = ledger
        self._stamp = path.with_name(f"{path.name}.closed")
        self._suspicion = path.with_name(f"{path.name}.suspect")
        self.notice = ""
        self.suspected = False
        self.known_since = 0.0

    def open(self) -> sqlite3.Connection:
        """The connection. sqlite3.OperationalError where there is a sound database that can't be opened."""
        why = self._fault()
        if not why:
            try:
                self._db = self._connect()
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                if _of_the_machine(error):
                    raise
                why = "damaged"
        if why:
            aside = self._put_aside()
            self._db = self._connect()
            self._rebuild(why, aside)
        elif not self._closed_well():
            self._mend()
        discard(self._stamp)
        self.known_since = self._born()
        return self._db

    def close(self) -> None:
        self._db.close()
        if self.suspected:  # the next one makes it anew
            with contextlib.suppress(OSError):
                self._suspicion.touch()
            return
        with contextlib.suppress(OSError):
            self._stamp.write_text(json.dumps(_state(self._path)), "ascii")

    # ---- sound or not ------------------------------------------------------------------------------

    def _fault(self) -> str:
        """Why the database can't be used; empty for one that can, and for a home that never had one."""
        if not self._path.exists() or not self._path.stat().st_size:
            if not self._path.exists():  # a journal without its database would be read into the next one
                self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
            return "lost" if any(self._ledger.sessions()) else ""
        if self._suspicion.exists():
            self._suspicion.unlink()
            return "damaged"
        if self._closed_well():
            return ""
        with self._path.open("rb") as file:
            if not set(file.read(20)[18:]) <= {1, 2}:  # versions beyond these SQLite doesn't write to
                return "damaged"
        try:
            with contextlib.closing(sqlite3.connect(self._path, timeout=10)) as db:
                db.text_factory = _text
                found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
                return "" if found == "ok" else "damaged"
        except (
            sqlite3.DatabaseError,
            UnicodeDecodeError,
        ) as error:  # even the words for what is wrong can be
            if _of_the_machine(error):
                raise
            return "damaged"

    def _closed_well(self) -> bool:
        """Whether the file is as the engine before this one left it: then nobody has to read all of it."""
        try:
            return bool(json.loads(read_file(self._stamp)) == _state(self._path))
        except (OSError, ValueError, RecursionError):
            return False

    def _put_aside(self) -> Path:
        aside = self._path.with_name(f"{self._path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}")
        for end in ("", "-journal", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                self._path.with_name(self._path.name + end).replace(aside.with_name(aside.name + end))
        return aside

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, isolation_level=None, timeout=10)
        self._path.chmod(0o600)
        db.row_factory = sqlite3.Row
        db.text_factory = _text
        try:
            if _columns(db) == _COLUMNS:  # whatever a damaged head says of its version
                db.execute(f"PRAGMA user_version = {_VERSION}")
            migrate(db)
            if _columns(db) != _COLUMNS:
                raise sqlite3.DatabaseError("its tables are others")
            db.execute("CREATE TABLE IF NOT EXISTS store (born REAL NOT NULL)")
        except BaseException:
            db.close()
            raise
        return db

    def _born(self) -> float:
        """From when on this database knows everything: 0 for one of an engine that wrote no such thing down."""
        if row := self._db.execute("SELECT born FROM store").fetchone():
            return float(row[0])
        old = self._db.execute("SELECT 1 FROM sessions").fetchone()
        born = 0.0 if old else time.time()
        self._db.execute("INSERT INTO store VALUES (?)", (born,))
        return born

    # ---- mending -----------------------------------------------------------------------------------

    def _rebuild(self, why: str, aside: Path) -> None:
        """Fill the new database with what the ledger and the old one still hold."""
        self._db.execute("INSERT INTO store VALUES (?)", (time.time(),))
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for rows in self._ledger.sessions():
                for table, found in rows.items():
                    self._insert("REPLACE", table, [row for row in found if _sound(table, row)])
            for table in _TABLES:
                self._insert("IGNORE", table, _readable(aside, table))
            self._join()
            mark_changed(self._db)  # the old rows may be of before that was written down
        count = self._db.execute("SELECT COUNT(*) FROM sessions").fetchone()[0]
        kept = f" and has been put aside as {aside.name} in {aside.parent}" if aside.exists() else ""
        back = " To go back, stop the engine and give that file its old name." if kept else ""
        self.notice = (
            f"The engine's database was {why}{kept}. {count} project{'s' * (count != 1)} could be made again from "
            f"what is left; no upload was deleted.{back}"
        )
        log.error(self.notice)

    def _mend(self) -> None:
        """Rows that a disk changed without SQLite's noticing, put right from the ledger."""
        until, mended = time.monotonic() + _COMPARING_S, 0
        for rows in sorted(self._ledger.sessions(), key=lambda rows: -rows["sessions"][0]["updated_ms"]):
            if time.monotonic() > until:
                break
            mended += sum(
                self._put_right(table, row) for table in ("turns", "uploads") for row in rows[table]
            )
            mended += sum(self._identify(table, row) for table in _WHOSE for row in rows[table])
        if mended:
            self._join()
            self.notice = f"{mended} damaged records of the engine's database were put right."
            log.error(self.notice)

    def _put_right(self, table: str, row: Row) -> bool:
        """Whether a row had to be."""
        number, once = _ONCE[table]
        place = f"FROM {table} WHERE session = ? AND {number} = ?"
        key = (row["session"], row[number])
        found = self._db.execute(f"SELECT {', '.join(once)} {place}", key).fetchone()
        if found is not None and all(found[name] == row[name] for name in once):
            return False
        if found is None:
            self._insert("IGNORE", table, [row])
        else:
            values = ", ".join(f"{name} = ?" for name in once)
            self._db.execute(
                f"UPDATE {table} SET {values} WHERE session = ? AND {number} = ?",  # noqa: S608 - fixed names
                [*(row[name] for name in once), *key],
            )
        return True

    def _identify(self, table: str, row: Row) -> bool:
        """Whether a project's or a user's own row had to be put right: by what is written once, and names it."""
        once = _WHOSE[table]
        found = self._db.execute(f"SELECT * FROM {table} WHERE id = ?", (row["id"],)).fetchone()  # noqa: S608 - fixed names
        if found is not None and all(found[name] == row[name] for name in once):
            return False
        self._db.execute(f"DELETE FROM {table} WHERE id = ? OR {once[0]} = ?", (row["id"], row[once[0]]))  # noqa: S608 - fixed names
        self._insert(
            "REPLACE", table, [{**row, **({"head": found["head"]} if found and "head" in row else {})}]
        )
        return True

    def _insert(self, how: str, table: str, rows: Iterator[Row] | list[Row]) -> None:
        known = [row["name"] for row in self._db.execute(f"PRAGMA table_info({table})")]
        for row in rows:
            names = [name for name in known if name in row]
            marks = ", ".join("?" * len(names))
            with contextlib.suppress(sqlite3.IntegrityError):
                self._db.execute(
                    f"INSERT OR {how} INTO {table} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608 - fixed names
                    [row[name] for name in names],
                )

    def _join(self) -> None:
        """Each turn stands on one that is there, and each session at one."""
        there = "SELECT 1 FROM turns AS other WHERE other.session = turns.session AND other.n = turns.parent"
        before = "SELECT MAX(n) FROM turns AS other WHERE other.session = turns.session AND other.n < turns.n"
        self._db.execute(
            f"UPDATE turns SET parent = COALESCE(({before}), 0) WHERE parent != 0 AND NOT EXISTS ({there})"  # noqa: S608
        )
        stands = "SELECT 1 FROM turns WHERE turns.session = sessions.id AND turns.n = sessions.head"
        last = "SELECT MAX(n) FROM turns WHERE turns.session = sessions.id"
        self._db.execute(
            f"UPDATE sessions SET head = COALESCE(({last}), 0) WHERE head != 0 AND NOT EXISTS ({stands})"  # noqa: S608
        )


def _readable(path: Path, table: str) -> Iterator[Row]:
    """The rows of a damaged database that can be read, from both ends up to the first one that can't."""
    if not path.exists():
        return
    for order in ("rowid", "rowid DESC"):
        with (
            contextlib.suppress(sqlite3.Error, UnicodeDecodeError),
            contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as db,
        ):
            db.row_factory, db.text_factory = sqlite3.Row, _text
            for row in db.execute(f"SELECT * FROM {table} ORDER BY {order}"):  # noqa: S608 - fixed names
                if _sound(table, row):
                    yield dict(row)


def _sound(table: str, row: sqlite3.Row | Row) -> bool:
    try:
        return all(isinstance(json.loads(row[name]), dict | list) for name in _JSON.get(table, ()))
    except (ValueError, TypeError, RecursionError):
        return False


def _state(path: Path) -> list[Any]:
    status = path.stat()
    return [status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns]
