"""The tools for tests of notebooks do what their manual says."""

from __future__ import annotations

import re
import subprocess
import sys
from textwrap import dedent

import nemo_nb.testing
from nemo_nb.client import Client, Secret, SystemClock, UserToken
from nemo_nb.testing import FakeClock, no_waiting


def test_the_manuals_example() -> None:
    """In a process of its own, as a notebook is: the runner's thread ends with it."""
    example = re.search(r"\n\n(    import .*?)\n\n\S", nemo_nb.testing.__doc__ or "", re.DOTALL)
    assert example
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", dedent(example[1])], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_the_clock_is_the_real_one_again_afterwards() -> None:
    def clock() -> object:
        return Client("https://cloud.test", credentials=UserToken(Secret("x"))).clock

    with no_waiting(FakeClock(start_ms=7)) as fake:
        assert clock() is fake
    assert isinstance(clock(), SystemClock)
