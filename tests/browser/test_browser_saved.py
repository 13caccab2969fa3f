"""A notebook with a studio in it, saved after an edit and an export: what others see of it, who have no kernel."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bleach
import nbformat
import pytest
from canary import TOKEN, heard
from kit import Kit
from nbconvert import HTMLExporter
from notebook import html_of

from browser.lab import DIRTY, PATIENCE_MS, Lab, open_notebook, run_first_cell, save, say
from nemo_nb.cli.lab import own_copy
from nemo_nb.testing import ScriptedBackend, failure

SENTENCE = "add this background music to my video and fade it out at the end"
TITLE = "add the title “Dusk <b>& dawn</b>” for the first 2 seconds"

# What GitHub lets through: the tags of its html-pipeline, and those of its attributes that say anything. It allows
# data: for pictures in a notebook, or there were none: that is how a notebook holds them.
GITHUB_TAGS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "br", "b", "i", "strong", "em", "a", "pre", "code", "img", "tt", "div",
    "ins", "del", "sup", "sub", "p", "ol", "ul", "table", "thead", "tbody", "tfoot", "blockquote", "dl", "dt",
    "dd", "kbd", "q", "samp", "var", "hr", "ruby", "rt", "rp", "li", "tr", "td", "th", "s", "strike", "summary",
    "details", "caption", "figure", "figcaption", "abbr", "bdo", "cite", "dfn", "mark", "small", "span", "time",
    "wbr",
}  # fmt: skip
GITHUB_ATTRIBUTES = {
    "a": ["href"],
    "img": ["src", "longdesc"],
    "*": ["align", "alt", "aria-hidden", "aria-label", "border", "colspan", "dir", "height", "id", "lang", "name",
          "rel", "role", "rowspan", "scope", "start", "title", "type", "valign", "value", "width"],
}  # fmt: skip
ELSEWHERE = re.compile(r"https?://(?!127\.0\.0\.1)")
PLAYS = """video => new Promise((done) => {
  const width = () => done(video.videoWidth);
  video.readyState ? width() : video.addEventListener("loadedmetadata", width);
})"""


@pytest.fixture(scope="module")
def saved(chromium: Any, lab: Lab, kit: Kit) -> Path:
    """The notebook as JupyterLab saved it. Its kernel is shut down."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(2 * PATIENCE_MS)
    page = context.new_page()
    path = lab.write("saved/cut.ipynb", "import nemo_nb as nemo\nstudio = nemo.Studio()\nstudio")
    open_notebook(page, lab, "saved/cut.ipynb")
    run_first_cell(page, until="[data-nemo=chat]")
    page.set_input_files("[data-nemo=upload-input]", [str(kit.clip()), str(kit.tune())])
    page.wait_for_selector("[data-nemo=upload-row][data-state=done] >> nth=1")
    say(page, SENTENCE)
    say(page, TITLE)
    page.click("[data-nemo=export-start]")
    page.wait_for_selector("[data-nemo-lasting] video", state="attached")
    save(page)
    context.close()
    lab.shut_kernels_down()
    return path


@pytest.fixture
def reader(chromium: Any) -> Iterator[Any]:
    """A page that reaches nothing but what is in it, or JupyterLab."""
    context = chromium.new_context(viewport={"width": 1000, "height": 1200})
    context.set_default_timeout(PATIENCE_MS)
    context.route(ELSEWHERE, lambda route: route.abort())
    yield context.new_page()
    context.close()


def shows_everything(root: Any) -> None:
    """Conversation, table, the timeline's picture and the film's poster are there to be seen."""
    root.get_by_text(SENTENCE).first.wait_for()
    assert root.get_by_text("“Dusk <b>& dawn</b>”").first.is_visible(), "as text, not as markup"
    assert root.get_by_text("lofi.mp3").first.is_visible()
    cells = root.locator("table").last.locator("td").all_inner_texts()
    assert {"clip.mp4", "lofi.mp3"} <= {cell.strip() for cell in cells}
    pictures = root.locator("img")
    drawn = pictures.evaluate_all("all => all.filter(i => i.checkVisibility()).map(i => i.naturalWidth)")
    assert 960 in drawn, "the timeline"
    posters = root.locator("video").evaluate_all("all => all.map(v => v.poster.slice(0, 16))")
    assert (
        any(poster.startswith("data:image/") for poster in posters) or sum(width > 0 for width in drawn) > 1
    )


def test_it_is_small(saved: Path) -> None:
    assert saved.stat().st_size < 5_000_000


def test_in_an_untrusted_jupyterlab_without_a_kernel(saved: Path, lab: Lab, reader: Any) -> None:
    notebook = json.loads(saved.read_text("utf-8"))
    del notebook["metadata"]["kernelspec"]
    notebook["cells"][0]["metadata"] = {"trusted": False}
    (lab.root / "sent.ipynb").write_text(json.dumps(notebook))  # in other words: it is not signed here
    reader.goto(lab.address("sent.ipynb"))
    outputs = reader.locator(".jp-OutputArea").first
    shows_everything(outputs)
    assert outputs.locator("video[src^='data:video/mp4']").is_visible()


def test_as_a_web_page_made_by_nbconvert(saved: Path, reader: Any, tmp_path: Path) -> None:
    html, _ = HTMLExporter().from_filename(str(saved))
    (tmp_path / "cut.html").write_text(html, "utf-8")
    reader.goto((tmp_path / "cut.html").as_uri())
    shows_everything(reader.locator("body"))
    assert reader.locator("video").evaluate(PLAYS) == 320


def test_cleaned_as_on_github(saved: Path, reader: Any) -> None:
    outputs = html_of(nbformat.read(saved, as_version=4))
    protocols = ["http", "https", "mailto", "data"]
    cleaned = "".join(
        bleach.clean(part, tags=GITHUB_TAGS, attributes=GITHUB_ATTRIBUTES, protocols=protocols, strip=True)
        for part in outputs
    )
    assert "style=" not in cleaned
    assert "<video" not in cleaned
    reader.set_content(cleaned)
    shows_everything(reader.locator("body"))


def test_no_token_is_in_what_the_page_heard_and_the_notebook_saved(page: Any, lab: Lab) -> None:
    (lab.root / "token.txt").write_text(TOKEN)  # not typed into a cell, as in life
    with ScriptedBackend() as backend:
        lab.write(
            "cloud.ipynb",
            "%xmode Verbose\nimport os, nemo_nb as nemo\n"
            "os.environ['NEMO_TOKEN'] = open('token.txt').read()\n"
            f"project = nemo.connect({backend.url!r})\nnemo.Studio(project)",
            "project.credits()",
        )
        refused = failure(1001, f"bad token {TOKEN}", status=401)
        backend.on("message", refused)
        told: list[str] = []
        page.on(
            "websocket", lambda socket: socket.on("framereceived", lambda frame: told.append(_as_text(frame)))
        )
        open_notebook(page, lab, "cloud.ipynb")
        run_first_cell(page, until="[data-nemo=chat]")
        page.fill("[data-nemo=chat-input]", "hello")
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-role=error]")
        backend.on("credits", refused)
        page.locator(".jp-Notebook .jp-Cell .cm-content").nth(1).click()
        page.keyboard.press("Shift+Enter")
        page.wait_for_selector(".jp-OutputArea:has-text('SignInFailed')")
        save(page)
        assert f"Bearer {TOKEN}" in {request.headers.get("authorization") for request in backend.requests}
    assert any("SignInFailed" in frame for frame in told), "the traceback came over the wire"
    assert heard("\0".join(told), TOKEN) == []
    assert heard((lab.root / "cloud.ipynb").read_text("utf-8"), TOKEN) == []


def _as_text(frame: str | bytes) -> str:
    return frame if isinstance(frame, str) else frame.decode("latin-1")


def test_the_copy_that_the_command_opens_is_unmarked(page: Any, lab: Lab) -> None:
    """JupyterLab writes into a notebook what its kernel is: where that stands there already, nothing is unsaved."""
    own_copy(lab.root)
    open_notebook(page, lab, "quickstart.ipynb")
    page.wait_for_selector("text=/ \\| Idle$/")
    assert page.locator(DIRTY).count() == 0
    lab.write("marked.ipynb", "1 + 1")
    open_notebook(page, lab, "marked.ipynb")
    page.wait_for_selector(DIRTY)
    lab.shut_kernels_down()
