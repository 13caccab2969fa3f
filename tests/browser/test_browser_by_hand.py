"""What the chat can do, by mouse and by keyboard: files dragged onto the lanes, and the inspector's fields."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from kit import Kit

from browser.lab import Lab, open_notebook, open_studio, run_cell, run_first_cell, say, upload

TELL = (
    "import json, pathlib\n"
    'pathlib.Path("part.json").write_text(json.dumps(studio.project.draft.to_dict()))\n'
    'pathlib.Path("part.json").rename("told.json")'
)


@pytest.fixture
def studio(page: Any, lab: Lab, request: pytest.FixtureRequest) -> Any:
    name = f"hands/{request.node.name}.ipynb"
    open_studio(page, lab, name, TELL)
    page.set_viewport_size({"width": 1300, "height": 1500})  # a drag begins and ends in sight
    page.folder = (lab.root / name).parent
    return page


def draft(page: Any) -> dict[str, Any]:
    """The draft as the kernel has it."""
    told = page.folder / "told.json"
    told.unlink(missing_ok=True)
    run_cell(page, 1)
    deadline = time.monotonic() + 60
    while not told.exists() and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    found: dict[str, Any] = json.loads(told.read_text())
    return found


def on_lanes(page: Any, track: str) -> list[tuple[str, int, int]]:
    """Of the track of that name: files, starts and ends."""
    return [
        (item["m"].get("file", ""), item["s"], item["s"] + item["d"])
        for lane in draft(page)["t"]
        if lane["m"].get("name") == track
        for item in lane["sg"]
    ]


def segments(page: Any, count: int) -> None:
    page.wait_for_function(f"document.querySelectorAll('[data-nemo=timeline-segment]').length === {count}")


def asset(page: Any, name: str) -> Any:
    return page.locator(f"[data-nemo=asset]:has-text('{name}')")


def drag_asset(page: Any, name: str, onto: str, share: float) -> None:
    """By mouse, to a place on a lane: so far along what lies there."""
    asset(page, name).scroll_into_view_if_needed()
    box = page.locator(onto).bounding_box()
    start = asset(page, name).bounding_box()
    page.mouse.move(start["x"] + 12, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + start["height"] / 2 + 8, steps=3)
    box = page.locator(onto).bounding_box()
    page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()


def test_a_photo_between_two_clips_and_over_one_and_music_below(studio: Any, kit: Kit) -> None:
    page = studio
    upload(
        page, kit.clip("one.mp4", 6), kit.clip("two.mp4", 6), kit.image("pier.jpg"), kit.tune("lofi.mp3", 20)
    )
    segments(page, 2)
    main = ".nemo-lane:last-child"
    drag_asset(page, "pier.jpg", main, 0.45)
    segments(page, 3)
    drag_asset(page, "pier.jpg", ".nemo-above", 0.1)
    segments(page, 4)
    drag_asset(page, "lofi.mp3", ".nemo-lane:last-child", 0.4)
    segments(page, 5)
    assert on_lanes(page, "Video") == [
        ("one.mp4", 0, 6000),
        ("pier.jpg", 6000, 9000),
        ("two.mp4", 9000, 15_000),
    ]
    (over,) = on_lanes(page, "Overlay")
    assert over[0] == "pier.jpg"
    assert over[2] - over[1] == 3000
    (music,) = on_lanes(page, "BGM")
    assert music[0] == "lofi.mp3"
    assert 4000 < music[1] < 7000 < music[2] == 15_000


def test_files_by_keyboard_go_to_the_playhead(studio: Any, kit: Kit) -> None:
    page = studio
    upload(page, kit.clip("one.mp4", 6), kit.image("pier.jpg"))
    segments(page, 1)
    asset(page, "pier.jpg").focus()
    page.keyboard.press("Shift+Enter")
    segments(page, 2)
    asset(page, "pier.jpg").focus()
    page.keyboard.press("Enter")  # the playhead stands at the beginning
    segments(page, 3)
    assert on_lanes(page, "Video") == [("pier.jpg", 0, 3000), ("one.mp4", 3000, 9000)]
    assert on_lanes(page, "Overlay") == [("pier.jpg", 3000, 6000)]


def test_photos_over_a_voice(studio: Any, kit: Kit) -> None:
    page = studio
    upload(page, kit.tune("voice.mp3", 12), kit.image("pier.jpg"))
    asset(page, "voice.mp3").focus()
    page.keyboard.press("Enter")
    segments(page, 1)
    for share, count in ((0.2, 2), (0.8, 3)):
        drag_asset(page, "pier.jpg", ".nemo-above", share)
        segments(page, count)
    photos = on_lanes(page, "Overlay")
    assert [end - start for _, start, end in photos] == [3000, pytest.approx(2400, abs=600)]
    assert on_lanes(page, "BGM")[0][1:] == (0, pytest.approx(12_000, abs=60)), "the voice is as it was"


PLACE = "document.querySelector(\"[data-field='adjust.position']\")"
FIELDS = [
    ("volume.volume", "40", "volume", 0.4),
    ("fade.fade_in_ms", "0.5", "fade_in_ms", 500),
    ("fade.video_fade_out_ms", "1", "video_fade_out_ms", 1000),
    ("filter.brightness", "20", "filters", [{"name": "brightness", "amount": 0.2}]),
    ("adjust.opacity", "80", "opacity", 0.8),
    ("rotate.rotation", "180", "rotation", 180),
    ("crop.crop_left", "10", "crop", {"x": 0.1, "y": 0, "w": 0.9, "h": 1}),
    ("speed.speed", "2", "speed", 2),
]


def test_a_clip_s_fields_by_keyboard(studio: Any, kit: Kit) -> None:
    page = studio
    upload(page, kit.clip("one.mp4", 6), kit.clip("two.mp4", 6))
    segments(page, 2)
    page.locator("[data-nemo=timeline-segment]").nth(1).click()
    for key, typed, *_ in FIELDS:
        field = page.locator(f"[data-field='{key}']")
        field.focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_function(
            "([key, value]) => document.querySelector(`[data-field='${key}']`)?.value === value",
            arg=[key, typed],
        )
        assert page.evaluate("document.activeElement.dataset.field") == key, "the cursor stays"
    page.select_option("[data-field='flip.flip']", label="left to right")
    page.select_option("[data-field='transition.transition']", label="crossfade")
    page.wait_for_selector("[data-field='transition.transition_ms']")
    page.locator("[data-field='mute.muted']").check()
    field = page.locator("[data-field='adjust.opacity']")
    field.fill("11")
    field.press("Escape")
    assert field.input_value() == "80"
    one, two = (item["m"] for item in draft(page)["t"][0]["sg"])
    assert {key: two[key] for *_, key, _ in FIELDS} == {key: value for *_, key, value in FIELDS}
    assert (two["flip"], two["transition"]["type"], two["muted"]) == ("h", "crossfade", True)
    assert set(one) == {"kind", "asset", "file"}, "nothing that was not chosen is touched"


def test_a_title_s_fields_by_mouse(studio: Any, kit: Kit) -> None:
    page = studio
    upload(page, kit.clip("one.mp4", 6))
    segments(page, 1)
    say(page, "add the title “Hello” for the first 3 seconds")
    page.locator("[data-nemo=timeline-segment][data-kind=text]").dblclick()
    page.wait_for_function("document.activeElement.dataset.field === 'change_text.text'")
    page.keyboard.press("Control+a")
    page.keyboard.type("Good morning")
    page.keyboard.press("Tab")
    page.wait_for_function(
        "document.querySelector('[data-kind=text] .nemo-label').textContent === 'Good morning'"
    )
    page.locator("[data-field='restyle.bold']").click()
    page.locator("[data-field='restyle.background']").fill("#112233")
    page.select_option("[data-field='adjust.position']", label="top left")
    page.wait_for_function(f"{PLACE}.selectedOptions[0].text === 'top left'")
    (title,) = (item["m"] for lane in draft(page)["t"] if lane["tt"] == 7 for item in lane["sg"])
    assert title["text"] == "Good morning"
    assert title["position"] == "top-left"
    assert (title["style"]["bold"], title["style"]["background"]) == (True, "#112233")


def test_a_field_that_is_wrong_says_so_and_goes_back(studio: Any, kit: Kit) -> None:
    page = studio
    upload(page, kit.clip("one.mp4", 6))
    segments(page, 1)
    page.locator("[data-nemo=timeline-segment]").click()
    field = page.locator("[data-field='volume.volume']")
    field.focus()
    for key in ("Control+a", "Delete", "Enter"):
        page.keyboard.press(key)
    assert field.input_value() == "100"
    field.fill("900")
    field.press("Enter")
    page.wait_for_function(
        "document.querySelector(\"[data-field='volume.volume']\").value === '400'", timeout=15_000
    )
    scale = page.locator("[data-field='adjust.scale']")
    scale.fill("0")
    scale.press("Enter")
    page.wait_for_selector("[data-nemo=timeline] .nemo-problem:not([hidden])")
    page.wait_for_function("document.querySelector(\"[data-field='adjust.scale']\").value === '100'")


def test_two_notebooks_on_one_project_follow_each_other(studio: Any, lab: Lab, kit: Kit) -> None:
    page = studio
    upload(page, kit.clip("one.mp4", 6), kit.clip("two.mp4", 6))
    segments(page, 2)
    name = page.locator("[data-nemo=studio-name]").inner_text()
    lab.write(
        "hands/other.ipynb", f"import nemo_nb as nemo\nnemo.TimelineTable(nemo.connect(project={name!r}))"
    )
    other = page.context.new_page()
    open_notebook(other, lab, "hands/other.ipynb")
    run_first_cell(other, until="[data-nemo=timeline-segment] >> nth=1")
    other.locator("[data-nemo=timeline-segment]").first.click()
    other.keyboard.press("Delete")
    segments(page, 1)
    say(page, "add the title “Hello” for the first 3 seconds")
    segments(other, 2)
    other.close()
