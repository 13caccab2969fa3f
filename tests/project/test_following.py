"""Whoever watches a project is told what others do to it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kit import Kit

import nemo_nb as nemo
from nemo_nb.engine.home import EngineHome
from nemo_nb.engine.launch import retire

SOON_S = 5  # a second on a machine that is not busy


class Watch:
    """What was told, and a way to wait for more."""

    def __init__(self, project: nemo.Project) -> None:
        self.seen: list[Any] = []
        self._came = threading.Condition()
        self.end = project.watch(self._take)

    def _take(self, status: Any) -> None:
        with self._came:
            self.seen.append(status)
            self._came.notify_all()

    def until(self, found: Callable[[Any], bool]) -> Any:
        with self._came:
            assert self._came.wait_for(lambda: any(map(found, self.seen)), SOON_S), self.seen
            return next(status for status in self.seen if found(status))


@pytest.fixture
def other(clip_project: nemo.Project) -> Any:
    """The same project, as another notebook has it."""
    with nemo.connect(session=clip_project.session_id) as project:
        yield project


def listened_to(project: nemo.Project, watch: Watch, other: nemo.Project) -> None:
    """Ask once, as a widget does when it appears, and wait until the engine tells."""
    project.status()
    for number in range(100):
        other.apply([{"op": "background", "color": f"#0000{number:02x}"}])
        time.sleep(0.02)
        if watch.seen:
            return
    raise AssertionError("Nothing was told.")


def ends_listening(project: nemo.Project) -> bool:
    """Whether it does within a while."""
    follower = project.awaited._follower._task
    assert follower is not None
    deadline = time.monotonic() + SOON_S
    while not follower.done() and time.monotonic() < deadline:
        time.sleep(0.02)
    return follower.done()


def test_an_edit_a_message_an_undo_and_an_upload_of_another_s(
    clip_project: nemo.Project, other: nemo.Project, kit: Kit
) -> None:
    watch = Watch(clip_project)
    listened_to(clip_project, watch, other)
    other.say("cut the first second")
    watch.until(lambda status: status.draft.duration_ms == 3000)
    other.undo()
    watch.until(lambda status: status.draft.duration_ms == 4000 and status.undone)
    other.upload(kit.image())
    watch.until(lambda status: "logo.png" in [asset.name for asset in status.assets])


def test_it_is_told_within_a_second(clip_project: nemo.Project, other: nemo.Project) -> None:
    watch = Watch(clip_project)
    listened_to(clip_project, watch, other)
    waits = []
    for number in range(5):
        began = time.monotonic()
        other.apply([{"op": "add_text", "text": f"No. {number}"}])
        watch.until(lambda status, n=number: f"No. {n}" in status.draft.summary())
        waits.append(time.monotonic() - began)
    assert sorted(waits)[2] < 1


def test_what_one_does_oneself_is_told_once(clip_project: nemo.Project, other: nemo.Project) -> None:
    watch = Watch(clip_project)
    listened_to(clip_project, watch, other)
    other.apply([{"op": "background", "color": "#123456"}])
    watch.until(lambda status: status.draft.canvas.background == "#123456")
    watch.seen.clear()
    clip_project.say("cut the first second")
    other.apply([{"op": "background", "color": "#654321"}])
    watch.until(lambda status: status.draft.canvas.background == "#654321")
    assert [status.draft.canvas.background for status in watch.seen] == ["#123456", "#654321"]


def test_who_looks_at_a_plan_changes_nothing_and_nobody_is_told(
    clip_project: nemo.Project, other: nemo.Project
) -> None:
    watch = Watch(clip_project)
    listened_to(clip_project, watch, other)
    before = len(watch.seen)
    other.plan("cut the first second")
    other.apply([{"op": "background", "color": "#123456"}])
    watch.until(lambda status: status.draft.canvas.background == "#123456")
    assert len(watch.seen) == before + 1


def test_nobody_listens_where_nobody_watches(clip_project: nemo.Project) -> None:
    assert clip_project.status().draft.duration_ms == 4000
    assert clip_project.awaited._follower._task is None


def test_an_engine_that_is_stopped_stays_stopped(own_home: Path, kit: Kit) -> None:
    """A notebook that only lies open starts none; the next call does, and is followed again."""
    with nemo.connect() as project:
        project.upload(kit.clip())
        watch = Watch(project)
        with nemo.connect(session=project.session_id) as other:
            listened_to(project, watch, other)
            retire(own_home)
            assert ends_listening(project)
            assert not EngineHome.inside(own_home).endpoint.exists()
            watch.seen.clear()
            listened_to(project, watch, other)


def test_listening_ends_with_the_watching(clip_project: nemo.Project, other: nemo.Project) -> None:
    watch = Watch(clip_project)
    listened_to(clip_project, watch, other)
    watch.end()
    other.apply([{"op": "background", "color": "#654321"}])
    assert ends_listening(clip_project)
