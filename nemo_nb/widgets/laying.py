"""What it means to put a file somewhere on the lanes by hand: into the row of clips, over it, or under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from ..client import Asset
from ..draft import Draft, operations
from ..draft.operations import Operation
from ..errors import DraftError

Where = Literal["row", "over", "under"]


def laid(asset: Asset, draft: Draft, where: Where, at_ms: int) -> list[Operation]:
    """The operations for it. In the row it lands between the clips that are nearest, and all after it moves along.

    Over the picture, or a voice, it fills the frame: a photo for 3 s, a film for its length and without its sound.
    DraftError where the file can't be put there, or nothing is there to lie over.
    """
    if asset.kind == "audio":
        return [
            operations.AddMusic(
                asset=asset.hash, file=asset.name, file_ms=asset.duration_ms, at_ms=at_ms, loop=False
            )
        ]
    if where == "under":
        raise DraftError(f"{asset.name} is no sound.", next_step="Put it into the row of clips, or over it.")
    if where == "over":
        return _over(asset, draft, at_ms)
    placed = operations.place(_Media.of(asset))
    still = {"duration_ms": operations.PHOTO_MS} if asset.kind == "image" else {}
    return [placed.model_copy(update={"index": _index(draft, at_ms), **still})]


def _over(asset: Asset, draft: Draft, at_ms: int) -> list[Operation]:
    over = operations.over(_Media.of(asset), at_ms)
    if asset.kind != "video":
        return [over]
    known = {segment.id for segment in draft.segments}
    new = [segment.id for segment in over.apply(draft).segments if segment.id not in known]
    return [over, operations.Mute(segments=tuple(new))]


def _index(draft: Draft, at_ms: int) -> int | None:
    """Before which clip of the row; None after the last."""
    before = sum((clip.start_ms + clip.end_ms) / 2 < at_ms for clip in draft.clips)
    return before if before < len(draft.clips) else None


@dataclass(frozen=True, slots=True)
class _Media:
    """An upload, as operations speak of files."""

    asset: str
    file: str
    kind: Literal["video", "image", "audio"]
    duration_ms: int
    width: int
    height: int
    fps: float | str | None

    @classmethod
    def of(cls, asset: Asset) -> _Media:
        kind = cast(Literal["video", "image", "audio"], asset.kind)
        return cls(
            asset.hash, asset.name, kind, asset.duration_ms, asset.width, asset.height, asset.fps or None
        )
