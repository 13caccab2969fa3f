"""What the import costs, and what is public."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import nemo_nb

HEAVY = ("pandas", "numpy", "av", "PIL", "uvicorn", "starlette", "httpx", "pydantic", "IPython")

PROBE = """
import json, sys, threading, multiprocessing
import nemo_nb
print(json.dumps([sorted(sys.modules), threading.active_count(), len(multiprocessing.active_children())]))
"""


def test_the_import_is_light_and_starts_nothing() -> None:
    said = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True).stdout
    modules, threads, children = json.loads(said)
    assert not set(HEAVY) & set(modules)
    assert (threads, children) == (1, 0)


def test_connecting_loads_nothing_that_only_the_engine_needs(tmp_path: Path) -> None:
    code = (
        "import sys, nemo_nb.connection; "
        "print([m for m in ('av', 'PIL', 'uvicorn', 'starlette', 'pandas') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


def test_every_public_name_is_there_and_typed() -> None:
    stub = ast.parse(Path(nemo_nb.__file__).with_suffix(".pyi").read_text("utf-8"))
    typed = {alias.asname for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    typed |= {node.name for node in stub.body if isinstance(node, ast.FunctionDef)}
    typed |= {node.target.id for node in stub.body if isinstance(node, ast.AnnAssign)}
    assert set(nemo_nb.__all__) == typed - {None}
    for name in nemo_nb.__all__:
        assert getattr(nemo_nb, name) is not None


def test_the_public_names_are_these_and_no_others() -> None:
    assert nemo_nb.__all__ == [
        "AsyncExport", "AsyncProject", "Change", "ChatCell", "Draft", "DraftChanged", "Export", "ExportPreview",
        "NemoError", "Note", "Project", "Recipe", "Reply", "Studio", "TextDelta", "TimelineTable", "ToolFinished",
        "ToolStarted", "TurnEnded", "UploadPicker", "Waiting", "__version__", "aconnect", "connect", "errors", "expect",
        "load_ipython_extension", "make_samples", "projects", "unload_ipython_extension",
    ]  # fmt: skip
