"""What a person does in JupyterLab: open a notebook, run a cell, upload, talk, watch the film."""

from __future__ import annotations

import json
import urllib.request
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATIENCE_MS = 60_000
PLAYED = """async () => {
  const video = document.querySelector("[data-nemo=export-video]");
  const pen = new OffscreenCanvas(64, 36).getContext("2d");
  const look = () => (pen.drawImage(video, 0, 0, 64, 36), pen.getImageData(0, 0, 64, 36).data.join());
  const until = (happens) => new Promise((done) => video.addEventListener(happens, done, { once: true }));
  video.muted = true;
  await video.play();
  await until("timeupdate");
  video.pause();
  const before = look();
  video.currentTime = 2;
  await until("seeked");
  const { src, currentTime: at, videoWidth: width, duration } = video;
  return { src, at, width, duration, moved: look() !== before };
}"""
DIRTY = ".jp-DirtyMarker, .lm-TabBar-tab.jp-mod-dirty"
RUNNING = ".jp-Notebook .jp-InputPrompt:has-text('*')"
BUSY = ".jp-Notebook-ExecutionIndicator[data-status=busy]"


@dataclass
class Lab:
    """A running JupyterLab whose root is `root`."""

    root: Path
    url: str
    token: str = field(repr=False)
    pages: int = 0

    def write(self, name: str, *cells: str) -> Path:
        """A notebook of these code cells."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        made = [
            {"cell_type": "code", "id": uuid.uuid4().hex[:8], "metadata": {}, "execution_count": None, "outputs": [],
             "source": source}
            for source in cells
        ]  # fmt: skip
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path.write_text(
            json.dumps(
                {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
            )
        )
        return path

    def address(self, name: str, front: str = "lab") -> str:
        """The notebook in JupyterLab, in a workspace of its own so that no tabs are restored, or in Notebook 7."""
        self.pages += 1
        place = "notebooks" if front == "notebook" else f"lab/workspaces/w{self.pages}/tree"
        return f"{self.url}{place}/{name}?token={self.token}"

    def shut_kernels_down(self) -> None:
        for session in json.loads(self._ask("GET", "api/sessions")):  # one left behind would be opened again
            self._ask("DELETE", f"api/sessions/{session['id']}")
        for kernel in json.loads(self._ask("GET", "api/kernels")):
            self._ask("DELETE", f"api/kernels/{kernel['id']}")

    def _ask(self, method: str, path: str) -> bytes:
        request = urllib.request.Request(  # noqa: S310
            self.url + path, method=method, headers={"Authorization": f"token {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return bytes(answer.read())


def open_notebook(page: Any, lab: Lab, name: str, front: str = "lab") -> None:
    """Open it, and wait for its kernel. JupyterLab's file browser is closed: the page is the notebook's."""
    page.goto(lab.address(name, front))
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    if front == "lab":
        page.click("[data-id=filebrowser]")


def open_studio(page: Any, lab: Lab, name: str, *cells: str) -> None:
    """A notebook of its own with a studio in its first cell, that is run, and these cells after it."""
    lab.write(name, "import nemo_nb.widgets as w\nstudio = w.Studio()\nstudio", *cells)
    open_notebook(page, lab, name)
    run_first_cell(page, until="[data-nemo=chat]")


def restart(page: Any) -> None:
    """Restart the kernel as a person does. What is run before the page knows of it gets lost."""
    page.get_by_role("menuitem", name="Kernel").click()
    page.get_by_text("Restart Kernel…", exact=True).click()
    with page.expect_response(lambda answer: answer.url.split("?")[0].endswith("/restart")):
        page.click(".jp-Dialog .jp-mod-accept")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")


def save(page: Any) -> None:
    """With the keys, which reach JupyterLab from a widget's fields too. Again where a copy was refreshed meanwhile."""
    for _ in range(6):
        page.keyboard.press("Control+s")
        with suppress(Exception):  # playwright's time-out
            page.wait_for_selector(DIRTY, state="detached", timeout=PATIENCE_MS / 6)
            return
    raise AssertionError("The notebook could not be saved.")


def upload(page: Any, *paths: Path) -> None:
    """Choose files, and wait until one more row for each is done."""
    done = page.locator("[data-nemo=upload-row][data-state=done]").count()
    page.set_input_files("[data-nemo=upload-input]", [str(path) for path in paths])
    page.wait_for_selector(f"[data-nemo=upload-row][data-state=done] >> nth={done + len(paths) - 1}")


def film(page: Any) -> dict[str, Any]:
    """Play the exported film a little and seek to 2 s: its URL, time, size, and whether the picture `moved`."""
    page.wait_for_function("document.querySelector('[data-nemo=export-video]')?.readyState >= 1")
    return dict(page.evaluate(PLAYED))


def say(page: Any, text: str) -> None:
    """Say it in the chat, and wait for the end of the turn."""
    said = page.locator("[data-role=user]").count()
    page.fill("[data-nemo=chat-input]", text)
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[data-role=user] >> nth={said}")
    page.wait_for_selector("[data-nemo=chat-send]:not([hidden])")


def run_first_cell(page: Any, until: str) -> None:
    """Run it, by keyboard as a person does, and wait for what it shows.

    JupyterLab drops a run that comes before its kernel's session is ready, and nothing on the page tells when it is.
    One that it takes shows a star at once: it is never sent twice.
    """
    for _ in range(20):
        page.locator(".jp-Notebook .jp-Cell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
        with suppress(Exception):
            page.locator(RUNNING).or_(page.locator(until)).first.wait_for(timeout=PATIENCE_MS / 20)
            break
    try:
        page.wait_for_selector(until, timeout=2 * PATIENCE_MS)
    except Exception as error:  # playwright's time-out, which says nothing of what is there instead
        shown = page.locator(".jp-Notebook").inner_text()
        raise AssertionError(f"Instead of {until} there is: {shown[:2000]}") from error


def run_cell(page: Any, number: int) -> None:
    page.locator(".jp-Notebook .jp-Cell .cm-content").nth(number).click()
    page.keyboard.press("Shift+Enter")
