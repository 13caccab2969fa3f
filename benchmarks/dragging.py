"""Dragging a clip among 1,000 in a real JupyterLab and Chromium, against the same among three.

    python benchmarks/dragging.py [--runs 5]

What the page's main thread works from one move of the mouse until the next frame is drawn: its own time, which other
work on the machine does not count in. The first move, with which the page's code is compiled, is left out.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
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


def dragged(folder: Path, clips: int, runs: int) -> list[float]:
    """Milliseconds of each step of all runs."""
    with notebook(folder, CELL.replace("TIMES", repr(CLIPS[clips]))) as page:
        run_all(page, until=f"{SEGMENT} >> nth={clips - 1}")
        for _ in range(6 if clips > 3 else 0):
            page.get_by_role("button", name="Zoom in").click()
        page.wait_for_selector(f"{SEGMENT} canvas")
        clock = MainThread(page)
        box = page.locator(f"{SEGMENT} >> nth=1").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + 10
        steps: list[float] = []
        for _ in range(runs):
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x + 5, y)
            clock.until_drawn()
            for step in range(1, STEPS):
                page.mouse.move(x + 3 * step, y)
                steps.append(clock.until_drawn())
            page.keyboard.press("Escape")
            page.mouse.up()
        return steps


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
    medians = []
    for clips in CLIPS:
        with tempfile.TemporaryDirectory() as name:
            os.environ["NEMO_NB_HOME"] = str(Path(name) / "home")
            try:
                steps = dragged(Path(name), clips, options.runs)
            finally:
                retire(Path(name) / "home")
        medians.append(statistics.median(steps))
        print(f"{clips:5} clips: median {medians[-1]:.1f} ms a step, longest {max(steps):.1f} ms", flush=True)
    print(f"ratio {medians[0] / medians[1]:.2f}")


if __name__ == "__main__":
    main()
