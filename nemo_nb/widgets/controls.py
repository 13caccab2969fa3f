"""What a page draws for each thing that a hand can set about a segment: made from the operations' own schemas.

So an operation that is added, and says which of its fields are handles, has its fields in the inspector too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ..draft import Draft, Segment, operations
from ..draft.operations import Handle
from ..draft.operations.base import Op
from ..draft.words import value_name
from ..tongues import Language, table
from .base import Item

JSONSchema = Mapping[str, Any]

_GROUPS = ("text", "sound", "speed", "picture")  # the files of operations, in the order of a page
_UNITS = {"ms": "s", "db": "dB", "degrees": "°", "factor": "×"}  # by the last word of a field's name
_SHOWN = {"s": 1000, "%": 0.01}  # how much of a field's own unit is one of those that are shown


def controls(
    draft: Draft, segment: Segment, language: Language, only: frozenset[str] | None = None
) -> list[Item]:
    """The controls for a segment, by groups. `only` names the operations that the backend can do by hand.

    Each has `key`, `group`, its `heading`, `label`, `form`, `value`, and what its form takes: `number` (`least`,
    `most`, `step`, `unit`, `scale`: what one of that unit is of the field's own), `choice` (`choices`: pairs of value
    and words; without a value it is none of them), `colour` and `words` (`clears`: whether none can be set), `flag`.
    """
    found = [
        _control(kind, handle, language)
        for kind, handle in operations.handles(draft, segment)
        if only is None or _name(kind) in only
    ]
    places = {group: place for place, group in enumerate(_GROUPS)}
    return sorted(found, key=lambda item: places.get(item["group"], len(places)))


def setting(draft: Draft, segment: Segment, key: str, value: Any) -> list[dict[str, Any]]:
    """The operations, unchecked, that set the control of that key. None where there is no such control now."""
    for kind, handle in operations.handles(draft, segment):
        if _key(kind, handle) == key:
            return [dict(item) for item in kind.by_hand(segment, handle, value)]
    return []


def _control(kind: type[Op], handle: Handle, language: Language) -> Item:
    words = table(language, "widgets").CONTROLS
    group = handle.group or kind.__module__.rpartition(".")[2]
    return {
        "key": _key(kind, handle),
        "group": group,
        "heading": words.get(group, group),
        "label": words.get(handle.name, handle.name.replace("_", " ")),
        **_form(kind, handle, language),
    }


def _form(kind: type[Op], handle: Handle, language: Language) -> Item:
    branches = list(_branches(kind, handle.path))
    types = {branch.get("type"): branch for branch in branches}
    values = handle.choices or next((branch["enum"] for branch in branches if "enum" in branch), ())
    if values:
        choices = ([None] if handle.clears else []) + list(values)
        value = {"value": handle.value} if handle.value in choices else {}
        return {
            "form": "choice",
            **value,
            "choices": [(item, _called(item, handle, language)) for item in choices],
        }
    if not handle.path or "boolean" in types:
        return {"form": "flag", "value": bool(handle.value)}
    for name in ("number", "integer"):
        if name in types:
            return _number(types[name], handle, whole=name == "integer")
    if any("#" in branch.get("pattern", "") for branch in branches):
        return {"form": "colour", "value": handle.value, "clears": handle.clears}
    return {"form": "words", "value": handle.value or "", "clears": handle.clears}


def _number(schema: JSONSchema, handle: Handle, *, whole: bool) -> Item:
    unit = _UNITS.get(handle.path.rpartition("_")[2], "%")
    least = (
        handle.least if handle.least is not None else schema.get("minimum", schema.get("exclusiveMinimum"))
    )
    most = handle.most if handle.most is not None else schema.get("maximum", schema.get("exclusiveMaximum"))
    return {
        "form": "number",
        "value": handle.value,
        "least": least,
        "most": most,
        "unit": unit,
        "scale": _SHOWN.get(unit, 1),
        "step": {"s": 0.1, "×": 0.25}.get(unit, 1),
        "whole": whole,
    }


def _called(value: str | None, handle: Handle, language: Language) -> str:
    words: Mapping[str, str] = table(language, "widgets").CONTROLS
    if value is None:
        return words["none"]
    named = value_name(value, handle.name, language)
    return named if named != value else words.get(value, value.replace("-", " "))


def _key(kind: type[Op], handle: Handle) -> str:
    return f"{_name(kind)}.{handle.name}"


def _name(kind: type[Op]) -> str:
    return str(kind.model_fields["op"].default)


@cache
def _schema(kind: type[Op]) -> JSONSchema:
    return kind.model_json_schema()


def _branches(kind: type[Op], path: str) -> Iterator[JSONSchema]:
    """The forms that a field may take: itself, or those of its alternatives."""
    whole = _schema(kind)
    found: list[JSONSchema] = [whole]
    for key in path.split(".") if path else ():
        found = [
            branch
            for schema in found
            if key in schema.get("properties", {})
            for branch in _resolved(schema["properties"][key], whole)
        ]
    yield from found


def _resolved(schema: JSONSchema, whole: JSONSchema) -> Iterator[JSONSchema]:
    if "$ref" in schema:
        yield from _resolved(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    elif "anyOf" in schema:
        for branch in schema["anyOf"]:
            yield from _resolved(branch, whole)
    else:
        yield schema
