"""What the things of a project are called, in whole or in part: "the beach clip" is beach_02.mp4."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from ..language.script import simplified
from ..tongues import every

_PIECES = re.compile(r"[A-Za-z\u00df-\u024f]+|\d+|[\u3400-\u9fff]+")
_SPELLINGS = str.maketrans({a: b for letters in every("phrases", "SPELLINGS") for a, b in letters.items()})
_HAN = re.compile(r"[\u3400-\u9fff]")
# Parts of file names that say nothing about what is in them.
_NOTHING = frozenset(
    """mp4 mov avi webm mkv jpg jpeg png gif webp mp3 wav m4a aac the and of a an my final copy new edit v img dsc
    mvi vid pxl clip video movie film audio track file rec recording music song photo image picture""".split()  # noqa: SIM905
)
# How editors call a recording for short.
_SHORT = {"vo": ("voiceover", "voice", "narration")}
_ENDINGS = ("ings", "ing", "es", "ed", "er", "s", "e")
_SHORTEST_STEM, _A_WORD, _AN_END, _RUN_TOGETHER = 3, 4, 0.65, 6


def stem(word: str) -> str:
    """A word without its ending: `chopping` and `chop` are alike, `frying` and `fry`.

    >>> stem("chopping") == stem("chop"), stem("frying") == stem("fry"), stem("dances") == stem("dance")
    (True, True, True)
    """
    word = word.lower()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    if len(word) > 2 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") else word


@lru_cache(maxsize=8192)
def as_written(text: str) -> str:
    """In lower case, in the one of two spellings: 舞會 is 舞会, Küche kueche."""
    return simplified(text).lower().translate(_SPELLINGS)


@lru_cache(maxsize=4096)
def pieces(name: str) -> tuple[str, ...]:
    """The words that a file name or a text is made of, as `as_written` has it, without its extension."""
    return tuple(_PIECES.findall(re.sub(r"\.[a-z0-9]{2,4}$", "", as_written(name))))


@lru_cache(maxsize=8192)
def closeness(said: str, name: str) -> float:
    """How well what was said names a thing: 0 not at all, 1 whole and exact; 舞會 is 舞会.mp4."""
    said = as_written(said).strip().replace("\\", "/").rsplit("/", 1)[-1]
    if not said:
        return 0.0
    full = as_written(name)
    base = full.rsplit(".", 1)[0] if re.search(r"\.[a-z0-9]{2,4}$", full) else full
    if said in (full, base):
        return 1.0
    if re.search(r"\.[a-z0-9]{2,4}$", said):
        return 0.0  # another file's whole name
    have, wanted = pieces(name), _PIECES.findall(said)
    if not wanted or not have:
        return 0.0
    if "".join(have) == "".join(wanted):
        return 0.95
    scores = [max((_alike(word, piece) for piece in have), default=0.0) for word in wanted]
    return min(scores) * 0.9 if all(scores) else 0.0


def _alike(word: str, piece: str) -> float:
    if word == piece or piece in _SHORT.get(word, ()):
        return 1.0
    if word.isdigit() or piece.isdigit():
        return 0.9 if word.isdigit() and piece.isdigit() and int(word) == int(piece) else 0.0
    if _HAN.search(word):
        return 0.8 if len(word) >= 2 and (word in piece or piece in word) else 0.0
    if len(word) >= _SHORTEST_STEM and len(piece) >= 2 and stem(word) == stem(piece):
        return 0.9
    if len(word) >= 4 and len(piece) >= 4 and word[0] == piece[0]:
        allowed = 1 if len(piece) < 8 else 2
        if OSA.distance(word, piece, score_cutoff=allowed) <= allowed:
            return 0.6  # a slip of the keyboard
    longer, shorter = sorted((word, piece), key=len, reverse=True)
    if len(shorter) >= 4 and longer.startswith(shorter):
        return 0.7
    if len(shorter) >= _A_WORD and longer.endswith(shorter) and len(longer) > len(shorter) + 2:
        return _AN_END  # "the dance" is firstdance.mp4
    return 0.0


class Names:
    """The words by which files and texts can be meant."""

    def __init__(self, files: Iterable[str], texts: Iterable[str] = ()) -> None:
        self.files = tuple(dict.fromkeys(file for file in files if file))
        self.texts = tuple(dict.fromkeys(text for text in texts if text))
        self.letters = {
            word for file in self.files if len(word := (pieces(file) or ("",))[-1]) == 1 and word.isalpha()
        }
        parts = [pieces(file) for file in self.files]
        self.numbered = {"".join(part) for part in parts if len(part) == 2 and part[1].isdigit()}
        self.run_together = {part[0] for part in parts if len(part) == 1 and len(part[0]) >= _RUN_TOGETHER}
        self._words: dict[str, float] = {}
        for file in self.files:
            for piece in pieces(file):
                if piece not in _NOTHING and not piece.isdigit() and len(piece) > 1:
                    self._words[piece] = 1.0
                    if not _HAN.search(piece):
                        self._words.setdefault(stem(piece), 0.9)
        written = [pieces(text) for text in self.texts]
        self.numbered_texts = {"".join(part) for part in written if len(part) == 2 and part[1].isdigit()}
        self._text_words = {piece for part in written for piece in part} | {
            " ".join(part) for part in written if "".join(part) in self.numbered_texts
        }

    def knows(self, word: str, *, whole: bool = False) -> bool:
        """Whether a word stands in the name of a file; `whole`: as a word of its own, not as "first" in firstdance."""
        word = as_written(word)
        short = any(piece in self._words for piece in _SHORT.get(word, ()))
        if word in self._words or word in self.letters or short:
            return True
        if word.isascii():
            if len(word) >= _SHORTEST_STEM and self._words.get(stem(word)) is not None:
                return True
            return (
                not whole
                and len(word) >= 5
                and any(_alike(word, known) >= 0.6 for known in self._words if len(known) >= 5)
            )
        return len(word) >= 2 and any(word in known for known in self._words)

    def ends(self, word: str) -> bool:
        """Whether a word of a file's name ends so: "kiss", of firstkiss.mp4."""
        word = as_written(word)
        return len(word) >= _A_WORD and any(_alike(word, known) == _AN_END for known in self._words)

    def in_texts(self, word: str) -> bool:
        return as_written(word) in self._text_words

    def best(self, said: Sequence[str]) -> list[str]:
        """The files that are named best by all of these words together."""
        scored = [(closeness(" ".join(said), file), file) for file in self.files]
        top = max((score for score, _ in scored), default=0.0)
        return [file for score, file in scored if score == top] if top else []
