"""The chat cell: turns, their changes and undo, errors in place, stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kit import Kit
from widgets.pretend import Pretend

import nemo_nb as nemo
from nemo_nb.chat.gui import Action
from nemo_nb.chat.reply import Reply
from nemo_nb.chat.routing import route
from nemo_nb.testing import ScriptedBackend, cut, events, failure, pause
from nemo_nb.tongues import LANGUAGES, Language
from nemo_nb.widgets import ChatCell
from nemo_nb.widgets.suggest import suggestions

Opened = Callable[..., nemo.Project]
MUSIC = "add this background music to my video and fade it out at the end"


def said(page: Pretend, text: str) -> dict[str, object]:
    """Say it and wait for the answer."""
    page.send("say", text=text)
    doc = page.until(lambda doc: not doc["busy"] and any(m["text"] == text for m in doc["messages"]))
    return doc["messages"][-1]


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedBackend]:
    with ScriptedBackend() as backend:
        monkeypatch.setenv("NEMO_API_URL", backend.url)
        yield backend


def test_it_greets_and_tells_the_set_up_briefly(project: nemo.Project) -> None:
    (greeting,) = Pretend(ChatCell(project)).doc["messages"]
    assert greeting["role"] == "assistant"
    assert "Upload a video" in greeting["text"]
    assert "no account needed" in greeting["text"]


def test_a_turn_with_what_it_changed(clip_project: nemo.Project) -> None:
    page = Pretend(ChatCell(clip_project))
    answer = said(page, MUSIC)
    assert answer["role"] == "assistant"
    assert [change["kind"] for change in answer["changes"]] == ["added"]
    assert "lofi.mp3" in answer["changes"][0]["text"]
    assert any(message["type"] == "delta" for message, _ in page.told), "the text came as a stream"


def test_a_project_that_is_deleted_says_so_and_answers(clip_project: nemo.Project) -> None:
    page = Pretend(ChatCell(clip_project))
    clip_project.delete()
    told = page.until(lambda doc: doc["messages"][-1]["role"] == "error")["messages"][-1]
    assert told["text"] == "The project 'project' was deleted. nemo.connect() begins another one."
    answer = said(page, "mute it")
    assert (answer["role"], answer["next"]) == ("error", "nemo.connect() begins another one.")


def test_undo_and_redo_of_any_turn(clip_project: nemo.Project) -> None:
    page = Pretend(ChatCell(clip_project))
    untouched = clip_project.draft.summary()
    music = said(page, MUSIC)["id"]
    title = said(page, "add the title “Hi” for the first 2 seconds")["id"]
    everything = clip_project.draft.summary()

    def undone(doc: dict[str, list[dict[str, object]]]) -> set[object]:
        return {message["id"] for message in doc["messages"] if message.get("undone")}

    page.send("undo", message=music)  # an earlier turn: all from there on
    page.until(lambda doc: undone(doc) == {music, title})
    assert clip_project.draft.summary() == untouched
    page.send("redo", message=title)
    page.until(lambda doc: not undone(doc))
    assert clip_project.draft.summary() == everything


def test_undo_from_a_cell_shows_in_the_chat(clip_project: nemo.Project) -> None:
    page = Pretend(ChatCell(clip_project))
    music = said(page, MUSIC)["id"]
    clip_project.undo()
    page.until(lambda doc: next(m for m in doc["messages"] if m["id"] == music).get("undone"))


def test_the_conversation_comes_back_with_the_project(clip_project: nemo.Project, opened: Opened) -> None:
    first = Pretend(ChatCell(clip_project))
    answer = said(first, MUSIC)
    again = opened(session=clip_project.session_id)
    page = Pretend(ChatCell(again))
    doc = page.until(lambda doc: doc["messages"][-1].get("changes"))
    assert [m["text"] for m in doc["messages"][1:]] == [MUSIC, answer["text"]]
    assert doc["messages"][-1]["changes"] == answer["changes"]
    page.send("undo", message=doc["messages"][-1]["id"])
    page.until(lambda doc: doc["messages"][-1].get("undone"))


def test_an_error_stands_in_its_place_with_the_next_step(scripted: ScriptedBackend, opened: Opened) -> None:
    scripted.on("message", failure(2001, "no credits"))
    project = opened()
    page = Pretend(ChatCell(project))
    answer = said(page, "make it shorter")
    assert answer["role"] == "error"
    assert "Top up" in answer["next"] or "register" in answer["next"].lower()
    assert said(page, "make it shorter")["role"] == "assistant", "and the chat goes on"


def test_stop_tells_that_the_edit_was_not_made(scripted: ScriptedBackend, opened: Opened) -> None:
    step = pause()
    scripted.on("message", events({"content": {"parts": [{"text": "I am "}]}, "partial": True}, step))
    project = opened()
    page = Pretend(ChatCell(project))
    page.send("say", text="make it shorter")
    assert step.reached.wait(10)
    page.send("stop")
    doc = page.until(lambda doc: not doc["busy"] and doc["messages"][-1]["text"])
    assert doc["messages"][-1]["text"] == "Stopped. The edit was not made."
    assert step.ended.wait(10), "and the connection was closed"


def test_stop_tells_that_the_edit_had_been_made(scripted: ScriptedBackend, opened: Opened) -> None:
    step = pause()
    scripted.on("message", events(step, cut))
    project = opened()
    page = Pretend(ChatCell(project))
    page.send("say", text="add a title")
    assert step.reached.wait(10)
    segment = {"id": "s1", "s": 0, "d": 2000, "m": {"kind": "text", "text": "Hi"}}
    scripted.draft = {"v": 1, "t": [{"tt": 7, "m": {"name": "Title"}, "sg": [segment]}]}
    page.send("stop")
    doc = page.until(lambda doc: not doc["busy"] and doc["messages"][-1]["text"])
    assert doc["messages"][-1]["text"].startswith("Stopped. The edit had been made")
    assert doc["messages"][-1]["changes"]


def test_stop_ends_an_export_that_was_asked_for(clip_project: nemo.Project, folder: Path) -> None:
    clip_project.apply([{"op": "loop", "times": 50}])
    page = Pretend(ChatCell(clip_project))
    page.send("say", text="export it in 4k")
    page.until(lambda doc: "Exporting" in doc["status"])
    page.send("stop")
    doc = page.until(lambda doc: not doc["busy"])
    assert doc["messages"][-1]["text"] == "Stopped. The export was cancelled; nothing was written."
    assert clip_project.exports[-1].state == "cancelled"
    assert not list(folder.glob("*.mp4"))


def test_next_steps_of_an_answer_are_chips_before_those_that_fit(clip_project: nemo.Project) -> None:
    page = Pretend(chat := ChatCell(clip_project))
    said(page, MUSIC)
    reply = Reply("Done.", actions=(Action("say", "mute it"),))
    chat._start(chat._answered, page.doc["messages"][-1]["id"], reply)
    doc = page.until(lambda doc: "mute it" in doc["chips"])
    fitting = suggestions(clip_project.draft, clip_project.assets, "en")
    assert doc["chips"] == ["mute it", *fitting[:3]]
    assert doc["messages"][-1]["actions"] == [], "and not told twice"


def test_a_reply_cannot_bring_markup(scripted: ScriptedBackend, opened: Opened) -> None:
    hostile = "<img src=x onerror=alert(1)> ![a](https://e.example/x.png) [b](javascript:alert(1)) **ok**"
    scripted.on("message", events({"content": {"parts": [{"text": hostile}]}}))
    project = opened()
    chat = ChatCell(project)
    tree = said(Pretend(chat), "hello there")["tree"]
    tags = set(_tags(tree))
    assert tags <= {"p", "strong", "a"}
    assert "<img" not in chat._lasting_html()
    assert "javascript:" not in chat._lasting_html().replace("[b](javascript:alert(1))", "")


def test_what_the_page_would_do_is_offered_as_a_button(scripted: ScriptedBackend, opened: Opened) -> None:
    text = "Added the title. Click the Export button to download it."
    scripted.on("message", events({"content": {"parts": [{"text": text}]}}))
    project = opened()
    answer = said(Pretend(ChatCell(project)), "add a title")
    assert [(a["kind"], a["label"]) for a in answer["actions"]] == [("export", "Export")]
    assert "Click" not in answer["text"]


def test_what_is_said_in_no_language_is_answered_in_the_projects(opened: Opened) -> None:
    project = opened(language="de")
    assert project.say("status").text == "Zeitleiste (0 Spuren): leer"
    assert project.say("show the tracks").text == "Timeline (0 tracks): empty"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_suggestion_is_understood(language: Language, opened: Opened, kit: Kit) -> None:
    project = opened(language=language)
    assert suggestions(project.draft, project.assets, language) == []
    project.upload(kit.clip(), kit.tune(), kit.image())
    tried = set()
    for _ in range(6):
        new = [s for s in suggestions(project.draft, project.assets, language) if s not in tried]
        if not new:
            break
        tried.add(new[0])
        if route(new[0])[0].kind != "export":
            reply = project.say(new[0])
            assert reply.changes, (new[0], reply.text)
    assert len(tried) >= 4


def _tags(nodes: list[object]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, dict):
            yield node["tag"]
            yield from _tags(node["children"])
