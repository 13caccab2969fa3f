"""Uploads by URL never reach what only the engine can reach."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import asynccontextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from kit import Kit

from nemo_nb.engine import intake
from nemo_nb.engine.blobs import Blobs
from nemo_nb.errors import InvalidInput
from nemo_nb.media.fetch import ALLOW, _is_public


def served(handler) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def files(kit: Kit) -> Iterator[str]:
    yield from served(partial(Quiet, directory=str(kit.clip().parent)))


@pytest.fixture
def redirects() -> Iterator[str]:
    class Away(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/meta-data/clip.mp4")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    yield from served(Away)


@pytest.fixture
def packed() -> Iterator[str]:
    class Packed(BaseHTTPRequestHandler):
        """Each kB of it would be a GB, once it is unpacked twice."""

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "video/mp4")
            self.send_header("Content-Encoding", "gzip, gzip")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    yield from served(Packed)


def fetched(engine, *urls: str) -> dict:
    sid = engine.session()["session_id"]
    body = {"urls": list(urls), "source_type": "url"}
    return engine.http.post(f"/api/upload-video/nemo_agent/me/{sid}", json=body).json()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/clip.mp4", "http://localhost:8888/clip.mp4", "http://[::1]/clip.mp4",
        "http://10.0.0.1/clip.mp4", "http://192.168.1.1/clip.mp4", "http://169.254.169.254/clip.mp4",
        "http://[::ffff:127.0.0.1]/clip.mp4", "http://0.0.0.0/clip.mp4", "http://2130706433/clip.mp4",
    ],
)  # fmt: skip
def test_private_and_local_addresses_are_refused(engine, url: str) -> None:
    answer = fetched(engine, url)
    assert answer["code"] == 4000
    assert "private or local" in answer["message"]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.com/a.mp4", "not a url", "http://"])
def test_other_schemes_are_refused(engine, url: str) -> None:
    assert fetched(engine, url)["code"] == 4000


@pytest.fixture
def trusting_engine(monkeypatch, own_home, request):
    """An engine that may fetch from 127.0.0.1, and from no other private address."""
    monkeypatch.setenv(ALLOW, "127.0.0.1")
    return request.getfixturevalue("own_engine")


def test_a_url_is_fetched_where_that_is_allowed(trusting_engine, files: str) -> None:
    (clip,) = fetched(trusting_engine, f"{files}/clip.mp4?signature=secret")["data"]["files"]
    assert (clip["filename"], clip["width"]) == ("clip.mp4", 320)
    missing = fetched(trusting_engine, f"{files}/nothing.mp4?signature=secret")
    assert "404" in missing["message"]
    assert "secret" not in str(missing)


def test_a_redirect_to_a_private_address_is_refused_too(trusting_engine, redirects: str) -> None:
    assert "private or local" in fetched(trusting_engine, f"{redirects}/clip.mp4")["message"]


def test_what_comes_packed_is_not_unpacked(trusting_engine, packed: str) -> None:
    assert "packed" in fetched(trusting_engine, f"{packed}/clip.mp4")["message"]


def test_all_urls_together_have_the_time_that_whoever_asks_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @asynccontextmanager
    async def slow(url: str):
        async def chunks():
            yield b"\x89PNG\r\n\x1a\n"
            await asyncio.Event().wait()  # the rest never comes

        yield url, chunks()

    monkeypatch.setattr(intake, "open_url", slow)
    monkeypatch.setattr(intake, "MAX_SECONDS", 0.05)
    with pytest.raises(InvalidInput, match="too long"):
        asyncio.run(intake.take_urls(Blobs(tmp_path), None, ["a.png"] * 20))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b::7f00:1", "2002:7f00:1::", "::7f00:1", "::ffff:0:7f00:1", "fec0::1", "::ffff:10.0.0.1", "fe80::1",
        "169.254.169.254", "100.64.0.1", "224.0.0.1",
    ],
)  # fmt: skip
def test_an_address_that_wraps_a_private_one_is_private(address: str) -> None:
    assert not _is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "2002:5db8:d822::"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert _is_public(address)
