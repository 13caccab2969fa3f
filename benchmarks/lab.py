"""A JupyterLab and a headless Chromium for the benchmarks that need them."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Error, sync_playwright

PATIENCE_MS = 120_000


@contextmanager
def notebook(folder: Path, *cells: str) -> Iterator[Any]:
    """A page that shows the notebook of these cells, its kernel ready. `folder` is used for all that is written."""
    _write(folder / "benchmark.ipynb", cells)
    token = secrets.token_hex(16)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "NEMO_NB_HOME": str(folder / "home"),
        "JUPYTER_TOKEN": token,
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--allow-root"]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, cwd=folder, env=environment, stdout=quiet, stderr=quiet)
    try:
        url = f"http://127.0.0.1:{port}/"
        _wait_for(f"{url}api", server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page()
            page.set_default_timeout(PATIENCE_MS)
            select = page.get_by_role("button", name="Select Kernel")  # asked for where a run came too early
            page.add_locator_handler(select, lambda button: button.click())
            page.goto(f"{url}lab/tree/benchmark.ipynb?token={token}")
            page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")
            yield page
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)


def run_all(page: Any, until: str) -> None:
    """Run every cell, and wait for what the last one shows.

    A run that comes before the kernel's session is ready JupyterLab drops, or asks for a kernel; nothing on the page
    tells when it is ready.
    """
    for _ in range(4):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        with suppress(Error):
            page.wait_for_selector(until, timeout=PATIENCE_MS / 4)
            return
    raise SystemExit(f"The notebook did not show {until}.")


def _write(path: Path, cells: tuple[str, ...]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = [
        {"cell_type": "code", "id": f"c{number}", "metadata": {}, "execution_count": None, "outputs": [],
         "source": cell}
        for number, cell in enumerate(cells)
    ]  # fmt: skip
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path.write_text(
        json.dumps({"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})
    )


def _chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        raise SystemExit("This benchmark needs Chromium: apt install chromium")
    return program


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and server.poll() is None:
        try:
            httpx.get(url)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit("JupyterLab did not start.")
