"""The doctor's checks. Each looks at the real thing and yields what it found, with a fix where it isn't well.

What a check needs is imported when it runs: on a machine where something is missing, the other checks still tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .backend import engine, sign_in, storage
from .finding import BROKEN, LIMITED, OK, Finding, State
from .machine import disk, ffmpeg, fonts
from .notebook import kernel, widgets

__all__ = ["BROKEN", "CHECKS", "LIMITED", "OK", "Check", "Finding", "State"]

Check = Callable[[], Iterator[Finding]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("kernel", kernel),
    ("widgets", widgets),
    ("ffmpeg", ffmpeg),
    ("fonts", fonts),
    ("disk", disk),
    ("sign-in", sign_in),
    ("engine", engine),
    ("storage", storage),
)
