"""What the planner is given and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ...draft import Draft
from ...draft.operations import Operation
from ...language import Language
from ...media.loudness import Reading

# Silent stretches of a file, in ms of the file.
Pauses = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class MediaAsset:
    """An uploaded file: length in ms (0 for an image), size in pixels, frames a second."""

    asset: str
    file: str
    kind: Literal["video", "image", "audio"]
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    fps: float | str | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """What a request is planned against: the draft, all uploads in their order, the steps of history.

    `past` are the drafts that undo leads to, the nearest first, where edits may be made on one of them; `said` is
    the message before. `last` are the segments that it was about: what "it" means; `recent` are its operations, and
    `earlier` what "it" meant to it.
    `pauses` by asset and `loudness` by draft (None: silent) are the answers to the questions that a plan `wants` to
    be answered.
    """

    draft: Draft
    assets: Sequence[MediaAsset] = ()
    undo_steps: int = 0
    redo_steps: int = 0
    past: tuple[Draft, ...] = ()
    said: str = ""
    last: tuple[str, ...] = ()
    recent: tuple[Operation, ...] = ()
    earlier: tuple[str, ...] = ()
    pauses: Mapping[str, Pauses] = field(default_factory=dict)
    loudness: Mapping[Draft, Reading | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do about a request.

    `operations` lead from the material's draft to `draft`, as was seen while planning. `undo` and `redo` are
    steps of history, which are done before: after an `undo` the operations lead on from one of its `past`. `notes`
    are assumptions that were made, `refusals` the parts that are not done and what can be done instead. A
    `question` comes with suggestions and leaves the draft as it is; an `answer` as well.

    A plan that `wants` something is none yet: it names the assets whose pauses must be known, and the drafts of
    which one must know how loud they are. Whoever can listen to media puts the answers into the material and
    plans again; planning itself opens no file.
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
    wants: frozenset[str | Draft] = frozenset()

    @property
    def edits(self) -> bool:
        """Whether the draft is meant to change."""
        return bool(self.operations or self.undo or self.redo)
