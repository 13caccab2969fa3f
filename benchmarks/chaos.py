"""Kills, full and bad disks, hostile media, crowds: what is left standing. `python benchmarks/chaos.py PART [COUNT]`

    rounds 200    kills of engine, kernel and ffmpeg, full disks, damaged uploads, cache, results and database
    media 1500    60 hostile files, and so many random flips of seven formats
    crowd         one worst message beside others, 200 sentences at once, undo(500) after 2,000 edits
    soak 20       so many minutes of ordinary work, with the engine's memory

Each prints lines of the table in docs/reliability.md. Full disks need root and Linux: a small disk is mounted for them.
"""

# ruff: noqa: E501 - tables of what is tried
from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import wave
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psutil

from nemo_nb.engine.launch import URL, Endpoint, find_or_start, retire
from nemo_nb.media.ffmpeg import binary

ATTRIBUTION = {"X-Skill-Source": "chaos", "X-Skill-Version": "1", "X-Skill-Platform": "script"}
CHANCE = random.Random(14)  # noqa: S311 - the same each time
MB = 1_000_000
MINUTES = float(os.environ.get("NEMO_NB_CHAOS_MINUTES", "600"))  # for whoever has less than it takes


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
        """Once more where nobody listens: an engine that finds its database damaged ends, and the next puts it right."""
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


# ---- rounds ---------------------------------------------------------------------------------------


class Ledger:
    """What was acknowledged: each project's draft, and the pictures that it makes."""

    def __init__(self) -> None:
        self.drafts: dict[str, dict[str, Any]] = {}
        self.films: dict[str, bytes] = {}

    def check(self, caller: Caller, sid: str) -> None:
        """The draft is the one that was acknowledged last. AssertionError where anything is lost."""
        assert caller.draft(sid) == self.drafts[sid], f"the draft of {sid} is another one"

    def check_film(self, sid: str, film: bytes) -> None:
        """It is the film that the same draft made when all was well, but for what an encoder leaves to chance."""
        key = json.dumps(self.drafts[sid], sort_keys=True)
        right = self.films.setdefault(key, film)
        with tempfile.TemporaryDirectory() as folder:
            one, other = Path(folder, "one.mp4"), Path(folder, "other.mp4")
            one.write_bytes(right)
            other.write_bytes(film)
            assert sound_of(one) == sound_of(other), "a film with another sound was handed over"
            assert likeness_db(one, other) > 40, "a damaged film was handed over"


def sound_of(film: Path) -> bytes:
    command = [binary(), "-v", "error", "-xerror", "-i", str(film), "-map", "0:a", "-f", "md5", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def likeness_db(one: Path, other: Path) -> float:
    """The peak signal-to-noise ratio of two films, the least of all pictures; x264 isn't the same each time."""
    both = ["-i", str(one), "-i", str(other), "-lavfi", "psnr", "-f", "null", "-"]
    said = subprocess.run(
        [binary(), "-hide_banner", "-xerror", *both], capture_output=True, text=True, check=True
    )
    return float(said.stderr.rpartition(" min:")[2].split()[0])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    if content:
        content[CHANCE.randrange(len(content))] ^= 1 << CHANCE.randrange(8)
        path.write_bytes(content)


def one_of(folder: Path, pattern: str) -> Path | None:
    found = sorted(path for path in folder.glob(pattern) if path.is_file())
    return CHANCE.choice(found) if found else None


def rounds(count: int) -> None:
    began, done, tries = time.monotonic(), Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as base, small_disk(Path(base) / "small") as small:
        home, media, ledger = Path(base) / "home", Path(base), Ledger()
        short, long = clip(media, "short.mp4"), clip(media, "long.mp4", 20)
        caller = Caller(home)
        sids = [caller.session() for _ in range(3)]
        for sid in sids:
            caller.upload(sid, "short.mp4", short)
            ledger.drafts[sid] = caller.draft(sid)
            ledger.check_film(sid, caller.film(caller.finished(caller.submit(sid))["id"]))
        engine = home / "engine"

        def edit(sid: str) -> None:
            caller.say(sid, CHANCE.choice(EDITS))
            ledger.drafts[sid] = caller.draft(sid)

        def killed_while(work: Callable[[], object]) -> None:
            with ThreadPoolExecutor(1) as thread:
                going = thread.submit(work)
                time.sleep(CHANCE.random() * 0.3)
                caller.kill()
                with contextlib.suppress(httpx.HTTPError, Refused):
                    going.result()
            caller.join()

        def engine_in_an_edit(sid: str) -> None:
            before = ledger.drafts[sid]
            killed_while(lambda: caller.say(sid, "add the title “Hello”"))
            after = caller.draft(sid)  # all of it or nothing
            assert after == before or len(after["t"]) == len(before["t"]) + 1 or after["d"] == before["d"]
            ledger.drafts[sid] = after

        def engine_in_an_upload(sid: str) -> None:
            other = caller.session()
            killed_while(lambda: caller.upload(other, "long.mp4", long))

        def engine_in_an_export(sid: str) -> None:
            export = caller.submit(sid, quality="medium")
            killed_while(lambda: caller.finished(export))
            assert caller.finished(export)["status"] == "completed"

        def ffmpeg_in_an_export(sid: str) -> None:
            caller.data("DELETE", "/nb/v1/cache")
            export = caller.submit(sid)
            until = time.monotonic() + 3
            while time.monotonic() < until:
                for child in psutil.Process(caller.endpoint.pid).children(recursive=True):
                    with contextlib.suppress(psutil.Error):
                        if child.name().startswith("ffmpeg"):
                            child.kill()
                            until = 0
            state = caller.finished(export)
            assert state["status"] == "completed" or state["errorCode"] == 4101, state

        def kernel(sid: str) -> None:
            code = (
                "import nemo_nb as nemo, sys; p = nemo.connect(project='k'); p.upload(sys.argv[1]); p.say('mute it'); "
                "print(p.session_id, p.draft.hash, flush=True); p.export('x.mp4')"
            )
            command = [sys.executable, "-c", code, str(media / "short.mp4")]
            env = {**os.environ, "NEMO_NB_HOME": str(home)}
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env, cwd=base) as process:  # fmt: skip
                assert process.stdout
                session, digest = process.stdout.readline().split()
                time.sleep(CHANCE.random() * 0.3)
                process.send_signal(signal.SIGKILL)
            again = f"import nemo_nb as nemo; print(nemo.connect(session={session!r}).draft.hash)"
            found = subprocess.run(
                [sys.executable, "-c", again], capture_output=True, text=True, env=env, cwd=base
            )
            assert found.stdout.strip() == digest, found.stderr[-300:]

        def upload_damaged(sid: str) -> None:
            if blob := one_of(engine / "blobs", "??/*"):
                flip(blob)
            with contextlib.suppress(Refused):
                ledger.check_film(sid, caller.film(caller.finished(caller.submit(sid))["id"]))
            caller.upload(sid, "short.mp4", short)  # heals it, and leaves the draft as it is
            if caller.draft(sid) != ledger.drafts[sid]:  # it was another project's that was hurt
                caller.data("POST", f"/nb/v1/sessions/{sid}/apply", json={"operations": []})
                ledger.drafts[sid] = caller.draft(sid)

        def cache_damaged(sid: str) -> None:
            for path in (engine / "cache").iterdir():
                flip(path)

        def result_damaged(sid: str) -> None:
            export = caller.submit(sid)
            caller.finished(export)
            if path := one_of(engine / "results", "*.mp4"):
                flip(path)
            with contextlib.suppress(Refused):
                ledger.check_film(sid, caller.film(export))

        def database_damaged(sid: str) -> None:
            caller.kill()
            database = engine / "engine.sqlite3"
            hurt = CHANCE.choice(["flip", "flip", "flip", "cut", "garbage", "empty", "gone"])
            if hurt == "flip":
                flip(database)
            elif hurt == "cut":
                os.truncate(database, CHANCE.randrange(database.stat().st_size))
            elif hurt == "gone":
                database.unlink()
            else:
                database.write_bytes(os.urandom(5000) if hurt == "garbage" else b"")
            caller.join()

        def full_disk(sid: str) -> None:
            if small is None:
                raise Skipped
            other = Caller(small, caller.client_id)
            try:
                there = other.session()
                other.upload(there, "short.mp4", short)
                before = other.draft(there)
                filler = small / "filler"
                with contextlib.suppress(OSError), filler.open("wb") as file:
                    while True:
                        file.write(bytes(MB))
                for work in (lambda: other.upload(there, "long.mp4", long), lambda: other.submit(there)):
                    try:
                        export = work()
                        if isinstance(export, str):
                            state = other.finished(export)
                            assert state["status"] == "completed" or state["errorCode"] == 4103, state
                    except Refused as refused:
                        if refused.code != 4103:
                            raise
                filler.unlink()
                assert other.draft(there) == before
                assert other.finished(other.submit(there))["status"] == "completed"
            finally:
                retire(small)
                shutil.rmtree(small / "engine", ignore_errors=True)

        works = [
            engine_in_an_edit, engine_in_an_upload, engine_in_an_export, ffmpeg_in_an_export, kernel, upload_damaged,
            cache_damaged, result_damaged, database_damaged, database_damaged, full_disk,
        ]  # fmt: skip
        until = time.monotonic() + 60 * MINUTES
        for number in range(count):
            if time.monotonic() > until:
                break
            work, sid = works[number % len(works)], CHANCE.choice(sids)
            tries[work.__name__] += 1
            try:
                edit(sid)
                work(sid)
                for one in sids:
                    ledger.check(caller, one)
                ledger.check_film(sid, caller.film(caller.finished(caller.submit(sid))["id"]))
                done[work.__name__] += 1
            except Skipped:
                tries[work.__name__] -= 1
            except Exception as error:
                print(
                    f"round {number}, {work.__name__}: {type(error).__name__}: {error}",
                    file=sys.stderr,
                    flush=True,
                )
                for one in sids:  # go on from what is there
                    ledger.drafts[one] = caller.draft(one)
                caller.upload(sid, "short.mp4", short)
                ledger.drafts[sid] = caller.draft(sid)
        retire(home)
    for name, number in tries.items():
        told(
            name.replace("_", " "),
            f"{done[name]} of {number} rounds: nothing lost, nothing damaged handed over",
        )
    told("all rounds", f"{done.total()} of {tries.total()}, {time.monotonic() - began:.0f} s")


EDITS = [
    "mute it",
    "undo",
    "redo",
    "trim it to the first 2 seconds",
    "undo",
    "make it grayscale",
    "undo",
    "unmute it",
]


class Skipped(Exception):
    pass


@contextlib.contextmanager
def small_disk(place: Path) -> Iterator[Path | None]:
    """A disk of 120 MB, where one may be mounted."""
    place.mkdir(parents=True)
    if (
        os.getuid() != 0
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=120m", "tmpfs", place]).returncode
    ):
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=False)


# ---- media ----------------------------------------------------------------------------------------


def png(width: int, height: int, kind: int = 2) -> bytes:
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    row = b"\0" + bytes(width * {0: 1, 2: 3, 6: 4}[kind])
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def pillow(mode: str, size: tuple[int, int], form: str, frames: int = 1, **options: Any) -> bytes:
    from PIL import Image

    pictures = [Image.new(mode, size, (n * 7 % 250, 0, 0) if mode == "RGB" else None) for n in range(frames)]
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pictures[1:], "duration": 40} if frames > 1 else {}
    pictures[0].save(out, form, **more, **options)
    return out.getvalue()


def hostile(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Sixty files that lie, or take more than they look like."""
    mp4 = clip(folder, "a.mp4")
    for box, field, value in [
        (b"stts", 12, 50_000_000), (b"stsz", 12, 50_000_000), (b"stsc", 8, 0xFFFFFFFF), (b"stco", 8, 0xFFFFFFFF),
        (b"ctts", 8, 0xFFFFFFFF), (b"stss", 8, 0xFFFFFFFF), (b"elst", 8, 0xFFFFFFFF), (b"mdhd", 16, 1), (b"mdhd", 20, 0xFFFFFFFF),
        (b"mvhd", 16, 0), (b"tkhd", 80, 0xFFFF0000), (b"stsd", 8, 0xFFFFFFFF), (b"moov", -4, 0xFFFFFFFF), (b"trak", -4, 0),
        (b"stts", 16, 0xFFFFFFFF), (b"stsz", 8, 0x7FFFFFFF),
    ]:  # fmt: skip
        at = mp4.find(box)
        if at >= 0:
            changed = bytearray(mp4)
            changed[at + field : at + field + 4] = struct.pack(">I", value)
            yield f"{box.decode()}{field}.mp4", bytes(changed)
    table = bytearray(mp4)
    at, size = table.find(b"stts"), table.find(b"stsz")
    table[at + 12 : at + 16] = struct.pack(">I", 50_000_000)
    table[size + 8 : size + 16] = struct.pack(">II", 100, 50_000_000)
    yield "table.mp4", bytes(table)
    yield "wide.png", png(67_108_864, 1, 0)
    yield "tall.png", png(1, 20_000, 0)
    for side in (6000, 8000, 9000):
        yield f"{side}.png", png(side, side)
        yield f"{side}a.png", png(side, side, 6)
        yield f"{side}.jpg", pillow("RGB", (side, side), "JPEG", quality=1)
        yield f"{side}.webp", pillow("RGB", (side, side), "WEBP", quality=1)
        yield f"{side}.gif", pillow("P", (side, side), "GIF")
    yield "many.gif", pillow("RGB", (2000, 2000), "GIF", 60)
    yield "many.webp", pillow("RGB", (2000, 2000), "WEBP", 60)
    yield "many.png", pillow("RGB", (1500, 1500), "PNG", 60)
    yield "small many.webp", pillow("RGB", (700, 700), "WEBP", 200)
    for side in (8000, 9000, 16_000):
        (folder / "big.jpg").write_bytes(pillow("RGB", (side, side), "JPEG", quality=1))
        ffmpeg("-i", folder / "big.jpg", "-c", "copy", folder / "big.mkv")
        yield f"mjpeg{side}.mkv", (folder / "big.mkv").read_bytes()
    yield (
        "8k.mp4",
        made(
            folder, "8k.mp4", "color=black:s=7680x4320:r=2:d=1", "-pix_fmt", "yuv420p", "-preset", "ultrafast"
        ),
    )
    yield (
        "hours.mp4",
        made(
            folder,
            "h.mp4",
            "color=black:s=64x64:r=1:d=90000",
            "-pix_fmt",
            "yuv420p",
            "-preset",
            "ultrafast",
            "-g",
            "900",
        ),
    )
    yield (
        "late.mp4",
        made(
            folder, "l.mp4", "testsrc2=s=64x64:r=10:d=1", "-pix_fmt", "yuv420p", "-output_ts_offset", "90000"
        ),
    )
    yield (
        "fast.mkv",
        made(folder, "f.mkv", "testsrc2=s=64x64:r=1000:d=2", "-pix_fmt", "yuv420p", "-preset", "ultrafast"),
    )
    yield (
        "odd.mp4",
        made(folder, "o.mp4", "testsrc2=s=66x34:r=7:d=1", "-pix_fmt", "yuv444p", "-bf", "0", "-g", "1"),
    )
    yield "tiny.mkv", made(folder, "t.mkv", "testsrc2=s=16x16:r=25:d=1", "-pix_fmt", "yuv420p")
    yield "two pictures.mp4", mp4[: len(mp4) // 3] + mp4[len(mp4) // 3 + 100 :]
    yield "slow.mp4", made(folder, "s.mp4", "testsrc2=s=64x64:r=1/100:d=1000", "-pix_fmt", "yuv420p")
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((2, 2, 48000, 0, "NONE", ""))
        sound.writeframes(bytes(40_000))
    wav = bytearray(out.getvalue())
    for field, value in [(24, 1), (24, 0xFFFFFFFF), (22, 0xFFFF), (34, 0xFFFF), (40, 0xFFFFFFFF), (4, 0)]:
        changed = wav.copy()
        changed[field : field + (2 if value == 0xFFFF else 4)] = value.to_bytes(
            2 if value == 0xFFFF else 4, "little"
        )
        yield f"wave{field}-{value % 7}.wav", bytes(changed)
    for name, start in (
        ("x.mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f"),
        ("x.webm", b"\x1a\x45\xdf\xa3"),
        ("x.avi", b"RIFF\xff\xff\xff\xffAVI "),
    ):
        yield name, start + os.urandom(2000)
        yield f"0{name}", start + bytes(2000)


def made(folder: Path, name: str, source: str, *options: str) -> bytes:
    ffmpeg("-f", "lavfi", "-i", source, *options, folder / name)
    return (folder / name).read_bytes()


class Watch:
    """The most memory that the engine and all its children took together, beyond what they had; and how long they
    worked, which tells more than the clock where others have the cores."""

    def __init__(self, pid: int) -> None:
        self._engine, self._going = psutil.Process(pid), True
        self.begin()
        threading.Thread(target=self._look, daemon=True).start()

    def begin(self) -> None:
        self.rest = self.most = self._size()
        self._had_worked = self._worked()

    def _look(self) -> None:
        while self._going:
            self.most = max(self.most, self._size())
            time.sleep(0.02)

    def _size(self) -> int:
        size = 0
        with contextlib.suppress(psutil.Error):
            for process in [self._engine, *self._engine.children(recursive=True)]:
                with contextlib.suppress(psutil.Error):
                    size += process.memory_info().rss
        return size

    def _worked(self) -> float:
        """Seconds of all of them, those that have ended included: the engine waits for each."""
        seconds = 0.0
        for process in [self._engine, *self._engine.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                seconds += sum(process.cpu_times()[:4])
        return seconds

    def worked(self) -> float:
        """Seconds of work since `begin`."""
        return self._worked() - self._had_worked

    def end(self) -> int:
        """Bytes beyond rest since `begin`."""
        return self.most - self.rest

    def stop(self) -> None:
        self._going = False


def media(flips: int) -> None:
    with tempfile.TemporaryDirectory() as base:
        folder, home = Path(base), Path(base) / "home"
        caller = Caller(home)
        warm = caller.session()
        caller.upload(warm, "warm.mp4", clip(folder, "warm.mp4"))
        caller.finished(caller.submit(warm))
        watch = Watch(caller.endpoint.pid)
        seen = [taken(caller, watch, name, content) for name, content in hostile(folder)]
        summed("hostile files", seen)
        kinds = {
            "mp4": clip(folder, "f.mp4"), "mkv": clip(folder, "f.mkv"), "webm": clip(folder, "f.webm", 1, "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"),
            "mp3": clip(folder, "f.mp3", 3, "-map", "1", "-c:a", "libmp3lame"), "png": noise("PNG"), "jpg": noise("JPEG"), "webp": noise("WEBP"),
        }  # fmt: skip
        flipped = []
        until = time.monotonic() + 60 * MINUTES
        for number in range(flips):
            if time.monotonic() > until:
                break
            kind = list(kinds)[number % len(kinds)]
            content = bytearray(kinds[kind])
            for _ in range(CHANCE.choice([1, 1, 3, 10])):
                # Heads are where it hurts.
                reach = len(content) if CHANCE.random() < 0.5 else min(len(content), 2000)
                content[CHANCE.randrange(reach)] ^= 1 << CHANCE.randrange(8)
            flipped.append(taken(caller, watch, f"{number}.{kind}", bytes(content)))
        summed(f"flips of {', '.join(kinds)}", flipped)
        watch.stop()
        work = home / "engine"
        left = [
            *(work / "blobs").glob("*.part"),
            *(work / "work").iterdir(),
            *(work / "results").glob("*.part"),
        ]
        names = {path.stem for path in (work / "blobs").glob("??/*")}
        told(
            "left over", f"{len(left)} files on the way, {len(names)} stored for the projects that took them"
        )
        retire(home)


def noise(form: str) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", (64, 48), CHANCE.randbytes(64 * 48 * 3)).save(out, form)
    return out.getvalue()


Seen = tuple[str, str, float, float, float]


def taken(caller: Caller, watch: Watch, name: str, content: bytes) -> Seen:
    """What became of a file (refused, exported, or what went wrong), seconds, MB beyond rest, seconds of work."""
    sid = caller.session()
    time.sleep(0.02)
    watch.begin()
    began = time.monotonic()
    try:
        (file,) = caller.upload(sid, name, content)["files"]
        if file["file_type"] != "video":
            source = {"asset": file["hash"], "file": name}
            place = {"op": "slideshow", "images": [source], "each_ms": 500}
            music = {
                "op": "add_music",
                **source,
                "file_ms": round(file["duration"] * 1000) or 1,
                "duration_ms": 500,
            }
            operations = [place if file["file_type"] == "image" else music]
            with contextlib.suppress(Refused):
                caller.data("POST", f"/nb/v1/sessions/{sid}/apply", json={"operations": operations})
        else:
            caller.say(sid, "trim it to the first 1 second")
        looked = time.monotonic() - began
        if not caller.draft(sid)["t"]:
            return name, "taken", looked, watch.end() / MB, watch.worked()
        state = caller.finished(caller.submit(sid), within_s=60)
        end = "exported" if state["status"] == "completed" else f"refused {state.get('errorCode')}"
        if state.get("errorCode") in (5000, 5001):
            end = f"wrong: {state}"
    except Refused as refused:
        end = f"refused {refused.code}" if refused.code not in (0, 5000, 5001) else f"wrong: {refused}"
    except (httpx.HTTPError, TimeoutError) as error:
        end = f"wrong: {type(error).__name__}"
    return name, end, time.monotonic() - began, watch.end() / MB, watch.worked()


def summed(what: str, seen: list[Seen]) -> None:
    if not seen:
        return
    ends = Counter(end.split(":")[0].split()[0] for _, end, *_ in seen)
    busiest = max(seen, key=lambda item: item[4])
    slowest, largest = max(seen, key=lambda item: item[2]), max(seen, key=lambda item: item[3])
    over = sum(item[3] > 300 for item in seen), sum(item[2] > 5 for item in seen)
    for name, end, seconds, size, worked in seen:
        if end.startswith("wrong") or seconds > 5 or size > 300:
            print(
                f"{name}: {end}, {seconds:.1f} s, {worked:.1f} s of work, {size:.0f} MB",
                file=sys.stderr,
                flush=True,
            )
    told(
        f"{len(seen)} {what}",
        f"{', '.join(f'{count} {end}' for end, count in ends.items())}; at most {slowest[2]:.1f} s ({slowest[0]}), "
        f"{busiest[4]:.1f} s of work ({busiest[0]}) and "
        f"{largest[3]:.0f} MB beyond rest ({largest[0]}); {over[0]} over 300 MB, {over[1]} over 5 s",
    )


# ---- crowd ----------------------------------------------------------------------------------------

IDLE = """
import time, sys
worst = 0.0
print(flush=True)
while True:
    began = time.monotonic()
    time.sleep(0.003)
    sum(range(20_000))
    worst = max(worst, time.monotonic() - began - 0.003)
    print(worst, flush=True)
"""


@contextlib.contextmanager
def bystander() -> Iterator[Callable[[], float]]:
    """A process that sleeps and works a little by turns. Called, it gives by how many seconds it was late at most:
    as late may any process be on this machine just now."""
    with (
        tempfile.TemporaryFile("w+") as told,
        subprocess.Popen([sys.executable, "-c", IDLE], stdout=told) as process,
    ):

        def late() -> float:
            process.kill()
            process.wait()
            told.seek(0)
            return float(told.read().rpartition("\n")[0].rpartition("\n")[2] or 0)

        try:
            yield late
        finally:
            process.kill()


def crowd() -> None:
    with tempfile.TemporaryDirectory() as base:
        home, folder = Path(base) / "home", Path(base)
        caller, other = Caller(home), Caller(home)
        mine, others = caller.session(), other.session()
        for who, sid in ((caller, mine), (other, others)):
            who.upload(sid, "a.mp4", clip(folder, "a.mp4"))
            who.say(sid, "mute it")

        def answers(until: Callable[[], bool]) -> list[float]:
            times = []
            while not until() or len(times) < 20:
                began = time.monotonic()
                other.data("GET", f"/api/state/nemo_agent/me/{others}/latest")
                times.append(time.monotonic() - began)
            return sorted(times)

        alone = answers(lambda: True)
        for worst in ('"1"' * 30_000, "a " * 40_000, "1 second " * 8_000, "“" * 60_000):
            with ThreadPoolExecutor(1) as thread, bystander() as late:
                going = thread.submit(lambda: contextlib.suppress(Refused) and said(caller, mine, worst))  # noqa: B023
                began = time.monotonic()
                beside = answers(going.done)
                took = time.monotonic() - began
                lateness = late()
            told(
                f"beside {worst[:9]!r} times {len(worst):,} characters, which takes {took:.1f} s",
                f"another's answer {beside[len(beside) // 2] * 1000:.0f} ms, alone {alone[len(alone) // 2] * 1000:.0f} ms "
                f"(medians); the slowest {beside[-1] * 1000:.0f} and {alone[-1] * 1000:.0f} ms; "
                f"meanwhile a process with nothing to do with it was late by up to {lateness * 1000:.0f} ms",
            )
        sids = [caller.session() for _ in range(20)]
        for sid in sids:
            caller.upload(sid, "a.mp4", clip(folder, "a.mp4"))
        began = time.monotonic()
        with ThreadPoolExecutor(200) as threads:
            list(threads.map(lambda n: caller.say(sids[n % 20], f"trim it to {n % 3 + 1} s"), range(200)))
        told("200 sentences at once", f"all answered within {time.monotonic() - began:.1f} s")
        for number in range(2000):
            operation = {"op": "background", "color": f"#{number:06x}"}
            caller.data("POST", f"/nb/v1/sessions/{mine}/apply", json={"operations": [operation]})
        began = time.monotonic()
        steps = caller.data("POST", f"/nb/v1/sessions/{mine}/undo", json={"steps": 500})["steps"]
        told("undo(500) after 2,000 edits", f"{steps} steps in {time.monotonic() - began:.2f} s")
        began = time.monotonic()
        caller.say(mine, "mute it")
        told("a message after 2,000 edits", f"{time.monotonic() - began:.2f} s")
        retire(home)


def said(caller: Caller, sid: str, text: str) -> None:
    with contextlib.suppress(Refused):
        caller.say(sid, text)


# ---- soak -----------------------------------------------------------------------------------------


def soak(minutes: float) -> None:
    with tempfile.TemporaryDirectory() as base:
        home, folder = Path(base) / "home", Path(base)
        caller = Caller(home)
        engine, sizes, count = psutil.Process(caller.endpoint.pid), [], 0
        until = time.monotonic() + minutes * 60
        while time.monotonic() < until:
            sid = caller.session()
            caller.upload(sid, "a.mp4", clip(folder, "a.mp4"))
            for text in (
                "trim it to the first 2 seconds",
                "add the title “Hello”",
                "make it grayscale",
                "undo",
                "what is on it?",
            ):
                caller.say(sid, text)
            caller.ask("GET", f"/nb/v1/sessions/{sid}/preview", params={"at_ms": 500})
            caller.ask(
                "GET",
                f"/nb/v1/sessions/{sid}/waveform",
                params={"asset": f"sha256:{hashlib.sha256(clip(folder, 'a.mp4')).hexdigest()}"},
            )
            caller.film(caller.finished(caller.submit(sid))["id"])
            task = next(
                item["task_id"]
                for item in caller.data("GET", "/nb/v1/projects")["projects"]
                if item["session_id"] == sid
            )
            caller.data("DELETE", f"/nb/v1/projects/{task}")
            count += 1
            sizes.append(engine.memory_info().rss / MB)
            time.sleep(0.2)
        warm = max(3, len(sizes) // 5)
        first, last = sum(sizes[warm : 2 * warm]) / warm, sum(sizes[-warm:]) / warm
        told(
            f"{minutes:g} minutes, {count} projects made, edited, exported and deleted",
            f"the engine {first:.0f} MB after warming, {last:.0f} MB at the end ({100 * (last / first - 1):+.1f} %)",
        )
        retire(home)


PARTS: dict[str, tuple[Callable[..., None], float]] = {
    "rounds": (rounds, 200), "media": (media, 1500), "crowd": (crowd, 0), "soak": (soak, 20),
}  # fmt: skip


def main() -> None:
    part, *count = sys.argv[1:] or ["rounds"]
    work, usual = PARTS[part]
    amount = float(count[0]) if count else usual
    print(f"| {part} | seen |\n|---|---|")
    work() if part == "crowd" else work(amount if part == "soak" else int(amount))


if __name__ == "__main__":
    main()
