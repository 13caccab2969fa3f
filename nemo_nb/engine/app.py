"""The NemoVideo protocol over HTTP, each call in the order of protocol.md."""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from ..errors import InvalidInput, PlanRequired, SessionNotFound, SignInFailed
from . import adk, extensions, focus, histories
from .access import Guard, over_socket
from .faults import DamagedRecords, ours
from .handed import NotTaken
from .home import HANDOVER_HEADER, PLACE_HEADER
from .intake import Taken, take_files, take_paths, take_urls, video_info
from .records import Render
from .service import AGENT, Engine, answer, assets_of, body_of, engine_of, failure, file_url

CLAIM_SECONDS = 600
ATTRIBUTION = ("x-skill-source", "x-skill-version", "x-skill-platform")
HTTP_STATUS = {
    402: 402, 413: 413, 415: 415, 429: 429, 1001: 401, 1002: 404, 4001: 415, 4002: 413, 4103: 507, 4201: 409,
    5000: 500, 5001: 503,
}  # fmt: skip


def build_app(engine: Engine) -> Starlette:
    prefix = f"{AGENT}/me"
    render = "/api/render/proxy/lambda"
    routes = [
        Route("/api/auth/anonymous-token", anonymous_token, methods=["POST"]),
        Route("/api/auth/claim-token", claim_token, methods=["POST"]),
        Route(f"/api/tasks/me/with-session/{AGENT}", new_session, methods=["POST"]),
        Route("/run_sse", run_sse, methods=["POST"]),
        Route(f"/api/upload-video/{prefix}/{{session}}", upload, methods=["POST"]),
        Route(f"/api/files/{prefix}/{{session}}/{{digest}}", uploaded_file),
        Route("/api/credits/balance/simple", credit_balance),
        Route(f"/api/state/{prefix}/{{session}}/latest", state),
        Route(render, export, methods=["POST"]),
        Route(f"{render}/{{id}}", export_status),
        Route(f"{render}/{{id}}/cancel", cancel_export, methods=["POST"]),
        Route("/api/render/proxy/{id}/download", download),
        Route("/api/render/proxy/{id}/file", signed_download),
        *extensions.routes(),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, access=engine.access, signed_in=engine.user, on_error=on_error)],
        exception_handlers={404: on_unknown_path, 405: on_unknown_path},
    )
    app.state.engine = engine
    return app


# ---- sign-in ------------------------------------------------------------------------------------


async def anonymous_token(request: Request) -> Response:
    engine = engine_of(request)
    client_id = request.headers.get("x-client-id", "").strip()
    if not client_id:
        return failure(400, "X-Client-Id is missing.", status=400)
    engine.access.check_sign_in(request)
    user = engine.records.user_of_client(client_id)
    token, expires_ms = engine.records.new_token(user)
    expires = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(expires_ms / 1000))
    return answer(
        {"token": token, "user_id": user, "expires_at": expires, "credits": engine.records.credits(user)}
    )


async def claim_token(request: Request) -> Response:
    engine, body = engine_of(request), await body_of(request)
    session = engine.session(request, str(body.get("session_id", "")))
    if body.get("task_id") != session.task:
        raise SessionNotFound("This task does not belong to the session.")
    claim = engine.records.new_claim(session.id, CLAIM_SECONDS)
    return answer({"claim_token": claim, "expires_in": CLAIM_SECONDS})


# ---- sessions and messages ----------------------------------------------------------------------


async def new_session(request: Request) -> Response:
    engine, body = engine_of(request), await body_of(request)
    name = str(body.get("task_name") or "project")[:200]
    session = engine.records.new_session(engine.user(request), name, str(body.get("language") or "en")[:10])
    return answer({"task_id": session.task, "session_id": session.id, "user_id": session.user})


async def run_sse(request: Request) -> Response:
    engine, body = engine_of(request), await body_of(request)
    try:
        session = engine.session(request, str(body.get("session_id", "")))
    except SessionNotFound as error:
        return failure(1002, str(error), status=404, detail="Session not found")
    text = adk.message_text(body)
    # The turn is made, and kept, before its first event leaves: a reader that goes away halves nothing.
    step = await engine.editor.say(session, text, focus.read(adk.message_focus(body)))

    async def stream() -> AsyncIterator[str]:
        for event in adk.turn_events(step):
            yield f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
            await asyncio.sleep(0)  # each event leaves by itself, as a slower backend's would

    return StreamingResponse(stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def state(request: Request) -> Response:
    engine = engine_of(request)
    session = engine.session(request)
    draft = engine.records.head(session).draft
    canvas = draft.canvas
    return answer(
        {
            "state": {
                "draft": draft.to_dict(),
                "video_infos": assets_of(request, engine, session),
                "canvas_config": {
                    "width": canvas.width,
                    "height": canvas.height,
                    "ratio": f"{canvas.width}:{canvas.height}",
                },
                "generated_media": [],
            },
            "stand": histories.stand(engine.records, session),
        }
    )


async def credit_balance(request: Request) -> Response:
    engine = engine_of(request)
    balance = engine.records.credits(engine.user(request))
    return answer({"available": balance, "frozen": 0, "total": balance})


# ---- uploads ------------------------------------------------------------------------------------


async def upload(request: Request) -> Response:
    engine = engine_of(request)
    session = engine.session(request)
    try:
        taken = await _taken(request, engine)
    except NotTaken:
        return answer({"files": [], "send_bytes": True})
    try:
        if await request.is_disconnected():  # whoever gave up meanwhile doesn't want it on the timeline
            raise InvalidInput("The upload was broken off.", next_step="Send it again.")
        # Another turn may have been made while the bytes came in, or the session deleted: ask for it anew.
        session = engine.records.session(session.id, session.user)
        known = {item.asset for item in engine.records.uploads(session.id)}
        # What was only sent again to mend the stored copy stays where it is on the timeline.
        new = [item for item in taken.uploads if item.asset not in known & taken.mended]
        sorted_out = await engine.editor.take(session, new)
    except BaseException:
        engine.remove_unused(taken.uploads)
        raise
    return answer(
        {
            "files": [
                video_info(
                    item,
                    file_url(request, session, item.asset),
                    stays=(item.asset, item.file) in sorted_out.staying,
                    twofold=(item.asset, item.file) in sorted_out.twofold,
                )
                for item in taken.uploads
            ],
            "session_state_applied": True,
        }
    )


async def _taken(request: Request, engine: Engine) -> Taken:
    """The files of an upload: their bytes, or URLs of them, or from the owner their paths."""
    blobs, readers = engine.blobs, engine.readers
    content_type = request.headers.get("content-type", "")
    if not content_type.startswith("application/json"):
        try:
            return await take_files(blobs, readers, content_type, request.stream())
        except ClientDisconnect:
            raise InvalidInput("The upload was broken off.", next_step="Send it again.") from None
    body = await body_of(request)
    if "paths" not in body:
        urls = body.get("urls")
        return await take_urls(blobs, readers, urls if isinstance(urls, list) else [])
    if not over_socket(request.scope):
        raise InvalidInput("Only the owner's own socket takes paths.", next_step="Send the files' bytes.")
    return await take_paths(blobs, readers, body["paths"])


async def uploaded_file(request: Request) -> Response:
    engine = engine_of(request)
    session = engine.session(request)
    asset = f"sha256:{request.path_params['digest']}"
    for item in engine.records.uploads(session.id):
        if item.asset == asset:
            path = await asyncio.to_thread(engine.blobs.whole, item.asset, item.file)
            return FileResponse(path, filename=item.file)
    raise InvalidInput("This file was not uploaded to this session.")


# ---- exports ------------------------------------------------------------------------------------


async def export(request: Request) -> Response:
    engine = engine_of(request)
    user = engine.user(request)
    if not all(request.headers.get(name) for name in ATTRIBUTION):
        raise PlanRequired("The attribution headers are missing, so this export is not covered.")
    body = await body_of(request)
    session = engine.records.session(str(body.get("sessionId", "")), user)
    queued = await engine.queue.submit(
        session, str(body.get("id", "")), body.get("draft"), body.get("output")
    )
    return JSONResponse(render_state(request, engine, queued))


async def export_status(request: Request) -> Response:
    engine = engine_of(request)
    found = engine.queue.find(request.path_params["id"], engine.user(request))
    return JSONResponse(render_state(request, engine, found))


async def cancel_export(request: Request) -> Response:
    engine = engine_of(request)
    user = engine.user(request)
    await engine.queue.cancel(engine.queue.find(request.path_params["id"], user))
    return JSONResponse(render_state(request, engine, engine.queue.find(request.path_params["id"], user)))


async def download(request: Request) -> Response:
    engine = engine_of(request)
    found = engine.queue.find(request.path_params["id"], engine.user(request))
    return hand_over(request, await engine.queue.result(found))


async def signed_download(request: Request) -> Response:
    """The URL of a finished export: it carries its own right and needs no token."""
    engine, render_id = engine_of(request), request.path_params["id"]
    found = engine.records.render(render_id)
    good = hmac.compare_digest(
        request.query_params.get("sig", "").encode(), engine.signature(render_id).encode()
    )
    if found is None or not good:
        raise SignInFailed(
            "This download link is not valid any more.", next_step="Ask for the export's status again."
        )
    return hand_over(request, await engine.queue.result(found))


def hand_over(request: Request, file: Path) -> Response:
    """A file; or, for the owner's own client on this machine, only where it lies, which saves sending it."""
    if over_socket(request.scope) and HANDOVER_HEADER in request.headers:
        return Response(headers={PLACE_HEADER: quote(str(file))})
    return FileResponse(file)


def render_state(request: Request, engine: Engine, found: Render) -> dict[str, Any]:
    """An export in the protocol's first shape, which has no envelope; `plan` and `timeLeftMs` are this engine's."""
    shown: dict[str, Any] = {
        "id": found.id,
        "status": found.status,
        "progress": engine.queue.progress(found),
        "plan": found.plan,
    }
    time_left_ms = engine.queue.time_left_ms(found)
    if found.status == "processing" and time_left_ms is not None:
        shown["timeLeftMs"] = time_left_ms
    if found.status == "completed":
        url = request.url_for("signed_download", id=found.id)
        shown["output"] = {"url": str(url.include_query_params(sig=engine.signature(found.id)))}
    if found.status == "failed":
        what, _, next_step = found.error.partition("\n")
        shown |= {"error": f"{what} {next_step}".strip(), "errorCode": found.code, "nextStep": next_step}
    return shown


# ---- errors -------------------------------------------------------------------------------------


async def on_error(request: Request, error: Exception) -> Response:
    """Every error leaves as one of ours."""
    known = ours(error)
    if isinstance(known, DamagedRecords):
        engine_of(request).give_up_on_records()
    code = known.code or 4000
    return failure(code, known.what, status=HTTP_STATUS.get(code, 400), next_step=known.next_step)


async def on_unknown_path(request: Request, error: Exception) -> Response:
    return failure(404, "There is no such call.", status=404)
