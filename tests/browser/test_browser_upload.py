"""The upload picker in a real JupyterLab: where files come from, and what becomes of each."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from kit import Kit

from browser.lab import Lab, open_notebook, run_first_cell

PICKER = "import nemo_nb as n\nproject = n.connect(language='en')\nn.UploadPicker(project)"
ROW = "[data-nemo=upload-row]"
DROP = """(files) => {
  const transfer = new DataTransfer();
  for (const [name, size] of files) transfer.items.add(new File([new Uint8Array(size)], name));
  const place = document.querySelector("[data-nemo=upload] .nemo-drop");
  for (const kind of ["dragenter", "dragover", "drop"])
    place.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""

# Clicks as soon as it is under way: seen from here, where the machine is busy, it may be done by then.
CANCEL_UNDER_WAY = """() => new MutationObserver((_, watch) => {
  const row = document.querySelector("[data-nemo=upload-row]");
  if (!(row?.querySelector("progress").value > 0.02 && row.innerText.includes("MB/s"))) return;
  watch.disconnect();
  window.cancelled = row.innerText;
  row.querySelector("button[aria-label=Cancel]").click();
}).observe(document.querySelector("[data-nemo=upload]"), { subtree: true, childList: true, attributes: true })"""


@pytest.fixture
def picker(page: Any, lab: Lab, request: pytest.FixtureRequest) -> Any:
    name = f"{request.node.name}.ipynb"
    lab.write(name, PICKER)
    open_notebook(page, lab, name)
    run_first_cell(page, until="[data-nemo=upload]")
    return page


def names(page: Any, state: str) -> list[str]:
    return page.locator(f"{ROW}[data-state={state}] .nemo-name").all_inner_texts()


def test_files_dragged_from_the_file_browser_are_taken_from_the_server(
    picker: Any, lab: Lab, kit: Kit
) -> None:
    page = picker
    shutil.copy(kit.clip(), lab.root / "dragged.mp4")
    shutil.copy(kit.tune(), lab.root / "dragged too.mp3")
    page.click("[data-id=filebrowser]")
    page.click("[data-command='filebrowser:refresh'], jp-button[data-command='filebrowser:refresh']")
    item = ".jp-DirListing-item:has-text('{}')".format
    page.locator(item("dragged.mp4")).click()
    page.locator(item("dragged too.mp3")).click(modifiers=["Control"])
    page.locator(item("dragged too.mp3")).hover()
    page.mouse.down()
    box = page.locator(".nemo-drop").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20, steps=8)
    assert page.locator(".nemo-drop.nemo-over").count() == 1, "it shows that it would take them"
    page.mouse.move(box["x"] + 40, box["y"] + 30, steps=2)
    page.mouse.up()
    page.wait_for_selector(f"{ROW}[data-state=done] >> nth=1")
    assert sorted(names(page, "done")) == ["dragged too.mp3", "dragged.mp4"]
    shown = page.locator(ROW).filter(has_text="dragged.mp4")
    assert shown.locator(".nemo-facts").inner_text().startswith("0:04 · 320×180 · "), (
        "duration, picture, size"
    )
    shown.locator("img").wait_for()


def test_a_path_on_the_server_and_one_that_is_none(picker: Any, lab: Lab, kit: Kit) -> None:
    page = picker
    (lab.root / "deep").mkdir(exist_ok=True)
    shutil.copy(kit.clip(), lab.root / "deep" / "there.mp4")
    for named in ("deep/there.mp4", "deep/missing.mp4"):
        page.fill("[data-nemo=upload-url]", named)
        page.press("[data-nemo=upload-url]", "Enter")
    page.wait_for_selector(f"{ROW}[data-state=done]")
    wrong = page.locator(f"{ROW}[data-state=error]")
    assert "There is no file" in wrong.inner_text()
    shutil.copy(kit.clip(), lab.root / "deep" / "missing.mp4")
    wrong.get_by_role("button", name="Try again").click()
    page.wait_for_selector(f"{ROW}[data-state=done] >> nth=1")
    page.get_by_role("button", name="Clear the list").click()
    page.wait_for_selector(ROW, state="detached")


def test_dropped_files_are_looked_at_before_a_byte_is_sent(picker: Any) -> None:
    page = picker
    page.evaluate(DROP, [["notes.txt", 5], ["empty.mp4", 0], ["no film.mp4", 4000]])
    page.wait_for_selector(f"{ROW}[data-state=error] >> nth=2")
    said = page.locator(f"{ROW} .nemo-facts").all_inner_texts()
    assert "not in a supported format" in said[0]
    assert "is empty" in said[1]
    assert "not the bytes of one" in said[2]
    assert page.get_by_role("button", name="Try again").count() == 0, "none of them will be better"


def test_several_files_of_which_one_is_cancelled_and_sent_again(
    picker: Any, kit: Kit, tmp_path: Path
) -> None:
    page = picker
    long, padding = tmp_path / "long.mp4", 200_000_000  # so long that there is time to cancel it
    box = padding.to_bytes(4, "big") + b"free" + bytes(padding - 8)
    long.write_bytes(kit.clip().read_bytes() + box)
    page.evaluate(CANCEL_UNDER_WAY)
    page.set_input_files("[data-nemo=upload-input]", [str(long), str(kit.clip()), str(kit.tune())])
    row = page.locator(ROW).filter(has_text="long.mp4")
    page.wait_for_function("window.cancelled")
    assert "MB/s" in page.evaluate("window.cancelled")
    # The kernel tells it, maybe when the others are done.
    page.wait_for_selector(f"{ROW}[data-state=cancelled]")
    page.wait_for_selector(f"{ROW}[data-state=done] >> nth=1")
    assert names(page, "cancelled") == ["long.mp4"]
    row.get_by_role("button", name="Try again").click()
    page.wait_for_selector(f"{ROW}[data-state=done] >> nth=2")
