"""What the environment says: where things are kept, which backend, and who is asking."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from .. import __version__
from ..errors import InvalidInput
from .masked import Secret

__all__ = ["CLOUD_URL", "WEB_URL", "Settings", "attribution", "detect_platform"]

CLOUD_URL = "https://mega-api-prod.nemovideo.ai"
WEB_URL = "https://nemovideo.com"
SOURCE = "nemo-nb"


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment, read once.

    >>> Settings.from_environment({"NEMO_NB_HOME": "/data/nemo"}).client_id_file.name
    'client_id'
    """

    home: Path
    """All that this package stores."""
    client_id_file: Path
    """Shared with other NemoVideo tools, unless `NEMO_NB_HOME` keeps everything in one place."""
    api_url: str | None
    web_url: str
    token: Secret | None
    client_id: Secret | None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        env = os.environ if environment is None else environment
        if own_home := env.get("NEMO_NB_HOME"):
            home = _expanded(own_home)
            client_id_file = home / "client_id"
        else:
            import platformdirs

            home = platformdirs.user_data_path("nemo-nb", appauthor=False)
            client_id_file = Path.home() / ".config" / "nemovideo" / "client_id"
        return cls(
            home=home,
            client_id_file=client_id_file,
            api_url=env.get("NEMO_API_URL", "").strip() or None,
            web_url=env.get("NEMO_WEB_URL", "").strip().rstrip("/") or WEB_URL,
            token=Secret(env["NEMO_TOKEN"].strip()) if env.get("NEMO_TOKEN", "").strip() else None,
            client_id=Secret(env["NEMO_CLIENT_ID"].strip())
            if env.get("NEMO_CLIENT_ID", "").strip()
            else None,
        )


def _expanded(home: str) -> Path:
    try:
        return Path(home).expanduser()
    except RuntimeError:
        raise InvalidInput(
            f"NEMO_NB_HOME is {home[:100]!r}, and nobody here has that home.",
            next_step="Set NEMO_NB_HOME to a folder that you can write to, and restart the kernel.",
        ) from None


def _as_header(text: str) -> str:
    """What a header can carry of a text."""
    return text.encode("ascii", "replace").decode("ascii") if text.isprintable() else "unknown"


def attribution(source: str | None = None) -> dict[str, str]:
    """The three headers without which the backend answers exports with 402."""
    return {
        "X-Skill-Source": _as_header(source or SOURCE),
        "X-Skill-Version": __version__,
        "X-Skill-Platform": _as_header(os.environ.get("SKILL_SOURCE") or detect_platform()),
    }


def detect_platform(
    environment: Mapping[str, str] | None = None, modules: Mapping[str, ModuleType] | None = None
) -> str:
    """Where this Python runs: `jupyterlab`, `notebook`, `vscode`, `colab`, `binder`, `ipython`, `script` or `unknown`.

    JupyterLab and Notebook 7 run on the same server and look the same from a kernel: both say `jupyterlab`.
    """
    env = os.environ if environment is None else environment
    loaded = sys.modules if modules is None else modules
    if "google.colab" in loaded or "COLAB_RELEASE_TAG" in env:
        return "colab"
    if "BINDER_SERVICE_HOST" in env or "BINDER_REPO_URL" in env:
        return "binder"
    if "ipykernel.zmqshell" in loaded:
        if "VSCODE_PID" in env or "VSCODE_CWD" in env:
            return "vscode"
        return "jupyterlab" if "JPY_SESSION_NAME" in env else "notebook"
    ipython = loaded.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        return "ipython"
    return "script" if hasattr(loaded.get("__main__"), "__file__") else "unknown"
