"""Writes reference.md from the docstrings: `python docs/build_reference.py`. A test keeps the two the same."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nemo_nb

HEAD = """\
# Reference

Made from the docstrings by `docs/build_reference.py`; every example runs in the tests. There, `nemo` is
`import nemo_nb as nemo`, `project` has a clip of 4 s with music under it and a title “Urban Dreams” of 3 s, and `clip`
and `tune` are the paths of its files.

Times that end in `_ms` are whole milliseconds; those in tables and in `nemo.expect` are seconds. Every error derives
from `nemo.NemoError`.
"""
GROUPS = {
    "Begin": ("connect", "aconnect", "projects", "make_samples", "load_ipython_extension", "unload_ipython_extension"),
    "Projects": ("Project", "AsyncProject", "Export", "AsyncExport"),
    "Replies and events": (
        "Reply", "Note", "Change", "TextDelta", "ToolStarted", "ToolFinished", "Waiting", "DraftChanged", "TurnEnded",
    ),
    "The edit as a document": ("Draft",),
    "Recipes and teaching": ("Recipe", "expect"),
    "Widgets": ("Studio", "UploadPicker", "ChatCell", "TimelineTable", "ExportPreview"),
    "Errors": ("NemoError", "errors"),
}  # fmt: skip


def reference() -> str:
    """The whole page."""
    return (
        "\n".join([HEAD, *(line for title, names in GROUPS.items() for line in _group(title, names))]) + "\n"
    )


def members(kind: type) -> dict[str, Any]:
    """What a class documents of its own: public methods and properties, in the order of the source."""
    shown = {}
    for name, item in vars(kind).items():
        if not name.startswith("_") and (
            inspect.isfunction(item) or isinstance(item, (property, classmethod))
        ):
            shown[name] = item
    return shown


def _group(title: str, names: tuple[str, ...]) -> Iterator[str]:
    yield f"## {title}\n"
    for name in names:
        item = getattr(nemo_nb, name)
        yield f"### `nemo.{name}{_signature(item)}`\n"
        yield _prose(item)
        if inspect.isclass(item) and not issubclass(item, Exception):
            for inner, member in members(item).items():
                if text := _prose(member):
                    yield f"#### `{inner}{_signature(member)}`\n"
                    yield text


def _signature(item: Any) -> str:
    item = item.__func__ if isinstance(item, classmethod) else item
    if not inspect.isfunction(item):
        return ""
    signature = inspect.signature(item)
    shown = [parameter for name, parameter in signature.parameters.items() if name not in ("self", "cls")]
    return str(signature.replace(parameters=shown))


def _prose(item: Any) -> str:
    """The docstring as Markdown: examples and drawings fenced, the rest as it is."""
    text = inspect.getdoc(item) or ""
    blocks = []
    for block in re.split(r"\n{2,}", text):
        if block.startswith(">>> "):
            block = f"```python\n{block}\n```"
        elif block.startswith("    "):
            block = f"```\n{inspect.cleandoc(block)}\n```"
        blocks.append(block)
    return "\n\n".join(blocks) + "\n" if text else ""


if __name__ == "__main__":
    Path(__file__).with_name("reference.md").write_text(reference(), encoding="utf-8")
