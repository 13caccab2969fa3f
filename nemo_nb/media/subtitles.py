"""Captions as files have them: SRT, WebVTT and ASS, in whatever encoding, read and written in one place.

`read` takes a file's bytes, `embedded` a film's own track; both give cues, which `srt`, `vtt` and `ass` write.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from ..errors import BrokenMedia, InvalidInput
from .formats import CAPTIONS
from .opening import open_media

EXTENSIONS = CAPTIONS

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_ARROW = re.compile(rf"^[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}[^\n]*$", re.MULTILINE)
_NUMBER = re.compile(r"\n[ \t]*\d{1,9}[ \t]*$")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<\d[\d:.]{3,15}>|\{\\[^{}\n]{0,400}\}")
_BREAK = re.compile(r"\\[Nn]")
_DRAWING = re.compile(r"\{[^{}]*\\p[1-9]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: its words, lines parted by line breaks, from when to when in milliseconds."""

    text: str
    start_ms: int
    end_ms: int


def read(raw: bytes, name: str = "") -> tuple[Cue, ...]:
    """The cues of a file of captions, in order of their times. InvalidInput when it holds none.

    >>> read(b"1\\n00:00:01,000 --> 00:00:02,500\\nHello <i>there</i>")
    (Cue(text='Hello there', start_ms=1000, end_ms=2500),)
    """
    text = decode(raw)
    found = list(_of_ass(text) if re.search(r"(?im)^\[(?:script info|events)\]", text) else _of_arrows(text))
    if not found:
        raise InvalidInput(
            f"{name or 'The file'} holds no captions.", next_step="Give an SRT, a WebVTT or an ASS file."
        )
    return tuple(sorted(found, key=lambda cue: (cue.start_ms, cue.end_ms)))


def decode(raw: bytes) -> str:
    """Text of an encoding that nobody told, with plain line breaks.

    UTF-8 and UTF-16 by their marks or their form; else the Chinese of GB 18030 where it reads as Chinese, else
    Windows-1252, which every Western program of old writes.

    >>> decode("Héllo".encode("cp1252")), decode("你好世界".encode("gb18030")), decode("hi".encode("utf-16-le"))
    ('Héllo', '你好世界', 'hi')
    """
    return _decoded(raw).replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff\x00")


def _decoded(raw: bytes) -> str:
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    if raw and raw.count(0) * 3 > len(raw):  # every other byte of Latin text is zero
        return raw.decode("utf-16-le" if raw[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _reads_as_chinese(raw):
        return raw.decode("gb18030", "replace")
    return raw.decode("cp1252", "replace")


def _reads_as_chinese(raw: bytes) -> bool:
    """Whether what is beyond ASCII are pairs of bytes, most of them for common characters or their punctuation.

    Two letters with accents in a row are such a pair, too, but as a rule of a character that hardly anybody knows.
    """
    runs = re.findall(rb"[\x80-\xff]+", re.sub(rb"[\x81-\xfe][\x40-\x7e](?=[\x80-\xff])", b"", raw))
    pairs = [run[at : at + 2] for run in runs for at in range(0, len(run), 2)]
    common = sum(0xA1 <= pair[0] <= 0xA3 or 0xB0 <= pair[0] <= 0xD7 for pair in pairs if len(pair) == 2)
    return bool(pairs) and common >= 0.7 * len(pairs)


def embedded(path: Path, number: int = 1, zero: Fraction = Fraction(0)) -> tuple[Cue, ...]:
    """The cues of a film's own subtitle track, numbered from 1, by the film's time, which begins at second `zero` of
    the file's own clock (see `MediaInfo`). Reads the file through.

    InvalidInput where there is no such track, or it holds pictures instead of words; BrokenMedia.
    """
    import av

    try:
        with open_media(path) as container:
            tracks = container.streams.subtitles
            if not 1 <= number <= len(tracks):
                raise InvalidInput(f"It has {len(tracks)} subtitle tracks, and none with number {number}.")
            track = tracks[number - 1]
            tick = track.time_base or Fraction(1, 1000)
            found = []
            for packet in container.demux(track):
                if not packet.size or packet.pts is None:
                    continue
                start = packet.pts * tick - zero
                words = "\n".join(_plain(line) for line in _lines(packet))
                end = start + (packet.duration or 0) * tick
                if words.strip():
                    found.append(Cue(words.strip(), max(0, round(start * 1000)), round(end * 1000)))
    except av.error.FFmpegError:
        raise BrokenMedia("Its subtitles can't be read.") from None
    if not found:
        raise InvalidInput(
            f"Subtitle track {number} holds no words.", next_step="It may be made of pictures."
        )
    return tuple(_ended(found))


def _lines(packet: object) -> Iterator[str]:
    for subtitle in packet.decode():  # type: ignore[attr-defined]
        if getattr(subtitle, "ass", b""):
            yield subtitle.ass.decode("utf-8", "replace").split(",", 8)[-1]
        elif getattr(subtitle, "text", b""):
            yield subtitle.text.decode("utf-8", "replace")


def _ended(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Each lasts until the next one where its length isn't told."""
    for cue, following in zip(cues, [*cues[1:], None], strict=True):
        end = (
            cue.end_ms
            if cue.end_ms > cue.start_ms
            else following.start_ms
            if following
            else cue.start_ms + 3000
        )
        yield Cue(cue.text, cue.start_ms, max(end, cue.start_ms + 1))


# ---- the formats --------------------------------------------------------------------------------


def _of_arrows(text: str) -> Iterator[Cue]:
    """SRT and WebVTT, which differ in their heads and in the point before the milliseconds."""
    arrows = list(_ARROW.finditer(text))
    for arrow, following in zip(arrows, [*arrows[1:], None], strict=False):
        # A caption ends at the blank line; what follows is the next one's number, or a note.
        block = text[arrow.end() : following.start() if following else len(text)].lstrip("\n")
        words = re.split(r"\n[ \t]*\n", block)[0].rstrip()
        if following:
            words = _NUMBER.sub("", f"\n{words}").lstrip("\n")
        plain = _plain(words)
        if plain:
            yield Cue(plain, _ms(*arrow.groups()[:4]), _ms(*arrow.groups()[4:]))


def _of_ass(text: str) -> Iterator[Cue]:
    fields = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"]
    for line in text.splitlines():
        kind, _, rest = line.partition(":")
        if kind.strip().lower() == "format" and "text" in rest.lower():
            fields = [field.strip().lower() for field in rest.split(",")]
        if kind.strip().lower() != "dialogue":
            continue
        values = dict(zip(fields, rest.split(",", len(fields) - 1), strict=False))
        clocks = [re.fullmatch(_CLOCK, values.get(key, "").strip()) for key in ("start", "end")]
        words = values.get("text", "")
        plain = "" if _DRAWING.search(words) else _plain(words)
        if plain and all(clocks):
            start, end = (_ms(*clock.groups()) for clock in clocks if clock)
            yield Cue(plain, start, end)


def _plain(words: str) -> str:
    """Without tags, as a title has one look for all of its words."""
    lines = html.unescape(_TAG.sub("", _BREAK.sub("\n", words.replace("\\h", " ")))).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def _ms(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    rest = int((fraction or "0").ljust(3, "0"))
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + rest


def srt(cues: Iterable[Cue]) -> str:
    """As SRT.

    >>> print(srt([Cue("Hi", 0, 1500)]))
    1
    00:00:00,000 --> 00:00:01,500
    Hi
    """
    return "\n\n".join(
        f"{number}\n{_clock(cue.start_ms, ',')} --> {_clock(cue.end_ms, ',')}\n{cue.text}"
        for number, cue in enumerate(cues, 1)
    )


def vtt(cues: Iterable[Cue]) -> str:
    """As WebVTT."""
    blocks = (
        f"{_clock(c.start_ms, '.')} --> {_clock(c.end_ms, '.')}\n{html.escape(c.text, False)}" for c in cues
    )
    return "\n\n".join(["WEBVTT", *blocks])


def ass(cues: Iterable[Cue], size: tuple[int, int] = (1920, 1080)) -> str:
    """As ASS, for a picture of this size."""
    head = [
        "[Script Info]", "ScriptType: v4.00+", f"PlayResX: {size[0]}", f"PlayResY: {size[1]}", "",
        "[V4+ Styles]", "Format: Name, Fontname, Fontsize, PrimaryColour, Alignment, MarginV",
        f"Style: Default,Sans,{round(size[1] * 0.05)},&H00FFFFFF,2,{round(size[1] * 0.05)}", "",
        "[Events]", "Format: Layer, Start, End, Style, Text",
    ]  # fmt: skip
    lines = [
        f"Dialogue: 0,{_clock(c.start_ms, '.')[1:-1]},{_clock(c.end_ms, '.')[1:-1]},Default,{_escaped(c.text)}"
        for c in cues
    ]
    return "\n".join([*head, *lines])


def _escaped(text: str) -> str:
    return text.replace("{", "(").replace("}", ")").replace("\n", "\\N")


def _clock(ms: int, point: str) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"
