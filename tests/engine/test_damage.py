"""A bad disk: what is damaged is noticed, never handed over, and heals."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import psutil
import pytest
from heavy import HEAVY
from kit import Kit

from nemo_nb.engine.launch import find_or_start, retire

pytestmark = HEAVY


@pytest.fixture
def engine_home(own_home: Path) -> Path:
    return own_home / "engine"


def flip(path: Path, at: float = 0.5) -> None:
    """Change a byte."""
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size * at))
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 0xFF]))


def blob(engine_home: Path) -> Path:
    (found,) = (engine_home / "blobs").glob("??/*")
    return found


def killed(engine) -> None:
    process = psutil.Process(engine.endpoint.pid)
    process.kill()
    process.wait()


def reborn(engine, home: Path):
    return engine.other(find_or_start(home), engine.client_id)


def replaced(make):
    """By what no file is; whoever opens a pipe waits for ever."""

    def hurt(path: Path) -> None:
        path.unlink()
        make(path)

    return hurt


HURTS = {
    "garbled": flip, "cut short": lambda path: os.truncate(path, 1000), "gone": Path.unlink,
    "a pipe": replaced(os.mkfifo), "a folder": replaced(os.mkdir),
    "a loop": replaced(lambda path: path.symlink_to(path)),
}  # fmt: skip


@pytest.mark.parametrize("hurt", HURTS.values(), ids=HURTS.keys())
def test_a_damaged_upload_is_never_used_and_heals_when_it_comes_again(
    own_engine, engine_home: Path, kit: Kit, hurt
) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip())
    own_engine.say(sid, "trim it to the first 2 seconds")
    before = own_engine.state(sid)["draft"]
    hurt(blob(engine_home))
    refused = own_engine.export(sid).json()
    assert refused["code"] == 4003
    assert "'clip.mp4' is damaged or gone" in refused["message"]
    assert "Upload the file again" in refused["next_step"]
    assert own_engine.http.get(f"/nb/v1/sessions/{sid}/preview").json()["code"] == 4003
    assert own_engine.http.get(own_engine.state(sid)["video_infos"][0]["cdn_url"]).json()["code"] == 4003
    assert own_engine.upload(sid, kit.clip()).json()["code"] == 0
    assert own_engine.state(sid)["draft"] == before, "it is mended, not put on the timeline once more"
    assert own_engine.finished(own_engine.export(sid).json()["id"])["status"] == "completed"


def test_an_upload_that_was_damaged_while_the_engine_was_away_is_noticed(
    own_engine, own_home: Path, engine_home: Path, kit: Kit
) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip())
    killed(own_engine)
    flip(blob(engine_home))
    assert reborn(own_engine, own_home).export(sid).json()["code"] == 4003


def test_a_damaged_result_is_not_handed_over(own_engine, engine_home: Path, kit: Kit) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip())
    first = own_engine.finished(own_engine.export(sid).json()["id"])
    (result,) = (engine_home / "results").iterdir()
    good = result.read_bytes()
    for cached in (engine_home / "cache").iterdir():
        flip(cached)
    flip(result)
    refused = own_engine.http.get(f"/api/render/proxy/{first['id']}/download").json()
    assert refused["code"] == 4000
    assert "Export it again" in refused["next_step"]
    again = own_engine.finished(own_engine.export(sid).json()["id"])
    assert own_engine.http.get(f"/api/render/proxy/{again['id']}/download").content == good


@pytest.mark.parametrize("kind", ["a pipe", "a folder", "a loop"])
def test_what_is_no_file_any_more_is_made_again(own_engine, engine_home: Path, kit: Kit, kind: str) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip())
    first = own_engine.finished(own_engine.export(sid).json()["id"])
    (result,) = (engine_home / "results").iterdir()
    good = result.read_bytes()
    for path in [result, *(engine_home / "cache").iterdir(), *(engine_home / "seals").iterdir()]:
        HURTS[kind](path)
    refused = own_engine.http.get(f"/api/render/proxy/{first['id']}/download").json()
    assert refused["code"] == 4000
    again = own_engine.finished(own_engine.export(sid).json()["id"])
    assert again["status"] == "completed"
    assert own_engine.http.get(f"/api/render/proxy/{again['id']}/download").content == good


@pytest.mark.parametrize("kind", ["a pipe", "a folder", "a loop"])
def test_an_engine_starts_whatever_became_of_what_it_wrote_down(
    own_engine, own_home: Path, engine_home: Path, kit: Kit, kind: str
) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip())
    before = own_engine.state(sid)
    retire(own_home)
    (ledger,) = (engine_home / "ledger").iterdir()
    for path in (ledger, engine_home / "engine.sqlite3.closed"):
        HURTS[kind](path)
    (engine_home / "endpoint.json").unlink(missing_ok=True)
    (endpoint := engine_home / "endpoint.json").touch()
    HURTS[kind](endpoint)
    after = reborn(own_engine, own_home)
    assert after.state(sid) == before
    after.say(sid, "mute it")
    retire(own_home)
    assert reborn(own_engine, own_home).state(sid) != before


def test_a_result_shares_its_bytes_with_no_other(own_engine, engine_home: Path, kit: Kit) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip())
    for _ in range(2):
        own_engine.finished(own_engine.export(sid).json()["id"])
    assert {path.stat().st_nlink for path in engine_home.rglob("*") if path.is_file()} == {1}


def told(engine) -> str:
    return engine.data(engine.http.get("/nb/v1/capabilities"))["notice"]


LOSSES = {
    "garbage": (lambda path: path.write_bytes(os.urandom(path.stat().st_size)), False),
    "its first page": (lambda path: path.write_bytes(bytes(4096) + path.read_bytes()[4096:]), True),
    "its second half": (lambda path: os.truncate(path, path.stat().st_size // 2), False),
    "emptied": (lambda path: path.write_bytes(b""), True),
    "gone": (Path.unlink, False),
    "its version": (lambda path: put(path, 60, b"\0\0\0\0"), False),
    "a table's name": (
        lambda path: put(path, path.read_bytes().find(b"CREATE TABLE turns") + 13, b"b"),
        True,
    ),
}


def put(path: Path, at: int, new: bytes) -> None:
    content = bytearray(path.read_bytes())
    content[at : at + len(new)] = new
    path.write_bytes(content)


@pytest.mark.parametrize(("lose", "stopped"), LOSSES.values(), ids=LOSSES.keys())
def test_a_damaged_database_is_put_aside_and_made_again(
    own_engine, own_home: Path, engine_home: Path, kit: Kit, lose, stopped
) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip(), kit.tune())
    own_engine.say(sid, "trim it to the first 2 seconds")
    own_engine.say(sid, "mute it")
    own_engine.http.post(f"/nb/v1/sessions/{sid}/undo", json={})
    before = own_engine.state(sid)
    if stopped:
        retire(own_home)
    else:
        killed(own_engine)
    lose(engine_home / "engine.sqlite3")
    after = reborn(own_engine, own_home)
    assert after.state(sid) == before
    aside = list(engine_home.glob("engine.sqlite3.damaged-*"))
    if aside or lose is Path.unlink:
        assert "1 project could be made again" in told(after)
        assert bool(aside) == ("To go back" in told(after)) == ("engine.sqlite3.damaged-" in told(after))
    else:
        assert told(after) == "", "it was put right in its place"
    assert after.finished(after.export(sid).json()["id"])["status"] == "completed"
    assert after.data(after.http.post(f"/nb/v1/sessions/{sid}/redo", json={}))["steps"] == 1


def test_uploads_stay_when_the_database_and_its_ledger_are_lost(
    own_engine, own_home: Path, engine_home: Path, kit: Kit
) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip())
    retire(own_home)
    (engine_home / "engine.sqlite3").unlink()
    shutil.rmtree(engine_home / "ledger")
    after = reborn(own_engine, own_home)
    for _ in range(2):
        assert blob(engine_home).read_bytes() == kit.clip().read_bytes()
        retire(own_home)
        after = reborn(after, own_home)


def test_a_database_of_yesterday_brings_its_uploads_back(
    own_engine, own_home: Path, engine_home: Path, kit: Kit
) -> None:
    sid = own_engine.session()["session_id"]
    retire(own_home)
    database, ledger = engine_home / "engine.sqlite3", engine_home / "ledger"
    shutil.copy(database, yesterday := own_home / "yesterday")
    engine = reborn(own_engine, own_home)
    engine.upload(sid, kit.clip())
    retire(own_home)
    shutil.copy(database, today := own_home / "today")
    shutil.copytree(ledger, ledger_of_today := own_home / "ledger")
    shutil.copy(yesterday, database)
    shutil.rmtree(ledger)
    engine = reborn(own_engine, own_home)
    assert engine.state(sid)["video_infos"] == []
    retire(own_home)
    shutil.copy(today, database)
    shutil.copytree(ledger_of_today, ledger)
    engine = reborn(own_engine, own_home)
    assert engine.finished(engine.export(sid).json()["id"])["status"] == "completed"


def test_a_record_that_a_disk_changed_is_put_right(
    own_engine, own_home: Path, engine_home: Path, kit: Kit
) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip())
    own_engine.say(sid, "trim it to the first 2 seconds")
    before = own_engine.state(sid)
    killed(own_engine)
    with sqlite3.connect(engine_home / "engine.sqlite3") as db:
        db.execute("UPDATE turns SET draft = REPLACE(draft, '2000', '2777')")
        db.execute("UPDATE turns SET operations = 'garbage'")
    db.close()
    after = reborn(own_engine, own_home)
    assert after.state(sid) == before
    assert "put right" in told(after)


def test_a_record_that_goes_bad_under_a_running_engine_is_put_right_by_the_next(
    own_engine, own_home: Path, engine_home: Path, kit: Kit
) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip())
    before = own_engine.state(sid)
    with sqlite3.connect(engine_home / "engine.sqlite3") as db:
        db.execute("UPDATE turns SET draft = 'garbage'")
    db.close()
    path = f"/api/state/nemo_agent/me/{sid}/latest"
    refused = own_engine.http.get(path)
    assert (refused.status_code, refused.json()["code"]) == (503, 5001)
    psutil.wait_procs([psutil.Process(own_engine.endpoint.pid)], timeout=10)
    assert reborn(own_engine, own_home).state(sid) == before


def test_the_same_bytes_under_two_names_go_with_their_projects(
    own_engine, engine_home: Path, kit: Kit
) -> None:
    content = kit.clip().read_bytes()
    one, other = own_engine.session(), own_engine.session()
    own_engine.upload(one["session_id"], ("a.mp4", content))
    own_engine.upload(other["session_id"], ("b.mov", content))
    for project in (one, other):
        own_engine.http.delete(f"/nb/v1/projects/{project['task_id']}")
    assert not list((engine_home / "blobs").glob("??/*"))


def test_an_engine_that_can_t_start_says_why(own_home: Path) -> None:
    from nemo_nb.errors import Unreachable

    (own_home / "engine" / "engine.sqlite3").mkdir(parents=True)
    with pytest.raises(Unreachable, match="did not start: "):
        find_or_start(own_home)


def test_an_export_whose_record_went_bad_is_asked_for_again(
    own_engine, own_home: Path, engine_home: Path, kit: Kit
) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip())
    export = own_engine.finished(own_engine.export(sid).json()["id"])["id"]
    killed(own_engine)
    with sqlite3.connect(engine_home / "engine.sqlite3") as db:
        db.execute("UPDATE renders SET draft = 'garbage', status = 'pending'")
    db.close()
    after = reborn(own_engine, own_home)
    assert after.http.get(f"/api/render/proxy/lambda/{export}").json()["code"] == 4000
    assert after.finished(after.export(sid).json()["id"])["status"] == "completed"
