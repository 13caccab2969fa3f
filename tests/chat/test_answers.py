"""Answers as data: what the embedded engine's last event carries, and what a reply makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from kit import Kit

import nemo_nb as nemo
from nemo_nb.chat.gui import Action
from nemo_nb.testing import ScriptedBackend, events


@pytest.fixture
def backend(own_home: object) -> Iterator[ScriptedBackend]:
    with ScriptedBackend() as backend:
        yield backend


@pytest.fixture
def project(kit: Kit) -> Iterator[nemo.Project]:
    """A 4 s clip, on the embedded engine."""
    with nemo.connect(language="en") as project:
        project.upload(kit.clip())
        yield project


def answered(text: str, **metadata: Any) -> dict[str, Any]:
    """The last event as Google's ADK writes it (seen on 1.18 and 2.13): its own keys are camelCase, a caller's not."""
    return {
        "content": {"parts": [{"text": text}], "role": "model"},
        "turnComplete": True,
        "customMetadata": metadata,
        "invocationId": "e-8b49596e",
        "author": "nemo_agent",
        "actions": {
            "stateDelta": {},
            "artifactDelta": {},
            "requestedAuthConfigs": {},
            "requestedToolConfirmations": {},
        },
        "nodeInfo": {"path": ""},
        "id": "a86ff610",
        "timestamp": 1795959729.6352186,
    }


# -- on the embedded engine ------------------------------------------------------------------------------------------


def test_an_edit_tells_its_turn_and_what_could_be_said_next(project: nemo.Project) -> None:
    reply = project.say("cut the first second")
    assert reply.turn == project.history[-1].turn
    assert reply.question is None
    assert reply.suggestions
    assert reply.actions == tuple(Action("say", text) for text in reply.suggestions)
    assert not any(text in reply.text for text in reply.suggestions), "they are offered, not told twice"
    assert all(f"“{text}”" in str(reply) for text in reply.suggestions)


def test_a_question_comes_with_what_could_be_answered(project: nemo.Project) -> None:
    reply = project.say("add a title")
    assert reply.question
    assert reply.question in reply.text
    assert reply.changes == ()
    assert [action.text for action in reply.actions] == list(reply.suggestions)


def test_what_was_not_done_is_a_note(project: nemo.Project) -> None:
    reply = project.say("cut the first second and frobnicate the wibble")
    assert [note.kind for note in reply.notes] == ["refusal"]
    assert "frobnicate the wibble" in str(reply.notes[0])
    assert str(reply.notes[0]) in reply.text


def test_a_title_that_talks_of_buttons_is_told_as_it_is(project: nemo.Project) -> None:
    reply = project.say("add the title “Click the Export button” at the start")
    assert "Click the Export button" in reply.text
    assert {action.kind for action in reply.actions} <= {"say"}


# -- on another backend -----------------------------------------------------------------------------------------------


def test_a_plain_backend_has_none_of_it(backend: ScriptedBackend) -> None:
    backend.on("message", events(answered("Done. Click Export to download it.", nemo_nb_focus={"at": 1})))
    with nemo.connect(backend.url) as project:
        reply = project.say("trim it")
    assert (reply.turn, reply.notes, reply.question, reply.suggestions) == (None, (), None, ())
    assert (reply.text, [action.kind for action in reply.actions]) == ("Done.", ["export"])


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        "x",
        {},
        {"turn": "3"},
        {"turn": True},
        {"turn": 3, "notes": 7, "suggestions": [1], "question": []},
    ],
)
def test_what_another_backend_writes_there_harms_nothing(backend: ScriptedBackend, told: Any) -> None:
    backend.on("message", events(answered("Done.", nemo_nb=told)))
    with nemo.connect(backend.url) as project:
        reply = project.say("trim it")
    assert (reply.text, reply.notes, reply.question, reply.suggestions) == ("Done.", (), None, ())


def test_notes_are_read_with_their_data(backend: ScriptedBackend) -> None:
    note = {"kind": "refusal", "text": "b.mp4 isn't there.", "key": "not_there", "values": {"file": "b.mp4"}}
    backend.on(
        "message", events(answered("Done.", nemo_nb={"turn": 3, "notes": [note], "suggestions": ["undo"]}))
    )
    with nemo.connect(backend.url) as project:
        reply = project.say("trim it")
    assert reply.notes == (nemo.Note("b.mp4 isn't there.", "refusal", "not_there", {"file": "b.mp4"}),)
    assert (reply.turn, reply.suggestions, reply.actions) == (3, ("undo",), (Action("say", "undo"),))
