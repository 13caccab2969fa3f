"""Bad input gets an error of its own that says what to do next, and nothing is lost by it."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest
from kit import Kit

import nemo_nb as nemo
from nemo_nb import errors
from nemo_nb.media import ffmpeg
from nemo_nb.testing import ScriptedBackend


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("notes.txt", b"hello", errors.UnsupportedFile),
        ("clip.mp4", b"", errors.BrokenMedia),
        ("clip.mp4", b"#EXTM3U\n/etc/passwd\n", errors.MediaError),
        ("clip.mp4", b"\x89PNG\r\n\x1a\n" + bytes(200), errors.UnsupportedFile),
        ("clip.mp4", b"\0\0\0\x20ftypisom" + bytes(4000), errors.BrokenMedia),
        ("song.mp3", b"ID3" + bytes(4000), errors.BrokenMedia),
    ],
)
def test_files_that_cannot_be_taken(
    clip_project: nemo.Project, name: str, content: bytes, error: type
) -> None:
    before = clip_project.draft
    with pytest.raises(error) as raised:
        clip_project.upload((name, content))
    assert name in str(raised.value)
    assert raised.value.next_step
    assert clip_project.draft == before
    assert clip_project.say("mute it").changes


def test_over_what_is_taken_is_told_before_a_byte_is_sent(clip_project: nemo.Project, tmp_path: Path) -> None:
    big = tmp_path / "big.mp4"
    with big.open("wb") as out:
        out.write(b"\0\0\0\x20ftypisom")
        out.truncate(20_000_000_001)  # sparse: it takes no room
    with pytest.raises(errors.FileTooLarge, match="20 GB"):
        clip_project.upload(big)


def test_a_path_without_a_file(project: nemo.Project) -> None:
    with pytest.raises(errors.MissingFile, match=r"nowhere\.mp4"):
        project.upload("nowhere.mp4")
    with pytest.raises(FileNotFoundError):  # what people catch who do not know us
        project.upload("nowhere.mp4")


@pytest.mark.parametrize("source", [3, None, io.StringIO("text")])
def test_what_is_no_file_at_all(project: nemo.Project, source: object) -> None:
    with pytest.raises(errors.NemoError):
        project.upload(source)


def test_an_empty_project_has_nothing_to_export(project: nemo.Project, folder: Path) -> None:
    with pytest.raises(errors.NothingToExport, match="Upload a video first"):
        project.export()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("text", ["", "   \n", None])
def test_nothing_said(project: nemo.Project, text: str) -> None:
    with pytest.raises(errors.InvalidInput):
        project.say(text)


@pytest.mark.parametrize("path", ["nowhere/out.mp4", "out.exe"])
def test_a_place_where_no_export_can_go(clip_project: nemo.Project, path: str) -> None:
    with pytest.raises(errors.InvalidInput):
        clip_project.export(path)


@pytest.mark.parametrize("at", ["soon", "-3", -1, 1e9])
def test_what_is_no_time(clip_project: nemo.Project, at: object) -> None:
    with pytest.raises(errors.InvalidInput):
        clip_project.preview(at=at)


def test_an_export_without_a_name_never_overwrites(clip_project: nemo.Project, folder: Path) -> None:
    (folder / "project.mp4").write_bytes(b"precious")
    assert clip_project.export().path.name == "project-2.mp4"
    assert clip_project.export().path.name == "project-3.mp4"
    assert (folder / "project.mp4").read_bytes() == b"precious"


def test_an_export_never_replaces_what_is_no_export(
    clip_project: nemo.Project, kit: Kit, folder: Path
) -> None:
    mine = folder / "mine.mp4"
    mine.write_bytes(kit.clip().read_bytes())
    clip_project.say("trim it to 2 seconds")
    with pytest.raises(errors.InvalidInput, match="overwrite=True"):
        clip_project.export("mine.mp4")
    assert mine.read_bytes() == kit.clip().read_bytes()
    clip_project.export("out.mp4")
    clip_project.export("out.mp4")  # its own export: a notebook runs twice
    clip_project.export("mine.mp4", overwrite=True)
    assert mine.read_bytes() != kit.clip().read_bytes()


def test_a_batch_tells_what_could_not_be_done_after_doing_the_rest(
    project: nemo.Project, kit: Kit, folder: Path
) -> None:
    a, b = str(kit.clip("a.mp4", 2)), str(kit.clip("b.mp4", 3))
    with pytest.raises(errors.MissingFile):
        project.batch({a: "mute it", "nowhere.mp4": "mute it"})
    assert list(folder.iterdir()) == []
    with pytest.raises(errors.InvalidInput, match=r"b\.mp4.*Exported: a\.mp4"):
        project.batch({b: "make it flubber", a: "mute it"})


@pytest.mark.parametrize("operations", ["mute it", ["mute it"], {"op": "mute"}])
def test_a_sentence_is_no_operation(clip_project: nemo.Project, operations: object) -> None:
    with pytest.raises(errors.InvalidInput, match="list of objects"):
        clip_project.apply(operations)


def nested(depth: int) -> list[object]:
    outer: list[object] = []
    for _ in range(depth):
        outer = [outer]
    return outer


@pytest.mark.parametrize(
    "value", [nested(100_000), 10**5000, b"x", {1}], ids=["deep", "long", "bytes", "a set"]
)
def test_what_is_no_data_is_no_operation(clip_project: nemo.Project, value: object) -> None:
    with pytest.raises(errors.InvalidInput) as refused:
        clip_project.apply([{"op": "mute", "segments": value}])
    assert refused.value.next_step


def test_a_word_that_is_no_backend(folder: Path) -> None:
    with pytest.raises(errors.InvalidInput, match="cloud"):
        nemo.connect("nonsense")


def test_a_frame_after_the_end(clip_project: nemo.Project) -> None:
    with pytest.raises(errors.InvalidInput, match="ends at 4s"):
        clip_project.preview(at="5:00")


def test_a_backend_that_is_not_there(folder: Path) -> None:
    with nemo.connect("http://127.0.0.1:9") as project, pytest.raises(errors.Unreachable):
        project.say("hello")


def test_a_token_never_goes_over_plain_http(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEMO_TOKEN", "secret")
    with pytest.raises(errors.NemoError, match="https"):
        nemo.connect("http://example.com")


def test_a_plain_backend_has_no_plans(folder: Path) -> None:
    with ScriptedBackend() as backend, nemo.connect(backend.url) as project:
        with pytest.raises(errors.NotSupportedByBackend, match="embedded engine"):
            project.plan("trim it")
        project.undo()  # by message, where there is no call for it
        assert backend.received("message")[-1].json["new_message"]["parts"][0]["text"] == "undo"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_as_that(kit: Kit, tmp_path: Path) -> None:
    full = tmp_path / "full.ts"
    full.symlink_to("/dev/full")  # a link, since what is left of a failed output is removed
    with pytest.raises(errors.NoSpaceLeft):
        asyncio.run(ffmpeg.run([*ffmpeg.guarded(kit.clip()), "-c", "copy", "-f", "mpegts"], full))
