"""What is selected and where the playhead stands goes along with a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from kit import Kit
from widgets.pretend import Pretend, RecordingComm

import nemo_nb as nemo
from nemo_nb.errors import InvalidInput
from nemo_nb.testing import ScriptedBackend

CLIP = {"id": "seg-1", "s": 0, "d": 4000, "m": {"kind": "video", "file": "clip.mp4"}}


@pytest.fixture
def backend(own_home: object) -> Iterator[ScriptedBackend]:
    with ScriptedBackend() as backend:
        backend.draft = {"v": 1, "d": 4000, "m": {}, "t": [{"id": "trk-1", "tt": 0, "m": {}, "sg": [CLIP]}]}
        yield backend


def sent(backend: ScriptedBackend) -> dict[str, Any]:
    """The body of the last message."""
    body: dict[str, Any] = json.loads(backend.received("message")[-1].body)
    return body


def test_it_travels_in_the_field_that_adk_has_for_a_callers_own_data(backend: ScriptedBackend) -> None:
    with nemo.connect(backend.url) as project:
        project.say("trim this", focus={"at": 3000, "segments": ["seg-1"]})
        assert sent(backend)["custom_metadata"] == {"nemo_nb_focus": {"at": 3000, "segments": ["seg-1"]}}
        project.say("trim this", focus={"at": 0})
        assert sent(backend)["custom_metadata"] == {"nemo_nb_focus": {"at": 0, "segments": []}}


@pytest.mark.parametrize("focus", [None, {}, {"at": None, "segments": []}])
def test_none_is_no_field(backend: ScriptedBackend, focus: Any) -> None:
    with nemo.connect(backend.url) as project:
        project.say("trim it", focus=focus)
    assert set(sent(backend)) == {"app_name", "user_id", "session_id", "new_message"}


@pytest.mark.parametrize(
    "focus", ["seg-1", {"at": "0:03"}, {"at": -1}, {"segments": "seg-1"}, {"segment": "seg-1"}]
)
def test_what_is_no_focus_is_refused_before_anything_is_sent(backend: ScriptedBackend, focus: Any) -> None:
    with nemo.connect(backend.url) as project, pytest.raises(InvalidInput, match="focus"):
        project.say("trim this", focus=focus)
    assert not backend.received("message")


def test_the_embedded_engine_takes_it_with_plans_too(clip_project: nemo.Project, kit: Kit) -> None:
    focus = {"at": 1000, "segments": ["seg-1"]}
    assert clip_project.plan("mute it", focus=focus).operations[0]["op"] == "mute"
    assert clip_project.say("mute it", focus=focus).changes


def test_the_chat_sends_what_its_timeline_shows(
    backend: ScriptedBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comm.create_comm", RecordingComm)
    with nemo.connect(backend.url, language="en") as project:
        project.say("hello")  # there is no session before, and so no draft
        table = nemo.TimelineTable(project)
        chat = nemo.ChatCell(project, timeline=table)
        page, lanes = Pretend(chat), Pretend(table)
        lanes.until(lambda doc: doc["rows"])
        for select, told in (
            (["seg-1"], {"at": 3000, "segments": ["seg-1"]}),
            (["seg-9"], {"at": 3000, "segments": []}),  # which is not there any more
        ):
            lanes.send("focus", at=3000, segments=select)
            page.send("say", text="trim this")
            page.until(lambda doc: doc["busy"])
            page.until(lambda doc: not doc["busy"])
            assert sent(backend)["custom_metadata"]["nemo_nb_focus"] == told
        chat.close()
        table.close()


def test_it_is_what_the_sentence_spoke_of_before_what_is_selected(
    clip_project: nemo.Project, kit: Kit
) -> None:
    clip_project.upload(kit.tune())
    reply = clip_project.say(
        "add the music at 30% and fade it out at the end", focus={"at": 0, "segments": ["seg-1"]}
    )
    assert [str(change) for change in reply.changes if "clip.mp4" in str(change)] == []
    assert "sound fade-out" in reply.text
