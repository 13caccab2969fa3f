"""The database's schema, and how a home of an earlier version is brought forward.

SQLite's `user_version` says which schema a database has; 0 is one of before it was counted, or a new one. Each step
leads to the next version in a transaction of its own. Steps that were released are never changed: a new one is added.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from ..draft import Draft
from ..errors import HomeFromLater


def migrate(db: sqlite3.Connection) -> None:
    """Bring a database to the schema of this version. HomeFromLater where it has a later one."""
    while (version := _version(db)) < len(_STEPS):
        db.execute("BEGIN EXCLUSIVE")
        try:
            if _version(db) == version:  # another process may have been quicker
                _STEPS[version](db)
                db.execute(f"PRAGMA user_version = {version + 1}")
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
    if version > len(_STEPS):
        raise HomeFromLater("This home was written by a later version of nemo_nb.")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _first(db: sqlite3.Connection) -> None:
    """All tables. Where they are there already, the home is one of before versions were counted."""
    for statement in (
        "users (id TEXT PRIMARY KEY, client TEXT UNIQUE NOT NULL, credits INTEGER NOT NULL)",
        "tokens (hash TEXT PRIMARY KEY, user TEXT NOT NULL, expires_ms INTEGER NOT NULL)",
        "claims (hash TEXT PRIMARY KEY, session TEXT NOT NULL, expires_ms INTEGER NOT NULL)",
        "sessions (id TEXT PRIMARY KEY, task TEXT UNIQUE NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL, "
        "language TEXT NOT NULL, head INTEGER NOT NULL, updated_ms INTEGER NOT NULL)",
        "turns (session TEXT NOT NULL, n INTEGER NOT NULL, parent INTEGER NOT NULL, kind TEXT NOT NULL, "
        "text TEXT NOT NULL, reply TEXT NOT NULL, operations TEXT NOT NULL, draft TEXT NOT NULL, "
        "at_ms INTEGER NOT NULL, PRIMARY KEY (session, n))",
        "uploads (session TEXT NOT NULL, position INTEGER NOT NULL, asset TEXT NOT NULL, file TEXT NOT NULL, "
        "info TEXT NOT NULL, PRIMARY KEY (session, position))",
        "renders (id TEXT PRIMARY KEY, user TEXT NOT NULL, session TEXT NOT NULL, draft TEXT NOT NULL, "
        "output TEXT NOT NULL, status TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, "
        "error TEXT NOT NULL DEFAULT '', code INTEGER NOT NULL DEFAULT 0, plan TEXT NOT NULL DEFAULT '[]', "
        "made_ms INTEGER NOT NULL)",
    ):
        db.execute(f"CREATE TABLE IF NOT EXISTS {statement}")


def _turns_in_full(db: sqlite3.Connection) -> None:
    """What a turn understood, what it left to be remembered, what it took back, and whether it changed the draft."""
    for column in (
        "frames TEXT NOT NULL DEFAULT '[]'",
        "memory TEXT NOT NULL DEFAULT '{}'",
        "left_out TEXT NOT NULL DEFAULT '[]'",
        "remade TEXT",
        "changed INTEGER NOT NULL DEFAULT 0",
    ):
        db.execute(f"ALTER TABLE turns ADD COLUMN {column}")
    mark_changed(db)


def _turns_told(db: sqlite3.Connection) -> None:
    """The hash of a turn's draft, and what changed by it. Of old turns both are worked out when they are asked for."""
    for column in ("hash TEXT NOT NULL DEFAULT ''", "told TEXT NOT NULL DEFAULT '[]'"):
        db.execute(f"ALTER TABLE turns ADD COLUMN {column}")


def mark_changed(db: sqlite3.Connection) -> None:
    """Say of each turn whether it changed the draft, from the drafts themselves."""
    for session, name in db.execute("SELECT id, name FROM sessions").fetchall():
        drafts = {0: Draft.empty(name).to_dict()}
        rows = db.execute("SELECT n, parent, draft FROM turns WHERE session = ? ORDER BY n", (session,))
        for n, parent, draft in rows.fetchall():
            drafts[n] = json.loads(draft)
            changed = drafts[n] != drafts.get(parent, drafts[0])
            db.execute("UPDATE turns SET changed = ? WHERE session = ? AND n = ?", (changed, session, n))


_STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first, _turns_in_full, _turns_told)
