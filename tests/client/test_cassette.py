"""A conversation with a cloud, recorded without its secrets, and played back without the cloud."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from kit import Kit

import nemo_nb as nemo
from nemo_nb import errors
from nemo_nb.testing import Answer, ScriptedBackend, cut, events, failure, ok

TOKEN = "canary-7f3a9c-token"
PERSONAL = ("canary-user-4711", "canary.person@example.com", "canary-session-1", "canary-task-1", "canary-signature",
            "canary-path", "+49 canary 123")  # fmt: skip
DRAFT = {"t": [{"tt": 0, "sg": [{"s": 0, "d": 4000, "m": {"name": "clip", "owner": PERSONAL[0]}}]}]}
TRIMMED = {"t": [{"tt": 0, "sg": [{"s": 0, "d": 2000, "m": {"name": "clip", "owner": PERSONAL[0]}}]}]}

BRIGHTENED = {"t": [{"tt": 0, "sg": [{"s": 0, "d": 2000, "m": {"name": "bright clip"}}]}]}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kit: Kit) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clip.mp4").write_bytes(kit.clip().read_bytes())
    return tmp_path


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch, here: Path) -> Iterator[ScriptedBackend]:
    """A backend that tells a lot about whom it talks to, and keeps its videos on another host."""
    monkeypatch.setenv("NEMO_TOKEN", TOKEN)
    with ScriptedBackend() as backend:
        session = {"session_id": PERSONAL[2], "task_id": PERSONAL[3], "user_id": PERSONAL[0]}
        backend.on("session", ok({**session, "email": PERSONAL[1], "phone": PERSONAL[6]}))
        info = {"filename": "clip.mp4", "file_type": "video/mp4", "duration": 4.0, "hash": "ab12"}
        backend.on(
            "upload", ok({"files": [{**info, "cdn_url": f"https://cdn.test/{PERSONAL[5]}?s={PERSONAL[4]}"}]})
        )
        states = (
            DRAFT,
            DRAFT,
            TRIMMED,
            TRIMMED,
            TRIMMED,
            TRIMMED,
        )  # the look before the cut stream is the last
        backend.on("state", *[ok({"state": {"draft": draft, "video_infos": [info]}}) for draft in states])
        backend.draft, backend.infos = BRIGHTENED, [info]
        said = f"Trimmed it for {PERSONAL[0]} ({PERSONAL[1]}), token {TOKEN}. Click Export to download."
        backend.on(
            "message",
            events({"content": {"parts": [{"text": said}]}, "invocationId": "canary-turn-1"}),
            events({"content": {"parts": [{"text": "Let me see"}]}, "partial": True}, cut),
            failure(2001, f"no credits left for {PERSONAL[1]}"),
        )
        elsewhere = backend.url.replace("127.0.0.1", "localhost")
        url = {"url": f"{elsewhere}/files/{PERSONAL[5]}.mp4?signature={PERSONAL[4]}"}
        done = {"id": "render_1", "status": "completed", "progress": 100, "output": url}
        backend.on("export_status", ok({**done, "status": "processing", "progress": 50}), ok(done))
        backend.on("file", Answer((b"\x00\x01video\xff",), headers={"content-type": "video/mp4"}))
        yield backend


def tour(project: nemo.Project, out: Path) -> list[object]:
    """What a tutorial shows, as text."""
    project.upload("clip.mp4")
    told = [project.draft.summary()]
    reply = project.say("trim it to 2 seconds")
    told += [reply.text, [str(change) for change in reply.changes], reply.actions]
    told += [project.draft.summary(), project.draft.summary(), project.credits()]
    told.append(project.say("brighten it").text)
    with pytest.raises(errors.NoCredits) as refused:
        project.say("add a title")
    told.append(refused.value.what)
    told.append(project.export(out).path.read_bytes())
    return told


def test_a_conversation_with_a_cloud_played_back_without_it(
    cloud: ScriptedBackend, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with nemo.connect(cloud.url, cassette="tour.json") as project:
        live = tour(project, here / "live.mp4")
    assert f"Bearer {TOKEN}" in {request.headers.get("authorization") for request in cloud.requests}
    asked = len(cloud.requests)
    monkeypatch.delenv("NEMO_TOKEN")

    for name in ("one.mp4", "two.mp4"):  # as often as one likes
        with nemo.connect(cassette="tour.json") as project:
            played = tour(project, here / name)
            assert project.session_id == "session-1"
    assert len(cloud.requests) == asked
    cleaned = json.dumps(live, default=str)
    for secret, name in ((PERSONAL[0], "user-1"), (PERSONAL[1], "redacted"), (TOKEN, "redacted")):
        cleaned = cleaned.replace(secret, name)
    assert json.dumps(played, default=str).replace("someone@example.invalid", "redacted") == cleaned
    assert played[-1] == b"\x00\x01video\xff"
    assert "2s" in str(played[4])


def test_nothing_of_the_account_is_in_it(cloud: ScriptedBackend, here: Path) -> None:
    with nemo.connect(cloud.url, cassette="tour.json") as project:
        tour(project, here / "out.mp4")
    text = (here / "tour.json").read_text("utf-8")
    for canary in (TOKEN, *PERSONAL, "canary-turn-1", str(here), cloud.url):
        for form in (canary, quote(canary, safe=""), base64.b64encode(canary.encode()).decode().rstrip("=")):
            assert form not in text
    assert "canary" not in text.lower()
    assert "trim it to 2 seconds" in text


def test_an_anonymous_token_is_not_in_it(here: Path) -> None:
    with ScriptedBackend() as cloud:
        with nemo.connect(cloud.url, cassette="tour.json") as project:
            project.say("hello")
        assert cloud.received("token")
    text = (here / "tour.json").read_text("utf-8")
    assert "nmv_usr" not in text
    assert "/api/auth" not in text


def test_the_embedded_engine_can_be_recorded_as_well(here: Path) -> None:
    def edit(project: nemo.Project) -> tuple[str, str, bytes]:
        project.upload("clip.mp4")
        project.say("trim it to 2 seconds")
        project.apply([{"op": "add_text", "text": "Hi", "duration_ms": 500}])
        return project.draft.hash, repr(project.history), project.preview(at=0).content

    with nemo.connect("embedded", cassette="tour.json") as project:
        live = edit(project)
    with nemo.connect(cassette="tour.json") as project:
        assert edit(project) == live


def test_another_conversation_than_the_recorded_one(cloud: ScriptedBackend, here: Path) -> None:
    with nemo.connect(cloud.url, cassette="tour.json") as project:
        project.upload("clip.mp4")
        project.say("trim it to 2 seconds")
    with pytest.raises(errors.InvalidInput, match="already"):
        nemo.connect(cloud.url, cassette="tour.json")
    with (
        nemo.connect(cassette="tour.json") as project,
        pytest.raises(errors.InvalidInput, match="comes next"),
    ):
        project.say("trim it to 2 seconds")
    with nemo.connect(cassette="tour.json") as project:
        project.upload("clip.mp4")
        with pytest.raises(errors.InvalidInput, match="“trim it to 2 seconds” is said next"):
            project.say("make it sepia")
        project.say("trim it to 2 seconds")
        with pytest.raises(errors.InvalidInput, match="is over"):
            project.say("and now?")


@pytest.mark.parametrize("content", ["", "{}", "[1]", "words", '{"nemo_nb_cassette": 1}\n{"method": "GET"}'])
def test_what_is_no_cassette(here: Path, content: str) -> None:
    (here / "x.json").write_text(content)
    with pytest.raises(errors.InvalidInput, match="no cassette"):
        nemo.connect(cassette="x.json")
    with pytest.raises(errors.MissingFile):
        nemo.connect(cassette="nowhere.json")
