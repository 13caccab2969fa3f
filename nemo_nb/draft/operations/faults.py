"""What is wrong with an operation that somebody wrote by hand, in words that help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import ValidationError
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
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    fields = kinds[name].model_fields
    text = "; ".join(_fault(fault["type"], fault["loc"][1:], fault["msg"], fields) for fault in faults)
    return DraftError(
        f"Operation {number} ({name!r}) is not valid: {text}.", next_step=_takes(name, kinds[name])
    )


_LISTED = 'help("nemo_nb.draft.operations") lists what there is.'


def _fault(kind: str, place: tuple[int | str, ...], message: str, fields: Iterable[str]) -> str:
    named = ".".join(map(str, place))
    if kind == "missing":
        return f"{named} is missing"
    if kind == "extra_forbidden":
        meant = _nearest(named, fields)
        return f"it takes no {named}" + (f" (did you mean {meant}?)" if meant else "")
    return f"{named}: {message}".lstrip(": ")


def _takes(name: str, kind: type[Op]) -> str:
    fields = ", ".join(field for field in kind.model_fields if field != "op")
    return f"{name} takes {fields or 'nothing'}."


def _asked(meant: str) -> str:
    return f"; did you mean {meant}?" if meant else "."


def _nearest(name: str, known: Iterable[str]) -> str:
    found = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return found[0] if found else ""
