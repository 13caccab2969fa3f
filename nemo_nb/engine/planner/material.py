"""What the planner is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from ...draft import Draft
from ...draft.operations import Operation, parse
from ...intent.assets import Lines, MediaAsset
from ...language import Language
from ...media import subtitles
from ...media.loudness import Reading

__all__ = ["Lines", "Material", "MediaAsset", "Pauses", "Plan", "TurnSeen"]

# Silent stretches of a file, in ms of the file.
Pauses = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class TurnSeen:
    """A turn of the conversation so far, as `project.history` numbers it.

    `kind` is `message`, `apply` (operations from elsewhere, edits by hand among them), `upload` or `undo`. `frames`
    are what a plan gave for it. `changed`: whether it changed the draft; `undone`: whether it did and is taken back
    now. One that took earlier turns back while the later ones stayed has them as `left_out`, and as `renamed` the
    segments that have another id since, with None for those that are gone. `operations`, and the drafts `before` and
    `after`, are read when they are asked for: most never are.
    """

    n: int
    kind: str
    text: str
    frames: tuple[dict[str, Any], ...]
    changed: bool
    undone: bool
    made: Sequence[Mapping[str, Any]] = field(repr=False)
    """Its operations as JSON."""
    read_before: Callable[[], Draft] = field(repr=False, compare=False)
    read_after: Callable[[], Draft] = field(repr=False, compare=False)
    left_out: tuple[tuple[int, int | None], ...] = ()
    renamed: Mapping[str, str | None] = field(default_factory=dict)

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        return tuple(parse(self.made))

    @cached_property
    def before(self) -> Draft:
        """The draft that its operations were made on."""
        return self.read_before()

    @cached_property
    def after(self) -> Draft:
        return self.read_after()


@dataclass(frozen=True, slots=True)
class InTheWay:
    """Why an earlier turn can't be taken back alone: a later one, which can't be made again as it was.

    `text` is what was said in it, `operation` (as JSON) what it did, as part of the frame with this index where there
    is one. `reason`: what it was about is
    `gone`; it lies `outside`; it would touch an `other` thing than before. `why` says so in English; `segments` are the
    ids that it names.
    """

    turn: int
    text: str
    frame: int | None
    operation: dict[str, Any]
    reason: Literal["gone", "outside", "other"]
    why: str
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """What a request is planned against: the draft, all uploads in their order, the steps of history.

    `turns` are all turns in time, the newest last. `memory` is what the newest of them left (a plan's `memory`, taken
    along by turns that have none of their own), {} at first. `focus` is what the message came with: `at`, the
    playhead in ms or None, and `segments`, the ids of what is selected. `without(turns)` tries what a plan's
    `leave_out` would come to: the draft, or what is `InTheWay`; InvalidInput for a turn that is undone or changed
    nothing.

    `past` are the drafts that undo leads to, the nearest first, where edits may be made on one of them; `said` is
    the message before. `last` are the segments that it was about: what "it" means; `recent` are its operations, and
    `earlier` what "it" meant to it.
    `pauses` by asset, `loudness` by draft (None: silent) and `lines` by subtitle track (none where it can't be read)
    are the answers to the questions that a plan `wants` to be answered.
    """

    draft: Draft
    assets: Sequence[MediaAsset] = ()
    undo_steps: int = 0
    redo_steps: int = 0
    past: Sequence[Draft] = ()
    said: str = ""
    last: tuple[str, ...] = ()
    recent: tuple[Operation, ...] = ()
    earlier: tuple[str, ...] = ()
    pauses: Mapping[str, Pauses] = field(default_factory=dict)
    loudness: Mapping[Draft, Reading | None] = field(default_factory=dict)
    lines: Mapping[Lines, Sequence[subtitles.Cue]] = field(default_factory=dict)
    turns: Sequence[TurnSeen] = ()
    memory: Mapping[str, Any] = field(default_factory=dict)
    focus: Mapping[str, Any] = field(default_factory=dict)
    without: Callable[[Sequence[tuple[int, int | None]]], Draft | InTheWay] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do about a request.

    `operations` lead from the material's draft to `draft`, as was seen while planning. `undo` and `redo` are
    steps of history, which are done before: after an `undo` the operations lead on from one of its `past`. `notes`
    are assumptions that were made, `refusals` the parts that are not done and what can be done instead. A
    `question` comes with suggestions and leaves the draft as it is; an `answer` as well.

    `frames` say what was understood, as JSON: each has its name as `frame` and, as `ops`, the start and end of its
    slice of `operations`. `memory` is JSON as well and the planner's own: what was spoken of, the question that is
    open; None leaves it as it was. `stated` are the notes and refusals as data, `{"key", "values"}`. `score` is how
    well the request was understood, `unbound` the words that were not.

    `leave_out` are earlier turns to take back while the later ones stay, by number, each with the index of one of its
    frames or None for the whole: that is done first, and the operations lead on from what comes of it.

    A plan that `wants` something is none yet: it names the assets whose pauses must be known, the drafts of which one
    must know how loud they are, and the subtitle tracks whose lines are needed. Whoever can open media puts the
    answers into the material and plans again; planning itself opens no file.
    """

    language: Language
    draft: Draft
    operations: tuple[Operation, ...] = ()
    undo: int = 0
    redo: int = 0
    notes: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    question: str | None = None
    suggestions: tuple[str, ...] = field(default=())
    answer: str | None = None
    wants: frozenset[str | Draft | Lines] = frozenset()
    frames: tuple[dict[str, Any], ...] = ()
    memory: Mapping[str, Any] | None = None
    leave_out: tuple[tuple[int, int | None], ...] = ()
    stated: tuple[dict[str, Any], ...] = ()
    score: float | None = None
    unbound: tuple[str, ...] = ()

    @property
    def edits(self) -> bool:
        """Whether the draft is meant to change."""
        return bool(self.operations or self.undo or self.redo or self.leave_out)
