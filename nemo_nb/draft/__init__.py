"""The document: what is on the timeline. Pure data and pure functions, no I/O.

`model` reads a draft, `edit` is the working copy that operations change, `schema` says what may be
written, `canonical` hashes it, `difference` and `summary` put it in words, `frame` makes the table.
"""

from .changes import Changes
from .difference import Change
from .model import Canvas, Draft, Segment, Track

__all__ = ["Canvas", "Change", "Changes", "Draft", "Segment", "Track"]
