"""What every operation shares: its form, and how it finds what it works on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from ...errors import DraftError
from ..edit import Edit, RawSegment, RawTrack
from ..model import Draft, Segment, main_of
from ..timecode import seconds

VIDEO, AUDIO, TEXT = 0, 1, 7
SHORTEST_MS = 10

SegmentId = Annotated[str, Field(min_length=1, description="The id of a segment of the draft.")]
SegmentIds = Annotated[tuple[SegmentId, ...], Field(min_length=1, description="The ids of segments.")]


@dataclass(frozen=True, slots=True)
class Handle:
    """Something about a segment that a hand can set: by which field of an operation, and how it stands now.

    The field's `path` is dotted where it lies within another, and empty where the operation itself is the change;
    `given` goes with it. Where it `clears`, None takes away what is set. `choices`, `least` and `most` are
    narrower than the field's own. It is shown in the `group` that its operation's file is called after, or in another.
    """

    name: str
    path: str
    value: Any
    given: Mapping[str, Any] = field(default_factory=dict)
    clears: bool = False
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    group: str = ""


class Op(BaseModel, ABC):
    """One edit: plain data, and a pure function from a draft to the next.

    Every operation is JSON (`op` says which one), never changes, and refuses fields it doesn't know.
    `apply` raises DraftError where the edit cannot be made on that draft.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @abstractmethod
    def apply(self, draft: Draft) -> Draft: ...

    @classmethod
    def handles(cls, draft: Draft, segment: Segment) -> Iterable[Handle]:
        """What it can set about a segment, for pages with a field for each. None where it is no setting."""
        return ()

    @classmethod
    def by_hand(cls, segment: Segment, handle: Handle, value: Any) -> Sequence[Mapping[str, Any]]:
        """The operations, unchecked, that set it so."""
        return [cls._of(segment, {**handle.given, **_nested(handle.path, value)})]

    @classmethod
    def _of(cls, segment: Segment, fields: Mapping[str, Any]) -> dict[str, Any]:
        about = {"segments": [segment.id]} if "segments" in cls.model_fields else {"segment": segment.id}
        return {"op": cls.model_fields["op"].default, **about, **fields}


def _nested(path: str, value: Any) -> dict[str, Any]:
    """`("style.bold", True)` as `{"style": {"bold": True}}`."""
    inner = reduce(lambda within, key: {key: within}, reversed(path.split(".")), value) if path else {}
    return dict(inner)


class InPlace(Op):
    """One that needs nothing of the draft but its working copy: hundreds in a row open it once."""

    @abstractmethod
    def change(self, edit: Edit) -> None: ...

    def apply(self, draft: Draft) -> Draft:
        edit = Edit(draft)
        self.change(edit)
        return edit.done()


def main_track(edit: Edit) -> RawTrack | None:
    """The track whose clips make the length, as `Draft.main_track` says."""
    filled = [track for track in edit.tracks if track["sg"]]
    place = main_of((track["tt"], track["m"].get("name")) for track in filled)
    return None if place is None else filled[place]


def the_main_track(edit: Edit) -> RawTrack:
    """The main track; DraftError on an empty timeline."""
    track = main_track(edit)
    if track is None:
        raise DraftError("The timeline is empty.", next_step="Upload a video first.")
    return track


def main_clips(edit: Edit) -> list[RawSegment]:
    """The clips of the main track in the order of the timeline. DraftError on an empty timeline."""
    return sorted(the_main_track(edit)["sg"], key=lambda clip: int(clip["s"]))


def picture_end(edit: Edit) -> int:
    """Where the main track ends; 0 on an empty timeline."""
    track = main_track(edit)
    return max((end_of(clip) for clip in track["sg"]), default=0) if track else 0


def is_free(track: RawTrack, start: int, length: int) -> bool:
    """Whether nothing lies on a track in that time."""
    end = start + length
    return not any(item["s"] < end and start < item["s"] + item["d"] for item in track["sg"])


def free_track(edit: Edit, track_type: int, name: str, start: int, length: int) -> RawTrack:
    """A track above the main one with room there, or a new one: sounds and pictures go under the titles."""
    main = main_track(edit)
    for track in edit.tracks:
        alike = track["tt"] == track_type and (track_type != TEXT or (track["m"].get("name") or name) == name)
        if track is not main and alike and is_free(track, start, length):
            return track
    track = edit.add_track(track_type, name)
    first_title = next((n for n, other in enumerate(edit.tracks[:-1]) if other["tt"] == TEXT), None)
    if first_title is not None and track_type != TEXT:
        edit.tracks.insert(first_title, edit.tracks.pop())
    return track


def segment(edit: Edit, segment_id: str) -> RawSegment:
    """The segment with that id, or a DraftError that lists the ids there are."""
    found = edit.find(segment_id)
    if found is None:
        known = ", ".join(str(item["id"]) for _, item in edit.segments()) or "none"
        raise DraftError(f"There is no segment {segment_id!r} in this draft.", next_step=f"It has: {known}.")
    return found


def track_of(edit: Edit, segment_id: str) -> RawTrack:
    segment(edit, segment_id)
    return edit.track_of(segment_id)


def plays(segment: Segment) -> bool:
    """Whether it runs, and has a sound that may be heard."""
    return segment.kind in ("video", "audio") and not segment.meta.get("freeze")


def with_picture(edit: Edit, segment_id: str) -> RawSegment:
    """That segment, when it is one that can be seen."""
    if track_of(edit, segment_id)["tt"] == AUDIO:
        raise DraftError(f"Segment {segment_id!r} is sound and has no picture.")
    return segment(edit, segment_id)


def with_sound(edit: Edit, segment_id: str) -> RawSegment:
    """That segment, when it is one that can be heard."""
    found = segment(edit, segment_id)
    if found["m"].get("kind") in ("image", "text"):
        raise DraftError(f"Segment {segment_id!r} has no sound.")
    return found


def end_of(raw: RawSegment) -> int:
    return int(raw["s"] + raw["d"])


def set_or_clear(meta: dict[str, Any], key: str, value: Any, default: Any) -> None:
    """Writes `value`, and leaves the key out where it is the default: equal edits make equal drafts."""
    if value == default:
        meta.pop(key, None)
    else:
        meta[key] = value


def within(edit: Edit, start_ms: int, end_ms: int) -> tuple[int, int]:
    """The part of a range that lies on the timeline. DraftError where there is none of it."""
    total = picture_end(edit)
    if end_ms <= start_ms:
        raise DraftError(
            f"A range must end after it starts; {seconds(start_ms)} to {seconds(end_ms)} doesn't."
        )
    if start_ms >= total:
        raise DraftError(f"{seconds(start_ms)} is outside: the timeline is only {seconds(total)} long.")
    return start_ms, min(end_ms, total)
