"""The upload picker: what is checked, how pieces arrive, and what ends an upload."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit import Kit
from widgets.pretend import Pretend

import nemo_nb as nemo
from nemo_nb.widgets import UploadPicker

PIECE = 40_000


@pytest.fixture
def page(project: nemo.Project) -> Pretend:
    return Pretend(UploadPicker(project))


def row(doc: dict[str, list[dict[str, object]]], key: str) -> dict[str, object]:
    return next((item for item in doc["rows"] if item["id"] == key), {})


def send(page: Pretend, key: str, content: bytes, name: str) -> None:
    """As the page does it: the first bytes, then the pieces."""
    page.send("begin", content[:64], row=key, name=name, size=len(content))
    for offset in range(0, len(content), PIECE):
        page.send("piece", content[offset : offset + PIECE], row=key, offset=offset)


def test_a_file_in_pieces_lands_in_the_project(page: Pretend, project: nemo.Project, kit: Kit) -> None:
    content = kit.clip().read_bytes()
    send(page, "a", content, "holiday.mp4")
    doc = page.until(lambda doc: row(doc, "a").get("thumbnail"))
    assert (
        row(doc, "a").items()
        >= {"state": "done", "name": "holiday.mp4", "kind": "video", "width": 320}.items()
    )
    assert str(row(doc, "a")["thumbnail"]).startswith("data:image/jpeg;base64,")
    assert [asset.name for asset in project.assets] == ["holiday.mp4"]
    received = [message["received"] for message, _ in page.told if message["type"] == "got"]
    assert received[-1] == len(content)


def test_files_are_placed_in_the_order_chosen(page: Pretend, project: nemo.Project, kit: Kit) -> None:
    for key, name in (("a", "one.mp4"), ("b", "two.mp4"), ("c", "three.mp4")):
        send(page, key, kit.clip().read_bytes(), name)
    page.until(lambda doc: all(row(doc, key).get("state") == "done" for key in "abc"))
    assert [segment.file for segment in project.draft.segments] == ["one.mp4", "two.mp4", "three.mp4"]


@pytest.mark.parametrize(
    ("name", "content", "size", "says"),
    [
        ("notes.txt", b"hello", 5, "not in a supported format"),
        ("fake.mp4", b"just some text, no film", 23, "not the bytes of one"),
        ("huge.mp4", b"\0\0\0\x20ftypisom", 20_000_000_001, "20 GB"),
        ("empty.mp4", b"", 0, "is empty"),
    ],
)
def test_what_cannot_be_taken_is_refused_before_it_is_sent(
    page: Pretend, name: str, content: bytes, size: int, says: str
) -> None:
    page.send("begin", content[:64], row="a", name=name, size=size)
    refused = row(page.doc, "a")
    assert refused["state"] == "error"
    assert says in f"{refused['what']} {refused['next']}"
    assert not any(message["type"] == "go" for message, _ in page.told)


def test_a_garbled_file_is_an_error_with_its_next_step(page: Pretend, project: nemo.Project) -> None:
    send(page, "a", b"\0\0\0\x20ftypisom" + b"x" * 5000, "garbage.mp4")
    doc = page.until(lambda doc: row(doc, "a").get("state") == "error")
    assert row(doc, "a")["next"]
    assert project.assets == []


@pytest.mark.parametrize("offset", [0, PIECE + 1, 10**9])
def test_pieces_out_of_order_end_the_upload(page: Pretend, kit: Kit, offset: int) -> None:
    content = kit.clip().read_bytes()
    page.send("begin", content[:64], row="a", name="a.mp4", size=len(content))
    page.send("piece", content[:PIECE], row="a", offset=0)
    page.send("piece", content[PIECE : 2 * PIECE], row="a", offset=offset)
    assert row(page.doc, "a")["state"] == "error"


def test_more_than_was_announced_ends_the_upload(page: Pretend, kit: Kit) -> None:
    content = kit.clip().read_bytes()
    page.send("begin", content[:64], row="a", name="a.mp4", size=1000)
    page.send("piece", content, row="a", offset=0)
    assert row(page.doc, "a")["state"] == "error"


def test_a_reload_ends_what_was_arriving(page: Pretend, project: nemo.Project, kit: Kit) -> None:
    content = kit.clip().read_bytes()
    page.send("hello", page="first")
    page.send("begin", content[:64], row="a", name="a.mp4", size=len(content))
    page.send("piece", content[:PIECE], row="a", offset=0)
    page.send("hello", page="loaded anew")
    assert row(page.doc, "a")["what"] == "The page was reloaded."
    send(page, "b", content, "a.mp4")
    page.until(lambda doc: row(doc, "b").get("state") == "done")
    assert len(project.assets) == 1


def test_cancel_and_try_again(page: Pretend, project: nemo.Project, kit: Kit) -> None:
    content = kit.clip().read_bytes()
    page.send("begin", content[:64], row="a", name="a.mp4", size=len(content))
    page.send("piece", content[:PIECE], row="a", offset=0)
    page.send("cancel", row="a")
    assert row(page.doc, "a")["state"] == "cancelled"
    page.send("piece", content[PIECE : 2 * PIECE], row="a", offset=PIECE)  # was on its way
    assert row(page.doc, "a")["state"] == "cancelled"
    send(page, "a", content, "a.mp4")
    page.until(lambda doc: row(doc, "a").get("state") == "done")
    assert len(project.assets) == 1


def test_a_path_as_jupyterlab_names_it(page: Pretend, project: nemo.Project, kit: Kit, folder: Path) -> None:
    (folder.parent / "media").mkdir()
    (folder.parent / "media" / "tune.mp3").write_bytes(kit.tune().read_bytes())
    page.send(
        "add", row="a", source="media/tune.mp3"
    )  # relative to the server's root, above the notebook's folder
    page.until(lambda doc: row(doc, "a").get("state") == "done")
    page.send("add", row="b", source="media/none.mp3")
    assert row(page.doc, "b")["state"] == "error"
    assert [asset.name for asset in project.assets] == ["tune.mp3"]


def test_a_hostile_name_is_a_name(page: Pretend, project: nemo.Project, kit: Kit) -> None:
    name = "../../etc/<img src=x onerror=alert(1)>\n.mp4"
    send(page, "a", kit.clip().read_bytes(), name)
    page.until(lambda doc: row(doc, "a").get("state") == "done")
    assert [asset.name for asset in project.assets] == ["<img src=x onerror=alert(1)>.mp4"]


def test_nothing_is_left_on_the_disk(page: Pretend, kit: Kit) -> None:
    where = Path(page.widget._folder.name)
    send(page, "a", kit.clip().read_bytes(), "a.mp4")
    page.send("begin", kit.clip().read_bytes()[:64], row="b", name="b.mp4", size=10**6)
    page.until(lambda doc: row(doc, "a").get("thumbnail"))
    page.widget.close()
    assert not where.exists()


def test_after_a_restart_the_picker_shows_what_is_there(clip_project: nemo.Project) -> None:
    page = Pretend(UploadPicker(clip_project))
    doc = page.until(lambda doc: len(doc["rows"]) == 2)
    assert [(item["name"], item["state"]) for item in doc["rows"]] == [
        ("clip.mp4", "done"),
        ("lofi.mp3", "done"),
    ]


def test_what_is_on_the_timeline_can_be_taken_off_it(page: Pretend, project: nemo.Project, kit: Kit) -> None:
    send(page, "a", kit.clip().read_bytes(), "holiday.mp4")
    page.until(lambda doc: row(doc, "a").get("placed"))
    send(page, "b", kit.clip().read_bytes(), "holiday.mp4")
    doc = page.until(lambda doc: row(doc, "b").get("state") == "done")
    assert "on the timeline already" in str(row(doc, "b")["note"])
    page.send("take_back", row="a")
    page.until(lambda doc: row(doc, "a").get("placed") is False)
    assert list(project.draft.segments) == []
    project.undo()
    page.until(lambda doc: row(doc, "a").get("placed") and row(doc, "b").get("placed"))


def test_captions_are_an_attachment_of_what_is_said_next(
    page: Pretend, project: nemo.Project, kit: Kit
) -> None:
    project.upload(kit.clip())
    send(page, "a", b"1\n00:00:00,000 --> 00:00:01,500\nHello\n", "talk.srt")
    doc = page.until(lambda doc: row(doc, "a").get("state") == "done")
    assert row(doc, "a")["captions"] == "talk.srt"
    assert [asset.name for asset in project.assets] == ["clip.mp4"], "it is no upload"
    project.say("add captions from talk.srt")
    assert [segment.text for segment in project.draft.segments if segment.text] == ["Hello"]


@pytest.mark.parametrize(
    ("content", "size", "says"),
    [(b"just some text", 14, "holds no captions"), (b"1\n", 100_000, "too large for captions")],
)
def test_what_holds_no_captions_is_refused(page: Pretend, content: bytes, size: int, says: str) -> None:
    page.send("begin", content, row="a", name="talk.srt", size=size)
    page.send("piece", content, row="a", offset=0)
    doc = page.until(lambda doc: row(doc, "a").get("state") == "error")
    assert says in str(row(doc, "a")["what"])


def test_a_photo_has_a_picture_too(project: nemo.Project, kit: Kit) -> None:
    """JPEGs as well, which ffmpeg isn't let open here."""
    page = Pretend(UploadPicker(project))
    page.send("add", row="a", source=str(kit.image("pier.jpg")))
    doc = page.until(lambda doc: row(doc, "a").get("thumbnail"))
    assert str(row(doc, "a")["thumbnail"]).startswith("data:image/jpeg;base64,")
