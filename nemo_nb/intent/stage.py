"""Where frames are carried out: the draft as it becomes, the operations so far, and what must be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..draft import Draft, Segment
from ..draft.figures import figures
from ..draft.operations import Op, Operation, Split
from ..errors import DraftError
from ..language import Cue
from ..media import subtitles
from ..tongues import Language
from .assets import Lines, MediaAsset
from .frames import Frame
from .memory import Memory, Open
from .paces import Paces
from .resolve import ALL_KINDS, Absent, Ambiguous, Found, Ground, Missing
from .slots import Moment, Span, Target

_MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Said:
    """Something to be told: a key of the wording, and its values."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one frame: its operations are `operations[start:end]` of the stage."""

    frame: Frame
    start: int
    end: int
    ids: tuple[str, ...]


class Heard(Protocol):
    """What a meter says of a sound."""

    @property
    def lufs(self) -> float: ...
    @property
    def peak_db(self) -> float: ...


class Stage:
    """Each operation is tried at once, so that the next frame sees the draft after it."""

    def __init__(
        self, draft: Draft, assets: Sequence[MediaAsset], memory: Memory, language: Language,
        *, selected: tuple[str, ...] = (), playhead: int | None = None, past: Sequence[Draft] = (),
    ) -> None:  # fmt: skip
        self.language = language
        self.assets, self.selected, self.playhead, self.past = assets, selected, playhead, past
        self.memory = memory
        self.ground = Ground(draft, assets, memory, selected, playhead)
        self.operations: list[Operation] = []
        self.done: list[Done] = []
        self.notes: list[Said] = []
        self.refusals: list[Said] = []
        self.answers: list[Said] = []
        self.question: Said | None = None
        self.suggestions: list[Said] = []
        self.open: Open | None = None
        self.spared: frozenset[str] = frozenset()
        self.cues: Sequence[Cue] = ()  # lines of captions that came with the message
        self.pauses: Mapping[str, Sequence[tuple[int, int]]] = {}
        self.loudness: Mapping[Draft, Heard | None] = {}
        self.lines: Mapping[Lines, Sequence[subtitles.Cue]] = {}
        self.wants: set[str | Draft | Lines] = set()
        self.paces: Paces | None = None
        self.frame: Frame | None = None
        self.touched: list[str] = []

    @property
    def draft(self) -> Draft:
        return self.ground.draft

    @property
    def total(self) -> int:
        return self.ground.total

    # ---- doing

    def do(self, *operations: Operation) -> bool:
        """All of them, or none where one can't be done; that is told."""
        draft = self.draft
        wanted = [op for op in (_sparing(op, self.spared) for op in operations) if op is not None]
        if operations and not wanted:
            return True
        try:
            for operation in wanted:
                draft = operation.apply(draft)
        except DraftError as error:
            self.refuse("failed", why=self._with_names(error.what))
            return False
        self._note_touched(self.draft, draft, wanted)
        self.stand_on(draft)
        self.operations += wanted
        return True

    def _with_names(self, text: str) -> str:
        """A sentence of the draft's with names in place of ids."""
        there = self.ground.by_id
        return re.sub(r"'([^']+)'", lambda m: self.called(there[m[1]]) if m[1] in there else m[0], text)

    def stand_on(self, draft: Draft) -> None:
        self.ground = Ground(draft, self.assets, self.memory, self.selected, self.playhead)

    def _note_touched(self, before: Draft, after: Draft, operations: Sequence[Op]) -> None:
        old = {item.id: item.meta for item in before.segments}
        changed = [
            item.id for item in after.segments if item.id in old and dict(old[item.id]) != dict(item.meta)
        ]
        made = [item.id for item in after.segments if item.id not in old]
        splits = all(isinstance(operation, Split) for operation in operations)
        for segment_id in () if splits else (*made, *changed):
            if segment_id in self.touched:
                self.touched.remove(segment_id)
            self.touched.append(segment_id)

    def take_back(self, draft: Draft, count: int) -> None:
        """Undo what was done after so many operations, which led from that draft."""
        del self.operations[count:]
        self.stand_on(draft)

    # ---- telling

    def note(self, key: str, **values: Any) -> None:
        self.notes.append(Said(key, values))

    def unsay(self, key: str) -> None:
        self.notes = [note for note in self.notes if note.key != key]

    def refuse(self, key: str, **values: Any) -> None:
        if key == "empty" and (waiting := self.ground.waiting("image")):
            key, values = "not_placed", {"files": ", ".join(asset.file for asset in waiting)}
        self.refusals.append(Said(key, values))

    def answer(self, key: str, **values: Any) -> None:
        self.answers.append(Said(key, values))

    def ask(self, key: str, suggestions: Iterable[Said | str] = (), *, slot: str = "", **values: Any) -> None:
        """One question at a time; the first stands. `slot` is what the answer fills in the present frame."""
        if self.question is not None:
            return
        self.question = Said(key, values)
        self.suggestions = [item if isinstance(item, Said) else Said(item) for item in suggestions]
        if slot and self.frame is not None:
            choices = tuple(
                str(item.values.get("text", "")) for item in self.suggestions if item.key == "choice"
            )
            self.open = Open(frame=self.frame.data(), slot=slot, choices=choices)

    def seconds(self, ms: int) -> str:
        return figures(self.language).seconds(ms)

    def outside(self) -> None:
        """A time that the timeline doesn't have."""
        self.refuse("outside" if self.total else "empty", length=self.seconds(self.total))

    # ---- finding

    def want(
        self, target: Target | None, kinds: Sequence[str] = ALL_KINDS, *, slot: str = "target",
        default: Callable[[], Sequence[Segment]] | None = None,
    ) -> tuple[Segment, ...]:  # fmt: skip
        """The segments that are meant; none where that had to be asked or refused, which is told.

        `default` is what is meant where nothing was said of it.
        """
        unsaid = target is None or (target.vague and not self.ground.mentioned(kinds))
        if target is None and not self.of_the_film() and (last := self.ground.mentioned(kinds, recent=True)):
            return self._spare(last)
        if unsaid and default is not None:
            found = tuple(default())
            if found:
                return self._spare(found)
        answer = self.ground.find(target, kinds)
        if isinstance(answer, Found):
            return self._spare(answer.segments)
        self._unresolved(answer, kinds, slot)
        return ()

    def of_the_film(self) -> bool:
        """ "Mute 2 to 4": told by the clock of the film, whatever clip was spoken of before."""
        spans: Sequence[Span] = getattr(self.frame, "spans", ())
        return any(span.how == "range" and span.start.of is None for span in spans)

    def which(self, candidates: Sequence[Segment], slot: str) -> None:
        """Asks which of these is meant."""
        self._unresolved(Ambiguous(tuple(candidates)), (), slot)

    def _spare(self, found: tuple[Segment, ...]) -> tuple[Segment, ...]:
        return tuple(item for item in found if item.id not in self.spared)

    def _unresolved(self, answer: Absent | Ambiguous | Missing, kinds: Sequence[str], slot: str) -> None:
        if isinstance(answer, Missing):
            self.refuse(self._nothing_of(answer.kinds))
            return
        there = answer.there if isinstance(answer, Absent) else answer.candidates
        choices = list(dict.fromkeys(self.called(item) for item in there))
        said = [Said("choice", {"text": choice}) for choice in choices[:_MOST_CHOICES]]
        if isinstance(answer, Absent) and (answer.what or answer.upload):
            if answer.upload is not None and not there:
                self.refuse("not_there", file=answer.upload.file)
                return
            if answer.upload is not None and answer.upload.file not in {
                item.file for item in self.draft.segments
            }:
                self.refuse("not_there", file=answer.upload.file)
                return
            shown = ", ".join(choices[:_MOST_CHOICES])
            if answer.what.lstrip("-").isdigit():
                self.refuse("no_such_clip", number=answer.what, count=len(there))
            elif shown:
                self.ask("which_absent", said, slot=slot, what=answer.what, files=shown)
            else:
                self.refuse("no_such_file", file=answer.what)
            return
        key = "which_text" if all(item.kind == "text" for item in there) else "which_one"
        self.ask(
            key,
            said,
            slot=slot,
            files=", ".join(choices),
            texts=", ".join(f"“{choice}”" for choice in choices),
        )

    def absent(self, said: str) -> None:
        """Asks what was meant by words that name nothing here."""
        there = tuple(self.ground.clips) or tuple(self.draft.segments)
        self._unresolved(Absent(said, there), ALL_KINDS, "target")

    def _nothing_of(self, kinds: Sequence[str]) -> str:
        target: Target | None = getattr(self.frame, "target", None)
        if target is not None and target.kind == "image":
            return "no_photo"
        if "clip" in kinds:
            return "empty" if not self.ground.clips else "no_sound"
        for kind, key in (
            ("music", "no_music"),
            ("text", "no_text"),
            ("caption", "no_text"),
            ("logo", "no_overlay"),
            ("b-roll", "no_b_roll"),
        ):
            if kind in kinds:
                return key
        return "empty"

    def called(self, item: Segment) -> str:
        """How a segment is spoken of."""
        return item.text if item.kind == "text" else item.file

    # ---- times

    def span(self, span: Span, owner: Segment | None = None) -> tuple[int, int] | None:
        """In ms of the timeline; None (told) where it lies outside or can't be found."""
        start, end = self.ground.moment(span.start, owner), self.ground.moment(span.end, owner)
        if start is None or end is None:
            self.ask("which_moment", ())
            return None
        limit = owner.end_ms if owner is not None else self.total
        first = owner.start_ms if owner is not None else 0
        if start >= limit or start < first:
            self.outside()
            return None
        if end <= start:
            self.refuse("reversed_range")
            return None
        return start, end

    def moment(self, moment: Moment, owner: Segment | None = None) -> int | None:
        at = self.ground.moment(moment, owner)
        if at is None:
            self.ask("which_moment", ())
        return at

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

    def _in_its_own_time(self, clip: Segment, spans: Sequence[Span]) -> bool:
        """ "The dance from second 5 on", where it begins at 0:43: what isn't its time on the timeline is its own."""
        if any(span.start.of or span.end.of for span in spans):
            return False
        theirs = [span.within(self.total) for span in spans]
        return all(start < clip.start_ms and start < clip.duration_ms for start, _ in theirs)

    def within(self, segments: Sequence[Segment], spans: Sequence[Span]) -> list[Segment]:
        """Of the segments what lies in the stretches; all of them where none is named. None left: it was told."""
        if not spans or not segments:
            return list(segments)
        one = segments[0] if len(segments) == 1 else None
        owner = (
            one
            if one is not None and (any(map(_relative, spans)) or self._in_its_own_time(one, spans))
            else None
        )
        parts, ids = list[Segment](), {item.id for item in segments}
        assets = {item.asset for item in segments}
        for span in spans:
            placed = self.span(span, owner)
            if placed is None:
                return []
            start, end = placed[0], min(placed[1], owner.end_ms if owner else self.total)
            there = [item for item in self.draft.segments if item.id in ids]
            same = [s for s in self.draft.segments if s.asset in assets and s.kind == "audio"]
            # A song that was cut in two is still one thing.
            parts += self.cut_free(there, start, end) or self.cut_free(same, start, end)
            ids |= {item.id for item in self.draft.segments if item.asset in assets}
        if not parts:
            self.outside()
        return parts


def _relative(span: Span) -> bool:
    """Whether a stretch is told from its owner's edges: "the last second of the clip"."""
    return span.how in ("head", "tail", "middle")


def _sparing(operation: Operation, spared: frozenset[str]) -> Operation | None:
    """The operation without those segments; none where nothing is left of it."""
    if not spared:
        return operation
    named = getattr(operation, "segments", ())
    left = tuple(segment_id for segment_id in named if segment_id not in spared)
    if getattr(operation, "segment", None) in spared or (named and not left):
        return None
    return operation.model_copy(update={"segments": left}) if left != named else operation
