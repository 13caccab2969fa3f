"""ffmpeg as a guarded child process: it opens only what we name, and never outlives us."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import signal
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import cast

from ..errors import ExportFailed, NoSpaceLeft
from . import limits
from .formats import DEMUXERS
from .limits import number_of

# x264's output depends on its number of threads, so that number is fixed and not the machine's. Whoever changes it
# gets another file of the same edit: on a machine with many cores a faster one.
THREADS = number_of("NEMO_NB_THREADS", 4, most=64)
MAX_PIXELS = 8192 * 8192

_LEASH = Path(__file__).with_name("leash.py")
_GLOBAL = (
    "-nostdin", "-hide_banner", "-y", "-v", "error", "-nostats",
    "-progress", "pipe:1", "-stats_period", "0.1", "-filter_complex_threads", str(THREADS),
)  # fmt: skip
_ENDING_S = 1.0
_CALM = 10  # steps of `nice`
_KEPT_LINES = 40
_LONGEST_ARGUMENT = 16_000  # Linux takes 128 kB in one, Windows 32 kB in all
_MOVING = ("frame", "out_time_us", "total_size")  # of what ffmpeg reports
_FULL = {
    errno.ENOSPC: "No space left on device",
    errno.EDQUOT: "Disk quota exceeded",
    errno.EFBIG: "File too large",  # the limit that we set, or the file system's own
}
_LESS = "Try again with a smaller resolution, or with fewer pictures over each other."
_NO_MEMORY = ("Cannot allocate memory", "malloc of size")


@cache
def binary() -> str:
    """The path of the ffmpeg program. ExportFailed when the machine has none."""
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:
        raise ExportFailed(
            "There is no ffmpeg program for this machine.",
            next_step="Install ffmpeg and set IMAGEIO_FFMPEG_EXE to its path.",
        ) from None


def guarded(path: Path, *options: str) -> list[str]:
    """The arguments that open `path` as an input, `options` before it.

    >>> guarded(Path("a.mp4"), "-ss", "1.5")[-4:]
    ['-ss', '1.5', '-i', 'file:a.mp4']
    """
    return [
        "-protocol_whitelist", "file", "-format_whitelist", ",".join(DEMUXERS),
        "-max_pixels", str(MAX_PIXELS), *options, "-i", f"file:{path}",
    ]  # fmt: skip


async def run(
    args: Sequence[str],
    output: Path,
    *,
    on_progress: Callable[[float], None] | None = None,
    duration_ms: int | None = None,
    memory: int | None = None,
    seconds: int = 0,
    calm: bool = False,
) -> list[str]:
    """Run ffmpeg with `args` and write `output`, which is overwritten, and removed on any failure.

    Returns the last lines that ffmpeg said.

    `args` are all the inputs (made by `guarded`) and options, without the output's name. With
    `duration_ms`, the length of what is written, `on_progress` hears the share done, 0 to 1, ten
    times a second. Cancelling the task ends ffmpeg at once. It may take as much memory and disk as `limits` says, or
    fewer bytes of `memory`, and, where the system can tell, work for so many `seconds`. A `calm` one
    lets all others go first.

    NoSpaceLeft when the disk is full; ExportFailed when it was killed, ran out of memory or stood still for
    ten minutes, and with ffmpeg's own last words otherwise.

        await run([*guarded(Path("a.mp4")), "-c", "copy"], Path("a.mkv"))
    """
    bounds = (memory or limits.memory_bytes(), limits.room_for(output), seconds, _CALM if calm else 0)
    allowed = [str(bound) for bound in bounds]
    leash = [sys.executable, "-I", "-S", str(_LEASH), *allowed]
    graph = output.with_name(f"{output.name}.graph")
    try:
        async with (
            asyncio.timeout(limits.STALLED_S) as patience,
            _process([*leash, binary(), *_GLOBAL, *_short(args, graph), f"file:{output}"]) as process,
        ):
            errors, report = (cast(asyncio.StreamReader, pipe) for pipe in (process.stderr, process.stdout))
            told = _follow(report, process, patience, on_progress, duration_ms)
            said, _ = await asyncio.gather(_last_lines(errors), told)
            code = await process.wait()
        if code:
            raise _failure(code, said)
    except TimeoutError:
        _remove(output)
        raise ExportFailed(
            f"ffmpeg stood still for {limits.STALLED_S // 60} minutes and was ended."
        ) from None
    except BaseException:
        _remove(output)
        raise
    finally:
        _remove(graph)
    return said


def _short(args: Sequence[str], file: Path) -> list[str]:
    """The arguments, with a filter graph too long to be one written to `file`, where ffmpeg reads it."""
    short = list(args)
    for place, option in enumerate(args[:-1]):
        if option == "-filter_complex" and len(args[place + 1]) > _LONGEST_ARGUMENT:
            file.write_text(args[place + 1], "utf-8")
            short[place : place + 2] = "-/filter_complex", str(file)
    return short


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


@asynccontextmanager
async def _process(command: Sequence[str]) -> AsyncIterator[asyncio.subprocess.Process]:
    pipe = asyncio.subprocess.PIPE
    # A task of its own, whose end is awaited: cancelled halfway, asyncio would kill the leash alone, and then wait for
    # the pipes of the ffmpeg that the leash had started.
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(  # noqa: TID251
            *command,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            start_new_session=True,  # Ctrl-C in a terminal is for us to handle, not for ffmpeg
        )
    )
    try:
        yield await asyncio.shield(starting)
    finally:
        await asyncio.wait([starting])
        if not starting.cancelled() and not starting.exception():
            await _end(starting.result())


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.stdin is not None:
        process.stdin.close()  # lets go of the leash
    _end_what_a_killed_leash_let_go(process)
    try:
        await asyncio.wait_for(asyncio.shield(process.wait()), _ENDING_S)
    except TimeoutError:
        _kill_all(process)
        await process.wait()


def _end_what_a_killed_leash_let_go(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None and process.returncode < 0:
        _kill_all(process)


def _kill_all(process: asyncio.subprocess.Process) -> None:
    """The leash and what it holds: killed alone it would leave ffmpeg behind, and us waiting for ffmpeg's pipes."""
    with suppress(ProcessLookupError):  # it ended in this very moment
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)  # it leads a session, and so a group, of its own


async def _follow(
    stream: asyncio.StreamReader,
    process: asyncio.subprocess.Process,
    patience: asyncio.Timeout,
    on_progress: Callable[[float], None] | None,
    duration_ms: int | None,
) -> None:
    told: dict[str, str] = {}
    async for line in stream:
        _end_what_a_killed_leash_let_go(process)
        key, _, value = line.decode("ascii", "replace").strip().partition("=")
        if key in _MOVING and told.get(key) != value:
            told[key] = value
            patience.reschedule(asyncio.get_running_loop().time() + limits.STALLED_S)
        if key == "out_time_us" and value.isdigit() and on_progress and duration_ms:
            on_progress(min(1.0, int(value) / 1000 / duration_ms))


async def _last_lines(stream: asyncio.StreamReader) -> list[str]:
    kept: deque[str] = deque(maxlen=_KEPT_LINES)
    rest = b""
    # Not by readline: a line longer than the reader's limit must not be an error of ours.
    while chunk := await stream.read(4096):
        *lines, rest = (rest + chunk).splitlines(keepends=True) or [b""]
        if rest.endswith(b"\n") or len(rest) > 4096:
            lines, rest = [*lines, rest], b""
        kept.extend(line.decode("utf-8", "replace").strip() for line in lines)
    return [line for line in [*kept, rest.decode("utf-8", "replace").strip()] if line]


def _failure(code: int, said: Sequence[str]) -> Exception:
    """The error that ffmpeg's exit code and last lines amount to."""
    if any(code == 256 - number or _said(words, said) for number, words in _FULL.items()):
        return NoSpaceLeft("The disk is full.")
    if code == 256 - errno.ENOMEM or any(_said(words, said) for words in _NO_MEMORY):
        return ExportFailed("ffmpeg ran out of memory.", next_step=_LESS)
    if code < 0:
        return ExportFailed(
            f"ffmpeg was killed by the system (signal {-code}).",
            next_step=f"Memory may have run out. {_LESS}",
        )
    words = [line for line in map(_plain, said) if line and line != "Conversion failed!"]
    return ExportFailed(f"ffmpeg failed: {words[-1] if words else f'code {code}'}.")


def _said(words: str, said: Sequence[str]) -> bool:
    return any(words in line for line in said)


def _plain(line: str) -> str:
    """A line of ffmpeg's without addresses of memory and folders of this machine."""
    line = re.sub(r"\[[^\]]* @ 0x[0-9a-f]+\] ?", "", line)
    return re.sub(r"(?:file:)?(?:[A-Za-z]:)?(?:[\\/][^\\/\s:']+)+[\\/]", "", line).rstrip(".")
