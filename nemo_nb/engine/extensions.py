"""What the protocol has no call for, under `/nb/v1/`: plans, operations, undo, history, previews, projects."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import __version__
from ..draft import Change, Draft
from ..errors import InvalidInput
from ..media.formats import HERE
from . import adk, contexts, events, focus, histories, looking, playing, storage
from .access import over_socket
from .editing import Step
from .planner import InTheWay
from .service import answer, assets_of, body_of, engine_of, number

MAX_TURN = 999_999_999
MOST_TURNS = 1000  # taken back at once, as undo's steps

EXTENSIONS = [
    "plan",
    "context",
    "apply",
    "undo",
    "leave_out",
    "history",
    "turns",
    "preview",
    "reel",
    "events",
    "assets",
    "projects",
    "copy",
    "cache",
    "tokens",
    "export.codec",
    "export.frame_rate",
]


def routes() -> list[Route]:
    of = "/nb/v1/sessions/{session}"
    return [
        Route("/nb/v1/capabilities", capabilities),
        Route(f"{of}/plan", plan, methods=["POST"]),
        Route(f"{of}/context", context),
        Route(f"{of}/apply", apply, methods=["POST"]),
        Route(f"{of}/undo", undo, methods=["POST"]),
        Route(f"{of}/redo", redo, methods=["POST"]),
        Route(f"{of}/leave_out", leave_out, methods=["POST"]),
        Route(f"{of}/history", history),
        Route(f"{of}/drafts/{{turn}}", draft_at),
        *looking.routes(of),
        *playing.routes(of),
        *events.routes(of),
        Route(f"{of}/assets", assets),
        Route(f"{of}/copy", copy, methods=["POST"]),
        *storage.routes(),
    ]


async def capabilities(request: Request) -> Response:
    """What there is beyond the plain protocol, and what whoever runs this engine should know about it."""
    extensions = [*EXTENSIONS, "upload.path"] if over_socket(request.scope) else EXTENSIONS
    told = {"engine": "nemo-nb", "version": __version__, "extensions": extensions}
    takes = {"formats": sorted(HERE.formats), "max_file_bytes": HERE.max_bytes}
    return answer({**told, **takes, "notice": engine_of(request).records.notice})


async def plan(request: Request) -> Response:
    """What a sentence would become, without doing it."""
    engine, body = engine_of(request), await body_of(request)
    text = adk.checked(str(body.get("text") or "").strip())
    planned, reply = await engine.editor.look(engine.session(request), text, focus.read(body.get("focus")))
    return answer(
        {
            "operations": [item.model_dump(mode="json") for item in planned.operations],
            "reply": reply,
            "frames": list(planned.frames),
            "leave_out": list(planned.leave_out),
            "score": planned.score,
            "unbound": list(planned.unbound),
            "question": planned.question,
            "suggestions": list(planned.suggestions),
        }
    )


async def context(request: Request) -> Response:
    """What a planner elsewhere has to know: the draft, what was spoken of, and what was done so far."""
    engine = engine_of(request)
    session = engine.session(request)
    return answer(contexts.of(engine.records, session, engine.editor.seen(session)))


async def apply(request: Request) -> Response:
    """Operations, or frames that stand for some; with `if_hash`, only on the draft of that hash."""
    engine, body = engine_of(request), await body_of(request)
    session = engine.session(request)
    raw, frames = body.get("operations"), body.get("frames")
    if (raw is None) == (frames is None) or not isinstance(raw if frames is None else frames, list):
        raise InvalidInput("Either 'operations' or 'frames' is needed, as a list.")
    if_hash = body.get("if_hash")
    if not isinstance(if_hash, str | None):
        raise InvalidInput("'if_hash' must be the hash of a draft.")
    text = str(body.get("text") or body.get("label") or "")[:1000]
    if frames is None:
        step = await engine.editor.apply(session, raw or [], text, if_hash=if_hash)
    else:
        step = await engine.editor.carry_out(session, frames, text, if_hash=if_hash)
    return answer(_edited(step))


async def undo(request: Request) -> Response:
    return await _walk(request, -1)


async def redo(request: Request) -> Response:
    return await _walk(request, 1)


async def _walk(request: Request, direction: int) -> Response:
    engine, body = engine_of(request), await body_of(request)
    session = engine.session(request)
    steps = body.get("steps", 1)
    if not isinstance(steps, int) or not 1 <= steps <= MOST_TURNS:
        raise InvalidInput(
            f"'steps' must be a whole number from 1 to {MOST_TURNS}.",
            next_step="undo(2) takes back the last two.",
        )
    walk = engine.editor.undo if direction < 0 else engine.editor.redo
    walked = await walk(session, steps)
    return answer({**_led_to(walked.after, walked.changes), "steps": walked.steps})


async def leave_out(request: Request) -> Response:
    """Earlier turns taken back while the later ones stay; or, with nothing done, what is in the way."""
    engine, body = engine_of(request), await body_of(request)
    session = engine.session(request)
    named = body.get("turns")
    if not isinstance(named, list) or len(named) > MOST_TURNS or not all(map(_is_turn, named)):
        raise InvalidInput(f"'turns' must be a list of up to {MOST_TURNS} [turn, index of a frame or null].")
    turns, text = [(n, frame) for n, frame in named], str(body.get("text") or "")[:1000]
    done = await engine.editor.leave_out(session, turns, text)
    if isinstance(done, InTheWay):
        return answer({"in_the_way": dataclasses.asdict(done)})
    return answer(_edited(done))


def _edited(step: Step) -> dict[str, Any]:
    """What is answered to an edit."""
    return {**_led_to(step.after, step.told.changes), "turn": step.turn.n, "reply": step.reply}


def _led_to(draft: Draft, changes: Sequence[Change]) -> dict[str, Any]:
    return {
        "draft": draft.to_dict(),
        "hash": draft.hash,
        "changes": [change.to_json() for change in changes],
    }


def _is_turn(item: object) -> bool:
    return (
        isinstance(item, list)
        and len(item) == 2
        and type(item[0]) is int
        and type(item[1]) in (int, type(None))
    )


async def history(request: Request) -> Response:
    """The turns after number `since`, a page at a time; without it from the first: see `histories.page`."""
    engine = engine_of(request)
    since = number(request, "since", 0, 0, MAX_TURN)
    return answer(await histories.page(engine.records, engine.session(request), since))


async def draft_at(request: Request) -> Response:
    """The draft that a turn led to, with its hash."""
    engine, named = engine_of(request), request.path_params["turn"]
    if not named.isdecimal() or not named.isascii() or len(named) > 9:
        raise InvalidInput("A turn is a whole number.")
    draft = histories.draft_at(engine.records, engine.session(request), int(named))
    return answer({"draft": draft.to_dict(), "hash": draft.hash})


async def assets(request: Request) -> Response:
    engine = engine_of(request)
    return answer({"assets": assets_of(request, engine, engine.session(request))})


async def copy(request: Request) -> Response:
    """A session with the same turns and uploads; its answer is that of a new one."""
    engine = engine_of(request)
    made = engine.records.copy_session(engine.session(request))
    return answer({"task_id": made.task, "session_id": made.id, "user_id": made.user})
