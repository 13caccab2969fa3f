"""The drafts of the past, for whoever asks how something was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from ..draft import Draft
from .records import DraftOf
from .staying import Uploaded

__all__ = ["Past"]


class Past(Sequence[Draft]):
    """Drafts of the past, each read when it is asked for: how to, and the uploads since, oldest first."""

    def __init__(self, steps: Sequence[tuple[DraftOf, tuple[Uploaded, ...]]]) -> None:
        self._steps = steps

    def __len__(self) -> int:
        return len(self._steps)

    @overload
    def __getitem__(self, place: int) -> Draft: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Draft]: ...
    def __getitem__(self, place: int | slice) -> Draft | Sequence[Draft]:
        if isinstance(place, slice):
            return Past(self._steps[place])
        read, uploads = self._steps[place]
        draft = read()
        for upload in uploads:
            _, draft = upload.again(draft)
        return draft
