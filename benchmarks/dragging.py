"""Dragging a clip among 1,000 in a real JupyterLab and Chromium, zooming, scrolling, against the same among three.

    python benchmarks/dragging.py [--runs 5]

What the page's main thread works from one move of the mouse until the next frame is drawn: its own time, which other
work on the machine does not count in. The first move, with which the page's code is compiled, is left out.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lab import notebook, run_all

from nemo_nb.engine.launch import retire

CELL = """
import nemo_nb as nemo
project = nemo.connect("embedded")
project.upload(nemo.make_samples(seconds=4)[0])
project.apply([{"op": "loop", "times": times} for times in TIMES])
nemo.TimelineTable(project)
"""
CLIPS = {1000: (50, 20), 3: (3,)}
STEPS = 40
SEGMENT = "[data-nemo=timeline-segment]"
DRAWN = "new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))"


def measured(folder: Path, clips: int, runs: int) -> dict[str, list[float]]:
    """Milliseconds of each step of all runs, of each gesture."""
    with notebook(folder, CELL.replace("TIMES", repr(CLIPS[clips]))) as page:
        run_all(page, until=f"{SEGMENT} >> nth={clips - 1}")
        for _ in range(6 if clips > 3 else 0):
            page.get_by_role("button", name="Zoom in").click()
        page.wait_for_selector(f"{SEGMENT} canvas")
        clock = MainThread(page)
        gestures = {"drag": dragged, "zoom": zoomed, "scroll": scrolled}
        return {
            name: [ms for _ in range(runs) for ms in list(steps(page, clock))[1:]]
            for name, steps in gestures.items()
        }


def dragged(page: Any, clock: MainThread) -> Iterator[float]:
    box = page.locator(f"{SEGMENT} >> nth=1").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 10
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 5, y)
    clock.until_drawn()
    for step in range(STEPS):
        page.mouse.move(x + 5 + 3 * step, y)
        yield clock.until_drawn()
    page.keyboard.press("Escape")
    page.mouse.up()


def zoomed(page: Any, clock: MainThread) -> Iterator[float]:
    """Closer and back by a tenth of a step."""
    page.locator(f"{SEGMENT} >> nth=1").hover()
    page.keyboard.down("Control")
    clock.until_drawn()
    for step in range(STEPS):
        page.mouse.wheel(0, 24 if step % 2 else -24)
        yield clock.until_drawn()
    page.keyboard.up("Control")


def scrolled(page: Any, clock: MainThread) -> Iterator[float]:
    """Along the lanes, twice as near, where three clips are wider than the page too."""
    page.get_by_role("button", name="Zoom in").click()
    page.locator(f"{SEGMENT} >> nth=0").hover()
    clock.until_drawn()
    for _ in range(STEPS):
        page.mouse.wheel(10, 0)
        yield clock.until_drawn()
    page.get_by_role("button", name="Zoom out").click()


class MainThread:
    """How long the page's main thread works."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._before = self._ms()

    def until_drawn(self) -> float:
        """Milliseconds since it was asked before, when the next frame is on the screen."""
        self._page.evaluate(DRAWN)
        before, self._before = self._before, self._ms()
        return self._before - before

    def _ms(self) -> float:
        metrics = self._devtools.send("Performance.getMetrics")["metrics"]
        return 1000 * next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    seen = {}
    for clips in CLIPS:
        with tempfile.TemporaryDirectory() as name:
            os.environ["NEMO_NB_HOME"] = str(Path(name) / "home")
            try:
                seen[clips] = measured(Path(name), clips, options.runs)
            finally:
                retire(Path(name) / "home")
        for gesture, steps in seen[clips].items():
            median = statistics.median(steps)
            print(
                f"{clips:5} clips, {gesture}: median {median:.1f} ms a step, longest {max(steps):.1f} ms",
                flush=True,
            )
    for gesture in seen[3]:
        ratio = statistics.median(seen[1000][gesture]) / statistics.median(seen[3][gesture])
        print(f"ratio of {gesture} {ratio:.2f}")


if __name__ == "__main__":
    main()
