"""Tokens: who asks for them, who shares them, when they are renewed."""

from __future__ import annotations

import asyncio
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from nemo_nb.client import (
    Anonymous,
    Client,
    Identity,
    LoopThread,
    Secret,
    Settings,
    TokenStore,
    UserToken,
    backend_key,
)
from nemo_nb.client.auth import is_loopback
from nemo_nb.errors import BackendError, InvalidInput, RateLimited, SignInFailed
from nemo_nb.testing import FakeClock, ScriptedBackend, failure, ok

Make = Callable[..., Client]
Run = Callable[..., object]


def token(name: str, user: str = "user-1", **more: object) -> object:
    return ok({"token": name, "user_id": user, **more})


def used(backend: ScriptedBackend, call: str = "credits") -> list[str]:
    return [request.headers["authorization"].removeprefix("Bearer ") for request in backend.received(call)]


def test_an_anonymous_user_gets_a_token_when_first_needed(
    backend: ScriptedBackend, anonymous: Make, run: Run
) -> None:
    client = anonymous()
    assert not backend.requests
    run(client.credits())
    run(client.credits())
    (request,) = backend.received("token")
    assert len(request.headers["x-client-id"]) == 36
    assert "authorization" not in request.headers
    assert used(backend) == ["nmv_usr_scripted"] * 2


def test_the_token_is_kept_for_the_next_notebook(
    backend: ScriptedBackend, anonymous: Make, run: Run, tmp_path: Path
) -> None:
    run(anonymous().credits())
    run(anonymous().credits())
    assert len(backend.received("token")) == 1
    for path in (*tmp_path.glob("tokens/*"), tmp_path / "client_id"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_notebooks_that_start_at_once_end_with_one_token(
    backend: ScriptedBackend, anonymous: Make, run: Run
) -> None:
    clients = [anonymous() for _ in range(4)]

    async def all_at_once() -> None:
        await asyncio.gather(*(client.credits() for client in clients))

    run(all_at_once())
    assert len(backend.received("token")) == 1


def test_an_expired_token_is_replaced_before_it_is_used(
    backend: ScriptedBackend, anonymous: Make, run: Run, clock: FakeClock
) -> None:
    soon = (clock.wall_ms() + 60_000) / 1000
    backend.on("token", token("old", expires_at=soon), token("new", "user-2"))
    client = anonymous()
    run(client.credits())
    clock.advance(61)
    run(client.credits())
    assert used(backend) == ["old", "new"]
    assert client.credentials.replaced  # the projects of user-1 are out of reach


@pytest.mark.parametrize("moment", ["2020-01-01T00:00:00Z", "2020-01-01T00:00:00", 1577836800, 1577836800000])
def test_the_end_of_a_token_is_understood_however_it_is_written(
    backend: ScriptedBackend, anonymous: Make, run: Run, moment: object
) -> None:
    backend.on("token", token("t", expires_at=moment))
    client = anonymous()
    run(client.credits())
    assert client.credentials.expires_ms == 1577836800000


@pytest.mark.parametrize("moment", [None, "soon", -1, 1e400, [], True])
def test_a_token_without_a_known_end_lasts_seven_days(
    backend: ScriptedBackend, anonymous: Make, run: Run, clock: FakeClock, moment: object
) -> None:
    backend.on("token", token("t", expires_at=moment))
    client = anonymous()
    run(client.credits())
    assert client.credentials.expires_ms == clock.wall_ms() + 7 * 24 * 3600 * 1000


@pytest.mark.parametrize("refusal", [failure(1001), failure(1001, status=401)], ids=["envelope", "status"])
def test_a_refused_token_is_renewed_once(
    backend: ScriptedBackend, anonymous: Make, run: Run, refusal: object
) -> None:
    backend.on("token", token("old"), token("new"))
    backend.on("credits", refusal)
    client = anonymous()
    run(client.credits())
    assert used(backend) == ["old", "new"]
    assert not client.credentials.replaced  # the same user, with another token

    backend.on("token", token("newer"))
    backend.on("credits", refusal, refusal)
    with pytest.raises(SignInFailed):
        run(client.credits())
    assert used(backend) == ["old", "new", "new", "newer"]


def test_a_token_that_another_notebook_renewed_is_taken_over(
    backend: ScriptedBackend, anonymous: Make, run: Run
) -> None:
    backend.on("token", token("old"), token("new"))
    first, second = anonymous(), anonymous()
    run(first.credits())
    run(second.credits())
    for client in (first, second):
        backend.on("credits", failure(1001))
        run(client.credits())
    assert len(backend.received("token")) == 2
    assert used(backend)[-1] == "new"


def test_a_refused_client_id_is_replaced(backend: ScriptedBackend, anonymous: Make, run: Run) -> None:
    backend.on("token", failure(400, "X-Client-Id is missing", status=400))
    run(anonymous().credits())
    first, second = (request.headers["x-client-id"] for request in backend.received("token"))
    assert first != second


def test_a_client_id_that_the_user_set_is_not(backend: ScriptedBackend, run: Run, tmp_path: Path) -> None:
    backend.on("token", failure(400, "X-Client-Id is missing", status=400))
    identity = Identity(tmp_path / "client_id", Secret("mine"))
    client = Client(backend.url, credentials=Anonymous(identity, TokenStore(tmp_path, "k")))
    with pytest.raises(BackendError):
        run(client.credits())
    run(client.aclose())
    assert [request.headers["x-client-id"] for request in backend.received("token")] == ["mine"]


def test_no_more_tokens_to_be_had(
    backend: ScriptedBackend, anonymous: Make, run: Run, clock: FakeClock
) -> None:
    backend.on("token", failure(429, "one a week", status=429), failure(429, "one a week", status=429))
    with pytest.raises(RateLimited, match="one a week"):
        run(anonymous().credits())
    assert clock.slept == [30]


@pytest.mark.parametrize("answer", [ok({}), ok({"token": 7}), ok({"token": "a\nb"}), ok([])])
def test_an_answer_without_a_usable_token(
    backend: ScriptedBackend, anonymous: Make, run: Run, answer: object
) -> None:
    backend.on("token", answer)
    with pytest.raises(BackendError, match="no token"):
        run(anonymous().credits())


def test_a_shared_client_id_is_used_and_a_broken_one_replaced(tmp_path: Path) -> None:
    file = tmp_path / "nemovideo" / "client_id"
    file.parent.mkdir()
    file.write_text("from-another-tool\n")
    assert Identity(file).client_id() == Secret("from-another-tool")
    file.write_text("not\nusable\n")
    made = Identity(file).client_id()
    assert made == Identity(file).client_id() == Secret(file.read_text())


def test_threads_that_make_a_client_id_at_once_agree(tmp_path: Path) -> None:
    seen: set[Secret] = set()
    threads = [
        threading.Thread(target=lambda: seen.add(Identity(tmp_path / "client_id").client_id()))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 1


def test_where_things_are_kept(tmp_path: Path) -> None:
    moved = Settings.from_environment({"NEMO_NB_HOME": str(tmp_path)})
    assert (moved.home, moved.client_id_file) == (tmp_path, tmp_path / "client_id")
    usual = Settings.from_environment({"NEMO_TOKEN": "canary", "NEMO_CLIENT_ID": "canary"})
    assert usual.client_id_file == Path.home() / ".config" / "nemovideo" / "client_id"
    assert usual.token == usual.client_id == Secret("canary")
    assert "canary" not in repr(usual)


@pytest.mark.parametrize(
    "url", ["http://example.com", "http://10.0.0.7:8000", "http://evil.localhost.example"]
)
def test_a_token_never_travels_over_plain_http(url: str) -> None:
    with pytest.raises(InvalidInput, match="plain http"):
        Client(url, credentials=UserToken(Secret("x")))


@pytest.mark.parametrize(
    "url", ["", "ftp://x", "nonsense", "https://", "https://user:pw@host", "http://[::1"]
)
def test_what_is_no_backend(url: str) -> None:
    with pytest.raises(InvalidInput):
        Client(url, credentials=UserToken(Secret("x")))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1", "http://localhost", "http://[::1]:8", "https://example.com"]
)
def test_loopback_and_https_are_fine(url: str) -> None:
    Client(url, credentials=UserToken(Secret("x")))


@pytest.mark.parametrize("bad", ["", "two words", "line\nbreak", "tökén"])
def test_a_token_that_no_header_can_carry(bad: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        UserToken(Secret(bad))
    assert not bad or bad not in str(caught.value)


def test_names_for_what_is_kept_about_a_backend() -> None:
    assert backend_key("https://Mega-API.example.ai/v1/") == "https-mega-api.example.ai-v1"
    assert "/" not in backend_key("http://localhost:80/../../etc")
    assert not is_loopback("127.0.0.1.example.com")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_can_go_on(backend: ScriptedBackend, client: Client, runner: LoopThread) -> None:
    runner.run(client.credits())
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if runner.run(client.credits()).available == 100 else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert runner.run(client.credits()).available == 100
