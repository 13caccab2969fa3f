"""The context of a conversation as data, for a planner that isn't this engine's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..draft import Draft
from .planner import TurnSeen
from .records import Records, Session

LAST = 10
_KEPT = (
    "file",
    "text",
    "name",
    "speed",
    "volume",
    "muted",
    "loop",
    "reverse",
    "freeze",
    "transition",
    "filters",
)


def of(records: Records, session: Session, turns: Sequence[TurnSeen]) -> dict[str, Any]:
    """`draft` (compact, with its hash), `memory`, the last ten `turns` with their changes as words, and the `question`
    that is open, if there is one: see `Plan.memory`, whose key `question` it is."""
    memory = records.memory(session)
    return {
        "draft": compact(records.head(session).draft),
        "memory": memory,
        "turns": [_turn(turn) for turn in turns[-LAST:]],
        "question": memory.get("question"),
    }


def compact(draft: Draft) -> dict[str, Any]:
    """A draft in few words: what a person would name, times in ms, and what isn't as usual."""
    canvas = draft.canvas
    tracks = [
        {
            "id": track.id,
            "name": track.name,
            "segments": [
                {
                    "id": segment.id,
                    "kind": segment.kind,
                    "start_ms": segment.start_ms,
                    "end_ms": segment.end_ms,
                    **{
                        key: segment.meta[key]
                        for key in _KEPT
                        if segment.meta.get(key) not in (None, "", False)
                    },
                }
                for segment in track.segments
            ],
        }
        for track in draft.tracks
    ]
    return {
        "hash": draft.hash,
        "duration_ms": draft.duration_ms,
        "canvas": {"width": canvas.width, "height": canvas.height, "fps": str(canvas.fps)},
        "tracks": tracks,
    }


def _turn(turn: TurnSeen) -> dict[str, Any]:
    changes = [str(change) for change in turn.before.diff(turn.after)] if turn.changed else []
    return {
        "n": turn.n,
        "kind": turn.kind,
        "text": turn.text,
        "frames": list(turn.frames),
        "changes": changes,
        "undone": turn.undone,
    }
