"""What is meant: from the words of a clause to the segments and the uploads that they point at."""

from __future__ import annotations

from collections.abc import Callable

from ...draft import Segment
from ...draft.operations import Operation
from ...language import Ask, Clause, Do, Filler, Join, Kind, Language, Particle, Thing, Token, When
from .material import Material, MediaAsset
from .timeline import Timeline

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
_CUTS = (Do.CUT, Do.TRIM, Do.KEEP, Do.FIT)


class Pointing(Timeline):
    """Resolves names, numbers, "the longest", "it" against the timeline."""

    def __init__(self, material: Material, language: Language) -> None:
        super().__init__(material)
        self.language: Language = language
        self.operations: list[Operation] = []

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

    def chosen_clips(self, clause: Clause) -> list[Segment]:
        """The clips of the main track that the clause points at: by file, number, length, or "it". None: []."""
        files = self.named_files(clause)
        if files:
            return [clip for clip in self.clips if clip.file in files]
        if clause.has(Ask.LONGEST, Ask.SHORTEST) and self.clips:
            best = max if clause.has(Ask.LONGEST) else min
            return [best(self.clips, key=lambda clip: clip.duration_ms)]
        numbers = dict.fromkeys(self.clip_numbers(clause))
        counted = [self.clips[n - 1] for n in numbers if 0 < n <= len(self.clips)]
        if clause.has(Thing.REST) and not counted:
            others = [clip for clip in self.clips if clip.id not in self.last]
            return others if len(others) < len(self.clips) else []
        again = {clip.id for clip in self.focus} if _says_it(clause) and not counted else ()
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
        return list(dict.fromkeys(named))

    def clip_numbers(self, clause: Clause) -> list[int]:
        """The numbers of the clips that the clause counts off: 1 for the first, the last one's for the last."""
        if (several := self._several(clause)) is not None:
            return several
        numbers: list[int] = []
        counted, listed = False, list[int]()
        befores = [None, *clause.tokens[:-1]]
        for token, before in zip(reversed(clause.tokens), reversed(befores), strict=True):
            if token.text in ("那个", "这个", "那", "这") and counted:
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
        if clause.has(Thing.LOGO) or self.named_covers(clause):
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
        if clause.has(*_CUTS) and not backward and clause.values(Kind.TIME):
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

    def named_covers(self, clause: Clause) -> list[Segment]:
        """The films over the picture that the clause names: by file, or as the b-roll, perhaps by number."""
        files = {asset.file for asset in self.named_assets(clause)} - {clip.file for clip in self.clips}
        if not clause.has(Thing.B_ROLL):
            return [item for item in self.covers if item.file in files]
        covers, numbers = list(self.covers), [int(number) for number in clause.values(Kind.ORDINAL)]
        if clause.has(When.FIRST):
            return covers[:1]
        if clause.has(When.LAST):
            return covers[-1:]
        return [covers[n - 1] for n in numbers if 0 < n <= len(covers)] if numbers else covers


def _says_it(clause: Clause) -> bool:
    """Also in the middle of a phrase: "rotate it by …"."""
    return clause.has(Thing.IT) or any("it" in token.text.lower().split() for token in clause.tokens)


def _inside(text: str) -> int:
    """The number in a phrase such as "two clips" or 两段; 0 without one."""
    return next((count for word, count in _NUMBER_INSIDE.items() if word in text.lower()), 0)


def _listed(token: Token, listed: list[int]) -> list[int]:
    """The numbers right after a place in the clause, read from its end: 1 and 3 in "clips 1 and 3"."""
    if token.kind is Kind.NUMBER:
        return [*listed, int(token.value)]
    return listed if token.value is Join.AND else []
