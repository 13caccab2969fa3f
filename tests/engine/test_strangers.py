"""`nemo-nb serve` listens where everybody on the machine, and every page in its browser, can knock."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest
import uvicorn
from kit import Kit

import nemo_nb as nemo
from nemo_nb.engine import connections
from nemo_nb.engine.launch import find_or_start, retire


@dataclass
class Served:
    url: str
    token: str
    pid: int

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def signed(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def balance(self, **headers: str) -> int:
        url = f"{self.url}/api/credits/balance/simple"
        return httpx.get(url, headers=self.signed | headers, timeout=20).status_code


@contextlib.contextmanager
def serving() -> Iterator[Served]:
    command = [sys.executable, "-m", "nemo_nb", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = json.loads(process.stdout.readline())
        yield Served(said["url"], Path(said["token_file"]).read_text().strip(), process.pid)
        process.terminate()
        process.stdout.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[Served]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEMO_NB_HOME", str(home))
        with serving() as found:
            yield found


def test_a_body_without_a_token_costs_nothing(served: Served) -> None:
    """The answer comes before the body has."""
    engine = psutil.Process(served.pid)
    before = engine.memory_info().rss
    with socket.create_connection(("127.0.0.1", served.port)) as caller:
        caller.sendall(b"POST /run_sse HTTP/1.1\r\nHost: localhost\r\nContent-Length: 400000000\r\n\r\n")
        assert caller.recv(100).startswith(b"HTTP/1.1 401")
        with contextlib.suppress(OSError):
            for _ in range(100):
                caller.sendall(bytes(1_000_000))
    assert engine.memory_info().rss - before < 30_000_000


def test_a_body_beyond_its_limit_is_413(served: Served) -> None:
    head = {"Content-Length": "40000000", "Content-Type": "application/json"}
    with socket.create_connection(("127.0.0.1", served.port)) as caller:
        lines = [f"{name}: {value}" for name, value in (served.signed | head).items()]
        caller.sendall("\r\n".join(["POST /run_sse HTTP/1.1", "Host: localhost", *lines, "", ""]).encode())
        assert caller.recv(100).startswith(b"HTTP/1.1 413")


def test_silent_connections_lock_nobody_out(served: Served, home: Path) -> None:
    with contextlib.ExitStack() as open_ones:
        for _ in range(300):
            open_ones.enter_context(socket.create_connection(("127.0.0.1", served.port)))
        assert served.balance() == 200
        assert psutil.Process(served.pid).num_fds() < 200
    assert (home / "engine" / "engine.log").stat().st_size < 100_000


def test_a_head_that_never_ends_is_given_up(monkeypatch) -> None:
    assert connections.HEAD_S < 20
    monkeypatch.setattr(connections, "HEAD_S", 0.5)
    monkeypatch.setattr(connections, "_LOOK_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(None, http=connections.BoundedProtocol, lifespan="off", log_config=None)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        with socket.create_connection(listener.getsockname()) as caller:
            began = time.monotonic()
            caller.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
            caller.settimeout(30)
            with contextlib.suppress(ConnectionError):
                assert caller.recv(100) == b""
            assert time.monotonic() - began > 0.4
        server.should_exit = True
        thread.join()


PAGES = {
    "another origin": {"Origin": "https://evil.example"},
    "no origin": {"Origin": "null"},
    "another port": {"Origin": "http://localhost:8888"},
    "said by the browser": {"Sec-Fetch-Site": "cross-site"},
    "another host": {"Host": "evil.example"},
}


@pytest.mark.parametrize("headers", PAGES.values(), ids=PAGES.keys())
def test_a_page_of_another_origin_is_turned_away_even_with_the_token(served: Served, headers) -> None:
    assert served.balance(**headers) == 403
    assert served.balance() == 200


def said_by(served: Served, request: str) -> str:
    """The first line of what a request is answered with, as it goes over the wire."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as caller:
        caller.sendall(request.replace("\n", "\r\n").encode())
        return caller.recv(1000).decode("latin-1")


PREFLIGHT = "Access-Control-Request-Method: POST\nAccess-Control-Request-Headers: authorization"
ODD_REQUESTS = {
    "asks first, from another origin": ("OPTIONS /run_sse", f"Origin: https://evil.example\n{PREFLIGHT}"),
    "asks first": ("OPTIONS /run_sse", PREFLIGHT),
    "wants a socket": ("GET /run_sse", "Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Key: eA=="),
    "wants HTTP/2": ("GET /run_sse", "Connection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: AAMAAABk"),
    "traces": ("TRACE /", "X-A: b"),
    "is a proxy's": ("CONNECT 127.0.0.1:22", "X-A: b"),
    "has two lengths": ("POST /run_sse", "Content-Length: 2\nTransfer-Encoding: chunked"),
    "has two hosts": ("GET /api/credits/balance/simple", "Host: evil.example"),
    "names another host": ("GET http://evil.example/api/credits/balance/simple", "X-A: b"),
    "has a token in its address": ("GET /api/credits/balance/simple?token={token}&access_token={token}", "X-A: b"),
    "has a token as a cookie": ("GET /api/credits/balance/simple", "Cookie: token={token}; a=Bearer {token}"),
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD_REQUESTS.values(), ids=ODD_REQUESTS.keys())
def test_an_odd_request_gets_nothing(served: Served, odd: tuple[str, str]) -> None:
    line, head = (part.replace("{token}", served.token) for part in odd)
    answer = said_by(served, f"{line} HTTP/1.1\nHost: localhost\n{head}\n\n")
    assert answer[:12].startswith("HTTP/1.1 4"), answer
    assert "access-control" not in answer.lower()
    assert served.balance() == 200


def test_no_file_of_the_machine_is_taken_by_its_path_over_tcp(served: Served, kit: Kit) -> None:
    """That is for the owner's own socket."""
    with httpx.Client(base_url=served.url, headers=served.signed, timeout=20) as owner:
        body = {"task_name": "x", "language": "en"}
        sid = owner.post("/api/tasks/me/with-session/nemo_agent", json=body).json()["data"]["session_id"]
        told = []
        for path in (kit.clip(), Path("/etc/passwd")):
            status = path.stat()
            about = {"device": status.st_dev, "inode": status.st_ino, "size": status.st_size}
            told.append({"path": str(path), "name": "a.mp4", "changed_ns": status.st_mtime_ns, **about})
        for row in told:
            sent = {"paths": [row], "source_type": "path"}
            owner.post(f"/api/upload-video/nemo_agent/me/{sid}", json=sent)
        state = owner.get(f"/api/state/nemo_agent/me/{sid}/latest").json()["data"]["state"]
    assert state["video_infos"] == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_what_a_form_can_send_is_no_call(served: Served, kind: str) -> None:
    url = f"{served.url}/api/tasks/me/with-session/nemo_agent"
    answer = httpx.post(url, content=b'{"task_name": "x"}', headers=served.signed | {"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, 415)


def test_a_token_ends_with_its_server_or_with_the_next_one(own_home: Path) -> None:
    with serving() as first:
        assert first.balance() == 200
    with serving() as second:
        assert httpx.get(f"{second.url}/api/credits/balance/simple", headers=first.signed).status_code == 401
        psutil.Process(second.pid).kill()
    with serving() as third:
        assert httpx.get(f"{third.url}/api/credits/balance/simple", headers=second.signed).status_code == 401
        assert third.balance() == 200


def test_tokens_are_listed_and_revoked(own_home: Path) -> None:
    def said(*arguments: str) -> str:
        command = [sys.executable, "-m", "nemo_nb", "tokens", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    with serving() as found:
        listed = httpx.get(f"{found.url}/nb/v1/tokens", headers=found.signed).json()["data"]["tokens"]
        (mine,) = [item["id"] for item in listed if item["mine"]]
        told = said()
        assert mine in told
        assert found.token not in told
        assert mine not in said("--revoke", mine)
        assert found.balance() == 401


@pytest.mark.parametrize("place", ["missing", "relative", "a file", "too deep"])
def test_the_engine_starts_wherever_sockets_may_or_may_not_lie(
    own_home: Path, tmp_path, monkeypatch, place
) -> None:
    (tmp_path / "file").write_text("")
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    named = {
        "missing": tmp_path / "nowhere",
        "relative": Path("run"),
        "a file": tmp_path / "file",
        "too deep": deep,
    }
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(named[place]))
    assert find_or_start(own_home).is_up()


def test_no_process_of_the_engine_knows_a_token_of_another_backend(
    own_home: Path, kit: Kit, monkeypatch
) -> None:
    """Decoders work on strangers' files: what they can't know they can't give away."""
    monkeypatch.setenv("NEMO_TOKEN", "canary-token")
    monkeypatch.setenv("NEMO_CLIENT_ID", "canary-id")
    with nemo.connect("embedded") as project:
        project.upload(kit.clip())
        project.say("mute it")
        engine = psutil.Process(find_or_start(own_home).pid)
        processes = [engine, *engine.children(recursive=True)]
        assert len(processes) > 1
        for process in processes:
            assert "canary" not in str(process.environ())


def test_nobody_can_be_there_first(own_home: Path) -> None:
    first = Path(find_or_start(own_home).socket).parent
    retire(own_home)
    assert Path(find_or_start(own_home).socket).parent != first


ACCOUNTS = ("nobody", "daemon")


@pytest.mark.skipif(
    os.name == "nt" or os.getuid() != 0 or not shutil.which("setpriv"), reason="needs two accounts to be"
)
def test_one_account_cannot_reach_another_s(own_home: Path, served: Served, tmp_path) -> None:
    """By its socket, its files or its port."""
    endpoint = find_or_start(own_home)
    code = f"""
import os, socket, sys
def tried(what):
    try:
        return what()
    except PermissionError:
        return "refused"
caller = socket.socket(socket.AF_UNIX)
print(tried(lambda: caller.connect({endpoint.socket!r})))
print(tried(lambda: os.listdir({str(own_home / "engine")!r})))
print(tried(lambda: open({str(own_home / "engine" / "endpoint.json")!r}).read()))
with socket.create_connection(("127.0.0.1", {served.port})) as caller:
    caller.sendall(b"POST /api/auth/anonymous-token HTTP/1.1\\r\\nHost: localhost\\r\\nX-Client-Id: x\\r\\n\\r\\n")
    print(caller.recv(12))
"""
    for folder in (own_home, *own_home.parents):  # the test's own folders are closed already
        if str(folder).startswith("/tmp/pytest"):
            folder.chmod(0o755)
    for account in ACCOUNTS:
        python = shutil.which("python3", path="/usr/bin:/bin")
        if python is None:
            pytest.skip("no Python that others may run")
        user = pwd.getpwnam(account)
        ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        command = ["setpriv", *ids, python, "-I", "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/")
        assert done.stdout.split("\n")[:3] == ["refused"] * 3, done.stderr
        assert "401" in done.stdout
