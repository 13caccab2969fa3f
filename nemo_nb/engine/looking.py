"""Looking at what an export would be, and at what was uploaded: frames, small films, strips for a timeline's lanes."""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from .. import __version__
from ..draft import Draft
from ..draft.timecode import seconds
from ..errors import InvalidInput, NothingToExport
from ..media.strips import draw_filmstrip, waveform
from .intake import source_of, sources_of
from .render import Source, Sources, cut_proxy, frame_png
from .render.cache import Cache
from .service import Engine, engine_of, number

FRAME_HEIGHT = 540
PROXY_HEIGHT = 360

# Decoding takes every core already; strips come by the dozen, and so do frames while a playhead is dragged.
_one_at_a_time = asyncio.Semaphore(1)
_two_at_a_time = asyncio.Semaphore(2)


def routes(session: str) -> list[Route]:
    """`session`: the path of a session."""
    return [
        Route(f"{session}/preview", preview_frame),
        Route(f"{session}/preview.mp4", preview_cut),
        Route(f"{session}/filmstrip", asset_filmstrip),
        Route(f"{session}/waveform", asset_waveform),
    ]


async def preview_frame(request: Request) -> Response:
    engine = engine_of(request)
    session = engine.session(request)
    draft = engine.records.head(session).draft
    at_ms = number(request, "at_ms", 0, 0, 24 * 3_600_000)
    height = number(request, "height", FRAME_HEIGHT, 16, 4320)
    if at_ms > draft.duration_ms:
        raise InvalidInput(
            f"There is no frame at {seconds(at_ms)}: the cut ends at {seconds(draft.duration_ms)}.",
            next_step="Name an earlier time: preview(0) is the first frame.",
        )
    sources = await sources_of(engine.records.uploads(session.id), engine.blobs, draft)
    async with _two_at_a_time:
        return Response(await frame_png(draft, sources, at_ms, height), media_type="image/png")


async def the_cut(request: Request) -> tuple[Draft, Sources, int]:
    """The session's edit, the files that it is made of, and how high it is wanted. NothingToExport for an empty one."""
    engine = engine_of(request)
    session = engine.session(request)
    draft = engine.records.head(session).draft
    if not draft.can_export:
        raise NothingToExport("There is nothing on the timeline.")
    height = number(request, "height", PROXY_HEIGHT, 16, 1080)
    return draft, await sources_of(engine.records.uploads(session.id), engine.blobs, draft), height


async def preview_cut(request: Request) -> Response:
    engine = engine_of(request)
    draft, sources, height = await the_cut(request)
    folder = Path(tempfile.mkdtemp(dir=engine.home.work))
    tidy = BackgroundTask(asyncio.to_thread, shutil.rmtree, folder, ignore_errors=True)
    target = folder / "preview.mp4"
    try:
        async with _two_at_a_time:
            await cut_proxy(draft, sources, target, height, cache=Cache(engine.home.cache))
    except BaseException:
        await tidy()
        raise
    return FileResponse(target, media_type="video/mp4", background=tidy)


async def asset_filmstrip(request: Request) -> Response:
    """Pictures of an upload side by side, from its start to its end: see `media.strips.filmstrip`."""
    engine, source = engine_of(request), await _source(request)
    if not source.info.has_video:
        raise InvalidInput("A filmstrip needs a picture, and this file has none.")
    frames = number(request, "frames", 30, 1, 200)
    height = number(request, "height", 48, 16, 240)
    strip = await _kept(
        engine,
        ("filmstrip", source.asset, frames, height),
        lambda: engine.readers.run(draw_filmstrip, source.path, source.info, frames, height),
    )
    return Response(strip, media_type="image/jpeg")


async def asset_waveform(request: Request) -> Response:
    """The sound of an upload as a picture, from its start to its end: see `media.strips.waveform`."""
    engine, source = engine_of(request), await _source(request)
    if not source.info.has_audio:
        raise InvalidInput("A waveform needs sound, and this file has none.")
    width = number(request, "width", 1200, 16, 8000)
    height = number(request, "height", 48, 16, 240)
    wave = await _kept(
        engine, ("waveform", source.asset, width, height), lambda: waveform(source.path, width, height)
    )
    return Response(wave, media_type="image/png")


async def _source(request: Request) -> Source:
    """The upload that the query names by its hash."""
    engine = engine_of(request)
    asset = request.query_params.get("asset", "")
    for upload in engine.records.uploads(engine.session(request).id):
        if upload.asset == asset:
            return await source_of(upload, engine.blobs)
    raise InvalidInput("This file was not uploaded to this session.")


async def _kept(engine: Engine, what: tuple[str | int, ...], make: Callable[[], Awaitable[bytes]]) -> bytes:
    """What the cache has of it, or what is made now and kept."""
    cache = Cache(engine.home.cache)
    key = hashlib.sha256(json.dumps([__version__, *what]).encode()).hexdigest()
    async with _one_at_a_time:
        with tempfile.TemporaryDirectory(dir=engine.home.work) as folder:
            path = Path(folder, "strip")
            if await asyncio.to_thread(cache.lend, key, path):
                return await asyncio.to_thread(path.read_bytes)
            made = await make()
            await asyncio.to_thread(path.write_bytes, made)
            await asyncio.to_thread(cache.keep, key, path)
            return made
