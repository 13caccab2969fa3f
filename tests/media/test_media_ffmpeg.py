"""ffmpeg under guard: progress, cancelling, errors by name, and nobody left behind."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nemo_nb.errors import ExportFailed, NoSpaceLeft
from nemo_nb.media import ffmpeg, leash, limits

ENDLESS = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=30", "-f", "matroska"]
SHORT = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=2", "-f", "matroska"]
linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks into /proc")


def children(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if f"PPid:\t{pid}\n" in status.read_text():
                found.append(int(status.parent.name))
        except OSError:
            continue
    return found


def leashes() -> list[int]:
    """Those of our children that hold an ffmpeg; a server or a browser may be among the others."""
    return [pid for pid in children(os.getpid()) if b"leash.py" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def gone(pid: int) -> bool:
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


def within(seconds: float, check) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.02)
    return False


async def endless(target: Path) -> asyncio.Task[None]:
    """An encode that would never end, well under way."""
    under_way = asyncio.Event()
    job = ffmpeg.run(ENDLESS, target, on_progress=lambda _: under_way.set(), duration_ms=10**6)
    task = asyncio.create_task(job)
    await asyncio.wait_for(under_way.wait(), 10)
    return task


def test_progress_is_the_share_done(tmp_path):
    heard: list[float] = []
    asyncio.run(ffmpeg.run(SHORT, tmp_path / "a.mkv", on_progress=heard.append, duration_ms=2000))
    assert (tmp_path / "a.mkv").stat().st_size > 1000
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(1, abs=0.05)


def test_cancelling_ends_ffmpeg_and_removes_the_partial_file(tmp_path):
    async def cancel():
        task = await endless(tmp_path / "a.mkv")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 1)

    asyncio.run(cancel())
    assert not list(tmp_path.iterdir())


@linux
def test_cancelling_ends_ffmpeg_even_where_the_leash_gets_no_time(tmp_path):
    async def cancel():
        task = await endless(tmp_path / "a.mkv")
        (wrapper,) = leashes()
        (child,) = children(wrapper)
        os.kill(wrapper, signal.SIGSTOP)  # as on a machine that is too busy to run it
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)
        assert within(5, lambda: gone(child))

    asyncio.run(cancel())
    assert not list(tmp_path.iterdir())


@linux
def test_cancelling_ends_an_ffmpeg_that_is_just_being_started(tmp_path):
    async def cancel(turns: int) -> list[int]:
        task = asyncio.create_task(ffmpeg.run(ENDLESS, tmp_path / "a.mkv"))
        for _ in range(turns):
            await asyncio.sleep(0)
        # Nobody looks while the leash starts ffmpeg, as in a process that is busy with something else.
        within(5, lambda: all(map(children, leashes())))
        started = [child for wrapper in leashes() for child in children(wrapper)]
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)
        return started

    started = [child for turns in range(10) for child in asyncio.run(cancel(turns))]
    assert started
    assert within(2, lambda: all(map(gone, started)))
    assert not list(tmp_path.iterdir())


@linux
def test_a_killed_ffmpeg_is_named_as_such(tmp_path):
    async def kill():
        task = await endless(tmp_path / "a.mkv")
        for wrapper in leashes():
            for child in children(wrapper):
                os.kill(child, signal.SIGKILL)
        with pytest.raises(ExportFailed, match="killed"):
            await asyncio.wait_for(task, 5)

    asyncio.run(kill())
    assert not list(tmp_path.iterdir())


@linux
def test_a_killed_leash_lets_nobody_run_on(tmp_path):
    async def kill():
        task = await endless(tmp_path / "a.mkv")
        (wrapper,) = leashes()
        (child,) = children(wrapper)
        os.kill(wrapper, signal.SIGKILL)
        with pytest.raises(ExportFailed, match="killed"):
            await asyncio.wait_for(task, 5)
        assert within(2, lambda: gone(child))

    asyncio.run(kill())
    assert not list(tmp_path.iterdir())


def test_an_ffmpeg_that_stands_still_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "STALLED_S", 1)
    without_a_frame = ["-f", "lavfi", "-i", "testsrc2=s=64x64,select=0", "-f", "matroska"]
    with pytest.raises(ExportFailed, match="stood still"):
        asyncio.run(ffmpeg.run(without_a_frame, tmp_path / "a.mkv"))
    assert not leashes()
    assert not list(tmp_path.iterdir())


@linux
def test_memory_has_a_limit_and_is_named(tmp_path, monkeypatch):
    assert limits.memory_bytes() > 0
    monkeypatch.setattr(limits, "memory_bytes", lambda: 150_000_000)
    large = ["-f", "lavfi", "-i", "testsrc2=s=7680x4320:d=1", "-c:v", "libx264", "-f", "matroska"]
    with pytest.raises(ExportFailed, match="memory"):
        asyncio.run(ffmpeg.run(large, tmp_path / "a.mkv"))


@linux
def test_the_last_of_a_disk_is_left_to_others(tmp_path, monkeypatch):
    noise = ["-f", "lavfi", "-i", "testsrc2=s=640x360:d=5", "-c:v", "mjpeg", "-q:v", "2", "-f", "matroska"]
    free = shutil.disk_usage(tmp_path).free
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(free, 0, 50_500_000))
    with pytest.raises(NoSpaceLeft, match="full"):
        asyncio.run(ffmpeg.run(noise, tmp_path / "a.mkv"))
    monkeypatch.setattr(limits, "SPARE_BYTES", 50_500_000)
    with pytest.raises(NoSpaceLeft, match="too little"):
        asyncio.run(ffmpeg.run(noise, tmp_path / "a.mkv"))
    assert not list(tmp_path.iterdir())


@linux
def test_ffmpeg_ends_with_a_parent_that_was_killed(tmp_path):
    program = (
        "import asyncio, sys; from pathlib import Path; from nemo_nb.media import ffmpeg;"
        f"asyncio.run(ffmpeg.run({ENDLESS!r}, Path(sys.argv[1]),"
        " on_progress=lambda share: print(share, flush=True), duration_ms=10**6))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "a.mkv")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        parent.stdout.readline()
        (wrapper,) = children(parent.pid)
        (child,) = children(wrapper)
        parent.kill()
    assert within(2, lambda: gone(child) and gone(wrapper))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_named_as_such(tmp_path):
    (tmp_path / "a.mkv").symlink_to("/dev/full")
    with pytest.raises(NoSpaceLeft):
        asyncio.run(ffmpeg.run(SHORT, tmp_path / "a.mkv"))


def test_an_error_says_what_ffmpeg_said_without_paths_of_the_machine(tmp_path):
    with pytest.raises(ExportFailed) as failed:
        asyncio.run(ffmpeg.run([*ffmpeg.guarded(tmp_path / "none.mp4"), "-f", "mp4"], tmp_path / "a.mp4"))
    assert "No such file" in str(failed.value)
    assert str(tmp_path) not in str(failed.value)


@pytest.mark.parametrize(
    "script",
    ["#EXTM3U\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n", "ffconcat version 1.0\nfile {secret}\n"],
)
def test_a_playlist_named_mp4_opens_nothing(tmp_path, script):
    secret = tmp_path / "secret.mkv"
    asyncio.run(ffmpeg.run(SHORT, secret))
    (tmp_path / "list.mp4").write_text(script.format(secret=secret))
    with pytest.raises(ExportFailed):
        asyncio.run(
            ffmpeg.run([*ffmpeg.guarded(tmp_path / "list.mp4"), "-f", "matroska"], tmp_path / "a.mkv")
        )
    assert not (tmp_path / "a.mkv").exists()


def test_the_leash_passes_the_exit_code_on():
    command = [
        sys.executable,
        "-I",
        "-S",
        leash.__file__,
        *["0"] * 4,
        sys.executable,
        "-c",
        "raise SystemExit(7)",
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.wait(5) == 7
