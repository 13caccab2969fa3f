"""A turn of conversation: what is told is what really happened, whatever the backend says or leaves out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nemo_nb.chat.reply import DraftChanged
from nemo_nb.chat.trace import begin
from nemo_nb.chat.turn import Outcome, converse, without_hiccup
from nemo_nb.client import Client, Secret, UserToken, Waiting
from nemo_nb.errors import Unreachable
from nemo_nb.testing import Answer, FakeClock, ScriptedBackend, cut, events, failure, ok


def draft(seconds: int, **meta: Any) -> dict[str, Any]:
    segment = {"id": "seg-1", "s": 0, "d": seconds * 1000, "m": {"kind": "video", "file": "clip.mp4", **meta}}
    return {"v": 1, "d": seconds * 1000, "m": {}, "t": [{"id": "trk-1", "tt": 0, "m": {}, "sg": [segment]}]}


def state(seconds: int, **meta: Any):
    return ok({"state": {"draft": draft(seconds, **meta), "video_infos": []}})


def says(text: str, **more: Any) -> dict[str, Any]:
    return {"content": {"parts": [{"text": text}], "role": "model"}, "author": "nemo_agent", **more}


@pytest.fixture
def backend() -> Iterator[ScriptedBackend]:
    with ScriptedBackend() as scripted:
        yield scripted


def turn(backend: ScriptedBackend, text: str, language: str = "en") -> tuple[Outcome, list[Any]]:
    clock = FakeClock()

    async def run() -> list[Any]:
        client = Client(backend.url, credentials=UserToken(Secret("test-token")), clock=clock)
        try:
            trace = await begin(client, "s-1", text)
            return [e async for e in converse(client, "s-1", text, trace, language=language)]
        finally:
            await client.aclose()

    *before, outcome = asyncio.run(run())
    assert isinstance(outcome, Outcome)
    return outcome, before


def test_the_backends_words_are_shown_and_the_change_is_told_as_data(backend: ScriptedBackend) -> None:
    backend.on("state", state(10), state(6))
    backend.on("message", events(says("Trimmed it to 6 seconds.")))
    outcome, seen = turn(backend, "trim it to 6 seconds")
    assert outcome.text == "Trimmed it to 6 seconds."
    assert "total length 10s → 6s" in [str(change) for change in outcome.changes]
    assert any(isinstance(event, DraftChanged) for event in seen)


def test_a_silent_edit_is_told_from_the_drafts_difference(backend: ScriptedBackend) -> None:
    backend.on("state", state(10), state(10, volume=0.5))
    backend.on("message", events({"type": "heartbeat"}))
    outcome, _ = turn(backend, "half the volume")
    assert outcome.text == "Done:\n\n- clip.mp4: volume 100% → 50%"


def test_a_silent_edit_is_told_in_the_requests_language(backend: ScriptedBackend) -> None:
    backend.on("state", state(10), state(10, volume=0.5))
    backend.on("message", events({"type": "heartbeat"}))
    outcome, _ = turn(backend, "音量减半", "zh")
    assert outcome.text == "完成：\n\n- clip.mp4：音量 100% → 50%"


def test_silence_without_an_edit_claims_none(backend: ScriptedBackend) -> None:
    backend.on("state", state(10), state(10))
    backend.on("message", events({"type": "heartbeat"}))
    outcome, _ = turn(backend, "make it pop")
    assert "nothing has changed" in outcome.text
    assert outcome.changes == ()


def test_after_a_cut_the_state_is_watched_and_the_message_never_sent_again(backend: ScriptedBackend) -> None:
    backend.on("state", state(10), state(10), state(10), state(6))
    backend.on("message", events(says("Trimm", partial=True), cut))
    outcome, _ = turn(backend, "trim it to 6 seconds")
    assert len(backend.received("message")) == 1
    assert "broke off, but the edit was made" in outcome.text
    assert "total length 10s → 6s" in outcome.text


def test_a_cut_without_an_edit_is_given_up_after_five_minutes(backend: ScriptedBackend) -> None:
    backend.draft = draft(10)
    backend.on("message", events(cut))
    outcome, _ = turn(backend, "trim it to 6 seconds")
    assert len(backend.received("message")) == 1
    assert "has not changed since" in outcome.text
    assert len(backend.received("state")) > 5


def test_where_the_backend_says_that_it_failed_nobody_waits_for_more(backend: ScriptedBackend) -> None:
    backend.draft = draft(10)
    backend.on("message", failure(5000, "It failed (fault 1a2b).", status=500))
    outcome, _ = turn(backend, "trim it to 6 seconds")
    assert "has not changed since" in outcome.text
    assert len(backend.received("message")) == 1
    assert len(backend.received("state")) < 4


def test_a_fault_in_the_stream_is_told_beside_what_was_done(backend: ScriptedBackend) -> None:
    backend.on("state", state(10), state(6))
    backend.on("message", events({"errorCode": "500", "errorMessage": "music stage failed"}))
    outcome, _ = turn(backend, "trim it and add music")
    assert "music stage failed" in outcome.text
    assert "total length 10s → 6s" in outcome.text


def test_gui_talk_becomes_an_offer(backend: ScriptedBackend) -> None:
    backend.on("state", state(10), state(6))
    backend.on("message", events(says("The clip is now 6 s long. Click the Export button to download it.")))
    outcome, _ = turn(backend, "trim it to 6 seconds")
    assert "6 s long" in outcome.text
    assert "lick" not in outcome.text
    assert [action.kind for action in outcome.actions] == ["export"]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Added the music.\n\nI encountered a temporary issue. Please try again.", "Added the music."),
        ("Added the music. I encountered a temporary issue", "Added the music."),
        ("I encountered a temporary issue.", "I encountered a temporary issue."),
        ("I said that you encountered a temporary issue", "I said that you encountered a temporary issue"),
    ],
)
def test_a_trailing_hiccup_is_dropped_where_something_normal_stands_before(said: str, left: str) -> None:
    assert without_hiccup(said) == left


def test_two_stages_are_both_told(backend: ScriptedBackend, tmp_path: Path) -> None:
    backend.on("state", state(10), state(12))
    backend.on("message", events(says("The raw video is ready."), says("Music and titles are on.")))
    outcome, _ = turn(backend, "make a video about tea")
    assert outcome.text == "The raw video is ready.\n\nMusic and titles are on."


def test_a_long_recovery_is_told_every_two_minutes(backend: ScriptedBackend) -> None:
    backend.draft = draft(10)
    backend.on("message", events(cut))
    outcome, seen = turn(backend, "trim it to 6 seconds")
    first, second = (event.seconds for event in seen if isinstance(event, Waiting))
    assert 120 <= first < 140
    assert 240 <= second < 270
    assert isinstance(outcome.error, Unreachable)


def test_an_answer_is_not_lost_when_the_draft_cannot_be_looked_at(backend: ScriptedBackend) -> None:
    backend.on("state", state(10), Answer((b"",), 503))
    backend.on("message", events(says("Trimmed it to 6 seconds.")))
    outcome, _ = turn(backend, "trim it to 6 seconds")
    assert outcome.text.startswith("Trimmed it to 6 seconds.\n\nThe backend can't be asked now")
    assert isinstance(outcome.error, Unreachable)


def test_a_failure_that_is_told_twice_is_said_once(backend: ScriptedBackend) -> None:
    backend.draft = draft(10)
    backend.on(
        "message",
        events(
            says("Start", partial=True),
            {"errorCode": "ValueError", "errorMessage": "model broke"},
            {"error": "ValueError: model broke"},
        ),
    )
    outcome, _ = turn(backend, "trim it to 6 seconds")
    assert outcome.text == "Start\n\nThe backend reported a problem: model broke"
    assert len(backend.received("state")) == 2  # it said that it failed: there is nothing to wait for


def test_a_network_that_is_down_after_a_cut_is_waited_for(backend: ScriptedBackend) -> None:
    backend.on("state", state(10), Answer((cut,)), Answer((cut,)), state(6))
    backend.on("message", events(cut))
    outcome, _ = turn(backend, "trim it to 6 seconds")
    assert "broke off, but the edit was made" in outcome.text
