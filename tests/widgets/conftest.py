"""A real JupyterLab with default settings, under a base URL, and a headless Chromium to look at it with."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import comm
import ipywidgets
import pytest
from kit import Kit
from widgets.pretend import RecordingComm

import nemo_nb as nemo
from nemo_nb.engine.launch import retire

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip
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
BUSY = ".jp-Notebook-ExecutionIndicator[data-status=busy]"


@pytest.fixture
def comms(monkeypatch: pytest.MonkeyPatch) -> type[RecordingComm]:
    """Widgets talk to comms that keep what is said."""
    monkeypatch.setattr(comm, "create_comm", RecordingComm)
    return RecordingComm


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the notebook runs."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    return here


@pytest.fixture
def opened(folder: Path, comms: type[RecordingComm]) -> Iterator[Callable[..., nemo.Project]]:
    """`nemo.connect`, whose projects are closed at the end, after the widgets on them."""
    projects: list[nemo.Project] = []

    def connect(**options: Any) -> nemo.Project:
        projects.append(nemo.connect(**{"language": "en", **options}))
        return projects[-1]

    yield connect
    ipywidgets.Widget.close_all()
    for project in projects:
        project.close()


@pytest.fixture
def project(opened: Callable[..., nemo.Project]) -> nemo.Project:
    return opened()


@pytest.fixture
def clip_project(project: nemo.Project, kit: Kit) -> nemo.Project:
    """A project with a 4 s clip on the timeline and a tune waiting."""
    project.upload(kit.clip(), kit.tune())
    return project


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
            {"cell_type": "code", "id": f"c{number}", "metadata": {}, "execution_count": None, "outputs": [],
             "source": source}
            for number, source in enumerate(cells)
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
        for kernel in json.loads(self._ask("GET", "api/kernels")):
            self._ask("DELETE", f"api/kernels/{kernel['id']}")

    def restart_kernels(self) -> None:
        for kernel in json.loads(self._ask("GET", "api/kernels")):
            self._ask("POST", f"api/kernels/{kernel['id']}/restart")

    def _ask(self, method: str, path: str) -> bytes:
        request = urllib.request.Request(  # noqa: S310
            self.url + path, method=method, headers={"Authorization": f"token {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return bytes(answer.read())


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    program = Path(sys.executable).with_name("jupyter-lab")
    if not program.exists():
        _missing("JupyterLab is not installed (pip install -e '.[lab]')")
    root = tmp_path_factory.mktemp("lab")
    home = tmp_path_factory.mktemp("lab-home")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEMO_")} | {
        "NEMO_NB_HOME": str(home),
        "JUPYTER_TOKEN": token,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    arguments = ["--no-browser", f"--port={port}", "--ServerApp.base_url=/hub/user/nemo/", "--allow-root"]
    with (home / "lab.log").open("wb") as log:
        server = subprocess.Popen(
            [str(program), *arguments], cwd=root, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        url = f"http://127.0.0.1:{port}/hub/user/nemo/"
        _wait_for(f"{url}api", server)
        yield Lab(root, url, token)
    finally:
        server.terminate()
        server.wait(timeout=20)
        retire(home)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        _missing("no Chromium is installed (apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def window(browser: Any) -> Iterator[Any]:
    """A browser that keeps what it has loaded: JupyterLab is 20 MB of scripts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(window: Any) -> Iterator[Any]:
    page = window.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    page.close()


def open_notebook(page: Any, lab: Lab, name: str, front: str = "lab") -> None:
    """Open it, and wait for its kernel. JupyterLab's file browser is closed: the page is the notebook's."""
    page.goto(lab.address(name, front))
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    if front == "lab":
        page.click("[data-id=filebrowser]")


def save(page: Any) -> None:
    """With the keys, which reach JupyterLab from a widget's fields too."""
    page.keyboard.press("Control+s")
    page.wait_for_selector(".jp-DirtyMarker, .lm-TabBar-tab.jp-mod-dirty", state="detached")


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
    """
    for _ in range(3):
        page.locator(".jp-Notebook .jp-Cell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
        with suppress(Exception):
            page.wait_for_selector(until, timeout=PATIENCE_MS / 3)
            return
        if page.locator(BUSY).count():
            break
    page.wait_for_selector(until, timeout=2 * PATIENCE_MS)


def run_cell(page: Any, number: int) -> None:
    page.locator(".jp-Notebook .jp-Cell .cm-content").nth(number).click()
    page.keyboard.press("Shift+Enter")


def _missing(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"CI must run the browser tests, but {reason}.")
    pytest.skip(reason)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "JupyterLab ended while starting"
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310
            return
        except OSError:
            time.sleep(0.1)  # nothing tells when a server starts to listen
    raise AssertionError("JupyterLab did not start")
