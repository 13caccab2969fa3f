"""What a scripted backend answers: envelopes, streams, and what goes wrong on the way."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Hang:
    """A step that waits until `resume` is called, or the client goes away.

    `reached` is set when it is come to, `ended` when it is over.
    """

    reached: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    _resumed: threading.Event = field(default_factory=threading.Event)

    def resume(self) -> None:
        self._resumed.set()


class Cut:
    def __repr__(self) -> str:
        return "cut"


cut = Cut()
"""A step at which the connection is lost."""

Step = bytes | Hang | Cut


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call is answered with: steps in order. A `cut` as the first one comes before any answer."""

    steps: tuple[Step, ...] = (b"",)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def ok(data: object = None, **headers: str) -> Answer:
    """An envelope that says yes."""
    return bare({"code": 0, "data": {} if data is None else data}, 200, headers)


def failure(code: int, message: str = "", *, status: int = 200, **headers: str) -> Answer:
    """An envelope that says no. `headers` with underscores for hyphens: `Retry_After="5"`."""
    return bare({"code": code, "message": message}, status, headers)


def events(*items: Mapping[str, Any] | Step | str, status: int = 200) -> Answer:
    """A stream of server-sent events. Dicts become events; bytes, `Hang` and `cut` stand for themselves."""
    steps = tuple(
        f"data: {json.dumps(item, ensure_ascii=False)}\n\n".encode()
        if isinstance(item, Mapping)
        else f"data: {item}\n\n".encode()
        if isinstance(item, str)
        else item
        for item in items
    )
    return Answer(steps, status, {"content-type": "text/event-stream"})


def pause() -> Hang:
    """A step to stop at: see `Hang`."""
    return Hang()


def bare(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """JSON without an envelope."""
    named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
    return Answer((json.dumps(body).encode(),), status, {"content-type": "application/json", **named})
