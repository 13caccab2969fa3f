"""What a backend hands out in confidence reaches no page: not in a widget's state, not in any message to it."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from canary import TOKEN, heard
from ipywidgets.widgets import widget as ipywidgets_widget
from kit import Kit
from widgets.pretend import Pretend, RecordingComm

import nemo_nb as nemo
from nemo_nb.testing import Answer, ScriptedBackend, events, failure, ok
from nemo_nb.widgets import Studio

CLIENT_ID = "canary~client/id+41"
CLAIM = "clm_canary5b1e"
SIGNATURE = "canary-signature/2d+e8="
SECRETS = (TOKEN, CLIENT_ID, CLAIM, SIGNATURE)
CLIP = {"id": "c", "s": 0, "d": 4000, "m": {"name": "clip.mp4", "kind": "video"}}


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch, kit: Kit) -> Iterator[ScriptedBackend]:
    """It gives a token to whoever has none, and signs the addresses of its files."""
    monkeypatch.setenv("NEMO_CLIENT_ID", CLIENT_ID)
    with ScriptedBackend() as scripted:
        scripted.draft = {"v": 1, "t": [{"tt": 0, "sg": [CLIP]}]}
        scripted.on("token", ok({"token": TOKEN, "user_id": "user-1", "credits": 100}))
        film = Answer((kit.clip().read_bytes(),), headers={"content-type": "video/mp4"})
        scripted.on("file", film, film)
        signed = f"{scripted.url}/files/film.mp4?X-Signature={quote(SIGNATURE, safe='')}"
        done = {"id": "render_1", "status": "completed", "progress": 100, "output": {"url": signed}}
        answer = Answer((json.dumps(done).encode(),), headers={"content-type": "application/json"})
        scripted.on("export_status", answer, answer, answer)
        yield scripted


@pytest.fixture
def studio(
    opened: Callable[..., nemo.Project], backend: ScriptedBackend, comms: type[RecordingComm]
) -> Iterator[tuple[Studio, list[str]]]:
    """A studio, and what it shows in its cell."""
    shown: list[str] = []
    studio = Studio(opened(backend=backend.url))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("IPython.display.display", lambda bundle, **_: shown.append(json.dumps(bundle)))
        studio._ipython_display_()
        yield studio, shown


def told() -> Iterator[tuple[str, str]]:
    """All that pages were told, message by message, and the state that they would be given now."""
    for widget in list(ipywidgets_widget._instances.values()):
        if not isinstance(widget.comm, RecordingComm):
            continue  # another test's, made before these comms were put in place
        yield "state", json.dumps(widget.get_state(), default=_as_text)
        with widget.comm.heard:
            messages = list(widget.comm.messages)
        for data, buffers in messages:
            kind = str(data.get("content", {}).get("type", ""))
            yield kind, json.dumps(data) + "".join(map(_as_text, buffers))


def _as_text(value: Any) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else repr(value)


def test_nothing_that_a_page_is_told_or_a_notebook_keeps_holds_a_secret(
    studio: tuple[Studio, list[str]], backend: ScriptedBackend, kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    box, shown = studio
    chat, export = Pretend(box.chat), Pretend(box.export)
    blabbing = f"bad token {TOKEN}, claim it at https://nemovideo.com/workspace/claim?ct={CLAIM}"
    backend.on("message", events({"content": {"parts": [{"text": "Done."}]}}), failure(5000, blabbing))
    for sentence in ("make it shorter", "and louder"):
        chat.send("say", text=sentence)
        chat.until(lambda doc: not doc["busy"])
    assert [message["role"] for message in chat.doc["messages"]][-1] == "error"

    kept = threading.Event()
    monkeypatch.setattr(box.export._lasting, "update", lambda html: (shown.append(html), kept.set()))
    export.send("export", format="mp4", quality="high", resolution="")
    export.until(lambda doc: doc["state"] in ("done", "failed"))
    assert kept.wait(30), export.doc
    export.send("piece", film=1, offset=0)
    export.until_told("piece")

    assert f"Bearer {TOKEN}" in {request.headers.get("authorization") for request in backend.requests}
    assert CLIENT_ID in {request.headers.get("x-client-id") for request in backend.requests}
    assert backend.received("file"), "the signed address was used"
    assert [message for _, message in told() if heard(message, *SECRETS)] == []
    assert [html for html in shown if heard(html, *SECRETS)] == []


def test_the_address_for_the_browser_is_told_on_click_and_kept_nowhere(
    studio: tuple[Studio, list[str]], backend: ScriptedBackend
) -> None:
    box, _ = studio
    export = Pretend(box.export)
    export.send("export", format="mp4", quality="high", resolution="")
    export.until(lambda doc: doc["state"] == "done")
    export.send("open")
    export.until_told("open")
    assert {kind for kind, message in told() if heard(message, *SECRETS)} == {"open"}


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_the_canary_is_heard_in_any_dress(before: str) -> None:
    for text in (before + TOKEN, f"{before}{TOKEN}after"):
        assert heard(text, TOKEN)
        assert heard(quote(text, safe=""), TOKEN)
        assert heard(base64.b64encode(text.encode()).decode(), TOKEN)
        assert heard(base64.urlsafe_b64encode(text.encode()).decode(), TOKEN)
        assert heard(json.dumps(base64.encodebytes((text * 9).encode()).decode()), TOKEN)
    assert not heard(before + "nmv_usr_another", TOKEN)
    assert heard("https://nemovideo.com/?ct=clm_x1")
