"""Every call of the protocol, served for real over the engine's socket."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from urllib.parse import unquote

import av
import httpx
import pytest
from kit import Kit

from nemo_nb.engine.home import HANDOVER_HEADER, PLACE_HEADER
from nemo_nb.engine.launch import URL, EngineTransport


def duration_ms(content: bytes) -> float:
    with av.open(io.BytesIO(content)) as container:
        return float(container.duration) / 1000


def test_the_same_client_is_the_same_user_for_ever(engine, shared_home: Path) -> None:
    again = engine.other(client_id=engine.client_id)
    assert again.token != engine.token
    sid = engine.session()["session_id"]
    assert again.state(sid)["draft"]["t"] == []


def test_a_token_needs_a_client_id(engine) -> None:
    answer = engine.http.post("/api/auth/anonymous-token")
    assert (answer.status_code, answer.json()["code"]) == (400, 400)


def test_a_strangers_token_is_1001_and_a_strangers_session_1002(engine) -> None:
    sid = engine.session()["session_id"]
    answer = engine.http.get("/api/credits/balance/simple", headers={"Authorization": "Bearer nmv_usr_wrong"})
    assert answer.json()["code"] == 1001
    stranger = engine.other()
    assert stranger.http.get(f"/api/state/nemo_agent/me/{sid}/latest").json()["code"] == 1002


def test_a_message_to_an_unknown_session_is_refused_before_the_stream(engine) -> None:
    body = {"session_id": "nowhere", "new_message": {"parts": [{"text": "trim it"}]}}
    answer = engine.http.post("/run_sse", json=body)
    assert answer.status_code == 404
    assert answer.json()["detail"] == "Session not found"


def test_the_balance_stays_at_100(engine) -> None:
    assert engine.data(engine.http.get("/api/credits/balance/simple")) == {
        "available": 100,
        "frozen": 0,
        "total": 100,
    }


def test_a_claim_token_is_made_for_ones_own_project_only(engine) -> None:
    session = engine.session()
    body = {"task_id": session["task_id"], "session_id": session["session_id"]}
    claim = engine.data(engine.http.post("/api/auth/claim-token", json=body))
    assert claim["claim_token"].startswith("clm_")
    assert claim["expires_in"] > 0
    stranger = engine.other()
    assert stranger.http.post("/api/auth/claim-token", json=body).json()["code"] == 1002


def test_uploads_are_probed_and_videos_placed_in_order(engine, kit: Kit) -> None:
    sid = engine.session()["session_id"]
    answer = engine.data(
        engine.upload(sid, kit.clip("a.mp4", 2), kit.tune(), kit.clip("b.mp4", 3), kit.image())
    )
    assert answer["session_state_applied"] is True
    clip, tune, _, logo = answer["files"]
    assert [row["kind"] for row in clip.pop("streams")] == ["picture", "sound"]
    assert clip | {"duration": 0, "cdn_url": "", "hash": ""} == {
        "filename": "a.mp4", "file_type": "video", "cdn_url": "", "duration": 0, "width": 320, "height": 180,
        "fps": 30.0, "hash": "", "note": "",
    }  # fmt: skip
    assert clip["duration"] == pytest.approx(2, abs=0.05)
    assert (tune["file_type"], logo["file_type"]) == ("audio", "image")
    state = engine.state(sid)
    assert [item["filename"] for item in state["video_infos"]] == ["a.mp4", "lofi.mp3", "b.mp4", "logo.png"]
    placed = state["draft"]["t"][0]["sg"]
    assert [(item["m"]["file"], item["s"]) for item in placed] == [("a.mp4", 0), ("b.mp4", placed[0]["d"])]
    assert state["canvas_config"] == {"width": 320, "height": 180, "ratio": "320:180"}
    assert engine.http.get(clip["cdn_url"]).content == kit.clip("a.mp4", 2).read_bytes()


def test_a_message_streams_tool_calls_pieces_and_then_the_whole_text(engine, kit: Kit) -> None:
    sid = engine.session()["session_id"]
    engine.upload(sid, kit.clip(), kit.tune())
    events = engine.say(sid, "add this background music to my video and fade it out at the end")
    parts = [event["content"]["parts"][0] for event in events]
    assert "functionCall" in parts[0]
    assert parts[1]["functionResponse"]["name"] == parts[0]["functionCall"]["name"]
    pieces = [event["content"]["parts"][0]["text"] for event in events if event.get("partial")]
    assert "".join(pieces) == parts[-1]["text"]
    assert "lofi" in parts[-1]["text"]
    music = engine.state(sid)["draft"]["t"][1]["sg"][0]
    assert music["m"]["fade_out_ms"] > 0


def test_a_question_calls_no_tool(engine, kit: Kit) -> None:
    sid = engine.session()["session_id"]
    engine.upload(sid, kit.clip())
    events = engine.say(sid, "how long is it?")
    assert not any("functionCall" in event["content"]["parts"][0] for event in events)


def test_an_export_is_submitted_polled_and_downloaded_both_ways(engine, kit: Kit) -> None:
    sid = engine.session()["session_id"]
    engine.upload(sid, kit.clip())
    submitted = engine.export(sid, "render_1_mine").json()
    assert submitted["id"] == "render_1_mine"
    assert engine.export(sid, "render_1_mine").json()["id"] == "render_1_mine"  # twice is once
    done = engine.finished("render_1_mine")
    assert (done["status"], done["progress"]) == ("completed", 1.0)
    by_url = engine.http.get(done["output"]["url"], headers={"Authorization": ""})
    by_call = engine.http.get("/api/render/proxy/render_1_mine/download")
    assert by_url.content == by_call.content
    assert duration_ms(by_call.content) == pytest.approx(4000, abs=40)
    forged = done["output"]["url"].rpartition("=")[0] + "=0"
    assert engine.http.get(forged).json()["code"] == 1001


def test_the_owners_transport_reads_a_result_from_where_it_lies(engine, kit: Kit, shared_home: Path) -> None:
    """Others are sent the file: its place is told to who asks over the owner's socket, and to nobody by itself."""
    sid = engine.session()["session_id"]
    engine.upload(sid, kit.clip())
    engine.say(sid, "trim it to the first 2 seconds")
    one = engine.export(sid).json()["id"]
    engine.finished(one)
    path = f"/api/render/proxy/{one}/download"
    sent = engine.http.get(path)
    assert PLACE_HEADER not in sent.headers
    told = engine.http.get(path, headers={HANDOVER_HEADER: "1"})
    assert Path(unquote(told.headers[PLACE_HEADER])).read_bytes() == sent.content
    assert not told.content

    async def fetched() -> bytes:
        transport = EngineTransport(shared_home)
        async with httpx.AsyncClient(
            transport=transport, base_url=URL, headers=engine.http.headers
        ) as client:
            return (await client.get(path)).content

    assert asyncio.run(fetched()) == sent.content


def test_an_export_without_the_attribution_headers_is_402(engine, kit: Kit) -> None:
    sid = engine.session()["session_id"]
    engine.upload(sid, kit.clip())
    del engine.http.headers["X-Skill-Platform"]
    assert engine.export(sid).json()["code"] == 402


def test_a_title_that_no_font_can_draw_is_not_simply_done(engine, kit: Kit) -> None:
    sid = engine.session()["session_id"]
    engine.upload(sid, kit.clip())
    events = engine.say(sid, 'add the title "a \U00012345 sign"')
    reply = events[-1]["content"]["parts"][0]["text"]
    assert reply.startswith("Done:")
    assert "No font on this machine can draw \U00012345" in reply


def test_an_empty_draft_is_refused(engine) -> None:
    assert engine.export(engine.session()["session_id"]).json()["code"] == 4100


def test_a_draft_with_somebody_elses_file_is_refused(engine, kit: Kit) -> None:
    mine, other = engine.session()["session_id"], engine.session()["session_id"]
    engine.upload(other, kit.clip())
    body = {"id": "render_theft", "sessionId": mine, "draft": engine.state(other)["draft"], "output": {}}
    refused = engine.http.post("/api/render/proxy/lambda", json=body).json()
    assert refused["code"] == 4200
    assert "clip" in refused["message"]


def test_two_exports_at_once_are_queued_and_both_finish(engine, kit: Kit) -> None:
    sid = engine.session()["session_id"]
    engine.upload(sid, kit.clip())
    ids = [engine.export(sid, height=90 + 2 * n).json()["id"] for n in range(3)]
    assert {engine.finished(one)["status"] for one in ids} == {"completed"}


def test_a_cancelled_export_ends_and_the_queue_goes_on_with_who_waited_longest(
    engine, kit: Kit, shared_home: Path
) -> None:
    sid = engine.session()["session_id"]
    engine.upload(sid, kit.clip("long.mp4", 30, "640x360"))
    first = engine.export(sid, height=240).json()["id"]
    waiting = engine.export(sid, height=242).json()["id"]
    after = engine.session()["session_id"]
    engine.upload(after, kit.clip())
    last = engine.export(after).json()["id"]

    def cancelled(one: str) -> bool:
        return engine.http.post(f"/api/render/proxy/lambda/{one}/cancel").json()["status"] == "cancelled"

    assert cancelled(first)
    # The first project has had its turn: the other one's export goes before the first one's next.
    assert engine.finished(last)["status"] == "completed"
    assert engine.http.get(f"/api/render/proxy/lambda/{waiting}").json()["status"] in (
        "pending",
        "processing",
    )
    assert cancelled(waiting)
    assert not list((shared_home / "engine" / "work").iterdir())
    assert engine.http.get(f"/api/render/proxy/{first}/download").json()["code"] == 4000


def test_an_unknown_call_and_a_broken_body_are_errors_in_the_envelope(engine) -> None:
    assert engine.http.get("/api/nothing").json()["code"] == 404
    assert engine.http.post("/run_sse", content=b"{").json()["code"] == 4000
    assert engine.http.post("/run_sse", json=[]).json()["code"] == 4000
