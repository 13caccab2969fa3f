"""What the protocol has no call for, under `/nb/v1/`: plans, operations, undo, history, previews, projects."""

from __future__ import annotations

import dataclasses

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import __version__
from ..errors import InvalidInput
from ..media.formats import HERE
from . import adk, contexts, focus, looking, storage
from .planner import InTheWay
from .service import answer, assets_of, body_of, engine_of

EXTENSIONS = [
    "plan",
    "context",
    "apply",
    "undo",
    "leave_out",
    "history",
    "preview",
    "assets",
    "projects",
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
        *looking.routes(of),
        Route(f"{of}/assets", assets),
        *storage.routes(),
    ]


async def capabilities(request: Request) -> Response:
    """What there is beyond the plain protocol, and what whoever runs this engine should know about it."""
    told = {"engine": "nemo-nb", "version": __version__, "extensions": EXTENSIONS}
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
    return answer({"draft": step.after.to_dict(), "turn": step.turn.n, "reply": step.reply})


async def undo(request: Request) -> Response:
    return await _walk(request, -1)


async def redo(request: Request) -> Response:
    return await _walk(request, 1)


async def _walk(request: Request, direction: int) -> Response:
    engine, body = engine_of(request), await body_of(request)
    session = engine.session(request)
    steps = body.get("steps", 1)
    if not isinstance(steps, int) or not 1 <= steps <= 1000:
        raise InvalidInput("'steps' must be a whole number from 1 to 1000.")
    walk = engine.editor.undo if direction < 0 else engine.editor.redo
    made = await walk(session, steps)
    draft = engine.records.head(engine.records.session(session.id, session.user)).draft
    return answer({"draft": draft.to_dict(), "steps": made})


async def leave_out(request: Request) -> Response:
    """Earlier turns taken back while the later ones stay; or, with nothing done, what is in the way."""
    engine, body = engine_of(request), await body_of(request)
    session = engine.session(request)
    named = body.get("turns")
    if not isinstance(named, list) or not all(map(_is_turn, named)):
        raise InvalidInput("'turns' must be a list of [turn, index of a frame or null].")
    turns, text = [(n, frame) for n, frame in named], str(body.get("text") or "")[:1000]
    done = await engine.editor.leave_out(session, turns, text)
    if isinstance(done, InTheWay):
        return answer({"in_the_way": dataclasses.asdict(done)})
    return answer({"draft": done.after.to_dict(), "turn": done.turn.n, "reply": done.reply})


def _is_turn(item: object) -> bool:
    return (
        isinstance(item, list)
        and len(item) == 2
        and type(item[0]) is int
        and type(item[1]) in (int, type(None))
    )


async def history(request: Request) -> Response:
    engine = engine_of(request)
    turns = engine.editor.history(engine.session(request))
    return answer(
        {
            "turns": [
                {
                    "turn": turn.n,
                    "kind": turn.kind,
                    "text": turn.text,
                    "reply": turn.reply,
                    "operations": turn.operations,
                    "frames": turn.frames,
                    "left_out": turn.left_out,
                    "way": turn.remade["way"] if turn.remade else None,
                    "draft": turn.draft.to_dict(),
                    "undone": undone,
                    "at_ms": turn.at_ms,
                }
                for turn, undone in turns
            ]
        }
    )


async def assets(request: Request) -> Response:
    engine = engine_of(request)
    return answer({"assets": assets_of(request, engine, engine.session(request))})
