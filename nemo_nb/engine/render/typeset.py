"""Text into lines: which font draws which characters, how wide they are, and where a line may break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from . import fonts
from .fonts import Face, Language, Style

# Chinese and Japanese may break after any character, but no line begins with a closing mark or ends with an
# opening one. Korean breaks between words.
_HAN = "\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_OPENING, _CLOSING = (
    "（「『【《〈〔［｛“‘",
    "、。，．・：；？！）」』】》〉〕］｝”’…～ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々",
)
_CJK = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_MOST_MISSING = 10
_TOKENS = re.compile(rf"\s+|[{_OPENING}]*[{_HAN}][{_CLOSING}]*|[^\s{_HAN}]+")
# What is an emoji even without a selector (Unicode's Emoji_Presentation).
_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb\U0001f900-\U0001faff"
    "\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a⌚⌛⏩-⏬⏰⏳◽◾☔☕♈-♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽"
    "✅✊✋✨❌❎❓-❕❗➕-➗➰➿⬛⬜⭐⭕]"
)
_AS_TEXT, _AS_EMOJI, _JOINER = "\ufe0e", "\ufe0f", "\u200d"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a line that one font draws."""

    text: str
    face: Face

    @property
    def width(self) -> float:
        return float(self.face.font.getlength(self.text)) * self.face.scale


def language_of(text: str) -> Language:
    """Whose forms of the Han characters a text wants: kana are Japanese, Hangul is Korean.

    >>> language_of("東京の夜"), language_of("城市")
    ('JP', 'SC')
    """
    if re.search("[\u3040-\u30ff]", text):
        return "JP"
    if re.search("[\u1100-\u11ff\uac00-\ud7af]", text):
        return "KR"
    return "SC" if re.search(f"[{_HAN}]", text) else ""


def is_cjk(cluster: str) -> bool:
    """Whether a character is Chinese, Japanese or Korean."""
    return _CJK.match(cluster) is not None


def missing(text: str, style: Style) -> list[str]:
    """The characters that no font here can draw, as they are seen: whole emoji, letters with their accents.

    The first ones: looking for each takes a look at every font. InvalidInput when the style's font isn't there.
    """
    face = fonts.primary(style)
    unknown = (item for item in dict.fromkeys(clusters(text)) if _face_for(item, style, face, face) is None)
    return list(islice(unknown, _MOST_MISSING))


def runs(line: str, style: Style) -> tuple[Run, ...]:
    """The line in pieces from left to right, each with the font that has its characters."""
    return _runs(line, style)


@lru_cache(maxsize=20_000)
def _runs(line: str, style: Style) -> tuple[Run, ...]:
    face = current = fonts.primary(style)
    found: list[Run] = []
    text = ""
    for cluster in clusters(line):
        wanted = _face_for(cluster, style, face, current) or current
        if wanted is not current and text:
            found.append(Run(text, current))
            text = ""
        text, current = text + cluster, wanted
    if text:
        found.append(Run(text, current))
    first = next((kind for kind in map(unicodedata.bidirectional, line) if kind in ("L", "R", "AL")), "L")
    return tuple(found if first == "L" else reversed(found))


def _face_for(cluster: str, style: Style, face: Face, current: Face) -> Face | None:
    if (_EMOJI.match(cluster) or _AS_EMOJI in cluster) and _AS_TEXT not in cluster:
        return fonts.emoji(cluster, style)
    # Between Arabic words a space must not end the run: its order is that of the whole run.
    neutral = not any(character.isalnum() for character in cluster)
    if neutral and not current.coloured and fonts.has(current, cluster):
        return current
    return face if fonts.has(face, cluster) else fonts.fallback(cluster, style)


def clusters(text: str) -> Iterator[str]:
    """The characters as they are seen: an accent goes with its letter, an emoji is one however it is composed.

    >>> list(clusters("e\\u0301👩\\u200d🚀🇩🇪"))
    ['é', '👩\\u200d🚀', '🇩🇪']
    """
    cluster = ""
    for character in text:
        if cluster and not _extends(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _extends(cluster: str, character: str) -> bool:
    if _is_flag_letter(character):
        return len(cluster) == 1 and _is_flag_letter(cluster)
    return (
        cluster[-1] == _JOINER
        or character == _JOINER
        or unicodedata.category(character).startswith("M")
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= character <= "\U000e007f"  # the letters of a region's flag
    )


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


@lru_cache(maxsize=20_000)
def length(line: str, style: Style) -> float:
    """The width of a line in pixels."""
    return sum(run.width for run in runs(line, style))


def filled(text: str, style: Style, width: int) -> list[str]:
    """The lines of a paragraph, none wider than `width`, each as full as can be.

    Broken between words, and within a word only where it is too wide by itself.
    """
    lines, line, used = [], "", 0.0
    for token in _pieces(text, style, width):
        wide = length(token, style)
        if line and used + wide > width and not token.isspace():
            lines.append(line.rstrip())
            line, used = "", 0.0
        if line or not token.isspace():
            line, used = line + token, used + wide
    return [*lines, line.rstrip()]


def balanced(text: str, style: Style, width: int) -> list[str]:
    """As `filled`, in as many lines, all about as wide: a last line of one short word looks like a mistake."""
    lines = filled(text, style, width)
    least, most = width // 2, width
    while len(lines) > 1 and most - least > max(2, style.size // 8):
        middle = (least + most) // 2
        tried = filled(text, style, middle)
        if len(tried) == len(lines):
            lines, most = tried, middle
        else:
            least = middle
    return lines


def _pieces(text: str, style: Style, width: int) -> Iterator[str]:
    """Words, spaces and single Han characters; a word that is too wide comes in pieces that aren't."""
    for token in _TOKENS.findall(text):
        piece = ""
        for cluster in clusters(token) if length(token, style) > width else ():
            if piece and length(piece + cluster, style) > width:
                yield piece
                piece = ""
            piece += cluster
        yield piece or token
