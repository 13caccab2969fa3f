"""What isn't made here is refused, each kind with what can be done instead."""

from __future__ import annotations

from ..frames import Beyond
from ..stage import Stage
from .base import does

# The reply to each kind of wish.
_REPLIES = {
    "dub": "beyond_voice", "voice": "beyond_voice", "generate": "beyond_generate", "animate": "beyond_generate",
    "face": "beyond_objects", "transcribe": "beyond_captions", "translate": "beyond_captions",
    "highlights": "beyond_highlights", "fillers": "beyond_fillers", "erase": "beyond_objects",
    "stabilize": "beyond_repair", "denoise": "beyond_repair", "publish": "beyond_publish", "cutout": "beyond_objects",
    "split_edit": "beyond_split_edit", "ramp": "beyond_ramp", "project": "beyond_project",
    "font": "beyond_font", "motion": "beyond_motion", "effect": "beyond_effect",
    "tone": "beyond_tone", "split_screen": "beyond_split_screen",
}  # fmt: skip


@does(Beyond)
def beyond(frame: Beyond, stage: Stage) -> None:
    stage.refuse(_REPLIES.get(frame.kind, "beyond_generate"), wish=frame.wish)
