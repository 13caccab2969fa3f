"""What a conversation is about: what was spoken of, what was done last, and what is asked.

A fold over the turns: each turn's memory is made of the one before and of what the turn did. It is plain data and is
stored with the turn.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

_MOST_MENTIONS, _MOST_DEEDS = 12, 8


class Mention(BaseModel):
    """Segments that were spoken of together. `made` in the turn that mentions them, or only named or changed."""

    model_config = ConfigDict(frozen=True)
    kind: str  # as in `Target.kind`
    ids: tuple[str, ...]
    made: bool = False
    group: bool = False  # several that one message spoke of one by one: what "them" means
    age: int = 0  # how many messages ago


class Deed(BaseModel):
    """A frame that was carried out, and what it came to."""

    model_config = ConfigDict(frozen=True)
    frame: dict[str, Any]
    ids: tuple[str, ...] = ()
    kind: str = ""
    turn: int = 0  # counted back: 0 is the last turn that edited


class Open(BaseModel):
    """A question that was asked: the frame that lacks something, and the slot that the answer fills."""

    model_config = ConfigDict(frozen=True)
    frame: dict[str, Any]
    slot: str
    choices: tuple[str, ...] = ()


class Memory(BaseModel):
    """Newest first."""

    model_config = ConfigDict(frozen=True)
    mentions: tuple[Mention, ...] = ()
    deeds: tuple[Deed, ...] = ()
    question: Open | None = None
    unmet: bool = (
        False  # whether the last message was about something that isn't there yet, and nothing was done
    )

    lost: bool = False  # whether nothing of the last message was understood

    def spoken(self, *mentions: Mention) -> Memory:
        """With what was spoken of just now put first."""
        fresh = tuple(mention for mention in mentions if mention.ids)
        known = {(item.kind, item.ids) for item in fresh}
        kept = tuple(item for item in self.mentions if (item.kind, item.ids) not in known)
        return self.model_copy(update={"mentions": (*fresh, *kept)[:_MOST_MENTIONS]})

    def renamed(self, ids: Mapping[str, str | None]) -> Memory:
        """With the ids that a turn gave the segments when it made others again; what is gone isn't spoken of."""

        def now(old: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(new for i in old if (new := ids.get(i, i)) is not None)

        mentions = tuple(item.model_copy(update={"ids": now(item.ids)}) for item in self.mentions)
        deeds = tuple(deed.model_copy(update={"ids": now(deed.ids)}) for deed in self.deeds)
        return self.model_copy(
            update={"mentions": tuple(item for item in mentions if item.ids), "deeds": deeds}
        )

    def older(self) -> Memory:
        """As it is to the next message."""
        return self.model_copy(
            update={
                "mentions": tuple(item.model_copy(update={"age": item.age + 1}) for item in self.mentions)
            }
        )

    def did(self, deeds: tuple[Deed, ...]) -> Memory:
        """With the deeds of a turn put before the older ones."""
        if not deeds:
            return self
        older = tuple(deed.model_copy(update={"turn": deed.turn + 1}) for deed in self.deeds)
        return self.model_copy(update={"deeds": (*deeds, *older)[:_MOST_DEEDS]})

    def without_the_gone(self, there: Container[str]) -> Memory:
        """Without what was done before to segments that are no more: others will be given their ids."""
        kept = (
            deed for deed in self.deeds if not deed.turn or not deed.ids or any(i in there for i in deed.ids)
        )
        return self.model_copy(update={"deeds": tuple(kept)})

    @property
    def last_deeds(self) -> tuple[Deed, ...]:
        """Those of the last turn that edited anything, in the order they were done."""
        return tuple(deed for deed in self.deeds if deed.turn == 0)
