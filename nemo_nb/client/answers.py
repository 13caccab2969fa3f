"""Answers of a backend, typed.

Reading is tolerant: of a missing or odd field the default is taken, never an error.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Literal

from ..draft import Change, Changes, Draft
from ..errors import ExportCancelled, NotSupportedByBackend
from ..media.formats import EVERYWHERE, Accepted, accepted_of
from ..misuse import Waited
from .masked import Secret

__all__ = [
    "Applied",
    "Asset",
    "Capabilities",
    "Credits",
    "Plan",
    "ProjectEntry",
    "RenderJob",
    "Session",
    "Stand",
    "State",
    "TokenEntry",
    "Turn",
    "read_changes",
    "whole",
]

_MOST = 1e15  # beyond it is no time, size or number that anybody means
_MOST_TURNS = 1_000_000  # of a history: nobody's runs of numbers become more than that here
Status = Literal["pending", "processing", "completed", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation about one project."""

    session_id: str
    task_id: str = ""
    user_id: str = ""

    @classmethod
    def read(cls, data: object) -> Session:
        fields = _mapping(data)
        return cls(_text(fields, "session_id"), _text(fields, "task_id"), _text(fields, "user_id"))


@dataclass(frozen=True, slots=True)
class Asset:
    """An uploaded file. Sizes in pixels; what doesn't apply to its kind is 0."""

    name: str
    kind: str
    """`video`, `audio`, `image`, or what the backend calls it."""
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    fps: float = 0.0
    hash: str = field(default="", repr=False)
    note: str = ""
    """What the backend has to say of it: which of its sound tracks is heard, what isn't shown."""
    streams: Sequence[Mapping[str, Any]] = field(default=(), repr=False, compare=False)
    """Its tracks, where the backend tells them: see `Project.streams`."""

    @classmethod
    def read(cls, data: object) -> Asset:
        fields = _mapping(data)
        return cls(
            name=_text(fields, "filename"),
            kind=_text(fields, "file_type").partition("/")[0],
            duration_ms=round(_number(fields, "duration") * 1000),
            width=whole(fields, "width"),
            height=whole(fields, "height"),
            fps=_number(fields, "fps"),
            hash=_text(fields, "hash"),
            note=_text(fields, "note"),
            streams=tuple(_rows(fields.get("streams"))),
        )

    @classmethod
    def read_all(cls, entries: object) -> list[Asset]:
        return [cls.read(entry) for entry in _rows(entries)]


@dataclass(frozen=True, slots=True)
class Credits(Waited):
    available: float
    frozen: float
    total: float

    @classmethod
    def read(cls, data: object) -> Credits:
        fields = _mapping(data)
        return cls(_number(fields, "available"), _number(fields, "frozen"), _number(fields, "total"))


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a history stands: the number of its newest `turn`, and which turns are `undone`."""

    turn: int
    undone: frozenset[int] = frozenset()

    @classmethod
    def read(cls, data: object) -> Stand | None:
        """From `{"turn": 7, "undone": [[3, 5]]}`, runs of numbers; None where a backend tells nothing of it."""
        fields = _mapping(data)
        newest, runs = fields.get("turn"), fields.get("undone")
        if type(newest) is not int or not isinstance(runs, list):
            return None
        ends = [
            (run[0], run[-1]) for run in runs if isinstance(run, list) and run and {*map(type, run)} == {int}
        ]
        most = min(newest, _MOST_TURNS)
        named = chain.from_iterable(range(max(first, 1), min(last, most) + 1) for first, last in ends)
        return cls(newest, frozenset(islice(named, _MOST_TURNS)))


@dataclass(frozen=True, slots=True)
class State:
    """What a session holds now. `raw` is all of it, also what nobody here knows."""

    draft: Draft
    assets: list[Asset]
    raw: Mapping[str, Any] = field(repr=False)
    stand: Stand | None = None
    """Where the history stands; only the embedded engine tells."""

    @classmethod
    def read(cls, data: object) -> State:
        fields = _mapping(data)
        state = _mapping(fields.get("state"))
        return cls(
            Draft.read(_mapping(state.get("draft"))),
            Asset.read_all(state.get("video_infos")),
            state,
            Stand.read(fields.get("stand")),
        )


@dataclass(frozen=True, slots=True)
class RenderJob:
    """An export as the backend sees it. Its `url` is a credential: it shows only masked."""

    id: str
    status: Status
    progress: float = 0.0
    """From 0 to 1."""
    url: Secret | None = None
    error: str = ""
    error_code: int | None = None
    next_step: str = ""
    """What to do about the error; only the embedded engine tells."""
    plan: list[dict[str, Any]] = field(default_factory=list)
    """What is copied and what is encoded, one row a piece of the output; only the embedded engine tells."""
    time_left_ms: int | None = None
    """How long it will still take; only the embedded engine tells."""

    @property
    def ended(self) -> bool:
        return self.status in ("completed", "failed", "cancelled")

    @classmethod
    def read(cls, data: object, export_id: str) -> RenderJob:
        """From either shape: the URL at `output.url` or at `outputUrl`."""
        fields = _mapping(data)
        status = _STATUSES.get(_text(fields, "status").lower(), "processing")
        output = _mapping(fields.get("output"))
        url = Secret(_text(output, "url") or _text(fields, "outputUrl"))
        error = fields.get("error")
        told = _number(_mapping(error), "code") or _number(fields, "code") or _number(fields, "errorCode")
        code = int(told) or None
        if code == ExportCancelled.code:  # the protocol has no status of its own for it
            status = "cancelled"
        said = _text(_mapping(error), "message") or _text(fields, "error") or _text(fields, "message")
        advice = _text(fields, "nextStep")
        return cls(
            id=_text(fields, "id") or export_id,
            status=status,
            progress=1.0 if status == "completed" else _fraction(_number(fields, "progress")),
            url=url or None,
            error=said.removesuffix(advice).strip() if status == "failed" else "",
            error_code=code,
            next_step=advice if status == "failed" else "",
            plan=[dict(row) for row in _rows(fields.get("plan"))],
            time_left_ms=max(0, whole(fields, "timeLeftMs")) if "timeLeftMs" in fields else None,
        )


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a backend can do beyond the plain protocol, whose extensions are none; and which files it takes."""

    extensions: frozenset[str] = frozenset()
    engine: str = ""
    version: str = ""
    notice: str = ""
    """What whoever uses this engine should know: that its database had to be made again, say."""
    accepts: Accepted = EVERYWHERE
    """The formats and the size of files: of a backend that doesn't say, what every one takes."""

    @classmethod
    def read(cls, data: object) -> Capabilities:
        fields = _mapping(data)
        named = fields.get("extensions")
        extensions = (
            frozenset(name for name in named if isinstance(name, str)) if isinstance(named, list) else ()
        )
        return cls(
            frozenset(extensions),
            _text(fields, "engine"),
            _text(fields, "version"),
            _text(fields, "notice"),
            _accepts(fields),
        )


def _accepts(fields: Mapping[str, Any]) -> Accepted:
    named, most = fields.get("formats"), fields.get("max_file_bytes")
    if not isinstance(named, list) or not isinstance(most, int):
        return EVERYWHERE
    return accepted_of((name for name in named if isinstance(name, str)), most)


@dataclass(frozen=True, slots=True)
class Plan(Waited):
    """What a sentence would do, and what would be answered.

    `frames` say how it was understood and `score` how well, where the backend tells; `unbound` are the words that
    nothing was made of. A `question` comes with `suggestions` of what to say.
    """

    operations: list[dict[str, Any]]
    reply: str
    frames: list[dict[str, Any]] = field(default_factory=list)
    score: float | None = None
    unbound: tuple[str, ...] = ()
    question: str | None = None
    suggestions: tuple[str, ...] = ()

    @classmethod
    def read(cls, data: object) -> Plan:
        fields = _mapping(data)
        score, question = fields.get("score"), fields.get("question")
        return cls(
            [dict(row) for row in _rows(fields.get("operations"))],
            _text(fields, "reply"),
            [dict(row) for row in _rows(fields.get("frames"))],
            _number(fields, "score") if isinstance(score, int | float) else None,
            _texts(fields, "unbound"),
            question if isinstance(question, str) else None,
            _texts(fields, "suggestions"),
        )


@dataclass(frozen=True, slots=True)
class Applied:
    """What a change made of the draft. `turn` is 0 and `reply` empty after `undo` and `redo`.

    `changes` are what changed by it; None where a backend doesn't tell.
    """

    draft: Draft
    turn: int = 0
    reply: str = ""
    steps: int = 1
    """How many steps were really gone back or forth."""
    changes: tuple[Change, ...] | None = None

    @classmethod
    def read(cls, data: object) -> Applied:
        fields = _mapping(data)
        return cls(
            draft=Draft.read(_mapping(fields.get("draft"))),
            turn=whole(fields, "turn"),
            reply=_text(fields, "reply"),
            steps=whole(fields, "steps") if "steps" in fields else 1,
            changes=read_changes(fields.get("changes")),
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of a project's history. The draft that it led to: `project.draft_at(turn.turn)`.

    `hash` is that draft's, `changes` are what changed by it, and `frames` say how a message was understood.
    """

    turn: int
    kind: str
    """`message`, `upload`, `apply`, or `undo` of one that took earlier turns back while later ones stayed."""
    text: str
    operations: list[dict[str, Any]]
    undone: bool
    at_ms: int
    hash: str = ""
    changes: Changes = field(default_factory=Changes)
    frames: list[dict[str, Any]] = field(default_factory=list, repr=False)
    way: list[dict[str, Any]] | None = field(default=None, repr=False)
    """Where it took earlier turns back alone: the turns that made the draft it started from, with their operations."""
    held: Draft | None = field(default=None, repr=False, compare=False)
    """Its draft, where an older engine sends that along."""
    fetch: Callable[[int], Draft] | None = field(default=None, repr=False, compare=False)

    @property
    def draft(self) -> Draft:
        """The draft that it led to, fetched now. Deprecated: `project.draft_at(turn.turn)`."""
        warnings.warn(
            "Turn.draft fetches the draft each time, and will go: use project.draft_at(turn.turn).",
            DeprecationWarning,
            stacklevel=2,
        )
        if self.held is not None:
            return self.held
        if self.fetch is None:
            raise NotSupportedByBackend("The draft of this turn can't be had.")
        return self.fetch(self.turn)

    @classmethod
    def read(cls, data: object, before: Draft | None = None) -> Turn:
        """A turn of the history. `before` is the draft of the turn before it, as far as that came with its draft."""
        fields = _mapping(data)
        held = Draft.read(fields["draft"]) if "draft" in fields else None
        told = [Change.read(row) for row in _rows(fields.get("changes"))]
        if held is not None and "changes" not in fields:
            told = [*(before or Draft.empty()).diff(held)]
        return cls(
            turn=whole(fields, "turn"),
            kind=_text(fields, "kind"),
            text=_text(fields, "text"),
            operations=[dict(row) for row in _rows(fields.get("operations"))],
            undone=fields.get("undone") is True,
            at_ms=whole(fields, "at_ms"),
            hash=_text(fields, "hash") or (held.hash if held is not None else ""),
            changes=Changes(change for change in told if change),
            frames=[dict(row) for row in _rows(fields.get("frames"))],
            way=[dict(row) for row in _rows(way)] if (way := fields.get("way")) is not None else None,
            held=held,
        )

    @classmethod
    def read_all(cls, entries: object, before: Draft | None = None) -> list[Turn]:
        """Turns that follow each other; `before` is the draft before the first."""
        turns: list[Turn] = []
        for entry in _rows(entries):
            turns.append(cls.read(entry, turns[-1].held if turns else before))
        return turns


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """A project in the embedded engine's list.

    `bytes` are what its removal frees; a `busy` one has an export that waits or runs.
    """

    task_id: str
    session_id: str
    name: str
    updated_ms: int
    bytes: int = 0
    busy: bool = False
    duration_ms: int = 0

    @classmethod
    def read(cls, data: object) -> ProjectEntry:
        fields = _mapping(data)
        return cls(
            _text(fields, "task_id"),
            _text(fields, "session_id"),
            _text(fields, "name"),
            whole(fields, "updated_ms"),
            whole(fields, "bytes"),
            fields.get("busy") is True,
            whole(fields, "duration_ms"),
        )

    @classmethod
    def read_all(cls, entries: object) -> list[ProjectEntry]:
        return [cls.read(entry) for entry in _rows(entries)]


@dataclass(frozen=True, slots=True)
class TokenEntry:
    """A token that an engine takes: what it is called, whose it is, and when it ends."""

    id: str
    user_id: str
    expires_ms: int
    mine: bool

    @classmethod
    def read(cls, data: object) -> TokenEntry:
        fields = _mapping(data)
        return cls(
            _text(fields, "id"),
            _text(fields, "user_id"),
            whole(fields, "expires_ms"),
            fields.get("mine") is True,
        )

    @classmethod
    def read_all(cls, entries: object) -> list[TokenEntry]:
        return [cls.read(entry) for entry in _rows(entries)]


@dataclass(frozen=True, slots=True)
class ReelPiece:
    """A short piece of the cut: from frame `first` on, and by which keys its picture and its sound are known again."""

    first: int
    frames: int
    picture: str
    sound: str

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> ReelPiece:
        first, frames = whole(row, "first"), whole(row, "frames")
        return cls(max(first, 0), max(frames, 1), _text(row, "picture"), _text(row, "sound"))


@dataclass(frozen=True, slots=True)
class Reel:
    """The cut in pieces for a player. `fps` is exact: numerator and denominator.

    `codecs`: what the files of pictures and sounds are, as a page tells its player.
    """

    fps: tuple[int, int]
    codecs: Mapping[str, str]
    pieces: tuple[ReelPiece, ...] = ()

    @classmethod
    def read(cls, data: object) -> Reel:
        fields = _mapping(data)
        rate = fields.get("fps")
        numbers = rate if isinstance(rate, list) and len(rate) == 2 else [30, 1]
        numerator, denominator = (
            value if isinstance(value, int) and 0 < value < 1e9 else 1 for value in numbers
        )
        codecs = {key: _text(_mapping(fields.get("codecs")), key) for key in ("picture", "sound")}
        return cls((numerator, denominator), codecs, tuple(map(ReelPiece.read, _rows(fields.get("pieces")))))


def read_changes(rows: object) -> tuple[Change, ...] | None:
    """What an answer says that changed; None where it says nothing of it, or something that nobody here can read."""
    if not isinstance(rows, list | tuple) or not all(isinstance(row, dict) for row in rows):
        return None
    changes = [Change.read(row) for row in rows]
    return None if None in changes else tuple(change for change in changes if change)


_STATUSES: dict[str, Status] = {
    "pending": "pending",
    "processing": "processing",
    "completed": "completed",
    "failed": "failed",
    "cancelled": "cancelled",
    "canceled": "cancelled",
}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _rows(value: object) -> Iterable[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _text(fields: Mapping[str, Any], key: str) -> str:
    value = fields.get(key)
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _texts(fields: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = fields.get(key)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _number(fields: Mapping[str, Any], key: str) -> float:
    value = fields.get(key)
    try:
        number = float(value) if isinstance(value, int | float | str) else 0.0
    except (ValueError, OverflowError):
        return 0.0
    return number if abs(number) < _MOST else 0.0  # neither what is none nor infinity is less


def whole(fields: Mapping[str, Any], key: str) -> int:
    """A number of an answer, without what is behind its point; 0 for what is none."""
    return int(_number(fields, key))


def _fraction(progress: float) -> float:
    """Backends count to 1 or to 100. Of a render that still runs, 1 is the first percent, not the end."""
    return min(max(progress / 100 if progress >= 1 else progress, 0.0), 0.99)
