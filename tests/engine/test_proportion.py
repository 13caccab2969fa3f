"""Nobody waits for what somebody else's strange message or file takes."""

from __future__ import annotations

import asyncio
import contextlib
import io
import operator
import os
import struct
import subprocess
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from heavy import HEAVY
from kit import Kit

from nemo_nb.engine.helpers import Helpers, OutOfProportion
from nemo_nb.engine.intake import look_into
from nemo_nb.errors import UnsupportedFile
from nemo_nb.media.formats import kind_of


def pooled(*works, preload=("nemo_nb.errors",), memory=100_000_000):
    """What comes of works in a pool of helpers of their own, one after the other."""

    async def all_of_them() -> list[object]:
        helpers = Helpers(*preload, most=1)
        try:
            return [
                (
                    await asyncio.gather(
                        helpers.run(*work, seconds=0.5, memory=memory), return_exceptions=True
                    )
                )[0]
                for work in works
            ]
        finally:
            await helpers.close()

    return asyncio.run(all_of_them())


def test_a_helper_is_kept_until_it_goes_beyond_its_limits() -> None:
    first, again, slow, greedy, died, wrong, unknown, last = pooled(
        (os.getpid,), (os.getpid,), (time.sleep, 30), (operator.mul, b"x", 10**9), (os._exit, 3), (kind_of, "a.txt"),
        (int, "x"), (os.getpid,),
    )  # fmt: skip
    assert first == again != os.getpid()
    assert "longer than 0.5 s" in str(slow)
    assert "more memory than 100 MB" in str(greedy)
    assert isinstance(died, OutOfProportion)
    assert isinstance(wrong, UnsupportedFile)
    assert str(wrong).count("Convert it") == 1
    assert isinstance(unknown, ValueError)
    assert last not in (first, None)
    assert not psutil.pid_exists(first)


def test_what_a_helper_imports_as_it_starts_is_not_its_first_task_s() -> None:
    (pid,) = pooled((os.getpid,), preload=("av", "numpy"), memory=5_000_000)
    assert isinstance(pid, int)


def test_a_helper_gives_back_what_a_task_took(kit: Kit) -> None:
    film = kit.clip("8k.mp4", 1, "7680x4320", 2)

    async def grown() -> list[int]:
        helpers = Helpers("nemo_nb.media.probe", "av", "numpy", most=1)
        try:
            sizes = []
            for _ in range(3):
                assert (await look_into(helpers, film, film.name)).width == 7680, "also the first"
                process = psutil.Process(await helpers.run(os.getpid))
                sizes.append(process.memory_info().rss)
            return sizes
        finally:
            await helpers.close()

    sizes = asyncio.run(grown())
    assert max(sizes) - sizes[0] < 20_000_000, "a picture of it is 50 MB"


def test_a_helper_ends_with_its_engine(own_engine, kit: Kit) -> None:
    sid = own_engine.session()["session_id"]
    own_engine.upload(sid, kit.clip())
    own_engine.say(sid, "mute it")
    process = psutil.Process(own_engine.endpoint.pid)
    helpers = process.children(recursive=True)
    assert helpers
    process.kill()
    assert not psutil.wait_procs(helpers, timeout=10)[1]


WORST = '"1"' * 12_000


def test_a_strange_message_holds_nobody_up(own_engine, kit: Kit) -> None:
    mine, others = (own_engine.session()["session_id"] for _ in range(2))
    other = own_engine.other(client_id=own_engine.client_id)
    for sid in (mine, others):
        own_engine.upload(sid, kit.clip())
        own_engine.say(sid, "mute it")

    def answer_s() -> float:
        began = time.monotonic()
        other.state(others)
        return time.monotonic() - began

    alone = sorted(answer_s() for _ in range(20))[10]
    with ThreadPoolExecutor() as threads:
        going = threads.submit(own_engine.say, mine, WORST)
        beside = []
        while not going.done():
            beside.append(answer_s())
        assert going.result()
    assert sorted(beside)[len(beside) // 2] < alone + 0.1


@HEAVY
def test_two_hundred_sentences_at_once_are_all_answered(own_engine, kit: Kit) -> None:
    sids = [own_engine.session()["session_id"] for _ in range(20)]
    for sid in sids:
        own_engine.upload(sid, kit.clip())
    began = time.monotonic()
    with ThreadPoolExecutor(200) as threads:
        said = list(
            threads.map(
                lambda n: own_engine.say(sids[n % 20], f"trim it to the first {n % 3 + 1} seconds"),
                range(200),
            )
        )
    assert all(events[-1]["turnComplete"] for events in said)
    assert time.monotonic() - began < 30


BODIES = {
    "empty lists": b'{"operations": [' + b"[]," * 3_000_000 + b"[]]}",
    "empty objects": b'{"operations": [' + b"{}," * 3_000_000 + b"{}]}",
    "numbers": b'{"operations": [' + b"0," * 4_000_000 + b"0]}",
    "turns": b'{"turns": [' + b"[1,null]," * 50_000 + b"[1,null]]}",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_body_of_countless_values_is_refused_before_it_is_read(engine, body: bytes) -> None:
    sid, process = engine.session()["session_id"], psutil.Process(engine.endpoint.pid)
    rest, most = process.memory_info().rss, 0
    call = "leave_out" if b"turns" in body else "apply"
    with ThreadPoolExecutor(1) as thread:
        going = thread.submit(engine.http.post, f"/nb/v1/sessions/{sid}/{call}", content=body)
        while not going.done():
            most = max(most, process.memory_info().rss)
    assert going.result().json()["code"] == 4000
    assert most - rest < 60_000_000, "the bytes, but not what they would become"


def large_jpeg(side: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (side, side)).save(out, "JPEG", quality=1)
    return out.getvalue()


def wide_png() -> bytes:
    """67 million pixels in a row, in 65 kB."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 67_108_864, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(67_108_865))) + chunk(b"IEND", b"")
    )


def large_webp() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8000, 8000)).save(out, "WEBP", quality=1)
    return out.getvalue()


def long_table(kit: Kit) -> bytes:
    """A film whose sample table says that there are 50 million."""
    film = bytearray(kit.clip("short.mp4", 1).read_bytes())
    times, sizes = film.find(b"stts"), film.find(b"stsz")
    film[times + 12 : times + 16] = struct.pack(">I", 50_000_000)
    film[sizes + 8 : sizes + 16] = struct.pack(">II", 100, 50_000_000)
    return bytes(film)


def large_film(kit: Kit) -> bytes:
    """Motion JPEG of 144 million pixels in Matroska."""
    from nemo_nb.media.ffmpeg import binary

    still, film = (
        kit.clip("short.mp4", 1).with_name("large.jpg"),
        kit.clip("short.mp4", 1).with_name("large.mkv"),
    )
    still.write_bytes(large_jpeg(12_000))
    subprocess.run([binary(), "-v", "error", "-y", "-i", still, "-c", "copy", film], check=True)
    return film.read_bytes()


HOSTILE = {
    "wide.png": lambda kit: wide_png(),
    "large.webp": lambda kit: large_webp(),
    "table.mp4": long_table,
    "large.mkv": large_film,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_takes_all_there_is_is_refused_in_time(
    engine, shared_home: Path, kit: Kit, name: str
) -> None:
    sid = engine.session()["session_id"]
    engine.upload(sid, kit.clip("short.mp4", 1))  # the helpers are there
    tree = psutil.Process(engine.endpoint.pid)

    def size() -> int:
        total = 0
        for process in (tree, *tree.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
        return total

    content, stored = HOSTILE[name](kit), set((shared_home / "engine" / "blobs").rglob("*"))
    rest, most = size(), 0
    with ThreadPoolExecutor(1) as thread:
        going = thread.submit(engine.upload, sid, (name, content))
        while not going.done():
            most = max(most, size())
    assert going.result().json()["code"] in (4002, 4003)
    assert most - rest < 300_000_000
    assert set((shared_home / "engine" / "blobs").rglob("*")) == stored
    assert len(engine.state(sid)["video_infos"]) == 1
