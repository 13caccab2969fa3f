"""The turns of a conversation, written down: what was asked, and what came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

from ..chat import phrases
from ..chat.conversation import Conversation, Event
from ..chat.reply import TurnEnded
from ..chat.trace import Found, Trace
from ..client import Client, Journal
from ..errors import HomeNotWritable, NemoError
from ..language import detect_language
from ..tongues import Language

log = logging.getLogger(__name__)

_LOOKS_S = (0, 0.25, 0.25, 0.5, 1, 2, 4)  # before each look; a backend that is still at it by then is not


class TurnLog:
    """A stopped turn is written down at once, and again when it is known whether the edit was made."""

    def __init__(self, client: Client, journal: Journal) -> None:
        self._client = client
        self._journal = journal
        self._settling: set[asyncio.Task[None]] = set()
        self._latest: Trace | None = None  # of the turn that was stopped last
        self._looked: Found | None = None  # what it is known to have done

    async def recorded(self, talk: Conversation, session_id: str, text: str) -> AsyncGenerator[Event, None]:
        """What happens when `text` is said, event by event."""
        ended = False
        self._latest, self._looked = None, None
        try:
            async with aclosing(talk.say(text)) as events:
                async for event in events:
                    if isinstance(event, TurnEnded):
                        ended = True
                        self._answered(session_id, text, event.reply.text)
                    yield event
        except (asyncio.CancelledError, GeneratorExit):
            if not ended:
                self._stopped(session_id, text, talk.trace)
            raise

    async def stopped(self, within_s: float) -> Found | None:
        """What the last turn had done, where it was stopped: as far as it is known by then, None where nothing is."""
        if self._settling:
            await asyncio.wait(self._settling, timeout=within_s)
        return self._looked

    async def settled(self) -> None:
        """Wait until nothing is left to be found out."""
        await asyncio.gather(*self._settling, return_exceptions=True)

    async def let_go(self) -> None:
        """Look no further: the journal then says that it isn't known."""
        for task in self._settling:
            task.cancel()
        await self.settled()

    def _answered(self, session_id: str, text: str, reply: str) -> None:
        """A full disk must not take the answer with it: the edit was made."""
        try:
            self._journal.add_turn(session_id, text, reply)
        except HomeNotWritable as error:
            log.warning("The conversation is not written down: %s", error)

    def _stopped(self, session_id: str, text: str, trace: Trace | None) -> None:
        """`trace` is that of the message; `None` when none had been sent yet."""
        language = detect_language(text)
        said = phrases.of(language).stopped
        self._latest, self._looked = trace, None
        at_ms = self._journal.add_turn(session_id, text, said, stopped=True, edited=None if trace else False)
        if trace is not None:
            task = asyncio.get_running_loop().create_task(
                self._settle(session_id, text, trace, language, at_ms)
            )
            self._settling.add(task)
            task.add_done_callback(self._settling.discard)

    async def _settle(self, session_id: str, text: str, trace: Trace, language: Language, at_ms: int) -> None:
        words = phrases.of(language)
        looked: Found | None = None
        for pause in _LOOKS_S:
            await self._client.clock.sleep(pause)
            with suppress(NemoError):
                looked = await trace.look()
                if trace is self._latest:
                    self._looked = looked
                if looked.done:
                    break
        if looked is None:
            return
        changes = looked.changes
        said = words.stopped_not
        if changes:
            said = "\n".join([words.stopped_made, *(f"- {change.text(language)}" for change in changes)])
        self._journal.add_turn(session_id, text, said, stopped=True, edited=bool(changes), at_ms=at_ms)
