"""How many requests a call makes, and how many bytes they move, counted where they reach the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from counted import Counted
from kit import Kit

import nemo_nb as nemo
from nemo_nb.draft import Draft
from nemo_nb.engine.records import NewTurn
from nemo_nb.errors import InvalidInput
from nemo_nb.testing import Answer, ScriptedBackend, cut, events, no_waiting, ok

OPERATIONS = [{"op": "background", "color": "#ffffff"}]
CALLS: dict[str, tuple[Callable[[nemo.Project], Any], list[str]]] = {
    "say": (lambda project: project.say("cut the first second"), ["POST run_sse"]),
    "say what changes nothing": (lambda project: project.say("how long is it?"), ["POST run_sse"]),
    "apply": (lambda project: project.apply(OPERATIONS), ["POST apply"]),
    "undo": (lambda project: project.undo(), ["POST undo"]),
    "undo a turn": (lambda project: project.undo(turn=2), ["POST leave_out"]),
    "redo": (lambda project: project.redo(), ["POST redo"]),
    "draft": (lambda project: project.draft, ["GET latest"]),
    "history": (lambda project: project.history, ["GET history"]),
    "draft at a turn": (lambda project: project.draft_at(2), ["GET 2"]),
    "recipe": (lambda project: project.recipe(), ["GET latest", "GET history"]),
}


@pytest.fixture
def project(counted: Counted, kit: Kit, tmp_path: Path) -> Iterator[nemo.Project]:
    """A 4 s clip that was muted, in a project on the engine that counts."""
    with nemo.connect(counted.url, language="en") as project:
        project.upload(kit.clip())
        project.say("mute the clip")
        counted.clear()
        yield project


@pytest.mark.parametrize("call", CALLS)
def test_a_call_is_one_request(project: nemo.Project, counted: Counted, call: str) -> None:
    make, requests = CALLS[call]
    make(project)
    assert counted.names == requests


def asked(counted: Counted) -> list[str]:
    """What was asked for, but the one call by which whoever watches listens."""
    return [name for name in counted.names if name != "GET events"]


def test_with_somebody_watching_there_is_one_look_more(project: nemo.Project, counted: Counted) -> None:
    seen: list[Any] = []
    project.watch(seen.append)
    reply = project.say("cut the first second")
    assert asked(counted) == ["POST run_sse", "GET latest"]
    assert [status.draft.duration_ms for status in seen] == [3000]
    assert [str(change) for change in reply.changes] == ["clip.mp4: cut out 0-1s", "total length 4s → 3s"]


def test_a_reply_tells_the_same_changes_as_the_drafts(project: nemo.Project) -> None:
    for sentence in (
        "add the title “Hi” from 1 to 3 seconds, bold", "make it black and white", "cut from 1 to 2 seconds",
        "crop it to a square", "play it at double speed", "fade it out at the end", "undo", "split it at 0.5 seconds",
    ):  # fmt: skip
        before = project.draft
        assert list(project.say(sentence).changes) == before.diff(project.draft), sentence
        assert project.history[-1].hash == project.draft_at(project.history[-1].turn).hash


def test_what_is_taken_back_is_told_as_such(project: nemo.Project) -> None:
    project.apply(OPERATIONS)
    assert project.undo() == [nemo.Change("changed", "", "background", "#ffffff", "#000000")]
    assert project.status().undone == {3}
    assert project.redo() == [nemo.Change("changed", "", "background", "#000000", "#ffffff")]
    assert project.undo(turn=2) == [nemo.Change("changed", "clip.mp4", "muted", True, False)]
    assert project.status().undone == {2}


# -- a long history ------------------------------------------------------------------------------


def lengthen(counted: Counted, project: nemo.Project, turns: int) -> None:
    """Turns in the project's past, each with another background, as if somebody had said so."""

    def add(engine: Any) -> None:
        user = engine.records.user_of_client("counted")
        for n in range(turns):
            session = engine.records.session(project.session_id, user)
            before = engine.records.head(session).draft
            raw = before.to_dict()
            raw["m"]["background"] = f"#{n:06x}"
            after = Draft(raw)
            new = NewTurn(
                "message", f"background {n}", "Done.", [{"op": "background", "color": f"#{n:06x}"}], after,
                told=before.diff(after),
            )  # fmt: skip
            engine.records.add_turn(session, new)

    counted.inside(add)


def test_a_thousand_turns_cost_a_message_no_more_than_ten(counted: Counted, kit: Kit) -> None:
    made: dict[int, tuple[list[str], int]] = {}
    for turns in (10, 1000):
        with nemo.connect(counted.url, language="en") as project:
            project.upload(kit.clip())
            lengthen(counted, project, turns)
            project.watch(lambda status: None)
            project.say("how long is it?")
            counted.clear()
            project.say("cut the first second")
            made[turns] = asked(counted), counted.bytes
            if turns == 1000:
                counted.clear()
                history = project.history
    assert made[10][0] == made[1000][0] == ["POST run_sse", "GET latest"]
    assert abs(made[1000][1] - made[10][1]) < 100, "some digits more"
    assert [turn.turn for turn in history] == list(range(1, 1004))
    assert counted.names == ["GET history"] * 6, "in pages of 200"
    assert counted.bytes < 1003 * 1000


def test_the_draft_of_a_turn_is_fetched_and_its_old_name_warns(
    project: nemo.Project, counted: Counted
) -> None:
    turn = project.history[-1]
    assert project.draft_at(turn.turn) == project.draft
    assert project.draft_at(0) == Draft.empty("project")
    counted.clear()
    with pytest.warns(DeprecationWarning, match="draft_at"):
        assert turn.draft.hash == turn.hash
    assert counted.names == ["GET 2"]
    with pytest.raises(InvalidInput, match="no turn 99"):
        project.draft_at(99)


# -- backends that tell less ---------------------------------------------------------------------


def draft(**meta: Any) -> dict[str, Any]:
    segment = {"id": "seg-1", "s": 0, "d": 4000, "m": {"kind": "video", "file": "clip.mp4", **meta}}
    return {"v": 1, "d": 4000, "m": {}, "t": [{"id": "trk-1", "tt": 0, "m": {}, "sg": [segment]}]}


def state(**meta: Any) -> Answer:
    return ok({"state": {"draft": draft(**meta), "video_infos": []}})


@pytest.fixture
def backend() -> Iterator[ScriptedBackend]:
    with ScriptedBackend() as backend:
        yield backend


def test_on_a_plain_backend_the_drafts_before_and_after_are_compared(backend: ScriptedBackend) -> None:
    backend.on("state", state(), state(muted=True))
    with nemo.connect(backend.url) as project:
        assert [str(change) for change in project.say("mute it").changes] == ["clip.mp4: muted"]
    calls = [request.call for request in backend.requests]
    assert calls == ["token", "session", "capabilities", "state", "message", "state"]


def test_an_older_engine_sends_its_drafts_along(backend: ScriptedBackend) -> None:
    backend.on("capabilities", ok({"engine": "nemo-nb", "extensions": ["apply", "undo", "history"]}))
    backend.on("state", state(), state())
    backend.on("apply", ok({"draft": draft(muted=True), "turn": 2, "reply": ""}))
    rows = [
        {"turn": n, "kind": "message", "text": "mute it", "draft": item, "undone": False, "at_ms": n}
        for n, item in ((1, draft()), (2, draft(muted=True)))
    ]
    backend.on("history", ok({"turns": rows}), ok({"turns": rows}))
    with nemo.connect(backend.url) as project:
        assert [str(change) for change in project.apply([{"op": "mute"}])] == ["clip.mp4: muted"]
        last = project.history[-1]
        assert last.hash == Draft(draft(muted=True)).hash
        assert [str(change) for change in last.changes] == ["clip.mp4: muted"]
        assert project.draft_at(1).to_dict() == draft()


TURN = {"turn": 8, "kind": "message", "text": "mute it", "operations": [], "undone": False, "at_ms": 5}
CHANGE = {"kind": "changed", "subject": "clip.mp4", "field": "muted", "before": False, "after": True}


def test_after_a_cut_the_turn_is_looked_for_in_the_history(backend: ScriptedBackend) -> None:
    backend.on("capabilities", ok({"engine": "nemo-nb", "extensions": ["history", "turns"]}))
    backend.on("message", events({"type": "heartbeat"}, cut))
    done = {**TURN, "hash": "1" * 64, "changes": [CHANGE]}
    backend.on("history", ok({"turns": [{**TURN, "text": "another's"}]}), ok({"turns": [done]}))
    with no_waiting(), nemo.connect(backend.url) as project:
        reply = project.say("mute it")
    assert [str(change) for change in reply.changes] == ["clip.mp4: muted"]
    assert isinstance(reply.error, nemo.errors.Unreachable)
    assert len(backend.received("message")) == 1
    assert not backend.received("state"), "nobody wants the draft"


def test_a_cut_turn_that_changed_nothing_is_known_at_once(backend: ScriptedBackend) -> None:
    backend.on("capabilities", ok({"engine": "nemo-nb", "extensions": ["history", "turns"]}))
    backend.on("message", events({"type": "heartbeat"}, cut))
    backend.on("history", ok({"turns": [{**TURN, "hash": "1" * 64, "changes": []}]}))
    with no_waiting() as clock, nemo.connect(backend.url) as project:
        assert project.say("mute it").changes == ()
    assert not clock.slept
