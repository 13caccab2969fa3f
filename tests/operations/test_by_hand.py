"""What a hand can set about a segment: each setting does just that."""

from __future__ import annotations

from typing import Any

import pytest

from nemo_nb.draft import Draft, Segment
from nemo_nb.draft.operations import apply_all, handles, parse
from nemo_nb.widgets.controls import controls, setting

ASSET = "sha256:" + "0" * 64
FILM = [
    {"op": "place_clip", "asset": ASSET, "file": "a.mp4", "duration_ms": 8000},
    {"op": "place_clip", "asset": ASSET, "file": "b.mp4", "duration_ms": 8000},
    {"op": "place_clip", "kind": "image", "asset": ASSET, "file": "photo.jpg"},
    {"op": "overlay", "asset": ASSET, "file": "logo.png", "at_ms": 1000, "duration_ms": 3000},
    {"op": "add_music", "asset": ASSET, "file": "song.mp3", "file_ms": 60_000},
    {"op": "add_text", "text": "Hello", "at_ms": 500},
]
BEFORE = apply_all(Draft.empty(), parse(FILM))
TOGETHER = {  # what can't stand alone: a look has a strength
    "look": {"look_amount"}, "transition": {"transition_ms"}, "muted": {"volume"}, "volume": {"muted"},
    "fit": {"scale"},  # of an overlay: it was a width
    # all that lies on a clip gets shorter with it
    "speed": {"fade_in_ms", "fade_out_ms", "video_fade_in_ms", "video_fade_out_ms"},
}  # fmt: skip


def held(draft: Draft, segment_id: str) -> dict[str, Any]:
    return {handle.name: handle.value for _, handle in handles(draft, by_id(draft, segment_id))}


def by_id(draft: Draft, segment_id: str) -> Segment:
    return next(item for item in draft.segments if item.id == segment_id)


def others(control: dict[str, Any]) -> list[Any]:
    """Some values that a control can be set to, but the one it has."""
    match control["form"]:
        case "number":
            few = (control["least"] or 0.5, 500 if control["unit"] == "s" else 1, 2)
            few = [min(item, control["most"]) for item in few]
            found = [round(item) if control["whole"] else float(item) for item in few]
        case "choice":
            found = [value for value, _ in control["choices"]]
        case "flag":
            found = [True, False]
        case "colour":
            found = ["#ffcc00"] + [None] * control["clears"]
        case "words":
            found = ["Goodbye “now”"] + [None] * control["clears"]
    return [item for item in found if item != control.get("value")]


EACH = [
    pytest.param(segment.id, control["key"], value, id=f"{segment.name}-{control['key']}-{value}")
    for segment in BEFORE.segments
    for control in controls(BEFORE, segment, "en")
    for value in others(control)
]


@pytest.mark.parametrize(("segment", "key", "value"), EACH)
def test_it_is_set_and_nothing_else_is(segment: str, key: str, value: Any) -> None:
    name = key.partition(".")[2]
    after = apply_all(BEFORE, parse(setting(BEFORE, by_id(BEFORE, segment), key, value)))
    if value is None and name in ("color", "align", "font_size"):
        value = held(BEFORE, segment)[name]  # without a wish it is as it is by itself
    value = value % 360 if name == "rotation" else value
    assert held(after, segment)[name] == pytest.approx(value)
    for item in BEFORE.segments:
        before, now = held(BEFORE, item.id), held(after, item.id)
        changed = {each for each in before.keys() | now.keys() if before.get(each) != now.get(each)}
        assert changed <= ({name} | TOGETHER.get(name, set()) if item.id == segment else set()), item.name


@pytest.mark.parametrize(("segment", "key", "value"), EACH)
def test_it_can_be_put_back(segment: str, key: str, value: Any) -> None:
    """By hand, with no undo: the draft is what it was, but for what is written out now."""
    name = key.partition(".")[2]
    before = held(BEFORE, segment)[name]
    if before is None and name == "fit":
        pytest.skip("an overlay that was given a fit has one from then on")
    after = apply_all(BEFORE, parse(setting(BEFORE, by_id(BEFORE, segment), key, value)))
    back = apply_all(after, parse(setting(after, by_id(after, segment), key, before)))
    assert held(back, segment)[name] == pytest.approx(before)


def test_an_operation_that_is_no_setting_has_no_control() -> None:
    keys = {control["key"] for item in BEFORE.segments for control in controls(BEFORE, item, "en")}
    assert not keys & {"cut_out", "delete", "split"}
    assert {key.partition(".")[0] for key in keys} >= {"volume", "fade", "adjust", "restyle", "transition"}
