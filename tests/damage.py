"""What a turn had no business with: `touch` says what it may change, all else that changed is damage.

`v`, `a` and `x` are pictures, sounds and titles; `v:fry` only those whose file or text has "fry" in it (`~` stands for
a blank); `r`: times may ripple; `c`: the canvas and how the pictures fit it; `*`: all; "" nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bank import TYPES

from nemo_nb.draft import Draft, Segment


def segments(draft: Draft, kind: str | None = None) -> list[Segment]:
    """The segments of tracks of that kind, bottom track first, then by start."""
    tracks = [track for track in draft.tracks if kind is None or track.type == TYPES[kind]]
    return [item for track in tracks for item in sorted(track.segments, key=lambda each: each.start_ms)]


def named(item: Segment) -> str:
    return f"{item.file} {item.text}".lower()


def same(one: Draft, other: Draft) -> bool:
    """Whether two drafts are alike; ids and empty tracks aside."""
    return _bare(one.raw) == _bare(other.raw)


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _bare(part) for key, part in value.items() if key != "id" and not (key == "t" and part == [])
        }
    return [_bare(part) for part in value if not _is_empty_track(part)] if isinstance(value, list) else value


def _is_empty_track(value: Any) -> bool:
    return isinstance(value, dict) and "tt" in value and not value.get("sg")


def damage(touch: str, before: Draft, after: Draft) -> list[str]:
    """What was lost, added or altered though the turn wasn't to touch it."""
    may = touch.split()
    if "*" in may:
        return []
    if not may:
        return [] if same(before, after) else ["something changed"]
    free = [(word[0], word[2:].replace("~", " ").lower()) for word in may if re.match("[vax](:|$)", word)]
    were, are = (Counter(_spared(draft, may, free)) for draft in (before, after))
    found = [
        f"lost {item}" for item in were - are if not (_is_title(item) and _shortened(may, before, after))
    ]
    found += [f"new {item}" for item in are - were]
    if "c" not in may and before.canvas != after.canvas and segments(before):
        found.append(f"canvas {before.canvas} -> {after.canvas}")
    return found


def _spared(draft: Draft, may: list[str], free: list[tuple[str, str]]) -> Iterator[str]:
    """What each segment that a turn may not touch is like, in what that turn may not change about it."""
    loose = {"name", "kind"}
    loose |= {"transition"} if any(letter == "v" for letter, _ in free) or "r" in may else set()
    loose |= {"source_start_ms", "loop"} if "r" in may else set()
    loose |= {"fit", "crop", "position", "scale"} if "c" in may else set()
    for item in segments(draft):
        letter = {0: "v", 1: "a", 7: "x"}[item.track_type]
        if any(letter == kind and part in named(item) for kind, part in free):
            continue
        meta = {
            key: value
            for key, value in item.meta.items()
            if key not in loose and (key, value) != ("fit", "contain")
        }
        times = () if "r" in may else (item.start_ms, item.duration_ms)
        yield json.dumps([letter, meta, *times], sort_keys=True, ensure_ascii=False)


def _is_title(item: str) -> bool:
    return item.startswith('["x"')


def _shortened(may: list[str], before: Draft, after: Draft) -> bool:
    return "r" in may and after.duration_ms < before.duration_ms
