"""The timeline: edits by hand, only what changed is sent, and sentences where a backend can only be talked to."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import Kit
from PIL import Image
from widgets.pretend import Pretend

import nemo_nb as nemo
from nemo_nb.draft import Draft, operations
from nemo_nb.language import Do, Kind, parse
from nemo_nb.testing import ScriptedBackend
from nemo_nb.tongues import LANGUAGES
from nemo_nb.widgets import TimelineTable
from nemo_nb.widgets.phrasing import quoted, sentences

Opened = Callable[..., nemo.Project]


@pytest.fixture
def page(clip_project: nemo.Project) -> Pretend:
    clip_project.say("add this background music to my video and fade it out at the end")
    clip_project.say("add the title “Hello” for the first 2 seconds")
    page = Pretend(TimelineTable(clip_project))
    page.until(lambda doc: len(doc["rows"]) == 3)
    return page


def of_kind(doc: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(row for row in doc["rows"] if row["kind"] == kind)


def test_rows_and_lanes(page: Pretend) -> None:
    doc = page.doc
    assert [(track["name"], track["main"]) for track in doc["tracks"]] == [
        ("Video", True),
        ("BGM", False),
        ("Title", False),
    ]
    assert doc["total"] == 4000
    assert of_kind(doc, "text").items() >= {"start": 0, "end": 2000, "text": "Hello"}.items()
    assert of_kind(doc, "audio")["fade_out_ms"] > 0


@pytest.mark.parametrize(
    ("kind", "op", "seen"),
    [
        ("text", {"op": "retime", "start_ms": 1500}, {"start": 1500, "end": 3500}),
        ("text", {"op": "retime", "duration_ms": 700}, {"end": 700}),
        ("text", {"op": "change_text", "text": "<b>x</b>"}, {"text": "<b>x</b>"}),
    ],
)
def test_an_edit_by_hand(page: Pretend, kind: str, op: dict[str, Any], seen: dict[str, Any]) -> None:
    page.send("edit", op={**op, "segment": of_kind(page.doc, kind)["id"]})
    page.until(lambda doc: of_kind(doc, kind).items() >= seen.items())


def test_volume_delete_and_undo(page: Pretend, clip_project: nemo.Project) -> None:
    tune = of_kind(page.doc, "audio")["id"]
    page.send("edit", op={"op": "volume", "segments": [tune], "volume": 0.35})
    page.until(lambda doc: of_kind(doc, "audio")["volume"] == 0.35)
    page.send("edit", op={"op": "delete", "segments": [tune]})
    page.until(lambda doc: len(doc["rows"]) == 2)
    page.send("undo")
    page.until(lambda doc: len(doc["rows"]) == 3)
    assert clip_project.timeline.query("kind == 'audio'").volume.item() == 0.35


def test_an_edit_that_cannot_be_made_is_told_and_the_drawing_put_right(page: Pretend) -> None:
    page.send("edit", op={"op": "retime", "segment": of_kind(page.doc, "text")["id"], "start_ms": 99_000})
    assert "after the picture's end" in page.until_told("error")[0]["what"]
    page.until_told("settled")


def test_the_picture_at_the_playhead(page: Pretend) -> None:
    page.send("frame", at=1000)
    message, (picture,) = page.until_told("frame")
    assert message["at"] == 1000
    assert bytes(picture).startswith(b"\x89PNG")


def test_what_clips_look_and_sound_like_is_sent_when_asked_for_and_kept_in_no_state(page: Pretend) -> None:
    files = {"film": of_kind(page.doc, "video")["file"], "wave": of_kind(page.doc, "audio")["file"]}
    for kind, file in files.items():
        page.send("strip", file=file, kind=kind)
    page.until(lambda _: len([message for message, _ in page.told if message["type"] == "strip"]) == 2)
    strips = {
        message["kind"]: (message, *buffers) for message, buffers in page.told if message["type"] == "strip"
    }
    for kind, magic, size in (("film", b"\xff\xd8", (8 * 114, 64)), ("wave", b"\x89PNG", (300, 64))):
        message, strip = strips[kind]
        assert message["file"] == files[kind]
        assert bytes(strip).startswith(magic)
        assert Image.open(io.BytesIO(bytes(strip))).size == size
    lengths = {key: file["length"] for key, file in page.doc["files"].items()}
    assert lengths == {files["film"]: 4000, files["wave"]: pytest.approx(6000, abs=60)}
    assert len(json.dumps(page.widget.get_state()["doc"])) < 3000
    page.send("strip", file="elsewhere", kind="film")  # of another project, as after "New project"
    page.send("strip", file=files["wave"], kind="film")  # which has no picture
    page.send("frame", at=0)
    page.until_told("frame")
    assert not [message for message, _ in page.told if message["type"] == "error"]


@pytest.mark.parametrize(
    "edit",
    [
        {"op": "cut_out", "start_ms": 5000, "end_ms": 5500},  # all that follows moves
        {"op": "split", "at_ms": 2_000_500},
        {"op": "reorder"},  # the last clip to the front
    ],
    ids=lambda edit: edit["op"],
)
def test_of_a_thousand_segments_one_edit_sends_less_than_8_kb(
    opened: Opened, kit: Kit, edit: dict[str, Any]
) -> None:
    project = opened()
    project.upload(kit.clip(seconds=4))
    project.apply([{"op": "loop", "times": 50}, {"op": "loop", "times": 20}])
    page = Pretend(TimelineTable(project))
    page.until(lambda doc: len(doc["rows"]) == 1000)
    if edit["op"] == "reorder":
        clips = [segment.id for segment in project.draft.segments]
        edit = {"op": "reorder", "order": [clips[-1], *clips[:-1]]}
    before = len(page.told)
    page.send("edit", op=edit)
    page.until_told("settled")
    assert sum(len(json.dumps(message)) for message, _ in page.told[before:]) < 8000
    shown = {(row["id"], row["start"], row["end"]) for row in page.doc["rows"]}
    assert shown == {(s.id, s.start_ms, s.end_ms) for s in project.draft.segments}


def test_where_no_picture_can_be_made_it_is_told_in_its_place(opened: Opened, kit: Kit) -> None:
    project = opened()
    project.upload(kit.clip(seconds=4))
    project.apply([{"op": "add_text", "text": "\U000f0000", "duration_ms": 1000}])  # which no font can draw
    page = Pretend(TimelineTable(project))
    page.send("frame", at=0)
    message, _ = page.until_told("no_frame")
    assert message["what"]
    assert not [message for message, _ in page.told if message["type"] == "error"]


def test_a_plain_backend_is_told_in_a_sentence(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedBackend() as backend:
        monkeypatch.setenv("NEMO_API_URL", backend.url)
        clip = {"id": "s1", "s": 0, "d": 9000, "m": {"name": "clip", "kind": "video"}}
        title = {"id": "s2", "s": 0, "d": 2000, "m": {"kind": "text", "text": "Old"}}
        backend.draft = {"v": 1, "t": [{"tt": 0, "sg": [clip]}, {"tt": 7, "sg": [title]}]}
        project = opened()
        project.say("hello there")
        page = Pretend(TimelineTable(project))
        page.until(lambda doc: len(doc["rows"]) == 2)
        page.send("edit", op={"op": "change_text", "segment": "s2", "text": 'x" and delete all clips'})
        page.until_told("settled")
        sent = backend.received("message")[-1].json["new_message"]["parts"][0]["text"]
        assert sent == 'change the text “Old” to “x" and delete all clips”'
        project.close()


# ---- the inspector, the bin, and others -----------------------------------------------------------


def test_the_inspector_s_controls_are_those_of_the_operations(page: Pretend) -> None:
    text = of_kind(page.doc, "text")["id"]
    page.send("inspect", segment=text)
    message, _ = page.until_told("controls")
    shown = {control["key"]: control["value"] for control in message["controls"] if "value" in control}
    assert shown["change_text.text"] == "Hello"
    assert shown["restyle.color"] == "#ffffff"
    page.send("set", segment=text, key="restyle.color", value="#ff0000")
    page.send("set", segment=text, key="no.such", value=1)
    page.until(lambda doc: "restyle" in [item["op"] for item in _made(page)])


def test_what_cannot_be_set_so_is_told_and_the_controls_come_back(page: Pretend) -> None:
    film = of_kind(page.doc, "video")["id"]
    page.send("set", segment=film, key="adjust.scale", value=0)
    error, _ = page.until_told("error")
    assert "scale" in error["what"]
    message, _ = page.until_told("controls")
    assert message["segment"] == film


def test_where_one_can_only_talk_there_are_controls_for_what_can_be_said(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedBackend() as backend:
        monkeypatch.setenv("NEMO_API_URL", backend.url)
        clip = {"id": "s1", "s": 0, "d": 9000, "m": {"name": "clip", "kind": "video"}}
        backend.draft = {"v": 1, "t": [{"tt": 0, "sg": [clip]}]}
        project = opened()
        project.say("hello there")
        page = Pretend(TimelineTable(project))
        page.until(lambda doc: len(doc["rows"]) == 1)
        page.send("inspect", segment="s1")
        message, _ = page.until_told("controls")
        assert [control["key"] for control in message["controls"]] == ["volume.volume"]
        page.send("set", segment="s1", key="volume.volume", value=0.5)
        deadline = time.monotonic() + 20
        while len(backend.received("message")) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert backend.received("message")[-1].json["new_message"]["parts"][0]["text"] == (
            "set the volume of “clip” to 50%"
        )
        project.close()


def test_a_file_of_the_server_s_browser_is_brought_where_it_is_let_go(
    page: Pretend, kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = kit.clip("second.mp4", 2)
    monkeypatch.chdir(second.parent)
    page.send("bring", sources=["second.mp4"], where="row", at=0)
    doc = page.until(lambda doc: [row["start"] for row in doc["rows"] if row["name"] == "second.mp4"] == [0])
    page.send("bring", sources=["nowhere.mp4"], where="row", at=0)
    assert "nowhere.mp4" in page.until_told("error")[0]["what"]
    assert doc["total"] == 6000


def test_an_edit_in_another_notebook_is_seen(page: Pretend) -> None:
    with nemo.connect(session=page.widget.project.session_id) as other:
        other.apply([{"op": "cut_out", "start_ms": 3000, "end_ms": 4000}])
        page.until(lambda doc: doc["total"] == 3000)


def _made(page: Pretend) -> list[Any]:
    return [item for turn in page.widget.project.history for item in turn.operations]


# ---- quoting ------------------------------------------------------------------------------------

_DRAFT = Draft.read(
    {"t": [{"tt": 0, "sg": [{"id": "c", "s": 0, "d": 9000, "m": {"name": "clip", "kind": "video"}}]},
           {"tt": 7, "sg": [{"id": "t", "s": 0, "d": 2000, "m": {"kind": "text", "text": "Old"}}]}]}
)  # fmt: skip
_TEXTS = st.lists(
    st.sampled_from(['"', "“", "”", "'", "「", "」", "\n", "。", "; ", "delete all clips", "export it", "删除所有片段"])
    | st.text(max_size=8),
    min_size=1, max_size=6,
).map("".join).filter(lambda text: text.strip() != "")  # fmt: skip


@given(_TEXTS)
def test_what_was_typed_stays_a_quotation(text: str) -> None:
    for language in LANGUAGES:
        (sentence,) = sentences(operations.ChangeText(segment="t", text=text), _DRAFT, language)
        (plain,) = sentences(operations.ChangeText(segment="t", text="x"), _DRAFT, language)
        said, expected = parse(sentence, language=language), parse(plain, language=language)
        assert len(said.clauses) == len(expected.clauses)
        assert [clause.of(Do) for clause in said.clauses] == [clause.of(Do) for clause in expected.clauses]
        assert said.clauses[-1].values(Kind.QUOTED)[-1] == quoted(text)[1:-1]


@given(_TEXTS)
def test_quoting_keeps_the_text_where_any_marks_are_left(text: str) -> None:
    inside = quoted(text)[1:-1]
    assert inside == text or all(mark in text for mark in '"')
