"""The flagship export against ffmpeg by hand and moviepy, as ratios within one run; and what it takes of memory.

    python benchmarks/flagship.py [--runs 5] [--seconds 120] [--moviepy]

`project.export()`, from the call to the file in place: the engine is warm, its cache is emptied each time.
By hand: one ffmpeg command that copies the picture, does the same to the sound, with the same AAC options and
the index in front. `--moviepy`: the same by moviepy 2.2.1 (`pip install moviepy==2.2.1`, best in an environment
of its own), of 30 s for patience's sake. At last the export is asked for again, unchanged.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import threading
from pathlib import Path

import psutil
from pairs import compare, timed

import nemo_nb as nemo
from nemo_nb.engine.launch import find_or_start
from nemo_nb.engine.render import Cache
from nemo_nb.engine.render.aac import AAC
from nemo_nb.media.ffmpeg import binary

SENTENCE = "add this background music to my video and fade it out at the end"


def by_hand(clip: Path, tune: Path, seconds: float, fade: float, out: Path) -> None:
    sound = "aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo"
    graph = (
        f"[0:a]{sound}[a];[1:a]{sound},atrim=end={seconds},afade=t=out:st={seconds - fade}:d={fade}[b];"
        f"[a][b]amix=inputs=2:normalize=0,alimiter=limit=0.97:level=0:latency=1,apad,atrim=end={seconds}[o]"
    )
    command = [
        binary(), "-v", "error", "-nostdin", "-y", "-i", str(clip), "-stream_loop", "-1", "-i", str(tune),
        "-filter_complex", graph, "-map", "0:v", "-map", "[o]", "-c:v", "copy", *AAC,
        "-movflags", "+faststart", "-t", str(seconds), str(out),
    ]  # fmt: skip
    subprocess.run(command, check=True)


def by_moviepy(clip: Path, tune: Path, fade: float, out: Path) -> None:
    from moviepy import AudioFileClip, CompositeAudioClip, VideoFileClip, afx

    with VideoFileClip(str(clip)) as video, AudioFileClip(str(tune)) as music:
        bed = music.with_effects([afx.AudioLoop(duration=video.duration), afx.AudioFadeOut(fade)])
        mixed = video.with_audio(CompositeAudioClip([video.audio, bed]))
        mixed.write_videofile(str(out), codec="libx264", audio_codec="aac", preset="veryfast", logger=None)


class Peak:
    """The most memory that this process and the engine had, in MB over what they had before."""

    def __init__(self, engine: int) -> None:
        self._watched = [psutil.Process(), psutil.Process(engine)]
        self._before = self._now()
        self._most = list(self._before)
        self._over = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def grown(self) -> list[float]:
        self._over.set()
        return [(most - before) / 1e6 for most, before in zip(self._most, self._before, strict=True)]

    def _now(self) -> list[int]:
        return [process.memory_info().rss for process in self._watched]

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            self._most = [max(pair) for pair in zip(self._most, self._now(), strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--moviepy", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = folder / "home"
        os.environ["NEMO_NB_HOME"] = str(home)
        clip, tune = nemo.make_samples(folder, seconds=30 if options.moviepy else options.seconds)
        with nemo.connect("embedded") as project:
            project.upload(clip, tune)
            project.say(SENTENCE)
            length, fade = project.draft.duration_ms / 1000, float(project.timeline["fade_out"].max())

            def ours() -> None:
                Cache(home / "engine" / "cache").prune()
                project.export(folder / "ours.mp4")

            if options.moviepy:
                compare("moviepy", lambda: by_moviepy(clip, tune, fade, folder / "m.mp4"), ours, options.runs)
            else:
                peak = Peak(find_or_start(home).pid)
                compare(
                    "by hand",
                    ours,
                    lambda: by_hand(clip, tune, length, fade, folder / "theirs.mp4"),
                    options.runs,
                )
                print("grown by {:.0f} MB here, {:.0f} MB in the engine".format(*peak.grown()))
                again = [timed(lambda: project.export(folder / "ours.mp4")) for _ in range(options.runs)]
                print(f"unchanged: {statistics.median(again):.2f} s")
            project.delete()


if __name__ == "__main__":
    main()
