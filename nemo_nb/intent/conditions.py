"""A wish that depends on how long something is: "if the drone clip is longer than 15 s, trim it to 15"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .frames import Frame, Question, Spare
from .items import Item
from .lexicon import listed, matching
from .resolve import Absent, Found, Ground, Missing
from .slots import Target

_FARTHEST = 9
_JOINTS = ("break", "join")


@dataclass(frozen=True)
class Condition:
    """What must be longer, or shorter, than so much."""

    target: Target
    ms: int
    longer: bool
    otherwise: bool = False  # where it is not so

    def holds(self, length: int) -> bool:
        so = length > self.ms if self.longer else length < self.ms
        return so is not self.otherwise


def without_condition(items: Sequence[Item], text: str) -> tuple[Condition | None, list[Item]]:
    """What a wish depends on, and the items that say what is wished for."""
    start = next((n for n, item in enumerate(items) if _supposes(item)), None)
    if start is None:
        return None, list(items)
    run = items[start : start + _FARTHEST]
    end = next((n for n, item in enumerate(run, start) if item.what == "time"), None)
    if end is None or any(item.what in _JOINTS for item in items[start:end]):
        return None, list(items)
    said = text[items[start].end : items[end].start]
    longer = matching("exceeds").search(said) is not None
    if not longer and not matching("falls_short").search(said):
        return None, list(items)
    if start and items[start - 1].what == "target":
        start -= 1  # 第二段要是超过10秒
    target = next((item.value for item in items[start:end] if item.what == "target"), Target(refer="it"))
    condition = Condition(target, int(items[end].value), longer)
    end += 1
    while end < len(items) and (items[end].text in listed("of_a_length") or _supposes(items[end])):
        end += 1
    while end < len(items) and items[end].what in _JOINTS:
        end += 1
    return condition, [*items[:start], *items[end:]]


def _supposes(item: Item) -> bool:
    return item.marked("if") or item.text in listed("in_case")


def is_otherwise(items: Sequence[Item]) -> bool:
    """ "…, otherwise leave it"."""
    first = next((item for item in items if item.what not in _JOINTS), None)
    return first is not None and first.text in listed("otherwise")


def otherwise(condition: Condition) -> Condition:
    return replace(condition, otherwise=not condition.otherwise)


def there_is(frame: Frame | None) -> Condition | None:
    """ "Is there any music in it? If not, …": the answer decides."""
    if not isinstance(frame, Question) or frame.about != "list" or frame.target is None:
        return None
    return Condition(frame.target, 0, longer=True)


def where_it_holds(frame: Frame, condition: Condition, ground: Ground) -> Frame | None:
    """The frame for those of which the condition is true; None where there are none."""
    own: Target | None = getattr(frame, "target", None)
    bare = own is None or own == condition.target or (own.plain and own.refer in ("it", "them"))
    pronoun = condition.target.plain and condition.target.refer == "it"
    about = own if pronoun and own is not None and not bare else condition.target
    if about == Target(kind="clip"):
        about = Target(kind="clip", every="all")  # "if any of the clips …"
    found = (
        ground.find(about, ("clip",) if about.kind is None else (about.kind,))
        if about.kind != "video"
        else None
    )
    if isinstance(found, (Missing, Absent)):
        return frame if condition.otherwise else None  # what isn't there is neither longer nor shorter
    if not isinstance(found, Found):
        return frame if condition.holds(ground.total) else None
    ids = tuple(item.id for item in found.segments if condition.holds(item.duration_ms))
    if not ids or isinstance(frame, Spare):
        return None
    if about is not own and not bare:
        return frame if len(ids) == len(found.segments) else None
    return (
        frame.model_copy(update={"target": Target(ids=ids)})
        if "target" in type(frame).model_fields
        else frame
    )
