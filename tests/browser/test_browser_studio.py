"""The widgets in a real JupyterLab, by mouse and keyboard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from kit import Kit

from browser.lab import (
    Lab,
    film,
    open_notebook,
    open_studio,
    restart,
    run_cell,
    run_first_cell,
    save,
    say,
    upload,
)

# State that no widget would make, as a hostile backend or notebook might.
HOSTILE = """
bad = '<img src=x onerror="window.pwned=3">'
link = {"tag": "a", "href": "javascript:window.pwned=5", "children": [bad]}
answer = {"tree": [{"tag": "script", "children": ["window.pwned=4"]}, link], "changes": [{"kind": bad, "text": bad}]}
studio.chat._put("messages", {"id": bad, "role": "assistant", "text": bad, "turn": 1, **answer})
studio.chat._set(chips=[bad], status=bad)
studio.upload._put("rows", {"id": bad, "name": bad, "state": "error", "what": bad, "next": bad, "size": 1, "kind": bad,
    "thumbnail": 'javascript:window.pwned=6'})
studio.timeline._set(tracks=[{"index": 0, "name": bad, "main": True}], total=9000, canvas=[bad, bad])
studio.timeline._put("rows", {"id": bad, "track": 0, "kind": bad, "name": bad, "text": bad, "start": 0, "end": 9000})
studio.export._set(film={"number": 1, "poster": bad, "name": bad, "near": "../" * 9 + bad, "facts": bad, "bytes": 5})
"""
COLOURS = """selector => {
  const { data } = ((c) => c.getContext("2d").getImageData(0, 0, c.width, c.height))(document.querySelector(selector));
  return new Set(new Uint32Array(data.buffer)).size;
}"""
DRAWN = "new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))"
# The first class of each element of the timeline that changes from now on, of segments but the one that changed first.
TOUCHED = """() => {
  window.touched = [];
  let dragged;
  new MutationObserver((records) => records.forEach(({ target }) => {
    const name = target.classList[0];
    if (name === "nemo-segment") dragged ??= target;
    window.touched.push(name === "nemo-segment" && target !== dragged ? "another segment" : name);
  })).observe(document.querySelector("[data-nemo=timeline]"), { subtree: true, childList: true, attributes: true });
}"""
MUSIC = "add this background music to my video and fade it out at the end"


@pytest.fixture
def studio(page: Any, lab: Lab, request: pytest.FixtureRequest) -> Any:
    """A notebook of its own with a studio in it."""
    name = f"cuts/{request.node.name}.ipynb"
    open_studio(page, lab, name, HOSTILE)
    page.notebook = lab.root / name
    return page


def test_from_an_upload_to_a_video_that_plays_and_seeks(studio: Any, kit: Kit) -> None:
    page = studio
    upload(page, kit.clip(), kit.tune())
    page.wait_for_selector(
        "[data-nemo=upload-row] img"
    )  # the film's thumbnail, which is made when its row is done
    assert page.locator("[data-nemo=upload-row] img").count() == 1
    say(page, MUSIC)
    assert "lofi.mp3" in page.locator("[data-role=assistant] .nemo-changes").inner_text()
    for kind in ("video", "audio"):
        page.wait_for_selector(_strip(kind))
    assert page.evaluate(COLOURS, _strip("video")) > 100, "the film's pictures"
    assert page.evaluate(COLOURS, _strip("audio")) < 10, "the wave is drawn in one ink"
    page.locator("[data-nemo=chat-chip]").first.click()  # the title that is suggested
    page.wait_for_selector("[data-nemo=timeline-segment][data-kind=text]")
    _drag(page, "[data-nemo=timeline-segment][data-kind=text]", by=150)
    page.wait_for_function(
        "document.querySelector('tr[aria-current]')?.innerText.includes('0:00\\t') === false"
    )
    page.wait_for_selector(".nemo-monitor img:not([hidden])")
    place = page.locator("[data-nemo=timeline-segment][data-kind=text]").bounding_box()
    _drag(page, "[data-nemo=timeline-segment][data-kind=text]", by=-60, drop=False)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert page.locator("[data-nemo=timeline-segment][data-kind=text]").bounding_box() == place, "put back"
    page.click("[data-nemo=export-start]")
    shown = film(page)
    assert "/hub/user/nemo/files/cuts/" in shown["src"]
    assert (shown["at"], shown["width"]) == (2, 320)
    assert shown["duration"] == pytest.approx(4, abs=0.1)
    assert shown["moved"], "the picture at 2 s is another than that at the start"
    copies = page.locator("[data-nemo-lasting]").evaluate_all(
        "all => all.map((copy) => copy.checkVisibility())"
    )
    assert set(copies) == {False}, "while the widgets live, the plain copies beside them are hidden"
    assert page.errors == []


def test_by_keyboard_alone(studio: Any, kit: Kit) -> None:
    page = studio
    upload(page, kit.clip(), kit.tune())
    page.focus("[data-nemo=chat-input]")
    page.keyboard.type("add the title “Hello” for the first 2 seconds")
    page.keyboard.press("Shift+Enter")  # a line more, and not the cell run again
    assert page.input_value("[data-nemo=chat-input]").endswith("\n")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-nemo=timeline-segment][data-kind=text]")
    page.wait_for_selector("[data-nemo=chat-send]:not([hidden])")
    page.keyboard.press("ArrowUp")
    assert page.input_value("[data-nemo=chat-input]").startswith("add the title")
    page.locator("[data-nemo=timeline-segment][tabindex='0']").focus()
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.kind") == "text"
    for _ in range(5):
        page.keyboard.press("Alt+ArrowRight")
    page.wait_for_selector("[data-nemo=timeline-row]:has-text('0:00.5')")
    page.keyboard.press("Delete")
    page.wait_for_selector("[data-nemo=timeline-segment][data-kind=text]", state="detached")
    page.focus(".nemo-ruler")
    for key in ("ArrowRight", "ArrowRight", "s"):  # split at 2 s
        page.keyboard.press(key)
    page.wait_for_selector("[data-nemo=timeline-segment][data-kind=video] >> nth=1")
    page.keyboard.press("Control+z")
    page.wait_for_selector("[data-nemo=timeline-segment][data-kind=video] >> nth=1", state="detached")
    page.focus("[data-nemo=export-start]")
    page.keyboard.press("Enter")
    film(page)


def test_hostile_names_titles_and_sentences_stay_text(studio: Any, kit: Kit, tmp_path: Path) -> None:
    page = studio
    hostile = "<img src=x onerror=window.pwned=1>"
    path = tmp_path / f"{hostile}.mp4"
    path.write_bytes(kit.clip().read_bytes())
    upload(page, path)
    say(page, f"add the title “{hostile}<script>window.pwned=2</script>” for the first 2 seconds")
    page.wait_for_selector("[data-nemo=timeline-segment][data-kind=text]")
    run_cell(page, 1)
    page.wait_for_selector("[data-nemo=chat-chip]:has-text('onerror')")
    page.wait_for_selector("[data-nemo=export] strong:has-text('onerror')")
    for part in ("chat", "upload", "timeline"):
        page.get_by_text("onerror").first.wait_for()
        assert "onerror" in page.locator(f"[data-nemo={part}]").inner_text()
    assert page.locator("[data-nemo] :is(script, img[src=x], a[href^=javascript])").count() == 0
    assert page.evaluate("window.pwned") is None
    save(page)
    assert "nmv_usr_" not in page.notebook.read_text()


def test_a_restart_and_a_reload_lose_nothing(studio: Any, kit: Kit) -> None:
    page = studio
    upload(page, kit.clip(), kit.tune())
    say(page, MUSIC)
    say(page, "export it")
    film(page)
    save(page)
    page.reload()
    page.wait_for_selector("[data-nemo=chat] .nemo-notice:has-text('Run the cell again')")
    assert page.locator("[data-role=user]").count() == 2
    restart(page)
    run_first_cell(page, until="[data-nemo=chat-message]:has-text('Welcome back')")
    page.wait_for_selector("[data-nemo=chat-message][data-role=user] >> nth=1")
    page.wait_for_selector("[data-nemo=timeline-segment][data-kind=audio]")
    assert film(page)["width"] == 320
    page.wait_for_selector(_strip("video"))


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_nothing_stands_in_the_way_of_a_person(studio: Any, kit: Kit, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = studio
    upload(page, kit.clip(), kit.tune())
    say(page, MUSIC)
    say(page, "export it")
    film(page)
    if "Dark" in theme:
        page.get_by_role("menuitem", name="Settings").click()
        page.get_by_text("Theme", exact=True).hover()
        page.get_by_text(theme, exact=True).click()
        page.wait_for_selector("body[data-jp-theme-light=false]", state="attached")
    page.locator("[data-nemo=timeline-row]").first.click()
    page.wait_for_selector(_strip("audio"))
    page.wait_for_selector("[data-nemo=inspector] fieldset select")
    page.mouse.move(0, 0)
    found = axe.run(
        page, context="[data-nemo=upload], [data-nemo=chat], [data-nemo=timeline], [data-nemo=export]"
    )
    wrong = [
        (item["id"], [node["html"][:120] for node in item["nodes"]]) for item in found.response["violations"]
    ]
    assert wrong == []
    page.set_viewport_size({"width": 520, "height": 900})
    page.wait_for_function("document.querySelector('[data-nemo=timeline]').clientWidth < 410")
    for part in ("upload", "chat", "timeline", "export"):
        wide = page.evaluate(
            f"(e => e.scrollWidth - e.clientWidth)(document.querySelector('[data-nemo={part}]'))"
        )
        assert wide <= 0, f"{part} fits into a narrow page"


def test_among_a_thousand_segments_a_drag_touches_its_own_alone(page: Any, lab: Lab, kit: Kit) -> None:
    """So that it goes as smoothly as among three; `benchmarks/dragging.py` has the milliseconds."""
    clip = json.dumps(str(kit.clip(seconds=4)))
    loops = "project.apply([{'op': 'loop', 'times': 50}, {'op': 'loop', 'times': 20}])"
    made = f"project = n.connect()\nproject.upload({clip})\n{loops}\nn.TimelineTable(project)"
    lab.write("many.ipynb", f"import nemo_nb as n\n{made}")
    open_notebook(page, lab, "many.ipynb")
    run_first_cell(page, until="[data-nemo=timeline-segment] >> nth=999")
    for _ in range(6):
        page.get_by_role("button", name="Zoom in").click()
    page.wait_for_selector(_strip("video"))
    box = page.locator("[data-nemo=timeline-segment] >> nth=2").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 10
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(TOUCHED)
    for step in range(1, 11):
        page.mouse.move(x + 20 * step, y)
        page.evaluate(DRAWN)
    touched = set(page.evaluate("window.touched.splice(0)"))
    page.mouse.up()
    # Both come with an answer of the kernel's: what can be set about the segment, and that it is slow.
    touched -= {"nemo-groups", "nemo-notice"}
    assert touched == {"nemo-segment", "nemo-guide", "nemo-bubble"}


def _strip(kind: str) -> str:
    return f"[data-nemo=timeline-segment][data-kind={kind}] canvas"


def _drag(page: Any, selector: str, by: int, drop: bool = True) -> None:
    page.locator(selector).scroll_into_view_if_needed()
    box = page.locator(selector).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=5)
    if drop:
        page.mouse.up()
