"""What the planner may ask about media, answered once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..draft import Draft
from ..errors import BrokenMedia, InvalidInput
from ..media.loudness import Reading
from ..media.pauses import pauses
from ..media.probe import MediaInfo
from ..media.subtitles import Cue, embedded
from . import render
from .blobs import Blobs
from .helpers import Helpers, InPlace, OutOfProportion
from .intake import sources_of
from .planner import Lines, Pauses
from .records import Upload

_REMEMBERED = 1024


class Listener:
    def __init__(self, blobs: Blobs, helpers: Helpers | InPlace | None = None) -> None:
        self._blobs = blobs
        self._helpers = helpers or InPlace()
        self._pauses: dict[str, Pauses] = {}
        self._loudness: dict[str, Reading | None] = {}
        self._turns = asyncio.Lock()  # one at a time: decoding takes both cores already

    async def pauses(self, uploads: Iterable[Upload]) -> Mapping[str, Pauses]:
        """Where each upload is silent, by asset; nothing for what has no sound."""
        found: dict[str, Pauses] = {}
        for upload in uploads:
            async with self._turns:
                if upload.asset not in self._pauses:
                    _remember(self._pauses, upload.asset, await self._pauses_of(upload))
                found[upload.asset] = self._pauses[upload.asset]
        return found

    async def loudness(
        self, drafts: Iterable[Draft], uploads: Sequence[Upload]
    ) -> Mapping[Draft, Reading | None]:
        """How loud each draft is, made of the session's `uploads`; None where it is silent."""
        found: dict[Draft, Reading | None] = {}
        for draft in drafts:
            async with self._turns:
                if draft.hash not in self._loudness:
                    sources = await sources_of(uploads, self._blobs, draft)
                    _remember(self._loudness, draft.hash, await render.loudness(draft, sources))
                found[draft] = self._loudness[draft.hash]
        return found

    async def lines(
        self, wanted: Iterable[Lines], uploads: Sequence[Upload]
    ) -> Mapping[Lines, Sequence[Cue]]:
        """What each subtitle track says; nothing where it can't be read as words."""
        found: dict[Lines, Sequence[Cue]] = {}
        for track in wanted:
            upload = next((item for item in uploads if item.asset == track.asset), None)
            found[track] = await self._lines_of(upload, track.track) if upload is not None else ()
        return found

    async def _lines_of(self, upload: Upload, track: int) -> Sequence[Cue]:
        path = await asyncio.to_thread(self._blobs.whole, upload.asset, upload.file)
        zero = MediaInfo.from_json(upload.info).zero
        try:
            return await self._helpers.run(embedded, path, track, zero)
        except (InvalidInput, BrokenMedia, OutOfProportion):
            return ()

    async def _pauses_of(self, upload: Upload) -> Pauses:
        if not upload.info["has_audio"]:
            return ()
        path = await asyncio.to_thread(self._blobs.whole, upload.asset, upload.file)
        return tuple(await pauses(path))


def _remember(memory: dict[str, Any], key: str, answer: object) -> None:
    memory[key] = answer
    while len(memory) > _REMEMBERED:
        del memory[next(iter(memory))]
