"""Nobody waits for what somebody else's strange message or file takes."""

from __future__ import annotations

import asyncio
import operator
import os
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from kit import Kit

from nemo_nb.engine.helpers import Helpers, OutOfProportion
from nemo_nb.errors import UnsupportedFile
from nemo_nb.media.formats import kind_of


def pooled(*works):
    """What comes of works in a pool of helpers of their own, one after the other."""

    async def all_of_them() -> list[object]:
        helpers = Helpers("nemo_nb.errors", most=1)
        try:
            return [
                (
                    await asyncio.gather(
                        helpers.run(*work, seconds=0.5, memory=100_000_000), return_exceptions=True
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


@pytest.mark.skipif(not os.environ.get("CI"), reason="takes a while")
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
