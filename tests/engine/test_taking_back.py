"""A message that takes the one before back and edits at once: one turn, in place of the one that it puts right."""

from __future__ import annotations

import pytest
from kit import Kit


def length(engine, sid: str) -> int:
    return engine.state(sid)["draft"]["d"]


@pytest.fixture
def sid(engine, kit: Kit) -> str:
    sid = engine.session()["session_id"]
    engine.upload(sid, kit.clip())  # 4 s
    return sid


@pytest.mark.parametrize("then", ["no, the first 2 seconds", "undo that and cut the first 2 seconds instead"])
def test_another_edit_takes_its_place(engine, sid: str, then: str) -> None:
    engine.say(sid, "cut the first second")
    engine.say(sid, then)
    assert length(engine, sid) == 2000
    engine.say(sid, "undo")
    assert length(engine, sid) == 4000
    engine.say(sid, "redo")
    assert length(engine, sid) == 2000


def test_what_was_uploaded_since_stays(engine, sid: str, kit: Kit) -> None:
    engine.say(sid, "cut the first second")
    engine.upload(sid, kit.clip("second.mp4"))
    engine.say(sid, "undo that and mute it")
    assert length(engine, sid) == 8000
    assert all(clip["m"]["muted"] for clip in engine.state(sid)["draft"]["t"][0]["sg"])


def test_it_is_put_right_twice(engine, sid: str) -> None:
    for message in ("cut the first second", "no, the first 2 seconds", "no, the first 3 seconds"):
        engine.say(sid, message)
    assert length(engine, sid) == 1000
