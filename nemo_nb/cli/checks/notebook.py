"""The notebook's side: the kernel, and what JupyterLab needs to show widgets."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from .finding import BROKEN, LIMITED, OK, Finding

_LAB = 'pip install "nemo-nb[lab]"'
_NEW_KERNEL = 'pip install -U "ipykernel>=7.4"'
_EXTENSIONS = {"@jupyter-widgets/jupyterlab-manager": "jupyterlab_widgets", "anywidget": "anywidget"}
"""The parts of JupyterLab that widgets need, and the packages that bring them."""


def kernel() -> Iterator[Finding]:
    """Which ipykernel there is, and what that means for widgets while a cell runs."""
    try:
        found = version("ipykernel")
    except PackageNotFoundError:
        yield Finding("kernel", LIMITED, "no ipykernel: scripts work, notebooks can't use this Python", _LAB)
        return
    if _works_while_a_cell_runs(found):
        yield Finding("kernel", OK, f"ipykernel {found}: widgets work while a cell runs")
    else:
        yield Finding("kernel", LIMITED, f"ipykernel {found}: widgets wait while a cell runs", _NEW_KERNEL)


def _works_while_a_cell_runs(found: str) -> bool:
    major, minor = (int(part) for part in found.split(".")[:2])
    if major < 7:
        return False
    if (major, minor) < (7, 4):
        return True
    # From 7.4 on it takes a private attribute; where it is gone, the widgets say that they wait.
    from ipykernel.comm.comm import BaseComm

    return hasattr(BaseComm, "_reply_subshell_for")


def widgets() -> Iterator[Finding]:
    """Whether JupyterLab, as installed here, has what shows widgets."""
    packages = f"anywidget {version('anywidget')}, ipywidgets {version('ipywidgets')}"
    try:
        packages += f", JupyterLab {version('jupyterlab')}"
    except PackageNotFoundError:
        what = f"{packages}; no JupyterLab here, which is fine if your notebooks open elsewhere"
        yield Finding("widgets", LIMITED, what, _LAB)
        return
    faults = list(_faults())
    yield from faults
    if not faults:
        yield Finding("widgets", OK, packages)


def _faults() -> Iterator[Finding]:
    from jupyter_core.paths import jupyter_path
    from jupyterlab_server.config import get_federated_extensions, get_page_config

    places = jupyter_path("labextensions")
    seen = get_federated_extensions(places)
    disabled = get_page_config(places).get("disabledExtensions", ())
    for name, package in _EXTENSIONS.items():
        if name not in seen:
            fix = f"pip install --force-reinstall {package}"
            yield Finding("widgets", BROKEN, f"JupyterLab does not see the extension {name}", fix)
        elif any(entry.split(":")[0] == name for entry in disabled):
            fix = f"jupyter labextension enable {name}"
            yield Finding("widgets", BROKEN, f"the extension {name} is disabled in JupyterLab", fix)
