"""Files on their way in: received, checked, probed, stored, told to the session."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..draft import Draft
from ..errors import BrokenMedia, FileTooLarge, InvalidInput, NemoError
from ..media.beginning import check_beginning
from ..media.fetch import MAX_SECONDS, open_url
from ..media.probe import MediaInfo, probe
from ..media.rewrapping import is_needed, rewrap
from ..media.telling import left_out, streams
from . import handed
from .blobs import Blobs, BlobWriter
from .helpers import Helpers, OutOfProportion
from .multipart import receive
from .planner import MediaAsset
from .records import Upload
from .render import Source

log = logging.getLogger(__name__)

MAX_URLS = 20
# What looking into one file may take: of one core, and beyond what the helper has anyway. A picture of 48 megapixels
# stays below it, and so do 500 MB of packets.
PROBE_S = 5.0
PROBE_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """Uploads that are in the store now. `mended`: the assets of which the store had no copy, or a damaged one."""

    uploads: list[Upload]
    mended: set[str]


@dataclass(frozen=True, slots=True)
class Intake:
    """What is done with uploads: `fresh` ones are new here, `placed` ones go onto the timeline, `told` are both.

    `staying` are on the timeline already, `twofold` have the name of a file with other content; by asset and file.
    """

    fresh: list[Upload]
    placed: list[Upload]
    told: list[Upload]
    staying: set[tuple[str, str]]
    twofold: set[tuple[str, str]]


def sort_out(uploads: Sequence[Upload], draft: Draft, known: Sequence[Upload]) -> Intake:
    """Which of the uploads are new, and which of them have to be put onto the timeline."""
    listed = {(item.asset, item.file) for item in known}
    there = {(segment.asset, segment.file) for segment in draft.segments}
    names = {(item.asset, item.file) for item in [*known, *uploads]}
    made = Intake([], [], [], set(), set())
    for item in uploads:
        key = (item.asset, item.file)
        if any(file == item.file and asset != item.asset for asset, file in names):
            made.twofold.add(key)
        if key in there:
            there.remove(key)  # named once more it is wanted once more
            made.staying.add(key)
            continue
        is_fresh, is_placed = key not in listed, item.info["kind"] == "video"
        listed.add(key)
        made.fresh.extend([item] * is_fresh)
        made.placed.extend([item] * is_placed)
        made.told.extend([item] * (is_fresh or is_placed))
    return made


async def take_files(blobs: Blobs, helpers: Helpers, content_type: str, body: AsyncIterable[bytes]) -> Taken:
    """Every file of a multipart body. Either all are taken or, with the first one's error, none."""
    with ExitStack() as stack:
        writers: list[BlobWriter] = []

        def open_sink(name: str) -> BlobWriter:
            writers.append(stack.enter_context(blobs.writer(name)))
            return writers[-1]

        await receive(content_type, body, "files", open_sink)
        if not writers:
            raise InvalidInput("The upload holds no file.", next_step="Send the files in the field 'files'.")
        return await _keep(blobs, helpers, writers)


async def take_paths(blobs: Blobs, helpers: Helpers, rows: object) -> Taken:
    """The files of these paths, see `handed`. Either all are taken or none; NotTaken where their bytes are wanted."""
    files = handed.read_all(rows)
    with ExitStack() as stack:
        writers = [stack.enter_context(blobs.writer(file.name)) for file in files]
        await asyncio.to_thread(handed.copy, files, writers)
        return await _keep(blobs, helpers, writers)


async def take_urls(blobs: Blobs, helpers: Helpers, urls: Sequence[Any]) -> Taken:
    """The files behind the URLs. Either all are taken or none."""
    if not urls or len(urls) > MAX_URLS or not all(isinstance(url, str) for url in urls):
        raise InvalidInput(f"'urls' must be a list of 1 to {MAX_URLS} URLs.")
    with ExitStack() as stack:
        writers = []
        try:
            async with asyncio.timeout(MAX_SECONDS):
                for url in urls:
                    async with open_url(url) as (name, chunks):
                        writers.append(stack.enter_context(blobs.writer(name)))
                        async for chunk in chunks:
                            writers[-1].write(chunk)
        except TimeoutError:
            raise InvalidInput(
                "The URLs took too long.", next_step="Download the files and upload them."
            ) from None
        for writer in writers:
            writer.close()
        return await _keep(blobs, helpers, writers)


async def _keep(blobs: Blobs, helpers: Helpers, writers: Sequence[BlobWriter]) -> Taken:
    """Probe all of them, then store all of them. From the first one's storing on nobody else gets a turn."""
    infos, mended = [], set()
    for writer in writers:
        info = await look_into(helpers, writer.part, writer.file)
        settled = asyncio.to_thread(writer.settle)
        if info.is_drawn:
            await settled
        else:
            await asyncio.gather(settled, check_beginning(writer.part, writer.file))
        if await asyncio.to_thread(is_needed, writer.part, writer.file):
            twin = blobs.twin(writer.asset, writer.file)
            await rewrap(writer.part, twin)
            info = replace(await look_into(helpers, twin, twin.name), kind=info.kind)
        infos.append(info)
        if not await asyncio.to_thread(blobs.is_whole, writer.asset, writer.file):
            mended.add(writer.asset)
    pairs = zip(writers, infos, strict=True)
    return Taken([Upload(writer.keep(), writer.file, info.to_json()) for writer, info in pairs], mended)


async def look_into(helpers: Helpers, path: Path, name: str) -> MediaInfo:
    """`probe`, in a helper: the file may be made to take all memory there is, or all the time."""
    try:
        return await helpers.run(probe, path, name, seconds=PROBE_S, memory=PROBE_BYTES)
    except OutOfProportion as error:
        raise _too_much(name, error.excess) from None
    except NemoError:
        raise
    except Exception as error:  # of any decoder, which may say anything of a strange file
        if "out of memory" in str(error).lower():
            raise _too_much(name, f"more memory than {PROBE_BYTES // 1_000_000} MB") from None
        log.warning("looking into a file failed", exc_info=error)
        raise BrokenMedia(f"{name!r} can't be read: it is damaged, or not what its name says.") from None


def _too_much(name: str, excess: str) -> FileTooLarge:
    return FileTooLarge(
        f"{name!r} can't be taken: looking into it takes {excess}.",
        next_step="Make it smaller, or convert it anew, and upload that.",
    )


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
        sounds=tuple(track.get("title") or track.get("language", "") for track in info.get("sounds", ())),
        subtitles=len(info.get("subtitles", ())),
    )


async def sources_of(uploads: Sequence[Upload], blobs: Blobs, draft: Draft) -> dict[str, Source]:
    """The uploads that `draft` uses, as the renderer sees them, by asset id.

    BrokenMedia, naming the file, for one that the disk has lost or damaged.
    """
    used = {segment.asset for segment in draft.segments}
    return {item.asset: await source_of(item, blobs) for item in uploads if item.asset in used}


async def source_of(upload: Upload, blobs: Blobs) -> Source:
    """One upload as the renderer sees it. BrokenMedia for one that the disk has lost or damaged."""
    path = await asyncio.to_thread(blobs.whole, upload.asset, upload.file)
    if await asyncio.to_thread(is_needed, path, upload.file):
        twin = blobs.twin(upload.asset, upload.file)
        if not twin.exists():
            await rewrap(path, twin)
        path = twin
    return Source(path, MediaInfo.from_json(upload.info), upload.asset)


def notes_on(uploads: Sequence[Upload]) -> list[str]:
    """What has to be said of files, each by its name: which of its sounds is heard, and what isn't shown."""
    told = ((upload.file, left_out(MediaInfo.from_json(upload.info))) for upload in uploads)
    return [f"{file}: {note}" for file, note in told if note]


_STAYS = "It is on the timeline already and stays as it is. Say “add {file} again” to have it twice."
_TWOFOLD = (
    "Another file of this name was uploaded too, and both are here. Under another name each can be spoken of."
)


def video_info(upload: Upload, url: str, *, stays: bool = False, twofold: bool = False) -> dict[str, Any]:
    """The entry that the protocol shows for an upload, audio and images too; `streams` and `note` are of our own.

    `stays`: whether it was uploaded again while it is on the timeline; `twofold`: whether its name is another file's
    too.
    """
    info, known = upload.info, MediaInfo.from_json(upload.info)
    notes = [left_out(known), _STAYS.format(file=upload.file) if stays else "", _TWOFOLD if twofold else ""]
    return {
        "filename": upload.file,
        "file_type": info["kind"],
        "cdn_url": url,
        "duration": info["duration_ms"] / 1000,
        "width": info["width"],
        "height": info["height"],
        "fps": float(Fraction(info["fps"] or 0)),
        "hash": upload.asset,
        "streams": streams(known),
        "note": " ".join(filter(None, notes)),
    }
