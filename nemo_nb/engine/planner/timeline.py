"""What is there: the draft as it will be, and the uploads, as the rules ask for them."""

from __future__ import annotations

from functools import cached_property

from ...draft import Draft, Segment
from .material import Material, MediaAsset


class _MainTrack:
    """What the rules ask most often of a draft, found once: a timeline may have a thousand clips."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    @cached_property
    def clips(self) -> tuple[Segment, ...]:
        return self.draft.clips

    @cached_property
    def total(self) -> int:
        return max((clip.end_ms for clip in self.clips), default=self.draft.duration_ms)

    @cached_property
    def stems(self) -> dict[str, str]:
        """The clips' files by their names without the ending."""
        return {clip.file.rpartition(".")[0].lower(): clip.file for clip in self.clips}


class Timeline:
    """The draft and what it was made from. `last` are the segments that were spoken of last."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.draft: Draft = material.draft
        self.last: tuple[str, ...] = material.last
        self.focus: tuple[Segment, ...] = ()  # the clips that were complained of: "it" in the next sentence
        self.clicked: tuple[str, ...] = ()  # the texts that were clicked, to be typed anew
        self._seen = _MainTrack(material.draft)

    @property
    def clips(self) -> tuple[Segment, ...]:
        """The clips of the main track, in order."""
        return self._main.clips

    @property
    def _main(self) -> _MainTrack:
        if self._seen.draft is not self.draft:
            self._seen = _MainTrack(self.draft)
        return self._seen

    @property
    def total(self) -> int:
        """How long the picture is, or without one the timeline."""
        return self._main.total

    def of_kind(self, *kinds: str) -> tuple[Segment, ...]:
        return tuple(segment for segment in self.draft.segments if segment.kind in kinds)

    @property
    def music(self) -> tuple[Segment, ...]:
        return self.of_kind("audio")

    @property
    def texts(self) -> tuple[Segment, ...]:
        return self.of_kind("text")

    @property
    def overlays(self) -> tuple[Segment, ...]:
        """Pictures that lie over the picture."""
        main = {clip.id for clip in self.clips}
        return tuple(item for item in self.of_kind("image", "video") if item.id not in main)

    @property
    def covers(self) -> tuple[Segment, ...]:
        """Films that lie over the picture: b-roll, or a picture in the picture."""
        return tuple(item for item in self.overlays if item.kind == "video")

    @property
    def sounding(self) -> tuple[Segment, ...]:
        """The clips with a sound of their own."""
        return tuple(clip for clip in self.clips if clip.kind == "video")

    def segment(self, segment_id: str) -> Segment | None:
        return next((item for item in self.draft.segments if item.id == segment_id), None)

    def waiting(self, kind: str) -> list[MediaAsset]:
        """Uploads of a kind that are not on the timeline yet, in upload order."""
        placed = {segment.asset for segment in self.draft.segments}
        return [asset for asset in self.material.assets if asset.kind == kind and asset.asset not in placed]
