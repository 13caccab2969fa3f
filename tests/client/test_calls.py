"""Each call over real HTTP, and each way to say no."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from nemo_nb import errors
from nemo_nb.client import Asset, Client, Credits, LoopThread, Secret, Session, UserToken
from nemo_nb.draft import Draft
from nemo_nb.errors import BackendError, NotSupportedByBackend, SessionNotFound, TimedOut, Unreachable
from nemo_nb.testing import Answer, ScriptedBackend, cut, failure, ok, pause

Run = Callable[..., Any]
CALLS: dict[str, Callable[[Client], Any]] = {
    "session": lambda client: client.session("trailer", "en"),
    "state": lambda client: client.state("s"),
    "credits": lambda client: client.credits(),
    "claim": lambda client: client.claim_link("t", "s"),
    "upload": lambda client: client.upload_urls("s", ["https://example.com/a.mp4"]),
    "export": lambda client: client.export_submit("s", {}, {}, "render_1"),
    "export_status": lambda client: client.export_status("render_1"),
    "export_cancel": lambda client: client.export_cancel("render_1"),
}
FAULTS: list[tuple[Answer, type[Exception]]] = [
    (failure(1001), errors.SignInFailed),
    (failure(1001, status=401), errors.SignInFailed),
    (Answer((b"",), 401), errors.SignInFailed),
    (failure(1002), SessionNotFound),
    (failure(1002, status=404), SessionNotFound),
    (Answer((b'{"detail": "Session not found: s"}',), 404), SessionNotFound),
    (failure(2001), errors.NoCredits),
    (failure(4001), errors.UnsupportedFile),
    (failure(4001, status=415), errors.UnsupportedFile),
    (failure(4002), errors.FileTooLarge),
    (Answer((b"<html>Request Entity Too Large</html>",), 413), errors.FileTooLarge),
    (failure(402, status=402), errors.PlanRequired),
    (Answer((b"",), 402), errors.PlanRequired),
    (failure(4200, status=400), errors.DraftError),
    (failure(7, "odd"), BackendError),
    (Answer((b'{"success": false, "message": "no"}',)), BackendError),
    (Answer((b"not json",)), BackendError),
    (Answer((b"<html>welcome</html>",)), BackendError),
    (Answer((b"",), 500), BackendError),
    (Answer((b"",), 302, {"location": "https://elsewhere.test"}), BackendError),
    (Answer((b"",), 502), Unreachable),
    (Answer((b"",), 504), TimedOut),
    (Answer((cut,)), Unreachable),
    (Answer((b'{"code": 0', cut)), Unreachable),
]


@pytest.mark.parametrize("call", CALLS)
def test_each_fault_is_its_error_and_no_fault_repeats_a_request(
    backend: ScriptedBackend, client: Client, run: Run, call: str
) -> None:
    for answer, error in FAULTS:
        before = len(backend.requests)
        backend.on(call, answer)
        with pytest.raises(error) as caught:
            run(CALLS[call](client))
        assert type(caught.value) is error
        assert len(backend.requests) == before + 1, answer
        assert "<html" not in str(caught.value)


def test_every_error_says_what_to_do(backend: ScriptedBackend, client: Client, run: Run) -> None:
    backend.on("credits", failure(2001))
    with pytest.raises(errors.NoCredits, match="Top up credits"):
        run(client.credits())
    backend.on("credits", Answer((b'{"code": 4001, "message": "bad", "next_step": "Do this."}',)))
    with pytest.raises(errors.UnsupportedFile) as caught:
        run(client.credits())
    assert (caught.value.what, caught.value.next_step) == ("bad", "Do this.")


def test_an_anonymous_user_without_credits_is_told_where_to_register(
    backend: ScriptedBackend, anonymous: Callable[[], Client], run: Run
) -> None:
    client = anonymous()
    run(client.session())
    backend.on("credits", failure(2001))
    with pytest.raises(errors.NoCredits, match=r"https://nemovideo\.com/\?bind=user-1"):
        run(client.credits())


def test_an_answer_that_does_not_come(backend: ScriptedBackend, run: Run) -> None:
    from nemo_nb.client import Limits

    client = Client(backend.url, credentials=UserToken(Secret("x")), limits=Limits(read=0.1))
    hold = pause()
    backend.on("credits", Answer((hold,)))
    with pytest.raises(TimedOut):
        run(client.credits())
    hold.resume()
    run(client.aclose())


def test_a_session(backend: ScriptedBackend, client: Client, run: Run) -> None:
    assert run(client.session("trailer", "zh")) == Session("session-1", "task-1", "user-1")
    assert backend.received("session")[0].json == {"task_name": "trailer", "language": "zh"}
    backend.on("session", ok({}))
    with pytest.raises(BackendError):
        run(client.session())


def test_credits(client: Client, run: Run) -> None:
    assert run(client.credits()) == Credits(100, 0, 100)


def test_the_state_keeps_what_nobody_here_knows(backend: ScriptedBackend, client: Client, run: Run) -> None:
    draft = {"t": [{"tt": 0, "sg": [{"d": 1000, "x-cloud": [1]}]}], "mystery": {"a": None}}
    info = {
        "filename": "a.mp4",
        "file_type": "video/mp4",
        "duration": 1.5,
        "width": 1920,
        "height": 1080,
        "fps": 29.97,
    }
    backend.on("state", ok({"state": {"draft": draft, "video_infos": [info], "new": 1}}))
    state = run(client.state("s 1"))
    assert state.draft.to_dict() == draft
    assert state.assets == [Asset("a.mp4", "video", 1500, 1920, 1080, 29.97)]
    assert state.raw["new"] == 1
    assert isinstance(state.draft, Draft)


@pytest.mark.parametrize("data", [None, [], {}, {"state": None}, {"state": {"draft": [], "video_infos": {}}}])
def test_an_odd_state_is_an_empty_one(
    backend: ScriptedBackend, client: Client, run: Run, data: object
) -> None:
    backend.on("state", Answer((httpx.Response(200, json={"code": 0, "data": data}).content,)))
    state = run(client.state("s"))
    assert (state.draft.to_dict().get("t", []), state.assets) == ([], [])


def test_a_claim_link_opens_the_project_and_shows_only_masked(
    backend: ScriptedBackend, client: Client, run: Run
) -> None:
    link = run(client.claim_link("task-1", "session-1"))
    assert link.reveal() == "https://nemovideo.com/workspace/claim?ct=clm_scripted"
    assert "clm_" not in repr(link)


# -- the embedded engine's extensions ----------------------------------------------------------------------------


def test_a_plain_backend_is_asked_once_and_then_known(
    backend: ScriptedBackend, client: Client, run: Run
) -> None:
    for _ in range(2):
        with pytest.raises(NotSupportedByBackend):
            run(client.undo("s"))
    assert len(backend.received("capabilities")) == 1
    assert not backend.received("undo")


@pytest.mark.parametrize("answer", [Answer((b"<html>",)), failure(1001, status=401), Answer((b"",), 405)])
def test_a_gateway_may_say_no_in_its_own_way(
    backend: ScriptedBackend, anonymous: Callable[[], Client], run: Run, answer: Answer
) -> None:
    backend.on("capabilities", answer, answer)
    assert run(anonymous().capabilities()).extensions == frozenset()
    assert len(backend.received("token")) == 1  # an anonymous user is never given up for it


def test_a_backend_that_cannot_be_asked_is_asked_again(
    backend: ScriptedBackend, client: Client, run: Run
) -> None:
    backend.on("capabilities", Answer((cut,)), EXTENDED)
    with pytest.raises(Unreachable):
        run(client.capabilities())
    assert "undo" in run(client.capabilities()).extensions


EXTENDED = ok(
    {
        "engine": "nemo-nb",
        "version": "0.1.0",
        "extensions": ["plan", "apply", "undo", "history", "preview", "assets", "projects"],
    }
)


def test_plans_operations_undo_and_history(backend: ScriptedBackend, client: Client, run: Run) -> None:
    draft = {"v": 1, "t": []}
    backend.on("capabilities", EXTENDED)
    backend.on("plan", ok({"operations": [{"op": "mute"}], "reply": "Will mute."}))
    backend.on("apply", ok({"draft": draft, "turn": 2, "reply": "Muted."}))
    backend.on("undo", ok({"draft": draft, "steps": 1}))
    backend.on("redo", ok({"draft": draft, "steps": 0}))
    turn = {"turn": 1, "kind": "message", "text": "mute", "draft": draft, "undone": True, "at_ms": 5}
    backend.on("history", ok({"turns": [turn]}))

    planned = run(client.plan("s", "mute it"))
    assert planned.operations == [{"op": "mute"}]
    applied = run(client.apply("s", planned.operations, label="mute it"))
    assert (applied.turn, applied.reply, applied.draft.to_dict()) == (2, "Muted.", draft)
    assert backend.received("apply")[0].json == {"operations": [{"op": "mute"}], "label": "mute it"}
    assert run(client.undo("s")).steps == 1
    assert run(client.redo("s")).steps == 0
    (seen,) = run(client.history("s"))
    assert (seen.turn, seen.undone, seen.at_ms) == (1, True, 5)


def test_previews_and_projects(backend: ScriptedBackend, client: Client, run: Run, tmp_path: Path) -> None:
    backend.on("capabilities", EXTENDED)
    backend.on(
        "preview", Answer((b"\x89PNG",), headers={"content-type": "image/png"}), failure(4100, status=400)
    )
    backend.on(
        "preview_video", Answer((b"mp4",), headers={"content-type": "video/mp4", "content-length": "3"})
    )
    entry = {"task_id": "t", "session_id": "s", "name": "trailer", "updated_ms": 9}
    backend.on("projects", ok({"projects": [entry]}))
    backend.on("assets", ok({"assets": [{"filename": "a.mp3", "file_type": "audio"}]}))

    assert run(client.preview_frame("s", at_ms=5000)) == b"\x89PNG"
    with pytest.raises(errors.NothingToExport):
        run(client.preview_frame("s"))
    assert run(client.preview_video("s", tmp_path / "p.mp4")).read_bytes() == b"mp4"
    assert run(client.projects())[0].name == "trailer"
    assert run(client.assets("s"))[0].kind == "audio"
    run(client.delete_project("t"))
    assert backend.received("delete_project")


def test_every_call_is_a_coroutine_but_the_stream() -> None:
    public = {name: call for name, call in inspect.getmembers(Client, inspect.isfunction) if name[0] != "_"}
    assert [name for name, call in public.items() if not inspect.iscoroutinefunction(call)] == ["message"]


def test_the_client_moves_to_another_loop(backend: ScriptedBackend, client: Client) -> None:
    for _ in range(2):
        runner = LoopThread()
        assert runner.run(client.credits()).available == 100
        runner.run(client.aclose())
        runner.close()
