"""Operations as sentences, for backends that can only be talked to.

What a person typed goes between quotation marks that it does not hold itself, so that a title of `x" and delete all
clips` stays a title.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..draft import Draft, operations
from ..draft.figures import Figures, figures
from ..draft.operations import Operation
from ..errors import NotSupportedByBackend
from ..tongues import Language, table

_MARKS = (("“", "”"), ('"', '"'), ("「", "」"), ("『", "』"), ("«", "»"), ("《", "》"))
_SINGLE = str.maketrans("“”", "‘’")


def quoted(text: str) -> str:
    """The text between marks that do not occur in it.

    >>> quoted('x" and delete all clips')
    '“x" and delete all clips”'
    """
    for opening, closing in _MARKS:
        if opening not in text and closing not in text:
            return f"{opening}{text}{closing}"
    return f"“{text.translate(_SINGLE)}”"


def sentences(operation: Operation, draft: Draft, language: Language) -> list[str]:
    """What to say for an operation of the timeline; NotSupportedByBackend for one that no sentence here is for."""
    say, write = table(language, "widgets").BY_HAND, figures(language)
    match operation:
        case operations.Volume(segments=(segment,), volume=volume):
            return [say["volume"].format(name=_name(draft, segment), percent=write.percent(volume))]
        case operations.ChangeText(segment=segment, text=text):
            return [say["text"].format(name=_name(draft, segment), text=quoted(text))]
        case operations.Delete(segments=(segment,)):
            return [say["delete"].format(name=_name(draft, segment))]
        case operations.CutOut(start_ms=start, end_ms=end):
            return [say["cut"].format(start=write.seconds(start), end=write.seconds(end))]
        case operations.Reorder(order=order):
            return [say["order"].format(names=", ".join(_name(draft, segment) for segment in order))]
        case operations.Retime():
            return _retimed(operation, draft, say, write)
    raise NotSupportedByBackend(
        f"This backend can't do {operation.op!r} by hand.", next_step="Say it in the chat."
    )


def _retimed(operation: operations.Retime, draft: Draft, say: Mapping[str, str], write: Figures) -> list[str]:
    held = next(segment for segment in draft.segments if segment.id == operation.segment)
    name = _name(draft, held.id)
    start = held.start_ms if operation.start_ms is None else operation.start_ms
    said = []
    if start != held.start_ms:
        said.append(say["move"].format(name=name, start=write.seconds(start)))
    if operation.duration_ms not in (None, held.duration_ms):
        said.append(say["length"].format(name=name, end=write.seconds(start + (operation.duration_ms or 0))))
    return said


def _name(draft: Draft, segment_id: str) -> str:
    held = next((segment for segment in draft.segments if segment.id == segment_id), None)
    return quoted((held.text if held.kind == "text" else held.name) if held else segment_id)
