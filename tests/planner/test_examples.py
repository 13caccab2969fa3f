"""The forty examples that people gave, each through everything: a project, HTTP, a real engine, real files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bank import faults
from kit import Kit

import nemo_nb as nemo

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "examples.jsonl").read_text("utf-8").splitlines()
]
# What is uploaded, and what is said to have the rest in place.
FIXTURES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "clip10": (("clip.mp4",), ()),
    "clip+music": (("clip.mp4", "lofi.mp3"), ()),
    "three": (("a.mp4", "b.mp4", "c.mp4"), ()),
    "images": (("img1.jpg", "img2.jpg", "img3.jpg", "img4.jpg"), ()),
    "music-placed": (("clip.mp4", "lofi.mp3"), ("add the music",)),
    "titled": (("clip.mp4",), ('add the title "Hello" for 3 seconds',)),
    "clip+logo": (("clip.mp4", "logo.png"), ()),
}


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    kit = Kit(tmp_path_factory.mktemp("examples"))
    lengths = {"clip.mp4": 10, "a.mp4": 4, "b.mp4": 6, "c.mp4": 5}
    files = {name: kit.clip(name, seconds) for name, seconds in lengths.items()}
    files |= {f"img{n}.jpg": kit.image(f"img{n}.jpg", "blue") for n in range(1, 5)}
    return files | {"lofi.mp3": kit.tune("lofi.mp3", 15), "logo.png": kit.image("logo.png")}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_example(
    case: dict[str, Any], media: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names, said = FIXTURES[case["setup"]]
    with nemo.connect() as project:
        project.upload(*(media[name] for name in names))
        for message in (*said, *case.get("before", ())):
            assert project.say(message).changes, message
        was = project.draft
        reply = project.say(case["prompt"])
        assert faults(case, reply.routes, was, project.draft, reply.text) == [], case["prompt"]
        assert list(reply.changes) == was.diff(project.draft)
