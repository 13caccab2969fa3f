"""What every call of the engine shares: its parts, who is asking, and the envelope of an answer."""

from __future__ import annotations

import hashlib
import hmac
import json
import math
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from ..errors import InvalidInput, SignInFailed
from .access import Access
from .blobs import Blobs
from .editing import Editor
from .helpers import Helpers
from .home import EngineHome
from .intake import video_info
from .listening import Listener
from .news import News
from .queue import Queue
from .records import Records, Session, Upload

AGENT = "nemo_agent"
MOST_VALUES = 300_000  # of a body: each takes 64 bytes once it is read, if only two of the body's


class Engine:
    """The parts that the calls work with."""

    def __init__(self, home: EngineHome, access: Access | None = None) -> None:
        self.home = home
        self.records = Records(home.database)
        self.blobs = Blobs(home.blobs, home.lost)
        self.blobs.sweep(self._used(), self.records.known_since)
        self.planners = Helpers("nemo_nb.engine.editing", "nemo_nb.engine.planner.turn")
        self.readers = Helpers("nemo_nb.media.probe", "av", "numpy")
        self.news = News()
        self.editor = Editor(self.records, Listener(self.blobs, self.readers), self.planners, self.news.tell)
        self.queue = Queue(self.records, self.blobs, home)
        self.access = access or Access()
        # Both are set by whoever runs it.
        self.leave: Callable[[], None] = lambda: None
        self.leaving: Callable[[], bool] = lambda: False
        self._signing_key = secrets.token_bytes(32)

    def give_up_on_records(self) -> None:
        """The database can't be read: end, so that the next engine puts it right as it starts."""
        self.records.suspect()
        self.leave()

    def remove_unused(self, uploads: Iterable[Upload]) -> None:
        """Remove the stored files of uploads that no session has (any more)."""
        self.blobs.remove({Blobs.name(item.asset, item.file) for item in uploads} - self._used())

    def _used(self) -> set[str]:
        return {Blobs.name(asset, file) for _, asset, file in self.records.stored()}

    def user(self, request: Request) -> str:
        """The signed-in user; SignInFailed without a valid token."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise SignInFailed("The request has no token.")
        return self.records.user_of_token(token)

    def session(self, request: Request, session_id: str | None = None) -> Session:
        """The session that the path (or the body) names, if it is the signed-in user's."""
        named = request.path_params["session"] if session_id is None else session_id
        return self.records.session(named, self.user(request))

    def signature(self, render_id: str) -> str:
        """What makes a download URL work without a token, until the engine ends."""
        return hmac.new(self._signing_key, render_id.encode(), hashlib.sha256).hexdigest()


def answer(data: Any) -> JSONResponse:
    """The protocol's envelope."""
    return JSONResponse({"code": 0, "message": "success", "data": data})


def engine_of(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


async def body_of(request: Request) -> dict[str, Any]:
    """The JSON object of the body, with whole characters and finite numbers.

    InvalidInput when it is none, or would take more memory and time than any draft does.
    """
    raw = await request.body()
    if sum(map(raw.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise InvalidInput(
            f"The body holds more than {MOST_VALUES:,} values.", next_step="Send less at once."
        )
    try:
        body = json.loads(raw or b"{}", parse_float=_finite, parse_constant=_finite)
        if b"\\u" in raw:  # else it is UTF-8, which knows no halves of characters
            body = _whole(body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise InvalidInput("The body must be a JSON object, of finite numbers and not nested too deeply.")
    return body


def _finite(number: str) -> float:
    if math.isfinite(value := float(number)):
        return value
    raise ValueError("not finite")


def _whole(value: Any) -> Any:
    """JSON with every half of a character replaced: neither SQLite nor an answer can hold one."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value


def number(request: Request, name: str, default: int, least: int, most: int) -> int:
    """A number of the query. InvalidInput for what is none, or lies out of bounds."""
    raw = request.query_params.get(name, str(default))
    if not raw.isdecimal() or len(raw) > 9 or not least <= int(raw) <= most:
        raise InvalidInput(f"{name!r} must be a whole number from {least} to {most}.")
    return int(raw)


def failure(code: int, message: str, *, status: int, **more: Any) -> JSONResponse:
    return JSONResponse({"code": code, "message": message, "data": None, **more}, status_code=status)


def file_url(request: Request, session: Session, asset: str) -> str:
    return str(request.url_for("uploaded_file", session=session.id, digest=asset.removeprefix("sha256:")))


def assets_of(request: Request, engine: Engine, session: Session) -> list[dict[str, Any]]:
    uploads = engine.records.uploads(session.id)
    return [video_info(item, file_url(request, session, item.asset)) for item in uploads]
