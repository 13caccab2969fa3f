"""From what was said to what is there: targets to segments, by the draft, the uploads and the memory.

A target that was named and is not found never widens: the answer is then `Absent` or `Ambiguous`, with what there is,
and the wish waits for an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from ..draft import Draft, Segment
from .assets import MediaAsset
from .lexicon import listed, matching
from .memory import Memory, Mention
from .names import Names, as_written, closeness
from .slots import Moment, Target

ALL_KINDS = ("clip", "music", "text", "caption", "logo", "b-roll")
# What lies over or under the picture.
ABOVE = ("text", "caption", "logo", "b-roll", "music")
PICTURES = ("clip", "b-roll", "logo")
SOUNDS = ("music", "clip", "b-roll")
TEXTS = ("text", "caption")
_OF_KIND: dict[str | None, tuple[str, ...]] = {
    None: ALL_KINDS, "clip": ("clip", "b-roll"), "video": ("clip",), "music": ("music",), "sound": ("clip", "b-roll"),
    "text": ("text", "caption"), "caption": ("caption", "text"), "logo": ("logo", "b-roll"), "image": ("logo", "clip"),
    "b-roll": ("b-roll",),
    "all": ALL_KINDS, "transition": ("clip",),
}  # fmt: skip
_NEAR = 0.05


@dataclass(frozen=True)
class Found:
    segments: tuple[Segment, ...]
    named: bool = True  # whether the words say which ones, rather than a default

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.segments)


@dataclass(frozen=True)
class Absent:
    """Something was named that isn't there. `upload`: it is uploaded, but not on the timeline."""

    what: str
    there: tuple[Segment, ...] = ()
    upload: MediaAsset | None = None


@dataclass(frozen=True)
class Ambiguous:
    """Several could be meant, and nothing says which."""

    candidates: tuple[Segment, ...]
    what: str = ""


@dataclass(frozen=True)
class Missing:
    """Nothing says what is meant, and nothing of the kind is there."""

    kinds: tuple[str, ...]


Answer = Found | Absent | Ambiguous | Missing


@dataclass
class Ground:
    """What is there to be spoken of: a draft, the uploads, what was said before, what is selected."""

    draft: Draft
    assets: Sequence[MediaAsset] = ()
    memory: Memory = field(default_factory=Memory)
    selected: tuple[str, ...] = ()
    playhead: int | None = None

    @cached_property
    def by_id(self) -> dict[str, Segment]:
        return {item.id: item for item in self.draft.segments}

    @cached_property
    def clips(self) -> tuple[Segment, ...]:
        """The clips of the main track, in order."""
        return self.draft.clips

    @cached_property
    def total(self) -> int:
        return max((clip.end_ms for clip in self.clips), default=self.draft.duration_ms)

    @cached_property
    def kinds(self) -> dict[str, str]:
        """What each segment is, as people speak of it."""
        main = {clip.id for clip in self.clips}
        captions = {track.index for track in self.draft.tracks if track.name == "Captions"}
        found = {}
        for item in self.draft.segments:
            if item.id in main:
                found[item.id] = "clip"
            elif item.kind == "audio":
                found[item.id] = "music"
            elif item.kind == "text":
                found[item.id] = "caption" if item.track in captions else "text"
            else:
                film = item.kind == "video" and float(item.meta.get("scale", 1)) >= 1
                found[item.id] = "b-roll" if film else "logo"
        return found

    def pool(self, *kinds: str) -> list[Segment]:
        """All segments of these kinds, in the order of the timeline."""
        there = [item for item in self.draft.segments if self.kinds[item.id] in kinds]
        return sorted(there, key=lambda item: (item.start_ms, item.track))

    @cached_property
    def names(self) -> Names:
        files = [*(item.file for item in self.draft.segments), *(asset.file for asset in self.assets)]
        return Names(files, (item.text for item in self.draft.segments if item.text))

    @property
    def spoken_kind(self) -> str:
        """The kind of what was spoken of last."""
        return next((mention.kind for mention in self.memory.mentions if not mention.group), "")

    def asset(self, said: str, *kinds: str) -> MediaAsset | None:
        """The upload that is named so; of several that are named as well the one not yet on the timeline."""
        scored = [
            (closeness(said, asset.file), asset) for asset in self.assets if not kinds or asset.kind in kinds
        ]
        best = max((score for score, _ in scored), default=0.0)
        if best <= 0:
            return None
        close = [asset for score, asset in scored if score == best]
        waiting = [asset for asset in close if asset not in self.placed]
        return (waiting or close)[0]

    def alike(self, said: str, *kinds: str) -> list[MediaAsset]:
        """All uploads that a plural names as well as each other: "the slides", of slide1.png and slide2.png."""
        scored = [(closeness(said, asset.file), asset) for asset in self.assets if asset.kind in kinds]
        best = max((score for score, _ in scored), default=0.0)
        plural = said.lower().endswith("s") and 0 < best < 1
        return [asset for score, asset in scored if score == best] if plural else []

    @cached_property
    def placed(self) -> list[MediaAsset]:
        there = {item.asset for item in self.draft.segments}
        return [asset for asset in self.assets if asset.asset in there]

    def waiting(self, *kinds: str) -> list[MediaAsset]:
        """Uploads of these kinds that are not on the timeline, in upload order."""
        return [asset for asset in self.assets if asset.kind in kinds and asset not in self.placed]

    def called(self, kind: str | None) -> list[MediaAsset]:
        """The uploads whose names say what they are: "the b-roll" is broll_lab.mp4, "the logo" logo.png."""
        words = {"logo": listed("names_of_logos"), "b-roll": listed("names_of_b_roll")}.get(kind or "", ())
        scored = [
            (max((closeness(word, asset.file) for word in words), default=0.0), asset)
            for asset in self.assets
        ]
        best = max((score for score, _ in scored), default=0.0)
        return [asset for score, asset in scored if score == best > 0]

    def mentioned(
        self,
        kinds: Iterable[str],
        *,
        of: int = 1,
        plural: bool = False,
        recent: bool = False,
        now: bool = False,
    ) -> tuple[Segment, ...]:
        """What of these kinds was spoken of last: the latest `of` mentions together.

        `plural`: what "them" means, several at once; `recent`: in this message or the one before; `now`: in this one.
        """
        wanted, found = set(kinds), list[Segment]()
        just_now = any(
            mention.age == 0 and any(i in self.by_id and self.kinds[i] in wanted for i in mention.ids)
            for mention in self.memory.mentions
        )
        if self.selected and not just_now:
            chosen = tuple(
                self.by_id[i] for i in self.selected if i in self.by_id and self.kinds[i] in wanted
            )
            if chosen:
                return chosen
        for mention in self.memory.mentions:
            if (mention.group and not plural) or (recent and mention.age > 1) or (now and mention.age):
                continue
            there = [self.by_id[i] for i in mention.ids if i in self.by_id and self.kinds[i] in wanted]
            if there and (len(there) > 1 or not plural or of > 1):
                found += [item for item in there if item not in found]
                of -= 1
                if of <= 0:
                    break
        return tuple(found)

    # ---- targets

    def could_be(self, target: Target) -> set[str]:
        """The kinds of things that a target can mean here."""
        allowed = _OF_KIND[target.kind]
        if target.refer in ("it", "them") and target.kind is None:
            spoken = {mention.kind for mention in self.memory.mentions if mention.age <= 4}
            return spoken or set(allowed)
        answer = self.find(target, allowed)
        if isinstance(answer, Absent) and answer.upload is not None:
            return set(
                {"audio": ("music",), "video": ("clip", "b-roll"), "image": ("logo", "clip", "b-roll")}[
                    answer.upload.kind
                ]
            )
        if isinstance(answer, Found):
            return {self.kinds[item.id] for item in answer.segments}
        if isinstance(answer, Ambiguous):
            return {self.kinds[item.id] for item in answer.candidates}
        return set(allowed)

    def find(self, target: Target | None, kinds: Sequence[str] = ALL_KINDS) -> Answer:
        """The segments that a target means, among those of some kinds.

        A target that says nothing finds what was spoken of last, else the only one there is.
        """
        if target is None:
            return self._unsaid(kinds)
        if target.ids:
            there = tuple(self.by_id[i] for i in target.ids if i in self.by_id)
            return Found(there) if there else Missing(tuple(kinds))
        allowed = [kind for kind in kinds if kind in _OF_KIND[target.kind]]
        pool = self._pool(target, allowed)
        whole = self.find(target.model_copy(update={"but": None}), kinds) if target.but else None
        if target.but is not None and whole is not None:
            return self._without(whole, target.but, kinds)
        if target.texts or target.names:
            return self._by_name(target, pool, kinds)
        if target.state:
            return self._by_state(target, pool)
        if not pool:
            return Missing(tuple(allowed) or tuple(kinds))
        if target.before is not None or target.after is not None:
            return self._neighbour(target, pool, kinds)
        if target.refer == "new":
            made = next(
                (
                    m
                    for m in self.memory.mentions
                    if m.made and not m.group and any(i in self.by_id for i in m.ids)
                ),
                None,
            )
            return (
                Found(tuple(self.by_id[i] for i in made.ids if i in self.by_id))
                if made
                else Ambiguous(tuple(pool))
            )
        if target.refer == "others":
            return self._others(target, pool)
        if target.numbers == (0,) and (target.count or 1) > 1:
            return self._middle(pool, target.count or 1)
        if target.refer in ("it", "them"):
            return self._referred(target, pool, allowed)
        if target.refer == "here" and self.playhead is not None:
            under = [item for item in pool if item.start_ms <= self.playhead < item.end_ms]
            return Found(tuple(under)) if under else Ambiguous(tuple(pool))
        if target.numbers or target.first:
            return self._counted(target, pool)
        if target.every in ("odd", "even"):
            odd = target.every == "odd"
            return Found(tuple(item for n, item in enumerate(pool, 1) if (n % 2 == 1) is odd))
        return self._plain(target, pool, allowed)

    def _pool(self, target: Target, allowed: Sequence[str]) -> list[Segment]:
        pool = self.pool(*allowed)
        if target.kind in ("text", "caption") and len({self.kinds[item.id] for item in pool}) > 1:
            pool = [item for item in pool if self.kinds[item.id] == target.kind]
        if target.kind == "clip" and any(self.kinds[item.id] == "clip" for item in pool) and not target.names:
            pool = [item for item in pool if self.kinds[item.id] == "clip"]
        if target.kind == "sound" and not target.names:
            pool = [item for item in pool if item.kind == "video" and self.kinds[item.id] == "clip"]
        if target.kind == "music" and not target.names:
            pool = self._without_voices(pool)
        if target.kind == "image":
            pool = [item for item in pool if item.kind == "image"]
        if target.kind == "logo" and any(item.kind == "image" for item in pool):
            pool = [item for item in pool if item.kind == "image"]
        return pool

    def _without_voices(self, pool: list[Segment]) -> list[Segment]:
        """ "The music", where a voice is on the timeline as well and some music is uploaded: not the voice."""
        sounds = [asset.file for asset in self.assets if asset.kind == "audio"]
        music = any(matching("voices").search(file) is None for file in sounds)
        return [item for item in pool if matching("voices").search(item.file) is None] if music else pool

    def _neighbour(self, target: Target, pool: list[Segment], kinds: Sequence[str]) -> Answer:
        """The clip right before or after another."""
        found = self.find(target.before or target.after, ("clip",))
        if not isinstance(found, Found) or not found.segments:
            return found
        ids = [item.id for item in pool]
        beside = found.segments[0] if target.before else found.segments[-1]
        if beside.id not in ids:
            return Ambiguous(tuple(pool))
        place = ids.index(beside.id) + (-1 if target.before else 1)
        return Found((pool[place],)) if 0 <= place < len(pool) else Absent("", tuple(pool))

    def _unsaid(self, kinds: Sequence[str]) -> Answer:
        last = self.mentioned(kinds)
        if last:
            return Found(last, named=False)
        pool = self.pool(*kinds)
        if not pool:
            return Missing(tuple(kinds))
        return Found(tuple(pool), named=False) if len(pool) == 1 else Ambiguous(tuple(pool))

    def _by_name(self, target: Target, pool: list[Segment], kinds: Sequence[str]) -> Answer:
        found = list[Segment]()
        for name in (*target.names, *target.texts):
            there = _closest(name, pool, texts=name in target.texts or any(kind in TEXTS for kind in kinds))
            if not there and target.kind in ("clip", "video", "sound", "image"):
                there = _closest(name, self.pool(*kinds), texts=False)
            if not there:
                said = " ".join([*target.unknown, name])
                return Absent(said, tuple(self.pool(*kinds)), self.asset(name))
            found += [item for item in there if item not in found]
        if target.refer == "others":
            return self._rest_of(found)
        if target.numbers and len(target.names) == 1:
            return (
                self._counted(target, found)
                if len(found) > 1 or max(target.numbers) > len(found)
                else Found(tuple(found))
            )
        return Found(tuple(found))

    def _middle(self, pool: list[Segment], count: int) -> Answer:
        """ "The two in the middle": as many before them as after."""
        around = len(pool) - count
        if around <= 0 or around % 2:
            return Ambiguous(tuple(pool))
        return Found(tuple(pool[around // 2 : around // 2 + count]))

    def _rest_of(self, pieces: list[Segment]) -> Answer:
        """ "(Freeze at 7 s, then slow down) the rest of the goal": what of it comes after what was just made."""
        last = [
            item.end_ms for item in self.mentioned(("clip",), recent=True) if item.asset == pieces[0].asset
        ]
        rest = tuple(item for item in pieces if last and item.start_ms >= max(last))
        return Found(rest) if rest else Ambiguous(tuple(pieces))

    def _by_state(self, target: Target, pool: list[Segment]) -> Answer:
        if target.state in ("longest", "shortest"):
            if not pool:
                return Missing(("clip",))
            best = max if target.state == "longest" else min
            return Found((best(pool, key=lambda item: item.duration_ms),))
        tests: dict[str, Callable[[Segment], bool]] = {
            "fast": lambda item: item.speed > 1, "slow": lambda item: item.speed < 1,
            "muted": lambda item: item.muted or item.volume == 0,
            "reversed": lambda item: bool(item.meta.get("reverse")),
            "frozen": lambda item: bool(item.meta.get("freeze")),
            "vertical": lambda item: self._shape(item) < 0.95, "landscape": lambda item: self._shape(item) > 1.05,
            "square": lambda item: 0.95 <= self._shape(item) <= 1.05,
        }  # fmt: skip
        if target.state == "cut":
            return self._at_the_cut(pool)
        there = [item for item in pool if tests[str(target.state)](item)]
        return Found(tuple(there)) if there else Absent(str(target.state), tuple(pool))

    def _at_the_cut(self, pool: list[Segment]) -> Answer:
        """What goes on where something of a clip was taken out; the one spoken of last, of several."""
        there = [
            item
            for before, item in pairwise(sorted(pool, key=lambda item: item.start_ms))
            if before.asset == item.asset
            and before.source_end_ms != item.source_start_ms
            and not (before.meta.get("freeze") or item.meta.get("freeze"))
        ]
        if len(there) < 2:
            return Found(tuple(there)) if there else Absent("cut", tuple(pool))
        spoken = {item.id for item in self.mentioned(("clip",), recent=True)}
        of_it = [item for item in there if item.id in spoken]
        return Found(tuple(of_it)) if len(of_it) == 1 else Ambiguous(tuple(there))

    def _shape(self, item: Segment) -> float:
        asset = next((asset for asset in self.assets if asset.asset == item.asset), None)
        return asset.width / asset.height if asset is not None and asset.height else 1.78

    def _others(self, target: Target, pool: list[Segment]) -> Answer:
        kinds = {self.kinds[item.id] for item in pool}
        now = self.mentioned(kinds, of=len(self.memory.mentions), now=True)
        last = {item.id for item in now or self.mentioned(kinds)}
        others = [item for item in pool if item.id not in last]
        if target.unknown:
            return Absent(" ".join(target.unknown), tuple(pool))  # "the other rocket"
        if not last and target.count is None:
            return Found(tuple(pool), named=False)
        if target.count is not None and len(others) != target.count:
            if len(pool) == target.count:
                return Found(tuple(pool))
            more = {i for mention in self.memory.mentions[:2] for i in mention.ids}
            fewer = [item for item in pool if item.id not in more]
            if len(fewer) != target.count:
                return Ambiguous(tuple(pool))
            others = fewer
        return Found(tuple(others)) if others else Absent("", tuple(pool))

    def _referred(self, target: Target, pool: list[Segment], kinds: Sequence[str]) -> Answer:
        there = {item.id for item in pool}
        several = target.refer == "them" or target.every == "all" or target.count is not None
        last = [
            item
            for item in self.mentioned(kinds, plural=several) or self.mentioned(kinds)
            if item.id in there
        ]
        if target.count and len(last) != target.count:
            last = [item for item in self.mentioned(kinds, of=target.count) if item.id in there]
            if len(last) != target.count:
                last = pool if len(pool) == target.count else []
        if target.unknown and _several(pool):
            return self._described(target, pool)
        if last and target.numbers:
            return self._counted(Target(numbers=target.numbers), self._with_the_first(last, pool))
        if last:
            return Found(tuple(last))
        if target.kind == "video" or len(pool) == 1:
            return Found(tuple(pool))
        if target.kind is None:
            return self._unsaid(kinds)
        if target.refer == "them" and target.count is None:
            return Found(tuple(pool))
        return Ambiguous(tuple(pool))

    def _counted(self, target: Target, pool: Sequence[Segment]) -> Answer:
        if target.kind is None and len({self.kinds[item.id] for item in pool}) > 1:
            last = self.mentioned({self.kinds[item.id] for item in pool})
            kind = self.kinds[last[0].id] if last else "clip"
            alone = sum(self.kinds[item.id] == kind for item in pool) < 2 and set(target.numbers) <= {1, -1}
            kind = "clip" if alone and len(self.clips) > 1 else kind  # nobody counts the only song
            pool = [item for item in pool if self.kinds[item.id] == kind] or pool
        if target.piece or target.numbers == (0,):
            pool = self._just_split(pool) or pool
        count = len(pool)
        if target.first:
            if abs(target.first) > count:
                return Absent(str(abs(target.first)), tuple(pool))
            return Found(tuple(pool[: target.first] if target.first > 0 else pool[target.first :]))
        if target.unknown and _several(pool):
            return self._described(target, pool)
        if 0 in target.numbers and count and not count % 2:
            return Ambiguous(tuple(pool[count // 2 - 1 : count // 2 + 1]))  # an even number has no middle one
        found = list[Segment]()
        for number in target.numbers:
            place = (count - 1) // 2 if number == 0 else number - 1 if number > 0 else count + number
            if not 0 <= place < count:
                return Absent(str(number), tuple(pool))
            if pool[place] not in found:
                found.append(pool[place])
        return Found(tuple(found))

    def _with_the_first(self, last: Sequence[Segment], pool: Sequence[Segment]) -> list[Segment]:
        """Those spoken of in their order; of the parts of one clip also the first, which was there before."""
        found = sorted(last, key=lambda item: item.start_ms)
        before = next((item for item in pool if item.end_ms == found[0].start_ms), None)
        parts = {item.asset for item in found} == {before.asset if before is not None else ""}
        return [before, *found] if before is not None and parts else found

    def _just_split(self, pool: Sequence[Segment]) -> list[Segment]:
        """The pieces that were just made of one clip: "split it at 10 and 20 s and delete the middle part"."""
        splits = [deed.ids for deed in self.memory.deeds if deed.frame["frame"] == "split" and deed.turn < 2]
        made = self.mentioned(("clip",), now=True)
        made = made or tuple(self.by_id[i] for ids in splits[:1] for i in ids if i in self.by_id)
        ids = [item.id for item in pool]
        if not made or len({item.asset for item in made}) > 1 or made[0].id not in ids:
            return []
        first = ids.index(made[0].id) - 1
        return [pool[first], *made] if first >= 0 and pool[first].asset == made[0].asset else []

    def _plain(self, target: Target, pool: list[Segment], kinds: Sequence[str]) -> Answer:
        if target.at is not None and target.at == Moment(of=target.at.of) and target.at.of is not None:
            return self._lying_on(target.at.of, pool)
        if target.at is not None:
            at = self.moment(target.at)
            then = None if at is None else at - 1 if target.at.ends else min(at, self.total - 1)
            there = [item for item in pool if then is not None and item.start_ms <= then < item.end_ms]
            return Found(tuple(there)) if there else Absent("", tuple(pool))
        if target.unknown and _several(pool):
            return self._described(target, pool)
        if target.every == "all":
            if target.count is not None and target.count != len(pool):
                last = [item for item in self.mentioned(kinds, plural=True) if item in pool]
                if len(last) != target.count:
                    last = [item for item in self.mentioned(kinds, of=target.count) if item in pool]
                return Found(tuple(last)) if len(last) == target.count else Ambiguous(tuple(pool))
            return Found(tuple(pool))
        if target.count is not None and target.count == len(pool):
            return Found(tuple(pool))
        if target.count is not None:
            last = [item for item in self.mentioned(kinds, of=target.count) if item in pool]
            return Found(tuple(last)) if len(last) == target.count else Ambiguous(tuple(pool))
        if len(pool) == 1 or target.kind in ("video", "music", "caption", "sound", "all", "b-roll"):
            last = [item for item in self.mentioned(kinds) if item in pool]
            if target.kind in ("music", "b-roll") and last:
                return Found(tuple(last))
            return Found(tuple(pool), named=target.kind is not None)
        last = [item for item in self.mentioned(kinds) if item in pool]
        return Found(tuple(last)) if last else Ambiguous(tuple(pool))

    def _lying_on(self, below: Target, pool: Sequence[Segment]) -> Answer:
        """ "The title on the kitchen": what begins there, or else what is seen there."""
        found = self.find(below, ("clip", "b-roll"))
        there = found.segments if isinstance(found, Found) else ()
        begins = [item for item in pool for clip in there if clip.start_ms <= item.start_ms < clip.end_ms]
        seen = [
            item
            for item in pool
            for clip in there
            if clip.start_ms < item.end_ms and item.start_ms < clip.end_ms
        ]
        return Found(tuple(begins or seen)) if seen else Absent("", tuple(pool))

    def _described(self, target: Target, pool: Sequence[Segment]) -> Answer:
        """ "The VID clip": a word that mostly says nothing, but stands in the name of one of them."""
        close = {item.id for word in target.unknown for item in _closest(word, pool, texts=False)}
        there = tuple(item for item in pool if item.id in close)
        if there and len(there) < len(pool):
            return Found(there)
        return Absent(" ".join(target.unknown), tuple(pool))

    def _without(self, whole: Answer, but: Target, kinds: Sequence[str]) -> Answer:
        if not isinstance(whole, (Found, Ambiguous)):
            return whole
        base = whole.segments if isinstance(whole, Found) else whole.candidates
        spared = self.find(but, kinds)
        if isinstance(spared, Missing):
            spared = self.find(but, ALL_KINDS)
        if not isinstance(spared, Found):
            return spared
        if but.unknown and not spared.named:
            return Absent(" ".join(but.unknown), tuple(base))
        gone = set(spared.ids)
        return Found(tuple(item for item in base if item.id not in gone))

    # ---- moments

    def moment(self, moment: Moment, owner: Segment | None = None) -> int | None:
        """In ms of the timeline; None where what it is relative to isn't there, or isn't one thing."""
        if moment.of is not None:
            found = self.find(moment.of)
            if not isinstance(found, Found) or not found.segments:
                return None
            start = min(item.start_ms for item in found.segments)
            end = max(item.end_ms for item in found.segments)
            return start + moment.within(end - start)
        if owner is not None:
            return owner.start_ms + moment.within(owner.duration_ms)
        return moment.within(self.total)

    def mention(self, segments: Iterable[Segment], *, made: bool = False) -> list[Mention]:
        """How segments are remembered, one mention a kind."""
        by_kind: dict[str, list[str]] = {}
        for item in segments:
            if item.id in self.kinds:
                by_kind.setdefault(self.kinds[item.id], []).append(item.id)
        return [Mention(kind=kind, ids=tuple(ids), made=made) for kind, ids in by_kind.items()]


def _several(pool: Sequence[Segment]) -> bool:
    """Whether it makes a difference which one is meant: pieces of one file are told apart by their times."""
    return len({item.asset or item.id for item in pool}) > 1


def _closest(name: str, pool: Iterable[Segment], *, texts: bool) -> list[Segment]:
    """The segments that a name fits best, by their file or, for titles, their words."""
    scored = list[tuple[float, Segment]]()
    for item in pool:
        if item.kind == "text":
            score = _text_closeness(name, item.text) if texts else 0.0
        else:
            score = closeness(name, item.file)
        if score > 0:
            scored.append((score, item))
    best = max((score for score, _ in scored), default=0.0)
    return [item for score, item in scored if score >= best - _NEAR]


def _text_closeness(name: str, text: str) -> float:
    said, have = as_written(name).strip(), as_written(text).strip()
    if said == have:
        return 1.0
    return 0.8 * closeness(said, have) if said not in have else 0.7 + 0.2 * len(said) / max(1, len(have))
