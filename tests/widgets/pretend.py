"""A browser that isn't one: it keeps a widget's document as the page would, from the messages on its comm."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable, Sequence
from typing import Any

import ipykernel.ipkernel  # noqa: F401 - the first import puts its own comms in place: not in the middle of a test
from comm.base_comm import BaseComm

PATIENCE_S = 30


class RecordingComm(BaseComm):
    """A comm whose messages are kept, as they would go over the wire."""

    open_comms = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.messages: list[tuple[dict[str, Any], list[Any]]] = []
        self.heard = threading.Condition()
        type(self).open_comms += 1
        super().__init__(*args, **kwargs)

    def publish_msg(
        self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **keys: Any
    ) -> None:
        if msg_type == "comm_close":
            type(self).open_comms -= 1
        with self.heard:
            self.messages.append((json.loads(json.dumps(data or {})), list(buffers or ())))
            self.heard.notify_all()


class Pretend:
    """What a page knows of one widget."""

    def __init__(self, widget: Any) -> None:
        self.widget = widget
        self._ids = itertools.count(1)
        self._opening = widget.comm.messages[0][0]["state"]

    def send(self, name: str, /, *buffers: bytes, **fields: Any) -> None:
        content = {"do": name, "id": next(self._ids), **fields}
        message = {
            "content": {"data": {"method": "custom", "content": content}},
            "buffers": [memoryview(b) for b in buffers],
        }
        self.widget._handle_msg(message)

    @property
    def told(self) -> list[tuple[dict[str, Any], list[Any]]]:
        """The messages to the page, with their buffers."""
        with self.widget.comm.heard:
            messages = list(self.widget.comm.messages)
        return [(data["content"], buffers) for data, buffers in messages if data.get("method") == "custom"]

    @property
    def doc(self) -> dict[str, Any]:
        """The document, made as the page makes it: from what came first and the patches since."""
        doc: dict[str, Any] = json.loads(json.dumps(self._opening["doc"]))
        for message, _ in self.told:
            if message["type"] == "patch":
                _patch(doc, message)
        return doc

    def until(self, seen: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """Wait for the document to be so."""
        with self.widget.comm.heard:
            assert self.widget.comm.heard.wait_for(lambda: seen(self.doc), PATIENCE_S), self.doc
            return self.doc

    def until_told(self, kind: str) -> tuple[dict[str, Any], list[Any]]:
        """Wait for a message of this kind; the last one."""
        with self.widget.comm.heard:
            assert self.widget.comm.heard.wait_for(lambda: self._last(kind), PATIENCE_S), self.told
            return self._last(kind)[0]

    def _last(self, kind: str) -> list[tuple[dict[str, Any], list[Any]]]:
        return [item for item in self.told if item[0]["type"] == kind][-1:]


def _patch(doc: dict[str, Any], message: dict[str, Any]) -> None:
    doc.update(message.get("set", {}))
    for name, slide in message.get("slide", {}).items():
        for item in doc[name]:
            if slide["from"] <= item["start"] < slide["to"]:
                item.update(start=item["start"] + slide["by"], end=item["end"] + slide["by"])
    for name, ids in message.get("drop", {}).items():
        doc[name] = [item for item in doc[name] if item["id"] not in ids]
    for name, items in message.get("put", {}).items():
        _put(doc[name], items)


def _put(held: list[dict[str, Any]], items: Sequence[dict[str, Any]]) -> None:
    for item in items:
        places = [place for place, old in enumerate(held) if old["id"] == item["id"]]
        if places:
            held[places[0]] = item
        else:
            held.append(item)
