"""Whether this machine can draw the letters of a draft: told when a text is written, not only when it is exported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..draft import Draft
from ..errors import InvalidInput
from ..language import Language
from .planner.wording import sentence
from .render.fonts import Style
from .render.typeset import is_cjk, language_of, missing

_SIZE = 48  # of no account: a font has a letter at every size


def doubts(before: Draft, after: Draft, language: Language) -> tuple[str, ...]:
    """What must be said about the texts that are new in `after`: a sentence for each that can't be drawn here."""
    known = set(_texts(before))
    told = (_doubt(*text, language) for text in dict.fromkeys(_texts(after)) if text not in known)
    return tuple(dict.fromkeys(filter(None, told)))


def _texts(draft: Draft) -> list[tuple[str, Style]]:
    """The texts of a draft, each with what it wants to look like."""
    return [
        _styled(str(segment.meta.get("text") or ""), segment.meta.get("style"))
        for segment in draft.segments
        if segment.kind == "text"
    ]


def _styled(text: str, raw: Any) -> tuple[str, Style]:
    wish = raw if isinstance(raw, Mapping) else {}
    family = str(wish.get("font") or "")
    return text, Style(_SIZE, family, bool(wish.get("bold")), bool(wish.get("italic")), language_of(text))


def _doubt(text: str, style: Style, language: Language) -> str:
    try:
        letters = missing(text, style)
    except InvalidInput:
        return sentence(language, "no_such_font", font=style.family[:40])
    if not letters:
        return ""
    key = "no_font_cjk" if any(map(is_cjk, letters)) else "no_font"
    return sentence(language, key, letters=" ".join(letters))
