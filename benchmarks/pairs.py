"""Two ways to the same, measured in turns: a machine whose speed drifts slows both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def compare(name: str, ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> None:
    """Print each pair of times, and the medians of their ratios and differences. One pair more warms the disk."""
    pairs: list[tuple[float, float]] = []
    for run in range(runs + 1):
        pair = timed(ours), timed(theirs)
        if run:
            pairs.append(pair)
            print(f"{name}: {pair[0]:7.2f} s and {pair[1]:7.2f} s, ratio {pair[0] / pair[1]:.3f}", flush=True)
    ratio = statistics.median(one / other for one, other in pairs)
    extra = statistics.median(one - other for one, other in pairs)
    print(
        f"{name}: median ratio {ratio:.3f} (inverse {1 / ratio:.1f}), difference {extra:+.2f} s", flush=True
    )


def compare_with_long(name: str, ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> None:
    """As `compare`, for `theirs` that takes minutes: once, between the runs of `ours`."""
    ours()
    before = [timed(ours) for _ in range(runs // 2)]
    long = timed(theirs)
    times = [*before, *(timed(ours) for _ in range(runs - len(before)))]
    print(f"{name}: {' '.join(f'{time:.2f}' for time in times)} s and {long:.2f} s")
    print(f"{name}: {long / statistics.median(times):.1f} times faster, by the median", flush=True)
