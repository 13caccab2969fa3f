"""Files on their way in: received, checked, probed, stored, told to the session."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Sequence
from contextlib import ExitStack
from fractions import Fraction
from typing import Any

from ..errors import InvalidInput
from ..media.fetch import MAX_SECONDS, open_url
from ..media.probe import MediaInfo, probe
from .blobs import Blobs, BlobWriter
from .multipart import receive
from .planner import MediaAsset
from .records import Upload
from .render import Source

MAX_URLS = 20


async def take_files(blobs: Blobs, content_type: str, body: AsyncIterable[bytes]) -> list[Upload]:
    """Every file of a multipart body. Either all are taken or, with the first one's error, none."""
    with ExitStack() as stack:
        writers: list[BlobWriter] = []

        def open_sink(name: str) -> BlobWriter:
            writers.append(stack.enter_context(blobs.writer(name)))
            return writers[-1]

        await receive(content_type, body, "files", open_sink)
        if not writers:
            raise InvalidInput("The upload holds no file.", next_step="Send the files in the field 'files'.")
        return await _keep(writers)


async def take_urls(blobs: Blobs, urls: Sequence[Any]) -> list[Upload]:
    """The files behind the URLs. Either all are taken or none."""
    if not urls or len(urls) > MAX_URLS or not all(isinstance(url, str) for url in urls):
        raise InvalidInput(f"'urls' must be a list of 1 to {MAX_URLS} URLs.")
    with ExitStack() as stack:
        writers = []
        for url in urls:
            try:
                async with asyncio.timeout(MAX_SECONDS), open_url(url) as (name, chunks):
                    writer = stack.enter_context(blobs.writer(name))
                    async for chunk in chunks:
                        writer.write(chunk)
            except TimeoutError:
                raise InvalidInput(
                    "A URL took too long.", next_step="Download the file and upload it."
                ) from None
            writer.close()
            writers.append(writer)
        return await _keep(writers)


async def _keep(writers: Sequence[BlobWriter]) -> list[Upload]:
    """Probe all of them, then store all of them."""
    infos = [await asyncio.to_thread(probe, writer.part, writer.file) for writer in writers]
    pairs = zip(writers, infos, strict=True)
    return [Upload(writer.keep(), writer.file, info.to_json()) for writer, info in pairs]


def media_asset(upload: Upload) -> MediaAsset:
    """An upload as the planner sees it."""
    info = upload.info
    return MediaAsset(
        asset=upload.asset,
        file=upload.file,
        kind=info["kind"],
        duration_ms=info["duration_ms"],
        width=info["width"],
        height=info["height"],
        fps=info["fps"],
    )


def sources_of(uploads: Sequence[Upload], blobs: Blobs) -> dict[str, Source]:
    """The uploads as the renderer sees them, by asset id."""
    return {
        item.asset: Source(blobs.path(item.asset, item.file), MediaInfo.from_json(item.info), item.asset)
        for item in uploads
    }


def video_info(upload: Upload, url: str) -> dict[str, Any]:
    """The entry that the protocol shows for an upload, audio and images too."""
    info = upload.info
    return {
        "filename": upload.file,
        "file_type": info["kind"],
        "cdn_url": url,
        "duration": info["duration_ms"] / 1000,
        "width": info["width"],
        "height": info["height"],
        "fps": float(Fraction(info["fps"] or 0)),
        "hash": upload.asset,
    }
