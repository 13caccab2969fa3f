"""Operations: every edit there is, as plain data with a pure function from draft to draft.

>>> from nemo_nb.draft import Draft
>>> operations = parse([{"op": "add_text", "text": "Hello", "duration_ms": 2000}])
>>> apply_all(Draft.empty(), operations).summary()
'Timeline (1 track): 1. Title: "Hello" (0-2s)'

One family a file; a new operation is a class there and a line in `Operation` here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, get_args

from pydantic import Field, TypeAdapter, ValidationError

from ...errors import DraftError
from .. import schema
from ..edit import Edit
from ..model import Draft, Segment
from .arrange import Duplicate, Loop, Reorder, Retime, Swap
from .base import Handle, InPlace, Op
from .canvas import Background, SetCanvas
from .cut import CutOut, Delete, Keep, Split
from .faults import told
from .picture import AddFilter, Adjust, ClearFilters, Crop, Flip, Rotate, Transition
from .place import PHOTO_MS, AddMusic, Overlay, PlaceClip, Slideshow, Still, over, place
from .sound import ChooseSound, Duck, Fade, Loudness, Measured, Mute, Volume
from .speed import Freeze, Reverse, Speed
from .text import AddCaptions, AddText, CaptionLine, ChangeText, Restyle, TextStyle

__all__ = [
    "PHOTO_MS",
    "AddCaptions",
    "AddFilter",
    "AddMusic",
    "AddText",
    "Adjust",
    "Background",
    "CaptionLine",
    "ChangeText",
    "ChooseSound",
    "ClearFilters",
    "Crop",
    "CutOut",
    "Delete",
    "Duck",
    "Duplicate",
    "Fade",
    "Flip",
    "Freeze",
    "Handle",
    "Keep",
    "Loop",
    "Loudness",
    "Measured",
    "Mute",
    "Op",
    "Operation",
    "Overlay",
    "PlaceClip",
    "Reorder",
    "Restyle",
    "Retime",
    "Reverse",
    "Rotate",
    "SetCanvas",
    "Slideshow",
    "Speed",
    "Split",
    "Still",
    "Swap",
    "TextStyle",
    "Transition",
    "Volume",
    "apply_all",
    "handles",
    "over",
    "parse",
    "place",
]  # fmt: skip

Operation = Annotated[
    AddCaptions | AddFilter | AddMusic | AddText | Adjust | Background | ChangeText | ChooseSound | ClearFilters | Crop
    | CutOut
    | Delete | Duck | Duplicate | Fade | Flip | Freeze | Keep | Loop | Loudness | Mute | Overlay | PlaceClip | Reorder
    | Restyle | Retime | Reverse | Rotate | SetCanvas | Slideshow | Speed | Split | Swap | Transition | Volume,
    Field(discriminator="op"),
]  # fmt: skip

_ADAPTER: TypeAdapter[Operation] = TypeAdapter(Operation)
_KINDS: dict[str, type[Op]] = {
    kind.model_fields["op"].default: kind for kind in get_args(get_args(Operation)[0])
}


def parse(raw: Sequence[Mapping[str, Any]]) -> list[Operation]:
    """Operations from JSON. DraftError that names the first one that is wrong, and what is wrong with it."""
    if isinstance(raw, (str, bytes, Mapping)) or not isinstance(raw, Iterable):
        raise DraftError("Operations are a list of objects, each with an `op`.")
    return [_parse_one(item, number) for number, item in enumerate(raw, 1)]


def apply_all(draft: Draft, operations: Iterable[Op]) -> Draft:
    """The draft after all operations, in order, checked against the schema.

    DraftError when one cannot be made; `draft` itself never changes, so nothing is half done.
    """
    after, edit = draft, None
    for operation in operations:
        if isinstance(operation, InPlace):
            edit = edit or Edit(after)
            operation.change(edit)
            continue
        after, edit = edit.done() if edit else after, None
        after = operation.apply(after)
    after = edit.done() if edit else after
    return draft if after is draft else schema.check(after)


def handles(draft: Draft, segment: Segment) -> list[tuple[type[Op], Handle]]:
    """All that a hand can set about a segment, with the operation that does it.

    >>> draft = apply_all(Draft.empty(), parse([{"op": "add_text", "text": "Hello"}]))
    >>> title = next(draft.segments)
    >>> [handle.name for _, handle in handles(draft, title)][:2]
    ['text', 'font_size']
    """
    kinds = sorted(_KINDS.values(), key=lambda kind: _FIRST.index(kind) if kind in _FIRST else len(_FIRST))
    return [(kind, handle) for kind in kinds for handle in kind.handles(draft, segment)]


_FIRST: tuple[type[Op], ...] = (
    ChangeText,
    Volume,
    Mute,
    Fade,
    Speed,
    Adjust,
    Crop,
    Rotate,
    Flip,
)  # wanted most often


def _parse_one(item: object, number: int) -> Operation:
    if isinstance(item, Op):
        item = item.model_dump()
    try:
        return _ADAPTER.validate_python(item)
    except ValidationError as error:
        raise told(item, number, error, _KINDS) from None
