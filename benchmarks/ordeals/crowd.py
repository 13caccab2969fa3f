"""One worst message beside others, 200 sentences at once, and a long way back."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nemo_nb.engine.launch import retire

from .caller import Caller, Refused, clip, told

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
                f"another's answer {beside[len(beside) // 2] * 1000:.0f} ms, "
                f"alone {alone[len(alone) // 2] * 1000:.0f} ms "
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
