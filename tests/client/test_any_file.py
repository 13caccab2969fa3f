"""Whatever stands in a file of the client's: it is read as far as it goes, or an error of ours says what to do."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hurt import ANY_FILE, NO_FILE, damaged, each_other_line, other_lines
from hypothesis import given
from hypothesis import strategies as st

from nemo_nb.backends import client_for
from nemo_nb.chat.attachments import with_captions
from nemo_nb.client import Client, Identity, Journal, Secret, Session, Settings, TokenStore, UserToken
from nemo_nb.client.belonging import whose
from nemo_nb.client.cassette import Player
from nemo_nb.client.clock import SkippingClock
from nemo_nb.client.leftovers import sweep
from nemo_nb.client.notebook import Notebook
from nemo_nb.engine.launch import find_or_start, retire
from nemo_nb.errors import NemoError


@contextlib.contextmanager
def ours() -> Iterator[None]:
    """What is raised is an error of ours, which says what to do."""
    raised: NemoError | None = None
    try:
        yield
    except NemoError as error:
        raised = error
    assert raised is None or raised.next_step, raised


# ---- journals ------------------------------------------------------------------------------------

JOURNAL = [
    {"kind": "session", "v": 1, "session_id": "s-1", "task_id": "t", "user_id": "u", "name": "trailer", "at_ms": 1},
    {"kind": "turn", "text": "trim it", "reply": "Done.", "at_ms": 2},
    {"kind": "turn", "text": "mute it", "reply": "", "at_ms": 3, "stopped": True, "edited": None},
    {"kind": "upload", "file": "a.mp4", "hash": "sha256:0", "origin": "a.mp4", "at_ms": 4},
    {"kind": "export", "id": "r", "path": "a.mp4", "state": "submitted", "output": {"format": "mp4"}, "at_ms": 5},
    {"kind": "export", "id": "r", "path": "a.mp4", "state": "saved", "at_ms": 6},
    {"kind": "name", "name": "trailer", "at_ms": 7},
    {"kind": "claim", "path": "a.ipynb", "file": "1:2", "cells": ["c"], "kernel": "", "at_ms": 8},
]  # fmt: skip


def read_journal(home: Path) -> None:
    journal = Journal(home, "cloud")
    with ours():
        journal.find("s-1")
    with ours():
        journal.latest("trailer")
    journal.begin(Session("s-2"), "other")
    assert "s-2" in [entry.session.session_id for entry in journal.entries()], (
        "the others are found all the same"
    )
    for entry in journal.entries():
        whose(Notebook("b.ipynb", "1:3", projects=(entry.id,)), [entry])
        repr(entry)


@ANY_FILE
@given(content=other_lines(JOURNAL) | damaged("\n".join(map(json.dumps, JOURNAL)).encode()))
def test_any_journal(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "journal" / "cloud" / "s-1.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    read_journal(tmp_path)


def test_a_journal_with_any_value(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "cloud")
    file = journal._path("s-1")
    file.parent.mkdir(parents=True)
    for content in each_other_line(JOURNAL):
        file.write_bytes(content)
        with ours():
            journal.latest("trailer")
        journal.entries()


@pytest.mark.parametrize("kind", NO_FILE)
def test_a_journal_that_is_no_file_any_more(tmp_path: Path, kind: str) -> None:
    Journal(tmp_path, "cloud").begin(Session("s-1"), "trailer")
    NO_FILE[kind](tmp_path / "journal" / "cloud" / "s-1.jsonl")
    read_journal(tmp_path)


# ---- who one is ----------------------------------------------------------------------------------

TOKEN = {"token": "nmv_usr_x", "user_id": "u", "expires_at": 1_900_000_000_000}


def sign_in(home: Path) -> None:
    identity, store = Identity(home / "client_id"), TokenStore(home, "cloud")
    with ours():
        store.load(identity.client_id())
    with ours():
        asyncio.run(locked(store))


async def locked(store: TokenStore) -> None:
    async with store.lock():
        pass


@ANY_FILE
@given(token=other_lines([TOKEN]) | damaged(json.dumps(TOKEN).encode()), given_id=st.binary(max_size=40))
def test_any_token_and_client_id(tmp_path: Path, token: bytes, given_id: bytes) -> None:
    (tmp_path / "tokens").mkdir(exist_ok=True)
    (tmp_path / "client_id").write_bytes(given_id)
    store = TokenStore(tmp_path, "cloud")
    store._path(Identity(tmp_path / "client_id").client_id()).write_bytes(token)
    sign_in(tmp_path)


def test_a_token_with_any_value(tmp_path: Path) -> None:
    (tmp_path / "tokens").mkdir()
    store, client_id = TokenStore(tmp_path, "cloud"), Identity(tmp_path / "client_id").client_id()
    for content in each_other_line([TOKEN]):
        store._path(client_id).write_bytes(content)
        store.load(client_id)


@pytest.mark.parametrize("kind", NO_FILE)
def test_a_token_or_client_id_that_is_no_file_any_more(tmp_path: Path, kind: str) -> None:
    (tmp_path / "tokens").mkdir()
    NO_FILE[kind](TokenStore(tmp_path, "cloud")._path(Identity(tmp_path / "client_id").client_id()))
    sign_in(tmp_path)
    NO_FILE[kind](tmp_path / "client_id")
    with ours():
        sign_in(tmp_path)


NOTE = {"host": "here", "pid": 1, "began": 1.0, "path": "nowhere"}


@ANY_FILE
@given(content=other_lines([NOTE]) | damaged(json.dumps(NOTE).encode()))
def test_any_note_of_what_is_passing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("nemo_nb.client.leftovers._HERE", "here")
    (tmp_path / "passing").mkdir(exist_ok=True)
    (tmp_path / "passing" / "a.json").write_bytes(content)
    sweep(tmp_path)


def test_a_note_with_any_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("nemo_nb.client.leftovers._HERE", "here")
    for content in each_other_line([NOTE]):
        (tmp_path / "passing").mkdir(exist_ok=True)  # a note may name its own folder
        (tmp_path / "passing" / "a.json").write_bytes(content)
        sweep(tmp_path)


@pytest.mark.parametrize("kind", NO_FILE)
def test_a_note_that_is_no_file_any_more(tmp_path: Path, kind: str) -> None:
    (tmp_path / "passing").mkdir()
    NO_FILE[kind](tmp_path / "passing" / "a.json")
    sweep(tmp_path)


# ---- settings ------------------------------------------------------------------------------------

WORDS = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["~nobody-at-all/x", "http://[", "http://[::1]:99999", "https://a b", "//", "://", "http://\udcff", "cloud", "é"]
)  # fmt: skip
SETTINGS = [
    "NEMO_NB_HOME",
    "NEMO_API_URL",
    "NEMO_WEB_URL",
    "NEMO_TOKEN",
    "NEMO_CLIENT_ID",
    "SKILL_SOURCE",
]


@ANY_FILE
@given(environment=st.dictionaries(st.sampled_from(SETTINGS), WORDS))
def test_any_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[[Any], Any], environment: dict[str, str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SKILL_SOURCE", environment.get("SKILL_SOURCE", ""))

    async def asked(client: Client) -> None:
        client._wire.api.build_request("GET", "/x")  # with headers that can be sent
        await client.aclose()

    with ours():
        client, said = client_for(None, Settings.from_environment(environment))
        assert said
        run(asked(client))


# ---- cassettes -----------------------------------------------------------------------------------

SESSION = {"session_id": "s", "task_id": "t", "user_id": "u"}
ENVELOPE = {"content-type": "application/json"}
CASSETTE = [
    {"nemo_nb_cassette": 1},
    {"method": "POST", "path": "/api/tasks/me/with-session/nemo_agent", "asked": None,
     "answer": {"status": 200, "headers": ENVELOPE, "text": json.dumps({"code": 0, "data": SESSION})}},
    {"method": "GET", "path": "/api/credits/balance/simple", "asked": None,
     "answer": {"status": 200, "headers": ENVELOPE, "text": json.dumps({"code": 0, "data": {"available": 1}})}},
    {"method": "POST", "path": "/run_sse", "asked": ["trim it"],
     "answer": {"status": 200, "headers": {"content-type": "text/event-stream"}, "text": "data: {}\n\n", "cut": True}},
    {"method": "GET", "path": "/nb/v1/sessions/s/preview", "asked": None,
     "answer": {"status": 200, "headers": {"content-type": "image/png"}, "base64": "AAAA"}},
]  # fmt: skip


def play(file: Path, run: Callable[[Any], Any]) -> None:
    with ours():
        tape = Player(file)
        client = Client(
            "http://localhost", credentials=UserToken(Secret("recorded")), clock=SkippingClock(), tape=tape
        )

        async def said() -> None:
            async for _ in client.message("s", "trim it"):
                pass

        async def tour() -> None:
            for call in (client.session("a"), client.credits(), said(), client.preview_frame("s")):
                with ours():
                    await asyncio.wait_for(call, 20)
            await client.aclose()

        run(tour())


@ANY_FILE
@given(content=other_lines(CASSETTE) | damaged("\n".join(map(json.dumps, CASSETTE)).encode()))
def test_any_cassette(tmp_path: Path, run: Callable[[Any], Any], content: bytes) -> None:
    (tmp_path / "x.json").write_bytes(content)
    play(tmp_path / "x.json", run)


def test_a_cassette_with_any_value(tmp_path: Path) -> None:
    for content in each_other_line(CASSETTE):
        (tmp_path / "x.json").write_bytes(content)
        with ours():
            Player(tmp_path / "x.json")


@pytest.mark.parametrize("kind", NO_FILE)
def test_a_cassette_that_is_no_file(tmp_path: Path, run: Callable[[Any], Any], kind: str) -> None:
    NO_FILE[kind](tmp_path / "x.json")
    play(tmp_path / "x.json", run)


# ---- captions that a sentence names --------------------------------------------------------------


@pytest.mark.parametrize("ending", ["srt", "vtt", "ass"])
@pytest.mark.parametrize("kind", NO_FILE)
def test_captions_that_are_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, ending: str
) -> None:
    monkeypatch.chdir(tmp_path)
    NO_FILE[kind](tmp_path / f"talk.{ending}")
    with pytest.raises(NemoError, match=f"talk.{ending}"):
        with_captions(f"add captions from talk.{ending}")


def test_captions_without_an_end_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with (tmp_path / "talk.srt").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(NemoError, match="too large"):
        with_captions("add captions from talk.srt")
    with pytest.raises(NemoError, match="no file"):
        with_captions("add captions from “~nobody-at-all/talk.srt”")


# ---- where the engine is said to be --------------------------------------------------------------

ENDPOINT = {"pid": 1, "build": {"revision": 3}, "socket": "/nowhere", "url": None, "secret": "x"}
PLACES = [
    ENDPOINT,
    {**ENDPOINT, "socket": None, "url": "http://127.0.0.1:1"},
    {**ENDPOINT, "socket": "a\0b"},
    {**ENDPOINT, "socket": None, "url": "http://["},
    {**ENDPOINT, "socket": None, "url": "http://127.0.0.1:99999"},
    {**ENDPOINT, "socket": 7},
    {**ENDPOINT, "pid": 10**30},
]


@ANY_FILE
@given(content=st.sampled_from(PLACES).flatmap(lambda place: other_lines([place])))
def test_any_place_of_an_engine(tmp_path: Path, content: bytes) -> None:
    from nemo_nb.engine import launch
    from nemo_nb.engine.home import EngineHome

    home = EngineHome.inside(tmp_path)
    home.endpoint.write_bytes(content)
    assert launch._running(home) is None


def test_a_place_with_any_value(tmp_path: Path) -> None:
    from nemo_nb.engine import launch
    from nemo_nb.engine.home import EngineHome

    home = EngineHome.inside(tmp_path)
    for place in PLACES:
        for content in each_other_line([place]):
            home.endpoint.write_bytes(content)
            assert launch._running(home) is None


def test_an_engine_is_found_whatever_is_said_of_the_last_one(own_home: Path) -> None:
    (own_home / "engine").mkdir(parents=True)
    (own_home / "engine" / "endpoint.json").write_text(json.dumps(PLACES[2]))
    assert find_or_start(own_home).is_up()
    retire(own_home)
