"""What is heard: volume, silence, fades, ducking."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ...errors import DraftError
from ..edit import Edit
from ..model import Draft
from ..schema import Ms
from .base import Op, SegmentIds, segment, set_or_clear, with_picture, with_sound


class Volume(Op):
    """Sets how loud segments are: 1.0 as recorded, 0.5 half, 0 silent, 4 the most."""

    op: Literal["volume"] = "volume"
    segments: SegmentIds
    volume: Annotated[float, Field(ge=0, le=4)]

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        for segment_id in self.segments:
            meta = with_sound(edit, segment_id)["m"]
            meta["volume"] = self.volume
            meta.pop("muted", None)
        return edit.done()


class Mute(Op):
    """Silences segments, or with `muted` false gives them their volume back."""

    op: Literal["mute"] = "mute"
    segments: SegmentIds
    muted: bool = True

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        for segment_id in self.segments:
            meta = with_sound(edit, segment_id)["m"]
            set_or_clear(meta, "muted", self.muted, False)
            if not self.muted and meta.get("volume") == 0:
                meta["volume"] = 1.0
        return edit.done()


class Fade(Op):
    """Sets the fades of segments, in ms: of the sound, of the picture (from and to the background) or both.

    `in_ms` or `out_ms` left out stays as it is; 0 takes the fade away. None is longer than its segment.
    """

    op: Literal["fade"] = "fade"
    segments: SegmentIds
    of: Literal["sound", "picture", "both"] = "both"
    in_ms: Ms | None = None
    out_ms: Ms | None = None

    def apply(self, draft: Draft) -> Draft:
        if self.in_ms is None and self.out_ms is None:
            raise DraftError("A fade needs in_ms or out_ms.")
        edit = Edit(draft)
        for segment_id in self.segments:
            for prefix in self._prefixes(edit, segment_id):
                item = segment(edit, segment_id)
                for end, length in (("in", self.in_ms), ("out", self.out_ms)):
                    if length is not None:
                        set_or_clear(item["m"], f"{prefix}fade_{end}_ms", min(length, item["d"]), 0)
        return edit.done()

    def _prefixes(self, edit: Edit, segment_id: str) -> list[str]:
        kind = segment(edit, segment_id)["m"].get("kind")
        if self.of == "sound":
            with_sound(edit, segment_id)
        if self.of == "picture":
            with_picture(edit, segment_id)
        return [
            *([""] if self.of != "picture" and kind in ("video", "audio") else []),
            *(["video_"] if self.of != "sound" and kind != "audio" else []),
        ]


class Duck(Op):
    """Lowers sound by `amount_db` while the picture's own sound is heard; 0 ends it."""

    op: Literal["duck"] = "duck"
    segments: SegmentIds
    amount_db: Annotated[float, Field(ge=0, le=60)] = 12

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        for segment_id in self.segments:
            meta = with_sound(edit, segment_id)["m"]
            set_or_clear(meta, "duck", {"amount_db": self.amount_db} if self.amount_db else None, None)
        return edit.done()
