"""A second record of every session, beside the database: what it is rebuilt from when a disk has damaged it.

One file a session, one row of the database a line, each with its checksum, only ever appended to. It is written after
the database, never read while that is whole, and a full disk keeps it from being written without stopping anything.
"""

from __future__ import annotations

import base64
import contextlib
import json
import logging
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .proof import discard, read_file

log = logging.getLogger(__name__)

Row = dict[str, Any]
_PACKED = "draft"  # the long column of a turn: a draft of 1 MB is some 60 kB here
_LONGEST = 32_000_000  # bytes that it may unpack to
# What a row of a table must have at least, whichever version wrote it: numbers of 64 bits, and text.
_NEEDED: dict[str, tuple[str, set[str], set[str]]] = {
    "users": ("id", set(), {"id", "client"}),
    "sessions": ("id", {"updated_ms", "head"}, {"id", "task", "user", "name", "language"}),
    "turns": ("n", {"n", "parent", "at_ms"}, {"session", "kind", "text", "reply", "operations", "draft"}),
    "uploads": ("position", {"position"}, {"session", "asset", "file", "info"}),
}


class Ledger:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: dict[str, tuple[int, int]] = {}  # turns and uploads of a session that are written down

    def note(self, db: sqlite3.Connection, session: str) -> None:
        """Write down what the database has of a session and the ledger hasn't."""
        try:
            lines = list(self._news(db, session))
            self._folder.mkdir(mode=0o700, exist_ok=True)
            if not (path := self._path(session)).is_file():
                discard(path)
            with path.open("ab") as file:
                file.write(b"".join(lines))
        except OSError:
            self._last.pop(session, None)
            log.warning("the ledger of a session could not be written", exc_info=True)

    def forget(self, session: str) -> None:
        self._last.pop(session, None)
        discard(self._path(session))

    def sessions(self) -> Iterator[dict[str, list[Row]]]:
        """The rows of each session by table; of a row that was written more than once the last."""
        for path in sorted(self._folder.glob("*.jsonl")):
            if (rows := _read(path))["sessions"]:
                yield {table: list(found.values()) for table, found in rows.items()}

    def _news(self, db: sqlite3.Connection, session: str) -> Iterator[bytes]:
        if session not in self._last:
            rows = _read(self._path(session))
            self._last[session] = max(rows["turns"], default=0), max(rows["uploads"], default=-1)
            if rows["turns"] or rows["sessions"]:
                yield b"\n"  # the last line may have been cut short
        turn, upload = self._last[session]
        owner = "SELECT users.* FROM users JOIN sessions ON sessions.user = users.id WHERE sessions.id = ?"
        if not self._path(session).is_file():
            yield from (_line("users", row) for row in db.execute(owner, (session,)))
        for row in db.execute("SELECT * FROM turns WHERE session = ? AND n > ? ORDER BY n", (session, turn)):
            yield _line("turns", row)
            turn = row["n"]
        uploads = "SELECT * FROM uploads WHERE session = ? AND position > ? ORDER BY position"
        for row in db.execute(uploads, (session, upload)):
            yield _line("uploads", row)
            upload = row["position"]
        yield from (
            _line("sessions", row) for row in db.execute("SELECT * FROM sessions WHERE id = ?", (session,))
        )
        self._last[session] = turn, upload

    def _path(self, session: str) -> Path:
        return self._folder / f"{session}.jsonl"


def _line(table: str, row: sqlite3.Row) -> bytes:
    fields = dict(row)
    if _PACKED in fields:
        fields[_PACKED] = base64.b64encode(zlib.compress(fields[_PACKED].encode(), 1)).decode("ascii")
    text = json.dumps([table, fields], separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _read(path: Path) -> dict[str, dict[Any, Row]]:
    """The rows of a file by table and number. A line that was cut short or damaged is passed over."""
    rows: dict[str, dict[Any, Row]] = {table: {} for table in _NEEDED}
    try:
        content = read_file(path)
    except OSError:
        content = b""
    for line in content.split(b"\n"):
        with contextlib.suppress(ValueError, LookupError, TypeError, RecursionError, zlib.error):
            told, _, text = line.partition(b" ")
            if not text or int(told, 16) != zlib.crc32(text):
                continue
            table, row = json.loads(text)
            if _PACKED in row:
                packed = zlib.decompressobj()
                row[_PACKED] = packed.decompress(base64.b64decode(row[_PACKED]), _LONGEST).decode()
                if not packed.eof:
                    continue
            if _is_row(table, row):
                rows[table][row[_NEEDED[table][0]]] = row
    return rows


def _is_row(table: str, row: Row) -> bool:
    """Whether it is what was written: a checksum says that nothing changed, not that it was us."""
    _, numbers, texts = _NEEDED[table]
    return (
        all(type(row[name]) is int for name in numbers)
        and all(isinstance(row[name], str) for name in texts)
        and all(_is_value(value) for value in row.values())
    )


def _is_value(value: object) -> bool:
    """Whether SQLite takes it."""
    if isinstance(value, str):
        value.encode()  # a ValueError for half a character
        return True
    return value is None or isinstance(value, float) or (isinstance(value, int) and abs(value) < 1 << 63)
