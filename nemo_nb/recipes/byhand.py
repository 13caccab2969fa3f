"""Recipes that people write: what can be told of a file's name, or left to the first run, need not be written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from ..media.formats import KIND, extension_of

__all__ = ["completed"]


def completed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The document's fields, with those filled in that a person may leave out. What is no recipe stays none.

    An input may be a path, a step a sentence; an input's kind is told by its file, and where no step uploads anything
    the first one uploads all inputs.
    """
    made = dict(fields)
    inputs, steps = made.get("inputs"), made.get("steps")
    if isinstance(inputs, Mapping):
        made["inputs"] = {name: _input(item) for name, item in inputs.items()}
    if isinstance(steps, list):
        made["steps"] = [{"say": step} if isinstance(step, str) else step for step in steps]
        uploads = any(isinstance(step, Mapping) and step.get("upload") for step in steps)
        if isinstance(inputs, Mapping) and inputs and not uploads:
            made["steps"] = [{"upload": list(inputs)}, *made["steps"]]
    return made


def _input(item: object) -> object:
    if isinstance(item, str):
        item = {"file": PurePosixPath(item).name, "get": item if "/" in item else ""}
    if isinstance(item, Mapping) and "kind" not in item and isinstance(item.get("file"), str):
        kind = KIND.get(extension_of(item["file"]))
        return {**item, "kind": kind} if kind else item
    return item
