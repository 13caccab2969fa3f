"""What is heard: volume, loudness, silence, fades, ducking."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ...errors import DraftError
from ..edit import Edit
from ..model import Draft, Segment
from ..schema import Ms
from .base import (
    AUDIO,
    Handle,
    Op,
    SegmentId,
    SegmentIds,
    plays,
    segment,
    set_or_clear,
    with_picture,
    with_sound,
)

LOUDEST = 4.0  # the highest volume there is
PEAK_DB = -1.0  # the true peak that levelling leaves room for, as broadcasters and music services ask


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

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        if plays(segment):
            yield Handle("volume", "volume", segment.volume)


class Measured(BaseModel):
    """How loud a segment is at volume 1: integrated loudness (EBU R128) and true peak of its part of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    segment: SegmentId
    lufs: Annotated[float, Field(ge=-70, le=20)]
    peak_db: Annotated[float, Field(le=40, description="True peak in dB of full scale.")]

    @property
    def reach_lufs(self) -> float:
        """The loudest it can be: more, and its peaks would clip, or its volume would be over 4."""
        return self.lufs + min(PEAK_DB - self.peak_db, 20 * math.log10(LOUDEST))

    def volume_at(self, target_lufs: float) -> float:
        """The volume that makes it so loud, or as loud as it can be."""
        return round(10 ** ((min(target_lufs, self.reach_lufs) - self.lufs) / 20), 4)


class Loudness(Op):
    """Brings segments to one loudness, each by a volume of its own: -14 LUFS as music services play, -23 as TV does.

    What each is like is measured beforehand and given in `sounds`, so that the same operation always makes the
    same draft. One volume lasts for the whole segment: nothing pumps. None is raised so far that its true peak
    would go over -1 dB, or its volume over 4.
    """

    op: Literal["loudness"] = "loudness"
    sounds: Annotated[tuple[Measured, ...], Field(min_length=1)]
    target_lufs: Annotated[float, Field(ge=-70, le=0)] = -14

    @property
    def segments(self) -> tuple[str, ...]:
        """The ids of the segments that it is about."""
        return tuple(item.segment for item in self.sounds)

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        for item in self.sounds:
            with_sound(edit, item.segment)["m"]["volume"] = item.volume_at(self.target_lufs)
        return edit.done()


class ChooseSound(Op):
    """Chooses which sound tracks of a file are heard, in all clips of it; several are mixed.

    Tracks are numbered from 1, as `project.streams` lists them. Without any, what the file itself prefers is heard.
    """

    op: Literal["choose_sound"] = "choose_sound"
    file: Annotated[str, Field(min_length=1, description="The name of the file.")]
    tracks: Annotated[tuple[Annotated[int, Field(ge=1, le=64)], ...], Field(max_length=16)] = ()

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        clips = [item for _, item in edit.segments() if item["m"].get("file") == self.file]
        if not any(item["m"].get("kind") in ("video", "audio") for item in clips):
            raise DraftError(f"Nothing of {self.file!r} is on the timeline.")
        for item in clips:
            set_or_clear(item["m"], "sound_tracks", sorted(set(self.tracks)), [])
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

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        if plays(segment):
            yield Handle("muted", "muted", segment.muted)


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

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        for of, prefix, has in (
            ("sound", "", plays(segment)),
            ("picture", "video_", segment.kind != "audio"),
        ):
            for end in ("in", "out") if has else ():
                name = f"{prefix}fade_{end}_ms"
                yield Handle(
                    name, f"{end}_ms", segment.ms(name), {"of": of}, most=segment.duration_ms, group=of
                )


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

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        if segment.track_type == AUDIO and not draft.is_on_main(segment):
            yield Handle("duck", "amount_db", (segment.meta.get("duck") or {}).get("amount_db", 0))
