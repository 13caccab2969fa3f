"""The token is sent, and shown nowhere. A canary in its place would sing in any of these."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from canary import TOKEN as CANARY
from canary import heard
from notebook import execute

import nemo_nb as nemo
from nemo_nb.testing import ScriptedBackend, events, failure


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedBackend]:
    monkeypatch.setenv("NEMO_TOKEN", CANARY)
    with ScriptedBackend() as scripted:
        monkeypatch.setenv("NEMO_API_URL", scripted.url)
        yield scripted
        sent = [request.headers.get("authorization") for request in scripted.requests]
        assert f"Bearer {CANARY}" in sent, "the canary was never sent, so its silence proves nothing"


def assert_silent(text: str) -> None:
    assert heard(text, CANARY) == []


def test_no_repr_log_or_error_holds_it(
    folder: Path, backend: ScriptedBackend, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with nemo.connect() as project:
        project.say("hello")
        backend.on("message", failure(5000, f"bad token {CANARY}"))
        with pytest.raises(nemo.NemoError) as raised:
            project.say("hello again")
        shown = [
            repr(project),
            repr(vars(project)),
            repr(project.status()),
            str(raised.value),
            repr(raised.value),
        ]
    shown += [caplog.text, *capfd.readouterr()]
    for text in shown:
        assert_silent(text)


def test_a_verbose_traceback_and_the_saved_notebook_are_silent(
    folder: Path, backend: ScriptedBackend
) -> None:
    cells = [
        "%xmode Verbose",
        "import nemo_nb as nemo\nproject = nemo.connect()\nproject",
        "project.say('hello')",
        "project.credits()",
        "project.say('again')",
        "await (await nemo.aconnect()).say('again')",
    ]
    refused = failure(1001, f"bad or expired token {CANARY}", status=401)
    fine = events({"content": {"parts": [{"text": "Hi."}]}})
    backend.on("message", fine, refused, refused)
    notebook = execute(cells, folder, allow_errors=True)
    errors = [out for cell in notebook.cells for out in cell.get("outputs", []) if out.output_type == "error"]
    assert [error.ename for error in errors] == ["SignInFailed", "SignInFailed"]
    assert_silent(json.dumps(notebook))


def test_the_home_keeps_secrets_from_other_users(folder: Path, own_home: Path) -> None:
    with nemo.connect() as project:
        project.credits()
    files = [path for path in own_home.rglob("*") if path.is_file() and path.suffix != ".lock"]
    assert any("tokens" in path.parts for path in files)
    for path in files:
        assert not path.stat().st_mode & 0o077, path.relative_to(own_home)
