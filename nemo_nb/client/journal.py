"""What this machine remembers of each session: its project, the conversation and the exports.

The protocol has no call for past messages, and an export is only found again by its id. One owner-only file a
session, one JSON object a line, only ever appended to: a process that is killed loses at most its last line. The first
line says by which version of this form it is written, `v`; those of before that was written down are of version 1.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..errors import HomeFromLater, HomeNotWritable
from .answers import Session
from .files import append_line, data_of, read_file, usable
from .masked import hidden
from .notebook import Notebook

_MOST_BYTES = 500_000_000
VERSION = 1
"""Of the form of a journal. It is raised when a reader of the one before would misunderstand what is written."""

__all__ = ["Claim", "Entry", "Journal", "JournalExport", "JournalTurn", "JournalUpload"]


@dataclass(frozen=True, slots=True)
class JournalTurn:
    """What was said and what came back."""

    text: str
    reply: str
    at_ms: int
    stopped: bool = False
    """Interrupted by the user before the answer had come."""
    edited: bool | None = None
    """Of a stopped turn: whether the edit was made all the same. `None`: not known."""


@dataclass(frozen=True, slots=True)
class JournalExport:
    """An export as last written down."""

    id: str
    path: str
    state: str
    """`submitted`, `completed`, `failed`, `cancelled` or `saved`."""
    at_ms: int
    output: Mapping[str, Any] = field(default_factory=dict)
    """What was asked for: `quality`, `resolution`, `format`."""
    edit_hash: str = ""
    """Of the draft that was exported."""


@dataclass(frozen=True, slots=True)
class JournalUpload:
    """A file that was uploaded. `origin`: where it came from, as far as others may know it."""

    file: str
    hash: str
    origin: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A notebook that a project was open in, as it was found then. Of a notebook's claims the last one counts."""

    notebook: Notebook
    at_ms: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A session, with all that was written down about it, oldest first."""

    session: Session
    name: str
    created_ms: int
    updated_ms: int
    id: str = ""
    """By which a notebook remembers the project."""
    title: str = ""
    """The name that it was begun with, which its draft keeps."""
    old: bool = False
    """Of before there were such ids: then it is the session's."""
    claims: list[Claim] = field(default_factory=list)
    turns: list[JournalTurn] = field(default_factory=list)
    exports: list[JournalExport] = field(default_factory=list)
    uploads: list[JournalUpload] = field(default_factory=list)


class Journal:
    """The sessions with one backend, kept in `<home>/journal/<key>`.

    >>> journal = Journal(home, client.key)  # doctest: +SKIP
    >>> journal.begin(session, "trailer")  # doctest: +SKIP
    >>> journal.latest("trailer").session.session_id  # doctest: +SKIP
    'sess-1'
    """

    def __init__(self, home: Path, key: str, now_ms: Callable[[], int] | None = None) -> None:
        self._folder = home / "journal" / key
        self._now_ms = now_ms or (lambda: time.time_ns() // 1_000_000)

    def begin(self, session: Session, name: str, id: str | None = None) -> None:
        """Write down a new session, before anything else about it. `id`: the project's, if it isn't the session's."""
        self._append(
            session.session_id,
            kind="session",
            v=VERSION,
            session_id=session.session_id,
            task_id=session.task_id,
            user_id=session.user_id,
            name=name,
            id=id or session.session_id,
        )

    def rename(self, session_id: str, name: str) -> None:
        self._append(session_id, kind="name", name=name)

    def claim(self, session_id: str, notebook: Notebook) -> None:
        """Write down that the project is open in that notebook: from now on it is the notebook's."""
        self._append(session_id, kind="claim", **notebook.to_json())

    def copy(self, entry: Entry, session: Session, name: str, id: str) -> None:
        """Begin a session that has the conversation and the uploads of another. Its exports stay the other's."""
        self.begin(session, entry.title, id)
        self.rename(session.session_id, name)
        for turn in entry.turns:
            self.add_turn(
                session.session_id, turn.text, turn.reply,
                stopped=turn.stopped, edited=turn.edited, at_ms=turn.at_ms,
            )  # fmt: skip
        for upload in entry.uploads:
            self.add_upload(session.session_id, upload.file, upload.hash, upload.origin)

    def add_turn(
        self,
        session_id: str,
        text: str,
        reply: str,
        *,
        stopped: bool = False,
        edited: bool | None = None,
        at_ms: int | None = None,
    ) -> int:
        """Write down a turn, and return the moment that it goes by. Under the same moment it is written anew."""
        at_ms = self._now_ms() if at_ms is None else at_ms
        more = {"stopped": True, "edited": edited} if stopped else {}
        self._append(session_id, kind="turn", text=text, reply=reply, at_ms=at_ms, **more)
        return at_ms

    def add_upload(self, session_id: str, file: str, hash: str, origin: str) -> None:
        self._append(session_id, kind="upload", file=file, hash=hash, origin=origin)

    def add_export(self, session_id: str, export_id: str, path: str, state: str, **about: Any) -> None:
        """Write down an export, or its new state: the last line about an id counts.

        `about`: its `output` and `edit_hash`, which need to be told once only.
        """
        self._append(session_id, kind="export", id=export_id, path=path, state=state, **about)

    def find(self, session_id: str) -> Entry | None:
        """What was written down about a session. HomeFromLater where a later version of this package wrote it."""
        return self._read(self._path(session_id))

    def latest(self, name: str) -> Entry | None:
        """The session of this project name that was used last. HomeFromLater where it can't be told which that is."""
        found = (self._read(path, named=name) for path in self._folder.glob("*.jsonl"))
        return max((entry for entry in found if entry), key=lambda entry: entry.updated_ms, default=None)

    def of(self, id: str) -> Entry | None:
        """The session of the project with this id."""
        return next((entry for entry in self.entries() if entry.id == id), None)

    def entries(self) -> list[Entry]:
        """All sessions, the one used last first; but for those that a later version of this package wrote down."""
        found = (self._read(path, passing=True) for path in self._folder.glob("*.jsonl"))
        return sorted((entry for entry in found if entry), key=lambda entry: entry.updated_ms, reverse=True)

    def forget(self, session_id: str) -> None:
        self._path(session_id).unlink(missing_ok=True)

    def _path(self, session_id: str) -> Path:
        """Ids come from the backend: one that is no plain file name is replaced by its digest."""
        plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}", session_id)
        return self._folder / f"{session_id if plain else sha256(session_id.encode()).hexdigest()}.jsonl"

    def _append(self, session_id: str, /, **fields: Any) -> None:
        if "at_ms" not in fields:
            fields["at_ms"] = self._now_ms()
        line = json.dumps(fields, separators=(",", ":"))
        append_line(self._path(session_id), hidden(line, by="redacted"))

    def _read(self, path: Path, *, named: str | None = None, passing: bool = False) -> Entry | None:
        """`named`: only one of that name. `passing`: over those that can't be read."""
        try:
            lines = list(_objects(path))
        except HomeNotWritable:
            if passing:
                return None
            raise
        if not lines or lines[0].get("kind") != "session":
            return None
        first = lines[0]
        title = str(first.get("name"))
        names = (line.get("name") for line in reversed(lines) if line.get("kind") == "name")
        name = next((given for given in names if isinstance(given, str)), title)
        if named is not None and name != named:
            return None
        if first.get("v", 1) != VERSION:
            if passing:
                return None
            raise HomeFromLater("This project was written down by a later version of nemo_nb.")
        turns: dict[tuple[int, str], JournalTurn] = {}
        exports: dict[str, dict[str, Any]] = {}
        for line in lines:
            if line.get("kind") == "turn":
                turn = _turn(line)
                turns[turn.at_ms, turn.text] = turn
            if line.get("kind") == "export":
                exports.setdefault(str(line.get("id")), {}).update(line)
        return Entry(
            session=Session.read(first),
            name=name,
            created_ms=_at(first),
            updated_ms=max(_at(line) for line in lines if line.get("kind") != "claim"),
            id=str(first.get("id") or first.get("session_id")),
            title=title,
            old="id" not in first,
            claims=[Claim(Notebook.read(line), _at(line)) for line in lines if line.get("kind") == "claim"],
            turns=list(turns.values()),
            exports=[_export(line) for line in exports.values()],
            uploads=[
                JournalUpload(
                    str(line.get("file")), str(line.get("hash")), str(line.get("origin")), _at(line)
                )
                for line in lines
                if line.get("kind") == "upload"
            ],
        )


def _export(line: Mapping[str, Any]) -> JournalExport:
    output = line.get("output")
    return JournalExport(
        str(line.get("id")),
        str(line.get("path")),
        str(line.get("state")),
        _at(line),
        output if isinstance(output, dict) else {},
        str(line.get("edit_hash") or ""),
    )


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    """The lines that are whole: a process may have been killed in the middle of one."""
    with usable(path):
        try:
            content = read_file(path, _MOST_BYTES)
        except FileNotFoundError:
            return
    for line in content.decode("utf-8", "replace").split("\n"):
        try:
            fields = data_of(line)
        except ValueError:
            continue
        if isinstance(fields, dict):
            yield fields


def _turn(line: Mapping[str, Any]) -> JournalTurn:
    edited = line.get("edited")
    return JournalTurn(
        str(line.get("text")),
        str(line.get("reply")),
        _at(line),
        line.get("stopped") is True,
        edited if isinstance(edited, bool) else None,
    )


def _at(line: Mapping[str, Any]) -> int:
    at_ms = line.get("at_ms")
    return at_ms if isinstance(at_ms, int) else 0
