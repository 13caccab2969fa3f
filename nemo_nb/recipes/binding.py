"""Between a recipe's operations and real ones: files and parameters put in, and taken out again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..client import Asset
from ..draft import Draft
from ..draft.operations import apply_all, parse
from ..errors import DraftError, RecipeError
from .document import Document, Input, Parameter, Step

__all__ = ["Bound", "as_recorded", "bind", "drafts", "fill", "refer", "restated", "said", "sentence"]


@dataclass(frozen=True, slots=True)
class Bound:
    """A real file in an input's place. `same`: it has the bytes that the recipe was made with."""

    asset: str
    file: str
    same: bool
    facts: Mapping[str, Any]
    """What an operation says about a file: `duration_ms`, `width`, `height`, `fps`; empty where it may stay as is."""

    @classmethod
    def of(cls, uploaded: Asset, recorded: Input) -> Bound:
        same = uploaded.hash == recorded.hash
        facts = {"duration_ms": uploaded.duration_ms, "width": uploaded.width, "height": uploaded.height,
                 "fps": uploaded.fps}  # fmt: skip
        return cls(uploaded.hash, uploaded.name, same, {} if same else facts)


def as_recorded(document: Document) -> dict[str, Bound]:
    """The inputs as the recipe has them, without any file at hand."""
    return {
        name: Bound(item.hash or f"sha256:{hashlib.sha256(name.encode()).hexdigest()}", item.file, True, {})
        for name, item in document.inputs.items()
    }


def refer(value: Any, names: Mapping[tuple[str, str], str]) -> Any:
    """An operation with `input` in place of `asset` and `file`, and without what is None."""
    if isinstance(value, list):
        return [refer(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    fields = {key: refer(item, names) for key, item in value.items() if item is not None}
    if name := names.get((str(value.get("asset")), str(value.get("file")))):
        del fields["asset"], fields["file"]
        fields["input"] = name
    return {key: fields.pop(key) for key in ("op", "input") if key in fields} | fields


def bind(value: Any, bound: Mapping[str, Bound]) -> Any:
    """The real operation: `refer` backwards. One about another file than the recorded tells that file's facts."""
    if isinstance(value, list):
        return [bind(item, bound) for item in value]
    if not isinstance(value, dict):
        return value
    fields = {key: bind(item, bound) for key, item in value.items()}
    if "input" in fields:
        file = bound[str(fields.pop("input"))]
        fields |= {"asset": file.asset, "file": file.file}
        if file.facts and fields.get("op") == "add_music":
            fields["file_ms"] = file.facts["duration_ms"]
        elif file.facts and fields.get("op") == "place_clip" and fields.get("kind", "video") == "video":
            fields |= {key: fact or None for key, fact in file.facts.items()}
    return fields


def fill(value: Any, parameters: Mapping[str, Parameter]) -> Any:
    """`{name}` replaced by that parameter, in all texts. A text that is nothing else becomes the value itself."""
    if isinstance(value, list):
        return [fill(item, parameters) for item in value]
    if isinstance(value, dict):
        return {key: fill(item, parameters) for key, item in value.items()}
    if not isinstance(value, str) or not parameters:
        return value
    whole = re.fullmatch(r"\{([a-z][a-z0-9_-]*)\}", value)
    if whole and whole[1] in parameters:
        return parameters[whole[1]]
    names = "|".join(map(re.escape, parameters))
    return re.sub(rf"\{{({names})\}}", lambda found: str(parameters[found[1]]), value)


def sentence(step: Step, parameters: Mapping[str, Parameter]) -> str:
    """What was said, or would have been."""
    return str(fill(step.say, parameters))


def said(document: Document, steps: Iterable[Step]) -> tuple[str, ...]:
    """Fingerprints of the sentences that operations were made of: by them one is known that was changed later."""
    return tuple(_mark(document, step) for step in steps if step.say and step.operations is not None)


def restated(document: Document, step: Step) -> bool:
    """Whether a step's sentence was changed by hand, so that its operations are those of another one."""
    known = document.holds.said if document.holds else ()
    return bool(step.say and step.operations is not None and known) and _mark(document, step) not in known


def _mark(document: Document, step: Step) -> str:
    return hashlib.sha256(sentence(step, document.parameters).encode()).hexdigest()[:8]


def operations_of(
    step: Step, bound: Mapping[str, Bound], parameters: Mapping[str, Parameter]
) -> list[dict[str, Any]]:
    """The real operations of a step; none where the recipe has none."""
    return [bind(fill(item, parameters), bound) for item in step.operations or ()]


def drafts(
    document: Document, bound: Mapping[str, Bound], parameters: Mapping[str, Parameter]
) -> Sequence[Draft]:
    """The draft after each step, as its operations make it: no backend is asked.

    They end with the first step whose operations are not known. RecipeError names a step that cannot be made.
    """
    made: list[Draft] = []
    draft = Draft.empty(document.title)
    for number, step in enumerate(document.steps, start=1):
        if step.operations is None:
            break
        try:
            draft = apply_all(draft, parse(operations_of(step, bound, parameters)))
        except DraftError as error:
            raise RecipeError(f"Step {number} of the recipe cannot be made: {error}") from None
        made.append(draft)
    return made
