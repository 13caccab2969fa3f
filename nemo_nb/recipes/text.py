"""A recipe as YAML 1.2: written for readers, read without trust."""

from __future__ import annotations

import io
import re
from typing import Any

from ..errors import RecipeError
from .document import Document, read

__all__ = ["MAX_BYTES", "dump", "load"]

MAX_BYTES = 1_000_000
MAX_EVENTS = 50_000  # of the parser: a recipe of a thousand steps has some 20,000
MAX_DEPTH = 20
_LONG = 50_000  # characters: a megabyte of something else would take seconds to be refused

_HEAD = """\
# An edit made with nemo_nb, written down so that it can be made again:
#   nemo-nb run THIS-FILE --out out.mp4            with your own file: --input NAME=mine.mp4
"""
# Everything else is quoted: what "1:30", "no" or "# 1" mean depends on who reads the YAML.
_BARE = re.compile(r"[a-z][a-z_-]*\d*")
_WORDS = ("y", "n", "yes", "no", "on", "off", "true", "false", "null")


def dump(document: Document) -> str:
    """The document as text. Operations are one line each; what is empty is left out."""
    from ruamel.yaml import YAML

    fields = document.model_dump(mode="json", exclude_defaults=True)
    fields = {"nemo_nb_recipe": document.nemo_nb_recipe, **fields}
    for step in fields["steps"]:
        if step.get("operations") is not None:
            step["operations"] = [_line(item) for item in step["operations"]]
        if "upload" in step:
            step["upload"] = _line(step["upload"])
    fields["exports"] = [_line(export) for export in fields.get("exports", [])]
    if not fields["exports"]:
        del fields["exports"]
    if said := fields.get("holds", {}).get("said"):
        fields["holds"]["said"] = _line(said)
    yaml = YAML()
    yaml.width = 100_000  # an operation stays on its line
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(_quoted(fields), out)
    return _HEAD + out.getvalue()


def load(content: bytes) -> Document:
    """The document in a file's bytes. RecipeError for what is none, or larger or deeper than any recipe is."""
    if b"\0" in content:
        raise RecipeError(
            "This is no recipe: it is no text.",
            next_step="Name the .yaml that project.recipe().save() wrote.",
        )
    if len(content) > MAX_BYTES:
        raise RecipeError(f"The recipe has {len(content) / 1e6:.1f} MB; one of more than 1 MB is not read.")
    try:
        text = content.decode("utf-8-sig")
        if len(text) > _LONG and "nemo_nb_recipe" not in text:
            return read(None)
        return read(_reader().load(text))
    except RecipeError:
        raise
    except Exception as error:  # of the parser comes whatever its Python does: a KeyError for `!!bool x`, say
        said = " ".join(str(getattr(error, "problem", None) or "it is not text").split())[:200]
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise RecipeError(f"The recipe is not YAML{where}: {said}.") from None


def _reader() -> Any:
    """A reader of plain data, which refuses tags and keys that come twice; and, as it comes to them, aliases, with
    which ten lines become gigabytes, bottomless nesting, and more than any recipe holds: each value takes it 0.1 ms.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
    from ruamel.yaml.parser import Parser

    class Bounded(Parser):
        number = depth = 0

        def get_event(self) -> Any:
            event = super().get_event()
            self.number += 1
            self.depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if isinstance(event, AliasEvent) or self.number > MAX_EVENTS or self.depth > MAX_DEPTH:
                raise RecipeError(
                    "The recipe has aliases, or is larger or more deeply nested than any recipe is."
                )
            return event

    yaml = YAML(typ="safe", pure=True)
    yaml.Parser = Bounded
    return yaml


def _line(value: Any) -> Any:
    """The same value, to be written on one line."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if isinstance(value, (list, tuple)):
        made: Any = CommentedSeq(value)
    else:
        made = CommentedMap(value)
    made.fa.set_flow_style()
    return made


def _quoted(value: Any) -> Any:
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, dict):
        for key, item in value.items():
            value[key] = _quoted(item)
    elif isinstance(value, list):
        value[:] = [_quoted(item) for item in value]
    elif isinstance(value, str) and not (_BARE.fullmatch(value) and value not in _WORDS):
        return DoubleQuotedScalarString(value)
    return value
