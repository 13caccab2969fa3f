"""The calls that only the embedded engine knows, under `/nb/v1/`.

A backend is asked once what it can do. On one that lacks a call, the call raises `NotSupportedByBackend`.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from ..draft import Draft
from ..errors import (
    BackendError,
    InvalidInput,
    LaterStepInTheWay,
    NotSupportedByBackend,
    SignInFailed,
    TimedOut,
    Unreachable,
)
from .answers import (
    Applied,
    Asset,
    Capabilities,
    Plan,
    ProjectEntry,
    Reel,
    ReelPiece,
    Session,
    TokenEntry,
    Turn,
    whole,
)
from .download import fetcher, save
from .masked import Secret
from .sse import EventSplitter
from .wire import Wire, read_bounded

__all__ = ["ExtensionCalls"]

Operation = Mapping[str, Any]


class ExtensionCalls:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._capabilities: Capabilities | None = None
        self._newest: dict[str, int] = {}

    async def capabilities(self) -> Capabilities:
        """What the backend can do beyond the plain protocol; asked once."""
        if self._capabilities is None:
            self._capabilities = await self._ask_capabilities()
        return self._capabilities

    async def _ask_capabilities(self) -> Capabilities:
        try:
            return Capabilities.read(await self._wire.call("GET", "/nb/v1/capabilities", remedies=False))
        except SignInFailed:
            # The token, or a gateway that says so for any path it doesn't know? A known call tells, and renews.
            await self._wire.call("GET", "/api/credits/balance/simple")
        except (Unreachable, TimedOut):
            raise
        except BackendError:
            return Capabilities()
        try:
            return Capabilities.read(await self._wire.call("GET", "/nb/v1/capabilities", remedies=False))
        except SignInFailed:
            return Capabilities()

    async def require_export(self, options: Iterable[str]) -> None:
        """NotSupportedByBackend where an export can't be told one of these, as `codec` or `frame_rate`."""
        for option in options:
            if not await self.can(f"export.{option}"):
                raise NotSupportedByBackend(
                    f"This backend has no {option!r} for exports.",
                    next_step="Leave it out, or export on the embedded engine: nemo.connect().",
                )

    async def plan(self, session_id: str, text: str, focus: Mapping[str, Any] | None = None) -> Plan:
        """What a message would do, without doing it."""
        body: dict[str, Any] = {"text": text} | ({"focus": dict(focus)} if focus else {})
        data = await self._session_call("plan", "POST", session_id, "plan", body)
        return Plan.read(data)

    async def context(self, session_id: str) -> dict[str, Any]:
        """What a planner of one's own has to know: `draft` (compact), `memory`, `turns` (the last ten), `question`."""
        return await self._session_call("context", "GET", session_id, "context")

    async def apply(
        self,
        session_id: str,
        operations: Sequence[Operation],
        label: str | None = None,
        *,
        frames: Sequence[Mapping[str, Any]] | None = None,
        if_hash: str | None = None,
    ) -> Applied:
        """Carry out operations, all or none; or, in their place, `frames`. `label` says in the history what for.

        With `if_hash` only on the draft of that hash: OutOfDate where it has changed since.
        """
        body: dict[str, Any] = {"operations": [dict(operation) for operation in operations]}
        if frames is not None:
            body = {"frames": [dict(frame) for frame in frames]}
        if label:
            body["label"] = label
        if if_hash:
            body["if_hash"] = if_hash
        return Applied.read(await self._session_call("apply", "POST", session_id, "apply", body))

    async def undo(self, session_id: str, steps: int = 1) -> Applied:
        return Applied.read(await self._session_call("undo", "POST", session_id, "undo", {"steps": steps}))

    async def leave_out(
        self, session_id: str, turns: Sequence[tuple[int, int | None]], text: str = ""
    ) -> Applied:
        """Take turns back while the later ones stay: by number, each with the index of a frame or None for the whole.

        LaterStepInTheWay, with nothing done, when a later turn can't be made again without them.
        """
        body = {"turns": [list(turn) for turn in turns], "text": text}
        data = await self._session_call("leave_out", "POST", session_id, "leave_out", body)
        if isinstance(found := data.get("in_the_way"), dict):
            raise _in_the_way(found, [n for n, _ in turns])
        return Applied.read(data)

    async def redo(self, session_id: str, steps: int = 1) -> Applied:
        return Applied.read(await self._session_call("undo", "POST", session_id, "redo", {"steps": steps}))

    async def history(self, session_id: str, since: int = 0) -> list[Turn]:
        """Every turn after number `since`, the oldest first. It comes in pages."""
        turns: list[Turn] = []
        last = since
        while True:
            call = f"history?since={last}" if last else "history"
            data = await self._session_call("history", "GET", session_id, call)
            page = Turn.read_all(data.get("turns"), turns[-1].held if turns else None)
            new = [turn for turn in page if turn.turn > last]  # an older engine tells all of them
            turns += new
            last = max([last, *(turn.turn for turn in new)])
            if not data.get("more") or not new:
                self._heard_of(session_id, last)
                return turns

    async def draft_at(self, session_id: str, turn: int) -> Draft:
        """The draft that a turn led to, by its number in the history; 0 for the empty one of the beginning.

        InvalidInput where there is no such turn.
        """
        if not await self.tells_turns():  # an older engine sends them all along
            held = {item.turn: item.held for item in await self.history(session_id)}
            if (draft := Draft.empty() if turn == 0 else held.get(turn)) is None:
                raise InvalidInput(f"There is no turn {turn}.")
            return draft
        data = await self._session_call("turns", "GET", session_id, f"drafts/{int(turn)}")
        return Draft.read(data.get("draft"))

    async def can(self, extension: str) -> bool:
        """Whether the backend has a call, or an option, beyond the plain protocol."""
        return extension in (await self.capabilities()).extensions

    async def tells_turns(self) -> bool:
        """Whether the backend's answers to edits tell what changed, and its history goes without drafts."""
        return await self.can("turns")

    def _heard_of(self, session_id: str, turn: int) -> None:
        """There is a turn of that number."""
        self._newest[session_id] = max(turn, self._newest.get(session_id, 0))

    async def events(self, session_id: str) -> AsyncGenerator[Literal["", "ours", "others"], None]:
        """Who changes a session, as it happens, for as long as the connection holds.

        At first, and every ten seconds, comes "": from the first on nothing is missed.
        """
        await self._require("events")
        path = f"/nb/v1/sessions/{quote(session_id, safe='')}/events"
        splitter, wire = EventSplitter(), self._wire
        with wire.translated():
            async with wire.stream("GET", path, timeout=wire.timeout(wire.limits.read)) as response:
                if response.status_code != 200:
                    await read_bounded(response)
                    wire.open(response)
                    return
                async for chunk in response.aiter_bytes():
                    for data in (told := splitter.feed(chunk)):
                        yield "ours" if _by(data) == wire.mark else "others"
                    if not told:
                        yield ""

    async def assets(self, session_id: str) -> list[Asset]:
        data = await self._session_call("assets", "GET", session_id, "assets")
        return Asset.read_all(data.get("assets"))

    async def preview_frame(self, session_id: str, at_ms: int = 0, height: int = 540) -> bytes:
        """One frame of the cut as a PNG, `height` pixels high."""
        await self._require("preview")
        path = f"/nb/v1/sessions/{quote(session_id, safe='')}/preview"
        return await self._wire.content(path, params={"at_ms": at_ms, "height": height})

    async def preview_video(self, session_id: str, path: Path, height: int = 360) -> Path:
        """A small proxy of the whole cut, as an MP4 at `path`."""
        await self._require("preview")
        url = Secret(f"/nb/v1/sessions/{quote(session_id, safe='')}/preview.mp4?height={height}")
        fetch = fetcher(self._wire, url, read_s=self._wire.limits.work)
        return await self._wire.conduct(lambda: save(self._wire, fetch, path))

    async def reel(self, session_id: str, height: int = 360) -> Reel:
        """The cut in short pieces for a player, its shorter side `height` pixels. NothingToExport for an empty one."""
        return Reel.read(await self._session_call("reel", "GET", session_id, f"reel?height={int(height)}"))

    async def reel_piece(
        self, session_id: str, piece: ReelPiece, kind: Literal["picture", "sound"], height: int = 360
    ) -> bytes:
        """One piece's picture or sound, a fragmented MP4 that begins at time 0.

        OutOfDate where the edit has changed there since the reel was asked for.
        """
        await self._require("reel")
        path = f"/nb/v1/sessions/{quote(session_id, safe='')}/reel/{kind}"
        key = piece.picture if kind == "picture" else piece.sound
        params: dict[str, str | int] = {
            "first": piece.first,
            "frames": piece.frames,
            "key": key,
            "height": height,
        }
        return await self._wire.content(path, params=params)

    async def filmstrip(self, session_id: str, asset: str, frames: int = 30, height: int = 48) -> bytes:
        """`frames` pictures of an upload side by side, from its start to its end, as JPEG.

        `asset` is its hash. Picture n is of the time (n + ½) / `frames` of its length; a still is shown once.
        """
        return await self._strip(
            session_id, "filmstrip", {"asset": asset, "frames": frames, "height": height}
        )

    async def waveform(self, session_id: str, asset: str, width: int = 1200, height: int = 48) -> bytes:
        """The sound of an upload from its start to its end: a wave on a clear ground, as PNG."""
        return await self._strip(session_id, "waveform", {"asset": asset, "width": width, "height": height})

    async def _strip(self, session_id: str, call: str, params: Mapping[str, str | int]) -> bytes:
        await self._require("preview")
        path = f"/nb/v1/sessions/{quote(session_id, safe='')}/{call}"
        return await self._wire.content(path, params=params)

    async def projects(self) -> list[ProjectEntry]:
        await self._require("projects")
        data = await self._data("GET", "/nb/v1/projects")
        return ProjectEntry.read_all(data.get("projects"))

    async def copy(self, session_id: str) -> Session:
        """A session with the same turns and uploads, which goes its own way from here."""
        made = Session.read(await self._session_call("copy", "POST", session_id, "copy"))
        if not made.session_id:
            raise BackendError("The backend gave no session.")
        return made

    async def delete_project(self, task_id: str) -> None:
        """Forget a project, with its files and exports."""
        await self._require("projects")
        await self._wire.call("DELETE", f"/nb/v1/projects/{quote(task_id, safe='')}")

    async def cache_bytes(self) -> int:
        """How much disk the engine's cache takes."""
        await self._require("cache")
        return _bytes(await self._data("GET", "/nb/v1/cache"))

    async def empty_cache(self) -> int:
        """Empty the engine's cache, which costs nothing but time. How many bytes of files went."""
        await self._require("cache")
        return _bytes(await self._data("DELETE", "/nb/v1/cache"))

    async def tokens(self) -> list[TokenEntry]:
        """The tokens that are valid there, without the tokens themselves."""
        await self._require("tokens")
        data = await self._data("GET", "/nb/v1/tokens")
        return TokenEntry.read_all(data.get("tokens"))

    async def revoke_token(self, token_id: str) -> None:
        await self._require("tokens")
        await self._wire.call("DELETE", f"/nb/v1/tokens/{quote(token_id, safe='')}")

    async def _require(self, extension: str) -> None:
        if not await self.can(extension):
            raise NotSupportedByBackend(f"This backend has no call for this ({extension}).")

    async def _session_call(
        self, extension: str, method: str, session_id: str, call: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        await self._require(extension)
        path = f"/nb/v1/sessions/{quote(session_id, safe='')}/{call}"
        return await self._data(method, path, json=body, read_s=self._wire.limits.work)

    async def _data(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        data = await self._wire.call(method, path, **more)
        return data if isinstance(data, dict) else {}


def _bytes(data: Mapping[str, Any]) -> int:
    return whole(data, "bytes")


def _in_the_way(found: Mapping[str, Any], wanted: Sequence[int]) -> LaterStepInTheWay:
    turn = whole(found, "turn")
    error = LaterStepInTheWay(
        f"Turn {turn} ({str(found.get('text') or '')[:200]!r}) builds on it: {found.get('why')}.",
        next_step=f"Take both back with project.undo(turn={sorted({*wanted, turn})}), or undo step by step.",
    )
    error.turn = turn
    return error


def _by(data: str) -> str:
    """Whose change an event tells of, by the mark of a client."""
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    return str(fields.get("by", "")) if isinstance(fields, dict) else ""
