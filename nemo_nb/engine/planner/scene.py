"""The stage on which a request is planned: the draft as it will be, what was said, and what is meant by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...draft import Draft, Segment
from ...draft.figures import figures
from ...draft.operations import AddMusic, AddText, Op, Operation, Overlay, PlaceClip, Split
from ...errors import DraftError
from ...intent.paces import Paces
from ...language import Cue, Language
from .material import Material, Plan
from .pointing import Pointing
from .timing import Timing
from .wording import sentence

_ABSENT = ("no_text", "no_music", "no_overlay", "no_such_text")


class Scene(Pointing):
    """Collects a plan. Each operation is tried at once, so that the next clause sees the draft after it."""

    def __init__(self, material: Material, language: Language, cues: tuple[Cue, ...] = ()) -> None:
        super().__init__(material, language)
        self.cues = cues
        self.notes: list[str] = []
        self.refusals: list[str] = []
        self.answers: list[str] = []
        self.question: str | None = None
        self.suggestions: tuple[str, ...] = ()
        self.wants: frozenset[str | Draft] = frozenset()
        self.lost = 0  # words that the reply says nothing was done about, for want of understanding
        self.absent = False  # whether something was meant that isn't there: perhaps it wasn't meant
        self.passed_over = 0  # words that nobody knows, in wishes that were understood without them
        self.undo = self.redo = 0
        self.alone = True  # whether the clause is all that was said
        self.mends = False  # whether it is to put right what was said before
        self.stepped_back = False  # whether the draft is the one that undo leads to
        self.spared: frozenset[str] = frozenset()  # the segments that the present clause is not to touch
        self.playhead: int | None = None  # where it was put
        self.unmade: int | None = None  # after how many operations something was wanted that nobody can make
        self.paces = Paces(self.total)
        self.instead: Timing | None = None  # when the empty picture was wanted that words were to stand on

    # ---- what comes of it

    def do(self, *operations: Operation) -> bool:
        """Adds operations to the plan, or a refusal where one cannot be made. All of them or none."""
        draft = self.draft
        if self.spared:
            operations = tuple(op for op in (_sparing(op, self.spared) for op in operations) if op)
        try:
            for operation in operations:
                draft = operation.apply(draft)
        except DraftError as error:
            self.refuse("failed", why=error.what)
            return False
        self.last = spoken_of(self.draft, draft, operations) or self.last
        self.draft = draft
        self.operations += operations
        return True

    def take_back(self, draft: Draft, done: int) -> None:
        """Undo what was planned after so many operations, which led from that draft."""
        del self.operations[done:]
        self.draft = draft

    def say(self, key: str, **values: object) -> str:
        return sentence(self.language, key, **values)

    def note(self, key: str, **values: object) -> None:
        self.notes.append(self.say(key, **values))

    def refuse(self, key: str, **values: object) -> None:
        if key == "empty" and (waiting := self.waiting("image")):
            key, values = "not_placed", {"files": ", ".join(asset.file for asset in waiting)}
        self.absent = self.absent or key in _ABSENT
        self.refusals.append(self.say(key, **values))

    def unsay(self, key: str, **values: object) -> None:
        """Takes back a note that a later wish of the same message made untrue."""
        self.notes = [note for note in self.notes if note != self.say(key, **values)]

    def answer(self, key: str, **values: object) -> None:
        self.answers.append(self.say(key, **values))

    def ask(self, key: str, suggestions: Sequence[str] = (), **values: object) -> None:
        """One question at a time; the first stands."""
        if self.question is None:
            self.question = self.say(key, **values)
            self.suggestions = tuple(suggestions)

    @property
    def said(self) -> tuple[object, ...]:
        """What has been said so far that is no edit: it grows with each refusal, answer, question and want."""
        return len(self.refusals), len(self.answers), self.question, self.wants

    @property
    def doubtful(self) -> bool:
        """Whether another reading of the request might make more sense."""
        return self.absent or self.lost > 0 or (self.question is not None and not self.operations)

    @property
    def loss(self) -> int:
        """How badly the request was understood: of two readings the better one has less.

        To pass over a word without saying so is worse than to say that it was lost.
        """
        return self.lost + 2 * self.passed_over + len(self.refusals) + (self.question is not None)

    def seconds(self, ms: int) -> str:
        """A length as it is written in the request's language."""
        return figures(self.language).seconds(ms)

    def outside(self) -> None:
        """A time that the timeline doesn't have."""
        self.refuse("outside" if self.total else "empty", length=self.seconds(self.total))

    def plan(self) -> Plan:
        return Plan(
            language=self.language,
            draft=self.draft,
            operations=tuple(self.operations),
            undo=self.undo,
            redo=self.redo,
            notes=tuple(dict.fromkeys(self.notes)),
            refusals=tuple(dict.fromkeys(self.refusals)),
            question=self.question,
            suggestions=self.suggestions,
            answer="\n".join(dict.fromkeys(self.answers)) or None,
            wants=self.wants,
        )

    # ---- what is there

    @property
    def recent(self) -> Sequence[Operation]:
        """The operations that were made last: of this message, else of the one before."""
        return self.operations or self.material.recent

    def cut_free(self, segments: Iterable[Segment], start_ms: int, end_ms: int) -> list[Segment]:
        """The parts of the segments inside a range, split off where they reach over its edges."""
        ids = {item.id for item in segments}
        for at in (start_ms, end_ms):
            known = {item.id for item in self.draft.segments}
            across = [s for s in self.draft.segments if s.id in ids and s.start_ms < at < s.end_ms]
            for item in across:
                self.do(Split(at_ms=at, segment=item.id))
            if across:
                ids |= {item.id for item in self.draft.segments} - known
        inside = [s for s in self.draft.segments if s.id in ids]
        return [s for s in inside if start_ms <= s.start_ms and s.end_ms <= end_ms]


def _sparing(operation: Operation, spared: frozenset[str]) -> Operation | None:
    """The operation without those segments; none where nothing is left of it."""
    named = getattr(operation, "segments", ())
    left = tuple(segment_id for segment_id in named if segment_id not in spared)
    if getattr(operation, "segment", None) in spared or (named and not left):
        return None
    return operation.model_copy(update={"segments": left}) if left != named else operation


def spoken_of(before: Draft, after: Draft, operations: Sequence[Op]) -> tuple[str, ...]:
    """What "it" means next: the segments that were named or made by these operations."""
    named = [
        segment_id
        for operation in operations
        for segment_id in (*getattr(operation, "segments", ()), getattr(operation, "segment", None))
        if segment_id
    ]
    if named:
        there = {segment.id for segment in after.segments}
        return tuple(segment_id for segment_id in named if segment_id in there)
    old = {segment.id for segment in before.segments}
    made = [s for s in after.segments if s.id not in old]
    placed = {operation.asset for operation in operations if isinstance(operation, PlaceClip)}
    made = [s for s in made if s.asset in placed] if placed else made
    adding = any(isinstance(operation, (AddMusic, AddText, Overlay, PlaceClip)) for operation in operations)
    return tuple(segment.id for segment in made) if adding else ()
