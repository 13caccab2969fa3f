"""Where this runs, as the attribution headers say it."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from nemo_nb import __version__
from nemo_nb.client import attribution
from nemo_nb.client.settings import detect_platform

KERNEL = {"ipykernel.zmqshell": ModuleType("k"), "IPython": SimpleNamespace(get_ipython=lambda: object())}
TERMINAL = {"IPython": SimpleNamespace(get_ipython=lambda: object())}


@pytest.mark.parametrize(
    ("platform", "environment", "modules"),
    [
        ("jupyterlab", {"JPY_SESSION_NAME": "a.ipynb"}, KERNEL),
        ("notebook", {}, KERNEL),
        ("vscode", {"VSCODE_PID": "1"}, KERNEL),
        ("colab", {"COLAB_RELEASE_TAG": "r"}, KERNEL),
        ("colab", {}, {"google.colab": ModuleType("c")}),
        ("binder", {"BINDER_SERVICE_HOST": "h", "JPY_SESSION_NAME": "a.ipynb"}, KERNEL),
        ("ipython", {}, TERMINAL),
        ("script", {}, {"__main__": SimpleNamespace(__file__="run.py")}),
        ("unknown", {}, {"__main__": SimpleNamespace()}),
    ],
)
def test_the_platform(platform: str, environment: dict[str, str], modules: Any) -> None:
    assert detect_platform(environment, modules) == platform


def test_the_three_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SKILL_SOURCE", raising=False)
    headers = attribution()
    assert headers["X-Skill-Source"] == "nemo-nb"
    assert headers["X-Skill-Version"] == __version__
    monkeypatch.setenv("SKILL_SOURCE", "clawhub")
    assert attribution("my-skill") == {**headers, "X-Skill-Source": "my-skill", "X-Skill-Platform": "clawhub"}


def test_importing_the_client_is_light() -> None:
    code = (
        "import sys, threading, nemo_nb.client\n"
        "heavy = {'pandas', 'av', 'PIL', 'uvicorn', 'starlette', 'numpy', 'nest_asyncio2'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "assert threading.active_count() == 1\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
