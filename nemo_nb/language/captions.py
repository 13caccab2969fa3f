"""Lines of captions in a message: SRT, WebVTT, lines with times, or lines alone.

They are what somebody said in the video, so they are taken out before anything is read as a wish.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..tongues import every
from .clauses import parse
from .concepts import Thing

_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_UNTIL = "|".join(["-", "–", "—", "~", *every("sentences", "UNTIL")])
_ARROW = re.compile(rf"^[ \t]*(?P<start>{_CLOCK})[ \t]*-->[ \t]*(?P<end>{_CLOCK})[^\n]*$", re.MULTILINE)
_LINE = re.compile(
    rf"^[ \t]*[\[(]?(?P<start>{_CLOCK})(?:[ \t]*(?:{_UNTIL})[ \t]*(?P<end>{_CLOCK}))?[\])]?[:：]?[ \t]+"
    r"(?P<text>\S[^\n]*)$",
    re.MULTILINE,
)
# "subtitles: 0:01-0:03 Hello; 0:04-0:05 Bye": all in the line of the wish.
_RANGE = rf"{_CLOCK}[ \t]*(?:{_UNTIL})[ \t]*{_CLOCK}"
_INLINE = re.compile(rf"[:：][ \t]*(?={_RANGE}[ \t]+\S)")
_PARTING = re.compile(rf"[ \t]*[;；,，][ \t]*(?={_RANGE}[ \t]+\S)")
_QUOTED = re.compile(r"^[\"“「](.*)[\"”」]$")
_NUMBER = re.compile(r"\n?[ \t]*\d{1,6}[ \t]*\n$")
_TAG = re.compile(r"<[^<>\n]{1,80}>|\{\\[^{}\n]{1,80}\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: from when to when in ms, None where nobody said, and its words."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None


def detach(text: str) -> tuple[str, str]:
    """A message without its caption lines, and those.

    >>> detach("add captions:\\n0:01 Hello\\n0:03 Bye, export it")
    ('add captions:', '0:01 Hello\\n0:03 Bye, export it')
    """
    arrow = _ARROW.search(text)
    if arrow:
        number = _NUMBER.search(text, 0, arrow.start())
        start = number.start() if number else arrow.start()
        header = text.find("WEBVTT", 0, start)
        start = header if header >= 0 else start
        return text[:start].rstrip(), text[start:].lstrip("\n")
    inline = _INLINE.search(text)
    if inline and "\n" not in text and _about_captions(text[: inline.start()]):
        return text[: inline.start() + 1].rstrip(), _PARTING.sub("\n", text[inline.end() :])
    head, _, rest = text.partition("\n")
    if rest.strip() and (head.rstrip().endswith((":", "：")) or _LINE.search(rest)) and _about_captions(head):
        return head.rstrip(), rest.strip("\n")
    return text, ""


def cues(lines: str) -> tuple[Cue, ...]:
    """The captions in such lines, in order of their times; lines without times in theirs."""
    if _ARROW.search(lines):
        return _sorted(_blocks(lines))
    timed = [
        Cue(_unquoted(match["text"]), _ms(match["start"]), _ms(match["end"]) if match["end"] else None)
        for match in _LINE.finditer(lines)
    ]
    return _sorted(timed) or tuple(Cue(line.strip()) for line in lines.splitlines() if line.strip())


def _unquoted(words: str) -> str:
    """ "Hello" without the quotes around all of it."""
    return _QUOTED.sub(r"\1", words.strip())


def _blocks(text: str) -> list[Cue]:
    found = []
    arrows = list(_ARROW.finditer(text))
    for arrow, following in zip(arrows, [*arrows[1:], None], strict=True):
        # A caption ends at the blank line; what follows is the next one's number, or a note.
        block = text[arrow.end() : following.start() if following else len(text)].lstrip("\r\n")
        words = "\n".join(line.strip() for line in re.split(r"\n[ \t\r]*\n", block)[0].splitlines())
        if following:
            words = re.sub(r"\n\d+$", "", words)
        words = _TAG.sub("", words).strip()
        if words:
            found.append(Cue(words, _ms(arrow["start"]), _ms(arrow["end"])))
    return found


def _sorted(found: list[Cue]) -> tuple[Cue, ...]:
    return tuple(sorted(found, key=lambda cue: cue.start_ms or 0))


def _about_captions(head: str) -> bool:
    return any(clause.has(Thing.CAPTIONS) for clause in parse(head).clauses)


def _ms(clock: str) -> int:
    seconds = 0.0
    for part in clock.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return round(seconds * 1000)
