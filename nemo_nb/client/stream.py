"""One message and the stream that answers it.

Two tasks share the work: one reads the connection, the other watches the clock. What they find goes through a queue
to whoever iterates, so a deadline never interrupts the reading of an event.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import fields
from typing import Any

import httpx

from ..errors import BackendError, NoCredits, SessionNotFound
from .bounds import MOST_BYTES, TooMuch
from .envelope import Refused, error_for, refusal_for, tells_a_code
from .events import (
    CutReason,
    EventDecoder,
    StreamCut,
    StreamEvent,
    StreamFault,
    TextDelta,
    ToolFinished,
    ToolStarted,
    TurnTold,
    Waiting,
)
from .masked import Veil
from .sse import EventSplitter
from .wire import JSON_HEADER, Attempts, Wire, as_json, read_bounded

__all__ = ["converse"]

_FOCUS = "nemo_nb_focus"
_AHEAD = 100  # events that may wait for whoever iterates: each holds the whole text so far
_CUTS: dict[CutReason, str] = {
    "connection": "The connection was lost before the answer had ended.",
    "failed": "The backend failed at this message.",
    "server": "The backend failed while it worked on the message.",
    "idle": "Nothing but heartbeats came for {minutes:.0f} minutes.",
    "total": "The answer took longer than {minutes:.0f} minutes.",
    "unfinished": "The answer broke off before its end.",
    "large": "The answer was larger than any answer is.",
}


async def converse(
    wire: Wire, session_id: str, text: str, focus: Mapping[str, Any] | None = None
) -> AsyncGenerator[StreamEvent, None]:
    """Send a message once and yield what happens. `focus`: see `Client.message`.

    It is sent again only after a definite refusal that came before any event. A stream that ends badly ends
    with `StreamCut`; errors are raised only where it is certain that nothing was done.
    """
    attempts = Attempts(wire)
    while True:
        await attempts.begin()
        try:
            async with aclosing(_Exchange(wire, session_id, text, focus).events()) as events:
                async for event in events:
                    yield event
            return
        except (Refused, NoCredits, SessionNotFound) as refusal:
            await attempts.remedy(refusal)


class _Exchange:
    """One request and its stream."""

    def __init__(self, wire: Wire, session_id: str, text: str, focus: Mapping[str, Any] | None) -> None:
        self._wire = wire
        self._message: dict[str, Any] = {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": session_id,
            "new_message": {"parts": [{"text": text}]},
        }
        if focus:
            # ADK's own field for what a caller adds: a server that knows nothing of it lets it be.
            self._message["custom_metadata"] = {_FOCUS: dict(focus)}
        self._splitter = EventSplitter()
        self._decoder = EventDecoder(wire.secrets)
        self._queue: asyncio.Queue[StreamEvent | None] = asyncio.Queue()  # None: nothing more will come
        self._veil = Veil(wire.secrets())
        self._veiled, self._shown = False, ""  # whether this message had to be; what of it was shown
        self._started = self._last_heard = wire.clock.monotonic()
        self._room = asyncio.Event()

    async def events(self) -> AsyncGenerator[StreamEvent, None]:
        reading = asyncio.create_task(self._read())
        watching = asyncio.create_task(self._watch(reading))
        try:
            while (event := await self._queue.get()) is not None:
                self._room.set()
                yield event
            await asyncio.wait([reading])
            if not reading.cancelled():
                reading.result()
        finally:
            watching.cancel()
            reading.cancel()
            await asyncio.gather(reading, watching, return_exceptions=True)

    # -- reading ---------------------------------------------------------------------------------------------

    async def _read(self) -> None:
        try:
            await self._read_answer()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):  # never sent
            with self._wire.translated():
                raise
        except httpx.RequestError:
            self._finish()
            self._cut("connection")
        finally:
            self._queue.put_nowait(None)

    async def _read_answer(self) -> None:
        async with self._wire.stream(
            "POST",
            "/run_sse",
            content=as_json(self._message),
            headers={**JSON_HEADER, "Accept": "text/event-stream"},
            timeout=self._wire.timeout(read_s=None),  # silence is for `_watch` to judge
        ) as response:
            kind = response.headers.get("content-type", "text/event-stream")
            if response.status_code != 200 or not kind.startswith("text/event-stream"):
                await read_bounded(response)
                self._no_stream(response)
                return
            try:
                whole = await self._read_events(response)
            except TooMuch:
                self._finish()
                self._cut("large")
                return
        if self._finish() or not whole:
            self._cut("unfinished")

    async def _read_events(self, response: httpx.Response) -> bool:
        """Whether the last one was whole."""
        left = MOST_BYTES
        async for chunk in response.aiter_bytes():
            left -= len(chunk)
            if left < 0:
                raise TooMuch
            await self._take(self._splitter.feed(chunk))
        last = self._splitter.finish()
        whole = [data for data in last if _is_whole(data)]
        await self._take(whole)
        return len(whole) == len(last)

    def _no_stream(self, response: httpx.Response) -> None:
        """An answer in place of a stream: an error to raise, unless it leaves open what was done."""
        try:
            self._wire.open(response)
        except Refused as refused:
            if response.status_code < 500:
                raise
            raise refused.error from None  # what failed may have begun: no remedy, no second try
        except BackendError as error:
            if response.status_code < 500 or error.code is not None:
                raise
            self._cut("failed" if tells_a_code(response) else "server")
        else:
            raise BackendError("The backend answered the message with something that is not a stream.")

    async def _take(self, datas: list[str]) -> None:
        heard = self._decoder.heard
        for data in datas:
            while self._queue.qsize() > _AHEAD:
                self._room.clear()
                await self._room.wait()
                self._last_heard = self._wire.clock.monotonic()  # it was the user's side that took its time
            begun = self._decoder.heard > 0  # also by events that aren't shown, thoughts for example
            for event in self._decoder.feed(data):
                if not begun and isinstance(event, StreamFault):
                    self._raise_refusal(event)
                self._put(event)
        if self._decoder.heard > heard:
            self._last_heard = self._wire.clock.monotonic()

    def _raise_refusal(self, fault: StreamFault) -> None:
        """A fault that is the first event of all may be a refusal: then nothing was done."""
        code = fault.code if isinstance(fault.code, int) else None
        error = error_for(code, said=fault.message)
        if error.code is not None:
            raise refusal_for(error) or error

    def _finish(self) -> bool:
        """Pass on what was held back. True when a message lacks its end."""
        events, unfinished = self._decoder.finish()
        for event in events:
            self._put(event)
        return unfinished

    def _put(self, event: StreamEvent) -> None:
        """Pass an event on, without the secrets that its text may repeat."""
        if isinstance(event, TextDelta):
            self._veiled = self._veiled or self._veil.touches(
                event.whole, len(event.text) or len(event.whole)
            )
            if self._veiled:
                shown = self._veil.over(event.whole, ended=event.final)
                added = shown[len(self._shown) :] if shown.startswith(self._shown) else ""
                event = TextDelta(added if event.text else "", shown, event.author, event.final)
            self._veiled, self._shown = self._veiled and not event.final, "" if event.final else event.whole
        elif isinstance(event, ToolStarted | ToolFinished | TurnTold):
            told = {field.name: getattr(event, field.name) for field in fields(event)}
            event = type(event)(**self._veil.inside(told))
        self._queue.put_nowait(event)

    # -- watching --------------------------------------------------------------------------------------------

    async def _watch(self, reading: asyncio.Task[None]) -> None:
        clock, limits = self._wire.clock, self._wire.limits
        said = 0.0  # when the user was last told to wait
        while True:
            now = clock.monotonic()
            total, idle = self._started + limits.total, self._last_heard + limits.idle
            note = max(self._last_heard, said) + limits.still_working
            if now >= min(total, idle):
                self._finish()
                self._cut("total" if total <= now else "idle")
                reading.cancel()
                return
            if now >= note:
                said = now
                self._queue.put_nowait(Waiting(round(now - self._last_heard)))
            else:
                await clock.until(min(total, idle, note))

    def _cut(self, reason: CutReason) -> None:
        limits = self._wire.limits
        minutes = (limits.total if reason == "total" else limits.idle) / 60
        self._queue.put_nowait(StreamCut(reason, _CUTS[reason].format(minutes=minutes)))


def _is_whole(data: str) -> bool:
    """Whether data without a blank line after it is an event all the same, and not the beginning of one.

    Where a body ends with its connection (behind an HTTP/1.0 proxy) a cut looks like a regular end.
    """
    if data.startswith("Error:"):
        return True
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
