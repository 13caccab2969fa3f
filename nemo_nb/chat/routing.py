"""Which way a message goes: to the backend's conversation, or straight to a call of its own.

By what is meant, not by words that occur: "don't export yet", "export settings?" and a title that says
"Export now" are conversation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ..language import (
    Ask,
    Beyond,
    Clause,
    Do,
    Kind,
    Shape,
    Thing,
    asks,
    declines,
    detach,
    only_polite,
    parse,
)
from ..tongues import LANGUAGES, Language, table

Route = Literal["sse", "export", "credits", "status", "upload"]

_LONGEST = 8_000  # characters: more is no request that could be taken apart here
_FORMATS = frozenset({"mp4", "mov", "mp3", "wav", "m4a", "gif", "webm", "avi", "mkv"})
# What stands before the name of a file that is to be made, and what says that an upload is over.
_NAMING = re.compile("|".join(table(language, "chat").NAMING for language in LANGUAGES))
_UPLOADED = re.compile("|".join(table(language, "chat").UPLOADED for language in LANGUAGES))
# A name without its extension, such as lesson1 or final-cut: all that is left of the sentence.
_BARE_NAME = re.compile(r"[\w-]{1,80}")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do about a message.

    `text` is what goes by SSE, or the words that asked for the step; `paths` and `urls` are what to upload,
    and an export's only path is the name that its file shall have; `output`
    holds what was said about the export: `{"format": "mp4", "height": 720}`.
    `named` is the file of "export clip.mp4": one that there is, or the name of the one to be made.
    """

    kind: Route
    text: str
    paths: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    output: dict[str, Any] = field(default_factory=dict)
    named: str = ""


def route(text: str) -> list[Step]:
    """The steps of a message, in order; always at least one.

    >>> [(step.kind, step.text) for step in route("trim the first 2 seconds, then export as 720p")]
    [('sse', 'trim the first 2 seconds'), ('export', 'export as 720p')]
    """
    said, lines = detach(text)
    if lines:
        return _with_lines(route(said), lines)
    if len(said) > _LONGEST:
        return [Step("sse", text)]
    request = parse(text)
    kinds = [(_kind(clause, request.language), clause) for clause in request.clauses]
    if all(kind == "sse" for kind, _ in kinds):
        return [Step("sse", text)]
    named = {kind for kind, _ in kinds}
    told = [pair for pair in kinds if not (only_polite(pair[1]) or _answered(*pair, named))]
    return list(_steps(text, told, request.language))


def _with_lines(steps: list[Step], lines: str) -> list[Step]:
    """Lines of captions are what is shown and never a wish; they go with the last message."""
    said = max((n for n, step in enumerate(steps) if step.kind == "sse"), default=None)
    if said is None:
        return [Step("sse", lines), *steps]
    told = replace(steps[said], text=f"{steps[said].text}\n\n{lines}")
    return [*steps[:said], told, *steps[said + 1 :]]


def _steps(text: str, kinds: list[tuple[Route, Clause]], language: Language) -> Iterator[Step]:
    """Clauses that follow each other by SSE go together, in the words of the original."""
    seen: set[Route] = set()
    exports = [clause for kind, clause in kinds if kind == "export"]
    start = end = -1
    for kind, clause in kinds:
        if kind == "sse":
            start = clause.start if start < 0 else start
            end = clause.end
            continue
        if start >= 0:
            yield Step("sse", text[start:end])
            start = -1
        if kind == "export" and (shape := _shape(clause)):
            yield Step("sse", table(language, "chat").SHAPE.format(shape=shape))
        if kind == "upload" or kind not in seen:
            yield _step(kind, clause, exports)
        seen.add(kind)
    if start >= 0:
        yield Step("sse", text[start:end])


def _shape(clause: Clause) -> str | None:
    """The shape that "export it vertical" asks for, which the canvas gets before the export."""
    for token in clause.tokens:
        if token.kind is Kind.RATIO or token.value in (Shape.VERTICAL, Shape.SQUARE, Shape.LANDSCAPE):
            return str(token.value if token.kind is Kind.RATIO else token.value.value)
    return None


def _step(kind: Route, clause: Clause, exports: list[Clause]) -> Step:
    """`exports`: all clauses about the export, which is one: "export it, and save it as final.mp4"."""
    if kind == "upload":
        paths, urls = clause.values(Kind.FILE), clause.values(Kind.URL)
        quoted = [name for name in clause.values(Kind.QUOTED) if name.strip()]
        return Step(kind, clause.text, tuple(map(str, [*paths, *quoted])), tuple(map(str, urls)))
    if kind == "export":
        names = [name for name in map(_wanted_name, exports) if name]
        output = {key: value for said in reversed(exports) for key, value in _output(said).items()}
        mentioned = [str(name) for said in exports for name in said.values(Kind.FILE)]
        named = mentioned[0] if not names and len(mentioned) == 1 else ""
        return Step(kind, clause.text, tuple(names[:1]), output=output, named=named)
    return Step(kind, clause.text)


def _kind(clause: Clause, language: Language) -> Route:
    if clause.has(Thing.CREDITS) and (asks(clause, language) or _only(clause, Do.SHOW, Do.KEEP, Do.PLAY)):
        return "credits"
    if _status(clause, language):
        return "status"
    if _clicks_export(clause, language):
        return "export"
    if asks(clause, language) or declines(clause) or _wants_beyond(clause):
        return "sse"
    if clause.has(Do.EXPORT) and _exports(clause):
        return "export"
    if clause.has(Do.UPLOAD) and _uploads(clause):
        return "upload"
    return "sse"


def _clicks_export(clause: Clause, language: Language) -> bool:
    """ "Click the “Export” button": the one case of a quote that is no text to be shown."""
    quoted = [str(words) for words in clause.values(Kind.QUOTED)]
    named = any(part.has(Do.EXPORT) for words in quoted for part in parse(words, language=language).clauses)
    return named and clause.of(Do) == [Do.CLICK] and not declines(clause)


def _wants_beyond(clause: Clause) -> bool:
    """What nobody can do is talked about; but a format is the export's business, which lists those it makes."""
    chosen = (Beyond.FORMAT, Beyond.SHRINK) if clause.has(Do.EXPORT) else (Beyond.FORMAT,)
    wished = [wish for wish in clause.of(Beyond) if wish not in chosen]
    return bool(wished) or (clause.has(Beyond.FORMAT) and "format" not in _output(clause))


def _exports(clause: Clause) -> bool:
    """Not where it is only spoken of: its settings, its button's looks, words to be shown."""
    if clause.has(Thing.SETTINGS) and not clause.has(Do.CLICK):
        return False
    if clause.asked and clause.has(Thing.FORMAT) and not _output(clause):
        return False  # "can I choose the format when exporting?"
    if clause.values(Kind.TIME, Kind.LUFS) or (clause.has(Do.SAY) and not _wanted_name(clause)):
        return False
    allowed = (Do.EXPORT, Do.CLICK, Do.SET, Do.ADD, Do.SHOW, Do.PUT, Do.SAY, Do.SPARE)
    return _only(clause, *allowed) and not clause.has(Thing.TITLE, Thing.CAPTIONS)


def _answered(kind: Route, clause: Clause, named: set[Route]) -> bool:
    """Whether another clause's route sees to it: "export it, the smaller the file the better", "status? what's on the
    timeline?" """
    asks_state = kind == "sse" and clause.has(Thing.STATUS) and bool(clause.of(Ask)) and not clause.of(Do)
    return ("export" in named and _of_the_file(clause)) or ("status" in named and asks_state)


def _of_the_file(clause: Clause) -> bool:
    """ "Export it, the smaller the file the better": how an export is meant, and no edit."""
    return clause.has(Thing.FILE) and _only(clause, Do.SMALLER) and not clause.of(Beyond)


def _uploads(clause: Clause) -> bool:
    """Not "the clip I uploaded", nor an edit that an upload is only mentioned in."""
    number, mention = next((n, t) for n, t in enumerate(clause.tokens) if t.value is Do.UPLOAD)
    after = clause.tokens[number + 1].text if number + 1 < len(clause.tokens) else ""
    said_done = any(_UPLOADED.search(words.lower()) for words in (mention.text, mention.text + after))
    return not said_done and _only(clause, Do.UPLOAD, Do.ADD, Do.CLICK, Do.EXPORT)


def _status(clause: Clause, language: Language) -> bool:
    if not clause.has(Thing.STATUS) or not _only(clause, Do.SHOW, Do.CLICK) or declines(clause):
        return False
    if clause.has(Ask.HOW_MANY, Ask.HOW_LONG) or clause.values(Kind.FILE):
        return False
    said = [token for token in clause.tokens if token.kind is not Kind.BREAK]
    if len(said) > 2 and said[0].kind is Kind.WORD:
        return False  # "mix all tracks": a wish, whatever the verb
    if clause.has(Thing.CLIP, Thing.MUSIC, Thing.TITLE, Thing.TRANSITION, Thing.LENGTH):
        return False
    return not asks(clause, language) or clause.has(Ask.WHAT)


def _only(clause: Clause, *allowed: Do) -> bool:
    return all(do in allowed for do in clause.of(Do))


def _output(clause: Clause) -> dict[str, Any]:
    """What was said about the file. Formats that nobody makes are in it too: the export names those it can make."""
    output: dict[str, Any] = {}
    size = clause.value(Kind.SIZE)
    if size:
        output["height"] = size[1]
    name = _wanted_name(clause)
    words = [word for token in clause.tokens for word in token.text.lower().split()]
    suffix = name.lower().rpartition(".")[2] if name and "." in name else ""
    found = [word for word in (suffix, *words) if word in _FORMATS]
    if found:
        output["format"] = found[0]
    return output


def _wanted_name(clause: Clause) -> str | None:
    """The name that the file shall have: "as lesson1.mp4". What "export clip.mp4" means the uploads tell."""
    for token in clause.tokens:
        before = clause.text[: token.start - clause.start].rstrip().lower()
        if not _NAMING.search(before):
            continue
        if token.kind is Kind.FILE or (token.kind is Kind.QUOTED and token.value.strip()):
            return str(token.value)
        words = clause.text[token.start - clause.start :]
        if token.kind is Kind.WORD and _BARE_NAME.fullmatch(words):
            return words
    return None
