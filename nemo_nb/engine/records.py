"""What the engine remembers: users, sessions, turns, uploads and exports, in SQLite.

Every method is one transaction. The journal mode stays SQLite's default: a write-ahead log is not safe on
the network disks that homes often lie on, and nothing here writes often enough to need one.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from ..draft import Draft
from ..errors import SessionNotFound, SignInFailed

TOKEN_DAYS = 7

_SCHEMA = """
CREATE TABLE IF NOT EXISTS users (id TEXT PRIMARY KEY, client TEXT UNIQUE NOT NULL, credits INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (hash TEXT PRIMARY KEY, user TEXT NOT NULL, expires_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS claims (hash TEXT PRIMARY KEY, session TEXT NOT NULL, expires_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, task TEXT UNIQUE NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL,
    language TEXT NOT NULL, head INTEGER NOT NULL, updated_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS turns (
    session TEXT NOT NULL, n INTEGER NOT NULL, parent INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    reply TEXT NOT NULL, operations TEXT NOT NULL, draft TEXT NOT NULL, at_ms INTEGER NOT NULL,
    PRIMARY KEY (session, n));
CREATE TABLE IF NOT EXISTS uploads (
    session TEXT NOT NULL, position INTEGER NOT NULL, asset TEXT NOT NULL, file TEXT NOT NULL, info TEXT NOT NULL,
    PRIMARY KEY (session, position));
CREATE TABLE IF NOT EXISTS renders (
    id TEXT PRIMARY KEY, user TEXT NOT NULL, session TEXT NOT NULL, draft TEXT NOT NULL, output TEXT NOT NULL,
    status TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',
    code INTEGER NOT NULL DEFAULT 0, plan TEXT NOT NULL DEFAULT '[]', made_ms INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Session:
    id: str
    task: str
    user: str
    name: str
    language: str
    head: int
    updated_ms: int


_TURNS = "SELECT session, n, parent, kind, text, reply, operations, at_ms FROM turns"


@dataclass(frozen=True)
class Turn:
    """One step of a session. `parent` is the turn whose draft it was made from; turn 0 is the empty draft."""

    n: int
    parent: int
    kind: str  # message, apply, upload
    text: str
    reply: str
    operations: list[dict[str, Any]]
    at_ms: int
    read_draft: Callable[[], Draft] = field(repr=False, compare=False)

    @cached_property
    def draft(self) -> Draft:
        """Read when it is asked for: most turns of a long session never are."""
        return self.read_draft()


@dataclass(frozen=True, slots=True)
class Upload:
    asset: str
    file: str
    info: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Render:
    id: str
    user: str
    session: str
    draft: Draft
    output: dict[str, Any]
    status: str  # pending, processing, completed, failed, cancelled
    attempts: int
    error: str
    code: int
    plan: list[dict[str, Any]]


def now_ms() -> int:
    return int(time.time() * 1000)


class Records:
    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, timeout=10)
        path.chmod(0o600)
        self._db.row_factory = sqlite3.Row
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        self._db.close()

    # ---- who ------------------------------------------------------------------------------------

    def user_of_client(self, client_id: str) -> str:
        """The same client is the same user for ever. Only a hash of the client id is kept."""
        client = _hash(client_id)
        with self._db:
            self._db.execute(
                "INSERT OR IGNORE INTO users VALUES (?, ?, 100)", (f"usr_{uuid.uuid4().hex[:16]}", client)
            )
        row = self._db.execute("SELECT id FROM users WHERE client = ?", (client,)).fetchone()
        return str(row["id"])

    def new_token(self, user: str, days: float = TOKEN_DAYS) -> tuple[str, int]:
        """A token and the time in ms when it expires. Only its hash is kept."""
        token, expires = f"nmv_usr_{secrets.token_urlsafe(32)}", now_ms() + int(days * 86_400_000)
        with self._db:
            self._db.execute("DELETE FROM tokens WHERE expires_ms < ?", (now_ms(),))
            self._db.execute("INSERT INTO tokens VALUES (?, ?, ?)", (_hash(token), user, expires))
        return token, expires

    def user_of_token(self, token: str) -> str:
        row = self._db.execute(
            "SELECT user FROM tokens WHERE hash = ? AND expires_ms > ?", (_hash(token), now_ms())
        ).fetchone()
        if row is None:
            raise SignInFailed("The token is not valid here, or it has expired.")
        return str(row["user"])

    def credits(self, user: str) -> int:
        row = self._db.execute("SELECT credits FROM users WHERE id = ?", (user,)).fetchone()
        return int(row["credits"]) if row else 0

    def new_claim(self, session: str, seconds: int) -> str:
        claim = f"clm_{secrets.token_urlsafe(24)}"
        with self._db:
            self._db.execute(
                "INSERT INTO claims VALUES (?, ?, ?)", (_hash(claim), session, now_ms() + seconds * 1000)
            )
        return claim

    # ---- sessions and their turns ---------------------------------------------------------------

    def new_session(self, user: str, name: str, language: str) -> Session:
        session = Session(str(uuid.uuid4()), str(uuid.uuid4()), user, name, language, 0, now_ms())
        with self._db:
            self._db.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)",
                (session.id, session.task, user, name, language, 0, session.updated_ms),
            )
        return session

    def session(self, session_id: str, user: str) -> Session:
        row = self._db.execute(
            "SELECT * FROM sessions WHERE id = ? AND user = ?", (session_id, user)
        ).fetchone()
        if row is None:
            raise SessionNotFound("This session is not known here.")
        return Session(**row)

    def sessions(self, user: str) -> list[Session]:
        rows = self._db.execute("SELECT * FROM sessions WHERE user = ? ORDER BY updated_ms DESC", (user,))
        return [Session(**row) for row in rows]

    def delete_session(self, session: Session) -> list[Upload]:
        """Forget it, and return the uploads that no other session uses."""
        mine = self.uploads(session.id)
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for table in ("turns", "uploads", "renders", "claims"):
                self._db.execute(f"DELETE FROM {table} WHERE session = ?", (session.id,))  # noqa: S608 - fixed names
            self._db.execute("DELETE FROM sessions WHERE id = ?", (session.id,))
        used = {row["asset"] for row in self._db.execute("SELECT asset FROM uploads")}
        return [upload for upload in mine if upload.asset not in used]

    def head(self, session: Session) -> Turn:
        return self.turn(session, session.head)

    def turn(self, session: Session, n: int) -> Turn:
        if n == 0:
            return Turn(0, 0, "start", "", "", [], 0, partial(Draft.empty, session.name))
        row = self._db.execute(f"{_TURNS} WHERE session = ? AND n = ?", (session.id, n)).fetchone()
        return self._turn(session, row)

    def turns(self, session: Session) -> list[Turn]:
        rows = self._db.execute(f"{_TURNS} WHERE session = ? ORDER BY n", (session.id,))
        return [self._turn(session, row) for row in rows]

    def _turn(self, session: Session, row: sqlite3.Row) -> Turn:
        return Turn(
            n=row["n"],
            parent=row["parent"],
            kind=row["kind"],
            text=row["text"],
            reply=row["reply"],
            operations=json.loads(row["operations"]),
            at_ms=row["at_ms"],
            read_draft=partial(self._draft, session.id, row["n"]),
        )

    def _draft(self, session_id: str, n: int) -> Draft:
        query = "SELECT draft FROM turns WHERE session = ? AND n = ?"
        return Draft(json.loads(self._db.execute(query, (session_id, n)).fetchone()[0]))

    def add_turn(
        self,
        session: Session,
        kind: str,
        text: str,
        reply: str,
        operations: Sequence[dict[str, Any]],
        draft: Draft,
        *,
        uploads: Sequence[Upload] = (),
    ) -> Session:
        """Append a turn made from the head, and the files that came with it. One that changes the draft is the head."""
        changed = draft != self.head(session).draft
        at = now_ms()
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            n = self._insert_turn(session, session.head, kind, text, reply, operations, draft, at)
            self._insert_uploads(session, uploads)
            self._set_head(session, n if changed else session.head, at)
        return self.session(session.id, session.user)

    def move_head(self, session: Session, n: int, again: Sequence[tuple[Turn, Draft]] = ()) -> Session:
        """Stand at turn `n`, with some turns made once more from there: each with the draft it leads to now."""
        at = now_ms()
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for turn, draft in again:
                n = self._insert_turn(
                    session, n, turn.kind, turn.text, turn.reply, turn.operations, draft, at
                )
            self._set_head(session, n, at)
        return self.session(session.id, session.user)

    def _insert_turn(
        self,
        session: Session,
        parent: int,
        kind: str,
        text: str,
        reply: str,
        operations: Sequence[dict[str, Any]],
        draft: Draft,
        at: int,
    ) -> int:
        last = self._db.execute("SELECT MAX(n) FROM turns WHERE session = ?", (session.id,)).fetchone()[0]
        n = int(last or 0) + 1
        made, after = _dump(list(operations)), _dump(draft.to_dict())
        self._db.execute(
            "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (session.id, n, parent, kind, text, reply, made, after, at),
        )
        return n

    def _set_head(self, session: Session, n: int, at: int) -> None:
        self._db.execute("UPDATE sessions SET head = ?, updated_ms = ? WHERE id = ?", (n, at, session.id))

    # ---- uploads --------------------------------------------------------------------------------

    def _insert_uploads(self, session: Session, uploads: Sequence[Upload]) -> None:
        have = self._db.execute("SELECT COUNT(*) FROM uploads WHERE session = ?", (session.id,)).fetchone()[0]
        rows = [
            (session.id, int(have) + number, item.asset, item.file, _dump(item.info))
            for number, item in enumerate(uploads)
        ]
        self._db.executemany("INSERT INTO uploads VALUES (?, ?, ?, ?, ?)", rows)

    def assets(self) -> set[str]:
        """Every asset that some session uses."""
        return {row["asset"] for row in self._db.execute("SELECT DISTINCT asset FROM uploads")}

    def unshared_uploads(self) -> list[tuple[str, Upload]]:
        """Those that one session alone uses, with that session's id."""
        rows = self._db.execute("SELECT * FROM uploads GROUP BY asset HAVING COUNT(DISTINCT session) = 1")
        return [(row["session"], Upload(row["asset"], row["file"], json.loads(row["info"]))) for row in rows]

    def uploads(self, session_id: str) -> list[Upload]:
        rows = self._db.execute("SELECT * FROM uploads WHERE session = ? ORDER BY position", (session_id,))
        return [Upload(row["asset"], row["file"], json.loads(row["info"])) for row in rows]

    # ---- exports --------------------------------------------------------------------------------

    def add_render(self, render: Render) -> None:
        with self._db:
            self._db.execute(
                "INSERT INTO renders (id, user, session, draft, output, status, plan, made_ms) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (render.id, render.user, render.session, _dump(render.draft.to_dict()), _dump(render.output),
                 render.status, _dump(render.plan), now_ms()),
            )  # fmt: skip

    def render(self, render_id: str) -> Render | None:
        row = self._db.execute("SELECT * FROM renders WHERE id = ?", (render_id,)).fetchone()
        return _render(row) if row else None

    def renders(self, *statuses: str) -> list[Render]:
        """Those in one of these states, oldest first."""
        marks = ", ".join("?" * len(statuses))
        rows = self._db.execute(
            f"SELECT * FROM renders WHERE status IN ({marks}) ORDER BY made_ms, rowid",  # noqa: S608 - marks only
            statuses,
        )
        return [_render(row) for row in rows]

    def set_render(self, render_id: str, **fields: Any) -> None:
        """Write `status`, `attempts`, `error`, `code` and `plan`."""
        if "plan" in fields:
            fields["plan"] = _dump(fields["plan"])
        names = [name for name in ("status", "attempts", "error", "code", "plan") if name in fields]
        assignments = ", ".join(f"{name} = ?" for name in names)
        with self._db:
            self._db.execute(
                f"UPDATE renders SET {assignments} WHERE id = ?",  # noqa: S608 - fixed names
                (*(fields[name] for name in names), render_id),
            )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _render(row: sqlite3.Row) -> Render:
    return Render(
        id=row["id"],
        user=row["user"],
        session=row["session"],
        draft=Draft(json.loads(row["draft"])),
        output=json.loads(row["output"]),
        status=row["status"],
        attempts=row["attempts"],
        error=row["error"],
        code=row["code"],
        plan=json.loads(row["plan"]),
    )
