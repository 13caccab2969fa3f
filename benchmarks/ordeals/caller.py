"""A caller of an engine, as any client of the protocol is one; and the small films that it sends."""

from __future__ import annotations

import contextlib
import subprocess
import time
import uuid
from pathlib import Path
from typing import Any

import httpx
import psutil

from nemo_nb.engine.launch import URL, Endpoint, find_or_start
from nemo_nb.media.ffmpeg import binary

ATTRIBUTION = {"X-Skill-Source": "chaos", "X-Skill-Version": "1", "X-Skill-Platform": "script"}


class Caller:
    """One user of the engine of a home, whichever process that is."""

    def __init__(self, home: Path, client_id: str | None = None) -> None:
        self.home, self.client_id = home, client_id or str(uuid.uuid4())
        self.join()

    def join(self) -> None:
        self.endpoint: Endpoint = find_or_start(self.home)
        transport = httpx.HTTPTransport(uds=self.endpoint.socket)
        self.http = httpx.Client(transport=transport, base_url=URL, timeout=120)
        token = self.data("POST", "/api/auth/anonymous-token", headers={"X-Client-Id": self.client_id})[
            "token"
        ]
        self.http.headers.update({"Authorization": f"Bearer {token}", **ATTRIBUTION})

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Once more where nobody listens: an engine whose database is damaged ends, and the next puts it right."""
        try:
            answer = self.http.request(method, path, **more)
        except httpx.ConnectError:
            time.sleep(0.2)
            if not psutil.pid_exists(self.endpoint.pid):
                self.join()
            answer = self.http.request(method, path, **more)
        if answer.status_code == 503:
            with contextlib.suppress(psutil.Error):
                psutil.Process(self.endpoint.pid).wait(timeout=20)
            self.join()
            answer = self.http.request(method, path, **more)
        return answer

    def data(self, method: str, path: str, **more: Any) -> Any:
        body = self.ask(method, path, **more).json()
        if body.get("code", 0) != 0:
            raise Refused(body)
        return body.get("data", body)

    def session(self) -> str:
        body = {"task_name": "chaos", "language": "en"}
        return str(self.data("POST", "/api/tasks/me/with-session/nemo_agent", json=body)["session_id"])

    def upload(self, sid: str, name: str, content: bytes) -> Any:
        return self.data("POST", f"/api/upload-video/nemo_agent/me/{sid}", files=[("files", (name, content))])

    def say(self, sid: str, text: str) -> str:
        message = {"app_name": "nemo_agent", "session_id": sid, "new_message": {"parts": [{"text": text}]}}
        answer = self.ask("POST", "/run_sse", json=message)
        if "event-stream" not in answer.headers["content-type"]:
            raise Refused(answer.json())
        return answer.text

    def draft(self, sid: str) -> dict[str, Any]:
        state: dict[str, Any] = self.data("GET", f"/api/state/nemo_agent/me/{sid}/latest")["state"]
        return dict(state["draft"])

    def submit(self, sid: str, **output: Any) -> str:
        body = {
            "id": f"render_{uuid.uuid4().hex}", "sessionId": sid, "draft": self.draft(sid),
            "output": {"format": "mp4", "quality": "low", "height": 180, **output},
        }  # fmt: skip
        return str(self.data("POST", "/api/render/proxy/lambda", json=body)["id"])

    def finished(self, export: str, within_s: float = 120) -> dict[str, Any]:
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            told: dict[str, Any] = self.ask("GET", f"/api/render/proxy/lambda/{export}").json()
            if told.get("status") not in ("pending", "processing"):
                return told
            time.sleep(0.05)
        raise TimeoutError(export)

    def film(self, export: str) -> bytes:
        answer = self.ask("GET", f"/api/render/proxy/{export}/download")
        if "json" in answer.headers.get("content-type", ""):
            raise Refused(answer.json())
        return answer.content

    def kill(self) -> None:
        process = psutil.Process(self.endpoint.pid)
        process.kill()
        process.wait()


class Refused(Exception):
    """An error of the engine's: `body` is its answer."""

    def __init__(self, body: dict[str, Any]) -> None:
        super().__init__(str(body)[:200])
        self.body = body

    @property
    def code(self) -> int:
        return int(self.body.get("code") or self.body.get("errorCode") or 0)


def ffmpeg(*arguments: str | Path) -> None:
    subprocess.run([binary(), "-v", "error", "-y", *map(str, arguments)], check=True)


def clip(folder: Path, name: str, seconds: int = 3, *options: str) -> bytes:
    path = folder / name
    if not path.exists():
        picture = ["-f", "lavfi", "-i", f"testsrc2=s=320x180:r=25:d={seconds}"]
        sound = ["-f", "lavfi", "-i", f"sine=440:r=48000:d={seconds}", "-shortest"]
        ffmpeg(
            *picture, *sound, *(options or ("-pix_fmt", "yuv420p", "-preset", "ultrafast", "-g", "25")), path
        )
    return path.read_bytes()


def told(what: str, seen: str) -> None:
    print(f"| {what} | {seen} |", flush=True)
