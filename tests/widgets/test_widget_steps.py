"""How many requests a widget makes, counted where they reach the engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from counted import Counted
from kit import Kit
from widgets.pretend import Pretend

import nemo_nb as nemo


def said(page: Pretend, text: str) -> dict[str, object]:
    """Say it and wait for the answer."""
    page.send("say", text=text)
    doc = page.until(lambda doc: not doc["busy"] and any(m["text"] == text for m in doc["messages"]))
    return doc["messages"][-1]


@pytest.fixture
def studio(counted: Counted, opened: Callable[..., nemo.Project], kit: Kit) -> nemo.Studio:
    project = opened(backend=counted.url)
    project.upload(kit.clip())
    return nemo.Studio(project)


def test_a_message_of_the_chat_is_two_requests(studio: nemo.Studio, counted: Counted) -> None:
    page = Pretend(studio.chat)
    said(page, "mute it")
    for sentence in ("cut the first second", "how long is it?"):
        counted.clear()
        answer = said(page, sentence)
        assert counted.names == ["POST run_sse", "GET latest"]
    assert answer["turn"] == studio.project.history[-1].turn


def test_a_step_back_is_two(studio: nemo.Studio, counted: Counted) -> None:
    page = Pretend(studio.chat)
    muted = said(page, "mute it")["id"]
    said(page, "cut the first second")
    counted.clear()
    page.send("undo", message=muted)
    page.until(lambda doc: sum(bool(message.get("undone")) for message in doc["messages"]) == 2)
    assert counted.names == ["POST undo", "GET latest"] * 2
    assert studio.project.draft.duration_ms == 4000
