"""A turn in the words of the Agent Development Kit, whose events the protocol's stream is made of."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..errors import InvalidInput

if TYPE_CHECKING:
    from .editing import Step

AUTHOR = "nemo_agent"
FOCUS = "nemo_nb_focus"
MAX_MESSAGE = 100_000


def message_text(body: dict[str, Any]) -> str:
    """The text of `new_message`. InvalidInput when there is none."""
    message = body.get("new_message")
    parts = message.get("parts") if isinstance(message, dict) else None
    texts = [part.get("text") for part in parts or () if isinstance(part, dict)]
    text = "\n".join(item for item in texts if isinstance(item, str)).strip()
    return checked(text)


def checked(text: str) -> str:
    """A message that may be planned. InvalidInput for one without a text, or with too much of it."""
    if not text:
        raise InvalidInput("The message has no text.")
    if len(text) > MAX_MESSAGE:
        raise InvalidInput(f"The message has over {MAX_MESSAGE} characters.", next_step="Say it in parts.")
    return text


def message_focus(body: dict[str, Any]) -> object:
    """What came with the message as its focus, if anything did.

    It travels in ADK's `custom_metadata`, which a server without use for it just hands on to its events.
    """
    metadata = body.get("custom_metadata") or body.get("customMetadata")
    return metadata.get(FOCUS) if isinstance(metadata, dict) else None


def turn_events(step: Step) -> Iterator[dict[str, Any]]:
    """Tool call and result where something was edited, the text in pieces, then the text whole.

    The last one carries the answer as data, in ADK's field for what a backend adds of its own.
    """
    invocation = f"e-{uuid.uuid4()}"

    def event(parts: list[dict[str, Any]], role: str = "model", **more: Any) -> dict[str, Any]:
        return {
            "content": {"parts": parts, "role": role},
            "invocationId": invocation,
            "author": AUTHOR,
            "id": str(uuid.uuid4()),
            "timestamp": time.time(),
            **more,
        }

    if step.before != step.after:
        call = f"adk-{uuid.uuid4()}"
        names = [str(operation.op) for operation in step.operations] or ["history"]
        yield event([{"functionCall": {"id": call, "name": "edit_timeline", "args": {"operations": names}}}])
        response = {"id": call, "name": "edit_timeline", "response": {"status": "ok"}}
        yield event([{"functionResponse": response}], role="user")
    for piece in re.findall(r"\S+\s*|\s+", step.reply):
        yield event([{"text": piece}], partial=True)
    told = {"nemo_nb": step.told.to_json(step.turn.n, step.after)}
    yield event([{"text": step.reply}], turnComplete=True, customMetadata=told)
