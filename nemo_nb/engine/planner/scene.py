"""The stage on which a request is planned: the draft as it will be, what was said, and what is meant by it."""

from __future__ import annotations

from collections.abc import Sequence

from ...draft import Draft
from ...draft.figures import figures
from ...draft.operations import AddMusic, AddText, Op, Overlay, PlaceClip
from ...language import Language
from .material import Material, Plan
from .pointing import Pointing
from .wording import sentence


class Scene(Pointing):
    """Collects a plan. Each operation is tried at once, so that the next clause sees the draft after it."""

    def __init__(self, material: Material, language: Language) -> None:
        super().__init__(material, language)
        self.notes: list[str] = []
        self.refusals: list[str] = []
        self.answers: list[str] = []
        self.question: str | None = None
        self.suggestions: tuple[str, ...] = ()
        self.lost = 0  # words that the reply says nothing was done about, for want of understanding
        self.unmade: int | None = None  # after how many operations something was wanted that nobody can make

    # ---- what comes of it

    def say(self, key: str, **values: object) -> str:
        return sentence(self.language, key, **values)

    def refuse(self, key: str, **values: object) -> None:
        if key == "empty" and (waiting := self.waiting("image")):
            key, values = "not_placed", {"files": ", ".join(asset.file for asset in waiting)}
        self.refusals.append(self.say(key, **values))

    def answer(self, key: str, **values: object) -> None:
        self.answers.append(self.say(key, **values))

    def ask(self, key: str, suggestions: Sequence[str] = (), **values: object) -> None:
        """One question at a time; the first stands."""
        if self.question is None:
            self.question = self.say(key, **values)
            self.suggestions = tuple(suggestions)

    def seconds(self, ms: int) -> str:
        """A length as it is written in the request's language."""
        return figures(self.language).seconds(ms)

    def plan(self) -> Plan:
        return Plan(
            language=self.language,
            draft=self.draft,
            operations=tuple(self.operations),
            notes=tuple(dict.fromkeys(self.notes)),
            refusals=tuple(dict.fromkeys(self.refusals)),
            question=self.question,
            suggestions=self.suggestions,
            answer="\n".join(dict.fromkeys(self.answers)) or None,
        )


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
