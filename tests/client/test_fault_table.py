"""Each fault of the protocol in each call: the promised error, and the number of requests that reached the server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from nemo_nb import errors
from nemo_nb.client import (
    Anonymous,
    Client,
    Identity,
    Limits,
    LoopThread,
    RenderJob,
    StreamCut,
    TokenStore,
)
from nemo_nb.testing import Answer, FakeClock, ScriptedBackend, cut, events, failure, pause

PNG = ("a.png", b"\x89PNG\r\n\x1a\npicture")


async def message(client: Client) -> Any:
    """The events, or the error of the cut that they end with."""
    seen = [event async for event in client.message("s", "trim it")]
    if isinstance(seen[-1], StreamCut):
        raise seen[-1].error
    return seen


CALLS: dict[str, Callable[[Client, Path], Any]] = {
    "token": lambda client, _: client.credits(),
    "claim": lambda client, _: client.claim_link("t", "s"),
    "session": lambda client, _: client.session("trailer", "en"),
    "message": lambda client, _: message(client),
    "upload": lambda client, _: client.upload("s", [PNG]),
    "credits": lambda client, _: client.credits(),
    "state": lambda client, _: client.state("s"),
    "export": lambda client, _: client.export_submit("s", {}, {}, "render_1"),
    "export_status": lambda client, _: client.export_status("render_1"),
    "export_cancel": lambda client, _: client.export_cancel("render_1"),
    "download": lambda client, folder: client.download(RenderJob("render_1", "completed"), folder / "a.mp4"),
}


@dataclass(frozen=True)
class Fault:
    """`requests`: how often a call that goes on meeting the fault is made; `otherwise` for calls that differ."""

    answer: Callable[[], Answer]
    error: type[errors.NemoError]
    requests: int = 1
    otherwise: dict[str, tuple[type[errors.NemoError], int]] = field(default_factory=dict)


def html(status: int) -> Callable[[], Answer]:
    return lambda: Answer((b"<html>nmv_usr_canary</html>",), status, {"content-type": "text/html"})


JSON = {"content-type": "application/json"}
LOST = {"download": (errors.Unreachable, 3)}  # a download may go on where it stopped: nothing is done twice
LATE = {"download": (errors.TimedOut, 3)}
SECOND_TOKEN = {"token": (errors.SignInFailed, 1)}  # who is refused a token has none to renew it with
FAULTS: dict[str, Fault] = {
    "1001": Fault(lambda: failure(1001), errors.SignInFailed, 2, SECOND_TOKEN),
    "1001 as 401": Fault(lambda: failure(1001, status=401), errors.SignInFailed, 2, SECOND_TOKEN),
    "bare 401": Fault(lambda: Answer((b"",), 401), errors.SignInFailed, 2, SECOND_TOKEN),
    "1001 as 500": Fault(
        lambda: failure(1001, status=500), errors.SignInFailed, 2,
        SECOND_TOKEN | {"message": (errors.SignInFailed, 1)},
    ),
    "1002": Fault(lambda: failure(1002), errors.SessionNotFound),
    "1002 as 404": Fault(
        lambda: Answer((b'{"detail": "Session not found: s"}',), 404), errors.SessionNotFound
    ),
    "2001": Fault(lambda: failure(2001), errors.NoCredits),
    "2001 as 402": Fault(lambda: failure(2001, status=402), errors.NoCredits),
    "4001": Fault(lambda: failure(4001), errors.UnsupportedFile),
    "bare 415": Fault(html(415), errors.UnsupportedFile),
    "4002": Fault(lambda: failure(4002), errors.FileTooLarge),
    "bare 413": Fault(html(413), errors.FileTooLarge),
    "4200": Fault(lambda: failure(4200, status=400), errors.DraftError),
    "400, no client id": Fault(
        lambda: failure(400, "X-Client-Id is missing", status=400), errors.BackendError, 2
    ),
    "402": Fault(lambda: failure(402, status=402), errors.PlanRequired),
    "bare 402": Fault(html(402), errors.PlanRequired),
    "422": Fault(
        lambda: Answer((b'{"detail": [{"msg": "field required"}]}',), 422), errors.BackendError
    ),
    "429": Fault(lambda: failure(429, status=429), errors.RateLimited, 2),
    "429 in the envelope": Fault(lambda: failure(429), errors.RateLimited, 2),
    "another code": Fault(lambda: failure(7, "odd"), errors.BackendError),
    "no success": Fault(
        lambda: Answer((b'{"success": false, "message": "no"}',), headers=JSON), errors.BackendError
    ),
    "no JSON": Fault(
        lambda: Answer((b"not json",), headers=JSON), errors.BackendError
    ),
    "a page": Fault(html(200), errors.BackendError),
    "a redirect": Fault(
        lambda: Answer((b"",), 302, {"location": "/login"}), errors.BackendError
    ),
    "500": Fault(html(500), errors.BackendError),
    "502": Fault(html(502), errors.Unreachable, otherwise=LOST | {"message": (errors.BackendError, 1)}),
    "503": Fault(html(503), errors.Unreachable, otherwise=LOST | {"message": (errors.BackendError, 1)}),
    "504": Fault(html(504), errors.TimedOut, otherwise=LATE | {"message": (errors.BackendError, 1)}),
    "cut before the answer": Fault(lambda: Answer((cut,)), errors.Unreachable, otherwise=LOST),
    "cut in the answer": Fault(
        lambda: Answer((b'{"code": 0', cut), headers=JSON),
        errors.Unreachable, otherwise=LOST,
    ),
}  # fmt: skip


@pytest.fixture
def client(
    backend: ScriptedBackend, clock: FakeClock, runner: LoopThread, tmp_path: Path
) -> Iterator[Client]:
    """An anonymous one, who has every remedy there is."""
    credentials = Anonymous(Identity(tmp_path / "client_id"), TokenStore(tmp_path, "scripted"), clock)
    client = Client(backend.url, credentials=credentials, clock=clock)
    yield client
    runner.run(client.aclose())


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_call(
    backend: ScriptedBackend, client: Client, runner: LoopThread, tmp_path: Path, call: str, fault: str
) -> None:
    row = FAULTS[fault]
    error, requests = row.otherwise.get(call, (row.error, row.requests))
    backend.on(call, *[row.answer() for _ in range(5)])
    with pytest.raises(error) as caught:
        runner.run(CALLS[call](client, tmp_path))
    assert len(backend.received(call)) == requests
    assert caught.value.next_step
    assert "canary" not in str(caught.value)
    assert "<html" not in str(caught.value)
    assert not list(tmp_path.glob("*.mp4"))


@pytest.mark.parametrize("call", [call for call in CALLS if call not in ("message", "download")])
def test_an_answer_that_does_not_come(
    backend: ScriptedBackend, runner: LoopThread, tmp_path: Path, call: str
) -> None:
    credentials = Anonymous(Identity(tmp_path / "client_id"), TokenStore(tmp_path, "scripted"))
    client = Client(backend.url, credentials=credentials, limits=Limits(read=0.3, work=0.3))
    backend.on(call, Answer((pause(),)))
    with pytest.raises(errors.ReadTimedOut):
        runner.run(CALLS[call](client, tmp_path))
    assert len(backend.received(call)) == 1
    runner.run(client.aclose())


IN_THE_STREAM: dict[str, tuple[Any, type[errors.NemoError], int]] = {
    "1001": ({"code": 1001, "message": "expired"}, errors.SignInFailed, 2),
    "1002": ({"error": "Session not found: s"}, errors.SessionNotFound, 1),
    "2001": ({"code": 2001, "message": "none left"}, errors.NoCredits, 1),
    "429": ({"errorCode": "429", "errorMessage": "slow down"}, errors.RateLimited, 2),
}


@pytest.mark.parametrize("fault", IN_THE_STREAM)
def test_a_refusal_that_is_the_first_event_of_the_stream(
    backend: ScriptedBackend, client: Client, runner: LoopThread, fault: str
) -> None:
    event, error, requests = IN_THE_STREAM[fault]
    backend.on("message", *[events(event) for _ in range(3)])
    with pytest.raises(error):
        runner.run(message(client))
    assert len(backend.received("message")) == requests
