"""What a killed process leaves behind is gone once the next one has started; what is written is the owner's alone."""

# ruff: noqa: E501 - tables
from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import nemo_nb as nemo
from nemo_nb import errors
from nemo_nb.client import Journal, Session
from nemo_nb.client.leftovers import noted, sweep

KILLED = """
import os, pathlib, sys, tempfile
from nemo_nb.client.leftovers import noted
home, folder = map(pathlib.Path, sys.argv[1:])
with noted(home, folder), noted(home, folder.with_name(".out.mp4.1234.part")) as part:
    (folder / "1.mp4").write_bytes(b"half")
    part.write_bytes(b"half")
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    folder = tmp_path / "nemo-upload-1"
    folder.mkdir()
    command = [sys.executable, "-c", KILLED, str(tmp_path / "home"), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        sweep(tmp_path / "home")
        assert folder.exists(), "it is alive"
        os.kill(process.pid, signal.SIGKILL)
    sweep(tmp_path / "home")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert not list((tmp_path / "home" / "passing").iterdir())


def test_a_note_goes_with_what_it_is_about(tmp_path: Path) -> None:
    with noted(tmp_path / "home", tmp_path / "x"):
        assert list((tmp_path / "home" / "passing").iterdir())
    assert not list((tmp_path / "home" / "passing").iterdir())


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"host": 1}', '{"host": "x", "pid": "y", "path": null}'])
def test_a_strange_note_harms_nothing(tmp_path: Path, note: str) -> None:
    (tmp_path / "passing").mkdir()
    (tmp_path / "passing" / "1.json").write_text(note)
    sweep(tmp_path)


def test_an_uploads_folder_goes_with_its_kernel(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    code = "import nemo_nb as nemo, os; p = nemo.connect(); u = nemo.UploadPicker(p); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert list(tmp_path.glob("nemo-upload-*"))
    nemo.connect().close()
    assert not list(tmp_path.glob("nemo-upload-*"))


@pytest.mark.skipif(os.name == "nt", reason="no umask")
def test_whatever_the_umask_the_home_is_the_owners(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        journal = Journal(tmp_path / "deep" / "home", "backend")
        journal.begin(Session("s-1"), "x")
    finally:
        os.umask(before)
    for path in (tmp_path / "deep").rglob("*"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
    assert not stat.S_IMODE((tmp_path / "deep").stat().st_mode) & 0o077


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders")
def test_a_pipe_in_the_place_of_a_file_is_told_and_waited_for_by_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "clip.mp4")
    os.mkfifo(tmp_path / "recipe.yaml")
    with nemo.connect() as project:
        for source in (tmp_path / "clip.mp4", ("a.mp4", tmp_path / "clip.mp4"), "/dev/zero", "/dev/stdin"):
            with pytest.raises((errors.InvalidInput, errors.UnsupportedFile)):
                project.upload(source)
    with pytest.raises(errors.MissingFile):
        nemo.Recipe.load(tmp_path / "recipe.yaml")
    with pytest.raises(errors.MissingFile):
        nemo.connect(cassette=tmp_path / "recipe.yaml")


ENDING = """
import atexit, os
import nemo_nb as nemo
project = nemo.connect()
project.credits()

def call(when, project=project, write=os.write):
    try:
        write(1, f"{when}: answered {project.credits()}\\n".encode())
    except BaseException as error:
        write(1, f"{when}: {type(error).__name__} {error}\\n".encode())

class Late:
    def __del__(self, call=call):
        call("del")

late = Late()
atexit.register(call, "exit")
"""


def test_a_call_while_the_interpreter_ends_comes_back(own_home: Path) -> None:
    done = subprocess.run([sys.executable, "-c", ENDING], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0
    at_exit, at_del = done.stdout.splitlines()
    assert at_exit.startswith(("exit: answered", "exit: RunnerError"))
    assert at_del.startswith("del: RunnerError The interpreter is ending")


HOSTILE = [
    '{"nemo_nb_cassette": 1}\n[]', '{"nemo_nb_cassette": "x"}', "[" * 100_000, '{"nemo_nb_cassette": 1}\n' + "[" * 100_000,
    '{"nemo_nb_cassette": 1}\n{"method": 1, "path": [], "asked": 1, "answer": {"status": 200}}',
    '{"nemo_nb_cassette": 1}\n{"method": "GET", "path": "/", "asked": null, "answer": []}',
    '{"nemo_nb_cassette": 1}\n{"method": "GET", "path": "/", "asked": null, "answer": {"status": "200"}}',
    '{"nemo_nb_cassette": 1}\n{"method": "GET", "path": "/", "asked": null, "answer": {"status": 99999}}',
    '{"nemo_nb_cassette": 1}\n{"method": "GET", "path": "/", "asked": null, "answer": {"status": 200, "base64": "%"}}',
    '{"nemo_nb_cassette": 1}\n{"method": "GET", "path": "/", "asked": null, "answer": {"status": 200, "text": 1}}',
    '{"nemo_nb_cassette": 1}\n{"method": "GET", "path": "/", "asked": null, "answer": {"status": 200, "headers": {"a": "b"}}}',
    '{"nemo_nb_cassette": 1}\n{"method": "GET", "path": "/", "asked": null, "answer": {"status": 200, "headers": {"location": "\\n"}}}',
]  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_cassette_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content)
    with pytest.raises(errors.InvalidInput, match="no cassette"):
        nemo.connect(cassette=tmp_path / "x.json")


def test_a_recorded_cut_is_played_without_waiting(tmp_path: Path) -> None:
    import json
    import time

    def line(method: str, path: str, asked: object, text: str, **more: object) -> str:
        answer = {
            "status": 200,
            "headers": {"content-type": more.pop("kind", "application/json")},
            "text": text,
            **more,
        }
        return json.dumps({"method": method, "path": path, "asked": asked, "answer": answer})

    state = json.dumps({"code": 0, "data": {"state": {"draft": {"v": 1, "t": []}}}})
    session = json.dumps({"code": 0, "data": {"session_id": "session-1", "task_id": "task-1"}})
    lines = [
        '{"nemo_nb_cassette": 1}',
        line("POST", "/api/tasks/me/with-session/nemo_agent", None, session),
        line("GET", "/api/state/nemo_agent/me/session-1/latest", None, state),
        line("POST", "/run_sse", ["trim it"], "data: {}\n\n", kind="text/event-stream", cut=True),
        line("GET", "/api/state/nemo_agent/me/session-1/latest", None, state),
    ]
    (tmp_path / "x.json").write_text("\n".join(lines))
    began = time.monotonic()
    with nemo.connect(cassette=tmp_path / "x.json") as project, contextlib.suppress(errors.NemoError):
        project.say("trim it")
    assert time.monotonic() - began < 10
