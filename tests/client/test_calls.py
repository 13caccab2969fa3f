"""Each call over real HTTP, and each way to say no."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nemo_nb import errors
from nemo_nb.client import Asset, Client, Credits, LoopThread, Session
from nemo_nb.draft import Draft
from nemo_nb.errors import BackendError, NotSupportedByBackend, Unreachable
from nemo_nb.testing import Answer, ScriptedBackend, cut, failure, ok

Run = Callable[..., Any]


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
    backend.on("filmstrip", Answer((b"\xff\xd8",), headers={"content-type": "image/jpeg"}))
    entry = {"task_id": "t", "session_id": "s", "name": "trailer", "updated_ms": 9}
    backend.on("projects", ok({"projects": [entry]}))
    backend.on("assets", ok({"assets": [{"filename": "a.mp3", "file_type": "audio"}]}))

    assert run(client.preview_frame("s", at_ms=5000)) == b"\x89PNG"
    with pytest.raises(errors.NothingToExport):
        run(client.preview_frame("s"))
    assert run(client.preview_video("s", tmp_path / "p.mp4")).read_bytes() == b"mp4"
    assert run(client.filmstrip("s", "sha256:a", frames=8)) == b"\xff\xd8"
    assert run(client.projects())[0].name == "trailer"
    assert run(client.assets("s"))[0].kind == "audio"
    run(client.delete_project("t"))
    assert backend.received("delete_project")


def test_every_call_is_a_coroutine_but_the_stream() -> None:
    public = {name: call for name, call in inspect.getmembers(Client, inspect.isfunction) if name[0] != "_"}
    assert [name for name, call in public.items() if not inspect.iscoroutinefunction(call)] == [
        "events",
        "message",
    ]


def test_the_client_moves_to_another_loop(backend: ScriptedBackend, client: Client) -> None:
    for _ in range(2):
        runner = LoopThread()
        assert runner.run(client.credits()).available == 100
        runner.run(client.aclose())
        runner.close()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text() | st.sampled_from(["t", "d", "m", "v"]), JSON, max_size=4), st.booleans())
@example({"t": [], "half an emoji": "\ud83d", "exact": 1.0, "long": 2**70}, True)
def test_any_draft_comes_back_to_the_backend_as_it_came(
    backend: ScriptedBackend, client: Client, run: Run, draft: dict[str, Any], escaped: bool
) -> None:
    backend.requests.clear()
    body = json.dumps({"code": 0, "data": {"state": {"draft": draft}}}, ensure_ascii=escaped)
    backend.on("state", Answer((body.encode("utf-8", "surrogatepass" if escaped else "replace"),)))
    sent = json.loads(body.encode("utf-8", "replace"))["data"]["state"]["draft"]
    state = run(client.state("s"))
    run(client.export_submit("s", state.draft.to_dict(), {}, "render_1"))
    received = backend.received("export")[0].json["draft"]
    assert repr(received) == repr(sent)  # repr, for 1 is not 1.0 here
