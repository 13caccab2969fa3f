"""What a recipe holds: version 1 of the document, read strictly."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from ..errors import RecipeError
from ..media.formats import KIND
from .byhand import completed

__all__ = ["Document", "Export", "Holds", "Input", "Parameter", "Step", "read", "source"]

VERSION: Literal[1] = 1
LONGEST = 10_000  # characters of a sentence
MOST = 1_000  # steps, inputs, operations of a step

Parameter = str | int | float


def _file_name(name: str) -> str:
    """One part of a path, with an extension that we know."""
    if name != PurePosixPath(name).name or "\\" in name or not name.isprintable():
        raise ValueError("the name of a file, without a folder, is needed")
    if name.rpartition(".")[2].lower() not in KIND:
        raise ValueError("the name of a video, image or sound file is needed")
    return name


def _plain_name(name: str) -> str:
    """A name that is a new, visible file in whichever folder it is put into, on any system."""
    if re.search(r'[<>:"|?*]', name) or name[:1] in ".~ ":
        raise ValueError("a plain file name is needed")
    return _file_name(name)


def source(get: str) -> str:
    """A public URL, a sample of this package, or a path that stays below the recipe's folder. ValueError for others."""
    if not get or re.fullmatch(
        r"https?://[^\s\x00-\x1f?#@]+|sample:(?:city|tune)(?:\?seconds=\d{1,3})?", get
    ):
        return get
    path = PurePosixPath(get)
    if (
        ":" in get
        or "\\" in get
        or not get.isprintable()
        or path.is_absolute()
        or {"..", "~"} & set(path.parts)
    ):
        raise ValueError(
            "an http(s) URL without a query, a sample, or a path below the recipe's folder is needed"
        )
    return get


def _data(value: Any, depth: int = 0) -> Any:
    """Plain JSON data, not nested deeper than any operation is."""
    if depth > 6 or not (value is None or isinstance(value, (str, bool, int, float, list, dict))):
        raise ValueError("operations hold plain values only")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number must be finite")
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if isinstance(value, dict) and not isinstance(key, str):
            raise ValueError("keys must be text")
        _data(item, depth + 1)
    return value


FileName = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_file_name)]
PlainName = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain_name)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Sentence = Annotated[str, Field(max_length=LONGEST)]
Sha256 = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
Mark = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
Ms = Annotated[int, Field(ge=0, le=24 * 3600 * 1000)]
Operation = Annotated[dict[str, Any], AfterValidator(_data)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Input(_Part):
    """A file that the edit is made of.

    `file`: the name it goes by on the timeline. `hash`: `sha256:…` of its bytes, "" where it isn't known. `get`: where
    to get it: a URL, `sample:city?seconds=8` (made on the spot), or a path beside the recipe.
    """

    file: FileName
    kind: Literal["video", "image", "audio"]
    hash: Annotated[str, Field(pattern=r"^(sha256:[0-9a-f]{64})?$")] = ""
    duration_ms: Ms = 0
    get: Annotated[str, Field(max_length=2000), AfterValidator(source)] = ""


class Step(_Part):
    """One thing that was done: files uploaded, a sentence, or operations by hand.

    `operations` is what it became; `None` where the backend didn't tell, so that only the sentence can be replayed.
    In an operation `input` names a file of the recipe in place of `asset` and `file`.
    """

    upload: Annotated[tuple[Name, ...], Field(strict=False, max_length=MOST)] = ()
    say: Sentence = ""
    operations: Annotated[tuple[Operation, ...] | None, Field(strict=False, max_length=MOST)] = None

    @model_validator(mode="after")
    def _one_thing(self) -> Step:
        if bool(self.upload) + bool(self.say) > 1 or not (self.upload or self.say or self.operations):
            raise ValueError("a step is an upload, a sentence, or operations")
        return self


class Export(_Part):
    """A file that was made. `after`: how many steps had been done by then."""

    file: PlainName
    after: Annotated[int, Field(ge=0, le=MOST)]
    quality: Literal["low", "medium", "high"] = "high"
    resolution: Annotated[str, Field(max_length=20)] = ""


class Holds(_Part):
    """What must hold at the end, with the recipe's own inputs. `tracks`: one line each, as in `draft.summary()`.

    `said`: which sentences the operations were made of, as fingerprints; empty where that isn't known.
    """

    duration_ms: Ms
    tracks: Annotated[
        tuple[Annotated[str, Field(max_length=LONGEST)], ...], Field(strict=False, max_length=MOST)
    ]
    edit_hash: Sha256
    hash: Sha256 = ""
    said: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")], ...], Field(strict=False, max_length=MOST)
    ] = ()


class Document(_Part):
    nemo_nb_recipe: Literal[1] = VERSION
    title: Annotated[str, Field(max_length=200)] = "project"
    about: Sentence = ""
    parameters: Annotated[dict[Name, Parameter], Field(max_length=100)] = Field(default_factory=dict)
    inputs: Annotated[dict[Name, Input], Field(max_length=MOST)] = Field(default_factory=dict)
    steps: Annotated[tuple[Step, ...], Field(strict=False, min_length=1, max_length=MOST)]
    exports: Annotated[tuple[Export, ...], Field(strict=False, max_length=100)] = ()
    holds: Holds | None = None

    @model_validator(mode="after")
    def _names_are_known(self) -> Document:
        named = {name for step in self.steps for name in step.upload}
        named |= {name for step in self.steps for item in step.operations or () for name in inputs_of(item)}
        if unknown := sorted(named - set(self.inputs)):
            raise ValueError(f"steps name {', '.join(map(repr, unknown))}, which is no input")
        return self


def inputs_of(value: Any) -> set[str]:
    """The inputs that an operation names, at any depth."""
    if isinstance(value, dict):
        named = {str(item) for key, item in value.items() if key == "input"}
        return named.union(*map(inputs_of, value.values()))
    return set[str]().union(*map(inputs_of, value)) if isinstance(value, list) else set()


def read(fields: object) -> Document:
    """The document, or a RecipeError that names the first thing that is wrong with it."""
    version = fields.get("nemo_nb_recipe") if isinstance(fields, Mapping) else None
    if version is None or not isinstance(fields, Mapping):
        raise RecipeError(
            "This is no recipe: it doesn't say `nemo_nb_recipe: 1`.",
            next_step="Written by hand, it begins with that.",
        )
    if version != VERSION:
        raise RecipeError(f"This is a recipe of version {str(version)[:20]}.", next_step="Update nemo_nb.")
    try:
        return Document.model_validate(completed(fields))
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part)[:60] for part in fault["loc"]) or "the whole"
        sentence = fault["type"] == "extra_forbidden" and fault["loc"][:1] == ("steps",) and " " in where
        step = "A sentence that has a colon goes into quotes." if sentence else None
        raise RecipeError(f"The recipe is not valid, at {where}: {fault['msg']}.", next_step=step) from None
