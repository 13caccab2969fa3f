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
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from ..draft import Change, Draft
from ..errors import SessionNotFound, SignInFailed
from .database import Store
from .ledger import Ledger

TOKEN_DAYS = 7
_TOKEN_ID = 12  # characters of a token's hash that tell it from others


@dataclass(frozen=True, slots=True)
class Session:
    id: str
    task: str
    user: str
    name: str
    language: str
    head: int
    updated_ms: int


_TURNS = (
    "SELECT session, n, parent, kind, text, reply, operations, frames, left_out, remade, changed, at_ms, hash, told "
    "FROM turns"
)


@dataclass(frozen=True)
class Turn:
    """One step of a session. `parent` is the turn whose draft it was made from; turn 0 is the empty draft.

    `left_out` are earlier turns that it took back while later ones stayed, each with the index of a frame or None.
    Then `remade` tells the way to what it started from and the ids that are others since: see `remaking.Left`.
    `hash` is its draft's, and `told` are the changes that it was answered with, as JSON text; a hash of "": not worked
    out yet.
    """

    n: int
    parent: int
    kind: str  # message, apply, upload, undo
    text: str
    reply: str
    operations: list[dict[str, Any]]
    frames: list[dict[str, Any]]
    left_out: list[tuple[int, int | None]]
    remade: dict[str, Any] | None
    changed: bool
    at_ms: int
    hash: str
    told: str
    read_draft: Callable[[], Draft] = field(repr=False, compare=False)

    @cached_property
    def draft(self) -> Draft:
        """Read when it is asked for: most turns of a long session never are."""
        return self.read_draft()


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a turn says whether it counts: see `Turn`. `edits`: whether it has operations.

    `left` reads which turns are on the way that it kept, where it took others back; None where it didn't.
    """

    n: int
    parent: int
    changed: bool
    edits: bool
    left: Callable[[], set[int]] | None

    @classmethod
    def of(cls, turn: Turn) -> Standing:
        left = None if turn.remade is None else partial(_on_the_way, turn.remade)
        return cls(turn.n, turn.parent, turn.changed, bool(turn.operations), left)


def _on_the_way(remade: Mapping[str, Any]) -> set[int]:
    try:
        return {int(item["turn"]) for item in remade["way"]}
    except (ValueError, TypeError, LookupError):
        raise sqlite3.DatabaseError("a record is malformed") from None


@dataclass(frozen=True, slots=True)
class NewTurn:
    """A turn to be written down; see `Turn`. `memory` of None: as the turn before in time left it."""

    kind: str
    text: str
    reply: str
    operations: Sequence[Mapping[str, Any]]
    draft: Draft
    frames: Sequence[Mapping[str, Any]] = ()
    memory: Mapping[str, Any] | None = None
    left_out: Sequence[tuple[int, int | None]] = ()
    remade: dict[str, Any] | None = None
    told: Sequence[Change] | None = None
    """What changed by it; None: its history says when it is asked."""
    at_ms: int = 0
    """When it was made first, where it is made once more; by that and its text it is known again. 0: now."""


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


@dataclass(frozen=True, slots=True)
class DraftOf:
    """Reads the draft of a turn when it is called, in whichever process. Turn 0 is the empty draft."""

    database: Path
    session: str
    name: str
    turn: int

    def __call__(self) -> Draft:
        if self.turn == 0:
            return Draft.empty(self.name)
        query = "SELECT draft FROM turns WHERE session = ? AND n = ?"
        with closing(sqlite3.connect(self.database, isolation_level=None, timeout=10)) as db:
            row = db.execute(query, (self.session, self.turn)).fetchone()
        return Draft(load(row[0] if row else None, dict))


class Records:
    def __init__(self, path: Path) -> None:
        self._ledger = Ledger(path.with_name("ledger"))
        self._path = path
        self._store = Store(path, self._ledger)
        self._db = self._store.open()

    @property
    def notice(self) -> str:
        """What became of a database that could not be used, in words for its user; empty as a rule."""
        return self._store.notice

    @property
    def known_since(self) -> float:
        """The moment, in seconds since 1970, from which on every upload is known here; 0 for always."""
        return self._store.known_since

    def suspect(self) -> None:
        """Something could not be read: the next engine looks at all of it, and makes it again where it must."""
        self._store.suspected = True

    def close(self) -> None:
        self._store.close()

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

    def tokens(self, user: str | None = None) -> list[tuple[str, str, int]]:
        """The valid tokens of a user, or of all: id, user, and the time in ms when it expires. No token itself."""
        rows = self._db.execute(
            "SELECT hash, user, expires_ms FROM tokens WHERE expires_ms > ? AND user = COALESCE(?, user) "
            "ORDER BY expires_ms",
            (now_ms(), user),
        )
        return [(row["hash"][:_TOKEN_ID], row["user"], row["expires_ms"]) for row in rows]

    def revoke(self, *, user: str | None = None, token_id: str | None = None) -> int:
        """Make tokens invalid: a user's, the one with an id, or both in one. How many there were."""
        with self._db:
            return self._db.execute(
                "DELETE FROM tokens WHERE user = COALESCE(?, user) AND (? IS NULL OR substr(hash, 1, ?) = ?)",
                (user, token_id, _TOKEN_ID, token_id),
            ).rowcount

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
        self._ledger.note(self._db, session.id)
        return session

    def copy_session(self, session: Session) -> Session:
        """Another session with the same turns and uploads, which goes its own way from here."""
        copy = str(uuid.uuid4())
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(
                "INSERT INTO sessions SELECT ?, ?, user, name, language, head, ? FROM sessions WHERE id = ?",
                (copy, str(uuid.uuid4()), now_ms(), session.id),
            )
            for table in ("turns", "uploads"):
                known = self._db.execute(f"PRAGMA table_info({table})").fetchall()
                rest = ", ".join(column["name"] for column in known if column["name"] != "session")
                self._db.execute(
                    f"INSERT INTO {table} (session, {rest}) SELECT ?, {rest} FROM {table} WHERE session = ?",  # noqa: S608 - fixed names
                    (copy, session.id),
                )
        self._ledger.note(self._db, copy)
        return self.session(copy, session.user)

    def session(self, session_id: str, user: str) -> Session:
        row = self._db.execute(
            "SELECT * FROM sessions WHERE id = ? AND user = ?", (session_id, user)
        ).fetchone()
        if row is None:
            raise SessionNotFound(
                "This project isn't there any more: it was deleted, or never was on this backend."
            )
        return Session(**_sound(row))

    def sessions(self, user: str) -> list[Session]:
        rows = self._db.execute("SELECT * FROM sessions WHERE user = ? ORDER BY updated_ms DESC", (user,))
        return [Session(**_sound(row)) for row in rows]

    def lengths(self, user: str) -> dict[str, int]:
        """How long the edit of each session of a user is, in ms. For a thread: long drafts take their time."""
        query = (
            "SELECT sessions.id, turns.draft FROM sessions JOIN turns ON turns.session = sessions.id "
            "AND turns.n = sessions.head WHERE sessions.user = ?"
        )
        with closing(sqlite3.connect(self._path, isolation_level=None, timeout=10)) as db:
            return {id: Draft(load(draft, dict)).duration_ms for id, draft in db.execute(query, (user,))}

    def delete_session(self, session: Session) -> list[Upload]:
        """Forget it, and return its uploads, which other sessions may have too."""
        mine = self.uploads(session.id)
        self._ledger.forget(session.id)  # first: what is left of a session there is made again
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for table in ("turns", "uploads", "renders", "claims"):
                self._db.execute(f"DELETE FROM {table} WHERE session = ?", (session.id,))  # noqa: S608 - fixed names
            self._db.execute("DELETE FROM sessions WHERE id = ?", (session.id,))
        return mine

    def head(self, session: Session) -> Turn:
        return self.turn(session, session.head)

    def turn(self, session: Session, n: int) -> Turn:
        if n == 0:
            return Turn(0, 0, "start", "", "", [], [], [], None, False, 0, "", "[]", self.reader(session, 0))
        row = self._db.execute(f"{_TURNS} WHERE session = ? AND n = ?", (session.id, n)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError("a record is missing")
        return self._turn(session, row)

    def turns(self, session: Session, after: int = 0, most: int = -1) -> list[Turn]:
        """The turns in their order: those after number `after`, at `most` so many."""
        query = f"{_TURNS} WHERE session = ? AND n > ? ORDER BY n LIMIT ?"
        return [self._turn(session, row) for row in self._db.execute(query, (session.id, after, most))]

    def steps(self, session: Session) -> list[Standing]:
        """Of every turn what says whether it still counts, without reading more of it."""
        query = (
            "SELECT n, parent, changed, operations != '[]' AS edits, remade IS NOT NULL AS takes_back FROM turns "
            "WHERE session = ? ORDER BY n"
        )
        return [
            Standing(
                row["n"], row["parent"], bool(row["changed"]), bool(row["edits"]),
                partial(self._left_by, session, row["n"]) if row["takes_back"] else None,
            )
            for row in self._db.execute(query, (session.id,))
        ]  # fmt: skip

    def _left_by(self, session: Session, n: int) -> set[int]:
        query = "SELECT remade FROM turns WHERE session = ? AND n = ?"
        return _on_the_way(load(self._db.execute(query, (session.id, n)).fetchone()[0], dict))

    def tell(self, session: Session, worked_out: Iterable[tuple[int, str, str]]) -> None:
        """Write down what was worked out of turns: of each the number, `hash` and `told`."""
        rows = [(hash, told, session.id, n) for n, hash, told in worked_out]
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("UPDATE turns SET hash = ?, told = ? WHERE session = ? AND n = ?", rows)

    def _turn(self, session: Session, raw: sqlite3.Row) -> Turn:
        row = _sound(raw)
        return Turn(
            n=row["n"],
            parent=row["parent"],
            kind=row["kind"],
            text=row["text"],
            reply=row["reply"],
            operations=load(row["operations"], list),
            frames=load(row["frames"], list),
            left_out=_pairs(load(row["left_out"], list)),
            remade=load(row["remade"], dict) if row["remade"] else None,
            changed=bool(row["changed"]),
            at_ms=row["at_ms"],
            hash=row["hash"],
            told=row["told"],
            read_draft=self.reader(session, row["n"]),
        )

    def reader(self, session: Session, n: int) -> DraftOf:
        """How to read the draft of turn `n`, in this process or in a helper."""
        return DraftOf(self._path, session.id, session.name, n)

    def memory(self, session: Session) -> dict[str, Any]:
        """What the newest turn left to be remembered."""
        query = "SELECT memory FROM turns WHERE session = ? ORDER BY n DESC LIMIT 1"
        row = self._db.execute(query, (session.id,)).fetchone()
        kept: dict[str, Any] = load(row["memory"], dict) if row else {}
        return kept

    def add_turn(self, session: Session, new: NewTurn, uploads: Sequence[Upload] = ()) -> Turn:
        """Append a turn made from the head, and the files that came with it. One that changes the draft is the head."""
        changed = new.draft != self.head(session).draft
        at = now_ms()
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            n = self._insert_turn(session, session.head, new, changed, at)
            self._insert_uploads(session, uploads)
            self._set_head(session, n if changed else session.head, at)
        self._ledger.note(self._db, session.id)
        return self.turn(session, n)

    def move_head(self, session: Session, n: int, again: Sequence[NewTurn] = ()) -> Session:
        """Stand at turn `n`, with some turns made once more from there."""
        at, before = now_ms(), self.turn(session, n).draft if again else None
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for new in again:
                n = self._insert_turn(session, n, new, new.draft != before, new.at_ms or at)
                before = new.draft
            self._set_head(session, n, at)
        self._ledger.note(self._db, session.id)
        return self.session(session.id, session.user)

    def _insert_turn(self, session: Session, parent: int, new: NewTurn, changed: bool, at: int) -> int:
        last = self._db.execute("SELECT MAX(n) FROM turns WHERE session = ?", (session.id,)).fetchone()[0]
        n = int(last or 0) + 1
        self._db.execute(
            "INSERT INTO turns (session, n, parent, kind, text, reply, operations, draft, at_ms, frames, memory, "
            "left_out, remade, changed, hash, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
            "COALESCE(?, (SELECT memory FROM turns WHERE session = ? AND n = ?), '{}'), ?, ?, ?, ?, ?)",
            (session.id, n, parent, new.kind, new.text, new.reply, _dump(new.operations),
             _dump(new.draft.to_dict()), at, _dump(new.frames), None if new.memory is None else _dump(dict(new.memory)),
             session.id, n - 1, _dump(new.left_out), None if new.remade is None else _dump(new.remade), changed,
             "" if new.told is None else new.draft.hash, _dump([change.to_json() for change in new.told or ()])),
        )  # fmt: skip
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

    def stored(self) -> set[tuple[str, str, str]]:
        """Every upload as session, asset and file name."""
        return {tuple(row) for row in self._db.execute("SELECT DISTINCT session, asset, file FROM uploads")}

    def uploads(self, session_id: str) -> list[Upload]:
        rows = self._db.execute("SELECT * FROM uploads WHERE session = ? ORDER BY position", (session_id,))
        sound = map(_sound, rows)
        return [Upload(row["asset"], row["file"], load(row["info"], dict)) for row in sound]

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
        return self._readable(row) if row else None

    def renders(self, *statuses: str) -> list[Render]:
        """Those in one of these states, oldest first."""
        marks = ", ".join("?" * len(statuses))
        rows = self._db.execute(
            f"SELECT * FROM renders WHERE status IN ({marks}) ORDER BY made_ms, rowid",  # noqa: S608 - marks only
            statuses,
        )
        return [found for row in rows.fetchall() if (found := self._readable(row))]

    def _readable(self, row: sqlite3.Row) -> Render | None:
        """An export; None for one whose record a disk has damaged: it is forgotten, and can be asked for again."""
        try:
            return _render(row)
        except sqlite3.DatabaseError:
            with self._db:
                self._db.execute("DELETE FROM renders WHERE id = ?", (row["id"],))
            return None

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


def load(text: Any, kind: type) -> Any:
    """What `_dump` wrote, a list or dict. sqlite3.DatabaseError for what a disk has made of it."""
    with suppress(ValueError, TypeError, RecursionError):
        if isinstance(found := json.loads(text), kind):
            return found
    raise sqlite3.DatabaseError("a record is malformed")


_NUMBERS = {
    "n",
    "parent",
    "head",
    "updated_ms",
    "at_ms",
    "changed",
    "attempts",
    "code",
    "position",
    "made_ms",
}


def _sound(row: sqlite3.Row) -> dict[str, Any]:
    """A row whose columns are of their kinds. sqlite3.DatabaseError for others: SQLite itself takes anything."""
    for name in row.keys():  # noqa: SIM118 - a row goes by its values
        value = row[name]
        if not isinstance(value, int if name in _NUMBERS else str) and (name, value) != ("remade", None):
            raise sqlite3.DatabaseError("a record is malformed")
    return dict(row)


def _pairs(listed: list[Any]) -> list[tuple[int, int | None]]:
    try:
        return [(int(n), None if frame is None else int(frame)) for n, frame in listed]
    except (ValueError, TypeError):
        raise sqlite3.DatabaseError("a record is malformed") from None


def _render(raw: sqlite3.Row) -> Render:
    row = _sound(raw)
    return Render(
        id=row["id"],
        user=row["user"],
        session=row["session"],
        draft=Draft(load(row["draft"], dict)),
        output=load(row["output"], dict),
        status=row["status"],
        attempts=row["attempts"],
        error=row["error"],
        code=row["code"],
        plan=load(row["plan"], list),
    )
