"""Files are checked before a byte is sent, and streamed as they are."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest

from nemo_nb.client import Client, Secret, UserToken
from nemo_nb.client.uploads import RemoteFile, batches, examine
from nemo_nb.errors import (
    BrokenMedia,
    FileTooLarge,
    InvalidInput,
    MediaError,
    MissingFile,
    SessionNotFound,
    Unreachable,
    UnsupportedFile,
)
from nemo_nb.media.formats import EVERYWHERE
from nemo_nb.testing import Answer, Received, ScriptedBackend, cut, failure, ok

Run = Callable[..., Any]
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
MP4 = b"\0\0\0\x18ftypisom" + bytes(range(256)) * 5000  # over a megabyte: several blocks


def parts(request: Received) -> list[tuple[str, str, bytes]]:
    """Field, file name and content of each part, as a parser of its own reads them."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(_class=EmailMessage).parsebytes(head + request.body)
    found = []
    for part in message.iter_parts():
        named = dict(item.strip().partition("=")[::2] for item in str(part["content-disposition"]).split(";"))
        raw = part.get_payload(decode=True)
        found.append((named["name"].strip('"'), named["filename"].strip('"'), raw))
    return found


def test_a_path_a_string_an_open_file_and_bytes(
    backend: ScriptedBackend, client: Client, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(PNG + b"a")
    (tmp_path / "b.png").write_bytes(PNG + b"b")
    (tmp_path / "c.png").write_bytes(PNG + b"c")
    with (tmp_path / "c.png").open("rb") as opened:
        run(client.upload("s", [tmp_path / "a.png", str(tmp_path / "b.png"), opened, ("d.png", PNG + b"d")]))
        assert not opened.closed
    (request,) = backend.received("upload")
    assert parts(request) == [("files", f"{name}.png", PNG + name.encode()) for name in "abcd"]


def test_files_and_urls_keep_their_order(backend: ScriptedBackend, client: Client, run: Run) -> None:
    asset = {"file_type": "image", "width": 4}
    for name in ("1.png", "2.png", "3.png"):
        backend.on("upload", ok({"files": [{"filename": name, **asset}]}))
    assets = run(client.upload("s", [("1.png", PNG), "https://example.com/2.png", ("3.png", PNG)]))
    assert [found.name for found in assets] == ["1.png", "2.png", "3.png"]
    assert backend.received("upload")[1].json == {"urls": ["https://example.com/2.png"], "source_type": "url"}


def test_progress_is_told_and_ends_at_the_whole(backend: ScriptedBackend, client: Client, run: Run) -> None:
    told: list[tuple[int, int, str]] = []
    run(client.upload("s", [("clip.mp4", MP4), ("still.png", PNG)], lambda *now: told.append(now)))
    clip = [now for now in told if now[2] == "clip.mp4"]
    assert len(clip) > 2
    assert clip == sorted(clip)
    assert clip[-1] == (len(MP4), len(MP4), "clip.mp4")
    assert told[-1] == (len(PNG), len(PNG), "still.png")
    assert [content for _, _, content in parts(backend.received("upload")[0])] == [MP4, PNG]


@pytest.mark.parametrize("name", ['quo"te.png', "schön 城市 🎬.png", "semi;colon.png", "percent%22.png"])
def test_any_name_is_carried(backend: ScriptedBackend, client: Client, run: Run, name: str) -> None:
    run(client.upload("s", [(name, PNG)]))
    assert f'filename="{name.replace(chr(34), "%22")}"'.encode() in backend.received("upload")[0].body


@pytest.mark.parametrize(
    ("source", "error"),
    [
        (("notes.txt", b"text"), UnsupportedFile),
        (("noextension", PNG), UnsupportedFile),
        (("misnamed.mp4", PNG), UnsupportedFile),
        (("playlist.mp4", b"#EXTM3U\nfile:///etc/passwd"), UnsupportedFile),
        (("garbage.mp4", os.urandom(8) + b"not media"), MediaError),
        (("empty.mp4", b""), BrokenMedia),
        ("no/such/file.mp4", MissingFile),
        ("x" * 5000 + ".mp4", MissingFile),
        ("nul\0.mp4", MissingFile),
        (Path(), InvalidInput),
        ("ftp://example.com/a.mp4", InvalidInput),
        ("https:///a.mp4", InvalidInput),
        (io.StringIO("text"), InvalidInput),
        (42, InvalidInput),
    ],
)
def test_what_cannot_be_taken_is_told_before_a_byte_is_sent(
    backend: ScriptedBackend, client: Client, run: Run, source: Any, error: type[Exception]
) -> None:
    with pytest.raises(error):
        run(client.upload("s", [("good.png", PNG), source]))
    assert not backend.requests


def test_more_than_every_backend_takes_is_too_large(tmp_path: Path) -> None:
    sparse = tmp_path / "long.mp4"
    with sparse.open("wb") as file:
        file.write(MP4)
        file.truncate(500_000_001)
    with pytest.raises(FileTooLarge):
        examine(sparse).refuse_unless(EVERYWHERE)
    with sparse.open("rb+") as file:
        file.truncate(500_000_000)
    other = ("still.png", PNG)
    groups = list(batches([examine(source) for source in (other, sparse, "https://a.test/b.mp4", other)]))
    assert [[getattr(file, "name", "url") for file in group] for group in groups] == [
        ["still.png"],
        ["long.mp4"],
        ["url"],
        ["still.png"],
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    (tmp_path / "a.png").chmod(0)
    with pytest.raises(InvalidInput, match="can't be read"):
        examine(tmp_path / "a.png")


def test_a_stream_that_cannot_be_rewound(backend: ScriptedBackend, client: Client, run: Run) -> None:
    left = [PNG, b"more"]

    class Pipe(io.RawIOBase):
        name = "pipe.png"

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            block = left.pop(0) if left else b""
            buffer[: len(block)] = block
            return len(block)

    run(client.upload("s", [Pipe()]))
    assert parts(backend.received("upload")[0]) == [("files", "pipe.png", PNG + b"more")]


def test_an_open_file_is_taken_from_where_it_stands(
    backend: ScriptedBackend, client: Client, run: Run
) -> None:
    stream = io.BytesIO(b"skipped" + PNG)
    stream.name = "a.png"
    stream.seek(7)
    backend.on("upload", failure(429, status=429))  # so it is read twice
    run(client.upload("s", [stream]))
    assert [parts(request)[0][2] for request in backend.received("upload")] == [PNG, PNG]


def test_a_file_that_shrinks_while_it_is_sent(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(MP4)
    # A backend of its own: it may see the broken request late, and would take the next test's answer for it.
    with ScriptedBackend() as backend:
        client = Client(backend.url, credentials=UserToken(Secret("user-token")))
        with pytest.raises(BrokenMedia, match="shorter"):
            run(client.upload("s", [path], lambda *_: os.truncate(path, 300_000)))
        run(client.aclose())


@pytest.mark.parametrize("kind", [str, Path])
def test_a_file_can_be_sent_under_another_name(kind: Callable[[Path], object], tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(MP4)
    examined = examine(("holiday.mp4", kind(path)))
    assert (examined.name, examined.size) == ("holiday.mp4", len(MP4))


def test_a_cut_upload_is_not_repeated(backend: ScriptedBackend, client: Client, run: Run) -> None:
    backend.on("upload", Answer((cut,)))
    with pytest.raises(Unreachable):
        run(client.upload("s", [("clip.mp4", MP4)]))
    backend.on("upload", failure(1002, status=404))
    with pytest.raises(SessionNotFound):
        run(client.upload("s", [("clip.mp4", MP4)]))
    assert len(backend.received("upload")) == 2


def test_a_url_may_be_signed_and_is_not_shown() -> None:
    assert repr(RemoteFile("https://example.com/a.mp4?sig=canary")) == "RemoteFile()"
