"""Codecs as rooms: what differs between H.264, HEVC and VP9 when a film's packets are copied beside encoded ones.

Everybody else knows `Track`, `Coding` and `Room`, and no codec by its name.
"""

from __future__ import annotations

from typing import Protocol

from .h264 import H264
from .hevc import Hevc
from .track import BT709, Coding, Colours, Entry, Rewrite, Sets, Track
from .vp9 import Vp9


class Room(Protocol):
    """A codec. `codec` is FFmpeg's name for it, `tag` what stands in an MP4, `pix_fmts` those that can be copied
    beside what is encoded, `containers` the formats of exports whose own codec it may be."""

    @property
    def codec(self) -> str: ...
    @property
    def tag(self) -> str: ...
    @property
    def pix_fmts(self) -> tuple[str, ...]: ...
    @property
    def containers(self) -> tuple[str, ...]: ...

    def sets(self, extradata: bytes) -> Sets | None:
        """The parameter sets beside a track. ValueError, in words for the plan, for a kind that can't be cut."""

    def framing(self, extradata: bytes) -> Rewrite | None:
        """What makes of a packet one as it stands in an MP4, where it is another with such parameters beside it."""

    def entry(self, picture: bytes, sets: Sets | None) -> bool | None:
        """Whether decoding may begin at a packet that its container calls a keyframe: None where it may not, else
        whether it must be made to say so by `opening`. ValueError where a picture brings
        parameters that aren't in `sets`."""

    def encoder(self, crf: int, preset: str, coding: Coding) -> list[str]:
        """The options for pictures that stand beside others of `coding`, in closed groups. `crf` is x264's, `preset`
        too. ValueError where they can't stand beside those: so much is known before anything is encoded."""

    def beside(self, made: Sets, copied: Sets) -> tuple[Sets, Rewrite | None]:
        """The sets of encoded pictures beside copied ones, and what has to be done to the pictures. ValueError."""

    def opening(self, picture: bytes) -> bytes:
        """A keyframe that goes on from pictures before it, made one that begins anew."""


ROOMS: dict[str, Room] = {room.codec: room for room in (H264(), Hevc(), Vp9())}

__all__ = ["BT709", "ROOMS", "Coding", "Colours", "Entry", "Rewrite", "Room", "Sets", "Track"]
