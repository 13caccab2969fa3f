"""`nemo-nb lab`: the quickstart in a folder of one's own, in JupyterLab."""

from __future__ import annotations

import json
import os
import platform
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import nbformat
from package.shadow import Shadow

TOKEN = "a-token-of-the-test"


def test_it_opens_a_copy_of_the_quickstart_in_jupyterlab(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "JUPYTER_TOKEN": TOKEN,
        **{f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "RUNTIME")},
    }
    command = [sys.executable, "-m", "nemo_nb", "lab", "--folder", "lesson", "--"]
    server = subprocess.Popen(
        [*command, "--no-browser", "--port=0"],  # as printed, and for root as well
        cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        url = _address(server)
        # It says where it will be just before it is there.
        with httpx.Client(transport=httpx.HTTPTransport(retries=5)) as client:
            answer = client.get(
                f"{url}/api/contents/quickstart.ipynb", headers={"Authorization": f"token {TOKEN}"}
            )
        shown = nbformat.from_dict(answer.json()["content"])
        nbformat.validate(shown)
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=20)
    assert (tmp_path / "lesson" / "quickstart.ipynb").is_file()


def test_a_copy_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    from nemo_nb.cli.lab import own_copy

    copy = own_copy(tmp_path)
    assert "nemo.connect()" in copy.read_text("utf-8")
    assert (
        json.loads(copy.read_text("utf-8"))["metadata"]["language_info"]["version"]
        == platform.python_version()
    )
    copy.write_text("mine")
    assert own_copy(tmp_path).read_text() == "mine"


def test_without_jupyterlab_it_says_what_to_install(tmp_path: Path) -> None:
    done = Shadow(tmp_path / "site", without=["jupyterlab", "jupyterlab-*"]).run(
        "-m", "nemo_nb", "lab", cwd=tmp_path
    )
    assert done.returncode == 1
    assert done.stderr == (
        'nemo-nb: jupyterlab can\'t be found in this environment. Install it: pip install "nemo-nb[lab]"\n'
    )
    assert not (tmp_path / "quickstart.ipynb").exists()


def _address(server: subprocess.Popen[str]) -> str:
    """Where JupyterLab says that it can be reached, without path and token."""
    said = []
    for line in server.stderr:
        said.append(line)
        if found := re.search(r"(http://127\.0\.0\.1:\d+)/lab\?token", line):
            return found[1]
    raise AssertionError("".join(said))
