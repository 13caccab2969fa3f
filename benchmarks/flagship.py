"""The flagship export against ffmpeg by hand, as a ratio within one run.

    python benchmarks/flagship.py [--runs 5] [--seconds 120]

A: `project.export()`, from the call to the file in place: the engine is warm, the export is new each time.
B: one hand-written ffmpeg command that copies the picture, does the same to the sound, at the same AAC rate
and with the index in front. A and B take turns, so that a machine whose speed drifts slows both.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nemo_nb as nemo
from nemo_nb.media.ffmpeg import binary

SENTENCE = "add this background music to my video and fade it out at the end"


def by_hand(clip: Path, tune: Path, seconds: int, fade: float, out: Path) -> None:
    sound = "aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo"
    graph = (
        f"[0:a]{sound}[a];[1:a]{sound},atrim=end={seconds},afade=t=out:st={seconds - fade}:d={fade}[b];"
        f"[a][b]amix=inputs=2:normalize=0,alimiter=limit=0.97:level=0:latency=1,apad,atrim=end={seconds}[o]"
    )
    command = [
        binary(), "-v", "error", "-nostdin", "-y", "-i", str(clip), "-stream_loop", "-1", "-i", str(tune),
        "-filter_complex", graph, "-map", "0:v", "-map", "[o]", "-c:v", "copy", "-c:a", "aac", "-b:a", "192k",
        "-movflags", "+faststart", "-t", str(seconds), str(out),
    ]  # fmt: skip
    subprocess.run(command, check=True)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=120)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["NEMO_NB_HOME"] = str(folder / "home")
        clip, tune = nemo.make_samples(folder, seconds=options.seconds)
        with nemo.connect("embedded") as project:
            project.upload(clip, tune)
            project.say(SENTENCE)
            fade = float(project.timeline["fade_out"].max())
            pairs: list[tuple[float, float]] = []
            for run in range(options.runs + 1):
                ours = timed(lambda: project.export(folder / "ours.mp4"))
                theirs = timed(lambda: by_hand(clip, tune, options.seconds, fade, folder / "theirs.mp4"))
                if run:  # the first pair warms the disk's cache
                    pairs.append((ours, theirs))
                    print(
                        f"export {ours:6.2f} s   by hand {theirs:6.2f} s   ratio {ours / theirs:.2f}",
                        flush=True,
                    )
            project.delete()
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    extra = statistics.median(ours - theirs for ours, theirs in pairs)
    print(f"median ratio {ratio:.2f}, median difference {extra:+.2f} s")


if __name__ == "__main__":
    main()
