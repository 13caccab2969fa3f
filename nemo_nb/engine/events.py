"""What happens to a project, told as it happens: `GET …/events`, server-sent events.

Each tells the number of the turn at which the project stands now, and the mark of the client that made the change, so
that whoever made it can tell it from those of others. What it was, the calls for state and history tell.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ..errors import SessionNotFound
from .service import Engine, engine_of

_LOOK_S = 1.0  # so soon after it was told to end an engine has let its listeners go
_BEATS = 10  # of these, until a silent stream says that it still stands


def routes(of: str) -> list[Route]:
    return [Route(f"{of}/events", events)]


async def events(request: Request) -> Response:
    engine = engine_of(request)
    session = engine.session(request)
    told = _told(engine, session.id, session.user)
    return StreamingResponse(told, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _told(engine: Engine, session_id: str, user: str) -> AsyncIterator[str]:
    with engine.news.heard(session_id) as box:
        yield ": listening\n\n"  # from here on nothing is missed
        beats = 0
        while not engine.leaving():
            try:
                by = await asyncio.wait_for(box.get(), _LOOK_S)
            except TimeoutError:
                beats += 1
                if beats % _BEATS == 0:
                    yield ": still here\n\n"
                continue
            try:
                turn = engine.records.session(session_id, user).head
            except SessionNotFound:  # it was deleted
                return
            yield f"data: {json.dumps({'turn': turn, 'by': by})}\n\n"
