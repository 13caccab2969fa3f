"""What all widgets share: a document that is sent once and then in patches, commands, and errors as data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from kit import Kit
from widgets.pretend import Pretend, RecordingComm

import nemo_nb as nemo
from nemo_nb.tongues import LANGUAGES, Language, table
from nemo_nb.widgets import ChatCell, ExportPreview, Studio, TimelineTable, UploadPicker

ALL = [UploadPicker, ChatCell, TimelineTable, ExportPreview]
MUSIC = "add this background music to my video and fade it out at the end"


@pytest.mark.parametrize("kind", ALL)
def test_patches_lead_to_the_document_that_python_holds(kind: Any, clip_project: nemo.Project) -> None:
    widget = kind(clip_project)
    page = Pretend(widget)
    clip_project.say(MUSIC)
    clip_project.undo()
    assert page.doc == json.loads(json.dumps(widget.get_state()["doc"]))
    widget.close()


@pytest.mark.parametrize("kind", ALL)
def test_a_widget_says_what_it_is_where_nothing_can_be_drawn(kind: Any, project: nemo.Project) -> None:
    widget = kind(project)
    bundle = widget._repr_mimebundle_()
    assert bundle["text/plain"] == f"<{kind.__name__} of {project!r}>"
    assert "application/vnd.jupyter.widget-view+json" in bundle
    widget.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_speaks_the_projects_language(language: Language, opened: Callable[..., nemo.Project]) -> None:
    page = Pretend(TimelineTable(opened(language=language)))
    labels = table(language, "widgets").LABELS
    assert page.doc["words"]["split"] == labels["timeline"]["split"]
    assert page.doc["words"]["undo"] == labels["common"]["undo"]


def test_every_label_that_a_page_asks_for_is_there() -> None:
    labels = table("en", "widgets").LABELS
    for script in (files("nemo_nb.widgets") / "page").iterdir():
        view = script.name.split(".")[0].split("_")[0]
        asked = set(re.findall(r"\bt\(\"(\w+)\"", script.read_text("utf-8")))
        assert asked <= {*labels["common"], *labels.get(view, ())}, script.name


@pytest.mark.parametrize("kind", ALL)
def test_the_scripts_of_a_page_declare_each_name_once(kind: Any) -> None:
    """They are joined to one module, which doesn't load at all where a name is declared again."""
    named = re.findall(r"^(?:const|let|class|function|async function) (\w+)", str(kind._esm), re.MULTILINE)
    assert sorted(named) == sorted(set(named))


def test_commands_are_acknowledged_before_their_work_is_done(project: nemo.Project) -> None:
    page = Pretend(ChatCell(project))
    page.send("say", text="show the tracks")
    kinds = [message["type"] for message, _ in page.told]
    assert "ack" in kinds
    page.until(lambda doc: not doc["busy"])


@pytest.mark.parametrize(
    ("command", "fields"),
    [("edit", {"op": {"op": "volume"}}), ("edit", {"op": "nonsense"}), ("frame", {}), ("edit", {"no": 1})],
)
def test_a_bad_command_comes_back_as_an_error_and_harms_nothing(
    command: str, fields: dict[str, Any], clip_project: nemo.Project
) -> None:
    before = clip_project.draft
    page = Pretend(TimelineTable(clip_project))
    page.send(command, **fields)
    error, _ = page.until_told("error")
    assert error["what"]
    assert clip_project.draft == before


def test_an_unknown_command_is_heard_and_ignored(project: nemo.Project) -> None:
    page = Pretend(ChatCell(project))
    page.send("rm")
    assert [m["type"] for m, _ in page.told if m["type"] in ("ack", "error")] == ["ack"]


def test_a_hundred_displays_leak_nothing(project: nemo.Project, capsys: pytest.CaptureFixture[str]) -> None:
    chat = ChatCell(project)
    comms, watchers = RecordingComm.open_comms, len(project.awaited._watchers)
    for _ in range(100):
        chat._ipython_display_()
    assert RecordingComm.open_comms == comms
    assert len(project.awaited._watchers) == watchers
    for _ in range(20):
        ChatCell(project).close()
    assert RecordingComm.open_comms == comms
    assert len(project.awaited._watchers) == watchers


def test_a_second_page_is_told_that_the_saved_copy_is_out_of_date(project: nemo.Project) -> None:
    chat = ChatCell(project)
    page = Pretend(chat)
    chat._ipython_display_()
    page.send("hello", page="first")
    assert page.doc["stale"] is False
    page.send("hello", page="loaded anew")
    assert page.doc["stale"] is True
    chat._ipython_display_()  # the cell is run again, on the page that is there
    assert page.doc["stale"] is False
    page.send("hello", page="loaded once more")
    assert page.doc["stale"] is True


def test_a_page_may_be_there_before_anything_is_displayed(project: nemo.Project) -> None:
    """As JupyterLab is, which loads a widget when it is made."""
    chat = ChatCell(project)
    page = Pretend(chat)
    page.send("hello", page="first")
    chat._ipython_display_()
    assert page.doc["stale"] is False
    page.send("hello", page="loaded anew")
    assert page.doc["stale"] is True


@pytest.mark.parametrize("kind", [ChatCell, Studio])
def test_a_page_may_be_there_before_the_copy_is_written(
    kind: Any, project: nemo.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a front end is that has its messages handled while the cell still runs."""
    widget = kind(project)
    chat = widget.chat if kind is Studio else widget
    page = Pretend(chat)
    pages = iter([page])
    monkeypatch.setattr(
        "IPython.display.display", lambda *_, **__: [page.send("hello", page="first") for page in pages]
    )
    monkeypatch.setattr(chat._lasting, "show", lambda html: setattr(chat._lasting, "shown", True))
    widget._ipython_display_()
    assert page.doc["stale"] is False
    page.send("hello", page="loaded anew")
    assert page.doc["stale"] is True


def test_no_secret_is_in_any_widget(clip_project: nemo.Project, kit: Kit) -> None:
    studio = Studio(clip_project)
    pages = [Pretend(part) for part in studio.children]
    chat, export = pages[2], pages[4]
    chat.send("say", text=MUSIC)
    chat.until(lambda doc: not doc["busy"])
    export.send("export", format="mp4", quality="low", resolution="")
    export.until(lambda doc: doc["state"] == "done")
    all_said = json.dumps([[page.doc, [message for message, _ in page.told]] for page in pages])
    said = all_said + repr(studio) + "".join(part._lasting_html() for part in studio.children)
    for mark in ("nmv_usr_", "clm_", "Bearer", "NEMO_TOKEN", "/files/", "http://"):
        assert mark not in said
    studio.close()
