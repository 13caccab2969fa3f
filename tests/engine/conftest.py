"""The engine as any client meets it: raw HTTP, no client of ours."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from nemo_nb.engine.launch import URL, Endpoint, find_or_start

ATTRIBUTION = {"X-Skill-Source": "test", "X-Skill-Version": "1", "X-Skill-Platform": "pytest"}


class RawClient:
    """One user of one engine."""

    def __init__(self, endpoint: Endpoint, client_id: str | None = None) -> None:
        self.endpoint = endpoint
        self.client_id = client_id or str(uuid.uuid4())
        # So many that none is closed to make room for another, which httpcore may do to one that a thread just took.
        limits = httpx.Limits(max_connections=250, max_keepalive_connections=250, keepalive_expiry=None)
        transport = httpx.HTTPTransport(uds=endpoint.socket, limits=limits)
        self.http = httpx.Client(transport=transport, base_url=URL, timeout=60)
        signed_in = self.http.post(
            "/api/auth/anonymous-token", headers={"X-Client-Id": self.client_id}
        ).json()
        self.token = signed_in["data"]["token"]
        self.http.headers.update({"Authorization": f"Bearer {self.token}", **ATTRIBUTION})
        self._others: list[RawClient] = []

    def other(self, endpoint: Endpoint | None = None, client_id: str | None = None) -> RawClient:
        """Another user, or the same one on another engine; closed with this one."""
        self._others.append(RawClient(endpoint or self.endpoint, client_id))
        return self._others[-1]

    def close(self) -> None:
        for client in self._others:
            client.close()
        self.http.close()

    def session(self, name: str = "test") -> dict[str, str]:
        body = {"task_name": name, "language": "en"}
        return self.data(self.http.post("/api/tasks/me/with-session/nemo_agent", json=body))

    def upload(self, sid: str, *files: Path | tuple[str, bytes]) -> httpx.Response:
        named = [(f.name, f.read_bytes()) if isinstance(f, Path) else f for f in files]
        return self.http.post(
            f"/api/upload-video/nemo_agent/me/{sid}", files=[("files", item) for item in named]
        )

    def say(self, sid: str, text: str) -> list[dict[str, Any]]:
        body = {
            "app_name": "nemo_agent", "user_id": "me", "session_id": sid, "new_message": {"parts": [{"text": text}]},
        }  # fmt: skip
        answer = self.http.post("/run_sse", json=body, headers={"Accept": "text/event-stream"})
        assert answer.headers["content-type"].startswith("text/event-stream")
        return [json.loads(line[6:]) for line in answer.text.split("\n\n") if line.startswith("data: ")]

    def state(self, sid: str) -> dict[str, Any]:
        return self.data(self.http.get(f"/api/state/nemo_agent/me/{sid}/latest"))["state"]

    def export(self, sid: str, render_id: str | None = None, **output: Any) -> httpx.Response:
        body = {
            "id": render_id or f"render_{uuid.uuid4().hex}", "sessionId": sid, "draft": self.state(sid)["draft"],
            "output": {"format": "mp4", "quality": "low", **output},
        }  # fmt: skip
        return self.http.post("/api/render/proxy/lambda", json=body)

    def finished(self, render_id: str, within: float = 60) -> dict[str, Any]:
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            status = self.http.get(f"/api/render/proxy/lambda/{render_id}").json()
            if status["status"] not in ("pending", "processing"):
                return status
            time.sleep(0.05)  # the protocol knows no event for it: exports are polled
        raise AssertionError(f"the export is still {status['status']}")

    @staticmethod
    def data(response: httpx.Response) -> Any:
        body = response.json()
        assert body["code"] == 0, body
        return body["data"]


@pytest.fixture
def engine(shared_home: Path) -> Iterator[RawClient]:
    client = RawClient(find_or_start(shared_home))
    yield client
    client.close()


@pytest.fixture
def own_engine(own_home: Path) -> Iterator[RawClient]:
    client = RawClient(find_or_start(own_home))
    yield client
    client.close()
