"""What stays in the saved notebook, and replies as markdown: plain, safe, small."""

from __future__ import annotations

import base64
import io
import json
import re
import threading
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from widgets.pretend import Pretend

import nemo_nb as nemo
from nemo_nb.draft import Draft
from nemo_nb.widgets import Studio, TimelineTable, lasting, markdown

_HOSTILE = st.lists(
    st.sampled_from(["<script>", "<img src=x onerror=1>", "](", "[a](javascript:x)", "![i](http://e/x.png)", "`", "**",
                     "- ", "\n", "&lt;", '"', "'>", "# ", "|a|\n|-|\n"])
    | st.text(max_size=6),
    max_size=8,
).map("".join)  # fmt: skip
_ALLOWED = {
    "p",
    "br",
    "strong",
    "em",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "blockquote",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
    "div",
    "b",
}
_ATTRIBUTES = {"style", "href", "rel", "target", "start", "class"}


class Seen(HTMLParser):
    """The tags and attributes of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in ("href", "src")}


@given(_HOSTILE)
def test_no_reply_brings_markup_of_its_own(text: str) -> None:
    messages = [
        {"role": role, "text": text, "changes": [{"kind": "added", "text": text}]}
        for role in ("user", "assistant", "error")
    ]
    seen = Seen(lasting.conversation(messages))
    assert seen.tags <= _ALLOWED
    assert seen.attributes <= _ATTRIBUTES
    assert all(re.match(r"(https?|mailto):", link) for link in seen.links)
    _check(markdown.to_tree(text))


def _check(nodes: list[object]) -> None:
    for node in nodes:
        if isinstance(node, dict):
            assert node["tag"] in _ALLOWED
            assert re.match(r"(https?|mailto):", node.get("href", "http:"))
            _check(node["children"])


def test_a_line_after_a_list_is_not_in_it() -> None:
    tree = markdown.to_tree("Done:\n- one\n- two\nAnd more.")
    assert [node["tag"] for node in tree if isinstance(node, dict)] == ["p", "ul", "p"]


def test_the_timeline_as_a_picture_and_a_table() -> None:
    clip = {"id": "c", "s": 0, "d": 9000, "m": {"name": "<b>clip</b>", "kind": "video"}}
    title = {"id": "t", "s": 1000, "d": 2000, "m": {"kind": "text", "text": "标题 ✂"}}
    draft = Draft.read({"t": [{"tt": 0, "sg": [clip]}, {"tt": 7, "sg": [title]}]})
    html = lasting.timeline(draft, "en")
    assert "&lt;b&gt;clip&lt;/b&gt;" in html
    assert "标题 ✂" in html
    picture = Image.open(io.BytesIO(base64.b64decode(html.split("base64,")[1].split('"')[0])))
    assert picture.size == (960, 22 + 2 * 34)
    assert picture.getpixel((100, 70))[:3] == (0x3B, 0x6F, 0xD4), "the clip, from the left, in the lower lane"
    assert picture.getpixel((20, 40))[3] == 0, "nothing before the title begins"


def test_a_very_long_timeline_stays_small() -> None:
    captions = [
        {"id": f"s{n}", "s": n * 100, "d": 100, "m": {"kind": "text", "text": f"Caption {n}"}}
        for n in range(1000)
    ]
    html = lasting.timeline(Draft.read({"t": [{"tt": 7, "sg": captions}]}), "en")
    assert len(html) < 200_000
    assert html.count("<tr>") == lasting.MAX_ROWS + 1


def test_a_studio_leaves_conversation_timeline_and_film_behind(
    clip_project: nemo.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = Studio(clip_project)
    kept = threading.Event()
    monkeypatch.setattr(studio.export._lasting, "update", lambda html: kept.set() if html else None)
    studio._ipython_display_()
    chat, export = Pretend(studio.chat), Pretend(studio.export)
    chat.send("say", text="add the title “Hi <i>there</i>” for the first 2 seconds")
    chat.until(lambda doc: not doc["busy"])
    export.send("export", format="mp4", quality="high", resolution="")
    assert kept.wait(30)
    left = "".join(part._lasting_html() for part in (studio.chat, studio.timeline, studio.export))
    assert "add the title" in left
    assert "Hi &lt;i&gt;there&lt;/i&gt;" in left
    assert "<i>there" not in left
    assert "<video controls" in left


@pytest.mark.parametrize("shown", ["export", "preview"])
def test_a_film_that_a_later_cell_shows_is_kept_there_alone(
    clip_project: nemo.Project, monkeypatch: pytest.MonkeyPatch, shown: str
) -> None:
    exported = clip_project.export("cell.mp4")
    film = exported if shown == "export" else clip_project.preview()
    studio, kept, more = Studio(clip_project), list[str](), threading.Semaphore(0)
    monkeypatch.setattr(studio.export._lasting, "update", lambda html: (kept.append(html), more.release()))
    Pretend(studio.export).until(lambda doc: doc["film"])
    studio._ipython_display_()
    assert more.acquire(timeout=30)
    assert kept[-1].count("data:video/mp4") == 1, "nobody else shows it yet"
    assert "data:video/mp4" in film._repr_html_()
    assert more.acquire(timeout=30)
    assert "data:video/mp4" not in kept[-1]
    assert "cell.mp4" in kept[-1]


def test_a_film_that_a_cell_holds_is_kept_once(
    clip_project: nemo.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the quickstart: a cell shows the export, and a later one the studio."""
    shown = clip_project.export("cell.mp4")._repr_html_()
    studio, kept = Studio(clip_project), list[str]()
    done = threading.Event()
    monkeypatch.setattr(studio.export._lasting, "update", lambda html: (kept.append(html), done.set()))
    Pretend(studio.export).until(lambda doc: doc["film"])
    studio._ipython_display_()
    assert done.wait(30)
    assert shown.count("data:video/mp4") == 1
    assert "data:video/mp4" not in kept[-1]
    assert "cell.mp4" in kept[-1]
    assert "data:image/jpeg" in kept[-1], "its picture stands there"


def test_where_no_page_is_the_copy_has_the_timeline_from_the_start(
    clip_project: nemo.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, shown = TimelineTable(clip_project), []
    monkeypatch.setattr(table._lasting, "show", shown.append)
    table._ipython_display_()
    assert "clip.mp4" in shown[0]


def test_start_new_gives_every_part_the_new_project(clip_project: nemo.Project) -> None:
    studio = Studio(clip_project)
    pages = [Pretend(part) for part in studio.children]
    pages[3].until(lambda doc: doc["rows"])
    pages[0].send("start_new")
    assert studio.project is not clip_project
    assert studio.project.name == clip_project.name
    assert pages[3].doc["rows"] == []
    assert [m["role"] for m in pages[2].doc["messages"]] == ["assistant"]
    assert clip_project.draft.duration_ms == 4000, "the old one stays as it is"
    assert json.dumps(pages[0].doc)
