"""What the files of a timeline look and sound like: one wide picture each, for the lanes.

They are sent to a page that asks and kept in no document: a widget's state, and so a notebook, stays small.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ..client import Asset
from ..project import AsyncProject

Kind = Literal["film", "wave"]

HEIGHT = 64  # somewhat more than a lane's, for screens with fine pixels
_MS_A_FRAME, _FRAMES = 2000, (8, 48)
_MS_A_COLUMN, _COLUMNS = 40, (300, 4000)


def by_id(assets: Iterable[Asset]) -> dict[str, Asset]:
    """The uploads by a short id that their bytes alone decide."""
    return {file_id(asset.hash): asset for asset in assets if asset.hash}


def file_id(asset: str) -> str:
    """Short, as every segment of a long timeline has it."""
    return asset.removeprefix("sha256:")[:12]


async def of(project: AsyncProject, asset: Asset, kind: Kind) -> tuple[bytes, int]:
    """A picture of all of a file, and how many frames stand in it side by side.

    NotSupportedByBackend on a plain backend; InvalidInput for a wave of what is silent.
    """
    if kind == "wave":
        columns = _within(_COLUMNS, asset.duration_ms // _MS_A_COLUMN)
        return (await project.waveform(asset.hash, width=columns, height=HEIGHT)).content, 1
    frames = _within(_FRAMES, asset.duration_ms // _MS_A_FRAME) if asset.duration_ms else 1
    return (await project.filmstrip(asset.hash, frames=frames, height=HEIGHT)).content, frames


def _within(bounds: tuple[int, int], number: int) -> int:
    least, most = bounds
    return max(least, min(most, number))
