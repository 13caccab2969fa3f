"""Engines are killed, restarted and idle; nothing that was committed is lost."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import httpx
import psutil
import pytest
from kit import Kit

from nemo_nb.engine import build, server
from nemo_nb.engine.home import EngineHome
from nemo_nb.engine.launch import URL, EngineTransport, find_or_start, retire


def kill(engine) -> None:
    os.kill(engine.endpoint.pid, signal.SIGKILL)
    while engine.endpoint.is_up():
        time.sleep(0.01)


def reborn(engine, home: Path):
    return engine.other(find_or_start(home), engine.client_id)


def test_a_request_outlives_an_engine_that_dies_slowly(own_home: Path) -> None:
    """A process that is being killed may still take connections: here one that looks whether it is up, a request,
    and another look."""
    home = EngineHome.inside(own_home)
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as dying:
        place = f"{folder}/s"
        dying.bind(place)
        dying.listen()
        told = {"pid": 0, "build": build.here(), "socket": place, "url": None, "secret": ""}
        home.endpoint.write_text(json.dumps(told), "utf-8")

        def die() -> None:
            for _ in range(3):
                dying.accept()[0].close()
            dying.close()

        async def asked() -> int:
            async with httpx.AsyncClient(transport=EngineTransport(own_home), base_url=URL) as client:
                return (await client.get("/api/credits/balance/simple")).status_code

        with ThreadPoolExecutor() as threads:
            threads.submit(die)
            assert asyncio.run(asked()) == 401, (
                "another engine was started, and says that nobody is signed in"
            )


def ffmpeg_of(engine) -> psutil.Process:
    """The ffmpeg that the engine has at work; waits for it."""
    while True:
        for child in psutil.Process(engine.endpoint.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                if child.name().startswith("ffmpeg"):
                    return child
        time.sleep(0.005)


def test_what_was_said_and_uploaded_survives_a_kill(own_engine, own_home: Path, kit: Kit) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip())
    own_engine.say(sid, "trim it to the first 2 seconds")
    before = own_engine.state(sid)
    kill(own_engine)
    assert reborn(own_engine, own_home).state(sid) == before


def test_a_killed_engines_export_is_started_again_once(own_engine, own_home: Path, kit: Kit) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip("long.mp4", 30, "640x360"))
    one = own_engine.export(sid, height=240).json()["id"]
    ffmpeg = ffmpeg_of(own_engine)
    kill(own_engine)
    ffmpeg.wait(timeout=5)  # it must not outlive its engine
    (cut_short,) = (own_home / "engine" / "work").iterdir()
    (own_home / "engine" / "results" / "whole.mp4.part").write_bytes(b"cut short")
    (own_home / "engine" / "work" / "preview").mkdir()
    after = reborn(own_engine, own_home)
    assert after.finished(one)["status"] == "completed"
    assert [cut_short, *(own_home / "engine" / "work").iterdir()] == [cut_short]
    assert len(list((own_home / "engine" / "results").iterdir())) == 1


def test_an_export_that_kills_its_engine_twice_is_given_up(own_engine, own_home: Path, kit: Kit) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip("long.mp4", 30, "640x360"))
    one = own_engine.export(sid, height=240).json()["id"]
    engine = own_engine
    for _ in range(2):
        ffmpeg_of(engine)
        kill(engine)
        engine = reborn(engine, own_home)
    status = engine.finished(one)
    assert status["status"] == "failed"
    assert "twice" in status["error"]


def test_starting_twice_at_once_ends_with_one_engine(own_home: Path) -> None:
    code = (
        "import pathlib, sys; from nemo_nb.engine.launch import find_or_start; "
        "print(find_or_start(pathlib.Path(sys.argv[1])).pid)"
    )
    command = [sys.executable, "-c", code, str(own_home)]
    starters = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    pids = {starter.communicate()[0].strip() for starter in starters}
    assert len(pids) == 1


def test_an_idle_engine_leaves_and_takes_its_endpoint_along(own_home: Path, monkeypatch) -> None:
    monkeypatch.setenv("NEMO_NB_ENGINE_IDLE", "1")  # less, and it may leave before its starter has seen it
    endpoint = find_or_start(own_home)
    while endpoint.is_up():
        time.sleep(0.02)
    assert find_or_start(own_home).pid != endpoint.pid


@pytest.fixture
def runtime_folder(monkeypatch) -> Iterator[Path]:
    """Where sockets lie, with a short path as everywhere."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


def test_a_socket_s_folder_goes_with_its_engine_or_with_the_next_one(
    runtime_folder: Path, own_home: Path
) -> None:
    def folder_of_an_engine(number: int, age_s: int = 600) -> tuple[Path, socket.socket]:
        folder = runtime_folder / f"nemo-nb-{os.getuid()}-{number:016x}"
        folder.mkdir()
        bound = socket.socket(socket.AF_UNIX)
        bound.bind(str(folder / "s"))
        os.utime(folder, (time.time() - age_s, time.time() - age_s))
        return folder, bound

    with contextlib.ExitStack() as open_ones:
        killed, closed = folder_of_an_engine(1)
        closed.close()
        alive, listening = folder_of_an_engine(2)
        listening.listen()
        starting, bound = folder_of_an_engine(3, age_s=1)
        for one in (listening, bound):
            open_ones.enter_context(one)
        (runtime_folder / "nemo-nb-notes").mkdir()
        ours = Path(find_or_start(own_home).socket).parent
        assert ours.parent == runtime_folder
        left = set(runtime_folder.iterdir()) - {runtime_folder / "nemo-nb-notes"}
        assert left == {alive, starting, ours}, f"{killed.name} is gone"
        retire(own_home)
        assert not ours.exists()


def test_only_the_owner_can_reach_it(own_engine, own_home: Path) -> None:
    path = Path(own_engine.endpoint.socket)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for path in (own_home / "engine").rglob("*"):
        assert not path.stat().st_mode & 0o077, path.name


def test_an_engine_that_is_told_to_stop_hands_its_export_back(own_engine, own_home: Path, kit: Kit) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip("long.mp4", 30, "640x360"))
    one = own_engine.export(sid, height=240).json()["id"]
    engine = own_engine
    for _ in range(2):  # twice, since a second death would be an export's end
        ffmpeg_of(engine)
        process = psutil.Process(engine.endpoint.pid)
        process.terminate()
        process.wait(timeout=10)
        assert not (own_home / "engine" / "endpoint.json").exists()
        engine = reborn(engine, own_home)
    assert engine.finished(one)["status"] == "completed"


def test_a_blob_that_no_session_uses_is_swept_away(own_engine, own_home: Path, kit: Kit) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip())
    (used,) = (own_home / "engine" / "blobs").glob("??/*")
    (used.parent / f"{'0' * 64}.mp4").write_bytes(b"left over")
    kill(own_engine)
    reborn(own_engine, own_home)
    assert list((own_home / "engine" / "blobs").glob("??/*")) == [used]


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An engine's watch over the place where it is found: its home, and a call to go on until something is so."""
    monkeypatch.setattr(server, "_LOOK_S", 0.001)
    home = EngineHome.inside(tmp_path)
    home.lock.touch()
    home.endpoint.write_text("mine")
    engine = SimpleNamespace(should_exit=False)

    def until(so: Callable[[], bool], hurt: Callable[[], None]) -> None:
        async def go() -> None:
            async with asyncio.timeout(20):
                watching = asyncio.create_task(server._stay_found(engine, home, "mine"))
                await asyncio.sleep(0)  # it has seen its lock
                hurt()
                while not so():  # noqa: ASYNC110 - a file is waited for
                    await asyncio.sleep(0.001)
                watching.cancel()

        asyncio.run(go())

    return home, engine, until


@pytest.mark.parametrize("hurt", ["gone", "half"])
def test_an_engine_that_lives_is_found_again(found, hurt: str) -> None:
    home, engine, until = found
    spoil = home.endpoint.unlink if hurt == "gone" else lambda: home.endpoint.write_text("mi")
    until(lambda: home.endpoint.exists() and home.endpoint.read_text() == "mine", spoil)
    assert not engine.should_exit


@pytest.mark.parametrize("hurt", ["no lock", "another's lock", "no home"])
def test_two_engines_never_serve_one_home_for_long(found, hurt: str) -> None:
    """Whoever comes gets the lock, once its file is gone."""
    home, engine, until = found

    def spoil() -> None:
        other = home.root / "other"
        if hurt == "no home":
            shutil.rmtree(home.root)
        elif hurt == "no lock":
            home.lock.unlink()
        else:
            other.touch()
            other.replace(home.lock)

    until(lambda: engine.should_exit, spoil)
    assert not home.endpoint.exists() or home.endpoint.read_text() == "mine"
