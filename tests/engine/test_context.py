"""What the engine tells and takes beside sentences: the context of a conversation, a focus, frames, a hash."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bank import CLIP
from kit import Kit

from nemo_nb.draft import Draft
from nemo_nb.draft.operations import AddText, Mute, Restyle, TextStyle, place
from nemo_nb.engine import contexts, planner
from nemo_nb.engine.blobs import Blobs
from nemo_nb.engine.editing import Editor
from nemo_nb.engine.listening import Listener
from nemo_nb.engine.planner import InTheWay, Material, Plan
from nemo_nb.engine.records import Records
from nemo_nb.errors import InvalidInput


def of(sid: str, call: str) -> str:
    return f"/nb/v1/sessions/{sid}/{call}"


@pytest.fixture
def sid(engine, kit: Kit) -> str:
    sid = engine.session()["session_id"]
    engine.upload(sid, kit.clip())  # 4 s
    return sid


def test_the_context_tells_the_draft_in_short_and_what_was_done(engine, sid: str) -> None:
    engine.say(sid, "cut the first second")
    told = engine.data(engine.http.get(of(sid, "context")))
    assert told["draft"]["duration_ms"] == 3000
    assert told["draft"]["tracks"][0]["segments"][0] == {
        "id": "seg-1", "kind": "video", "start_ms": 0, "end_ms": 3000, "file": "clip.mp4",
    }  # fmt: skip
    assert [turn["kind"] for turn in told["turns"]] == ["upload", "message"]
    assert "total length 4s → 3s" in told["turns"][-1]["changes"]
    assert set(told) == {"draft", "memory", "turns", "question"}


def test_only_the_last_ten_turns_are_told(engine, sid: str) -> None:
    for _ in range(11):
        engine.say(sid, "how long is it?")
    turns = engine.data(engine.http.get(of(sid, "context")))["turns"]
    assert [turn["n"] for turn in turns] == list(range(3, 13))


def test_a_plan_tells_what_it_would_ask(engine, sid: str) -> None:
    told = engine.data(engine.http.post(of(sid, "plan"), json={"text": "add a title"}))
    assert told["operations"] == []
    assert "?" in told["question"]
    assert told["suggestions"]
    assert {"frames", "score", "unbound"} <= set(told)


@pytest.mark.parametrize(
    "focus",
    [[], {"at": -1}, {"at": 1.5}, {"at": True}, {"segments": "seg-1"}, {"segments": [1]}, {"where": 3}],
)
def test_a_focus_that_is_none_is_refused_and_nothing_is_done(engine, sid: str, focus: object) -> None:
    before = engine.state(sid)["draft"]
    message = {
        "app_name": "nemo_agent", "user_id": "me", "session_id": sid,
        "new_message": {"parts": [{"text": "mute it"}]}, "custom_metadata": {"nemo_nb_focus": focus},
    }  # fmt: skip
    for answer in (
        engine.http.post("/run_sse", json=message),
        engine.http.post(of(sid, "plan"), json={"text": "mute it", "focus": focus}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (400, 4000)
        assert "focus" in answer.json()["message"]
    assert engine.state(sid)["draft"] == before


def test_operations_for_another_draft_are_refused_with_the_hash_of_the_present_one(engine, sid: str) -> None:
    first = engine.data(engine.http.get(of(sid, "context")))["draft"]["hash"]
    mute = {"operations": [{"op": "mute", "segments": ["seg-1"]}], "text": "quiet", "if_hash": first}
    assert engine.data(engine.http.post(of(sid, "apply"), json=mute))["turn"] == 2
    stale = engine.http.post(of(sid, "apply"), json=mute)
    now = engine.data(engine.http.get(of(sid, "context")))
    assert (stale.status_code, stale.json()["code"]) == (409, 4201)
    assert now["draft"]["hash"] in stale.json()["message"]
    assert now["turns"][-1]["text"] == "quiet"


@pytest.mark.parametrize("body", [{}, {"operations": [], "frames": []}, {"frames": "x"}, {"operations": {}}])
def test_what_is_applied_are_operations_or_frames(engine, sid: str, body: dict[str, object]) -> None:
    answer = engine.http.post(of(sid, "apply"), json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, 4000)


# -- what a planner is given, and what is kept of what it gives -----------------------------------------------------


class Conversation:
    """A session in this process, whose sentences are planned by `plans`, the next one first."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.records = Records(folder / "engine.sqlite3")
        self.session = self.records.new_session("somebody", "project", "en")
        self.editor = Editor(self.records, Listener(Blobs(folder / "blobs")))
        self.plans: list[dict[str, Any]] = []
        self.materials: list[Material] = []
        monkeypatch.setattr(planner, "plan", self._plan)
        asyncio.run(self.editor.apply(self.session, [place(CLIP).model_dump()], "start"))

    def say(self, text: str = "…", focus: Any = None, **plan: Any) -> Material:
        """Say something of which this plan is made; what the planner was given."""
        self.plans.append(plan)
        now = self.records.session(self.session.id, self.session.user)
        asyncio.run(self.editor.say(now, text, focus or {}))
        return self.materials[-1]

    def _plan(self, text: str, material: Material) -> Plan:
        self.materials.append(material)
        return Plan("en", material.draft, **self.plans.pop(0))


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Conversation]:
    talk = Conversation(tmp_path, monkeypatch)
    yield talk
    talk.records.close()


def test_what_a_turn_leaves_in_the_memory_is_there_for_the_next_until_another_takes_its_place(
    talk: Conversation,
) -> None:
    assert talk.say(memory={"spoken": ["seg-1"]}).memory == {}
    assert talk.say().memory == {"spoken": ["seg-1"]}  # a plan without a memory of its own
    assert talk.say(memory={}).memory == {"spoken": ["seg-1"]}
    assert talk.say().memory == {}


def test_the_memory_outlives_an_edit_by_hand_and_an_undo(talk: Conversation) -> None:
    talk.say(memory={"spoken": 1}, operations=(Mute(segments=("seg-1",)),))
    white = [{"op": "background", "color": "#ffffff"}]
    asyncio.run(talk.editor.apply(talk.records.session(talk.session.id, "somebody"), white, ""))
    asyncio.run(talk.editor.undo(talk.records.session(talk.session.id, "somebody"), 2))
    assert talk.say().memory == {"spoken": 1}


def test_the_turns_so_far_come_with_their_frames_operations_and_drafts(talk: Conversation) -> None:
    mute, frame = Mute(segments=("seg-1",)), {"frame": "Mute", "ops": [0, 1]}
    talk.say("mute it", operations=(mute,), frames=(frame,))
    talk.say("and now?", frames=({"frame": "Question", "ops": [0, 0]},))
    started, muted, asked = talk.say().turns
    assert [(turn.n, turn.kind, turn.text) for turn in (started, muted, asked)] == [
        (1, "apply", "start"), (2, "message", "mute it"), (3, "message", "and now?"),
    ]  # fmt: skip
    assert (muted.frames, muted.operations, muted.changed, muted.undone) == ((frame,), (mute,), True, False)
    assert (muted.before, muted.after) == (started.after, asked.after)
    assert not asked.changed
    talk.say(undo=1)
    assert [turn.undone for turn in talk.say().turns] == [False, True, False, False, False]


def test_frames_whose_operations_changed_nothing_have_none(talk: Conversation) -> None:
    talk.say(operations=(Mute(segments=("seg-1",), muted=False),), frames=({"frame": "Mute", "ops": [0, 1]},))
    assert talk.say().turns[-1].frames == ({"frame": "Mute", "ops": [0, 0]},)


def test_the_focus_reaches_the_planner_without_what_is_no_longer_there(talk: Conversation) -> None:
    assert talk.say().focus == {}
    seen = {"at": 3000, "segments": ["seg-1", "seg-9"]}
    assert talk.say(focus=seen).focus == {"at": 3000, "segments": ["seg-1"]}


def test_the_open_question_is_told_with_the_context(talk: Conversation) -> None:
    talk.say(memory={"question": {"key": "which_clip"}})
    told = contexts.of(talk.records, talk.session, talk.editor.seen(talk.session))
    assert told["question"] == {"key": "which_clip"}
    assert told["memory"] == {"question": {"key": "which_clip"}}


# -- a plan that takes an earlier turn back ---------------------------------------------------------------------------

HI, BYE = AddText(text="Hi", at_ms=0), AddText(text="Bye", at_ms=5000)


def texts(talk: Conversation) -> list[str]:
    draft = talk.records.head(talk.records.session(talk.session.id, "somebody")).draft
    return [item.text for item in draft.segments if item.text]


def test_an_earlier_turn_is_taken_back_and_more_is_done_in_the_same_turn(talk: Conversation) -> None:
    talk.say("a title", operations=(HI,))
    talk.say("and another", operations=(BYE,))
    talk.say(
        "not the first one, and mute it", leave_out=((2, None),), operations=(Mute(segments=("seg-1",)),)
    )
    assert texts(talk) == ["Bye"]
    turns = talk.say().turns
    assert [turn.undone for turn in turns] == [False, True, False, False, False][: len(turns)]
    assert (turns[3].left_out, turns[3].renamed) == (((2, None),), {"seg-2": None, "seg-3": "seg-2"})
    assert turns[3].changed
    talk.say(undo=1)
    assert texts(talk) == ["Hi", "Bye"]


def test_one_wish_of_a_turn_is_taken_back(talk: Conversation) -> None:
    frames = ({"frame": "AddText", "ops": [0, 1]}, {"frame": "AddText", "ops": [1, 2]})
    talk.say("two titles", operations=(HI, BYE), frames=frames)
    talk.say("not the first", leave_out=((2, 0),))
    assert texts(talk) == ["Bye"]
    talk.say("nor the second", leave_out=((2, 0),))  # which is the turn's first one now
    assert texts(talk) == []


def test_what_would_be_left_can_be_tried_while_planning(talk: Conversation) -> None:
    talk.say("a title", operations=(HI,))
    talk.say("red", operations=(Restyle(segments=("seg-2",), style=TextStyle(color="#ff0000")),))
    talk.say("how long is it?")
    without = talk.say().without
    assert without is not None
    draft = without([(3, None)])
    assert isinstance(draft, Draft)
    assert [item.meta.get("style") for item in draft.segments if item.text] == [None]
    found = without([(2, None)])
    assert isinstance(found, InTheWay)
    assert (found.turn, found.text, found.reason, found.segments) == (3, "red", "gone", ("seg-2",))
    with pytest.raises(InvalidInput, match="changed nothing"):
        without([(4, None)])


def test_a_plan_that_cannot_be_done_is_refused_and_changes_nothing(talk: Conversation) -> None:
    talk.say("a title", operations=(HI,))
    talk.say("red", operations=(Restyle(segments=("seg-2",), style=TextStyle(color="#ff0000")),))
    talk.say("no title", leave_out=((2, None),), operations=(Mute(segments=("seg-1",)),))
    assert texts(talk) == ["Hi"]
    refused = talk.say().turns[-1]
    assert (refused.changed, refused.left_out) == (False, ())
    turn = talk.records.turns(talk.session)[3]
    assert "“red”" in turn.reply


@pytest.mark.parametrize("turns", [None, [], 3, [3], [[1]], [["1", None]], [[1, 0.5]], [[True, None]]])
def test_turns_to_take_back_are_pairs_of_numbers(engine, sid: str, turns: object) -> None:
    answer = engine.http.post(of(sid, "leave_out"), json={"turns": turns})
    assert (answer.status_code, answer.json()["code"]) == (400, 4000)


def test_what_is_in_the_way_is_told_as_data(engine, sid: str) -> None:
    engine.say(sid, "add the title “Hi” at the start")
    restyle = {"op": "restyle", "segments": ["seg-2"], "style": {"color": "#ff0000"}}
    engine.http.post(of(sid, "apply"), json={"operations": [restyle], "text": "red"})
    told = engine.data(engine.http.post(of(sid, "leave_out"), json={"turns": [[2, None]]}))["in_the_way"]
    assert (told["turn"], told["text"], told["reason"], told["segments"]) == (3, "red", "gone", ["seg-2"])
    assert told["operation"]["op"] == "restyle"


# -- answers as data --------------------------------------------------------------------------------------------------


def test_the_last_event_of_a_turn_carries_its_answer_as_data_and_no_other_does(engine, sid: str) -> None:
    *others, last = engine.say(sid, "cut the first second")
    told = last["customMetadata"]["nemo_nb"]
    assert set(told) == {"turn", "hash", "changes", "notes", "question", "suggestions", "by"}
    now = engine.data(engine.http.get(of(sid, "context")))
    assert (told["turn"], told["hash"]) == (now["turns"][-1]["n"], now["draft"]["hash"])
    assert told["changes"][-1] == {
        "kind": "changed", "subject": "", "piece": None, "field": "total", "before": 4000, "after": 3000,
        "text": "total length 4s → 3s",
    }  # fmt: skip
    assert not any("customMetadata" in event for event in others)


def test_notes_are_told_with_their_keys_where_the_planner_gives_them(talk: Conversation) -> None:
    stated = ({"key": "assumed", "values": {"n": 1}}, {"key": "absent", "values": {"file": "b.mp4"}})
    talk.plans.append({"notes": ("I took the first.",), "refusals": ("No b.mp4.",), "stated": stated})
    step = asyncio.run(talk.editor.say(talk.session, "…"))
    assert step.told.noted == (
        {"kind": "note", "text": "I took the first.", "key": "assumed", "values": {"n": 1}},
        {"kind": "refusal", "text": "No b.mp4.", "key": "absent", "values": {"file": "b.mp4"}},
    )
