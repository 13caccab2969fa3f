"""What the planner may ask about media, answered once a file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from ..media.pauses import pauses
from .blobs import Blobs
from .planner import Pauses
from .records import Upload

_REMEMBERED = 256


class Listener:
    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._heard: dict[str, Pauses] = {}
        self._turns = asyncio.Lock()  # one file at a time: decoding takes both cores already

    async def pauses(self, uploads: Iterable[Upload]) -> Mapping[str, Pauses]:
        """Where each upload is silent, by asset; nothing for what has no sound."""
        found: dict[str, Pauses] = {}
        for upload in uploads:
            async with self._turns:
                if upload.asset not in self._heard:
                    self._heard[upload.asset] = await self._listen(upload)
                    while len(self._heard) > _REMEMBERED:
                        del self._heard[next(iter(self._heard))]
            found[upload.asset] = self._heard[upload.asset]
        return found

    async def _listen(self, upload: Upload) -> Pauses:
        if not upload.info["has_audio"]:
            return ()
        return tuple(await pauses(self._blobs.path(upload.asset, upload.file)))
