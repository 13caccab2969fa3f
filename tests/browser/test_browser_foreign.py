"""A page of another origin, in a real browser, against `nemo-nb serve` on the same machine."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

ATTACK = """
async ([url, token]) => {
  const tried = {};
  const attempt = async (name, path, options) => {
    try {
      const answer = await fetch(url + path, options);
      tried[name] = `${answer.type} ${answer.status} ${(await answer.text()).length}`;
    } catch (error) { tried[name] = "refused"; }
  };
  const signed = {Authorization: `Bearer ${token}`};
  const session = "/api/tasks/me/with-session/nemo_agent";
  await attempt("read", "/nb/v1/capabilities", {});
  await attempt("read with the token", "/nb/v1/projects", {headers: signed});
  await attempt("post as a form would", session, {method: "POST", mode: "no-cors", body: '{"task_name": "evil"}'});
  const asJson = {...signed, "Content-Type": "application/json"};
  await attempt("post with the token", session, {method: "POST", headers: asJson, body: "{}"});
  await attempt("ask for a token", "/api/auth/anonymous-token", {method: "POST", mode: "no-cors"});
  const form = document.createElement("form");
  form.action = url + session; form.method = "POST"; form.enctype = "text/plain"; form.target = "frame";
  form.innerHTML = '<input name=\\'{"task_name": "evil", "x": "\\' value=\\'"}\\'>';
  const frame = document.createElement("iframe");
  frame.name = "frame"; document.body.append(frame, form);
  await new Promise((done) => { frame.onload = done; form.submit(); setTimeout(done, 3000); });
  return tried;
}
"""


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><title>elsewhere</title><body></body>")

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


def test_a_page_of_another_origin_gets_and_does_nothing(page: Any, elsewhere: str, own_home: Path) -> None:
    command = [sys.executable, "-m", "nemo_nb", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        said = json.loads(server.stdout.readline())
        token = Path(said["token_file"]).read_text().strip()
        page.goto(elsewhere)
        tried = page.evaluate(ATTACK, [said["url"], token])
        assert tried == {
            "read": "refused",
            "read with the token": "refused",
            "post as a form would": "opaque 0 0",
            "post with the token": "refused",
            "ask for a token": "opaque 0 0",
        }
        signed = {"Authorization": f"Bearer {token}"}
        projects = httpx.get(f"{said['url']}/nb/v1/projects", headers=signed).json()["data"]["projects"]
        assert projects == []
        server.terminate()
        server.stdout.close()
