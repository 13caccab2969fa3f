"""What a message is read against, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..draft import Draft
from ..language import Cue
from ..media import subtitles
from .assets import Lines, MediaAsset
from .clause import Read
from .memory import Memory
from .stage import Heard, Stage

__all__ = ["Outcome", "Scene", "Turn"]


class Turn(Protocol):
    """What is asked of an earlier turn."""

    @property
    def n(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def frames(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def changed(self) -> bool: ...
    @property
    def undone(self) -> bool: ...
    @property
    def before(self) -> Draft: ...
    @property
    def after(self) -> Draft: ...


@dataclass(frozen=True)
class Scene:
    """What a message is read against."""

    draft: Draft
    assets: Sequence[MediaAsset] = ()
    memory: Memory = field(default_factory=Memory)
    selected: tuple[str, ...] = ()
    playhead: int | None = None
    past: Sequence[Draft] = ()
    undo_steps: int = 0
    redo_steps: int = 0
    turns: Sequence[Turn] = ()
    pauses: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)
    loudness: Mapping[Draft, Heard | None] = field(default_factory=dict)
    lines: Mapping[Lines, Sequence[subtitles.Cue]] = field(default_factory=dict)
    cues: Sequence[Cue] = ()


@dataclass
class Outcome:
    """What came of a message: the stage it was done on, the steps of history, and what it leaves in memory."""

    stage: Stage
    reads: list[Read]
    undo: int = 0
    redo: int = 0
    leave_out: tuple[tuple[int, int | None], ...] = ()
    talk: str = ""
    memory: Memory = field(default_factory=Memory)
    frames: list[dict[str, Any]] = field(default_factory=list)
    unread: list[Read] = field(default_factory=list)
    declined: list[Read] = field(default_factory=list)
    """Understood, and not or not wholly done: that was told."""
    parts: Sequence[Read] = ()
    """The clauses as they were heard, before they were put together."""

    @property
    def sure(self) -> bool:
        return not self.unread
