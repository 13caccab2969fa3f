"""What cannot be taken is refused with its own code, and nothing of it stays."""

from __future__ import annotations

import asyncio
import os
import struct
from pathlib import Path

import pytest
from kit import Kit

from nemo_nb.engine.blobs import Blobs
from nemo_nb.engine.helpers import InPlace
from nemo_nb.engine.intake import look_into, take_files
from nemo_nb.errors import BrokenMedia, FileTooLarge
from nemo_nb.media import beginning, formats
from nemo_nb.media.probe import probe


@pytest.fixture
def sid(engine) -> str:
    return engine.session()["session_id"]


def refusal(engine, sid: str, *files: Path | tuple[str, bytes]) -> dict:
    answer = engine.upload(sid, *files).json()
    assert answer["code"] != 0
    state = engine.state(sid)
    assert state["video_infos"] == []
    assert state["draft"]["t"] == []
    return answer


@pytest.mark.parametrize("name", ["notes.txt", "movie.exe", "noextension", "archive.mp4.zip"])
def test_other_formats_are_4001(engine, sid: str, name: str) -> None:
    assert refusal(engine, sid, (name, b"hello world, this is a file" * 10))["code"] == 4001


def test_a_misnamed_file_is_4001_and_says_what_it_is(engine, sid: str, kit: Kit) -> None:
    answer = refusal(engine, sid, ("song.mp3", kit.image().read_bytes()))
    assert answer["code"] == 4001
    assert "png" in answer["message"]


@pytest.mark.parametrize(
    "script",
    [
        b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n" + b"#\n" * 40,
        b"ffconcat version 1.0\nfile /etc/passwd\n" + b"#\n" * 40,
        b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n" + b"s=x\r\n" * 20,
    ],
)
def test_a_playlist_named_mp4_is_refused(engine, sid: str, script: bytes) -> None:
    assert refusal(engine, sid, ("clip.mp4", script))["code"] in (4001, 4003)


def test_an_empty_file_is_4003(engine, sid: str) -> None:
    assert refusal(engine, sid, ("clip.mp4", b""))["code"] == 4003


def test_a_truncated_file_is_4003(engine, sid: str, kit: Kit) -> None:
    whole = kit.clip().read_bytes()
    assert refusal(engine, sid, ("clip.mp4", whole[: len(whole) // 2]))["code"] == 4003


def test_garbage_behind_the_right_first_bytes_is_4003(engine, sid: str, kit: Kit) -> None:
    assert refusal(engine, sid, ("clip.mp4", kit.clip().read_bytes()[:64] + os.urandom(5000)))["code"] == 4003


def test_one_bad_file_among_good_ones_takes_none(engine, sid: str, kit: Kit) -> None:
    assert refusal(engine, sid, kit.clip(), ("broken.mp3", b"ID3" + b"\0" * 2000))["code"] == 4003


def test_more_than_is_taken_is_4002_and_leaves_nothing_on_the_disk(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(formats, "HERE", formats.Accepted(formats.HERE.formats, 1_000_000))
    with Blobs(tmp_path).writer("big.mp4") as writer:
        writer.write(b"\0\0\0\x20ftypisom" + bytes(900_000))
        with pytest.raises(FileTooLarge, match="over 1 MB"):
            writer.write(bytes(300_000))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_body_that_is_cut_off_is_refused(engine, sid: str) -> None:
    answer = engine.http.post(
        f"/api/upload-video/nemo_agent/me/{sid}",
        content=b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.mp4"\r\n\r\n\0\0\0\x20ftyp',
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert answer.json()["code"] == 4000


def test_a_file_name_is_only_a_name(engine, sid: str, kit: Kit) -> None:
    name = "..\\..\\C:/etc/<b>x</b>\n\u202e.mp4"
    (stored,) = engine.data(engine.upload(sid, (name, kit.clip().read_bytes())))["files"]
    assert "/" not in stored["filename"]
    assert "\n" not in stored["filename"]


class Saying:
    """Helpers in which every look ends with the same error."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def run(self, *_: object, **__: object) -> None:
        raise self._error


@pytest.mark.parametrize(
    ("said", "kind"), [("Pixel allocation failed: Out of memory", FileTooLarge), ("Failed", BrokenMedia)]
)
def test_whatever_a_decoder_says_of_a_file_is_one_of_ours(said: str, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=r"'a\.avif'"):
        asyncio.run(look_into(Saying(RuntimeError(said)), Path("a.part"), "a.avif"))


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def titled(mp4: bytes, count: int) -> bytes:
    """An MP4 with so many titles."""
    title = box(b"\xa9nam", box(b"data", b"\0\0\0\1\0\0\0\0" + b"n" * 100))
    kind = box(b"hdlr", bytes(8) + b"mdir" + bytes(13))
    told = box(b"udta", box(b"meta", bytes(4) + kind + box(b"ilst", title * count)))
    at = mp4.find(b"moov") - 4
    end = at + struct.unpack(">I", mp4[at : at + 4])[0]
    return mp4[:at] + box(b"moov", mp4[at + 8 : end] + told) + mp4[end:]


def test_what_only_the_program_takes_minutes_to_open(kit: Kit, tmp_path: Path, monkeypatch) -> None:
    """The library reads such a file in a moment, and an export would open it many times."""
    monkeypatch.setattr(beginning, "_SECONDS", 1)
    clip, strange = kit.clip().read_bytes(), tmp_path / "titles.mp4"
    strange.write_bytes(titled(clip, 3))
    asyncio.run(beginning.check_beginning(strange, "titles.mp4"))
    strange.write_bytes(titled(clip, 60_000))
    assert probe(strange).duration_ms == 4000
    with pytest.raises(BrokenMedia, match=r"'titles\.mp4'.* takes longer"):
        asyncio.run(beginning.check_beginning(strange, "titles.mp4"))
    assert [path.name for path in tmp_path.iterdir()] == ["titles.mp4"]


def test_an_upload_is_opened_as_an_export_would(kit: Kit, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(beginning, "_SECONDS", 1)

    async def form():
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="titles.mp4"\r\n\r\n'
        yield titled(kit.clip().read_bytes(), 60_000)
        yield b"\r\n--b--\r\n"

    with pytest.raises(BrokenMedia, match=r"'titles\.mp4'"):
        asyncio.run(take_files(Blobs(tmp_path), InPlace(), "multipart/form-data; boundary=b", form()))
    assert not list(tmp_path.iterdir())
