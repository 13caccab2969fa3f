"""Kills of engine, kernel and ffmpeg at random moments, full disks, damaged files: is anything lost?"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil

from nemo_nb.engine.launch import retire

from .caller import Caller, Refused, clip, told
from .ledger import Ledger, segments

CHANCE = random.Random(14)  # noqa: S311 - the same each time
MB = 1_000_000
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


class Rounds:
    """An engine with three projects, and what is done to it."""

    def __init__(self, media: Path, small: Path | None) -> None:
        self.media, self.small, self.home = media, small, media / "home"
        self.engine = self.home / "engine"
        self.short, self.long = clip(media, "short.mp4"), clip(media, "long.mp4", 20)
        self.ledger, self.caller = Ledger(), Caller(self.home)
        self.sids = [self.caller.session() for _ in range(3)]
        for sid in self.sids:
            self.caller.upload(sid, "short.mp4", self.short)
            self.ledger.drafts[sid] = self.caller.draft(sid)
            self.check_film(sid)

    def works(self) -> list[Callable[[str], None]]:
        return [
            self.engine_in_an_edit, self.engine_in_an_upload, self.engine_in_an_export, self.ffmpeg_in_an_export,
            self.kernel, self.upload_damaged, self.cache_damaged, self.result_damaged, self.database_damaged,
            self.database_damaged, self.full_disk,
        ]  # fmt: skip

    def go(self, work: Callable[[str], None]) -> None:
        """One round. AssertionError where anything is lost, or damaged and handed over; Skipped."""
        sid = CHANCE.choice(self.sids)
        try:
            self.edit(sid)
            work(sid)
            for one in self.sids:
                self.ledger.check(self.caller, one)
            self.check_film(sid)
        except Skipped:
            raise
        except Exception:
            for one in self.sids:  # go on from what is there
                self.ledger.drafts[one] = self.caller.draft(one)
            self.caller.upload(sid, "short.mp4", self.short)
            self.ledger.drafts[sid] = self.caller.draft(sid)
            raise

    def check_film(self, sid: str) -> None:
        self.ledger.check_film(sid, self.caller.film(self.caller.finished(self.caller.submit(sid))["id"]))

    def edit(self, sid: str) -> None:
        self.caller.say(sid, CHANCE.choice(EDITS))
        self.ledger.drafts[sid] = self.caller.draft(sid)

    def killed_while(self, work: Callable[[], object]) -> None:
        with ThreadPoolExecutor(1) as thread:
            going = thread.submit(work)
            time.sleep(CHANCE.random() * 0.3)
            self.caller.kill()
            with contextlib.suppress(httpx.HTTPError, Refused):
                going.result()
        self.caller.join()

    def engine_in_an_edit(self, sid: str) -> None:
        before = self.ledger.drafts[sid]
        self.killed_while(lambda: self.caller.say(sid, "add the title “Hello”"))
        after = self.caller.draft(sid)  # all of it or nothing
        had, has = segments(before), segments(after)
        assert [one for one in has if one in had] == had, "the edit took something else away"
        assert len(has) - len(had) in (0, 1), "half an edit"
        self.ledger.drafts[sid] = after

    def engine_in_an_upload(self, sid: str) -> None:
        other = self.caller.session()
        self.killed_while(lambda: self.caller.upload(other, "long.mp4", self.long))

    def engine_in_an_export(self, sid: str) -> None:
        export = self.caller.submit(sid, quality="medium")
        self.killed_while(lambda: self.caller.finished(export))
        assert self.caller.finished(export)["status"] == "completed"

    def ffmpeg_in_an_export(self, sid: str) -> None:
        self.caller.data("DELETE", "/nb/v1/cache")
        export = self.caller.submit(sid)
        until = time.monotonic() + 3
        while time.monotonic() < until:
            for child in psutil.Process(self.caller.endpoint.pid).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    if child.name().startswith("ffmpeg"):
                        child.kill()
                        until = 0
        state = self.caller.finished(export)
        assert state["status"] == "completed" or state["errorCode"] == 4101, state

    def kernel(self, sid: str) -> None:
        code = (
            "import nemo_nb as nemo, sys; p = nemo.connect(project='k'); p.upload(sys.argv[1]); p.say('mute it'); "
            "print(p.session_id, p.draft.hash, flush=True); p.export('x.mp4')"
        )
        command = [sys.executable, "-c", code, str(self.media / "short.mp4")]
        env = {**os.environ, "NEMO_NB_HOME": str(self.home)}
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        with subprocess.Popen(
            command, stdout=pipe, stderr=nothing, text=True, env=env, cwd=self.media
        ) as process:
            assert process.stdout
            session, digest = process.stdout.readline().split()
            time.sleep(CHANCE.random() * 0.3)
            process.send_signal(signal.SIGKILL)
        again = f"import nemo_nb as nemo; print(nemo.connect(session={session!r}).draft.hash)"
        found = subprocess.run(
            [sys.executable, "-c", again], capture_output=True, text=True, env=env, cwd=self.media
        )
        assert found.stdout.strip() == digest, found.stderr[-300:]

    def upload_damaged(self, sid: str) -> None:
        if blob := one_of(self.engine / "blobs", "??/*"):
            flip(blob)
        with contextlib.suppress(Refused):
            self.check_film(sid)
        self.caller.upload(sid, "short.mp4", self.short)  # heals it, and leaves the draft as it is
        if self.caller.draft(sid) != self.ledger.drafts[sid]:  # it was another project's that was hurt
            self.caller.data("POST", f"/nb/v1/sessions/{sid}/apply", json={"operations": []})
            self.ledger.drafts[sid] = self.caller.draft(sid)

    def cache_damaged(self, sid: str) -> None:
        for path in (self.engine / "cache").iterdir():
            flip(path)

    def result_damaged(self, sid: str) -> None:
        export = self.caller.submit(sid)
        self.caller.finished(export)
        if path := one_of(self.engine / "results", "*.mp4"):
            flip(path)
        with contextlib.suppress(Refused):
            self.ledger.check_film(sid, self.caller.film(export))

    def database_damaged(self, sid: str) -> None:
        self.caller.kill()
        database = self.engine / "engine.sqlite3"
        hurt = CHANCE.choice(["flip", "flip", "flip", "cut", "garbage", "empty", "gone"])
        if hurt == "flip":
            flip(database)
        elif hurt == "cut":
            os.truncate(database, CHANCE.randrange(database.stat().st_size))
        elif hurt == "gone":
            database.unlink()
        else:
            database.write_bytes(os.urandom(5000) if hurt == "garbage" else b"")
        self.caller.join()

    def full_disk(self, sid: str) -> None:
        if self.small is None:
            raise Skipped
        other = Caller(self.small, self.caller.client_id)
        try:
            there = other.session()
            other.upload(there, "short.mp4", self.short)
            before = other.draft(there)
            filler = self.small / "filler"
            with contextlib.suppress(OSError), filler.open("wb") as file:
                while True:
                    file.write(bytes(MB))
            for work in (lambda: other.upload(there, "long.mp4", self.long), lambda: other.submit(there)):
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
            retire(self.small)
            shutil.rmtree(self.small / "engine", ignore_errors=True)


def rounds(count: int) -> None:
    began, done, tries = time.monotonic(), Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as base, small_disk(Path(base) / "small") as small:
        ordeal = Rounds(Path(base), small)
        works = ordeal.works()
        for number in range(count):
            work = works[number % len(works)]
            try:
                ordeal.go(work)
                done[work.__name__] += 1
            except Skipped:
                continue
            except Exception as error:
                print(
                    f"round {number}, {work.__name__}: {type(error).__name__}: {error}",
                    file=sys.stderr,
                    flush=True,
                )
            tries[work.__name__] += 1
        retire(ordeal.home)
    for name, tried in tries.items():
        told(
            name.replace("_", " "),
            f"{done[name]} of {tried} rounds: nothing lost, nothing damaged handed over",
        )
    told("all rounds", f"{done.total()} of {tries.total()}, {time.monotonic() - began:.0f} s")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    if content:
        content[CHANCE.randrange(len(content))] ^= 1 << CHANCE.randrange(8)
        path.write_bytes(content)


def one_of(folder: Path, pattern: str) -> Path | None:
    found = sorted(path for path in folder.glob(pattern) if path.is_file())
    return CHANCE.choice(found) if found else None
