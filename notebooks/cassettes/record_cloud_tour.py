"""How `cloud-tour.json` was recorded: against a stand-in that speaks the cloud's protocol, cut stream included.

python record_cloud_tour.py     # writes cloud-tour.json beside this file, which must not be there
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import nemo_nb as nemo
from nemo_nb.testing import Answer, ScriptedBackend, cut, events, failure, ok

CLIP = {"name": "holiday.mp4", "kind": "video", "file": "holiday.mp4"}
TITLE = {
    "tt": 7,
    "m": {"name": "Title"},
    "sg": [{"s": 0, "d": 2000, "m": {"kind": "text", "text": "Holiday"}}],
}
INFO = {
    "filename": "holiday.mp4",
    "file_type": "video/mp4",
    "duration": 6.0,
    "width": 1920,
    "height": 1080,
    "fps": 30,
}


def draft(length_ms: int, *more: dict[str, Any]) -> dict[str, Any]:
    """A draft as the cloud writes it: sparse."""
    video = {"tt": 0, "m": {"name": "Video"}, "sg": [{"s": 0, "d": length_ms, "m": CLIP}]}
    return {"t": [video, *more]}


def state(of: dict[str, Any]) -> Answer:
    return ok({"state": {"draft": of, "video_infos": [INFO]}})


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"content": {"role": "model", "parts": [{"text": text}]}, **more}


def video() -> bytes:
    """What the cloud would have rendered: two seconds, small."""
    with tempfile.TemporaryDirectory() as folder, nemo.connect("embedded") as project:
        clip, _ = nemo.make_samples(folder, seconds=6)
        project.upload(clip)
        project.say("trim it to the first 2 seconds")
        return project.export(Path(folder, "small.mp4"), resolution="240p", quality="low").path.read_bytes()


def main() -> None:
    rendered = video()
    with ScriptedBackend() as cloud:
        cloud.on("upload", ok({"files": [INFO], "session_state_applied": True}))
        whole, short, titled = draft(6000), draft(2000), draft(2000, TITLE)
        cloud.on("state", state(whole), state(whole), state(short), state(short))
        cloud.draft, cloud.infos = titled, [INFO]
        trimmed = "I trimmed the clip to its first 2 seconds. Click the Export button to download your video."
        cloud.on(
            "message",
            events(said("I trimmed the clip", partial=True), "", said(trimmed)),
            events(said("Adding the title", partial=True), cut),
            failure(2001, "Not enough credits to generate an intro."),
        )
        cloud.on("credits", ok({"available": 0, "frozen": 0, "total": 100}))
        cloud.on("file", Answer((rendered,), headers={"content-type": "video/mp4"}))
        tape = Path(__file__).with_name("cloud-tour.json")
        with nemo.connect(cloud.url, cassette=tape) as project, tempfile.TemporaryDirectory() as folder:
            clip, _ = nemo.make_samples(folder, seconds=6)
            project.upload(("holiday.mp4", clip))
            project.draft  # noqa: B018  the look at the timeline is part of the recording
            project.say("trim it to the first 2 seconds")
            project.say("add a title that says Holiday")
            try:
                project.say("generate an intro")
            except nemo.errors.NoCredits:
                project.credits()
            project.export(Path(folder, "holiday.mp4"))


if __name__ == "__main__":
    os.environ.pop("NEMO_TOKEN", None)
    main()
