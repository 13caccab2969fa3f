"""The backend talks as if the user sat before its web page; this makes it fit a notebook.

"Click Export" becomes an offer to export, "open the timeline" one to show the tracks; what was said about
the video itself stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


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


# A clause that starts like this talks about the page …
_LEADS_IN = (
    r"(?:and |then |or |now |next |finally |please |just |simply |so |also |to [\w ]{1,40}?,? )*"
    r"(?:you can |you could |you may |you'll need to |you need to |feel free to |to export[\w ]*?,? )?"
    r"(?:if you[\w' ]{1,40}?,? )?"
    r"(?:also |now |then |just |simply |directly )*"
)
_ACTS = (
    r"(?:click|tap|press|hit)(?:ing)?\b|(?:double|right)-click|select the\b.*\b(?:button|menu|tab|panel)"
    r"|open(?:ing)? (?:up )?(?:the|your|this)\b|drag(?:ging)?\b|drop (?:it|the|your)\b"
    r"|(?:preview|view|see|check|watch)[\w ]{0,30} (?:in|on) (?:the |your )?(?:timeline|editor|preview)"
    r"|go to (?:the|your)\b|head (?:over )?to (?:the|your)\b"
    r"|check (?:your )?(?:account|billing|balance)|use the [\w ]{0,30}(?:button|panel|menu)"
)
_ENGLISH = re.compile(rf"^\W*{_LEADS_IN}(?:{_ACTS})", re.IGNORECASE)
# … in Chinese wherever the verb stands.
_CHINESE = re.compile(
    r"点击|单击|双击|点按|拖拽|拖动|拖放|拖到|打开[^，。；]*(?:面板|页面|时间[线轴]|菜单|编辑器|项目|工作区)"
    r"|(?:在|到)?时间[线轴](?:中|上|里)?预览|在(?:编辑器|页面)中?(?:查看|预览)"
    r"|(?:查看|检查)(?:账户|账号|账单)|按(?:下)?[^，。；]{0,8}按钮"
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|「[^」]*」|'(?<=\s')[^'\n]*'(?!\w)|`[^`]*`|\*\*[^*]*\*\*")

# What the page would have done; the first that fits names the action.
_MEANS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("export", re.compile(r"export|download|render|导出|下载|输出", re.IGNORECASE)),
    (
        "credits",
        re.compile(r"account|billing|credit|balance|top up|账户|账号|账单|积分|余额|充值", re.IGNORECASE),
    ),
    ("undo", re.compile(r"\bundo\b|撤销", re.IGNORECASE)),
    ("say", re.compile(r"\bdrag|\bdrop\b|拖", re.IGNORECASE)),
    ("upload", re.compile(r"upload|import|上传|导入", re.IGNORECASE)),
    (
        "show_tracks",
        re.compile(r"timeline|track|preview|project|editor|时间[线轴]|轨道|预览|项目", re.IGNORECASE),
    ),
)
# Sentences to say next, as the embedded engine lists them: after a question or for want of one.
_OFFERED = re.compile(
    r"^(?:(?P<asks>[^\n]*(?:For example|例如|比如)[:：])|[^\n]*(?:You could say next|接下来可以说)[:：])\n"
    r"(?P<items>(?:- [^\n]+(?:\n|\Z))+)",
    re.MULTILINE,
)
_CLAUSE = re.compile(
    r"[^.!?;,。！？；，…\n]+(?:\.(?=\S)[^.!?;,。！？；，…\n]*)*[.!?;,。！？；，…]*[ \t]*|[.!?;,]+\s*|\n+"
)
_AND = re.compile(
    r"(?<=\s)(?:and|then|or)\s+(?=(?:you can |then |just )*(?:click|tap|press|open|drag|preview)\b)",
    re.IGNORECASE,
)


def translate(reply_text: str) -> Translated:
    """The reply without its talk of the page, and the actions that it talked about, each once.

    Sentences that it puts into the user's mouth are on offer as `say`; where they are what a question asks for,
    they stay in the text as well.

    >>> done = translate("Added the title. Click the Export button to download it.")
    >>> done.text, [action.kind for action in done.actions]
    ('Added the title.', ['export'])
    """
    reply_text, said = _without_next_steps(reply_text)
    page = _without_page(reply_text)
    return Translated(page.text, tuple(dict.fromkeys((*page.actions, *said))))


def _without_next_steps(text: str) -> tuple[str, list[Action]]:
    offered = _OFFERED.search(text)
    if offered is None:
        return text, []
    said = [Action("say", line.removeprefix("- ")) for line in offered["items"].strip().splitlines()]
    rest = text[: offered.start()] + text[offered.end() :]
    return (text if offered["asks"] else rest.rstrip()), said


def _without_page(reply_text: str) -> Translated:
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
        if piece.count("“") != piece.count("”") or piece.count('"') % 2:
            held = piece
            continue
        at = 0
        for joint in _AND.finditer(piece):
            yield piece[at : joint.start()]
            at = joint.start()
        yield piece[at:]
    if held:
        yield held


def _about_the_page(clause: str) -> bool:
    bare = _QUOTED.sub(lambda match: "x" * len(match[0]), clause)
    return bool(_ENGLISH.search(bare) or _CHINESE.search(bare))


def _action(clause: str) -> list[Action]:
    for kind, pattern in _MEANS:
        if pattern.search(clause):
            words = clause.strip(" \t\n.,;。，；！!") if kind == "say" else ""
            return [Action(kind, words)]  # type: ignore[arg-type]  # the table holds the kinds themselves
    return []


def _close(kept: list[str], gone: str) -> None:
    """A clause that lost its continuation ends like a sentence; what belonged to the lost one goes on."""
    if not kept or not kept[-1].strip():
        return
    last = kept[-1].rstrip()
    if last[-1] in ",;:，；：":
        chinese = last[-1] in "，；："
        kept[-1] = last[:-1] + ("。" if chinese else ". ")
    elif last[-1].isalnum():
        kept[-1] = last + (". " if last[-1].isascii() else "。")
    if gone.endswith("\n"):
        kept[-1] += "\n"
