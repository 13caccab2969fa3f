"""What whoever speaks has before the eyes: where the playhead stands, and what is selected."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..draft import Draft
from ..errors import InvalidInput

Focus = Mapping[str, Any]
"""`at`: ms of the timeline or None; `segments`: ids. Empty where nothing is known."""

NOWHERE: Focus = MappingProxyType({})
_MOST = 10_000


def read(value: object) -> Focus:
    """A focus from JSON. InvalidInput where it is none."""
    if value is None:
        return NOWHERE
    fields: dict[str, Any] = value if isinstance(value, dict) else {"?": value}
    at, segments = fields.get("at"), fields.get("segments", [])
    moment = at is None or (isinstance(at, int) and not isinstance(at, bool) and at >= 0)
    chosen = isinstance(segments, list) and all(isinstance(item, str) for item in segments[:_MOST])
    if fields.keys() - {"at", "segments"} or not moment or not chosen or len(segments) > _MOST:
        raise InvalidInput('A focus is {"at": ms or null, "segments": [ids]}.')
    return {"at": at, "segments": list(dict.fromkeys(segments))}


def of(draft: Draft, focus: Focus) -> Focus:
    """The focus as it is on this draft: what is no longer there is not selected either."""
    if not focus:
        return focus
    there = {segment.id for segment in draft.segments}
    return {"at": focus["at"], "segments": [item for item in focus["segments"] if item in there]}
