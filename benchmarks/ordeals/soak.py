"""Ordinary work for as long as one likes, with the engine's memory."""

from __future__ import annotations

import hashlib
import tempfile
import time
from pathlib import Path

import psutil

from nemo_nb.engine.launch import retire

from .caller import Caller, clip, told

MB = 1_000_000


def soak(minutes: float) -> None:
    with tempfile.TemporaryDirectory() as base:
        home, folder = Path(base) / "home", Path(base)
        caller = Caller(home)
        engine, sizes, count = psutil.Process(caller.endpoint.pid), [], 0
        until = time.monotonic() + minutes * 60
        while time.monotonic() < until:
            sid = caller.session()
            caller.upload(sid, "a.mp4", clip(folder, "a.mp4"))
            for text in (
                "trim it to the first 2 seconds",
                "add the title “Hello”",
                "make it grayscale",
                "undo",
                "what is on it?",
            ):
                caller.say(sid, text)
            caller.ask("GET", f"/nb/v1/sessions/{sid}/preview", params={"at_ms": 500})
            caller.ask(
                "GET",
                f"/nb/v1/sessions/{sid}/waveform",
                params={"asset": f"sha256:{hashlib.sha256(clip(folder, 'a.mp4')).hexdigest()}"},
            )
            caller.film(caller.finished(caller.submit(sid))["id"])
            task = next(
                item["task_id"]
                for item in caller.data("GET", "/nb/v1/projects")["projects"]
                if item["session_id"] == sid
            )
            caller.data("DELETE", f"/nb/v1/projects/{task}")
            count += 1
            sizes.append(engine.memory_info().rss / MB)
            time.sleep(0.2)
        warm = max(3, len(sizes) // 5)
        first, last = sum(sizes[warm : 2 * warm]) / warm, sum(sizes[-warm:]) / warm
        told(
            f"{minutes:g} minutes, {count} projects made, edited, exported and deleted",
            f"the engine {first:.0f} MB after warming, {last:.0f} MB at the end ({100 * (last / first - 1):+.1f} %)",
        )
        retire(home)
