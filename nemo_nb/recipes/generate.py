"""The same edit as code: a script, or a notebook with a cell for each step.

What a recipe says is somebody else's text. Here it becomes literals (`repr`, which escapes line ends and all that
doesn't print) and never code, comments or markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .document import Document, Input, Step

__all__ = ["notebook", "script"]


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of code, and what it is about in words of our own."""

    heading: str
    code: str


def script(document: Document) -> str:
    """A Python program that makes the edit, checks it, and exports it."""
    body = "\n\n".join(f"# {block.heading}\n{block.code}" for block in _blocks(document))
    return f'"""An edit made with nemo_nb, as a program. Put your own files in below."""\n\n{body}\n'


def notebook(document: Document) -> str:
    """A notebook of format 4.5, as JSON, without outputs."""
    cells: list[dict[str, Any]] = [
        _cell(
            "markdown",
            0,
            "# An edit made with nemo_nb, step by step\n\nPut your own files in below, and run all cells.",
        )
    ]
    for block in _blocks(document):
        cells.append(_cell("markdown", len(cells), f"## {block.heading}"))
        cells.append(_cell("code", len(cells), block.code))
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    made = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _cell(kind: str, number: int, source: str) -> dict[str, Any]:
    code: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": f"r{number:03}", "metadata": {}, **code, "source": source}


def _blocks(document: Document) -> Iterator[_Block]:
    yield _Block("The files", _files(document))
    if document.parameters:
        yield _Block("What can be chosen anew", f"parameters = {dict(document.parameters)!r}")
    yield _Block(
        "A new project",
        f"assets = {{}}\nproject = nemo.connect().start_new({document.title!r})",
    )
    for number, step in enumerate(document.steps, start=1):
        earlier = {name for before in document.steps[: number - 1] for name in before.upload}
        yield _Block(f"Step {number}: {_kind(step)}", _step(step, document, earlier))
        for export in (item for item in document.exports if item.after == number):
            options = f", quality={export.quality!r}" if export.quality != "high" else ""
            options += f", resolution={export.resolution!r}" if export.resolution else ""
            yield _Block(f"Export after step {number}", f"project.export({export.file!r}{options})")
    if document.holds:
        yield _Block(
            "What must hold, with the files and parameters that it was made with",
            f"print(project.draft.edit_hash == {document.holds.edit_hash!r}, project.draft.hash)",
        )


def _kind(step: Step) -> str:
    return (
        "upload" if step.upload else "what was said, and the operations it became" if step.say else "by hand"
    )


def _files(document: Document) -> str:
    lines = ["from pathlib import Path", "", "import nemo_nb as nemo", "", "files = {}"]
    for name, item in document.inputs.items():
        place = f"Path({_place(item)!r})"
        if sample := re.fullmatch(r"sample:(city|tune)(?:\?seconds=(\d+))?", item.get):
            seconds, which = int(sample[2] or 20), 0 if sample[1] == "city" else 1
            place = f"nemo.make_samples('samples-{seconds}', seconds={seconds})[{which}]"
        lines.append(f"files[{name!r}] = {place}")
    return "\n".join(lines)


def _place(item: Input) -> str:
    return item.file if not item.get or "://" in item.get else item.get


def _step(step: Step, document: Document, earlier: Collection[str]) -> str:
    """`earlier`: what was uploaded by then. A file that is there is placed once more by the operation alone."""
    if step.upload and not (step.operations and set(step.upload) <= set(earlier)):
        pairs = [(name, document.inputs[name].file) for name in step.upload]
        sources = ", ".join(f"({file!r}, files[{name!r}])" for name, file in pairs)
        targets = ", ".join(f"assets[{name!r}]" for name, _ in pairs)
        uploaded = f"[{targets}] = project.upload({sources})"
        if step.operations == () and any(document.inputs[name].kind == "video" for name in step.upload):
            uploaded += "\nproject.undo(turn=project.history[-1].turn)  # the file is wanted for later"
        return uploaded
    listed = "\n".join(f"    {_operation(item, document.parameters)}," for item in step.operations or ())
    label = f",\n    label={_text(step.say, document.parameters)}" if step.say else ""
    return f"project.apply(\n    [\n{_indented(listed)}\n    ]{label},\n)"


def _indented(lines: str) -> str:
    return "\n".join(f"    {line}" for line in lines.split("\n"))


def _operation(value: Any, parameters: Mapping[str, Any]) -> str:
    """An operation as an expression, on one line, with the files' facts taken from what was uploaded."""
    if isinstance(value, dict):
        fields = [f"{key!r}: {_operation(item, parameters)}" for key, item in value.items() if key != "input"]
        if "input" in value:
            asset = f"assets[{value['input']!r}]"
            fields[1 if "op" in value else 0 : 0] = [f"'asset': {asset}.hash", f"'file': {asset}.name"]
            fields = [_fact(field, value.get("op"), value.get("kind", "video"), asset) for field in fields]
        return "{" + ", ".join(fields) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_operation(item, parameters) for item in value) + "]"
    return _text(value, parameters) if isinstance(value, str) else repr(value)


def _fact(field: str, op: object, kind: object, asset: str) -> str:
    """`'file_ms': 90000` → `'file_ms': assets['tune'].duration_ms`: another file has another length."""
    key = field.partition(":")[0].strip("'")
    if op == "add_music" and key == "file_ms":
        return f"'file_ms': {asset}.duration_ms"
    if op == "place_clip" and kind == "video" and key in ("duration_ms", "width", "height"):
        return f"{key!r}: {asset}.{key} or None"
    return field


def _text(value: str, parameters: Mapping[str, Any]) -> str:
    """A text as an expression, with parameters looked up where they stand."""
    if not parameters:
        return repr(value)
    names = "|".join(map(re.escape, parameters))
    pieces = re.split(rf"\{{({names})\}}", value)
    if len(pieces) == 3 and not pieces[0] and not pieces[2]:
        return f"parameters[{pieces[1]!r}]"
    made = [
        f"str(parameters[{piece!r}])" if number % 2 else repr(piece) for number, piece in enumerate(pieces)
    ]
    return " + ".join(piece for piece in made if piece != "''") or "''"
