"""The export preview: progress, cancel, errors, the finished film and its way to the page."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import Kit
from widgets.pretend import Pretend

import nemo_nb as nemo
from nemo_nb.project import AsyncExport
from nemo_nb.widgets import ExportPreview

SETTINGS = {"format": "mp4", "quality": "high", "resolution": ""}


def test_an_export_from_start_to_film(clip_project: nemo.Project, folder: Path) -> None:
    page = Pretend(ExportPreview(clip_project))
    page.until(lambda doc: doc["can"])
    page.send("export", **SETTINGS)
    doc = page.until(lambda doc: doc["state"] == "done")
    assert doc["film"]["name"] == "project.mp4"
    assert doc["film"]["near"] == "project.mp4"
    assert doc["film"]["bytes"] == (folder / "project.mp4").stat().st_size
    assert doc["film"]["poster"].startswith("data:image/jpeg;base64,")
    assert doc["online"] is False, "the embedded engine has no page of its own"


def test_the_film_in_pieces(clip_project: nemo.Project, folder: Path) -> None:
    page = Pretend(ExportPreview(clip_project))
    page.send("export", **SETTINGS)
    film = page.until(lambda doc: doc["state"] == "done")["film"]
    page.send("piece", film=film["number"], offset=100)
    message, (piece,) = page.until_told("piece")
    assert message["offset"] == 100
    assert bytes(piece) == (folder / "project.mp4").read_bytes()[100 : 100 + 2 * 1024 * 1024]


def test_nothing_to_export_is_told(project: nemo.Project) -> None:
    page = Pretend(ExportPreview(project))
    assert page.doc["can"] is False
    page.send("export", **SETTINGS)
    doc = page.until(lambda doc: doc["state"] == "failed")
    assert "Upload a video first" in doc["problem"]["next"]


def test_the_time_left_is_the_engines_own_and_an_export_can_be_cancelled(
    clip_project: nemo.Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    engines = AsyncExport.time_left_ms.fget

    def time_left_ms(export: AsyncExport) -> int | None:
        left = engines(export)
        told.extend([] if left is None else [left])
        return left

    monkeypatch.setattr(AsyncExport, "time_left_ms", property(time_left_ms))
    clip_project.apply([{"op": "loop", "times": 50}])
    page = Pretend(ExportPreview(clip_project))
    page.send("export", format="mp4", quality="high", resolution="480p")
    left = page.until(lambda doc: doc["state"] == "running" and told and doc["left"] is not None)["left"]
    assert left in {math.ceil(one / 1000) for one in told}
    page.send("cancel")
    page.until(lambda doc: doc["state"] == "cancelled")
    assert not (folder / "project.mp4").exists()


def test_an_export_made_elsewhere_is_shown(
    clip_project: nemo.Project, opened: Callable[..., nemo.Project]
) -> None:
    page = Pretend(ExportPreview(clip_project))
    clip_project.export("cell.mp4")
    page.until(lambda doc: doc["film"] and doc["film"]["name"] == "cell.mp4")
    clip_project.say("export it")
    page.until(lambda doc: doc["film"]["name"] == "project.mp4")
    again = Pretend(ExportPreview(opened(session=clip_project.session_id)))
    again.until(lambda doc: doc["film"] and doc["film"]["name"] == "project.mp4")


def test_where_the_film_lies_as_seen_from_the_notebook(
    clip_project: nemo.Project, folder: Path, monkeypatch: pytest.MonkeyPatch, kit: Kit
) -> None:
    (folder / "deep").mkdir()
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "deep" / "cut.ipynb"))
    page = Pretend(ExportPreview(clip_project))
    page.send("export", **SETTINGS)
    assert page.until(lambda doc: doc["film"])["film"]["near"] == "../project.mp4"


def test_a_film_that_is_older_than_the_edit_is_marked(clip_project: nemo.Project, folder: Path) -> None:
    page = Pretend(ExportPreview(clip_project))
    page.send("export", **SETTINGS)
    assert page.until(lambda doc: doc["state"] == "done")["older"] is False
    clip_project.say("mute the clip")
    page.until(lambda doc: doc["older"])
    clip_project.undo()
    page.until(lambda doc: not doc["older"])
    clip_project.say("mute the clip")
    later = Pretend(ExportPreview(clip_project))  # as after a reload, or in another notebook
    later.until(lambda doc: doc["older"])
