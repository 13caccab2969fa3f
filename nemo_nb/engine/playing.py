"""Playing the cut: the list of its pieces, and each piece when a player wants it."""

from __future__ import annotations

import asyncio
import dataclasses
import tempfile
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..errors import InvalidInput, OutOfDate
from .looking import the_cut
from .render import reel
from .render.cache import Cache
from .render.scene import Scene
from .service import answer, engine_of, number

_MOST_FRAMES = 300

_three_at_a_time = asyncio.Semaphore(3)  # a picture, its sound, and what comes next


def routes(session: str) -> list[Route]:
    """`session`: the path of a session."""
    return [Route(f"{session}/reel", whole_reel), Route(f"{session}/reel/{{kind}}", piece)]


async def whole_reel(request: Request) -> Response:
    """All pieces, each with its first frame, how many they are, and the keys of picture and sound."""
    scene = await _scene(request)
    made = await asyncio.to_thread(reel.pieces, scene)
    rate = [scene.fps.numerator, scene.fps.denominator]
    rows = [dataclasses.asdict(item) for item in made]
    return answer({"fps": rate, "size": [scene.width, scene.height], "codecs": reel.CODECS, "pieces": rows})


async def piece(request: Request) -> Response:
    """The picture or the sound of a piece, by its frames and key. OutOfDate where the edit has changed since."""
    kind = request.path_params["kind"]
    if kind not in reel.CODECS:
        raise InvalidInput("A reel has a 'picture' and a 'sound'.")
    engine, scene = engine_of(request), await _scene(request)
    first = number(request, "first", 0, 0, 999_999_999)
    frames = number(request, "frames", 60, 1, _MOST_FRAMES)
    if first + frames > scene.frames:
        raise OutOfDate("The cut has become shorter.", next_step="Ask for the reel again.")
    key = request.query_params.get("key") or None
    if key != reel.key_of(scene, kind, first, frames):
        raise OutOfDate("The cut has changed there.", next_step="Ask for the reel again.")
    make = reel.make_picture if kind == "picture" else reel.make_sound
    cache = Cache(engine.home.cache)
    with tempfile.TemporaryDirectory(dir=engine.home.work) as folder:
        path = Path(folder, f"{kind}.mp4")
        if not await asyncio.to_thread(cache.lend, key, path):
            async with _three_at_a_time:
                await make(scene, first, frames, path)
            await asyncio.to_thread(cache.keep, key, path)
        content = await asyncio.to_thread(path.read_bytes)
    return Response(content, media_type=reel.CODECS[kind].partition(";")[0])


async def _scene(request: Request) -> Scene:
    return await asyncio.to_thread(reel.reel_scene, *await the_cut(request))
