"""What is written down and said when a turn is stopped, the home can't be written to, or a token ends."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import nemo_nb as nemo
from nemo_nb.client import Entry, Journal, Secret, Session, farewell
from nemo_nb.client.identity import Token
from nemo_nb.errors import HomeNotWritable, SessionNotFound
from nemo_nb.testing import ScriptedBackend, events, failure, no_waiting, ok, pause

DAY_MS = 24 * 3600 * 1000


@pytest.fixture
def backend(own_home: Path) -> Iterator[ScriptedBackend]:
    with ScriptedBackend() as backend, no_waiting():
        yield backend


def draft(seconds: int) -> dict[str, Any]:
    segment = {"id": "seg-1", "s": 0, "d": seconds * 1000, "m": {"kind": "video", "file": "clip.mp4"}}
    return {"v": 1, "d": seconds * 1000, "m": {}, "t": [{"id": "trk-1", "tt": 0, "m": {}, "sg": [segment]}]}


async def stopped_while_the_backend_works(backend: ScriptedBackend, then: dict[str, Any]) -> Any:
    """Say something, stop it when it has reached the backend, and give what the journal says of it."""
    hold = pause()
    backend.draft = draft(10)
    backend.on("message", events(hold))
    async with await nemo.aconnect(backend.url) as project:
        saying = asyncio.create_task(project.say("trim it to 6 seconds"))
        await asyncio.to_thread(hold.reached.wait, 10)
        backend.draft = then
        saying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await saying
        await project._runner.hop(project._turns.settled())
        assert hold.ended.wait(10)
        return project.conversation


def test_a_stopped_turn_whose_edit_was_made_all_the_same(backend: ScriptedBackend) -> None:
    (turn,) = asyncio.run(stopped_while_the_backend_works(backend, draft(6)))
    assert (turn.text, turn.stopped, turn.edited) == ("trim it to 6 seconds", True, True)
    assert "total length 10s → 6s" in turn.reply


def test_a_stopped_turn_that_changed_nothing(backend: ScriptedBackend) -> None:
    (turn,) = asyncio.run(stopped_while_the_backend_works(backend, draft(10)))
    assert (turn.reply, turn.stopped, turn.edited) == ("Stopped before anything was changed.", True, False)


def test_an_answered_turn_is_written_down_once(backend: ScriptedBackend) -> None:
    with nemo.connect(backend.url) as project:
        project.say("trim it")
        (turn,) = project.conversation
        assert (turn.text, turn.stopped, turn.edited) == ("trim it", False, None)


def test_an_answer_outlives_a_journal_that_cannot_be_written(
    backend: ScriptedBackend, own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    hold = pause()
    said = {"content": {"parts": [{"text": "Done."}], "role": "model"}}
    backend.on("message", events(hold, said))

    def break_the_journal() -> None:
        hold.reached.wait(10)
        (file,) = own_home.rglob("session-*.jsonl")
        file.unlink()
        file.mkdir()
        hold.resume()

    breaking = threading.Thread(target=break_the_journal)
    with nemo.connect(backend.url) as project:
        breaking.start()
        assert project.say("trim it").text == "Done."
        breaking.join()
    assert "not written down" in caplog.text


@pytest.mark.parametrize("of", ["embedded", "scripted"])
def test_a_home_that_cannot_be_written_to_is_said(
    backend: ScriptedBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NEMO_NB_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(HomeNotWritable, match="Set NEMO_NB_HOME to a folder that you can write to") as caught:
        nemo.connect(of if of == "embedded" else backend.url).say("trim it")
    assert isinstance(caught.value, OSError)


# -- the end of an anonymous token ---------------------------------------------------------------------------------

TOKEN = Token(Secret("t"), "user-1", expires_ms=10 * DAY_MS)


def entry(name: str, user: str = "user-1") -> Entry:
    return Entry(Session("s", "t", user), name, 0, 0)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (7, None),
        (8.1, r"ends at .* access to trailer, intro\..*claim_link"),
        (10, r"ended at .* trailer, intro\."),
    ],
)
def test_what_a_token_takes_with_it_is_said_two_days_before_and_afterwards(
    days: float, said: str | None
) -> None:
    entries = [entry("trailer"), entry("intro"), entry("trailer"), entry("somebody else's", "user-0")]
    told = farewell(TOKEN, entries, int(days * DAY_MS))
    if said is None:
        assert told is None
    else:
        assert told is not None
        assert re.search(said, told)
        assert "somebody" not in told


def test_a_token_without_projects_ends_in_silence() -> None:
    assert farewell(TOKEN, [entry("x", "user-0")], 10 * DAY_MS) is None
    assert farewell(None, [entry("x")], 10 * DAY_MS) is None


def test_connecting_says_it_and_the_lost_project_says_it_again(
    backend: ScriptedBackend, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with no_waiting() as clock:
        soon = (clock.wall_ms() + DAY_MS) / 1000
        first = ok({"token": "nmv_usr_1", "user_id": "user-1", "expires_at": soon})
        backend.on("token", first, ok({"token": "nmv_usr_2", "user_id": "user-2"}))
        with nemo.connect(backend.url, project="trailer") as project:
            project.say("trim it")
        capsys.readouterr()
        with nemo.connect(backend.url, project="trailer") as project:
            assert "access to trailer" in capsys.readouterr().err
            clock.advance(DAY_MS / 1000 + 1)
            backend.on("state", failure(1002, status=404))
            with pytest.raises(SessionNotFound, match="anonymous token that it was made with has ended"):
                project.draft  # noqa: B018  asks the backend
        assert Journal(own_home, project._async._client.key).latest("trailer") is not None


def test_a_claim_link_shows_only_masked(backend: ScriptedBackend) -> None:
    with nemo.connect(backend.url) as project:
        link = project.claim_link()
        assert repr(link) == "Secret(…)"
        assert link.reveal() == "https://nemovideo.com/workspace/claim?ct=clm_scripted"
