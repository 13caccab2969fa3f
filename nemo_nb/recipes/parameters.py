"""What can be chosen anew in a replay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..errors import InvalidInput
from .document import Document, Parameter, read

__all__ = ["chosen", "parametrized", "put_back"]


def chosen(document: Document, values: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """The recipe's parameters with the user's values, each of the recipe's own type. InvalidInput for others."""
    for name, value in values.items():
        if name not in document.parameters:
            known = ", ".join(document.parameters) or "none"
            raise InvalidInput(f"The recipe has no parameter {name!r}.", next_step=f"It has {known}.")
        default = document.parameters[name]
        if isinstance(default, str) != isinstance(value, str) or isinstance(value, bool):
            kind = "a text" if isinstance(default, str) else "a number"
            raise InvalidInput(f"The parameter {name!r} is {kind}: {default!r}, for example.")
    return {**document.parameters, **values}


def parametrized(document: Document, values: Mapping[str, Parameter]) -> Document:
    """The document with `{name}` wherever a value stands in its sentences and operations."""
    steps = [step.model_dump() for step in document.steps]
    for name, value in values.items():
        found = 0
        for step in steps:
            step["operations"], count = _replaced(step["operations"], name, value)
            found += count
            step["say"] = _in_sentence(step["say"], name, value)
        if not found:
            raise InvalidInput(f"{value!r} stands in no operation of this recipe.")
        if found > 1 and not isinstance(value, str):
            raise InvalidInput(
                f"{value!r} stands in {found} places, and which one is meant can't be told.",
                next_step=f"Save the recipe and write {{{name}}} where it belongs, with the value under `parameters`.",
            )
    fields = document.model_dump() | {"steps": steps, "parameters": {**document.parameters, **values}}
    return read(fields)


def put_back(operation: Any, sentence: str, values: Mapping[str, Parameter]) -> Any:
    """An operation that came of a sentence, with the sentence's parameters in it again, where one place has each."""
    for name, value in values.items():
        if f"{{{name}}}" in sentence:
            made, count = _replaced(operation, name, value)
            operation = made if count == 1 or isinstance(value, str) else operation
    return operation


def _replaced(value: Any, name: str, wanted: Parameter) -> tuple[Any, int]:
    if isinstance(value, (list, tuple)):
        pairs = [_replaced(item, name, wanted) for item in value]
        return [item for item, _ in pairs], sum(count for _, count in pairs)
    if isinstance(value, dict):
        kept = ("op", "input")  # which operation and which file: no values of the edit
        made = {
            key: (item, 0) if key in kept else _replaced(item, name, wanted) for key, item in value.items()
        }
        return {key: item for key, (item, _) in made.items()}, sum(count for _, count in made.values())
    if isinstance(value, str) and isinstance(wanted, str) and wanted:
        return value.replace(wanted, f"{{{name}}}"), value.count(wanted)
    same = value == wanted and not isinstance(value, (bool, str)) and not isinstance(wanted, str)
    return (f"{{{name}}}", 1) if same else (value, 0)


def _in_sentence(text: str, name: str, wanted: Parameter) -> str:
    shown = re.escape(str(wanted))
    pattern = shown if isinstance(wanted, str) else rf"(?<![\d.]){shown}(?![\d]|\.\d)"
    return re.sub(pattern, lambda _: f"{{{name}}}", text) if shown else text
