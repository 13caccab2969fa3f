"""What the engine keeps on the disk: projects and the cache, with their sizes, and their removal."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..errors import InvalidInput
from .access import over_socket
from .render import Cache
from .service import Engine, answer, engine_of


def routes() -> list[Route]:
    return [
        Route("/nb/v1/projects", projects),
        Route("/nb/v1/projects/{task}", delete_project, methods=["DELETE"]),
        Route("/nb/v1/cache", cache),
        Route("/nb/v1/cache", empty_cache, methods=["DELETE"]),
        Route("/nb/v1/tokens", tokens),
        Route("/nb/v1/tokens/{id}", revoke_token, methods=["DELETE"]),
    ]


async def projects(request: Request) -> Response:
    """Each with the length of its edit, how many bytes its removal frees, and whether an export waits or runs."""
    engine = engine_of(request)
    user = engine.user(request)
    mine = engine.records.sessions(user)
    sizes = await asyncio.to_thread(_sizes, _files(engine))
    lengths = await asyncio.to_thread(engine.records.lengths, user)
    busy = {item.session for item in engine.records.renders("pending", "processing")}
    return answer(
        {
            "projects": [
                {
                    "task_id": item.task,
                    "session_id": item.id,
                    "name": item.name,
                    "updated_ms": item.updated_ms,
                    "duration_ms": lengths.get(item.id, 0),  # before the first turn there is none
                    "bytes": sizes[item.id],
                    "busy": item.id in busy,
                }
                for item in mine
            ]
        }
    )


async def delete_project(request: Request) -> Response:
    """Forget a project, with its exports and with the files that no other project uses."""
    engine = engine_of(request)
    mine = engine.records.sessions(engine.user(request))
    session = next((item for item in mine if item.task == request.path_params["task"]), None)
    if session is None:
        raise InvalidInput("There is no such project.")
    await engine.queue.forget(session)
    engine.remove_unused(engine.records.delete_session(session))
    engine.news.tell(session.id)
    return answer({"deleted": session.task})


async def cache(request: Request) -> Response:
    engine = engine_of(request)
    engine.user(request)
    return answer(asdict(await asyncio.to_thread(Cache(engine.home.cache).usage)))


async def empty_cache(request: Request) -> Response:
    """Removes it all. What a running export has taken from it stays with that export."""
    engine = engine_of(request)
    engine.user(request)
    return answer(asdict(await asyncio.to_thread(Cache(engine.home.cache).prune)))


async def tokens(request: Request) -> Response:
    """The tokens that are valid here: all of this engine for its owner, else one's own. Never a token itself."""
    engine = engine_of(request)
    mine = engine.user(request)
    listed = engine.records.tokens(None if over_socket(request.scope) else mine)
    return answer(
        {
            "tokens": [
                {"id": id, "user_id": user, "expires_ms": expires, "mine": user == mine}
                for id, user, expires in listed
            ]
        }
    )


async def revoke_token(request: Request) -> Response:
    engine = engine_of(request)
    mine = engine.user(request)
    whose = None if over_socket(request.scope) else mine
    if not engine.records.revoke(user=whose, token_id=request.path_params["id"]):
        raise InvalidInput("There is no such token.")
    return answer({"revoked": request.path_params["id"]})


def _files(engine: Engine) -> list[tuple[str, Path]]:
    """The files that go with a project: uploads that no other one has, and exports. By session."""
    users: dict[Path, set[str]] = {}
    for session, asset, file in engine.records.stored():
        users.setdefault(engine.blobs.path(asset, file), set()).add(session)
    uploads = [(sessions.pop(), path) for path, sessions in users.items() if len(sessions) == 1]
    exports = engine.records.renders("completed")
    return uploads + [(item.session, engine.queue.place(item)) for item in exports]


def _sizes(files: list[tuple[str, Path]]) -> Counter[str]:
    sizes: Counter[str] = Counter()
    for session, path in files:
        with suppress(OSError):  # an export is kept for some days only
            sizes[session] += path.stat().st_size
    return sizes
