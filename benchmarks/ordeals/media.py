"""Hostile files, and random flips of seven formats."""

# ruff: noqa: E501 - tables of what is tried
from __future__ import annotations

import contextlib
import io
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx

from nemo_nb.engine.launch import retire

from .caller import Caller, Refused, clip, told
from .hostile import hostile
from .watch import Watch

MB = 1_000_000
CHANCE = random.Random(14)  # noqa: S311 - the same each time


def media(flips: int) -> None:
    with tempfile.TemporaryDirectory() as base:
        folder, home = Path(base), Path(base) / "home"
        caller = Caller(home)
        warm = caller.session()
        caller.upload(warm, "warm.mp4", clip(folder, "warm.mp4"))
        caller.finished(caller.submit(warm))
        watch = Watch(caller.endpoint.pid)
        seen = [taken(caller, watch, name, content) for name, content in hostile(folder)]
        summed("hostile files", seen)
        kinds = {
            "mp4": clip(folder, "f.mp4"), "mkv": clip(folder, "f.mkv"), "webm": clip(folder, "f.webm", 1, "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"),
            "mp3": clip(folder, "f.mp3", 3, "-map", "1", "-c:a", "libmp3lame"), "png": noise("PNG"), "jpg": noise("JPEG"), "webp": noise("WEBP"),
        }  # fmt: skip
        flipped = []
        for number in range(flips):
            kind = list(kinds)[number % len(kinds)]
            content = bytearray(kinds[kind])
            for _ in range(CHANCE.choice([1, 1, 3, 10])):
                # Heads are where it hurts.
                reach = len(content) if CHANCE.random() < 0.5 else min(len(content), 2000)
                content[CHANCE.randrange(reach)] ^= 1 << CHANCE.randrange(8)
            flipped.append(taken(caller, watch, f"{number}.{kind}", bytes(content)))
        summed(f"flips of {', '.join(kinds)}", flipped)
        watch.stop()
        work = home / "engine"
        left = [
            *(work / "blobs").glob("*.part"),
            *(work / "work").iterdir(),
            *(work / "results").glob("*.part"),
        ]
        names = {path.stem for path in (work / "blobs").glob("??/*")}
        told(
            "left over", f"{len(left)} files on the way, {len(names)} stored for the projects that took them"
        )
        retire(home)


def noise(form: str) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", (64, 48), CHANCE.randbytes(64 * 48 * 3)).save(out, form)
    return out.getvalue()


Seen = tuple[str, str, float, float, float]


def taken(caller: Caller, watch: Watch, name: str, content: bytes) -> Seen:
    """What became of a file (refused, exported, or what went wrong), seconds, MB beyond rest, seconds of work."""
    sid = caller.session()
    time.sleep(0.02)
    watch.begin()
    began = time.monotonic()
    try:
        (file,) = caller.upload(sid, name, content)["files"]
        if file["file_type"] != "video":
            source = {"asset": file["hash"], "file": name}
            place = {"op": "slideshow", "images": [source], "each_ms": 500}
            music = {
                "op": "add_music",
                **source,
                "file_ms": round(file["duration"] * 1000) or 1,
                "duration_ms": 500,
            }
            operations = [place if file["file_type"] == "image" else music]
            with contextlib.suppress(Refused):
                caller.data("POST", f"/nb/v1/sessions/{sid}/apply", json={"operations": operations})
        else:
            caller.say(sid, "trim it to the first 1 second")
        looked = time.monotonic() - began
        if not caller.draft(sid)["t"]:
            return name, "taken", looked, watch.end() / MB, watch.worked()
        state = caller.finished(caller.submit(sid), within_s=60)
        end = "exported" if state["status"] == "completed" else f"refused {state.get('errorCode')}"
        if state.get("errorCode") in (5000, 5001):
            end = f"wrong: {state}"
    except Refused as refused:
        end = f"refused {refused.code}" if refused.code not in (0, 5000, 5001) else f"wrong: {refused}"
    except (httpx.HTTPError, TimeoutError) as error:
        end = f"wrong: {type(error).__name__}"
    return name, end, time.monotonic() - began, watch.end() / MB, watch.worked()


def summed(what: str, seen: list[Seen]) -> None:
    if not seen:
        return
    ends = Counter(end.split(":")[0].split()[0] for _, end, *_ in seen)
    busiest = max(seen, key=lambda item: item[4])
    slowest, largest = max(seen, key=lambda item: item[2]), max(seen, key=lambda item: item[3])
    over = sum(item[3] > 300 for item in seen), sum(item[2] > 5 for item in seen)
    for name, end, seconds, size, worked in seen:
        if end.startswith("wrong") or seconds > 5 or size > 300:
            print(
                f"{name}: {end}, {seconds:.1f} s, {worked:.1f} s of work, {size:.0f} MB",
                file=sys.stderr,
                flush=True,
            )
    told(
        f"{len(seen)} {what}",
        f"{', '.join(f'{count} {end}' for end, count in ends.items())}; at most {slowest[2]:.1f} s ({slowest[0]}), "
        f"{busiest[4]:.1f} s of work ({busiest[0]}) and "
        f"{largest[3]:.0f} MB beyond rest ({largest[0]}); {over[0]} over 300 MB, {over[1]} over 5 s",
    )
