"""The cloud talks as if the user sat before its web page; this makes it fit a notebook.

"Click Export" becomes an offer to export, "open the timeline" one to show the tracks; what was said about
the video itself stays. The embedded engine has no page, and gives what it offers as data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ..tongues import LANGUAGES, table


@dataclass(frozen=True, slots=True)
class Action:
    """What is on offer instead of a click: `say` is an edit by message, with the words for it."""

    kind: Literal["export", "show_tracks", "credits", "upload", "undo", "say"]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Translated:
    """A reply without its talk of buttons, and what those buttons would have done."""

    text: str
    actions: tuple[Action, ...] = ()


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    """One of the patterns: a reply is in whichever language it likes."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_LONGEST, _LONGEST_CLAUSE = 3000, 300
_WORDS = [table(language, "chat") for language in LANGUAGES]
_PAGE = _any(words.PAGE for words in _WORDS)
_AND = _any(words.PAGE_JOINT for words in _WORDS)
# What the page would have done; the first that fits names the action.
_MEANS = {kind: _any(words.PAGE_MEANS[kind] for words in _WORDS) for kind in _WORDS[0].PAGE_MEANS}
_QUOTED = re.compile(
    r"„[^“”]*[“”]|“[^”]*”|\"[^\"\n]*\"|「[^」]*」|'(?<=\s')[^'\n]*'(?!\w)|`[^`]*`|\*\*[^*]*\*\*"
)

_OPENING = ("“", '"', "„")
_CLAUSE = re.compile(
    r"[^.!?;,。！？；，…\n]+(?:\.(?=\S)[^.!?;,。！？；，…\n]*)*[.!?;,。！？；，…]*[ \t]*|[.!?;,]+\s*|\n+"
)


def translate(reply_text: str) -> Translated:
    """The reply without its talk of the page, and the actions that it talked about, each once.

    >>> done = translate("Added the title. Click the Export button to download it.")
    >>> done.text, [action.kind for action in done.actions]
    ('Added the title.', ['export'])
    """
    # Talk of the page comes last. Of a reply that is out of all proportion, the rest is not looked at.
    if before := reply_text[:-_LONGEST]:
        last = translate(reply_text[-_LONGEST:])
        return Translated(before + last.text, last.actions)
    kept: list[str] = []
    actions: list[Action] = []
    for clause in _clauses(reply_text):
        if _about_the_page(clause):
            actions += _action(clause)
            _close(kept, clause)
        else:
            kept.append(clause)
    if not actions and len(kept) == len(list(_clauses(reply_text))):
        return Translated(reply_text)
    text = re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()
    return Translated(text, tuple(dict.fromkeys(actions)))


def _clauses(text: str) -> Iterator[str]:
    """Clauses with their punctuation and spaces, so that those that stay can be joined as they were."""
    held = ""
    for match in _CLAUSE.finditer(text):
        piece = held + match[0]
        held = ""
        # A pause inside quotes parts nothing.
        bare = _QUOTED.sub("", piece)
        if any(mark in bare for mark in _OPENING):
            held = piece
            continue
        at = 0
        for joint in _AND.finditer(piece) if len(piece) <= _LONGEST_CLAUSE else ():
            yield piece[at : joint.start()]
            at = joint.start()
        yield piece[at:]
    if held:
        yield held


def _about_the_page(clause: str) -> bool:
    if len(clause) > _LONGEST_CLAUSE:
        return False
    bare = _QUOTED.sub(lambda match: "x" * len(match[0]), clause)
    return bool(_PAGE.search(bare))


def _action(clause: str) -> list[Action]:
    for kind, pattern in _MEANS.items():
        if pattern.search(clause):
            words = clause.strip(" \t\n.,;。，；！!") if kind == "say" else ""
            return [Action(kind, words)]
    return []


def _close(kept: list[str], gone: str) -> None:
    """A clause that lost its continuation ends like a sentence; what belonged to the lost one goes on."""
    if not kept or not kept[-1].strip():
        return
    last = kept[-1].rstrip()
    if last[-1] in ",;:，；：":
        kept[-1] = last[:-1] + (". " if last[-1].isascii() else "。")
    elif last[-1].isalnum():
        kept[-1] = last + (". " if last[-1].isascii() else "。")
    if gone.endswith("\n"):
        kept[-1] += "\n"
