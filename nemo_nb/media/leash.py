"""Runs a command within limits, and ends it as soon as standard input closes.

    python -I -S leash.py MEMORY FILE_SIZE SECONDS NICE COMMAND…    # in bytes and seconds of work; 0 sets no limit

ffmpeg would go on for minutes after its parent was killed with -9. The parent holds the other end of
our standard input; however it ends, the system closes that end and we end the command. Run as a
script with `-I -S`, so it starts in some 15 ms: only modules that need no import time are used.
"""

from __future__ import annotations

import _thread
import os
import sys

SIGKILL = 9


def main(arguments: list[str]) -> int:
    memory, file_size, seconds, nice, *command = arguments
    if os.name == "nt":
        return _run_on_windows(command)
    _limit(int(memory), int(file_size), int(seconds))
    os.nice(int(nice))
    # The command must not share our standard input: it would keep the pipe open or read from it.
    silence = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
    child = os.posix_spawn(command[0], command, os.environ, file_actions=silence)
    _thread.start_new_thread(_when_let_go, (lambda: os.kill(child, SIGKILL),))
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        # End the same way, so that our parent sees what ended the command.
        os.kill(os.getpid(), os.WTERMSIG(status))
        return 128 + os.WTERMSIG(status)
    return os.WEXITSTATUS(status)


def _limit(memory: int, file_size: int, seconds: int) -> None:
    """What the command inherits. A file that grows too large is an error to it: Python has SIGXFSZ ignored."""
    import resource

    for kind, wanted in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_CPU, seconds),
    ):
        _, most = resource.getrlimit(kind)
        if wanted and (most == resource.RLIM_INFINITY or wanted < most):
            # Out of time it is killed. The signal before that would have ffmpeg end as if all were well, now and then.
            resource.setrlimit(kind, (wanted, wanted if kind == resource.RLIMIT_CPU else most))


def _run_on_windows(command: list[str]) -> int:
    import subprocess  # noqa: TID251

    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    _thread.start_new_thread(_when_let_go, (child.kill,))
    return child.wait()


def _when_let_go(kill: object) -> None:
    while os.read(0, 64):
        pass
    kill()  # type: ignore[operator]  # a Callable, whose import from typing would cost 5 ms


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
