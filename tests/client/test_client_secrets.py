"""A token is sent, and shows nowhere else."""

from __future__ import annotations

import base64
import dataclasses
import json
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
    Journal,
    LoopThread,
    RenderJob,
    Secret,
    Session,
    TextDelta,
    TokenStore,
    UserToken,
)
from nemo_nb.client.masked import presentable
from nemo_nb.draft import Draft
from nemo_nb.errors import NemoError
from nemo_nb.testing import Answer, FakeClock, ScriptedBackend, cut, events, failure, ok

CANARY = "canary-7f3a"
FAULTS = [
    failure(1001, f"bad token {CANARY}"),
    failure(7, f"{CANARY} is odd", status=500),
    Answer((f"<html>{CANARY}</html>".encode(),), 502),
    Answer((f"Authorization: Bearer {CANARY}".encode(),), 403),
    Answer((b'{"code": 7}',), 500, {"x-echo": f"Bearer {CANARY}", "set-cookie": f"id={CANARY}"}),
    Answer((b"",), 302, {"location": f"https://cdn.invalid/a?sig={CANARY}"}),
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


@pytest.mark.parametrize(
    "fault", FAULTS, ids=["1001", "500", "502", "403", "headers", "sent elsewhere", "cut", "cut in the body"]
)
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


WAYS = {
    "plain": lambda raw: raw.decode(),
    "base64": lambda raw: base64.b64encode(raw).decode(),
    "base64 after a byte": lambda raw: base64.b64encode(b"x" + raw + b"y").decode(),
    "base64 after two": lambda raw: base64.urlsafe_b64encode(b"id:" + raw + b"yyy").decode(),
    "hex": lambda raw: raw.hex(),
    "HEX": lambda raw: raw.hex().upper(),
    "percent": lambda raw: "".join(f"%{byte:02x}" for byte in raw),
}


LONG = b"canary-7f3a-c4n4ry-9b1c-kanarie"


def tells(shown: str) -> bool:
    """Whether a text still tells the secret in any of the ways: most of it, in whatever neighbourhood."""
    ways = [way(LONG[3:-3])[4:-6] for way in WAYS.values()]
    return any(way in shown for way in ways)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_token_in_a_reply_is_neither_shown_nor_kept(
    backend: ScriptedBackend, runner: LoopThread, tmp_path: Path, way, size: int
) -> None:
    client = Client(backend.url, credentials=UserToken(Secret(LONG.decode())), clock=FakeClock())
    said = f"Your token is {way(LONG)}, keep it."
    parts = [said[at : at + size] for at in range(0, len(said), size)]

    async def message() -> list[Any]:
        return [event async for event in client.message("s", "x")]

    deltas = [{"content": {"parts": [{"text": part}]}, "partial": True} for part in parts]
    backend.on("message", events(*deltas, {"content": {"parts": [{"text": said}]}, "turnComplete": True}))
    heard = [event for event in runner.run(message()) if isinstance(event, TextDelta)]
    for shown in ("".join(event.text for event in heard), *(event.whole for event in heard)):
        assert not tells(shown)
    assert heard[-1].whole.startswith("Your token is ")
    assert heard[-1].whole.endswith(", keep it.")
    assert "redacted" in heard[-1].whole
    journal = Journal(tmp_path, "backend")
    journal.begin(Session("s"), "x")
    journal.add_turn("s", "x", said)
    assert not tells("".join(path.read_text() for path in tmp_path.rglob("*.jsonl")))
    runner.run(client.aclose())


ANSWERS: dict[str, tuple[Callable[[Client], Any], Any]] = {
    "session": (lambda client: client.session("x"), lambda said: {"session_id": "s", "task_id": said}),
    "state": (
        lambda client: client.state("s"),
        lambda said: {
            "state": {
                "draft": {"v": 1, "t": [], "m": {"title": said, said: 1}},
                "video_infos": [{"filename": said, "note": said}],
            }
        },
    ),
    "capabilities": (
        lambda client: client.capabilities(),
        lambda said: {"extensions": [said], "notice": said},
    ),
    "plan": (
        lambda client: client.plan("s", "x"),
        lambda said: {"reply": said, "question": said, "unbound": [said], "operations": [{"op": said}]},
    ),
    "history": (
        lambda client: client.history("s"),
        lambda said: {"turns": [{"turn": 1, "text": said, "frames": [{"deep": [{"deeper": said}]}]}]},
    ),
    "projects": (lambda client: client.projects(), lambda said: {"projects": [{"name": said}]}),
}


@pytest.mark.parametrize("escaped", [False, True], ids=["as it is", "escaped"])
@pytest.mark.parametrize("call", ANSWERS)
def test_no_answer_shows_a_token_wherever_it_stands(
    backend: ScriptedBackend, runner: LoopThread, call: str, escaped: bool
) -> None:
    client = Client(backend.url, credentials=UserToken(Secret(LONG.decode())), clock=FakeClock())
    make, answered = ANSWERS[call]
    if call != "capabilities":
        backend.on("capabilities", ok({"extensions": ["plan", "history", "projects"]}))
    body = json.dumps({"code": 0, "data": answered(f"the token is {LONG.decode()}.")})
    if escaped:
        body = body.replace(LONG.decode(), "".join(f"\\u{letter:04x}" for letter in LONG))
    backend.on(call, Answer((body.encode(),)))
    shown = repr(vars_of(runner.run(make(client))))
    assert "the token is redacted." in shown
    assert not tells(shown)
    runner.run(client.aclose())


def vars_of(value: Any) -> Any:
    """All that an answer holds, also what its repr leaves out."""
    if isinstance(value, list | tuple):
        return [vars_of(item) for item in value]
    if isinstance(value, Draft):
        return value.to_dict()
    if dataclasses.is_dataclass(value):
        return {each.name: vars_of(getattr(value, each.name)) for each in dataclasses.fields(value)}
    return value


def test_no_event_shows_a_token_wherever_it_stands(backend: ScriptedBackend, runner: LoopThread) -> None:
    client = Client(backend.url, credentials=UserToken(Secret(LONG.decode())), clock=FakeClock())
    said = f"the token is {LONG.decode()}."
    told = {"turn": 1, "question": said, "suggestions": [said], "notes": [{"text": said}], "by": said}
    parts = [{"functionCall": {"name": said}}, {"functionResponse": {"name": said}}]
    backend.on(
        "message",
        events({"content": {"parts": parts}}, {"customMetadata": {"nemo_nb": told}, "turnComplete": True}),
    )

    async def message() -> list[Any]:
        return [event async for event in client.message("s", "x")]

    shown = repr(runner.run(message()))
    assert shown.count("the token is redacted.") == 6
    assert not tells(shown)
    runner.run(client.aclose())


def test_an_error_leads_to_no_foreign_one(runner: LoopThread) -> None:
    """httpx's hold the request, and that holds the token."""
    closed = Client("http://127.0.0.1:9", credentials=UserToken(Secret(CANARY)))
    for call in (closed.credits(), closed.state("s"), closed.export_status("x"), closed.session("x")):
        with pytest.raises(NemoError) as raised:
            runner.run(call)
        error: BaseException | None = raised.value
        while error is not None:
            assert isinstance(error, NemoError)
            error = error.__cause__ or error.__context__
    runner.run(closed.aclose())
