"""What lies between the last change and what was there before it: "no, that's too much, somewhere in between"."""

from __future__ import annotations

from ..draft import Draft, Segment
from .doing.base import SIZE
from .frames import Arrange, Frame, Grade, Restyle, SetSpeed, SetVolume
from .memory import Deed
from .resolve import Ground
from .slots import Amount, Style, Target


def halfway(deed: Deed, ground: Ground, before: Draft) -> tuple[Frame, ...]:
    """The frames that bring what a deed changed halfway back; none where nothing of it can be measured."""
    old = {item.id: item for item in before.segments}
    pairs = [(ground.by_id[i], old[i]) for i in deed.ids if i in ground.by_id and i in old]
    return tuple(frame for now, was in pairs for frame in _between(now, was))


def _between(now: Segment, was: Segment) -> list[Frame]:
    it, found = Target(ids=(now.id,)), list[Frame]()
    if now.volume != was.volume:
        found.append(SetVolume(target=it, amount=_to((now.volume + was.volume) / 2, "share")))
    if abs(now.speed - was.speed) > 1e-6:
        found.append(SetSpeed(target=it, amount=_to((now.speed + was.speed) / 2, "factor")))
    size, older = (_font_size(item) for item in (now, was))
    if size != older:
        found.append(Restyle(target=it, style=Style(size=round((size + older) / 2, 4))))
    scale, opacity = (_mean(now, was, name) for name in ("scale", "opacity"))
    if scale is not None or opacity is not None:
        found.append(Arrange(target=it, scale=scale, opacity=opacity))
    looks, older_looks = _looks(now), _looks(was)
    for name in looks:
        mean = (looks[name] + older_looks.get(name, 0.0)) / 2
        if mean != looks[name]:
            amount = Amount(value=round(abs(mean), 4), unit="share", way="to", up=None if mean > 0 else False)
            found.append(Grade(target=it, looks=(name,), amount=amount))
    return found


def _to(value: float, unit: str) -> Amount:
    return Amount.model_validate({"value": round(value, 4), "unit": unit, "way": "to"})


def _mean(now: Segment, was: Segment, name: str) -> float | None:
    one, other = (float(item.meta.get(name, 1.0)) for item in (now, was))
    return round((one + other) / 2, 4) if one != other else None


def _font_size(item: Segment) -> float:
    return float((item.meta.get("style") or {}).get("font_size", SIZE))


def _looks(item: Segment) -> dict[str, float]:
    return {entry["name"]: float(entry.get("amount", 1)) for entry in item.meta.get("filters") or ()}
