"""What can't be rendered is refused by name, and a failed or cancelled export leaves nothing behind."""

from __future__ import annotations

import asyncio

import pytest

from nemo_nb.draft import Draft
from nemo_nb.engine.render import Output, plan_render, render
from nemo_nb.errors import ExportFailed, InvalidInput, NothingToExport

CLIP = {"file": "red.mp4", "d": 1000}


def test_an_empty_draft_has_nothing_to_export():
    with pytest.raises(NothingToExport):
        plan_render(Draft.empty(), {})


@pytest.mark.parametrize(
    ("meta", "named"),
    [
        ({"fit": "stretch"}, "fit"),
        ({"speed": 99}, "speed"),
        ({"volume": float("nan")}, "volume"),
        ({"position": "middle:w=1"}, "position"),
        ({"filters": [{"name": "grayscale,movie=x"}]}, "filters"),
        ({"crop": {"x": 0.5, "y": 0, "w": 0.9, "h": 1}}, "crop"),
        ({"source_start_ms": 60_000}, "source_start_ms"),
        ({"transition": {"type": "explode", "duration_ms": 100}}, "transition"),
    ],
)
def test_a_value_that_cannot_be_rendered_is_named(studio, meta, named):
    with pytest.raises(InvalidInput, match=named):
        studio.plan(studio.draft([{**CLIP, **meta}]))


def test_a_file_of_another_project_is_refused(studio):
    with pytest.raises(InvalidInput, match="isn't in this project"):
        plan_render(studio.draft([CLIP]), {})


def test_overlapping_clips_need_a_transition(studio):
    with pytest.raises(InvalidInput, match="overlap"):
        studio.plan(studio.draft([CLIP, {"file": "blue.mp4", "s": 500, "d": 1000}]))


@pytest.mark.parametrize(
    ("raw", "named"),
    [({"format": "exe"}, "mp4, mov"), ({"quality": "best"}, "low, medium, high"), ({"resolution": "9p"}, "1080p"),
     ({"codec": "x"}, "codec")],
)  # fmt: skip
def test_an_output_that_does_not_exist_is_answered_with_those_that_do(raw, named):
    with pytest.raises(InvalidInput, match=named):
        Output.parse(raw)


def test_outputs():
    assert Output.parse(None) == Output("mp4", "high", None)
    assert Output.parse({"height": 720}).size(1080, 1920) == (720, 1280)
    assert Output.parse({"resolution": "1080p"}).size(3840, 2160) == (1920, 1080)


def test_a_cancelled_export_leaves_nothing(studio, tmp_path):
    draft = studio.draft([{"file": "red.mp4", "d": 3_600_000, "loop": True}])
    target = tmp_path / "out.mp4"

    async def cancel_when_under_way():
        under_way = asyncio.Event()
        export = asyncio.create_task(render(studio.plan(draft), target, tmp_path, lambda _: under_way.set()))
        await asyncio.wait_for(under_way.wait(), 20)
        export.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(export, 1.5)

    asyncio.run(cancel_when_under_way())
    assert not list(tmp_path.glob("out*"))


def test_a_source_that_went_bad_fails_and_keeps_the_old_file(studio, tmp_path):
    plan = studio.plan(studio.draft([{"file": "red.mp4", "d": 1000}]))
    source = next(iter(plan.scene.layers[0])).source.path
    target = tmp_path / "out.mp4"
    target.write_bytes(b"the export before")
    whole = source.read_bytes()
    try:
        source.write_bytes(b"\0" * 1000)
        with pytest.raises(ExportFailed) as failed:
            asyncio.run(render(plan, target, tmp_path))
    finally:
        source.write_bytes(whole)
    assert str(tmp_path) not in str(failed.value)
    assert target.read_bytes() == b"the export before"
    assert not list(tmp_path.glob("*.part"))


def test_progress_goes_from_nothing_to_all(studio, tmp_path):
    heard: list[float] = []
    draft = studio.draft([{"file": "red.mp4", "d": 4000, "loop": True}], width=640, height=360)
    asyncio.run(render(studio.plan(draft), tmp_path / "out.mp4", tmp_path, heard.append))
    assert heard == sorted(heard)
    assert 0 <= heard[0] <= heard[-1] == 1
