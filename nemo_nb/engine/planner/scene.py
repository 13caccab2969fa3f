"""The stage on which a request is planned: the draft as it will be, what was said, and what is meant by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from ...draft import Draft, Segment
from ...draft.operations import AddMusic, AddText, Op, Operation, Overlay, PlaceClip, Split
from ...draft.timecode import seconds
from ...errors import DraftError
from ...language import Ask, Clause, Cue, Do, Filler, Join, Kind, Language, Particle, Thing, Token, When
from .material import Material, MediaAsset, Plan
from .timing import Timing, timing
from .wording import sentence

_COUNTED = (Thing.CLIP, Thing.VIDEO, Thing.IMAGE)
# "the middle one", and the Chinese for the first and the last one, which are places as well.
_COUNTED_ONES = ("one", "ones", "第一个", "最后一个")
_NUMBER_INSIDE = {"two": 2, "three": 3, "两": 2, "二": 2, "三": 3, "四": 4}
_COUNTING = (When.FIRST, When.LAST, Join.AND)
# Of so many clips the first, the last and the middle one.
_EDGES: dict[object, Callable[[int], int]] = {
    When.FIRST: lambda count: 1,
    When.START: lambda count: 1,
    When.LAST: lambda count: count,
    When.END: lambda count: count,
    When.MIDDLE: lambda count: (count + 1) // 2,
}
_BESIDE_A_NAME = (Join.AND, When.BEFORE, When.AFTER, When.TO, Do.SWAP, Particle.IN, Particle.OUT)
_TITLES = (Thing.TITLE, Thing.CAPTIONS)
_ABSENT = ("no_text", "no_music", "no_overlay", "no_such_text")
_CUTS = (Do.CUT, Do.TRIM, Do.KEEP, Do.FIT)


class _MainTrack:
    """What the rules ask most often of a draft, found once: a timeline may have a thousand clips."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    @cached_property
    def clips(self) -> tuple[Segment, ...]:
        tracks = [track for track in self.draft.tracks if track.type == 0 and track.segments]
        return tracks[0].segments if tracks else ()

    @cached_property
    def total(self) -> int:
        return max((clip.end_ms for clip in self.clips), default=self.draft.duration_ms)

    @cached_property
    def stems(self) -> dict[str, str]:
        """The clips' files by their names without the ending."""
        return {clip.file.rpartition(".")[0].lower(): clip.file for clip in self.clips}


class Scene:
    """Collects a plan. Each operation is tried at once, so that the next clause sees the draft after it."""

    def __init__(self, material: Material, language: Language, cues: tuple[Cue, ...] = ()) -> None:
        self.material = material
        self.cues = cues
        self.language: Language = language
        self.draft: Draft = material.draft
        self._seen = _MainTrack(material.draft)
        self.operations: list[Operation] = []
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
        self.last: tuple[str, ...] = material.last
        self.spared: frozenset[str] = frozenset()  # the segments that the present clause is not to touch
        self.focus: tuple[Segment, ...] = ()  # the clips that were complained of: "it" in the next sentence
        self.playhead: int | None = None  # where it was put
        self.unmade: int | None = None  # after how many operations something was wanted that nobody can make
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
        return self.absent or self.lost > 0

    @property
    def loss(self) -> int:
        """How badly the request was understood: of two readings the better one has less.

        To pass over a word without saying so is worse than to say that it was lost.
        """
        return self.lost + 2 * self.passed_over + len(self.refusals) + (self.question is not None)

    def seconds(self, ms: int) -> str:
        """A length as it is written in the request's language."""
        return seconds(ms, " 秒" if self.language == "zh" else "s")

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

    @property
    def clips(self) -> tuple[Segment, ...]:
        """The clips of the main track, in order."""
        return self._main.clips

    @property
    def _main(self) -> _MainTrack:
        if self._seen.draft is not self.draft:
            self._seen = _MainTrack(self.draft)
        return self._seen

    @property
    def total(self) -> int:
        """How long the picture is, or without one the timeline."""
        return self._main.total

    def of_kind(self, *kinds: str) -> tuple[Segment, ...]:
        return tuple(segment for segment in self.draft.segments if segment.kind in kinds)

    @property
    def music(self) -> tuple[Segment, ...]:
        return self.of_kind("audio")

    @property
    def texts(self) -> tuple[Segment, ...]:
        return self.of_kind("text")

    @property
    def overlays(self) -> tuple[Segment, ...]:
        """Pictures that lie over the picture."""
        main = {clip.id for clip in self.clips}
        return tuple(item for item in self.of_kind("image", "video") if item.id not in main)

    @property
    def sounding(self) -> tuple[Segment, ...]:
        """The clips with a sound of their own."""
        return tuple(clip for clip in self.clips if clip.kind == "video")

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

    def segment(self, segment_id: str) -> Segment | None:
        return next((item for item in self.draft.segments if item.id == segment_id), None)

    def waiting(self, kind: str) -> list[MediaAsset]:
        """Uploads of a kind that are not on the timeline yet, in upload order."""
        placed = {segment.asset for segment in self.draft.segments}
        return [asset for asset in self.material.assets if asset.kind == kind and asset.asset not in placed]

    def uploads(self, kind: str) -> list[MediaAsset]:
        return [asset for asset in self.material.assets if asset.kind == kind]

    # ---- what is meant

    def named_assets(self, clause: Clause) -> list[MediaAsset]:
        """The uploads that the clause names, in its order."""
        found = (self._by_name(name) for name in clause.values(Kind.FILE))
        return [asset for asset in found if asset is not None]

    def _by_name(self, name: str) -> MediaAsset | None:
        wanted = name.lower().replace("\\", "/").rsplit("/", 1)[-1]
        for asset in reversed(self.material.assets):
            if wanted in (asset.file.lower(), asset.file.lower().rsplit(".", 1)[0]):
                return asset
        return None

    def unknown_file(self, clause: Clause) -> str | None:
        """A file that the clause names and nobody has uploaded."""
        placed = {segment.file.lower() for segment in self.draft.segments}
        for name in clause.values(Kind.FILE):
            if self._by_name(name) is None and name.lower() not in placed:
                return str(name)
        return None

    def chosen_clips(self, clause: Clause) -> list[Segment]:
        """The clips of the main track that the clause points at: by file, number, length, or "it". None: []."""
        files = self.named_files(clause)
        if files:
            return [clip for clip in self.clips if clip.file in files]
        if clause.has(Ask.LONGEST, Ask.SHORTEST) and self.clips:
            best = max if clause.has(Ask.LONGEST) else min
            return [best(self.clips, key=lambda clip: clip.duration_ms)]
        counted = [self.clips[n - 1] for n in self.clip_numbers(clause) if 0 < n <= len(self.clips)]
        again = {clip.id for clip in self.focus} if clause.has(Thing.IT) and not counted else ()
        return counted or [clip for clip in self.clips if clip.id in again]

    def named_files(self, clause: Clause) -> list[str]:
        """The files that the clause names, in its order; a clip also by a short name that is no word: a for a.mp4."""
        files = self._main.stems
        named = list[str]()
        for token, after in zip(clause.tokens, [*clause.tokens[1:], None], strict=True):
            # "a" is an article too, except where nothing follows that it could be the article of.
            article = token.value is Filler.WORD and self.language == "en"
            alone = after is None or after.value in _BESIDE_A_NAME or after.text.lower() in files
            known = token.kind is Kind.WORD or token.value is Filler.WORD
            if token.kind is Kind.FILE and (asset := self._by_name(str(token.value))) is not None:
                named.append(asset.file)
            elif known and token.text.lower() in files and (not article or alone):
                named.append(files[token.text.lower()])
        return named

    def clip_numbers(self, clause: Clause) -> list[int]:
        """The numbers of the clips that the clause counts off: 1 for the first, the last one's for the last."""
        if (several := self._several(clause)) is not None:
            return several
        numbers: list[int] = []
        counted, listed = False, list[int]()
        befores = [None, *clause.tokens[:-1]]
        for token, before in zip(reversed(clause.tokens), reversed(befores), strict=True):
            if token.text in ("那个", "这个") and counted:
                continue  # 最后那个片段
            if token.text.lower() == "the" and before and before.value is Join.AND:
                continue  # "the first and the last clip"
            if token.kind is Kind.ORDINAL:
                numbers.append(int(token.value))
            elif token.value in _EDGES and (counted or token.text in _COUNTED_ONES):
                numbers.append(_EDGES[token.value](len(self.clips)))
            elif token.value is Thing.CLIP:
                numbers += listed  # "clips 1 and 3"
            listed = _listed(token, listed)
            # "the first and last clips": what is counted is said once, at the end.
            counted = (
                token.value in _COUNTED
                or (token.kind is Kind.ORDINAL and not token.text.isascii())  # 第三段 says what it counts
                or token.text.lower() in _COUNTED_ONES
                or (counted and (token.value in _COUNTING or token.kind is Kind.ORDINAL))
            )
        return numbers[::-1]

    def _several(self, clause: Clause) -> list[int] | None:
        """ "the first two clips", 最后三段"""
        meant = [token for token in clause.tokens if token.value is not Filler.WORD]
        for edge, number, thing in zip(meant, meant[1:], [*meant[2:], None], strict=False):
            if edge.value not in (When.FIRST, When.LAST):
                continue
            counted = number.kind is Kind.NUMBER and thing is not None and thing.value in _COUNTED
            count = int(number.value) if counted else _inside(number.text)
            if count > 1 and (counted or number.value in (Thing.THESE, Thing.PARTS)):
                total = len(self.clips)
                return list(
                    range(1, count + 1) if edge.value is When.FIRST else range(total - count + 1, total + 1)
                )
        return None

    def topic(self, clause: Clause) -> str | None:
        """What the clause is about: `music`, `text`, `overlay`, `sound`, `clip`; "it" is what came last."""
        kinds = {asset.kind for asset in self.named_assets(clause)}
        if clause.has(*_TITLES):
            return "text"
        if clause.has(Thing.LOGO):
            return "overlay"
        if clause.has(Thing.MUSIC) or "audio" in kinds:
            return "music"
        if clause.has(Thing.SOUND):
            return "sound"
        if clause.has(Thing.VIDEO, Thing.CLIP) or "video" in kinds:
            return "clip"
        if "image" in kinds or clause.has(Thing.IMAGE):
            return "overlay" if self.overlays else "clip"
        backward = bool(self.operations) and clause.has(Thing.IT)
        if clause.has(*_CUTS) and not backward and timing(clause, self.total).some:
            return None  # "trim it to 5 s" is the whole video's, whatever the message before was about
        return self.topic_of_last()

    def topic_of_last(self) -> str | None:
        segments = [item for item in map(self.segment, self.last) if item is not None]
        if not segments:
            return None
        if segments[0].kind == "text":
            return "text"
        if segments[0].kind == "audio":
            return "music"
        return "overlay" if segments[0] in self.overlays else "clip"

    def subjects(self, clause: Clause, among: Iterable[Segment]) -> tuple[str, ...]:
        """The ids of those among the segments that are meant: those just spoken of, else all of them."""
        segments = list(among)
        if clause.has(Thing.IT) and not clause.has(Thing.ALL):
            again = [item.id for item in segments if item.id in self.last]
            if again:
                return tuple(again)
        return tuple(item.id for item in segments)


def _sparing(operation: Operation, spared: frozenset[str]) -> Operation | None:
    """The operation without those segments; none where nothing is left of it."""
    named = getattr(operation, "segments", ())
    left = tuple(segment_id for segment_id in named if segment_id not in spared)
    if getattr(operation, "segment", None) in spared or (named and not left):
        return None
    return operation.model_copy(update={"segments": left}) if left != named else operation


def _inside(text: str) -> int:
    """The number in a phrase such as "two clips" or 两段; 0 without one."""
    return next((count for word, count in _NUMBER_INSIDE.items() if word in text.lower()), 0)


def _listed(token: Token, listed: list[int]) -> list[int]:
    """The numbers right after a place in the clause, read from its end: 1 and 3 in "clips 1 and 3"."""
    if token.kind is Kind.NUMBER:
        return [*listed, int(token.value)]
    return listed if token.value is Join.AND else []


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
    adding = any(isinstance(operation, (AddMusic, AddText, Overlay, PlaceClip)) for operation in operations)
    return tuple(segment.id for segment in made) if adding else ()
