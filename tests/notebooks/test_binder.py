"""Binder: the environment that its files describe, behind a reverse proxy as a hub has one, in a browser."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from nemo_nb.engine.launch import retire

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        not os.environ.get("NEMO_NB_TEST_DOWNLOADS"),
        reason="installs JupyterLab from nothing, some minutes: set NEMO_NB_TEST_DOWNLOADS=1",
    ),
]

ROOT = Path(__file__).parents[2]
PREFIX = "/user/somebody/"
NGINX = """\
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log {folder}/access.log; client_max_body_size 0;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  server {{
    listen 127.0.0.1:{outside};
    location {prefix} {{
      proxy_pass http://127.0.0.1:{inside};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_read_timeout 600; proxy_buffering off; proxy_request_buffering off;
    }}
  }}
}}
"""


def _missing(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"CI must run this, but {reason}.")
    pytest.skip(reason)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _python() -> str:
    """The Python that runtime.txt pins."""
    wanted = (ROOT / "binder" / "runtime.txt").read_text().strip().removeprefix("python-")
    if sys.version_info[:2] == tuple(map(int, wanted.split("."))):
        return sys.executable
    found = shutil.which(f"python{wanted}")
    return found or _missing(f"there is no Python {wanted}") or ""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository as a clone has it, with an environment made as repo2docker makes it from `binder/`."""
    for program in ("nginx", "chromium"):
        if shutil.which(program) is None:
            _missing(f"{program} is not installed (apt-get install {program})")
    python = _python()
    folder = tmp_path_factory.mktemp("binder") / "repository"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    venv = folder / ".venv"
    environment = _environment(venv, folder.parent / "home")
    for command in (
        [python, "-m", "venv", str(venv)],
        [
            str(venv / "bin" / "pip"),
            "install",
            "-q",
            "--no-cache-dir",
            "--no-compile",
            "-r",
            "binder/requirements.txt",
        ],
        ["bash", "binder/postBuild"],
    ):
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]
    return folder


def _environment(venv: Path, home: Path) -> dict[str, str]:
    """A user's on Binder: a home of its own, and that environment first on the path."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NEMO_", "JUPYTER", "VIRTUAL"))
    }
    home.mkdir(exist_ok=True)
    return kept | {
        "HOME": str(home),
        "PATH": f"{venv / 'bin'}:{os.environ['PATH']}",
        "NEMO_NB_HOME": str(home / "nemo"),
    }


@pytest.fixture(scope="module")
def hub(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """JupyterLab under a base URL, reached through nginx: the outer address, and the token."""
    folder = tmp_path_factory.mktemp("nginx")
    inside, outside, token = _free_port(), _free_port(), secrets.token_hex(16)
    home = checkout.parent / "home"
    environment = _environment(checkout / ".venv", home) | {"JUPYTER_TOKEN": token}
    lab = [str(checkout / ".venv" / "bin" / "jupyter-lab"), "--no-browser", f"--port={inside}", "--allow-root",
           f"--ServerApp.base_url={PREFIX}", "--ServerApp.allow_remote_access=True"]  # fmt: skip
    (folder / "nginx.conf").write_text(
        NGINX.format(folder=folder, outside=outside, inside=inside, prefix=PREFIX)
    )
    with (folder / "lab.log").open("wb") as log:
        running = [
            subprocess.Popen(lab, cwd=checkout, env=environment, stdout=log, stderr=subprocess.STDOUT),
            subprocess.Popen(
                ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], stdout=log, stderr=log
            ),
        ]
    try:
        url = f"http://127.0.0.1:{outside}{PREFIX}"
        _wait_for(f"{url}api", folder / "lab.log")
        yield url, token
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=30)
        retire(home / "nemo")


def _wait_for(url: str, log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with suppress(OSError):
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310
            return
        time.sleep(0.2)  # nothing tells when a server starts to listen
    raise AssertionError(log.read_text()[-3000:])


@pytest.fixture
def page() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(60_000)
        yield page
        chromium.close()


def test_the_quickstart_runs_in_a_browser_behind_a_proxy(
    checkout: Path, hub: tuple[str, str], page: Any
) -> None:
    url, token = hub
    assert (checkout / "notebooks" / "samples" / "city.mp4").is_file(), "postBuild makes the sample media"
    page.goto(f"{url}lab/tree/notebooks/01_quickstart.ipynb?token={token}")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    path = checkout / "notebooks" / "01_quickstart.ipynb"
    cells = _run_all(page, path)

    outputs = [output for cell in cells for output in cell["outputs"]]
    assert not [output for output in outputs if output["output_type"] == "error"]
    html = ["".join(output.get("data", {}).get("text/html", "")) for output in outputs]
    assert any("<table" in part for part in html)
    videos = [part for part in html if "<video" in part]
    assert videos
    # One click, through the proxy: what the link under the video names is the file itself.
    name = re.search(r'<a href="([^"]+)" download', "".join(videos))
    assert name, "the result can be downloaded"
    answer = page.request.get(f"{url}files/notebooks/{name[1]}?token={token}")
    assert answer.status == 200
    assert answer.body() == (checkout / "notebooks" / name[1]).read_bytes()


def _close_dialog(page: Any) -> None:
    """A slow machine makes JupyterLab ask: which kernel, or whether to wait. What it offers is what is wanted."""
    dialog = page.locator("dialog.jp-Dialog")
    if dialog.count():
        page.click("dialog.jp-Dialog .jp-mod-accept")


def _run_all(page: Any, path: Path) -> list[dict[str, Any]]:
    """Run all cells from the menu, and save when the last has ended; the code cells as they were saved.

    JupyterLab drops a run that comes before its kernel's session is ready, and nothing on the page tells when it is.
    """
    for _ in range(3):
        _close_dialog(page)
        page.click(".jp-Notebook .jp-Cell >> nth=0")
        page.click(".lm-MenuBar-itemLabel:text-is('Run')")
        page.click("li.lm-Menu-item[data-command='runmenu:run-all']")
        with suppress(Exception):
            page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=busy]", timeout=10_000)
            break
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=300_000)
        _close_dialog(page)
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1000)
        cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
        if all(cell["execution_count"] for cell in cells if "".join(cell["source"]).strip()):
            return cells
    raise AssertionError(f"{path.name} did not run to its end")
