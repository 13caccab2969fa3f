"""A token is sent, and shows nowhere else."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nemo_nb.client import (
    Anonymous,
    Client,
    Identity,
    LoopThread,
    RenderJob,
    Secret,
    Session,
    TokenStore,
    UserToken,
)
from nemo_nb.client.masked import presentable
from nemo_nb.testing import Answer, FakeClock, ScriptedBackend, cut, events, failure, ok

CANARY = "canary-7f3a"
FAULTS = [
    failure(1001, f"bad token {CANARY}"),
    failure(7, f"{CANARY} is odd", status=500),
    Answer((f"<html>{CANARY}</html>".encode(),), 502),
    Answer((f"Authorization: Bearer {CANARY}".encode(),), 403),
    Answer((cut,)),
    Answer((b"{", cut)),
]


def verbose_traceback(error: BaseException) -> str:
    """What IPython prints under `%xmode Verbose`: local variables and all."""
    from IPython.core.ultratb import VerboseTB

    assert error.__traceback__ is not None
    below = error.__traceback__.tb_next  # the test's own frame holds the canary
    return "\n".join(VerboseTB(theme_name="nocolor").structured_traceback(type(error), error, below))


@pytest.fixture(params=["user", "anonymous"])
def holder(
    request: pytest.FixtureRequest, backend: ScriptedBackend, tmp_path: Path, runner: LoopThread
) -> Any:
    if request.param == "user":
        credentials: Any = UserToken(Secret(CANARY))
    else:
        for _ in range(40):
            backend.on("token", ok({"token": CANARY, "user_id": "u"}))
        credentials = Anonymous(Identity(tmp_path / "id", Secret("client-canary")), TokenStore(tmp_path, "k"))
    client = Client(backend.url, credentials=credentials, clock=FakeClock())
    yield client
    runner.run(client.aclose())


@pytest.mark.parametrize("fault", FAULTS, ids=["1001", "500", "502", "403", "cut", "cut in the body"])
def test_no_error_holds_it(
    backend: ScriptedBackend,
    holder: Client,
    runner: LoopThread,
    fault: Answer,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)

    async def message() -> list[Any]:
        return [event async for event in holder.message("s", "x")]

    calls: dict[str, Callable[[], Any]] = {
        "credits": holder.credits,
        "message": message,
        "upload": lambda: holder.upload("s", [("a.png", b"\x89PNG\r\n\x1a\n" * 9)]),
        "download": lambda: holder.download(RenderJob("render_1", "completed"), tmp_path / "a.mp4"),
    }
    shown = [repr(holder), repr(holder.credentials), repr(vars(holder)), repr(vars(holder.credentials))]
    for call, start in calls.items():
        backend.on(call, fault, fault, fault, fault)
        try:
            shown.append(repr(runner.run(start())))
        except Exception as error:
            shown += [str(error), repr(error), verbose_traceback(error)]
        backend._scripts[call].clear()
    text = "\n".join([*shown, caplog.text])
    assert CANARY not in text
    assert "client-canary" not in text
    sent = {request.headers.get("authorization") for request in backend.requests if request.call != "token"}
    assert sent == {f"Bearer {CANARY}"}


def test_a_signed_url_is_not_logged(
    backend: ScriptedBackend,
    client: Client,
    runner: LoopThread,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    job = RenderJob("render_1", "completed", 1.0, Secret(f"{backend.url}/files/a.mp4?sig={CANARY}"))
    runner.run(client.download(job, tmp_path / "a.mp4"))
    assert backend.received("file")
    assert CANARY not in caplog.text + repr(job)
    runner.run(client.credits())
    assert "credits/balance" in caplog.text  # other requests are logged as ever


def test_the_stream_does_not_repeat_it(backend: ScriptedBackend, holder: Client, runner: LoopThread) -> None:
    async def message() -> list[Any]:
        return [event async for event in holder.message("s", "x")]

    backend.on("message", events({"error": f"token {CANARY} expired"}))
    (fault,) = runner.run(message())
    assert fault.message == "token ••• expired"


def test_secrets_stay_where_they_are() -> None:
    secret = Secret(CANARY)
    assert CANARY not in f"{secret} {secret!r} {[secret]} {Session('s')}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("plain words", "plain words"),
        ("two\n lines", "two lines"),
        ("<!DOCTYPE html><p>x", ""),
        ("key nmv_usr_a.b-c!", "key •••!"),
        ("Bearer abc", "•••"),
        ("at https://a.test/b?c=d now", "at https://a.test/b?••• now"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_what_a_backend_says_is_made_fit_to_show(said: str, shown: str) -> None:
    assert presentable(said) == shown
