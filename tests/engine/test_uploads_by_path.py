"""From its owner the engine takes a file by its path: a copy of that very file, and of nothing else."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from counted import Counted
from kit import Kit

import nemo_nb as nemo
from nemo_nb.client.paths import told
from nemo_nb.client.uploads import LocalFile, examine
from nemo_nb.engine import blobs, handed
from nemo_nb.errors import BrokenMedia

SENT = {"files": [], "send_bytes": True}


@pytest.fixture
def clip(kit: Kit, tmp_path: Path) -> Path:
    return Path(shutil.copy(kit.clip(), tmp_path / "clip.mp4"))


def named(path: Path, /, **other: Any) -> dict[str, Any]:
    """What a client tells of a file, with something else in its place."""
    file = examine(path)
    assert isinstance(file, LocalFile)
    return {**told([file])[0], **other}


def handed_over(engine: Any, *rows: object) -> dict[str, Any]:
    sid = engine.session()["session_id"]
    body = {"paths": list(rows), "source_type": "path"}
    return engine.http.post(f"/api/upload-video/nemo_agent/me/{sid}", json=body).json()


def stored(home: Path) -> list[Path]:
    return [path for path in (home / "engine" / "blobs").rglob("*") if path.is_file()]


def test_it_is_copied_and_hashed_never_linked(own_engine, own_home: Path, clip: Path) -> None:
    (info,) = handed_over(own_engine, named(clip))["data"]["files"]
    (blob,) = stored(own_home)
    assert info["hash"] == blobs._digest(clip) == f"sha256:{blob.stem}"
    assert (info["filename"], info["duration"]) == ("clip.mp4", 4.0)
    assert (blob.stat().st_nlink, blob.stat().st_mode & 0o777) == (1, 0o600)
    clip.write_bytes(b"something else")
    assert blobs._digest(blob) == info["hash"]


def test_a_project_uploads_so_and_no_byte_of_the_file_is_sent(counted: Counted, clip: Path, kit: Kit) -> None:
    counted.as_owner = True
    with nemo.connect(counted.url) as project:
        assert [asset.name for asset in project.upload(clip, kit.tune(), ("logo.png", kit.image()))] == [
            "clip.mp4", "lofi.mp3", "logo.png",
        ]  # fmt: skip
        assert sum(call.sent for call in counted.calls) < 2000
        assert project.draft.duration_ms == 4000
        counted.clear()
        project.upload(("again.mp4", clip.read_bytes()))  # what lies in memory goes as bytes
        assert counted.bytes > clip.stat().st_size


def test_elsewhere_the_bytes_are_sent_as_ever(counted: Counted, clip: Path) -> None:
    with nemo.connect(counted.url) as project:
        project.upload(clip)
    assert counted.bytes > clip.stat().st_size


def test_a_cassette_tells_no_path_of_this_machine(counted: Counted, clip: Path, tmp_path: Path) -> None:
    counted.as_owner = True
    with nemo.connect(counted.url, cassette=tmp_path / "tour.json") as project:
        project.upload(clip)
    assert str(clip.parent) not in (tmp_path / "tour.json").read_text("utf-8")
    assert counted.bytes > clip.stat().st_size


def test_over_tcp_no_path_is_taken(counted: Counted, clip: Path) -> None:
    import httpx

    headers = {"Authorization": f"Bearer {counted.token}"}
    with httpx.Client(base_url=counted.url, headers=headers, trust_env=False) as http:
        session = http.post("/api/tasks/me/with-session/nemo_agent", json={}).json()["data"]["session_id"]
        answer = http.post(f"/api/upload-video/nemo_agent/me/{session}", json={"paths": [named(clip)]}).json()
        assert "upload.path" not in http.get("/nb/v1/capabilities").json()["data"]["extensions"]
    assert answer["code"] == 4000
    assert "own socket" in answer["message"]


# -- what isn't taken so: the caller sends its bytes, and nothing is kept --------------------------


def another(path: Path) -> dict[str, Any]:
    """Another file lies there by now."""
    row = named(path)
    content = path.read_bytes()
    path.rename(path.with_name("moved.mp4"))
    path.write_bytes(content)
    return row


def link(path: Path) -> dict[str, Any]:
    row = named(path)
    path.rename(path.with_name("moved.mp4"))
    path.symlink_to("moved.mp4")
    return row


def pipe(path: Path) -> dict[str, Any]:
    row = named(path)
    path.unlink()
    os.mkfifo(path)
    status = path.stat()
    return row | {"inode": status.st_ino, "size": 0, "changed_ns": status.st_mtime_ns}


def folder(path: Path) -> dict[str, Any]:
    status = path.parent.stat()
    return named(
        path, path=str(path.parent), inode=status.st_ino, size=status.st_size, changed_ns=status.st_mtime_ns
    )


def device(path: Path) -> dict[str, Any]:
    status = Path("/dev/zero").stat()
    return named(
        path, path="/dev/zero", device=status.st_dev, inode=status.st_ino, changed_ns=status.st_mtime_ns
    )


def gone(path: Path) -> dict[str, Any]:
    row = named(path)
    path.unlink()
    return row


def changed(path: Path) -> dict[str, Any]:
    row = named(path)
    os.utime(path, ns=(1, 1))
    return row


def strangers(path: Path) -> dict[str, Any]:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    os.chown(path, 12345, -1)
    status = path.stat()
    return {
        "path": str(path), "name": "clip.mp4", "device": status.st_dev, "inode": status.st_ino,
        "size": status.st_size, "changed_ns": status.st_mtime_ns,
    }  # fmt: skip


@pytest.mark.parametrize("make", [another, link, pipe, folder, device, gone, changed, strangers])
def test_only_that_very_file_of_ones_own_is_taken(
    engine, shared_home: Path, clip: Path, make: Callable[[Path], dict[str, Any]]
) -> None:
    before = stored(shared_home)
    assert handed_over(engine, make(clip))["data"] == SENT
    assert stored(shared_home) == before


def test_a_link_of_ones_own_is_followed_before_it_is_told(own_engine, clip: Path) -> None:
    alias = clip.with_name("alias.mp4")
    alias.symlink_to(clip)
    (info,) = handed_over(own_engine, named(alias))["data"]["files"]
    assert info["filename"] == "alias.mp4"


def test_its_bytes_are_sent_where_it_is_not_taken(
    counted: Counted, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted.as_owner = True
    monkeypatch.setattr(handed.Handed, "opened", lambda file: (_ for _ in ()).throw(handed.NotTaken))
    with nemo.connect(counted.url) as project:
        assert project.upload(clip)[0].duration_ms == 4000
    assert counted.bytes > clip.stat().st_size


# -- limits are those of every upload --------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], 4000), ([7], 4000), ([{}], 4000), ([{"path": "clip.mp4", "name": "clip.mp4"}], 4000),
        (None, 4000), ({"path": "/etc/passwd"}, 4000), ([{}] * 101, 4000),
    ],
)  # fmt: skip
def test_what_is_no_list_of_paths_is_refused(engine, rows: Any, code: int) -> None:
    sid = engine.session()["session_id"]
    answer = engine.http.post(f"/api/upload-video/nemo_agent/me/{sid}", json={"paths": rows}).json()
    assert answer["code"] == code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("a.txt", b"hello", 4001), ("a.mp4", b"hello" * 100, 4001), ("a.mp4", b"", 4003)],
)
def test_a_file_is_checked_as_any_other(
    engine, shared_home: Path, clip: Path, tmp_path: Path, name: str, content: bytes, code: int
) -> None:
    before, path = stored(shared_home), tmp_path / name
    row = named(clip)
    path.write_bytes(content)
    status = path.stat()
    row |= {
        "path": str(path),
        "name": name,
        "inode": status.st_ino,
        "size": len(content),
        "changed_ns": status.st_mtime_ns,
    }
    answer = handed_over(engine, named(clip, name="good.mp4"), row)
    assert answer["code"] == code
    assert stored(shared_home) == before, "all or none"


def test_one_too_large_is_refused(clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "blobs").mkdir()
    monkeypatch.setattr(blobs.formats, "HERE", blobs.formats.Accepted(frozenset({"mp4"}), 1000))
    with (
        blobs.Blobs(tmp_path / "blobs").writer("clip.mp4") as writer,
        pytest.raises(nemo.errors.FileTooLarge),
    ):
        handed.copy([handed.Handed.read(named(clip))], [writer])
    assert not list((tmp_path / "blobs").iterdir())


def test_one_that_is_written_to_meanwhile_is_told(
    tmp_path: Path, kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "blobs").mkdir()
    path = tmp_path / "growing.mp4"
    path.write_bytes(kit.clip().read_bytes() + bytes(3 << 20))
    row, begun = handed.Handed.read(named(path)), threading.Event()
    take = blobs.BlobWriter._take

    def slow(self: blobs.BlobWriter, data: bytes) -> None:
        if not begun.is_set():
            begun.set()
            with path.open("r+b") as file:
                file.truncate(1 << 20)
        take(self, data)

    monkeypatch.setattr(blobs.BlobWriter, "_take", slow)
    with (
        blobs.Blobs(tmp_path / "blobs").writer("growing.mp4") as writer,
        pytest.raises(BrokenMedia, match="written to"),
    ):
        handed.copy([row], [writer])


def test_one_that_is_given_up_is_not_kept(
    counted: Counted, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted.as_owner = True
    begun, given_up, copy = threading.Event(), threading.Event(), handed.copy

    def slow(*args: Any) -> None:
        begun.set()
        assert given_up.wait(30)
        copy(*args)

    monkeypatch.setattr(handed, "copy", slow)
    with nemo.connect(counted.url) as project:
        going = project.start(project.awaited.upload(clip))
        assert begun.wait(30)
        going.cancel()
        assert going.ended.wait(30)
        given_up.set()
        deadline = time.monotonic() + 30
        while counted.engine.access.active and time.monotonic() < deadline:
            time.sleep(0.02)
        assert project.assets == []
        assert not [path for path in counted.engine.home.blobs.rglob("*") if path.is_file()]
