"""A message over real HTTP: sent once, whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from nemo_nb.client import (
    Client,
    LoopThread,
    Secret,
    StreamCut,
    StreamFault,
    TextDelta,
    ToolStarted,
    UserToken,
    Waiting,
)
from nemo_nb.errors import (
    BackendError,
    NemoError,
    NoCredits,
    RateLimited,
    SessionNotFound,
    SignInFailed,
    Unreachable,
)
from nemo_nb.testing import Answer, FakeClock, ScriptedBackend, cut, events, failure, ok, pause

Say = Callable[..., list[Any]]


def part(text: str, **more: Any) -> dict[str, Any]:
    return {"content": {"role": "model", "parts": [{"text": text}]}, "author": "agent", **more}


def test_what_is_sent(backend: ScriptedBackend, say: Say) -> None:
    say("淡出音乐")
    (request,) = backend.received("message")
    assert request.json == {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": "session-1",
        "new_message": {"parts": [{"text": "淡出音乐"}]},
    }
    assert request.headers["accept"] == "text/event-stream"
    assert request.headers["authorization"] == "Bearer user-token"
    assert request.headers["x-skill-source"] == "nemo-nb"
    assert {"x-skill-version", "x-skill-platform"} <= set(request.headers)


def test_events_arrive_as_they_are_sent(backend: ScriptedBackend, client: Client, runner: LoopThread) -> None:
    hold = pause()
    backend.on("message", events(part("One", partial=True), hold, part("One two")))

    async def read() -> list[Any]:
        stream = client.message("session-1", "x")
        first = await anext(stream)
        hold.resume()
        return [first, *[event async for event in stream]]

    assert [event.whole for event in runner.run(read())] == ["One", "One two"]


@pytest.mark.parametrize(
    "answer",
    [
        events(part("Half", partial=True), cut),
        Answer((cut,)),
        Answer((b"Bad gateway",), 502),
        failure(5000, "crashed", status=500),
        events(part("Half", partial=True)),
    ],
    ids=["cut in the stream", "cut before an answer", "502", "500", "ended in a partial"],
)
def test_where_it_is_uncertain_the_message_is_not_sent_again(
    backend: ScriptedBackend, say: Say, answer: Answer
) -> None:
    backend.on("message", answer)
    assert isinstance(say()[-1], StreamCut)
    assert len(backend.received("message")) <= 1  # one that is cut at once may not have been recorded


def test_a_cut_stream_keeps_what_came(backend: ScriptedBackend, say: Say) -> None:
    backend.on("message", events(part("Half a", partial=True), cut))
    assert say() == [
        TextDelta("Half a", "Half a", "agent"),
        TextDelta("", "Half a", "agent", final=True),
        StreamCut("connection", "The connection was lost before the answer had ended."),
    ]


def test_a_body_that_ends_inside_an_event_is_a_cut(backend: ScriptedBackend, say: Say) -> None:
    # Behind an HTTP/1.0 proxy the end of the connection is the end of the body, wherever it comes.
    backend.on("message", events(part("Trimming", partial=True), b'data: {"content": {"parts": [{"te'))
    *_, last = say()
    assert isinstance(last, StreamCut)
    assert last.reason == "unfinished"
    assert not [event for event in say() if isinstance(event, StreamFault)]
    backend.on("message", events(b'data: {"content": {"parts": [{"text": "Done."}]}, "author": "agent"}'))
    assert [event.text for event in say() if isinstance(event, TextDelta)] == ["Done."]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (failure(1002, "no such session"), SessionNotFound),
        (Answer((b'{"detail": "Session not found: x"}',), 404), SessionNotFound),
        (events({"error": "Session not found: x"}), SessionNotFound),
        (failure(2001, "no credits", status=402), NoCredits),
        (events({"code": 2001, "message": "no credits"}), NoCredits),
        (Answer((b'{"detail": [{"msg": "field required"}]}',), 422), BackendError),
        (Answer((b"<html>gone</html>",), 410), BackendError),
        (ok({"odd": True}), BackendError),
    ],
)
def test_a_definite_no_is_an_error(
    backend: ScriptedBackend, say: Say, answer: Answer, error: type[NemoError]
) -> None:
    backend.on("message", answer)
    with pytest.raises(error) as caught:
        say()
    assert type(caught.value) is error
    assert "<html" not in str(caught.value)
    assert len(backend.received("message")) == 1


@pytest.mark.parametrize(
    "refusal",
    [
        failure(429, "slow down", status=429),
        failure(429, "slow down"),
        events({"code": 429, "message": "slow down"}),
    ],
    ids=["status", "envelope", "stream"],
)
def test_a_rate_limit_is_waited_for_once(
    backend: ScriptedBackend, say: Say, clock: FakeClock, refusal: Answer
) -> None:
    backend.on("message", refusal)
    assert say()[-1].whole == "Done."
    assert clock.slept == [30]
    backend.on("message", refusal, refusal)
    with pytest.raises(RateLimited):
        say()
    assert len(backend.received("message")) == 4


def test_a_rate_limit_names_its_time(backend: ScriptedBackend, say: Say, clock: FakeClock) -> None:
    backend.on("message", failure(429, status=429, Retry_After="7"))
    say()
    assert clock.slept == [7]
    backend.on("message", failure(429, status=429, Retry_After="86400"))
    with pytest.raises(RateLimited):
        say()


THOUGHT = {"content": {"parts": [{"text": "hm", "thought": True}]}, "author": "agent"}


@pytest.mark.parametrize(
    "first", [part("Working on it"), THOUGHT], ids=["text", "a thought that isn't shown"]
)
def test_a_refusal_after_an_event_is_not_remedied(
    backend: ScriptedBackend, say: Say, anonymous: Callable[[], Client], first: Any
) -> None:
    backend.on("message", events(first, {"code": 1001, "message": "expired"}))
    assert say(by=anonymous())[-1] == StreamFault("expired", 1001)
    assert len(backend.received("message")) == 1


def test_a_token_that_the_user_set_is_never_renewed(backend: ScriptedBackend, say: Say) -> None:
    backend.on("message", failure(1001, "bad token", status=401))
    with pytest.raises(SignInFailed):
        say()
    assert len(backend.received("message")) == 1
    assert not backend.received("token")


def test_a_bad_anonymous_token_is_renewed_and_the_message_sent_once_more(
    backend: ScriptedBackend, say: Say, anonymous: Callable[[], Client]
) -> None:
    backend.on("token", ok({"token": "old", "user_id": "u"}), ok({"token": "new", "user_id": "u"}))
    backend.on("message", failure(1001))
    assert say(by=anonymous())[-1].whole == "Done."
    assert [request.headers["authorization"] for request in backend.received("message")] == [
        "Bearer old",
        "Bearer new",
    ]


def test_a_backend_that_asks_for_the_client_id_gets_it(
    backend: ScriptedBackend, say: Say, anonymous: Callable[[], Client]
) -> None:
    backend.on("message", failure(400, "Missing X-Client-Id", status=400))
    say(by=anonymous())
    first, second = backend.received("message")
    assert "x-client-id" not in first.headers
    assert second.headers["x-client-id"] == backend.received("token")[0].headers["x-client-id"]


def test_nobody_there(say: Say) -> None:
    with pytest.raises(Unreachable):
        say(by=Client("http://127.0.0.1:9", credentials=UserToken(Secret("x"))))


def test_faults_in_the_stream_do_not_end_it(backend: ScriptedBackend, say: Say) -> None:
    call = {"content": {"parts": [{"functionCall": {"name": "trim"}}]}}
    backend.on("message", events(call, {"errorCode": "TOOL", "errorMessage": "failed"}, part("Tried again.")))
    assert say() == [
        ToolStarted("trim"),
        StreamFault("failed", "TOOL"),
        TextDelta("Tried again.", "Tried again.", "agent", final=True),
    ]


def test_every_two_minutes_of_waiting_are_told_and_ten_end_it(
    backend: ScriptedBackend, client: Client, runner: LoopThread, clock: FakeClock
) -> None:
    hold = pause()
    backend.on("message", events(part("Starting"), {"type": "heartbeat"}, "", hold))

    async def read() -> list[Any]:
        seen = []
        async for event in client.message("session-1", "x"):
            seen.append(event)
            await asyncio.to_thread(hold.reached.wait, 5)
            clock.advance(120)
        return seen

    assert runner.run(read())[1:] == [
        Waiting(120),
        Waiting(240),
        Waiting(360),
        Waiting(480),
        StreamCut("idle", "Nothing but heartbeats came for 10 minutes."),
    ]
    assert len(backend.received("message")) == 1


def test_a_stream_that_never_ends_is_given_up(
    backend: ScriptedBackend, client: Client, runner: LoopThread, clock: FakeClock
) -> None:
    holds = [pause(), pause(), pause()]
    backend.on("message", events(*(step for hold in holds for step in (part("Still at it"), hold))))

    async def read() -> list[Any]:
        seen = []
        async for event in client.message("session-1", "x"):
            seen.append(event)
            if isinstance(event, TextDelta):
                hold = holds[len([item for item in seen if isinstance(item, TextDelta)]) - 1]
                await asyncio.to_thread(hold.reached.wait, 5)
                clock.advance(350)
                hold.resume()
        return seen

    assert runner.run(read())[-1].reason == "total"


def test_leaving_the_stream_closes_the_connection(
    backend: ScriptedBackend, client: Client, runner: LoopThread
) -> None:
    hold = pause()
    backend.on("message", events(part("One"), hold))

    async def leave() -> None:
        stream = client.message("session-1", "x")
        await anext(stream)
        await stream.aclose()

    runner.run(leave())
    assert hold.ended.wait(5)
