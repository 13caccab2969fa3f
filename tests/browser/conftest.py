"""A real JupyterLab as installed, under a base URL, Voila, and a headless Chromium to look at them with."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import notebook
import pytest
from heavy import HEAVY

from browser.lab import PATIENCE_MS, Lab
from nemo_nb.engine.launch import retire

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip


@pytest.fixture(scope="package")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    program = _program("jupyter-lab", "JupyterLab is not installed (pip install -e '.[lab]')")
    root = tmp_path_factory.mktemp("lab")
    home = tmp_path_factory.mktemp("lab-home")
    token = secrets.token_hex(16)
    # The only setting that isn't the default: whether to build JupyterLab anew need not be asked of node at every page.
    (home / "config" / "labconfig").mkdir(parents=True)
    (home / "config" / "labconfig" / "page_config.json").write_text('{"buildCheck": false}')
    arguments = ["--no-browser", "--ServerApp.base_url=/hub/user/nemo/", "--allow-root"]
    with _served(program, arguments, root, home, token, "hub/user/nemo/api") as server:
        yield Lab(root, f"{server}hub/user/nemo/", token)


@pytest.fixture(scope="package")
def voila(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a studio that Voila shows to whoever comes."""
    program = _program("voila", "Voila is not installed (pip install voila)")
    root = tmp_path_factory.mktemp("voila")
    home = tmp_path_factory.mktemp("voila-home")
    notebook.write(root / "studio.ipynb", ["import nemo_nb as nemo\nnemo.Studio()"])
    arguments = ["studio.ipynb", "--no-browser", "--Voila.ip=127.0.0.1"]
    with _served(program, arguments, root, home, "", "voila/static/voila.js") as server:
        yield server


def _program(name: str, missing: str) -> Path:
    program = Path(sys.executable).with_name(name)
    if not program.exists():
        _missing(missing)
    return program


@contextmanager
def _served(
    program: Path, arguments: list[str], root: Path, home: Path, token: str, answers: str
) -> Iterator[str]:
    """A server of Jupyter in the folder `root`, with a home, and settings, of its own; its address.

    It is there when it `answers` at that path.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEMO_")} | {
        "NEMO_NB_HOME": str(home),
        "JUPYTER_TOKEN": token,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [str(program), *arguments, f"--port={port}"],
            cwd=root, env=environment, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        _wait_for(f"http://127.0.0.1:{port}/{answers}", server)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=20)
        retire(home)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """Not for longer than these tests: its driver has an event loop of its own in this thread."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        _missing("no Chromium is installed (apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def window(chromium: Any) -> Iterator[Any]:
    """A browser that keeps what it has loaded: JupyterLab is 20 MB of scripts."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(window: Any) -> Iterator[Any]:
    page = window.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    # Where its server is slow to answer JupyterLab asks for a kernel; a person takes the one that it offers.
    asked = page.locator(".jp-Dialog:has-text('Select Kernel')")
    page.add_locator_handler(asked, lambda: asked.locator(".jp-mod-accept").click())
    yield page
    page.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(HEAVY)


def _missing(reason: str) -> NoReturn:
    pytest.fail(f"The browser tests can't run: {reason}.")


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "it ended while starting"
        try:
            urllib.request.urlopen(url, timeout=20).close()  # noqa: S310
            return
        except OSError:
            time.sleep(0.1)  # nothing tells when a server starts to listen
    raise AssertionError("it did not start")
