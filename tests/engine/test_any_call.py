"""Whatever is sent, it is answered: with what was asked for, or with an error of ours that says what is wrong."""

# ruff: noqa: E501 - tables of what is sent
from __future__ import annotations

import json
import os
import uuid
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit import Kit

from nemo_nb.engine.launch import URL

EXAMPLES = int(os.environ.get("NEMO_NB_CALLS", "120"))

ODD = st.sampled_from([
    None, True, 0, -1, 10**30, 10**400, 1e308, -1e308, 0.5, "", " ", "\0", "\ud83d", "a\ud83d b", "١٢", "9" * 400, "é" * 500,
    "../../etc/passwd", "sha256:" + "0" * 64, "NaN", [], {}, [[]], [None], {"": {}}, {"op": "mute"}, {"op": []}, {"t": 1},
])  # fmt: skip
VALUES = st.recursive(
    ODD | st.text(max_size=20) | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
OPERATIONS = st.lists(
    st.fixed_dictionaries(
        {"op": st.sampled_from(["add_text", "add_music", "cut_out", "keep", "split", "speed", "volume", "fade", "crop", "set_canvas", "reorder", "loop", "duck", "place_clip", "transition", "add_captions"]) | ODD},
        optional=dict.fromkeys(["segments", "segment", "text", "asset", "file", "start_ms", "end_ms", "duration_ms", "at_ms", "factor", "volume", "x", "y", "w", "h", "width", "height", "lines", "style", "position", "order", "ids", "to_ms", "amount"], VALUES),
    ),
    max_size=3,
)  # fmt: skip
DRAFTS = st.fixed_dictionaries(
    {},
    optional={"v": VALUES, "d": VALUES, "m": VALUES, "t": st.lists(st.fixed_dictionaries({}, optional={"id": VALUES, "tt": VALUES, "m": VALUES, "sg": st.lists(st.fixed_dictionaries({}, optional={"id": VALUES, "s": VALUES, "d": VALUES, "m": VALUES}), max_size=2)}), max_size=2)},
)  # fmt: skip
SID = "«sid»"  # stands for a session that is there
SESSIONS = st.sampled_from(
    [SID, SID, SID, "nobody", "%00", "a%ff", "\ud83d".encode("utf-8", "replace").decode()]
)
FIELDS = {
    "session_id": st.just(SID) | VALUES, "sessionId": st.just(SID) | VALUES, "task_id": VALUES, "task_name": VALUES,
    "language": VALUES, "text": VALUES, "operations": OPERATIONS | VALUES, "label": VALUES, "steps": VALUES,
    "urls": VALUES, "id": VALUES | st.uuids().map(str), "draft": DRAFTS | VALUES, "frames": VALUES, "if_hash": VALUES,
    "output": VALUES | st.dictionaries(st.sampled_from(["format", "quality", "height", "resolution"]), VALUES),
    "new_message": VALUES | st.fixed_dictionaries({"parts": st.lists(st.fixed_dictionaries({"text": VALUES}), max_size=2) | VALUES}),
    "focus": VALUES | st.fixed_dictionaries({"at": VALUES, "segments": VALUES}), "since": VALUES, "turn": VALUES,
}  # fmt: skip
BODIES = st.fixed_dictionaries({}, optional=FIELDS)
QUERIES = st.dictionaries(
    st.sampled_from(["at_ms", "height", "width", "frames", "asset", "sig", "since", "turn"]),
    st.sampled_from(["", "-1", "0", "9" * 5000, "١٢", "٣", "²", "NaN", "sha256:0", "%00", "\0", "16"]),
    max_size=3,
)
OF = "/nb/v1/sessions/{s}"
CALLS = [
    ("POST", "/api/auth/anonymous-token"), ("POST", "/api/auth/claim-token"),
    ("POST", "/api/tasks/me/with-session/nemo_agent"), ("POST", "/run_sse"),
    ("POST", "/api/upload-video/nemo_agent/me/{s}"), ("GET", "/api/files/nemo_agent/me/{s}/0"),
    ("GET", "/api/credits/balance/simple"), ("GET", "/api/state/nemo_agent/me/{s}/latest"),
    ("POST", "/api/render/proxy/lambda"), ("GET", "/api/render/proxy/lambda/{s}"),
    ("POST", "/api/render/proxy/lambda/{s}/cancel"), ("GET", "/api/render/proxy/{s}/download"),
    ("GET", "/api/render/proxy/{s}/file"), ("GET", "/nb/v1/capabilities"), ("POST", f"{OF}/plan"),
    ("POST", f"{OF}/apply"), ("POST", f"{OF}/undo"), ("POST", f"{OF}/redo"), ("GET", f"{OF}/history"), ("GET", f"{OF}/drafts/1"), ("GET", f"{OF}/drafts/{{s}}"),
    ("GET", f"{OF}/context"), ("GET", f"{OF}/preview"), ("GET", f"{OF}/preview.mp4"), ("GET", f"{OF}/filmstrip"),
    ("GET", f"{OF}/waveform"), ("GET", f"{OF}/assets"), ("POST", f"{OF}/copy"), ("GET", "/nb/v1/projects"), ("DELETE", "/nb/v1/projects/{s}"),
    ("GET", "/nb/v1/cache"), ("GET", "/nb/v1/tokens"), ("DELETE", "/nb/v1/tokens/{s}"), ("PUT", "/nb/v1/nothing"),
]  # fmt: skip


def sensible(answer: httpx.Response) -> None:
    assert answer.status_code != 500, answer.text
    if "json" in answer.headers.get("content-type", ""):
        body = answer.json()
        assert body.get("code") != 5000, body
        assert body.get("errorCode") != 5000, body


@pytest.fixture
def sid(engine, kit: Kit) -> str:
    sid = engine.session()["session_id"]
    engine.upload(sid, kit.clip(seconds=1, name="short.mp4"))
    return sid


@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip
@given(call=st.sampled_from(CALLS), session=SESSIONS, body=BODIES, query=QUERIES)
def test_no_call_fails_in_a_way_nobody_thought_of(engine, sid: str, call, session: str, body, query) -> None:
    method, path = call
    text = json.dumps(body).replace(json.dumps(SID)[1:-1], sid)
    answer = engine.http.request(
        method,
        path.replace("{s}", sid if session == SID else session),
        params=query if method == "GET" else None,
        content=text if method != "GET" else None,
        headers={"Content-Type": "application/json"},
    )
    sensible(answer)


STRANGE = {
    "nested": b"[" * 200_000, "nested objects": b'{"a":' * 200_000, "no JSON": b"\xff\xfe{", "NaN": b'{"steps": NaN}',
    "infinite": b'{"steps": 1e999}', "huge digits": b'{"steps": ' + b"9" * 10_000 + b"}", "a list": b"[]", "empty": b"",
    "half a character": b'{"text": "\\ud83d", "task_name": "\\ud83d", "operations": [{"op": "add_text", "text": "\\ud83d"}], "steps": 1}',
}  # fmt: skip


@pytest.mark.parametrize("body", STRANGE.values(), ids=STRANGE.keys())
def test_strange_bodies(engine, sid: str, body: bytes) -> None:
    for method, path in CALLS:
        if method == "POST":
            sensible(engine.http.post(path.replace("{s}", sid), content=body))
    assert engine.state(sid)["draft"]["v"] == 1


def test_half_a_character_is_replaced_and_kept(engine, sid: str) -> None:
    operations = [{"op": "add_text", "text": "a\ud83db \ud83d\ude00", "duration_ms": 500}]
    body = json.dumps({"operations": operations})
    assert engine.http.post(f"/nb/v1/sessions/{sid}/apply", content=body).json()["code"] == 0
    texts = [item["m"].get("text") for track in engine.state(sid)["draft"]["t"] for item in track["sg"]]
    assert "a\ufffdb 😀" in texts


def form(boundary: str, *parts: bytes) -> dict[str, Any]:
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part for part in parts)
    return {
        "content": body + b"--" + boundary.encode() + b"--\r\n",
        "headers": {"Content-Type": f"multipart/form-data; boundary={boundary}"},
    }


PART = b'Content-Disposition: form-data; name="files"; filename="a.mp4"\r\n\r\nx\r\n'
FORMS = {
    "a long boundary": form("b" * 5000, PART),
    "no boundary": {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}},
    "an empty boundary": {"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary="}},
    "an open quote": {"content": b"x", "headers": {"Content-Type": 'multipart/form-data; boundary="'}},
    "a long head": form("b", b"X-A: " + b"a" * 100_000 + b"\r\n" + PART),
    "many heads": form("b", b"X-A: a\r\n" * 20_000 + PART),
    "a strange name": form("b", b"Content-Disposition: form-data; name=files; filename*=utf-8''%ff%00.mp4\r\n\r\nx\r\n"),
    "no name": form("b", b'Content-Disposition: form-data; name="files"; filename=""\r\n\r\nx\r\n'),
    "no disposition": form("b", b"\r\nx\r\n"),
    "half a head": form("b", b"Content-Disp"),
    "not a form": {"content": b"x", "headers": {"Content-Type": "multipart/mixed; boundary=b"}},
}  # fmt: skip


@pytest.mark.parametrize("sent", FORMS.values(), ids=FORMS.keys())
def test_strange_forms(engine, sid: str, sent: dict[str, Any]) -> None:
    answer = engine.http.post(f"/api/upload-video/nemo_agent/me/{sid}", **sent)
    sensible(answer)
    assert answer.json()["code"] in (4000, 4001, 4003)
    assert engine.http.get("/api/credits/balance/simple").status_code == 200


def test_a_body_that_is_too_large_is_413_and_the_connection_stays_sound(engine, sid: str) -> None:
    answer = engine.http.post(
        f"/nb/v1/sessions/{sid}/plan", content=b'{"text": "' + b"a" * 33_000_000 + b'"}'
    )
    assert (answer.status_code, answer.json()["code"]) == (413, 413)
    assert engine.http.get("/api/credits/balance/simple").status_code == 200


def test_a_stranger_is_turned_away_whatever_he_sends(engine) -> None:
    with httpx.Client(transport=httpx.HTTPTransport(uds=engine.endpoint.socket), base_url=URL) as stranger:
        for path in ("/run_sse", f"/api/upload-video/nemo_agent/me/{uuid.uuid4()}", "/nb/v1/nothing"):
            assert stranger.post(path, content=b"[" * 100_000).status_code == 401
