"""What is wrong with an operation that somebody wrote by hand, in words that help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from ...errors import DraftError
from .base import Op

_ALIKE = 70  # of 100


def told(item: object, number: int, error: ValidationError, kinds: Mapping[str, type[Op]]) -> DraftError:
    """The error for the operation of that number; `kinds` are those that there are."""
    name = item.get("op") if isinstance(item, Mapping) else None
    if not isinstance(name, str):
        return DraftError(f"Operation {number} has no `op`, which says what it does.", next_step=_LISTED)
    if name not in kinds:
        meant = _nearest(name, kinds)
        return DraftError(
            f"Operation {number}: there is no operation {name!r}{_asked(meant)}",
            next_step=_takes(meant, kinds[meant]) if meant else _LISTED,
        )
    faults = error.errors(include_url=False, include_input=False)
    fields = kinds[name].model_fields
    text = "; ".join(dict.fromkeys(_fault(fault, fields) for fault in faults))
    return DraftError(
        f"Operation {number} ({name!r}) is not valid: {text}.", next_step=_takes(name, kinds[name])
    )


_LISTED = 'help("nemo_nb.draft.operations") lists what there is.'


_MUST_BE = {
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "string_type": "text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "greater_than_equal": "{ge} or more",
    "greater_than": "more than {gt}",
    "less_than_equal": "{le} or less",
    "less_than": "less than {lt}",
    "literal_error": "{expected}",
    "too_short": "a list with {min_length} in it, or more",
    "string_too_short": "text that isn't empty",
    "string_too_long": "text of {max_length} characters at most",
}
_WRITTEN_AS = {"#": "a colour such as '#ffeb3b'", "sha256": "an asset's hash", "}:": "a shape such as '16:9'"}


def _fault(fault: ErrorDetails, fields: Iterable[str]) -> str:
    """One fault in plain words. `fields` are those that the operation takes."""
    kind, named = fault["type"], ".".join(map(str, fault["loc"][1:]))
    if kind == "missing":
        return f"{named} is missing"
    if kind == "extra_forbidden":
        meant = _nearest(named, fields)
        return f"it takes no {named}" + (f" (did you mean {meant}?)" if meant else "")
    context = {
        name: f"{value:g}" if isinstance(value, float) else value
        for name, value in fault.get("ctx", {}).items()
    }
    if kind == "string_pattern_mismatch":
        written = next((words for sign, words in _WRITTEN_AS.items() if sign in context["pattern"]), "")
        return f"{named} must be {written or 'like ' + context['pattern']}"
    if kind in _MUST_BE:
        return f"{named} must be {_MUST_BE[kind].format(**context)}"
    return f"{named}: {fault['msg']}".lstrip(": ")


def _figure(value: object) -> object:
    return f"{value:g}" if isinstance(value, float) else value


def _takes(name: str, kind: type[Op]) -> str:
    fields = ", ".join(field for field in kind.model_fields if field != "op")
    return f"{name} takes {fields or 'nothing'}."


def _asked(meant: str) -> str:
    return f"; did you mean {meant}?" if meant else "."


def _nearest(name: str, known: Iterable[str]) -> str:
    found = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return found[0] if found else ""
