"""This Python with some packages taken away or put in another's place, without installing anything."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

import nemo_nb


class Shadow:
    """A copy of site-packages made of links. A Python on it has no prefix of its own, and so no lab extensions."""

    def __init__(
        self, folder: Path, *, without: Sequence[str] = (), versions: dict[str, str] | None = None
    ) -> None:
        self._folder = folder
        folder.mkdir()
        replaced = [f"{name}-*.dist-info" for name in versions or {}]
        for entry in Path(sysconfig.get_path("purelib")).iterdir():
            if not any(fnmatch(entry.name, pattern) for pattern in (*without, *replaced)):
                (folder / entry.name).symlink_to(entry)
        for name, version in (versions or {}).items():
            facts = folder / f"{name}-{version}.dist-info"
            facts.mkdir()
            (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")

    def run(self, *arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """This Python with these arguments: `"-m", "nemo_nb", …`."""
        tree = Path(nemo_nb.__file__).parents[1]
        path = os.pathsep.join(map(str, (self._folder, tree)))
        return subprocess.run(
            [sys.executable, "-S", *arguments],
            capture_output=True, text=True, cwd=cwd, env={**os.environ, **environment, "PYTHONPATH": path}, check=False,
        )  # fmt: skip
