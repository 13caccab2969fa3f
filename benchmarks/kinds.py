"""What each kind of file costs that people have: 120 s of 720p, even, uneven, edited, turned, Matroska, HEVC.

    python benchmarks/kinds.py [flagship] [cut] [title] [--kinds even mkv …] [--smartcut PATH] [--runs 5]

flagship: music under the film, faded out at the end, against one ffmpeg command that copies the picture and has the
    same options for the sound; of four parts joined, of uneven times and of Matroska.
cut: ten seconds taken out of the middle, against smartcut (`pip install smartcut==1.7`, in an environment of its own).
title: three seconds of title, against encoding all of the film, once.
By way of `project.export()`: the engine is warm, its cache is emptied each time. HEVC with `codec="source"`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from flagship import by_hand
from pairs import compare, compare_with_long

import nemo_nb as nemo
from nemo_nb.engine.render import Cache
from nemo_nb.media.ffmpeg import binary

SECONDS = 120
PICTURE = "testsrc2=s=1280x720:r=30:d={0},noise=alls=6:allf=t"
SOUND = "aevalsrc='0.2*sin(2*PI*(220+40*sin(t))*t)+0.1*(random(0)-0.5)|0.2*sin(2*PI*330*t)':s=48000:d={0}"
X264 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-g", "60"]
X265 = [
    "-c:v",
    "libx265",
    "-preset",
    "ultrafast",
    "-crf",
    "26",
    "-x265-params",
    "keyint=60:log-level=0",
    "-tag:v",
    "hvc1",
]
MUSIC = "add this background music to my video and fade it out at the end"


def ffmpeg(*args: object) -> None:
    subprocess.run([binary(), "-v", "error", "-nostdin", "-y", *map(str, args)], check=True)


def piece(folder: Path, name: str, codec: list[str], filters: str = "", seconds: int = 10) -> Path:
    path = folder / name
    if not path.exists():
        picture = PICTURE.format(seconds) + (f",{filters}" if filters else "")
        ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", SOUND.format(seconds), *codec, "-c:a", "aac", "-b:a",
               "160k", "-fps_mode", "vfr", "-shortest", path)  # fmt: skip
    return path


def looped(source: Path, target: Path, *more: object, times: int = SECONDS // 10) -> Path:
    ffmpeg("-stream_loop", times - 1, "-i", source, "-c", "copy", *more, target)
    return target


def made(folder: Path, kind: str) -> Path:
    """A film of one kind. Parts are made once and then copied, so that it takes seconds."""
    even = piece(folder, "piece.mp4", X264)
    match kind:
        case "even":
            ffmpeg("-f", "lavfi", "-i", SOUND.format(SECONDS), "-c:a", "aac", folder / "even.m4a")
            film = looped(piece(folder, "silent.mp4", [*X264, "-an"]), folder / "silent-even.mp4")
            ffmpeg("-i", film, "-i", folder / "even.m4a", "-c", "copy", "-shortest", folder / "even.mp4")
            return folder / "even.mp4"
        case "joined":
            part = looped(even, folder / "part.mp4", times=3)
            (folder / "parts.txt").write_text(f"file '{part}'\n" * 4)
            ffmpeg(
                "-f", "concat", "-safe", 0, "-i", folder / "parts.txt", "-c", "copy", folder / "joined.mp4"
            )
            return folder / "joined.mp4"
        case "uneven":
            still = piece(folder, "still.mp4", X264, "select='not(between(mod(n,90),30,55)+eq(mod(n,7),3))'")
            return looped(still, folder / "uneven.mp4")
        case "edited":
            long = looped(even, folder / "long.mp4", times=13)
            ffmpeg("-ss", "3.37", "-i", long, "-t", SECONDS, "-c", "copy", folder / "edited.mp4")
            return folder / "edited.mp4"
        case "rotated":
            ffmpeg(
                "-display_rotation",
                "-90",
                "-i",
                looped(even, folder / "flat.mp4"),
                "-c",
                "copy",
                folder / "rotated.mp4",
            )
            return folder / "rotated.mp4"
        case "mkv":
            return looped(even, folder / "film.mkv")
        case "hevc":
            return looped(piece(folder, "hevc-piece.mp4", X265), folder / "hevc.mp4", "-tag:v", "hvc1")
    raise SystemExit(f"There is no {kind}.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=["flagship", "cut", "title"])
    parser.add_argument(
        "--kinds", nargs="*", default=["even", "joined", "uneven", "edited", "rotated", "mkv", "hevc"]
    )
    parser.add_argument("--smartcut", default="smartcut")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["NEMO_NB_HOME"] = str(folder / "home")
        tune = folder / "tune.mp3"
        ffmpeg("-f", "lavfi", "-i", "sine=330:d=30:r=44100", "-c:a", "libmp3lame", tune)
        for kind in options.kinds:
            film = made(folder, kind)
            for what in options.what:
                measure(what, kind, film, tune, folder, options)


def measure(what: str, kind: str, film: Path, tune: Path, folder: Path, options: argparse.Namespace) -> None:
    more = {"codec": "source"} if kind == "hevc" else {}
    with nemo.connect("embedded") as project:
        project.upload(film)

        def ours(**wanted: object) -> Callable[[], object]:
            def work() -> None:
                Cache(folder / "home" / "engine" / "cache").prune()
                last[:] = [project.export(folder / "ours.mp4", overwrite=True, **{**more, **wanted})]

            return work

        last: list[nemo.Export] = []
        if what == "flagship":
            if kind not in ("joined", "uneven", "mkv"):
                return
            project.upload(tune)
            project.say(MUSIC)
            length, fade = project.draft.duration_ms / 1000, float(project.timeline["fade_out"].max())
            theirs = lambda: by_hand(film, tune, length, fade, folder / "theirs.mp4")  # noqa: E731
            compare(f"flagship {kind}", ours(), theirs, options.runs)
        elif what == "cut":
            project.say("cut out from 50.5 to 60.7 seconds")
            command = [options.smartcut, film, folder / f"theirs{film.suffix}", "--cut", "50.5,60.7"]
            run = lambda: subprocess.run(list(map(str, command)), check=True, capture_output=True)  # noqa: E731
            compare(f"cut {kind}", ours(), run, options.runs)
        else:
            project.say('add a title "Urban Dreams" from 70 to 73 seconds')
            compare_with_long(f"title {kind}", ours(), ours(frame_rate=29), options.runs)
            ours()()
        print(last[0].plan.to_string(index=False))
        project.delete()


if __name__ == "__main__":
    main()
