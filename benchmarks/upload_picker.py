"""Files through the upload picker in a real JupyterLab and Chromium, against a bare comm loop.

    python benchmarks/upload_picker.py [--runs 5] [--megabytes 100] [--largest 500]

A: the picker, from choosing the file to its row being done: checked, in pieces to the kernel, from there into the
project and onto the timeline. B: the loop of `bare_comm.py`, from choosing the file to the last acknowledgement;
the file is not even kept. A and B take turns. Then the largest file goes through the picker of a new kernel, whose
memory is looked at every 20 ms.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from lab import notebook, run_all

import nemo_nb as nemo
from nemo_nb.engine.launch import retire

PICKER = """
import os, pathlib, nemo_nb as nemo
pathlib.Path("pid").write_text(str(os.getpid()))
nemo.UploadPicker(nemo.connect("embedded"))
"""
BARE = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
import bare_comm
bare_comm.BareUpload()
"""
OURS = "[data-nemo=upload-input]", "[data-nemo=upload-row]:last-child"
THEIRS = "#bare", "#bare"
# The clock starts with the choice and stops as soon as the page shows that it is done.
CLOCK = """([input, row]) => {
  const count = document.querySelectorAll("[data-state=done]").length;
  window.spent = new Promise((done) => {
    document.querySelector(input).addEventListener("change", () => {
      const began = performance.now();
      const watch = new MutationObserver(() => {
        if (document.querySelectorAll("[data-state=done]").length > (input === row ? 0 : count)
            && document.querySelector(row).dataset.state === "done") {
          watch.disconnect();
          done((performance.now() - began) / 1000);
        }
      });
      watch.observe(document.body, { subtree: true, childList: true, attributes: true });
    }, { once: true, capture: true });
  });
}"""


def film(folder: Path, clip: Path, megabytes: int) -> Path:
    """A film of this size that the engine has not seen yet: a clip, and a box that players skip."""
    path = folder / "film.mp4"
    head = clip.read_bytes()
    left = megabytes * 1_000_000 - len(head)
    with path.open("wb") as stream:
        stream.write(head + left.to_bytes(4, "big") + b"free")
        stream.write(os.urandom(left - 8))
    return path


def timed(page: Any, way: tuple[str, str], path: Path) -> float:
    """Seconds from choosing the file to its being done."""
    page.evaluate(CLOCK, list(way))
    page.set_input_files(way[0], str(path))
    return float(page.evaluate("window.spent"))


@contextmanager
def peak(pid: int) -> Iterator[list[int]]:
    """The memory of a process at first and at its highest, in bytes."""
    process = psutil.Process(pid)
    seen = [process.memory_info().rss] * 2
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.02):
            seen[1] = max(seen[1], process.memory_info().rss)

    looking = threading.Thread(target=look)
    looking.start()
    yield seen
    over.set()
    looking.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--largest", type=int, default=500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clip, _ = nemo.make_samples(folder, seconds=2)
        try:
            with notebook(folder, PICKER, BARE) as page:
                run_all(page, until=THEIRS[0])
                ratios = []
                for run in range(options.runs + 1):
                    path = film(folder, clip, options.megabytes)
                    ours, theirs = timed(page, OURS, path), timed(page, THEIRS, path)
                    if run:  # the first pair imports and opens things
                        ratios.append(theirs / ours)
                        print(
                            f"picker {ours:6.2f} s   bare {theirs:6.2f} s   speed {theirs / ours:.2f}",
                            flush=True,
                        )
            print(f"median speed {statistics.median(ratios):.2f} of the bare loop's, {options.megabytes} MB")
            with notebook(folder, PICKER) as page:
                run_all(page, until=OURS[0])
                path = film(folder, clip, options.largest)
                with peak(int((folder / "pid").read_text())) as memory:
                    spent = timed(page, OURS, path)
            print(
                f"{options.largest} MB in {spent:.1f} s: the kernel grows by {(memory[1] - memory[0]) / 1e6:.0f} MB"
            )
        finally:
            retire(folder / "home")


if __name__ == "__main__":
    main()
